"""What 那个城市, 这家公司, that model mean: the thing of this kind that was spoken of last."""

from __future__ import annotations

from knowledge.base import Base
from knowledge.outcome import Context
from knowledge.patterns import pattern

_LATIN = pattern(r"[a-z]+")
_LONGEST = 6
"""Characters of a demonstrative or of a noun for a kind."""


def resolved(text: str, context: Context, base: Base) -> str:
    """The folded text with the first 'that' + noun replaced by a name, if something of the kind was spoken of."""
    if not context.answered and not context.named:
        return text
    for start, end, kinds in _pointed(text, base):
        name = _spoken_of(kinds, context, base, english=text.isascii())
        if name:
            return f"{text[:start]}{name}{text[end:]}"
    return text


def _pointed(text: str, base: Base) -> list[tuple[int, int, frozenset[str]]]:
    """(start, end, kinds) of each demonstrative with a noun behind it."""
    tags = base.lexicon.tags
    found = []
    for start in range(len(text)):
        for middle in range(min(len(text), start + _LONGEST), start, -1):
            if "i:that" in tags.get(text[start:middle], ()):
                noun = _noun(text, middle, base)
                if noun:
                    found.append((start, *noun))
                break
    return found


def _noun(text: str, start: int, base: Base) -> tuple[int, frozenset[str]] | None:
    """Where the longest noun for a kind that begins here ends, and its kinds."""
    tags = base.lexicon.tags
    latin = _LATIN.match(text, start + 1) if text[start : start + 1] == " " else None
    ends = [latin.end()] if latin else range(min(len(text), start + _LONGEST), start, -1)
    for end in ends:
        kinds = frozenset(t[2:] for t in tags.get(text[start:end].strip(), ()) if t.startswith("k:"))
        if kinds:
            return end, kinds
    return None


def _spoken_of(kinds: frozenset[str], context: Context, base: Base, *, english: bool) -> str:
    """The folded name of the last thing of these kinds, the answer's before the question's; '' if there is none."""
    for e in (*context.answered, *reversed(context.named)):
        entity = base.entity(e)
        if entity.kind in kinds and not entity.generic:
            return base.tables.fold(entity.en if english and entity.en else entity.zh)
    return ""
