"""What a chart says: measures, dates, units and sources are never mixed in silence, and the picture is legible."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from answers import fonts
from answers.chart import Chart, chart, request
from answers.drawing import BLUE, GREY, INK, PALE, PAPER, WARNING, WIDTH, draw
from answers.figures import figure, of_outcome, wider
from answers.phrasing import LANGUAGES
from bot.answering import Desk
from knowledge.building.build import build
from knowledge.errors import ModuError
from knowledge.store.base import Base
from knowledge.store.records import Article, Citation, Entity, Fact, Pack, Relation, Text


def _fact(name: str, subject: str, relation: str, value: str, *, as_of: str = "", article: str = "log") -> Fact:
    statement = Text(f"{subject}的数字是{value}。", f"{subject} has {value}.")
    return Fact(name, subject, relation, statement, (Citation(article, 1),), value=value, as_of=as_of)


@pytest.fixture(scope="module")
def lakes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    """Three lakes: boats counted over four years, one count by another paper, shares, and a limit."""
    facts = (
        *(
            _fact(f"boats-{y}", "north", "boats", f"{n}艘", as_of=str(y))
            for y, n in zip(range(2020, 2024), (40, 52, 61, 75), strict=True)
        ),
        _fact("south-2023", "south", "boats", "约90艘", as_of="2023"),
        _fact("west-2021", "west", "boats", "30艘", as_of="2021"),
        _fact("ferries", "west", "ferries", "4艘", as_of="2021"),
        _fact("depth-1", "south", "depth", "31米", as_of="2021"),
        _fact("depth-2", "south", "depth", "34米", as_of="2021", article="post"),
        _fact("wood", "north", "share", "60%", as_of="2023"),
        _fact("steel", "north", "share", "25.5%", as_of="2023"),
        _fact("crowd", "south", "boats", "数十艘", as_of="2019"),
    )
    pack = Pack(
        id="lakes",
        title=Text("湖", "Lakes"),
        articles=tuple(
            Article(i, "日志", Text(), n, (), "2024-02", "zh-Hans", "", 1)
            for i, n in (("log", "湖报"), ("post", "湾报"))
        ),
        entities=tuple(
            Entity(i, "lake", Text(zh, en))
            for i, zh, en in (
                ("north", "北湖", "North Lake"),
                ("south", "南湖", "South Lake"),
                ("west", "西湖区", "West Lake"),
            )
        ),
        relations=(
            Relation("boats", Text("船只数量", "number of boats"), "number", "艘", family="boats"),
            Relation("ferries", Text("渡轮数量", "number of ferries"), "number", "艘", family="boats"),
            Relation("depth", Text("水深", "depth"), "number", "米"),
            Relation("share", Text("占比", "share"), "share"),
        ),
        facts=facts,
        kinds={"lake": ("湖", "lake")},
    )
    base = Base(build(pack, tmp_path_factory.mktemp("lakes") / "lakes.sqlite").path)
    yield base
    base.close()


def made(base: Base, *names: str, language: str = "zh-Hans") -> Chart:
    figures = []
    for name in names:
        number = base.fact_number(name)
        assert number is not None
        found = figure(base.fact(number), base)
        assert found is not None
        figures.append(found)
    drawn = chart(figures, base, language)
    assert drawn is not None
    return drawn


def pixels(png: bytes) -> Image.Image:
    image = Image.open(BytesIO(png))
    image.load()
    return image


def test_comparison_has_title_unit_date_and_source(lakes: Base) -> None:
    found = made(lakes, "boats-2021", "west-2021")
    assert (found.kind, found.title, found.head) == ("bars", "船只数量", "单位：艘 · 截至2021年")
    assert [(m.label, m.figure, m.detail) for m in found.marks] == [("北湖", "52艘", ""), ("西湖区", "30艘", "")]
    assert found.notes == ()
    assert found.sources == "来源：湖报 2024-02 第1段"


def test_other_dates_are_said_beside_each_figure(lakes: Base) -> None:
    found = made(lakes, "boats-2023", "west-2021")
    assert [m.detail for m in found.marks] == ["2023年", "2021年"]
    assert "日期不同" in found.notes[0]


def test_other_measures_are_said_beside_each_figure(lakes: Base) -> None:
    found = made(lakes, "west-2021", "ferries")
    assert [m.detail for m in found.marks] == ["船只数量", "渡轮数量"]
    assert "船只数量、渡轮数量" in found.notes[0]


def test_other_counters_are_named(lakes: Base) -> None:
    found = made(lakes, "depth-1", "depth-2")
    assert sorted((m.label, m.figure) for m in found.marks) == [("湖报", "31米"), ("湾报", "34米")]
    assert "不同来源" in found.notes[0]
    assert found.kind == "bars"


def test_one_measure_over_time_is_a_series(lakes: Base) -> None:
    found = made(lakes, "boats-2022", "boats-2020", "boats-2023", "boats-2021")
    assert (found.kind, found.title) == ("series", "北湖：船只数量")
    assert [m.label for m in found.marks] == ["2020年", "2021年", "2022年", "2023年"]


def test_two_dates_are_no_series(lakes: Base) -> None:
    assert made(lakes, "boats-2020", "boats-2021").kind == "bars"


def test_shares_say_what_they_are_shares_of(lakes: Base) -> None:
    found = made(lakes, "steel", "wood")
    assert found.kind == "shares"
    assert [m.label for m in found.marks] == ["north的数字是60%", "north的数字是25.5%"]


def test_approximate_figure_is_pale_and_explained(lakes: Base) -> None:
    found = made(lakes, "boats-2023", "south-2023")
    assert [(m.figure, m.loose) for m in found.marks] == [("75艘", False), ("约90艘", True)]
    assert any("约数" in note for note in found.notes)
    colours = {rgb for _, rgb in pixels(draw(found)).convert("RGB").getcolors(1 << 20) or []}
    assert len(colours) > 2


def test_order_of_magnitude_is_no_figure(lakes: Base) -> None:
    number = lakes.fact_number("crowd")
    assert number is not None
    assert figure(lakes.fact(number), lakes) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "names", [("boats-2021", "west-2021"), ("wood", "steel"), ("boats-2020", "boats-2021", "boats-2022")]
)
def test_picture_in_every_language(lakes: Base, language: str, names: tuple[str, ...]) -> None:
    found = made(lakes, *names, language=language)
    image = pixels(draw(found))
    assert image.width == WIDTH
    assert 400 < image.height < 2400
    for mark in found.marks:
        assert mark.figure in found.alternative
        assert mark.label in found.alternative
    assert found.title in found.alternative
    assert found.sources in found.alternative


def test_traditional_words(lakes: Base) -> None:
    found = made(lakes, "boats-2021", "west-2021", language="zh-Hant")
    assert found.title == "船隻數量"
    assert found.sources.startswith("來源")


def test_same_chart_is_the_same_picture(lakes: Base) -> None:
    found = made(lakes, "boats-2021", "west-2021")
    assert draw(found) == draw(found)


def test_long_words_stay_inside_the_picture(alpine_desk: Desk) -> None:
    reply = alpine_desk.reply("鹰石小屋和冰舌小屋一共有多少张床？")
    found = alpine_desk.chart(reply)
    assert found is not None
    long = Chart("bars", "zh-Hans", "很长的标题" * 30, found.head, found.marks[:1] * 12, ("话" * 400,), "源" * 900)
    image = pixels(draw(long)).convert("RGB")
    right = image.crop((WIDTH - 30, 10, WIDTH - 5, image.height - 10))
    assert len(right.getcolors() or []) == 1


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ink", [INK, GREY, WARNING, BLUE])
def test_ink_has_enough_contrast(ink: str) -> None:
    assert (luminance(PAPER) + 0.05) / (luminance(ink) + 0.05) >= 4.5
    assert luminance(PALE) < luminance(PAPER)


def test_answer_of_a_calculation_has_a_chart(alpine_desk: Desk) -> None:
    reply = alpine_desk.reply("哪座小屋海拔最高？")
    found = alpine_desk.chart(reply)
    assert found is not None
    values = [m.value for m in found.marks]
    assert values == sorted(values, reverse=True)


def test_answer_of_a_name_has_none(alpine_desk: Desk) -> None:
    assert alpine_desk.chart(alpine_desk.reply("何岭是谁？")) is None


def test_single_figure_is_set_beside_others_where_a_chart_is_wanted(alpine_desk: Desk) -> None:
    reply = alpine_desk.reply("冰舌小屋海拔多少？画个图")
    assert reply.chart_wanted
    assert of_outcome(reply.outcome, alpine_desk.base) == ()
    assert len(wider(reply.outcome, alpine_desk.base)) >= 2
    found = alpine_desk.chart(reply)
    assert found is not None
    assert any(m.label == "冰舌小屋" for m in found.marks)


@pytest.mark.parametrize(
    ("message", "rest"),
    [
        ("哪座小屋最高，画个图", "哪座小屋最高"),
        ("哪座小屋最高？请帮我画张图吧。", "哪座小屋最高？"),
        ("哪座小屋最高 图", "哪座小屋最高"),
        ("哪座小屋最高畫個圖", "哪座小屋最高"),
        ("Which hut is highest? Chart please", "Which hut is highest?"),
        ("画个图", ""),
    ],
)
def test_request_for_a_chart(message: str, rest: str) -> None:
    assert request(message) == (rest, True)


@pytest.mark.parametrize("message", ["雪山地图", "他的意图", "这张图是谁画的", "Who drew the chart of huts?", ""])
def test_no_request_for_a_chart(message: str) -> None:
    assert request(message) == (message, False)


def test_missing_font_is_said(monkeypatch: pytest.MonkeyPatch, lakes: Base) -> None:
    monkeypatch.setenv("MODU_FONT", "/nowhere/font.ttf")
    fonts.font_file.cache_clear()
    try:
        with pytest.raises(ModuError, match="MODU_FONT"):
            fonts.font_file()
        monkeypatch.delenv("MODU_FONT")
        monkeypatch.setattr(fonts, "_PACKAGE", "no_such_package")
        monkeypatch.setattr(fonts, "_FILES", ())
        with pytest.raises(ModuError, match="pip install"):
            fonts.font_file()
    finally:
        fonts.font_file.cache_clear()


def test_named_font_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "own.ttf"
    own.write_bytes(b"")
    monkeypatch.setenv("MODU_FONT", str(own))
    fonts.font_file.cache_clear()
    try:
        assert fonts.font_file() == own
    finally:
        fonts.font_file.cache_clear()
