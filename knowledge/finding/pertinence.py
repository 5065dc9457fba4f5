"""Whether a fact is of what a question is about at all: its names, dates, titles, turns, sense."""

from __future__ import annotations

import re
from collections import Counter

from knowledge.finding.aside import asks_beside
from knowledge.finding.doing import names_no_other, of_those_left
from knowledge.finding.elsewhere import sets_above
from knowledge.finding.finding import Finding
from knowledge.finding.judge import explained, only_excepted
from knowledge.finding.measure import OWN_WORDS, lives_there, merely_counted, of_a_person, unspoken
from knowledge.finding.probe import Hints
from knowledge.finding.scope import NO_FIGURE, is_no_aim
from knowledge.finding.whereabouts import is_district, lies_within, of_what_is_sought
from knowledge.reading.asked import CHOOSING, NUMERIC
from knowledge.reading.degrees import ENDS
from knowledge.reading.reading import Reading
from knowledge.reading.readings import Readings
from knowledge.reading.roster import members
from knowledge.reading.utterance import Speaker, asks_occasion, names_occasion, said_by, speaker
from knowledge.store.base import Base, FactRow
from knowledge.text.lexicon import words as stems
from knowledge.text.numerals import Quantity
from knowledge.text.order import item_asked
from knowledge.text.patterns import is_han, pattern
from knowledge.text.terms import bigrams

_ENDS = frozenset({"i:most", "i:least"})
_RANKED = 3
"""So many members make a list that shows an order."""
SURE = 1.5
"""How much weightier than what nobody knows the words explained have to be."""
_SURE_NAMED = 0.3
"""The same where something known is named."""
_VERB = 2
"""Characters of a Chinese verb."""
STRANGE = 2
"""Characters of an unknown piece that may be a name."""
NEAR = 2.0
"""A finding so much behind an impossible one is no answer either."""
_OWN_BRIDGED = 0.8
"""Weight of a word that says in what respect a place is asked."""
_TITLED = 0.6
"""Share of the words of a title that nobody knows from which on a fact may be of it."""
_SMALL = 9
"""Numbers up to this count what is asked for (哪两家) more often than they are told."""
_COUNTING = frozenset({"", "年"})
"""Units of a number that gives no size, besides those that count members of a set."""
_MUCH_HEARD = 0.3
"""Share of a question's wording that a fact has to hold to be what was said."""
_COUNTS = NUMERIC - {"share"} | {"rank"}
"""Types of answer of which a place in an order is none."""
_LESS = 0.25
"""By so much smaller a share of a question an order may explain than the best finding does."""
_SAYING = frozenset("说讲称")
_BY_WHOM = pattern(
    "(?:谁|哪[位个家份篇][\u3400-\u9fff]{0,4})[说讲称](?:过|了)?(?!的?[啥什])|[话]是谁[说讲]的|谁说的"
    "|(?:who|which [a-z]+) (?:said|claimed|wrote that)"
)
"""Who said that … : what was said has to stand in the statement."""
_WHICH = frozenset({"which", "what"})
_PLACED = frozenset({"place"})
_LATER = pattern(r"(?<![\d.])(?:[2-9]|\d{2,})\.\d(?!\d|[亿万%倍])|第[二三四五六七八九]代")
"""A version that is not the first."""
_IN_ORDER = pattern(
    "高(?![校等端新层管科])|多(?![家个种款项方位名元模数])|(?<!加)大(?![模学家数会赛厂型等])|小(?![龙镇时组学型模])|(?<![加增])强(?!调)"
    "|[低少早晚先后]|第|[首前末最]|依次|顺序"
)
"""How a list shows an order."""
_ONE_YEAR = pattern(
    r"(?:去|今|前|明)年|[这那近过]去?一年|\b(?:last|this) year\b|\bin (?:one|a single) year\b", holds=("年", "year")
)
"""Asks for the figure of one year."""
_PAST_YEAR = pattern(r"去年|上一?年度?|\blast year\b")
_SUM_OF_YEARS = pattern(
    "(?:过去|近|最近|这|前)(?:[二两三四五六七八九十]|[2-9]|10)年"
    "|(?:past|last) (?:two|three|four|five|six|ten|[2-9]) years"
)
"""A figure of several years together."""
_TOLD_OF = pattern("(?:资料|文章|报道|文|稿子|稿件)[里中]?[^,，?？]{0,4}[提讲写说谈]?[到及]了?(?:多少|几)")
"""Asks how many things are spoken of (资料里提到几艘船): no figure of one of them tells it."""
_SPEAKING = pattern("说|谈|评价|认为|表示|透露|看待|怎么看|职[务位]|头衔|担任|[出任]任|当什么")


