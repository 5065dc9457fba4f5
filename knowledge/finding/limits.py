"""How likely a finding answers, and the limits from which on it does."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.finding.finding import Finding
from knowledge.reading.asked import NUMERIC
from knowledge.reading.reading import Reading


class Limits(NamedTuple):
    """What a finding needs to be given as an answer; measured on question sets."""

    certainty: float = -1.0
    """Least log-odds of being the answer."""
    said: float = 0.8
    """Least weight of the words explained where the question names nothing."""
    strict: float = 1.0
    """Most weight of the attributes asked for that a fact may leave unexplained."""
    content: float = 0.5
    """For a claim to be checked: explained share of the clues without the mentions."""
    clause: float = 0.4
    """Least coverage of the whole sentence by an answer to its last clause."""
    tie: float = 1.4
    """Findings within this score of the best one are as good as it."""


LIMITS = Limits()


def log_odds(finding: Finding, reading: Reading, lead: float, closed: float) -> float:
    """Log-odds that the finding answers, fitted on question sets."""
    numeric = 1.0 if reading.asks & NUMERIC else 0.0
    content = 1.0 - (1.0 - finding.content) * (1.0 - closed)
    heard = 1.0 - (1.0 - finding.heard) * (1.0 - closed)
    return (
        -2.62
        + 2.3 * lead
        + 1.86 * content
        + 7.53 * heard
        - 3.37 * finding.echo
        + 0.102 * len(finding.probe.wording)
        - 1.54 * numeric
        + 1.63 * numeric * content
        - 0.97 * reading.text.isascii()
    )
