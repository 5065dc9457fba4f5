"""What a question asks: mentions, question words, qualifiers, and the content that has to be explained by a fact."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import log

from knowledge.base import Base
from knowledge.dates import Period, find_periods
from knowledge.lexicon import words
from knowledge.link import LONG_TEXT, Mention, link_exact, link_fuzzy, units
from knowledge.numerals import Quantity, find_quantities

_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")
_LATIN = re.compile(r"[a-z0-9]+(?:['.&+][a-z0-9]+)*")
_UNIT = re.compile(r"(?:多少|几)(家|个|款|项|座|所|条|种|位|名|人|次|倍|卡|层|天|年|亿|万|元)")
_COUNTING = frozenset({"哪两", "哪三", "哪四", "哪五", "哪几", "哪些", "哪", "几", "多少"})
_CLASSIFIERS = tuple("片样路档门年天月日个家款座项所种类份部届场件句篇些几两三四五六七八九")
_COMPOUND = tuple("级化性型界")
_NUMERALS = "〇一二三四五六七八九十"
_QUESTION = re.compile("什么|哪个|哪里|哪儿|哪年|哪天|哪|多少|多大|多|几|谁|怎么|如何|时候|何时|何|啥")
_ADJECTIVE = re.compile("(?:的|具体|完整|全部|全|详细)*$")
_OPEN_END = re.compile(r"(?:是|为|有)[:：]?[ ]?[?？]?$")
_HOW_MANY = re.compile(r"(?:哪|那|这|的|指|有)([二三四五六七八九])(?:个|家|款|项|座|所|条|种|位|大|类|方面|点|层|步|件|份|部|篇|张|名|支|股|块|样)")
_COUNTED = re.compile(r"(?:多少|几)(?:家|个|款|项|座|所|条|种|位|名)(?:做|能|有|的)?([\u3400-\u9fff]{2,6})")
_ENGLISH = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
_WHAT_ARE = re.compile(rf"(?:what|which|list|name)\b[^?]{{0,12}}?\b({'|'.join(_ENGLISH)})\b")
_LOOSE = ("什么样", "哪类", "哪种", "何种", "什么类型", "怎样", "哪些方面", "哪方面")
_KIND_GAP = 6
"""Characters that may stand between 哪 and the noun it asks for (哪两家公司)."""
LIGHT = 0.25
"""Weight of words that say little about which fact is meant."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the lexicon found in the question."""

    start: int
    end: int
    text: str
    tags: tuple[str, ...]

    def has(self, prefix: str) -> bool:
        return any(t == prefix or t.startswith(prefix + ":") for t in self.tags)


@dataclass(frozen=True, slots=True)
class Clue:
    """Something in the question that the right fact explains."""

    text: str
    weight: float
    terms: tuple[str, ...]
    """Any one of these index terms explains the whole clue…"""
    pairs: tuple[tuple[str, int, int], ...] = ()
    """…or these bigrams explain it character by character: (term, first, last character, from 0)."""
    size: int = 0
    """Number of characters that `pairs` have to explain."""
    light: bool = False
    attribute: bool = False
    """The attribute or relation asked for: a fact that lacks it is no answer."""
    measure: bool = False
    """A question word that names its attribute itself (多高, how old)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One question, read. Offsets are those of `text`."""

    text: str
    mentions: tuple[Mention, ...] = ()
    words: tuple[Word, ...] = ()
    clues: tuple[Clue, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    periods: tuple[Period, ...] = ()
    asks: frozenset[str] = frozenset()
    """Types of answer that the question words ask for: number, amount, share, date, person, place, list, …"""
    kinds: tuple[str, ...] = ()
    """Kinds of entity asked for (哪家公司 → company)."""
    loose: bool = False
    """Whether the noun may be meant loosely (什么城市 may ask for a title)."""
    intents: frozenset[str] = frozenset()
    wanted: int = 0
    """How many things are asked for (哪三项 → 3), 0 if not said."""
    excepted: frozenset[int] = frozenset()
    """Entities named behind 除了 (except)."""
    versions: tuple[Quantity, ...] = ()
    """Numbers glued to a name (盘古4.0): another version is another thing."""
    counted: str = ""
    """The noun behind 多少个 (大模型), '' if none is there."""
    units: frozenset[str] = frozenset()
    """Classifiers behind 多少 and 几 (多少家 → 家)."""
    unknown: tuple[str, ...] = ()
    """Stretches of content that the base does not know at all."""


@dataclass(slots=True)
class _Scan:
    """Work in progress of one reading."""

    text: str
    base: Base
    mentions: list[Mention] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)


