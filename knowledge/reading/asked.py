"""What kind of answer a question asks for: by its question words, the noun beside them, or the noun at its end."""

from __future__ import annotations

from itertools import pairwise

from knowledge.linking.scan import Scan, Word
from knowledge.reading.claiming import claims_figure, in_respect
from knowledge.reading.matter import by_matter
from knowledge.store.base import Base
from knowledge.text.lexicon import LONGEST_NOUN, phrase, sorts, stem
from knowledge.text.numerals import ENGLISH
from knowledge.text.patterns import pattern

NUMERIC = frozenset({"number", "amount", "share", "duration", "distance"})
"""Types of answer that are figures."""
CHOOSING = frozenset({"which", "list", "person", "place", "name"})
"""Types of answer that are one of several, or some of them."""
CHECKING = frozenset({"verify", "conflict"})
"""Intents of questions that put a figure forward to be checked."""
_BEFORE = pattern(r"[a-z0-9'.&+-]+(?= *$)")
_COMPOUND = tuple("级化性型界")
_ADJECTIVE = pattern("(?:的|具体|完整|全部|全|详细)*$")
_PLURAL = pattern(
    r"\b(?:which|what) (?:[\w-]+ ){0,3}?\w{2,}[^s\W]s "
    r"(?:do|does|did|are|were|have|has|had|come|came|make|made|belong)\b"
)
_NAMING = pattern(r"(?:please |pls |can you |could you )?(?:name|list|enumerate|give me|tell me|show me) (?!of\b)[a-z]")
"""A request in English to name what stands behind it."""
_EXISTING = pattern(r"^what (?:[\w-]+ ){1,4}?(?:are there|exist|do (?:you|the \w+) (?:know|mention))\b")
"""It is asked which ones there are (what cities are there)."""
_PORTION = pattern(
    "占了?(?:到了?)?(?:全|整个)[国省市球]的?(?:大约|大概|约)?多少"
    "|(?:^|[,，])(?:全|整个)[国省球]的?(?:有|大约|大概|约)*多少(?=[^,，?？]{2,12}(?:集中|都|聚集)*在)"
)
"""So many of all there are: 占全国多少, 全国多少人才在甲."""
_SEVERAL = pattern(r"(?:[两二三四五六七八九十几]|\d+)[个家款项种座条份位名所][^\d,，、的是]{2,6}$")
"""Before 是什么 or 叫什么: which ones they are is asked, and not what they are."""
_SEVERAL_EN = pattern(
    rf"(?: the| all)? (?:[\w'’-]+ ){{0,4}}?(?:{'|'.join(w for w, n in ENGLISH.items() if n > 1)}|\d{{1,2}}) "
    r"(?:[\w-]+ ){0,2}?\w{2,}s\b"
)
"""Behind what are: which ones the so many are is asked."""
_OR_WHICH = frozenset({"which", "definition"})
_A_FEW = frozenset(f"几{c}" for c in "个家款种座条位名项所部类份支间")
_THE_FEW = pattern(r"[^,，、的是有在]{2,6}(?:是|有)?[ ?？。:：]*$")
"""Behind 的几家, to the end: which ones these few are is asked."""
_LOOSE = ("什么样", "哪类", "哪种", "何种", "什么类型", "怎样", "哪些方面", "哪方面")
_SORTS = tuple("类种样的")
"""Behind a question word: 哪三类企业 and 做什么的公司 ask for a description, not for members of the kind."""
_AS_WHAT = "为什么"
_EXTREMES = frozenset({"i:most", "i:least"})
NUMBER_OF = "数"
"""Behind a noun it asks how many there are (企业数): it stands for any classifier."""
_STANDING = "位置"
"""A place in the whole of which all places are part is a rank."""
_AMONG = pattern("[^,?、多少几]{1,6}?(?:里|中|当中|之中)(?:[,，]|[有是])")
_EACH = pattern("(?:(?:分别|各自?)[是为在]?|[是为])?[ ?？。.!！)呢]*$")
"""Behind the noun that closes a question: of each (甲和乙的位置分别是), or that it is asked (成立的时间是？)."""
_OF_ALL = "都各又分别"
"""Characters between the noun for several and what is asked of each (创始人都叫什么)."""
_END = " ?？。!！啊呢呀"
_CLAUSE = frozenset(",，、;；和")
_THERE = ("在", "于", "去", "到")
_PARTED = _CLAUSE | {"是"}
_WHATEVER = pattern("^(?:做|干|搞|造|用|是)?(?:什么|啥|甚么|何|乜|what)")
"""Asks for a thing, or for any words on it (做什么芯片)."""
_CALLED = pattern(r"^what.* (?:called|named)\?*$")
_NAME_OF = pattern(r" of [^?,]*'s (?:[\w-]+ ){0,3}([a-z]+)\?*$")
"""Behind what asks for a name: of something that another has, the noun for it."""
_VERB = pattern(r" (?:has|have|had|is|are|was|were|does|do|did|leads?|ranks?|comes?|issued?|makes?|made) ")
_HAS_MORE = pattern(
    r"(?:which|who)(?: of them| one)? (?:has|have|had) (?:the )?(?:second |third )?(?:more|most|fewer|fewest)\b"
)
"""What is had is no kind of thing that is asked for."""
_RANKED = pattern("[^,，?？的]{1,10}(?:数量?|总数)?[更最]?(?:第[二三四五六])?[多少大小高低](?:[ ?？是呢,，]|$)")
"""Behind a noun for a place: what it is asked to have most of (哪个城市人工智能企业最多)."""
_OF_THESE = pattern("(?:里面|里头|里边|当中|之中|里|中)[,，]?")
"""Between the noun for several and what asks for one of them."""
_ENDING = 3
"""Characters with which the names of a kind end, at most."""
_KIND_GAP = 6
"""Characters that may stand between 哪 and the noun it asks for (哪两家公司)."""


