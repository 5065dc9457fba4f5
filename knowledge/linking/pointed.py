"""A name with a word that points at the thing in the middle (北京那只产业基金): the word is left out."""

from __future__ import annotations

from knowledge.linking.link import link_exact, units
from knowledge.store.base import Base
from knowledge.text.patterns import pattern

_POINTING = pattern("(?<=[\u3400-\u9fff])的?[那这][只个家座款份支项套部](?=[\u3400-\u9fff])")
_AROUND = 20
"""Characters on both sides in which a name may stand."""


def without_pointing(text: str, base: Base) -> str:
    """A folded text without such words, where what stands around them is one name of the base."""
    if "那" not in text and "这" not in text:
        return text
    for word in reversed(list(_POINTING.finditer(text))):
        for joint in ("", "的"):
            before, behind = text[max(0, word.start() - _AROUND) : word.start()], text[word.end() :][:_AROUND]
            near, at = f"{before}{joint}{behind}", len(before)
            if any(m.start < at and m.end > at + len(joint) for m in link_exact(near, units(near), base)):
                text = text[: word.start()] + joint + text[word.end() :]
                break
    return text
