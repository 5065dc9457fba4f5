"""Verify a pack against the texts of its articles.

Three questions, one report: does each fact's cited paragraph hold what the fact states; what do the paragraphs hold that
no fact states; and which characters of the copies are broken. Nothing is printed and nothing is mended here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from knowledge.cleaning import Paragraph
from knowledge.dates import Period, find_periods
from knowledge.fold import name_key
from knowledge.numerals import chinese_value, find_quantities
from knowledge.records import Article, Citation, Entity, Fact, LeftOut, Pack
from knowledge.tables import make_tables

LONGEST_RUN = 18
"""Characters that a statement may not share with an article in one run, names and titles not counted."""
LONGEST_QUOTED_NAME = 12
"""A longer quotation is speech, which facts report in their own words."""

_TITLE = re.compile("《([^《》]{2,80})》")
_QUOTE = re.compile("[“「『]([^“”「」『』]{2,40})[”」』]")
_RAW_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_RAW_MONTH = re.compile(r"(?<!\d)(\d{1,2}) ?月")
_RAW_DAY = re.compile(r"(?<!\d)(\d{1,2}) ?[日号]")
_ISO_PART = re.compile(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d))?|([HQ]\d)))?")
_RAW_NUMBER = re.compile(r"(?<![a-z\d.,])(?<![a-z]-)\d+(?:\.\d+)?")
_ANY_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CHINESE_NUMBER = re.compile("[〇零一二两三四五六七八九十百千万亿]+")
_GROUP = re.compile("[二两三四五六七八九十](?=大)")
_GAP = "■"
"""Stands in the place of what was taken out of a text."""

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_POWERS = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SPELT = {w: n for n, w in enumerate(_ONES, 1)} | {w: n * 10 for n, w in enumerate(_TENS, 2)} | _POWERS
_SPELT_RUN = re.compile(r"\b(?:{0})(?:[ -](?:{0}))*\b".format("|".join(_SPELT)))
_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")

Figure = tuple[Decimal, bool]
"""A number and whether it is a share (88 % is 0.88, True)."""
DatePart = tuple[str, int]
"""('year', 2023), ('month', 7), ('day', 13) or ('half', 1)."""


@dataclass(frozen=True, slots=True)
class Unverified:
    """A detail of a fact that is in none of the paragraphs it cites."""

    fact: str
    what: str
    """Sort and text: 'figure 63800 (en)', 'date 2023-05-19 (as_of)', 'name 商汤科技 (sensetime)'."""
    cited: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """A statement that repeats an article's wording."""

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
    """Ids of facts that could not be verified, since a cited article's text is not at hand."""
    uncovered: tuple[Item, ...]
    """What no fact citing the paragraph holds and left_out.yaml does not name."""
    uncited: tuple[Citation, ...]
    """Paragraphs that no fact cites and left_out.yaml does not name."""
    stale: tuple[Stale, ...]
    broken: tuple[Broken, ...]
    figures: Tally
    """Numbers, dates and titles, each counted once a paragraph."""
    names: Tally
    """Entity names and quoted names; names of generic entities are not counted."""

    @property
    def clean(self) -> bool:
        return not (self.unverified or self.copied or self.stale)


@dataclass(frozen=True, slots=True)
class _Page:
    """A text prepared for look-ups: a paragraph, or all texts of a fact."""

    folded: str
    key: str
    """Folded text without white space and punctuation."""
    offsets: tuple[int, ...]
    """For each character of `key` its offset in `folded`."""

    def holds(self, key: str) -> bool:
        """Whether the name stands in the text, Latin letters and digits not as part of a longer word."""
        start = self.key.find(key)
        while start >= 0:
            if self.bounded(start, start + len(key)):
                return True
            start = self.key.find(key, start + 1)
        return False

    def bounded(self, start: int, end: int) -> bool:
        first, last = self.offsets[start], self.offsets[end - 1]
        before = self.folded[first - 1] if first else " "
        after = self.folded[last + 1] if last + 1 < len(self.folded) else " "
        return not (_glued(before, self.folded[first]) or _glued(self.folded[last], after))


