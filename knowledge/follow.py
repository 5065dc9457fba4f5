"""Follow-ups: what a question means that leans on the one before."""

from __future__ import annotations

from knowledge.alone import Answerer, related
from knowledge.base import FactRow
from knowledge.dates import find_periods
from knowledge.find import find
from knowledge.outcome import Context, Outcome, Part
from knowledge.patterns import pattern
from knowledge.probe import Hints
from knowledge.reading import Reading, read
from knowledge.weigh import difference, figure_of, ranking

_ORDINAL = pattern(
    r"^(?:那)?第([一二两三四五六七八九十\d]+)(?:(?:个|款|家|项|条|位)(?:呢|是什么|是谁|\?|？)*|呢|\?|？)$"
)
_NUMBERS = {c: i for i, c in enumerate("〇一二三四五六七八九十")} | {"两": 2}
NOTHING = Reading("")
_MEMBERS = frozenset({"list", "name", "person", "which"})
_LEAST = 2
"""Things that make a list."""


class Follower(Answerer):
    """Answers questions that lean on what was said before."""

    def _follow(self, reading: Reading, before: Reading, context: Context) -> Outcome | None:
        """Answer a question that leans on the one before, or None if it stands alone."""
        if "source" in reading.intents and not self.named(reading) and context.facts and not weighty(reading, 1.0):
            facts = tuple(self.base.fact(f) for f in context.facts)
            return Outcome("answered", reading, (Part("source", facts),), context=context)
        if "more" in reading.intents and not self.named(reading) and not weighty(reading, 1.0):
            if context.rest:
                facts = tuple(self.base.fact(f) for f in context.rest[:5])
                kept = context._replace(facts=context.rest[:5], rest=context.rest[5:])
                return Outcome("answered", reading, (Part("facts", facts),), context=kept)
            return Outcome("unknown", reading, smalltalk="nomore", context=context)
        if "conflict" in reading.intents and bare(reading) and context.facts:
            last = self.base.fact(context.facts[0])
            part = self.part("conflict", reading, (last,), tuple(self.others(last, [last], reading)))
            return Outcome("answered", reading, (part,), context=context)
        swapped = self._swap(reading, context)
        if swapped:
            again = read(swapped, self.base)
            outcome = self._fresh(again, NOTHING, context)
            seen = [e for e in self.named(again) if e not in context.named]
            named = (*context.named, *seen)[-8:]
            return outcome._replace(context=outcome.context._replace(named=named))
        if self.named(reading):
            return None
        weighing = reading.intents & {"most", "least", "difference"}
        counted = self._weigh_last(reading, context) if weighing else self._members(reading, context)
        if counted:
            return self._answered(reading, (counted,), (), context)
        known = frozenset((*context.named[-3:], *context.answered[:6], *context.primary))
        primary = frozenset(context.primary)
        clues = before.clues
        if context.text:
            clues = (*clues, *read(context.text, self.base).clues)
        hints = Hints(entities=known, primary=primary, clues=clues, periods=before.periods)
        # a place that was only given as an answer is not what is asked about next (公司在哪，模型叫什么)
        given = {e for e in known.difference(context.named) if self.base.entity(e).kind in self.base.where}
        meant = known - given if context.named else known
        findings = [f for f in find(reading, self.base, hints) if f.fact.entities & meant]
        decided, rest = self.decide(reading, findings, hints)
        # where two things were to be compared, the figure of one of them is no answer
        if decided and not (weighing and len(context.named) >= 2 and bare(reading)):
            return self._answered(reading, (decided,), rest, context)
        if bare(reading) or ("refers" in reading.intents and context.facts):
            return Outcome("unknown", reading, related=related(findings), context=context)
        return None

    def _swap(self, reading: Reading, context: Context, *, force: bool = False) -> str:
        """'那上海呢', '那2023年呢': the last question with one entity or date exchanged, or ''.

        With `force` also for what does not look like a follow-up (广东占了几个).
        """
        named = self.named(reading)
        if not context.text or len(reading.mentions) > 2:
            return ""
        short = reading.text.rstrip("?？").endswith("呢") or "followup" in reading.intents
        if not force and (not short or weighty(reading, 0.9) or reading.asks - {"how"}):
            return ""
        if not named:
            before = find_periods(context.text)
            if not reading.periods or not before or force:
                return ""
            new = reading.text[reading.periods[0].start : reading.periods[0].end]
            return context.text[: before[-1].start] + new + context.text[before[-1].end :]
        new_entity = self.base.entity(named[0])
        spans = [(s, e, self.base.entity(x)) for s, e, x in context.spans]
        same = [x for x in spans if x[2].kind == new_entity.kind] or [x for x in spans if not x[2].generic]
        mention = next(m for m in reading.mentions if named[0] in m.entities)
        if not same:
            return f"{mention.text}{' ' if mention.text[-1].isascii() else ''}{context.text}"
        start, end, _ = same[-1]
        return context.text[:start] + mention.text + context.text[end:]

    def _members(self, reading: Reading, context: Context) -> Part | None:
        """都是哪几家, 分别叫什么 after a number of things: the list of them in the passage that counts them."""
        if not context.facts or not bare(reading) or reading.asks.isdisjoint(_MEMBERS):
            return None
        last = self.base.fact(context.facts[0])
        if not last.measured and last.listed >= _LEAST and "each" in reading.intents:
            return self.part("facts", reading, (last,), ())  # the list is what was answered
        if not last.measured or last.quantities[0].is_share or last.quantities[0].value < _LEAST:
            return None
        if "number" not in read(context.text, self.base).asks:
            return None
        facts = {f for e in context.primary for f in self.base.facts_of(e)}
        lists = [f for f in map(self.base.fact, sorted(facts)) if f.listed >= _LEAST and not f.measured]
        lists = [f for f in lists if not set(f.citations).isdisjoint(last.citations)]
        near = [f for f in lists if abs(f.listed - last.quantities[0].value) <= 1]
        best = max(near, key=lambda f: len(f.entities), default=None)
        return self.part("facts", reading, (best,), ()) if best else None

    def _weigh_last(self, reading: Reading, context: Context) -> Part | None:
        """谁最多, and 高多少, over the entities of the last questions."""
        if not context.facts or len(context.named) < 2:
            return None
        last = self.base.fact(context.facts[0])
        figures = []
        for e in context.named:
            options = [self.base.fact(f) for f in self.base.facts_of(e)]
            same = [f for f in options if _comparable(f, last) and e in (f.subject, f.place)]
            figures += [x for x in (figure_of(f, e) for f in same[:1]) if x]
        if "difference" in reading.intents:
            return difference(figures, reading) if len(figures) == 2 else None
        return ranking(figures, reading) if len(figures) >= 2 else None

    def _picked(self, text: str, context: Context) -> str:
        """第二个 names the second thing offered or listed before."""
        match = _ORDINAL.match(text.strip())
        choices = context.options or context.answered
        if match and choices:
            number = int(match[1]) if match[1].isdigit() else _NUMBERS.get(match[1], 0)
            if 1 <= number <= len(choices):
                return self.base.tables.fold(self.base.entity(choices[number - 1]).zh)
        return text


def _comparable(a: FactRow, b: FactRow) -> bool:
    """Whether two facts give the same measure for the same time, counted by the same."""
    return (a.relation, a.as_of, a.by) == (b.relation, b.as_of, b.by)


def weighty(reading: Reading, above: float) -> bool:
    """Whether clues other than light ones weigh more than `above` together."""
    return sum(c.weight for c in reading.clues if not c.light) > above


def bare(reading: Reading) -> bool:
    """Whether nothing but function words is left of a question."""
    return not reading.mentions and not weighty(reading, 0.3)
