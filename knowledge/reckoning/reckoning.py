"""Work out what no fact states: what remains without some, sums, and how much one is more than others together.

Terms are of one measure, date and counter, or nothing is worked out at all: a nearby figure is no answer.
"""

from __future__ import annotations

from decimal import Decimal

from knowledge.deciding.apiece import JOINT, WEIGHING
from knowledge.deciding.verify import Verifier
from knowledge.finding.breakdown import Term, named_rows
from knowledge.finding.find import find
from knowledge.finding.finding import Finding
from knowledge.finding.outcome import Figure, Part
from knowledge.finding.probe import Hints
from knowledge.reading.asked import CHECKING, NUMERIC
from knowledge.reading.reading import Reading
from knowledge.reckoning.counts import come_to, is_share, relaxed, total, worked_part
from knowledge.reckoning.figures import EXACT, figure_of, of_one_count
from knowledge.reckoning.given import of_given
from knowledge.reckoning.growth import figures_of_dates
from knowledge.reckoning.holding import holding
from knowledge.reckoning.shares import level, part_or_whole, share_of_measure, share_of_whole, shares_of_one
from knowledge.reckoning.weigh import compared, figures_of, ranking
from knowledge.store.base import Base, FactRow
from knowledge.text.numerals import Quantity
from knowledge.text.patterns import pattern

_SET_AGAINST = WEIGHING - {"sum"}
_EXPLAINED = frozenset({"reason", "how"})
_ONE = Decimal(1)
_LIKELY = 12
"""Findings among which a breakdown is looked for."""
_SEVERAL = 2
_GAP = 4
"""Characters between the things left out and the word that leaves them out (四地以外)."""
_OUTSIDE = "外"
_AND_STILL = pattern("还(?!剩|有多少|有几)|also|as well")
_REMAINING = pattern("外|还有多少|还有几")
_SOME_LEFT = pattern(r"[二三四五六七八九两2-9]个?(?:地区?|城市?|省市?|国家?)(?:以外|之外|外)")
"""Things left out that are not named (四地以外)."""
_OUTWEIGHS = pattern(r"[有比超多少]|不[及如]|\b(?:more|fewer|less|than|exceed)")
_LESS = pattern(r"[少低]|不[及如]|没有|\b(?:fewer|less)\b")
_THAN = pattern(r"(?<![占对同环])比(?![例重率])|\bthan\b")


def leaves_out(base: Base, reading: Reading) -> bool:
    """Whether a figure is asked for of what remains without the things named."""
    if not reading.asks & NUMERIC:
        return False
    if _left_out(base, reading) or (reading.word("i:rest") and _SOME_LEFT.search(reading.text)):
        return True
    return "share" in reading.asks and "rest" in reading.intents and "except" not in reading.intents


def stating(base: Base, reading: Reading, findings: list[Finding]) -> list[Finding]:
    """The findings that may state a figure that could not be worked out: what remains, or a sum, and no other."""
    if leaves_out(base, reading):
        figures = [f for f in findings if base.relations[f.fact.relation].value in NUMERIC]
        return [f for f in figures if f.fact.remaining]
    things = {e for m in reading.mentions for e in m.entities if not base.entity(e).generic}
    if "sum" in reading.intents and reading.asks & NUMERIC and len(things) >= _SEVERAL:
        return [f for f in findings if base.relations[f.fact.relation].value != "rank"]
    return findings


def reckoned(desk: Verifier, reading: Reading, findings: list[Finding], hints: Hints) -> Part | None:
    """A part that works out what is asked for in so many words."""
    if leaves_out(desk.base, reading):
        return _rest(desk, reading, hints)
    if part := of_given(desk, reading):
        return part
    best = findings[0] if findings else None
    stated = best is not None and is_share(best.fact, desk.base) and desk.bar.accepts(best, reading, hints)
    if "sum" in reading.intents and reading.of_whole and not stated and (part := share_of_whole(desk, reading, hints)):
        return part
    if part := holding(reading, desk.base):
        return part
    if "sum" in reading.intents:
        terms = _terms(desk, reading, findings, hints)
        if len(terms) < _SEVERAL:
            return _of_times(desk, reading, hints)
        return _excess(reading, terms) if "difference" in reading.intents else _sum(desk, reading, terms)
    if part := _against(desk.base, reading, findings):
        return part
    if findings and any(not c.light for c in findings[0].missing) and (part := share_of_whole(desk, reading, hints)):
        return part  # the share stated is one of something else
    if part := share_of_measure(desk, reading, findings, hints):
        return part
    return part_or_whole(desk, reading, findings)


def derived(desk: Verifier, reading: Reading, findings: list[Finding], hints: Hints) -> Part | None:
    """A part that works out what no fact states, where nothing else answers."""
    return share_of_whole(desk, reading, hints) or level(desk, reading, findings)


# --- what remains


