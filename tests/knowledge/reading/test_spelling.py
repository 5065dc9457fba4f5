"""Ordinary words misspelt: respelt by one letter or by their sound, and told so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.reading.reading import read
from knowledge.reading.spelling import respelt, spelling_keys


def meant(question: str, asker: Asker) -> dict[str, str]:
    return respelt(read(folded(question, asker.base), asker.base), asker.base)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Who is the wardne of Mistpine Hut?", ("wardne", "warden")),  # swapped
        ("What is the altitde of Eaglestone Hut?", ("altitde", "altitude")),  # left out
        ("What is the altiitude of Eaglestone Hut?", ("altiitude", "altitude")),  # doubled
        ("冰舌小屋是哪年健成的？", ("健成", "建成")),  # the same sound
    ],
)
def test_a_word_that_nobody_knows_is_respelt(valleys: Asker, question: str, word: tuple[str, str]) -> None:
    assert meant(question, valleys) == dict([word])


@pytest.mark.parametrize(
    "question",
    [
        "Who is the garden of Mistpine Hut?",  # another first letter is another word
        "What is the rent of Mistpine Hut?",  # too short to tell
        "雾松小屋的食堂在哪？",  # sounds like no word of the language
    ],
)
def test_another_word_stays_unknown(valleys: Asker, question: str) -> None:
    assert meant(question, valleys) == {}


def test_the_answer_says_what_was_respelt(valleys: Asker) -> None:
    outcome = valleys.ask("What is the altitde of Icetongue Hut?")
    (part,) = outcome.parts
    assert [fact.id for fact in part.facts] == ["s6a"]
    assert part.respelt == (("altitde", "altitude"),)
    assert valleys.ask("What is the altitude of Icetongue Hut?").parts[0].respelt == ()


def test_where_nothing_known_is_named_nothing_is_respelt(valleys: Asker) -> None:
    assert valleys.ask("Who is the wardne of Thunder Hut?").status == "unknown"


@given(st.text("abcdefgh", min_size=5, max_size=12), st.data())
def test_a_word_less_a_letter_shares_a_key_with_it(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    shorter = word[:at] + word[at + 1 :]
    keys = {key for key, found in spelling_keys([word]) if found == word}
    assert {"-" + word, "-" + shorter} <= keys
