"""Bets: two people say different things, and who is right is asked (他说是A，我说是B，到底谁对)."""

from __future__ import annotations

from itertools import takewhile

from knowledge.text.patterns import pattern

_SAID = (
    r"[^,，。;；!！?？ ]{1,6}?[非就都也]?"
    r"(?:说|赌|觉得|以为|猜|认为|坚持|坚称|押|记得|印象[里中]|认定|讲|话)(?:过|的)?"
)
_STOP = r"[,，。;；!！~ ]+"
_STOPS = frozenset(",，。;；!！~ ")
"""Between what the one says and what the other says stands one of these."""
_RIGHT = (
    r"(?:(?:那|所以)?(?:到底|究竟|你说|请问)*(?:是)?(?:谁|哪个|哪边|边个|哪一个)(?:说的|说得|讲的|讲得|才|猜)*是?"
    r"(?:对|准|正确|赢|错|多|高|没错|真的|靠谱|啱)?[的了啊呀呢嘛]*\W*"
    r"|(?:那|所以)?(?:到底|究竟|该|应该|我)*(?:听|信)谁的?(?:好|才对)?[啊呀呢]*\W*)"
)
_BET = pattern(
    rf"(?:^|{_STOP}){_SAID}(?:是(?=[^,，。]{{1,9}}{_STOP}))?(?P<one>[^,，。;；!！?？]{{2,40}}?)(?:{_STOP}|(?=[我他她你]们?说))"
    rf"(?:但|而|可|可是|但是|结果)?{_SAID}(?:应该|明明)?是?(?P<other>[^,，。;；!！?？]{{1,40}}){_STOP}"
    rf"(?:(?P<when>[^,，。;；!！?？]{{2,12}}的){_STOP})?{_RIGHT}$",
    holds=(*"说赌猜押讲话", "觉得", "以为", "认为", "坚持", "坚称", "记得", "印象", "认定"),
)
_ENGLISH = pattern(
    r"\b(?:says?|said|thinks?|claims?|bets?) (?:that )?(?P<one>[^,.;!?]{4,80})[,.;]+ (?:but |and )?"
    r"\w+(?: \w+)?? (?:say|said|think|claim|bet)s? (?:that |it's |it is )?(?P<other>[^,.;!?]{2,60})[,.;?!]+ "
    r"(?:so )?(?:who|which)(?:'s| is| of us is| one is)? (?:right|correct|true|it)[ ?.!]*$",
    holds=("say", "said", "think", "claim", "bet"),
)
_LONGEST = 160
"""Characters of a message beyond which none is looked for."""
_TIE = pattern(r"[是有在由被为归]|\b(?:is|was|has|had|in|by|from|at) ")
"""What may stand before that in which two claims differ."""


def settled(text: str) -> str:
    """A folded message with a bet as the question that it comes to (A还是B), any other as it is."""
    if len(text) > _LONGEST or _STOPS.isdisjoint(text):
        return text
    if ("谁" in text or "哪" in text or "边个" in text) and (bet := _BET.search(text)):
        return f"{bet['when'] or ''}{bet['one']}还是{_without_same(bet['one'], bet['other'])}?"
    bet = _ENGLISH.search(text)
    return f"{bet['one']} or {_without_same(bet['one'], bet['other'])}?" if bet else text


def _without_same(one: str, other: str) -> str:
    """The second claim without the words with which both begin, so that only what differs is set against it."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    ties = [tie.end() for tie in _TIE.finditer(one, 0, same)]
    return other[ties[-1] :].strip() if ties else other.strip()
