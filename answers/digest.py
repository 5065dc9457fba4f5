"""A digest: what is new since the last one, one thing explained, what others asked, and a question to tap.

The same base, chat and date give the same digest.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import Template

from answers.chart import Chart, chart
from answers.compose import Answer, CitationLine, Line, compose
from answers.html import environment, parted
from answers.phrasing import date_text
from answers.render import TEMPLATES, rendered
from answers.spotlight import EVERYTHING, Spotlight, Topics, next_spotlight, number, spotlights
from knowledge.finding.outcome import Outcome, Part
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow

NEWS = 5
"""New, changed and withdrawn facts that are told of each; the others are counted."""
ASKED = 3
_COMPARED = 4
"""Facts told of a comparison: the chart shows the others."""


class News(NamedTuple):
    """What leads from the base of the last digest to this one."""

    added: tuple[FactRow, ...] = ()
    changed: tuple[tuple[str, FactRow], ...] = ()
    """(statement as it was, fact as it is); '' where the statement is the same."""
    withdrawn: tuple[str, ...] = ()
    """Statements."""


NO_NEWS = News()


class Asked(NamedTuple):
    """What people asked about, counted; nobody's words."""

    entity: str
    relation: str
    times: int


class Entry(NamedTuple):
    """A statement of a digest, and what it said before where it changed."""

    line: Line
    before: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything a surface needs to show."""

    language: str
    title: str
    date: str
    added: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    withdrawn: tuple[str, ...]
    more: int
    """News that are not told."""
    heading: str
    spotlight: tuple[Entry, ...]
    notes: tuple[str, ...]
    asked: tuple[tuple[str, int], ...]
    question: str
    """A question that the base answers."""
    citations: tuple[CitationLine, ...]
    chart: Chart | None
    key: str
    """Of the spotlight, for the memory of what was shown."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a chat wants its digest to be."""

    chat: str
    """Any name of the chat that stays the same."""
    language: str
    topics: Topics = EVERYTHING
    picture: bool = True
    shown: tuple[str, ...] = ()
    """Keys of the spotlights the chat has seen, the latest last."""


def digest(base: Base, wish: Wish, day: Date, news: News = NO_NEWS, asked: Sequence[Asked] = ()) -> Digest | None:
    """The digest of a day, None for a base without anything to say."""
    news = _on_topic(news, wish.topics, base)
    found = spotlights(base, wish.topics) or spotlights(base)
    chosen = next_spotlight(found, wish.shown, wish.chat)
    added, changed = news.added[:NEWS], news.changed[:NEWS]
    told = _told(chosen)
    if not (added or changed or news.withdrawn or told):
        return None
    answer = _composed(base, wish.language, added, [f for _, f in changed], told)
    lines = [line for block in answer.blocks for line in block.lines]
    entries = [Entry(line) for line in lines]
    of_change = entries[len(added) : len(added) + len(changed)]
    drawn = chart(chosen.figures, base, wish.language) if chosen and wish.picture else None
    return Digest(
        language=wish.language,
        title=base.caption.title(wish.language),
        date=date_text(day.isoformat(), wish.language),
        added=tuple(entries[: len(added)]),
        changed=tuple(e._replace(before=before) for e, (before, _) in zip(of_change, changed, strict=True)),
        withdrawn=news.withdrawn[:NEWS],
        more=sum(max(0, len(part) - NEWS) for part in news),
        heading=_heading(chosen, base, wish.language),
        spotlight=tuple(entries[len(added) + len(changed) :]),
        notes=answer.blocks[-1].notes if told else (),
        asked=_asked(asked, base, wish.language),
        question=_question(base, wish, day),
        citations=answer.citations,
        chart=drawn,
        key=chosen.key if chosen else "",
    )


def _on_topic(news: News, topics: Topics, base: Base) -> News:
    """What of the news the chat wants to hear; withdrawn facts concern everybody."""
    return News(
        tuple(f for f in news.added if topics.hold(f, base)),
        tuple(c for c in news.changed if topics.hold(c[1], base)),
        news.withdrawn,
    )


def _told(chosen: Spotlight | None) -> tuple[FactRow, ...]:
    if chosen is None:
        return ()
    return chosen.facts[:_COMPARED] if chosen.kind == "comparison" else chosen.facts[:NEWS]


def _composed(
    base: Base, language: str, added: Sequence[FactRow], changed: Sequence[FactRow], told: Sequence[FactRow]
) -> Answer:
    """Each fact as a line of an answer, cited; one part a fact, so that no length drops any."""
    numbers = {f.f for f in told}
    notes = tuple(note for facts, note in base.disagreements() if len(facts & numbers) >= 2)
    parts = [Part("facts", (fact,)) for fact in (*added, *changed, *told)]
    if told:
        parts[-1] = parts[-1]._replace(notes=notes)
    return compose(Outcome("answered", Reading(""), tuple(parts)), base, language)


def _heading(chosen: Spotlight | None, base: Base, language: str) -> str:
    if chosen is None:
        return ""
    entity = base.entity(chosen.entity).name(language) if chosen.entity >= 0 else ""
    measure = base.relations[chosen.relation].label(language) if chosen.relation >= 0 else ""
    return words(language)[chosen.kind].format(entity=entity, measure=measure)


def _asked(asked: Sequence[Asked], base: Base, language: str) -> tuple[tuple[str, int], ...]:
    found = []
    relations = {r.id: r for r in base.relations}
    for each in asked:
        e = base.entity_number(each.entity)
        if e is not None:
            relation = relations.get(each.relation)
            name = base.entity(e).name(language)
            found.append((f"{name} · {relation.label(language)}" if relation else name, each.times))
    return tuple(found[:ASKED])


def _question(base: Base, wish: Wish, day: Date) -> str:
    """One of the pack's examples, another one each day."""
    examples = base.caption.examples.get("en" if wish.language == "en" else "zh", [])
    if not examples:
        return ""
    return examples[(day.toordinal() + number(wish.chat)) % len(examples)]


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return dict(json.loads((TEMPLATES / "digest.json").read_text("utf-8")))


def words(language: str) -> dict[str, str]:
    """The texts of digests in a language."""
    return dict(_words()[language])


def plain(digest: Digest) -> str:
    """The digest as text, with its sources."""
    return rendered("digest.txt", d=digest, t=words(digest.language))


@lru_cache(maxsize=1)
def _page() -> Template:
    return environment(TEMPLATES).get_template("digest.html")


def blocks(digest: Digest) -> list[str]:
    """The digest as HTML blocks, sources folded away."""
    return parted(_page().render(d=digest, t=words(digest.language)))
