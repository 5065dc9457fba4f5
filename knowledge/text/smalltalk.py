"""Messages that are no questions: greetings, thanks, laughter."""

from __future__ import annotations

from knowledge.text.courtesy import strip_polite
from knowledge.text.fold import name_key
from knowledge.text.lexicon import Lexicon
from knowledge.text.patterns import pattern

_REPEATED = pattern(r"(.)\1{1,}")
_LONGEST = 40
"""Characters beyond which a message is no small talk."""
_LONGEST_PIECE = 12
_BREAK = pattern(r"[\s,，。.!！~～…;；]+")
_PARTING = frozenset({"greeting", "thanks", "bye"})
"""What is said beside other things as well."""
_PARTICLES = "啊呀哦啦哈呢吧了"


def smalltalk(text: str, lexicon: Lexicon) -> str:
    """The kind of small talk that a folded message is, or ''."""
    table = lexicon.smalltalk
    if len(text) > _LONGEST:
        return ""
    for form in dict.fromkeys((text, strip_polite(text, lexicon))):
        key = name_key(form)
        variants = {key: None, key.rstrip(_PARTICLES): None}
        if _REPEATED.search(key):
            variants = dict.fromkeys((key, _REPEATED.sub(r"\1", key), _REPEATED.sub(r"\1\1", key), *variants))
        for variant in variants:
            if variant in table:
                return table[variant]
        first = _pieces(key, table)
        if first:
            return table[first]
    return ""


def smalltalk_beside(text: str, lexicon: Lexicon) -> str:
    """The kind of small talk that the first or the last piece of a short folded message is, or ''."""
    if len(text) > _LONGEST:
        return ""
    pieces = [name_key(p) for p in _BREAK.split(text) if name_key(p)]
    ends = (pieces[0], pieces[-1]) if len(pieces) > 1 else ()
    return next((lexicon.smalltalk[p] for p in ends if lexicon.smalltalk.get(p) in _PARTING), "")


def _pieces(key: str, table: dict[str, str]) -> str:
    """The first of the small talk words that a message is wholly made of (谢谢啦你真棒), or ''."""
    reached: dict[int, str] = {0: ""}
    for start in range(len(key)):
        if start in reached:
            if not key[start].isalnum() or (start and key[start] in _PARTICLES):  # a smiley
                reached.setdefault(start + 1, reached[start])
            for end in range(start + 2, min(len(key), start + _LONGEST_PIECE) + 1):
                if end not in reached and key[start:end] in table:
                    reached[end] = reached[start] or key[start:end]
        elif start > max(reached):
            break
    return reached.get(len(key), "")
