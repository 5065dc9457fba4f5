"""What is new in a base since an older one, as a digest tells it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from answers.digest import News
from bot.difference import compare
from knowledge.errors import BaseError
from knowledge.store.base import Base, FactRow


@lru_cache(maxsize=32)
def news_since(old: str, digest: str, new: Base, language: str) -> News:
    """The news since an older base; none where its file is gone or holds another base by now."""
    try:
        before = Base(Path(old))
        same = before.digest == digest
        before.close()
        return news(Path(old), new, language) if same else News()
    except BaseError:
        return News()


def news(old: Path, new: Base, language: str) -> News:
    """What was added, changed and withdrawn between two bases. Raises BaseError where `old` is no base."""
    found = compare(old, new.path)
    if not (found.added or found.changed or found.withdrawn):
        return News()
    before = Base(old)
    try:
        return News(
            added=tuple(_fact(new, name) for name in found.added),
            changed=tuple(_changed(before, new, name, language) for name in found.changed),
            withdrawn=tuple(_fact(before, name).statement(language) for name in found.withdrawn),
        )
    finally:
        before.close()


def _changed(before: Base, new: Base, name: str, language: str) -> tuple[str, FactRow]:
    old, fact = _fact(before, name).statement(language), _fact(new, name)
    return ("" if old == fact.statement(language) else old), fact


def _fact(base: Base, name: str) -> FactRow:
    number = base.fact_number(name)
    if number is None:
        raise BaseError(f"{base.path} has lost the fact {name}; build it anew: modu facts build")
    return base.fact(number)
