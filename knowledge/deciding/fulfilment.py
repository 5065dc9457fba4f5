"""What came of a plan, a request or a post is asked for: neither what was intended nor what was before tells it."""

from __future__ import annotations

import re

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
_THEN = pattern(
    "(?:之后|以后|后|完)[,，]?(?:他|她|又|都|就|还|去|来)*(?:去|跑|干|做|当|在|到|办|加入|创)(?:去|了|过|起)*(?:什么|啥|哪|嘛|何)"
    "|(?:之后|以后)(?:他|她|又|就|还)*(?:干嘛|怎么样|怎样)"
)
"""Asks what somebody did afterwards."""
_AFTERWARDS = pattern("后|离开|转[到而投行]|随即|继而|再[度次]?创|加盟|加入|如今|现在")
_EARLIER = pattern(
    "(?:之前|以前)(?:他|她)?(?:在哪|都?做|干|当|任)"
    r"|\bbefore (?:he|she|they|founding|starting|joining|setting|leading)\b"
)
_BEFORE = pattern("曾|此前|以前|之前|前[任\u3400-\u9fff]|原")
_SUCCEEDING = pattern(
    r"接班|接替|接任|继任|接谁的班|谁接(?:手|过)|\bsucceed(?:s|ed)? [a-z]|\bsuccessor\b|\b(?:who|whom) .*replaced?\b"
)
_SUCCEEDED = pattern("接[班替任手过]|继任|取代|换成|改由")
_LEAVING = pattern(
    "(?:离开|离职|离任|卸任|辞职|退休)[^,，]{0,8}(?:时间|日期|什么时候|何时|哪一?[年天])"
    "|(?:时间|日期|什么时候|何时|哪一?[年天])[^,，]{0,10}(?:离开|离职|离任|卸任|辞职|退休)"
    r"|\bwhen did .*\b(?:leave|resign|retire|step down|quit|depart)\b"
)
_LEFT = pattern("离开|离职|离任|卸任|辞|退休|出走")
_BESIDE = ((_THEN, _AFTERWARDS), (_EARLIER, _BEFORE), (_SUCCEEDING, _SUCCEEDED), (_LEAVING, _LEFT))
"""What is asked of the time before or after something, and how a statement speaks of that."""
_MOVES = "前后完接继离辞卸退"
"""One of these stands in each such question."""
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


def asks_beside(reading: Reading) -> re.Pattern[str] | None:
    """How a statement has to tell what came before or after something, where that is asked for; else None."""
    text = reading.text
    if not text.isascii() and not any(c in text for c in _MOVES):
        return None
    return next((told for asked, told in _BESIDE if asked.search(text)), None)
