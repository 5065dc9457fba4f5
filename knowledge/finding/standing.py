"""Who stands first or second where the place of one was told just before (…排第几, 第一是谁)."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.finding.judge import explained
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.numerals import whole_number
from knowledge.text.order import ORDINALS
from knowledge.text.patterns import pattern

_WHO = "(?:谁|哪(?:里|儿)|(?:哪|什么|啥)[个座家款]?[\u3400-\u9fff]{0,4}?)"
_PLACE = "(?:第([一二三四五六七八九\\d])|榜首|冠军|头名|首位|头一名|亚军|季军)"
_ASKED = pattern(
    rf"^(?:那么?|所以)?(?:排名?|位列|位居)?(?:的)?(?:全国|全球|国内|世界)?{_PLACE}[名位]?(?:的|又)?(?:是|在|被|归)?{_WHO}?[呢啊呀]?$"
    rf"|^(?:那么?)?{_WHO}(?:是|排|居|列|拿|在|位居|名列)?(?:全国|全球|国内)?{_PLACE}[名位]?[呢啊呀]?$"
    r"|^(?:and )?(?:who|which (?:city|one|country|company|firm))(?:'s| is| was| ranks| ranked| comes| came)?"
    r" (?:in |at |the )*(first|second|third|fourth|fifth)(?: place)?$"
)
_WORDS = {"亚军": 2, "季军": 3}


def place_of_whom(text: str) -> int:
    """Of which place it is asked who holds it, and of nothing else (第二是谁 → 2); 0 if something else is asked."""
    text = text.strip(" ?？。!！")
    match = _ASKED.match(text)
    if match is None:
        return 0
    said = match[1] or match[2] or match[3]
    if said is None:
        return next((n for word, n in _WORDS.items() if word in text), 1)
    return ORDINALS.index(said) + 1 if said in ORDINALS else whole_number(said)


def holder(base: Base, told: Sequence[FactRow], asked: Reading, place: int) -> FactRow | None:
    """Who holds a place of the order in which the facts just told give another its place; `asked` is what they answer.

    The passage that tells the one tells the other, in a statement on that or in the one just told (仅次于甲).
    """
    last = next((f for f in told if ranks(base, f)), None)
    if last is None:
        return None
    kinds = base.kinds_like((base.entity(last.subject).kind,))
    cited = set(last.citations)
    alike = map(base.fact, base.facts_with(last.relation))
    passage = [f for f in alike if f.subject != last.subject and not cited.isdisjoint(f.citations)]
    passage = [f for f in passage if base.entity(f.subject).kind in kinds and _holds(f, place)]
    if passage:
        return max(passage, key=lambda f: (sum(c.weight * explained(c, f.terms) for c in asked.clues), -f.f))
    beside = [e for e in last.spoken if e not in asked.entities and base.entity(e).kind in kinds]
    return last if beside and last.names_place(place + 1) else None


def ranks(base: Base, fact: FactRow) -> bool:
    """Whether a fact tells the place of something among others."""
    return base.relations[fact.relation].value == "rank"


def _holds(fact: FactRow, place: int) -> bool:
    return fact.superlative and not fact.value.startswith("第二") if place == 1 else fact.names_place(place)
