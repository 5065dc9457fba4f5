"""What each of several sources says of one thing: sources named, all that speak of it, or those of figures named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from knowledge.deciding.verify import Verifier
from knowledge.finding.find import find
from knowledge.finding.finding import Finding
from knowledge.finding.outcome import Part, noted
from knowledge.finding.probe import Hints
from knowledge.linking.link import Mention
from knowledge.reading.asked import NUMERIC
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.dates import Period
from knowledge.text.patterns import pattern

_LOOKED = 120
"""Findings among which what one source says is looked for."""
_NAME = 3
"""Characters of a name that a publisher's longer name may begin with (中国视谷融媒体中心)."""
_MOST = 4
"""Accounts that an answer gives at most."""
_OWN = 1.0
"""Weight of a statement's own words that speaks for it where it does not name a topic of the question."""
_TOLD = NUMERIC | {"how"}
_FIGURES = NUMERIC | {"which", "definition"}
_FIGURE = pattern("数字|数据|数目|统计|figures")
_PAIR = 2
_OF_EACH = frozenset({"how", "list"})
_SIDE_BY_SIDE = frozenset({"accounts", "agree", "conflict", "each", "compare", "difference"})
"""What asks for several accounts of one thing, by type of answer and by intent."""


class Accounts(NamedTuple):
    """What the sources say."""

    part: Part | None
    """None if they say nothing of it."""
    silent: tuple[int, ...]
    """The sources named that say nothing of it."""


def accounts(desk: Verifier, reading: Reading, hints: Hints) -> Accounts | None:
    """What each source says, if the question asks for that."""
    if part := _of_figures(desk, reading, hints):
        return Accounts(part, ())
    sources = _sources(desk.base, reading)
    if len(sources) >= 2:
        return _of_each(desk, reading, sources, hints)
    if counted := _of_counters(desk, reading, hints):
        return Accounts(counted, ())
    if "accounts" in reading.intents and not sources:
        part = _of_all(desk, reading, hints)
        return Accounts(part, ()) if part else None
    return None


def _of_figures(desk: Verifier, reading: Reading, hints: Hints) -> Part | None:
    """For each of the figures named (一处写54、一处写51) the fact that states it, all of one thing and one measure."""
    given = list(dict.fromkeys((q.value, q.is_share) for q in reading.quantities))
    if len(given) < 2 or not reading.intents & {"accounts", "conflict", "each", "difference"}:
        return None
    order = {f.fact: n for n, f in enumerate(find(reading, desk.base, hints, _LOOKED))}
    for e in dict.fromkeys((*desk.readings.named(reading), *hints.primary)):
        own = [f for f in desk.base.facts_on(e) if f.measured]
        measures = dict.fromkeys(_measure(desk.base, f) for f in own if f.figures[0] in given)
        for measure in measures:
            stated = [[f for f in own if _measure(desk.base, f) == measure and f.figures[0] == g] for g in given]
            if all(stated):
                facts = [min(some, key=lambda f: (order.get(f, _LOOKED), f.f)) for some in stated]
                return noted(desk.base, "conflict", reading, tuple(facts), ())
    return None


def _of_each(desk: Verifier, reading: Reading, sources: list[Mention], hints: Hints) -> Accounts | None:
    base = desk.base
    if not (reading.asks & _OF_EACH or reading.intents & _SIDE_BY_SIDE):
        return None
    asked = _without(reading, sources)
    if _dated(base, reading, sources):
        asked = asked._replace(periods=())
    if not asked.mentions and not any(not c.light for c in asked.clues):
        # who wrote them is asked of the sources themselves
        return Accounts(None, ()) if reading.asks & _TOLD else None
    findings = find(asked, base, hints, _LOOKED)
    told = [_told(desk, asked, findings, m.entities[0], hints) for m in sources]
    order = {f.fact: n for n, f in enumerate(findings)}
    first = min((f for f in told if f), key=order.__getitem__, default=None)
    if first is None:
        return Accounts(None, ())  # what else these sources say is no answer
    told = [f if f and _comparable(base, f, first) else None for f in told]
    facts: list[FactRow | None] = [
        found or _same(base, first, base.remembered(_articles_of)(m.entities[0]))
        for found, m in zip(told, sources, strict=True)
    ]
    silent = tuple(m.entities[0] for m, fact in zip(sources, facts, strict=True) if fact is None)
    return Accounts(noted(desk.base, "conflict", reading, tuple(dict.fromkeys(f for f in facts if f)), ()), silent)


