"""Names of which all but a character stand in the question, and that one sounds the same (硅机智能 for 硅基智能).

In a long name, whatever words the character forms with those beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.linking.link import Mention, Unit, cuts, keys_of, same_name, told
from knowledge.store.base import Base
from knowledge.text.patterns import is_han

_SHORTEST = 3
_CERTAIN = 4
"""Of so many characters on a name is hardly met by chance; in a shorter one no word may hold the odd character."""
_LONGEST = 12
"""Characters of the name."""
_TWO_SLIPS = 6
"""From so many characters on two may be written otherwise."""


def sounding(cut: list[Unit], firm: list[Mention], base: Base) -> list[Mention]:
    """The names, the longest first where they overlap; none that holds only a part of a `firm` mention."""
    spans = {(start, end): (key, sound) for start, end, key, sound in _windows(cut, base)}
    known = base.lookup.names({f"~{sound}" for _, sound in spans.values()}) if spans else {}
    found: list[Mention] = []
    for (start, end), (key, sound) in sorted(spans.items(), key=lambda span: span[0][0] - span[0][1]):
        entities = tuple(e for e in known.get(f"~{sound}", ()) if _is_nearly(e, key, base))
        if not entities or any(start < m.end and m.start < end for m in found):
            continue
        name = Mention(start, end, key, entities, "sound")
        # 合肥是 is no 合肥市
        if not any(cuts(name, m) or same_name(name, m) for m in firm) and not told(key, base):
            found.append(name)
    return found


def _windows(cut: list[Unit], base: Base) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, key, sound) of the stretches of Han characters that begin as some name sounds."""
    for first, last in _runs(cut):
        key = "".join(unit.key for unit in cut[first:last])
        sound = base.tables.sound(key)
        for i in range(len(key) - _SHORTEST + 1):
            most = min(base.lookup.longest_slip(sound[i : i + 2]), _LONGEST, len(key) - i)
            for size in range(_SHORTEST, most + 1):
                start, end = cut[first + i].start, cut[first + i + size - 1].end
                yield start, end, key[i : i + size], sound[i : i + size]


def _runs(cut: list[Unit]) -> Iterator[tuple[int, int]]:
    """The rows of Han characters, as indices of the first unit and of the one behind the last."""
    first = 0
    for i, unit in enumerate([*cut, Unit(0, 0, "\n")]):
        if len(unit.key) == 1 and is_han(unit.key):
            continue
        if i - first >= _SHORTEST:
            yield first, i
        first = i + 1


def _is_nearly(e: int, key: str, base: Base) -> bool:
    """Whether a name of the entity is written so but for a character, or two of a long one."""
    slips = 2 if len(key) >= _TWO_SLIPS else 1
    names = (name for name in base.remembered(keys_of)(e) if len(name) == len(key))
    if len(key) < _CERTAIN and not _is_no_word(key, base):
        return False
    return any(0 < sum(map(str.__ne__, key, name)) <= slips for name in names)


def _is_no_word(key: str, base: Base) -> bool:
    """Whether no two characters side by side are a word, and two of them stand so in no statement."""
    pairs = [key[i : i + 2] for i in range(len(key) - 1)]
    return base.lexicon.tags.keys().isdisjoint((key, *pairs)) and not all(map(base.postings, pairs))
