"""Draft the facts of a new article: what its paragraphs state in figures and dates, by the names that a pack knows.

A draft is work for an editor, not knowledge: what could not be told is left as TODO, and a proposed statement is put
together from the pack's own words. The article's sentences are never taken over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.building import evidence
from knowledge.building.cleaning import Paragraph
from knowledge.building.evidence import Names, Page
from knowledge.store.records import Article, Entity, Pack, Relation
from knowledge.text.dates import Period
from knowledge.text.fold import name_key
from knowledge.text.numerals import find_quantities

TODO = "TODO"
"""Stands where the editor has to decide; no pack with it can be built."""
_TYPES = {"%": "share", "元": "amount"}
_MEASURED = ("number", "amount", "share", "rank", "duration")
_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_CLAUSE_END = re.compile(r"[，,：:]")
_TITLE = re.compile("《([^《》]{2,40})》")
_QUOTE = re.compile("[“「『]([^“”「」『』]{2,12})[”」』]")
_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z0-9]*(?:[ -][A-Z0-9][A-Za-z0-9]*)*")


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact that a paragraph may state."""

    paragraph: int
    subject: str
    """Id of the entity named last before the value, '' if none is."""
    relation: str
    """Id of the relation whose words or unit fit, '' if none does."""
    value: str
    """As the paragraph writes it: a figure with its unit, or a date."""
    as_of: str
    """ISO date of the sentence or the paragraph, '' if there is none."""
    named: tuple[str, ...]
    """Ids of all entities that the sentence names."""


@dataclass(frozen=True, slots=True)
class Drafts:
    """All that an article gives an editor to start from."""

    article: Article
    facts: tuple[Draft, ...]
    names: tuple[tuple[int, str], ...]
    """(paragraph, name) of titles, quoted and Latin names that the pack does not know."""
    broken: tuple[tuple[int, str], ...]
    """(paragraph, surroundings) of characters that can't be right."""


def draft(article: Article, paragraphs: list[Paragraph], pack: Pack) -> Drafts:
    """What the paragraphs state, in their order."""
    drafter = _Drafter(pack)
    facts = [found for p in paragraphs for found in drafter.facts(p)]
    names = {
        name_key(evidence.fold(name)): (p.number, name) for p in reversed(paragraphs) for name in drafter.names_in(p)
    }
    return Drafts(
        article,
        tuple(facts),
        tuple(sorted(names.values())),
        tuple((p.number, around) for p in paragraphs for around in p.broken),
    )


class _Drafter:
    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.names = Names(pack.entities)
        self.units = sorted({r.unit for r in pack.relations if r.unit}, key=len, reverse=True)
        self.cues = {
            r.id: [evidence.fold(w) for w in (r.label.zh, r.label.en, *r.cues) if len(w) > 1] for r in pack.relations
        }

    def facts(self, paragraph: Paragraph) -> Iterator[Draft]:
        last, dated = "", ""
        for match in _SENTENCE.finditer(paragraph.text):
            page = evidence.read(match.group())
            named = [(start, end, self.entity(key)) for start, end, key in self.names.spans(page)]
            bare = evidence.blank(page.folded, [(s, e) for s, e, _ in named])
            periods = evidence.periods(bare)
            told = [p for p in periods if self.told(page.folded, p)]
            dated = next((_iso(p) for p in periods if p not in told), dated)
            for start, end, value, unit in self.values(bare, page, match.group(), periods, told):
                before = [e for s, _, e in named if s < start]
                relation = self.relation(page.folded, start, end, unit)
                yield Draft(
                    paragraph=paragraph.number,
                    subject=before[-1] if before else last,
                    relation=relation.id if relation else "",
                    value=value,
                    as_of="" if unit == "date" else dated,
                    named=tuple(dict.fromkeys(e for _, _, e in named)),
                )
            last = named[-1][2] if named else last

    def told(self, folded: str, period: Period) -> bool:
        """Whether a date is what the clause tells (建成于1891年), rather than when the rest held."""
        return self.relation(folded, period.start, period.end, "date") is not None

    def entity(self, key: str) -> str:
        """The entity of a name, one that is not named in passing if there are several."""
        found = sorted(self.names.entities[key])
        generic = {e.id for e in self.pack.entities if e.generic}
        return next((e for e in found if e not in generic), found[0])

    def values(
        self, bare: str, page: Page, text: str, periods: list[Period], told: list[Period]
    ) -> Iterator[tuple[int, int, str, str]]:
        """(start, end, as written, unit) of the sentence's figures and of the dates told; of all dates without both."""
        written = text if len(text) == len(page.folded) else page.folded
        found = [(p.start, p.end, "date") for p in told]
        for q in find_quantities(evidence.blank(bare, [(p.start, p.end) for p in periods])):
            if q.value == 1 and not q.text.isascii():
                continue  # 一个, 一家: an article, no figure
            unit = q.unit or next((u for u in self.units if bare.startswith(u, q.end)), "")
            found.append((q.start, q.end if q.unit else q.end + len(unit), unit))
        for start, end, unit in sorted(found or [(p.start, p.end, "date") for p in periods]):
            yield start, end, written[start:end].strip(), unit

    def relation(self, folded: str, start: int, end: int, unit: str) -> Relation | None:
        """The relation that the words beside the value name best, else the only one with its unit."""
        clause = folded[_clause_start(folded, start) : end] + _CLAUSE_END.split(folded[end : end + 6])[0]
        fitting = [r for r in self.pack.relations if _fits(r, unit)]
        scored = [(max((len(w) for w in self.cues[r.id] if w in clause), default=0), r) for r in fitting]
        best = max((score for score, _ in scored), default=0)
        if best:
            return next(r for score, r in scored if score == best)
        same = [r for r in fitting if r.unit and r.unit == unit]
        return same[0] if len(same) == 1 else None

    def names_in(self, paragraph: Paragraph) -> Iterator[str]:
        """Names of works, quoted names and Latin names that the pack lacks."""
        page = evidence.read(paragraph.text)
        spans = [(s, e) for s, e, _ in self.names.spans(page)]
        text = paragraph.text if len(paragraph.text) == len(page.folded) else page.folded
        bare = evidence.blank(text, spans)
        for pattern in (_TITLE, _QUOTE, _LATIN):
            for m in pattern.finditer(bare):
                name = m.group(m.lastindex or 0).strip()
                if evidence.GAP not in name and len(name_key(name)) > 1:
                    yield name