def _of_counters(desk: Verifier, reading: Reading, hints: Hints) -> Part | None:
    """What each of two who counted by themselves counted, of the same thing; None unless both did."""
    if reading.intents.isdisjoint(_SIDE_BY_SIDE) or reading.asks - _FIGURES:
        return None
    who = [reading.mentions[i] for i in reading.things(desk.base)]
    who = [m for m in who if m.entities[0] in desk.base.remembered(_counters)()]
    if len(who) != _PAIR or len(reading.mentions) == len(who):
        return None
    asked = _without(reading, who)._replace(asks=frozenset({"number"}))
    found = [f for f in find(asked, desk.base, hints, _LOOKED) if f.fact.measured and not f.unnamed and f.dated]
    told = [next((f.fact for f in found if f.fact.by == m.entities[0]), None) for m in who]
    facts = tuple(f for f in told if f)
    if len(set(facts)) < len(who) or _measure(desk.base, facts[0]) != _measure(desk.base, facts[1]):
        return None
    return noted(desk.base, "conflict", reading, facts, ())


def _counters(base: Base) -> frozenset[int]:
    """Who counted something. To be called through `Base.remembered`."""
    return frozenset(base.fact(f).by for f in range(base.fact_count)) - {-1}


def _of_all(desk: Verifier, reading: Reading, hints: Hints) -> Part | None:
    """What every source says that gives the same of the thing that the best finding speaks of."""
    base = desk.base
    asked = _without(reading, [])
    best = next((f for f in find(asked, base, hints) if desk.bar.accepts(f, asked, hints)), None)
    if best is None:
        return None
    measure, ends = _measure(base, best.fact), best.fact.entities & reading.entities
    alike = [f for f in base.facts_on(best.fact.subject) if _measure(base, f) == measure and ends <= f.entities]
    by_article: dict[str, FactRow] = {best.fact.citations[0].article: best.fact}
    for fact in sorted(alike, key=lambda f: f.as_of, reverse=True):  # of one that gives several years the last
        by_article.setdefault(fact.citations[0].article, fact)
    return (
        noted(desk.base, "conflict", reading, tuple(by_article.values())[:_MOST], ()) if len(by_article) >= 2 else None
    )


def of_sources(base: Base, reading: Reading) -> bool:
    """Whether it speaks of what several sources say."""
    return "accounts" in reading.intents or len(_sources(base, reading)) > 1


def only_of_sources(base: Base, reading: Reading) -> bool:
    """Whether a clause asks for nothing but what several sources say (…，两篇文章写得一样吗)."""
    if not of_sources(base, reading):
        return False
    asked = _without(reading, _sources(base, reading))
    return not asked.mentions and not any(not c.light and len(c.text) > 1 for c in asked.clues)


def publishes(e: int, base: Base) -> bool:
    """Whether an entity published or wrote one of the articles."""
    return bool(base.remembered(_articles_of)(e))


def _articles_of(e: int, base: Base) -> frozenset[str]:
    """Ids of the articles that an entity published or wrote. To be called through `Base.remembered`."""
    names = [n for n in base.folded_names(e) if len(n) >= _NAME]
    signed = base.remembered(_signed)().items() if names else ()
    return frozenset(article for article, by in signed if any(s.startswith(n) for s in by for n in names))