def _rest(desk: Verifier, reading: Reading, hints: Hints) -> Part | None:
    """The total less those named, or 100 % less their share."""
    group = _left_out(desk.base, reading)
    if reading.asks & {"share"}:
        return _complement(desk, reading, group, hints)
    if not group:
        return None
    base = desk.base
    figures = figures_of(
        desk.bar, relaxed(reading), hints, group, lambda some: of_one_count(some) and total(base, some) is not None
    )
    if len(figures) != len(group) or not of_one_count(figures) or figures[0].share:
        return None
    whole = total(base, figures)
    if whole is None or whole.value < sum(f.value for f in figures):
        return None
    given = {q.value for q in reading.quantities if not q.is_share}
    if not given <= {whole.value, *(f.value for f in figures)}:
        return None
    return worked_part("rest", reading, [whole, *figures], whole.value - sum(f.value for f in figures))


def _complement(desk: Verifier, reading: Reading, group: list[int], hints: Hints) -> Part | None:
    alone = relaxed(reading, "share")
    part, _ = desk.decide(alone, find(alone, desk.base, hints), hints)
    told = [f for f in part.facts if is_share(f, desk.base)] if part else []
    if part is None or part.facts[:1] != tuple(told[:1]) or len({f.figures[0] for f in told}) > 1:
        return None
    fact = told[0]
    if "growth" in reading.intents:
        return None
    left_out = {reading.mentions[i].entities[0] for i in group}
    # a fact on one more of their kind has another share, one on fewer of them too
    if not left_out <= fact.entities or _OUTSIDE in fact.zh or fact.remaining:
        return None  # 四成来自谷外 is itself the share of the rest
    figure = figure_of(fact, next(iter(left_out)) if len(left_out) == 1 else fact.subject)
    if figure is None or figure.bound not in EXACT or figure.value > _ONE:
        return None
    return worked_part("complement", reading, [figure], _ONE - figure.value)


def _left_out(base: Base, reading: Reading) -> list[int]:
    """Indices of the mentions that a question leaves out (A、B以外; 扣掉A、B; 除了A，其他)."""
    rest, others, apart = (reading.word(f"i:{intent}") for intent in ("rest", "others", "except"))
    if apart and not others and _AND_STILL.search(reading.text, apart.end):
        return []  # 除了A之外还要建几个 asks for what comes besides, as it is stated
    rest = rest or (apart and _REMAINING.search(reading.text, apart.end) and apart)
    things = reading.things(base)
    for word in (w for w in (rest, apart if rest or others else None) if w):
        near = [(word.start - reading.mentions[i].end, i, -1) for i in things] if word != apart else []
        near += [(3 * (reading.mentions[i].start - word.end), i, 1) for i in things]
        gap, index, step = min((n for n in near if n[0] >= 0), default=(_GAP + 1, 0, 0))
        if gap <= _GAP:
            return [i for i in _run(reading, index, step) if reading.mentions[i].entities[0] not in base.whole]
    return []


def _run(reading: Reading, index: int, step: int) -> list[int]:
    """The mentions side by side with one, in one direction."""
    found = [index]
    while 0 <= index + step < len(reading.mentions):
        first, last = sorted((index, index + step))
        between = reading.text[reading.mentions[first].end : reading.mentions[last].start]
        if between and not JOINT.fullmatch(between):
            break
        index += step
        found.append(index)
    return sorted(found)


# --- sums


def _terms(desk: Verifier, reading: Reading, findings: list[Finding], hints: Hints) -> list[Term]:
    """The figures that a question names: rows of one breakdown, or one measure of several things."""
    if terms := _rows(desk.base, reading, findings):
        return terms
    if figures := shares_of_one(desk, reading):
        return [Term(reading.mentions[0].start + n, f) for n, f in enumerate(figures)]
    group = compared(desk.bar, reading)
    if len(group) < 2:
        return []
    figures = _given(desk.base, reading, group) or figures_of(desk.bar, relaxed(reading), hints, group)
    if not figures or len(figures) != len(group) or not of_one_count(figures):
        return []
    return [Term(reading.mentions[i].start, f) for i, f in zip(group, figures, strict=True)]


def _of_times(desk: Verifier, reading: Reading, hints: Hints) -> Part | None:
    """What the figures of one measure at the two times named come to (2022和2024两年合计亏了多少)."""
    if len(reading.periods) != _SEVERAL or not reading.asks & NUMERIC or reading.intents & CHECKING:
        return None
    figures = figures_of_dates(desk.bar, relaxed(reading), hints)
    if not figures or figures[0].share or any(f.bound not in EXACT for f in figures):
        return None
    return come_to("sum", reading, figures)


def _rows(base: Base, reading: Reading, findings: list[Finding]) -> list[Term]:
    """The rows of one breakdown that a question names, none if it names fewer than two."""
    for finding in findings[:_LIKELY]:
        if not finding.dated:
            continue
        terms = named_rows(finding.fact, reading, base)
        # what a label names by itself has a fact of its own, which says more
        of_its_own = [t for t in terms if not any(m.start <= t.start < m.end for m in reading.mentions)]
        if len(terms) >= _SEVERAL and of_its_own and not finding.unnamed and not finding.strict:
            return terms
    return []