def read(text: str, base: Base) -> Reading:
    """Read a folded question."""
    cut = units(text)
    mentions = link_exact(text, cut, base)
    mentions = [m for m in mentions if not _is_ordinary(m, text, base)]
    scan = _Scan(text, base, mentions)
    periods = [p for p in find_periods(text) if not _covers(mentions, p.start, p.end)]
    quantities = [
        q
        for q in find_quantities(text)
        if not _covers(mentions, q.start, q.end) and not any(p.start < q.end and q.start < p.end for p in periods)
    ]
    _scan_words(scan, periods, quantities)
    if len(text) <= LONG_TEXT:
        odd = _odd_offsets(scan)
        if odd:
            firm = [m for m in mentions if not all(base.entity(e).generic for e in m.entities)]
            taken = {o for m in firm for o in range(m.start, m.end)}
            found = link_fuzzy(text, cut, odd, taken, _hollow(scan, odd), base)
            # a name that stands there whole is not misspelt with a character more
            found = [f for f in found if not any(_same_name(f, m) for m in mentions)]
            if found:
                mentions = [m for m in mentions if not _covers(found, m.start, m.end)]
                mentions = sorted([*mentions, *found], key=lambda m: m.start)
                periods = [p for p in periods if not _covers(mentions, p.start, p.end)]
                quantities = [q for q in quantities if not _covers(mentions, q.start, q.end)]
                scan = _Scan(text, base, mentions)
                _scan_words(scan, periods, quantities)
    asks, kinds, loose = _asked(scan)
    intents = {t[2:] for w in scan.words for t in w.tags if t.startswith("i:")}
    if not asks:
        asks |= _closing(scan, kinds)
        if not asks and "listing" in intents:
            asks.add("list")
        elif not asks and _OPEN_END.search(text):
            asks.add("which")
    clues, unknown = _clues(scan)
    return Reading(
        text=text,
        mentions=tuple(mentions),
        words=tuple(scan.words),
        clues=tuple(clues),
        quantities=tuple(quantities),
        periods=tuple(periods),
        asks=frozenset(asks),
        kinds=tuple(kinds),
        loose=loose,
        intents=frozenset(intents),
        wanted=_wanted(text),
        versions=tuple(q for q in quantities if "." in q.text and not q.unit and any(m.end == q.start for m in mentions)),
        counted=counted[1] if (counted := _COUNTED.search(text)) else "",
        units=frozenset(_UNIT.findall(text)),
        unknown=tuple(unknown),
    )


def _wanted(text: str) -> int:
    english = _WHAT_ARE.search(text)
    if english:
        return _ENGLISH.index(english[1]) + 2
    match = _HOW_MANY.search(text.replace("两", "二"))
    return _NUMERALS.index(match[1]) if match else 0


def _is_ordinary(mention: Mention, text: str, base: Base) -> bool:
    """A name that is also a word of the language (实在, 是什么) needs quotes, unless it is all there is."""
    tags = base.lexicon.tags.get(mention.text, ())
    if not any(t in ("f", "p", "l", "u") or t.startswith("q:") for t in tags):
        return False
    if len(mention.text) == len(text.strip(" ?？")):
        return False
    before, after = text[: mention.start][-1:], text[mention.end :][:1]
    return not (before in "《「“\"'『" and after in "》」”\"'』" and before)


def _hollow(scan: _Scan, odd: set[int]) -> set[int]:
    """Offsets of function and question words: no misspelt name begins or ends there."""
    hollow: set[int] = set()
    for word in scan.words:
        if "f" in word.tags or "p" in word.tags or word.has("q"):
            hollow.update(range(word.start, word.end))
    return hollow - odd


