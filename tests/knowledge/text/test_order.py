"""Which one in a row a question or a statement speaks of."""

from __future__ import annotations

import pytest

from knowledge.text.order import turns_in


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("第三批名单", (("第三", "批"),)),
        ("首期投入", (("第一", "期"),)),
        ("登记簿里的第98个登山者", (("第98", "个"),)),
        ("第三个是谁", ()),  # of those just listed
        ("近五年的床位", (("五", "近年"),)),
    ],
)
def test_turns_are_told_apart(text: str, turns: tuple[tuple[str, str], ...]) -> None:
    assert turns_in(text) == turns
