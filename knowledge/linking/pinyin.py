"""Questions typed in pinyin without tones ('beijing de qiye'): back to characters, by the base's own words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from knowledge.store.base import Base
from knowledge.text.fold import name_key
from knowledge.text.lexicon import stem
from knowledge.text.patterns import pattern

_TOKEN = pattern(r"[a-z]+|[^a-z]+")
_WORD = pattern(r"\s+|[^\s,.?!;:]+|[,.?!;:]+")
_LONGEST_WORD = 8
_LONGEST_SYLLABLE = 6
_TORN = 1.5
"""What it costs a word to go across a blank into the middle of another piece (shui shougou is not 税收)."""
_FEWEST = 2
"""Words that have to be pinyin."""
_SHORTEST_NAME = 4
"""Letters from which on a Latin name can be told from a syllable or two."""
_PLAIN = 0.6
"""Worth of a syllable typed as a word of its own: more than a stretch of two that stands in a statement (的蚂)."""
_NUMBERED = 0.8
"""Worth of a number with the unit behind it."""
_GRAMMAR, _SINGLE = 0.1, -0.3
"""Worth of the other single syllables."""
_OF_NAME = 100
"""Weight of a name among what sounds alike."""
_MOSTLY = 0.6
"""Share of the words of a text that have to be pinyin."""


class _Meanings(NamedTuple):
    """What single syllables mean: language/pinyin.yaml."""

    alone: dict[str, str]
    grammar: dict[str, str]
    single: dict[str, str]
    numbers: dict[str, str]
    units: dict[str, str]


def looks_like_pinyin(text: str, base: Base) -> bool:
    """Whether a folded text without Han characters can be pinyin throughout.

    Most English words can't; release and date can, but a text of such words alone is none.
    """
    if any(ord(c) > 127 and c.isalpha() for c in text):
        return False
    spelt, named = base.remembered(_is_spelt), base.remembered(_is_name)
    tokens = [t for t in _tokens(text, base) if not t.isspace() and (named(t) or t.isalpha())]
    cut = [t for t in tokens if spelt(t)]
    odd = [t for t in tokens if not (spelt(t) or named(t))]
    if len(cut) < max(_FEWEST, _MOSTLY * (len(cut) + len(odd))) or any(stem(t) in base.lexicon.tags for t in odd):
        return False
    if odd and any(stem(t) in base.lexicon.tags for t in cut if len(t) > 1):
        return False  # may be English as well
    return not _is_english(tokens, base)


def _is_english(tokens: list[str], base: Base) -> bool:
    """Whether there is nothing beside English words but names, typed in pinyin or not (pangu release date)."""
    named = base.remembered(_is_name)
    runs: list[list[str]] = [[]]
    for token in tokens:
        long = len(token) >= _SHORTEST_NAME - (token not in base.tables.syllables)  # ceo is no syllable
        if long and stem(token) in base.lexicon.tags and not (named(token) or _spell_name([token], base)):
            runs.append([])
        else:
            runs[-1].append(token)
    words = len(runs) > 1
    return all(all(map(named, run)) or (words and (named(" ".join(run)) or _spell_name(run, base))) for run in runs)


def _spell_name(tokens: list[str], base: Base) -> bool:
    """Whether words that are pinyin are a name of the base together."""
    keys = _keys(tokens, base)
    return any(weight >= _OF_NAME for _, weight in base.lookup.sounds(keys).values())


def _keys(tokens: list[str], base: Base) -> set[str]:
    """The homophone keys that words typed in pinyin may have together; none if one of them is no pinyin."""
    known = base.tables.syllables
    return {"".join(known[s] for part in way for s in part) for way in _choices([_syllables(t, known) for t in tokens])}


def _sounds_like_none(word: str, base: Base) -> bool:
    """Whether a word that can be cut into syllables sounds like no word of the base or the language."""
    keys = _keys([word], base)
    return not base.lookup.sounds(keys) and not any(map(base.spoken, keys))


def spells(text: str, base: Base) -> bool:
    """Whether each word of a text can be cut into syllables (nihao); more lenient than `looks_like_pinyin`."""
    return all(map(base.remembered(_is_spelt), filter(str.isalpha, _TOKEN.findall(text))))


def _is_spelt(token: str, base: Base) -> bool:
    return token.isalpha() and bool(_syllables(token, base.tables.syllables))


def _is_name(word: str, base: Base) -> bool:
    """Whether a word is a name in Latin letters (gpt-4, openai), and no pinyin of another."""
    if word.isdigit() or not base.lookup.names({"=" + name_key(word)}):
        return False
    if not _is_spelt(word, base):
        return True
    return len(word) >= _SHORTEST_NAME and _sounds_like_none(word, base)


def _is_foreign(word: str, base: Base) -> bool:
    """Whether a word is a Latin name, or a Latin word of the language (ceo) that sounds like no other."""
    if base.remembered(_is_name)(word):
        return True
    known = word not in base.tables.syllables and stem(word) in base.lexicon.tags
    return known and _sounds_like_none(word, base)


def _tokens(text: str, base: Base) -> Iterator[str]:
    """What a text consists of: Latin names whole, all else cut into runs of letters and of what are none."""
    named = base.remembered(_is_name)
    for word in _WORD.findall(text):
        yield from (word,) if named(word) else _TOKEN.findall(word)


def to_han(text: str, base: Base) -> str:
    """The most plausible reading in characters; syllables that spell no known word stay as they are."""
    out: list[str] = []
    pending: list[list[list[str]]] = []
    kept = base.remembered(_is_foreign)
    for token in _tokens(text, base):
        options = _syllables(token, base.tables.syllables) if token.isalpha() and not kept(token) else []
        if options:
            pending.append(options)
        elif token.strip():
            out.append(_decode(pending, base))
            out.append(token)
            pending = []
    out.append(_decode(pending, base))
    return "".join(out)


def _syllables(token: str, known: dict[str, str]) -> list[list[str]]:
    """All ways to cut a token into syllables, shortest first; none if it is no pinyin."""
    if token[-1:] == "r" and len(token) > 2 and token not in known:
        token = token[:-1]  # nar, wanr: the r says nothing
    ways: list[list[list[str]]] = [[[]], *([] for _ in token)]
    for end in range(1, len(token) + 1):
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            if token[start:end] in known and ways[start]:
                ways[end] += [[*way, token[start:end]] for way in ways[start][:6]]
        ways[end].sort(key=len)
        del ways[end][8:]
    return ways[-1][:4]


def _decode(tokens: list[list[list[str]]], base: Base) -> str:
    """Best path through the syllables: long words and names of the base win."""
    if not tokens:
        return ""
    best: tuple[float, str] = (-1e9, "")
    means = base.remembered(_meanings)()
    for choice in _choices(tokens):
        syllables = [s for part in choice for s in part]
        keys = [base.tables.syllables[s] for s in syllables]
        spans = {
            "".join(keys[i:j]) for i in range(len(keys)) for j in range(i + 1, min(len(keys), i + _LONGEST_WORD) + 1)
        }
        words = base.lookup.sounds(spans)
        joints = set(accumulate(map(len, choice), initial=0))
        path: list[tuple[float, str]] = [(0.0, "")] + [(-1e9, "")] * len(keys)
        for end in range(1, len(keys) + 1):
            for start in range(max(0, end - _LONGEST_WORD), end):
                key = "".join(keys[start:end])
                score, text = path[start]
                value = _said(syllables[start:end], joints.issuperset(range(start, end + 1)), means)
                value = value or _worth(key, end - start, words, base)
                if value is None:
                    if end - start > 1:
                        continue
                    value = (-2.0, syllables[start])
                worth = score + value[0] - _TORN * (_tears(start, end, joints) if end - start > 1 else 0)
                if worth > path[end][0]:
                    path[end] = (worth, text + value[1])
        best = max(best, path[-1])
    return best[1]


def _said(syllables: list[str], apart: bool, means: _Meanings) -> tuple[float, str] | None:
    """What one syllable means, or two that are typed each by itself, whatever else sounds like that."""
    match syllables:
        case [alone] if apart and alone in means.alone:
            return _PLAIN, means.alone[alone]
        case [word] if word in means.grammar:
            return _GRAMMAR, means.grammar[word]
        case [word] if word in means.single:
            return _SINGLE, means.single[word]
        case [number, unit] if apart and number in means.numbers and unit in means.units:
            return _NUMBERED, means.numbers[number] + means.units[unit]
    return None


def _meanings(base: Base) -> _Meanings:
    return _Meanings(**json.loads(base.meta["pinyin"]))


def _tears(start: int, end: int, joints: set[int]) -> bool:
    """Whether a word crosses a blank, and begins or ends inside what was typed in one piece."""
    return not joints.isdisjoint(range(start + 1, end)) and not {start, end} <= joints


def _choices(tokens: list[list[list[str]]]) -> list[list[list[str]]]:
    choices: list[list[list[str]]] = [[]]
    for options in tokens:
        choices = [[*c, o] for c in choices for o in options][:12]
    return choices


def _worth(key: str, size: int, words: dict[str, tuple[str, int]], base: Base) -> tuple[float, str] | None:
    spoken = base.spoken(key)
    known = words.get(key)
    if known and (known[1] >= _OF_NAME or not spoken):
        return (size - 1) * (1.2 if known[1] >= _OF_NAME else 0.5) - 0.5, known[0]
    if spoken:
        return (size - 1) * 0.8 - 0.5, spoken
    return None
