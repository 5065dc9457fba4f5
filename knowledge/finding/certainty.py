"""How sure a finding has to be before it is given as an answer."""

from __future__ import annotations

from itertools import pairwise

from knowledge.finding import doing
from knowledge.finding.coming import not_planned
from knowledge.finding.deed import of_that_deed
from knowledge.finding.elsewhere import names_its_place, of_else, sets_above
from knowledge.finding.family import of_named_measure
from knowledge.finding.finding import LITTLE, SOME, Finding
from knowledge.finding.judge import explained
from knowledge.finding.limits import LIMITS, Limits, log_odds
from knowledge.finding.measure import (
    OWN_WORDS,
    counts_it,
    lacks_noun,
    measured,
    merely_counted,
    named_in_full,
    of_most,
    of_ranking,
    same_measure,
    speaks_of,
)
from knowledge.finding.pertinence import NEAR, STRANGE, SURE, Pertinence
from knowledge.finding.probe import NO_HINTS, Hints
from knowledge.finding.scope import in_scope, of_that_day, of_the_end, shared, told_besides
from knowledge.finding.sought import of_attribute, of_sort, of_term, tags_of, tells, whose_first
from knowledge.finding.whereabouts import in_part
from knowledge.reading.asked import CHOOSING, NUMERIC
from knowledge.reading.either import EITHER
from knowledge.reading.reading import Reading
from knowledge.reading.readings import Readings
from knowledge.store.base import Base, FactRow
from knowledge.text.patterns import HAN, pattern

_DATE = frozenset({"date"})
_PLACE = frozenset({"place"})
_PERSON = frozenset({"person"})
_WHERE_WHEN = _PLACE | _DATE
_PRECISE = NUMERIC | _DATE
_DONE = 0.7
"""Weight of an attribute that says what somebody did, and alone of all is asked for."""
_WHOLE = 0.99
"""Share of a question from which on a fact explains all of it."""
_LACKING = 0.8
"""Weight of what is unexplained from which on a fact that explains little else is of something else."""
_CHOSEN = 0.6
"""The same of a question which one: 哪家公司开发的 is answered by no statement that merely names a company."""
_HEARD = 0.6
"""Share of a question's wording that a fact which leaves so much unexplained has to hold at least."""
_TIED = 0.8
"""Weight of the statement's own words, without those for the tie, that make up for its telling of no such tie."""
_NAME = 0.8
"""Weight from which on a Latin word in a Chinese question is a name."""
_SPOKEN_OF = 1.0
"""Log-odds added where a fact is on the thing spoken of just before: the question need not name it again."""
_ANSWERS = 0.8
"""Least fitness of a fact that says so little of a question by whom."""
_TOLD = 0.5
"""Share of a word below which a fact does not tell it."""
_OWN_BRIDGED = 0.8
"""The same where what is named is only tied to the fact's subject."""
_STRICT_FIGURE = 0.3
"""Most weight of attributes that a figure may leave unexplained."""
_COMPARED = pattern(r"[比超差增升降减涨倍]|[高低多少]于|领先|落后|缩短|扩[至大展]|从.*[到至]")
"""How a statement says that one figure is so much more or less than another."""
_CHANGED = pattern(r"[增升降减涨翻倍]|同比|环比|百分点|缩短|扩[至大展]|从.*[到至]|提[高速]")
"""How it says that a figure changed: to be ahead of others is no growth."""
_SUMMED = pattern("[合共总]计|[总之]和|[相加]加|加起来|总[数额量规]|累计")
"""How it says that a figure is that of several together."""
_TIMES_AS_MUCH = r"倍|翻番|翻了|\btimes\b|-?fold\b|\bdouble|\btripl"
_MULTIPLE = pattern(_TIMES_AS_MUCH)
_BECAME = pattern(rf"{_TIMES_AS_MUCH}|[从由].*[到至]|扩[至大展到]")
"""How it says how many times as much something is, or what it became."""
_LATIN = pattern("[a-z]{2,}")
_SEVERAL = 2
_MOST = 1.5
"""How much weightier than what is missing the words explained have to be where the question names nothing."""


