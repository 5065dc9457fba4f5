"""Check a pack against the texts of its articles.

Three questions, one report: do the cited paragraphs hold what a fact states; what do the paragraphs hold that no fact
states; which characters of the copies are broken. Nothing is printed and nothing is mended here.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from knowledge.building import evidence
from knowledge.building.cleaning import Paragraph
from knowledge.building.evidence import GAP, DatePart, Figure, Names, blank, fold, key_of
from knowledge.store.records import Article, Citation, Fact, LeftOut, Pack
from knowledge.text.fold import name_key

LONGEST_RUN = 17
"""Characters that a statement may share with an article in one run, names and titles not counted."""
LONGEST_QUOTED_NAME = 12
"""A longer quotation is speech, which facts report in their own words."""

_TITLE = re.compile("《([^《》]{2,80})》")
_QUOTE = re.compile("[“「『]([^“”「」『』]{2,40})[”」』]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CODE = re.compile(r"(?<![a-z\d])[a-z]+-?\d[\d.]*(?<!\.)")
"""Digits that belong to a word (top10, gpt-4, n100): no figure, but to be found as they are."""
_VERSION = re.compile(r"(.+[^\x00-\x7f])v?(\d+(?:\.\d+)?)")
_DATED = "cite the paragraph that says it too, or write as_of_basis: relative"
_BOUND_FOR = "进赴抵驻"
"""Behind these the short name of a place is its name (进京), and no part of another word."""


@dataclass(frozen=True, slots=True)
class Unverified:
    """A detail of a fact that is in none of the paragraphs it cites."""

    fact: str
    what: str
    """Sort and text: 'figure 63800 (en)', 'date 2023-05-19 (as_of)', 'name 商汤科技 (sensetime)'."""
    cited: tuple[Citation, ...]
    mend: str = ""
    """What would prove it, where that is known."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A statement, value or note that repeats an article's wording."""

    fact: str
    run: str
    """The shared characters, without punctuation and white space."""
    citation: Citation


@dataclass(frozen=True, slots=True)
class Item:
    """Something in a paragraph that a fact can hold."""

    citation: Citation
    sort: str
    """number date title quote name."""
    text: str
    """As the paragraph writes it, folded; left_out.yaml repeats it."""


@dataclass(frozen=True, slots=True)
class Stale:
    """An entry of left_out.yaml, or one text of it, that leaves nothing out."""

    entry: LeftOut
    what: str
    """Empty where the whole paragraph is meant."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Characters of a copy that can't be right."""

    citation: Citation
    around: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the things in the paragraphs the facts hold."""

    held: int
    total: int

    @property
    def percent(self) -> float:
        return 100 * self.held / self.total if self.total else 100.0


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found; `clean` decides the exit code of `modu facts check`."""

    verified: int
    """Facts whose every detail was found."""
    unverified: tuple[Unverified, ...]
    copied: tuple[Copied, ...]
    unread: tuple[str, ...]
    """Ids of facts that were not verified, since a cited article's text is not at hand."""
    uncovered: tuple[Item, ...]
    """What no fact citing the paragraph holds and left_out.yaml does not name."""
    uncited: tuple[Citation, ...]
    """Paragraphs that no fact cites and left_out.yaml does not name."""
    stale: tuple[Stale, ...]
    broken: tuple[Broken, ...]
    figures: Tally
    """Numbers, dates and titles, each counted once a paragraph."""
    names: Tally
    """Entity names and quoted names, likewise; names of generic entities are not counted."""

    @property
    def clean(self) -> bool:
        return not (self.unverified or self.copied or self.stale)


@dataclass(frozen=True, slots=True)
class _Held:
    """What one fact holds, for coverage."""

    entities: frozenset[str]
    keys: str
    """Keys of its texts and of its entities' names, a line each."""
    figures: frozenset[Figure]
    dates: tuple[frozenset[DatePart], ...]


