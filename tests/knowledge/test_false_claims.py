"""Claims made of statements: as they stand, with another name of the kind in place of one, or two changed about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from knowledge.asking.ask import Asker
from knowledge.building.build import build
from knowledge.building.pack import load_pack
from knowledge.store.base import Base, FactRow
from knowledge.text.numerals import find_quantities

LONGEST = 45
"""Characters of a statement that somebody may put as a claim."""


JOINED = re.compile("[、，,和与及跟等以“”「」《》\\s]*")
"""What stands between members of a mere list."""


PACK = Path(__file__).parents[2] / "knowledge" / "packs" / "model-cities"


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    base = Base(build(load_pack(PACK), tmp_path_factory.mktemp("claims") / "base.sqlite").path)
    base.warm()
    yield Asker(base)
    base.close()


def statements(base: Base) -> Iterator[tuple[FactRow, str]]:
    for fact in map(base.fact, range(base.fact_count)):
        statement = fact.zh.rstrip("。")
        if len(statement) <= LONGEST:
            yield fact, statement


def exchanged(base: Base) -> Iterator[str]:
    """Each statement with its first object's name in place of which another of the kind stands."""
    alike: dict[str, list[int]] = defaultdict(list)
    for e in range(base.entity_count):
        if base.entity(e).facts and not base.entity(e).generic:
            alike[base.entity(e).kind].append(e)
    for number, (fact, statement) in enumerate(statements(base)):
        for entity in map(base.entity, fact.objects[:1]):
            said = max((n for n in entity.names if n and n in statement), key=len, default="")
            others = [e for e in alike[entity.kind] if e not in fact.within and base.entity(e).zh not in statement]
            if said and others:
                yield statement.replace(said, base.entity(others[number % len(others)]).zh)


def changed_about(base: Base) -> Iterator[str]:
    """Statements with two names of one kind, which stand there for different things, in one another's place."""
    for fact, statement in statements(base):
        rows = [base.entity(e) for e in fact.within]
        named = [(statement.find(row.zh), row.zh, row.kind) for row in rows if row.zh and statement.count(row.zh) == 1]
        for (a, one, kind), (b, other, same) in combinations(sorted(named), 2):
            between = statement[a + len(one) : b]
            for _, name, _ in named:
                between = between.replace(name, "")
            if kind == same and one not in other and other not in one and not JOINED.fullmatch(between):
                yield f"{statement[:a]}{other}{statement[a + len(one) : b]}{one}{statement[b + len(other) :]}"


def bounded(base: Base, *, right: bool) -> Iterator[str]:
    """Statements with a bound in place of their one figure: 不到 half of it or 超过 twice of it, or 超过 half of it."""
    for fact, statement in statements(base):
        figures = [q for q in find_quantities(statement) if fact.measured and q.value == fact.quantities[0].value]
        if len(figures) != 1 or figures[0].is_share or figures[0].bound or not 10 <= figures[0].value < 10000:
            continue
        own = figures[0]
        before, after = statement[: own.start].removesuffix("达到"), f"{own.unit}{statement[own.end :]}"
        half, twice = int(own.value // 2), int(own.value * 2)
        yield from (
            [f"{before}超过{half}{after}"]
            if right
            else [f"{before}不到{half}{after}", f"{before}超过{twice}{after}", f"{before}少于{half}{after}"]
        )


def verdicts(claims: Iterator[str], asker: Asker, right: str = "，对吗？") -> list[str]:
    outcomes = (asker.ask(f"{claim}{right}") for claim in claims)
    return [o.parts[0].verdict if o.parts else "" for o in outcomes]


def test_a_statement_is_not_denied(asker: Asker) -> None:
    told = verdicts((statement for _, statement in statements(asker.base)), asker)
    assert told.count("no") <= 0.005 * len(told)
    assert told.count("yes") >= 0.9 * len(told)


def test_another_name_is_not_confirmed(asker: Asker) -> None:
    told = verdicts(exchanged(asker.base), asker)
    assert len(told) > 200
    assert told.count("yes") <= 0.015 * len(told)  # some of them happen to be true


def test_an_english_statement_is_not_denied(asker: Asker) -> None:
    told = verdicts((fact.en.rstrip(".") for fact, _ in statements(asker.base) if fact.en), asker, ", right?")
    assert told.count("no") <= 0.005 * len(told)
    assert told.count("yes") >= 0.9 * len(told)


def test_names_changed_about_are_not_confirmed(asker: Asker) -> None:
    told = verdicts(changed_about(asker.base), asker)
    assert len(told) > 40
    assert told.count("yes") <= 0.12 * len(told)  # some of them happen to be true


def test_bounds_that_do_not_hold_are_not_confirmed(asker: Asker) -> None:
    told = verdicts(bounded(asker.base, right=False), asker)
    assert len(told) > 100
    assert told.count("yes") == 0
    assert told.count("no") >= 0.9 * len(told)


def test_bounds_that_hold_are_confirmed(asker: Asker) -> None:
    told = verdicts(bounded(asker.base, right=True), asker)
    assert told.count("yes") >= 0.7 * len(told)
    assert told.count("no") <= 0.15 * len(told)


@pytest.mark.parametrize("claim", ["在上海吗？", "是腾讯的吗？"])
def test_a_verdict_rests_on_what_is_told_of_the_thing_claimed(asker: Asker, claim: str) -> None:
    base = asker.base
    companies = [e for e in range(base.entity_count) if base.entity(e).kind == "company" and base.entity(e).facts]
    decided = 0
    for e in companies:
        part = next(iter(asker.ask(f"{base.entity(e).zh}{claim}").parts), None)
        if part and part.verdict in ("yes", "no"):
            decided += 1
            names = {e, *(x for x in companies if base.holds(x, e) or base.holds(e, x))}
            assert any(names & ({f.subject, *f.objects} | f.entities | f.spoken) for f in part.facts), base.entity(e).zh
    assert decided > len(companies) / 4
