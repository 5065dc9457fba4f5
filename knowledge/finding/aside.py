"""What was before or after something, or comes next, is asked for: what merely is so does not tell it."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.text.patterns import pattern

_THEN = pattern(
    "(?:之后|以后|后|完)[,，]?(?:他|她|又|都|就|还|去|来)*(?:去|跑|干|做|当|在|到|办|加入|创)(?:去|了|过|起)*(?:什么|啥|哪|嘛|何)"
    "|(?:之后|以后)(?:他|她|又|就|还)*(?:干嘛|怎么样|怎样)"
    "|后来(?:又|就|被|还)*(?:调|转|去|跑|到|升|跳)(?:任|往|到|去|了|槽)*(?:什么|啥|哪|何)"
    r"|\bwhat (?:did|has|have) .*\b(?:afterwards?|after that|since then)\b",
    holds=("后", "完", "after", "since"),
)
"""Asks what somebody did afterwards."""
_AFTERWARDS = pattern("后|离开|转[到而投行]|随即|继而|再[度次]?创|加盟|加入|如今|现在")
_EARLIER = pattern(
    "(?:之前|以前)(?:他|她)?(?:在(?:哪|什么|啥)|都?做|干|当|担?任)"
    r"|\bbefore (?:he|she|they|(?:found|start|join|sett|lead|com|mov|leav|gett|becom)ing)\b",
    holds=("之前", "以前", "before"),
)
_BEFORE = pattern("曾|此前|以前|之前|前[任\u3400-\u9fff]|原")
_WHO_BEFORE = pattern(
    r"(?<!发布)(?<!成立)(?:之前|以前)[,，]?[^,，?？]{0,12}?(?:谁|哪一?位)|(?:前任|上一任|前一任|上任)[^,，?？]{0,4}?(?:谁|哪)"
    r"|\bpredecessor\b|^who .*\bbefore [a-z]",
    holds=("前", "任", "predecessor", "before"),
)
"""Asks who was something before somebody: who is it now does not tell it."""
_ONCE = pattern("前任|原(?![来则因本料])|曾任|曾是|此前|之前|以前|接替|继任|接任|前[\u3400-\u9fff]?[长任总]|卸任|离任")
_SUCCEEDING = pattern(
    r"接班|接替|接任|继任|接谁的班|谁来?接(?:手|过|的|$)"
    r"|\bsucceed(?:s|ed)? [a-z]|\bsuccessor\b|\b(?:who|whom) .*replaced?\b",
    holds=("接", "继任", "succe", "replace"),
)
_SUCCEEDED = pattern("接[班替任手过]|继任|取代|换成|改由")
_LEAVING = pattern(
    "(?:离开|离职|离任|卸任|辞职|退休)[^,，]{0,8}(?:时间|日期|什么时候|何时|哪一?[年天])"
    "|(?:时间|日期|什么时候|何时|哪一?[年天])[^,，]{0,10}(?:离开|离职|离任|卸任|辞职|退休)"
    r"|\bwhen did .*\b(?:leave|resign|retire|step down|quit|depart)\b",
    holds=("离", "卸任", "辞职", "退休", "when did"),
)
_LEFT = pattern("离开|离职|离任|卸任|辞|退休|出走")
_TURN = "(?:免费|收费|开放|更名|改名|改版|改制|收购|上市|升级|合并|搬迁|搬家)"
"""What something was before and is since."""
_ANYTHING = "[^,，;；]{0,12}(?:多少|几|什么|啥|谁|哪)"
_WAS_BEFORE = pattern(
    rf"{_TURN}(?:之前|以前|前){_ANYTHING}|^(?:what|how|who|which|where) .*\bbefore \d{{4}}\b", holds=("前", "before")
)
_HAD_BEEN = pattern("之前|以前|此前|前|原|从|由|曾|最初|起初|之时")
_IS_SINCE = pattern(f"{_TURN}(?:之后|以后|后){_ANYTHING}", holds="后")
_HAS_BEEN = pattern("(?<!以)后|起(?!点)|自(?![己主动然有研])|从|至|随|改|升|叫")
_NEXT = pattern(
    r"下一步|接下来|\bnext step\b|\bin (?:the )?future\b"
    "|(?:(?<![成立发布推出月年])以后|今后|将来|往后|日后)(?:还|又|也|都)?(?:要|会|将|打算|准备|计划|想)",
    holds=("下一步", "接下来", "后", "将来", "next step", "future"),
)
_NEXT_ONE = pattern(r"下一?[届期](?!间)|\bnext (?:edition|session|instalment)\b", holds=("届", "期", "next"))
_OF_NEXT = pattern("下一?[届期](?!间)|明年|次年|[计规]划|拟|将[在于由]")
_TO_COME = pattern(
    "将|[计规]划|拟|未来|预[计期]|目标|力争|打算|(?<!重|主|首|需|简|纲|概)要|下一步|会(?!议|长)|今后|[日往]后"
)
_BESIDE = (
    (_THEN, _AFTERWARDS), (_EARLIER, _BEFORE), (_WHO_BEFORE, _ONCE), (_SUCCEEDING, _SUCCEEDED), (_LEAVING, _LEFT),
    (_WAS_BEFORE, _HAD_BEEN), (_IS_SINCE, _HAS_BEEN), (_NEXT, _TO_COME),
    (_NEXT_ONE, _OF_NEXT),
)  # fmt: skip
"""What is asked of the time before or after something, and how a statement speaks of that."""
_MOVES = "前后完接继离辞卸退步届期将"
"""One of these stands in each such question."""


@lru_cache(maxsize=64)
def asks_beside(text: str) -> re.Pattern[str] | None:
    """How a statement has to tell what came before or after something, where a question asks for that; else None."""
    if not text.isascii() and not any(c in text for c in _MOVES):
        return None
    return next((told for asked, told in _BESIDE if asked.search(text)), None)
