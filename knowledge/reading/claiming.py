"""Whether an English sentence puts forward a claim: the question words and measures in it ask for nothing then."""

from __future__ import annotations

from knowledge.linking.scan import Scan, Word
from knowledge.text.patterns import pattern

_IN_RESPECT = pattern(r"\b(?:in|by|on|for)(?: terms of)?(?: the| its| their)? $")
"""Before a measure that says in what respect, and is not asked for (who leads in the number of firms)."""
_CLAIMED = pattern(r"\ban? (?:total |combined |overall )?$")
"""Before a measure of which a claim gives the figure (it has a total size of so much, right?)."""


def is_claimed(scan: Scan) -> bool:
    """Whether an English sentence is put forward whole (…, right?): who and which in it only tie clauses."""
    if not scan.words or (scan.words[0].start == 0 and scan.words[0].has("q")):
        return False
    return any("i:verify" in w.tags and w.text.isascii() for w in (scan.words[0], scan.words[-1]))


def claims_figure(scan: Scan) -> bool:
    """Whether an English text puts forward a claim, and asks for no figure itself."""
    return scan.text.isascii() and any(w.has("i:verify") or (not w.start and w.has("i:opens")) for w in scan.words)


def in_respect(scan: Scan, word: Word, *, asked: bool, claims: bool) -> bool:
    """Whether a measure only says in what respect (first in the number of firms), or what a claim gives a figure of."""
    if not (asked or claims):
        return False
    behind = _IN_RESPECT.search(scan.text, 0, word.start)
    return behind is not None or (claims and _CLAIMED.search(scan.text, 0, word.start) is not None)