def _glued(a: str, b: str) -> bool:
    return a.isascii() and b.isascii() and ((a.isalpha() and b.isalpha()) or (a.isdigit() and b.isdigit()))


def _fold(text: str) -> str:
    return make_tables().fold(text)


def _key(text: str) -> str:
    return name_key(_fold(text))


def _page(text: str) -> _Page:
    folded = _fold(text)
    kept = [(c, i) for i, c in enumerate(folded) if name_key(c)]
    return _Page(folded, "".join(c for c, _ in kept), tuple(i for _, i in kept))


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + _GAP * (end - start) + text[end:]
    return text


class _Names:
    """All names of a pack's entities by key."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.of: dict[str, set[str]] = {}
        self.entities: dict[str, set[str]] = {}
        for entity in entities:
            keys = {_key(n) for n in (entity.name.zh, entity.name.en, *entity.aliases)}
            # 沪 or 粤 alone is found in too many words to prove anything
            self.of[entity.id] = {k for k in keys if len(k) > 1} or keys - {""}
            for key in self.of[entity.id]:
                self.entities.setdefault(key, set()).add(entity.id)
        self.longest = max(map(len, self.entities), default=0)

    def spans(self, page: _Page, only: set[str] | None = None) -> list[tuple[int, int, str]]:
        """(start, end, key) of the names in `page.folded`, the longest one at each place."""
        known = self.entities if only is None else only
        found, at = [], 0
        while at < len(page.key):
            for end in range(min(len(page.key), at + self.longest), at, -1):
                key = page.key[at:end]
                if key in known and page.bounded(at, end):
                    found.append((page.offsets[at], page.offsets[end - 1] + 1, key))
                    at = end - 1
                    break
            at += 1
        return found


def _spelt(match: re.Match[str]) -> str:
    """'sixty-five' → '65', 'ten thousand' → '10000'; 'one' alone is a pronoun, 'billion' needs its digits before it."""
    words = re.split("[ -]", match.group())
    if _SPELT[words[0]] >= 1000:
        return match.group()
    total = part = 0
    for word in words:
        number = _SPELT[word]
        if number == 100:
            part = (part or 1) * 100
        elif number > 100:
            total, part = total + (part or 1) * number, 0
        else:
            part += number
    return str(total + part) if total + part > 1 else _GAP


def _english(folded: str) -> str:
    """Spelt numbers and ordinals as digits; what looks like a number and is none goes."""
    text = folded.replace("percentage point", "point").replace("first half", _GAP).replace("second half", _GAP)
    return _ORDINAL.sub(r"\1", _SPELT_RUN.sub(_spelt, text))


def _figures(text: str) -> Iterator[tuple[Figure, int, int]]:
    """The numbers of a folded text without dates and names: value, start, end."""
    taken = []
    for q in find_quantities(text):
        taken.append((q.start, q.end))
        if q.value != 1 or q.text.isascii():  # 一个, 一家: an article, no figure
            yield (q.value.normalize(), q.is_share), q.start, q.end
    # the far ends of ranges (1.7-2倍), 60s and 三大 are no quantities to a question, but figures to a reader
    for m in (*_RAW_NUMBER.finditer(text), *_GROUP.finditer(text)):
        value = Decimal(m.group()) if m.group().isascii() else chinese_value(m.group())
        if value is not None and not any(s < m.end() and m.start() < e for s, e in taken):
            yield (value.normalize(), False), m.start(), m.end()


def _readings(text: str) -> set[Figure]:
    """Every number that a text without dates can be said to hold, read generously."""
    found = {figure for figure, _, _ in _figures(text)}
    found |= {(Decimal(m.group()).normalize(), False) for m in _ANY_NUMBER.finditer(text)}
    for m in _CHINESE_NUMBER.finditer(text):
        for run in (m.group(), *m.group()):
            value = chinese_value(run)
            if value is not None:
                found.add((value.normalize(), False))
    if "半" in text:
        found.add((Decimal("0.5"), True))
    return found


def _date_parts(period: Period) -> set[DatePart]:
    (year, month, day), (last_year, last_month, last_day) = period.first, period.last
    parts = {("year", y) for y in (year, last_year) if y}
    if (month, day, last_month, last_day) == (1, 1, 12, 31):
        return parts
    if (month, last_month) in ((1, 6), (7, 12)) and day != last_day:
        return parts | {("half", 1 if month == 1 else 2)}
    parts |= {("month", month), ("month", last_month)}
    return parts | {("day", day)} if period.first == period.last else parts


def _iso_parts(as_of: str) -> set[DatePart]:
    """The parts that a date of the pack names: 2023-07/2023-09 → year 2023, months 7 and 9."""
    parts: set[DatePart] = set()
    for year, month, day, half in _ISO_PART.findall(as_of):
        parts.add(("year", int(year)))
        parts |= {(name, int(text)) for name, text in (("month", month), ("day", day)) if text}
        if half[:1] == "H":
            parts.add(("half", int(half[1])))
    return parts


def _stated_parts(text: str) -> set[DatePart]:
    """All date parts of a folded text, each for itself."""
    parts = {part for period in find_periods(text) for part in _date_parts(period)}
    for name, pattern in (("year", _RAW_YEAR), ("month", _RAW_MONTH), ("day", _RAW_DAY)):
        parts |= {(name, int(m.group(1))) for m in pattern.finditer(text)}
    parts |= {("half", n) for n, word in ((1, "上半年"), (2, "下半年")) if word in text}
    return parts


def _undated(text: str) -> str:
    return _blank(text, [(p.start, p.end) for p in find_periods(text)])


@dataclass(frozen=True, slots=True)
class _Held:
    """What one fact holds, for coverage."""

    entities: frozenset[str]
    keys: str
    """Keys of its texts and of its entities' names, a line each."""
    figures: frozenset[Figure]
    dates: tuple[frozenset[DatePart], ...]


