"""Claims put with a request to check them (核一下：…, 稿子里写…，表述准确吗): they come to …，对吗."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.text.asks import asks_itself
from knowledge.text.checking import asks_check, asks_faults, declared, request_before, says_nothing, source_before
from knowledge.text.courtesy import strip_polite
from knowledge.text.lexicon import Lexicon
from knowledge.text.patterns import HAN, pattern

_ENDS = pattern(
    r"(?:[,，。;:!?()【】]|[.…—~-]{2,}|\.(?= |$)| [-–] |[”」』\"](?!$)|(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff]|√))+",
    holds=',，。;:!?()【】….—~-–”」』" ',
)
"""What parts a claim from what is said behind it."""
_OPENS = pattern(r"[:,;。?!】]|\.(?= )|[—-]{2,}| - |(?=[“「『\"])", holds=':,;。?!】.—-“「『"')
"""What parts it from what is said before it."""
_EDGE = " ,，。:;!?~—-.…、()【】"
_CLOSING = frozenset('”」』"')
_QUOTED = pattern(r"[“「『\"']([^“”「」『』\"]+)[”」』\"']")
_LEAST = 6
"""Characters of a claim."""
_MOST = 300
"""Characters of a message beyond which no request is looked for."""
_PUT = ("吗", "吧", "么")
_ORDER = pattern(r"(?:please )?(?:name|list|tell|show|give|find|describe|explain|summari[sz]e|compare)\b")
"""So begins what asks for something in English without a question word."""
_SURELY = pattern("^(?P<of>[^,，]*?[^,，是而还])(?:不|不就)是(?P<what>[^,，没未无不]{2,}[吗嘛么])[?？]*$", holds="不")
"""Put as if there were no doubt of it (甲不是乙做的吗)."""


class _Cut(NamedTuple):
    """What is left of a message, and the requests to check that stood around it."""

    claim: str
    requests: tuple[str, ...] = ()


def as_claim(text: str, lexicon: Lexicon) -> str:
    """A folded message that asks to check what it says, as the claim that it comes to; any other as it is."""
    if len(text) > _MOST:
        return text
    english = HAN.search(text) is None
    if (sure := _SURELY.match(text)) and not asks_itself(sure["what"].rstrip("吗嘛么"), lexicon):
        return f"{sure['of']}是{sure['what']}?"
    text = _heard(text, lexicon, english=english)
    cut = _without_head(_without_tail(_Cut(text), lexicon, english=english), lexicon, english=english)
    if not cut.requests:
        claim = declared(text) if english and text.endswith("?") else ""
        return f"{claim}, right?" if claim and not asks_itself(claim, lexicon) else text
    claim = _itself(cut.claim, english=english)
    if len(claim) < _LEAST or _ORDER.match(claim) or asks_itself(claim.rstrip("吗吧么?"), lexicon):
        return text
    faults = any(asks_faults(r, english=english) for r in cut.requests)
    plain = len(cut.requests) == 1 and "i:verify" in lexicon.tags.get(cut.requests[0], ())
    if plain and not faults and text.startswith(claim) and text[len(claim) :].strip(_EDGE) == cut.requests[0]:
        return text  # is understood as it stands
    if english:
        return f"{claim}, {'any errors' if faults else 'right'}?"
    return f"{claim}?" if claim.endswith(_PUT) else f"{claim},{'是真是假' if faults else '对吗'}?"


def _heard(text: str, lexicon: Lexicon, *, english: bool) -> str:
    """A text; what somebody has heard and puts with nothing but a question mark (听说甲是乙建的？), as a claim."""
    told = source_before(text, english=english) if text.endswith("?") else ""
    claim = text[len(told) :].strip(_EDGE)
    if not told or len(claim) < _LEAST or asks_itself(claim.rstrip("吗吧么"), lexicon):
        return text
    if claim.endswith(_PUT):
        return f"{claim}?"
    return f"{claim}, right?" if english else f"{claim},对吗?"


def _without_tail(cut: _Cut, lexicon: Lexicon, *, english: bool) -> _Cut:
    """Without the clauses behind the claim that ask to check it, and thanks behind them."""
    claim, requests = cut.claim.rstrip(_EDGE), cut.requests
    while ends := list(_ENDS.finditer(claim)):
        last = ends[-1]
        piece = claim[last.end() :].strip(_EDGE)
        if asks_check(piece, english=english):
            requests = (*requests, piece)
        elif not (lexicon.polite(piece) or says_nothing(piece, english=english)):
            break
        quote = last[0][0] if last[0][0] in _CLOSING else ""
        claim = claim[: last.start()].rstrip(_EDGE) + quote
    return _Cut(claim, requests)


def _without_head(cut: _Cut, lexicon: Lexicon, *, english: bool) -> _Cut:
    """Without what stands before the claim and asks to check it, and courtesy before that."""
    claim, requests = cut.claim.lstrip(_EDGE), cut.requests
    while end := _OPENS.search(claim):
        piece, rest = claim[: end.start()].strip(_EDGE), claim[end.end() :].lstrip(_EDGE)
        if not end[0] and _QUOTED.fullmatch(rest) is None:
            break  # a name in quotes is part of the claim
        if asks_check(piece, english=english):
            requests = (*requests, piece)
        elif not (lexicon.polite(piece) or says_nothing(piece, english=english)):
            break
        claim = rest
    for form in (claim, strip_polite(claim, lexicon)):
        if head := request_before(form, english=english):
            return _Cut(form[len(head) :].strip(_EDGE), (*requests, head))
    return _Cut(claim, requests)


def _itself(claim: str, *, english: bool) -> str:
    """The claim without quotes around it, and without who or what said so, where that is nobody in particular."""
    claim = _unquoted(claim.strip(_EDGE))
    told = source_before(claim, english=english)
    return _unquoted(claim[len(told) :].strip(_EDGE)) if told else claim


def _unquoted(claim: str) -> str:
    quoted = _QUOTED.fullmatch(claim)
    return quoted[1].strip(_EDGE) if quoted else claim
