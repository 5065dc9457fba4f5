"""Index terms of a text: Han characters and bigrams, Latin stems, and the tags of the words that the lexicon knows.

The same function serves statements at build time; questions look terms up one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import add

from knowledge.text.dates import Period
from knowledge.text.lexicon import Lexicon, words
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import HAN

_TELLING = 10


def bigrams(folded: str) -> list[str]:
    """Pairs of neighbouring Han characters; a lone character between other things stands for itself."""
    found: list[str] = []
    for run in HAN.findall(folded):
        found += map(add, run, run[1:]) if len(run) > 1 else run
    return found


def figure_terms(quantities: Iterable[Quantity], periods: Iterable[Period]) -> list[str]:
    """Terms under which statements of these figures and days are found; small counts tell nothing apart.

    A figure is found whatever its unit, a share as a share: 8.13% is no 8.13.
    """
    found = [
        f"n:{q.value.normalize():f}{'%' if q.is_share else ''}"
        for q in quantities
        if q.is_share or q.value >= _TELLING or q.value % 1
    ]
    return found + ["d:{}-{}-{}".format(*p.first) for p in periods if p.first == p.last and p.year]


def index_terms(folded: str, lexicon: Lexicon) -> set[str]:
    """All terms under which a text is found."""
    return spelt_terms(folded) | word_terms(folded, lexicon)


def spelt_terms(folded: str) -> set[str]:
    """The characters, bigrams and stems of a text."""
    return {*bigrams(folded), *(c for run in HAN.findall(folded) for c in run), *words(folded)}


def word_terms(folded: str, lexicon: Lexicon) -> set[str]:
    """The synonyms and attributes for which the words of a text stand."""
    terms: set[str] = set()
    for run in HAN.findall(folded):
        for start in range(len(run)):
            for end in range(start + 1, min(len(run), start + lexicon.longest) + 1):
                terms.update(t for t in lexicon.tags.get(run[start:end], ()) if t.startswith(("s:", "a:")))
    stems = words(folded)
    for start in range(len(stems)):
        for end in range(start + 1, min(len(stems), start + lexicon.longest_phrase) + 1):
            terms.update(t for t in lexicon.tags.get(" ".join(stems[start:end]), ()) if t.startswith(("s:", "a:")))
    return terms
