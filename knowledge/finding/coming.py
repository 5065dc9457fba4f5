"""When something was: what has come about stands before what was planned."""

from __future__ import annotations

from knowledge.finding.finding import Finding
from knowledge.reading.reading import Reading
from knowledge.store.base import Base
from knowledge.text.patterns import pattern

_DATE = frozenset({"date"})
_TO_COME = pattern(
    "[将会能]|计划|规划|目标|预[计期定]|打算|[推延]迟|延期|原[定本先]| will |plan|expect|due|schedul|suppos|postpone"
    "|by when"
)
"""It is asked about what has not come about yet."""


def not_planned(findings: list[Finding], reading: Reading, base: Base) -> list[Finding]:
    """The findings; of when something was, what was planned of it or of its parts stands behind what has come about.

    Not where that says less of the question, or a plan is what is asked for; that it is not so yet tells no date.
    """
    best = findings[0] if findings else None
    if reading.asks != _DATE or best is None or "negation" in reading.intents:
        return findings
    missing, subject = set(best.missing), best.fact.subject
    same = [f for f in findings if f.fact.subject == subject and f.dated and missing.issuperset(f.missing)]
    if best.fact.negated:
        told = [f for f in same if not f.fact.negated and f.fact.timed and f.fits >= 1.0]
    elif best.fact.planned and not _TO_COME.search(reading.text):
        dates = [f for f in same if base.relations[f.fact.relation].value == "date" and f.fits >= 1.0]
        told = [f for f in dates if not f.fact.planned and f.own + f.cued >= best.own]
    else:
        return findings
    return [*told, *(f for f in findings if f not in told)]