class _Checker:
    """Texts and names prepared once for all facts and paragraphs."""

    def __init__(self, pack: Pack, texts: dict[str, list[Paragraph]]) -> None:
        self.articles = {a.id: a for a in pack.articles}
        self.entities = {e.id: e for e in pack.entities}
        self.names = Names(pack.entities)
        self.bound_for = [(ref, key_of(verb + short)) for short, ref in pack.short.items() for verb in _BOUND_FOR]
        self.pages = {Citation(a, p.number): evidence.read(p.text) for a, found in texts.items() for p in found}
        self.readings = {c: evidence.readings(evidence.undated(p.folded)) for c, p in self.pages.items()}
        self.dates = {c: evidence.stated_parts(p.folded) for c, p in self.pages.items()}
        self.broken = {Citation(a, p.number) for a, found in texts.items() for p in found if p.broken}
        self.runs: dict[str, Citation] = {}
        for citation, page in self.pages.items():
            for start in range(len(page.key) - LONGEST_RUN):
                self.runs.setdefault(page.key[start : start + LONGEST_RUN + 1], citation)

    def verify(self, fact: Fact) -> Iterator[tuple[str, str]]:
        """What is in none of the paragraphs that the fact cites, and what would prove it."""
        cited = [c for c in fact.citations if c in self.pages]
        dates = {part for c in cited for part in self.dates[c]}
        as_of = evidence.iso_parts(fact.as_of)
        if fact.relative:
            # 今年9月, 4天后: the article's own date gave the year, or all of it
            years = [n for name, n in as_of if name == "year"]
            years += [int(self.articles[c.article].published[:4]) for c in cited]
            dates |= as_of | {("year", y) for y in range(min(years, default=0), max(years, default=0) + 1)}
        elif not as_of <= dates:
            yield f"date {fact.as_of} (as_of)", _DATED
        refs = _references(fact)
        names = frozenset(k for r in refs for k in self.names.of[r])
        own = {key for c in cited for key in _record_keys(self.articles[c.article])}
        read = {figure for c in cited for figure in self.readings[c]}
        if fact.objects:  # how many it lists can be counted
            read.add((Decimal(len(fact.objects)).normalize(), False))
        for where, text in (("value", fact.value), ("zh", fact.statement.zh), ("en", fact.statement.en)):
            page = evidence.read(text)
            spans = [(s, e) for s, e, _ in self.names.spans(page, names)]
            spans += [m.span() for m in _TITLE.finditer(page.folded)]
            bare = blank(page.folded, spans)
            for m in (*_TITLE.finditer(page.folded), *_CODE.finditer(bare)):
                if not any(name_key(m.group()) in own or self.pages[c].holds(name_key(m.group())) for c in cited):
                    yield f"name {m.group()} ({where})", ""
            bare = evidence.english(bare) if where == "en" else bare
            for period in evidence.periods(bare):
                if not evidence.date_parts(period) <= dates:
                    yield f"date {bare[period.start : period.end].strip()} ({where})", ""
            for figure, _, _ in evidence.numbers(evidence.undated(bare)):
                if figure not in read:
                    yield f"figure {evidence.written(figure)} ({where})", ""
        for ref in refs:
            if not any(self.named(ref, c, fact) for c in cited):
                near = self.nearest(ref, fact, cited[0]) if cited else None
                yield f"name {self.entities[ref].name.zh} ({ref})", f"cite {_places([near])} too" if near else ""

    def nearest(self, ref: str, fact: Fact, cited: Citation) -> Citation | None:
        """The paragraph nearest to one cited, of the same article, that names the entity."""
        pages = [p for p in self.pages if p.article == cited.article and self.named(ref, p, fact)]
        return min(pages, key=lambda p: abs(p.paragraph - cited.paragraph), default=None)

    def named(self, ref: str, citation: Citation, fact: Fact) -> bool:
        """Whether the paragraph, or else the article's own record, names the entity."""
        keys, page = self.names.of[ref], self.pages[citation]
        if keys & _record_keys(self.articles[citation.article]) or any(map(page.holds, keys)):
            return True
        if citation in self.broken and any(key in key_of(fact.note.zh) for key in keys):
            return True  # the name was restored from broken characters, and the note says so
        if any(page.holds(key) for place, key in self.bound_for if place == ref):
            return True
        versions = filter(None, map(_VERSION.fullmatch, keys))  # 「通义千问」已迭代2.5版本
        return any(page.holds(m[1]) and (Decimal(m[2]).normalize(), False) in self.readings[citation] for m in versions)

    def copied(self, fact: Fact) -> Copied | None:
        """The first run of any article's wording in the fact's own texts."""
        for text in (fact.statement.zh, fact.value, fact.note.zh):
            page = evidence.read(text)
            apart = [(s, e) for s, e, _ in self.names.spans(page)] + [m.span() for m in _TITLE.finditer(page.folded)]
            counted = [not any(s <= i < e for s, e in apart) for i in page.offsets]
            for start in range(len(page.key) - LONGEST_RUN):
                end = start + LONGEST_RUN + 1
                citation = self.runs.get(page.key[start:end])
                if citation is None:
                    continue
                while end < len(page.key) and page.key[start : end + 1] in self.pages[citation].key:
                    end += 1
                if sum(counted[start:end]) > LONGEST_RUN:
                    return Copied(fact.id, page.key[start:end], citation)
        return None

    def held(self, fact: Fact) -> _Held:
        refs = _references(fact)
        texts = [fact.value, fact.statement.zh, fact.statement.en, fact.note.zh]
        for entity in (self.entities[r] for r in refs):
            texts += [entity.name.zh, entity.name.en, *entity.aliases]
        folded = [fold(t) for t in texts if t]
        numbers: set[Figure] = set()
        dates = [evidence.iso_parts(fact.as_of)] if fact.as_of else []
        for text in map(evidence.english, folded):
            numbers |= evidence.readings(evidence.undated(text))
            dates += [evidence.date_parts(p) for p in evidence.periods(text)]
            dates += [{("year", int(m.group()))} for m in _YEAR.finditer(text)]
        keys = "\n".join(map(name_key, folded))
        return _Held(frozenset(refs), keys, frozenset(numbers), tuple(map(frozenset, dates)))

    def items(self, citation: Citation, held: list[_Held]) -> Iterator[tuple[Hashable, Item, bool]]:
        """All that a fact can hold in a paragraph: what makes it one thing, the thing, whether a fact holds it."""
        page = self.pages[citation]
        titles = list(_TITLE.finditer(page.folded))
        for m in titles:
            key = name_key(m.group(1))
            yield key, Item(citation, "title", m.group(1)), any(key in h.keys for h in held)
        outside = blank(page.folded, [m.span() for m in titles])
        names = [(s, e, k) for s, e, k in self.names.spans(page) if outside[s] != GAP]
        for start, end, key in names:
            entities = self.names.entities[key]
            if not any(self.entities[e].generic for e in entities):
                item = Item(citation, "name", page.folded[start:end])
                yield entities, item, any(entities & h.entities for h in held)
        for m in _QUOTE.finditer(outside):
            key = name_key(m.group(1))
            if 1 < len(key) <= LONGEST_QUOTED_NAME and GAP not in key and key not in self.names.entities:
                yield key, Item(citation, "quote", m.group(1)), any(key in h.keys for h in held)
        bare = blank(outside, [(s, e) for s, e, _ in names])
        for period in evidence.periods(bare):
            parts = evidence.date_parts(period)
            item = Item(citation, "date", bare[period.start : period.end].strip())
            yield frozenset(parts), item, any(parts <= date for h in held for date in h.dates)
        bare = evidence.undated(bare)
        for figure, start, end in evidence.numbers(bare):
            item = Item(citation, "number", bare[start:end].strip())
            yield figure, item, any(figure in h.figures for h in held)


