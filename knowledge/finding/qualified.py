"""Whether a figure counts things that are said to be so (医疗企业): the name of one of them tells nothing of that."""

from __future__ import annotations

from knowledge.finding.judge import explained
from knowledge.reading.clues import Clue
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern
from knowledge.text.terms import index_terms, spelt_terms

_COUNTED = pattern(
    "[,，在到于]*(?:总|的)?(?:数量|总数|数目|数(?![据字智码])|(?:一?共|总共|大概|大约|现|已)?有?(?:多少|几)[家间个所])"
)
"""Behind a noun it says that this is counted."""
_COUNTS = pattern("(?:(?:多少|几)[家间个所]?|how many )$")
"""Says so before it, and before what is said of it."""
_TIE = pattern("的?|类|相关的?| ")
"""Between what is said of a noun and the noun."""
_HALF = 0.5
"""Share of a word that a statement has to hold to say it."""
_ASKS = frozenset({"number"})


def of_qualified(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a fact says itself what the noun counted is said to be (人工智能企业有多少家), if anything is.

    What it lists may be called so (上海人工智能实验室) though it counts something else.
    """
    if reading.asks != _ASKS or not fact.measured:
        return True
    said = [c for c in reading.clues if len(c.text) > 1 and not c.attribute and _qualifies(c, reading)]
    return all(_says(c, fact, base) for c in said)


def _qualifies(clue: Clue, reading: Reading) -> bool:
    """Whether a word stands right before a noun for a kind of thing that is counted."""
    start = reading.text.find(clue.text)
    end = start + len(clue.text)
    noun = next((w for w in reading.words if w.start >= end and w.has("k") and not w.has("q")), None)
    if start < 0 or noun is None or not _TIE.fullmatch(reading.text, end, noun.start):
        return False
    behind = reading.text[noun.end :]
    for time in reading.periods:
        behind = behind.replace(reading.text[time.start : time.end], "", 1)  # 企业2023年有多少家
    return bool(_COUNTED.match(behind) or _COUNTS.search(reading.text, 0, start))


def _says(clue: Clue, fact: FactRow, base: Base) -> bool:
    """Whether the statement, or what its measure is called, holds a word; names besides those in it do not."""
    return explained(clue, base.remembered(_own_terms)(fact.f)) >= _HALF


def _own_terms(f: int, base: Base) -> frozenset[str]:
    """The index terms of a statement and of the label of its relation. To be called through `Base.remembered`."""
    fact = base.fact(f)
    relation = base.relations[fact.relation]
    own = {fact.relation_term}
    for text in (fact.zh, fact.en, fact.value):
        own |= index_terms(base.tables.fold(text), base.lexicon)
    for label in (relation.zh, relation.en):
        own |= spelt_terms(base.tables.fold(label))  # the number of them is another word for data
    return frozenset(own)
