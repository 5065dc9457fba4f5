"""The question behind a claim: what is claimed taken out, and the question word of its kind in its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from knowledge.deciding.happening import done_by_another
from knowledge.deciding.objection import agrees, implies, is_money, is_near, is_time, places_another
from knowledge.linking.link import Mention
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.dates import Period
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import pattern

_CLAIMING = frozenset({"verify", "opens", "check"})
_CHECKING = frozenset({"i:verify", "i:check"})
_PLACE = pattern(r"第[一二三四五六七八九十\d]+(?![届代批层期版次个款部])|首位|榜首|冠军")
_AMONG = pattern(
    r"(?:(?:[里中内]|当中|之中|里面|名单[上里中]?)[,，]?(?:是否|是不是|应该|好像|根本|压根儿?|完全|其实|并|可)?(?:没?[有含]|(?:没有?|未)(?:提[到及]?|点到|点名|列[出入了]?|收录|写[到了]?))|有没有|[没未不包]?包[括含]|\binclude)"
    r"[ “「『《\"']*$"
)
"""What asks whether something is one of several."""
_DENYING = frozenset({"negation", "rest"})
_NOT_AMONG = pattern(
    r"(?:(?<!有)(?:没有?|未)(?:提[到及]?|点到|点名|列[出入了]?|收录|写[到了]?)?|[不未没]包?[括含])[ “「『《\"']*$"
)
"""What says that something is not one of them, right before it."""
_OWNED = pattern(r" ?(?:的 ?)?[“「『《\"']?")
"""What stands between a thing and whose it is."""
_DOER = pattern(r"[是由被][“「『《\"']?$")
_DEED = pattern(r"[^,，;；]{2,30}的|[^,，;；]{0,12}[发推研开创提]")
"""What stands on both sides of who is claimed to have done something."""
_TAIL = pattern(r"[的 ,，?？。!！]*$")
_BY_WHOM = frozenset({"person"})


class Place(NamedTuple):
    """A place in an order that is claimed."""

    start: int
    end: int
    text: str


class Inquiry(NamedTuple):
    """What would be asked by somebody who does not know what is claimed (甲由谁创办, for 甲由乙创办吗)."""

    reading: Reading
    claimed: Mention | Quantity | Period | Place
    """What was taken out."""

    @property
    def of_name(self) -> bool:
        """Whether a name is claimed, and no figure, time or place in an order."""
        return isinstance(self.claimed, Mention)

    def denied_by(self, fact: FactRow, claim: Reading, base: Base) -> bool:
        """Whether a fact, the answer to the question, gives something else than what is claimed."""
        match self.claimed:
            case Mention():
                if done_by_another(fact, claim, base):
                    return False
                kinds = base.kinds_like((base.entity(self.claimed.entities[0]).kind,))
                by_whom = self.reading.asks == _BY_WHOM and kinds.isdisjoint(base.persons)
                return _names_another(fact, self.claimed, claim, base.who - base.where if by_whom else kinds, base)
            case Quantity():
                borne_out = agrees(fact, self.claimed, claim.text)
                otherwise = borne_out is None and _counts_otherwise(fact, self.claimed)
                otherwise = otherwise and not implies(fact, self.claimed)
                return borne_out is False or (otherwise and not is_near(fact, self.claimed, claim.text))
            case Place():
                ranked = base.relations[fact.relation].value == "rank"
                first = self.claimed.text in _FIRST and any(word in fact.value for word in _LEADING)
                same = first or self.claimed.text in fact.value
                return ranked and not same
        return bool(fact.periods) and not any(p.overlaps(self.claimed) for p in fact.periods)


_FIRST = ("第一", "首位", "榜首", "冠军")
"""Words for the first place."""
_LEADING = ("第一", "首", "最多", "最大", "最高", "领先", "领跑")
"""What the value of a rank has that may be the first place."""


def inquiries(claim: Reading, base: Base) -> Iterator[Inquiry]:
    """The questions behind a claim, the likeliest first.

    What stands at the end (…的是甲吗) is what is claimed; else places in an order, figures and times are, before names.
    """
    if found := _among(claim, base):
        yield found
        return
    end = _end(claim)
    last = [
        i
        for i in claim.things(base)
        if claim.mentions[i].end == end and claim.text[: claim.mentions[i].start][-1:] == "是"
    ]
    if not last:
        yield from of_values(claim, base)
    place = _PLACE.search(claim.text)
    if last or (place and place[0] in _FIRST) or not (place or claim.quantities):
        told = bool(claim.clues)
        things = [(i, base.entity(claim.mentions[i].entities[0]).kind) for i in claim.things(base)]
        # 甲是乙的吗 asks whose a thing is: by whom, or of which topic, it does not say
        if told or base.persons.isdisjoint(kind for _, kind in things):
            for i, kind in reversed(things):
                if told or kind not in base.topics:
                    yield from of_name(claim, i, base)


def of_values(claim: Reading, base: Base) -> Iterator[Inquiry]:
    """The questions for a place in an order, for figures and for times."""
    bare = unclaimed(claim)
    if (place := _PLACE.search(claim.text)) and "compare" not in claim.intents:
        text = blanked(claim.text, *place.span())
        left = tuple(q for q in claim.quantities if not place.start() <= q.start < place.end())
        asked = bare._replace(text=text, quantities=left, asks=frozenset({"rank"}))
        yield Inquiry(asked, Place(*place.span(), place[0]))
        return
    for given in claim.quantities:
        left = tuple(q for q in claim.quantities if q is not given)
        asks, units = _asked_of(given, base)
        text = blanked(claim.text, given.start, given.end)
        yield Inquiry(bare._replace(text=text, quantities=left, asks=asks, units=units), given)
    for when in claim.periods:
        rest = tuple(p for p in claim.periods if p is not when)
        text = blanked(claim.text, when.start, when.end)
        yield Inquiry(bare._replace(text=text, periods=rest, asks=frozenset({"date"})), when)


def of_name(claim: Reading, index: int, base: Base) -> Iterator[Inquiry]:
    """The questions for one of the names."""
    named = claim.mentions[index]
    kind = base.entity(named.entities[0]).kind
    first = index - (kind not in base.where and _placed(claim.mentions[:index], named, base))
    asks, kinds = asked_by(kind, base)
    asked = without(claim, first, index)
    yield Inquiry(asked._replace(asks=asks, kinds=kinds), named)
    # who did it, of whatever kind he is, where somebody is claimed to have (是甲在乙发布的)
    does = kind in base.who - base.persons and _DOER.search(claim.text, 0, named.start)
    if does and _DEED.match(claim.text, named.end):
        yield Inquiry(asked._replace(asks=_BY_WHOM, kinds=()), named)


def _placed(before: tuple[Mention, ...], named: Mention, base: Base) -> bool:
    """Whether the place where it is stands right before a name (南京孩子王): it is claimed with that."""
    place = before[-1] if before else None
    return place is not None and place.end == named.start and base.entity(place.entities[0]).kind in base.where


def _among(claim: Reading, base: Base) -> Inquiry | None:
    """The question which ones they are, where it is asked whether something is one of them."""
    things = claim.things(base)
    if not things:
        return None
    last = things[-1]
    named = claim.mentions[last]
    if claim.text[named.end : named.end + 1] == "的":
        return None  # 有没有甲的乙: a name that nobody knows is claimed
    # 甲的「乙」: whose it is goes with it
    first = last - (last > 0 and bool(_OWNED.fullmatch(claim.text, claim.mentions[last - 1].end, named.start)))
    if first == 0:
        return None
    if not _AMONG.search(claim.text, claim.mentions[first - 1].end, claim.mentions[first].start):
        return None
    kinds = (base.entity(named.entities[0]).kind,)
    return Inquiry(without(claim, first, last)._replace(asks=frozenset({"list"}), kinds=kinds), named)


def asks_if_listed(claim: Reading, base: Base) -> bool:
    """Whether it is claimed that something is one of several (…里有甲吧)."""
    return claim.intents.isdisjoint(_DENYING) and _among(claim, base) is not None


def said_of_list(claim: Reading, base: Base) -> Reading | None:
    """The claim that something is one of several, where it is claimed not to be (…里没有甲吧); None elsewhere."""
    found = _among(claim, base) if claim.intents & _DENYING else None
    if found is None or not isinstance(found.claimed, Mention):
        return None
    if not _NOT_AMONG.search(claim.text, 0, found.claimed.start):
        return None
    return claim._replace(intents=claim.intents - _DENYING)


def unclaimed(claim: Reading) -> Reading:
    """The claim as no claim any more."""
    words = tuple(w for w in claim.words if _CHECKING.isdisjoint(w.tags))
    return claim._replace(intents=claim.intents - _CLAIMING, words=words)


def without(claim: Reading, first: int, last: int) -> Reading:
    """The claim as no claim any more, without some of its mentions."""
    left = tuple(m for i, m in enumerate(claim.mentions) if not first <= i <= last)
    text = blanked(claim.text, claim.mentions[first].start, claim.mentions[last].end)
    return unclaimed(claim)._replace(text=text, mentions=left)


def _end(claim: Reading) -> int:
    """Where the claim ends, and only what makes a question of it stands behind."""
    end = _TAIL.search(claim.text).start()  # type: ignore[union-attr]
    for word in reversed(claim.words):
        if word.end == end and not _CHECKING.isdisjoint(word.tags):
            end = _TAIL.search(claim.text, 0, word.start).start()  # type: ignore[union-attr]
    return end


def _asked_of(given: Quantity, base: Base) -> tuple[frozenset[str], frozenset[str]]:
    """The type of figure, and the units, that are asked for where one is claimed."""
    if given.is_share:
        return frozenset({"share"}), frozenset()
    if is_money(given, base):
        return frozenset({"amount"}), frozenset()  # 12亿美元 may be wrong in the money too
    if is_time(given):
        return frozenset({"duration"}), frozenset()
    return frozenset({"number"}), frozenset({given.unit} if given.unit else ())


def asked_by(kind: str, base: Base) -> tuple[frozenset[str], tuple[str, ...]]:
    """The type of answer, and the kinds of entity, that are asked for where one of a kind is claimed."""
    if kind in base.persons:
        return frozenset({"person"}), ()
    if kind in base.where:
        return frozenset({"place"}), ()
    return frozenset({"which"}), (kind,)


def _names_another(fact: FactRow, claimed: Mention, claim: Reading, kinds: frozenset[str], base: Base) -> bool:
    """Whether the statement names another of these kinds than what is claimed, and nothing that this is or lies in."""
    if not fact.within.isdisjoint(claimed.entities) or places_another(fact, claim, base):
        return False
    others = [e for e in fact.spoken - claim.entities if base.entity(e).kind in kinds]
    return bool(others) and not any(base.holds(e, x) or base.holds(x, e) for e in others for x in claimed.entities)


def _counts_otherwise(fact: FactRow, given: Quantity) -> bool:
    """Whether its only figure is another in the unit of the one claimed."""
    return fact.measured and fact.quantities[0].unit == given.unit and fact.quantities[0].value != given.value


def blanked(text: str, start: int, end: int) -> str:
    """The text with a stretch blanked, so that all else stands where it stood."""
    return text[:start] + " " * (end - start) + text[end:]
