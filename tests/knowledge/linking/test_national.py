"""The adjective of the country says nothing of a place in it; of a firm or a language it does."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.linking.national import without_national


class Whole:
    """A base whose whole is a country."""

    def __init__(self, asker: Asker, name: str) -> None:
        self._base, self.whole, self.where, self.name = asker.base, frozenset({1}), frozenset({"place"}), name

    def entity(self, _e: int) -> object:
        return type("Row", (), {"en": self.name})

    def __getattr__(self, name: str) -> object:
        return getattr(self._base, name)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("which chinese valley has most huts?", "which valley has most huts?"),
        ("what do chinese guides speak?", "what do chinese guides speak?"),
        ("is it in chinese", "is it in chinese"),
    ],
)
def test_only_places_lose_it(valleys: Asker, text: str, left: str) -> None:
    assert without_national(text, Whole(valleys, "China")) == left  # type: ignore[arg-type]


def test_of_no_country_nothing_is_left_out(valleys: Asker) -> None:
    assert without_national("which chinese valley", Whole(valleys, "Asia")) == "which chinese valley"  # type: ignore[arg-type]
