"""Index terms of a text: Han characters and bigrams, Latin stems, and the tags of the words that the lexicon knows.

The same function serves statements at build time; questions look terms up one by one.
"""

from __future__ import annotations

from knowledge.lexicon import Lexicon, words
from knowledge.patterns import pattern

_RUN = pattern(r"[\u3400-\u9fff]+")


def bigrams(folded: str) -> list[str]:
    """Pairs of neighbouring Han characters; a lone character between other things stands for itself."""
    found = []
    for run in _RUN.findall(folded):
        found += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    return found


def index_terms(folded: str, lexicon: Lexicon) -> set[str]:
    """All terms under which a text is found."""
    terms = set(bigrams(folded))
    terms.update(c for run in _RUN.findall(folded) for c in run)
    stems = words(folded)
    terms.update(stems)
    for run in _RUN.findall(folded):
        for start in range(len(run)):
            for end in range(start + 1, min(len(run), start + lexicon.longest) + 1):
                terms.update(t for t in lexicon.tags.get(run[start:end], ()) if t.startswith(("s:", "a:")))
    for start in range(len(stems)):
        for end in range(start + 1, min(len(stems), start + lexicon.longest_phrase) + 1):
            terms.update(t for t in lexicon.tags.get(" ".join(stems[start:end]), ()) if t.startswith(("s:", "a:")))
    return terms
