"""What 那个城市, 这家公司, that model mean: the thing of this kind that was spoken of last.

And of what 实际有几个 asks how many there are: of what the sentence before it gives a number.
"""

from __future__ import annotations

from knowledge.finding.outcome import Context
from knowledge.linking.link import link_exact, units
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, EntityRow
from knowledge.text.lexicon import kinds_in
from knowledge.text.patterns import pattern

_BEHIND = pattern(r"\bthe ([a-z]+) (?:behind|that (?:makes|made|built|develops|developed|owns|runs)) (?:the )?")
_THE = pattern(
    r"\bthe [a-z]+(?![a-z-]| ?(?:of|with|that|which|who|whose|where|in|for|on|at)\b)"
    r"(?! (?:behind|called|named|having|being|most)\b)"
)
"""A noun that nothing behind it tells apart (how many does the city have): one that was spoken of is meant."""
_WHOSE = pattern("[他她](?:的|自己的|开的|办的|创办的)?|(?:his|her) ", holds=(*"他她", "his ", "her "))
_SHORTEST = 2
"""Characters of a name that may stand before a demonstrative."""
_LONGEST = 6
"""Characters of a demonstrative or of a noun for a kind."""
_UNITS = "个家款项座所条种部位名"
_COUNTED = pattern(rf"(?:几|多少)([{_UNITS}])(?=(?:呢|啊|呀|来着)?[?]?$)")
_GIVEN = pattern(rf"\d+[多余]?([{_UNITS}])([\u3400-\u9fff]{{2,8}})")


def counted(text: str, before: str) -> str:
    """The folded text; what it asks the number of (实际有几个) is what the sentence before it gives one of."""
    asked = _COUNTED.search(text) if before else None
    given = next((m for m in _GIVEN.finditer(before) if m[1] == asked[1]), None) if asked else None
    return f"{text[: asked.end()]}{given[2]}{text[asked.end() :]}" if asked and given else text


def resolved(text: str, context: Context, base: Base) -> str:
    """The folded text with the first 'that' + noun replaced by a name, if something of the kind is or was spoken of."""
    text = _of_whom(text, context, base)
    for start, end, kinds in pointed(text, base):
        if _asks_name(text, end, base):
            continue
        if not kinds:
            if one := _beside(text, start, _kinds_of_last(context, base), base):
                return f"{text[:start]}{one}{text[end:]}"  # 复旦那个 after 上海有多少大模型
            continue
        english = text.isascii()
        name = _beside(text, start, kinds, base) or _spoken_of(kinds, context, base, english=english)
        name = name or _tied_to(kinds, context, base, english=english)
        if name:
            return f"{text[:start]}{name}{text[end:]}"
    return _known(text, context, base) or _behind(text, base)


def _known(text: str, context: Context, base: Base) -> str:
    """An English text with 'the city' replaced by the one spoken of last, if there is one and no other is named."""
    if not (context.named and text.isascii()):
        return ""
    named = {base.entity(e).kind for m in link_exact(text, units(text), base) for e in m.entities}
    for found in _THE.finditer(text):
        noun = base.lexicon.noun_at(text, found.start() + len("the"))
        if noun is None or noun[0] != found.end() or not named.isdisjoint(noun[1]):
            continue
        if name := _spoken_of(noun[1], context, base, english=True):
            return f"{text[: found.start()]}{name}{text[found.end() :]}"
    return ""


def _of_whom(text: str, context: Context, base: Base) -> str:
    """A folded text with 他的公司, his lab replaced by the name of the one that goes with who was spoken of last."""
    found = _WHOSE.search(text)
    hit = base.lexicon.noun_at(text, found.end() - text.isascii()) if found else None
    if found is None or hit is None or _asks_name(text, hit[0], base):
        return text
    spoken = (*reversed(context.named), *context.primary, *context.answered)
    person = next((e for e in spoken if base.entity(e).kind in base.persons), None)
    thing = _goes_with(person, hit[1].intersection(base.who), base) if person is not None else None
    return f"{text[: found.start()]}{_name(thing, base, english=text.isascii())}{text[hit[0] :]}" if thing else text


def _behind(text: str, base: Base) -> str:
    """An English text with 'the company behind X' replaced by its name, if one of the kind goes with X."""
    found = _BEHIND.search(text) if text.isascii() else None
    if found is None or (noun := base.lexicon.noun_at(text, found.start(1) - 1)) is None:
        return text
    name = next((m for m in link_exact(text, units(text), base) if m.start == found.end()), None)
    thing = _goes_with(name.entities[0], noun[1], base) if name else None
    if name is None or thing is None:
        return text
    return f"{text[: found.start()]}{base.tables.fold(thing.en or thing.zh)}{text[name.end :]}"


