"""Whether a fact tells what is asked to have been done, or one of the kind asked for: who did it, and to what."""

from __future__ import annotations

from knowledge.finding.finding import Finding
from knowledge.finding.judge import explained
from knowledge.finding.probe import Hints
from knowledge.linking.scan import Word
from knowledge.reading.asked import CHOOSING
from knowledge.reading.clues import Clue
from knowledge.reading.reading import Reading
from knowledge.reading.readings import Readings
from knowledge.store.base import Base, FactRow, RelationRow
from knowledge.text.patterns import pattern

_UNDERGONE = ("when was ", "when were ")
"""So begins a question of when something was done to what is named."""
_HALF = 0.5
_WHO_ELSE = frozenset({"list", "person"})
_PERSON = frozenset({"person"})
_ROW = 3
"""Members that a list has at least."""
_HEAVY = 1.5
"""Weight of a verb that no fact may leave out."""
_DEED = 0.8
"""Weight of a verb by which it is asked who did that."""
_ANSWERS = 0.8
"""Fitness from which on a fact names one of the kind."""
_WHO_DID = pattern(
    "(?:谁|哪位|何人|哪个人|边个)的?(?:来|去|在|都|最终|最后|亲自|负责|出面|当场|在场|当时|公开|带头|率先)*"
    r"|\bwho (?:was it that |is |was |has |had |first |actually |personally )*"
)
"""What stands right before the verb for what somebody did, where it is asked who did."""
_DONE_BY = pattern("(?:了|过|的是|的|到|出)*$")
"""What stands between the verb and what asks for its object."""


def lacks_doing(finding: Finding, reading: Reading) -> bool:
    """Whether it is asked by whom something was done, and the fact says nothing of that deed."""
    return any(c.weight >= _DEED and by_whom(c.text, reading.text) for c in finding.missing)


def not_by_any(finding: Finding, reading: Reading) -> bool:
    """Whether it is asked which people did something (有谁反对), and the fact says nothing of that."""
    if "person" in reading.asks and by_another_tie(finding, reading):
        return True
    if reading.asks == _PERSON and any(by_whom(c.text, reading.text) for c in finding.missing):
        base, named = finding.probe.base, reading.entities
        return all(e in named or base.entity(e).kind not in base.who - base.where for e in finding.fact.spoken)
    return "list" in reading.asks and "谁" in reading.text and lacks_doing(finding, reading)


def by_another_tie(finding: Finding, reading: Reading) -> bool:
    """Whether a fact ties a thing to somebody else than the one asked for or claimed (谁演的: its director)."""
    base, fact = finding.probe.base, finding.fact
    own = base.relations[fact.relation]
    if own.value != "entity" or fact.relation_term in finding.probe.slot.told:
        return False
    ties = base.remembered(_ties)()
    untold = [c for c in reading.clues if explained(c, fact.terms) < _HALF]  # 推出了 tells 推出的
    asked = [t for c in untold for t in c.terms if t in ties and (t[0] == "a" or _only_tie(c))]
    return bool(asked) and fact.terms.isdisjoint(asked) and all(own.id not in ties[t] for t in asked)


def _only_tie(clue: Clue) -> bool:
    """Whether a word is a cue of one relation (投资方), and not of several (旗下)."""
    return sum(term.startswith("r:") for term in clue.terms) == 1


def _ties(base: Base) -> dict[str, frozenset[str]]:
    """What a relation to a thing is called → such relations. To be called through `Base.remembered`."""
    found: dict[str, frozenset[str]] = {}
    for relation in base.relations:
        tags = base.lexicon.tags.get(base.tables.fold(relation.zh), ()) if relation.value == "entity" else ()
        attributes = [tag for tag in tags if tag[:2] == "a:"]
        if relation.value == "entity" and not attributes:
            found[f"r:{relation.id}"] = frozenset((relation.id,))
        for tag in attributes:
            found[tag] = found.get(tag, frozenset()) | {relation.id}
    return found


