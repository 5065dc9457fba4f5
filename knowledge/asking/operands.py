"""What is to be added or set against each other, each asked for by itself where the whole question has no answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice, product
from typing import NamedTuple

from knowledge.asking.alone import Answerer
from knowledge.asking.reply import reply
from knowledge.finding.outcome import Figure, Outcome, Part
from knowledge.reading.asked import CHECKING, NUMERIC
from knowledge.reading.degrees import ENDS
from knowledge.reading.reading import Reading
from knowledge.reckoning.counts import come_to
from knowledge.reckoning.figures import EXACT, figure_of, of_one_count
from knowledge.reckoning.weigh import ranking
from knowledge.store.base import FactRow
from knowledge.text.patterns import pattern

_WORKING = {"sum": "sum", "added": "sum", "ratio": "ratio", "difference": "difference", "growth": "difference"}
"""Intents that ask for a calculation, and for which; the first that a question has decides."""
_PLAIN = frozenset({"facts", "rank"})
"""Kinds of part that may stand for a calculation which was not made."""
_CHOOSING = frozenset({"which", "person", "list", "name"})
ELSE = CHECKING | {"except", "rest", "others", "negation", "trend", "source", "conflict", "each"}
_CUT = frozenset(f"i:{intent}" for intent in (*_WORKING, *ENDS, "compare", "against"))
_JOINT = pattern(r"[,，]? ?(?:[、和与跟及加比+]|以及|加上|还是)[,，]? ?|[,，] ?")
_AS_MUCH_AS = pattern(rf"{_JOINT.pattern}|是|相当于|等于|抵得上|顶得上|够")
"""The same between one thing and that of which it is so many times as much."""
_HOLLOW = pattern(
    "^(?:[的是有在之,，、。?？ ]|大约|大概|分别|各自)+"
    "|(?:[的是有为约共总各之,，、。?？ :：呢呀啊谁]|相当于|等于|抵得上|顶得上|大约|大概|之间|一共|分别|各自|结果)+$"
)
"""What is left at the ends of a part and says nothing."""
_REMARK = pattern(r"[(（][^()（）]*[)）]")
_COUNTER = pattern("(?:多少|几)([个家款项座所条种位名艘支盏张只台套辆架幢间])")
_HEADS = pattern("的|[,，]")
"""Behind one of these may begin what two things share no more."""
_SENTENCE = pattern("[。？?！!；;](?=.)", holds="。？?！!；;")
_MOST = 6
"""Operands of one question at most."""
_TRIES = 8
"""Combinations of figures that are looked at."""
_PAIR = 2
_LONGEST = 120


class Operand(NamedTuple):
    """One of the things of which figures are asked."""

    entity: int
    """Its entity, -1 if it is one of several things that one has."""
    texts: tuple[str, ...]
    """What may ask for its figure, the fullest first."""
    label: str = ""
    """What the figure is of, where that is no entity."""


def worked_out(text: str, outcome: Outcome, answerer: Answerer) -> Outcome | None:
    """What a folded question comes to, worked out of the answers to its parts; None if one of them has none."""
    if len(text) > _LONGEST or any(p.worked or p.kind not in _PLAIN for p in outcome.parts) or _SENTENCE.search(text):
        return None
    reading = answerer.readings.read(_REMARK.sub("", text))
    kind = _kind(reading)
    if not kind or any(p.kind == kind for p in outcome.parts):
        return None
    given = {q.value for q in reading.quantities if not q.is_share}
    if outcome.status == "answered" and kind == "rank":
        return None
    for row in _rows(reading, kind, answerer):
        if any(f.entities.issuperset(o.entity for o in row) for f in outcome.leading):
            continue  # it is told of all of them
        figures = _figures(row, reading, kind, answerer)
        if figures and given <= {*(f.value for f in figures), Decimal(len(figures))}:
            return reply(answerer.readings, reading, (_part(kind, figures, reading),), (), outcome.context)
    return None


def _kind(reading: Reading) -> str:
    """What is to be done with the operands, '' if nothing is."""
    if reading.intents & ELSE or "share" in reading.asks:
        return ""
    if reading.asks & NUMERIC or not reading.asks:
        return next((kind for intent, kind in _WORKING.items() if intent in reading.intents), "")
    return "rank" if reading.intents & ENDS and reading.asks & _CHOOSING else ""


def _rows(reading: Reading, kind: str, answerer: Answerer) -> Iterator[list[Operand]]:
    """Rows of operands: things named side by side, or two sorts of what one has."""
    spans = named_in_row(reading, answerer, _AS_MUCH_AS if kind == "ratio" else _JOINT)
    if len(spans) >= _PAIR:
        yield of_measure(reading, spans)
    if kind == "sum":
        yield from _of_one(reading)


def named_in_row(reading: Reading, answerer: Answerer, joint: re.Pattern[str] = _JOINT) -> list[tuple[int, int, int]]:
    """(start, end, mention) of each operand that begins with a name: those with a joint before the next one."""
    things, text = reading.things(answerer.base), reading.text
    found: list[tuple[int, int, int]] = []
    for i, j in zip(things, [*things[1:], -1], strict=False):
        start = reading.mentions[i].start
        if j < 0:
            found.append((start, len(text), i))
            break
        joints = list(joint.finditer(text, reading.mentions[i].end, reading.mentions[j].start))
        if joints:
            found.append((start, joints[-1].start(), i))
        elif not found:
            continue  # 长三角的上海、杭州: what all are in
        else:
            return []
    return found if len(found) <= _MOST else []


def of_measure(reading: Reading, spans: list[tuple[int, int, int]]) -> list[Operand]:
    """The operands, each with its own measure, else with that of the last or the first."""
    names = [reading.mentions[i] for _, _, i in spans]
    head = "".join(reading.text[p.start : p.end] for p in reading.periods if p.end <= spans[0][0])
    own = [_bare(reading, m.end, end) for m, (_, end, _) in zip(names, spans, strict=True)]
    row = []
    for name, measure in zip(names, own, strict=True):
        texts = dict.fromkeys(f"{head}{name.text}{m}" for m in (measure, own[-1], own[0]) if m)
        row.append(Operand(name.entities[0], tuple(texts)))
    return row


def _of_one(reading: Reading) -> Iterator[list[Operand]]:
    """Two things of one: 甲的X和Y一共多少."""
    text = reading.text
    taken = [(m.start, m.end) for m in reading.mentions]
    for joint in _JOINT.finditer(text):
        if any(start < joint.end() and joint.start() < end for start, end in taken) or joint[0].strip() in {",", "，"}:
            continue
        last = _bare(reading, joint.end(), len(text))
        cuts = [m.end for m in reading.mentions if m.end < joint.start()]
        cuts += [h.end() for h in _HEADS.finditer(text, 0, joint.start())]
        for cut in sorted(set(cuts), reverse=True):
            first = _bare(reading, cut, joint.start())
            if first and last:
                head = text[:cut]
                yield [Operand(-1, (f"{head}{own}",), own) for own in (first, last)]


def _bare(reading: Reading, start: int, end: int) -> str:
    """What stands there without the words that only ask, and say what is to be done."""
    text, position = "", start
    for word in reading.words:
        if start <= word.start and word.end <= end and (word.has("q") or not _CUT.isdisjoint(word.tags)):
            text += reading.text[position : word.start]
            position = word.end
    text += reading.text[position:end]
    while (bare := _HOLLOW.sub("", text)) != text:
        text = bare
    return text


def _figures(row: list[Operand], reading: Reading, kind: str, answerer: Answerer) -> list[Figure]:
    """One figure for each operand, such as may be set against each other; none if one is not known."""
    counter = _COUNTER.search(reading.text)
    ask = f"有多少{counter[1]}" if counter else "是多少"
    known: list[list[Figure]] = []
    for operand in row:
        told = (_told(f"{text}{ask}", operand, answerer) for text in operand.texts)
        known.append(next(filter(None, told), []))
        if not known[-1]:
            return []
    chosen = [list(some) for some in islice(product(*known), _TRIES)]
    chosen = [some for some in chosen if len({f.fact for f in some}) == len(some) and _comparable(some, kind)]
    return next((some for some in chosen if of_one_count(some)), chosen[0] if chosen else [])


def _told(text: str, operand: Operand, answerer: Answerer) -> list[Figure]:
    """The figures that answer a question for one operand, the best first."""
    outcome = answerer.by_itself(text)
    if outcome.status != "answered" or len(outcome.parts) != 1 or outcome.parts[0].kind != "facts":
        return []
    part = outcome.parts[0]
    facts = [f for f in (*part.facts, *part.others) if f.measured and len(set(f.figures)) == 1]
    if facts[:1] != list(part.facts[:1]):
        return []
    alike = [f for f in facts if (f.subject, f.relation) == (facts[0].subject, facts[0].relation)]
    entity = operand.entity
    figures = (figure_of(f, entity if entity in f.entities else f.subject) for f in alike)
    sure = [f for f in figures if f and (entity < 0 or entity in f.fact.entities) and f.bound in EXACT]
    return [f._replace(label=_as_told(operand.label, f.fact)) for f in sure] if operand.label else sure


def _as_told(label: str, fact: FactRow) -> tuple[str, str]:
    """What a figure is of in zh-Hans and zh-Hant, as its statement writes it."""
    at = fact.zh.find(label)
    hant = fact.hant[at : at + len(label)] if at >= 0 and len(fact.hant) == len(fact.zh) else label
    return label, hant


def _comparable(figures: list[Figure], kind: str) -> bool:
    """Whether figures may be calculated with: of one count; where each is of a measure of its own, of one unit."""
    if len({(f.share, f.unit) for f in figures}) > 1 or (kind == "ratio" and not all(f.value for f in figures)):
        return False
    if of_one_count(figures):
        return not (kind == "sum" and figures[0].share)
    facts = [f.fact for f in figures]
    if len({f.citations[0] for f in facts}) == 1 and len({(f.as_of, f.by) for f in facts}) == 1:
        return True
    return kind != "sum" and len({f.relation for f in facts}) == 1


def _part(kind: str, figures: Iterable[Figure], reading: Reading) -> Part:
    terms = list(figures)
    if kind == "rank" or (kind != "sum" and len(terms) != _PAIR):
        return ranking(terms, reading)
    return come_to(kind, reading, terms)
