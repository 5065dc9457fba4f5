"""Whether a fact tells what is sought at all: one of the sort asked for, an attribute, what a term means."""

from __future__ import annotations

import re

from knowledge.finding.finding import LITTLE, Finding
from knowledge.finding.judge import explained
from knowledge.finding.probe import Hints
from knowledge.linking.link import Mention
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import is_han, pattern
from knowledge.text.terms import bigrams

_DEFINITION = frozenset({"definition"})
_WORD = 2
"""Characters of a word that means something by itself: 美 and 戴 stand for the name."""
_SAID = 0.8
"""Weight of the words that a statement has itself, where it has others in names only."""
_MUCH = 0.8
"""Weight of the words of a question that it then has left unexplained."""
_HALF = 0.5
"""Share of a noun (power consumption) up to which a fact does not speak of it."""
_IMPLIED, _NEARLY = 0.7, 2.0
"""How far a statement that only implies who it is tells that, and by how much of its score it may be ahead."""
_HEAVY = 1.5
"""Weight of a word that says what is sought, if it is more than all that is told."""
_WHAT_IS = pattern(r"\bwhat(?:'s| is| was| are| were)\b")
_WHAT_OF = pattern(
    r"\bwhat(?:'s| is| was| are| were) (?:the |its )?(?:[\w-]+ ){0,4}?([\w-]+) of\b"
    r"|\bwhat(?:'s| is| was| are| were) [^?]*'s? (?:[\w-]+ ){0,3}?([\w-]+)[?]*$"
)
"""The noun for what of a thing is asked for."""
_TERM = pattern(
    "^(?:什么是|何谓|什么叫|啥是|啥叫)?([\u3400-\u9fff]{3,8}?)(?:到底|究竟|具体)?"
    "(?:是什么意思|是啥意思|什么意思|啥意思|是什么东西|是啥东西|是个什么|是什么|是啥|是个啥|指什么|指的是什么)?(?:[,，?？。]|$)"
)
"""A term that alone is asked what it is."""
_NAME = pattern(
    '^[“「《"『]?([㐀-鿿]{3,8})(?:[”」》"』]([㐀-鿿]{0,4}?))?(?:是|属于|出自|归|由)(?:哪|谁|什么(?!意思)|啥(?!意思))'
)
"""What is asked whose it is, by name; with the noun for what it is, which stands apart where the name has quotes."""
_NAME_SIZE = range(3, 6)
_QUOTED = pattern('(?:^|[“「"『])(?!第|首)([^“”「」『』"]{2,6})[”」"』]')
_NUMBERED = pattern(r"\d{2,}[㐀-鿿]{2,4}")
"""A name even without a noun for what it is."""
_ADJECTIVE = pattern(" [a-z]+(?= )")
_QUOTES = frozenset('“”「」『』"')
_SAYS = pattern("(?:技术)?[“”「」\"']*(?:是|即|指|为|意|就是|又称|也叫|：|:|,也就是|（|\\()")


def tells(finding: Finding, reading: Reading, hints: Hints, base: Base) -> bool:
    """Whether a finding may tell what is sought; what was spoken of before needs no name."""
    if _lacks_attribute(finding, reading) or _of_another_rate(finding) or not _defines(finding.fact, reading, base):
        return False
    hidden = _only_in_names(finding, reading, base)
    if hidden and finding.own + finding.cued - hidden < _SAID:
        return False
    return bool(hints.entities) or _of_the_name(finding.fact, reading, base)


def _only_in_names(finding: Finding, reading: Reading, base: Base) -> float:
    """Weight of the words of a question that a fact has only inside the name of somebody who is not asked about."""
    fact = finding.fact
    words = [c for c in reading.clues if not c.light and len(c.text) >= _WORD and is_han(c.text[0])]
    words = [c for c in words if c not in finding.missing and fact.terms.isdisjoint(c.terms)]
    if not words:
        return 0.0
    names = _acting(fact, reading, base)
    within = [c for c in words if any(c.text in name for name in names)]
    said = _nameless(fact, names, base) if within else ""
    return sum(c.weight for c in within if c.text not in said)


def _acting(fact: FactRow, reading: Reading, base: Base) -> list[str]:
    """The names of those who act in a fact and are not asked about, the longest first."""
    acting = (e for e in fact.entities - reading.entities if base.entity(e).kind in base.who)
    return sorted((n for e in acting for n in base.folded_names(e)), key=len, reverse=True)


