"""What a statement pairs with what: whether it gives a claim's figure or name to something else."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from operator import and_
from typing import NamedTuple

from knowledge.deciding.belonging import of_others
from knowledge.deciding.clauses import BESIDE, CUTS, ORDINAL, Clause, clauses, like, names_of
from knowledge.deciding.objection import beyond, figures_agree, same_figure
from knowledge.linking.link import Mention
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.dates import Period, find_periods
from knowledge.text.numerals import Quantity, find_quantities
from knowledge.text.patterns import HAN, pattern

_BRACKETS = pattern(r"[(（]([^()（）]+)[)）]")
_SENTENCE = pattern("[，,；;：:。]")
_UP_TO = pattern(r"(?:[到至]了?|\bto) ?$")
_IN_TURN = "分别"
_PAIR = 2
_LIST = 3
"""From so many members on a statement is a list."""
_PHRASE = pattern(r"[\u3400-\u9fff]{5,}")
_EDGE = "有是为共达的约在占个家所项名对吗吧"
_OF_BOTH = pattern("[都均皆则也]")
"""Begins a clause that says when of what the clauses before it name."""
_COMPARED = pattern("领先|高[于过出]|多[于过出]|超[过出越]|胜过|[低少]于|不[及如]|次于|在[^,，;；]{1,8}[之以]?[前上]")
"""Between a figure and a name: the figure is of what comes before, and is set against that of what is named."""
_FIRST = 4
"""So many names of a claim are looked at."""
_LONG = 5
"""Characters of a phrase beside a figure that by itself says what is counted."""


def placed_only(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a figure claimed is in the statement nothing but a place in a row (5个, where 甲 comes 第五)."""
    if reading.text.isascii() or not any(ORDINAL in text for text in (fact.zh, fact.value)):
        return False
    cut = base.remembered(clauses)(fact.f, False)
    given = [g for g in reading.quantities if reading.text[g.start - 1 : g.start] != ORDINAL]
    return any(any(same_figure(q, g) for q in fact.quantities) and not any(c.holds(g) for c in cut) for g in given)


