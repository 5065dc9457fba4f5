"""One figure or time claimed of several at once (甲和乙都有5个): the claim, put for each of them by itself."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.finding.outcome import Part, noted
from knowledge.linking.scan import covers
from knowledge.reading.reading import Reading
from knowledge.store.base import Base
from knowledge.text.patterns import pattern

_EACH = pattern(r"都|均(?![衡匀])|皆|各自?(?!类|种|项|地|大|行|界|级|方)|\b(?:both|each)(?: of them)?\b ?")
"""Says that it is so of each."""
_AND = pattern(r"[”」』》\"']? ?(?:[、和与及跟同]|以及|,? and) ?[“「『《\"']?$")
"""Right before the name of another party."""
_BREAK = pattern("[,，;；:：。?？]|不|(?<!占)比(?![例重率])")
_OWN = pattern("^[^的]*的")
"""What is said of the last party alone (甲首期和乙每年的)."""
_MOST = 4
_FAR = 12
"""Characters that may stand behind the name of a party and belong to it."""


def of_each(reading: Reading, base: Base) -> list[str]:
    """The claim for each of several parties, of which one figure or time is claimed; [] of any other claim."""
    text = reading.text
    if not (reading.quantities or reading.periods) or not reading.intents.isdisjoint(("compare", "sum")):
        return []
    apart = (e for e in _EACH.finditer(text) if not covers(list(reading.mentions), *e.span()))  # 成都 is no 都
    each = next(apart, None)
    row = _row(reading, base) if each else []
    if each is None or len(row) < 2:
        return []
    start, end = reading.mentions[row[0]].start, reading.mentions[row[-1]].end
    before = each.end() <= start and not text[each.end() : start].strip()
    if not before and (each.start() < end or _BREAK.search(text, end, each.start())):
        return []
    stops = [*(reading.mentions[i].start for i in row[1:]), end]
    names = [_party(text[reading.mentions[i].start : stop]) for i, stop in zip(row, stops, strict=True)]
    head = text[: each.start()] if before else text[:start]
    rest = text[end:] if before else text[end : each.start()] + text[each.end() :]
    marked = any(len(n) > len(reading.mentions[i].text) + 1 for n, i in zip(names[:-1], row, strict=False))
    common = _OWN.sub("", rest) if marked else rest
    return [f"{head}{name}{common}" for name in names[:-1]] + [f"{head}{names[-1]}{rest}"]


def together(parts: Sequence[Part | None], reading: Reading, base: Base) -> Part | None:
    """What answers the claim of all of them: no if it is wrong of one, yes if right of each; None if that is open."""
    told = [p for p in parts if p and p.kind == "verify" and p.verdict != "absent"]
    wrong = any(p.verdict == "no" and p.facts[0].subject in reading.entities for p in told)
    if len(told) < (1 if wrong else len(parts)):
        return None
    facts = tuple(dict.fromkeys(p.facts[0] for p in told))
    if any(f.within.isdisjoint(reading.entities) for f in facts):
        return None
    wrong = any(p.verdict == "no" for p in told)
    verdict = "no" if wrong else ("yes" if all(p.verdict == "yes" for p in told) else "")
    return noted(base, "verify", reading, facts, ())._replace(verdict=verdict)


def _row(reading: Reading, base: Base) -> list[int]:
    """Indices of the parties: names of one kind, each behind an 和, with a few words of its own at most between."""
    things = reading.things(base)
    row = things[:1]
    for index in things[1:]:
        last, named = reading.mentions[row[-1]], reading.mentions[index]
        kinds = base.kinds_like((base.entity(last.entities[0]).kind,))
        between = reading.text[last.end : named.start]
        beside = _AND.search(between) and len(between) <= _FAR and not _BREAK.search(between)
        if base.entity(named.entities[0]).kind in kinds and beside:
            row.append(index)
        elif len(row) > 1:
            break
        else:
            row = [index]
    return row if len(row) <= _MOST else []


def _party(piece: str) -> str:
    """The name of a party with what is said of it alone."""
    found = _AND.search(piece)
    return piece[: found.start()] if found else piece
