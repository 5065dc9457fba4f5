"""Names of which the base only knows another like them: told apart by a colour, a direction, what precedes 灯塔."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.linking.link import Unit, told
from knowledge.linking.scan import Scan, Word, covers
from knowledge.store.base import Base
from knowledge.text.fold import name_key
from knowledge.text.patterns import is_han

_REACH = 8
"""Units of a name on either side of what tells it apart."""
_CORE = (2, 3)
"""Characters of a name before the noun that it ends with."""


def namesakes(scan: Scan, cut: list[Unit]) -> list[tuple[int, int]]:
    """Where names stand that would be known if one of their units were another of its class (绿线, beside a 蓝线)."""
    others = scan.base.remembered(_others)()
    within = {o for start, end in scan.content for o in range(start, end)}
    within.update(w.start for w in scan.words if w.text in others)
    if not any(unit.start in within and unit.key in others for unit in cut):
        return []
    return list(_of_one_class(scan, [unit for unit in cut if unit.key], within, others))


def before_nouns(scan: Scan) -> Iterator[tuple[int, int]]:
    """Where nobody knows what stands before a common noun, with which a name ends that differs in one character."""
    for word in scan.words if scan.content else ():
        if any(tag == "t" or tag[:2] == "k:" for tag in word.tags) and len(word.text) > 1 and is_han(word.text[0]):
            yield from _before(scan, word)


def _others(base: Base) -> dict[str, frozenset[str]]:
    """For each word or character of a class the others of it. To be called through `Base.remembered`."""
    found: dict[str, frozenset[str]] = {}
    for group in base.characters:
        for one in group:
            found[one] = found.get(one, frozenset()) | (group - {one})
    return found


def _of_one_class(
    scan: Scan, solid: list[Unit], within: set[int], others: dict[str, frozenset[str]]
) -> Iterator[tuple[int, int]]:
    for at, unit in enumerate(solid):
        if unit.start not in within or unit.key not in others:
            continue
        before, behind = _free(scan, solid[max(0, at - _REACH) : at][::-1]), _free(scan, solid[at + 1 : at + _REACH])
        spans = {}
        for first in range(len(before) + 1):
            for last in range(len(behind) + 1):
                start = before[first - 1].start if first else unit.start
                end = behind[last - 1].end if last else unit.end
                left, right = "".join(u.key for u in before[:first][::-1]), "".join(u.key for u in behind[:last])
                if len(left + right) and not _cuts_word(scan, start, end):
                    spans.update({f"={left}{other}{right}": (start, end) for other in others[unit.key]})
        known = scan.base.lookup.names(spans) if spans else {}
        named = [spans[key] for key, found in known.items() if not scan.base.generic.issuperset(found)]
        if named:
            start, end = max(named, key=lambda span: span[1] - span[0])
            if not told(name_key(scan.text[start:end]), scan.base):
                yield start, end


def _free(scan: Scan, side: list[Unit]) -> list[Unit]:
    """The units up to where a sentence ends or a name stands."""
    found = []
    for unit in side:
        if unit.key == "\n" or covers(scan.mentions, unit.start, unit.end):
            break
        found.append(unit)
    return found


def _cuts_word(scan: Scan, start: int, end: int) -> bool:
    """Whether a stretch begins or ends within a word of the lexicon."""
    return any(w.start < edge < w.end for w in scan.words for edge in (start, end))


def _before(scan: Scan, word: Word) -> Iterator[tuple[int, int]]:
    start = next((s for s, e in scan.content if e == word.start and e - s in _CORE), word.start)
    core = scan.text[start : word.start]
    if not core or not is_han(core[0]) or scan.base.postings(core[:2]) or scan.base.postings(core[-2:]):
        return
    keys = [f"-{core[:i]}{core[i + 1 :]}{word.text}" for i in range(len(core))]
    found = {e for entities in scan.base.lookup.names(keys).values() for e in entities}
    names = (name_key(n) for e in found - scan.base.generic for n in scan.base.folded_names(e))
    if any(len(n) == len(core + word.text) and n.endswith(word.text) for n in names):
        yield start, word.end
