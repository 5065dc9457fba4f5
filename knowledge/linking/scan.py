"""Scan a question for the words of the lexicon; what lies between is content."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.linking.link import Mention
from knowledge.store.base import Base
from knowledge.text.dates import Period
from knowledge.text.lexicon import WORD, Lexicon, kinds_in, sorts, stem, words
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import is_han

_OF = "的"
_COUNTING = frozenset({"哪两", "哪三", "哪四", "哪五", "哪几", "哪些", "哪", "几", "多少"})
_ASKING = 2
"""Characters of a question word that may stand inside a longer one (几个, 几个人)."""
_ADJECTIVE = 2
"""Characters of an adjective at most."""
_COMPARING = frozenset("谁哪比")
_CLOSING = " ,，、;；?？。!！呢呀啊些一点吗吧"
"""What may stand behind an adjective that closes a clause."""
_PLACED = frozenset({"q:which", "q:place"})
_YIELDING = _PLACED | {"q:person", "q:number", "q:list", "q:name"}
_NOUNS = frozenset("kas")
_COUNTERS = "片样路档门年天月日个家款座项所种类份部届场件句篇些条艘支盏张只台套辆间栋几一两三四五六七八九"
_CLASSIFIERS = frozenset(_COUNTERS)
_COUNTER = "家"
"""Behind a figure it counts, whatever word it begins elsewhere."""
_BEGINNING = "开始"
_PARTICLES = "的了呢啊呀吗吧嘛"
"""Behind a verb, none of them begins another."""


class Word(NamedTuple):
    """A word of the lexicon found in the question."""

    start: int
    end: int
    text: str
    tags: tuple[str, ...]

    def has(self, prefix: str) -> bool:
        """Whether a tag is this one, or begins with it and a colon."""
        return prefix in sorts(self.tags)

    @property
    def kinds(self) -> list[str]:
        """The kinds of entity that it stands for."""
        return kinds_in(self.tags)


class Scan:
    """Work in progress of one reading."""

    def __init__(self, text: str, base: Base, mentions: list[Mention]) -> None:
        self.text = text
        self.base = base
        self.mentions = mentions
        self.words: list[Word] = []
        self.content: list[tuple[int, int]] = []


def covers(mentions: list[Mention], start: int, end: int) -> bool:
    """Whether a mention lies over this span."""
    return any(m.start < end and start < m.end for m in mentions)


def scan_words(scan: Scan, periods: list[Period], quantities: list[Quantity]) -> None:
    """Longest words of the lexicon between mentions and dates; what is left is content."""
    numeric = {o for q in quantities for o in range(q.start, q.end)}
    taken = sorted([*[(m.start, m.end) for m in scan.mentions], *[(p.start, p.end) for p in periods]])
    position = 0
    for start, end in (*taken, (len(scan.text), len(scan.text))):
        if position < start:
            _scan_stretch(scan, position, start, numeric)
        position = max(position, end)


def _scan_stretch(scan: Scan, position: int, limit: int, numeric: set[int]) -> None:
    """The words and the content between two offsets."""
    text, found, content = scan.text, scan.words, scan.content
    while position < limit:
        char = text[position]
        counting = char in _CLASSIFIERS and found and found[-1].end == position and found[-1].text in _COUNTING
        if counting and not _begins_cue(scan, position, limit):
            position += 1
            continue
        if char == " ":
            position += 1
            continue
        latin = WORD.match(text, position) if char.isascii() else None
        if char == _COUNTER and position - 1 in numeric and position in numeric:
            position += 1  # 五家乡镇卫生院: 家 counts them, and begins no 家乡
            continue
        word = _latin_at(scan, latin, limit) if latin else _han_at(scan, position, limit)
        if word and not (position in numeric and word.end - position == 1 and not word.has("q")):
            found.append(word)
            position = word.end
            continue
        if position in numeric or not char.isalnum() or "\u3040" <= char <= "\u30ff":
            position += 1
            continue
        end = latin.end() if latin else position + 1
        if content and content[-1][1] == position and is_han(char) and is_han(text[position - 1]):
            content[-1] = (content[-1][0], end)
        else:
            content.append((position, end))
        position = end


def _latin_at(scan: Scan, latin: re.Match[str], limit: int) -> Word | None:
    """The longest lexicon word that begins with a run of Latin letters and ends before the limit."""
    text, start = scan.text, latin.start()
    if start and text[start - 1].isascii() and text[start - 1].isalnum():
        return None
    return _mixed_at(scan, start, limit) or _phrase_at(scan, latin, limit)


def _mixed_at(scan: Scan, start: int, limit: int) -> Word | None:
    """A word of Latin and Han characters (ai企业)."""
    text, lexicon = scan.text, scan.base.lexicon
    for end in range(min(limit, start + lexicon.furthest(text, start)), start + 2, -1):
        if not text[end - 1].isascii() and text[start:end] in lexicon.tags:
            return Word(start, end, text[start:end], lexicon.tags[text[start:end]])
    return None


def _han_at(scan: Scan, start: int, limit: int) -> Word | None:
    """The longest lexicon word that begins here and ends before the limit."""
    text, lexicon = scan.text, scan.base.lexicon
    known = lexicon.tags
    for end in range(min(limit, start + lexicon.furthest(text, start)), start, -1):
        tags = known.get(text[start:end])
        if not tags:
            continue
        if text[end - 1] == "几" and end - start > 1 and _is_measure(known.get(text[end - 1 : end + 2], ())):
            continue  # 有几盏灯 asks for what 几盏灯 asks for
        if text[end - 1] == "哪" and end - start > 1 and _of_which(text, end, lexicon):
            continue  # 在哪个架构, 在哪方面 ask which one, not where
        if end - start > _ASKING and not _YIELDING.isdisjoint(tags) and _cuts_noun(scan, start, end, limit):
            continue  # 几个人工智能产业园 asks for no 人, 哪个城市 for no 城
        if text[end - 1] == "多" and text[end : end + 1] == "少" and end - start > 1:
            continue  # 封顶多少 asks how much, and says not 顶多
        if end - start > 1 and text.startswith(_BEGINNING, end - 1):
            continue  # 什么时候开始 asks not when it opens
        if end - start > len(_BEGINNING) and text.startswith(_BEGINNING, end - len(_BEGINNING)) and _goes_on(text, end):
            continue  # 何时开始建 asks for the date of that
        if end - start == 1 and end < limit and tags[0][:2] == "k:" and _begins_longer(scan, start, limit):
            continue  # 几名船员: 船 is no ship
        measure = _measured_by(scan, start, end) if end - start <= _ADJECTIVE else None
        return measure or _overlapped(scan, Word(start, end, text[start:end], tags), limit)
    return _measured_by(scan, start, start + 1) or _measured_by(scan, start, start + _ADJECTIVE)


def _of_which(text: str, start: int, lexicon: Lexicon) -> bool:
    """Whether what stands there, behind 哪, makes that ask which one: a classifier, or a noun like 方面."""
    return text[start : start + 1] in _CLASSIFIERS or "n" in lexicon.tags.get(text[start : start + 2], ())


def _goes_on(text: str, end: int) -> bool:
    """Whether a verb may follow there."""
    return is_han(text[end : end + 1]) and text[end] not in _PARTICLES


def _overlapped(scan: Scan, word: Word, limit: int) -> Word:
    """The word; where another that asks, or is a cue of the pack, begins within it and goes on, what both say.

    要花多少 asks for what is 要花多少钱, and of 谁管钱 the verb is 管钱.
    """
    if word.end == limit or "q" not in sorts(word.tags):
        return word
    text, lexicon = scan.text, scan.base.lexicon
    asking = word.text.find("多少") if word.text.endswith("多少") and _is_measure(word.tags) else -1
    if asking > 0:
        start = word.start + asking
        end = start + lexicon.longest_at(text, start)
        longer = lexicon.tags.get(text[start:end], ())
        if word.end < end <= limit and "q" in sorts(longer):
            own = tuple(t for t in word.tags if t[:2] != "q:")
            return Word(word.start, end, text[word.start : end], (*own, *(t for t in longer if t[:2] in ("q:", "r:"))))
    for cut in range(word.start + 1, word.end) if "q:person" in word.tags else ():
        end = cut + lexicon.longest_at(text, cut)
        if word.end < end <= limit and _is_measure(lexicon.tags.get(text[cut:end], ())):
            first = lexicon.tags.get(text[word.start : cut], ())
            return Word(word.start, cut, text[word.start : cut], first) if "q" in sorts(first) else word
    return word


def _begins_cue(scan: Scan, start: int, limit: int) -> bool:
    """Whether a classifier begins a word that the pack itself asks with (多少门店: 门 counts nothing)."""
    text, known = scan.text, scan.base.lexicon.tags
    furthest = min(limit, start + scan.base.lexicon.furthest(text, start))
    return any(_is_measure(known.get(text[start:end], ())) for end in range(start + 2, furthest + 1))


def _measured_by(scan: Scan, start: int, end: int) -> Word | None:
    """An adjective that closes a clause, by which the pack measures (哪个慢): it asks for what 更慢 asks for."""
    text = scan.text
    if text[end : end + 1].strip(_CLOSING) or _COMPARING.isdisjoint(text):
        return None
    tags = scan.base.lexicon.tags.get("更" + text[start:end], ())
    return Word(start, end, text[start:end], tags) if _is_measure(tags) else None


def _is_measure(tags: tuple[str, ...]) -> bool:
    """Whether a word with these tags is a cue of the pack."""
    return any(tag[:2] == "r:" for tag in tags)


def _begins_longer(scan: Scan, start: int, limit: int) -> bool:
    """Whether a noun of one character for a kind stands where a noun does, and begins one that nobody knows (船员)."""
    text = scan.text
    if not is_han(text[start + 1]) or text[start + 1] in _CLASSIFIERS or _han_at(scan, start + 1, limit):
        return False
    before = scan.words[-1] if scan.words else None
    if before is None or text[before.end : start].strip(_COUNTERS):
        return any(m.end == start for m in scan.mentions)
    return before.text == _OF or before.has("q") or any(m.end == start for m in scan.mentions)


def _cuts_noun(scan: Scan, start: int, end: int, limit: int) -> bool:
    """Whether a question word asks without its last character, and that begins a noun (几个人 of 几个人才).

    Of those that ask for a place or which one, it may also be all of a noun for things of a kind (哪个省).
    """
    text, lexicon = scan.text, scan.base.lexicon
    if "q" not in sorts(lexicon.tags.get(text[start : end - 1], ())):
        return False
    furthest = min(limit, end - 1 + lexicon.furthest(text, end - 1))
    begun = (sorts(lexicon.tags.get(text[end - 1 : stop], ())) for stop in range(end + 1, furthest + 1))
    if any(not tags.isdisjoint(_NOUNS) for tags in begun):
        return True
    tags = lexicon.tags[text[start:end]]
    # 哪国人 asks where somebody is from, where the pack has it so
    placed = not _PLACED.isdisjoint(tags) and not _is_measure(tags)
    return placed and "k" in sorts(lexicon.tags.get(text[end - 1 : end], ()))


def _phrase_at(scan: Scan, latin: re.Match[str], limit: int) -> Word | None:
    """The longest Latin phrase that begins here, compared by stems."""
    text, lexicon = scan.text, scan.base.lexicon
    match: re.Match[str] | None = latin
    start, best = latin.start(), None
    stems: list[str] = []
    most = 1
    while len(stems) < most and match and (end := match.end()) <= limit:
        stems.append(stem(match.group().removesuffix("'s")))
        if len(stems) == 1:
            most = lexicon.longest_from(stems[0])
        tags = lexicon.tags.get(" ".join(stems))
        if tags:
            best = Word(start, end, text[start:end], tags)
        if text[end : end + 1] not in (" ", "-"):
            break
        match = WORD.match(text, end + 1)
    return best


def odd_offsets(scan: Scan) -> set[int]:
    """Offsets of content that the base does not know: where a misspelt name may hide."""
    odd: set[int] = set()
    text, base = scan.text, scan.base
    # 的盘 is known by what follows 的 somewhere: 盘 in 盘谷 is not
    plain = {w.start for w in scan.words if w.text == _OF}
    for start, end in scan.content:
        if text[start].isascii():
            if not text[start:end].isdigit() and not any(base.postings(w) for w in words(text[start:end])):
                odd.update(range(start, end))
            continue
        if end - start == 2 and not base.postings(text[start:end]):
            odd.update(range(start, end))  # 微蒙: what it shares with the words beside it makes it no word
            continue
        for offset in range(start, end):
            known = False
            before = offset - 1 if offset and offset - 1 not in plain else offset
            for pair in (text[before : offset + 1], text[offset : offset + 2]):
                if len(pair) == 2 and base.postings(pair):
                    known = True
            if not known:
                odd.add(offset)
    # a run of known and unknown characters may be one misspelt name: 悟到 has 到, a function word
    beside = [w.start for w in scan.words if w.end - w.start == 1 and (w.start - 1 in odd or w.end in odd)]
    odd.update(beside)
    if not odd:
        for start, end in scan.content:
            if not text[start].isascii() and end - start <= 2:
                odd.update(range(start, end))
    return odd


def hollow_offsets(scan: Scan, odd: set[int]) -> set[int]:
    """Offsets of function and question words: no misspelt name begins or ends there."""
    hollow: set[int] = set()
    for word in scan.words:
        if "f" in word.tags or "p" in word.tags or word.has("q"):
            hollow.update(range(word.start, word.end))
    return hollow - odd
