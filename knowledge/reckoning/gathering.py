"""A list that no statement gives whole (哪些城市发了算力券): things of the kind of which it is told one by one."""

from __future__ import annotations

from knowledge.finding.certainty import Bar
from knowledge.finding.find import find
from knowledge.finding.finding import Finding
from knowledge.finding.judge import explained
from knowledge.finding.outcome import Part, part_for
from knowledge.finding.probe import Hints
from knowledge.reading.asked import CHECKING
from knowledge.reading.reading import Reading
from knowledge.reckoning.roll import by_verb, called_so, lists_some
from knowledge.store.base import Base, FactRow
from knowledge.text.lexicon import kinds_in

_ONE = frozenset({"which"})
_OTHERWISE = CHECKING | {"most", "least", "negation", "except", "rest", "others", "each", "compare", "still"}
_SEVERAL = 2
_MANY = 12
_HALF = 0.5
_TOLD = 0.99
"""Share of a word that a statement has to have for what it tells to belong to the list."""


def gathered(bar: Bar, reading: Reading, hints: Hints, stated: Part | None) -> Part | None:
    """One fact for each thing of the kind asked for of which it is told; None if there are not two.

    What is `stated` stands, unless a sort of things is asked for and it lists none. That there are no more is not said.
    """
    if (tied := _tied(reading, bar.base)) and (stated is None or len(stated.facts) < len(tied.facts)):
        return tied
    asked, reading = reading, _of_sort(reading, bar)
    if stated and (asked is reading or lists_some(stated.facts, reading, bar.base)):
        return None
    if reading.asks != {"list"} or not reading.kinds or any(q.value != reading.wanted for q in reading.quantities):
        return None
    if reading.intents & _OTHERWISE or reading.unknown or not (reading.clues or reading.mentions):
        return None
    alone, kinds = reading._replace(asks=_ONE), frozenset(reading.kinds)
    nouns = frozenset(w.text for w in reading.words if w.has("q") or not kinds.isdisjoint(w.kinds))
    chosen: dict[int, FactRow] = {}
    for finding in find(alone, bar.base, hints):
        thing = _thing(bar, finding, reading)
        if thing < 0 or thing in chosen or not _says_all(finding, nouns, reading, bar):
            continue
        if bar.accepts(finding, alone, hints):
            chosen[thing] = finding.fact
    if not _SEVERAL <= len(set(chosen.values())) <= _MANY or (reading.wanted and reading.wanted != len(chosen)):
        return None
    return part_for(reading, "members", tuple(dict.fromkeys(chosen.values())), listed=tuple(chosen))


def _tied(reading: Reading, base: Base) -> Part | None:
    """All things of the kind asked for at the other end of the one relation named (哪些公司赞助球队)."""
    if reading.asks != {"list"} or not reading.kinds or reading.mentions or reading.quantities or reading.unknown:
        return None
    if reading.intents & _OTHERWISE or reading.periods or reading.excepted:
        return None
    kinds, doings = base.kinds_like(reading.kinds), by_verb(reading, base)
    nouns = frozenset(k for w in reading.words if not w.has("q") for k in w.kinds)
    words = {w.text for w in reading.words if w.kinds or w.has("q")}
    relations = [base.relations[r] for r in sorted(doings) if _leads(base.relations[r].r, kinds, nouns, base)]
    if len(relations) != 1:
        return None
    relation = relations[0]
    if not all(f"r:{relation.id}" in c.terms or (c.light and c.text in words) for c in reading.clues):
        return None
    others = nouns - kinds
    found: dict[int, FactRow] = {}
    for fact in map(base.fact, base.facts_with(relation.r)):
        of_these = not others or base.entity(fact.subject).kind in others
        for e in fact.objects if of_these and not (fact.negated or fact.former or fact.planned) else ():
            if base.entity(e).kind in kinds:
                found.setdefault(e, fact)
    if not _SEVERAL <= len(found) <= _MANY:
        return None
    return part_for(reading, "members", tuple(dict.fromkeys(found.values())), listed=tuple(found))


def _leads(relation: int, kinds: frozenset[str], nouns: frozenset[str], base: Base) -> bool:
    """Whether a relation leads from things of the kinds that nouns name to those asked for."""
    facts = list(map(base.fact, base.facts_with(relation)))
    asked = [f for f in facts if any(base.entity(e).kind in kinds for e in f.objects)]
    others = nouns - kinds
    return bool(asked) and (not others or any(base.entity(f.subject).kind in others for f in asked))


def _of_sort(reading: Reading, bar: Bar) -> Reading:
    """The reading; of a sort with a name of its own (通用模型有哪些) with the kind that the name ends with."""
    topic = reading.mentions[0] if len(reading.mentions) == 1 else None
    if reading.kinds or topic is None or topic.entities[0] not in bar.base.generic:
        return reading
    tags = bar.base.lexicon.tags
    ends = (kinds_in(tags.get(topic.text[start:], ())) for start in range(1, len(topic.text) - 1))
    return reading._replace(kinds=tuple(next(filter(None, ends), ())))


def _thing(bar: Bar, finding: Finding, reading: Reading) -> int:
    """The only thing of the kind asked for that a fact is about, as subject, object or place; -1 if none is."""
    base, fact = bar.base, finding.fact
    kinds = frozenset(reading.kinds)
    for some in ((fact.subject,), fact.objects, (fact.place,)):
        things = {e for e in some if e >= 0 and base.entity(e).kind in kinds and e not in reading.entities}
        things = set(called_so(reading, [*things], base))
        if things:
            return things.pop() if len(things) == 1 else -1
    return -1


def _says_all(finding: Finding, nouns: frozenset[str], reading: Reading, bar: Bar) -> bool:
    """Whether a statement has each word of the question but the `nouns` for the kind asked for."""
    if finding.missing or finding.fits < 1.0:
        return False
    said, terms = bar.base.said(finding.fact), finding.fact.terms
    for clue in reading.clues:
        if clue.text in nouns:
            continue
        if explained(clue, terms) < (_HALF if clue.light else _TOLD) or not (clue.light or clue.text in said):
            return False
    return True
