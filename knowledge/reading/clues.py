"""What a fact has to explain: the words of a question with their weights."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from math import log
from sys import intern
from typing import NamedTuple

from knowledge.linking.link import Mention
from knowledge.linking.scan import Scan, Word, covers
from knowledge.store.base import Base
from knowledge.text.dates import Period
from knowledge.text.lexicon import sorts, words
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import is_han, pattern
from knowledge.text.terms import bigrams, figure_terms

_OR = "或"
_EITHER = ("或", "或者", "或是")
_QUESTION = pattern(
    "[指说讲]的是|叫做|叫|什么|哪个|哪里|哪儿|哪年|哪天|哪|多少|多大|多|几|谁|怎么|如何|时候|何时|何|啥"
)
_PLAIN = pattern(
    "[指说讲]的是|什么|多少|怎么|如何|时候|何时|[哪谁几何啥咋多一那这]|[年天月日个家款座项所种类份部届条块行]"
    "|[的是了做干弄搞叫在有归]|关系|名字|地方|时间|[中英]文|回事|的事"
)
"""What is left of a question word without these names something."""
_PLAIN_WORDS = frozenset(
    words(
        "what which who whom whose where when why how is are was were be been do does did the a an of it s "
        "kind sort many much long old big large high in on at by year month day date time name"
    )
)
_WHO = pattern(r"(?:who|whom|whose|where)\b")
_ORDINALS = ("第", "首", "头", "first", "top", "lead")
_DEGREES = frozenset({"i:most", "i:least"})
_FIGURES = ("number", "amount")
_MANY = pattern("(?:多少|几).*$")
_ORDERED = frozenset("早晚先")
"""Asks by the dates which came first (哪座开得早)."""
_ASPECTS = "了过着"
"""Behind a verb."""
_DATE = frozenset({"date"})
_CLAUSE = pattern("[,，;；。]", holds=",，;；。")
_YEAR = pattern(r"\d年")
_ABLE = frozenset("能可会")
_ON = frozenset({"对", "对于", "关于"})
_PAIR = 2
LIGHT = 0.25
"""Weight of words that say little about which fact is meant."""


class Clue(NamedTuple):
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
    telling: tuple[str, ...] = ()
    """Bigrams or stems of the words that it has besides (哪年成立)."""
    keys: tuple[str, ...] = ()
    """All index terms, those of the pairs too, each once."""

    def lightened(self) -> Clue:
        """The clue as a mere noun, of which a fact need not speak."""
        return self._replace(weight=self.weight * LIGHT, light=True, attribute=False)


def _made(clue: Clue) -> Clue:
    """The clue with its index terms gathered."""
    return clue._replace(keys=tuple(dict.fromkeys(map(intern, [*clue.terms, *[p[0] for p in clue.pairs]]))))


class Posting(NamedTuple):
    """The facts that hold an index term or name an entity."""

    term: str
    """'' for an entity. The same object as in the facts, so that it is found to be the same at a glance."""
    size: int
    """How many there are."""
    idf: float
    facts: dict[int, None]
    """Their numbers, ascending: the keys are compared as fast as a set, and keep their order."""


def posting(term: str, base: Base) -> Posting:
    """The facts that hold a term, and how telling it is. To be called through `Base.remembered`."""
    return _posting(intern(term), base.postings(term), base)


def naming(e: int, base: Base) -> Posting:
    """The facts that name an entity, in the same way."""
    return _posting("", base.facts_of(e), base)


def _posting(term: str, facts: Sequence[int], base: Base) -> Posting:
    return Posting(term, len(facts), idf(len(facts), base.fact_count), dict.fromkeys(facts))


def idf(count: int, total: int) -> float:
    """How telling a term is: 1 for one that stands in a single fact, towards 0 for one that stands in all."""
    if total < 2:
        return 1.0
    return max(0.05, min(1.0, log((total + 1) / (count + 0.5)) / log(total + 1)))


def make_clues(scan: Scan, asks: Collection[str], quantities: Iterable[Quantity] = ()) -> tuple[list[Clue], list[str]]:
    """What a fact has to explain, with weights; and the content that no fact of the base knows."""
    clues: list[Clue] = []
    unknown: list[str] = []
    word_clue = scan.base.remembered(_word_clue)
    for word in scan.words:
        clue = word_clue(word.text, word.tags)
        if clue:
            clues.append(_in_figures(clue, word, quantities))
    clues = _of_what(scan, _either(scan, clues) if _OR in scan.text else clues)
    clues = _how_much(scan, clues) if "多" in scan.text else clues
    clues += [c for m in scan.mentions if (c := _tail_clue(scan, m))]
    for start, end in scan.content:
        piece = scan.text[start:end]
        clue, known = _content_clue(scan, start, end)
        clues.append(clue)
        if not known:
            unknown.append(piece)
    pairs_of = scan.base.remembered(_name_pairs)
    if clues and (named := frozenset().union(*[pairs_of(e) for m in scan.mentions for e in m.entities])):
        clues = [_besides(c, named) for c in clues]
    checked = not asks and _YEAR.search(scan.text) and any("i:verify" in w.tags for w in scan.words)
    if checked:
        clues = [_done(c, _DATE, scan.base) for c in clues]
    elif asks and not scan.text.isascii():
        asking, ordered = _asking_clauses(scan), not _ORDERED.isdisjoint(scan.text)
        clues = [_done(c, asks, scan.base, ordered=ordered) if c.text in asking else c for c in clues]
        unknown = [u for u in unknown if not any(c.text == u and c.terms for c in clues)]
    return clues, unknown


def _in_figures(clue: Clue, word: Word, quantities: Iterable[Quantity]) -> Clue:
    """The clue; where the word is a share (一半), explained by the figure too (50%)."""
    share = [q for q in quantities if q.is_share and q.start <= word.start and word.end <= q.end]
    return _made(clue._replace(terms=(*clue.terms, *figure_terms(share, ())))) if share else clue


def _name_pairs(e: int, base: Base) -> frozenset[str]:
    """The bigrams of a thing's own name, none for a mere theme. To be called through `Base.remembered`."""
    return frozenset() if base.entity(e).generic else frozenset(bigrams(base.folded_names(e)[0]))


