"""Two things of a kind of which one is to be told (算北京的还是天津的, did A or B build it): one that may be either."""

from __future__ import annotations

from knowledge.linking.link import Mention
from knowledge.store.base import Base
from knowledge.text.patterns import pattern

EITHER = "either"
"""How such a mention was found."""
_OR = pattern(r"(?:[^\d ,，、和与跟比]{0,3}的)?[ ,，]?(?:还是|或者?|or)(?:在|是|算|归)? ?")
_OR_AGAIN = pattern(
    r"(?P<same>[^\d,，、;；。?？和与跟比]{0,16}?)[ ,，]*还是(?:说)?(?:在|是|算|归|被|由|属于|来自|给)?"
    r"| (?P<so>[^,;.?]{0,30}?)[, ]*\bor (?:is |was )?(?:it |by |from |in |at |the )*"
)
"""The same with words between, which may stand behind the second again (被甲收购了还是被乙收购了)."""
_CHOSEN = frozenset("是由归被")
"""Before the first of two it says that one of them is to be told."""
_OPENS = pattern(r"[a-z]+ (?:the )?")
"""A verb before the first of two (did the …)."""
_BEHIND = pattern(r"[啊呢呀]?[ ?？。]*")
"""All that may stand behind the second."""
_A_PERSON = "人"
_IGNORED = " ?？。.的了啊呢呀"
"""At the edges of what stands behind a name it says nothing."""


def between(mentions: list[Mention], text: str) -> bool:
    """Whether something is to be chosen behind the first of several names."""
    return bool(mentions) and _OR.search(text, mentions[0].end) is not None


def opened(mentions: list[Mention], text: str, base: Base) -> list[Mention]:
    """The mentions of a question that opens with a verb and two of a kind (did A or B build it), as one; or none."""
    if len(mentions) < 2 or not _OPENS.fullmatch(text, 0, mentions[0].start):
        return []
    first, last, *others = mentions
    if text[first.end : last.start] != " or " or not _alike(first, last, base):
        return []
    return [_as_one(first, last), *others]


def chosen(mentions: list[Mention], text: str, base: Base) -> list[Mention]:
    """The mentions, the last two as one where they are of a kind and one of them is to be chosen."""
    if len(mentions) < 2:
        return mentions
    first, last = mentions[-2:]
    if _OR.fullmatch(text, first.end, last.start):
        ends = (
            bool(_BEHIND.fullmatch(text, past_noun(text, last.end, base)))
            or text[first.start - 1 : first.start] in _CHOSEN
        )
    else:
        said = _OR_AGAIN.fullmatch(text, first.end, last.start)
        behind = text[last.end :].strip(_IGNORED)
        ends = said is not None and behind in ("", (said["same"] or said["so"] or "").strip(_IGNORED))
    return [*mentions[:-2], _as_one(first, last)] if ends and _alike(first, last, base) else mentions


def past_noun(text: str, end: int, base: Base) -> int:
    """Where the noun for a kind ends that may stand behind a name (还是乙的公司), or 的 or the name itself."""
    end += text.startswith("的", end)
    noun = base.lexicon.noun_at(text, end)
    return noun[0] if noun else end + text.startswith(_A_PERSON, end)


def _alike(first: Mention, last: Mention, base: Base) -> bool:
    kind, other = (base.entity(m.entities[0]).kind for m in (first, last))
    return kind in base.kinds_like((other,))


def _as_one(first: Mention, last: Mention) -> Mention:
    return first._replace(entities=first.entities + last.entities, how=EITHER)
