"""Follow-ups: what a question means that leans on the one before."""

from __future__ import annotations

from knowledge.asking.again import of_last, of_the_same, row_span, without_sum
from knowledge.asking.alone import Answerer
from knowledge.asking.anaphora import its_like
from knowledge.asking.antecedent import antecedents, with_name
from knowledge.asking.before import beside_last
from knowledge.asking.both import of_the_last
from knowledge.asking.earlier import earlier
from knowledge.asking.reply import reply, unknown
from knowledge.asking.tally import which_ones
from knowledge.deciding.apiece import WEIGHING
from knowledge.finding.find import find
from knowledge.finding.finding import Finding
from knowledge.finding.outcome import NO_CONTEXT, Context, Outcome, Part, noted
from knowledge.finding.probe import NO_HINTS, Hints
from knowledge.finding.standing import holder, place_of_whom, ranks
from knowledge.reading.asked import CHOOSING, NUMERIC
from knowledge.reading.reading import Reading
from knowledge.reckoning.figures import figure_of
from knowledge.reckoning.weigh import difference, ranking
from knowledge.store.base import FactRow
from knowledge.text.dates import find_periods, year_in_full
from knowledge.text.numerals import whole_number
from knowledge.text.patterns import pattern

_ORDINAL = pattern(
    r"^那?第([一二两三四五六七八九十\d]+)"
    r"(?:(?:个|款|家|项|条|位)(?:(?:呢|叫什么|叫啥|是哪个|是什么|是谁|\?|？)*$|(.{2,10}))|[呢?？]+$)"
)
_OTHERS = pattern(
    r"^那?么?(?:另外|另|其他|其它|其余|剩下|余下|还有|剩)的?那?([俩两二三四五六七八九\d]?)[个家款位项种条座所篇份者]?"
    r"(?:都?(?:是|叫|有)?(?:谁|啥|什么|哪些|哪几[个家款])|分别.{0,5})?[呢啊呀?？ ]*$"
    r"|^(?:and |what about |how about |who are |which are )?(?:the )?(?:others?|rest|remaining)"
    r"(?: (?:(two|three|four|five)|ones?))?[? ]*$"
)
_SOME_OTHERS = pattern(
    r"^那?么?(?:另外|另|其他|其它|其余|剩下|余下)的?那?(?:俩|[两二三四五六七八九\d][个家款位项种条座所篇份])"
)
_VERSION = pattern(r"^\d+(?:\.\d+)+")
"""What is glued to a name and belongs to that alone."""
_SHARE = pattern(r"占|(?:share|percentage|proportion|part) of")
"""The whole of which a share is asked for is not what is asked about."""
NOTHING = Reading("")
_DATE = frozenset({"date"})
_NAME, _LIST = frozenset({"name"}), frozenset({"list"})
MEMBERS = CHOOSING - {"place"}
"""What asks for some of those that were spoken of, or of those that something may be one of."""
_LIKELY = 4
"""Things of an answer that a follow-up may be about."""
_CERTAIN = WEIGHING | {"he"}
"""Intents that are answered of what is named or not at all."""
_LEANING = frozenset({"refers", "inside"})
"""Intents by which something spoken of before is meant."""
_POINTING = _LEANING | {"he", "pronoun", "that"}
_AGAIN = frozenset({"followup", "likewise"})
"""Intents by which the last question is asked of another thing."""
_OWN = 1.0
"""Score by which what the user named goes before what he was told."""
_LEAST = 2
"""Things that make a list."""
_THAT_HOUSE = tuple("那家 这家 那座 这座 那所 这所 那间 这间 那边 那里 那儿".split())


