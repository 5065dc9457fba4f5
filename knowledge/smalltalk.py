"""Messages that are no questions: greetings, thanks, laughter."""

from __future__ import annotations

from knowledge.fold import name_key
from knowledge.lexicon import Lexicon
from knowledge.patterns import pattern
from knowledge.segments import strip_polite

_REPEATED = pattern(r"(.)\1{1,}")
_LONGEST = 40
"""Characters beyond which a message is no small talk."""
_PARTICLES = "啊呀哦啦哈呢吧了"


def smalltalk(text: str, lexicon: Lexicon) -> str:
    """The kind of small talk that a folded message is, or ''."""
    table = lexicon.smalltalk
    if len(text) > _LONGEST:
        return ""
    for form in (text, strip_polite(text, lexicon)):
        key = name_key(form)
        for variant in (key, _REPEATED.sub(r"\1", key), _REPEATED.sub(r"\1\1", key), key.rstrip(_PARTICLES)):
            if variant in table:
                return table[variant]
        first = _pieces(key, table)
        if first:
            return table[first]
    return ""


def _pieces(key: str, table: dict[str, str]) -> str:
    """The first of the small talk words that a message is wholly made of (谢谢啦你真棒), or ''."""
    reached: dict[int, str] = {0: ""}
    for end in range(1, len(key) + 1):
        for start in range(max(0, end - 12), end):
            if start in reached and key[start:end] in table and end - start > 1:
                reached[end] = reached[start] or key[start:end]
                break
    return reached.get(len(key), "")
