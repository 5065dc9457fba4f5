"""Who is asked to have said or thought something, and where: only what is told as said by that one answers."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.lexicon import words as stems
from knowledge.text.patterns import pattern

_ASKED = pattern(
    r"(?:怎么|如何|怎样|怎麼|咋|点)(?:去|来)?(?:说|看|评价|评论|看待|回应|解释|表态|反应|答复)"
    r"|有?(?:什么|何|啥|哪些)(?:样的)?(?:评论|评价|看法|观点|意见|回应|反应|表态|说法|态度)"
    r"|(?:说|讲|谈|回应|表示|透露|评价)(?:过|了)?(?:些)?(?:什么|啥|哪些话)|说过|原话"
    "|(?:在哪[里儿]?|何处|什么场合|什么时候|哪[年天])[^,，]{0,4}(?:说|讲)的"
)
"""Asks in Chinese what somebody said or thinks."""
_ENGLISH = pattern(
    r"\b(?:what|how) (?:did|does|do|has|have|was|is) (.+?) "
    r"(?:said|say|says|think|thinks|thought|react|reacted|respond|responded|reply|comment|commented|explain|view)\b"
    r"|\bwhat (?:was|is|were|are) (.+?)'s? (?:comment|comments|reaction|response|view|views|opinion|reply|take)\b"
)
_SLOT = pattern(
    "(?:当时|后来|最后)?([^,，]{1,14}?)(?=对|就|关于|怎|如何|咋|点样|是怎|有什么|有何|有啥|有哪些|说|讲|谈|回应|表示|透露|评价"
    "|听|看|当时|后来|的?原话|在|把)"
)
"""Who is asked to have said it stands first."""
_TOLD = pattern(
    "高呼|喊|说|称|认为|表示|透露|介绍|谈|指出|强调|看来|评价|评论|回应|观点|看法|呼吁|警告|告诫|敲警钟|判断|坦言|直言|表态|提出|要求|希望"
    "|声音|道出|不理解|怀疑|看得|(?<!访)问(?![鼎题世])|打趣|态度|喊|口号|概括|相信|预计|预测|建议|主张|感慨|感叹|承认|形容|提醒|解释|总结|念念不忘"
    "|自比|定位|拍板|批评|抨击|质疑|反对|赞成|称赞|赞扬|担心|担忧|抱怨"
)
"""How a statement tells that somebody said or thinks something."""
_REPLYING = pattern(r"回应|反应|答复|\b(?:react|reacted|reaction|respond|responded|response|reply)\b")
_REPLIED = pattern("回应|反应|答复|回答|对此|答道|作答|表示|态度")
_ANYBODY = pattern(
    "^(?:人们|大家|外界|业内|业界|坊间|有|网友|作者|媒体|他|她|它|其|这|那|该|此|你|谁|哪|上面|资料|原话|怎|如何|是|什么)"
    "|文章|文中|原文|该文|稿|篇|报道|句|的人$|各"
)
"""Nobody in particular, or an article."""
_ARTICLE = pattern(r"\b(?:article|author|report|essay|people|they|he|she|it|one|you|the text|paper)\b")
_SPEECH = tuple("说 讲 谈 看 评 意见 观点 回应 解释 表态 表示 透露 反应 态度 答复 原话".split())
"""One of these stands in each question for what somebody said or thinks."""
_OCCASIONS = tuple("会 坛 演讲 讲话 讲座 发言 致辞 场合 活动 仪式 媒体 报纸 杂志 刊物 电视台 节目 访".split())
"""One of these stands in each question for where it was said."""
_LEAST = 2
"""Characters of a word that says who it is."""
_MEETING = pattern(
    "(?:哪[一]?[次个场届]|什么|啥|何)(?:[\u3400-\u9fff]{0,4})"
    "(?:会议?|大会|论坛|峰会|场合|演讲|讲话|发言|致辞|活动|仪式|讲座)(?:上|里|中|期间|提|说|讲|谈|宣|发|表|$|[?？])"
)
_MEDIUM = pattern(
    "(?:哪[一]?[家个本份]|什么|啥)(?:媒体|报纸|杂志|刊物|电视台|节目|采访|访谈|专访)(?!中心|集团|公司)"
    "|哪次(?:采访|访谈|专访)"
)
_WHERE = pattern(
    r"\b(?:in|at|to|on) (?:which|what) "
    r"(?:speech|talk|meeting|conference|forum|interview|magazine|newspaper|journal|book|show|programme|program"
    r"|occasion|event|lecture|address)\b"
)
_OCCASION = pattern("会议|大会|会上|论坛|峰会|[\u3400-\u9fff]会[上期间的,，]|式上|演讲|讲话|发言|致辞|讲座|仪式")
_PRINTED = frozenset({"media", "publisher", "book", "event"})


class Speaker(NamedTuple):
    """Who is asked to have said something."""

    entities: frozenset[int]
    """The one named, none where only words say who it is."""
    words: tuple[str, ...]
    """The words besides that say who (市长, 官员), which a statement has to have."""


def speaker(reading: Reading, base: Base) -> Speaker | None:
    """Who is asked to have said or thought something; None if that is not asked, or of nobody in particular."""
    text = reading.text
    if text.isascii():
        asked = _ENGLISH.search(text)
        if asked is None:
            return None
        group = 1 if asked[1] else 2
        if _ARTICLE.search(asked[group]):
            return None
        return _who(reading, asked.start(group), asked.end(group), base)
    if not any(word in text for word in _SPEECH) or _ASKED.search(text) is None:
        return None
    for start in dict.fromkeys((max(text.rfind(",", 0, -1), text.rfind("，", 0, -1)) + 1, 0)):
        slot = _SLOT.match(text, start)
        if slot and not _ANYBODY.search(slot[1]):
            return _who(reading, slot.start(1), slot.end(1), base)
    return None


def _who(reading: Reading, start: int, end: int, base: Base) -> Speaker | None:
    """Who stands between two offsets."""
    within = [m for m in reading.mentions if start <= m.start and m.end <= end]
    speaking = base.persons | base.who | base.where
    named = [m for m in within if base.entity(m.entities[0]).kind in speaking]
    if not named and (within or any(m.start < end and start < m.end for m in reading.mentions)):
        return None
    rest = reading.text[start:end]
    for mention in within:
        rest = rest.replace(mention.text, " ")
    if rest.isascii():
        tags = base.lexicon.tags
        return Speaker(
            frozenset(named[-1].entities if named else ()),
            tuple(w for w in stems(rest) if "f" not in tags.get(w, ()) and len(w) > 1),
        )
    said = tuple(w.strip("的、 ") for w in rest.split(" ") if len(w.strip("的、 ")) >= _LEAST)
    if not named and not said:
        return None
    return Speaker(frozenset(named[-1].entities if named else ()), said)


def said_by(fact: FactRow, who: Speaker, reading: Reading, base: Base) -> bool:
    """Whether a statement tells something as said or thought by somebody."""
    zh, english = base.statement(fact.f), reading.text.isascii()
    replying = _REPLYING.search(reading.text)
    own_words = fact.by in who.entities and not replying
    if not (own_words or (_REPLIED if replying else _TOLD).search(zh)):
        return False
    if who.entities and fact.within.isdisjoint(who.entities):
        return False
    own = frozenset(stems(fact.en.casefold())) if english else zh
    return all(word in own for word in who.words)


def asks_occasion(reading: Reading) -> bool:
    """Whether it is asked at which meeting, in which speech or by which medium something was said."""
    text = reading.text
    if text.isascii():
        return bool(_WHERE.search(text))
    return any(word in text for word in _OCCASIONS) and bool(_MEETING.search(text) or _MEDIUM.search(text))


def names_occasion(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a statement names a meeting, or the medium where that is asked for."""
    printed = any(base.entity(e).kind in _PRINTED for e in fact.spoken)
    if printed or (not reading.text.isascii() and _MEDIUM.search(reading.text)):
        return printed
    return bool(_OCCASION.search(fact.zh))
