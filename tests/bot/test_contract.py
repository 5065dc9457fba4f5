"""The fields of an answer as JSON: names, order and types of all fields, whatever the question came to."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

Modu = Callable[..., Result]

FIELDS: dict[str, type] = {
    "id": str,
    "status": str,
    "answer": str,
    "citations": list,
    "facts": list,
    "options": list,
    "related": list,
    "reading": dict,
    "took_us": int,
}
CITATION: dict[str, Any] = {
    "n": int,
    "article": str,
    "paragraph": int,
    "title": str,
    "publisher": str,
    "published": str,
    "quote": str,
}
READING = {"intent": str, "entities": list, "relation": str, "leftover": str}

QUESTIONS = {
    "answered": "冰舌小屋有多少张床？",
    "ambiguous": "海拔多少？",
    "unknown": "火星上有水吗",
    "smalltalk": "你好",
}


def typed(row: dict[str, Any], types: dict[str, type]) -> None:
    assert list(row) == list(types)
    for name, wanted in types.items():
        assert type(row[name]) is wanted, name


@pytest.mark.parametrize("status", QUESTIONS)
def test_contract_of_each_status(modu: Modu, status: str) -> None:
    [line] = modu("ask", "--json", QUESTIONS[status]).stdout.splitlines()
    row = json.loads(line)
    typed(row, FIELDS)
    typed(row["reading"], READING)
    assert row["status"] == status
    assert row["answer"]
    for citation in row["citations"]:
        typed(citation, CITATION)
    for name in ("facts", "options", "related"):
        assert all(type(item) is str for item in row[name])
    assert [c["n"] for c in row["citations"]] == list(range(1, len(row["citations"]) + 1))
    assert bool(row["facts"]) == (status == "answered")
    assert bool(row["options"]) == (status == "ambiguous")


def test_contract_answer_leaves_sources_to_citations(modu: Modu) -> None:
    row = json.loads(modu("ask", "--json", QUESTIONS["answered"]).stdout)
    plain = modu("ask", QUESTIONS["answered"]).stdout
    assert plain.startswith(row["answer"] + "\n\n")
    assert row["citations"][0]["publisher"] not in row["answer"]


def test_contract_quotes_where_the_base_has_the_texts(modu: Modu) -> None:
    row = json.loads(modu("ask", "--json", QUESTIONS["answered"]).stdout)
    assert "14张" in row["citations"][0]["quote"]
