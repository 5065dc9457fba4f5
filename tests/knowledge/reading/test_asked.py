"""What a question asks for, whom a demonstrative means, and how pinyin is read."""

from __future__ import annotations

import pytest

from knowledge.asking.anaphora import resolved
from knowledge.asking.ask import Asker
from knowledge.asking.message import folded
from knowledge.finding.outcome import NO_CONTEXT
from knowledge.linking.pinyin import looks_like_pinyin, spells, to_han
from knowledge.reading.reading import Reading, read


def reading_of(question: str, asker: Asker) -> Reading:
    return read(folded(question, asker.base), asker.base)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("登山会管几座小屋", {"number"}),
        ("登山会在几座小屋烤了什么面包", {"which"}),  # 几: some
        ("登山会拉上几家机构，谁出钱", {"number", "person"}),  # another clause asks for itself
        ("登山会管几座小屋和多少张床", {"number"}),
        ("听泉小屋住几个人要多少钱", {"number"}),  # the other asks for a figure too
        ("who leads in the number of huts", {"person"}),  # in what respect
        ("who counts the number of huts", {"number"}),
    ],
)
def test_some_of_them_is_no_number_asked_for(valleys: Asker, question: str, asks: set[str]) -> None:
    assert reading_of(question, valleys).asks >= asks
    assert ("number" in reading_of(question, valleys).asks) is ("number" in asks)


@pytest.mark.parametrize(
    ("question", "asks", "kinds"),
    [
        # who may be a thing, where the noun before it is one
        ("海拔最高的两座小屋是谁？", {"which"}, ("hut",)),
        ("海拔最高的小屋是谁呀", {"which"}, ("hut",)),
        ("谁是海拔最高的小屋", {"person"}, ()),
        # but not where it is a person, or goes on
        ("听泉小屋的看屋人是谁？", {"person"}, ()),
        ("海拔最高的小屋是谁建的", {"person"}, ()),
        # the one who does it, not the noun before 的是
        ("管着这些小屋的是哪家？", {"which"}, ()),
        ("管着小屋的是哪家机构？", {"which"}, ("organisation",)),
        ("何岭看的小屋是哪座？", {"which"}, ("hut",)),
        # a name, where it is what something is called
        ("what is the highest hut called?", {"name"}, ("hut",)),
        ("what is the highest hut?", {"definition"}, ()),
    ],
)
def test_who_and_which_at_the_end(valleys: Asker, question: str, asks: set[str], kinds: tuple[str, ...]) -> None:
    reading = reading_of(question, valleys)
    assert (set(reading.asks), reading.kinds) == (asks, kinds)


def test_who_of_huts_is_answered_with_huts(valleys: Asker) -> None:
    outcome = valleys.ask("海拔最高的两座小屋是谁？")
    assert [f.id for p in outcome.parts for f in p.facts] == ["s6a", "c4a"]
    assert [f.id for p in valleys.ask("听泉小屋的看屋人是谁？").parts for f in p.facts] == ["w5"]


# --- the one thing that goes with a name


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("顾杉那座小屋是哪年建成的", "顾杉听泉小屋是哪年建成的"),
        ("顾杉的那座小屋是哪年建成的", "顾杉的听泉小屋是哪年建成的"),
        ("听泉小屋那个看屋人多大", "听泉小屋顾杉多大"),
        ("格伦说顾杉那座小屋是哪年建成的", "格伦说顾杉听泉小屋是哪年建成的"),  # the name right before it
    ],
)
def test_that_thing_of_somebody(valleys: Asker, question: str, meant: str) -> None:
    assert resolved(folded(question, valleys.base), NO_CONTEXT, valleys.base) == meant


@pytest.mark.parametrize(
    "question",
    [
        "登山会那座小屋是哪年建成的",  # it has four
        "鹰石小屋那个看屋人多大",  # an old one and a new one
        "青石谷旅游局那个看屋人多大",  # none
        "顾杉守着那座小屋多少年了",  # not beside the name
        # its name is what is asked for
        "顾杉那座小屋叫什么",
        "顾杉的那座小屋叫啥名字",
    ],
)
def test_that_thing_of_several_or_of_none_or_without_a_name(valleys: Asker, question: str) -> None:
    text = folded(question, valleys.base)
    assert resolved(text, NO_CONTEXT, valleys.base) == text


def test_that_thing_of_somebody_is_answered(valleys: Asker) -> None:
    assert [f.id for p in valleys.ask("顾杉那座小屋是哪年建成的？").parts for f in p.facts] == ["w4"]
    assert [f.id for p in valleys.ask("顾杉那座小屋叫什么？").parts for f in p.facts] == ["w5"]


# --- pinyin


@pytest.mark.parametrize("typed", ["tingquan xiaowu zai nar", "tingquan xiaowu zai na"])
def test_the_r_of_a_syllable_says_nothing(valleys: Asker, typed: str) -> None:
    assert to_han(typed, valleys.base) == "听泉小屋在哪"
    assert to_han("er", valleys.base) != to_han("e", valleys.base)


def test_a_word_keeps_to_the_blanks_typed(valleys: Asker) -> None:
    assert to_han("shui shougou le tingquan", valleys.base) == "谁收购了听泉"  # no 税收
    assert to_han("ting quan xiao wu", valleys.base) == "听泉小屋"


def test_a_number_with_its_unit_is_no_name_that_sounds_alike(valleys: Asker) -> None:
    assert to_han("ting quan xiao wu de liang xiang san ge", valleys.base) == "听泉小屋的两项三个"


def test_a_question_typed_in_pinyin_ends_as_one(valleys: Asker) -> None:
    assert to_han("tingquan xiaowu da ma", valleys.base).endswith("吗")


def test_syllables_with_an_r_are_spelt(valleys: Asker) -> None:
    assert spells("nar wanr er", valleys.base)
    assert not spells("r", valleys.base)
    assert not spells("narr", valleys.base)


def test_words_of_grammar_are_taken_out_of_a_row_of_syllables(valleys: Asker) -> None:
    assert to_han("ting quan xiao wu shi shei fa xian de", valleys.base) == "听泉小屋是谁发现的"
    assert to_han("tingquan xiaowu de ceo shi shei", valleys.base) == "听泉小屋的ceo是谁"


@pytest.mark.parametrize(
    ("typed", "pinyin"),
    [
        ("《tingquan xiaowu》zai nali?", True),
        ("bergfex optimiser shi shei zuo de", True),  # unknown words among it
        ("who can name a man in china", False),
        ("bergfex de", False),
        ("can he sue the man", False),
        ("tingquan xiaowu release date", False),  # English words beside a name
        ("mistpine hut founder", False),
    ],
)
def test_pinyin_is_told_from_other_languages(valleys: Asker, typed: str, pinyin: bool) -> None:
    assert looks_like_pinyin(folded(typed, valleys.base), valleys.base) is pinyin


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("听 泉 小 屋 在 哪 里 ？", "听泉小屋在哪里?"),
        ("听泉小屋 在哪里", "听泉小屋 在哪里"),
        ("在 哪 里", "在 哪 里"),
        ("2 0 2 1", "2 0 2 1"),
        ("w h e r e", "w h e r e"),
    ],
)
def test_characters_set_apart_are_closed_up(valleys: Asker, typed: str, read: str) -> None:
    assert folded(typed, valleys.base) == read
