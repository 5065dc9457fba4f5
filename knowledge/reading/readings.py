"""What is read of a message, each text once, and what each reading names."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.reading.asked import NUMERIC
from knowledge.reading.reading import Reading, read
from knowledge.store.base import Base, EntityRow


class Readings:
    """Reads the texts of the message that is being answered: it is asked in several ways."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self._named: tuple[Reading | None, list[int]] = (None, [])
        """The last reading that was asked for what it names, and that."""
        self._read: dict[str, Reading] = {}
        """By its text what was read."""

    def read(self, text: str) -> Reading:
        """The reading of a folded text."""
        reading = self._read.get(text)
        if reading is None:
            reading = self._read[text] = read(text, self.base)
        return reading

    def forget(self) -> None:
        """Begin with another message."""
        self._read.clear()

    def named(self, reading: Reading) -> list[int]:
        """Entities that the question is about, without those named in passing."""
        known, named = self._named
        if known is not reading:
            named = [reading.mentions[i].entities[0] for i in reading.things(self.base)]
            self._named = reading, named
        return named

    def topics(self, reading: Reading) -> list[int]:
        """Entities that the question is about; those named in passing where there are no others."""
        return self.named(reading) or [m.entities[0] for m in reading.mentions]

    def by_kind(self, reading: Reading, counts: Callable[[EntityRow], bool], *, alike: bool = False) -> list[list[int]]:
        """Indices of the mentions whose entity counts, those of one kind (or of kinds alike) together."""
        groups: dict[frozenset[str], list[int]] = {}
        for index, mention in enumerate(reading.mentions):
            entity = self.base.entity(mention.entities[0])
            if counts(entity):
                kinds = self.base.kinds_like((entity.kind,)) if alike else frozenset((entity.kind,))
                groups.setdefault(kinds, []).append(index)
        return list(groups.values())


def without_excepted(reading: Reading) -> Reading:
    """除了A、B还有哪些: what is excepted is not what the answer has to name."""
    word = reading.word("i:except")
    if word is None:
        return reading
    start = word.end
    ends = [w.start for w in reading.words if w.start > start and "i:still" in w.tags]
    if not (ends and reading.text.isascii()):  # except A, B and C, which …: a comma ends nothing there
        ends += [i for i in (reading.text.find(c, start) for c in ",，") if i >= 0]
    end = min(ends, default=len(reading.text))
    kept = tuple(m for m in reading.mentions if not start <= m.start < end)
    said = tuple(c for c in reading.clues if c.text in reading.text[start:end])
    left = _besides(reading, start, end)._replace(clues=tuple(c for c in reading.clues if c not in said))
    if len(kept) == len(reading.mentions):  # 除了当教授还有什么身份: what has the word is not asked for
        return left._replace(left_out=(*left.left_out, *(c for c in said if not c.light)))
    gone = frozenset(m.entities[0] for m in reading.mentions if m not in kept)
    return left._replace(mentions=kept, excepted=gone)


def _besides(reading: Reading, start: int, end: int) -> Reading:
    """除了每年10亿元还给什么: what has the figure is not asked for."""
    given = tuple(q for q in reading.quantities if start <= q.start < end)
    if not given or not reading.asks or not reading.asks.isdisjoint(NUMERIC):
        return reading
    kept = tuple(q for q in reading.quantities if q not in given)
    return reading._replace(quantities=kept, besides=frozenset((q.value, q.is_share) for q in given))