class Follower:
    """Answers questions that lean on what was said before."""

    def __init__(self, answerer: Answerer) -> None:
        self.answerer, self.desk = answerer, answerer.desk
        self.readings, self.base = answerer.readings, answerer.base

    def follow(self, reading: Reading, before: Reading, context: Context) -> Outcome | None:
        """Answer a question that leans on the one before, or None if it stands alone."""
        if beside := self._siblings(reading, context) or earlier(reading, context, self.base):
            return reply(self.readings, reading, (beside,), (), context)
        others = _SOME_OTHERS.match(reading.text) and not self.readings.named(reading) and context.facts
        if others or self._of_nobody(reading, context):
            return unknown(reading, context)  # 另外两个是做什么的: not what the one just told of does
        last = of_the_last(reading, context, self.readings) or self._in_order(reading, context)
        last = last or of_last(reading, context, self.desk)
        if last := last or beside_last(reading, context, self.desk):
            return last
        if self._sets_against(reading, context):
            against = self._set_against(reading, context)
            return reply(self.readings, reading, (against,), (), context) if against else unknown(reading, context)
        ones = "" if self._members(reading, context) else which_ones(reading.text, context.text)
        if swapped := ones or self.swap(reading, context):
            return self._of_another(swapped, context)
        if self.readings.named(reading):
            return None
        if bare_versions := tuple(q for q in reading.quantities if q.start == 0 and _VERSION.fullmatch(q.text)):
            reading = reading._replace(versions=bare_versions)  # 3.0什么时候发布
        wide = self._wide(reading)
        weighing = reading.intents & {"most", "least", "difference"}
        # 2023年多多少 is not of the figures that were just told
        last_again = bool(weighing) and not reading.periods
        counted = self._weigh_last(reading, context) if last_again else self._members(reading, context)
        if counted:
            return reply(self.readings, reading, (counted,), (), context)
        hints = self._hints(reading, before, context)
        meant = self._meant(reading, hints, context)
        findings = [f for f in find(reading, self.base, hints) if f.fact.entities & meant]
        findings = self._named_first(findings, reading, context)
        if "verify" in reading.intents and not reading.mentions:
            findings = [f for f in findings if f.fact.subject in meant]  # what is claimed is claimed of that itself
        spoken = [f for f in findings if not f.names.topics]
        if wide or (reading.mentions and spoken and reading.asks.isdisjoint(NUMERIC)):  # 全国一共多少, 大模型呢
            findings = spoken
        if (further := reading.word("i:still")) and not further.text.isascii():  # 还发布了什么: what was not told yet
            findings = [f for f in findings if f.fact.f not in context.facts] or findings
        findings = self._of_told(findings, context) if reading.asks == _DATE and reading.bare else findings
        if reading.of_whole and context.text:
            alike = of_the_same(findings, self.readings.read(context.text))
            findings = alike if self.desk.decide(reading, alike, hints)[0] else findings
        decided, rest = self.desk.decide(reading, findings, hints)
        decided = decided and self._borne_out(reading, decided, context)
        # where two things were to be compared, the figure of one of them is no answer
        if decided and not (weighing and len(context.named) >= 2 and reading.bare):
            listed = context.answered if reading.asks == _NAME else ()  # a name given before is not asked for again
            decided = decided._replace(named=decided.named.union(context.named, listed))
            return reply(self.readings, reading, (decided,), rest, context)
        leans = reading.bare or (wide and len(reading.mentions) == 1 and not reading.weighty(0.3))
        if leans or ("refers" in reading.intents and context.facts):
            return unknown(reading, context, findings)
        return None

    def _of_another(self, swapped: str, context: Context) -> Outcome:
        """The answer to the last question of another thing."""
        again = self.readings.read(swapped)
        outcome = self.answerer.fresh(again, NOTHING, context)
        seen = [e for e in self.readings.named(again) if e not in context.named]
        named = (*context.named, *seen)[-8:]
        return outcome._replace(context=outcome.context._replace(named=named))

    def _meant(self, reading: Reading, hints: Hints, context: Context) -> set[int]:
        """What a question that names nothing may be about."""
        known = hints.entities
        # a place that was only given as an answer is not what is asked about next (公司在哪，模型叫什么)
        given = {e for e in known.difference(context.named) if self.base.entity(e).kind in self.base.where}
        # 那家的馆长: of the museum just told
        meant = set(known - given if context.named and not reading.text.startswith(_THAT_HOUSE) else known)
        if reading.bare and reading.intents.isdisjoint(_POINTING):
            meant &= {*context.named, *context.primary}  # not what was only told of beside it
        # a theme (算力券) tells apart what is said of a thing, and is none itself
        return meant - {
            e for e in context.primary if self.base.entity(e).generic and meant & set(self._things(context))
        }

    def _named_first(self, findings: list[Finding], reading: Reading, context: Context) -> list[Finding]:
        """The findings; of equals those on what the user named before those on what he was told beside it."""
        rows = map(self.base.entity, context.named)
        named = {row.e for row in rows if not row.generic and row.kind not in self.base.where}
        if not named or reading.mentions or not reading.bare or "he" in reading.intents:
            return findings
        return sorted(findings, key=lambda f: f.score + _OWN * (not named.isdisjoint(f.fact.entities)), reverse=True)

    def _of_told(self, findings: list[Finding], context: Context) -> list[Finding]:
        """The findings on what was named or told last, not on the place that it is in: 什么时候出的 after a rule."""
        rows = map(self.base.entity, context.primary)
        meant = {row.e for row in rows if not row.generic and row.kind not in self.base.where}
        return [f for f in findings if not meant.isdisjoint(f.fact.entities)] or findings

    def _hints(self, reading: Reading, before: Reading, context: Context) -> Hints:
        """What was spoken of, as far as a question may lean on it."""
        known = frozenset((*context.named[-3:], *context.answered[:6], *context.primary))
        if "he" in reading.intents:
            known = frozenset(e for e in known if self.base.entity(e).kind in self.base.persons) or known
        primary = known.intersection(context.primary)
        clues = before.clues
        if context.text:
            clues = (*clues, *self.readings.read(context.text).clues)
        framed = reading.bare and not reading.asks.isdisjoint(NUMERIC) and "now" not in reading.intents
        periods = before.periods or tuple(find_periods(context.text) if framed else ())  # 2016年…是哪, 有多少家
        return Hints(entities=known, primary=primary, clues=clues, periods=periods)

    def _of_nobody(self, reading: Reading, context: Context) -> bool:
        """Whether a person is meant, and nobody was spoken of (他多大 after a firm whose founder is not known)."""
        if "he" not in reading.intents or not reading.bare:
            return False
        spoken = (*context.named, *context.answered, *context.primary)
        return not any(self.base.entity(e).kind in self.base.persons for e in spoken)

    def _borne_out(self, reading: Reading, decided: Part, context: Context) -> Part | None:
        """What was decided, if the same is answered where the thing meant is named; else that answer, or None.

        Without a name many a fact on what was spoken of passes: one that is asked for by name has to say more.
        """
        leaning, certain = (not reading.intents.isdisjoint(some) for some in (_LEANING, _CERTAIN))
        if _VERSION.match(reading.text) or (reading.bare and not leaning and not certain):
            return decided  # 2.0 says which is meant, and 什么时候 alone fits what was spoken of
        meant = antecedents(reading, context, self.base)
        answers: list[tuple[float, Part]] = []
        for entity in dict.fromkeys((*meant, *self._others_spoken_of(reading, meant, context))):
            named = self.readings.read(with_name(reading, entity, self.base))
            outcome = self.answerer.fresh(named, NOTHING, NO_CONTEXT)
            if outcome.status != "answered" or not (facts := outcome.parts[0].facts):
                continue
            if not leaning and (not certain or decided.facts[0] in facts):
                return decided
            if not answers and facts[0] == decided.facts[0]:
                return decided
            about = facts[0] == decided.facts[0] or self._is_about(facts[0], entity, meant, reading)
            found = find(named, self.base, NO_HINTS) if leaning and about else ()
            answers.append((next((f.score for f in found if f.fact == facts[0]), 0.0), outcome.parts[0]))
        score, best = max(answers, key=lambda some: some[0], default=(0.0, decided))
        if score:
            return decided if best.facts[0] == decided.facts[0] else best
        borne_out = any(decided.facts[0] in part.facts for _, part in answers)
        return decided if borne_out or not (certain or not (answers or reading.bare)) else None

    def _is_about(self, fact: FactRow, entity: int, meant: list[int], reading: Reading) -> bool:
        """Whether a fact names what a pronoun may mean."""
        row = self.base.entity(entity)
        fitting = "he" not in reading.intents or row.kind in self.base.persons
        return fitting and entity in meant and row.stands_in(fact.zh)

    def _others_spoken_of(self, reading: Reading, meant: list[int], context: Context) -> list[int]:
        """What else was spoken of and may bear out an answer: nobody else where the user named whom he means."""
        if "he" in reading.intents and all(self.base.entity(e).kind in self.base.persons for e in meant):
            return []
        rows = map(self.base.entity, (*context.primary, *context.answered[:_LIKELY]))
        return [row.e for row in rows if not row.generic and row.kind not in self.base.where]

    def _in_order(self, reading: Reading, context: Context) -> Outcome | None:
        """Who holds a place of the order that the last question asked about, where that is asked (第一是谁)."""
        place = place_of_whom(reading.text) if context.text and context.facts else 0
        last = self.readings.read(context.text) if place else NOTHING
        told = [self.base.fact(f) for f in context.facts] if place else []
        if not (place and ("rank" in last.asks or ranks(self.base, told[0]))):
            return None
        held = holder(self.base, told, last, place)
        return (
            reply(self.readings, reading, (noted(self.base, "facts", reading, (held,), ()),), (), context)
            if held
            else unknown(reading, context)
        )

    def _things(self, context: Context) -> list[int]:
        """What was named last and is no mere theme."""
        return [e for e in context.named if not self.base.entity(e).generic]

    def swap(self, reading: Reading, context: Context, *, force: bool = False) -> str:
        """'那上海呢', '那2023年呢': the last question with one entity or date exchanged, or ''.

        With `force` also for what does not look like a follow-up (广东占了几个).
        """
        named = self.readings.named(reading) or self._wide(reading)
        if not context.text or len(reading.mentions) > 2:
            return ""
        if not self.readings.named(reading) and named:
            return self._widened(reading, named[0], context)
        short = reading.text.rstrip("?？").endswith("呢") or not reading.intents.isdisjoint(_AGAIN)
        asked = self.readings.read(context.text).asks if "likewise" in reading.intents else frozenset[str]()
        if not force and (not short or reading.weighty(0.9) or reading.asks - {"how"} - asked):
            return ""
        if not named:
            before = find_periods(context.text)
            if not reading.periods or force:
                return ""
            new = reading.text[reading.periods[0].start : reading.periods[0].end]
            if not before:
                return f"{new}{context.text}"
            return context.text[: before[-1].start] + new + context.text[before[-1].end :]
        new_entity = self.base.entity(named[0])
        spans = [(s, e, self.base.entity(x)) for s, e, x in context.spans]
        same = [x for x in spans if x[2].kind == new_entity.kind] or [x for x in spans if not x[2].generic]
        if same and new_entity.kind in self.base.where and same[-1][2].kind not in self.base.where and len(spans) == 1:
            # 上海那个呢 after a fund: there need be none
            name, (start, end, _) = its_like(reading, context, self.base), same[-1]
            return f"{context.text[:start]}{name}{context.text[end:]}" if name else ""
        mention = next(m for m in reading.mentions if named[0] in m.entities)
        if not same:
            return f"{mention.text}{' ' if mention.text[-1].isascii() else ''}{context.text}"
        row = row_span([(s, e) for s, e, _ in same], context.text) if any(x.e == named[0] for *_, x in same) else None
        if row:  # 宝安呢 after 南山加宝安: of that one alone
            return without_sum(self.readings.read(context.text[: row[0]] + mention.text + context.text[row[1] :]))
        start, end, _ = same[-1]
        new = next((q.text for q in reading.versions if q.start == mention.end), "")  # 盘古4.0 is another thing
        return context.text[:start] + mention.text + new + _VERSION.sub("", context.text[end:])

    def _wide(self, reading: Reading) -> list[int]:
        """The place that all others lie in (全国), where nothing else is named."""
        if self.readings.named(reading) or _SHARE.search(reading.text):
            return []
        places = (m.entities[0] for m in reading.mentions)
        return [e for e in places if self.base.entity(e).kind in self.base.where][:1]

    def _widened(self, reading: Reading, place: int, context: Context) -> str:
        """全国一共多少 after a figure of one place: the last question with the place exchanged, or ''."""
        asked = self.readings.read(context.text).asks
        if reading.weighty(0.3) or (asked and not reading.asks <= asked):
            return ""
        spans = [(s, e) for s, e, x in context.spans if self.base.entity(x).kind in self.base.where]
        mention = next(m for m in reading.mentions if m.entities[0] == place)
        return f"{context.text[: spans[0][0]]}{mention.text}{context.text[spans[0][1] :]}" if len(spans) == 1 else ""

    def _members(self, reading: Reading, context: Context) -> Part | None:
        """都是哪几家, 分别叫什么 after a number of things: the list of them in the passage that counts them."""
        if not context.facts or not reading.bare or reading.asks.isdisjoint(MEMBERS):
            return None
        last = self.base.fact(context.facts[0])
        if not last.measured and last.listed >= _LEAST and "each" in reading.intents:
            return noted(self.base, "facts", reading, (last,), ())  # the list is what was answered
        if not last.measured or last.quantities[0].is_share or last.quantities[0].value < _LEAST:
            return None
        if "number" not in self.readings.read(context.text).asks:
            return None
        facts = {f for e in context.primary for f in self.base.facts_of(e)}
        lists = [f for f in map(self.base.fact, sorted(facts)) if f.listed >= _LEAST and not f.measured]
        lists = [f for f in lists if not set(f.citations).isdisjoint(last.citations)]
        near = [f for f in lists if abs(f.listed - last.quantities[0].value) <= 1]
        best = max(near, key=lambda f: len(f.entities), default=None)
        return noted(self.base, "facts", reading, (best,), ()) if best else None

    def _siblings(self, reading: Reading, context: Context) -> Part | None:
        """另外俩呢 after one of a list: the list, which names it and as many others as are asked for."""
        others = _OTHERS.match(reading.text)
        if others is None or not context.facts or self.readings.named(reading):
            return None
        last = self.base.fact(context.facts[0])
        wanted = whole_number(others[1] or others[2] or "")
        told = [e for e in (last.subject, *last.objects) if not self.base.entity(e).generic and e not in context.named]
        lists = []
        for e, fact in ((x, self.base.fact(f)) for x in told for f in self.base.facts_of(x)):
            if fact.listed < _LEAST or fact.f in context.facts or set(fact.citations).isdisjoint(last.citations):
                continue
            if e not in fact.spoken or (context.named and fact.within.isdisjoint(context.named)):
                continue
            kind = self.base.entity(e).kind
            beside = sum(x != e and self.base.entity(x).kind == kind for x in fact.spoken)
            if beside >= _LEAST and wanted in (0, beside):
                lists.append(fact)
        best = max(lists, key=lambda f: len(f.entities), default=None)
        return noted(self.base, "facts", reading, (best,), ()) if best else None

    def _sets_against(self, reading: Reading, context: Context) -> bool:
        """Whether what is named now is to be set against what the last figure was of (比北京多多少)."""
        named = self.readings.named(reading)
        if "difference" not in reading.intents or len(named) != 1 or reading.weighty(0.3) or not context.facts:
            return False
        last = self.readings.read(context.text)
        measured = self.base.fact(context.facts[0]).measured and last.intents.isdisjoint(WEIGHING)
        return measured and self._last_like(named[0], context) is not None

    def _last_like(self, entity: int, context: Context) -> int | None:
        """What was named last of an entity's kind."""
        kinds = self.base.kinds_like((self.base.entity(entity).kind,))
        return next((e for e in reversed(context.named) if e != entity and self.base.entity(e).kind in kinds), None)

    def _set_against(self, reading: Reading, context: Context) -> Part | None:
        """The difference of the last figure and the same of what is named now."""
        named = self.readings.named(reading)[0]
        last = self._last_like(named, context)
        return None if last is None else self._weigh_last(reading, context._replace(named=(last, named)))

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

    def picked(self, text: str, context: Context) -> str:
        """第二个 names the second thing offered or listed before, 25年 the year 2025 behind a question of another."""
        if context.facts and self.base.fact(context.facts[0]).as_of:
            text = year_in_full(text)
        match = _ORDINAL.match(text.strip()) if "第" in text else None
        told = self.base.fact(context.facts[0]) if context.facts else None
        if match is None or (told and ranks(self.base, told) and place_of_whom(text) and not context.options):
            return text  # 第二呢 after a place in an order is no item of a list
        listed = told.objects if told else ()
        choices = context.options or (listed if len(listed) >= _LEAST else context.answered)
        number = whole_number(match[1])
        if not 1 <= number <= len(choices):
            return text
        return self.base.tables.fold(self.base.entity(choices[number - 1]).zh) + (match[2] or "")


def _comparable(a: FactRow, b: FactRow) -> bool:
    """Whether two facts give the same measure for the same time, counted by the same."""
    return (a.relation, a.as_of, a.by) == (b.relation, b.as_of, b.by)
