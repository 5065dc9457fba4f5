"""What was so time after time (历年冠军是谁, 甲拿过几次冠军): the statements of one relation, one for each time."""

from __future__ import annotations

from decimal import Decimal

from knowledge.finding.find import find
from knowledge.finding.finding import Finding
from knowledge.finding.judge import explained
from knowledge.finding.outcome import Figure, Part, part_for
from knowledge.reading.asked import CHECKING, NUMERIC
from knowledge.reading.clues import relation_terms
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.numerals import whole_number
from knowledge.text.patterns import pattern

_EACH_TIME = pattern(
    "历年来?|历届|历次|每一?[年届季]|每个?赛季|各[年届]|逐年|(?:这|近|最近|过去)这?([几两二三四五六七八九十]|[2-9])[年届]|这些年"
    r"|\b(?:each|every) (?:year|season|edition)\b|\bover the years\b|\bin recent years\b|\byear by year\b"
)
"""Of each time it is asked; the group says how many of the last."""
_FROM_TO = pattern(
    r"(20\d\d|19\d\d)年?(?:赛季|度)?(?: ?(?:到|至|-|—|–|~)了? ?| (?:and|to|until|through) )(20\d\d|19\d\d)"
)
"""From one year to another."""
_HOW_OFTEN = pattern(
    "(?:多少|几)(?:次|回|届|冠|座|个(?=[^,，?？]{0,6}(?:冠军|奖|杯|金牌)))"
    r"|\bhow many times\b|\bhow often\b|\bhow many (?=(?:[a-z]+ )?(?:titles?|championships?|trophies|wins)\b)"
)
_CHARACTERS = frozenset("历每各逐这近过几多到至-—–~")
_WORDS = (
    "each",
    "every",
    "over the",
    "recent",
    "year by",
    "how many",
    "how often",
    " and ",
    " to ",
    "through",
    "until",
)
_WON = frozenset({"titles", "title", "championships", "championship", "trophies", "wins"})
_OTHERWISE = CHECKING | {"compare", "difference", "growth", "most", "least", "negation", "except", "rest"}
_HALF = 0.5
"""Share of a word that a statement has to explain to tell of it."""
_SEVERAL = 2
_TIMES = frozenset({"次", "回", "届", "冠", "座", "times", "titles"})
_ONE = frozenset({"which"})


def in_series(reading: Reading, base: Base) -> Part | None:
    """A statement for each time something was so, or for each at which it was the one named, if that is asked."""
    text = reading.text
    if _CHARACTERS.isdisjoint(text) and not any(w in text for w in _WORDS):
        return None
    if reading.intents & _OTHERWISE or reading.asks & {"reason", "how", "date", "duration"}:
        return None
    often, each = _HOW_OFTEN.search(text), _EACH_TIME.search(text)
    if any(not each or not each.start() <= q.start < each.end() for q in reading.quantities):
        return None
    if often:
        return _how_often(reading, often.span(), base) if reading.asks == {"number"} else None
    return _each_time(reading, base) if reading.asks.isdisjoint(NUMERIC | {"rank", "share"}) else None


def _each_time(reading: Reading, base: Base) -> Part | None:
    """A statement for each time, oldest first; None if there are not several of one relation of one thing."""
    each, stretch = _EACH_TIME.search(reading.text), _FROM_TO.search(reading.text)
    span = each or stretch
    if span is None or (not stretch and reading.periods):
        return None
    rows = _rows(_without(reading, span.span()), base)
    if len({(f.subject, f.relation) for f in rows}) != 1:
        return None
    if stretch:
        rows = [f for f in rows if stretch[1] <= f.as_of[:4] <= stretch[2]]
    elif each and each[1] and each[1] != "几":
        years = sorted({f.as_of[:4] for f in rows})[-whole_number(each[1].replace("两", "二")) :]
        rows = [f for f in rows if f.as_of[:4] in years]
    if len({f.as_of[:4] for f in rows}) < _SEVERAL:
        return None
    return part_for(reading, "facts", tuple(sorted(rows, key=lambda f: f.as_of)))


def _how_often(reading: Reading, span: tuple[int, int], base: Base) -> Part | None:
    """The times at which something was the one named; None if one statement counts them, or none tells of it."""
    named = [m for m in reading.mentions if base.whole.isdisjoint(m.entities)]
    if not named or reading.periods:
        return None
    alone = _without(reading, span)
    if any(_counts(f, alone) for f in find(alone, base)):
        return None
    rows = _rows(alone, base)
    one = frozenset(named[0].entities)
    told = sorted((f for f in rows if not one.isdisjoint(f.objects)), key=lambda f: f.as_of)
    if not told:
        return None
    entity = next(e for e in told[0].objects if e in one)
    figures = tuple(Figure(entity, f, Decimal(f.as_of[:4]), "", False, "", text=(f.as_of, f.as_of)) for f in told)
    return part_for(reading, "dated", tuple(told), figures=figures)


def _without(reading: Reading, span: tuple[int, int]) -> Reading:
    """The reading that asks which one it was, without the words in a stretch."""
    start, end = span
    passed = reading.text[start:end]
    summed = {w.text for w in reading.words if w.has("i:sum") or w.text in _WON}
    clues = tuple(c for c in reading.clues if c.text not in summed and c.text not in passed)
    clues = tuple(c for c in clues if not (passed in c.text and c.light) and c.text not in _WON)
    words = tuple(w for w in reading.words if not start <= w.start < end)
    return reading._replace(clues=clues, words=words, periods=(), asks=_ONE, kinds=(), units=frozenset(), counted="")


def _rows(reading: Reading, base: Base) -> list[FactRow]:
    """The statements of the relations that tell what is asked, of which there is one for each of several times."""
    found = [f for f in find(reading, base) if _tells(f, reading, base)]
    named = relation_terms(reading.clues)
    found = [f for f in found if f.fact.relation_term in named] or found  # 夺冠, by which the pack asks for one of them
    ties = dict.fromkeys((f.fact.subject, f.fact.relation) for f in found)
    rows: list[FactRow] = []
    for subject, relation in ties:
        own = [f for f in base.facts_on(subject) if f.relation == relation and _at_a_time(f)]
        if len({f.as_of for f in own}) >= _SEVERAL:
            rows += own
    return rows


def _counts(finding: Finding, reading: Reading) -> bool:
    """Whether a statement says itself how often it was so."""
    fact = finding.fact
    if not any(q.unit in _TIMES for q in fact.quantities) or any(
        fact.entities.isdisjoint(m.entities) for m in reading.mentions
    ):
        return False
    return all(explained(c, fact.terms) >= _HALF for c in reading.clues if not c.light)


def _tells(finding: Finding, reading: Reading, base: Base) -> bool:
    """Whether a statement says who or what it was at a time, and all that the question says."""
    fact = finding.fact
    if base.relations[fact.relation].value != "entity" or finding.unnamed or not _at_a_time(fact):
        return False
    if any(fact.entities.isdisjoint(m.entities) for m in reading.mentions):
        return False
    own = f"k:{base.entity(fact.subject).kind}"
    nouns = {w.text for w in reading.words if own in w.tags}  # league titles are none of the cup
    telling = (c for c in reading.clues if not c.light or c.text in nouns)
    return bool(reading.clues) and all(explained(c, fact.terms) >= _HALF for c in telling)


def _at_a_time(fact: FactRow) -> bool:
    return bool(fact.as_of and fact.objects) and not (fact.planned or fact.negated or fact.relative)
