"""Compare and calculate with figures: rank, difference, sum, ratio. Facts are compared, never strings."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from knowledge.deciding.apiece import WEIGHING
from knowledge.deciding.equals import same_sort
from knowledge.finding.certainty import Bar
from knowledge.finding.finding import Finding
from knowledge.finding.judge import explained, in_time
from knowledge.finding.measure import silent_on
from knowledge.finding.outcome import Figure, Part, part_for
from knowledge.finding.probe import Hints
from knowledge.reading.clues import Clue
from knowledge.reading.degrees import ENDS
from knowledge.reading.reading import Reading
from knowledge.reckoning.counts import come_to
from knowledge.reckoning.figures import EXACT, accepted, figure_of, of_one_count, of_one_year
from knowledge.reckoning.growth import figures_of_change, figures_of_dates
from knowledge.store.base import Base, FactRow
from knowledge.text.lexicon import kinds_in
from knowledge.text.patterns import pattern

_BEHIND = 3.0
_SAID = 0.3
_HALF = 0.5
"""Share of a word that a fact has to explain to tell of it."""
SHOWN = 5
_PAIR = 2
_TELLING = 1.5
"""Weight of a word that tells a measure apart from others of its sort."""
_TOLD_APART = 0.5
"""Share of it that a statement on that measure holds."""
_WEIGHED = frozenset(f"i:{intent}" for intent in WEIGHING)
_WHICH = frozenset({"which", "place", "what", "name", "person", "definition", "list"})
_AFTER_DEGREE = " ?？呢呀啊些"
_SO_MANY = pattern("的?(?:前?[一二两三四五六七八九十0-9]{0,2}[个座条艘家款项所种位名]?)| (?:two|three|four|five)? ?")
"""Between a superlative and the noun for what is asked for (最多的三个岛)."""
_OWNED = ("的", "'s ")
"""Between a thing and whose it is."""
_IS = pattern(r"\b(?:is|was|are|were|does|did)\b")
_NUMERIC = ("number", "amount", "share", "duration")


def calculate(bar: Bar, reading: Reading, hints: Hints) -> Part | None:
    """A part that compares or calculates, if the question asks for it and comparable figures are there."""
    wanted = reading.intents & (WEIGHING | {"growth"})
    if "trend" in reading.intents and len(reading.periods) == _PAIR:
        wanted |= {"growth"}  # 从2020年到2024年怎么变的
    if not wanted:
        return None
    figures = _figures_of_each(bar, reading, hints)
    if not figures and wanted & {"difference", "growth", "ratio"}:
        figures = figures_of_dates(bar, reading, hints)
        if "ratio" in wanted:
            figures = figures[::-1]  # the later one is so many times the earlier
        else:
            wanted |= {"difference"}
    if not figures and wanted & {"difference", "growth", "ratio"}:
        figures = figures_of_change(bar, reading, hints)
    if len(figures) < 2 or not _comparable(figures, order=not wanted & {"difference", "ratio"}):
        return None
    if "difference" in wanted and len(figures) == 2:
        return difference(figures, reading)
    if "ratio" in wanted and len(figures) == 2 and _inverted(reading, figures):
        figures = figures[::-1]
    if "ratio" in wanted and len(figures) == 2 and figures[1].value:
        return come_to("ratio", reading, figures)
    if "sum" in wanted and not of_one_count(figures):
        return None  # what was counted at different times, or by different parties, is never added
    if "sum" in wanted and reading.asks & {"number", "amount", "share"} and not figures[0].share:
        return come_to("sum", reading, figures)
    return None if wanted == {"sum"} else ranking(figures, reading)


def _inverted(reading: Reading, figures: list[Figure]) -> bool:
    """Whether the one named last is so many times the first (how many times the size of A is B)."""
    first, last = (next((m for m in reading.mentions if f.entity in m.entities), None) for f in figures)
    if not first or not last or not reading.text.isascii():
        return False
    return bool(_IS.search(reading.text, first.end, last.start)) and not _IS.search(reading.text, 0, first.start)


def _comparable(figures: list[Figure], *, order: bool) -> bool:
    """Whether figures can be set against one another: bounds (超过, 最高) where all are alike or show the order."""
    bounds = {"" if f.bound in EXACT else f.bound for f in figures}
    if len(bounds) == 1:
        return True
    if not order or len(figures) != 2:
        return False
    less, more = sorted(figures, key=lambda f: f.value)
    return more.bound in {*EXACT, ">"} and less.bound in {*EXACT, "<"} and more.value > less.value


def difference(figures: list[Figure], reading: Reading) -> Part:
    """How far two figures lie apart."""
    return come_to("difference", reading, figures)


def ranking(figures: Iterable[Figure], reading: Reading, most: int | None = None) -> Part:
    """The figures in order, largest first (smallest first where the least is asked for), at most `most`."""
    ordered = sorted(figures, key=lambda f: f.value, reverse="least" not in reading.intents)
    told = tuple(ordered[:most])
    return part_for(reading, "rank", tuple(dict.fromkeys(f.fact for f in told)), figures=told, place=reading.place or 1)


def of_measure(fact: FactRow, reading: Reading) -> bool:
    """Whether a fact has the word that tells the measure apart (存活率), and not only shares its sort with it."""
    telling = (c for c in reading.clues if not c.light and (c.weight >= _TELLING or c.attribute))
    return all(explained(c, fact.terms) >= _TOLD_APART for c in telling)


def superlative(bar: Bar, reading: Reading, findings: list[Finding], least: int = 3) -> Part | None:
    """哪座小屋最高, 哪座第二高: all figures of one measure in order, unless a fact states the answer.

    None where fewer than `least` are known.
    """
    kinds = bar.base.kinds_like(kinds_meant(reading, bar.base))
    if not (reading.intents & ENDS or reading.place) or not kinds or not findings:
        return None
    if reading.asks & {"reason", "how"} or (reading.place and "verify" in reading.intents):
        return None
    base, tied = bar.base, measured_by(reading)
    telling = [f for f in findings if _tells_measure(f, tied, kinds, base)]
    best = next((f for f in telling if not f.fact.planned), telling[0] if telling else None)
    if best is None or (not tied and best.score < findings[0].score - _BEHIND):
        return None
    left = _left(reading, kinds) if tied else []
    if best.own + best.cued + best.told < _SAID and not best.cue_hit and not tied:
        return None
    if reading.place and findings[0].fact.names_place(reading.place) and findings[0].dated:
        return None
    first = figure_of(best.fact, best.fact.subject)
    family = base.relations[best.fact.relation].family
    told: list[Figure] = []
    for number in base.facts_with(best.fact.relation):
        fact = base.fact(number)
        figure = figure_of(fact, fact.subject)
        if not fact.measured or figure is None or base.entity(fact.subject).kind not in kinds:
            continue
        if not of_measure(fact, reading) or (fact.planned and not best.fact.planned):
            continue  # what is to be built has no place among what is there
        if figure.share != best.fact.quantities[0].is_share or not in_time(fact, reading.periods):
            continue
        if not all(explained(c, fact.terms) >= _HALF for c in left):
            continue
        if figure.bound not in EXACT:
            return None  # 超过百亿 may be the most or not
        if (family or figure.share) and first and not of_one_count([first, figure]):
            continue  # what was counted at another time, or by another party
        told.append(figure)
    figures = _newest_of_each(told, least)
    apart = outermost(base, figures)
    if len(apart) < max(least, reading.place):
        return None
    return ranking([figures[e] for e in apart], reading, max(reading.wanted or SHOWN, reading.place))


def _newest_of_each(told: list[Figure], least: int) -> dict[int, Figure]:
    """The newest figure of each thing; of what is counted time and again those of the newest time, if that has most."""
    newest: dict[int, Figure] = {}
    for figure in told:
        known = newest.get(figure.entity)
        if known is None or figure.fact.as_of > known.fact.as_of:
            newest[figure.entity] = figure
    if len(told) > len(newest):
        last = max(f.fact.as_of for f in newest.values())
        alike = {e: f for e, f in newest.items() if f.fact.as_of == last}
        return alike if len(alike) >= max(least, len(newest) / 2) else newest
    return newest


def _left(reading: Reading, kinds: frozenset[str]) -> list[Clue]:
    """What a question says besides which measure it is of, and of what kind of thing."""
    words = [w for w in reading.words if w.has("q") or w.has("i:most") or w.has("i:least")]
    nouns = [w for w in reading.words if not kinds.isdisjoint(w.kinds)]
    passed = {w.text for w in (*words, *nouns)}
    return [c for c in reading.clues if c.text not in passed]


def _tells_measure(finding: Finding, tied: frozenset[str], kinds: frozenset[str], base: Base) -> bool:
    """Whether a finding gives a figure of the measure that is asked for."""
    fact = finding.fact
    if not fact.measured or not finding.dated or base.relations[fact.relation].value == "text":
        return False  # 从10到100 is a saying, and no figure to rank by
    if tied and (tied.isdisjoint(fact.terms) or base.entity(fact.subject).kind not in kinds):
        return False
    return figure_of(fact, fact.subject) is not None


def measured_by(reading: Reading) -> frozenset[str]:
    """The tags of the measure that a superlative names by itself (最贵), where no other word names one."""
    degrees = [w for w in reading.words if w.has("i:most") or w.has("i:least")]
    if any(w.has("r") or w.has("a") for w in reading.words if w not in degrees and not w.has("q") and not w.has("k")):
        return frozenset()
    return frozenset(t for w in degrees[:1] for t in w.tags if t[:2] in ("a:", "r:"))


def kinds_meant(reading: Reading, base: Base) -> tuple[str, ...]:
    """The kinds of thing of which one is asked for: by a question word, or by the noun that ends it (最多的城市)."""
    word = reading.word("i:most") or reading.word("i:least")
    if reading.kinds or word is None or reading.asks - _WHICH:
        return reading.kinds
    behind = next((w for w in reading.words if w.start >= word.end and not w.has("f")), None)
    near = behind is not None and _SO_MANY.fullmatch(reading.text, word.end, behind.start)
    noun = tuple(behind.kinds) if behind and near else ()
    if "person" in reading.asks and (base.who | base.persons).isdisjoint(noun):
        return () if noun else whoever(reading, word.end, base)  # 最高的小屋是谁建的
    return noun or (tuple(sorted(base.where)) if "place" in reading.asks else ())


def whoever(reading: Reading, end: int, base: Base) -> tuple[str, ...]:
    """The kinds of which one is meant by 谁, where it says what is measured, and nothing behind the superlative."""
    behind = reading.text[end:]
    english = reading.text.isascii()  # who had the most points
    if any(c.text in behind and not (english and _measures(c)) for c in reading.clues) or not says_measure(reading):
        return ()  # 最贵的票是谁买的
    return tuple(sorted(base.who | base.persons))


def says_measure(reading: Reading) -> bool:
    """Whether a question says what things are to be ranked by."""
    passed = {w.text for w in reading.words if w.has("q") or w.has("k")}
    return any(_measures(c) and c.text not in passed for c in reading.clues)


def outermost(base: Base, entities: Iterable[int]) -> list[int]:
    """The entities less each place that holds another of them: an archipelago is none of its islands.

    A firm that owns others is one of them.
    """
    every = list(entities)
    own = (base.who | base.persons) - base.where
    holders = {a for e in every for a in (*base.above(e), *base.whole) if base.entity(a).kind not in own}
    return [e for e in every if e not in holders or not any(e != part and base.holds(e, part) for part in every)]


def _figures_of_each(bar: Bar, reading: Reading, hints: Hints) -> list[Figure]:
    """One figure for each of the entities compared: the same relation, the same sort, dates that agree if they can."""
    group = compared(bar, reading)
    return figures_of(bar, reading, hints, group) if len(group) >= 2 else []


def compared(bar: Bar, reading: Reading) -> list[int]:
    """Indices of the mentions of most of one kind, less a whole beside its parts (南山、宝安 in 深圳)."""
    base = bar.base
    group = max(
        bar.readings.by_kind(reading, lambda entity: entity.kind not in base.topics, alike=True), key=len, default=[]
    )
    first = {i: reading.mentions[i].entities[0] for i in group}
    return [i for i in group if not any(base.holds(first[i], first[j]) for j in group)]


def figures_of(
    bar: Bar, reading: Reading, hints: Hints, group: list[int], suits: Callable[[list[Figure]], bool] | None = None
) -> list[Figure]:
    """One figure of the same relation and sort for each of a group of mentions; none if one of them has none.

    The first that suit are taken, at first those of one count.
    """
    base = bar.base
    weighing = {w.text for w in reading.words if not _WEIGHED.isdisjoint(w.tags)}
    weighing.add(reading.text.rstrip(_AFTER_DEGREE)[-1:])  # 谁的高
    asked = base.kinds_like(reading.kinds)
    # 甲和乙哪个城市, which city: what is a city is told by their names
    nouns = {w.text for w in reading.words if not asked.isdisjoint(w.kinds) or (asked and w.has("q:which"))}
    # 高多少 weighs, and says what: the height, unless another word does (谁的总额更大)
    named = any(w.has("e") and w.text not in weighing for w in reading.words)
    clues = tuple(c for c in reading.clues if c.text not in weighing or (not named and (not c.light or _measures(c))))
    clues = tuple(c for c in clues if c.text not in nouns)
    words = tuple(w for w in reading.words if not named or w.text not in weighing)
    relaxed = reading._replace(asks=frozenset({"number"}), kinds=(), clues=clues, words=words)
    kinds = base.kinds_like(base.entity(reading.mentions[i].entities[0]).kind for i in group)
    owned = {w.text for w in reading.words if w.has("k") and not w.has("r") and kinds.isdisjoint(w.kinds)}
    things = [c for c in clues if c.text in owned and c.text != reading.counted]
    found: list[list[FactRow]] = []
    for index in group:
        entities = reading.mentions[index].entities
        facts = [
            fact
            for fact in accepted(bar, _of_one(relaxed, index, group), hints)
            if base.relations[fact.relation].value in _NUMERIC
            and {fact.subject, fact.place}.intersection(entities)
            and _has_kind(fact, things, base)
        ]
        if not facts:
            return []
        beside = reading.beside(index, group)
        found.append([f for f in facts if beside.isdisjoint((f.subject, f.place))] or facts)
    topics = [m for m in reading.mentions if m.entities[0] in base.generic]
    spoken = [[f for f in facts if not any(silent_on(topic, f, base) for topic in topics)] for facts in found]
    if any(spoken):
        found = spoken if all(spoken) else []  # of the one those that make 大模型 are told, of the other only all firms
    passable: list[Figure] = []
    for first in _newest_first(found[0] if found else []):
        chosen = [first]
        for others in found[1:]:
            same = [f for f in others if f.relation == first.relation and same_sort(f, first) and f not in chosen]
            same.sort(key=lambda f: f.as_of, reverse=True)
            same.sort(key=lambda f: (f.as_of != first.as_of, f.by != first.by))
            if not same:
                break
            chosen.append(same[0])
        if len(chosen) == len(found):
            pairs = zip(chosen, group, strict=True)
            figures = [f for fact, i in pairs if (f := figure_of(fact, reading.mentions[i].entities[0]))]
            if len(figures) == len(chosen) and (suits or of_one_count)(figures):
                return figures
            passable = passable or (figures if of_one_year(figures) else [])
    return passable


def _of_one(reading: Reading, index: int, group: list[int]) -> Reading:
    """The reading of one of a group, without whose the others are (甲的X和乙的Y)."""
    alone = reading.about(index, group)
    ties = {i: reading.text[reading.mentions[i - 1].end : reading.mentions[i].start] for i in group if i and i != index}
    owners = [reading.mentions[i - 1] for i, tie in ties.items() if tie in _OWNED and i - 1 not in group]
    return alone._replace(mentions=tuple(m for m in alone.mentions if m not in owners))


def _has_kind(fact: FactRow, nouns: list[Clue], base: Base) -> bool:
    """Whether a fact speaks of what is named by nouns for kinds of thing (甲的基金), or of some such thing."""
    kinds = {base.entity(e).kind for e in fact.entities}
    return all(explained(c, fact.terms) >= _HALF or not kinds.isdisjoint(kinds_in(c.terms)) for c in nouns)


def _measures(clue: Clue) -> bool:
    """Whether a clue names a measure of the pack."""
    return any(t[:2] in ("r:", "a:") for t in clue.terms)


def _newest_first(facts: list[FactRow]) -> list[FactRow]:
    """In the order found, but of one measure the newest figure first."""
    rank = {f.relation: n for n, f in reversed(list(enumerate(facts)))}
    newest = sorted(facts, key=lambda f: f.as_of, reverse=True)
    return sorted(newest, key=lambda f: rank[f.relation])