def _signed(base: Base) -> dict[str, tuple[str, ...]]:
    """Id of each article → its publisher and authors, folded. To be called through `Base.remembered`."""
    return {a.id: tuple(map(base.tables.fold, (a.publisher, *a.authors))) for a in base.articles.values()}


def _sources(base: Base, reading: Reading) -> list[Mention]:
    """The mentions of publishers and authors, each once."""
    found: dict[frozenset[str], Mention] = {}
    for mention in reading.mentions:
        articles = base.remembered(_articles_of)(mention.entities[0])
        if articles:
            found.setdefault(articles, mention)
    return list(found.values())


def _without(reading: Reading, sources: list[Mention]) -> Reading:
    """The question itself, without who is asked and how they compare."""
    kept = tuple(m for m in reading.mentions if m not in sources)
    told = {w.text for w in reading.words if "i:accounts" in w.tags}
    clues = tuple(c for c in reading.clues if c.text not in told and len(c.text) > 1)
    intents = reading.intents - {"accounts", "conflict", "each", "verify", "compare", "difference"}
    # 甲报(2023): when it was published, and not of when the figure is
    dated = tuple(p for p in reading.periods if not any(_of_source(p, m, reading.text) for m in sources))
    asks = reading.asks - {"how"}
    if any(_FIGURE.search(text) for text in told) and asks.isdisjoint(NUMERIC):
        asks = frozenset({"number"})  # 两家的数字有何不同
    elif asks & NUMERIC:
        asks -= {"definition"}  # what do they say about the number of
    return reading._replace(mentions=kept, clues=clues, intents=intents, asks=asks, periods=dated)


def _dated(base: Base, reading: Reading, sources: list[Mention]) -> bool:
    """Whether each source has the time of its article beside it (甲报2023年和乙报2024年): no figure need be of both."""
    if len(reading.periods) != len(sources):
        return False
    return all(any(_published_then(p, m, base, reading.text) for p in reading.periods) for m in sources)


def _published_then(period: Period, source: Mention, base: Base, text: str) -> bool:
    """Whether a time stands beside the name of a source that published an article in it."""
    between = text[source.end : period.start] if period.start >= source.end else text[period.end : source.start]
    if between not in ("", "的", "在", " "):
        return False
    published = (base.articles[a].published for a in base.remembered(_articles_of)(source.entities[0]))
    return any(said.startswith(str(period.year)) for said in published)


def _of_source(period: Period, source: Mention, text: str) -> bool:
    """Whether a time stands in brackets right behind the name of a source."""
    return text[source.end : period.start].strip() == "(" and text[period.end : period.end + 1] in ")年"


def _told(desk: Verifier, reading: Reading, findings: list[Finding], source: int, hints: Hints) -> FactRow | None:
    """What answers in the articles of a source, first what it says itself."""
    articles = desk.base.remembered(_articles_of)(source)
    own = [f for f in findings if f.fact.citations[0].article in articles]
    part, _ = desk.decide(reading, own, hints)
    found = next((f for f in own if part and f.fact == part.facts[0]), None)
    if part is None or found is None or (found.names.topics and found.own < _OWN):
        return None
    best = part.facts[0]
    same = (f for f in part.facts if f.by == source and _measure(desk.base, f) == _measure(desk.base, best))
    return next(same, best)


def _comparable(base: Base, fact: FactRow, first: FactRow) -> bool:
    """Whether two facts may stand side by side: figures only where they are of one measure."""
    return not (fact.measured and first.measured) or _measure(base, fact) == _measure(base, first)


def _same(base: Base, first: FactRow, articles: Iterable[str]) -> FactRow | None:
    """What a source says of the same thing and measure."""
    told = (f for f in base.facts_on(first.subject) if f.citations[0].article in articles)
    return next((f for f in told if _measure(base, f) == _measure(base, first)), None)


def _measure(base: Base, fact: FactRow) -> str:
    relation = base.relations[fact.relation]
    return relation.family or relation.id
