"""Patterns that are compiled late, and what stands by itself."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.patterns import compile_all, pattern, stands_apart


def test_no_pattern_waits_once_all_are_compiled() -> None:
    late = pattern("a+(b)")
    assert len(list(compile_all())) >= 1
    assert not list(compile_all())
    assert late.search("xaab")


@given(before=st.text("a中_1 -?'", max_size=2), after=st.text("a中_1 -?'", max_size=2))
def test_what_stands_apart_is_what_word_boundaries_tell(before: str, after: str) -> None:
    found = re.compile(r"\bhow much\b").match(f"{before}how much{after}", len(before))
    assert stands_apart(f"{before}how much{after}", len(before), len(before) + 8) == bool(found)


@given(st.text("岛海龘㐀,。?1a é", max_size=8))
def test_the_quick_class_finds_the_han_characters_of_a_question(text: str) -> None:
    assert pattern(r"[\u3400-\u9fff]{2,}").findall(text) == re.findall(r"[\u3400-\u9fff]{2,}", text)
