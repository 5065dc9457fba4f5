"""Those of a list that are in a place, or are not (组长里哪几家不在甲城, 除了甲城的还有谁)."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.asking.alone import Answerer
from knowledge.asking.follow import NOTHING
from knowledge.asking.reply import reply
from knowledge.finding.outcome import Context, Outcome, noted, part_for
from knowledge.reading.either import past_noun
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_WHICH_ONES = "哪(?:[几些一]?[个家款位所项座]|些)(?:成员)?"
_WHICH = f"(?:有|是)?(?:{_WHICH_ONES}|谁)"
_BEFORE_NOUN = pattern(_WHICH_ONES, holds="哪")
_ASKED = pattern(
    rf"^(?P<list>[^?？]{{4,40}}?)(?:里面?|当?中|之中)?[,，]?{_WHICH}(?P<not>不|没有?|并不|并非)?都?"
    r"(?:在|位于|设在|来自|属于|是(?!不是))(?P<what>[^,，?？在是]{2,14}?)[呢啊呀]*[ ?？]*$"
)
"""组长里哪几家不在甲城."""
_BESIDES = pattern(
    r"^(?P<list>[^?？]{4,40}?)(?:里面?|当?中|之中)?[,，]?"
    r"除(?:了|去|开)?(?P<what>[^,，?？]{2,12}?)(?:的?那[几些]?家?)?(?:之外|以外|外)?[,，]?"
    rf"(?:都|还|另)?(?:剩|剩下)?{_WHICH}[呢啊呀]*[ ?？]*$"
)
"""组长里除了甲城的还有谁."""
_ASKING = ("哪", "谁")
_LYING = ("在", "位于", "来自", "属于", "是", "除")
_A_LIST = 3
"""Members of a list of which some are chosen."""


class _Choice(NamedTuple):
    """Which of a list are asked for."""

    members: str
    """The question for all of the list."""
    place: int
    without: bool
    """Whether those that are not there are asked for."""
    kinds: frozenset[str]
    """The kinds of member that are asked for; none if it is not said of what kind they are."""


def members_asked(text: str, answerer: Answerer, context: Context) -> Outcome | None:
    """The outcome for those of a list that are, or are not, in a place; None if it is not known of each member."""
    choice = _choice(text, answerer) if any(word in text for word in _ASKING) else None
    if choice is None:
        return None
    reading = answerer.readings.read(text)
    direct = None if choice.without else answerer.fresh(reading, NOTHING, context)
    if direct and (told := _told_there(direct, choice.place)):
        return told
    whole = answerer.fresh(answerer.readings.read(choice.members), NOTHING, context)
    facts = whole.parts[0].facts if whole.status == "answered" else ()
    listing = next((f for f in facts if len(f.objects) >= _A_LIST), None)
    chosen = _chosen(listing, choice, answerer.base) if listing else {}
    if listing is None or not chosen:
        return None
    facts = tuple(dict.fromkeys((listing, *chosen.values())))
    notes = noted(answerer.base, "members", reading, facts, ()).notes
    part = part_for(reading, "members", facts, listed=tuple(chosen), notes=notes)
    return reply(answerer.readings, reading, (part,), (), context)


def _told_there(direct: Outcome, place: int) -> Outcome | None:
    """What a statement says of those in the place itself; None if none does."""
    if direct.status != "answered" or len(direct.parts) != 1:
        return None
    there = tuple(f for f in direct.parts[0].facts if place in f.entities)
    return direct._replace(parts=(direct.parts[0]._replace(facts=there),)) if there else None


def _choice(text: str, answerer: Answerer) -> _Choice | None:
    """Which of what list a folded question asks for, None if it is of another form."""
    base = answerer.base
    if not any(word in text for word in _LYING):
        return None
    text, kinds = _without_noun(text, base)
    found = _BESIDES.match(text) if "除" in text else None
    without = found is not None
    if found is None and (found := _ASKED.match(text)):
        without = found["not"] is not None
    if found is None:
        return None
    mentions, (start, end) = answerer.readings.read(text).mentions, found.span("what")
    named = next((m for m in mentions if start <= m.start < end and end == past_noun(text, m.end, base)), None)
    if named is None or base.entity(named.entities[0]).kind not in base.where:
        return None
    others = {m.entities[0] for m in mentions if m.end <= found.end("list")} - base.whole
    if any(base.entity(e).kind in base.where for e in others):
        return None  # who of those in 甲城 is elsewhere: they are told of there
    return _Choice(f"{found['list']}有哪些", named.entities[0], without, kinds)


def _without_noun(text: str, base: Base) -> tuple[str, frozenset[str]]:
    """A text without the noun behind what asks which ones (哪几家公司), and the kinds that it names."""
    asked = _BEFORE_NOUN.search(text)
    noun = base.lexicon.noun_at(text, asked.end()) if asked else None
    return (text[: asked.end()] + text[noun[0] :], noun[1]) if asked and noun else (text, frozenset())


def _chosen(listing: FactRow, choice: _Choice, base: Base) -> dict[int, FactRow]:
    """The members asked for, each with the fact that says so; none if it is not known of each member."""
    chosen: dict[int, FactRow] = {}
    kinds = base.kinds_like(choice.kinds)
    for e in listing.objects:
        if kinds and base.entity(e).kind not in kinds:
            continue
        where = _where(e, base.entity(choice.place).kind, base)
        if where is None:
            return {}
        place, fact = where
        if (place == choice.place or base.holds(choice.place, place)) != choice.without:
            chosen[e] = fact
    return chosen


def _where(e: int, kind: str, base: Base) -> tuple[int, FactRow] | None:
    """The one place of a kind where a member is, and the fact that says so; None if it is not known."""
    told = [f for f in base.facts_on(e) if base.relations[f.relation].answers == "place" and f.objects]
    told = [f for f in told if not f.negated and not f.former and not f.planned]
    of_kind = {p: f for f in reversed(told) for p in f.objects if base.entity(p).kind == kind}
    return of_kind.popitem() if len(of_kind) == 1 else None