class _Checker:
    def __init__(self, pack: Pack, texts: dict[str, list[Paragraph]]) -> None:
        self.pack = pack
        self.articles = {a.id: a for a in pack.articles}
        self.entities = {e.id: e for e in pack.entities}
        self.names = _Names(pack.entities)
        self.pages = {Citation(a, p.number): _page(p.text) for a, found in texts.items() for p in found}
        self.readings = {c: _readings(_undated(p.folded)) for c, p in self.pages.items()}
        self.dates = {c: _stated_parts(p.folded) for c, p in self.pages.items()}
        self.runs: dict[str, Citation] = {}
        for citation, page in self.pages.items():
            for start in range(len(page.key) - LONGEST_RUN + 1):
                self.runs.setdefault(page.key[start : start + LONGEST_RUN], citation)

    # --- facts against paragraphs

    def verify(self, fact: Fact) -> Iterator[str]:
        """What is in none of the paragraphs that the fact cites."""
        cited = [c for c in fact.citations if c in self.pages]
        readings = set().union(*(self.readings[c] for c in cited))
        dates = set().union(*(self.dates[c] for c in cited))
        if fact.relative:
            # 今年9月: the article's date gives the year; what was resolved into as_of was not written at all
            dates |= _iso_parts(fact.as_of)
            dates |= {("year", int(self.articles[c.article].published[:4])) for c in cited}
        elif not _iso_parts(fact.as_of) <= dates:
            yield f"date {fact.as_of} (as_of)"
        refs = self.references(fact)
        own = set().union(*(self.names.of[r] for r in refs))
        for where, text in (("value", fact.value), ("zh", fact.statement.zh), ("en", fact.statement.en)):
            page = _page(text)
            bare = _blank(page.folded, [(s, e) for s, e, _ in self.names.spans(page, own)])
            bare = _TITLE.sub(_GAP, bare)
            for period in find_periods(bare):
                if not _date_parts(period) <= dates:
                    yield f"date {bare[period.start : period.end].strip()} ({where})"
            bare = _undated(bare)
            for figure, start, end in _figures(_english(bare) if where == "en" else bare):
                if figure not in readings:
                    yield f"figure {_plain(figure)} ({where})"
        given = set().union(*(_record_keys(self.articles[c.article]) for c in cited))
        for ref in refs:
            keys = self.names.of[ref]
            if not keys & given and not any(self.pages[c].holds(k) for c in cited for k in keys):
                yield f"name {self.entities[ref].name.zh} ({ref})"

    @staticmethod
    def references(fact: Fact) -> list[str]:
        refs = [fact.subject, *fact.objects, *fact.mentions, fact.according_to, fact.place]
        return list(dict.fromkeys(r for r in refs if r))

    def copied(self, fact: Fact) -> Copied | None:
        """The first run of an article's wording in the statement, the value or the note."""
        for text in (fact.statement.zh, fact.value, fact.note.zh):
            page = _page(text)
            own = [(s, e) for s, e, _ in self.names.spans(page)] + [m.span() for m in _TITLE.finditer(page.folded)]
            counted = [not any(s <= i < e for s, e in own) for i in page.offsets]
            for start in range(len(page.key) - LONGEST_RUN + 1):
                citation = self.runs.get(page.key[start : start + LONGEST_RUN])
                if citation is None:
                    continue
                end = start + LONGEST_RUN
                while end < len(page.key) and page.key[start : end + 1] in self.pages[citation].key:
                    end += 1
                if sum(counted[start:end]) >= LONGEST_RUN:
                    return Copied(fact.id, page.key[start:end], citation)
        return None

    # --- paragraphs against facts

    def held(self, fact: Fact) -> _Held:
        refs = self.references(fact)
        texts = [fact.value, fact.statement.zh, fact.statement.en, fact.note.zh]
        texts += [n for r in refs for n in (self.entities[r].name.zh, self.entities[r].name.en, *self.entities[r].aliases)]
        folded = [_fold(t) for t in texts if t]
        figures: set[Figure] = set()
        dates = [_iso_parts(fact.as_of)] if fact.as_of else []
        for text in folded:
            figures |= _readings(_english(_undated(text)))
            dates += [_date_parts(p) for p in find_periods(text)]
            dates += [{("year", int(m.group()))} for m in _RAW_YEAR.finditer(text)]
        keys = "\n".join(name_key(t) for t in folded)
        return _Held(frozenset(refs), keys, frozenset(figures), tuple(map(frozenset, dates)))

    def items(self, citation: Citation, held: list[_Held]) -> Iterator[tuple[Item, bool]]:
        """All that a fact can hold in a paragraph, each thing once, and whether one does."""
        page = self.pages[citation]
        spans = [m.span() for m in _TITLE.finditer(page.folded)]
        for title in _TITLE.findall(page.folded):
            yield Item(citation, "title", title), any(name_key(title) in h.keys for h in held)
        outside = _blank(page.folded, spans)
        names = [(s, e, k) for s, e, k in self.names.spans(page) if outside[s] != _GAP]
        for _, _, key in names:
            entities = self.names.entities[key]
            if not all(self.entities[e].generic for e in entities):
                yield Item(citation, "name", key), any(entities & h.entities for h in held)
        for quote in _QUOTE.findall(outside):
            key = name_key(quote)
            if 1 < len(key) <= LONGEST_QUOTED_NAME and _GAP not in quote and key not in self.names.entities:
                yield Item(citation, "quote", quote), any(key in h.keys for h in held)
        bare = _blank(outside, [(s, e) for s, e, _ in names])
        for period in find_periods(bare):
            parts = _date_parts(period)
            text = bare[period.start : period.end].strip()
            yield Item(citation, "date", text), any(parts <= date for h in held for date in h.dates)
        bare = _undated(bare)
        for figure, start, end in _figures(bare):
            yield Item(citation, "number", bare[start:end].strip()), any(figure in h.figures for h in held)


