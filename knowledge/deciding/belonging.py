"""Of whom a statement says what is claimed: of another than who is named, of a part of it, or of its peer."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.deciding.clauses import clauses, like, names_of
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_SENTENCE = pattern("[，,；;：:。]")
_PARTS = pattern("[;；。:：]")
_IS_AT = pattern("(?:设|坐落)?在|[设位]于|坐落于|就?是|为")
"""What stands between a word (总部) and what it is said of (总部在甲)."""
_AGAINST = pattern("[与和跟同较]?[^,，]{1,12}相(?:比|较)|(?:相)?比起[^,，]{1,12}|较之[^,，]{1,12}|相对于[^,，]{1,12}")
"""At the beginning of a statement, what it sets something against."""
_AND = ("、", "和", "与", "及")


def of_others(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether the statement says of others what is claimed of something that it names too."""
    if of_another(fact, reading, base) or _told_of_another(fact, reading, base):
        return True
    return _said_at(fact, reading, base) or _set_against(fact, reading, base)


def of_another(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a figure is that of another than who is named beside it (浙江9个, behind 北京、上海 and 广东)."""
    if not reading.quantities or fact.subject in reading.entities:
        return False
    beside = [m for m in reading.mentions if not fact.entities.isdisjoint(m.entities)]
    kinds = base.kinds_like((base.entity(fact.subject).kind,)) if beside else frozenset()
    # of all there are in the country, half in 北京
    beside = [
        m for m in beside if base.entity(m.entities[0]).kind in kinds and not base.holds(m.entities[0], fact.subject)
    ]
    if not beside:
        return False
    cut = base.remembered(clauses)(fact.f, reading.text.isascii())
    told = [c.text for c in cut if any(c.bears_out(g, reading.text) for g in reading.quantities)]
    if not any(name in text for text in told for name in names_of((fact.subject,), base)):
        return False
    owners = (names_of(m.entities, base) for m in beside)
    return any(not any(name in text for text in told for name in names) for names in owners)


def of_part(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a figure is that of a place inside the one named (67 around a park in 北京, of 北京 there are 120)."""
    if not (reading.quantities and fact.measured) or base.entity(fact.subject).kind not in base.where:
        return False
    named = reading.entities
    if fact.subject in named or fact.subject in base.whole:
        return False
    return any(base.holds(e, fact.subject) and e not in fact.spoken for e in named - base.whole)


def _told_of_another(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether each of several things has a part of the statement, and what is claimed of one is in another's.

    杭州更重规则;北京重示范区 tells nothing of a 示范区 in 杭州.
    """
    text = base.statement(fact.f)
    parts = [p.strip() for p in (_PARTS.split(text) if ";" in text else _SENTENCE.split(text))]
    for mention in reading.mentions:
        peers = names_of(like(mention.entities[0], fact.entities, base), base)
        mine = names_of(mention.entities, base)
        heads = [next((n for n in peers if p.startswith(n)), "") for p in parts]
        own = [p for p, head in zip(parts, heads, strict=True) if head in mine and head]
        others = [p for p, head in zip(parts, heads, strict=True) if head and head not in mine]
        if not own or not others:
            continue
        words = [c.text for c in reading.clues if not c.light and len(c.text) > 1]
        if any(any(w in p for p in others) and not any(w in p for p in own) for w in words):
            return True
    return False


def _set_against(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether what is named is there only what another of its kind is set against (与甲相比，乙领先: 甲领先)."""
    text = base.statement(fact.f)
    against = _AGAINST.match(text)
    if against is None:
        return False
    for mention in reading.mentions:
        names = names_of(mention.entities, base)
        if not any(n in against[0] for n in names) or any(n in text[against.end() :] for n in names):
            continue
        peers = like(mention.entities[0], fact.spoken.difference(mention.entities), base)
        if peers and reading.entities.isdisjoint(peers):
            return True
    return False


def _said_at(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether what is said right behind a word of the claim is another there (总部在甲、也在乙办公: 总部在乙)."""
    text = base.statement(fact.f)
    for mention in reading.mentions:
        heads = [c.text for c in reading.clues if len(c.text) > 1 and c.text in text]
        heads = [w for w in heads if mention.start in _behind(w, reading.text)]
        if not heads or fact.spoken.isdisjoint(mention.entities):
            continue
        mine = names_of(mention.entities, base)
        peers = names_of(like(mention.entities[0], fact.spoken.difference(mention.entities), base), base)
        there = [_names_at(at, text, (*mine, *peers)) for w in heads for at in _behind(w, text)]
        if any(there) and not any(n in mine for names in there for n in names):
            return True
    return False


def _behind(word: str, text: str) -> list[int]:
    """Where in a text stands what is said to be what a word names (总部在, 创始人是)."""
    found, at = [], text.find(word)
    while at >= 0:
        link = _IS_AT.match(text, at + len(word))
        found += [link.end()] if link else []
        at = text.find(word, at + 1)
    return found


def _names_at(at: int, text: str, names: Sequence[str]) -> list[str]:
    """The names that stand at an offset of a text in a row (甲、乙和丙)."""
    row = []
    while name := max((n for n in names if text.startswith(n, at)), key=len, default=""):
        row.append(name)
        at += len(name)
        at += text.startswith(_AND, at)
    return row


def silent_on(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a statement has no word of a theme of which alone it is claimed (甲是开源的吗), though it is on it."""
    if reading.clues:
        return False
    ends = {fact.subject, *fact.objects}
    themes = {e for m in reading.mentions for e in m.entities[:1]} & base.generic - ends
    return any(not any(map(base.entity(e).stands_in, (fact.zh, fact.en))) for e in themes)
