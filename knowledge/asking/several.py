"""Several attributes asked of one thing in one breath (成都的A、B各是多少): a question for each of them."""

from __future__ import annotations

from itertools import pairwise

from knowledge.deciding.apiece import WORKED, longest_row
from knowledge.linking.scan import Word
from knowledge.reading.asked import NUMERIC
from knowledge.reading.reading import Reading
from knowledge.store.base import Base
from knowledge.text.lexicon import sorts
from knowledge.text.patterns import pattern

_BETWEEN = pattern(r"[、和与及]|以及| and ")
_JOINED = pattern(r"[、和与及]|以及| and |[ ]*\+[ ]*")
_LISTED = pattern(r"[、和与及,，]|以及| and ")
_CLAUSE = pattern(r".*[:：,，;；]")
_EDGE = " ?？。!！,，"
_HEAD = pattern(r"[^:：,，]{2,30}[:：,，]")
_SIGNS = frozenset(":：,，")
_COLON = frozenset(":：")
"""Behind it commas part what is asked for, and 和 may join two names in one of these."""
_WHAT = pattern("有?(?:什么|哪些|啥|何)")
_OWNER = pattern(r".*?的")
_MOST = 4
"""Things that are asked for in one breath."""
_APART = pattern(r"[、，,；;]")
_CLAIM_EDGE = " 、，,；;。“”「」『』\"'"
_LEAST = 2
"""The fewest characters of an attribute."""
_LONGEST = 14
"""The most characters of one."""
_BOUND = 4
"""Characters of what is said of all items at once, behind them (上限各是多少)."""
_ATTRIBUTES = frozenset({"e", "r", "k"})
_WHEN = {"q:date"}
_WHEN_ALONE = frozenset({"date"})
_JOINTS = "、和,， "
_WHEN_DONE = pattern(
    r"^((?:(?:in|on|at|by) )?(?:which|what) [a-z]+|when|where|why) (did|was|were|has|have) "
    r"(.+?),? and (?:then |also |when |where |why )?(?!the |a |an |its )([a-z].*)$"
)
"""When did A do X and do Y."""
_AND_DONE = pattern("[,，]?(?:并且?|又|以及|及|和|与|、)")


def singly(reading: Reading, base: Base) -> list[str]:
    """The questions, one for each attribute; none if the question is of another form."""
    each = reading.word("i:each")
    if each is None:
        of_two = _of_two_types(reading, base)
        return of_two or _headed(reading) or _asked_in_row(reading, base) or _listed(reading, base)
    text = reading.text
    clause = _CLAUSE.match(text, 0, each.start)
    start, end = clause.end() if clause else 0, each.start
    if clause and end - start <= _BOUND and not _BETWEEN.search(text, start, end):
        return _before(reading, base, start, each)
    items = [i.strip() for i in _BETWEEN.split(text[start:end])]
    if not _are_items(items) or _only_named(reading, base, items):
        return []
    if _names_its_own(reading, base, start, items):
        first = text.index(items[0], start)
        end = first + len(items[0])
        start = max(start, _topic(reading, base, first, end))
        items[0] = text[max(first, start) : end]
        rest = text[each.end :]
        return [text[:start] + item + rest for item in _with_noun(items, base)]
    if all(m.start >= start for m in reading.mentions):  # what stands before the clause, if anything, is chatter
        limit = start + len(text[start:end].partition(items[0])[0]) + len(items[0])
        start = _owner(reading, start, limit)
        items[0] = text[start:limit]
        if not reading.mentions and not reading.asks & NUMERIC and not any(_attribute(i, base) for i in items):
            return [item + text[each.end :] for item in items]  # 甲称号和乙称号分别指谁
    if start == 0 or len(items[0]) < _LEAST:
        return []
    return [text[:start] + item + text[each.end :] for item in items]


def without_between(texts: list[str], first: Reading) -> list[str]:
    """The questions without what stands between the thing first named and the items (成都[给甲的]补贴, 代金券)."""
    columns = enumerate(zip(*texts, strict=False))
    shared = next((at for at, chars in columns if len(set(chars)) > 1), min(map(len, texts)))
    end = next((m.end for m in first.mentions if m.end <= shared), shared)
    return [text[:end] + text[shared:] for text in texts]


