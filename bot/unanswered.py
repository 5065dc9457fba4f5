"""Questions that found no answer, put together by likeness: what people ask and the facts do not hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz, process

from knowledge.store.base import Base
from knowledge.text.fold import name_key

ALIKE = 82
"""Of 100, from which two questions are one."""
_NEAR = 25
_MOST_NAMES = 50_000
"""Entities above which none is proposed: each name would be looked at."""


class Asked(NamedTuple):
    """A question as it was kept."""

    id: int
    text: str
    language: str
    words: str
    """What nothing explained, '' if all was."""
    created: float


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are alike."""

    questions: tuple[Asked, ...]
    """The newest first."""

    @property
    def text(self) -> str:
        return self.questions[0].text

    @property
    def words(self) -> str:
        return next((q.words for q in self.questions if q.words), "")

    @property
    def ids(self) -> list[int]:
        return [q.id for q in self.questions]


def groups(questions: Iterable[Asked]) -> list[Group]:
    """The questions by likeness, the largest group first; `questions` come with the newest first."""
    keys: list[str] = []
    found: list[list[Asked]] = []
    for question in questions:
        key = name_key(question.text.casefold())
        best = process.extractOne(key, keys, scorer=fuzz.ratio, score_cutoff=ALIKE) if keys else None
        if best:
            found[best[2]].append(question)
        else:
            keys.append(key)
            found.append([question])
    return [Group(tuple(group)) for group in sorted(found, key=len, reverse=True)]


def near(word: str, base: Base, most: int = 3) -> list[str]:
    """Ids of the entities whose names are nearest to a word; it may be meant for one of them."""
    if not word or base.entity_count > _MOST_NAMES:
        return []
    names = {}
    for e in range(base.entity_count):
        entity = base.entity(e)
        names.update(dict.fromkeys((name for name in entity.names if name), entity.id))
    close = process.extract(word, list(names), scorer=fuzz.ratio, limit=most * 3, score_cutoff=_NEAR)
    return list(dict.fromkeys(names[name] for name, _, _ in close))[:most]


def example_rows(found: Sequence[Group]) -> Iterator[str]:
    """The groups as rows of an examples file, each to be completed with the facts that should answer."""
    for group in found:
        about = json.dumps(group.words or group.text, ensure_ascii=False)
        yield f"- about: {about}  # asked {len(group.questions)} times"
        yield "  ask:"
        for language, text in {q.language or "zh-Hans": q.text for q in reversed(group.questions)}.items():
            yield f"    {language}: {json.dumps(text, ensure_ascii=False)}"
        yield "  facts: []  # those that answer it; until then: status: unknown"