def _against(base: Base, reading: Reading, findings: list[Finding]) -> Part | None:
    """Two rows of one breakdown set against each other (应用层比技术层高多少, 哪个占比大)."""
    if not reading.intents & _SET_AGAINST or reading.intents & CHECKING or reading.asks & _EXPLAINED:
        return None
    figures = [t.figure for t in _rows(base, reading, findings)]
    named = all(base.tables.fold(f.label[0]) in reading.text for f in figures)
    if len(figures) != _SEVERAL or not named or any(f.bound not in EXACT for f in figures):
        return None
    if "difference" in reading.intents:
        return come_to("difference", reading, figures)
    if "ratio" in reading.intents:
        return come_to("ratio", reading, figures) if figures[1].value else None
    return ranking(figures, reading)


def _given(base: Base, reading: Reading, group: list[int]) -> list[Figure]:
    """The figures that stand behind the names (北京51、上海24), if one count has just these."""
    counts: list[dict[tuple[int, str, int], FactRow]] = []
    for index in group:
        mention = reading.mentions[index]
        behind = next((q for q in reading.quantities if 0 <= q.start - mention.end <= 1), None)
        facts = base.facts_on(mention.entities[0]) if behind else []
        same = [f for f in facts if behind and f.measured and f.quantities[0].value == behind.value]
        counts.append({(f.relation, f.as_of, f.by): f for f in same})
    common = set(counts[0]).intersection(*counts[1:])
    if len(common) != 1:
        return []
    key = common.pop()
    figures = [figure_of(c[key], reading.mentions[i].entities[0]) for c, i in zip(counts, group, strict=True)]
    return [f for f in figures if f]


def _sum(desk: Verifier, reading: Reading, terms: list[Term]) -> Part | None:
    if reading.intents & CHECKING and (weighed := _outweighs(reading, terms)):
        return weighed
    if reading.intents & CHECKING and _THAN.search(reading.text):
        return None  # 甲比其他加起来多吗: a sum of both says nothing of it
    figures = [t.figure for t in terms]
    added = sum((f.value for f in figures), Decimal(0))
    if reading.of_whole and not figures[0].share:
        return None
    if figures[0].share and (added > _ONE or len({f.fact.citations[0] for f in figures}) > 1):
        return None  # shares of different wholes are never added
    part, whole = worked_part("sum", reading, figures, added), total(desk.base, figures)
    own = {f.value for f in figures} | ({whole.value} if whole else set())
    claimed = [q for q in reading.quantities if q.value not in own and q.value != len(figures)]
    alike = [q for q in claimed if q.is_share == figures[0].share]
    shares = [q for q in claimed if q not in alike]
    met = all(_meets(added, q) for q in alike)
    if alike and reading.intents & CHECKING and not (shares and met):
        return part._replace(verdict="yes" if met else "no")
    if whole is None or not reading.intents & CHECKING:
        return part if reading.asks & NUMERIC or reading.intents & CHECKING else None
    share = added / whole.value
    same = all(_meets(round(share, max(2, -int(q.value.as_tuple().exponent))), q) for q in shares)
    verdict = "yes" if same and (claimed or whole.value == added) else ""
    return part._replace(facts=(*part.facts, whole.fact), verdict=verdict)


def _meets(value: Decimal, claimed: Quantity) -> bool:
    """Whether a value is what a claim says it is, or on the side of it that the claim says (超过一半)."""
    if value == claimed.value or claimed.bound not in {"<", ">"}:
        return value == claimed.value
    return (value > claimed.value) == (claimed.bound == ">")


def _outweighs(reading: Reading, terms: list[Term]) -> Part | None:
    """Whether some together are more than one other (A和B加起来有C多吗, C比A和B加起来还多吗)."""
    together, than = reading.word("i:sum"), _THAN.search(reading.text)
    if together is None:
        return None
    before = than.start() if than and than.start() < together.start else -1
    added = [t for t in terms if before < t.start < together.start]
    alone = [t for t in terms if t not in added]
    if len(alone) != 1 or len(added) < 2:
        return None
    behind = alone[0].start if alone[0].start >= together.end else len(reading.text)
    if not (before >= 0 or _OUTWEIGHS.search(reading.text, together.end, behind)):
        return None
    figures = [t.figure for t in added]
    whole, other = sum((f.value for f in figures), Decimal(0)), alone[0].figure.value
    less = bool(_LESS.search(reading.text, together.end))
    part = worked_part("sum", reading, figures, whole)
    first, second = (other, whole) if before >= 0 else (whole, other)
    verdict = "yes" if first != second and (first < second) == less else "no"
    return part._replace(facts=(*part.facts, alone[0].figure.fact), verdict=verdict)


def _excess(reading: Reading, terms: list[Term]) -> Part | None:
    """How much one is more than the others together (A比B和C加起来还多多少)."""
    together, than = reading.word("i:sum"), _THAN.search(reading.text)
    if together is None or len(terms) < 3:
        return None
    start = than.start() if than and than.start() < together.start else -1
    added = [t for t in terms if start < t.start < together.start]
    alone = [t for t in terms if t not in added]
    if len(alone) != 1 or len(added) < 2:
        return None
    figures = [alone[0].figure, *(t.figure for t in added)]
    return worked_part("excess", reading, figures, figures[0].value - sum(f.value for f in figures[1:]))