def _record_keys(article: Article) -> set[str]:
    """Names of the article itself: a fact about it need not repeat them from the paragraph."""
    return {_key(t) for t in (article.title, article.about.zh, article.publisher, *article.authors) if t}


def _plain(figure: Figure) -> str:
    value, share = figure
    return f"{value * 100:f} %" if share else f"{value:f}"


def check(pack: Pack, texts: dict[str, list[Paragraph]]) -> Report:
    """Compare a pack with its articles' texts (as from `knowledge.build.read_articles`); some may be missing."""
    checker = _Checker(pack, texts)
    unverified: list[Unverified] = []
    unread = [f.id for f in pack.facts if any(c.article not in texts for c in f.citations)]
    read = [f for f in pack.facts if f.id not in set(unread)]
    citing: dict[Citation, list[_Held]] = {}
    for fact in read:
        found = dict.fromkeys(checker.verify(fact))
        unverified += [Unverified(fact.id, what, fact.citations) for what in found]
        held = checker.held(fact)
        for citation in fact.citations:
            citing.setdefault(citation, []).append(held)
    entries: dict[Citation, list[LeftOut]] = {}
    for entry in pack.left_out:
        entries.setdefault(Citation(entry.article, entry.paragraph), []).append(entry)
    uncovered: list[Item] = []
    uncited: list[Citation] = []
    stale: list[Stale] = []
    counts = {"figures": [0, 0], "names": [0, 0]}
    for citation in checker.pages:
        seen = dict(checker.items(citation, citing.get(citation, [])))
        missing = [item for item, is_held in seen.items() if not is_held]
        left = entries.get(citation, [])
        whole = any(not e.what for e in left)
        named = {_key(w) for e in left for w in e.what}
        stale += [Stale(e, w) for e in left for w in e.what if _key(w) not in {name_key(i.text) for i in missing}]
        stale += [Stale(e, "") for e in left if not e.what and citation in citing and not missing]
        missing = [] if whole else [i for i in missing if name_key(i.text) not in named]
        uncovered += missing
        if citation not in citing and not whole:
            uncited.append(citation)
        for item, is_held in seen.items():
            tally = counts["names" if item.sort in ("name", "quote") else "figures"]
            tally[0] += is_held
            tally[1] += is_held or item in missing
    stale += [Stale(e, "") for c, left in entries.items() if c.article in texts and c not in checker.pages for e in left]
    return Report(
        verified=len(read) - len({u.fact for u in unverified}),
        unverified=tuple(unverified),
        copied=tuple(c for c in map(checker.copied, read) if c),
        unread=tuple(unread),
        uncovered=tuple(uncovered),
        uncited=tuple(uncited),
        stale=tuple(stale),
        broken=tuple(Broken(Citation(a, p.number), p.broken) for a, found in texts.items() for p in found if p.broken),
        figures=Tally(*counts["figures"]),
        names=Tally(*counts["names"]),
    )


