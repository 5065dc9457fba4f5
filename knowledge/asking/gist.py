"""What a chatty message comes to (我妈刚去过甲，突然想起他家也有一座，叫什么来着): its question, with what it is about.

Only for messages that say something of the asker, and that have no answer as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.reading.readings import Readings
from knowledge.text.asks import EDGE, asks
from knowledge.text.checking import source_before
from knowledge.text.patterns import PICTURES, pattern

_CUT = pattern(rf"[,，。.!！?？;；~～…\n{PICTURES}]+|(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_PERSONAL = pattern(rf"[我俺咱偶]|老板|领导|同事|朋友|同学|闺蜜|兄弟|姐妹|网友|博主|评论区|哈哈|[{PICTURES}]")
"""Such a message, or part of it, speaks of the asker or of who talked to him."""
_HEARD = pattern(
    "^.{0,14}(?:听说|听闻|听到|聊到|聊起|聊|想起来?|记得|看到|刷到|提到|提起|[跟和对]我说|非?说|讲)"
    "(?:个?有人说|了)?(?=.{2})"
)
"""Before what somebody heard, saw or thought of."""
_SURELY = pattern("不是(?P<what>[也都还].{2,}?)[吗嘛么]$", holds="不是")
"""What the asker takes for granted (他家不是也有嘛)."""
_SAID = pattern("^(?:他|她|他们|有人|人家|别人|还有人)(?:非|硬|还|都|却|偏)?(?:说|讲|觉得|以为|认为)")
"""What somebody else says of it is what is in doubt."""
_BUT = pattern("^(?:到底|究竟|其实|实际)")
_WHO = pattern("^(?:那|那么)?(?:到底|究竟|其实|实际上?)?(?:是|由)?(?:谁|哪[家个位所座]|什么时候|哪[年天])")
"""Asks right behind what is said for what is true."""
_OF_ME = ("我", "俺", "咱")
_IS = "是"
_LEAST = 2
_MOST = 12
"""Parts of a message that are looked at."""


def doubted(text: str, readings: Readings) -> str:
    """A folded text without what others say a thing is, where it is asked what it is (有人说甲是乙，到底是哪家)."""
    heard = source_before(text, english=False)
    if not (heard or "到底" in text or "究竟" in text):
        return ""
    parts, asking = _parts(text, readings)
    if not 0 < asking < _MOST or not (_WHO if heard else _BUT).match(parts[asking]):
        return ""
    for part in reversed(parts[:asking]):
        told = _kept(_SAID.sub("", part.removeprefix(heard)), readings)
        mentions = readings.read(told).mentions
        at = told.rfind(_IS, 0, mentions[-1].start) if mentions else -1
        if at >= _LEAST and not asks(told, readings.base.lexicon):
            return f"{told[:at]},{parts[asking]}"
    return ""


def without_aside(text: str, readings: Readings) -> str:
    """A folded text without what its asker says of himself behind the question (…吧，我同学在那儿上班)."""
    cut = max(text.rfind(mark) for mark in ",，。?？")
    head, aside = text[:cut], text[cut + 1 :].strip(EDGE)
    lexicon = readings.base.lexicon
    if cut < _LEAST or not aside.startswith(_OF_ME) or asks(aside, lexicon) or not asks(head, lexicon):
        return text
    told = readings.read(aside)
    return text if told.mentions or told.periods or told.quantities else f"{head}?"


def gists(text: str, readings: Readings) -> Iterator[str]:
    """The questions that a folded message may come to, the fullest first; none if it says nothing of the asker."""
    if text.isascii() or not _PERSONAL.search(text):
        return
    parts, asking = _parts(text, readings)
    if not 0 < asking < _MOST:
        return
    question, before = parts[asking], parts[:asking]
    kept = [piece for part in before if (piece := _kept(part, readings))]
    if any(_bound(part, readings) for part in before if part not in kept and not _SAID.match(part)):
        return  # what limits a question is no chatter
    named = [piece for piece in kept if readings.read(piece).mentions]
    seen = {text}
    for told in (kept, named, named[-1:]):
        put = ",".join([*told, question])
        if told and put not in seen:
            seen.add(put)
            yield put


def _parts(text: str, readings: Readings) -> tuple[list[str], int]:
    """The parts of a message, and which of them asks last; the first if none does."""
    parts = [p for part in _CUT.split(text) if (p := part.strip(EDGE))]
    lexicon = readings.base.lexicon
    return parts, next((n for n in range(len(parts) - 1, -1, -1) if asks(parts[n], lexicon)), 0)


def _kept(part: str, readings: Readings) -> str:
    """A part of the message without what it says of the asker, '' if nothing is left."""
    heard = _HEARD.match(part)
    told = _SURELY.sub(r"\g<what>", part[heard.end() :] if heard else part)
    if not _SAID.match(part) and not _PERSONAL.search(told):
        return told
    named = readings.read(told).mentions
    return told[named[0].start : named[-1].end] if named else ""


def _bound(part: str, readings: Readings) -> bool:
    """Whether a part gives a time or a figure."""
    reading = readings.read(part)
    return bool(reading.periods or reading.quantities)
