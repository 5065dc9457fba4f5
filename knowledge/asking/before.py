"""What was before, or came after, what was just told: the one before in a post (前一任呢), a later figure (后来呢)."""

from __future__ import annotations

from knowledge.asking.reply import reply
from knowledge.deciding.verify import Verifier
from knowledge.finding.outcome import Context, Outcome, noted
from knowledge.reading.reading import Reading
from knowledge.reckoning.succession import before_last
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import pattern

_OPENING = "(?:那么?|and |哦|噢|嗯|,)*"
_ENDING = "(?:呢|啊|呀|吗|的|了|[?？。 ])*$"
_WHO = "(?:是|又是|叫|由|归)?(?:谁|哪位|哪个|什么人)?(?:在?(?:管|当|做|任|干|负责|担任))?"
_ONE_BEFORE = pattern(
    f"{_OPENING}(?:他|她|ta|这人)?的?(?:前一?任|上一?任|前手|(?:他|她)?(?:之前|以前|从前|原来|此前|先前|过去|早先))"
    f"的?(?:那?一?[位个任])?{_WHO}{_ENDING}"
    rf"|{_OPENING}(?:who (?:was|were) (?:it |there |in charge )?before(?: (?:him|her|that|them))?"
    rf"|(?:and )?before (?:him|her|that)|(?:who was )?(?:his|her|the) predecessor|the (?:previous|last) one)[ ?]*$"
)
_ONE_AFTER = pattern(
    f"{_OPENING}(?:他|她|ta)?的?(?:后一?任|下一任|继任者?|接班人|后任)的?(?:那?一?[位个])?{_WHO}{_ENDING}"
    rf"|{_OPENING}(?:who (?:was|came) (?:it )?(?:after|next)(?: (?:him|her|that))?"
    rf"|(?:who was )?(?:his|her|the) successor)[ ?]*$"
)
_LATER = pattern(
    f"{_OPENING}(?:后来|再后来|之后|现在|如今|眼下|最新|最近|今)的?(?:又|再|都|已经|已)*"
    "(?:[涨升降跌加减增调改变追上下]{1,2}|提高|增加|减少|上调|下调)?(?:到|成|为|至)?(?:了)?的?"
    f"(?:是|有|要)?(?:多少|几)?(?:钱|人|个|元|万|亿|次|公里)?{_ENDING}"
    r"|(?:and )?(?:what about )?(?:later|now|since then|afterwards|these days)[ ?]*$"
    r"|(?:and )?(?:how (?:much|many) (?:is it|are there|was it) (?:now|later)|what is it now)[ ?]*$"
)
_SHORT = 24
"""Characters of a question that says no more than that."""


def beside_last(reading: Reading, context: Context, desk: Verifier) -> Outcome | None:
    """The answer to what was before or after the fact that was told last; None if that is not asked or not known."""
    if not context.facts or reading.mentions or reading.periods or len(reading.text) > _SHORT:
        return None
    base, last = desk.base, desk.base.fact(context.facts[0])
    facts: tuple[FactRow, ...] = ()
    if _ONE_BEFORE.match(reading.text):
        facts = before_last(last, base, later=False)
    elif _ONE_AFTER.match(reading.text):
        facts = before_last(last, base, later=True)
    elif last.measured and _LATER.match(reading.text):
        facts = _newer(last, base)
    if not facts:
        return None
    part = noted(base, "facts", reading, facts, ())._replace(asks=frozenset())
    return reply(desk.readings, reading, (part,), (), context)


def _newer(fact: FactRow, base: Base) -> tuple[FactRow, ...]:
    """The newest figure of the same measure of the same thing, counted by the same; empty if that is the one told."""
    alike = [
        f
        for f in map(base.fact, base.facts_with(fact.relation))
        if f.subject == fact.subject and f.measured and f.as_of > fact.as_of and not f.planned
        if f.quantities[0].is_share == fact.quantities[0].is_share and f.quantities[0].unit == fact.quantities[0].unit
        if f.place == fact.place and set(f.objects) == set(fact.objects)
    ]
    own = [f for f in alike if f.by == fact.by] or alike
    return (max(own, key=lambda f: f.as_of),) if fact.as_of and own else ()