def _besides(clue: Clue, named: frozenset[str]) -> Clue:
    """The clue without what the name of the thing says anyway: 交易额 of a 交易所 is told by 易额."""
    if clue.size <= _PAIR or clue.light or named.isdisjoint(clue.keys):
        return clue
    pairs = tuple(p for p in clue.pairs if p[0] not in named)
    told = {place for _, first, last in pairs for place in (first, last)}
    return _made(clue._replace(pairs=pairs, size=len(told))) if pairs and is_han(clue.text[0]) else clue


def _asking_clauses(scan: Scan) -> str:
    """The clauses that ask: what is done beside them (我在甲住过，它多高) is not asked about."""
    ends = [0, *(m.end() for m in _CLAUSE.finditer(scan.text)), len(scan.text)]
    asking = [w.start for w in scan.words if w.has("q")]
    return "|".join(scan.text[a:b] for a, b in pairwise(ends) if any(a <= start < b for start in asking))


def _done(clue: Clue, asks: Collection[str], base: Base, *, ordered: bool = False) -> Clue:
    """The clue; if it is a verb by which the pack is asked for something of that type, that explains it (欠…多少)."""
    done = clue.measure or clue.text[-1] in _ASPECTS  # 来了多少人, be it ever so light a word
    if (clue.light and not done) or not is_han(clue.text[0]) or _of_that_type(clue, asks, base):
        return clue
    verbs = doings_of(base)
    numeric = [kind for kind in _FIGURES if kind in asks] or (["number"] if "share" in asks else [])
    if numeric == ["number"] and "amount" not in asks:
        numeric = list(_FIGURES)  # 多少 alone may be of money
    other = ["date"] if "date" in asks else ["other"]
    other += ["date"] if ordered else []
    verb = _MANY.sub("", clue.text) if clue.measure else clue.text  # 掏多少钱 is asked by 掏
    verb = verb.rstrip(_ASPECTS) or clue.text
    ids = dict.fromkeys(i for kind in numeric or other for i in verbs.get(kind, {}).get(verb, "").split())
    if not ids:
        return clue
    return _made(clue._replace(terms=(*clue.terms, *(f"r:{i}" for i in ids)), attribute=False))


