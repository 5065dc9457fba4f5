"""A message as it is read: folded, what is set apart by spaces closed up, pinyin and Japanese in characters."""

from __future__ import annotations

import json

from knowledge.linking.initials import in_full
from knowledge.linking.pinyin import looks_like_pinyin, to_han
from knowledge.store.base import Base
from knowledge.text.items import joined, rows
from knowledge.text.kana import Japanese, has_kana
from knowledge.text.patterns import HAN, PICTURES, pattern

LONGEST = 4000
"""Characters of a message that are read; of a longer one the end, where people put the question."""
_SLIP = pattern(
    "(?<=[是在])那(?=[个家座款年位些里])|(?<=来自|属于)那(?=[个家座款年位些里])"
    "|(?<=[\u3400-\u9fffa-z0-9])那(?=[年天][^,，?？]{1,6}的?[?？ ]*$)"
)
_STRESSING = pattern("(?<![侧偏着看注比体净严权超载加尊多沉保])重(?=什么|啥|的是|哪[个方些])", holds="重")
"""What somebody lays weight on is asked in one character (更重什么)."""
_FACES = pattern(rf"[\s{PICTURES}\ufe0f]+$")
"""Pictures at the end of a message."""
_LOOSE = pattern("(?<=[\u3400-\u9fffa-z0-9”」》]) ([的是有在]) (?=[\u3400-\u9fffa-z0-9“「《])")
"""Characters that belong to what stands beside them, set apart by spaces."""
_TOGETHER = pattern("[\u3400-\u9fff]{2}")
_SPACED = 4
"""So many characters, and nowhere two together: each stands for itself, as in the text of some documents."""
_APART = pattern("(?<=[^a-z ]) (?=[^a-z ])|(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])")


def folded(message: str, base: Base) -> str:
    """As much of a message as is read, folded; 北 京 有 什 么 is closed up."""
    text = joined([base.tables.fold(row) for row in rows(message[-LONGEST * 2 :])], base.lexicon)[-LONGEST:]
    text = _FACES.sub("", text) or text
    if " " not in text:
        return text
    apart = not _TOGETHER.search(text) and len(HAN.findall(text)) >= _SPACED
    return _APART.sub("", text) if apart else _LOOSE.sub(r"\1", text)


def spelt_out(text: str, base: Base) -> str:
    """A folded text; in characters if it is pinyin or Japanese, and with 那 for 哪 mended where nothing else asks."""
    if has_kana(text):
        text = base.remembered(_japanese)().in_chinese(text)
    if not HAN.search(text):
        if not looks_like_pinyin(text, base):
            return text
        text = to_han(text, base)
    text = in_full(text, base)
    text = _STRESSING.sub("侧重", text)
    return text if "那" not in text or base.lexicon.question_word(text) else _SLIP.sub("哪", text)


def _japanese(base: Base) -> Japanese:
    return Japanese(json.loads(base.meta["japanese"]))
