"""Parts and wholes that no fact states: from a count and a share, from two counts, from a known distance."""

from __future__ import annotations

from itertools import pairwise

from knowledge.deciding.apiece import JOINT
from knowledge.deciding.verify import Verifier
from knowledge.finding.finding import Finding
from knowledge.finding.judge import explained, in_time
from knowledge.finding.outcome import Figure, Part
from knowledge.finding.probe import Hints
from knowledge.reading.asked import NUMERIC
from knowledge.reading.portion import told_apart
from knowledge.reading.reading import Reading
from knowledge.reckoning.counts import is_share, of_one_passage, relaxed, total, worked_part
from knowledge.reckoning.figures import EXACT, accepted, figure_of, of_one_count
from knowledge.reckoning.weigh import figures_of
from knowledge.store.base import FactRow
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import pattern

_OF = "占"
"""Stands between a part and the whole of which its share is asked for."""
_ALL_OF = pattern("^(?:[全该本]市|[全该本]省|全区|全县|全岛|整个|全部|所有|其|当地|自身|自己)的?")
"""Before a measure it says that this is of the same thing as the part is."""
_POINTS, _POINTS_HANT = "个百分点", "個百分點"
_HIGHER, _LOWER = "高多超", "低少"
_COMPARED = "高低差"
_PAIR = 2
_LIKELY = 3
"""Findings of which one may say how far a level lies from another."""


def part_or_whole(desk: Verifier, reading: Reading, findings: list[Finding]) -> Part | None:
    """From a count and a share of one passage: the part (1920家的74.58%), or the whole (2200家是四成)."""
    counts = [q for q in reading.quantities if not q.is_share and q.value > 1]
    shares = [q for q in reading.quantities if q.is_share]
    if reading.asks & NUMERIC - {"number", "amount"} or not reading.asks & {"number", "amount"} or len(counts) != 1:
        return None
    facts = [desk.base.fact(f) for e in desk.readings.named(reading) for f in desk.base.facts_of(e)]
    given = [f for f in facts if f.measured and f.quantities[0].value == counts[0].value and _counts(f, counts[0])]
    if len({f.f for f in given}) != 1:
        return None
    if len(shares) == 1:
        same = [f for f in facts if is_share(f, desk.base) and f.quantities[0].value == shares[0].value]
        same = [f for f in dict.fromkeys(same) if of_one_passage(f, given[0])]
        if len(same) != 1:
            return None
        held_by = {e for e in same[0].entities if desk.base.holds(e, same[0].subject)}
        if not held_by:  # the share is one of what is counted
            return _of_count(reading, given[0], same[0])
        return _whole_of(reading, given[0], same[0]) if held_by & reading.entities else None
    return _part_of(desk, reading, findings, given[0])


def _whole_of(reading: Reading, count: FactRow, share: FactRow) -> Part | None:
    first, second = figure_of(count, count.subject), figure_of(share, share.subject)
    if not first or not second or not {first.bound, second.bound} <= EXACT or not second.value:
        return None
    return worked_part("whole", reading, [first, second], first.value / second.value)


def _part_of(desk: Verifier, reading: Reading, findings: list[Finding], count: FactRow) -> Part | None:
    """How many of a number given have what the question says besides (1920家中应用层有多少)."""
    counted = next((f for f in findings if f.fact == count), None)
    if counted is None or not any(not c.light for c in counted.missing):
        return None
    told = [f for f in findings if is_share(f.fact, desk.base) and of_one_passage(f.fact, count)]
    told = [f for f in told if not f.unnamed and not any(c in f.missing for c in counted.missing if not c.light)]
    told = [f for f in told if all(explained(c, f.fact.terms) == 1.0 for c in told_apart(reading))]
    told = [f for f in told if len(set(f.fact.figures)) == 1]
    return _of_count(reading, count, told[0].fact) if told else None


def _of_count(reading: Reading, count: FactRow, share: FactRow) -> Part | None:
    first, second = figure_of(count, count.subject), figure_of(share, count.subject)
    if not first or not second or not {first.bound, second.bound} <= EXACT:
        return None
    return worked_part("portion", reading, [first, second], first.value * second.value)


