"""What a question asks: mentions, question words, qualifiers, and the content that has to be explained by a fact."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from knowledge.linking.abridged import abridged
from knowledge.linking.bodies import bodies
from knowledge.linking.codes import codes
from knowledge.linking.link import (
    LONG_TEXT,
    Mention,
    Unit,
    cuts,
    link_exact,
    link_fuzzy,
    same_name,
    units,
)
from knowledge.linking.namesakes import before_nouns, namesakes
from knowledge.linking.prolonged import prolonged, raised
from knowledge.linking.scan import Scan, Word, covers, hollow_offsets, odd_offsets, scan_words
from knowledge.linking.sounding import sounding
from knowledge.reading.asked import NUMBER_OF, NUMERIC, asked, closing, foremost, nouns, tied, to_name
from knowledge.reading.claiming import is_claimed
from knowledge.reading.clues import Clue, figure_clues, make_clues
from knowledge.reading.degrees import ENDS, asks_how_many, degrees, says_how
from knowledge.reading.either import between, chosen, opened
from knowledge.store.base import Base
from knowledge.text.dates import Period, find_periods, part_of_year, with_year_before
from knowledge.text.fold import name_key
from knowledge.text.numerals import Quantity, find_quantities, whole_number
from knowledge.text.order import ORDINALS, place_asked, turns_in
from knowledge.text.patterns import pattern
from knowledge.text.stretch import claimed

_HARDLY = 0.3
"""Weight of words up to which a question says next to nothing by itself."""
_LITTLE = 0.7
"""Weight of words so small that a question is about the figure in it (308亿说的是什么)."""
_UNITS = (
    "家|间(?!接)|个(?!百分点|点|月|小时|亿)|款|项|座|所|条|种|位|名|人|次|倍|卡|层|天|年|亿|万|元|期|批|轮|届|场|章|篇|"
    "艘|支(?!持|付|撑|出)|盏|张(?!江)|只(?!有|是|能|要)|台(?!湾)|套|辆|架(?!构)|幢|栋|班"
)
_ALIKE = {"间": "家"}
"""Classifiers of one region, and those that count the same in the statements."""
_YEARS = pattern(r"(20\d\d)年?(?:到|至|-|—|~)(20\d\d)年?(?:度|版)?的?(?:[那这](?:份|个|部|项|版))?的?[《「“]?")
"""From one year to another, before a name."""
_OPEN_END = pattern(r"(?<!不)(?:是|为|有)[:：]?[ ]?[?？]?$")
_OR_NOT = pattern(r"(?:没有?|未|不)[ ?？。]*$")
"""A claim with its contrary behind it (开源了没): to be answered with yes or no, and no negation."""
_HOW_MANY = pattern(
    r"哪([二三四五六七八九])|(?:那|这|的|指|有)([二三四五六七八九])(?:个|家|款|项|座|所|条|种|位|大|类|方面|点|层|步|件|份|部|篇|张|名|支|股|块|样)"
)
_SEVERAL = frozenset("二两三四五六七八九")
_COUNTED = pattern(
    r"(?:多少|几)(?:家|间|个|款|项|座|所|条|种|位|名|艘|支|盏|张|只|台|套|辆|栋)(?:做|能|有|的)?([\u3400-\u9fff]{2,6})"
)
_IS = pattern("[是在]")
_SOME = pattern("[几哪谁]|什么|多少")
"""Asks for something, be it for what no question word is known (租了几层楼)."""
_HOW_MANY_OF = pattern("([\u3400-\u9fff]数)(?:是|为|有)?(?:多少)?[ ?？]*$")
"""Behind a noun it asks how many there are, no sum of money (企业数)."""
_HOW_MANY_TENS = pattern("几[十百千万亿]+$")
_A_THING = pattern(
    "[是为算成叫]一[个家款种项座所只间台部份位名场类](?!还是|半|以|之|或|到|至|[，,？?]|$)|[这那哪每某]一(?![十百千万亿二两])"
)
"""No figure, but an article (是一家公司吗, 这一层)."""
_PORTION = pattern(r"占(?!了?(?:多大|多少)?(?:块|的)?(?:一块)?(?:地|面积))|account for|make up")
_SHARE = frozenset({"share"})
_MEASURED = pattern("(?:占比|比重|比例|份额)(?:[为是达到有约仅占只才已高的了都均各]|大概|大约|差不多){0,3}$")
"""A share that is given, right before the figure."""
_SET_AGAINST = pattern(r" (?:vs\.?|versus|against) ")
_SET_BESIDE = pattern(r" (?:vs\.?|versus) (?:the )?$")
_TITLE = pattern("《([^《》]{3,})》")
_SPARE = 2
"""Characters of a title at either end that need not be part of the name it is linked by."""
_ENGLISH = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
_WHAT_ARE = pattern(rf"(?:what|which|list|name)\b[^?]{{0,12}}?\b({'|'.join(_ENGLISH)})\b", holds=_ENGLISH)


class Reading(NamedTuple):
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
    left_out: tuple[Clue, ...] = ()
    """Words that stand there, where it names nothing."""
    besides: frozenset[tuple[Decimal, bool]] = frozenset()
    """Figures behind 除了, where no figure is asked for: what else there is."""
    versions: tuple[Quantity, ...] = ()
    """Numbers glued to a name (盘古4.0): another version is another thing."""
    counted: str = ""
    """The noun behind 多少个 (大模型), '' if none is there."""
    units: frozenset[str] = frozenset()
    """Classifiers behind 多少 and 几 (多少家 → 家)."""
    of_whole: bool = False
    """Whether it is asked for what share of something a thing is."""
    turns: tuple[tuple[str, str], ...] = ()
    """Turns of something that are named (第三批)."""
    place: int = 0
    """Which one in order is asked for (排第二 → 2), 0 if it is not said."""
    codes: tuple[str, ...] = ()
    """Names that the base does not know though it knows others like them (gpt-3, 绿线): those are no match."""
    unknown: tuple[str, ...] = ()
    """Stretches of content that the base does not know at all."""
    titles: tuple[str, ...] = ()
    """What stands in 《》 and is no name that the base knows."""

    @property
    def entities(self) -> frozenset[int]:
        """All candidates of all mentions."""
        return frozenset().union(*[m.entities for m in self.mentions])

    def things(self, base: Base) -> list[int]:
        """Indices of the mentions of what the question is about: not of what is named in passing (大模型)."""
        return [i for i, m in enumerate(self.mentions) if m.entities[0] not in base.generic]

    def weighty(self, above: float) -> bool:
        """Whether clues other than light ones weigh more than `above` together."""
        return sum(c.weight for c in self.clues if not c.light) > above

    @property
    def bare(self) -> bool:
        """Whether nothing but function words is left of a question."""
        return not self.mentions and not self.weighty(_HARDLY)

    def word(self, tag: str) -> Word | None:
        """The first word that has this tag, None if none has."""
        return next((w for w in self.words if tag in w.tags), None)

    def about(self, index: int, group: list[int]) -> Reading:
        """The reading with one of a group of mentions kept, and all that neither are of the group nor own one of it."""
        left = set(group) - {index}
        owners = {i - 1 for i in left if i and self.mentions[i - 1].end == self.mentions[i].start} - set(group)
        left |= owners  # 甲的X和乙Y: 乙 is that of Y
        return self._replace(mentions=tuple(m for i, m in enumerate(self.mentions) if i not in left))

    def beside(self, index: int, group: list[int]) -> set[int]:
        """The entities of the other mentions of a group: what is said of one with them is said of none by itself."""
        return {e for i in group if i != index for e in self.mentions[i].entities}


def read(text: str, base: Base) -> Reading:
    """Read a folded question."""
    cut = units(text)
    mentions = link_exact(text, cut, base)
    mentions = prolonged([_apart(m, text, base) for m in mentions if not _is_ordinary(m, text, base)], cut, base)
    mentions = bodies(_with_years(abridged(raised(mentions, text, base), text, base), text, base), text, base)
    scan = Scan(text, base, mentions)
    dated = [part_of_year(p, text) for p in find_periods(text) if not covers(mentions, p.start, p.end)]
    periods = with_year_before(dated, text)
    quantities = [
        q
        for q in find_quantities(text, base.units)
        if not covers(mentions, q.start, q.end)
        and not any(p.start < q.end and q.start < p.end for p in periods)
        and not _HOW_MANY_TENS.search(text[: q.end - len(q.unit)])
        and not _A_THING.match(text, q.start - 1)
    ]
    scan_words(scan, periods, quantities)
    others = namesakes(scan, cut) if len(text) <= LONG_TEXT else []
    if found := _misspelt(scan, cut, others) if len(text) <= LONG_TEXT else []:
        mentions = [m for m in mentions if not covers(found, m.start, m.end)]
        mentions = sorted([*mentions, *found], key=lambda m: m.start)
        periods = [p for p in periods if not covers(mentions, p.start, p.end)]
        quantities = [q for q in quantities if not covers(mentions, q.start, q.end)]
        scan = Scan(text, base, mentions)
        scan_words(scan, periods, quantities)
    speaking = [w for w in scan.words if "i:accounts" in w.tags]  # 两个数, 一处写 count nothing
    quantities = [q for q in quantities if not any(w.start <= q.start < w.end for w in speaking)]
    asks, kinds, loose = _asked(scan, quantities)
    intents = {t[2:] for i, w in enumerate(scan.words) for t in w.tags if t[:2] == "i:" and not says_how(scan, i)}
    if not asks and "verify" not in intents and _OR_NOT.search(text):
        intents = (intents | {"verify"}) - {"negation"}
    elif not asks:
        intents |= _claims(mentions, text, intents, base)
        asks |= closing(scan, kinds)
        loose = loose and not ("list" in asks and kinds)  # 备案大模型名单 asks for models, and for nothing like them
        if not asks and "listing" in intents:
            asks.add("list")
        elif not asks and _left_open(scan, mentions, intents, kinds):
            asks.add("which")
    if not asks and scan.words and scan.words[0].start == 0 and "i:opens" in scan.words[0].tags:
        if two := opened(mentions, text, base):
            asks.add("which")
            if not intents & ENDS:
                mentions = two
        else:
            intents.add("verify")
    intents |= degrees(mentions, text, intents)
    if not asks and "difference" in intents and "verify" not in intents:
        asks.add("number")
    classifiers = _classifiers(scan, asks)
    clues, unknown = make_clues(scan, asks, quantities)
    strange = tuple(dict.fromkeys(text[start:end] for start, end in (*others, *before_nouns(scan))))
    # 超过1亿 and 12亿人民币 are figures, whatever words stand in them
    figures = [text[q.start : q.end] for q in quantities if q.bound in {"<", ">"} or (q.unit and not q.is_share)]
    clues = [c for c in clues if len(c.text) < 2 or not any(c.text in f for f in figures)]
    clues = _without_asked(clues, scan, asks, kinds)
    if all(base.entity(m.entities[0]).generic for m in mentions) and _heavy(clues) < _LITTLE:
        clues += figure_clues(quantities, periods, base)
    if not asks:
        mentions = chosen(mentions, text, base)
    return Reading(
        text=text,
        mentions=tuple(mentions),
        words=tuple(scan.words),
        clues=tuple(clues),
        quantities=tuple(quantities),
        # a figure up to a day is that of the day, whatever it was before
        periods=tuple(claimed(text, periods) if "verify" in intents and not quantities else periods),
        asks=frozenset(asks),
        kinds=tuple(kinds),
        loose=loose,
        intents=frozenset(intents),
        wanted=_wanted(text),
        of_whole=("share" in asks and "difference" not in intents)
        or ("number" in asks and not classifiers and bool(_PORTION.search(text))),
        turns=turns_in(text),
        place=place_asked(text, base.lexicon),
        codes=(*codes(text, mentions, quantities, periods, base), *strange),
        versions=tuple(
            q for q in quantities if "." in q.text and not q.unit and any(m.end == q.start for m in mentions)
        ),
        counted=_counted(text),
        units=classifiers,
        unknown=(*strange, *(u for u in unknown if not any(u in name for name in strange))),
        titles=tuple(t[1] for t in _TITLE.finditer(text) if not _linked(t.start(1), t.end(1), mentions)),
    )


def _with_years(mentions: list[Mention], text: str, base: Base) -> list[Mention]:
    """The mentions, each title with the years before it that are its own (2023到2025年的实施方案)."""
    for years in _YEARS.finditer(text) if "20" in text else ():
        for i, mention in enumerate(mentions):
            own = base.entity(mention.entities[0]).zh
            if mention.start == years.end() and all(year in own for year in years.groups()):
                mentions[i] = mention._replace(start=years.start(), text=text[years.start() : mention.end])
    return mentions


def _misspelt(scan: Scan, cut: list[Unit], others: list[tuple[int, int]]) -> list[Mention]:
    """The names that stand there misspelt, none where one of `others` does (start, end): those are known by no name."""
    text, base = scan.text, scan.base
    firm = [m for m in scan.mentions if not all(base.entity(e).generic for e in m.entities)]
    if heard := sounding(cut, firm, base):
        return heard
    odd = odd_offsets(scan)
    if not odd:
        return []
    # beside what nobody knows a name may be the rest of a longer one (通意千问)
    edges = {o for s, e in scan.content if not odd.isdisjoint(range(s, e)) for o in (s, e - 1)} | odd
    fixed = [m for m in firm if m.how != "exact" or edges.isdisjoint((m.start - 1, m.end))]
    taken = {o for m in fixed for o in range(m.start, m.end)}
    taken.update(o for start, end in others for o in range(start, end))
    found = prolonged(link_fuzzy(text, cut, odd, taken, hollow_offsets(scan, odd), base), cut, base)
    found = [f for f in found if not any(cuts(f, m) for m in firm)]
    # a name that stands there whole is not misspelt with a character more
    return [f for f in found if f.how == "sound" or not any(same_name(f, m) for m in scan.mentions)]


def _asked(scan: Scan, quantities: list[Quantity]) -> tuple[set[str], list[str], bool]:
    """What is asked for: not the share that is given right behind the word for it (占比超过八成)."""
    if is_claimed(scan):
        return set(), [], True
    asks, kinds, loose = asked(scan)
    if not asks:
        asks, named = to_name(scan)
        kinds, loose = named or kinds, loose and not named
    given = asks == _SHARE and any(q.is_share and _MEASURED.search(scan.text, 0, q.start) for q in quantities)
    return set() if given else asks, kinds, loose


def _classifiers(scan: Scan, asks: set[str]) -> frozenset[str]:
    """The units in which it is asked how many there are."""
    of = _HOW_MANY_OF.search(scan.text) if "number" in asks else None
    if of and not any(w.end == of.end(1) for w in scan.words):
        return frozenset((NUMBER_OF,))
    units = scan.base.remembered(_unit)().findall(scan.text) if asks_how_many(scan.text) else ()
    return frozenset(unit if unit in scan.base.units else _ALIKE.get(unit, unit) for unit in units)


def _unit(base: Base) -> re.Pattern[str]:
    """What finds the units asked for, those of the pack among them. To be called through `Base.remembered`."""
    own = [re.escape(unit) for unit in base.units if unit not in _UNITS]
    return re.compile(f"(?:多少|几多?)(?:[张块](?=卡))?({'|'.join([_UNITS, *own])})")  # 多少张卡 are told in 卡


def _counted(text: str) -> str:
    """The noun behind 多少个, '' if none is there."""
    found = _COUNTED.search(text) if asks_how_many(text) else None
    return found[1] if found else ""


def _claims(mentions: list[Mention], text: str, intents: set[str], base: Base) -> set[str]:
    """The intent of a statement to be checked, or of two things with a question mark (A是B的?, A在B?)."""
    if "check" in intents:
        return {"verify"}
    if text[-1:] != "?" or _SOME.search(text):
        return set()
    named = [m for m in mentions if not base.entity(m.entities[0]).generic]
    tied = any(_IS.search(text, a.end, b.start) for a, b in pairwise(named))
    return {"verify"} if tied and not between(named, text) else set()


def _left_open(scan: Scan, mentions: list[Mention], intents: set[str], kinds: list[str]) -> bool:
    """Whether a text without a question word asks: it ends where its answer would stand, or with the most of a sort."""
    if (end := _OPEN_END.search(scan.text)) and not covers(mentions, *end.span()):
        return True
    return "verify" not in intents and not intents.isdisjoint(("most", "least")) and foremost(scan, kinds)


def _without_asked(clues: list[Clue], scan: Scan, asks: set[str], kinds: list[str]) -> list[Clue]:
    """The clues, those lightened that only name again what is asked for."""
    named = tied(scan) | (nouns(scan, kinds) if kinds and asks.isdisjoint(NUMERIC) else set())
    if asks and scan.text.isascii() and place_asked(scan.text, scan.base.lexicon):
        clues = [c for c in clues if c.text not in ORDINALS]  # second most: the place says it
    if "list" in asks and not any(w.has("q") for w in scan.words) and sum(not c.light for c in clues) > 1:
        # 区县名单 is answered by what tells of districts, and not by any other list
        named |= {w.text for w in scan.words if "e:list" in w.tags}
    return [c.lightened() if c.text in named else c for c in clues] if named else clues


def _heavy(clues: list[Clue]) -> float:
    return sum(c.weight for c in clues if not c.light and not c.attribute)


def _wanted(text: str) -> int:
    english = _WHAT_ARE.search(text)
    if english:
        return whole_number(english[1])
    if _SEVERAL.isdisjoint(text):
        return 0
    match = _HOW_MANY.search(text.replace("两", "二"))
    return whole_number(match[1] or match[2]) if match else 0


def _is_ordinary(mention: Mention, text: str, base: Base) -> bool:
    """A name that is also a word of the language (实在, 是什么) needs quotes, unless it is all there is."""
    tags = base.lexicon.tags.get(mention.text, ())
    if mention.text.isdigit() and "u" in base.lexicon.tags.get(text[mention.end : mention.end + 1], ()):
        return True  # 120块 is no call of 120
    if not any(t in ("f", "p", "l", "u") or t.startswith("q:") for t in tags):
        return False
    if len(mention.text) == len(text.strip(" ?？")):
        return False
    before, after = text[: mention.start][-1:], text[mention.end :][:1]
    if _SET_AGAINST.match(text, mention.end) or _SET_BESIDE.search(text, 0, mention.start):
        return False  # us vs china
    return not (before in "《「“\"'『" and after in "》」”\"'』" and before)


def _linked(start: int, end: int, mentions: list[Mention]) -> bool:
    """Whether one name covers the stretch, or all of it but a word."""
    return any(m.start <= start + _SPARE and end - _SPARE <= m.end for m in mentions)


def _apart(mention: Mention, text: str, base: Base) -> Mention:
    """The mention without its last character, if a post begins with that (北京市长 is the 市长 of 北京)."""
    if "i:role" not in base.lexicon.tags.get(text[mention.end - 1 : mention.end + 1], ()):
        return mention
    shorter = mention.text[:-1]
    known = base.lookup.names(("=" + name_key(shorter),)) if shorter else {}
    if not any(set(found) & set(mention.entities) for found in known.values()):
        return mention
    return mention._replace(end=mention.end - 1, text=shorter)
