"""Turn an outcome into an answer: lines with numbered citations, in one language, still without markup."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from answers.heading import Sought, aside, headline, leader
from answers.phrasing import date_figure, date_text, figure_text, formula_text, joined, result_text
from knowledge.finding.outcome import Figure, Found, Outcome, Part
from knowledge.store.base import Base, FactRow

DATED = frozenset({"dated", "order", "first"})
"""Kinds of part whose terms are dates."""
RANKED = frozenset({"rank", "filter"})
"""Kinds of part whose figures stand in one line, in order."""
_EACH_ITS_OWN = DATED | RANKED | {"members"}
"""Kinds of part whose statements are of one thing each: none of them is the answer by itself."""
_SHORTLY = RANKED | {"members"}
_TERM = 14
"""Characters of a term of a ranking."""
_SIDE_BY_SIDE = 3
"""Of more figures each cites one paragraph."""
MOST_CHARACTERS = 780
"""An answer of one question stays below this; what does not fit is counted, not cut."""


class CitationLine(NamedTuple):
    """One numbered source."""

    n: int
    article: str
    paragraph: int
    title: str
    publisher: str
    published: str
    quote: str | None


class Line(NamedTuple):
    """One statement of the answer."""

    headline: str
    """The figure or name asked for, '' if the statement says it at once."""
    text: str
    aside: str
    """As-of and according-to, where the statement lacks them."""
    cites: tuple[int, ...]


class Holding(NamedTuple):
    """What a bulk base holds on one name and predicate."""

    name: str
    label: str
    values: tuple[str, ...]
    more: int
    """Values that are not shown."""
    cites: tuple[int, ...]
    turned: bool
    """Whether the name is the object and the values are the subjects."""


class Block(NamedTuple):
    """The answer to one question."""

    kind: str
    verdict: str
    lines: tuple[Line, ...]
    others: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    result: str = ""
    terms: tuple[str, ...] = ()
    formula: str = ""
    """How the result was worked out."""
    negative: bool = False
    """Whether the first of the terms is the lesser."""
    leader: str = ""
    """What stands in a ranking where it is asked for, '' if all are equal; or the thing that a card is of."""
    order: str = ""
    """A ranking: 北京 54个 > 上海 12个; or the names of members."""
    noun: str = ""
    """What members are, '' if they are of several kinds."""
    understood: tuple[tuple[str, str], ...] = ()
    more: int = 0
    more_cites: tuple[int, ...] = ()
    """Sources of the statements that are not shown, where their figures stand in a ranking."""
    absent: tuple[str, ...] = ()
    """Names asked about that are not on the list given."""
    holdings: tuple[Holding, ...] = ()


class Answer(NamedTuple):
    """Everything a surface needs to show."""

    status: str
    language: str
    blocks: tuple[Block, ...] = ()
    citations: tuple[CitationLine, ...] = ()
    facts: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    option_lines: tuple[Line | Holding, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    """(fact id, statement) of the nearest facts."""
    smalltalk: str = ""
    unknown: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    title: str = ""
    articles: tuple[tuple[str, str, str, tuple[str, ...]], ...] = ()
    """(publisher, title, date, authors) of all articles, the newest first, where it is asked what is answered from."""


_MOST_SOURCES = 5
"""Lines of bulk files that are listed as sources; the others are found through them."""
MOST_VALUES = 100
"""Values of one predicate that an answer names."""


class _Sources:
    """Numbers citations in the order of their first use."""

    def __init__(self, base: Base, language: str) -> None:
        self.base = base
        self.language = language
        self.found: dict[tuple[str, int], CitationLine] = {}

    def cite(self, fact: FactRow, most: int = 3) -> tuple[int, ...]:
        numbers = []
        for cited in fact.citations[:most]:
            key = (cited.article, cited.paragraph)
            if key not in self.found:
                article = self.base.articles[cited.article]
                self.found[key] = CitationLine(
                    len(self.found) + 1,
                    cited.article,
                    cited.paragraph,
                    article.heading(self.language),
                    article.publisher_hant if self.language == "zh-Hant" else article.publisher,
                    article.published,
                    self.base.quote(cited.article, cited.paragraph),
                )
            numbers.append(self.found[key].n)
        return tuple(numbers)

    def cite_line(self, n: int) -> int:
        """The source of a triple: its file and line; 0 if too many are listed already."""
        file, line = self.base.source(n)
        known = self.found.get((file, line))
        if known is None:
            if len(self.found) >= _MOST_SOURCES:
                return 0
            known = self.found[file, line] = CitationLine(len(self.found) + 1, file, line, "", "", "", None)
        return known.n


def compose(outcome: Outcome, base: Base, language: str) -> Answer:
    """Choose words, figures and citations for an outcome; language is zh-Hans, zh-Hant or en."""
    sources = _Sources(base, language)
    blocks = tuple([_block(part, sources) for part in outcome.parts])
    options = outcome.options
    option_lines = [_option(option.fact, sources) for option in options]
    return Answer(
        status=outcome.status,
        language=language,
        blocks=blocks,
        citations=tuple(sources.found.values()),
        facts=_fact_ids(outcome, base),
        options=tuple([base.entity(o.entity).name(language) for o in options]),
        option_lines=tuple(option_lines),
        related=tuple([(f.id, f.statement(language)) for f in outcome.related]),
        smalltalk=outcome.smalltalk,
        unknown=outcome.unknown,
        unanswered=outcome.unanswered,
        examples=tuple(base.caption.examples_in(language)),
        title=base.caption.title(language),
        articles=_articles(base, language) if outcome.smalltalk == "articles" else (),
    )


def _articles(base: Base, language: str) -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
    hant = language == "zh-Hant"
    newest = sorted(base.articles.values(), key=lambda a: a.published, reverse=True)
    return tuple(
        (a.publisher_hant if hant else a.publisher, a.heading(language), a.published, a.authors) for a in newest
    )


def _option(fact: FactRow | Found, sources: _Sources) -> Line | Holding:
    if isinstance(fact, Found):
        return _holding(fact, sources)
    line = _line(fact, sources, Sought(frozenset({"number"})))
    return line._replace(cites=sources.cite(fact))


def _fact_ids(outcome: Outcome, base: Base) -> tuple[str, ...]:
    """Ids of the facts shown; a triple's is its file and line."""
    found: dict[str, None] = {}
    for part in outcome.parts:
        for fact in (*part.facts, *part.others):
            found[fact.id] = None
    for part in outcome.parts:
        for held in part.found:
            for triple in held.triples[:MOST_VALUES]:
                file, line = base.source(triple.n)
                found[f"{file}:{line}"] = None
    return tuple(found)