def asked(scan: Scan) -> tuple[set[str], list[str], bool]:
    """Types asked for, and the kinds of entity that a noun beside the question word names."""
    asks: set[str] = set()
    kinds: list[str] = []
    loose = True
    claims = claims_figure(scan)
    for index, word in enumerate(scan.words):
        if not word.has("q"):
            continue
        types, noun = _types(scan, index)
        kinds += [k for k in noun if k not in kinds]
        loose = loose and not noun
        some = types <= NUMERIC and word.text[0] == "几"
        if some and (_asks_later(scan, index) or _AMONG.match(scan.text, word.end)):
            continue  # 拉着几家龙头搞了个什么计划, 几家企业里有没有甲
        if (asks and _is_relative(scan, word)) or (
            types <= NUMERIC and in_respect(scan, word, asked=bool(asks), claims=claims)
        ):
            continue
        asks |= types
        if types & {"which", "list", "name"} and not _asks_for_sort(scan, word):
            noun = _kind_within(scan, word) or (
                [] if _HAS_MORE.match(scan.text, word.start) else _kind_behind(scan, index)
            )
            listing = "list" in types and word.text.startswith(("有", "都有"))
            listing = listing and not _attribute_behind(scan, index)
            if not noun and (listing or "name" in types or scan.text[max(0, word.start - 1) : word.start] == "是"):
                noun = _kind_before(scan, index)
                own = _kinds_of(scan, word.text)
                if own and scan.base.kinds_like(own).isdisjoint(noun):
                    noun = own  # 大模型是哪家做的 asks for a firm
            noun = noun or (_kind_among(scan, index) if "which" in types else [])
            # 哪家 itself, where the pack says of what kind that is; the noun of a cue (which cities)
            noun = noun or _kinds_of(scan, word.text) or _kinds_of(scan, phrase(word.text.rpartition(" ")[2]))
            kinds += [k for k in noun if k not in kinds]
            if noun and types == {"person", "which"}:
                asks.discard("person")  # 边个城市
            if noun and not _WHATEVER.search(word.text):
                loose = False
    if kinds and asks == _OR_WHICH:
        asks = {"which"}  # what models does it have
    if asks == {"which"} and kinds and _PLURAL.search(scan.text):
        asks.add("list")
    if kinds and "definition" in asks and _EXISTING.search(scan.text):
        asks = {"list"}
    if "which" in asks and len(asks) > 1:
        asks.discard("which")
    if "reason" in asks:
        asks.discard("name")  # 为什么取名甲
    return asks, kinds, loose


def to_name(scan: Scan) -> tuple[set[str], list[str]]:
    """What an English request to name or list asks for (name the models from …): those of the first noun for a kind."""
    if not _NAMING.match(scan.text):
        return set(), []
    for word in scan.words:
        if kinds := _kinds_of_word(scan, word):
            return {"list" if word.text.endswith("s") else "which"}, kinds
    return set(), []


