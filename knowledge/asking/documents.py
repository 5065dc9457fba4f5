"""The date of a document in which something stands (2022年底的方案里) is no date of what stands there."""

from __future__ import annotations

from knowledge.linking.scan import Word
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, EntityRow
from knowledge.text.dates import Period
from knowledge.text.patterns import pattern

_NOUNS = ("文件", "报告")
_FAR = 16
"""Characters between the date of a document and the noun for it."""
_BRACKETS = pattern("[（(][^（()）]*[）)]")
_NOUN = 2
"""Characters of a noun for a document at least."""
_APART = pattern("[,，。;；:：?？!！]")


def undated(before: Reading, base: Base) -> Reading | None:
    """What was said before a question without the date of the document it names, if the base knows that date."""
    return before._replace(periods=()) if _of_date(before, base) else None


def without_date(reading: Reading, base: Base) -> tuple[str, frozenset[int]] | None:
    """The folded question without the date that tells which document is meant, and the documents of that date.

    甲市2021年的草案要办几场赛事: what it asks for stands in the document, and is no figure of that year.
    """
    documents = _of_date(reading, base)
    if not documents or reading.text.isascii():
        return None
    period, kinds = reading.periods[0], _kinds(base)
    titles = [base.entity(e) for e in documents]
    nouns = [m.start for m in reading.mentions if base.entity(m.entities[0]).kind in kinds]
    nouns += [w.start for w in reading.words if not kinds.isdisjoint(w.kinds) or any(_ends(t, w) for t in titles)]
    if not any(0 <= at - period.end <= _FAR and not _APART.search(reading.text, period.end, at) for at in nouns):
        return None
    start = period.start - (reading.text[: period.start][-1:] in ("到", "至"))
    return f"{reading.text[:start]}{reading.text[period.end :].removeprefix('的')}", documents


def _of_date(reading: Reading, base: Base) -> frozenset[int]:
    """The documents named, or tied to what is named by their noun, that are of the only date given."""
    if len(reading.periods) != 1:
        return frozenset()
    kinds = _kinds(base)
    named = [m.entities[0] for m in reading.mentions]
    # 甲城2022年底的方案: one that is tied to what is named, by its noun
    tied = (x for e in named for x in base.linked(e) if x >= 0)
    documents = {e for e in (*named, *tied) if base.entity(e).kind in kinds}
    titled = {e for e in documents if e in named or any(_ends(base.entity(e), w) for w in reading.words)}
    if not titled and any(not kinds.isdisjoint(w.kinds) for w in reading.words):
        titled = documents  # 这份文件: whatever its title ends with
    return frozenset(e for e in titled if _is_of(e, reading.periods[0], base))


def _ends(document: EntityRow, word: Word) -> bool:
    """Whether a word is the noun with which a title ends, but for what stands in brackets behind it."""
    return len(word.text) >= _NOUN and _BRACKETS.sub("", document.zh).rstrip("》").endswith(word.text)


def _kinds(base: Base) -> frozenset[str]:
    return base.kinds_like(kind for noun in _NOUNS for kind in base.lexicon.kinds(noun))


def _is_of(document: int, period: Period, base: Base) -> bool:
    """Whether something is told of a document at that time, or the year stands in its name."""
    facts = map(base.fact, base.facts_of(document))
    named = period.year > 0 and f"{period.year}年" in base.entity(document).zh
    return named or any(p.overlaps(period) for f in facts for p in f.periods)
