"""What a thing is: the card of one that is named and nothing asked of it, or of several."""

from __future__ import annotations

from knowledge.deciding.apiece import together
from knowledge.deciding.unnamed import TO_NAME
from knowledge.deciding.verify import Verifier
from knowledge.finding.certainty import Bar
from knowledge.finding.outcome import Part, noted
from knowledge.finding.probe import NO_HINTS
from knowledge.finding.sought import explains
from knowledge.reading.reading import Reading
from knowledge.reading.utterance import speaker
from knowledge.store.base import FactRow
from knowledge.text.patterns import pattern

_MOST = 4
"""Things of which each has a card, and facts on a card."""
_SAID_BESIDE = 0.5
"""Weight of the words beyond which what each of several things is is not all that is asked (分别是什么类型的产品)."""
_LAST = 99
"""Place on a card of a relation that the pack puts nowhere."""
_OBJECT = pattern("[了过](?:什么|啥|哪)")
"""Asks what somebody did, not what he is (甲发布了什么)."""
_NO_CARD = frozenset({"verify", "procedure"})
"""Intents that ask for more than what a thing is."""


def is_card(bar: Bar, reading: Reading) -> bool:
    """A bare name, or 'X是什么' with nothing else."""
    if reading.text.startswith(TO_NAME) or _OBJECT.search(reading.text):
        return False
    if speaker(reading, bar.base):
        return False
    topics = set(bar.readings.topics(reading))
    if len(topics) != 1 or reading.quantities or reading.periods or reading.excepted:
        return False
    who = reading.word("q:person")
    if who and reading.clues and reading.mentions[0].end <= who.start:
        return False  # 刘庆峰感谢了谁 asks whom he thanked
    if any(c.terms or not c.light for c in reading.clues) or bar.base.sorts.asked(_nameless(bar, reading)):
        return False  # 甲里用的什么芯片 asks for one of a sort
    e = topics.pop()
    kind = bar.base.entity(e).kind
    if any(_apart(bar, e, other) for other in {m.entities[0] for m in reading.mentions} - {e}):
        return False  # 甲城算力券 asks for what is told of both
    if "person" in reading.asks and (kind not in bar.base.who | bar.base.persons or _told(bar, reading, e)):
        return False  # 马尔奖是谁的, 刘庆峰感谢了谁 ask who, not what
    if "which" in reading.asks and not reading.kinds and _told(bar, reading, e):
        return False  # 刘庆峰感谢了什么
    if "which" in reading.asks and reading.kinds and kind in bar.base.where and kind not in reading.kinds:
        return False  # 深圳的是哪家 asks for a firm, 杭州是哪个省的 for what it is in
    return not reading.asks - {"definition", "how", "person", "which"} and reading.intents.isdisjoint(_NO_CARD)


def _nameless(bar: Bar, reading: Reading) -> str:
    """The question without the name of what it is about."""
    text = reading.text
    for i in reversed(reading.things(bar.base)):
        text = text[: reading.mentions[i].start] + text[reading.mentions[i].end :]
    return text


def _apart(bar: Bar, e: int, other: int) -> bool:
    """Whether a topic named beside a thing is more than a noun for it (乙公司算力, and not 丙大模型)."""
    thing, topic = bar.base.entity(e), bar.base.entity(other)
    if thing.kind in bar.base.where:
        return True
    if thing.kind in bar.base.lexicon.kinds(bar.base.tables.fold(topic.zh)):
        return False
    return frozenset(bar.base.facts_of(e)).isdisjoint(bar.base.facts_of(other))


def _told(bar: Bar, reading: Reading, e: int) -> bool:
    """Whether a light word of the question (感谢) is said of the thing somewhere."""
    keys = {key for c in reading.clues if c.size > 1 for key in c.keys}
    return bool(keys) and any(not keys.isdisjoint(bar.base.fact(f).terms) for f in bar.base.facts_of(e))


def card(desk: Verifier, reading: Reading) -> Part | None:
    """The facts that say what an entity is."""
    base, e = desk.base, desk.readings.topics(reading)[0]
    order = {r: n for n, r in enumerate(base.card)}
    facts = [base.fact(f) for f in base.facts_of(e)]
    own = [f for f in facts if e in (f.subject, *f.objects)]
    facts = own if len(own) > 1 or (own and "definition" in reading.asks) else facts
    if not facts or ("definition" in reading.asks and not explains(e, facts, base)):
        return None
    facts.sort(key=lambda f: (f.subject != e, order.get(base.relations[f.relation].id, _LAST), f.f))
    chosen: list[FactRow] = []
    for fact in facts:
        if all(f.relation != fact.relation or f.value != fact.value for f in chosen):
            chosen.append(fact)
    return noted(desk.base, "card", reading, tuple(chosen[:_MOST]), ())


def cards(desk: Verifier, reading: Reading) -> Part | None:
    """What each of several things is (A与B各是什么): the first fact of each card."""
    if not together(reading) or reading.quantities or reading.periods or any(not c.light for c in reading.clues):
        return None
    if sum(c.weight for c in reading.clues) > _SAID_BESIDE and (each := desk.decider.apiece.each(reading, NO_HINTS)):
        return each
    alone = [reading.mentions[i] for i in reading.things(desk.base)]
    if any(w.has("e") and not w.has("q") for w in reading.words):
        return None  # 甲和乙对船的数量的说法分别是: a figure is asked for, by both
    if reading.asks - {"definition", "which"} or reading.kinds or not 2 <= len(alone) <= _MOST:
        return None
    parts = [card(desk, reading._replace(mentions=(m,))) for m in alone]
    facts = tuple(dict.fromkeys(p.facts[0] for p in parts if p))
    return noted(desk.base, "card", reading, facts, ()) if len(facts) == len(alone) else None
