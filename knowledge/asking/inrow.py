"""Several things, times or counts in a row, each told by itself where the whole question has no answer for all."""

from __future__ import annotations

from knowledge.asking.alone import Answerer
from knowledge.asking.operands import ELSE, named_in_row, of_measure
from knowledge.asking.reply import merged
from knowledge.finding.outcome import Outcome
from knowledge.reading.asked import CHECKING, NUMERIC
from knowledge.reading.reading import Reading
from knowledge.store.base import FactRow
from knowledge.text.patterns import pattern
from knowledge.text.segments import Segment

_WHEN = frozenset({"date", "list", "which"})
_ONE_BY_ONE = frozenset({"each", "trend"})
_CLAUSE = pattern("[,，:：]")
_SIDE = pattern("[、和与跟及]|以及| ?vs\\.? ?|(?<=年)对")
"""Between what stands side by side."""
_EDGE = " ,，:：?？。的"
_COUNTS = pattern(
    "(?P<first>(?:多少|几)[家个款项座所条种位名][\u3400-\u9fff]{2,6}?)(?:、|和|与|及|以及|,)(?P<other>(?:有|又有)?(?:多少|几)[家个款项座所条种位名])"
)
_JOINED = pattern("[、和与跟及]|以及| ?vs| and |(?<=年)对", holds=(*"、和与跟及", "vs", " and ", "年对"))
_PAIR = 2


def told_apart(text: str, outcome: Outcome, answerer: Answerer) -> Outcome | None:
    """The answers to a folded question for each of a row, where its own outcome has none for some; else None."""
    if any(p.worked or p.kind != "facts" for p in outcome.parts) or not _JOINED.search(text):
        return None
    reading = answerer.readings.read(text)
    if each := _dated(reading, outcome, answerer) or _two_counts(reading, outcome, answerer):
        return each
    return _of_each(reading, outcome, answerer) if outcome.status != "answered" or outcome.unanswered else None


def _of_each(reading: Reading, outcome: Outcome, answerer: Answerer) -> Outcome | None:
    """What one thing is by each of several times, counts or sources in a row, None if one of them has no figure."""
    row, topic = _in_row(reading)
    if len(row) < _PAIR or not topic or reading.intents & (ELSE - {"each", "trend", "conflict"}):
        return None
    outcomes, told = [], set[FactRow]()
    for texts in ([f"{piece}{topic}是多少", f"{when}{topic}是多少"] for piece, when in row):
        alone = (answerer.by_itself(text) for text in dict.fromkeys(texts))
        answer = next((o for o in alone if o.status == "answered" and o.leading and o.leading[0].measured), None)
        if answer is None or answer.leading[0] in told:
            return None
        told.add(answer.leading[0])
        outcomes.append(answer._replace(parts=tuple(p._replace(others=()) for p in answer.parts[:1])))
    return merged(outcomes, [Segment(piece) for piece, _ in row])._replace(context=outcome.context)


def _dated(reading: Reading, outcome: Outcome, answerer: Answerer) -> Outcome | None:
    """When each of several things in a row was (甲成立、乙发布先后是什么时间), None if one of them has no date."""
    listed = "date" in reading.asks and reading.asks <= _WHEN and not reading.intents.isdisjoint(_ONE_BY_ONE)
    spans = named_in_row(reading, answerer) if listed and len(outcome.leading) <= 1 else []
    if len(spans) < _PAIR or reading.intents & CHECKING:
        return None
    outcomes, told = [], set[FactRow]()
    for operand in of_measure(reading, spans):
        alone = (answerer.by_itself(f"{t}是什么时候") for t in operand.texts)
        answer = next((o for o in alone if o.status == "answered" and _gives_date(o.leading, operand.entity)), None)
        if answer is None or answer.leading[0] in told:
            return None
        told.add(answer.leading[0])
        outcomes.append(answer)
    return merged(outcomes, [Segment("")] * len(outcomes))._replace(context=outcome.context)


def _two_counts(reading: Reading, outcome: Outcome, answerer: Answerer) -> Outcome | None:
    """How many there are of each of two sorts that do the same (有多少所X和多少个Y做了Z), None if one is not known."""
    text, told = reading.text, outcome.leading
    both = _COUNTS.search(text) if reading.asks == {"number"} and not reading.intents & ELSE else None
    noun = answerer.base.lexicon.noun_at(text, both.end()) if both else None
    if both is None or noun is None or any(len(set(f.figures)) > 1 for f in told):
        return None
    head, rest = text[: both.start()], text[noun[0] :]
    texts = [f"{head}{both['first']}{rest}", f"{head}{both['other']}{text[both.end() :]}"]
    outcomes = [answerer.by_itself(t) for t in texts]
    if any(o.status != "answered" or not o.leading or not o.leading[0].quantities for o in outcomes):
        return None
    return merged(outcomes, [Segment(t) for t in texts])._replace(context=outcome.context)


def _gives_date(told: tuple[FactRow, ...], entity: int) -> bool:
    return bool(told) and told[0].timed and entity in told[0].entities


def _in_row(reading: Reading) -> tuple[list[tuple[str, str]], str]:
    """What stands in a row behind a topic, each with the time in it, and the topic; an empty row if none does."""
    text, periods = reading.text, reading.periods
    each = reading.word("i:each")
    end = each.start if each else len(text)
    if not (each or len(periods) >= _PAIR) or reading.asks - NUMERIC - {"date"}:
        return [], ""
    cut = max((m.end() for m in _CLAUSE.finditer(text, 0, end)), default=0)
    cut = cut or (periods[0].start if periods else 0)
    pieces = [p.strip(_EDGE) for p in _SIDE.split(text[cut:end])]
    whens = [next((text[t.start : t.end] for t in periods if text[t.start : t.end] in p), "") for p in pieces]
    if not all(pieces) or (periods and not all(whens)):
        return [], ""
    return list(zip(pieces, whens, strict=True)), text[:cut].strip(_EDGE).removeprefix("关于")
