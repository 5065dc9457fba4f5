"""What was done at a time that is asked for, and what of several came first (6月之后发布的有哪些, 哪份最早出台).

The dates that facts tell are held against the time asked for, or put in order. What is known only roughly, or told
otherwise elsewhere, stands beside.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from knowledge.deciding.verify import Verifier
from knowledge.finding.finding import Finding
from knowledge.finding.outcome import Figure, Part, part_for
from knowledge.finding.probe import Hints
from knowledge.reading.asked import CHOOSING
from knowledge.reading.reading import Reading
from knowledge.reckoning.deeds import Event, Wanted, begun, events, speaks_of, told_when, wanted
from knowledge.store.base import Base
from knowledge.text.dates import Period
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import pattern
from knowledge.text.stretch import Stretch, open_stretch, side_of, stretch_asked

_SORTED = pattern(
    r"按[^,，?？]{0,10}?(?:时间|日期|年份|年代|先后|早晚)(?:的?(?:先后|早晚|顺序|次序))*[^,，?？]{0,6}?(?:排|列|梳理|理一)(?:个序|[列序])?(?:一下)?"
    r"|按[^,，?？]{0,10}?(?:时间|日期|年份|年代|先后)(?:的?(?:先后|早晚|顺序|次序))*[ ?？]*$"
    r"|(?:时间|先后)(?:先后)?(?:顺序|次序)|从早到晚|从晚到早|由早到晚|由[远近][及到至]?[近远]|从[远近]到[近远]|时间[线轴]"
    r"|\bin (?:chronological )?order(?: of| by)?\b|\bchronological\w*|\btimeline\b"
    r"|\b(?:sort(?:ed)?|order(?:ed)?|rank(?:ed)?|arrange[d]?)\b.{0,40}\bby\b.{0,24}\b(?:date|time)\b"
    r"|\bfrom (?:the )?(?:earliest|oldest|first|latest|newest|most recent)\b.*"
)
_BACKWARD = pattern(r"从晚到早|[由从]近[及到至]?远|倒序|\b(?:latest|newest|most recent) (?:to|first)|\breverse\b")
_EARLIEST = pattern(
    r"最早|最先|率先|头一个|第一个|首个|先(?=发布|出台|推出|成立|开放|建|印发|举行|召开)|早(?=[?？呢啊]*$)"
    r"|\b(?:the )?(?:first|earliest|oldest)(?! (?:half|time|batch|of|quarter))\b"
)
_SAYS_FIRST = pattern("最早|最先|率先|头一|[首第]一?[个款家部份座次]")
_LATEST = pattern(
    r"最晚|最迟|最新|最后|晚(?=[?？呢啊]*$)"
    r"|\b(?:the )?(?:last|latest|newest|most recent(?:ly)?)(?! (?:year|month|week|half|quarter|few))\b"
)
_ORDERING = frozenset("早晚先后新首顺序时近率迟头第按")
_ORDERING_EN = ("first", "earliest", "oldest", "last", "latest", "newest", "recent", "order", "date", "time", "chrono")
_RELATIVE = pattern(
    r"[去今明前后]年|[上本]个?月|\b(?:this|last|next) (?:year|month)\b", holds=("年", "月", "year", "month")
)
"""A time told by that of the asker."""
_MOVES = ("后", "前", "after", "before")
"""One of these stands in each question what was done before or after something."""
_CHOSEN = CHOOSING | {"number"}
_OTHERWISE = frozenset({"verify", "conflict", "difference", "ratio", "sum", "growth", "compare", "negation", "rest"})
_EXPLAINING = frozenset({"reason", "how", "duration", "share", "amount", "rank", "definition"})
_SHOWN = 5
_PAIR = 2
_LOOKED_AT = 5
_FEW = 20
_SHARE = 0.4


class Asked(NamedTuple):
    """How things are to be chosen or ranked by date."""

    stretch: Stretch | None
    """The time in which it is to have been done."""
    order: str
    """earliest or latest (of all only those), sorted or backward (all in order); '' if no order is asked for."""
    spans: list[tuple[int, int]]
    """Where the words stand that say when, or which comes first."""
    sorting: list[tuple[int, int]]
    """Where it stands by what to sort."""

    @property
    def first(self) -> bool:
        """Whether only the first, or the last, of all is asked for."""
        return self.order in ("earliest", "latest")


def date_asked(reading: Reading) -> Asked | None:
    """How the question chooses or ranks by date; None if it does not."""
    if reading.intents & _OTHERWISE or reading.asks & _EXPLAINING or reading.turns:
        return None
    order, spans = _order_asked(reading.text)
    if "date" in reading.asks and order not in ("sorted", "backward"):
        return None
    stretch = stretch_asked(reading.text, reading.periods)
    if (reading.periods and stretch is None) or _RELATIVE.search(reading.text):
        return None
    if not all(order and _is_count(q) for q in reading.quantities):
        return None
    if not order and reading.asks.isdisjoint(_CHOSEN):
        return None
    if not order and stretch is None and not any(w in reading.text for w in _MOVES):
        return None
    if order in ("earliest", "latest") and reading.asks.isdisjoint(_CHOSEN - {"number"}):
        return None
    sorting = spans if order in ("sorted", "backward") else []
    spans = [] if sorting else spans
    if stretch:
        spans.append((stretch.start, stretch.end))
    return Asked(stretch, order, spans, sorting)


def _is_count(quantity: Quantity) -> bool:
    """Whether a figure merely counts the things to choose from (三份文件)."""
    return not quantity.is_share and not quantity.bound and quantity.value <= _FEW


def _order_asked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The order that a text asks for, and where."""
    if _ORDERING.isdisjoint(text) and not any(w in text for w in _ORDERING_EN):
        return "", []
    if found := _SORTED.search(text):
        back = _BACKWARD.search(text)
        spans = [m.span() for m in (found, back) if m]
        return "backward" if back else "sorted", spans
    for words, order in ((_EARLIEST, "earliest"), (_LATEST, "latest")):
        if found := words.search(text):
            return order, [found.span()]
    return "", []