def _holding(found: Found, sources: _Sources) -> Holding:
    """The values of a name's predicate, as many as can be read."""
    predicate, english = found.predicate, sources.language == "en"
    label = predicate.en if english else predicate.zh
    turned = found.backward
    if turned and (inverse := predicate.inverse_en if english else predicate.inverse_zh):
        label, turned = inverse, False
    shown: list[str] = []
    cites: dict[int, None] = {}
    size = 0
    for triple in found.triples[:MOST_VALUES]:
        size += len(triple.value) + 1
        if shown and size > MOST_CHARACTERS:
            break
        shown.append(triple.value)
        if number := sources.cite_line(triple.n):
            cites[number] = None
    more = found.total - len(shown) if found.total > len(found.triples) + 1 else len(found.triples) - len(shown)
    return Holding(found.name.text, label, tuple(shown), more, tuple(cites), turned)


def _block(part: Part, sources: _Sources) -> Block:
    language, base = sources.language, sources.base
    if part.found:
        return Block(
            part.kind,
            "",
            (),
            holdings=tuple([_holding(found, sources) for found in part.found]),
            understood=_understood(part, sources),
        )
    lines: list[Line] = []
    ranked = part.kind in RANKED
    # the figures of a ranking stand in its first line already
    size = len(part.facts) * _TERM if ranked else 0
    limit = MOST_CHARACTERS * (3 if len(part.facts) > 8 and not ranked and part.kind != "members" else 1)
    most = 1 if part.kind in _SHORTLY and len(part.facts) > _SIDE_BY_SIDE else 3
    sought = Sought(part.asks, part.named, part.kinds)
    for fact in part.facts:
        first = not lines and part.kind not in _EACH_ITS_OWN
        line = _line(fact, sources, sought, first=first)
        size += len(line.text) + len(line.aside) + len(line.headline) + 8
        if lines and size > limit:
            break
        lines.append(line._replace(cites=sources.cite(fact, most)))
    hidden = part.facts[len(lines) :] if ranked else ()
    more_cites = tuple(dict.fromkeys(n for fact in hidden for n in sources.cite(fact, 1)))
    others = []
    for fact in part.others:
        line = _line(fact, sources, sought, first=False)
        size += len(line.text) + len(line.aside) + 8
        if size > limit:
            break
        others.append(line._replace(cites=sources.cite(fact, 1)))
    notes = []
    for zh, en, hant in part.notes:
        text = (en or zh) if language == "en" else hant if language == "zh-Hant" else zh
        size += len(text)
        if size <= limit:
            notes.append(text)
    result = result_text(part.result, part.figures, part.kind, language) if part.result is not None else ""
    labels = [_label(f, base, language) for f in part.figures]
    several = len(set(labels)) < len(labels) and len({f.fact.as_of for f in part.figures}) > 1
    if several and part.kind not in {"interval", *DATED} and not any(f.label[0] for f in part.figures):
        # one thing at several times
        labels = [f"{x} {date_text(f.fact.as_of, language)}" for x, f in zip(labels, part.figures, strict=True)]
    elif len(set(labels)) < len(labels) and part.kind in {"share", "ratio", "sum", "difference"}:
        labels = _measures(part, labels, base, language)
    written = date_figure if part.kind in DATED else figure_text
    terms = [f"{label} {written(f, language)}" for label, f in zip(labels, part.figures, strict=True)]
    if part.kind == "members":
        told = frozenset[int]().union(*[f.entities for f in part.facts[: len(lines)]])
        terms = [base.entity(e).name(language) for e in part.listed if e in told]
    return Block(
        kind=part.kind,
        verdict=part.verdict,
        absent=tuple(base.entity(e).name(language) for e in part.absent),
        lines=tuple(lines),
        others=tuple(others),
        notes=tuple(notes),
        result=result,
        terms=tuple(terms),
        order=_order(part, terms, language),
        noun=_noun(part, base, language),
        leader=leader(part, base, language),
        understood=_understood(part, sources),
        formula=formula_text(part, labels, language) if part.result is not None else "",
        negative=part.result is not None and part.result < 0,
        more=len(part.facts) - len(lines),
        more_cites=more_cites,
    )