class Pertinence:
    """Tells which facts are of something else than a question."""

    def __init__(self, readings: Readings) -> None:
        self.readings, self.base = readings, readings.base
        self._spoken: tuple[Reading | None, Speaker | None, bool, bool] = (None, None, False, False)
        """The last reading that was asked for who says something in it, that one, and if it is asked where, by whom."""

    def may_be(self, finding: Finding, reading: Reading, hints: Hints) -> bool:
        """Whether nothing rules it out: another name, date, type or sense, or a name that nobody knows."""
        if finding.unnamed or not finding.dated or not finding.fits:
            return False
        if (finding.own < OWN_WORDS or not finding.names.named) and self._off_topic(finding, reading):
            return False
        if hints.entities and not reading.mentions and not finding.fact.within & hints.entities:
            return False
        if "rank" in reading.asks and self._placed_by_another(finding, reading):
            return False
        if merely_counted(finding, self.readings.named(reading), reading, self.base):
            return False
        if reading.asks & CHOOSING and not self.same_sense(finding.fact, reading):
            return False
        if not self._of_the_sort(finding.fact, reading) or of_those_left(reading, hints):
            return False
        if not self.said_as_asked(finding, reading) or _asks_how_many_are_told(reading):
            return False
        if "procedure" in reading.intents and not self._tells_step(finding.fact, reading):
            return False
        return self._of_the_same(finding.fact, reading) and self.known(finding, reading)

    def said_as_asked(self, finding: Finding, reading: Reading) -> bool:
        """Whether a fact tells what is asked to have been said: by the one it is asked of, and where, if that is."""
        known, who, where, by_whom = self._spoken
        if known is not reading:
            who, where = speaker(reading, self.base), asks_occasion(reading)
            by_whom = bool(reading.asks & CHOOSING and _asks_by_whom(reading.text))
            self._spoken = reading, who, where, by_whom
        if who is not None and not said_by(finding.fact, who, reading, self.base):
            return False
        if where and not names_occasion(finding.fact, reading, self.base):
            return False
        # who said it is told by what says it too, not by what is said of the same city
        return not by_whom or _tells_much(finding, reading)

    def _tells_step(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a fact speaks of what somebody wants to know how to do (怎么申请): its last word stands there."""
        step = reading.word("i:procedure")
        if step is None:
            return False
        verb = step.text.split()[-1] if step.text.isascii() else step.text[-_VERB:]
        return verb in self.base.said(fact)

    def _of_the_same(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a fact is of the titles, ends, figures, numbers and times that the question tells apart."""
        if not reading.intents.isdisjoint(ENDS) and _of_other_end(fact, reading):
            return False
        other = any(_holding(t, fact) < _TITLED for t in reading.titles)
        if other or ("original" in reading.intents and _LATER.search(fact.zh)):
            return False
        if reading.excepted and (only_excepted(fact, reading, self.base) or names_no_other(fact, reading, self.base)):
            return False
        past = "now" in reading.intents and fact.former
        if past or is_no_aim(fact, reading, self.base) or self._dated_elsewhere(fact, reading):
            return False
        if (
            "once" in reading.intents
            and not fact.former
            and of_a_person(self.readings.named(reading), reading, self.base)
        ):
            return False  # 以前在哪家公司 asks for no post that is held now
        if len(reading.quantities) > 1 and "verify" not in reading.intents:
            given = {(q.value, q.is_share) for q in reading.quantities if q.is_share or q.value > _SMALL}
            if len(given) > 1 and given.isdisjoint(fact.figures):
                return False  # 54个和51个为什么不一样
        if len(reading.quantities) == 1 and not self._of_size(fact, reading):
            return False
        if not self._of_the_time(fact, reading):
            return False
        return not sets_above(fact, reading, self.readings) and self.of_codes(fact, reading)

    def _of_the_time(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a fact is of the turn asked for, and tells what was before or after where that is asked."""
        beside = asks_beside(reading.text)
        if beside and not beside.search(self.base.statement(fact.f)):
            return False
        if reading.asks & NUMERIC and _ONE_YEAR.search(reading.text) and _SUM_OF_YEARS.search(fact.zh):
            return False
        if reading.asks & NUMERIC and fact.planned and "aim" not in reading.intents and _PAST_YEAR.search(reading.text):
            return False  # what was so last year is told by no aim
        return not (reading.turns and fact.of_other_turn(reading.turns))

    def _dated_elsewhere(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a figure without a date is told again of the same thing, of another time than the one asked for."""
        family = self.base.relations[fact.relation].family
        if not reading.periods or fact.periods or not family or not fact.measured:
            return False
        told = [f for f in map(self.base.fact, self.base.facts_about(fact.subject, family)) if f.periods]
        alike = [f for f in told if f.figures[:1] == fact.figures[:1]]
        return bool(alike) and not any(p.overlaps(q) for f in alike for p in f.periods for q in reading.periods)

    def _of_size(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a fact tells the size that a question gives (32000卡集群何时推出), if it gives one."""
        given = reading.quantities[0]
        if "verify" in reading.intents or not reading.asks or given.value <= _SMALL:
            return True
        if reading.asks & NUMERIC:
            return not _counts_others(fact, given, reading)
        counts = given.bound or given.unit in _COUNTING or "m" in self.base.lexicon.tags.get(given.unit, ())
        return bool(counts) or (given.value, given.is_share) in fact.figures

    def _placed_by_another(self, finding: Finding, reading: Reading) -> bool:
        """Whether a place is told by something else than is asked (存活率排第几: by funding)."""
        if any(not c.light and c.weight >= _OWN_BRIDGED for c in finding.missing):
            return True
        return any(unspoken(m, finding.fact, self.base) for m in reading.mentions)

    def of_codes(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a fact speaks of the names that the base only knows others like (gpt-3 is no gpt-4)."""
        if not reading.codes:
            return True
        said = self.base.tables.fold(f"{fact.zh} {fact.en}").replace("-", "")
        return all(code.replace("-", "") in said or _of_version(code, said) for code in reading.codes)

    def _off_topic(self, finding: Finding, reading: Reading) -> bool:
        """Whether it says nothing of a topic that the question is about.

        哪些城市有算力券 is answered by no list of cities, and 文心何时开源 not by when it was published.
        """
        topics = reading.mentions
        # 甲城算力 asks for nothing but what is told of the topic there
        if finding.names.named and (reading.clues or reading.asks):
            named = self.readings.named(reading) if "date" in reading.asks else ()
            topics = tuple(m for m in reading.mentions if m.entities[0] not in named) if named else ()
        return any(unspoken(m, finding.fact, self.base) for m in topics)

    def same_sense(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a fact says who is not, who is most, or who is a deputy, where that is asked (哪个没有入围)."""
        if "negation" in reading.intents and not fact.negated:
            return False
        if reading.kinds and "最" in reading.text and self._of_another_kind(fact, reading):
            return False
        if another := reading.word("i:deputy"):
            return another.text in self.base.said(fact)
        if not reading.intents & ENDS or "compare" in reading.intents:
            return True
        # that a list has so many members shows no order of them
        figures = fact.quantities if "least" in reading.intents else [q for q in fact.quantities if q.text]
        if fact.listed >= _RANKED and (figures or _IN_ORDER.search(fact.zh)):
            return True
        if "least" in reading.intents and not reading.place:
            return any(w in fact.zh for w in self.base.remembered(_least)())
        return "person" in reading.asks or self._tells_most(fact)

    def _of_the_sort(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a fact tells one of the sort asked for: in which place of a larger one, the most, where one lives."""
        if not of_what_is_sought(fact, reading) or (reading.kinds and not lies_within(fact, reading, self.base)):
            return False
        if _what_most(reading) and not self._tells_most(fact):
            return False
        if reading.asks == _PLACED and not reading.kinds and self._ranks_another(fact, reading):
            return False
        if "dwelling" not in reading.intents:
            return True
        return lives_there(fact, self.readings.named(reading), reading, self.base)

    def _ranks_another(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a fact gives the rank or figure of something else than who is named, and so not where that is."""
        own = self.base.who | self.base.persons
        named = self.readings.named(reading)
        if not named or any(self.base.entity(e).kind not in own for e in named):
            return False
        ranked = fact.measured or self.base.relations[fact.relation].value == "rank"
        return ranked and reading.entities.isdisjoint({fact.subject, fact.place, *fact.objects})

    def _tells_most(self, fact: FactRow) -> bool:
        """Whether a fact says who or what comes first, or gives a rank."""
        return fact.superlative or self.base.relations[fact.relation].value == "rank"

    def _of_another_kind(self, fact: FactRow, reading: Reading) -> bool:
        """Whether it tells the most or least of other things than are asked for (最老的船 is no lighthouse)."""
        kinds = self.base.kinds_like(reading.kinds)
        kinds |= self.base.where if kinds & self.base.where else frozenset()  # a place may be a city
        ranked = self._tells_most(fact)
        told = fact.entities if fact.superlative else fact.entities - {fact.by}  # a ranking ranks not who made it
        if not (ranked or fact.measured) or any(self.base.entity(e).kind in kinds for e in told):
            return False
        return ranked or any(w.has("r") and not _ENDS.isdisjoint(w.tags) for w in reading.words)

    def known(self, finding: Finding, reading: Reading) -> bool:
        """Whether the question is not about a name that the base has never seen (拼多多的大模型)."""
        if "verify" in reading.intents:
            return True
        opening = any(not c.terms and _begins(reading.text, c.text) for c in finding.missing)
        if opening and _SPEAKING.search(reading.text):
            return False  # whoever the question begins with said it or holds the post, and nobody else
        if any(not c.terms and is_district(c.text) for c in finding.missing):
            return False  # what is told of a city tells nothing of a part of it
        if not reading.unknown:
            return True
        strange = [c for c in finding.missing if c.text in reading.unknown and len(c.text) >= STRANGE]
        if any(self._asked_for(c.text, reading) for c in strange):
            return False
        least = SURE
        if self.readings.named(reading):
            # English verbs (look after) are unknown to a small base more often than meant as a name
            strange = [c for c in strange if not c.text.isascii()]
            least = _SURE_NAMED
        if not strange:
            return True
        return finding.own + finding.cued >= least * sum(c.weight for c in strange)

    def _asked_for(self, text: str, reading: Reading) -> bool:
        """Whether a piece is what a question word asks for (哪家咖啡馆, which minister)."""
        if text.isascii():
            return any(w.text in _WHICH and reading.text.startswith(text, w.end + 1) for w in reading.words)
        return any(w.text[0] == "哪" and reading.text.startswith(text, w.end) for w in reading.words)

    def in_place(self, findings: list[Finding], reading: Reading) -> list[Finding]:
        """The findings that say what is the second, third, … where that is asked for: the first is no rival to it."""
        if (item := item_asked(reading.text)) and "verify" not in reading.intents:
            near = [f for f in findings if f.score > findings[0].score - NEAR]
            total = max((int(q.value) for q in reading.quantities if q.value > item), default=0)
            return [f for f in near if _tells_item(f.fact, item, total, self.base)]
        if not reading.place or "verify" in reading.intents or reading.asks & _COUNTS:
            return findings
        telling = [f for f in findings if _tells_place(f.fact, reading.place) and _as_near(f, findings[0])]
        named = [f for f in telling if f.fact.names_place(reading.place)]
        return named if named and named[0].score > telling[0].score - NEAR else telling


def _counts_others(fact: FactRow, given: Quantity, reading: Reading) -> bool:
    """Whether a fact has neither so many of something named by number (46个场景的投资额), nor speaks of such."""
    if given.is_share or (given.value, given.is_share) in fact.figures:
        return False
    counted = [c for c in reading.clues if len(c.text) > 1 and reading.text.startswith(c.text, given.end)]
    return bool(counted) and not any(explained(c, fact.terms) for c in counted)


def _what_most(reading: Reading) -> bool:
    """Whether it is asked what the most or least of its sort is, in English words (what is the biggest …)."""
    return "definition" in reading.asks and not reading.intents.isdisjoint(ENDS) and reading.text.isascii()


def _asks_how_many_are_told(reading: Reading) -> bool:
    """Whether it is asked how many things the articles speak of."""
    return "number" in reading.asks and not reading.mentions and _TOLD_OF.search(reading.text) is not None


def _asks_by_whom(text: str) -> bool:
    """Whether it is asked who said something."""
    if _SAYING.isdisjoint(text) and not (" said" in text or " claimed" in text or " wrote" in text):
        return False
    return _BY_WHOM.search(text) is not None


def _of_version(code: str, said: str) -> bool:
    """Whether a text gives a name with that number soon behind it (盘古3: 盘古大模型3.0)."""
    if code.isascii() or not code[-1].isdigit():
        return False
    return re.search(rf"{re.escape(code[:-1])}\D{{0,6}}{code[-1]}(?!\d)", said) is not None


def _of_other_end(fact: FactRow, reading: Reading) -> bool:
    """Whether a fact tells who is first, and nothing of the others, where the last one is asked for, or vice versa."""
    if not fact.opposed or len(set(fact.figures)) > 1 or fact.listed >= _RANKED:
        return False
    asked = [w.text for w in reading.words if not _ENDS.isdisjoint(w.tags)]
    return any(word in text for word in fact.opposed for text in asked)


def _least(base: Base) -> tuple[str, ...]:
    """The words that say who or what comes last. To be called through `Base.remembered`."""
    return tuple(w for w in base.lexicon.having("i:least") if not w.isascii())


def _tells_much(finding: Finding, reading: Reading) -> bool:
    """Whether a finding holds most of what is said to have been said, and its figures."""
    words = finding.words
    if any((q.value, q.is_share) not in finding.fact.figures for q in reading.quantities):
        return False
    return words.own + words.cued > words.soft + words.strict and finding.heard >= _MUCH_HEARD


def _begins(text: str, piece: str) -> bool:
    """Whether a text begins with a piece of several Han characters."""
    return len(piece) >= STRANGE and is_han(piece[0]) and text.startswith(piece)


def _as_near(finding: Finding, best: Finding) -> bool:
    """Whether a finding explains nearly as much of a question as the best: else it is an order of something else."""
    return finding.content >= best.content - _LESS


def _tells_item(fact: FactRow, item: int, total: int, base: Base) -> bool:
    """Whether a fact says which the first, second, … of its items is, or lists as many as there are in total."""
    return fact.names_place(item) or members(fact, base) >= max(item, total, _RANKED)


def _tells_place(fact: FactRow, place: int) -> bool:
    """Whether a fact says what is the second, third, … or lists figures for so many."""
    if fact.names_place(place) or ("依次" in fact.zh and fact.listed >= place):
        return True
    counted = Counter(q.unit for q in set(fact.quantities) if q.unit not in NO_FIGURE)
    return max(counted.values(), default=0) >= place


def _holding(title: str, fact: FactRow) -> float:
    """Share of a title's words that a fact holds."""
    words = [*bigrams(title), *stems(title)]
    return sum(w in fact.terms for w in words) / (len(words) or 1)
