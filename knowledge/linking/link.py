"""Entity linking: which spans of a question name which entities.

Exact longest match on the unmasked text first; then, only on what nothing explains, homophones and one edit. Every
candidate comes from a key look-up; no list of names is ever scanned.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

from knowledge.store.base import Base
from knowledge.text.fold import name_key
from knowledge.text.keys import deletions, double_deletions
from knowledge.text.patterns import HAN, pattern

_PIECE = pattern(r"[a-z0-9]+(?:[.+&][a-z0-9]+)*|[^\sa-z0-9]+|\s+")
_STOPS = frozenset(",，。？?！!；;：:、\n|")
_QUOTED = pattern(r"《([^《》]{2,80})》|「([^「」]{1,40})」|“([^“”]{1,40})”|\"([^\"]{1,40})\"|『([^『』]{1,40})』")
_MANY = pattern(r"\bhow m(?:any|uch) $")
"""Asks for a number: no name begins in it, though without its space it may look like one (many cores)."""
_WINDOW = 24
_FUZZY_WINDOW = 10
LONG_TEXT = 400
"""Beyond so many characters only exact names are linked."""


class Mention(NamedTuple):
    """A span of the folded text that names an entity."""

    start: int
    end: int
    text: str
    entities: tuple[int, ...]
    """Candidates; more than one where the name is shared."""
    how: str
    """exact, sound (homophone) or edit (one character differs)."""


class Unit(NamedTuple):
    """A Han character or a Latin word: names begin and end at units."""

    start: int
    end: int
    key: str
    """'' for separators inside names, a single '\\n' where no name goes across."""


def units(text: str) -> list[Unit]:
    """Cut a folded text into units."""
    found: list[Unit] = []
    position = 0
    for run in HAN.finditer(text):
        start, end = run.span()
        found += map(_unit, _PIECE.finditer(text, position, start))
        found += map(Unit, range(start, end), range(start + 1, end + 1), run.group())
        position = end
    found += map(_unit, _PIECE.finditer(text, position))
    return found


def _unit(match: re.Match[str]) -> Unit:
    """What is no Han character: a word, or what separates names."""
    start, end = match.span()
    return Unit(start, end, _key(match[0]))


@lru_cache(maxsize=1024)
def _key(piece: str) -> str:
    if piece[0].isalnum():
        return name_key(piece.removesuffix("'s"))
    return "" if _STOPS.isdisjoint(piece) else "\n"


def _exact_windows(cut: list[Unit], base: Base) -> list[tuple[int, int, str]]:
    """(start, end, look-up key) of the stretches that are as long as a name which begins as they do."""
    solid = [unit for unit in cut if unit[2]]
    keys = [key for _, _, key in solid]
    starts = [key[:2] if len(key) > 1 else key + after[0] for key, after in zip(keys, [*keys, "\n"][1:], strict=True)]
    lengths_of = base.lookup.lengths
    alone = compress(solid, map(lengths_of, keys))
    found = [(start, end, "=" + key) for start, end, key in alone if len(key) == 1 and not key.isascii()]
    for at, lengths in enumerate(map(lengths_of, starts)):
        if not lengths:
            continue
        start, key, longest = solid[at].start, "", lengths.bit_length() - 1
        for _, end, piece in solid[at : at + _WINDOW]:
            key += piece
            if piece == "\n" or len(key) > longest:
                break
            if lengths >> len(key) & 1 and len(key) > 1:
                found.append((start, end, "=" + key))
    return found


def link_exact(text: str, cut: list[Unit], base: Base) -> list[Mention]:
    """The longest names, left to right, that stand in the text as they are."""
    spans = _exact_windows(cut, base)
    if "《" in text or "「" in text or "“" in text or '"' in text or "『" in text:
        spans += [(match.start(), match.end(), "=" + name_key(match.group())) for match in _QUOTED.finditer(text)]
    known = base.lookup.names([key for _, _, key in spans]) if spans else None
    if not known:
        return []
    hits = [(start, end, known[key]) for start, end, key in spans if key in known]
    if "how m" in text:
        hits = [hit for hit in hits if not _MANY.search(text, 0, hit[0] + len("many "))]
    hits = [hit for hit in _in_rows(hits, len(text)) if hit[1] - hit[0] != _SHORT or not _of_words(hit[0], text, base)]
    hits.sort(key=lambda hit: (hit[0] - hit[1], hit[0]))
    chosen: list[Mention] = []
    for start, end, entities in hits:
        if all(end <= m.start or m.end <= start for m in chosen):
            chosen.append(Mention(start, end, text[start:end], entities, "exact"))
    return sorted(chosen)


_Hit = tuple[int, int, tuple[int, ...]]
_SHORT = 2
"""Characters of a name that two function words may form where they meet."""


def _of_words(start: int, text: str, base: Base) -> bool:
    """Whether the two characters of a name are the end of one function word and another one (实在 of 其实|在哪)."""
    tags = base.lexicon.tags
    return start > 0 and "f" in tags.get(text[start - 1 : start + 1], ()) and "f" in tags.get(text[start + 1], ())


def _in_rows(hits: list[_Hit], end: int) -> list[_Hit]:
    """Without the names of one character that stand neither in a row of such (京沪深) nor alone: they are in words."""
    longer = [hit for hit in hits if hit[1] - hit[0] > 1]
    if len(longer) == len(hits) or end == 1:
        return hits
    free = {hit[0] for hit in hits} - {o for start, to, _ in longer for o in range(start, to)}
    return longer + [hit for hit in hits if hit[0] in free and not free.isdisjoint((hit[0] - 1, hit[0] + 1))]


def _odd_windows(cut: list[Unit], odd: set[int], taken: set[int], hollow: set[int]) -> list[tuple[int, int, str]]:
    """(start, end, key) of the stretches of at most `_FUZZY_WINDOW` units that may be a misspelt name."""
    solid = [
        (start, end, key, key == "\n" or not taken.isdisjoint(range(start, end)), not odd.isdisjoint(range(start, end)))
        for start, end, key in cut
        if key
    ]
    near = {i for at, unit in enumerate(solid) if unit[-1] for i in range(at - _FUZZY_WINDOW + 1, at + 1)}
    found = []
    for i, (first, *_) in enumerate(solid):
        if i not in near or first in hollow:
            continue
        key, strange = "", False
        for start, end, piece, barred, is_odd in solid[i : i + _FUZZY_WINDOW]:
            if barred:
                break
            key += piece
            strange = strange or is_odd
            if strange and len(key) >= 2 and start not in hollow:
                found.append((first, end, key))
    return found


def link_fuzzy(
    text: str, cut: list[Unit], odd: set[int], taken: set[int], hollow: set[int], base: Base
) -> list[Mention]:
    """Names misspelt by a homophone or one edit.

    `odd` holds the offsets of characters that nothing explains: a span is tried only if it holds one. `taken` offsets
    belong to exact names; no span begins or ends at a `hollow` one.
    """
    spans: list[tuple[int, int, str, set[str]]] = []
    for start, end, key in _odd_windows(cut, odd, taken, hollow):
        keys = _edit_keys(key) if _may_be_slip(key, base) else set()
        if not key.isascii() and (len(key) > 2 or odd.issuperset(range(start, end))):
            sound = base.tables.sound(key)
            if base.lookup.longest_slip(sound[:2]) >= len(sound):
                keys.add("~" + sound)
        spans.append((start, end, key, keys))
    known = base.lookup.names(set().union(*[keys for _, _, _, keys in spans])) if spans else {}
    if not known:
        return []
    hits = []
    for start, end, key, keys in spans:
        here = sorted(known.keys() & keys)
        if here and len(key) < 6 and not key.isascii() and (_ordinary(key, base) or _quoted(text, start, end)):
            here = [k for k in here if k[0] == "~"]
        if here and not (len(key) > 2 and told(key, base)):
            covered = sum([o in odd for o in range(start, end)])
            hits += [(score + covered, start, end, e, how) for score, e, how in _candidates(key, here, known, base)]
    hits.sort(key=lambda hit: (-hit[0], hit[1]))
    chosen: list[Mention] = []
    for score, start, end, e, how in hits:
        if any(start < m.end and m.start < end for m in chosen):
            continue
        rivals = {h[3] for h in hits if h[0] == score and (h[1], h[2]) == (start, end)}
        chosen.append(Mention(start, end, text[start:end], tuple(sorted(rivals | {e})), how))
    return chosen


_SHORT_CORE = 3
_OPENING, _CLOSING = tuple("“「《\"'『"), tuple("”」》\"'』")


def _ordinary(key: str, base: Base) -> bool:
    """Whether at least half of the bigrams are words of the base: a short span like that is no misspelt name."""
    pairs = [key[i : i + 2] for i in range(len(key) - 1)]
    return sum(1 for p in pairs if base.postings(p)) * 2 >= len(pairs)


def told(key: str, base: Base) -> bool:
    """Whether a statement says just this: 第一城 is no misspelt 第一层."""
    pairs = [base.postings(key[i : i + 2]) for i in range(len(key) - 1)]
    if not all(pairs):
        return False
    return any(key in base.statement(f) for f in set(pairs[0]).intersection(*pairs[1:]))


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether just this stands in quotes: who quotes a short name means that one, and no other like it."""
    if any(c in _CLOSING for c in text[start:end]):
        return True  # “灵犀”大模型
    return (not start or text[start - 1] in _OPENING) and text[end : end + 1] in _CLOSING


