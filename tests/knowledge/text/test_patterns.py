"""Patterns that are compiled late, and what stands by itself."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import knowledge
from knowledge.text.patterns import _waiting, compile_all, pattern, stands_apart


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


@given(st.text("岛海龘㐀,。?1a-]é的 ", max_size=8))
@pytest.mark.parametrize(
    "source",
    [
        r"(?<=[\u3400-\u9fffa-z0-9])的(?=[\u3400-\u9fff,?])",
        "[\u3400-\u9fffa-z]{2,3}?[^\u3400-\u9fff]",
        r"\[?([\u3400-\u9fff\-\]]+)",
        r"[,。]?[\d\u3400-\u9fff]$",
    ],
)
def test_so_do_the_classes_that_hold_others_beside_them(source: str, text: str) -> None:
    quick, plain = pattern(source), re.compile(source)
    assert [m.span() for m in quick.finditer(text)] == [m.span() for m in plain.finditer(text)]


def _with_words() -> list[Any]:
    """The patterns of all modules that name words of which a text has to have one, with where they stand."""
    root = Path(knowledge.__file__).parent
    names = [".".join(("knowledge", *path.relative_to(root).with_suffix("").parts)) for path in root.rglob("*.py")]
    found = [(name, key, value) for name in names for key, value in vars(import_module(name)).items()]
    late = type(pattern(""))
    return [pytest.param(v, id=f"{name}.{key}") for name, key, v in found if isinstance(v, late) and v.holds]


@pytest.mark.parametrize("late", _with_words())
def test_whatever_a_pattern_finds_has_one_of_its_words(late: Any) -> None:
    plain = re.compile(late.pattern, late.flags)

    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(plain))
    def holds(text: str) -> None:
        assert plain.search(text) is None or any(word in text for word in late.holds)

    holds()


def test_a_text_without_the_words_is_not_searched() -> None:
    late = pattern("[甲乙丙]山", holds="山")
    assert late.search("甲水") is late.match("乙") is late.fullmatch("丙") is None
    assert not list(late.finditer("甲乙丙"))
    assert late in list(_waiting)
    found = late.search("看乙山", 1)
    assert found
    assert found.span() == (1, 3)
    assert late not in list(_waiting)
