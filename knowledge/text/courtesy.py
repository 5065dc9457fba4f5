"""Courtesy and chatter at both ends of a text: whole phrases, and clauses of words that only speak of asking."""

from __future__ import annotations

from knowledge.text.asks import EDGE, asks
from knowledge.text.lexicon import Lexicon
from knowledge.text.patterns import is_han, pattern

REQUEST, BESIDE, WHO, VERB, CLAUSE, PHRASE = "rbwvcp"
ROLES = {"request": REQUEST, "beside": BESIDE, "who": WHO, "verb": VERB, "clause": CLAUSE}
"""What a word is in courtesies, which language/courtesy.yaml says of each → its letter."""
_BLANK = EDGE.replace("?", "").replace("？", "")
_BREAK = frozenset(",，。.!！?？;；:：~～—…\n")
_IN_WORD = pattern("[a-z0-9']")
_OF_WHOM = frozenset("的是有在")
"""Behind who is addressed they make him what is asked about."""
_NEXT, _OF_NEXT = "下", frozenset("半一个游属面次周月")
"""看下 is none in 看下半年."""
_LONGEST_TAIL = 40
"""Characters of a clause at the end that is read for chatter."""


def strip_polite(text: str, lexicon: Lexicon) -> str:
    """Without greetings, courtesy and chatter at both ends; as it is where there is nothing else."""
    while True:
        text = text.strip(_BLANK)
        start = _beginning(text, lexicon)
        rest = text[start:] if start else text[: _ending(text, lexicon)]
        if len(rest) == len(text) or not rest.strip(EDGE):
            return text
        text = rest


def _beginning(text: str, lexicon: Lexicon) -> int:
    """Where the courtesies end with which a text begins; of a text of nothing else the last one stays."""
    at = end = 0
    roles, last = "", len(text.rstrip(EDGE))
    while at < last:
        if text[at] in _BREAK:
            if not _is_whole(roles):
                return end
            end, roles = at + 1, ""
        elif text[at] != " ":
            size, role = _word(text, at, lexicon)
            if not size:
                return end
            before, at = roles, at + size - 1
            roles += role
            if role in (PHRASE, CLAUSE) or (role == VERB and any(r in before for r in (REQUEST, WHO, PHRASE))):
                if at + 1 >= last or _goes_on(text, at + 1, 0 if role == VERB else size):
                    return end
                end = at + 1
        at += 1
    return end


def _ending(text: str, lexicon: Lexicon) -> int:
    """Where the courtesy begins with which a text ends; its length if it ends with none."""
    if not text:
        return 0
    start = next((i for i in range(len(text) - 2, max(len(text) - _LONGEST_TAIL, 0), -1) if _parts(text, i)), 0)
    if start and _is_whole(_roles(text[start + 1 :], lexicon)):
        return start
    longest = range(min(lexicon.courtesies.longest, len(text)), 0, -1)
    for size in longest if text[-1] in lexicon.courtesies.ends else ():
        start = len(text) - size
        if not lexicon.polite(text[start:]) or (text[start].isascii() and start and _IN_WORD.match(text[start - 1])):
            continue
        if not _wants_list(text[start:], lexicon) or asks(text[:start], lexicon):
            return start
    return len(text)


def _parts(text: str, at: int) -> bool:
    """Whether a clause ends here: in Han characters at a blank as well."""
    return text[at] in _BREAK or (text[at] == " " and is_han(text[at + 1]))


def _roles(clause: str, lexicon: Lexicon) -> str:
    """The roles of the words of a clause, '' if it holds anything else."""
    at, roles = 0, ""
    while at < len(clause):
        if clause[at] in _BLANK or clause[at] in _BREAK:
            at += 1
            continue
        size, role = _word(clause, at, lexicon)
        if not size:
            return ""
        roles += role
        at += size
    return roles


def _is_whole(roles: str) -> bool:
    """Whether words of these roles are but chatter as a clause of their own."""
    return any(r in (PHRASE, CLAUSE, VERB) for r in roles) or (WHO in roles and len(roles) > 1)


def _word(text: str, at: int, lexicon: Lexicon) -> tuple[int, str]:
    """How long the longest word of courtesy is that begins here, and its role; 0 if there is none."""
    furthest = min(lexicon.courtesies.reach.get(text[at], 0), len(text) - at)
    for size in range(furthest, 0, -1):
        word = text[at : at + size]
        role = PHRASE if lexicon.polite(word) else lexicon.courtesies.roles.get(word)
        if role and not (word[-1].isascii() and _IN_WORD.match(text, at + size)):
            if role == PHRASE and _wants_list(word, lexicon):
                break
            return size, role
    return 0, ""


def _goes_on(text: str, end: int, size: int) -> bool:
    """Whether what begins like a courtesy, its last word this long, is the beginning of something else (急救中心)."""
    behind = text[end : end + 1]
    if size == 1 and behind and not text[end - 1].isascii():
        return is_han(behind)
    return behind in (_OF_NEXT if text[end - 1] == _NEXT else _OF_WHOM)


def _wants_list(courtesy: str, lexicon: Lexicon) -> bool:
    """Whether a courtesy ends with a request for a list (请列一下…): beside what is to be listed it is one."""
    return any("q:list" in lexicon.tags.get(courtesy[start:], ()) for start in range(len(courtesy)))
