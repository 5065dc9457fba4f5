"""Articles as found on the web: what people read of them, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.building.cleaning import clean, paragraphs
from knowledge.building.tables import make_tables
from knowledge.text.fold import Tables

TABLES = make_tables()


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        # annotations
        ("霧松小屋海拔(bá)1870米", "雾松小屋海拔1870米"),
        ("重(chóng)慶有(yǒu)山", "重庆有山"),
        ("山（shān）上", "山上"),
        ("小屋(v)和(he)山", "小屋(v)和山"),
        ("小屋(hut)", "小屋(hut)"),
        ("XPT(XPT)", "XPT(XPT)"),
        # markup
        ("<p>小屋<br/>開門</p>", "小屋开门"),
        ('<a href="https://example.org/?a=1&b=2">鷹石</a>小屋', "鹰石小屋"),
        ("<STRONG>小屋</STRONG>", "小屋"),
        ("3 < 5 和 7 > 6", "3 < 5 和 7 > 6"),
        ("<小屋>", "<小屋>"),
        # entities
        ("張三&amp;李四", "张三&李四"),
        ("a&lt;b&#62;c", "a<b>c"),
        ("小屋&nbsp;開門", "小屋 开门"),
        ("小&#8203;屋", "小屋"),
        ("&unknown; &copy;", "&unknown; ©"),
        # widths and spaces
        ("ＡＢ１２％（約）", "AB12%(约)"),
        ("\u3000\u3000小屋\t開門 ", "小屋 开门"),
        ("小\u200b屋\x07", "小屋"),
        # nothing to do
        ("小屋，Hut！", "小屋,Hut!"),
        ("", ""),
    ],
)
def test_cleaning_gives_what_people_read(tables: Tables, raw: str, text: str) -> None:
    assert clean(1, raw, tables).text == text


@pytest.mark.parametrize(
    ("raw", "around"),
    [
        ("小屋\ufffd開門", "小屋\ufffd開門"),
        ("價格??元", "價格??元"),
        ("床位Ã¤張", "床位Ã¤張"),
        ("看屋人\ue123雷", "看屋人\ue123雷"),
        ("開門。?小屋", "開門。?小屋"),
    ],
)
def test_cleaning_reports_broken_characters_and_leaves_them(tables: Tables, raw: str, around: str) -> None:
    found = clean(1, raw, tables)
    assert around in found.broken
    assert found.text == raw.translate(tables.simplified)


@pytest.mark.parametrize(
    "raw", ["小屋開門嗎？", "海拔(bá)三千米", "（圖）「雙湖」——2026年", "He said: really?", "“Hut”"]
)
def test_cleaning_reports_nothing_in_sound_text(tables: Tables, raw: str) -> None:
    assert clean(1, raw, tables).broken == ()


def test_cleaning_numbers_lines_that_are_not_empty(tables: Tables) -> None:
    raw = "\ufeff第一段\r\n\r\n   \r\n\u3000\n第二段\n\n<br/>第三段"
    assert [(p.number, p.text) for p in paragraphs(raw, tables)] == [(1, "第一段"), (2, "第二段"), (3, "第三段")]


def test_cleaning_without_lines_has_no_paragraphs(tables: Tables) -> None:
    assert paragraphs("", tables) == []
    assert paragraphs("\ufeff\n \n", tables) == []


def test_cleaning_quote_gives_the_articles_own_characters(tables: Tables) -> None:
    found = clean(1, "<p>　雲(yún)鹿山&amp;青石谷，住一晚５２元&nbsp;。</p>", tables)
    assert found.text == "云鹿山&青石谷,住一晚52元 。"
    assert found.quote(0, 3) == "雲鹿山"
    assert found.quote(0, 7) == "雲鹿山&青石谷"
    assert found.quote(found.text.index("52"), found.text.index("元") + 1) == "５２元"
    assert found.quote(0, 99) == "雲鹿山&青石谷，住一晚５２元\xa0。"
    assert found.quote(3, 3) == ""


DIRTY = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<br/>",
            "&amp;",
            "&nbsp;",
            "&#8203;",
            "&#x110000;",
            "(shù)",
            "（bá）",
            "(v)",
            "數",
            "海拔",
            "Ａ",
            "　",
        ]
    )
    | st.text(max_size=3),
    max_size=12,
).map("".join)


@given(st.text() | DIRTY)
@example("&#8203;&amp;")
def test_cleaning_offsets_rise_and_point_into_the_raw_text(raw: str) -> None:
    found = clean(1, raw, TABLES)
    assert len(found.offsets) == len(found.text)
    assert all(a < b for a, b in zip(found.offsets, found.offsets[1:], strict=False))
    assert all(0 <= o < len(raw) for o in found.offsets)
    assert found.text == found.text.strip()
    assert len(found.quote(0, len(found.text))) == len(found.text)


@given(DIRTY)
def test_cleaning_quote_cleans_to_the_same_text(raw: str) -> None:
    found = clean(1, raw, TABLES)
    for start, end in ((0, len(found.text)), (1, 3)):
        quoted = found.quote(start, end)
        assert len(quoted) == len(found.text[start:end])
        for char, own in zip(found.text[start:end], quoted, strict=True):
            assert char in (own, clean(1, f"x{own}x", TABLES).text[1:-1])


@given(st.lists(st.text()))
def test_cleaning_paragraphs_are_the_lines_with_text(lines: list[str]) -> None:
    lines = [line.replace("\n", " ") for line in lines]
    found = paragraphs("\n".join(lines), TABLES)
    assert [p.number for p in found] == list(range(1, len(found) + 1))
    assert len(found) == sum(bool(line.strip()) for line in "\n".join(lines).lstrip("\ufeff").split("\n"))