def _types(scan: Scan, index: int) -> tuple[set[str], list[str]]:
    """The types that a word asks for where it stands, and the kinds of entity of a noun before it that limits them."""
    word = scan.words[index]
    types = {t[2:] for t in word.tags if t.startswith("q:")}
    if types == {"reason"} and _is_object(scan, index):
        return {"which"}, []
    if "definition" in types and _CALLED.search(scan.text):
        return {"name"}, _kind_before(scan, len(scan.words) - 1)  # what is its model called
    if types == {"name"} and (owned := _NAME_OF.match(scan.text, word.end)):
        return types, _kinds_of(scan, stem(owned[1]))  # what is the name of its model
    several = types in ({"definition"}, {"name"}) and _SEVERAL.search(scan.text, 0, word.start)
    if several and (noun := _kind_before(scan, index)):
        return {"list"}, noun
    if types == {"number"} and _is_portion(scan, word):
        types = {"share"}
    elif _which_ones(scan, word, types):
        types = {"list"}
    if types == {"name"} and _is_of_post(scan, index):
        return {"person"}, []  # 董事长叫什么
    if types in ({"rank"}, {"place"}, {"number"}):
        return by_matter(scan, word, types) or _standing(scan, word, types), []
    if types != {"person"}:
        return types, []
    alone = "a" not in sorts(word.tags) and not scan.text[word.end :].strip(_END)  # 大模型备案归谁管 asks for no model
    noun = _kind_before(scan, index) if alone else []
    if noun and (scan.base.who | scan.base.persons).isdisjoint(noun):
        return {"which"}, noun  # 最多的三个城市是谁
    if index and "i:each" in scan.words[index - 1].tags:
        return {"list"}, sorted(scan.base.who)  # 四家单位各是谁
    return types, []


def _is_of_post(scan: Scan, index: int) -> bool:
    """Whether a noun for a post stands right before a question word (创始人都叫什么)."""
    end = len(scan.text[: scan.words[index].start].rstrip(_OF_ALL))
    return any(w.end == end and "i:role" in w.tags for w in scan.words[:index])


def _is_portion(scan: Scan, word: Word) -> bool:
    """Whether so many of all there are is asked for; of a topic alone, any share would be told."""
    if "全" not in scan.text and "整个" not in scan.text:
        return False
    topic = any(m.start == word.end for m in scan.mentions)
    return not topic and any(m.end() == word.end for m in _PORTION.finditer(scan.text))


def _which_ones(scan: Scan, word: Word, types: set[str]) -> bool:
    """Whether what asks for a definition or a number elsewhere asks here which ones they are."""
    if types == {"definition"}:  # what are its eight models
        return word.text == "what are" and _SEVERAL_EN.match(scan.text, word.end) is not None
    few = types == {"number"} and word.text in _A_FEW and scan.text[word.start - 1 : word.start] == "的"
    if not few or "最" in scan.text[: word.start]:
        return False  # 最早的几家 are told by no list of all
    return _THE_FEW.match(scan.text, word.end) is not None


def _standing(scan: Scan, word: Word, types: set[str]) -> set[str]:
    """The types, where a position may be a post or a rank: that of a person is no rank, that in the whole is one."""
    named, base = [e for m in scan.mentions for e in m.entities], scan.base
    if types == {"rank"} and "a" in sorts(word.tags) and any(base.entity(e).kind in base.persons for e in named):
        return {"which"}  # what position does he hold
    if types == {"place"} and word.text.endswith(_STANDING) and not base.whole.isdisjoint(named):
        return {"rank"}  # 在全国融资里什么位置
    return types


def _is_relative(scan: Scan, word: Word) -> bool:
    """Whether an English question word behind a noun ties a clause to that (the building where …)."""
    before = _BEFORE.search(scan.text, 0, word.start) if "i:relative" in word.tags else None
    return before is not None and "f" not in scan.base.lexicon.tags.get(stem(before[0]), ())


def _asks_later(scan: Scan, index: int) -> bool:
    """Whether a question word that asks for something else follows in the same clause."""
    start = scan.words[index].end
    for word in scan.words[index + 1 :]:
        if any(c in _CLAUSE for c in scan.text[start : word.start]):
            return False
        types = {t[2:] for t in word.tags if t.startswith("q:")}
        if types:
            return not types & NUMERIC
    return False


