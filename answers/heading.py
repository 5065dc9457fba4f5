"""What stands before and behind a statement: the figure, date or name asked for, and as of when and by whom it is."""

from __future__ import annotations

from typing import NamedTuple

from answers.phrasing import date_text, english_figure, joined, number_text
from knowledge.finding.outcome import Part
from knowledge.store.base import Base, FactRow

_COUNTER = {"zh-Hans": "个", "zh-Hant": "個"}
_FEW = 3
"""So many names stand before a statement at most."""


def leader(part: Part, base: Base, language: str) -> str:
    """The first of a ranking, or which of it is asked for, all that are equal; the thing that a card is of."""
    if part.kind == "members":
        return str(len(part.listed))
    if part.kind == "order" or (part.kind == "dated" and "number" not in part.asks):
        return ""
    if part.kind == "first":
        first = part.figures[0].text
        return joined((base.entity(f.entity).name(language) for f in part.figures if f.text == first), language)
    if part.kind in ("filter", "dated"):
        names = [base.entity(f.entity).name(language) for f in part.figures]
        if "number" not in part.asks:
            return joined(names, language)
        again = len(names) > len(set(names)) == 1
        counter = "" if language == "en" or part.kind == "filter" else "次" if again else _COUNTER[language]
        return f"{len(names)}{counter}"
    if part.figures:
        value = part.figures[min(part.place, len(part.figures)) - 1].value
        level = [f for f in part.figures if f.value == value]
        if len(level) == len(part.figures) > 1:
            return ""
        return joined((base.entity(f.entity).name(language) for f in level), language)
    if part.kind == "card" and len(part.named) == 1:
        return base.entity(next(iter(part.named))).name(language)
    return ""


class Sought(NamedTuple):
    """What a question asks for."""

    asks: frozenset[str]
    named: frozenset[int] = frozenset()
    """Entities that it names itself."""
    kinds: frozenset[str] = frozenset()
    """The kinds of entity that it asks for by a noun."""


def headline(fact: FactRow, sought: Sought, base: Base, language: str) -> str:
    """The figure, date or name that was asked for."""
    value, asks = base.relations[fact.relation].value, sought.asks
    if "date" in asks:
        # when a statement held is not when what it tells was done
        told = fact.timed or value == "date"
        return date_text(fact.as_of, language) if fact.as_of and told else ""
    if asks & {"number", "amount", "share", "duration"} and fact.quantities and value != "text" and fact.value:
        if language != "en" or fact.value.isascii():
            return fact.answer(language)
        return "" if value == "rank" else _english_value(fact)  # among the first of ten is no ten
    if asks & {"person", "which", "name", "place", "list"}:
        names = _names(fact, sought, base)
        if 0 < len(names) <= _FEW:
            return joined((base.entity(e).name(language) for e in names), language)
        tied = value == "entity" or ("person" in asks and fact.objects)
        if fact.subject not in sought.named and not names and (tied or _is_asked(fact, asks, base, language)):
            return base.entity(fact.subject).name(language)
    if asks - {"date"} and language != "en" and value == "text" and 0 < len(fact.value) <= 60:
        if _is_elsewhere(fact, sought, base):
            return ""
        return fact.answer(language) if fact.value not in fact.zh else ""
    return ""


def _names(fact: FactRow, sought: Sought, base: Base) -> list[int]:
    """The things at the other end of a fact, unless the one that it is on is what was asked for."""
    if sought.named.intersection(fact.objects):
        return []  # the others of a list are not what was asked for
    kinds = (
        base.kinds_like(sought.kinds) if sought.kinds else base.who | base.where if "person" in sought.asks else None
    )
    ends = [e for e in fact.objects if e not in sought.named]
    if kinds and fact.subject not in sought.named and base.entity(fact.subject).kind in kinds:
        return [e for e in ends if base.entity(e).kind in kinds]
    return ends


def _is_asked(fact: FactRow, asks: frozenset[str], base: Base, language: str) -> bool:
    """Whether a fact is on the person or place that is asked for, and says so: its value only tells what of it."""
    subject = base.entity(fact.subject)
    if fact.negated or fact.subject in base.whole or subject.name(language) not in fact.statement(language):
        return False
    if "which" in asks and fact.superlative:
        return True
    return ("person" in asks and subject.kind in base.persons) or ("place" in asks and subject.kind in base.where)


def _is_elsewhere(fact: FactRow, sought: Sought, base: Base) -> bool:
    """Whether a person or place is asked for, and a fact's value is words of something else.

    What somebody who is named is tells who that is.
    """
    kinds = base.kinds_like(sought.kinds) if sought.kinds else frozenset()
    told = [base.entity(e) for e in fact.spoken.difference(sought.named) if base.entity(e).kind in kinds]
    if told and not any(e.zh in fact.value for e in told):
        return True  # the company asked for is named further on
    if sought.asks.isdisjoint(("person", "place")) or base.relations[fact.relation].answers in sought.asks:
        return False
    return fact.subject not in sought.named or base.entity(fact.subject).kind not in base.persons


def _english_value(fact: FactRow) -> str:
    quantity = fact.quantities[0]
    if quantity.is_share:
        return f"{number_text(quantity.value * 100, 'en')}%"
    return english_figure(quantity.value, quantity.bound)


def aside(fact: FactRow, text: str, base: Base, language: str) -> str:
    """'截至2023年7月，据经济观察报', where the statement does not say it."""
    pieces = []
    if fact.as_of and fact.as_of[:4] not in text:
        date = date_text(fact.as_of, language)
        pieces.append(f"as of {date}" if language == "en" else f"截至{date}")
    if fact.by >= 0:
        by = base.entity(fact.by)
        said = base.tables.fold(text)
        if not any(name and name in said for name in base.folded_names(fact.by)):
            pieces.append(
                f"according to {by.name(language)}"
                if language == "en"
                else f"{'據' if language == 'zh-Hant' else '据'}{by.name(language)}"
            )
    return (", " if language == "en" else "，").join(pieces)