def _nameless(fact: FactRow, names: list[str], base: Base) -> str:
    """What a fact says without some names."""
    others = (base.entity(e).zh for e in fact.entities if base.entity(e).kind not in base.who)
    said = base.tables.fold("|".join((fact.zh, fact.value, base.relations[fact.relation].zh, *others)))
    for name in names:
        said = said.replace(name, "|")
    return said


_MONEY = "元"
"""Among the words that tell a sort: any sum of money tells it, in whatever currency a pack counts."""
_NAMED = frozenset({"which", "person", "name", "list"})
"""Types of answer that are called by a name."""


def of_sort(findings: list[Finding], reading: Reading, base: Base) -> list[Finding]:
    """The findings whose statement holds a word that tells one of the sort asked for (哪个学院: 学院)."""
    sorts = base.sorts.asked(_said_before(findings, reading) + reading.text)
    if not sorts:
        return findings
    told = [base.sorts.told(sort) for sort in sorts]
    telling = [f for f in findings if _tells(f.fact, told, base) or _meant(f.fact, reading, base)]
    if telling and not findings[0].names.topics and all(f.names.topics for f in telling):
        return []  # 算力券的资金来源: whose money is told is that of something else
    return telling


def whose_first(findings: list[Finding]) -> list[Finding]:
    """The findings; those that say who it is before a better one that only implies it (OmChatV2属于第二代)."""
    if not findings or not _IMPLIED <= findings[0].fits < 1.0:
        return findings
    told, least = findings[0].fact.citations[0], findings[0].score - _NEARLY
    saying = [f for f in findings if f.fits >= 1.0 and f.score >= least and f.fact.citations[0] == told]
    return [*saying, *(f for f in findings if f not in saying)]


def of_attribute(findings: list[Finding], reading: Reading) -> list[Finding]:
    """The findings that speak of the noun for what is asked for in English (what is the maximum resolution of …)."""
    if reading.asks != _DEFINITION or not reading.mentions or not reading.text.isascii():
        return findings
    head = _WHAT_OF.search(reading.text)
    noun = (head[1] or head[2]) if head else ""
    clue = next((c for c in reading.clues if not c.light and c.text.split()[-1] == noun), None)
    return [f for f in findings if explained(clue, f.fact.terms) > _HALF] if clue else findings


def of_term(findings: list[Finding], reading: Reading, base: Base) -> list[Finding]:
    """The findings; of a term that alone is asked what it is those that say so, if any does."""
    if reading.asks != _DEFINITION:
        return findings
    return [f for f in findings if _defines(f.fact, reading, base)] or findings


def _said_before(findings: list[Finding], reading: Reading) -> str:
    """The words of the clause or turn before, where a question itself names nothing (有没有甲基金，规模多大)."""
    if not findings or reading.mentions:
        return ""
    # how many there were of something (多少员工) was asked then, and is not now
    return "".join(f"{c.text} " for c in findings[0].probe.hints.clues if not (c.attribute or c.measure))


def _tells(fact: FactRow, told: list[list[str]], base: Base) -> bool:
    said = base.said(fact)
    paid = any(q.unit in base.money for q in fact.quantities if q.unit)
    # 元 in 多元 is no money
    return all((paid and _MONEY in words) or any(word in said for word in words if word != _MONEY) for words in told)