class Bar:
    """The bar that a finding has to clear."""

    def __init__(self, readings: Readings, limits: Limits = LIMITS) -> None:
        self.readings, self.base, self.limits = readings, readings.base, limits
        self.pertinence = Pertinence(readings)

    def accepts(self, finding: Finding, reading: Reading, hints: Hints = NO_HINTS) -> bool:
        """Whether a finding is an answer, taken by itself."""
        return not self.refusal(finding, reading, hints)

    def refusal(
        self,
        finding: Finding,
        reading: Reading,
        hints: Hints = NO_HINTS,
        lead: float = 0.0,
        closed: float = 0.0,
        open_attributes: float | None = None,
        terms: frozenset[str] = frozenset(),
    ) -> str:
        """Why a finding is no answer, '' if it is one.

        `lead` is the log of its share among all findings (0 if none comes near); `closed` is the share of what it lacks
        that other facts add, `terms` are those facts', `open_attributes` is the weight of the attributes still lacking.
        """
        strict = finding.strict if open_attributes is None else open_attributes
        lacking = strict > self.limits.strict
        if lacking or not self.pertinence.may_be(finding, reading, hints):
            return self._ruled_out(finding, reading, lacking=lacking)
        if not reading.clues and not reading.mentions:
            # '几号？' after an answer: the type asked for has to single the fact out
            sure = bool(hints.primary & finding.fact.entities) and finding.fits >= 1.0
            return "" if sure and (reading.asks - {"which"} or reading.kinds) else "the question says too little"
        if not reading.mentions and not hints.entities and not self._alone_told(finding, reading):
            return "says too little of a question that names nothing"
        placed = names_its_place(finding, reading, self.readings)
        off = not closed and (
            self._merely_named(finding, reading)
            or self._happened_else(finding, reading)
            or (bool(self.readings.named(reading)) and doing.done_else(finding, reading))
        )
        if placed or off or self._untold(finding, reading, terms):
            return "" if placed else "says nothing of what is asked"
        told = finding.about and finding.cued > 0.0 and finding.coverage >= _WHOLE  # its cues explain all of it
        vague = (finding.own < OWN_WORDS and not told) or "role" in reading.intents
        if "person" in reading.asks and ((finding.fits < _ANSWERS and vague) or self._other_tie(finding, strict)):
            return "does not tell who"
        if finding.bridged and self._merely_tied(finding, reading):
            return "only tied to what is named"
        if reading.asks & NUMERIC and not self._of_figure(finding, reading, hints, closed):
            return "a figure of something else"
        if (
            of_else(finding, reading, self.readings)
            or doing.of_another(finding.fact, reading, self.readings)
            or doing.not_by_any(finding, reading)
            or lacks_noun(finding, reading, self.base)
            or doing.of_no_kind(finding, reading)
            or not _tells_which(finding.fact, reading)
            or not tells(finding, reading, hints, self.base)
            or not of_most(finding, reading, self.base)
        ):
            return "of something else than is asked"
        if hints.entities and not reading.mentions:
            said = finding.own + finding.cued + 0.8 * finding.told
            return "" if said + finding.light >= 0.5 * finding.soft * (1.0 - closed) else "says too little of it"
        spoken = _SPOKEN_OF * (not hints.primary.isdisjoint(finding.fact.entities))
        certainty = log_odds(finding, reading, lead, closed) + spoken
        return "" if certainty >= self.limits.certainty else "says too little of the question"

    def _ruled_out(self, finding: Finding, reading: Reading, *, lacking: bool) -> str:
        """Why a finding can't be the answer; `lacking` if it says nothing of an attribute asked for."""
        if finding.unnamed:
            return "does not speak of what is named"
        if lacking:
            return "says nothing of an attribute asked for"
        if not finding.fits:
            return "holds nothing of the type asked for"
        if not finding.dated:
            return "of another time"
        if not self.pertinence.known(finding, reading):
            return "says nothing of a word that may be a name"
        said = self.pertinence.said_as_asked(finding, reading)
        return "of another sense or sort" if said else "not said by whom, or where, it is asked"

    def _merely_tied(self, finding: Finding, reading: Reading) -> bool:
        """Whether a fact on what is only tied to the thing named says too little of what is asked of that."""
        named = self.readings.named(reading)
        alone = frozenset[str]() if len(named) > 1 and finding.fact.within.intersection(named) else _WHERE_WHEN
        little = finding.own < _OWN_BRIDGED and not reading.asks - NUMERIC - alone
        where = reading.asks == _PLACE or bool(reading.kinds and self.base.where.issuperset(reading.kinds))
        if alone and (where or (little and reading.asks == _DATE)):
            return not self._of_the_kind(finding.fact, reading)  # where its maker is, it need not be
        if little:
            return True
        return "role" in reading.intents and not self._of_the_kind(finding.fact, reading)

    def _other_tie(self, finding: Finding, strict: float) -> bool:
        """Whether who stands in a tie is asked for (是谁创办的) and the fact, of no such tie, only shares a word."""
        if strict >= _DONE and finding.own + finding.cued <= max(SOME, strict):
            return True  # it says nothing of what the one has done
        if self._untied(finding):
            return True
        if doing.lacks_doing(finding, finding.probe.reading):
            return True
        reading, relations, own = finding.probe.reading, self.base.relations, finding.fact.relation
        names = self.base.remembered(doing.names_of_ties)()
        asked = {t for c in reading.clues for t in c.terms if t in names}
        ties = {f"r:{r.id}" for r in map(relations.__getitem__, finding.probe.cues) if doing.of_persons(r)}
        ties |= {names[t] for t in asked}
        if f"r:{relations[own].id}" in ties:
            return self._tied_elsewhere(finding.fact, reading)
        if any(w.has("q") and f"r:{relations[own].id}" in w.tags for w in reading.words):
            return False  # whose idea it was to found 甲 is told by who proposed it
        if not ties or (asked and self._tied_otherwise(finding.fact, reading)):
            return False
        tied = sum(c.weight for c in reading.clues if not (ties | asked).isdisjoint(c.terms))
        return finding.own - tied < _TIED

    def _tied_otherwise(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a fact ties what is asked about to others by a relation much like the one asked for (谁办的)."""
        relation = self.base.relations[fact.relation]
        own = not reading.mentions or fact.subject in reading.entities
        return own and relation.value == "entity" and not doing.of_persons(relation)

    def _tied_elsewhere(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a fact ties others than the one firm that is asked about (who founded what it bought)."""
        named = self.readings.named(reading)
        firms = self.base.who - self.base.persons
        return (
            len(named) == 1
            and self.base.entity(named[0]).kind in firms
            and named[0] not in (fact.subject, *fact.objects)
        )

    def _untied(self, finding: Finding) -> bool:
        """Whether a noun for persons that is what a relation to them is called (船长) is asked for and not told."""
        relations = self.base.relations
        ties = {f"r:{r.id}" for r in map(relations.__getitem__, finding.probe.cues) if r.value == "entity"}
        if not ties:
            return False
        reading, persons = finding.probe.reading, self.base.persons
        nouns = [w for w in reading.words if not ties.isdisjoint(w.tags) and not persons.isdisjoint(w.kinds)]
        return any(
            explained(c, finding.fact.terms) < _TOLD for c in reading.clues if any(c.text == w.text for w in nouns)
        )

    def _merely_named(self, finding: Finding, reading: Reading) -> bool:
        """Whether it only speaks of what is named, and of nothing else that the question says."""
        words = finding.words
        if len(self.readings.named(reading)) >= _SEVERAL:
            asked = (c.weight for c in finding.missing if not c.light and any(t[:2] == "r:" for t in c.terms))
            little = words.own + words.cued < LITTLE and bool(reading.asks) and reading.asks <= CHOOSING
            return little and max(asked, default=0.0) >= _LACKING
        unexplained = words.soft + words.strict >= (_CHOSEN if reading.asks & CHOOSING else _LACKING)
        return unexplained and words.own + words.cued < LITTLE and finding.heard < _HEARD

    def _happened_else(self, finding: Finding, reading: Reading) -> bool:
        """Whether a word weightier than all it explains says that a figure or date is of something else."""
        if not reading.asks & _PRECISE or (self.readings.named(reading) and reading.asks != _DATE):
            return False
        heaviest = max((c.weight for c in finding.missing if not c.light), default=0.0)
        return heaviest >= SURE and heaviest > finding.own + finding.cued

    def _untold(self, finding: Finding, reading: Reading, added: frozenset[str] = frozenset()) -> bool:
        """Whether the question word names an attribute (哪年成立) that it does not speak of, nor of much else."""
        if finding.own + finding.cued >= self.limits.said and not reading.asks & NUMERIC:
            return False
        telling = [c for c in reading.clues if c.telling]
        if not telling:
            return False
        own = self.base.remembered(tags_of)(finding.fact.relation)
        if any(c.attribute and not own.isdisjoint(c.terms) for c in reading.clues):
            return False  # 装得下多少观众: what is measured is named beside
        terms = finding.fact.terms | added
        return any(terms.isdisjoint(c.terms) and not terms.issuperset(c.telling) for c in telling)

    def _alone_told(self, finding: Finding, reading: Reading) -> bool:
        """Whether a fact tells of a question that names nothing: sharing two characters with a name explains none."""
        single = sum(not c.light for c in reading.clues) == 1 and not (reading.quantities or reading.periods)
        if single and "definition" in reading.asks and finding.content < _WHOLE:
            return False
        return self._tells(finding, reading)

    def _tells(self, finding: Finding, reading: Reading) -> bool:
        """Whether a fact says enough of a question that names nothing, some of it in the statement's own words.

        天气 is no 气象 of an industry, though a cue has the word.
        """
        whole = finding.coverage >= _WHOLE and finding.own >= SOME
        said = finding.own + finding.cued + 0.8 * finding.told + whole * finding.light
        if (said < self.limits.said and not named_in_full(finding, reading)) or not (finding.own or finding.told):
            return False
        if self._of_another(finding, reading):
            return False
        # what it explains outweighs by far what it does not: nothing named says that it is of the same thing
        return finding.own + finding.cued + finding.light >= _MOST * sum(c.weight for c in finding.missing)

    def _of_another(self, finding: Finding, reading: Reading) -> bool:
        """Whether a question begins with what it is about, and the fact says nothing of that (酷家乐有多少用户)."""
        start = min((w.start for w in reading.words if w.has("a") or w.has("q") or w.has("r")), default=0)
        head = reading.text[:start].partition("的")[0]
        about = [c for c in reading.clues if not c.light and not c.attribute and c.text in head]
        lacking = sum(len(c.text) for c in about if c in finding.missing)
        return lacking >= STRANGE and all(c in finding.missing for c in about)

    def _of_the_kind(self, fact: FactRow, reading: Reading) -> bool:
        """Whether the question says that it is about what is tied to a name (who founded the company behind it)."""
        kind = f"k:{self.base.entity(fact.subject).kind}"
        return any(kind in w.tags and not w.has("q") for w in reading.words)

    def to_the_point(self, findings: list[Finding], reading: Reading) -> list[Finding]:
        """The findings without those that only share what is asked for.

        跟哪里合作 is not told by where the one is, nor who heads a company by who speaks of it, nor a difference or a
        sum by the figure of one.
        """
        findings = in_part(of_sort(findings, reading, self.base), reading, self.base)
        findings = not_planned(of_named_measure(findings, reading, self.base), reading, self.base)
        findings = of_the_end(of_that_day([f for f in findings if _tells_which(f.fact, reading)], reading), reading)
        if "rank" in reading.asks:
            findings = [f for f in findings if of_ranking(f, reading, self.base)]
        if "list" in reading.asks:
            findings = [f for f in findings if not told_besides(f.fact, reading, self.base)]
        findings = of_term(of_attribute(of_that_deed(findings, reading, self.base), reading), reading, self.base)
        if not reading.clues or all(c.light for c in reading.clues):
            # 甲说了什么: what else is told of him as much stands behind what he said
            findings = [f for f in findings if self.pertinence.said_as_asked(f, reading)] or findings
        topics = self.base.topics
        if len(reading.mentions) > 1 and all(self.base.entity(e).kind in topics for e in self.readings.named(reading)):
            # 做电商的大模型是哪家的: what speaks of both topics goes before what speaks of one
            findings = [f for f in findings if not f.names.topics] or findings
        if reading.asks == _PERSON:
            findings = whose_first(findings)
        role, who = reading.word("i:role"), reading.word("q:person") or reading.word("q:name")
        if role and who and role.end <= who.start:
            return [f for f in findings if not self._says_else(f.fact, reading)]
        if reading.intents & {"difference", "growth"} and reading.asks & NUMERIC:
            telling = _COMPARED if "difference" in reading.intents else _CHANGED
            findings = [f for f in findings if f.fact.stretches or telling.search(f.fact.zh)]
            # 从10到100 alone is a saying
            findings = [
                f for f in findings if not f.fact.quantities or any(q.unit or q.is_share for q in f.fact.quantities)
            ]
        if "ratio" in reading.intents and reading.asks & NUMERIC:
            telling = _MULTIPLE if len(self.readings.named(reading)) > 1 else _BECAME
            findings = [f for f in findings if telling.search(f"{f.fact.zh} {f.fact.en}")]
        if "added" in reading.intents and reading.asks & NUMERIC and len(self.readings.named(reading)) == 1:
            findings = [f for f in findings if _SUMMED.search(f.fact.zh)]
        with_whom = any("i:against" in a.tags and "q:place" in b.tags for a, b in pairwise(reading.words))
        return [f for f in findings if not self._merely_there(f, reading)] if with_whom else findings

    def _merely_there(self, finding: Finding, reading: Reading) -> bool:
        """Whether it tells where something is, and nothing of what it does with the place asked for."""
        deeds = [{t for t in c.terms if t[:2] == "r:"} for c in reading.clues]
        there = self.base.relations[finding.fact.relation].answers == "place"
        return there and any(d and d.isdisjoint(finding.fact.terms) for d in deeds)

    def _says_else(self, fact: FactRow, reading: Reading) -> bool:
        """Whether a fact tells of somebody who is not named, but no post."""
        if self.base.relations[fact.relation].value != "text" or fact.subject in reading.entities:
            return False
        kind, post = self.base.entity(fact.subject).kind, self.base.tables.fold(fact.value)
        return kind in self.base.persons and not any(w in post for w in self.base.remembered(_roles)())

    def _of_figure(self, finding: Finding, reading: Reading, hints: Hints, closed: float) -> bool:
        """Whether its figure is of the thing and the measure asked for."""
        if finding.strict > _STRICT_FIGURE and not closed:
            return False
        latin = any(_LATIN.fullmatch(c.text) and c.weight >= _NAME for c in finding.missing)
        if latin and not closed and HAN.search(reading.text):
            return False  # in a Chinese question a Latin word is a name
        if not in_scope(finding, reading, self.base, hints.entities, joined=closed > 0.0):
            return False
        return (
            speaks_of(finding, reading, self.base)
            and counts_it(finding, reading, self.base)
            and same_measure(finding, reading, self.base)
            and measured(finding, reading, hints, self.base, closed)
        )

    def _as_asked(self, finding: Finding, reading: Reading) -> bool:
        """Whether it says in what way something is, as asked, and of what is named and not of what that is above."""
        return self.pertinence.said_as_asked(finding, reading) and not sets_above(finding.fact, reading, self.readings)

    def possible(self, findings: list[Finding], reading: Reading) -> list[Finding]:
        """The findings without a better one in front that can't be the answer (other date, other type, other name)."""
        placed, leading = not reading.intents.isdisjoint(("most", "least", "negation")), findings[0].score
        for number, finding in enumerate(findings[:6]):
            if finding.score < leading - NEAR:
                break
            if not finding.fits and "rank" in reading.asks:  # the place of another
                leading = findings[min(number + 1, len(findings) - 1)].score
            if finding.unnamed or not finding.dated or not finding.fits or finding.strict > self.limits.strict:
                continue
            if merely_counted(finding, self.readings.named(reading), reading, self.base):
                continue
            if not counts_it(finding, reading, self.base) or not self._as_asked(finding, reading):
                continue
            if reading.asks & NUMERIC and shared(finding.fact, reading, self.base):
                continue  # the share of two together is none of one
            if placed and reading.asks & CHOOSING and not self.pertinence.same_sense(finding.fact, reading):
                continue
            if not self._untold(finding, reading) and not of_else(finding, reading, self.readings):
                return findings[number:]
        return findings


def _roles(base: Base) -> tuple[str, ...]:
    """Words for a post. To be called through `Base.remembered`."""
    return base.lexicon.having("i:role")


def _tells_which(fact: FactRow, reading: Reading) -> bool:
    """Whether a statement speaks of one of the two, where it is asked which one it is."""
    either = [m for m in reading.mentions if m.how == EITHER]
    return not either or all(not fact.spoken.isdisjoint(m.entities) for m in either)
