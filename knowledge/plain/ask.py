"""Answer a question from triples: link, read, find, decide. A question without a name leans on the last one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.finding.outcome import NO_CONTEXT, Context, Found, Option, Outcome, Part
from knowledge.linking.link import Mention as Linked
from knowledge.plain.base import NUMBER, Name, PlainBase
from knowledge.plain.certainty import ENOUGH, PLENTY, Candidate, candidates, certain, left, rank, read, rest_of
from knowledge.plain.follow import NOWHERE, follow
from knowledge.plain.link import Mention, link_exact, link_fuzzy
from knowledge.plain.looks import by_looks, by_renown
from knowledge.plain.match import Rest
from knowledge.plain.predicate import Predicate
from knowledge.plain.question import Question
from knowledge.plain.values import distinct, each_once
from knowledge.plain.verify import verify, yes_or_no
from knowledge.reading.reading import Reading
from knowledge.text.patterns import pattern

_MARGIN = 0.27
"""Predicates whose evidence is within this of the best are shown with it."""
_NAMESAKES = 0.34
"""Namesakes whose evidence is within this of the best answer together."""
_NAMED = 3
"""Of more namesakes one has to be chosen."""
_MUCH = 400
"""Characters of namesakes' values beyond which one has to be chosen."""
_SENTENCE = pattern(r"[。!?;\n]+")
_SENTENCES = 4
_PREFERRED = 0.2
"""By so much a misspelt name has to explain more than one that stands there."""
_ASKED = 3
"""Mentions of which yes or no may be said."""
_PRECISE = frozenset({"date", "number", "rank", "amount", "share", "duration", "distance", "place", "reason"})
"""Types of answer that a card is none to."""
_REMEMBERED = 8
_OPTIONS = 8
_CARD = 6
_TOGETHER = 2
"""Further predicates that are shown beside the best."""


