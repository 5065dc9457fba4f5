"""Bases without the subjects that are asked about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.bench.asking import without


@pytest.mark.parametrize("written", ["潮汐谣", "《潮汐谣》", "潮汐谣（电影）", "潮汐 谣"])
def test_without_takes_out_every_way_to_write_a_name(tmp_path: Path, written: str) -> None:
    kept = {"s": "潮汐", "p": "作者", "o": "顾临川"}
    rows = [kept, {"s": written, "p": "作者", "o": "马思远"}, {"s": "马思远", "p": "作品", "o": written}]
    file = tmp_path / "songs.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (copy,) = without(frozenset({"潮汐谣"}), [file], tmp_path)
    assert [json.loads(line) for line in copy.read_text("utf-8").splitlines()] == [kept]