def _of_that_type(clue: Clue, asks: Collection[str], base: Base) -> bool:
    """Whether a word is a cue of the pack: one of people (参观) may ask for a date all the same."""
    own = [base.relations[base.relation_numbers[t[2:]]].value for t in clue.terms if t[:2] == "r:"]
    return bool(own) and ("date" not in asks or "date" in own)


def doings_of(base: Base) -> dict[str, dict[str, str]]:
    """What is asked → verb → the relations that it asks for, with blanks between."""
    return base.remembered(_doings)()


def _doings(base: Base) -> dict[str, dict[str, str]]:
    """They as the base keeps them. To be called through `Base.remembered`."""
    found: dict[str, dict[str, str]] = json.loads(base.meta.get("doings", "{}"))
    return found


def _either(scan: Scan, clues: list[Clue]) -> list[Clue]:
    """The clues; of two words of which either may be so (牵头或促成) one that either of them explains."""
    by_text = {c.text: c for c in clues}
    for before, word, after in zip(scan.words, scan.words[1:], scan.words[2:], strict=False):
        if not (word.text in _EITHER and before.end == word.start and word.end == after.start):
            continue
        one, other = by_text.get(before.text), by_text.get(after.text)
        if one and other and one.terms and other.terms and not (one.light or other.light):
            terms = tuple(dict.fromkeys((*one.terms, *other.terms)))
            weight, attribute = max(one.weight, other.weight), one.attribute and other.attribute
            both = _made(one._replace(terms=terms, weight=weight, attribute=attribute))
            clues = [both if c is one else c for c in clues if c is not other]
    return clues


def _how_much(scan: Scan, clues: list[Clue]) -> list[Clue]:
    """The clues; the verb right before what names its measure itself (能跑多快) says nothing besides."""
    measures = {c.text for c in clues if c.measure}
    verbs = {
        a.text
        for a, b in pairwise(scan.words)
        if a.end == b.start and b.text in measures and b.text[0] == "多" and a.text[0] in _ABLE and not a.has("r")
    }
    return [c.lightened() if c.text in verbs else c for c in clues] if verbs else clues


def _of_what(scan: Scan, clues: list[Clue]) -> list[Clue]:
    """The clues; what an opinion or a rule is on (对灯塔的前景怎么看) is not what is asked for."""
    on = next((w for w in scan.words if w.text in _ON), None)
    if on is None:
        return clues
    asked = [w for w in scan.words if w.start > on.start and w.has("r")]
    between = {w.text for w in scan.words if asked and on.end <= w.start < asked[-1].start}
    return [c._replace(attribute=False) if c.attribute and c.text in between else c for c in clues]


def relation_terms(clues: Iterable[Clue]) -> frozenset[str]:
    """The relations that a word of a question names, or a verb of it asks for (r:releases, …)."""
    return frozenset(t for c in clues for t in c.terms if t[:2] == "r:")


def figure_clues(quantities: Iterable[Quantity], periods: Iterable[Period], base: Base) -> list[Clue]:
    """The figures and days that a question is about, where it says nothing else (308亿说的是什么)."""
    known = base.remembered(posting)
    terms = figure_terms(quantities, periods)
    return [_made(Clue(t[2:], 3.0 * found.idf, (t,), (), 1)) for t in terms if (found := known(t)).size]


def _tail_clue(scan: Scan, mention: Mention) -> Clue | None:
    """A name inside a longer name (张江 in 张江实验室): the fact has to speak of the longer one."""
    text, tags = scan.text, scan.base.lexicon.tags
    if is_han(text[mention.end - 1]):
        for size in (2, 3, 4):
            tail = text[mention.end : mention.end + size]
            if (
                len(tail) == size
                and "t" in tags.get(tail, ())
                and not covers(scan.mentions, mention.end, mention.end + size)
            ):
                joint = text[mention.end - 1] + tail[0]
                return _made(Clue(mention.text + tail, 2.0, (), ((joint, 0, 1),), 2, attribute=True))
    return None