def _understood(part: Part, sources: _Sources) -> tuple[tuple[str, str], ...]:
    """What was misspelt, and what it was taken for."""
    names = [(text, sources.base.entity(e).name(sources.language)) for text, e in part.understood]
    return (*names, *part.respelt)


def _label(figure: Figure, base: Base, language: str) -> str:
    """What a figure is of; a label that is no entity's name is there in Chinese only."""
    if figure.label[0]:
        return "" if language == "en" else figure.label[language == "zh-Hant"]
    return base.entity(figure.entity).name(language)


def _measures(part: Part, labels: list[str], base: Base, language: str) -> list[str]:
    """The labels of figures of one thing, with what each measures where these are different measures."""
    measures = [base.relations[f.fact.relation].label(language) for f in part.figures]
    apart = len(set(measures)) == len(measures) and not any(f.label[0] for f in part.figures)
    return [f"{x} {y}" for x, y in zip(labels, measures, strict=True)] if apart else labels


def _order(part: Part, terms: list[str], language: str) -> str:
    """The terms of a ranking with what stands between them."""
    if part.kind in DATED:
        return _by_date(part, terms, language)
    if part.kind == "members":
        return joined(terms, language)
    if part.kind not in RANKED or not terms:
        return ""
    text = terms[0]
    for (one, other), term in zip(pairwise(part.figures), terms[1:], strict=True):
        text += f" {'=' if one.value == other.value else '>' if one.value > other.value else '<'} {term}"
    return text


def _by_date(part: Part, terms: list[str], language: str) -> str:
    """Things with their dates: side by side, or where an order is asked for one after (→) or before (←) the other."""
    if part.kind == "dated":
        return ("; " if language == "en" else "；").join(terms)
    text = terms[0]
    for (one, other), term in zip(pairwise(part.figures), terms[1:], strict=True):
        same = ", " if language == "en" else "、"
        text += (same if one.text == other.text else " → " if one.value < other.value else " ← ") + term
    return text


def _noun(part: Part, base: Base, language: str) -> str:
    """What the things listed are, if all are of one kind."""
    if part.tie >= 0:
        return base.relations[part.tie].label(language)
    kinds = {base.entity(e).kind for e in part.listed}
    return base.caption.noun(kinds.pop(), language) if len(kinds) == 1 else ""


def _line(fact: FactRow, sources: _Sources, sought: Sought, *, first: bool = True) -> Line:
    """A statement, without its sources: they are numbered where it is shown."""
    language, base = sources.language, sources.base
    text = fact.statement(language)
    ahead = headline(fact, sought, base, language) if first else ""
    if ahead and text.replace(" ", "").startswith(ahead.replace(" ", "")):
        ahead = ""
    return Line(ahead, text, aside(fact, text, base, language), ())