def one_by_one(reading: Reading) -> list[str]:
    """The question asked of each of several things in a row (A、B分别是谁的); none if it is of another form."""
    each, row = reading.word("i:each"), longest_row(reading)
    if each is None or len(row) < 2 or each.start < reading.mentions[row[-1]].end:
        return []
    text, end = reading.text, reading.mentions[row[-1]].end
    rest = text[end : each.start] + "是" * each.text.endswith("是") + text[each.end :]
    return [text[: reading.mentions[row[0]].start] + reading.mentions[i].text + rest for i in row]


def of_one_owner(texts: list[str], first: Reading) -> list[str]:
    """The questions, each of what the first is of, which the others do not repeat (成都的甲目标, 乙目标)."""
    owner = _OWNER.match(first.text, first.mentions[0].end) if first.mentions and first.mentions[0].start == 0 else None
    if owner is None or owner.end() - first.mentions[0].end > 1:
        return texts
    named = first.text[: owner.end()]
    return [text if text.startswith(named) else named + text for text in texts]


def two_deeds(reading: Reading, base: Base) -> list[str]:
    """'When did A do X and do Y' asks for both: a question for each of them."""
    text = reading.text.rstrip(_EDGE)
    if not reading.mentions or reading.intents & WORKED:
        return []
    if not text.isascii():
        return _done_when(reading, text, base)
    match = _WHEN_DONE.match(text) if " and " in text else None
    if match is None:
        return []
    named = [reading.mentions[i] for i in reading.things(base)]
    done = next((m for m in named if m.start >= match.start(3)), None)
    if done is None or done.end >= match.end(3) or any(m.start == match.start(4) for m in named):
        return []  # X and Y are both done, or both do it
    return [text[: match.end(3)], text[: done.end] + " " + match[4]]


def _done_when(reading: Reading, text: str, base: Base) -> list[str]:
    """The questions where 甲哪年做X、做Y, or 甲做X和做Y分别在哪年, is asked."""
    if reading.asks != _WHEN_ALONE or len(reading.mentions) <= _LEAST:
        return []
    when, each, named = reading.word("q:date"), reading.word("i:each"), reading.mentions
    if when is None or sum(w.has("q") for w in reading.words) > 1:
        return []
    tags, sizes = base.lexicon.tags, range(_LEAST, len(when.text) + 1)
    asked = when.start + next((n for n in sizes if "q:date" in tags.get(when.text[:n], ())), len(when.text))
    first = each is None and named[0].end <= when.start  # 哪年建成: the deed is not asked for
    start, end = (asked, len(text)) if first or each is None else (named[0].end, each.start)
    if start > end or named[0].end > start:
        return []
    cuts = [
        m
        for m in _AND_DONE.finditer(text, start, end)
        if not any(n.start < m.end() and m.start() < n.end for n in named)
    ]
    if len(cuts) != 1:
        return []
    before = any(start <= m.start < cuts[0].start() for m in named)
    behind = next((m.start for m in named if m.start >= cuts[0].end()), 0)
    if not before or behind < cuts[0].end() + _LEAST:
        return []  # X and Y are done in one
    rest = "" if first or each is None else text[each.end :]
    return [text[: cuts[0].start()] + rest, text[:start] + text[cuts[0].end() : end] + rest]


def claims_apart(reading: Reading, base: Base) -> list[str]:
    """The clauses of a claim of several figures (甲降到6个月，效率提升3倍), each as a claim of what the first is of."""
    text, things = reading.text, [reading.mentions[i] for i in reading.things(base)]
    cuts = [m for m in _APART.finditer(text) if not _within_figure(m.start(), reading)]
    edges = [0, *(m.end() for m in cuts), len(text)]
    spans = [(a, b) for a, b in pairwise(edges) if any(a <= q.start < b for q in reading.quantities)]
    if not 2 <= len(spans) <= _MOST or not things or things[0].start >= spans[0][1]:
        return []
    own = [any(a <= m.start < b for m in things) for a, b in spans]
    pieces = [text[a:b].strip(_CLAIM_EDGE) for a, b in spans]
    return [f"{'' if named else things[0].text}{piece}吗" for named, piece in zip(own, pieces, strict=True)]


