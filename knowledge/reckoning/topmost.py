"""The first so many of a kind by some measure (大模型数量前三的城市): ranked by the figures of each."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from knowledge.finding.certainty import Bar
from knowledge.finding.finding import Finding
from knowledge.finding.judge import explained
from knowledge.finding.outcome import Figure, Part, part_for
from knowledge.finding.probe import Hints
from knowledge.linking.scan import Word
from knowledge.reading.asked import CHECKING
from knowledge.reading.clues import Clue
from knowledge.reading.degrees import ENDS
from knowledge.reading.reading import Reading
from knowledge.reckoning.counts import come_to
from knowledge.reckoning.figures import EXACT, of_one_count
from knowledge.reckoning.lineup import of_kind, one_of_each, without
from knowledge.reckoning.weigh import SHOWN, kinds_meant, of_measure, ranking, says_measure, whoever
from knowledge.store.base import Base, FactRow
from knowledge.text.lexicon import phrase
from knowledge.text.numerals import whole_number
from knowledge.text.order import place_said
from knowledge.text.patterns import pattern

_TOP = pattern(
    r"(?:排名?在?|位[居列]|名列|居)?前([二两三四五六七八九十]|\d{1,2})(?![期批年月天届代轮次%百千万亿]|个月)[名位强大]?"
    r"|\btop[- ](two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b(?! ?%)"
)
_SUM = frozenset({"sum"})
_UNCOUNTED = CHECKING | {"difference", "ratio", "growth"}
"""Intents of questions that do not ask which they are, nor what they come to together."""
_OTHERWISE = _UNCOUNTED | _SUM
"""Intents of questions that do not ask which they are."""
_EXPLAINING = frozenset({"reason", "how", "date"})
_EITHER = frozenset({"i:most", "i:least"})
_FIGURES = frozenset({"number", "rank", "amount", "share", "list", "which", "definition"})
_WEIGHED = _OTHERWISE | {"most", "least", "negation", "except"}
_RANKING = "排名"
_ALL = 15
"""So many figures stand side by side at most."""
_SAID = 0.3
"""Least weight of the words that say what is measured."""
_SEVERAL = 3
"""Figures that show who has most."""
_CLAUSE = pattern("[,，;；。]")
_NOUN = 12
"""Characters of a noun for a kind."""
_HALF = 0.5
"""Share of a word that a statement has to explain to speak of it."""


class Top(NamedTuple):
    """How many of the first are asked for, and where that is said."""

    many: int
    start: int
    end: int


def top_asked(reading: Reading) -> Top | None:
    """The first so many that are asked for, None if none are."""
    if reading.intents & _UNCOUNTED or reading.asks & _EXPLAINING:
        return None
    found = _TOP.search(reading.text) if "前" in reading.text or "top" in reading.text else None
    many = whole_number(found[1] or found[2]) if found else 0
    return Top(many, found.start(), found.end()) if found and many > 1 else None


def told_itself(top: Top, reading: Reading, fact: FactRow) -> bool:
    """Whether a statement speaks of the first so many itself (包揽榜单前三), and of all else, by the same measure."""
    said = [c for c in reading.clues if len(c.text) > 1 and c.text in reading.text[top.start : top.end]]
    spoken = any(explained(c, fact.terms) >= _HALF for c in said)
    return spoken and all(explained(c, fact.terms) >= _HALF and _of_measure(c, fact) for c in reading.clues)


def _of_measure(clue: Clue, fact: FactRow) -> bool:
    """Whether a fact is of a measure that the clue names, if it names one."""
    measures = {term for term in clue.terms if term.startswith("r:")}
    return not measures or fact.relation_term in measures


def topmost(bar: Bar, reading: Reading, top: Top, hints: Hints) -> Part | None:
    """The first so many of the kind asked for, by their figures; None unless there are as many."""
    measure = without(reading, top.start, top.end)
    others = any(not top.start <= q.start < top.end for q in reading.quantities)
    if others or not (measure.clues or measure.mentions):
        return None
    if "sum" in reading.intents:
        kept = tuple(c for c in measure.clues if not any(c.text == w.text for w in reading.words if w.has("i:sum")))
        measure = measure._replace(clues=kept, intents=reading.intents - _SUM)
    figures = one_of_each(of_kind(bar, measure, hints))
    if len(figures) < top.many:
        return None
    first = ranking(figures, reading, top.many)
    if "sum" not in reading.intents:
        return first
    alike = of_one_count(list(first.figures)) and not first.figures[0].share
    return come_to("sum", reading, first.figures) if alike else None


def foremost(bar: Bar, reading: Reading, hints: Hints) -> Part | None:
    """The one of a kind that has most or least of something (哪个城市的大模型最多), by the figures of all.

    None where fewer than three are known, or one only as a bound (超过百亿 may be the most or not).
    """
    word = reading.word("i:most") or reading.word("i:least")
    kinds = kinds_meant(reading, bar.base) if word or reading.place else ()
    if not kinds or reading.quantities or (word and _EITHER.issubset(word.tags)):
        return None
    if reading.intents & _OTHERWISE or reading.asks & _EXPLAINING:
        return None
    measure = without(reading, word.start, word.end) if word else reading
    figures = _all(bar, measure._replace(kinds=kinds), hints)
    if len(figures) < reading.place:
        return None
    topics = bar.base.generic.intersection(*[f.fact.entities for f in figures])
    if not figures or (not topics <= reading.entities and not any(w.has("r") for w in reading.words)):
        return None  # 哪个城市的企业最多: makers of models are not all of them
    return ranking(figures, reading, max(reading.wanted, SHOWN))


def placed(reading: Reading, base: Base) -> Reading:
    """The reading without the words for the place that is asked for (第二高的是谁); itself if none is."""
    place = place_said(reading.text, base.lexicon) if reading.place else None
    if place is None or reading.intents & CHECKING:
        return reading
    intents = (reading.intents - ENDS) | ({"least"} if place.back else {"most"})
    plain = without(reading, place.start, place.end)._replace(intents=intents)
    if not says_measure(plain):
        return reading
    return plain if plain.kinds or "person" not in plain.asks else plain._replace(kinds=whoever(plain, place.end, base))


def standings(bar: Bar, reading: Reading, hints: Hints) -> Part | None:
    """The figures of all of a kind in order, where they are asked for (各城市大模型数量, 大模型城市排名)."""
    word = _ranked(reading) or reading.word("i:standings") or _each(reading)
    if word is None or reading.quantities or reading.place or reading.asks - _FIGURES or reading.intents & _WEIGHED:
        return None
    kinds = reading.kinds or tuple(k for w in reading.words for k in w.kinds)
    measure = without(reading, word.start, word.end)._replace(kinds=kinds)
    figures = _all(bar, measure, hints)
    return ranking(figures, reading, _ALL) if figures else None


def _each(reading: Reading) -> Word | None:
    """The word for each of a kind (各 of 各城市)."""
    return next((w for w, noun in pairwise(reading.words) if "i:each" in w.tags and noun.kinds), None)


def _ranked(reading: Reading) -> Word | None:
    """The word for a ranking that says of none which place it has (大模型城市排名, not 排名第二)."""
    return next((w for w in reading.words if w.text == _RANKING), None)


def _all(bar: Bar, measure: Reading, hints: Hints) -> list[Figure]:
    """One figure of each of the kind, [] where they can't be set against each other."""
    base = bar.base
    within = tuple(m for m in measure.mentions if base.whole.isdisjoint(m.entities))  # 全国: of all there are
    if not within and sum(c.weight for c in measure.clues) < _SAID:
        return []
    told = one_of_each(of_kind(bar, measure._replace(mentions=within), hints))
    figures = [f for f in told if of_measure(f.fact, measure)]
    if len(figures) < _SEVERAL or any(f.bound not in EXACT for f in figures):
        return []
    return figures if not figures[0].share or of_one_count(figures) else []


