"""A new article, from its file to cited answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from knowledge.building.pack import load_pack

Modu = Callable[..., Result]

TEXT = """湖边新屋
2025年3月，《山讯》记者在双湖边看到一座新的小屋。它叫「星塘小屋」，由云鹿登山会出资建造。

雾(wù)松小屋去年又添了6张床，现在一共有54张床，住一晚60元。
分享到微信
落日小屋海拔2031米。Brenta Foundation 捐了<b>12万元</b>。
"""
PAGE = f"""<html><head><title>湖边新屋 - 山讯</title><meta property="og:site_name" content="山讯">
<meta property="article:published_time" content="2025-03-04"><meta name="author" content="Marta Wisch"></head><body>
<nav><a href="/">首页</a></nav><article><h1>湖边新屋</h1>
{"".join(f"<p>{line}{'这一句只为凑够网页正文的长度。' * 4}</p>" for line in TEXT.splitlines()[1:] if line)}
</article><footer>版权所有</footer></body></html>"""


@pytest.fixture
def pack(alpine_dir: Path, tmp_path: Path) -> Path:
    return shutil.copytree(alpine_dir, tmp_path / "huts")


@pytest.fixture
def article(modu: Modu, pack: Path, tmp_path: Path) -> Callable[..., Result]:
    """Run the import with its usual options."""

    def run(text: str, *more: str, name: str = "new.txt") -> Result:
        (tmp_path / name).write_text(text, "utf-8")
        folders = ("--pack", str(pack), "--articles", str(tmp_path / "texts"), "--out", str(tmp_path / "drafts"))
        return modu("article", "import", str(tmp_path / name), "--id", "new-2025", *folders, *more)

    return run


def test_import_writes_the_paragraphs_and_drafts(article: Callable[..., Result], tmp_path: Path) -> None:
    result = article(TEXT, "--publisher", "山讯", "--published", "2025-03", "--drop", "4")
    assert result.exit_code == 0, result.output
    assert "4 paragraphs" in result.stdout
    text = (tmp_path / "texts" / "new-2025.txt").read_text("utf-8").splitlines()
    assert text[2] == "雾松小屋去年又添了6张床，现在一共有54张床，住一晚60元。"
    assert text[3].endswith("捐了12万元。")
    facts = (tmp_path / "drafts" / "facts" / "new-2025.yaml").read_text("utf-8")
    for value, relation in (("54张", "beds"), ("60元", "night_price"), ("2031米", "altitude")):
        assert f'relation: {relation}\n    value: "{value}"' in facts
    assert "subject: mistpine  # named: mistpine 雾松小屋" in facts
    names = (tmp_path / "drafts" / "entities" / "new-2025.yaml").read_text("utf-8")
    assert "星塘小屋" in names
    assert "Brenta Foundation" in names
    assert all(line.startswith("#") for line in names.splitlines())


def test_import_takes_over_no_sentence(article: Callable[..., Result], tmp_path: Path) -> None:
    article(TEXT)
    drafts = "".join(p.read_text("utf-8") for p in (tmp_path / "drafts").rglob("*.yaml"))
    for sentence in TEXT.replace("，", "。").split("。"):
        assert len(sentence.strip()) < 10 or sentence.strip() not in drafts


def test_import_of_a_web_page(article: Callable[..., Result], tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    result = article(PAGE, name="page.html")
    assert result.exit_code == 0, result.output
    entry = (tmp_path / "drafts" / "articles" / "new-2025.yaml").read_text("utf-8")
    for wanted in ("山讯", "Marta Wisch", "2025-03-04"):
        assert wanted in entry
    assert "版权所有" not in (tmp_path / "texts" / "new-2025.txt").read_text("utf-8")


def test_drafts_are_refused_until_they_are_edited(article: Callable[..., Result], pack: Path, modu: Modu) -> None:
    article(TEXT)
    shutil.copytree(pack.parent / "drafts", pack, dirs_exist_ok=True)
    result = modu("facts", "check", "--pack", str(pack))
    assert result.exit_code == 1
    assert "facts/new-2025.yaml:" in result.stderr
    assert "TODO" in result.stderr


def test_new_article_answers_once_edited(article: Callable[..., Result], pack: Path, modu: Modu) -> None:
    folder = pack.parent
    article("星塘小屋的床\n雾松小屋现在一共有54张床。\n", "--publisher", "山讯", "--published", "2025-03")
    shutil.copytree(folder / "drafts", pack, dirs_exist_ok=True)
    for text in (pack.parents[0] / "texts").glob("*.txt"):
        assert text.read_text("utf-8").count("\n") == 2
    checked = modu("facts", "check", "--pack", str(pack), "--articles", str(folder / "texts"))
    assert "1 verified" in checked.stdout, checked.output
    base = folder / "new.sqlite"
    arguments = ("--pack", str(pack), "--articles", str(folder / "texts"), "--out", str(base))
    assert modu("facts", "build", *arguments).exit_code == 0
    answer = modu("ask", "--base", str(base), "雾松小屋有多少张床？").stdout
    assert "54张" in answer
    assert "《new-2025》" in answer or "2025-03，第2段" in answer
    assert load_pack(pack).articles[-1].id == "new-2025"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--id", "a/b"], "is no id"),
        (["--id", "shanxun-2021"], "already"),
        (["--drop", "x"], "--drop"),
        (["--drop", "1-99"], "no paragraph"),
        (["--pack", "/none"], "/none"),
    ],
)
def test_import_that_cannot_be_done(
    article: Callable[..., Result], tmp_path: Path, more: list[str], message: str
) -> None:
    result = article(TEXT, *more)
    assert result.exit_code in {1, 2}
    assert message in result.stderr
    assert not (tmp_path / "drafts").exists()
    assert not (tmp_path / "texts").exists()


def test_import_overwrites_nothing(article: Callable[..., Result], tmp_path: Path) -> None:
    article(TEXT)
    before = (tmp_path / "texts" / "new-2025.txt").read_text("utf-8")
    result = article("another\n")
    assert result.exit_code == 1
    assert "there already" in result.stderr
    assert (tmp_path / "texts" / "new-2025.txt").read_text("utf-8") == before


@pytest.mark.parametrize("text", ["", "\n \n", "<html></html>", "\x00\ufffd", "《" * 5000, "9" * 5000 + "亿元"])
@pytest.mark.parametrize("name", ["new.txt", "new.html"])
def test_import_of_strange_files_shows_no_traceback(article: Callable[..., Result], text: str, name: str) -> None:
    if name.endswith("html"):
        pytest.importorskip("trafilatura")
    result = article(text, name=name)
    assert result.exit_code in {0, 1}
    assert "internal error" not in result.stderr