def _references(fact: Fact) -> list[str]:
    refs = [fact.subject, *fact.objects, *fact.mentions, fact.according_to, fact.place]
    return list(dict.fromkeys(r for r in refs if r))


def _record_keys(article: Article) -> set[str]:
    """Names of the article itself: a fact about it need not find them in a paragraph."""
    return {key_of(t) for t in (article.title, article.about.zh, article.publisher, *article.authors) if t}


def check(pack: Pack, texts: dict[str, list[Paragraph]]) -> Report:
    """Compare a pack with its articles' texts (as from `read_articles`); some may be missing."""
    checker = _Checker(pack, texts)
    read = [f for f in pack.facts if all(c.article in texts for c in f.citations)]
    unread = [f.id for f in pack.facts if any(c.article not in texts for c in f.citations)]
    unverified: list[Unverified] = []
    citing: dict[Citation, list[_Held]] = {}
    for fact in read:
        unverified += [
            Unverified(fact.id, what, fact.citations, mend) for what, mend in dict(checker.verify(fact)).items()
        ]
        held = checker.held(fact)
        for citation in fact.citations:
            citing.setdefault(citation, []).append(held)
    entries: dict[Citation, list[LeftOut]] = {}
    for entry in pack.left_out:
        entries.setdefault(Citation(entry.article, entry.paragraph), []).append(entry)
    uncovered: list[Item] = []
    uncited: list[Citation] = []
    stale: list[Stale] = []
    held_items: list[Item] = []
    for citation in checker.pages:
        left = entries.get(citation, [])
        whole = any(not e.what for e in left)
        named = {key_of(w) for e in left for w in e.what}
        # one thing under several spellings is counted once
        things = {ident: (item, is_held) for ident, item, is_held in checker.items(citation, citing.get(citation, []))}
        missing = [item for item, is_held in things.values() if not is_held]
        held_items += [item for item, is_held in things.values() if is_held]
        uncovered += [i for i in missing if not whole and name_key(i.text) not in named]
        if citation not in citing and not whole:
            uncited.append(citation)
        there = {name_key(i.text) for i in missing}
        stale += [Stale(e, w) for e in left for w in e.what if key_of(w) not in there]
        stale += [Stale(e, "") for e in left if not e.what and citation in citing and not missing]
    return Report(
        verified=len(read) - len({u.fact for u in unverified}),
        unverified=tuple(unverified),
        copied=tuple(c for c in map(checker.copied, read) if c),
        unread=tuple(unread),
        uncovered=tuple(uncovered),
        uncited=tuple(uncited),
        stale=tuple(stale),
        broken=tuple(Broken(Citation(a, p.number), p.broken) for a, found in texts.items() for p in found if p.broken),
        figures=_tally(held_items, uncovered, ("number", "date", "title")),
        names=_tally(held_items, uncovered, ("name", "quote")),
    )


