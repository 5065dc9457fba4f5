"""A statement that is put forward without being asked about (甲是乙的创始人): it is checked as a claim is."""

from __future__ import annotations

from knowledge.reading.reading import Reading
from knowledge.text.patterns import pattern

_DECLARED = pattern(r"^(?!.*(?:还是|或)).*[\u3400-\u9fffa-z\d]是[^是,，]*\??$")
_FEWEST = 2
"""Things that it ties to one another."""


def declared(reading: Reading) -> Reading | None:
    """The claim that a message comes to which states something and asks nothing; None if it does not."""
    if len(reading.mentions) < _FEWEST or not _DECLARED.search(reading.text):
        return None
    last = max(mention.start for mention in reading.mentions)
    if reading.asks and last < reading.text.rfind("是"):
        return None  # 甲和乙的位置分别是？
    if any(word.has("q") for word in reading.words):
        return None
    return reading._replace(intents=reading.intents | {"verify"}, asks=frozenset())