def by_date(desk: Verifier, reading: Reading, findings: list[Finding], hints: Hints) -> tuple[Part | None, bool]:
    """The things chosen or ranked by their dates; and whether no statement may answer, as none says it itself."""
    asked = date_asked(reading)
    if asked is None or (asked.stretch and not asked.order and _in_name(reading, desk.base)):
        return None, False
    group = max(desk.readings.by_kind(reading, lambda entity: not entity.generic, alike=True), key=len, default=[])
    group = group if len(group) >= _PAIR else []
    if len(group) == _PAIR and asked.first:
        return None, False  # which of two came first is worked out from the date of each
    if not asked.order:
        beside = _beside_named(reading, asked, desk.base)
        if beside and asked.stretch:
            return None, True  # after one thing, and before a date
        reading, asked = beside or (reading, asked)
    sought = wanted(reading, group, asked.spans, asked.sorting, desk.base)
    if sought is None or not (asked.order or (asked.stretch and not group)):
        return None, False
    stated = _stated(desk, reading, findings, asked, sought, hints)
    on_day = asked.stretch is not None and not asked.stretch.open and bool(desk.readings.named(reading))
    usual = on_day or stated is None or findings[0].fact in stated.facts  # they are found as all statements are
    if stated and (asked.order or "number" in reading.asks):
        return (None if usual else stated), False
    told = [e for e in events(sought, desk.base) if e.entity not in reading.excepted]
    if not told and asked.first and (wider := begun(sought.deed, desk.base)):
        told = [e for e in events(sought._replace(deed=wider), desk.base) if e.entity not in reading.excepted]
    if asked.order == "earliest":
        told = [e for e in told if not e.fact.planned]  # what is to be opened was not there first
    limited = asked.stretch is not None or bool(group) or bool(desk.readings.named(reading))
    if asked.first and not limited and not _most_dated(told, sought, desk.base):
        return None, False  # of all things that there are, the first one may have no date
    part = _ordered(told, asked, sought, reading) if asked.order else _chosen(told, asked.stretch, reading)
    if stated and (part is None or (desk.readings.named(reading) and _names_all(stated, part))):
        return (None if usual else stated), False
    several = len({e.entity for e in told}) >= _PAIR
    silent = (
        asked.stretch.open or not desk.readings.named(reading)
        if asked.stretch
        else asked.first and (several or bool(group))
    )
    return part, part is None and silent


