"""A claim of where a person is from (甲是乙国人吧): what tells of another country or town that he is from denies it."""

from __future__ import annotations

from knowledge.finding.outcome import Part, noted
from knowledge.reading.reading import Reading
from knowledge.store.base import Base
from knowledge.text.patterns import pattern

_FROM = pattern(
    "(?:难道|真的|确实|其实|也|就)*(?:是|来自于?|是来自|出身于?|祖籍是?|老家在?)"
    "| (?:is|was|comes|came) (?:from )?(?:the )?"
)
_PERSON = pattern("(?:的?人|籍)?(?:[,，]?(?:吧|吗|么|嘛|对吗|对吧|是吗|是不是|没错吧|right))*[?？ ]*")
_OPENING = pattern("(?:is|was|does|did|is it true that) ?")
_SAYS = pattern("来自|人(?!数|才)|国籍|籍|出身|老家|\\bfrom\\b")
"""How a statement tells where somebody is from."""
_TWO = 2


def hails_from(reading: Reading, base: Base) -> Part | None:
    """What answers a claim that a person is from somewhere; None if it is another claim, or that is not told."""
    if reading.clues or reading.periods or reading.quantities or len(reading.mentions) != _TWO:
        return None
    who, where = reading.mentions
    person, place = base.entity(who.entities[0]), base.entity(where.entities[0])
    if person.kind not in base.persons or place.kind not in base.where or not _claimed(reading):
        return None
    told = [
        f
        for f in base.facts_on(person.e)
        if base.relations[f.relation].value == "entity"
        and any(base.entity(o).kind == place.kind for o in f.objects)
        and not (f.negated or f.former)
        and _SAYS.search(base.statement(f.f))
    ]
    if len(told) != 1 or len(told[0].objects) != 1:
        return None
    own = told[0].objects[0]
    there = own == place.e or base.holds(place.e, own)
    return noted(base, "verify", reading, (told[0],), ())._replace(verdict="yes" if there else "no")


def _claimed(reading: Reading) -> bool:
    """Whether nothing else stands in the question but that the one is from the other."""
    text, (who, where) = reading.text, reading.mentions
    opens = who.start == 0 or _OPENING.fullmatch(text, 0, who.start)
    between = text[who.end : where.start]
    joined = _FROM.fullmatch(between) or (who.start > 0 and between in (" ", " from "))
    return bool(opens and joined and _PERSON.fullmatch(text, where.end))
