"""Entity linking: which spans of a question name which entities.

Exact longest match on the unmasked text first; then, only on what nothing explains, homophones and one edit. Every
candidate comes from a key look-up; no list of names is ever scanned.
"""

from __future__ import annotations

from typing import NamedTuple

from knowledge.base import Base
from knowledge.fold import name_key
from knowledge.keys import deletions, double_deletions, start_bit
from knowledge.patterns import pattern

_UNIT = pattern(r"[a-z0-9]+(?:[.+&][a-z0-9]+)*|[\u3400-\u9fff]|[^\sa-z0-9\u3400-\u9fff]+|\s+")
_STOP = pattern(r"[,，。？?！!；;：:、\n|]")
_QUOTED = pattern(r"《([^《》]{2,80})》|「([^「」]{1,40})」|“([^“”]{1,40})”|\"([^\"]{1,40})\"|『([^『』]{1,40})』")
_WINDOW = 14
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
    found = []
    for match in _UNIT.finditer(text):
        piece = match.group()
        if piece[0].isalnum():
            found.append(Unit(match.start(), match.end(), name_key(piece.removesuffix("'s"))))
        elif _STOP.search(piece):
            found.append(Unit(match.start(), match.end(), "\n"))
        else:
            found.append(Unit(match.start(), match.end(), ""))
    return found


def windows(cut: list[Unit], longest: int, starts: bytes = b"") -> dict[tuple[int, int], str]:
    """(first unit, last unit) → key, for all stretches of at most `longest` units that a name may fill.

    With `starts` only those that begin as some name does.
    """
    found: dict[tuple[int, int], str] = {}
    for i, unit in enumerate(cut):
        if unit.key in ("", "\n"):
            continue
        key, count = "", 0
        single = not starts or _starts(starts, unit.key[0], "")
        if starts and not single and len(unit.key) > 1 and not _starts(starts, unit.key[0], unit.key[1]):
            continue
        for j in range(i, len(cut)):
            piece = cut[j].key
            if piece == "\n":
                break
            if not piece:
                continue
            if starts and len(key) == 1 and not _starts(starts, key, piece[0]):
                break
            key += piece
            count += 1
            if count > longest:
                break
            if len(key) > 1 or single:
                found[i, j] = key
    return found


def _starts(starts: bytes, a: str, b: str) -> int:
    bit = start_bit(a, b)
    return starts[bit >> 3] & (1 << (bit & 7))


def link_exact(text: str, cut: list[Unit], base: Base) -> list[Mention]:
    """The longest names, left to right, that stand in the text as they are."""
    spans = {span: key for span, key in windows(cut, _WINDOW, base.starts).items() if len(key) > 1 or not key.isascii()}
    known = base.names({"=" + key for key in spans.values()}) if spans else {}
    quoted = [(match.start(), match.end(), name_key(match.group())) for match in _QUOTED.finditer(text)]
    if quoted:
        known |= base.names({"=" + key for _, _, key in quoted})
    hits = [
        (cut[i].start, cut[j].end, known["=" + key])
        for (i, j), key in spans.items()
        if "=" + key in known and (len(key) > 1 or not key.isascii())
    ]
    hits += [(start, end, known["=" + key]) for start, end, key in quoted if "=" + key in known]
    hits = _in_rows(hits, len(text))
    hits.sort(key=lambda hit: (hit[0] - hit[1], hit[0]))
    chosen: list[Mention] = []
    for start, end, entities in hits:
        if all(end <= m.start or m.end <= start for m in chosen):
            chosen.append(Mention(start, end, text[start:end], entities, "exact"))
    return sorted(chosen, key=lambda m: m.start)


_Hit = tuple[int, int, tuple[int, ...]]


def _in_rows(hits: list[_Hit], end: int) -> list[_Hit]:
    """Without the names of one character that stand neither in a row of such (京沪深) nor alone: they are in words."""
    singles = {hit[0]: hit for hit in hits if hit[1] - hit[0] == 1}
    if not singles:
        return hits
    inside = {o for hit in hits if hit[1] - hit[0] > 1 for o in range(hit[0], hit[1])}
    free = singles.keys() - inside
    rows = {o for o in free if o - 1 in free or o + 1 in free or (o == 0 and end == 1)}
    return [hit for hit in hits if hit[1] - hit[0] > 1 or hit[0] in rows]