def share_of_whole(desk: Verifier, reading: Reading, hints: Hints) -> Part | None:
    """What share of a whole a part is, or several are together, where all are counted alike."""
    if reading.asks - {"share", "number"} or not reading.of_whole or reading.intents & {"rest", "growth"}:
        return None
    base = desk.base
    named = (base.entity(m.entities[0]) for m in reading.mentions)
    first = dict.fromkeys(entity.e for entity in named if not entity.generic or entity.e in base.whole)
    wholes = [b for b in first if all(desk.base.holds(b, a) for a in first if a != b)]
    if len(wholes) != 1 or len(first) < 2:
        return _share_of_count(desk, reading, list(first), hints)
    order = [*(e for e in first if e != wholes[0]), wholes[0]]
    if len(order) > 2 and "sum" not in reading.intents:
        return None
    group = [next(i for i, m in enumerate(reading.mentions) if m.entities[0] == e) for e in order]
    figures = figures_of(desk.bar, relaxed(reading), hints, group)
    if len(figures) != len(group) or not of_one_count(figures) or all(f.share for f in figures):
        return None  # what 36.8% is of another 74.58% is no share that anyone asks for
    part, whole = sum(f.value for f in figures[:-1]), figures[-1].value
    return worked_part("share", reading, figures, part / whole) if 0 < part < whole else None


def _share_of_count(desk: Verifier, reading: Reading, parts: list[int], hints: Hints) -> Part | None:
    """What share of a number given (106个里甲占几成) some have, where all that are counted alike are so many."""
    counts = [q for q in reading.quantities if not q.is_share and q.value > 1]
    places = [e for e in parts if desk.base.entity(e).kind in desk.base.where]
    parts = places or parts  # who counted is no part of it
    if len(counts) != 1 or not parts or (len(parts) > 1 and "sum" not in reading.intents):
        return None
    base, given = desk.base, counts[0]

    def suits(figures: list[Figure]) -> bool:
        whole = total(base, figures) if of_one_count(figures) else None
        return whole is not None and whole.value == given.value

    group = [next(i for i, m in enumerate(reading.mentions) if m.entities[0] == e) for e in parts]
    figures = figures_of(desk.bar, relaxed(reading), hints, group, suits)
    if len(figures) != len(group) or figures[0].share or not suits(figures):
        return None
    whole = total(base, figures)
    part = sum(f.value for f in figures)
    if whole is None or not 0 < part < whole.value:
        return None
    return worked_part("share", reading, [*figures, whole], part / whole.value)


def shares_of_one(desk: Verifier, reading: Reading) -> list[Figure]:
    """The share that each of a row of things has in one other (甲和乙一共占丙多少股份); none if one is not known.

    They are told apart by whom the facts on that other speak of.
    """
    base = desk.base
    things = [reading.mentions[i] for i in reading.things(base)]
    joined = [bool(JOINT.fullmatch(reading.text, a.end, b.start)) for a, b in pairwise(things)]
    if len(things) < _PAIR + 1 or sum(joined) != len(things) - _PAIR or not (joined[0] or joined[-1]):
        return []
    row, other = (things[:-1], things[-1]) if joined[0] else (things[1:], things[0])
    held = [m.entities[0] for m in row]
    asked = {t for w in reading.words for t in w.tags if t[:2] in ("r:", "a:")}
    shares = [f for f in base.facts_on(other.entities[0]) if is_share(f, base) and in_time(f, reading.periods)]
    shares = [f for f in shares if not asked.isdisjoint(f.terms) and len(f.entities.intersection(held)) == 1]
    found: list[Figure] = []
    for e in held:
        own = [f for f in shares if e in f.entities]
        figure = figure_of(own[0], e) if len({f.figures[0] for f in own}) == 1 else None
        if figure is None:
            return []
        found.append(figure)
    return found if of_one_count(found) else []


