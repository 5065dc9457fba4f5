"""Names of which a part stands in the question as the name of something else, and the rest only sounds right."""

from __future__ import annotations

from knowledge.linking.link import Mention, Unit, keys_of, told
from knowledge.store.base import Base
from knowledge.text.fold import name_key
from knowledge.text.patterns import is_han, pattern

_RAISED = pattern(
    r"(?:的?(?:大模型|模型|版本|系统))?(?:已|是|被)?(?:升级?|更新|迭代|进化|演进|提升)(?:到|至|为|成)?了?(\d+\.\d+)(?:版本?)?",
    holds=".",
)
_RAISING = frozenset("升更迭进演提大模版系的已是被")
_PART = (2, 3)
"""Characters of the name that stands there."""
_LONGEST = 8
"""Characters of the name that is meant."""


def raised(mentions: list[Mention], text: str, base: Base) -> list[Mention]:
    """The mentions; in place of what was brought to a version that version, where it has a name (把甲升级到3.0)."""
    found: list[Mention] = []
    for mention in mentions:
        version = _RAISED.match(text, mention.end) if text[mention.end : mention.end + 1] in _RAISING else None
        key = f"={name_key(mention.text + version[1])}" if version else ""
        known = base.lookup.names([key]).get(key, ()) if key else ()
        if version and known:
            end = version.end()
            mention = mention._replace(end=end, text=text[mention.start : end], entities=known)
        found.append(mention)
    return found


def prolonged(mentions: list[Mention], cut: list[Unit], base: Base) -> list[Mention]:
    """The mentions, each that begins a longer name whose other characters are written otherwise (百川只能) as that."""
    found: list[Mention] = []
    for mention in sorted(mentions):
        if found and mention.start < found[-1].end:
            continue
        short = len(mention.text) in _PART and is_han(mention.text[0])
        longer = _longer(mention, cut, base) if short else None
        # 甲乙 sounds like a name of 乙, where 甲 and 乙 stand side by side
        apart = longer and any(mention.end <= m.start < longer.end for m in mentions)
        found.append(longer if longer and not apart else mention)
    return found


def _longer(mention: Mention, cut: list[Unit], base: Base) -> Mention | None:
    """The longest name that begins with a mention and goes on with what sounds like the characters behind it."""
    sound = base.tables.sound(mention.text)
    if base.lookup.longest_slip(sound[:2]) <= len(sound):
        return None
    key, spans = mention.text, {}
    for start, end, piece in cut:
        if start < mention.end:
            continue
        if len(piece) != 1 or not is_han(piece) or len(key) == _LONGEST:
            break
        key += piece
        if len(key) > len(mention.text) + 1:
            spans["~" + base.tables.sound(key)] = (end, key)
    known = base.lookup.names(spans) if spans else {}
    for sounding in sorted(known, key=len, reverse=True):
        end, key = spans[sounding]
        alike = tuple(e for e in known[sounding] if _is_like(e, key, base))
        if alike and not told(key, base):
            return Mention(mention.start, end, key, alike, "sound")
    return None


def _is_like(e: int, key: str, base: Base) -> bool:
    """Whether half of the characters are those of a name of the entity."""
    names = (name for name in base.remembered(keys_of)(e) if len(name) == len(key))
    return any(2 * sum(map(str.__eq__, key, name)) >= len(key) for name in names)