def pointed(text: str, base: Base) -> list[tuple[int, int, frozenset[str]]]:
    """(start, end, kinds) of each demonstrative with the noun behind it; no kinds where there is none."""
    tags = base.lexicon.tags
    opening = base.remembered(_opening)() if base.warmed else frozenset(text)
    if opening.isdisjoint(text):
        return []
    found = []
    for start, first in enumerate(text):
        if first not in opening:
            continue
        for middle in range(min(len(text), start + _LONGEST), start, -1):
            if "i:that" in tags.get(text[start:middle], ()):
                noun = base.lexicon.noun_at(text, middle)
                if noun and base.lexicon.longest_at(text, middle) > noun[0] - middle:
                    noun = None  # 那市值 is no city
                found.append((start, *(noun or (middle, frozenset[str]()))))
                break
    return found


def _opening(base: Base) -> frozenset[str]:
    """The first characters of demonstratives; one answer does not repay the milliseconds that it takes."""
    return frozenset(word[0] for word in base.lexicon.having("i:that"))


def _asks_name(text: str, start: int, base: Base) -> bool:
    """Whether the name of it is asked for (那个机构叫啥): it is none that was given."""
    tags = base.lexicon.tags
    return any("q:name" in tags.get(text[start : start + size], ()) for size in range(_LONGEST, 1, -1))


def _beside(text: str, start: int, kinds: frozenset[str], base: Base) -> str:
    """The folded name of the only thing of these kinds that goes with the name right before (孩子王那个模型), or ''."""
    if start < _SHORTEST:
        return ""
    before = next((m for m in link_exact(text, units(text), base) if m.end in (start, start - 1)), None)
    if before is None or text[before.end : start] not in ("", "的", "家", " "):
        return ""
    thing = _goes_with(before.entities[0], kinds, base)
    return base.tables.fold(thing.zh) if thing else ""


def _goes_with(e: int, kinds: frozenset[str], base: Base) -> EntityRow | None:
    """The only thing of these kinds that goes with one named."""
    linked = [base.entity(other) for other in base.linked(e) if other >= 0]
    alike = sorted((x for x in linked if x.kind in kinds and not x.generic), key=lambda x: len(x.zh))
    # a version of a model goes by the model's name
    sole = alike and all(x.zh.startswith(alike[0].zh) for x in alike)
    return alike[0] if sole and not base.entity(e).generic else None


def its_like(reading: Reading, context: Context, base: Base) -> str:
    """The folded name of the thing that goes with the first one named and is of the kind of what was spoken of, or ''.

    青禾呢 after a clinic of another town is of the clinic there.
    """
    if not reading.mentions or not context.named:
        return ""
    e, kind = reading.mentions[0].entities[0], base.entity(context.named[-1]).kind
    thing = _goes_with(e, frozenset((kind,)), base) if base.entity(e).kind != kind else None
    return base.tables.fold(thing.zh) if thing and not reading.text.isascii() else ""


def _kinds_of_last(context: Context, base: Base) -> frozenset[str]:
    """The kinds that the last noun for one in the last question names."""
    tags, text = base.lexicon.tags, context.text
    for start in range(len(text), 0, -1):
        for end in range(min(len(text), start + _LONGEST), start + 1, -1):
            if kinds := kinds_in(tags.get(text[start:end], ())):
                return frozenset(kinds)
    return frozenset()


def _spoken_of(kinds: frozenset[str], context: Context, base: Base, *, english: bool) -> str:
    """The folded name of the last thing of these kinds, the answer's before the question's; '' if there is none."""
    for e in (*context.answered, *reversed(context.named)):
        entity = base.entity(e)
        if entity.kind in kinds and not entity.generic:
            return _name(entity, base, english=english)
    return ""


def _tied_to(kinds: frozenset[str], context: Context, base: Base, *, english: bool) -> str:
    """The folded name of the only thing of these kinds that goes with what was asked about last, or ''."""
    thing = _goes_with(context.named[-1], kinds, base) if context.named else None
    return _name(thing, base, english=english) if thing else ""


def _name(entity: EntityRow, base: Base, *, english: bool) -> str:
    return base.tables.fold(entity.en if english and entity.en else entity.zh)
