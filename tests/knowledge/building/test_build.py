"""The compiled base: always the same file for the same pack, made in one step, and opened only if it is whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.building.build import build, read_articles
from knowledge.building.bulk import Bulk
from knowledge.building.pack import bare_pack
from knowledge.errors import PackError
from knowledge.store.base import Base
from knowledge.store.records import Pack

ROOT = Path(__file__).parents[3]


def test_build_twice_gives_the_same_file(
    alpine_pack: Pack, alpine_file: Path, alpine_articles: Path, tmp_path: Path
) -> None:
    built = build(alpine_pack, tmp_path / "again.sqlite", alpine_articles)
    assert built.path.read_bytes() == alpine_file.read_bytes()


def test_build_gives_the_same_file_in_another_process(alpine_dir: Path, tmp_path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from knowledge.building.build import build\nfrom knowledge.building.pack import load_pack\n"
        "print(build(load_pack(Path(sys.argv[1])), Path(sys.argv[2])).hash)"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, alpine_dir, tmp_path / f"{seed}.sqlite"],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    one, other = (process.communicate()[0] for process in running)
    assert len(one.strip()) == 16
    assert one == other


def test_build_into_a_directory_names_the_file_by_its_hash(alpine_pack: Pack, tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    out.mkdir(parents=True)
    built = build(alpine_pack, out)
    assert built.path == out / f"alpine-huts-{built.hash}.sqlite"
    assert built.counts == {"entity": 13, "relation": 11, "fact": 35, "paragraph": 0}
    base = Base(built.path)
    assert base.quote("chenbao-2024", 5) is None
    base.close()

    other = build(replace(alpine_pack, facts=alpine_pack.facts[:-1]), out)
    assert built.hash != other.hash
    assert set(out.iterdir()) == {built.path, other.path}


def test_build_makes_the_directory_it_needs(alpine_pack: Pack, tmp_path: Path) -> None:
    assert build(replace(alpine_pack, facts=()), tmp_path / "a" / "b" / "huts.sqlite").path.is_file()


def test_build_replaces_a_file_in_one_step(alpine_pack: Pack, alpine_file: Path, tmp_path: Path) -> None:
    target = Path(shutil.copy(alpine_file, tmp_path / "huts.sqlite"))
    base = Base(target)
    build(replace(alpine_pack, facts=()), target)
    # who has the old one open reads on in it
    assert base.fact(0).id
    assert base.fact_count == 35
    base.close()
    fresh = Base(target)
    assert fresh.fact_count == 0
    fresh.close()
    assert list(tmp_path.iterdir()) == [target]


def test_build_that_fails_leaves_the_old_file(
    alpine_pack: Pack, alpine_file: Path, alpine_articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = Path(shutil.copy(alpine_file, tmp_path / "huts.sqlite"))
    before = target.read_bytes()

    # a text that does not fit
    texts = Path(shutil.copytree(alpine_articles, tmp_path / "texts"))
    (texts / "shanxun-2021.txt").write_text("一段\n", "utf-8")
    with pytest.raises(PackError):
        build(alpine_pack, target, texts)
    # a pack that was not checked
    broken = replace(alpine_pack, facts=(replace(alpine_pack.facts[0], subject="nobody"),))
    with pytest.raises(KeyError):
        build(broken, target)
    # a disk that fails at the last step
    monkeypatch.setattr(Path, "replace", _fail)
    with pytest.raises(OSError, match="no space"):
        build(replace(alpine_pack, facts=()), target)

    assert target.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["huts.sqlite", "texts"]


def _fail(*_: object) -> None:
    raise OSError("no space left on device")


def test_build_takes_texts_that_are_there(alpine_pack: Pack, alpine_articles: Path, tmp_path: Path) -> None:
    shutil.copy(alpine_articles / "chenbao-2024.txt", tmp_path)
    assert [len(x) for x in read_articles(alpine_pack, tmp_path).values()] == [8]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("shanxun-2021.txt", "一段\n", "K041 {path} has 1 paragraphs; articles.yaml says 9"),
        ("chenbao-2024.txt", "", "K041 {path} has 0 paragraphs; articles.yaml says 8"),
    ],
)
def test_build_reports_a_text_of_another_length(
    alpine_pack: Pack, tmp_path: Path, name: str, text: str, says: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(PackError) as caught:
        read_articles(alpine_pack, tmp_path)
    assert str(caught.value) == says.format(path=tmp_path / name)


def test_build_reports_a_directory_of_texts_that_is_not_there(alpine_pack: Pack, tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"K040 .* is no directory of article texts"):
        build(alpine_pack, tmp_path / "huts.sqlite", tmp_path / "none")


def test_build_of_a_large_file_takes_what_a_second_process_worked_out(tmp_path: Path) -> None:
    file = tmp_path / "villages.jsonl"
    lines = [f'{{"s": "第{n}号村", "p": "人口", "o": "{n}人，{"山里的人家" * 20}"}}\n' for n in range(4000)]
    file.write_text("".join(lines), "utf-8")
    assert file.stat().st_size > 1 << 20
    base = Base(build(bare_pack(file), tmp_path / "villages.sqlite", bulk=Bulk([file])).path)
    assert base.lexicon.having("i:once")
    base.close()