class PlainAsker:
    """Answers from the triples of one base. Holds no conversation: contexts go in and out."""

    def __init__(self, base: PlainBase) -> None:
        self.base = base

    def ask(self, text: str, context: Context = NO_CONTEXT, typed: str = "") -> Outcome:
        """Answer a folded message; `typed` is what was typed, for names that differ in nothing but capitals."""
        question = Question(text, self.base.vocabulary, typed)
        outcome = self._answer(question, context)
        question.rests.clear()  # they hold the question, which would wait for a look for garbage
        return outcome

    def _answer(self, question: Question, context: Context) -> Outcome:
        mentions = self._plausible(question, link_exact(question, self.base))
        if yes_or_no(question) and (verified := self._verified(question, mentions, context)):
            return verified
        best, ways, total = candidates(self.base, question, mentions)
        sure = bool(best and certain(self.base, question, best, total))
        if not sure:
            best = None
        if best is None or (total < PLENTY and self._doubtful(question, best)):
            if best is None and (not mentions or self._refers(question)):
                leaning = self._lean(question, context)
                if leaning:
                    return leaning
            misspelt = link_fuzzy(question, self.base)
            guess, others, worth = candidates(self.base, question, misspelt)
            if guess and worth > total + _PREFERRED:
                best, ways = guess, others
                sure = certain(self.base, question, best, worth)
        if best and sure:
            return self._decide(question, best, ways, context)
        if best and not mentions:
            # a misspelt name that may be this one: offered, not answered
            near = [c for c in ways if c.evidence.score >= best.evidence.score - _NAMESAKES]
            return self._ambiguous(question, [best, *near], context)
        return self._nothing(question, mentions, context)

    def _verified(self, question: Question, mentions: list[Mention], context: Context) -> Outcome | None:
        """Yes or no about what the question names, else about what was spoken of last."""
        for mention in mentions[:_ASKED]:
            rest = rest_of(self.base, question, mention)
            for name in self._bearing(mention)[:_NAMED]:
                if name.forward and (part := verify(self.base, name, rest)):
                    return self._stated(question, mention, name, part, context)
        rest = Rest(question, 1, 0, self.base.vocabulary)
        for name in self.base.names(context.topics[:1]):
            if part := verify(self.base, name, rest):
                return self._stated(question, NOWHERE, name, part, context)
        return None

    def _stated(self, question: Question, mention: Mention, name: Name, part: Part, context: Context) -> Outcome:
        kept = self._remember(question, mention, name, context)
        return Outcome("answered", self._reading(question, (mention,), name), (part,), context=kept)

    def _doubtful(self, question: Question, best: Candidate) -> bool:
        """Whether a question holds what neither name nor predicate explains: a misspelt longer name, perhaps."""
        return not best.mention.quoted and bool(left(self.base, rest_of(self.base, question, best.mention), best))

    def _nothing(self, question: Question, mentions: list[Mention], context: Context) -> Outcome:
        """A name alone is asked the last question or shown; else the base has no answer."""
        if not mentions:
            return self._unknown(question, (), context)
        rest = rest_of(self.base, question, mentions[0])
        if not rest.content and not rest.groups and rest.asks.isdisjoint(_PRECISE):
            return self._bare(question, mentions[0], context)
        return self._unknown(question, mentions[:1], context)

    def ways(self, text: str, most: int) -> list[tuple[Mention, list[Candidate]]]:
        """The names found in a folded message, and for each the predicates that answer best, to be explained."""
        question = Question(text, self.base.vocabulary)
        exact = self._plausible(question, link_exact(question, self.base))
        found = []
        for mention in (exact or link_fuzzy(question, self.base))[:most]:
            rest = rest_of(self.base, question, mention)
            ways = [
                Candidate(mention, name, predicate, backward, rest.evidence(predicate, backward))
                for name in self.base.names(mention.names[:most])
                for predicate, backward, *_ in self.base.ways(name).each
            ]
            found.append((mention, sorted(ways, key=rank, reverse=True)[:most]))
        return found

    def hear(self, text: str, context: Context, *, asked: bool = False) -> Context:
        """Remember the names in a folded message that is not to be answered.

        `asked` if it is the other side's question; else it is an answer, and names that it only lists as values of
        what is spoken of do not become the topic.
        """
        question = Question(text, self.base.vocabulary)
        mentions = _outermost(self._plausible(question, link_exact(question, self.base)))
        names = [n for m in mentions for n in self._bearing(m)[:1] if n.forward]
        if not names:
            return context
        topic = context.topics[:1]
        several = not asked and len(names) > 1
        listed = [n for n in names if several and topic and self._is_value(n, topic[0])]
        spoken = [n.e for n in names if n not in listed]
        topics = (*reversed(spoken), *(t for t in context.topics if t not in spoken))
        mentioned = (*(n.e for n in listed), *(x for x in context.listed if x not in spoken))
        return context._replace(topics=topics[:_REMEMBERED], listed=tuple(dict.fromkeys(mentioned))[:_REMEMBERED])

    def _bearing(self, mention: Mention) -> list[Name]:
        """The names of a mention, those without anything in brackets first."""
        names = [n for n in self.base.names(mention.names) if self.base.bears(n, mention.span.key)]
        return sorted(names, key=lambda n: self.base.compared(n)[-1] != mention.span.key) if len(names) > 1 else names

    def _is_value(self, name: Name, topic: int) -> bool:
        return any(t.subject == topic for r, _ in name.back[:4] for t in self.base.subjects(name.e, r))

    def _plausible(self, question: Question, mentions: list[Mention]) -> list[Mention]:
        """Without what is ordinary language: names that are question words or single characters need quotes."""
        kept = []
        whole = question.solid.bit_count()
        for mention in mentions:
            span = mention.span
            if mention.quoted or span.last - span.first + 1 >= whole:
                kept.append(mention)
                continue
            if question.ordinary(question.ats[span.first], question.tos[span.last]):
                continue
            kept.append(mention)
        return kept

    def _refers(self, question: Question) -> bool:
        return any(entry.refers for _, _, entry in question.found)

    def _decide(self, question: Question, best: Candidate, ways: list[Candidate], context: Context) -> Outcome:
        """Answer with the best way and those as good: of one name, or of the few that bear it."""
        best, ways = by_looks(self.base, question, best, ways)
        rivals = _rivals(best, ways)
        names = [best.name.e]
        if rivals:
            chosen = self._namesake(question, [best, *rivals])
            if chosen:
                best, names = chosen, [chosen.name.e]
            else:
                ways = by_renown(ways)
                best = max(ways, key=rank)
                rivals = _rivals(best, ways)
                names = list(dict.fromkeys(c.name.e for c in (best, *rivals)))
            if len(names) > _NAMED:
                return self._ambiguous(question, [best, *rivals], context)
        top, normal = best.evidence.rank, best.predicate.normal
        good = [
            # what says the same as the best one, or answers as well
            c
            for c in sorted(ways, key=rank, reverse=True)
            if (top - c.evidence.rank <= _MARGIN or c.predicate.normal == normal)
            and c.backward == best.backward
            and c.name.e in names
        ]
        found = self._together(question, [best, *good])
        if len(names) > 1 and sum(len(t.value) for held in found for t in held.triples) > _MUCH:
            return self._ambiguous(question, [best, *rivals], context)
        return self._answered(question, best, found, context)

    def _together(self, question: Question, ways: Iterable[Candidate]) -> tuple[Found, ...]:
        """What the best ways hold, each under its own name: sources that differ are all shown."""
        found: list[Found] = []
        tried: set[tuple[int, int]] = set()
        for way in ways:
            mark = way.name.e, way.predicate.r
            if mark in tried:
                continue
            tried.add(mark)
            found.append(self._found(question, way))
            if len(found) > 1 and not way.backward:
                kept = {t.n for t in distinct([t for held in found for t in held.triples], self.base.folded)}
                found = [held for held in found if any(t.n in kept for t in held.triples)]
            if len(found) > _TOGETHER:
                break
        return tuple(found)

    def _namesake(self, question: Question, rivals: list[Candidate]) -> Candidate | None:
        """The one that the question's own words tell from the others."""
        rest = rest_of(self.base, question, rivals[0].mention)
        hints: dict[int, int] = {}
        best: dict[int, Candidate] = {}
        plain = []
        for rival in rivals:
            forms = self.base.compared(rival.name)
            if rival.name.e not in best or rank(rival) > rank(best[rival.name.e]):
                best[rival.name.e] = rival
            if len(forms) == 1 or rival.mention.span.key == forms[-1]:
                plain.append(rival.name.e)
            extra = forms[-1].removeprefix(forms[0])
            hints[rival.name.e] = sum([c.strip() in extra for c in rest.chars if c.strip()])
        if len(best) == 1:
            return next(iter(best.values()))
        spelt = [e for e in dict.fromkeys(plain) if best[e].name.text in question.typed]
        if len(spelt) == 1 < len(set(plain)):
            return best[spelt[0]]
        top = max(hints.values())
        told = [e for e, n in hints.items() if n == top]
        if top >= 2 and len(told) == 1:
            return best[told[0]]
        return None

    def _found(self, question: Question, way: Candidate) -> Found:
        return self._held(question, way.name, way.predicate, backward=way.backward)

    def _held(self, question: Question, name: Name, predicate: Predicate, *, backward: bool) -> Found:
        """What a name has for a predicate, each value once."""
        total = dict(name.back if backward else name.forward)[predicate.r]
        triples = read(self.base, question, name, predicate, backward=backward)
        kept = each_once(triples) if backward else distinct(triples, self.base.folded)
        return Found(name, predicate, backward, kept, total - len(triples) + len(kept))

    def _answered(self, question: Question, best: Candidate, found: tuple[Found, ...], context: Context) -> Outcome:
        mention = best.mention
        understood: tuple[tuple[str, int], ...] = ()
        if mention.how != "exact":
            text = question.spelt(mention.span.first, mention.span.last)
            understood = ((text, NUMBER + best.name.e),)
        part = Part("values", (), found=found, understood=understood)
        return Outcome(
            "answered", self._reading(question, (mention,), best.name), (part,),
            context=self._remember(question, mention, best.name, context),
        )  # fmt: skip

    def _bare(self, question: Question, mention: Mention, context: Context) -> Outcome:
        """Nothing but a name: the last question is asked of it, or a card shown, or namesakes offered."""
        if context.question and context.span[1]:
            start, end = context.span
            new = question.spelt(mention.span.first, mention.span.last)
            text = context.question[:start] + new + context.question[end:]
            again = Question(text, self.base.vocabulary)
            best, ways, _ = candidates(self.base, again, self._plausible(again, link_exact(again, self.base)))
            if best:
                return self._decide(again, best, ways, context)
        names = self._bearing(mention)
        own = [n for n in names if self.base.compared(n)[-1] == mention.span.key] or names
        if len(own) > 1:
            options = tuple(Option(NUMBER + n.e, self._card(question, n)[0]) for n in own[:_OPTIONS] if n.forward)
            if len(options) > 1:
                return Outcome(
                    "ambiguous", self._reading(question, (mention,), own[0]), options=options, context=context
                )
        found = self._card(question, own[0])
        if not found:
            return self._unknown(question, (mention,), context)
        part = Part("card", (), found=found)
        kept = self._remember(question, mention, own[0], context)
        return Outcome("answered", self._reading(question, (mention,), own[0]), (part,), context=kept)

    def _card(self, question: Question, name: Name) -> tuple[Found, ...]:
        """The first facts of a name, for who asks what it is."""
        held, backward = (name.forward, False) if name.forward else (name.back, True)
        return tuple([self._held(question, name, self.base.predicate(r), backward=backward) for r, _ in held[:_CARD]])

    def _ambiguous(self, question: Question, rivals: list[Candidate], context: Context) -> Outcome:
        best: dict[int, Candidate] = {}
        for rival in sorted(rivals, key=rank, reverse=True):
            best.setdefault(rival.name.e, rival)
        options = tuple(Option(NUMBER + c.name.e, self._found(question, c)) for c in list(best.values())[:_OPTIONS])
        first = rivals[0]
        kept = self._remember(question, first.mention, first.name, context)
        return Outcome(
            "ambiguous", self._reading(question, (first.mention,), first.name), options=options, context=kept
        )

    def _lean(self, question: Question, context: Context) -> Outcome | None:
        """Answer a question without a name about what was spoken of last; of several sentences the last that can be."""
        if not (context.topics or context.listed):
            return None
        sentences = [s for s in _SENTENCE.split(question.text) if s.strip()]
        for sentence in reversed(sentences[-_SENTENCES:]):
            part = question if len(sentences) == 1 else Question(sentence, self.base.vocabulary)
            if best := follow(self.base, part, context):
                return self._answered(part, best, (self._found(part, best),), context)
        return None

    def _unknown(self, question: Question, mentions: Sequence[Mention], context: Context) -> Outcome:
        name = next(iter(self.base.names(mentions[0].names[:1])), None) if mentions else None
        return Outcome("unknown", self._reading(question, mentions, name), context=context)

    def _reading(self, question: Question, mentions: Sequence[Mention], name: Name | None) -> Reading:
        linked = []
        for mention in mentions:
            if name is None or mention.span.last < mention.span.first:
                continue
            start, end = question.stretch(mention.span.first, mention.span.last)
            linked.append(Linked(start, end, question.text[start:end], (NUMBER + name.e,), mention.how))
        return Reading(question.text, tuple(linked))

    def _remember(self, question: Question, mention: Mention, name: Name, context: Context) -> Context:
        topics = (name.e, *(t for t in context.topics if t != name.e))
        span = (0, 0)
        if mention.span.last >= mention.span.first:
            span = question.stretch(mention.span.first, mention.span.last)
        if not span[1]:
            return context._replace(topics=topics[:_REMEMBERED])
        return context._replace(topics=topics[:_REMEMBERED], question=question.text, span=span)


def _rivals(best: Candidate, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The ways by namesakes that are about as good as the best way."""
    floor = max(best.evidence.rank - _NAMESAKES, ENOUGH)
    return [c for c in candidates if c.name.e != best.name.e and c.evidence.rank >= floor]


def _outermost(mentions: list[Mention]) -> list[Mention]:
    """Mentions that lie in no longer one, in the order of the text."""
    kept: list[Mention] = []
    for mention in mentions:
        span = mention.span
        if all(span.last < k.span.first or k.span.last < span.first for k in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.span.first)