def _within_figure(at: int, reading: Reading) -> bool:
    """Whether an offset lies in a figure (3,821家)."""
    return any(q.start <= at < q.end for q in reading.quantities)


def _of_two_types(reading: Reading, base: Base) -> list[str]:
    """'X是哪年谁提出的' asks for both: the question with the one question word, and with the other."""
    text, asking = reading.text, [w for w in reading.words if w.has("q")]
    if len(asking) != 2 or text.isascii() or not reading.intents.isdisjoint(WORKED):
        return []
    types = [{t for t in w.tags if t[:2] == "q:"} for w in asking]
    if types.count(_WHEN) != 1 or not types[0].isdisjoint(types[1]):
        return []
    first, second = asking
    end, last = _asks_until(reading, first, base), _asks_until(reading, second, base)
    if not _only_function(reading, end, second.start):
        return []
    between = text[end : second.start].strip(_JOINTS)
    return [text[:end] + text[last:], text[: first.start] + between + text[second.start :]]


def _asks_until(reading: Reading, word: Word, base: Base) -> int:
    """Where a question word ends without what it asks of (谁[提出的]), with the noun right behind it (哪个城市)."""
    tags = base.lexicon.tags
    sizes = range(len(word.text), 0, -1)
    plain = (n for n in sizes if (own := sorts(tags.get(word.text[:n], ()))) and "q" in own and "a" not in own)
    end = word.end if "q:date" in word.tags else word.start + next(plain, len(word.text))
    noun = next((w for w in reading.words if w.start == end and w.has("k")), None)
    return noun.end if noun else end


def _only_function(reading: Reading, start: int, end: int) -> bool:
    """Whether nothing but function words, and what joins, stands between two offsets."""
    held = {o for w in reading.words if "f" in w.tags for o in range(w.start, w.end)}
    return all(o in held or reading.text[o] in _JOINTS for o in range(start, end))


def _before(reading: Reading, base: Base, end: int, each: Word) -> list[str]:
    """The questions where the items stand before the clause of 各 (A的B、C，上限各是多少)."""
    text = reading.text
    rest = text[end : each.start].strip(_EDGE) + text[each.end :]
    if not reading.mentions and _are_items(items := [i.strip() for i in _BETWEEN.split(text[: end - 1])]):
        return [item + text[each.end :] for item in items]  # 甲称号、乙称号，两个称号各是谁的
    clause = _CLAUSE.match(text, 0, end - 1)
    for start, between in ((0, _LISTED), (clause.end() if clause else 0, _BETWEEN)):
        items = [i.strip() for i in between.split(text[start : end - 1].rstrip(_EDGE))]
        if not _are_items(items) or not all(_attribute(item, base) for item in items):
            continue
        if _names_its_own(reading, base, start, items):
            return [text[:start] + item + rest for item in items]
        named = (reading.mentions[i] for i in reading.things(base))
        things = [m for m in named if m.start >= start]
        if things and things[0].end < text.index(items[0], start) + len(items[0]):
            owner = text[: things[0].end]
            return [text[:start] + items[0] + rest, *(owner + item + rest for item in items[1:])]
    return []


def _topic(reading: Reading, base: Base, start: int, end: int) -> int:
    """Where the topic of all items ends that stands before the first of them (算力券A和B各多少), 0 if none does."""
    within = [m for m in reading.mentions if start <= m.start < end]
    if len(within) < 2 or within[0].start != start or within[0].end != within[1].start:
        return 0
    return within[0].end if base.entity(within[0].entities[0]).generic else 0


def _are_items(items: list[str]) -> bool:
    return 2 <= len(items) <= _MOST and min(map(len, items)) >= _LEAST


