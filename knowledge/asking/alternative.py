"""Which of two things is so of what is named (甲是乙的院长还是理事长): each taken for a claim of its own."""

from __future__ import annotations

from knowledge.asking.alone import Answerer
from knowledge.asking.reply import merged
from knowledge.finding.outcome import Outcome
from knowledge.text.patterns import pattern
from knowledge.text.segments import Segment

_EITHER = pattern(
    r"^(?P<of>[^,，;；。?？是]{2,24}?)(?:究竟|到底|现在|目前|应该|,)*(?P<is>[是算属]|属于|担任|负责)"
    r"(?P<one>[^,，;；。?？是]{2,20}?)[,，]?还是(?:说)?(?P<other>[^,，;；。?？是]{2,20}?)[呢啊呀]*[?？ ]*$",
    holds=("还是",),
)


def said_either(text: str, outcome: Outcome, answerer: Answerer) -> Outcome | None:
    """What bears out either side of a folded question that has no answer as a whole; None if nothing does."""
    either = _EITHER.match(text) if outcome.status == "unknown" else None
    if either is None:
        return None
    owner, _, _ = either["one"].rpartition("的")
    other = f"{owner}的{either['other']}" if owner and "的" not in either["other"] else either["other"]
    claims = [f"{either['of']}{either['is']}{side}吗?" for side in (either["one"], other)]
    told = [(claim, said) for claim in claims if _borne_out(said := answerer.by_itself(claim))]
    if not told:
        return None
    found = merged([_as_facts(said) for _, said in told], [Segment(claim) for claim, _ in told])
    return found._replace(context=told[-1][1].context)


def _borne_out(outcome: Outcome) -> bool:
    return outcome.status == "answered" and outcome.parts[0].verdict == "yes"


def _as_facts(outcome: Outcome) -> Outcome:
    """The outcome of a claim as that of a question: there is no yes to one of two."""
    return outcome._replace(parts=tuple(p._replace(kind="facts", verdict="") for p in outcome.parts))