def _same_name(a: Mention, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end and bool(set(a.entities) & set(b.entities))


def _covers(mentions: list[Mention], start: int, end: int) -> bool:
    return any(m.start < end and start < m.end for m in mentions)


def _scan_words(scan: _Scan, periods: list[Period], quantities: list[Quantity]) -> None:
    """Longest words of the lexicon between mentions and dates; what is left is content."""
    blocked = [False] * len(scan.text)
    for item in (*scan.mentions, *periods):
        for offset in range(item.start, item.end):
            blocked[offset] = True
    numeric = {o for q in quantities for o in range(q.start, q.end)}
    position = 0
    text = scan.text
    while position < len(text):
        if blocked[position]:
            position += 1
            continue
        if scan.words and scan.words[-1].end == position and scan.words[-1].text in _COUNTING and text[position] in _CLASSIFIERS:
            position += 1
            continue
        word = _word_at(scan, position, blocked)
        if word and not (position in numeric and word.end - word.start == 1 and not word.has("q")):
            scan.words.append(word)
            position = word.end
            continue
        char = text[position]
        if position in numeric or not char.isalnum() or _KANA.match(char):
            position += 1
            continue
        end = _content_end(text, position)
        if scan.content and scan.content[-1][1] == position and _HAN.match(char) and _HAN.match(text[position - 1]):
            scan.content[-1] = (scan.content[-1][0], end)
        else:
            scan.content.append((position, end))
        position = end


def _content_end(text: str, position: int) -> int:
    if match := _LATIN.match(text, position):
        return match.end()
    return position + 1


def _word_at(scan: _Scan, start: int, blocked: list[bool]) -> Word | None:
    """The longest lexicon word that begins here."""
    text, lexicon = scan.text, scan.base.lexicon
    if _LATIN.match(text, start):
        if start and text[start - 1].isascii() and text[start - 1].isalnum():
            return None
        return _mixed_at(scan, start, blocked) or _phrase_at(scan, start, blocked)
    return _han_at(scan, start, blocked)


def _mixed_at(scan: _Scan, start: int, blocked: list[bool]) -> Word | None:
    """A word of Latin and Han characters (ai企业)."""
    text, tags = scan.text, scan.base.lexicon.tags
    for end in range(min(len(text), start + scan.base.lexicon.longest), start + 2, -1):
        if not any(blocked[start:end]) and text[start:end] in tags and not text[end - 1].isascii():
            return Word(start, end, text[start:end], tags[text[start:end]])
    return None


def _han_at(scan: _Scan, start: int, blocked: list[bool]) -> Word | None:
    text, lexicon = scan.text, scan.base.lexicon
    limit = start
    while limit < min(len(text), start + lexicon.longest) and not blocked[limit]:
        limit += 1
    for end in range(limit, start, -1):
        tags = lexicon.tags.get(text[start:end])
        if tags and text[end - 1] == "哪" and end - start > 1 and text[end : end + 1] in _CLASSIFIERS:
            continue  # 在哪个架构 asks which one, not where
        if tags:
            return Word(start, end, text[start:end], tags)
    return None


def _phrase_at(scan: _Scan, start: int, blocked: list[bool]) -> Word | None:
    """The longest Latin phrase that begins here, compared by stems."""
    text, lexicon = scan.text, scan.base.lexicon
    best = None
    position, stems = start, []
    for _ in range(lexicon.longest_phrase):
        match = _LATIN.match(text, position)
        if not match or any(blocked[match.start() : match.end()]):
            break
        stems += words(match.group())
        tags = lexicon.tags.get(" ".join(stems))
        if tags:
            best = Word(start, match.end(), text[start : match.end()], tags)
        position = match.end()
        if position >= len(text) or text[position] not in " -":
            break
        position += 1
    return best


def _odd_offsets(scan: _Scan) -> set[int]:
    """Offsets of content that the base does not know: where a misspelt name may hide."""
    odd: set[int] = set()
    text, base = scan.text, scan.base
    for start, end in scan.content:
        if text[start].isascii():
            if not text[start:end].isdigit() and not any(base.postings(w) for w in words(text[start:end])):
                odd.update(range(start, end))
            continue
        for offset in range(start, end):
            known = False
            for pair in (text[offset - 1 : offset + 1] if offset else "", text[offset : offset + 2]):
                if len(pair) == 2 and base.postings(pair):
                    known = True
            if not known:
                odd.add(offset)
    # a run of known and unknown characters may be one misspelt name: 悟到 has 到, a function word
    for word in scan.words:
        if word.end - word.start == 1 and (word.start - 1 in odd or word.end in odd):
            odd.add(word.start)
    lone = set(odd)
    for start, end in scan.content:
        if not text[start].isascii() and end - start == 1 and start not in odd:
            lone.add(start)
    if not odd:
        for start, end in scan.content:
            if not text[start].isascii() and end - start <= 2:
                odd.update(range(start, end))
    return odd


def _asked(scan: _Scan) -> tuple[set[str], list[str], bool]:
    """Types asked for, and the kinds of entity that a noun beside the question word names."""
    asks: set[str] = set()
    kinds: list[str] = []
    loose = True
    for index, word in enumerate(scan.words):
        types = {t[2:] for t in word.tags if t.startswith("q:")}
        if not types:
            continue
        asks |= types
        if types & {"which", "list", "name"} and not word.text.startswith(_LOOSE):
            noun = _kind_behind(scan, index)
            listing = "list" in types and word.text.startswith(("有", "都有"))
            if not noun and (listing or "name" in types or scan.text[max(0, word.start - 1) : word.start] == "是"):
                noun = _kind_before(scan, index)
            kinds += [k for k in noun if k not in kinds]
            if noun and not word.text.startswith(("什么", "啥", "甚么", "何", "乜", "what")):
                loose = False
    if "which" in asks and len(asks) > 1:
        asks.discard("which")
    return asks, kinds, loose


def _closing(scan: _Scan, kinds: list[str]) -> set[str]:
    """What a noun at the end asks for (数量？ a number, 名单 a list of what stands before it)."""
    end = len(scan.text.rstrip(" ?？。.!！)"))
    last = next((w for w in scan.words if w.end == end), None)
    types = {t[2:] for t in last.tags if t.startswith("e:")} if last else set()
    if last and "list" in types:
        start = last.start - len(_ADJECTIVE.search(scan.text[: last.start])[0])  # type: ignore[index]
        for other in scan.words:
            if other.end == start and other.has("k"):
                kinds += [t[2:] for t in other.tags if t.startswith("k:")]
        for mention in scan.mentions:
            if mention.end == start:
                kinds += _kinds_of(scan, mention.text)
    return types


def _kind_behind(scan: _Scan, index: int) -> list[str]:
    """Kinds of the noun that closes the phrase behind the question word (哪份大模型政策, which of the cities)."""
    word = scan.words[index]
    limit = word.end + (_KIND_GAP if not word.text.isascii() else 12)
    found: list[str] = []
    last = word.end
    for other in scan.words[index + 1 :]:
        if other.start > limit or other.has("q") or (found and other.start > last):
            break
        last = other.end
        if "n" in other.tags:
            return []
        kinds = [t[2:] for t in other.tags if t.startswith("k:")]
        if kinds and scan.text[other.end : other.end + 1] not in _COMPOUND:
            found = kinds
        elif "f" in other.tags and not word.text.isascii():
            return found
    for mention in scan.mentions:
        if found and mention.start == last:
            return []  # 哪两个国家级平台的名字 goes on: the noun is no head
        if not found and word.end <= mention.start <= limit:
            return _kinds_of(scan, mention.text)
    return found


def _kind_before(scan: _Scan, index: int) -> list[str]:
    """Kinds of the noun right before it (主力企业是哪家, 大模型叫什么)."""
    start = scan.words[index].start
    between = scan.text[max(0, start - 2) : start].strip("是为的都各 ")
    for other in reversed(scan.words[:index]):
        if other.has("k") and start - other.end <= 2 and not between[len(other.text) :]:
            return [t[2:] for t in other.tags if t.startswith("k:")]
    for mention in scan.mentions:
        if 0 <= start - mention.end <= 2:
            return _kinds_of(scan, mention.text)
    return []


def _kinds_of(scan: _Scan, text: str) -> list[str]:
    return [t[2:] for t in scan.base.lexicon.tags.get(text, ()) if t.startswith("k:")]


def idf(count: int, total: int) -> float:
    """How telling a term is: 1 for one that stands in a single fact, towards 0 for one that stands in all."""
    if total < 2:
        return 1.0
    return max(0.05, min(1.0, log((total + 1) / (count + 0.5)) / log(total + 1)))


def _clues(scan: _Scan) -> tuple[list[Clue], list[str]]:
    """What a fact has to explain, with weights; and the content that no fact of the base knows."""
    clues: list[Clue] = []
    unknown: list[str] = []
    for word in scan.words:
        clue = _word_clue(scan, word)
        if clue:
            clues.append(clue)
    clues += [c for m in scan.mentions if (c := _tail_clue(scan, m))]
    for start, end in scan.content:
        piece = scan.text[start:end]
        clue, known = _content_clue(scan, start, end)
        clues.append(clue)
        if not known:
            unknown.append(piece)
    return clues, unknown


def _tail_clue(scan: _Scan, mention: Mention) -> Clue | None:
    """A name inside a longer name (张江 in 张江实验室): the fact has to speak of the longer one."""
    text, tags = scan.text, scan.base.lexicon.tags
    if _HAN.match(text[mention.end - 1]):
        for size in (2, 3, 4):
            tail = text[mention.end : mention.end + size]
            if len(tail) == size and "t" in tags.get(tail, ()):
                joint = text[mention.end - 1] + tail[0]
                return Clue(mention.text + tail, 2.0, (), ((joint, 0, 1),), 2, attribute=True)
    return None


def _word_clue(scan: _Scan, word: Word) -> Clue | None:
    """A lexicon word with a meaning of its own; function words, courtesy and pure question words give none."""
    terms = tuple(t for t in word.tags if t[0] in "sar" and t[1] == ":")
    noun = any(t.startswith("k:") for t in word.tags)
    if any(t in ("p", "u") or t.startswith("q:") for t in word.tags) and not terms:
        return None
    telling_head = bool({"n", "t"} & set(word.tags))
    if "f" in word.tags or not (terms or noun or telling_head or "l" in word.tags):
        return None
    total = scan.base.fact_count
    han = not word.text.isascii()
    if han:
        pairs = [(word.text[i : i + 2], i, i + 1) for i in range(len(word.text) - 1)] or [(word.text, 0, 0)]
    else:
        stems = words(word.text)
        pairs = [(s, i, i) for i, s in enumerate(stems)]
    size = len(word.text) if han else len(pairs)
    rarity = [idf(len(scan.base.postings(p[0])), total) for p in pairs if scan.base.postings(p[0])]
    asking = any(t.startswith("q:") for t in word.tags)
    if asking and han and word.has("a") and len(_QUESTION.sub("", word.text)) >= 3:
        asking = False  # 哪个大学毕业 asks for an attribute of its own
    light = "l" in word.tags or noun or asking or word.has("i")
    telling = min(rarity) if rarity and len(rarity) == len(pairs) else 0.6
    weight = telling * min(size, 3) * (1.0 if han else 1.6)
    if light:
        weight *= 2 * LIGHT if noun else LIGHT
    measure = asking and any(t[0] in "ar" for t in terms)
    attribute = not light and (word.has("a") or (word.has("r") and not word.has("s")))
    return Clue(word.text, weight, terms, tuple(pairs), size, light, attribute, measure)


def _content_clue(scan: _Scan, start: int, end: int) -> tuple[Clue, bool]:
    piece, base, total = scan.text[start:end], scan.base, scan.base.fact_count
    if piece[0].isascii():
        stems = words(piece)
        known = [s for s in stems if base.postings(s)]
        telling = max((idf(len(base.postings(s)), total) for s in known), default=1.0)
        return Clue(piece, telling * 2.0, tuple(stems), (), 1), bool(known)
    around = scan.text[max(0, start - 1) : end + 1]
    shift = start - max(0, start - 1)
    pairs = []
    rarity = []
    for i in range(len(around) - 1):
        pair = around[i : i + 2]
        if not (_HAN.match(pair[0]) and _HAN.match(pair[1])):
            continue
        first, last = max(0, i - shift), min(len(piece) - 1, i + 1 - shift)
        count = len(base.postings(pair))
        pairs.append((pair, first, last))
        if count:
            rarity.append(idf(count, total))
    if len(piece) == 1:
        pairs.append((piece, 0, 0))
    inner = [p for p in pairs if base.postings(p[0])]
    telling = sum(rarity) / len(rarity) if rarity else 1.0
    size = len(piece)
    weight = telling * (size if size <= 4 else 4 + (size - 4) * 0.5) * (0.3 if size == 1 else 1.0)
    return Clue(piece, weight, (), tuple(pairs), size), bool(inner)
