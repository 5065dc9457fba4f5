"""The clauses of a statement, and the figures in each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from knowledge.deciding.objection import figures_agree, same_figure
from knowledge.store.base import Base
from knowledge.text.dates import find_periods
from knowledge.text.numerals import Quantity, find_quantities
from knowledge.text.patterns import pattern

CUTS = pattern("[、，；;：:和加]|(?<!\\d),|,(?!\\d)|以及| and ")
_ELSE = pattern(r" ?(?:(?:after|in|at|by|before|from|now|then|later|today)\b|[.,;]?$)")
"""Behind an English figure that leaves out what it counts."""
BESIDE = 2
"""Characters that may stand between a figure and what it counts."""
ORDINAL = "第"
_TITLE = pattern("年?(?:行动)?(?:计划|规划|方案)")
"""Behind a number that is part of what a plan is called."""
_GOES_ON = pattern("仅?只?[占为达有约共]")
"""Begins a clause that says how much of what the one before it names."""
_MERELY = pattern("(?:最[多少高低大]|[,占为达约有仅只是])+")
"""Between a word and the figure that counts it."""


class Clause(NamedTuple):
    """A stretch of a statement, folded, with the figures in it."""

    text: str
    figures: tuple[Quantity, ...]

    def holds(self, given: Quantity) -> bool:
        """Whether one of its figures is this one."""
        return any(same_figure(q, given) for q in self.figures)

    def bears_out(self, given: Quantity, text: str) -> bool:
        """Whether one of its figures is this one, or lies within the bound that it is (超过20个)."""
        return self.holds(given) or figures_agree(self.figures, given, text, measured=False) is True

    def bare(self, given: Quantity) -> bool:
        """Whether it leaves out what the figure counts (4,000 cards at first and 16,000 after that)."""
        return any(same_figure(q, given) and _ELSE.match(self.text, q.end) for q in self.figures)

    def beside(self, word: str) -> bool:
        """Whether it has a figure besides one in the word (星火2.0)."""
        at = self.text.find(word)
        return any(q.end <= at or q.start >= at + len(word) for q in self.figures)

    def counts(self, word: str) -> bool:
        """Whether the word stands beside one of its figures."""
        at = self.text.find(word)
        if at < 0:
            return False
        ends = at, at + len(word)
        near = any(0 <= ends[0] - q.end <= BESIDE or 0 <= q.start - ends[1] <= BESIDE for q in self.figures)
        return near or any(_MERELY.fullmatch(self.text, ends[1], max(ends[1], q.start)) for q in self.figures)


def clauses(f: int, english: bool, base: Base) -> tuple[Clause, ...]:
    """The clauses of a statement. To be called through `Base.remembered`."""
    fact = base.fact(f)
    text = base.tables.fold(fact.en if english else fact.zh)
    cut: list[Clause] = []
    for piece in CUTS.split(text):
        clause = Clause(piece, tuple(_counts(piece)))
        if cut and clause.figures and not cut[-1].figures and _GOES_ON.match(piece):
            whole = f"{cut.pop().text},{piece}"  # 甲最少,占8%: the figure is of 甲
            clause = Clause(whole, tuple(_counts(whole)))
        cut += [clause] if piece else []
    return tuple(cut)


def _counts(clause: str) -> list[Quantity]:
    """The figures of a clause that count or measure something: 第五位, 2023年 and 三年行动计划 do not."""
    dates = find_periods(clause)
    return [
        q
        for q in find_quantities(clause)
        if clause[q.start - 1 : q.start] != ORDINAL
        and not any(p.start <= q.start < p.end for p in dates)
        and not _TITLE.match(clause, q.end)
    ]


def names_of(entities: Iterable[int], base: Base) -> list[str]:
    """The names of some entities, folded, but for empty ones."""
    return [n for e in entities for n in base.folded_names(e) if n]


def like(e: int, others: Iterable[int], base: Base) -> list[int]:
    """Those of some entities that are of the kind of this one, or of one that its noun may ask for as well."""
    kinds = base.kinds_like((base.entity(e).kind,))
    return [x for x in others if base.entity(x).kind in kinds]
