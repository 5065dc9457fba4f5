"""Words of two characters that are asked for by their first one twice (准不准点, 开不开放)."""

from __future__ import annotations

from knowledge.text.lexicon import Lexicon
from knowledge.text.patterns import pattern

_NOT = "不"
_EITHER = pattern("([\u3400-\u9fff])不\\1(?=([\u3400-\u9fff]))")
_ALONE = frozenset("是有能会要可对行好")
"""Characters that ask by themselves, whatever stands behind them."""


def in_one_word(text: str, lexicon: Lexicon) -> str:
    """A folded text with such words in one; 是否 before them where nothing else is asked."""
    found = _EITHER.search(text) if _NOT in text else None
    if found is None or found[1] in _ALONE:
        return text
    tags = lexicon.tags.get(found[1] + found[2], ())
    if not any(t[:2] in ("r:", "a:", "s:") for t in tags):
        return text
    rest = text[: found.start()] + found[1] + text[found.end() :]
    if lexicon.question_word(rest):
        return rest.replace(",", "", 1) if "," in rest[found.start() :] else rest  # 准不准点,百分之多少
    return f"{text[: found.start()]}是否{found[1]}{text[found.end() :]}"