def _is_object(scan: Scan, index: int) -> bool:
    """Whether 为什么 is 为 + 什么 behind a verb at the end (被评价为什么)."""
    word = scan.words[index]
    before = scan.words[index - 1] if index else None
    glued = before is not None and before.end == word.start and "f" not in before.tags and not before.has("i")
    content = any(end == word.start for _, end in scan.content)
    return word.text == _AS_WHAT and not scan.text[word.end :].strip("?？。!！ 呢") and (glued or content)


def closing(scan: Scan, kinds: list[str]) -> set[str]:
    """What a noun at the end asks for (数量？ a number, 名单 a list of what stands before it)."""
    end = _EACH.search(scan.text).start()  # type: ignore[union-attr]
    last = next((w for w in scan.words if w.end == end), None)
    types = {t[2:] for t in last.tags if t.startswith("e:")} if last else set()
    if last and "list" in types:
        start = last.start - len(_ADJECTIVE.search(scan.text[: last.start])[0])  # type: ignore[index]
        for other in scan.words:
            if other.end == start and other.has("k"):
                kinds += other.kinds
        for mention in scan.mentions:
            if mention.end == start:
                kinds += _kinds_of(scan, mention.text)
    if last is None and scan.text[end - 1 : end] == NUMBER_OF:
        types |= {"number" for w in scan.words if w.end == end - 1 and _kinds_of_word(scan, w)}
    return types


def foremost(scan: Scan, kinds: list[str]) -> bool:
    """Whether the most or least of its sort is asked for by a noun alone (北京最早的公司, the largest harbour)."""
    extreme = next((w for w in scan.words if not _EXTREMES.isdisjoint(w.tags)), None)
    end = _EACH.search(scan.text).start()  # type: ignore[union-attr]
    if extreme is None or extreme.end >= end or not _PARTED.isdisjoint(scan.text[extreme.end : end]):
        return False
    if extreme.text.isascii():
        noun = scan.base.lexicon.noun_at(scan.text, extreme.end)
        kinds += list(noun[1]) if noun else ()
    else:
        starts = range(max(extreme.end, end - LONGEST_NOUN), end)
        kinds += next((found for start in starts if (found := _kinds_of(scan, scan.text[start:end]))), ())
    return bool(kinds)


def _asks_for_sort(scan: Scan, word: Word) -> bool:
    """Whether a description is asked for, and no name: 哪三类企业, but not 哪种列车最快."""
    own = bool(word.kinds) and word.has("r")  # 哪个球场的, as a pack's own cue, asks for something of one
    sort = (
        (not own and scan.text[word.end : word.end + 1] in _SORTS)
        or word.text[-1] in _SORTS
        or word.text.startswith(_LOOSE)
    )
    return sort and not any(not _EXTREMES.isdisjoint(w.tags) for w in scan.words)


def _kind_behind(scan: Scan, index: int) -> list[str]:
    """Kinds of the noun that closes the phrase behind the question word (哪份大模型政策, which of the cities)."""
    word = scan.words[index]
    limit = word.end + (_KIND_GAP if not word.text.isascii() else 12)
    found: list[str] = []
    parted = False
    last = head = word.end
    for other in scan.words[index + 1 :]:
        if other.start > limit or other.has("q") or (found and other.start > last + other.text.isascii()):
            break
        last = other.end
        if "n" in other.tags:
            return [] if other.start == word.end else _kind_of_ending(scan, word)
        kinds = _kinds_of_word(scan, other)
        if kinds:
            head = other.end
        if kinds and scan.text[other.end : other.end + 1] not in _COMPOUND:
            # 哪些活动打破企业壁垒: what does it is asked for, by a noun for more than things with names
            found = found if parted and scan.base.closed.isdisjoint(found) else kinds
            # 在哪座球场比赛: what is done there stands behind it
            done_there = scan.text[: word.start].endswith(_THERE) or _RANKED.match(scan.text, head)
            if done_there and not scan.base.where.isdisjoint(found):
                return found
        elif "f" in other.tags and not word.text.isascii():
            # 哪些大模型是…: a noun that is a name too stands right behind
            return found or next((_kinds_of(scan, m.text) for m in scan.mentions if m.start == word.end), [])
        parted = parted or bool(found and not kinds)
    for mention in scan.mentions:
        generic = all(scan.base.entity(e).generic for e in mention.entities)
        if found and mention.start == head and not generic:
            return []  # 哪个国家平台 goes on: the noun is no head
        if not found and word.end <= mention.start <= limit:
            return _kinds_of(scan, mention.text)
    return found or _kind_of_ending(scan, word)