def crossed(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether the statement pairs what the claim joins with something else (北京54个、成都3个)."""
    if _in_turn(fact, reading, base):
        return True
    if of_others(fact, reading, base):
        return True
    if reading.quantities and _before(fact, reading, base):
        return True
    if reading.periods and _misdated(fact, reading, base):
        return True
    cut = base.remembered(clauses)(fact.f, reading.text.isascii())
    if len(cut) < 2:
        return False
    if _of_other_clause(cut, fact, reading, base):
        return True
    return _miscounted(cut, reading, base) or _mismatched(fact, cut, reading, base) or _counted_otherwise(cut, reading)


def _of_other_clause(cut: tuple[Clause, ...], fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether what is claimed of a place is told of another: 虽在东起家，团队却在西 puts no 团队 in 东."""
    words = [c.text for c in reading.clues if len(c.text) > 1]
    telling = [c for c in cut if any(w in c.text for w in words)]
    if not telling or any(not any(w in c.text for c in telling) for w in words):
        return False
    places = [m for m in reading.mentions if base.entity(m.entities[0]).kind in base.where]
    if len(places) != 1:
        return False
    row = _row_of(places[0], fact, cut, base)
    at = [n for n, c in enumerate(cut) if c in telling]
    return any(row.own) and not any(row.own[n] for n in at) and all(row.peers[n] for n in at)


def _counted_otherwise(cut: tuple[Clause, ...], reading: Reading) -> bool:
    """Whether the clause of a row that counts what a figure claimed counts has another one (高校90所、院所1000家)."""
    given = reading.quantities
    if len(given) < _LIST - 1:
        return False
    start = 0
    for end in [*(m.start() for m in CUTS.finditer(reading.text)), len(reading.text)]:
        own = [q for q in given if start <= q.start < end]
        words = {reading.text[i : i + 2] for i in range(start, end - 1) if HAN.match(reading.text, i)}
        start = end
        if len(own) != 1:
            continue
        same = [c for c in cut if c.figures and any(w in c.text for w in words if not _elsewhere(w, c, cut))]
        if len(same) == 1 and len(same[0].figures) == 1:
            agreed = figures_agree(same[0].figures, own[0], reading.text, measured=True)
            if agreed is False or beyond(same[0].figures[0], same[0].text, own[0]):
                return True
    return False


def _elsewhere(word: str, clause: Clause, cut: tuple[Clause, ...]) -> bool:
    """Whether another clause with a figure has the word too."""
    return any(c is not clause and c.figures and word in c.text for c in cut)


def _miscounted(cut: tuple[Clause, ...], reading: Reading, base: Base) -> bool:
    """Whether a figure of the claim counts something else there (3项计划和5大平台 are no 5项计划)."""
    given = [g for g in reading.quantities if any(c.holds(g) for c in cut)]
    if any(0 <= b.start - a.end <= BESIDE and _apart(a, b, cut) for a, b in pairwise(given)):
        return True
    first, english = next((n for n, c in enumerate(cut) if c.figures), 0), reading.text.isascii()
    for start, end, words in _items(reading, base):
        if not reading.quantities:
            break
        figure = min(reading.quantities, key=lambda q: _distance(q, start, end, reading.text))
        # the whole name: the 2.0 of 星火2.0 counts no 星火
        found = [(n, c, [w for w in words if w in c.text]) for n, c in enumerate(cut)]
        there = [(n, c, max(own, key=len)) for n, c, own in found if own]
        if figure not in given or not there or any(c.holds(figure) for _, c, _ in there):
            continue
        if _COMPARED.search(reading.text, figure.end, start) or (english and any(c.bare(figure) for c in cut)):
            continue
        if all(c.beside(w) and (c.counts(w) or n > first) for n, c, w in there):
            return True
    return False


def _distance(figure: Quantity, start: int, end: int, text: str) -> tuple[bool, int]:
    """How far a figure is from what stands at some offsets; one in another clause is farther than any."""
    between = text[end : figure.start] if figure.start >= end else text[figure.end : start]
    return bool(CUTS.search(between)), max(figure.start - end, start - figure.end)


def _misdated(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a row of dates (2018年甲、2022年乙) gives what is named another than the one claimed."""
    dated = _dated(base.statement(fact.f))
    if len(dated) < _LIST - 1:
        return False
    claimed = [[any(p.overlaps(q) for q in reading.periods) for p in found] for _, found in dated]
    if not any(map(any, claimed)):
        return False
    named = [names_of(m.entities, base) for m in reading.mentions]

    def when_said(words: list[str]) -> list[bool]:
        """For each dated clause that has one of some words whether its date is the one claimed."""
        return [any(met) for (c, _), met in zip(dated, claimed, strict=True) if any(w in c for w in words)]

    own = list(map(when_said, named))
    if not any(own):  # what no name leads to (那个实施方案) is meant by its words
        own = [when_said([c.text for c in reading.clues if not c.light and len(c.text) > 1])]
    return any(found and not any(found) for found in own)


def _dated(text: str) -> list[tuple[str, list[Period]]]:
    """The clauses of a statement that tell when, each from the second on with those before it that it says so of.

    甲在3月、乙和丙最晚，都在5月: both are dated by the last clause.
    """
    dated: list[tuple[str, list[Period]]] = []
    before = ""
    for clause in CUTS.split(text):
        found = find_periods(clause)
        if found:
            dated.append((f"{before} {clause}" if dated and _OF_BOTH.match(clause) else clause, found))
        before = "" if found else f"{before} {clause}"
    return dated


def _before(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a figure to which something is claimed to have risen is the one from which it did (从4000卡到16000卡)."""
    risen = [g for g in reading.quantities if _UP_TO.search(reading.text, 0, g.start)]
    if not risen:
        return False
    text = base.tables.fold(fact.en if reading.text.isascii() else fact.zh)
    told = find_quantities(text)
    reached = [q for q in told if _UP_TO.search(text, 0, q.start)]
    if not reached:  # 16000 after the upgrade, and not before it
        order = [at for g in reading.quantities for at in [q.start for q in told if same_figure(q, g)][:1]]
        return len(reading.quantities) == len(order) == _PAIR and order[0] > order[1]
    alike = [([q for q in reached if q.unit == g.unit], g) for g in risen]
    return any(own and not figures_agree(own, g, reading.text, measured=False) for own, g in alike)


def _apart(a: Quantity, b: Quantity, cut: tuple[Clause, ...]) -> bool:
    """Whether two figures side by side in the claim (2家500亿级企业) are each beside another in the statement."""
    mine, other = [c for c in cut if c.holds(a)], [c for c in cut if c.holds(b)]
    return not any(c in other for c in mine) and all(len(c.figures) > 1 for c in (*mine, *other))


def _items(reading: Reading, base: Base) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where a claim names something, and how the statement may write it."""
    for mention in reading.mentions:
        if base.entity(mention.entities[0]).generic:
            continue
        names = tuple([n for e in mention.entities for n in base.folded_names(e) if len(n) > 1])
        yield mention.start, mention.end, names
    for clue in reading.clues:
        at = reading.text.find(clue.text)
        if len(clue.text) > 1 and at >= 0:
            yield at, at + len(clue.text), (clue.text,)
    for piece in _PHRASE.finditer(reading.text):
        phrase = piece.group().strip(_EDGE)
        yield piece.start(), piece.end(), (phrase,) if len(phrase) >= _LONG else ()


def _mismatched(fact: FactRow, cut: tuple[Clause, ...], reading: Reading, base: Base) -> bool:
    """Whether a row of names with something beside each gives what is claimed of one to another (甲54个、乙3个)."""
    if len(cut) < _LIST:
        return False
    named = reading.mentions[:_FIRST]
    rows = [_row_of(m, fact, cut, base) for m in named]
    pairs = [(a, b) for i, a in enumerate(rows) for b in rows[i + 1 :]]
    # 甲有54个，领先乙: the figure is none of the second
    pairs += [
        (row, _figures(given, cut))
        for mention, row in zip(named, rows, strict=True)
        for given in reading.quantities
        if not _COMPARED.search(reading.text, given.end, mention.start)
    ]
    said = _Stretches([m.end() for m in CUTS.finditer(reading.text)], base.who)
    if any(a.kinds.isdisjoint(b.kinds) and a.apart(b) and said.pairs(a, b, pairs) for a, b in pairs):
        return True
    return any(
        _bracketed(words, cut, row)
        for mention, row in zip(reading.mentions, rows, strict=False)
        if any(f"{n}(" in c.text for n in names_of(mention.entities, base) for c in cut)
        for start, _, words in _items(reading, base)
        if start != mention.start and said.of(start) == said.of(mention.start)
    )


class _Stretches(NamedTuple):
    """The clauses of a claim, by the offsets where they end."""

    ends: list[int]
    who: frozenset[str]
    """The kinds of whoever acts."""

    def of(self, start: int) -> int:
        """The number of the clause in which something begins."""
        return bisect_right(self.ends, start)

    def pairs(self, a: _Row, b: _Row, pairs: list[tuple[_Row, _Row]]) -> bool:
        """Whether a claim pairs two things: not 甲 in 东, 乙 in 西 the first with the second's place."""
        if self.of(a.start) == self.of(b.start):
            return True
        others = [row for pair in pairs for row in pair]
        return not any(
            self.of(row.start) == self.of(one.start) and self._alike(row, other) and row.start != other.start
            for one, other in ((a, b), (b, a))
            for row in others
        )

    def _alike(self, row: _Row, other: _Row) -> bool:
        """Whether two things are of one kind, or both act, or both are figures."""
        act = not (row.kinds.isdisjoint(self.who) or other.kinds.isdisjoint(self.who))
        return act or row.kinds == other.kinds


class _Row(NamedTuple):
    """Where something that a claim names stands in the clauses of a statement."""

    start: int
    """Where it begins in the claim."""
    kinds: frozenset[str]
    own: list[bool]
    """For each clause whether it stands there."""
    peers: list[bool]
    """For each clause whether something of its kind does."""

    def apart(self, other: _Row) -> bool:
        """Whether the statement pairs things of the two kinds, and never these two."""
        paired = sum(map(and_, self.peers, other.peers)) >= _LIST - 1
        return paired and any(self.own) and any(other.own) and not any(map(and_, self.own, other.own))


def _row_of(mention: Mention, fact: FactRow, cut: tuple[Clause, ...], base: Base) -> _Row:
    e = mention.entities[0]
    kinds = base.kinds_like((base.entity(e).kind,))
    peers = names_of(like(e, fact.entities, base), base)
    own = names_of((e,), base)
    longer = [n for n in names_of(fact.within - set(mention.entities), base) if any(o in n and o != n for o in own)]
    texts = [_without(c.text, longer) for c in cut]  # the 深圳 of 港中大(深圳) is no place in a row
    there, beside = ([any(n in text for n in names) for text in texts] for names in (own, peers))
    return _Row(mention.start, kinds, there, beside)


def _without(text: str, names: list[str]) -> str:
    for name in names:
        text = text.replace(name, "|")
    return text


def _figures(given: Quantity, cut: tuple[Clause, ...]) -> _Row:
    return _Row(given.start, frozenset(), [c.holds(given) for c in cut], [bool(c.figures) for c in cut])


def _bracketed(words: tuple[str, ...], cut: tuple[Clause, ...], row: _Row) -> bool:
    """Whether something stands in brackets behind another of the kind only: 乙(东), where 甲 is claimed to be in 东."""
    there = [n for n, c in enumerate(cut) if any(w in b for w in words for b in _BRACKETS.findall(c.text))]
    return bool(there) and any(row.own) and not any(row.own[n] for n in there) and all(row.peers[n] for n in there)


def _in_turn(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether two rows that go together in their order (甲和乙分别在东和西) pair the names otherwise."""
    text = base.statement(fact.f)
    before, between, after = text.partition(_IN_TURN)
    if not between or len(reading.mentions) < 2:
        return False
    first, second = _row(before, fact, base), _row(_SENTENCE.split(after)[0], fact, base)
    if len(first) != len(second) or len(first) < 2:
        return False
    named = [next((e for e in m.entities if e in first or e in second), -1) for m in reading.mentions]
    left = {first.index(e) for e in named if e in first}
    right = {second.index(e) for e in named if e in second}
    return bool(left and right) and left != right


def _row(text: str, fact: FactRow, base: Base) -> list[int]:
    """The entities of a fact in the order in which a text names them."""
    found = {}
    for e in fact.entities:
        at = [text.find(n) for n in names_of((e,), base) if n in text]
        if at:
            found[e] = min(at)
    return sorted(found, key=found.__getitem__)
