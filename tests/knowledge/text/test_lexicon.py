"""The words of a language as a base holds them."""

from __future__ import annotations

import pytest

from knowledge.steps import at_once
from knowledge.text.lexicon import build_tags, dump_lexicon, load_lexicon, make_lexicon

TAGS = [("什么", "q:thing"), ("高", "a:1"), ("高", "l"), ("请", "p"), ("how many", "q:number"), ("最高", "i:most")]


@pytest.mark.parametrize("more", [0, 2048 - 5, 5000], ids=["few", "as many as are read at once", "many"])
def test_what_is_stored_is_read_again(more: int) -> None:
    tags = build_tags([*TAGS, *((f"词{n}", f"s:{n % 7}") for n in range(more))])
    lexicon = make_lexicon(tags, {"你好": "greeting"})
    read = at_once(load_lexicon(dump_lexicon(lexicon)))
    assert read._replace(asking=lexicon.asking) == lexicon
    assert [word for word in ("请", "高", "") if read.polite(word)] == ["请"]
    assert read.asking.search("这是什么")


def test_a_lexicon_cut_short_is_not_read() -> None:
    lexicon = make_lexicon(build_tags(TAGS), {})
    with pytest.raises(ValueError, match="argument"):
        at_once(load_lexicon(dump_lexicon(lexicon).replace("高\n".encode(), b"", 1)))