def _kind_of_ending(scan: Scan, word: Word) -> list[str]:
    """Kinds of which the names end with what stands right behind a question word (哪条线)."""
    behind = scan.text[word.end : word.end + _ENDING]
    return next((scan.base.heads[behind[:n]] for n in range(len(behind), 0, -1) if behind[:n] in scan.base.heads), [])


def _kind_within(scan: Scan, word: Word) -> list[str]:
    """Kinds of the noun that an English question word holds, where no other noun can follow (which city has …)."""
    held, noun = word.text.isascii() and " " in word.text, word.text.rpartition(" ")[2]
    return _kinds_of(scan, phrase(noun)) if held and _VERB.match(scan.text, word.end) else []


def _attribute_behind(scan: Scan, index: int) -> bool:
    """Whether a noun that names no kind of thing follows right behind (有什么要求): that is what is asked for."""
    return any("n" in w.tags for w in scan.words[index + 1 : index + 2] if w.start == scan.words[index].end)


def _kind_before(scan: Scan, index: int) -> list[str]:
    """Kinds of the noun right before it (主力企业是哪家, 大模型叫什么)."""
    start = scan.words[index].start
    if "的是" in scan.text[max(0, start - 2) : start + 1]:
        return []  # 做大模型的是哪家 asks for the one who does
    for other in reversed(scan.words[:index]):
        kinds = _kinds_of_word(scan, other)
        if kinds and start - other.end <= 2 and not scan.text[other.end : start].strip("是为的都各 "):
            return kinds
    for mention in scan.mentions:
        if 0 <= start - mention.end <= 2 and not scan.text[mention.end : start].strip("是为的都各分别 嘛啊呀吧呢,，"):
            return _kinds_of(scan, mention.text)
    return []


def _kind_among(scan: Scan, index: int) -> list[str]:
    """Kinds of the noun for those of which one is asked for (五家医院里哪家)."""
    start = scan.words[index].start
    named = any(not scan.base.entity(m.entities[0]).generic for m in scan.mentions)
    for other in reversed(scan.words[:index]):
        if other.has("k") and other.end == start and not named:
            return other.kinds  # 甲和乙的企业哪个多 asks for neither's firms
        if other.has("k") and _OF_THESE.fullmatch(scan.text, other.end, start):
            return other.kinds
    return []


def nouns(scan: Scan, kinds: list[str]) -> set[str]:
    """The words that only name again the kind asked for (哪家…的AI公司): no attribute is asked for by them."""
    counts = scan.base.remembered(_counts)()
    words = [w for w in scan.words if not counts.isdisjoint(w.tags) and not w.has("q")]
    return {w.text for w in words if not set(kinds).isdisjoint(_kinds_of_word(scan, w))}


def tied(scan: Scan) -> set[str]:
    """The nouns right behind 哪位 that are what a relation to persons is called, and no post (哪位护士)."""
    pairs = [(a, b) for a, b in pairwise(scan.words) if "q:person" in a.tags and a.end == b.start and b.has("r")]
    ties = {f"r:{r.id}" for r in scan.base.relations if r.value == "entity" and r.answers == "person"} if pairs else ()
    return {
        noun.text for _, noun in pairs if "i:role" not in noun.tags and not noun.has("q") and set(noun.tags) & set(ties)
    }


def _counts(base: Base) -> frozenset[str]:
    """The tags of relations that count something."""
    return frozenset(f"r:{r.id}" for r in base.relations if r.value == "number")


def _kinds_of_word(scan: Scan, word: Word) -> list[str]:
    """Kinds that a noun names, itself or by its end (龙头企业)."""
    kinds = word.kinds
    if kinds or word.text.isascii() or "n" in word.tags:
        return kinds
    return next((k for n in (4, 3, 2) if n < len(word.text) and (k := _kinds_of(scan, word.text[-n:]))), [])


def _kinds_of(scan: Scan, text: str) -> list[str]:
    return scan.base.lexicon.kinds(text)


def nouns_for(kinds: frozenset[str], base: Base) -> tuple[str, ...]:
    """The Chinese words for things of these kinds. To be called through `Base.remembered`."""
    return tuple(w for w in base.lexicon.having(*[f"k:{kind}" for kind in sorted(kinds)]) if not w.isascii())