def by_whom(verb: str, text: str) -> bool:
    """Whether it is asked by whom that was done (是谁宣读的, 由谁来宣读)."""
    if (who := _WHO_DID.search(text)) and text.startswith(verb, who.end()):
        return True
    end = text.rfind(f"{verb}的")
    return end > 0 and "是谁" in text[:end] and not text[end + len(verb) + 1 :].strip("?？ 呢啊呀")


def of_another(fact: FactRow, reading: Reading, readings: Readings) -> bool:
    """Whether a fact is on another person than the one asked about, or tells when something of another firm was."""
    return _on_another_person(fact, reading, readings) or _dated_of_another(fact, reading, readings)


def _on_another_person(fact: FactRow, reading: Reading, readings: Readings) -> bool:
    """Whether a fact is on a person where another is asked about, who only wrote the article it stands in."""
    base = readings.base
    if "person" in reading.asks or base.entity(fact.subject).kind not in base.persons:
        return False
    named = [e for e in readings.named(reading) if base.entity(e).kind in base.persons]
    return bool(named) and fact.entities.isdisjoint(named)


def _dated_of_another(fact: FactRow, reading: Reading, readings: Readings) -> bool:
    """Whether a fact tells the date of another firm than the one asked about (甲哪年成立的: when what it runs was)."""
    if "date" not in reading.asks:
        return False
    base, named = readings.base, readings.named(reading)
    relation, who = base.relations[fact.relation], base.who
    if not named or base.entity(fact.subject).kind not in who or any(base.entity(e).kind not in who for e in named):
        return False
    if relation.value == "entity" and reading.text.startswith(_UNDERGONE):
        asked = any(f"r:{relation.id}" in clue.terms for clue in reading.clues)
        return not asked and not {fact.subject, *fact.objects}.issubset(named)
    return relation.value == "date" and fact.subject not in named


def done_else(finding: Finding, reading: Reading) -> bool:
    """Whether it is asked what was done so (接入了哪几家), and the fact says neither that nor as much else."""
    if not reading.asks & CHOOSING:
        return False
    told = finding.own + finding.cued
    heavy = [c.text for c in finding.missing if not c.light and c.terms and c.weight >= max(_HEAVY, told)]
    ends = [_DONE_BY.sub("", reading.text[: w.start]) for w in reading.words if _is_object(w)] if heavy else []
    return any(end.endswith(text) for end in ends for text in heavy)


def _is_object(word: Word) -> bool:
    """Whether a question word may ask for what is done: behind a noun (人数有什么) it asks of that."""
    return word.has("q") and word.text[0] not in "有都是"


def of_no_kind(finding: Finding, reading: Reading) -> bool:
    """Whether one of a kind is asked for, and the fact neither names one nor says anything of the question."""
    if not reading.kinds or not reading.asks & CHOOSING or finding.fits >= _ANSWERS:
        return False
    return not (finding.own or finding.cued or finding.light)


def names_no_other(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether it is asked who there is besides (除了甲还有谁), and the fact names nobody of that kind."""
    if not reading.asks <= _WHO_ELSE or fact.listed >= _ROW:
        return False
    kinds = base.kinds_like({base.entity(e).kind for e in reading.excepted})
    return not any(base.entity(e).kind in kinds for e in fact.entities - reading.excepted - reading.entities)


def names_of_ties(base: Base) -> dict[str, str]:
    """Group of words that name such a relation (谁创立的) → its tag. To be called through `Base.remembered`."""
    ties = [(f"r:{r.id}", base.tables.fold(r.zh)) for r in base.relations if of_persons(r)]
    return {t: tie for tie, label in ties for t in base.lexicon.tags.get(label, ()) if t[:2] == "a:"}


def of_persons(relation: RelationRow) -> bool:
    """Whether a relation ties a thing to who founded or bought it."""
    return relation.value == "entity" and relation.answers == "person"


def of_those_left(reading: Reading, hints: Hints) -> bool:
    """Whether those who are left are asked for (剩下那几家), and nobody was named whom to leave out."""
    if "others" not in reading.intents or not reading.asks <= CHOOSING - {"place"} or hints.entities:
        return False
    return "except" not in reading.intents and not reading.excepted
