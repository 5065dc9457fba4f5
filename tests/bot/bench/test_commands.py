"""`modu bench` and `modu bench questions` on very small bases."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from bot.bench import children, curated, speed
from bot.bench.peers import peers
from bot.bench.questionset import half_of, read_questions
from bot.bench.tables import goals
from bot.bench.worlds import World
from knowledge.errors import ModuError

Modu = Callable[..., Result]

HELD = {
    "青云大桥": {"长度": ["1200米"], "建成时间": ["1987年"], "设计者": ["林远山"], "所在地": ["青云市"]},
    "白沙水库": {"长度": ["30米"], "建成时间": ["1999年"], "所在地": ["白沙县"]},
    "红枫古镇": {"所在地": ["红枫县"], "人口": ["3200"], "特产": ["红糖", "茶叶"]},
}
TRIPLES = [(s, p, o) for s, held in HELD.items() for p, values in held.items() for o in values]
QUESTIONS = [
    {"id": "1", "q": "青云大桥的长度是多少？", "answers": ["1200米"], "gold": {"s": "青云大桥", "p": "长度"}},
    {"id": "2", "q": "白沙水库是什么时候建的？", "answers": ["1999年"], "gold": {"s": "白沙水库", "p": "建成时间"}},
    {"id": "3", "q": "红枫古镇的特产是什么？", "answers": ["红糖", "茶叶"], "gold": {"s": "红枫古镇", "p": "特产"}},
    {
        "id": "4", "q": "它的人口是多少？", "answers": ["3200"], "gold": {"s": "红枫古镇", "p": "人口"}, "n_slots": 2,
        "history": ["红枫古镇的特产是什么？", "红枫古镇的特产是红糖、茶叶。"],
    },
    {"id": "5", "q": "红枫古镇的设计者是谁？", "answers": [], "gold": {"s": "红枫古镇", "p": "设计者", "o": None}},
]  # fmt: skip


@pytest.fixture
def triples(tmp_path: Path) -> Path:
    path = tmp_path / "kb.jsonl.gz"
    rows = (json.dumps({"s": s, "p": p, "o": o}, ensure_ascii=False) for s, p, o in TRIPLES)
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    return path


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in QUESTIONS), "utf-8")
    return path


def test_bench_questions(modu: Modu, triples: Path, questions: Path, tmp_path: Path) -> None:
    figures, answers = tmp_path / "figures.json", tmp_path / "answers.jsonl"
    result = modu(
        "bench", "questions", "--kb", str(triples), "--questions", str(questions), "--json", str(figures),
        "--answers", str(answers),
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    groups = {row["name"]: row["figures"] for row in json.loads(figures.read_text("utf-8"))["groups"]}
    assert groups["all with a value"]["f1"] == 100.0
    assert groups["no value in the base"]["answered"] == 0.0
    assert {"predicate literal", "subject not named", "misspelt, all", "subject not in the base"} <= groups.keys()
    assert groups["subject not in the base"]["wrong_of_all"] == 0.0
    rows = [json.loads(line) for line in answers.read_text("utf-8").splitlines()]
    assert {tuple(row["given"]) for row in rows if row["id"] == "3"} >= {("红糖", "茶叶")}
    assert "hit@1" in result.stdout


def test_bench_questions_of_one_half_and_a_sample(questions: Path) -> None:
    even, odd = (read_questions(questions, half) for half in ("even", "odd"))
    assert sorted(q.id for q in (*even, *odd)) == [str(row["id"]) for row in QUESTIONS]
    assert {half_of(q.id) for q in even} == {"even"}
    drawn = read_questions(questions, sample=2, seed=3)
    assert len(drawn) == 2
    assert drawn == read_questions(questions, sample=2, seed=3)


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"id": 1, "q": "?", "answers": null}', ""])
def test_bench_questions_of_a_bad_file(questions: Path, line: str) -> None:
    questions.write_text(line, "utf-8")
    with pytest.raises(ModuError, match=str(questions)):
        read_questions(questions)


def test_bench_measures_small_sizes(modu: Modu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curated, "RUNS", 1)
    monkeypatch.setattr(curated, "MOST", 5)
    monkeypatch.setattr(speed, "OPENINGS", 1)
    monkeypatch.setattr(speed, "MEMORY", 20)
    file = tmp_path / "figures.json"
    result = modu("bench", "--size", "60", "--size", "0.2k", "--facts", "1k", "--questions", "4", "--json", str(file))
    assert result.exit_code == 0, result.stderr
    sizes = json.loads(file.read_text("utf-8"))["sizes"]
    assert [(s["names"], s["facts"]) for s in sizes] == [(60, 1000), (200, 1000)]
    for size in sizes:
        assert min(size[key] for key in ("build_seconds", "base_bytes", "open_ms", "resident_bytes")) > 0
        for kinds in size["tools"].values():
            assert {"all", "clean", "homophone"} <= kinds.keys()
            assert all(0 <= row["top1"] <= row["top5"] <= 100 for row in kinds.values())
        assert size["tools"][speed.OURS]["clean"]["top1"] >= 75
    assert "Goals" in result.stdout
    assert "rapidfuzz WRatio" in result.stdout


def test_bench_wants_numbers(modu: Modu) -> None:
    for word in ("many", "0", "-3", "1T"):
        assert modu("bench", "--size", word).exit_code == 2


def test_peers_find_clean_names() -> None:
    world = World(80, 800)
    found, missing = peers(world.names)
    assert {"rapidfuzz WRatio", "rapidfuzz partial_ratio", "SQL LIKE"} <= {peer.name for peer in found}
    assert all("not installed" in note for note in missing)
    for peer in found:
        cases = [case for case in world.cases(40) if len(case.name) >= 6]
        hits = sum(case.name in (peer.find(case.text), *peer.top(case.text)) for case in cases)
        assert hits >= len(cases) * 0.7, peer.name


def test_peers_that_are_not_installed_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name in {"hassil", "ahocorasick"} else name)
    found, missing = peers(["青云大桥"])
    assert not [peer for peer in found if "hassil" in peer.name or "Aho" in peer.name]
    assert [note.partition(" ")[0] for note in missing] == ["pyahocorasick", "hassil"]


def test_goals_of_no_size() -> None:
    assert goals([]) == []


def test_memory_is_told() -> None:
    assert children.resident() > 1_000_000