def link_fuzzy(
    text: str, cut: list[Unit], odd: set[int], taken: set[int], hollow: set[int], base: Base
) -> list[Mention]:
    """Names misspelt by a homophone or one edit.

    `odd` holds the offsets of characters that nothing explains: a span is tried only if it holds one. `taken` offsets
    belong to exact names; no span begins or ends at a `hollow` one.
    """
    spans: dict[tuple[int, int], str] = {}
    for (i, j), key in windows(cut, _FUZZY_WINDOW).items():
        if cut[i].start in hollow or cut[j].start in hollow:
            continue
        offsets = range(cut[i].start, cut[j].end)
        if len(key) >= 2 and not odd.isdisjoint(offsets) and taken.isdisjoint(offsets):
            spans[i, j] = key
    if not spans:
        return []
    keys: set[str] = set()
    for (i, j), key in spans.items():
        if not key.isascii() and (len(key) > 2 or odd.issuperset(range(cut[i].start, cut[j].end))):
            keys.add("~" + base.tables.sound(key))
        keys.update(_edit_keys(key))
    known = base.names(keys)
    if not known:
        return []
    hits = []
    for (i, j), key in spans.items():
        if len(key) < 6 and not key.isascii() and _ordinary(key, base):
            known_here = {k: v for k, v in known.items() if k[0] == "~"}
        else:
            known_here = known
        covered = sum(1 for o in range(cut[i].start, cut[j].end) if o in odd)
        hits += [
            (score + covered, cut[i].start, cut[j].end, e, how) for score, e, how in _candidates(key, known_here, base)
        ]
    hits.sort(key=lambda hit: (-hit[0], hit[1]))
    chosen: list[Mention] = []
    for score, start, end, e, how in hits:
        if any(start < m.end and m.start < end for m in chosen):
            continue
        rivals = {h[3] for h in hits if h[0] == score and (h[1], h[2]) == (start, end)}
        chosen.append(Mention(start, end, text[start:end], tuple(sorted(rivals | {e})), how))
    return chosen


_SHORT_CORE = 3


def _ordinary(key: str, base: Base) -> bool:
    """Whether at least half of the bigrams are words of the base: a short span like that is no misspelt name."""
    pairs = [key[i : i + 2] for i in range(len(key) - 1)]
    return sum(1 for p in pairs if base.postings(p)) * 2 >= len(pairs)


def _edit_keys(key: str) -> set[str]:
    """Look-up keys for one edit: a dropped, inserted, substituted or swapped character."""
    keys = {"-" + key}
    for shorter in deletions(key):
        keys.update(("=" + shorter, "-" + shorter))
    for shorter in double_deletions(key):
        keys.update(("-" + shorter,))
    return keys


def _candidates(key: str, known: dict[str, tuple[int, ...]], base: Base) -> list[tuple[float, int, str]]:
    """(score, entity, how) for the names that the span may misspell."""
    found: list[tuple[float, int, str]] = []
    if not key.isascii():
        for e in known.get("~" + base.tables.sound(key), ()):
            best = max((_alike(key, n) for n in _keys_of(e, base)), default=0.0)
            if best > 0 or len(key) >= 3:
                found.append((3.0 + best, e, "sound"))
    seen: set[int] = set()
    for edit in _edit_keys(key):
        for e in known.get(edit, ()):
            if e not in seen:
                seen.add(e)
                score = max((_edited(key, n, base) for n in _keys_of(e, base)), default=0.0)
                if score:
                    found.append((score, e, "edit"))
    return found


def _keys_of(e: int, base: Base) -> list[str]:
    return list(map(name_key, base.folded_names(e)))


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
    if han and len(name) <= 3 and sorted(key) != sorted(name):
        return 0.0
    if han and _other_core(key, name, base):
        return 0.0
    if not han and (len(name) < 5 or key[0] != name[0] or key.isdigit()):
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


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