def _fits(relation: Relation, unit: str) -> bool:
    """Whether a relation may lead to a value of this unit."""
    if unit == "date":
        return relation.value == "date"
    if relation.unit and unit and relation.unit != unit:
        return False
    if unit and relation.unit == unit:
        return relation.value in _MEASURED
    wanted = _TYPES.get(unit, "number")
    return relation.value == wanted or (wanted == "number" and relation.value in ("rank", "duration"))


def _clause_start(text: str, at: int) -> int:
    """Where the clause before an offset begins."""
    return max((m.end() for m in _CLAUSE_END.finditer(text, 0, at)), default=0)


def _iso(period: Period) -> str:
    """A date with a year as the pack writes it, '' for one without."""
    (year, month, day), last = period.first, period.last
    if not year:
        return ""
    if period.first == last:
        return f"{year}-{month:02}-{day:02}"
    if (month, day, *last) == (1, 1, year, 12, 31):
        return f"{year}"
    if (day, *last) == (1, year, month, 31):
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{day:02}/{last[0]}-{last[1]:02}-{min(last[2], 30):02}"


# --- written for an editor


def article_yaml(article: Article) -> str:
    """The article's entry for articles.yaml."""
    lines = [f"- id: {article.id}"]
    fields = {
        "title": article.title,
        "publisher": article.publisher or TODO,
        "published": article.published or TODO,
        "language": article.language,
        "url": article.url,
    }
    lines += [f"  {name}: {quoted(value)}" for name, value in fields.items() if value]
    if article.authors:
        lines.append(f"  authors: [{', '.join(map(quoted, article.authors))}]")
    lines.append(f"  paragraphs: {article.paragraphs}")
    return "\n".join(lines) + "\n"


def entities_yaml(drafts: Drafts) -> str:
    """Names that the pack lacks, each as an entity in a comment: what is none is deleted."""
    lines = [
        "# Names that the pack does not know. Take the mark from those that people will ask about, and complete them."
    ]
    lines += [f"# - {{id: {TODO}, kind: {TODO}, zh: {quoted(name)}}}  # paragraph {n}" for n, name in drafts.names]
    return "\n".join([*lines, ""])


def facts_yaml(drafts: Drafts, pack: Pack) -> str:
    """The draft facts for facts/."""
    entities = {e.id: e for e in pack.entities}
    relations = {r.id: r for r in pack.relations}
    lines = [
        "# Drafts: compare each with its paragraph, say it in words of your own, delete what is no fact.",
        f"article: {drafts.article.id}",
        "facts:",
    ]
    count: dict[int, int] = {}
    for found in drafts.facts:
        count[found.paragraph] = count.get(found.paragraph, 0) + 1
        named = "; ".join(f"{e} {entities[e].name.zh}" for e in found.named)
        lines += [
            f"  - id: {drafts.article.id}-{found.paragraph}{_letter(count[found.paragraph])}",
            f"    cite: [{found.paragraph}]",
            f"    subject: {found.subject or TODO}" + (f"  # named: {named}" if named else ""),
            f"    relation: {found.relation or TODO}",
            f"    value: {quoted(found.value)}",
            *([f"    as_of: {found.as_of}"] if found.as_of else []),
            f"    statement: {_statement(found, entities, relations)}",
        ]
    return "\n".join([*lines, ""]) if drafts.facts else "\n".join([*lines[:-1], "facts: []", ""])


def _statement(found: Draft, entities: dict[str, Entity], relations: dict[str, Relation]) -> str:
    if not (found.subject and found.relation):
        return '{zh: "", en: ""}'
    subject, relation = entities[found.subject], relations[found.relation]
    zh = f"{subject.name.zh}的{relation.label.zh}：{found.value}。"
    return f'{{zh: {quoted(zh)}, en: ""}}'


def quoted(text: str) -> str:
    """A text as YAML reads it back, whatever is in it."""
    return json.dumps(text, ensure_ascii=False)


def _letter(number: int) -> str:
    """The n-th letter: a to z, then aa and on."""
    return ("" if number <= 26 else _letter((number - 1) // 26)) + chr(ord("a") + (number - 1) % 26)
