"""What a question describes in place of naming it (发布甲的那家公司, the firm that made A): its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from knowledge.asking.alone import Answerer
from knowledge.asking.anaphora import pointed
from knowledge.asking.locality import locality
from knowledge.asking.singled import singled
from knowledge.finding.find import find
from knowledge.finding.outcome import Outcome
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern
from knowledge.text.segments import has_content

_CLAUSE = pattern(r"(?:^|[,，;；:：。?？!！])[ ]?([^,，;；:：。?？!！]{4,30})的$")
_RELATIVE = pattern(
    r"\bthe (?:[a-z-]+ )?([a-z]+) "
    r"(?:(?:that|which|who) (?!is |are |was |were )|(?=(?:founded|led|headed|run|acquired|bought) by ))"
)
"""The noun of an English description, and what opens its clause."""
_FAR = 30
"""Characters of such a clause before its name."""
_OPENING = pattern(r"^(?:(?:那么?|请问|听说|据说|那个|当初|当年|后来|还有|所以|以及|就是)[ ,，]?)+")
_SOMEBODY = pattern("人|教授|学者|院士|老板|man|woman")
_OPEN = pattern("除|不是|没|未|还是|哪|谁|什么|啥|多少|几[个家款]|[吗和与跟或]| and | or | not ")
"""What tells of several things, of others, or asks: no description of one."""
_CLAIM = pattern(
    r"[吗吧么][?？ ]*$|对不对|对吗|对吧|是不是|是否|right\?|correct\?|true",
    holds=(*"吗吧么", "对不对", "是不是", "是否", "right?", "correct?", "true"),
)
_HOW_MANY = pattern("的?(?:总?数量|总数|数目|个数|(?:总共|一共|共)?有?(?:多少|几)[个款家项种])")
_NAMED = frozenset({"name", "person", "which", "list", "definition"})
"""What asks no more than which it is."""
_SHORTEST = 2
"""Characters of a noun that no demonstrative points at."""
_BETWEEN = 4
"""Characters between a demonstrative and its noun (那款空间模型)."""


class _Phrase(NamedTuple):
    """A description as it stands in a question."""

    start: int
    end: int
    clause: str
    noun: str
    kinds: frozenset[str]
    pointed: bool = False
    """Whether a demonstrative points at it."""


class Description(NamedTuple):
    """What a description means."""

    text: str
    """The question with the name in its place."""
    rest: str
    """What is asked of it."""
    entity: int
    facts: frozenset[int]
    """The facts that say which it is."""
    lies: bool = False
    """Whether it is the place where something lies."""

    def tells_no_more(self, outcome: Outcome) -> bool:
        """Whether an outcome only says which thing is meant."""
        told = [f.f for f in outcome.leading]
        return outcome.status == "answered" and self.facts.issuperset(told)


def described(text: str, answerer: Answerer) -> Description | None:
    """The first thing that a folded question describes and asks more of, if just one fits; else None."""
    base = answerer.base
    if (
        (place := locality(text, answerer))
        and not _CLAIM.search(text, place.end)
        and _asks_more(answerer.readings.read(f"{text[: place.start]}{text[place.end :]}"), place.kinds)
    ):
        return _with_name(text, place.start, place.end, place.entity, place.facts, base)._replace(lies=True)
    for phrase in _english(text, answerer) if text.isascii() else _chinese(text, answerer):
        rest = f"{text[: phrase.start]}{text[phrase.end :]}"
        counted = not phrase.pointed and _HOW_MANY.match(text, phrase.end)  # 甲开源的模型有多少 asks of all of them
        if (
            counted
            or _says_which(text[phrase.end :], phrase)
            or not _asks_more(answerer.readings.read(rest), phrase.kinds)
        ):
            continue
        fitting = _fitting(phrase, answerer)
        if len(fitting) == 1:
            entity, facts = fitting.popitem()
            return _with_name(text, phrase.start, phrase.end, entity, frozenset(facts), base)
    one = None if _CLAIM.search(text) else singled(answerer.readings.read(text), base)
    if one and _asks_more(answerer.readings.read(f"{text[: one.start]}{text[one.end :]}"), one.kinds):
        return _with_name(text, one.start, one.end, one.entity, frozenset(), base)
    return None


def _with_name(text: str, start: int, end: int, entity: int, facts: frozenset[int], base: Base) -> Description:
    """What is meant by a description that stands there."""
    row = base.entity(entity)
    name = base.tables.fold(row.en if text.isascii() and row.en else row.zh)
    before, behind = text[:start], text[end:]
    return Description(f"{before}{name}{behind}", f"{before}{behind}", entity, facts)


def _chinese(text: str, answerer: Answerer) -> Iterator[_Phrase]:
    """发布甲的那家公司, 甲创办的研究院."""
    if "的" not in text:
        return
    base = answerer.base
    marks = {start: (end, kinds) for start, end, kinds in pointed(text, base)}
    for at, character in enumerate(text):
        if character != "的" or (clause := _CLAUSE.search(text[: at + 1])) is None:
            continue
        opening = _OPENING.match(clause[1])
        start = clause.start(1) + (opening.end() if opening else 0)
        found = _noun_behind(text, at + 1, marks.get(at + 1), answerer)
        if found is None:
            continue
        begin, end, kinds = found
        marked = at + 1 in marks
        if kinds and (marked or end - begin >= _SHORTEST):  # 甲的市值 is of no 市
            yield _Phrase(start, end, text[start:at], text[begin:end], kinds, marked)


def _noun_behind(
    text: str, start: int, mark: tuple[int, frozenset[str]] | None, answerer: Answerer
) -> tuple[int, int, frozenset[str]] | None:
    """Where the noun behind 的 stands, with or without a demonstrative, and the kinds that it names."""
    base = answerer.base
    if mark is None:
        hit = base.lexicon.noun_at(text, start)
        return (start, *hit) if hit else None
    end, kinds = mark
    if kinds:
        return (start + 2, end, kinds)
    named = [m for m in answerer.readings.read(text).mentions if m.start == end]
    somebody = _SOMEBODY.match(text, end)
    if somebody and not named and len(somebody[0]) >= base.lexicon.longest_at(text, end):  # no 人工智能, no 人才
        return (end, somebody.end(), frozenset(base.persons))
    for begin in range(end, min(len(text), end + _BETWEEN + 1)):
        if hit := base.lexicon.noun_at(text, begin):
            return (begin, *hit)  # 那款空间模型
    classifier = frozenset(base.lexicon.kinds(f"哪{text[end - 1]}"))
    theme = [m for m in named if m.entities[0] in base.generic]
    return (end, theme[0].end if theme else end, classifier)  # 那家电商


def _english(text: str, answerer: Answerer) -> Iterator[_Phrase]:
    """The firm that released A, the lab led by B."""
    if "the " not in text:
        return
    for match in _RELATIVE.finditer(text):
        hit = answerer.base.lexicon.noun_at(text, match.start(1) - 1)
        somebody = frozenset(answerer.base.persons) if _SOMEBODY.fullmatch(match[1]) else None
        kinds = hit[1] if hit else somebody
        names = answerer.readings.read(text).mentions
        name = next((m for m in names if match.end() <= m.start <= match.end() + _FAR), None)
        if kinds and name:
            yield _Phrase(match.start(), name.end, text[match.end() : name.end], match[1], kinds)


def _says_which(behind: str, phrase: _Phrase) -> bool:
    """Whether a claim says which thing it is (甲推出的模型叫乙吗): it is not taken for granted."""
    return not phrase.pointed and _CLAIM.search(behind) is not None


def _asks_more(rest: Reading, kinds: frozenset[str]) -> bool:
    """Whether more is asked of a thing than which it is."""
    if not kinds.isdisjoint(rest.kinds) or not (rest.asks or "verify" in rest.intents):
        return False
    return bool(rest.asks - _NAMED or rest.mentions or rest.kinds or any(not c.light for c in rest.clues))


def _fitting(phrase: _Phrase, answerer: Answerer) -> dict[int, set[int]]:
    """The things that a description fits, and the facts that say so of each."""
    base, clause = answerer.base, phrase.clause
    asked = f"which {phrase.noun} {clause}" if clause.isascii() else f"{clause}的是哪个{phrase.noun}"
    reading = answerer.readings.read(asked)
    of = [reading.mentions[i] for i in reading.things(base)]
    named = frozenset(e for m in of if base.entity(m.entities[0]).kind not in base.where for e in m.entities)
    of += [m for m in reading.mentions if base.entity(m.entities[0]).kind in base.where]  # 甲在中国的公司 is its own
    said = _without_names(clause, [*[m.text for m in of], *[reading.text[p.start : p.end] for p in reading.periods]])
    if not named or _OPEN.search(said) or not has_content(said, base.lexicon):
        return {}
    fitting: dict[int, set[int]] = {}
    relation = -1
    for finding in find(reading, base):
        fact = finding.fact
        fitted = _ends(fact, named, phrase.kinds, base)
        if fitted and relation in (-1, fact.relation) and answerer.bar.accepts(finding, reading):
            relation = fact.relation  # what fits best says what is meant by it
            for e in fitted:
                fitting.setdefault(e, set()).add(fact.f)
    return fitting


def _without_names(clause: str, names: list[str]) -> str:
    for name in names:
        clause = clause.replace(name, "")
    return clause


def _ends(fact: FactRow, named: frozenset[int], kinds: frozenset[str], base: Base) -> list[int]:
    """What stands at the other end of a statement on what a description names; nothing where that is one of a list."""
    ends = {fact.subject, *fact.objects}
    others = ends - named
    known = {base.entity(e).kind for e in ends & named}
    if not known or any(base.entity(e).kind in known - kinds for e in others):
        return []
    return [e for e in others if base.entity(e).kind in kinds and not base.entity(e).generic]
