"""What a base holds on one fact or one entity, as text."""

from __future__ import annotations

from collections.abc import Iterator

from bot.page import safe
from knowledge.errors import ModuError
from knowledge.plain.base import PlainBase
from knowledge.plain.keys import EXACT, key
from knowledge.plain.vocabulary import compact
from knowledge.store.base import Base, EntityRow, FactRow
from knowledge.text.fold import name_key

_PREDICATES = 200
_VALUES = 10
"""Values of one predicate that the sheet of a name shows."""


def sheet(wanted: str, base: Base) -> str:
    """The sheet of the fact with that id, or of all entities with that id or name.

    Raises ModuError where the base has neither.
    """
    number = base.fact_number(wanted)
    if number is not None:
        return safe("\n".join(_fact(base.fact(number), base)))
    if base.plain and (lines := "\n\n".join(_names(wanted, base.plain, base))):
        return safe(lines)
    found = _entities(wanted, base)
    if not found:
        raise ModuError(f"{base.path.name} has no fact with the id {wanted!r} and no entity of that id or name")
    return safe("\n\n".join("\n".join(_entity(base.entity(e), base)) for e in found))


def _names(wanted: str, plain: PlainBase, base: Base) -> Iterator[str]:
    """A sheet for each name of a bulk base that is called so."""
    form = compact(base.tables.fold(wanted))
    for name in plain.names(plain.found([key(EXACT, form)]).get(key(EXACT, form), ())):
        if not plain.bears(name, form):
            continue
        lines = [name.text]
        for held, fetch in ((name.forward, plain.values), (name.back, plain.subjects)):
            for r, count in held[:_PREDICATES]:
                triples = fetch(name.e, r)[:_VALUES]
                file, line = plain.source(triples[0].n)
                label = f"{plain.predicate(r).id}{'' if held is name.forward else ' of'}"
                more = f" (and {count - len(triples):,} more)" if count > len(triples) else ""
                lines.append(f"  {label}: {', '.join(t.value for t in triples)}{more} [{file}:{line}]")
        yield "\n".join(lines)


def _entities(wanted: str, base: Base) -> tuple[int, ...]:
    number = base.entity_number(wanted)
    if number is not None:
        return (number,)
    form = "=" + name_key(base.tables.fold(wanted))
    return base.lookup.names({form}).get(form, ())


def _fact(fact: FactRow, base: Base) -> Iterator[str]:
    yield fact.id
    yield f"  zh            {fact.zh}"
    yield f"  en            {fact.en}"
    relation = base.relations[fact.relation]
    yield f"  subject       {_named(fact.subject, base)}"
    yield f"  relation      {relation.zh} / {relation.en} [{relation.id}]"
    if fact.value:
        yield f"  value         {fact.value}"
    for e in fact.objects:
        yield f"  object        {_named(e, base)}"
    if fact.as_of:
        yield f"  as of         {fact.as_of}{', reckoned from the date of the article' if fact.relative else ''}"
    if fact.by >= 0:
        yield f"  according to  {_named(fact.by, base)}"
    if fact.place >= 0:
        yield f"  place         {_named(fact.place, base)}"
    if any(fact.note):
        yield f"  note          {' / '.join(t for t in fact.note if t)}"
    for cited in fact.citations:
        article = base.articles[cited.article]
        title = f", {article.title or article.about_zh}" if article.title or article.about_zh else ""
        yield (
            f"  source        {article.publisher}{title}, {article.published}, paragraph {cited.paragraph} "
            f"[{cited.article}:{cited.paragraph}]"
        )
        quote = base.quote(cited.article, cited.paragraph)
        if quote:
            yield f"                {quote}"


def _named(e: int, base: Base) -> str:
    entity = base.entity(e)
    names = entity.zh if entity.en in {"", entity.zh} else f"{entity.zh} / {entity.en}"
    return f"{names} [{entity.id}]"


def _entity(entity: EntityRow, base: Base) -> Iterator[str]:
    yield f"{_named(entity.e, base)}, {entity.kind}"
    about = [t for t in (entity.about_zh, entity.about_en) if t]
    if about:
        yield f"  {' / '.join(about)}"
    if entity.aliases:
        yield f"  also called   {', '.join(entity.aliases)}"
    if entity.part_of >= 0:
        yield f"  part of       {_named(entity.part_of, base)}"
    numbers = base.facts_of(entity.e)
    yield f"  {len(numbers)} facts"
    for number in numbers:
        fact = base.fact(number)
        cited = ", ".join(f"{c.article}:{c.paragraph}" for c in fact.citations)
        yield f"  · {fact.id}  {fact.zh} [{cited}]"
