"""In which part of a larger place something is, where that is asked: that it is in the larger one tells nothing."""

from __future__ import annotations

from itertools import permutations, product

from knowledge.finding.finding import Finding
from knowledge.finding.judge import explained
from knowledge.linking.link import Mention
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_TWO = 2
"""Names of which one is of what lies in the other."""
_HALF = 0.6
"""Share of a noun beyond which a fact speaks of it, whatever stands before it there."""
_IN_WHICH = pattern("(?:在|位于|坐落|落户)于?了?哪一?[个座些]")
"""Asks in which place of a sort something is."""
_WHEREABOUTS = pattern(
    "的?(?:什么位置|哪个位置|边度|哪个地方|什么地方|哪一?[带片块头]|哪个?[区县](?![别块域间])|哪个?(?:街道|镇|城区))",
    holds=("位置", "边度", "地方", *"带片块头区县镇", "街道"),
)
"""Asks, behind the name of a place, in which part of it something is."""
_PART_OF = pattern(r"\b(?:whereabouts in|(?:which|what) (?:district|part|area|quarter) of) $")
"""Asks so before the name of the place."""
_ADDRESS = pattern(
    r"(?<![思道线])路|街|(?<![社园])区(?![域别分块])|(?<!小)镇|[县村]|大道|[东南西北]部|附近|旁|畔|沿岸|一带|\b(?:district|street|road)\b"
)
"""Tells in which part of a place something is, besides the name of a smaller one."""
_DISTRICT = pattern("[\u3400-\u9fff]{2}(?:(?<![社园小地校厂辖])区|县|(?<![小城乡])镇|街道)$", holds=(*"区县镇", "街道"))
"""What ends so is the name of a part of a larger place."""


def is_district(piece: str) -> bool:
    """Whether a piece of a text is by its last word the name of a part of a city or province (龙华区)."""
    return _DISTRICT.search(piece) is not None


def lies_within(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a fact names a place inside the larger one named, where it is asked in which it is (在哪个市)."""
    kinds = frozenset(reading.kinds)
    if not kinds <= base.where & base.closed or not _IN_WHICH.search(reading.text):
        return True
    larger = base.where & base.closed - kinds
    around = {m.entities[0] for m in reading.mentions if base.entity(m.entities[0]).kind in larger} - base.whole
    there = [e for e in fact.spoken if base.entity(e).kind in kinds]
    beside = any(base.entity(e).kind in larger and e not in around for e in fact.spoken)
    # a row of places (甲省、乙省与丙市) says of none that it is in another
    return all(
        any(base.holds(n, e) for e in there) or not (beside or any(_in_a_row(n, e, fact, base) for e in there))
        for n in around
    )


def _in_a_row(a: int, b: int, fact: FactRow, base: Base) -> bool:
    """Whether a statement names two places one behind the other, as of one sort (甲省、乙市)."""
    said = base.statement(fact.f)
    pairs = product(base.folded_names(a), base.folded_names(b))
    return any(
        f"{one}{mark}{other}" in said for some in pairs for one, other in permutations(some) for mark in "、与和及"
    )


def of_what_is_sought(fact: FactRow, reading: Reading) -> bool:
    """Whether a fact speaks of what it is asked where it is: 超算中心在哪 is told by no other 中心."""
    asked = reading.word("q:place") if "place" in reading.asks else None
    if asked is None or reading.text.isascii():
        return True
    before = (c for c in reading.clues if c.terms and c.size > 1 and not c.light)
    noun = next((c for c in before if reading.text.startswith(c.text, asked.start - len(c.text))), None)
    return noun is None or explained(noun, fact.terms) > _HALF


def in_part(findings: list[Finding], reading: Reading, base: Base) -> list[Finding]:
    """The findings that tell in which part of the place named something is, where that is asked (在甲城哪个区)."""
    if len(reading.mentions) < _TWO:
        return findings
    around = {e for m in reading.mentions if _asks_part(m, reading.text) for e in m.entities}
    if not any(base.entity(e).kind in base.where for e in around):
        return findings
    return [f for f in findings if _says_part(f.fact, around, reading, base)]


def _says_part(fact: FactRow, around: set[int], reading: Reading, base: Base) -> bool:
    """Whether a fact names a smaller place, in which nothing of what is asked about stands, or an address."""
    there = [e for e in fact.spoken - reading.entities if base.entity(e).kind in base.where]
    if any(not any(base.holds(n, e) for n in reading.entities - around) for e in there):
        return True
    said = base.said(fact)
    for name in sorted((n for e in reading.entities for n in base.folded_names(e)), key=len, reverse=True):
        said = said.replace(name, "|")
    return _ADDRESS.search(said) is not None


def _asks_part(place: Mention, text: str) -> bool:
    """Whether it is asked in which part of a place something is."""
    if text.isascii():
        return _PART_OF.search(text, 0, place.start) is not None
    return _WHEREABOUTS.match(text, place.end) is not None
