"""The last figure set against that of the time before (比上一届多几个), or that one itself (上一届呢)."""

from __future__ import annotations

from knowledge.finding.outcome import Context, Part, noted
from knowledge.reading.reading import Reading
from knowledge.reckoning.figures import EXACT, figure_of
from knowledge.reckoning.weigh import difference
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_BEFORE = "(?:上一?|前一?)(?:届|年|次|回|期|季|个赛季|赛季|个?学年|年度)"
_AGAINST = pattern(rf"^(?:那么?|它|这)?(?:比起?|相比|较)(?:(?P<last>{_BEFORE})|\d{{4}}年)")
_ITSELF = pattern(rf"^(?:那么?)?{_BEFORE}(?:的|是)?(?:呢|多少)?[?？ ]*$")
_AGAINST_EN = pattern(
    r"\bthan (?:in |at )?(?:(?P<last>the (?:year|edition|one|time|season) before"
    r"|the (?:last|previous) (?:one|edition|time|year|season))|\d{4})\b"
)
_YEARLY = ("年", "赛季", "year", "season")


def earlier(reading: Reading, context: Context, base: Base) -> Part | None:
    """The difference of the last figure from that of the time before it, or that figure; None if not asked or told."""
    last = base.fact(context.facts[0]) if context.facts else None
    if last is None or not last.measured or not last.as_of or reading.mentions:
        return None
    against = (_AGAINST_EN if reading.text.isascii() else _AGAINST).search(reading.text)
    if against and "difference" in reading.intents:
        before = _before(last, against["last"], base) if against["last"] else _at(last, reading, base)
        figures = [figure_of(f, f.subject) for f in (before, last) if f]
        sure = [f for f in figures if f and f.bound in EXACT]
        return difference(sure, reading) if len(sure) > 1 else None
    before = _before(last, reading.text, base) if _ITSELF.match(reading.text) else None
    return noted(base, "facts", reading, (before,), ()) if before else None


def _alike(last: FactRow, base: Base) -> list[FactRow]:
    """The figures of one measure of one thing at other times, by the same counter."""
    own = (last.relation, last.subject, last.place, last.by)
    told = (f for f in base.facts_on(last.subject) if (f.relation, f.subject, f.place, f.by) == own and f.measured)
    return [f for f in told if f.as_of and f.as_of[:4] != last.as_of[:4] and f.figures[0][1] == last.figures[0][1]]


def _before(last: FactRow, asked: str, base: Base) -> FactRow | None:
    """The one of the time before; None if there are two. The year before is no earlier one than that."""
    told = sorted((f for f in _alike(last, base) if f.as_of < last.as_of), key=lambda f: f.as_of)
    if any(word in asked for word in _YEARLY):
        told = [f for f in told if int(f.as_of[:4]) + 1 == int(last.as_of[:4])]
    newest = [f for f in told if f.as_of == told[-1].as_of]
    return newest[0] if len(newest) == 1 else None


def _at(last: FactRow, reading: Reading, base: Base) -> FactRow | None:
    """The one of the year named; None if there are two."""
    years = {str(p.year) for p in reading.periods}
    told = [f for f in _alike(last, base) if f.as_of[:4] in years]
    return told[0] if len(told) == 1 else None
