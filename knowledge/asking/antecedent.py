"""What a follow-up is about: of the things spoken of those that its pronoun fits, and the question with one named."""

from __future__ import annotations

from knowledge.finding.judge import explained
from knowledge.finding.outcome import Context
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow

_MOST = 6
"""Things that are tried."""
_POSSESSIVE = frozenset({"its", "his", "her", "their"})


def antecedents(reading: Reading, context: Context, base: Base) -> list[int]:
    """What may be meant, best first: what the last question named, then what its answer gave; generic things are none.

    他 means a person, and the one that the user named where there is one; 它 and 他们 mean nobody where there is else.
    A place that was only given as an answer is meant by what speaks of what lies in it.
    """
    spoken = [e for e in reversed(context.named) if not base.entity(e).generic]
    given = [e for e in context.primary if e not in spoken and not base.entity(e).generic]
    lies = [e for e in given if base.entity(e).kind in base.where]
    given = [e for e in given if e not in lies]
    if "he" in reading.intents:
        named, told_of = ([e for e in some if _is_person(e, base)] for some in (spoken, given))
        if named:
            return named
        spoken = [*told_of[:1], *spoken]  # 他家, 他公司
    elif "refers" in reading.intents:
        things = [[e for e in some if not _is_person(e, base)] for some in (spoken, given)]
        spoken, given = things if any(things) else (spoken, given)
    elif "inside" in reading.intents:
        spoken = [*lies, *spoken]
    return list(dict.fromkeys((*spoken, *given)))[:_MOST]


def of_person_given(reading: Reading, context: Context, base: Base) -> str:
    """The folded question with the person in front whom the last answer gave, where it asks what only persons have.

    由谁带队？职务是什么: nobody else's post is meant, though no pronoun says so. '' for other questions.
    """
    if reading.mentions or not context.answered or "refers" in reading.intents:
        return ""
    if not any(t[:2] == "r:" and base.remembered(_personal)(t[2:]) for w in reading.words for t in w.tags):
        return ""
    persons = [e for e in dict.fromkeys(context.answered) if _is_person(e, base)]
    return with_name(reading, persons[0], base) if len(persons) == 1 else ""


def _personal(relation: str, base: Base) -> bool:
    """Whether a relation is told of persons alone (职务). To be called through `Base.remembered`."""
    facts = map(base.fact, base.facts_with(base.relation_numbers[relation]))
    return all(_is_person(f.subject, base) for f in facts)


def last_before_pronoun(reading: Reading, base: Base) -> tuple[int, ...]:
    """The entities of the last thing that a question names before its pronoun (…乙，它…); none where nothing refers."""
    word = reading.word("i:refers")
    named = [reading.mentions[i] for i in reading.things(base)]
    before = [m for m in named if word and m.end <= word.start]
    return before[-1].entities if before and before[-1] == named[-1] else ()


def of_one_before(reading: Reading, before: Reading, base: Base) -> str:
    """The folded question with its pronoun replaced by the only one that the same message named before it; or ''.

    甲去申请，乙给了他多大的支持: whom 他 means stands there, though the question itself names 乙.
    """
    word = reading.word("i:refers")
    if word is None or any(m.end <= word.start and _is_person(m.entities[0], base) for m in reading.mentions):
        return ""
    named = (before.mentions[i].entities[0] for i in before.things(base))
    fitting = {e for e in named if _is_person(e, base) == ("he" in reading.intents) and not base.entity(e).generic}
    return with_name(reading, fitting.pop(), base) if len(fitting) == 1 else ""


def _is_person(e: int, base: Base) -> bool:
    return base.entity(e).kind in base.persons


def refers_back(reading: Reading) -> bool:
    """Whether it speaks of something named before: not where the pronoun is of what is asked for (which city … its)."""
    word = reading.word("i:refers")
    if word is None or not word.text.isascii():
        return word is not None
    asking = (w for w in reading.words if w.start < word.start and "q:which" in w.tags)
    return not any(" " in w.text or reading.kinds for w in asking)


def with_name(reading: Reading, entity: int, base: Base) -> str:
    """The folded question with its pronoun replaced by a name, which goes first where there is no pronoun."""
    row, english = base.entity(entity), reading.text.isascii()
    name = base.tables.fold(row.en if english and row.en else row.zh)
    word = reading.word("i:refers")
    if word is None:
        return f"{name}{' ' if name[-1].isascii() else ''}{reading.text}"
    ending = "'s" if word.text in _POSSESSIVE else word.text[-1] if word.text[-1] == "的" else ""
    return f"{reading.text[: word.start]}{name}{ending}{reading.text[word.end :]}"


def told(fact: FactRow, reading: Reading) -> float:
    """Weight of a question's clues that a fact explains; what only a cue explains counts half."""
    own = fact.terms - fact.cued
    return sum(c.weight * (explained(c, own) + explained(c, fact.terms)) / 2 for c in reading.clues)
