"""Where one question ends and another begins."""

from __future__ import annotations

import pytest

from knowledge.store.base import Base
from knowledge.text.segments import in_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("冰舌小屋归谁看,另外落日小屋是不是有12张床?", ["冰舌小屋归谁看", "落日小屋是不是有12张床?"]),
        ("冰舌小屋归谁看?顺便问一下落日小屋多高", ["冰舌小屋归谁看", "落日小屋多高"]),
        ("冰舌小屋归谁看,还有落日小屋多高", ["冰舌小屋归谁看", "落日小屋多高"]),
        ("who keeps the hut, and what is a pass?", ["who keeps the hut", "what is a pass?"]),
        ("who keeps the hut? also, name the huts", ["who keeps the hut", "name the huts"]),
        ("冰舌小屋归谁看呀 落日小屋有几张床", ["冰舌小屋归谁看呀", "落日小屋有几张床"]),
    ],
)
def test_another_question_follows(alpine_base: Base, text: str, sentences: list[str]) -> None:
    assert in_sentences(text, alpine_base.lexicon).split("。") == sentences


@pytest.mark.parametrize(
    "text",
    [
        "除了冰舌小屋,还有哪些小屋",
        "冰舌小屋,还有落日小屋,各有几张床",
        "哪些 小屋 有几张床",
        "青石谷的小屋 有哪些",
        "how do the huts and the passes differ",
    ],
)
def test_what_belongs_together_stays(alpine_base: Base, text: str) -> None:
    assert in_sentences(text, alpine_base.lexicon) == text
