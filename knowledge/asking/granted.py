"""What is taken for granted in front of a question (既然甲最多，乙有多少): put right where it is not so."""

from __future__ import annotations

from knowledge.asking.alone import Answerer
from knowledge.asking.reply import merged
from knowledge.finding.outcome import Outcome
from knowledge.text.patterns import pattern
from knowledge.text.segments import Segment

_GRANTED = pattern(
    "(?:那么?|可)?(?P<of>[^,，]{2,12}?)?(?:既然|鉴于|考虑到)(?:说|都说)?(?P<said>.{4,})"
    "|(?:since|given that|seeing that) (?P<english>.{8,})",
    holds=("既然", "鉴于", "考虑到", "since", "given that", "seeing that"),
)
_EDGE = " ,，。?？:：;；"


def put_right(segment: Segment, outcome: Outcome, answerer: Answerer) -> Outcome:
    """The outcome of a question, behind what is right of that in its lead which is not so."""
    lead, cut, rest = (segment.lead or segment.text).strip(_EDGE).partition(",")
    said = _GRANTED.match(lead)
    if said is None or not (segment.lead or cut):
        return outcome
    claim = f"{said['of'] or ''}{said['said']},对吗?" if said["said"] else f"{said['english']}, right?"
    told = answerer.by_itself(claim)
    if not told.parts or not _is_wrong(told, answerer):
        return outcome
    return merged([told, outcome], [Segment(claim), segment if segment.lead else Segment(rest)])


def _is_wrong(told: Outcome, answerer: Answerer) -> bool:
    """Whether what is told of a claim denies it, or names another than the one claimed."""
    part = told.parts[0]
    if part.kind != "verify" or not part.facts:
        return False
    named = answerer.readings.named(told.reading)
    return part.verdict == "no" or (not part.verdict and any(e not in part.facts[0].within for e in named))
