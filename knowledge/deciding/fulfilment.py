"""What came of a plan or a request is asked for: what was intended does not tell it."""

from __future__ import annotations

from knowledge.finding.finding import Finding
from knowledge.finding.judge import explained
from knowledge.reading.asked import NUMERIC
from knowledge.reading.clues import Clue
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_CAME = pattern(
    "(?:最后|最终|后来|实际|至今|迄今|目前)(?!上?[列点写举数])(?:上|又|都|究竟|一共|总共)?[^,，;；是的]{0,10}?"
    "(?:了|过|发给|发到|发出|到位|到多少|叫|取名|拿到|批|答应|落|兑|投|花|用在|给谁|到手|成效|结果)"
    "|(?:现在|目前|如今)(?:已经?|都|总共|一共)?(?:建成|完成|落地|开业|培育|引进|建好|招到|达成|实现)了?(?:几|多少)[^,，]{0,6}?了?"
    "|(?:有没有|是否|是不是)(?:已经|真的)?[^,，;；]{0,6}?(?:培育|孵化|引进|建设|建|打造|完成|实现|达|做|兑现|落地)(?:出|成|到)"
    "|(?:之后|以后|后)[,，]?[^,，;；]{0,8}(?:拿到|得到|获得|收到|争取到|带回|批|给|答应|换来)了?(?:什么|哪些|多少|啥|几)"
    "|(?:投|发|补|奖|拨|批)(?:资|给|放|贴|励|付)?了(?:哪|多少|几|什么)"
)
"""Asks what became of it in the end."""
_WHEN = ("最", "后", "实际", "至今", "迄今", "目前", "有没有", "是否", "是不是", "了")
"""One of these stands in each such question."""
_IN_ENGLISH = pattern(
    r"\b(?:finally|eventually|in the end|ended up|so far|to date|actually)\b"
    r"|\b(?:reach|reached|meet|met|achieve|achieved|hit|fulfil|fulfill|fulfilled|attain|attained)"
    r" (?:its|their|his|her|the|that) (?:\w+ )?(?:goal|goals|target|targets|aim|aims|plan)\b"
)
_ASKING = pattern("恳请|请求|请[^教问]{0,6}[给予支]|求[对给更多]|希望|争取|提议|筹划")
"""How a statement tells what somebody would like to get or do."""
_INTENDED = pattern("力争|争取|争创|目标|计划$|拟|打算|预计|预期|有望|将|要|不超过|不低于|上限|最高|提出|筹划|征求意见")
_TRIGGER = pattern("之后|以后|最后|最终|后来|实际(?:上)?|到底|至今|迄今")
_HALF = 0.5


def asks_outcome(reading: Reading) -> bool:
    """Whether it is asked what came of something in the end."""
    if "achieved" in reading.intents:
        return True
    text = reading.text
    if text.isascii():
        return bool(_IN_ENGLISH.search(text))
    return any(w in text for w in _WHEN) and bool(_CAME.search(text))


def tells_outcome(finding: Finding, reading: Reading, base: Base) -> bool:
    """Whether a statement may tell what came of it: it is no plan, no request, and speaks of what is asked."""
    fact = finding.fact
    if (
        _intended(fact, base)
        or (fact.negated and "verify" in reading.intents)
        or _ASKING.search(base.statement(fact.f))
    ):
        return False
    given = {(q.value, q.is_share) for q in reading.quantities}
    if reading.asks & NUMERIC and fact.figures and given.issuperset(fact.figures):
        return False
    heavy = sum(c.weight for c in finding.missing if not c.light)
    return heavy <= finding.own + finding.cued and _does(fact, reading)


def _intended(fact: FactRow, base: Base) -> bool:
    """Whether a statement tells what is intended; that a plan was issued or drawn up tells what was done."""
    label = base.relations[fact.relation].zh
    return fact.planned and bool(_INTENDED.search(fact.zh) or _INTENDED.search(label))


def _does(fact: FactRow, reading: Reading) -> bool:
    """Whether a statement speaks of what is asked to have been done in the end (后来[出台]了)."""
    trigger = _TRIGGER.search(reading.text)
    if trigger is None:
        return True
    done: list[Clue] = [c for c in reading.clues if reading.text.startswith(c.text, trigger.end())]
    return all(explained(c, fact.terms) >= _HALF for c in done)
