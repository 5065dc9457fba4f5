"""Slips: one corruption of a name, as people make them when typing."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from random import Random

from knowledge.text.patterns import is_han

KINDS = ("substituted", "dropped", "inserted", "swapped", "homophone", "traditional")
_LETTERS = "etaoinshrdlcumwfgypbvk"
_LEVEL_1 = [(high, low) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF)]
_SHORTEST = 3
"""Han characters of a name that one slip leaves enough of to know it by; letters count half."""


@lru_cache(maxsize=1)
def common_han() -> str:
    """The 3,755 everyday characters (GB 2312, first level)."""
    return "".join(bytes(pair).decode("gb2312", "ignore") for pair in _LEVEL_1)


@lru_cache(maxsize=1)
def homophones() -> dict[str, str]:
    """Everyday character → the everyday characters that sound like it."""
    from knowledge.building.tables import make_tables

    tables = make_tables()
    alike: dict[str, list[str]] = defaultdict(list)
    for char in common_han():
        alike[tables.sound(char)].append(char)
    return {char: "".join(c for c in chars if c != char) for chars in alike.values() for char in chars}


def slip(kind: str, name: str, random: Random) -> str | None:
    """The name with one slip of this kind; None where it has none, or would not be known by what is left."""
    if kind == "traditional":
        return _traditional(name)
    if kind == "homophone":
        return _homophone(name, random)
    if not _long_enough(name):
        return None
    places = [i for i, char in enumerate(name) if char.isalnum()]
    return {"substituted": _substituted, "dropped": _dropped, "inserted": _inserted, "swapped": _swapped}[kind](
        name, places, random
    )


def _long_enough(name: str) -> bool:
    han = sum(map(is_han, name))
    return han * 2 + sum(c.isalnum() for c in name) - han >= _SHORTEST * 2


def _strange(char: str, random: Random) -> str:
    """A character of the same script that is another one."""
    pool = common_han() if is_han(char) else "0123456789" if char.isdigit() else _LETTERS
    while True:
        other = random.choice(pool)
        if other != char.casefold():
            return other


def _substituted(name: str, places: list[int], random: Random) -> str:
    i = random.choice(places)
    return name[:i] + _strange(name[i], random) + name[i + 1 :]


def _dropped(name: str, places: list[int], random: Random) -> str:
    i = random.choice(places)
    return name[:i] + name[i + 1 :]


def _inserted(name: str, places: list[int], random: Random) -> str:
    i = random.choice(places)
    return name[:i] + _strange(name[i], random) + name[i:]


def _swapped(name: str, places: list[int], random: Random) -> str | None:
    """Two neighbours that differ change places."""
    pairs = [i for i in places if i + 1 in places and name[i].casefold() != name[i + 1].casefold()]
    if not pairs:
        return None
    i = random.choice(pairs)
    return name[:i] + name[i + 1] + name[i] + name[i + 2 :]


def _homophone(name: str, random: Random) -> str | None:
    alike = homophones()
    places = [i for i, char in enumerate(name) if alike.get(char)]
    if len(name) < 2 or not places:
        return None
    i = random.choice(places)
    return name[:i] + random.choice(alike[name[i]]) + name[i + 1 :]


def _traditional(name: str) -> str | None:
    from knowledge.building.tables import to_traditional

    found = to_traditional(name)
    return found if found != name else None
