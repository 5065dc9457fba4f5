"""Words that ask for something of a sort."""

import pytest

from knowledge.text.sorts import Sorts, dump_sorts, load_sorts


@pytest.fixture(scope="module")
def sorts() -> Sorts:
    return load_sorts(
        dump_sorts(
            [
                (["哪座码头", "which pier"], ["码头", "pier"]),
                (["哪座灯塔"], ["灯塔"]),
                (["how much did * raise"], ["募"]),
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("船停在哪座码头", [["码头", "pier"]]),
        ("哪座灯塔最高,离哪座码头近", [["码头", "pier"], ["灯塔"]]),
        ("at which pier does it land", [["码头", "pier"]]),
        ("at which piers does it land", []),
        ("how much did the ferry fund raise", [["募"]]),
        ("how much did the ferry cost, and who could raise it", []),
        ("哪座岛", []),
        ("", []),
    ],
)
def test_sorts_tells_what_is_asked_for(sorts: Sorts, text: str, told: list[list[str]]) -> None:
    assert sorted(sorts.told(sort) for sort in sorts.asked(text)) == sorted(told)