def _tally(held: list[Item], uncovered: list[Item], sorts: tuple[str, ...]) -> Tally:
    count = sum(i.sort in sorts for i in held)
    return Tally(count, count + sum(i.sort in sorts for i in uncovered))


def render(report: Report) -> list[str]:
    """The report as plain lines: findings first, then coverage, then the totals."""
    lines = [
        f"unverified {u.fact}: {u.what} is not in {_places(u.cited)}{f'; {u.mend}' * bool(u.mend)}"
        for u in report.unverified
    ]
    lines += [f"copied {c.fact}: {c.run!r} is the wording of {_places([c.citation])}" for c in report.copied]
    lines += [f"unread {fact}: the text of an article that it cites is missing" for fact in report.unread]
    for s in report.stale:
        what = repr(s.what) if s.what else "the paragraph"
        lines.append(f"stale left_out {s.entry.article} {s.entry.paragraph}: {what} leaves nothing out")
    by_place: dict[Citation, list[str]] = {c: ["no fact cites it"] for c in report.uncited}
    for item in report.uncovered:
        by_place.setdefault(item.citation, []).append(f"{item.sort} {item.text}")
    lines += [f"uncovered {_places([c])}: {'; '.join(found)}" for c, found in by_place.items()]
    lines += [f"broken {_places([b.citation])}: {' | '.join(b.around)}" for b in report.broken]
    facts = len({u.fact for u in report.unverified})
    counts = (report.verified, facts, len(report.unread), len(report.copied))
    lines.append("facts: {} verified, {} unverified, {} unread, {} copied".format(*counts))
    for label, tally in (("numbers, dates and titles", report.figures), ("names", report.names)):
        lines.append(f"{label}: {tally.held} of {tally.total} held by facts, {tally.percent:.1f} %")
    return lines


def _places(citations: Iterable[Citation]) -> str:
    found: dict[str, list[str]] = {}
    for c in citations:
        found.setdefault(c.article, []).append(str(c.paragraph))
    return "; ".join(f"{article} {', '.join(numbers)}" for article, numbers in found.items())
