"""Whether something ever happened, or is there at all (甲投资过乙吗, 有没有合作): what else did tells it not."""

from __future__ import annotations

from knowledge.deciding.objection import doer
from knowledge.finding.finding import Finding
from knowledge.finding.judge import explained
from knowledge.reading.degrees import ENDS
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_ASKED = pattern(
    r"有没有|有无|可曾|会不会|能不能|是否(?:曾|有|已|会)|是不是(?:曾|有)"
    r"|(?:过(?!去|程|于)|曾)[^,，;；?？]{0,16}(?:吗|么|没有?|嘛)[ ?？]*$"
    r"|(?<![是没])有[^,，;；?？是]{1,16}[吗么][ ?？]*$|(?<!对)了(?:没有?|吗|么|嘛)[ ?？]*$"
    r"|(?:(?<![可智功性产技职节才])能够?(?![力源量耗])|(?<![大协年峰社机学工商议事员联])会(?![长议员展场馆计费所])|可以|懂)"
    r"[^,，;；?？是]{1,12}(?:吗|么|嘛|不|没)[ ?？]*$"
    r"|^(?:can|could|did|has|have|had|does|do|(?:was|were) any(?:one|body)?|(?:is|are|was|were) there)\b"
)
"""Asks whether, and puts forward nothing that the asker takes to be so (是甲做的吧)."""
_MUTUAL = pattern(
    "合作|合伙|共同|联合|联手|携手|一起|一同|彼此|相互|互相|之间"
    "|together|joint|each other|one another|cooperat|in common"
)
"""Says of several that they do something with one another."""
DOER = pattern(
    r"(?:是不是|是否|是|由|被|[和与跟同])([\u3400-\u9fff]{2,6}?)(?:联合|共同|一起|一同|携手|牵头|带头)*"
    r"(?:发布|推出|研发|开发|训练|提出|创办|创立|创建|成立|设立|组建|收购|投资|主办|起草|做|办|建|写)[的了过]"
)
"""Who is claimed to have done something."""
_TITLE = pattern("第[一二三]|[最首头]|唯一|称|领先|领跑|龙头|冠军|之[都城冠]")
"""Claims what but one can be."""
_LIKELY = 3
_PAIR = 2
_HALF = 0.5
_LITTLE = 0.3
"""Weight of the words, against those explained, that a statement may leave unexplained."""
_ABLE = ("can ", "could ")
_MOST_ABLE = 0.8
"""The same where it is asked in English whether something can be: by many words for what it does."""


def asks_whether(reading: Reading) -> bool:
    """Whether it is asked if something happened or is there, no figure, date or place in an order put forward."""
    if "verify" not in reading.intents or reading.quantities or reading.periods or "compare" in reading.intents:
        return False
    return bool(_ASKED.search(reading.text))


def mutual(reading: Reading, base: Base) -> bool:
    """Whether it is asked if several things named do something with one another."""
    return len(reading.things(base)) > 1 and bool(_MUTUAL.search(reading.text))


def not_together(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether several are said to do something with one another, and the statement says so of none."""
    said = fact.en.casefold() if reading.text.isascii() else base.statement(fact.f)
    return mutual(reading, base) and not _MUTUAL.search(said)


def by_unknown(reading: Reading, findings: list[Finding]) -> bool:
    """Whether it is claimed to be done by somebody whom nobody knows and no likely statement names."""
    done = DOER.search(reading.text)
    if done is None or any(m.start < done.end(1) and done.start(1) < m.end for m in reading.mentions):
        return False
    heavy = [c for c in reading.clues if not c.light and c.text in done[1]]
    return bool(heavy) and all(c in f.missing for f in findings[:_LIKELY] for c in heavy)


def tells_whether(finding: Finding, reading: Reading, base: Base) -> bool:
    """Whether a statement tells if that happened: it speaks of it, and of another only where that rules it out."""
    fact = finding.fact
    clause = _clause(reading.text)
    missing = sum(c.weight for c in finding.missing if c.text in clause)
    most = _MOST_ABLE if reading.text.startswith(_ABLE) else _LITTLE
    if missing > most * (finding.own + finding.cued) or finding.strict > _LITTLE or not_together(fact, reading, base):
        return False
    if finding.names.topics and not finding.own + finding.cued + finding.light:
        return False
    light = [c for c in reading.clues if c.light]
    named = len(reading.mentions) - len(finding.unnamed) - bool(finding.names.topics)
    little = named < _PAIR and light and len(light) == len(reading.clues)
    if little and all(explained(c, fact.terms) < _HALF for c in light):
        return False  # 有没有发布大模型: it says nothing but the name
    return not finding.unnamed or _rules_out(finding, reading, base)


def done_by_another(fact: FactRow, reading: Reading, base: Base) -> bool:
    """Whether a statement only tells what another did, which the one claimed may have done as well (上市)."""
    if base.relations[fact.relation].value != "text" or fact.quantities or fact.subject in reading.entities:
        return False
    doer = base.entity(fact.subject).kind in base.who | base.persons
    if not doer or reading.text.isascii() or fact.value.casefold() in reading.text:
        return False
    return reading.intents.isdisjoint(ENDS) and not _TITLE.search(reading.text)


def _clause(text: str) -> str:
    """The clause that asks, and what stands behind it: before it is told why."""
    asked = _ASKED.search(text)
    return text[text.rfind(",", 0, asked.start()) + 1 :] if asked else text


def _rules_out(finding: Finding, reading: Reading, base: Base) -> bool:
    """Whether it tells who else did it, of a thing that only one can have made, founded or bought."""
    fact, doers = finding.fact, base.who | base.persons
    if fact.subject >= 0:  # a city that issued a document
        doers |= base.where & {base.entity(fact.subject).kind}
    lacking = [reading.mentions[i] for i in finding.unnamed]
    if len(lacking) != 1 or base.entity(lacking[0].entities[0]).kind not in doers:
        return False
    kept = [e for e in (fact.subject, *fact.objects) if e in reading.entities]
    relation = base.relations[fact.relation]
    if not kept or relation.value != "entity":
        return False
    if any(base.entity(e).kind not in doers | base.where for e in kept):
        return True
    only = relation.answers == "person" and not base.remembered(_shared)(fact.relation)
    spans = [(m.start, m.end - m.start, m.entities[0]) for m in reading.mentions]
    return only and doer(reading.text, spans, base) in lacking[0].entities


def _shared(relation: int, base: Base) -> bool:
    """Whether a relation ties something to several others at once. To be called through `Base.remembered`."""
    return any(len(base.fact(f).objects) > 1 for f in base.facts_with(relation))