def _word_clue(text: str, tags: tuple[str, ...], base: Base) -> Clue | None:
    """A lexicon word with a meaning of its own; function words, courtesy and pure question words give none."""
    terms = tuple(t for t in tags if t[0] in "sar" and t[1] == ":")
    has = sorts(tags)
    noun, asking = "k" in has, "q" in has
    if (asking or "p" in tags or "u" in tags) and not terms:
        return None
    role = "i:role" in tags
    telling_head = role or not has.isdisjoint(("n", "t", "e"))
    if "f" in tags or not (terms or noun or telling_head or "l" in tags):
        return None
    han = not text.isascii()
    stems = () if han else words(text)
    if han:
        pairs = [(text[i : i + 2], i, i + 1) for i in range(len(text) - 1)] or [(text, 0, 0)]
        if "a" in has and len(text) > 2:  # 公司 in a statement says nothing of a 母公司
            tags_of = base.lexicon.tags.get
            pairs = [p for p in pairs if "k" not in sorts(tags_of(p[0], ()))] or pairs
    else:
        telling_stems = [s for s in stems if "f" not in base.lexicon.tags.get(s, ())]  # at of "valued at" tells nothing
        pairs = [(s, i, i) for i, s in enumerate(telling_stems or stems)]
    size = len(text) if han else len(pairs)
    own = pairs
    if asking and han and "a" in has and len(_QUESTION.sub("", text)) >= 3:
        asking = noun = False  # 哪个大学毕业 asks for an attribute of its own
        if "q:which" in tags:  # of which 哪个 is no part
            plain = {o for m in _QUESTION.finditer(text) for o in range(m.start(), m.end())}
            own = [p for p in pairs if not plain.issuperset(p[1:])] or pairs
    if asking and not han and "a" in has and _WHO.match(text):
        asking = not any("f" not in base.lexicon.tags.get(s, ()) for s in stems[1:])
    # 最快 of a pack that tells speeds
    degree = "r" in has and not _DEGREES.isdisjoint(tags) and not text.startswith(_ORDINALS)
    light = "l" in tags or noun or asking or ("i" in has and not (role or degree))
    rarity = [found.idf for p in own if (found := posting(p[0], base)).size]
    telling = min(rarity) if rarity and len(rarity) == len(own) else 0.6
    weight = telling * min(size, 3) * (1.0 if han else 1.6)
    if light:
        weight *= 2 * LIGHT if noun else LIGHT
    measure = asking and any(t[0] in "ar" for t in terms)
    said: tuple[str, ...] = ()
    if measure:
        rest = _PLAIN.sub("", text)
        if han:  # 多少 in a statement explains nothing of 融了多少
            plain = {o for m in _PLAIN.finditer(text) for o in range(m.start(), m.end())}
            pairs = [p for p in pairs if not plain.issuperset(p[1:])]
        said = tuple(bigrams(rest)) if han else tuple(s for s in stems if s not in _PLAIN_WORDS)
        if han and len(rest) < 2:
            said = (rest,) if rest and text[0] == "谁" else ()  # 谁投了
    attribute = not (light or degree) and ("a" in has or ("r" in has and "s" not in has))
    return _made(Clue(text, weight, terms, tuple(pairs), size, light, attribute, measure, said))


def _content_clue(scan: Scan, start: int, end: int) -> tuple[Clue, bool]:
    piece, base = scan.text[start:end], scan.base
    known = base.remembered(posting)
    if piece[0].isascii():
        stems = words(piece)
        held = [p for p in map(known, stems) if p.size]
        telling = max((p.idf for p in held), default=1.0)
        return _made(Clue(piece, telling * 2.0, tuple(stems), (), 1)), bool(held)
    around = scan.text[max(0, start - 1) : end + 1]
    shift = start - max(0, start - 1)
    pairs = []
    rarity = []
    for i in range(len(around) - 1):
        pair = around[i : i + 2]
        if not (is_han(pair[0]) and is_han(pair[1])):
            continue
        first, last = max(0, i - shift), min(len(piece) - 1, i + 1 - shift)
        pairs.append((pair, first, last))
        if (found := known(pair)).size:
            rarity.append(found.idf)
    if len(piece) == 1:
        pairs.append((piece, 0, 0))
    telling = sum(rarity) / len(rarity) if rarity else 1.0
    size = len(piece)
    weight = telling * (size if size <= 4 else 4 + (size - 4) * 0.5) * (0.3 if size == 1 else 1.0)
    # what it shares with the word beside it (马云[回杭]州) makes a long piece no known word
    own = [p for p in pairs if p[0] in piece] if size > 2 else pairs
    return _made(Clue(piece, weight, (), tuple(pairs), size)), any(base.postings(p[0]) for p in own)
