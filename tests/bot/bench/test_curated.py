"""The figures of `modu bench base`."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from bot.bench import curated
from knowledge.store.base import Base

Modu = Callable[..., Result]


@pytest.fixture(autouse=True)
def _few_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curated, "RUNS", 1)


def test_bench_of_a_file(modu: Modu, tmp_path: Path) -> None:
    file = tmp_path / "questions"
    file.write_text('鹰石小屋海拔多少？\n\n{"id": "1", "turns": ["冰舌小屋海拔多少？", "它有多少张床？"]}\n', "utf-8")
    row = json.loads(modu("bench", "base", "--json", "--questions", str(file)).stdout)
    assert list(row) == [f.name for f in dataclasses.fields(curated.Speed)]
    assert row["questions"] == 2
    assert 0 < row["p50_us"] <= row["p90_us"] <= row["p99_us"] <= row["max_us"]
    assert row["facts"] == 35
    assert row["process_ms"] > row["python_ms"] > 0


def test_bench_makes_up_questions_and_prints_a_table(
    modu: Modu, alpine_base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curated, "MOST", 20)
    assert len(curated.made_questions(alpine_base)) <= 20
    result = modu("bench", "base")
    assert result.exit_code == 0
    for part in ("p50", "p99", "questions a second", "python -c pass", "opening the base", "MiB"):
        assert part in result.stdout


@pytest.mark.parametrize("content", [b"", b"\n \n", b"{", b"\xff"])
def test_bench_of_a_bad_file(modu: Modu, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad").write_bytes(content)
    result = modu("bench", "base", "--questions", str(tmp_path / "bad"))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"modu: {tmp_path / 'bad'}")
