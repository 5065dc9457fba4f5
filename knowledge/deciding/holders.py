"""Who else holds what is claimed of one: another at that time, or another since."""

from __future__ import annotations

from knowledge.finding.outcome import Part
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow


def with_holders(part: Part | None, reading: Reading, base: Base) -> Part | None:
    """A part that confirms a claim; where another held it then, or holds it since, that in front and no plain yes."""
    if part and part.verdict == "no" and (then := _at_that_time(part.facts[0], reading, base)):
        return part._replace(facts=(then, *part.facts))
    if part is None or part.verdict != "yes":
        return part
    if instead := _told_otherwise(part.facts[0], reading, base):
        return part._replace(facts=(instead, *part.facts), verdict="no")
    if not reading.periods and (later := _since(part.facts[0], base)):
        return part._replace(facts=(later, *part.facts), verdict="")
    return part


def _told_otherwise(fact: FactRow, reading: Reading, base: Base) -> FactRow | None:
    """The statement in the relation that a claim names (冠军) by which it was another."""
    labels = base.remembered(_labels)()
    claimed = {labels[w.text] for w in reading.words if w.text in labels}
    if not claimed or fact.relation in claimed or base.relations[fact.relation].value != "entity":
        return None
    told = [f for f in base.facts_on(fact.subject) if f.relation in claimed and _then(f, reading)]
    if len(told) != 1 or len(told[0].objects) != 1 or not reading.entities.isdisjoint(told[0].objects):
        return None
    other = told[0].objects[0]
    kind, name = base.entity(other).kind, base.folded_names(other)[0]
    if any(name.startswith(base.folded_names(e)[0]) for e in reading.entities.intersection(fact.objects)):
        return None  # 盘古3.0 is no other model than 盘古
    return told[0] if any(base.entity(e).kind == kind for e in reading.entities.intersection(fact.objects)) else None


def _at_that_time(fact: FactRow, reading: Reading, base: Base) -> FactRow | None:
    """Who it was at the time claimed, where a fact tells of another time (2021年的冠军是甲吧: of 2025)."""
    if not reading.periods or len(fact.objects) != 1 or _then(fact, reading):
        return None
    told = [f for f in base.facts_on(fact.subject) if f.relation == fact.relation and f.objects and _then(f, reading)]
    return told[0] if len(told) == 1 else None


def _labels(base: Base) -> dict[str, int]:
    """Folded label → relation. To be called through `Base.remembered`."""
    return {base.tables.fold(r.zh): r.r for r in base.relations}


def _then(fact: FactRow, reading: Reading) -> bool:
    """Whether a fact is of the time claimed."""
    return all(any(p.overlaps(q) for q in fact.periods) for p in reading.periods)


def _since(fact: FactRow, base: Base) -> FactRow | None:
    """The statement on the person who took somebody's place."""
    if len(fact.objects) != 1 or not fact.as_of or base.entity(fact.objects[0]).kind not in base.persons:
        return None
    later = [
        f
        for f in base.facts_on(fact.subject)
        if f.relation == fact.relation and len(f.objects) == 1 and f.objects != fact.objects and f.as_of > fact.as_of
    ]
    return max(later, key=lambda f: f.as_of, default=None)
