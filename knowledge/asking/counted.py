"""Who counted a figure that a question gives (北京54个大模型是谁统计的): the statements that give it as sources."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.finding.judge import states
from knowledge.finding.outcome import Outcome, Part
from knowledge.reading.readings import Readings
from knowledge.store.base import FactRow
from knowledge.text.patterns import pattern

_BY = "(?:是|由|是由|出自|来自)?(?:谁|哪家|哪个机构|什么机构|哪家机构|哪家媒体|哪个单位|哪里|哪儿)"
_WHO = pattern(
    f"[,，]?(?:这个?(?:数字?|数据|说法)|数据|数字)?{_BY}(?:来)?"
    "(?:(?:统计|数|算|测算|估算|估计|公布|说|讲|得出|披露|报道)(?:出来|出)?[的了]"
    "|的(?:数据|数字|统计|说法|口径))[?？ ]*$"
    "|^谁(?:统计|数|算|测算|估计|公布|说)(?:出来|出|了|的|过)*"
    r"|^who (?:counted|says|said|claims|claimed|estimates?|estimated|reports?|reported|puts?|calculated|came up with)"
    r"(?: that)?(?: there (?:are|were))?(?: the(?: figure(?: of)?)?)? "
    r"|^whose (?:figure|count|number|estimate|data) (?:is|are|was|were) (?:the |that of )?",
    holds=(*"数算估说讲", "统计", "公布", "得出", "披露", "报道", "口径", "who ", "whose "),
)
"""What asks for the one who counted, beside the figure."""


def counted_by(text: str, ask: Callable[[str], Outcome], readings: Readings) -> Outcome | None:
    """The statements, as sources, that give the figures of which a folded question asks who counted them.

    `ask` gives the outcome of what is left of the question. None if something else is asked, or nobody gives them.
    """
    found = _WHO.search(text) if "谁" in text or "哪" in text or text.startswith("who") else None
    rest = f"{text[: found.start()]}{text[found.end() :]}" if found else ""
    if not rest or not readings.read(rest).quantities:
        return None
    outcome = ask(rest)
    told = [f for p in outcome.parts for f in (*p.facts, *p.others)]
    told += [o.fact for o in outcome.options if isinstance(o.fact, FactRow)]
    given = outcome.reading.quantities
    facts = tuple(dict.fromkeys(f for f in told if given and all(states(f, q) for q in given)))
    sources = (Part("source", facts),)
    return outcome._replace(status="answered", parts=sources, options=(), unanswered=()) if facts else None