def _may_be_slip(key: str, base: Base) -> bool:
    """Whether some name begins as this one does when a character or two are left out, and is no shorter."""
    starts = [key[:2], key[1:3], key[:1] + key[2:3]]
    if key.isascii():  # two characters may be left out of a Latin name
        starts.append(key[:1] + key[3:4])
    return max(map(base.lookup.longest_slip, starts)) >= len(key) - (2 if key.isascii() else 1)


def _edit_keys(key: str) -> set[str]:
    """Look-up keys for one edit: a dropped, inserted, substituted or swapped character."""
    keys = {"-" + key}
    for shorter in deletions(key):
        keys.add("=" + shorter)
        keys.add("-" + shorter)
    keys.update(["-" + shorter for shorter in double_deletions(key)])
    return keys


def _candidates(
    key: str, found: list[str], known: dict[str, tuple[int, ...]], base: Base
) -> list[tuple[float, int, str]]:
    """(score, entity, how) for the names that the span may misspell; `found` are those of its look-up keys known."""
    likely: list[tuple[float, int, str]] = []
    for e in known[found[-1]] if found[-1][0] == "~" else ():  # sorted, the homophone's key comes last
        best = max((_alike(key, n) for n in base.remembered(keys_of)(e)), default=0.0)
        if best > 0 or len(key) >= 3:
            likely.append((3.0 + best, e, "sound"))
    for e in dict.fromkeys(e for edit in found if edit[0] != "~" for e in known[edit]):
        score = max((_edited(key, n, base) for n in base.remembered(keys_of)(e)), default=0.0)
        if score:
            likely.append((score, e, "edit"))
    return likely


