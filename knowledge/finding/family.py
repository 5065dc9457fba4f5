"""Which of the measures of one family a question names: 产业规模 is no 核心产业规模."""

from __future__ import annotations

from knowledge.finding.finding import Finding
from knowledge.reading.asked import NUMERIC
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, RelationRow
from knowledge.text.lexicon import words as stems
from knowledge.text.patterns import HAN
from knowledge.text.terms import bigrams

_FIGURES = NUMERIC | {"which", "how", "definition"}
"""Types of answer that a figure may be (产业规模达到什么水平)."""
_SEVERAL = 2


def of_named_measure(findings: list[Finding], reading: Reading, base: Base) -> list[Finding]:
    """The findings, where a figure is asked for without those of a narrower or wider measure than the one named.

    产业规模 is not told by 核心产业规模 of the same year, however much of the question's wording that says.
    """
    if reading.asks.isdisjoint(_FIGURES) or "verify" in reading.intents or reading.quantities:
        return findings
    alike = [f for f in findings if f.fact.measured and base.relations[f.fact.relation].family and not f.unnamed]
    if any(f.dated and f.fits and not f.names.topics for f in alike):  # 搞大模型的企业: no count of all of its sort
        findings = [f for f in findings if not f.names.topics or f not in alike]
        alike = [f for f in alike if not f.names.topics]
        findings = _counted_by_name(findings, alike, reading, base)
    measures = {f.fact.relation: base.relations[f.fact.relation] for f in alike}
    return _without_lesser(findings, alike, measures, reading, base) if len(measures) >= _SEVERAL else findings


def _counted_by_name(findings: list[Finding], alike: list[Finding], reading: Reading, base: Base) -> list[Finding]:
    """The findings; where no more than a topic is counted, what has a name as a measure before what counts some of it.

    甲市有几家企业在做乙 is not told by how many of these are on some list.
    """
    counted = any(m.entities[0] in base.generic for m in reading.mentions) and all(c.light for c in reading.clues)
    if not counted:
        return findings
    noun = max((f.light for f in alike if f.dated and f.fits), default=-1.0)
    merely = (f.fact.measured and not base.relations[f.fact.relation].family and f.light <= noun for f in findings)
    return [f for f, some in zip(findings, merely, strict=True) if not some]


def _without_lesser(
    findings: list[Finding], alike: list[Finding], measures: dict[int, RelationRow], reading: Reading, base: Base
) -> list[Finding]:
    """The findings without those of `alike` whose measure another one, told of the same thing and time, is asked by."""
    named = {r: _named_as(measure, reading, base) for r, measure in measures.items()}
    families = {m.family for m in measures.values()}
    best = {family: max(named[r] for r, m in measures.items() if m.family == family) for family in families}
    own = [f for f in alike if named[f.fact.relation] == best[measures[f.fact.relation].family] and f.dated]
    told = {(f.fact.subject, base.relations[f.fact.relation].family, f.fact.as_of) for f in own}
    noun = max((f.light for f in own), default=0.0)  # 几家企业在做乙: the firms, though 乙 alone is a measure's name
    less = [f for f in alike if named[f.fact.relation] < best[measures[f.fact.relation].family]]
    lesser = {f.fact.f for f in less if f.light <= noun}
    return [
        f
        for f in findings
        if f.fact.f not in lesser or (f.fact.subject, measures[f.fact.relation].family, f.fact.as_of) not in told
    ]


def _named_as(measure: RelationRow, reading: Reading, base: Base) -> tuple[int, float, int]:
    """How plainly a question names a measure: by the length of a word for it, else by how much of its label it says.

    Of two labels said in full the longer one is meant.
    """
    text, han = reading.text, bool(HAN.search(reading.text))
    word = max((len(w) for w in base.remembered(_words_for)(measure.id) if w in text), default=0)
    label = bigrams(measure.zh) if han else stems(measure.en.casefold())
    said = frozenset(bigrams(text) if han else stems(text))
    share = sum(term in said for term in label) / (len(label) or 1)
    return word, share, len(label) if share == 1.0 else 0


def _words_for(relation: str, base: Base) -> tuple[str, ...]:
    """The words by which a relation is asked for. To be called through `Base.remembered`."""
    return base.lexicon.having(f"r:{relation}")
