"""One fold for all texts, and the keys by which names are looked up."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.building.tables import make_tables, spell
from knowledge.text.fold import Tables, merge_sound, name_key, strip_tone

TABLES = make_tables()
ODD = "数據据重庆戱薴乾模型aAvùǘ()（） \t\r\n\x1c\x85\x00\xad\u0301\u0308\u0345\u200b\u202e\u3000\ufeffＡﬁßİıǰ½①"
TRICKY = st.lists(st.sampled_from([*ODD, "(ju)", "(jù)", "(v)", "(chong)"]), max_size=12).map("".join)


@given(st.text() | TRICKY)
@example("戱薴")
@example("据(ju)(ju)")
@example("據(j\u200bù)")
@example("a\u200b\u0301")
@example("ΐ\u0345")
def test_fold_twice_is_fold_once(text: str) -> None:
    once = TABLES.fold(text)
    assert TABLES.fold(once) == once


@given(st.text() | TRICKY)
def test_fold_leaves_no_upper_case_space_or_control_behind(text: str) -> None:
    folded = TABLES.fold(text)
    assert folded == folded.strip()
    assert "  " not in folded
    assert not any(c in "\t\n\r\x00\xad\u200b\u3000\ufeff" or "A" <= c <= "Z" for c in folded)


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("數據", "数据"),
        ("雲鹿登山會", "云鹿登山会"),
        ("鷹石小屋的看屋人是誰", "鹰石小屋的看屋人是谁"),
        ("人工智慧產業規模", "人工智能产业规模"),
        ("矽谷的晶片與軟體", "硅谷的芯片与软件"),
        ("三年行動計畫", "三年行动计划"),
        ("意味著什麼", "意味着什么"),
        ("著名的專著", "著名的专著"),
        ("於臺灣", "于台湾"),
        ("戱薴", "戏苎"),
        ("東京国際", "东京国际"),
        ("１２億美元", "12亿美元"),
    ],
)
def test_fold_traditional_is_simplified(tables: Tables, traditional: str, simplified: str) -> None:
    assert tables.fold(traditional) == tables.fold(simplified) == simplified


@pytest.mark.parametrize("text", ["后来", "著作", "瞭望", "乐山", "云计算"])
def test_fold_leaves_simplified_text_alone(tables: Tables, text: str) -> None:
    assert tables.fold(text) == text


def test_fold_full_width_is_half_width(tables: Tables) -> None:
    half = "".join(map(chr, range(0x21, 0x7F)))
    full = "".join(chr(ord(c) + 0xFEE0) for c in half)
    assert tables.fold(full) == tables.fold(half) == half.casefold()
    assert tables.fold("ＧＰＴ　４") == "gpt 4"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  a \t\n b  ", "a b"),
        ("a\rb", "a b"),
        ("a\x0bb\x85c", "a b c"),
        ("小\u200b屋", "小屋"),
        ("\ufeff小屋\u202e", "小屋"),
        ("小\x00屋\x07", "小屋"),
        ("soft\xadware", "software"),
        ("葛\U000e0100飾", "葛饰"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("", ""),
        ("\u3000", ""),
    ],
)
def test_fold_white_space_and_control_characters(tables: Tables, text: str, folded: str) -> None:
    assert tables.fold(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        # with its tone a syllable is an annotation
        ("數(shù)據(jù)", "数据"),
        ("重(chóng)慶(qìng)", "重庆"),
        ("綠(lǜ)色", "绿色"),
        ("數（shù）據", "数据"),
        # without, it has to repeat the sound
        ("嗎(ma)", "吗"),
        ("女(nü)人", "女人"),
        ("绿(lv)色", "绿色"),
        ("据(ju)(ju)", "据"),
        ("据(ju)(v)", "据(v)"),
        ("模型(v)", "模型(v)"),
        ("百度(he)", "百度(he)"),
        ("大模型(chat)", "大模型(chat)"),
        ("模型(shu)", "模型(shu)"),
        # nothing but a syllable in brackets behind a Han character is one
        ("XPT(XPT)", "xpt(xpt)"),
        ("shu(shù)", "shu(shù)"),
        ("數(shù據", "数(shù据"),
        ("(shù)", "(shù)"),
        ("數()", "数()"),
    ],
)
def test_fold_drops_pinyin_annotations_only(tables: Tables, text: str, folded: str) -> None:
    assert tables.fold(text) == folded


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("商汤", "商烫", True),
        ("智源", "自源", True),
        ("雾松", "误送", True),
        ("云鹿", "允禄", True),
        ("鹰石", "英石", True),
        ("商汤", "商场", False),
        ("雾松", "松雾", False),
    ],
)
def test_fold_homophones_share_a_key(tables: Tables, a: str, b: str, alike: bool) -> None:
    assert (tables.sound(a) == tables.sound(b)) is alike


def test_fold_spells_a_name_as_a_whole_word_too(tables: Tables) -> None:
    # 重 alone is zhong; in 重庆 it is chong
    keys = spell("重庆", tables)
    assert tables.sound("虫庆") in keys
    assert tables.sound("中庆") in keys
    assert tables.sound("红庆") not in keys


@pytest.mark.parametrize(("word", "keys"), [("长城", 2), ("生长", 1), ("银行家", 2), ("家家", 1)])
def test_a_word_has_a_second_key_where_it_is_read_otherwise(tables: Tables, word: str, keys: int) -> None:
    assert len(spell(word, tables)) == keys


@given(st.text())
def test_fold_sound_keeps_the_length(text: str) -> None:
    folded = TABLES.fold(text)
    assert len(TABLES.sound(folded)) == len(folded)


@pytest.mark.parametrize(
    ("syllable", "plain"),
    [("shù", "shu"), ("lǜ", "lv"), ("nü", "nv"), ("nǚ", "nv"), ("ɡānɡ", "gang"), ("xiɑn", "xian"), ("ma", "ma")],
)
def test_fold_strip_tone(syllable: str, plain: str) -> None:
    assert strip_tone(syllable) == plain


@pytest.mark.parametrize(
    ("syllable", "merged"),
    [
        ("zhang", "zan"),
        ("zan", "zan"),
        ("shi", "si"),
        ("cheng", "cen"),
        ("xing", "xin"),
        ("zhong", "zong"),
        ("an", "an"),
    ],
)
def test_fold_merge_sound(syllable: str, merged: str) -> None:
    assert merge_sound(syllable) == merged


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("gpt-4", "gpt4"),
        ("《小屋的夏天》", "小屋的夏天"),
        ("阿洛伊斯·格伦", "阿洛伊斯格伦"),
        ("he ling", "heling"),
        ("“双湖”", "双湖"),
        ("c++", "c++"),
        ("qwen2.5", "qwen2.5"),
        ("——", ""),
    ],
)
def test_fold_name_key_drops_separators(name: str, key: str) -> None:
    assert name_key(name) == key
