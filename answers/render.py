"""Render answers: plain text from Jinja2 templates, and the JSON contract."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket

from answers.compose import Answer
from knowledge.finding.outcome import Outcome
from knowledge.store.base import Base

TEMPLATES = Path(__file__).parent / "templates"


def marks(numbers: Iterable[int]) -> str:
    """'[1][2]'."""
    return "".join(f"[{n}]" for n in numbers)


def listed(values: Iterable[str], comma: str) -> str:
    """The values with `comma` between them: in a third of the time of Jinja's own filter."""
    return comma.join(values)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # plain text: nothing is markup here, and the terminal and JSON surfaces escape for themselves
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=False,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["marks"] = environment.filters["marks"] = marks
    environment.filters["listed"] = listed
    return environment


class _Kept(FileSystemBytecodeCache):
    """Compiled templates in a folder; whatever goes wrong there costs time, never an answer."""

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001 -- a damaged file can fail in any way that pickle and marshal know
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def keep_templates(folder: Path) -> None:
    """Keep compiled templates in `folder`, so that the next process answers without compiling them (20 ms).

    They are code: a folder that others can write is not used.
    """
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
        if found.st_uid == os.getuid() and not found.st_mode & 0o022:
            _environment().bytecode_cache = _Kept(str(folder))


@lru_cache(maxsize=16)
def _template(name: str) -> Template:
    return _environment().get_template(name)


def rendered(name: str, **values: Any) -> str:
    """A text template with its values; no two blank lines follow one another."""
    lines = [line.rstrip() for line in _template(name).render(**values).splitlines()]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).strip()


def plain(answer: Answer) -> str:
    """The answer as text, without the list of sources."""
    blocks = answer.blocks
    if len(blocks) == 1 and blocks[0].kind == "values":
        text = _macro("values", answer.language)(blocks[0])  # most answers from triples: this is all there is to them
    else:
        text = _macro("answer", answer.language)(answer)
    lines = [line.rstrip() for line in text.splitlines()]
    return "\n".join([line for line in lines if line]).strip()


def sources(answer: Answer) -> str:
    """The numbered list of sources as text, '' if there are none."""
    if not answer.citations:
        return ""
    return _macro("sources", answer.language)(answer.citations).strip()


@lru_cache(maxsize=8)
def _macro(name: str, language: str) -> Callable[[Any], str]:
    """What renders one thing: in half the time of a whole template, which makes a context for each text."""
    macro: Callable[[Any], str] = getattr(_template(f"{name}.{language}.txt").module, name)
    return macro


def as_json(answer: Answer, outcome: Outcome, base: Base, took_us: int) -> dict[str, Any]:
    """The fields of an answer as JSON, without the id."""
    reading = outcome.reading
    return {
        "status": answer.status,
        "answer": plain(answer),
        "citations": [
            {
                "n": c.n,
                "article": c.article,
                "paragraph": c.paragraph,
                "title": c.title,
                "publisher": c.publisher,
                "published": c.published,
                "quote": c.quote,
            }
            for c in answer.citations
        ],
        "facts": list(answer.facts),
        "options": list(answer.options),
        "related": [i for i, _ in answer.related],
        "reading": {
            "intent": _intent(outcome),
            "entities": [base.entity(e).id for m in reading.mentions for e in m.entities],
            "relation": _relation(outcome, base),
            "leftover": " ".join(reading.unknown),
        },
        "took_us": took_us,
    }


def _relation(outcome: Outcome, base: Base) -> str:
    """The relation of the first fact given, else the first one that the question has a cue of; '' if there is none."""
    part = outcome.parts[0] if outcome.parts else None
    if part and part.found:
        return part.found[0].predicate.id
    if part and part.facts:
        return base.relations[part.facts[0].relation].id
    return next((t[2:] for w in outcome.reading.words for t in w.tags if t.startswith("r:")), "")


def _intent(outcome: Outcome) -> str:
    if outcome.smalltalk:
        return outcome.smalltalk
    if outcome.parts:
        kind = outcome.parts[0].kind
        return "lookup" if kind in {"facts", "values"} else kind
    return "lookup"
