"""Who held a post before or after somebody (甲之前是谁在管, 乙的前任, who succeeded 丙), as far as facts tell it."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.finding.outcome import Part, part_for
from knowledge.finding.sought import label_tags
from knowledge.linking.link import Mention
from knowledge.reading.asked import CHECKING
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_ONE = "\0"
"""Stands for the one named."""
_WHO = "(?:谁|哪一?[位个名]|什么人|何人|啥人)"
_TAKES = "(?:接替|接任|接手|接过|顶替|取代|替代|替换|接|替)"
_COMES = "(?:上任|上台|到任|就任|就职|接手|接任|来|当上?[^,，?？]{1,6}?)?"
_GOES = "(?:离任|卸任|离职|辞职|退休|下台|下课|离开|走|退|被[^,，?？]{1,3})?了?"
_BEFORE = pattern(
    f"{_ONE}的?(?:前任|上一任|前一任|前手)"
    f"|{_ONE}{_COMES}(?:之前|以前|前)[,，]?[^,，?？]{{0,14}}?{_WHO}"
    f"|{_ONE}是?{_TAKES}(?:的是|了|的|过)*{_WHO}"
    rf"|^who .*\bbefore {_ONE}|{_ONE}'s predecessor|\bpredecessor of {_ONE}"
    rf"|\bwhom? did {_ONE} (?:succeed|replace|follow|take over from)"
)
_AFTER = pattern(
    f"{_ONE}的?(?:继任者?|接班人|接任者|后任|下一任|后继者)"
    f"|{_ONE}{_GOES}(?:之后|以后|后)[,，]?[^,，?？]{{0,14}}?{_WHO}(?:来|在)?(?:接|当|任|管|掌|带|负责|领导|主持|执教|顶|继|拿|得|夺|赢)"
    f"|{_ONE}(?:之后|以后|后)[,，]?[^,，?？]{{0,10}}?(?:颁给|发给|给|归|换成|轮到)了?{_WHO}"
    f"|{_WHO}来?{_TAKES}(?:了|的|过)*{_ONE}"
    rf"|\bwho (?:succeeded|replaced|followed|took over from) {_ONE}|^who .*\bafter {_ONE}"
    rf"|{_ONE}'s successor|\bsuccessor (?:of|to) {_ONE}"
)
_OF_POST = pattern(f"{_ONE}[^,，?？的是]{{0,4}}的?(?:前任|上一任|前一任)[^,，?？]{{0,8}}?(?:是|叫|为)?{_WHO}")
"""Of a post or a body the one before is asked for."""
_TAKING = pattern("接替|接任|接手|接过|顶替|取代")
_NEAR = 3
"""Characters between that and the name of the one whose place is taken."""
_SIGNS = (*"前接替后继", "一任", "before", "after", "succe", "predece", "replace", "follow", "took over")
_WON = ("获奖", "冠军")
_ASKED = frozenset({"person", "which", "name"})


def succession(reading: Reading, base: Base) -> tuple[Part | None, bool]:
    """The one who held a post before or after the one named, with that one's own fact; None if it is not told.

    And whether it is known only who came on the other side: then no statement answers.
    """
    if reading.asks.isdisjoint(_ASKED) or reading.intents & CHECKING or not any(s in reading.text for s in _SIGNS):
        return None, False
    named = [m for m in reading.mentions if not base.entity(m.entities[0]).generic]
    persons = [m for m in named if base.entity(m.entities[0]).kind in base.persons]
    if len(persons) == 1:
        later = _side(_with(reading.text, persons[0]))
        if later is None:
            return None, False
        e = persons[0].entities[0]
        if said := _said(e, later=later, base=base):
            # it names both, and which of them is asked for is said by the verb alone
            return part_for(reading, "facts", (said,))._replace(asks=frozenset()), False
        bodies = frozenset[int]().union(*[m.entities for m in named if m is not persons[0]])
        held = [f for f in _posts(e, base) if f.objects[0] == e]
        held = [f for f in held if f.subject in bodies] if bodies else _asked_for(held, reading, base)
    elif len(named) == 1 and _OF_POST.search(_with(reading.text, named[0])):
        e, later, held = -1, False, _asked_for(_holders(named[0].entities[0], base), reading, base)
    else:
        return None, False
    told = [(g, f) for f in held if (g := _beside(f, later=later, base=base))]
    if len({g.objects[0] for g, _ in told}) != 1:
        return None, bool(e >= 0 and (held or _said(e, later=not later, base=base)))
    return part_for(reading, "facts", told[0]), False


def before_last(fact: FactRow, base: Base, *, later: bool) -> tuple[FactRow, ...]:
    """Who held the post of which a fact tells right before, or after, with that fact behind; empty if none is known."""
    beside = _beside(fact, later=later, base=base) if _is_post(fact, base) else None
    return (beside, fact) if beside else ()


def _with(text: str, mention: Mention) -> str:
    """A text with a mark in place of a name."""
    return f"{text[: mention.start]}{_ONE}{text[mention.end :]}"


def _side(text: str) -> bool | None:
    """Whether the one after the marked one is asked for, or the one before; None if neither is."""
    if _BEFORE.search(text):
        return False
    return True if _AFTER.search(text) else None


def _said(e: int, *, later: bool, base: Base) -> FactRow | None:
    """The statement that somebody took the place of one, or that one took somebody's (乙接替甲)."""
    own = base.folded_names(e)
    for fact in map(base.fact, base.facts_of(e)):
        said = base.statement(fact.f)
        if not _TAKING.search(said):
            continue
        others = [base.folded_names(p) for p in fact.entities - {e} if base.entity(p).kind in base.persons]
        if any(_took(said, *((other, own) if later else (own, other))) for other in others):
            return fact
    return None