def _only_named(reading: Reading, base: Base, items: list[str]) -> bool:
    """Whether some items are mere names, and of one kind with the others: what is asked of the last is asked of all."""
    kinds = {m.text: base.entity(m.entities[0]).kind for m in reading.mentions}
    bare = {kind for name, kind in kinds.items() if name in items}
    last = {kind for name, kind in kinds.items() if name in items[-1]}
    return bool(bare) and (items[-1] in kinds or not bare.isdisjoint(last))


def _names_its_own(reading: Reading, base: Base, start: int, items: list[str]) -> bool:
    """Whether every item names a thing of its own (成都的A与南京的B)."""
    at = start
    for item in items:
        at = reading.text.index(item, at)
        things = (m for m in reading.mentions if at <= m.start < at + len(item))
        if all(base.entity(m.entities[0]).generic for m in things):
            return False
        at += len(item)
    return True


def _with_noun(items: list[str], base: Base) -> list[str]:
    """The items, each with the noun that only the last has (甲首期、乙每年的补贴)."""
    *others, last = items
    noun = last.rpartition("的")[2]
    if noun == last or any("的" in item or _attribute(item, base) for item in others):
        return items
    return [*(f"{item}的{noun}" for item in others), last]


def _headed(reading: Reading) -> list[str]:
    """'X：A、B、C' asks for each of them, though no question word says so."""
    head = _HEAD.match(reading.text) if not _SIGNS.isdisjoint(reading.text) else None
    if head is None or _asks(reading) or all(m.start >= head.end() for m in reading.mentions):
        return []  # 截至2023年5月，… names nothing of which each is asked
    behind = reading.text[head.end() :]
    apart = _APART.search(behind) if reading.text[head.end() - 1] in _COLON else None
    items = [i.strip(_EDGE) for i in (_APART if apart else _BETWEEN).split(behind)]
    if not _are_items(items):
        return []
    return [reading.text[: head.end()] + item for item in items]


def _asked_in_row(reading: Reading, base: Base) -> list[str]:
    """'X有什么A和B' asks for both, if both are what is asked for elsewhere."""
    word = next((w for w in reading.words if w.has("q")), None)
    what = _WHAT.match(reading.text, word.start) if word else None
    if what is None or reading.intents & {"verify", "compare"}:
        return []
    items = [i.strip() for i in _JOINED.split(reading.text[what.end() :].rstrip(_EDGE))]
    if not _are_items(items) or not all(len(i) <= _LONGEST and _attribute(i, base, asked=True) for i in items):
        return []
    return [reading.text[: what.end()] + item for item in items]


def _listed(reading: Reading, base: Base) -> list[str]:
    """'甲的A及乙的B' asks for both, if both are what is asked for elsewhere."""
    text = reading.text.rstrip(_EDGE)
    things = [reading.mentions[i] for i in reading.things(base)]
    if not things or _asks(reading) or "verify" in reading.intents:
        return []
    compare = reading.word("i:compare")
    if compare and compare.start:
        return []
    apart = [i.strip() for i in _BETWEEN.split(text[compare.end if compare else 0 :])]
    named = _are_items(apart) and all(_attribute(i, base, asked=True) for i in apart)
    return apart if named and _names_its_own(reading, base, 0, apart) else []


def _asks(reading: Reading) -> bool:
    """Whether a question word asks; 占比 is one, but names an attribute too."""
    return any(w.has("q") and not w.has("e") for w in reading.words)


def _attribute(item: str, base: Base, *, asked: bool = False) -> bool:
    """Whether an item ends with a noun that asks, a measure or a kind of thing; with an attribute if that is `asked`.

    当年的职称 needs no question word.
    """
    for n in range(2, len(item) + 1):
        found = sorts(base.lexicon.tags.get(item[-n:], ()))
        if not _ATTRIBUTES.isdisjoint(found) or ("a" in found and (asked or item[:-n].endswith("的"))):
            return True
    return False


def _owner(reading: Reading, start: int, limit: int) -> int:
    """Where what is named ends and the first attribute begins: behind 的, else behind the last name, else `start`."""
    owner = _OWNER.match(reading.text, start, limit)
    return owner.end() if owner else max((m.end for m in reading.mentions if m.end < limit), default=start)
