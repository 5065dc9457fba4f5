"""Who asks, and where he is: 我在甲做生意的，本地有没有… asks of 甲."""

from __future__ import annotations

from itertools import islice

from knowledge.linking.link import Mention, link_exact, units
from knowledge.store.base import Base
from knowledge.text.dates import find_periods
from knowledge.text.numerals import find_quantities
from knowledge.text.patterns import pattern

_CLAUSE = pattern(r"(?:^|(?<=[,，。!！~ ]))[^,，。!！?？;；~]{2,30}[,，。!！;；~]+")
_ENDS = frozenset(",，。!！;；~")
_MOST = 3
"""Clauses at the beginning that are looked at."""
_LONGEST = 8
"""Characters of a word for the asker, or for where he is."""
_ASKER = "i:asker"
_HERE = "i:here"


def at_home(text: str, base: Base) -> str:
    """The folded text without what the asker says of himself, and with the name of his place where he means that."""
    if _ENDS.isdisjoint(text):
        return text
    for clause in islice(_CLAUSE.finditer(text), _MOST):
        if not _opens(text, clause.start(), base):
            continue
        about, rest = text[clause.start() : clause.end()], text[clause.end() :]
        named = [m for m in link_exact(about, units(about), base) if not base.entity(m.entities[0]).generic]
        places = [m for m in named if base.entity(m.entities[0]).kind in base.where]
        if len(named) != len(places) or len(places) > 1 or find_quantities(about) or find_periods(about):
            return text
        return text[: clause.start()] + _placed(rest, places, base) if places else text
    return text


def _opens(text: str, start: int, base: Base) -> bool:
    """Whether the asker speaks of himself at an offset."""
    tags = base.lexicon.tags
    return any(_ASKER in tags.get(text[start : start + n], ()) for n in range(1, _LONGEST + 1))


def _placed(rest: str, places: list[Mention], base: Base) -> str:
    """What is asked, with the asker's place for the first word that means it; before it where no place is named."""
    tags, name = base.lexicon.tags, places[0].text
    for start in range(len(rest)):
        for end in range(min(len(rest), start + _LONGEST), start + 1, -1):
            if _HERE in tags.get(rest[start:end], ()):
                return rest[:start] + name + rest[end:]
    named = any(base.entity(m.entities[0]).kind in base.where for m in link_exact(rest, units(rest), base))
    return rest if named else f"{name},{rest}"
