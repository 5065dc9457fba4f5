from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from knowledge.errors import PackError
from knowledge.plain.triples import BATCH, Trouble, bulk_files, read


def rows(path: Path, *, skip: bool = False) -> list[tuple[str, str, str, int]]:
    trouble = Trouble(skip=skip)
    found = [row for batch in read(path, trouble) for row in zip(*batch, strict=True)]
    trouble.check()
    return found  # type: ignore[return-value]


def test_triples_of_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"s": "甲", "p": "乙", "o": "丙"}\n\n{"s":"x","p":"y","o":["1","2"]}\n{"s":"n","p":"y","o":3.5}\n')
    assert rows(path) == [("甲", "乙", "丙", 1), ("x", "y", "1", 3), ("x", "y", "2", 3), ("n", "y", "3.5", 4)]


@pytest.mark.parametrize(
    ("start", "between", "end"),
    [
        ('{"s": "', '", "p": "', '"}\n'),
        ('{"s":"', '","p":"', '"}\n'),
        (' { "s" : "', '" , "p" : "', '" } \r\n'),
        ('{"source":"x","s":"', '","p":"', '"}\n'),
    ],
)
@pytest.mark.parametrize("odd", ["甲 ", "{", "}", "a, b: c", '\\"', "\\u4e59", "\\n", "丙\u3000"])
def test_triples_are_the_same_however_lines_are_written(
    tmp_path: Path, start: str, between: str, end: str, odd: str
) -> None:
    path = tmp_path / "a.jsonl"
    parts = [("甲", "乙", "丙"), (odd, "乙", odd), ("丁", odd, "")]
    path.write_text(
        "".join(f'{start}{s}{between}{p}", "o": "{o or "戊"}{end}' for s, p, o in parts), "utf-8", newline=""
    )
    text = odd.encode().decode("unicode_escape") if odd.startswith("\\") else odd
    expected = [("甲", "乙", "丙", 1), (text, "乙", text, 2), ("丁", text, "戊", 3)]
    assert [tuple(map(str, row)) for row in rows(path)] == [tuple(map(str, row)) for row in expected]


def test_triples_whose_keys_stand_in_another_order(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"o": "丙", "s": "甲", "p": "乙"}\n' * 2 + '{"s": "甲", "p": "乙", "o": "丙"}', "utf-8")
    assert rows(path) == [("甲", "乙", "丙", line) for line in (1, 2, 3)]
    path.write_text('{"p": "乙", "o": "丙", "s": "甲"}\n' * 3, "utf-8")
    assert rows(path) == [("甲", "乙", "丙", line) for line in (1, 2, 3)]


@pytest.mark.parametrize(
    "line", ['{"s": "a", "p": {"b": "c"}, "o": 1}', '{"s": "a", "s": "b", "o": "c"}', '["s", "p"]']
)
def test_triples_that_only_look_like_others(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{line}\n" * 3, "utf-8")
    assert rows(path, skip=True) == []


@pytest.mark.parametrize("head", ["s,p,o", "Subject,Predicate,Object", "subject,relation,value"])
def test_triples_of_csv(tmp_path: Path, head: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'{head}\n甲,乙,"丙,丁"\nx,y,z\n', "utf-8")
    assert rows(path) == [("甲", "乙", "丙,丁", 2), ("x", "y", "z", 3)]


def test_triples_of_gzip(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"s":"a","p":"b","o":"c"}\n' * (BATCH + 1)))
    assert len(rows(path)) == BATCH + 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"s": "a", "p": "b"}', '"o" is missing'),
        (b'{"s": "a", "p": "b", "o": {}}', '"o" is neither a text nor a number'),
        (b'{"s": " ", "p": "b", "o": "c"}', '"s" is empty'),
        (b'["a", "b", "c"]', "is no JSON object"),
        (b'{"s": "a"', "is no JSON"),
        (b'{"s": "\xff", "p": "b", "o": "c"}', "is not UTF-8"),
        (b'{"s":"a","p":"b","o":"c"},{"s":"a","p":"b","o":"c"}', "is no JSON"),
    ],
)
def test_triples_broken_lines_are_refused_or_skipped(tmp_path: Path, line: bytes, message: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"s":"a","p":"b","o":"c"}\n' + line + b'\n{"s":"d","p":"e","o":"f"}\n')
    with pytest.raises(PackError) as caught:
        rows(path)
    assert f"K050 a.jsonl:2:1 {message}" in str(caught.value)
    assert rows(path, skip=True) == [("a", "b", "c", 1), ("d", "e", "f", 3)]


def test_triples_csv_without_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b,c\n1,2,3\n")
    with pytest.raises(PackError, match="name the columns s, p and o"):
        rows(path)


def test_triples_truncated_gzip(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"s":"a","p":"b","o":"c"}\n' * 50)[:-12])
    with pytest.raises(PackError, match="breaks in the middle"):
        rows(path)


def test_triples_many_mistakes_stop_early(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("no\n" * 3 * BATCH)
    with pytest.raises(PackError, match=f"and {BATCH - 20} more"):
        rows(path)


def test_bulk_files_of_a_pack(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    for name in ("facts.jsonl", "triples.csv.gz", "facts/a.csv", "facts/b.yaml", "other.jsonl"):
        (tmp_path / name).touch()
    assert [str(p.relative_to(tmp_path)) for p in bulk_files(tmp_path)] == [
        "facts.jsonl",
        "triples.csv.gz",
        "facts/a.csv",
    ]
