"""Values of one predicate that say the same: written otherwise, or less fully than another one beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from knowledge.plain.base import Triple
from knowledge.text.patterns import pattern

_NOTE = pattern(r"\[\d+(?:-\d+)?\]")
"""Marks of footnotes, left over from where a value was copied."""
_ASIDE = pattern(r"[(（][^()（）]*[)）]")
_PARTING = pattern(r"[、,，;；/]|(?<=[㐀-鿿》])\s+(?=[㐀-鿿《])")
_MARKS = pattern(r"(?<!\d)[.]|[.](?!\d)|(?<![0-9a-z])[-+](?!\d)|[^\w.+−-]+|_+")
"""What does not count in a value; a point or a sign of a number does."""
_MORE = pattern(r"等+$")
_COMPARED = 24
"""Of more values those that are longer lists are not looked for: they are single things."""


def each_once(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """Each value once, just as it is written."""
    seen: dict[str, Triple] = {}
    for triple in triples:
        seen.setdefault(triple.value, triple)
    return tuple(seen.values())


def distinct(triples: Iterable[Triple], fold: Callable[[str], str]) -> tuple[Triple, ...]:
    """Without values that another one says as well; of two that say the same the first stays."""
    kept = each_once(triples)
    if len(kept) < 2:
        return kept
    said: dict[str, Triple] = {}
    texts: list[str] = []
    for triple in kept:
        text = _NOTE.sub("", fold(triple.value))
        form = _form(text)
        if form not in said:
            said[form] = triple
            texts.append(text)
    if not 1 < len(said) <= _COMPARED:
        return tuple(said.values())
    parts = [_parts(text) for text in texts]
    sizes = [len(form) for form in said]
    return tuple([
        triple
        for n, triple in enumerate(said.values())
        if not any(sizes[n] < size and parts[n] < other for size, other in zip(sizes, parts, strict=True))
    ])  # fmt: skip


def _parts(text: str) -> frozenset[str]:
    """What a value lists, and what it says aside."""
    found = {_MORE.sub("", _form(piece)) for piece in _PARTING.split(_ASIDE.sub("", text))}
    found |= {_form(aside) for aside in _ASIDE.findall(text)}
    return frozenset(found - {""})


def _form(text: str) -> str:
    return _MARKS.sub("", text) or text