def keys_of(e: int, base: Base) -> tuple[str, ...]:
    """The keys of the names of an entity. To be called through `Base.remembered`."""
    return tuple(map(name_key, base.folded_names(e)))


def _alike(a: str, b: str) -> float:
    """Share of equal characters at equal places."""
    return sum(x == y for x, y in zip(a, b, strict=False)) / len(a) if len(a) == len(b) else 0.0


def _edited(key: str, name: str, base: Base) -> float:
    """Above zero if `key` is a plausible slip for `name`.

    In a three-character Han name a substituted character makes another name (王小明 is not 王小川): only swaps, and
    homophones elsewhere, count. Two slips are forgiven in Latin names of seven letters and more.
    """
    from rapidfuzz.distance import OSA

    allowed = 2 if name.isascii() and len(name) >= 7 else 1
    distance = OSA.distance(key, name, score_cutoff=allowed)
    if distance > allowed or distance == 0 or name.isdigit():
        return 0.0
    han = not name.isascii()
    if han and len(name) - len(_digits(name)) <= 3 and sorted(key) != sorted(name):
        return 0.0
    if han and (_other_core(key, name, base) or _of_one_class(key, name, base)):
        return 0.0
    if not han and (len(name) < 5 or key[0] != name[0] or key.isdigit()):
        return 0.0
    if not han and len(name) < 7 and name.startswith(key):  # meta is no metax
        return 0.0
    if _digits(key) != _digits(name):
        return 0.0
    return 2.5 - distance * 0.5 + min(len(name), 8) * 0.05


def _other_core(key: str, name: str, base: Base) -> bool:
    """Whether what stands before a common ending differs (太湖景区 is not 西湖景区), in a short name."""
    for size in (3, 2):
        core = name[:-size]
        tags = base.lexicon.tags.get(name[-size:], ())
        if core and any(t == "t" or t.startswith(("s:", "a:")) for t in tags):
            return len(core) <= _SHORT_CORE and not key.startswith(core) and sorted(key[:-size]) != sorted(core)
    return False


def _of_one_class(key: str, name: str, base: Base) -> bool:
    """Whether a character stands for another of its class (百业灵羊 is not 百业灵犀)."""
    if len(key) != len(name):
        return False
    swapped = {frozenset(pair) for pair in zip(key, name, strict=True) if pair[0] != pair[1]}
    return any(pair <= group for pair in swapped for group in base.characters)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def cuts(found: Mention, name: Mention) -> bool:
    """Whether a misspelt name holds only a part of one that stands there, or all of that and no more."""
    overlap = found.start < name.end and name.start < found.end
    return overlap and not (found.start <= name.start and name.end <= found.end and found.text != name.text)


def same_name(a: Mention, b: Mention) -> bool:
    """Whether two mentions that share characters may mean the same."""
    return a.start < b.end and b.start < a.end and bool(set(a.entities) & set(b.entities))
