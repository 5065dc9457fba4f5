"""Figures that may stand in one picture: those an answer gives, or those the base has on what it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from knowledge.finding.outcome import Figure, Outcome
from knowledge.reckoning.figures import figure_of
from knowledge.store.base import Base, FactRow
from knowledge.text.numerals import find_quantities

_MEASURES = frozenset({"number", "amount", "share"})
MOST = 12
"""Figures in one picture."""


def figure(fact: FactRow, base: Base) -> Figure | None:
    """The one figure that a fact states, or None: no figure, several, or only an order of magnitude."""
    if base.relations[fact.relation].value not in _MEASURES or not fact.measured or not fact.quantities:
        return None
    first = fact.quantities[0]
    unit = first.unit or base.relations[fact.relation].unit
    digits = any(c.isdecimal() for c in fact.value)
    if not unit or len(find_quantities(fact.value)) != 1 or not (digits or first.is_share):
        return None
    return Figure(fact.subject, fact, first.value, unit, first.is_share, first.bound)


def told(pairs: Iterable[Sequence[str]], base: Base) -> tuple[Figure, ...]:
    """Figures by the ids of fact and entity, those that the base still has."""
    found = []
    for fact, entity in pairs:
        f, e = base.fact_number(fact), base.entity_number(entity)
        one = figure_of(base.fact(f), e) if f is not None and e is not None else None
        found += [one] if one else []
    return tuple(found)


def specific(fact: FactRow, base: Base) -> bool:
    """Whether the relation says what is counted; a plain share or number says so in its statement only."""
    relation = base.relations[fact.relation]
    return relation.value == "amount" or bool(relation.unit)


def of_outcome(outcome: Outcome, base: Base) -> tuple[Figure, ...]:
    """The comparable figures that an answer holds: its terms, or those its facts state; fewer than two are none."""
    for part in outcome.parts:
        if part.kind == "interval":
            continue
        terms = [f for f in part.figures if (f.unit or f.share) and not f.label[0]]
        if len(terms) == len(part.figures) >= 2 and _alike(terms, base):
            return tuple(terms[:MOST])
    between = _between(outcome, base)
    if between:
        return between
    facts = [f for p in outcome.parts for f in (*p.facts, *p.others)]
    return _group([f for f in (figure(x, base) for x in facts) if f], base)


def _between(outcome: Outcome, base: Base) -> tuple[Figure, ...]:
    """One measure of the entities that a question names, where it names several that have it."""
    named = _named(outcome, base)
    if len(named) < 2:
        return ()
    facts = [base.fact(f) for e in named for f in base.facts_of(e)]
    own = [f for f in (figure(x, base) for x in facts) if f and f.entity in named and specific(f.fact, base)]
    told = [f.zh for p in outcome.parts for f in p.facts]
    # the figures that the answer's statements hold, then those of the measure that it is about
    stated = [f for f in own if any(f.fact.value in text for text in told)]
    tries = [[f for f in stated if f.fact.relation == r] for r in dict.fromkeys(f.fact.relation for f in stated)]
    tries += [[f for f in own if f.fact.relation == r] for r in _measures(outcome, base)]
    return next((found for found in map(one_date, tries) if len(found) >= 2), ())


def _named(outcome: Outcome, base: Base) -> list[int]:
    return [e for e in sorted(outcome.reading.entities) if not base.entity(e).generic]


def wider(outcome: Outcome, base: Base) -> tuple[Figure, ...]:
    """The base's figures for a question whose answer holds no two of them.

    The history of the entity named, or that of its peers; () if there is nothing to compare.
    """
    relations = _measures(outcome, base)
    named = _named(outcome, base)
    for relation in relations:
        facts = [f for f in (figure(base.fact(n), base) for n in base.facts_with(relation)) if f]
        own = [f for f in facts if f.entity in named]
        if not own and named:
            continue
        if own:
            past = _group([*own, *_family(own[0], base)], base)
            if len(past) >= 2:
                return past
        peers = own or facts
        kinds = base.kinds_like({base.entity(peers[0].entity).kind}) if peers else frozenset()
        found = one_date(f for f in facts if base.entity(f.entity).kind in kinds)
        if len(found) >= 2:
            return found
    return ()


def _measures(outcome: Outcome, base: Base) -> list[int]:
    """Relations that say what is counted: those of the answer's figures, then those the question's words cue."""
    facts = [f for p in outcome.parts for f in (*p.facts, *p.others)]
    found = [f.relation for f in facts if figure(f, base) and specific(f, base)]
    cued = {t[2:] for w in outcome.reading.words for t in w.tags if t.startswith("r:")}
    found += [r.r for r in base.relations if r.id in cued and r.value in _MEASURES and (r.unit or r.value == "amount")]
    return list(dict.fromkeys(found))


def _family(one: Figure, base: Base) -> list[Figure]:
    family = base.relations[one.fact.relation].family
    facts = map(base.fact, base.facts_about(one.entity, family)) if family else ()
    return [f for f in (figure(x, base) for x in facts) if f]


def one_date(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """One figure for each entity, of the date that most of them share, else of their newest; the largest first."""
    found = list(figures)
    dates = Counter(date for date, _ in {(f.fact.as_of, f.entity) for f in found})
    shared = max(dates, key=lambda d: (dates[d], d), default="")
    chosen: dict[int, Figure] = {}
    for each in sorted(found, key=lambda f: (f.fact.as_of == shared, f.fact.as_of), reverse=True):
        chosen.setdefault(each.entity, each)
    same = [f for f in chosen.values() if f.unit == next(iter(chosen.values())).unit]
    return tuple(sorted(same, key=lambda f: (-f.value, f.fact.id))[:MOST])


def _group(figures: Sequence[Figure], base: Base) -> tuple[Figure, ...]:
    """The figures comparable with the first one, each once; () if it stands alone."""
    for first in figures[:3]:
        same = [f for f in figures if _alike((first, f), base)]
        once = _once(same)
        if len(once) >= 2:
            return once[:MOST]
    return ()


def _alike(figures: Sequence[Figure], base: Base) -> bool:
    """Whether figures have one sort of unit and one measure, or measures of one family, or stand side by side."""
    first = figures[0]
    for other in figures[1:]:
        a, b = base.relations[first.fact.relation], base.relations[other.fact.relation]
        if first.share != other.share or (a.family or a.id) != (b.family or b.id):
            return False
        if first.unit != other.unit and not a.family:
            return False
        # of plain shares and numbers only those told together are of one whole
        together = first.fact.as_of == other.fact.as_of and first.fact.citations[:1] == other.fact.citations[:1]
        if not specific(first.fact, base) and not together:
            return False
    return True


def _once(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Without those that repeat an entity's figure for the same time; the most precise date stays."""
    kept: list[Figure] = []
    for each in sorted(figures, key=lambda f: -len(f.fact.as_of)):
        if not any(_repeats(each, other) for other in kept):
            kept.append(each)
    order = {f.fact.f: n for n, f in enumerate(figures)}
    return tuple(sorted(kept, key=lambda f: order[f.fact.f]))


def _repeats(one: Figure, other: Figure) -> bool:
    if (one.entity, one.value, one.unit, one.share) != (other.entity, other.value, other.unit, other.share):
        return False
    if not one.share and one.fact.relation != other.fact.relation:
        return False
    return other.fact.as_of.startswith(one.fact.as_of) or one.fact.f == other.fact.f