def share_of_measure(desk: Verifier, reading: Reading, findings: list[Finding], hints: Hints) -> Part | None:
    """What share one measure of a thing is of a wider one of the same family (核心产业规模占产业规模的百分之几)."""
    asking = reading.word("q:share") or reading.word("q:number")
    cut = reading.text.find(_OF) if reading.of_whole and asking and "growth" not in reading.intents else -1
    things = [reading.mentions[i] for i in reading.things(desk.base)]
    if cut < 0 or asking is None or asking.start <= cut or not things or things[0].end > cut:
        return None
    if findings and _OF in findings[0].fact.zh and is_share(findings[0].fact, desk.base):
        return None  # it is stated
    time = "".join(reading.text[p.start : p.end] for p in reading.periods[:1])
    wholes = reading.text[cut + len(_OF) : asking.start].strip("了到的约 ")
    texts = (reading.text[:cut], f"{time}{things[0].text}{_ALL_OF.sub('', wholes)}")
    told = [_measures(desk, text, hints) for text in texts]
    pairs = ((a, b) for a in told[0] for b in told[1])
    terms = next(([a, b] for a, b in pairs if _of_one_family(desk, a.fact, b.fact) and a.unit == b.unit), [])
    if not terms:
        return None
    part_of, whole = terms
    if not 0 < part_of.value < whole.value:
        return None
    return worked_part("share", reading, terms, part_of.value / whole.value)


def _measures(desk: Verifier, text: str, hints: Hints) -> list[Figure]:
    """The figures that answer how much something is, the best first."""
    alone = relaxed(desk.readings.read(f"{text}是多少"))
    if not alone.clues and all(desk.base.entity(m.entities[0]).kind in desk.base.where for m in alone.mentions):
        return []  # 甲市全国: of what, it does not say
    facts = accepted(desk.bar, alone, hints)
    figures = (figure_of(f, f.subject) for f in facts if f.measured)
    return [f for f in figures if f and not f.share and f.bound in EXACT]


def _of_one_family(desk: Verifier, a: FactRow, b: FactRow) -> bool:
    """Whether two facts give measures of one family, of one thing at one time by one counter."""
    families = [desk.base.relations[f.relation].family for f in (a, b)]
    alike = bool(families[0]) and families[0] == families[1] and a.relation != b.relation
    return alike and (a.subject, a.as_of, a.by) == (b.subject, b.as_of, b.by)


def level(desk: Verifier, reading: Reading, findings: list[Finding]) -> Part | None:
    """The level that a known one lies some points above or below (比全国平均高23个百分点)."""
    given = {q.value for q in reading.quantities}
    if "share" not in reading.asks and not (given and "number" in reading.asks):
        return None
    for finding in findings[:_LIKELY]:
        fact = finding.fact
        points = [q for q in fact.quantities if q.unit == _POINTS]
        if "share" not in reading.asks and given.isdisjoint(q.value for q in points):
            continue
        others = (reading.entities & fact.entities) - {fact.subject}
        if len({q.value for q in points}) != 1 or not others or not _asked_last(reading, others):
            continue
        if finding.unnamed:
            continue
        level = [f for f in desk.base.facts_on(fact.subject) if is_share(f, desk.base)]
        level = [f for f in level if f.citations[0] == fact.citations[0] and f.as_of == fact.as_of]
        above = _direction(fact.zh)
        if len(level) != 1 or not above or points[0].bound or level[0].quantities[0].bound:
            continue
        known = figure_of(level[0], fact.subject)
        gap = points[0]
        term = Figure(
            next(iter(others)),
            fact,
            gap.value / 100,
            gap.unit,
            True,
            "",
            text=(f"{gap.value:f}{_POINTS}", f"{gap.value:f}{_POINTS_HANT}"),
        )
        if known:
            kind = "below" if above > 0 else "above"
            return worked_part(kind, reading, [known, term], known.value - above * term.value)
    return None


def _asked_last(reading: Reading, others: frozenset[int]) -> bool:
    """Whether the level asked for is that of one of these: named last, and not compared again."""
    last = max((m for m in reading.mentions if not others.isdisjoint(m.entities)), key=lambda m: m.end, default=None)
    if last is None or any(m.start > last.start for m in reading.mentions):
        return False
    return not any(c in reading.text[last.end :] for c in _COMPARED)


def _direction(statement: str) -> int:
    """1 where a statement says higher, -1 where lower, 0 where both or neither."""
    return any(c in statement for c in _HIGHER) - any(c in statement for c in _LOWER)


def _counts(fact: FactRow, given: Quantity) -> bool:
    """Whether a fact counts what a figure given counts."""
    own = fact.quantities[0]
    return not own.is_share and (not given.unit or not own.unit or own.unit == given.unit)