def render(report: Report) -> list[str]:
    """The report as plain lines: findings first, then coverage, then the totals."""
    lines = [f"unverified {u.fact}: {u.what} is not in {_places(u.cited)}" for u in report.unverified]
    lines += [f"copied {c.fact}: {c.run!r} is the wording of {_places([c.citation])}" for c in report.copied]
    lines += [f"unread {fact}: no text of an article that it cites" for fact in report.unread]
    lines += [
        f"left_out.yaml {s.entry.article} {s.entry.paragraph}: {repr(s.what) if s.what else 'the paragraph'} leaves nothing out"
        for s in report.stale
    ]
    by_place: dict[Citation, list[str]] = {c: ["no fact cites it"] for c in report.uncited}
    for item in report.uncovered:
        by_place.setdefault(item.citation, []).append(f"{item.sort} {item.text}")
    lines += [f"uncovered {_places([c])}: {'; '.join(found)}" for c, found in by_place.items()]
    lines += [f"broken {_places([b.citation])}: {' | '.join(b.around)}" for b in report.broken]
    lines.append(
        f"{report.verified} facts verified, {len({u.fact for u in report.unverified})} not, {len(report.unread)} unread; "
        f"{len(report.copied)} copied; {len(report.broken)} paragraphs with broken characters"
    )
    for label, tally in (("numbers, dates and titles", report.figures), ("names", report.names)):
        lines.append(f"{label}: {tally.held} of {tally.total} held, {tally.percent:.1f} %")
    return lines


def _places(citations: Iterable[Citation]) -> str:
    found: dict[str, list[str]] = {}
    for c in citations:
        found.setdefault(c.article, []).append(str(c.paragraph))
    return "; ".join(f"{article} {', '.join(numbers)}" for article, numbers in found.items())