def said_foremost(bar: Bar, reading: Reading, findings: list[Finding]) -> Part | None:
    """The statement that says of one thing that it is the oldest, the fastest … of its kind, if only one is said to be.

    Not of those of some place, or of some sort, alone: 南京最老的渡轮 and 最快的货船 tell of no 最快的渡轮.
    """
    base, word = bar.base, reading.word("i:most") or reading.word("i:least")
    kinds = base.kinds_like(kinds_meant(reading, base) or (base.persons if "person" in reading.asks else ()))
    if word is None or not kinds or reading.quantities or reading.periods or reading.place:
        return None
    if reading.intents & _OTHERWISE or reading.asks & _EXPLAINING:
        return None
    left = [c for c in reading.clues if c.text not in word.text and word.text not in c.text]
    degrees = base.remembered(_same_degree)(word.text.removesuffix("的"), word.tags)
    told = []
    for fact in (f.fact for f in findings):
        said = next((w for w in degrees if w in _wording(fact, base)), "")
        alone = said and _is_of(fact, said, kinds, reading, base) and _of_all(fact, said, kinds, base)
        if alone and all(explained(c, fact.terms) >= _HALF for c in left):
            told.append(fact)
    if len({f.subject for f in told}) != 1:
        return None
    return part_for(reading, "facts", (told[0],))


def _same_degree(said: str, tags: tuple[str, ...], base: Base) -> tuple[str, ...]:
    """A superlative, and those that say the same of the one measure that it names (最年轻: 年龄最小).

    To be called through `Base.remembered`.
    """
    ends = _EITHER.intersection(tags)
    measures = [t for t in tags if t[:2] == "r:"]
    alike = base.lexicon.having(*measures) if measures else ()
    others = [w for w in alike if not ends.isdisjoint(base.lexicon.tags[w]) and (w[0] == "最" or w.endswith("est"))]
    return tuple(dict.fromkeys([said, *(w.removesuffix("的") for w in others)]))


def _wording(fact: FactRow, base: Base) -> str:
    """What a statement and its value say, folded."""
    return f"{base.said(fact)} {base.tables.fold(fact.value)}"


def _is_of(fact: FactRow, said: str, kinds: frozenset[str], reading: Reading, base: Base) -> bool:
    """Whether a statement is of one thing of these kinds, and its superlative of no place or owner not asked for."""
    beside = fact.entities - {fact.subject} - reading.entities - base.whole - base.generic
    if fact.measured and beside:  # 甲岛的乙塔, 全国最高的灯塔: of its figure it is told, of all there are
        clauses = [clause for clause in _CLAUSE.split(_wording(fact, base)) if said in clause]
        names = ((e, base.folded_names(e)) for e in beside)
        beside = frozenset(e for e, own in names if any(name in clause for name in own for clause in clauses))
    return base.entity(fact.subject).kind in kinds and not beside and not fact.negated and not fact.former


def _of_all(fact: FactRow, said: str, kinds: frozenset[str], base: Base) -> bool:
    """Whether the noun for the kind, or nothing, follows the superlative in a statement."""
    text = _wording(fact, base)
    behind = text[text.index(said) + len(said) :].lstrip("的 ")
    if not behind[:1].isalnum() or behind.startswith("of "):
        return True
    noun = max((n for end in range(1, _NOUN) if base.lexicon.kinds(phrase(n := behind[:end]))), default="")
    return bool(noun) and not kinds.isdisjoint(base.lexicon.kinds(phrase(noun)))
