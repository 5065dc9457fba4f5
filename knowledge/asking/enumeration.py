"""What is asked of a thing in a row of nouns (成都的A、B和C, the A, B and C of Chengdu): a question for each."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from knowledge.deciding.apiece import JOINT, WEIGHING
from knowledge.finding.judge import explained
from knowledge.linking.link import Mention
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.lexicon import sorts, stem
from knowledge.text.patterns import pattern

_JOINS = pattern(r"[,，]?(?:以及|及其?|和|与)|、|[ ]*\+[ ]*")
_JOINERS = frozenset("、和与及+")
_TWO_OF_ONE = pattern("[,，]?(?:以及|及其?|和|与)")
"""May as well join two nouns of one attribute (企业和高校的合作)."""
_HEAD = pattern(r"[^:：,，、?？]{2,40}[:：,，]")
_CLOSE = pattern("[,，]?都?(?:是|为|有)?(?:什么|多少|哪些|啥|谁|怎样的?|如何)?[呢啊呀 ]*$")
"""What a row ends with where it asks at all."""
_ITS = pattern("[其它他她]的?")
_NOUN_END = pattern("(?:[数量额价率者方人区期名地]|量级|对象|名称|领域)$")
"""Ends of nouns that ask for something, whether or not the whole word is known."""
_OF_TOPIC = pattern("(?:具体|完整|各自)?的?(?:(名称|名字|名单|清单)|数量|总数|类型|占比|排名)")
"""Nouns that say nothing without the one of which they are (大模型的数量及名称)."""
_COUNTED = pattern("(?:[数量额率价]|规模|占比|比例|增速|上限)$")
"""Of these it is asked how much they are (分别是多少)."""
_MAKER = pattern("(?:方|者|商|东家|主人|makers?|developers?|owners?)$")
_QUOTES = pattern(r"《[^《》]*》|「[^「」]*」|“[^“”]*”|\([^()]*\)|（[^（）]*）")
_EDGE = ' ?？。.!！,，:：“”"'
_ASKING = frozenset({"e", "r", "k", "a", "n"})
"""Sorts of words that ask for something without a question word."""
_OTHERWISE = WEIGHING | {"verify", "conflict", "accounts", "rest", "infer", "each", "except"}
"""Intents of questions that ask for something else than each of a row."""
_SO_MANY = pattern("[0-9二两三四五六七八九十]{1,3}[个家款项座所条种位大名]")
_LONGEST = 16
"""Characters of a noun of a row; in English it has so many words:"""
_WORDS = 5
_LEAST = 2
"""Nouns of a row, and characters of each."""
_MOST = 6
_A_ROW = 3
"""From so many nouns on not each has to be known as one that asks."""
_ENGLISH = pattern(
    r"^(?:please )?(?:(?:what|who)(?: is| are| was| were|'s)|(?:give|list|tell|name|state|provide|show)(?: me)?)?"
    r" ?(?:the |its )?([a-z0-9' -]+(?:, (?:the )?[a-z' -]+)*,? (?:and|&) (?:the )?[a-z' -]+?) (?:of|for) ([^,]{3,80})$"
)
"""The A, B and C of X."""
_ENGLISH_HEAD = pattern(
    r"^(?:(?:please )?(?:what (?:is|are)|who (?:is|are)|give me|give|list|tell me|name|state|show) )?(?:the )?"
    r"([^:,]{3,60}?)(?:[:,] | - |'s )([a-z' -]+(?:, (?:and )?[a-z' -]+)*(?:,? and [a-z' -]+)?)$"
)
"""X: A, B and C."""
_LISTING = pattern("^(?:please )?(?:what are|list|name|give)")
_OF_THEM = pattern(r"^(?:the|their) | (?:of|behind|who made|that made) (?:each|them|each of them)$")
_ENGLISH_JOIN = pattern(r",? and (?:the )?|, (?:the )?| & ")
_NEARLY = 0.7
"""Share of a word of which an attribute has to be told: 发布方 is not told by when something was 发布."""
_NAMED = 0.3
"""Weight of a name in what is asked for, beside that of the words."""


class Wanted(NamedTuple):
    """One of the things asked for."""

    noun: str
    questions: tuple[str, ...]
    """The ways to ask for it alone, the closest first."""


def wanted(reading: Reading, base: Base) -> list[Wanted]:
    """What is asked for in a row of nouns; none if the question is of another form."""
    text = reading.text
    if not reading.intents.isdisjoint(_OTHERWISE):
        return []
    if text.isascii():
        return _in_english(reading, base) if " and " in text or ", " in text else []
    if _JOINERS.isdisjoint(text):
        return []
    end = _CLOSE.search(text.rstrip(_EDGE)).start()  # type: ignore[union-attr]
    named = min((m.start for m in _things(reading, base)), default=0)
    asking = [w for w in reading.words if w.has("q") and not w.has("e") and w.start < end]
    if any("q:list" not in w.tags or w.start >= named for w in asking):  # 请列出甲的A、B
        return []
    head = _HEAD.match(text)
    start = head.end() if head and any(m.end < head.end() for m in _things(reading, base)) else 0
    for found in (_behind_head(reading, start, end) if start else [], _of_owner(reading, end, base)):
        if _is_row([w.noun for w in found], base):
            many = "多少" if "多少" in text[end:] and "分别" not in found[0].questions[0] else ""
            begin = named if asking else 0
            if _names_kind(found[0].noun, bool(asking), reading, base):
                found = _of_members(found)
            return [Wanted(w.noun, tuple(q[begin:] + many for q in w.questions)) for w in found]
    return []


def _names_kind(noun: str, listed: bool, reading: Reading, base: Base) -> bool:
    """Whether it is asked which ones they are: 列出甲的企业, or 甲的5个企业, and something of each."""
    if not listed and not _SO_MANY.match(noun):
        return False
    topics = (m for m in reading.mentions if base.entity(m.entities[0]).generic)
    tags = base.lexicon.tags
    return any(noun.endswith(m.text) for m in topics) or any(
        "k" in sorts(tags.get(noun[-n:], ())) for n in range(2, len(noun) + 1)
    )


def _of_members(row: list[Wanted]) -> list[Wanted]:
    """The row, with the members of the first asked for, and what is asked of each of them of no one else."""
    first, *rest = row
    listed = Wanted(first.noun, tuple(f"{q}有哪些" for q in first.questions))
    return [listed, *(Wanted(w.noun, w.questions[:1]) for w in rest)]


def _things(reading: Reading, base: Base) -> list[Mention]:
    return [reading.mentions[i] for i in reading.things(base)]


def _pieces(reading: Reading, start: int, end: int) -> list[tuple[int, int, str]]:
    """Where the pieces of a row stand, each with what joins it to the one before."""
    closed = [(m.start, m.end) for m in reading.mentions]
    closed += [match.span() for match in _QUOTES.finditer(reading.text)]
    found: list[tuple[int, int, str]] = []
    last, join = start, ""
    for match in _JOINS.finditer(reading.text, start, end):
        if any(a < match.end() and match.start() < b for a, b in closed):
            continue
        found.append((last, match.start(), join))
        last, join = match.end(), match[0]
    return [*found, (last, end, join)]


def _of_owner(reading: Reading, end: int, base: Base) -> list[Wanted]:
    """The row behind what is named first (成都的A、B)."""
    text, things = reading.text, _things(reading, base)
    if several := _beside(reading, things):
        return _of_several(reading, several, end)
    pieces = _pieces(reading, 0, end)
    first = pieces[0][1]
    named = [m for m in things if m.start < first]
    if len(pieces) < _LEAST or not named:
        return []
    after = named[-1].end
    until = text.rfind("的", after, first) + 1 or after
    if first - until < _LEAST:
        return []
    owners = [text[:until]]
    told = [p.start for p in reading.periods] + [q.start for q in reading.quantities]
    if until > after + 1 and not any(after <= start < until for start in told):
        owners.append(f"{text[:after]}的")
    second = pieces[1][0]
    if any(m.start == second for m in things):
        return []  # 甲的A和乙的B
    itself = _says_what(text[after:first], base)  # 成立年份以及聚焦的领域 are two
    if len(pieces) == _LEAST and not itself and _of_one(text[after:first], pieces[1][2], text[second:end]):
        return []
    topic = next((m.end for m in reading.mentions if m.start == until and m.end < first), until)
    found = [Wanted(text[until:first], (text[:first],))]
    rest = _rest(text, pieces[1:], owners, found[0])
    if topic == until:
        return found + rest
    return found + [w._replace(questions=(*_of_topic(text[:topic], w.noun), *w.questions)) for w in rest]


def _beside(reading: Reading, things: list[Mention]) -> int:
    """Where a row of names that the things named begin with ends; 0 if there is none."""
    end = 0
    for a, b in pairwise(things):
        if not JOINT.fullmatch(reading.text, a.end, b.start):
            break
        end = b.end
    return end


def _of_several(reading: Reading, owner: int, end: int) -> list[Wanted]:
    """The row behind several names (甲、乙的A和B): each is asked of all of them."""
    text = reading.text
    start = owner + text.startswith("的", owner)
    nouns = [text[a:b].strip(_EDGE) for a, b, _ in _pieces(reading, start, end)]
    return [Wanted(n, (f"{text[:start]}{n}分别是{'多少' if _COUNTED.search(n) else '什么'}",)) for n in nouns]


def _of_one(before: str, join: str, behind: str) -> bool:
    """Whether two nouns may be joined in one attribute (企业和高校的合作)."""
    return bool(_TWO_OF_ONE.fullmatch(join)) and "的" in behind and "的" not in before


def _says_what(noun: str, base: Base) -> bool:
    """Whether a noun ends with one that asks for a time, a figure or a place by itself."""
    return any("e" in sorts(base.lexicon.tags.get(noun[-n:], ())) for n in range(2, len(noun) + 1))


def _of_topic(topic: str, noun: str) -> tuple[str, ...]:
    """How to ask for what only says with the topic of the first noun what it is of; its names are its list."""
    match = _OF_TOPIC.fullmatch(noun)
    return () if match is None else (f"{topic}有哪些" if match[1] else topic + noun,)


def _behind_head(reading: Reading, start: int, end: int) -> list[Wanted]:
    """The row behind a colon (成都：A、B): of what stands before it, or of one of the names there."""
    text = reading.text
    owner = text[:start].rstrip(_EDGE)
    names = [m.text for m in reading.mentions if m.end <= start]
    owners = [text[:start], f"{owner}的", *(f"{n}的" for n in names if n != owner)]
    return _rest(text, _pieces(reading, start, end), owners, None)


def _rest(text: str, pieces: list[tuple[int, int, str]], owners: list[str], before: Wanted | None) -> list[Wanted]:
    found: list[Wanted] = []
    for start, end, join in pieces:
        noun = text[start:end].strip(_EDGE)
        its = _ITS.match(noun)
        noun = noun[its.end() :] if its else noun
        questions = tuple(owner + noun for owner in owners)
        if before and (join.endswith("其") or (its and its[0][0] in "其它")):
            questions = (f"{before.questions[0]}的{noun}", *questions)
        before = Wanted(noun, questions)
        found.append(before)
    return found


def _is_row(nouns: list[str], base: Base) -> bool:
    if not _LEAST <= len(nouns) <= _MOST or not all(_LEAST <= len(n) <= _LONGEST for n in nouns):
        return False
    asking = sum(_asks_for(n, base) for n in nouns)
    return asking == len(nouns) or (len(nouns) >= _A_ROW and asking * 2 > len(nouns))


def _asks_for(noun: str, base: Base) -> bool:
    """Whether a noun ends with one that is asked for."""
    if noun.isascii():
        words = [stem(w) for w in noun.split()]
        ends = [" ".join(words[-n:]) for n in (1, 2, 3) if n <= len(words)]
    else:
        ends = [noun[-n:] for n in range(2, len(noun) + 1)]
    tags = base.lexicon.tags
    return bool(_NOUN_END.search(noun)) or any(not _ASKING.isdisjoint(sorts(tags.get(e, ()))) for e in ends)


def _in_english(reading: Reading, base: Base) -> list[Wanted]:
    text = reading.text.rstrip(_EDGE)
    behind = _ENGLISH.match(text)
    match = behind or _ENGLISH_HEAD.match(text)
    if match is None:
        return []
    listed, owner = (1, 2) if behind else (2, 1)
    things = _things(reading, base)
    if not things or any(match.start(listed) <= m.start < match.end(listed) for m in things):
        return []
    nouns = [n.strip() for n in _ENGLISH_JOIN.split(match[listed])]
    if any(len(n.split()) > _WORDS for n in nouns) or not _LEAST <= len(nouns) <= _MOST:
        return []
    asking = sum(_asks_for(n, base) for n in nouns)
    if asking * 2 < len(nouns) + (":" not in text):
        return []
    row = [Wanted(n, (f"the {n} of {match[owner]}", f"{match[owner]} {n}")) for n in nouns]
    if _LISTING.match(text) and _is_kind(nouns[0], base):
        of_them = [Wanted(_OF_THEM.sub("", w.noun), w.questions[:1]) for w in row[1:]]
        row = [Wanted(nouns[0], (f"list {match[owner]}'s {nouns[0]}",)), *of_them]
    return row


def _is_kind(noun: str, base: Base) -> bool:
    """Whether an English noun is one for several things of a kind (eight models)."""
    last = noun.rpartition(" ")[2]
    return last.endswith("s") and "k" in sorts(base.lexicon.tags.get(stem(last), ()))


def tells(facts: tuple[FactRow, ...], noun: Reading, least: float, base: Base) -> bool:
    """Whether facts speak of at least so much of a noun that is asked for."""
    total = told = 0.0
    typed = bool(noun.asks)
    for clue in noun.clues:
        best = max((explained(clue, f.terms) for f in facts), default=0.0)
        total, told = total + clue.weight, told + clue.weight * best * (best > _NEARLY or typed or not clue.attribute)
    for mention in noun.mentions:
        total, told = total + _NAMED, told + _NAMED * any(_names(f, mention, base) for f in facts)
    counted = "number" in noun.asks and any(f.quantities for f in facts)
    if counted and all(q.is_share for f in facts for q in f.quantities):
        return False  # 企业数 is no share
    return told >= least * total > 0


def told_beside(facts: tuple[FactRow, ...], noun: str, base: Base) -> bool:
    """Whether a statement that lists things gives those of the kinds asked for with them (及其所属公司)."""
    words = [stem(noun.rpartition(" ")[2])] if noun.isascii() else [noun[-n:] for n in range(2, len(noun) + 1)]
    ends = (base.lexicon.tags.get(word, ()) for word in words)
    kinds = base.kinds_like({t[2:] for tags in ends for t in tags if t[:2] == "k:"})
    kinds = kinds or (base.who if _MAKER.search(noun) else frozenset())
    return any(
        f.listed >= _LEAST and sum(base.entity(e).kind in kinds for e in f.entities) >= _LEAST for f in facts[:1]
    )


def _names(fact: FactRow, mention: Mention, base: Base) -> bool:
    """Whether a fact speaks of what is named, or of half of it (开源模型: 开源通用大模型)."""
    if not fact.entities.isdisjoint(mention.entities):
        return True
    said, text = base.statement(fact.f), mention.text
    return any(text[i : i + 2] in said for i in range(len(text) - 1))
