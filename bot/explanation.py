"""How a question is understood, step by step: fold, link, read, find, decide."""

from __future__ import annotations

from collections.abc import Iterator

from answers.render import plain
from bot.answering import Desk, whole
from bot.page import safe
from knowledge.asking.message import folded, spelt_out
from knowledge.finding.find import find
from knowledge.finding.finding import MEASURES, Finding
from knowledge.linking.link import Mention
from knowledge.reading.clues import Clue
from knowledge.reading.reading import Reading, read
from knowledge.store.base import Base
from knowledge.text.numerals import Quantity
from knowledge.text.segments import split

_SHOWN = 6
"""Findings shown for each question."""
_LABEL = 12


def explain(text: str, desk: Desk, language: str = "") -> str:
    """Every step's result as lines of text."""
    text = whole(text)
    reply = desk.reply(text, language=language)
    return safe("\n".join([*_steps(text, desk), *_decision(desk, reply.outcome.status, plain(reply.answer))]))


def _row(label: str, value: str) -> str:
    """A labelled line; the lines of a longer value stand below one another."""
    first, *more = (value or "—").splitlines()
    return "\n".join([f"{label:<{_LABEL}}{first}", *(" " * _LABEL + line for line in more)])


def _steps(text: str, desk: Desk) -> Iterator[str]:
    base = desk.base
    plain_text = folded(text, base)
    han = spelt_out(plain_text, base)
    yield _row("question", text)
    yield _row("folded", plain_text)
    if han != plain_text:
        yield _row("from pinyin", han)
    yield from _triples(plain_text, desk)
    if base.plain and not base.fact_count:
        return
    segments = split(han, base.lexicon)
    for number, segment in enumerate(segments, start=1):
        yield ""
        yield _row(f"question {number}", segment.text)
        if segment.background:
            yield _row("background", segment.background)
        yield from _reading(read(segment.text, base), desk)


def _triples(text: str, desk: Desk) -> Iterator[str]:
    """The names of a bulk base in a question, and the predicates that fit it best."""
    if not desk.asker.plain:
        return
    for mention, ways in desk.asker.plain.ways(text, _SHOWN):
        yield ""
        yield _row("name", f"{mention.span.key}, {mention.how}, {mention.score:.2f}")
        for way in ways:
            if way.evidence.score:
                turned = ", asked for its subjects" if way.backward else ""
                weight = f"{way.evidence.score:.2f} by {way.evidence.how}"
                yield _row("", f"{way.name.text} · {way.predicate.id}{turned}: {weight}")


def _reading(reading: Reading, desk: Desk) -> Iterator[str]:
    base = desk.base
    yield _row("mentions", "\n".join(_mention(m, base) for m in reading.mentions))
    yield _row("words", " · ".join(f"{w.text} ({' '.join(w.tags)})" for w in reading.words))
    yield _row("clues", "\n".join(map(_clue, reading.clues)))
    yield _row("asks for", ", ".join(sorted(reading.asks)))
    yield _row("kinds", ", ".join(reading.kinds))
    yield _row("intents", ", ".join(sorted(reading.intents)))
    yield _row("figures", ", ".join(map(_figure, reading.quantities)))
    yield _row("dates", ", ".join(f"{_day(p.first)} to {_day(p.last)}" for p in reading.periods))
    yield _row("not known", ", ".join(reading.unknown))
    findings = find(reading, base)
    yield _row("findings", f"{len(findings)}" + (f", the best {_SHOWN}:" if len(findings) > _SHOWN else ""))
    for place, finding in enumerate(findings[:_SHOWN], start=1):
        refusal = desk.asker.bar.refusal(finding, reading)
        told = f"would not answer: {refusal}" if refusal else "would answer"
        yield _row(f"  {place}", "\n".join([f"{finding.fact.id}: {told}", *_finding(finding, reading)]))


def _day(day: tuple[int, ...]) -> str:
    return "-".join(f"{n:02}" for n in day)


def _mention(mention: Mention, base: Base) -> str:
    entities = [base.entity(e) for e in mention.entities]
    names = ", ".join(f"{e.id} ({e.kind}, {e.zh}{', generic' if e.generic else ''})" for e in entities)
    return f"{mention.text} → {names}, {mention.how}"


def _clue(clue: Clue) -> str:
    terms = [*clue.terms, *(pair for pair, _, _ in clue.pairs)]
    return f"{clue.text}: weight {clue.weight:.2f}{', light' if clue.light else ''}; {' '.join(terms) or 'no term'}"


def _finding(finding: Finding, reading: Reading) -> Iterator[str]:
    # all measures by their own names: the ranking is tuned more often than this page
    measures = []
    for name in MEASURES:
        value = getattr(finding, name)
        measures.append(f"{name} {'yes' if value else 'no'}" if isinstance(value, bool) else f"{name} {value:.2f}")
    yield " · ".join(measures)
    if finding.missing:
        yield "missing: " + ", ".join(f"{c.text} ({c.weight:.2f})" for c in finding.missing)
    if finding.unnamed:
        yield "does not speak of: " + ", ".join(reading.mentions[i].text for i in finding.unnamed)
    yield finding.fact.zh


def _decision(desk: Desk, status: str, text: str) -> Iterator[str]:
    yield ""
    yield _row("limits", ", ".join(f"{name} {limit}" for name, limit in desk.asker.bar.limits._asdict().items()))
    yield _row("decision", status)
    yield _row("answer", text)


def _figure(quantity: Quantity) -> str:
    """A figure as it was read: 60% for a share of 0.6."""
    value = quantity.value * 100 if quantity.is_share else quantity.value
    return f"{value.normalize():f}{quantity.unit}"
