"""The words of the language and of a pack as a base holds them: looked up one by one, or all held in memory."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import groupby
from typing import Any

from knowledge.steps import Steps
from knowledge.text.lexicon import Courtesies, Lexicon, having

_Rows = Callable[..., list[tuple[Any, ...]]]
_Tags = tuple[str, ...]
_CACHED = 4096
"""Beginnings of words of which it is kept what they begin."""
_TAG, _WORD = "\t", "\n"
"""Stand before a tag, and between words."""
ROWS = "select tags, words from alike order by n"
"""All that is to be held."""
_HAVING = """
select words from alike where n in (
    select value from tagged, json_each(tagged.alike) where tag in (select value from json_each(?))
) order by n
"""


class Words(Mapping[str, _Tags]):
    """Word → tags, read where a question needs them: it needs some dozens of fifty thousand."""

    def __init__(self, rows: _Rows) -> None:
        """`rows` runs a statement."""
        self._rows = rows
        # of no method, which would hold this object, and by it the base, for good
        self._beginning = lru_cache(_CACHED)(partial(_beginning, rows))

    def __getitem__(self, word: str) -> _Tags:
        return self._beginning(_start(word))[word]

    def get(self, word: str, default: Any = None) -> Any:
        """The tags of a word, else `default`."""
        return self._beginning(_start(word)).get(word, default)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and word in self._beginning(_start(word))

    def __iter__(self) -> Iterator[str]:
        for _, words in self._rows(ROWS):
            yield from words.split(_WORD)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def having(self, *tags: str) -> tuple[str, ...]:
        """The words that have one of these tags."""
        rows = self._rows(_HAVING, (json.dumps(tags),))
        return tuple(word for (words,) in rows for word in words.split(_WORD))


def _beginning(rows: _Rows, start: str) -> dict[str, _Tags]:
    """The words that begin so."""
    found = rows("select words from word where start = ?", (start,))
    lines = [line.split(_TAG) for row in found for line in row[0].split(_WORD)]
    return {word: tuple(tags) for word, *tags in lines}


def _start(word: str) -> str:
    """How a word begins: those that begin alike are read together."""
    return word.partition(" ")[0] if word.isascii() else word[:2]


def looked_up(head: bytes, rows: _Rows) -> Lexicon:
    """The lexicon of a base, of which each word is read when it is asked for. Raises ValueError."""
    words = Words(rows)
    return _lexicon(head, words, words.having)


def held(head: bytes, parts: Iterator[list[tuple[str, str]]]) -> Steps[Lexicon]:
    """The lexicon of a base with all its words, for many questions; `parts` come from ROWS. Raises ValueError."""
    groups: list[tuple[_Tags, list[str]]] = []
    tags: dict[str, _Tags] = {}
    for rows in parts:
        for line, words in rows:
            own, alike = tuple(line.split(_TAG)), words.split(_WORD)
            groups.append((own, alike))
            tags.update(dict.fromkeys(alike, own))
        yield
    lexicon = _lexicon(head, tags, having(groups))
    yield from lexicon.extend()
    return lexicon


def _lexicon(head: bytes, tags: Mapping[str, _Tags], having: Callable[..., tuple[str, ...]]) -> Lexicon:
    longest, longest_phrase, asking, silent, smalltalk, roles, reach, longest_polite, ends = json.loads(head)
    told = {word: role for role, words in roles.items() for word in words}
    return Lexicon(
        tags=tags,
        longest=longest,
        longest_phrase=longest_phrase,
        smalltalk=smalltalk,
        asking=asking,
        silent=frozenset(silent),
        courtesies=Courtesies(told, reach, longest_polite, frozenset(ends)),
        reach={},
        phrases={},
        having=having,
    )


def dump_head(lexicon: Lexicon) -> bytes:
    """What a base holds of a lexicon beside its words."""
    told, reach, longest, ends = lexicon.courtesies
    roles: dict[str, list[str]] = {}
    for word, role in told.items():
        roles.setdefault(role, []).append(word)
    head = [lexicon.longest, lexicon.longest_phrase, lexicon.asking, sorted(lexicon.silent), lexicon.smalltalk]
    return json.dumps([*head, roles, reach, longest, "".join(sorted(ends))], ensure_ascii=False).encode()


def dump_words(tags: Mapping[str, _Tags]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that a base holds of words that come with those of the same tags, by table."""
    starts: defaultdict[str, list[str]] = defaultdict(list)
    groups: list[tuple[int, str, str]] = []
    tagged: defaultdict[str, list[int]] = defaultdict(list)
    for n, (own, found) in enumerate(groupby(tags, tags.__getitem__)):
        words, line = list(found), _TAG.join(own)
        groups.append((n, line, _WORD.join(words)))
        for word in words:
            starts[_start(word)].append(f"{word}{_TAG}{line}")
        for tag in dict.fromkeys(own):
            tagged[tag].append(n)
    return {
        "word": [(start, _WORD.join(lines)) for start, lines in sorted(starts.items())],
        "alike": groups,
        "tagged": sorted((tag, json.dumps(numbers)) for tag, numbers in tagged.items()),
    }
