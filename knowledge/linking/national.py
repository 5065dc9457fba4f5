"""The adjective of the country that all is in (which Chinese city): it tells no place there from another."""

from __future__ import annotations

import re

from knowledge.store.base import Base

_ENDINGS = "(?:ese|i?an|ish|ic|i)"
"""Regular endings of such adjectives."""
_STEM = 4
"""Letters that a name keeps before one, at least."""


def without_national(text: str, base: Base) -> str:
    """A folded English text without the adjective of the whole before nouns for places in it."""
    if not text.isascii():
        return text
    for e in base.whole:
        stem = base.tables.fold(base.entity(e).en).rstrip("aeiouy")
        if len(stem) < _STEM or stem not in text:
            continue
        for found in reversed(list(re.finditer(rf"\b{re.escape(stem)}{_ENDINGS}(?= )", text))):
            noun = base.lexicon.noun_at(text, found.end())
            if noun and base.where.issuperset(noun[1]):
                text = text[: found.start()] + text[found.end() + 1 :]
    return text
