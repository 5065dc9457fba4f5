"""Things set side by side in half sentences (甲、乙，船各几艘; 船的数量，甲和乙排第几): the whole question.

Only what the half sentences say in another order is written out; the words are those of the asker.
"""

from __future__ import annotations

from knowledge.deciding.apiece import JOINT
from knowledge.reading.asked import NUMERIC
from knowledge.reading.reading import Reading
from knowledge.reading.readings import Readings
from knowledge.text.patterns import pattern

_CUT = pattern("[:：,，] ?", holds=":：,，")
_VIEW = pattern("^(?:如果|若|要|单|只|就|仅)?(?:论|按照?|从|就|以|在|看|比)(?=.{2})")
_VIEWED = pattern("(?:来?算|来?看|来说|来讲|而言|来比较?|来排|方面|这一?[项块点]|上)$")
"""What stands before and behind the measure by which things are looked at (按船的数量算)."""
_SET = pattern("(?:之间)?(?:的?(?:对比|比较|相比|比对)|vs\\.?|pk|对比|相比)")
_OPENS = pattern("^(?:请|帮我?|麻烦)?(?:对比|比较|比对)(?:一下|下)?(?=.{4})")
_CLOSES = pattern("(?:之间)?的?(?:对比|比较|比对)(?:一下|情况|数据|如何|怎么?样)?$")
_JOINED = pattern("[、,，和与及]|以及")
_EDGE = " ?？。.!！,，:："
_ASKS = pattern("[谁哪几吗么呢]|多少|什么|怎|如何|是否|为何|差|倍|吧")
_EACH = "各是多少"
_ASKED_OF_EACH = frozenset({"each", "most", "least", "difference", "ratio", "sum"})
_LONGEST = 40
"""Characters of a row of names, or of a measure, that stands before what is asked."""
_SEVERAL = 2
_ASKING = frozenset("各别哪谁几多排每都啥何最")
"""One of these stands in a clause that asks of each, of several, or for a place in an order."""
_YEARS_EN = pattern(
    r"^(?:please )?(?:compare |how does |how did )?(?:the )?(.{6,60}?)(?:,|:| in| of| -)* ?((?:19|20)\d\d) "
    r"(?:vs\.?|versus|against|compared (?:to|with)) (?:the |its )?(?:[a-z]+ )?(?:for |in |of )?((?:19|20)\d\d)[ ?.]*$"
)
"""A figure of one year beside that of another."""


def written_out(text: str, readings: Readings) -> str:
    """The question that half sentences set side by side come to; '' for a text of another form."""
    if text.isascii():
        return _in_english(text)
    return _set_against(text, readings) or _in_order(text, readings)


def _in_english(text: str) -> str:
    """The same in English: X, 2016 versus 2023."""
    found = _YEARS_EN.match(text)
    if found is None:
        return ""
    many = "how many" if found[1].endswith("s") else "how big was"
    return f"{many} {found[1]} in {found[2]} and in {found[3]}?"


def _in_order(text: str, readings: Readings) -> str:
    """The question where a row of names, or the measure, stands before the clause that asks."""
    cut = _CUT.search(text)
    if cut is None or not 1 < cut.start() <= min(_LONGEST, len(text) - _SEVERAL):
        return ""
    first, last = text[: cut.start()], text[cut.end() :]
    if _ASKING.isdisjoint(last):
        return ""
    asked, before = readings.read(last), readings.read(first)
    if "verify" in asked.intents:
        return ""
    if items := _each_of_topic(last, before, asked, readings):
        return items
    row = _row(before)
    if row == len(first) and not readings.named(asked):
        whole = readings.read(f"{first}的{last}")
        return whole.text if _of_each(whole) else ""
    start = _row(asked)
    if not start or before.asks - NUMERIC or readings.named(before) or before.periods or before.quantities:
        return ""
    ranked = "rank" in asked.asks or asked.intents & _ASKED_OF_EACH
    if not ranked or asked.kinds or any(not c.light for c in asked.clues if len(c.text) > 1):
        return ""
    measure = _VIEWED.sub("", _VIEW.sub("", first))
    return f"{last[:start]}{measure}{last[start:]}" if measure and _is_measure(readings.read(measure)) else ""


def _each_of_topic(last: str, before: Reading, asked: Reading, readings: Readings) -> str:
    """The question where a topic stands before items that are each of another name (船：甲首批、乙每年,各多少)."""
    each, topics = asked.word("i:each"), before.mentions
    if each is None or len(topics) != 1 or readings.named(before) or topics[0].text in last:
        return ""
    items = _JOINED.split(last[: each.start].rstrip(_EDGE))
    things = [next((m for m in readings.read(item).mentions if m.start == 0), None) for item in items]
    named = [m for m in things if m and m.entities[0] not in readings.base.generic]
    if not _SEVERAL <= len(named) == len(items) or all(m.text == i for m, i in zip(named, items, strict=True)):
        return ""
    whole = (f"{m.text}{topics[0].text}{i[m.end :]}" for m, i in zip(named, items, strict=True))
    return "、".join(whole) + last[each.start :]


def _of_each(asked: Reading) -> bool:
    """Whether something is asked of each of several, or which of them has more."""
    return bool(asked.intents & _ASKED_OF_EACH or asked.asks & {"rank"})


def _row(reading: Reading) -> int:
    """Where a row of names ends that a text begins with; 0 if it begins with none."""
    end = 0
    for mention in reading.mentions:
        joined = mention.start == end == 0 or (end and JOINT.fullmatch(reading.text, end, mention.start))
        if not joined:
            break
        end = mention.end
    return end


def _is_measure(reading: Reading) -> bool:
    """Whether a text names a measure, and nothing that has one."""
    return bool(reading.asks & NUMERIC) or any(w.has("r") or w.has("e") for w in reading.words)


def _set_against(text: str, readings: Readings) -> str:
    """The question where figures of two things, or of two times, are to be set against one another and no word asks."""
    if not _SET.search(text) or _ASKS.search(text):
        return ""
    plain = text.strip(_EDGE)
    rest = _CLOSES.sub("", _OPENS.sub("", plain))
    rest = _SET.sub("和", rest, count=1).strip(_EDGE)
    cut = _CUT.search(rest)
    if cut and cut.end() < len(rest):
        rest = rest[: cut.start()] + rest[cut.end() :]
    if rest == plain or _CUT.search(rest):
        return ""
    reading = readings.read(f"{rest}{_EACH}")
    several = len(reading.periods) >= _SEVERAL or len(readings.named(reading)) >= _SEVERAL
    return reading.text if several and _is_measure(readings.read(rest)) else ""