def _in_name(reading: Reading, base: Base) -> bool:
    """Whether each date is part of the name of a thing that the question names (2024年的大会)."""
    names = [base.tables.fold(base.entity(m.entities[0]).zh) for m in reading.mentions]
    dates = [reading.text[p.start : p.end] for p in reading.periods]
    return bool(dates) and all(any(date in name for name in names) for date in dates)


def _stated(
    desk: Verifier, reading: Reading, findings: list[Finding], asked: Asked, sought: Wanted, hints: Hints
) -> Part | None:
    """What statements say that tell by themselves what is asked."""
    looked_at = 1 if "number" in reading.asks else _LOOKED_AT
    telling = [f for f in findings[:looked_at] if speaks_of(f.fact, sought, desk.base) and _says(f, asked, desk)]
    if not telling or not desk.bar.accepts(telling[0], reading, hints):
        return None
    if asked.first and not desk.readings.named(reading):
        return None  # the first of some sort is not the first of all
    return desk.decide(reading, telling, hints)[0]


def _beside_named(reading: Reading, asked: Asked, base: Base) -> tuple[Reading, Asked] | None:
    """The reading without the one thing before or after which others were done, and that time; None if none is named.

    悟道2.0之后发布的大模型: its date is told by a fact of what is asked of the others.
    """
    for index in reading.things(base):
        mention = reading.mentions[index]
        found = side_of(reading.text, mention.start, mention.end)
        if found is None or base.entity(mention.entities[0]).kind not in base.kinds_like(reading.kinds):
            continue
        side, span = found
        alone = wanted(reading, [index], [*asked.spans, span], asked.sorting, base)
        dates = {e.when for e in _precise(events(alone._replace(beside=frozenset()), base))} if alone else ()
        if len(dates) == 1:
            mentions = tuple(m for i, m in enumerate(reading.mentions) if i != index)
            stretch = open_stretch(next(iter(dates)), side, *span)
            others = reading._replace(mentions=mentions, excepted=reading.excepted.union(mention.entities))
            return others, asked._replace(stretch=stretch, spans=[*asked.spans, span])
    return None


def _names_all(stated: Part, part: Part) -> bool:
    """Whether statements name all things that were chosen by their dates."""
    named = frozenset[int]().union(*[f.entities for f in stated.facts])
    return all(f.entity in named for f in part.figures) and (bool(part.figures) or part.facts[0] in stated.facts)


def _most_dated(told: list[Event], sought: Wanted, base: Base) -> bool:
    """Whether the dates of so many things of the kinds asked for are known that they may stand for all."""
    known = {e.entity for e in told}
    return len(known) >= _SHARE * sum(len(base.of_kind(kind)) for kind in sought.kinds)


def _says(finding: Finding, asked: Asked, desk: Verifier) -> bool:
    """Whether a statement says by itself what is asked: that it was then, or that it came first or last."""
    fact = finding.fact
    if asked.first:
        words = _SAYS_FIRST if asked.order == "earliest" else _LATEST
        said = not fact.measured and words.search(desk.base.statement(fact.f))
        return bool(said) and not finding.missing
    when = told_when(fact, desk.base) or (fact.periods[0] if fact.as_of and fact.measured else None)
    return asked.stretch is not None and not asked.order and when is not None and asked.stretch.holds(when)


