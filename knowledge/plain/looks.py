"""Whether values look like what is asked for: a figure for how many, a year for when, the word behind 哪 or 多少."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.patterns import pattern
from knowledge.plain.base import PlainBase
from knowledge.plain.certainty import Candidate, rank, rest_of
from knowledge.plain.match import GAP
from knowledge.plain.question import Question

_DATED = pattern(r"[\d〇零一二三四五六七八九十元年月日季世朝代期初末夏商周秦汉晋隋唐宋明清]|\bcentury\b")
_COUNTED = pattern(
    r"[\d〇零一二两三四五六七八九十百千万亿半几多无]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b"
)
_LOOKS = {"date": _DATED, "number": _COUNTED, "amount": _COUNTED, "duration": _COUNTED, "distance": _COUNTED}
"""Type asked for → what at least stands in such an answer."""
_KIND = pattern(r"(?:哪[一个家所座部种类位款张本些]*|多少个?|几个?)([\u3400-\u9fff]{1,2})")
"""The kind of thing or the unit that a question names: 哪所大学, 多少公里."""
_NEAR = 0.6
"""Ways to answer whose rank is within this of the best are looked at."""
_VALUES = 5
"""Values of each that are."""
_OF_KIND, _HINTED = 0.3, 0.15
"""What a way gains in whose values the kind or unit stands, or its first character."""


def by_looks(
    base: PlainBase, question: Question, best: Candidate, ways: Sequence[Candidate]
) -> tuple[Candidate, list[Candidate]]:
    """The best way to answer and those near it, after a look at their values."""
    floor = best.evidence.rank - _NEAR
    near = [way for way in ways if way.evidence.rank >= floor]
    if len(near) < 2:
        return best, list(ways)
    rest = rest_of(base, question, best.mention)
    named = _KIND.search(rest.text.replace(" ", "").replace(GAP, ""))
    kind = named[1] if named else ""
    looks = [_LOOKS[type_] for type_ in rest.asks if type_ in _LOOKS]
    if not (kind or looks):
        return best, list(ways)
    judged, other = [], []
    for way in near:
        fetch = base.subjects if way.backward else base.values
        values = [base.folded(t.value) for t in fetch(way.name.e, way.predicate.r)[:_VALUES]]
        if looks and way.evidence.how not in {"cue", "literal"} and not any(a.search(v) for a in looks for v in values):
            other.append(way)
            continue
        gained = _OF_KIND if kind and _any(kind, values) else _HINTED if kind and _any(kind[0], values) else 0.0
        judged.append(way._replace(evidence=way.evidence._replace(rank=way.evidence.rank + gained)))
    judged = judged or other
    return max(judged, key=rank), judged


def _any(part: str, values: Sequence[str]) -> bool:
    return any(part in value for value in values)
