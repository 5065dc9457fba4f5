"""Whether a fact holds an answer of the type asked for: a figure, a date, a person, a list, a reason."""

from __future__ import annotations

import re

from knowledge.base import Base, FactRow
from knowledge.reading import Reading

_ORGANISATIONS = frozenset({"company", "institution", "government", "department", "publisher", "media", "alliance"})
_PLACES = frozenset({"city", "province", "country", "district", "place", "region", "town"})
_ALIKE = {k: _ORGANISATIONS for k in _ORGANISATIONS} | {
    "policy": frozenset({"policy", "law", "report"}),
    "law": frozenset({"policy", "law"}),
    "report": frozenset({"policy", "law", "report", "book"}),
    "model": frozenset({"model", "product"}),
    "chip": frozenset({"chip", "product"}),
    "product": frozenset({"product", "model", "chip", "platform"}),
    "place": _PLACES,
    "program": frozenset({"program", "policy", "fund"}),
    "event": frozenset({"event", "program"}),
}


_TIMES = frozenset("天 年 个月 小时 个小时 分钟 秒 月 周 day days month months year years hours minutes seconds".split())
_OFTEN = re.compile("[每按][一个]?(?:年|月|日|天|周|季度|小时)")
_WHERE = frozenset({"located_in", "distance", "cluster"})
_REASONS = frozenset(
    {"因为", "由于", "原因", "在于", "源于", "得益", "之所", "所以", "缘于", "归因", "缘故", "使得", "出于", "因此", "离不", "取决", "决定"}
)


def holds_answer(fact: FactRow, reading: Reading, base: Base) -> float:
    """How far the fact holds something of the type asked for that the question does not name itself, 0 to 1."""
    asks = reading.asks
    relation = base.relations[fact.relation]
    if reading.kinds and asks & {"which", "name", "list"}:
        held = _holds_kind(fact, reading, base)
        if held < 1.0:
            return max(held, 0.5) if reading.loose else held
    if "list" in asks and fact.listed < 2:
        return 0.0 if relation.value in ("number", "amount", "share") else 0.7
    if asks == {"reason"}:
        return 1.0 if relation.id == "reason" or fact.terms & _REASONS else 0.0
    numeric = asks & {"number", "amount", "share", "duration", "distance"}
    if numeric and not (asks - numeric - {"which", "list", "definition", "how"}):
        if numeric == {"duration"} and _OFTEN.search(fact.zh):
            return 0.8
        return 1.0 if _holds_number(fact, reading, numeric) else 0.0
    if "date" in asks and not asks - {"date", "which"}:
        # the as-of date says when a statement held; when something happened the statement itself says
        if relation.value == "date" or len(fact.periods) > bool(fact.as_of):
            return 1.0
        return 0.4 if fact.as_of and not fact.relative else 0.0
    named = {e for m in reading.mentions for e in m.entities}
    if asks == {"person"}:
        kinds = {base.entity(e).kind for e in fact.entities - named}
        if kinds & (_ORGANISATIONS | {"person"}) or _says_who(fact, named, base):
            return 1.0
        return 0.6 if relation.value == "text" else 0.0
    if asks == {"place"}:
        kinds = {base.entity(e).kind for e in fact.entities - named}
        if kinds & (_PLACES | {"platform"}) or relation.id in _WHERE:
            return 1.0
        return 0.5 if relation.value == "text" else 0.0
    if asks == {"name"} and not reading.kinds:
        if any(not base.entity(e).generic for e in fact.entities - named):
            return 1.0
        # a thing described (那个一体机) is answered by its proper name
        ends = {fact.subject, *fact.objects} & named
        return 1.0 if any(base.tables.fold(base.entity(e).zh) not in reading.text for e in ends) else 0.0
    return 1.0


def _says_who(fact: FactRow, named: set[int], base: Base) -> bool:
    """'张宏江是谁' names the person and asks for the post."""
    return fact.subject in named and base.entity(fact.subject).kind == "person"


def _holds_kind(fact: FactRow, reading: Reading, base: Base) -> float:
    named = {e for m in reading.mentions for e in m.entities}
    wanted: set[str] = set()
    for kind in reading.kinds:
        wanted |= _ALIKE.get(kind, frozenset({kind}))
    holding = sum(1 for e in fact.entities - named if base.entity(e).kind in wanted)
    if "list" in reading.asks and wanted & base.closed:
        return 1.0 if holding >= 2 else 0.0
    if holding:
        return 1.0
    # 平台, 地方, 领域 ask loosely: a text value may hold names that are no entities
    if wanted & base.closed:
        return 0.0
    other = base.relations[fact.relation].value == "text" or any(not base.entity(e).generic for e in fact.entities - named)
    return 0.5 if other else 0.0


def _holds_number(fact: FactRow, reading: Reading, numeric: frozenset[str]) -> bool:
    given = {(q.value, q.is_share) for q in reading.quantities}
    found = [q for q in fact.quantities if (q.value, q.is_share) not in given] or list(fact.quantities)
    if not found:
        return False
    if numeric == {"share"}:
        return any(q.is_share for q in found)
    if numeric == {"duration"}:
        return any(q.unit in _TIMES for q in found)
    if numeric == {"amount"}:
        return any("元" in q.unit or "金" in q.unit or "dollar" in q.unit for q in found) or any(
            q.value >= 10**6 for q in found
        )
    return True


def in_slot(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether the thing asked for is what the fact is about (subject, object, value), not just named in passing."""
    named = {e for m in reading.mentions for e in m.entities}
    ends = [e for e in (fact.subject, *fact.objects) if e not in named]
    if reading.kinds:
        wanted: set[str] = set()
        for kind in reading.kinds:
            wanted |= _ALIKE.get(kind, frozenset({kind}))
        return any(base.entity(e).kind in wanted for e in ends)
    if "person" in reading.asks:
        return any(base.entity(e).kind in _ORGANISATIONS | {"person"} for e in ends)
    if "place" in reading.asks:
        return any(base.entity(e).kind in _PLACES for e in ends)
    if "name" in reading.asks:
        return any(not base.entity(e).generic for e in ends)
    return False