def _chosen(told: list[Event], stretch: Stretch | None, reading: Reading) -> Part | None:
    """The things to which it was done in that time, the first of them first; None if none is known."""
    if stretch is None:
        return None
    precise = _in_order(_precise(told))
    met = [e for e in precise if stretch.holds(e.when)]
    chosen = list({e.entity: e for e in reversed(met)}.values())
    named = {e.entity for e in chosen}
    rough = [e for e in precise if e.entity not in named and stretch.touches(e.when)]
    differing = [e for e in precise if e.entity in named and e not in chosen and not e.done_by_it]
    beside = [*rough, *differing]
    if len(chosen) == 1 and not beside and not stretch.open and reading.asks.isdisjoint(("list", "number")):
        return part_for(reading, "facts", (chosen[0].fact,))
    return _part("dated", reading, _in_order(chosen), beside) if chosen else None


def _ordered(told: list[Event], asked: Asked, sought: Wanted, reading: Reading) -> Part | None:
    """The things in the order of their dates; None if one named has none, or if it is not sure which comes first."""
    within = [e for e in _precise(told) if asked.stretch is None or asked.stretch.holds(e.when)]
    if len({e.entity for e in within}) < _PAIR or not {e.entity for e in within}.issuperset(sought.things):
        return None
    back = asked.order in ("latest", "backward")
    if asked.order in ("sorted", "backward"):
        firm = [e for e in within if not _is_rough(e, within)]
        rough = [e for e in within if e not in firm]
        return _part("order", reading, _in_order(firm, back=back), rough) if len(firm) >= _PAIR else None
    ends = list({e.entity: e for e in _in_order(within, back=not back)}.values())
    ends = _in_order(ends, back=back)
    first = ends[0]
    level = [e for e in ends if e.when[:2] == first.when[:2]]
    leading = {e.entity for e in level}
    others = [e for e in within if e.entity not in leading]
    if not others or any(e.when.overlaps(first.when) for e in others):
        return None
    again = [e for e in within if e.entity in leading and e not in level and not e.done_by_it]
    if any(o.when.overlaps(e.when) or (o.when < e.when) != back for e in again for o in others):
        return None  # by another date told of it, it was not the first
    firm = [e for e in ends if e in level or not _is_rough(e, ends)]
    rough = [e for e in ends if e.entity in sought.things and e not in firm]
    return _part("first", reading, firm[: max(_SHOWN, len(level), reading.wanted)], [*again, *rough])


def _precise(told: list[Event]) -> list[Event]:
    """The events, each date of a thing once and as precise as it is known."""
    kept: dict[tuple[int, Period], Event] = {}
    for event in sorted(told, key=lambda e: (len(e.fact.entities), e.fact.f)):
        kept.setdefault((event.entity, event.when), event)
    same: dict[int, list[Period]] = {}
    for entity, when in kept:
        same.setdefault(entity, []).append(when)
    return [e for e in kept.values() if not any(_finer(p, e.when) for p in same[e.entity])]


def _finer(one: Period, other: Period) -> bool:
    """Whether a period is a part of another, and not the same."""
    return one != other and other.first <= one.first and one.last <= other.last


def _is_rough(event: Event, among: Iterable[Event]) -> bool:
    """Whether a date is known only so roughly that that of another thing may be before or after it."""
    return any(e.entity != event.entity and _finer(e.when, event.when) for e in among)


def _in_order(told: Iterable[Event], *, back: bool = False) -> list[Event]:
    return sorted(told, key=lambda e: (e.when.first, e.when.last), reverse=back)


def _part(kind: str, reading: Reading, told: list[Event], beside: list[Event]) -> Part:
    facts = tuple(dict.fromkeys(e.fact for e in told))
    others = tuple(dict.fromkeys(e.fact for e in _in_order(beside) if e.fact not in facts))
    return part_for(reading, kind, facts, figures=tuple(map(_figure, told)), others=others)


def _written(when: Period) -> str:
    """A period as a base writes it, as far as it is one year, month or day."""
    (y, m, d), (_, n, e) = when.first, when.last
    return f"{y:04}" + (f"-{m:02}" if m == n else "") + (f"-{d:02}" if (m, d) == (n, e) else "")


def _figure(event: Event) -> Figure:
    """A date as a term of the answer, its first day as the value."""
    y, m, d = event.when.first
    when = event.fact.as_of or _written(event.when)
    return Figure(event.entity, event.fact, Decimal(y * 10000 + m * 100 + d), "", False, "", text=(when, when))