def _took(said: str, new: Iterable[str], old: Iterable[str]) -> bool:
    """Whether a statement says of one that he took the place of another."""
    return any(
        a < t.start() and t.end() <= b <= t.end() + _NEAR
        for t in _TAKING.finditer(said)
        for one in new
        for other in old
        if (a := said.find(one)) >= 0 and (b := said.find(other, t.end())) >= 0
    )


def _posts(e: int, base: Base) -> list[FactRow]:
    """The facts by which one person holds a post, or something is his."""
    return [f for f in map(base.fact, base.facts_of(e)) if _is_post(f, base)]


def _is_post(fact: FactRow, base: Base) -> bool:
    if base.relations[fact.relation].value != "entity" or len(fact.objects) != 1 or fact.negated:
        return False
    return base.entity(fact.objects[0]).kind in base.persons and base.entity(fact.subject).kind not in base.persons


def _holders(body: int, base: Base) -> list[FactRow]:
    """The last known holder of each post of a body that more than one has held."""
    posts: dict[int, list[FactRow]] = {}
    for fact in _posts(body, base):
        if fact.subject == body:
            posts.setdefault(fact.relation, []).append(fact)
    several = [facts for facts in posts.values() if len({f.objects for f in facts}) > 1]
    return [max(facts, key=lambda f: (not f.former, f.as_of)) for facts in several]


def _asked_for(held: list[FactRow], reading: Reading, base: Base) -> list[FactRow]:
    """The facts on the post that the question names, if it names one of theirs; a prize that is won is no post."""
    tags = {t for w in reading.words for t in w.tags if t[:2] == "r:"}
    own = [f for f in held if f"r:{base.relations[f.relation].id}" in tags]
    won = {t for word in _WON for t in base.lexicon.tags.get(word, ()) if t[:2] == "a:"}
    return own or [f for f in held if won.isdisjoint(base.remembered(label_tags)(f.relation))]


def _beside(fact: FactRow, *, later: bool, base: Base) -> FactRow | None:
    """The fact on the one nearest before, or after, in the same post."""
    others = [
        f
        for f in map(base.fact, base.facts_of(fact.subject))
        if (f.subject, f.relation) == (fact.subject, fact.relation) and _is_post(f, base) and f.objects != fact.objects
    ]
    if later:
        return min((f for f in others if _precedes(fact, f)), key=lambda f: (not f.as_of, f.as_of), default=None)
    return max((f for f in others if _precedes(f, fact)), key=lambda f: f.as_of, default=None)


def _precedes(one: FactRow, other: FactRow) -> bool:
    """Whether one was in the post before the other: by their dates, or since only one is so no more."""
    if one.former != other.former:
        return one.former
    if not one.as_of or not other.as_of:
        return False
    # 2021 may be before or after 2021-04
    return one.as_of < other.as_of and not other.as_of.startswith(one.as_of)
