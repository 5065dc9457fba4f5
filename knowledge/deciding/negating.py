"""What a claim says is not done, and the words of it whose opposite a statement says (以北, 以南)."""

from __future__ import annotations

from itertools import pairwise

from knowledge.reading.reading import Reading
from knowledge.text.patterns import pattern, stands
from knowledge.text.rows import FactRow

_NOT = pattern(r"(?:不|没|未)(?:够|太|曾|再|算)?$")
_NO = frozenset("不没未")


def contraries(fact: FactRow, reading: Reading) -> list[str]:
    """The words of a claim whose opposite the statement says (以北, 以南; 成熟, 不够成熟)."""
    own = (c.text for c in reading.clues if len(c.text) > 1 and not c.text.isascii())
    unlike = [w for w in own if _NOT.search(fact.zh, 0, max(0, fact.zh.find(w))) and not _said_not(w, reading.text)]
    text = reading.text
    for figure in reversed(reading.quantities):  # 少于13家 says not the contrary of what is 多于12家
        text = text[: figure.start] + "|" + text[figure.end :]
    said = (w for w in fact.opposed if stands(w, text) and not _said_not(w, text))
    return [*said, *unlike]


def _said_not(word: str, text: str) -> bool:
    at = text.find(word)
    return at > 0 and bool(_NOT.search(text, 0, at))


def denies_deed(reading: Reading) -> bool:
    """Whether the claim is that something is not done (不投外地企业): not where it is asked whether (投不投)."""
    text = bare(reading)
    firsts = {c.text[0] for c in reading.clues if not c.text.isascii()}
    at = (i for i, (before, char) in enumerate(pairwise(text), start=1) if before in _NO and char in firsts)
    return any(
        text[i - 2 : i - 1] != text[i] and (text[i - 2 : i - 1] != "是" or text[: i - 1].endswith("是不是")) for i in at
    )


def bare(reading: Reading) -> str:
    """The claim without the names in it."""
    text = reading.text
    for mention in reversed(reading.mentions):
        text = text[: mention.start] + "|" + text[mention.end :]
    return text