def _meant(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a question word by itself asks for the relation of a fact (哪国人: 国籍)."""
    if reading.asks - _NAMED:
        return False  # 几个 and 在哪里 ask for the relations of many things
    own = base.remembered(tags_of)(fact.relation)
    return any(w.has("q") and not own.isdisjoint(w.tags) for w in reading.words)


def tags_of(r: int, base: Base) -> frozenset[str]:
    """The tags of words that ask for a relation. To be called through `Base.remembered`."""
    label = base.remembered(label_tags)(r)
    return frozenset((f"r:{base.relations[r].id}", *(t for t in label if t[:2] == "a:")))


def label_tags(r: int, base: Base) -> frozenset[str]:
    """The tags of what a relation is called. To be called through `Base.remembered`."""
    return frozenset(base.lexicon.tags.get(base.tables.fold(base.relations[r].zh), ()))


def _lacks_attribute(finding: Finding, reading: Reading) -> bool:
    """Whether it is asked what something of a thing named is (what is the ticker of …), and told nothing of it."""
    if reading.asks != _DEFINITION or not _WHAT_IS.search(reading.text):
        return False
    said = finding.own + finding.cued
    if any(c.weight >= _HEAVY and c.weight > said for c in finding.missing if not c.light):
        return True  # the survival rate is not told by another rate
    if said >= LITTLE:
        return False
    return finding.words.soft + finding.words.strict >= _MUCH


def _of_another_rate(finding: Finding) -> bool:
    """Whether a rate is asked for by name (survival rate), and the fact says nothing of what it is a rate of."""
    noun = finding.probe.slot.rate
    return bool(noun) and any(c.text in noun and c.weight >= LITTLE for c in finding.missing)


def _defines(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a fact says what a term is that alone is asked about, and does not merely hold it."""
    if reading.asks != _DEFINITION:
        return True
    named = [reading.mentions[i] for i in reading.things(base)]
    if named:
        return len(named) > 1 or _is_told_of(fact, named[0], reading, base)
    term = _TERM.search(reading.text)
    if not term or "的" in term[1] or "pronoun" in reading.intents:
        return True
    return _says(fact, term[1], base)


def _is_told_of(fact: FactRow, term: Mention, reading: Reading, base: Base) -> bool:
    """Whether a fact is on a topic that is asked what it is, or says so in passing."""
    if base.entity(term.entities[0]).kind not in base.topics:
        return True
    before = reading.text[: term.start]
    if any(not c.light and (c.attribute or c.text not in before) for c in reading.clues):
        return True  # what is asked for is something of it
    return fact.subject in term.entities or _says(fact, term.text, base)


def explains(e: int, facts: list[FactRow], base: Base) -> bool:
    """Whether any of some facts is on a topic, or says what it is; of what is no topic any does."""
    topic = base.entity(e)
    if topic.kind not in base.topics:
        return True
    return any(f.subject == e or any(_says(f, name, base) for name in base.folded_names(e)) for f in facts)


def _says(fact: FactRow, term: str, base: Base) -> bool:
    said = base.statement(fact.f)
    at = said.find(term)
    while at >= 0:
        if _SAYS.match(said, at + len(term)):
            return True
        at = said.find(term, at + 1)
    return False


def _of_the_name(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a fact has all of the name that is asked about and is known of nothing (序列老虎 is no 序列猴子)."""
    if not _has_quoted(fact, reading, base):
        return False
    known = [reading.mentions[i] for i in reading.things(base)]
    if known and not reading.unknown:
        return True
    name = _name_asked(reading, base)
    if not name or any("f" in w.tags or w.has("i") for w in reading.words if w.start < name[1]):
        return True
    start, end = name
    if known:
        rest = reading.text[known[0].end : end]
        if known[0].start != start or rest not in reading.unknown:
            return True
    return fact.terms.issuperset(bigrams(reading.text[start:end]))


def _name_asked(reading: Reading, base: Base) -> tuple[int, int] | None:
    """Where the name stands of which it is asked whose it is, without the noun for what it is (…大模型是谁的)."""
    match = _NAME.search(reading.text)
    if match is None or (match[2] and not _names_kind(match[2], base)):
        return None
    size = len(match[1])
    size = next((n for n in range(_NAME_SIZE.start, size) if _names_kind(match[1][n:], base)), size)
    return (match.start(1), match.start(1) + size) if size in _NAME_SIZE else None


def _names_kind(word: str, base: Base) -> bool:
    return bool(base.lexicon.kinds(word))


def _has_quoted(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a fact has what stands in quotes and is no name that the base knows (“365算法”)."""
    if _QUOTES.isdisjoint(reading.text):
        return True
    quoted = [(m[1], *m.span(1)) for m in _QUOTED.finditer(reading.text) if _is_name(m, reading, base)]
    names = [name for name, start, end in quoted if not _is_known(start, end, reading)]
    if not names:
        return True
    said = base.said(fact)
    return any(name in said for name in names)


def _is_known(start: int, end: int, reading: Reading) -> bool:
    """Whether what stands in quotes is known by name, or a name with more words around it."""
    whole = (m for m in reading.mentions if m.start < end and start < m.end)
    return any(m.start > start or m.end >= end for m in whole)


def _is_name(quoted: re.Match[str], reading: Reading, base: Base) -> bool:
    """Whether what stands in quotes is a name, as the noun behind it tells, or one that it begins with."""
    text = reading.text
    longer = any(m.start == quoted.start(1) and m.end < quoted.end(1) for m in reading.mentions)
    if longer and not base.lexicon.question_word(quoted[1]):
        return True
    if _NUMBERED.fullmatch(quoted[1]) or base.lexicon.noun_at(text, quoted.end()):
        return True
    between = _ADJECTIVE.match(text, quoted.end())
    return between is not None and base.lexicon.noun_at(text, between.end()) is not None
