"""Rows of names of one character (京沪粤三地, 北上深), written out."""

from __future__ import annotations

import re

from knowledge.linking.link import link_exact, units
from knowledge.store.base import Base
from knowledge.text.patterns import pattern

_MANY = {c: n for n, c in enumerate("两三四五六七八九", start=2)} | {"二": 2}
_AROUND = 40
"""Characters on both sides of such a row among which a longer name is looked for that it may be a part of."""
_FEWEST = 2
"""Short names that make a row where their number is said behind them."""
_EACH_OF = pattern("各|分别|谁|之间|哪个|对比|相比|相差|合计|加起来")
"""Behind two short names it says that they are a row (京沪各有多少)."""
_A_ROW = 3
"""Short names in a row that stand there by chance no more, where their number is not said."""


def in_full(text: str, base: Base) -> str:
    """A folded text with rows of short names (京沪粤三地, 北上深) written out."""
    if sum(c in base.short for c in text) < _FEWEST:
        return text
    for match in reversed(list(base.remembered(_rows)().finditer(text))):
        row = match[0].partition(match[1])[0] if match[1] else match[0]
        entities = [base.short[c] for c in row if c in base.short]
        few = _FEWEST if _EACH_OF.match(text, match.end()) else _A_ROW
        enough = _MANY[match[1]] == len(entities) if match[1] else len(entities) >= few
        if not enough or len(set(entities)) < len(entities):
            continue
        start = max(0, match.start() - _AROUND)
        near = text[start : match.end() + _AROUND]
        names = [(m.start + start, m.end + start) for m in link_exact(near, units(near), base)]
        if not any(begin < match.end() and match.start() < end and end - begin > 1 for begin, end in names):
            written = "、".join(base.tables.fold(base.entity(e).zh) for e in entities)
            text = text[: match.start()] + written + text[match.end() :]
    return text


def _rows(base: Base) -> re.Pattern[str]:
    """Rows of short names, and how many they are said to be. To be called through `Base.remembered`."""
    short = f"[{''.join(base.short)}]"
    return pattern(
        f"{short}(?:{short}+|(?:、{short})*[、和与]{short})(?:([{''.join(_MANY)}])[个大座]?[\u3400-\u9fff])?"
    )
