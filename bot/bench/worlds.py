"""Made-up worlds of any size: names and facts such as a register, an encyclopaedia or a film base holds.

Deterministic: the same size and seed give the same world on every machine. Names repeat common parts as real ones do
(科技有限公司, 第一中学, The … of …), a few are ordinary words or differ from another name by one character, and the
facts are as unevenly spread as in real bases: a few hubs hold very many.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

from bot.bench import parts
from bot.bench.slips import common_han

DECOYS = (
    "是什么",
    "哪里",
    "知道",
    "时间",
    "作者",
    "什么时候",
    "为什么",
    "你好",
    "多少钱",
    "地方",
    "名字",
    "What",
    "Who",
    "When",
)
"""Names that are also ordinary words of questions."""
_DECOY = 0.01
"""Share of names that differ from the one before by one character or go on behind it."""
HUB = 100_000
"""Facts that one name may hold."""
_HUB_ASKED = 0.02
"""Share of questions about a name with very many facts."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate with what its values look like."""

    label: str
    value: str
    """date, number, place, person, organisation or text."""
    asks: tuple[str, ...]
    """Ways of asking for it; none repeats the label."""


PREDICATES = (
    Predicate("成立时间", "date", ("是哪一年创办的", "什么时候创立的", "创建于哪年")),
    Predicate("创始人", "person", ("是谁创办的", "由谁创立", "是什么人开办的")),
    Predicate("所在地", "place", ("在什么地方", "位于哪里", "坐落在哪儿")),
    Predicate("面积", "number", ("占地多大", "占地多少", "有多少平方公里")),
    Predicate("人口", "number", ("住着多少人", "有多少居民")),
    Predicate("负责人", "person", ("由谁领导", "现在归谁管")),
    Predicate("联系电话", "text", ("的电话号码是多少", "怎么联系")),
    Predicate("别名", "text", ("又叫什么", "还有什么别的名字")),
    Predicate("官方网站", "text", ("的网址是什么", "官网是多少")),
    Predicate("海拔", "number", ("有多少米高", "高出海平面多少")),
    Predicate("主要产品", "text", ("生产什么", "都有什么产品")),
    Predicate("邮政编码", "text", ("邮编是多少", "的邮编是什么")),
)
LATIN = (
    Predicate("founded", "date", ("When was {} established?", "What year was {} set up?")),
    Predicate("founder", "person", ("Who established {}?", "Who set up {}?")),
    Predicate("location", "place", ("Where is {} situated?", "Where can I find {}?")),
    Predicate("population", "number", ("How many people live in {}?", "How many inhabitants does {} have?")),
)
FRAMES = (
    *("{}{}？", "请问{}{}？", "我想知道{}{}", "你知道{}{}吗？", "{}{}呢？", "麻烦问一下，{}{}？", "有人知道{}{}吗"),
    *("想了解一下{}{}", "帮我查查{}{}", "{}到底{}？"),
)
"""Around name and question."""
_MANY = Predicate("相关人物", "person", ("跟哪些人有关",))


@dataclass(frozen=True, slots=True)
class Case:
    """A question about a made-up world."""

    name: str
    ask: str
    """The question with {} where the name stands."""
    predicate: str
    values: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.ask.replace("{}", self.name)


class World:
    """Names and facts of one size."""

    def __init__(self, size: int, facts: int, seed: int = 1) -> None:
        """Make `size` names; the facts are made as they are written."""
        self.size, self.count, self.seed = size, facts, seed
        self.names = _names(size, Random(seed))  # noqa: S311

    def facts(self, number: int) -> Iterator[tuple[str, str]]:
        """(predicate, value) of a name, without the many facts of hubs."""
        random = Random(f"{self.seed} {number}")  # noqa: S311
        pool = LATIN if self.names[number].isascii() else PREDICATES
        most = max(1, min(len(pool), self.count * 9 // 10 // self.size))
        chosen = random.sample(pool, most) if most < len(pool) else pool
        for predicate in chosen:
            yield predicate.label, _VALUES[predicate.value](random)

    def write(self, path: Path) -> int:
        """Write all facts as JSON lines, those of hubs last; returns how many."""
        written = 0
        with path.open("w", encoding="utf-8") as file:
            for number, name in enumerate(self.names):
                start = _line_start(name)
                rows = [f'{start}{p}", "o": "{o}"}}\n' for p, o in self.facts(number)]
                file.write("".join(rows))
                written += len(rows)
            random = Random(self.seed)  # noqa: S311
            for hub, many in enumerate(self._shares(self.count - written)):
                start = f'{_line_start(self.names[hub])}{_MANY.label}", "o": "'
                for _ in range(many):
                    file.write(f'{start}{_person(random)}"}}\n')
                written += many
        return written

    def _shares(self, left: int) -> list[int]:
        """How many more facts each of the first names holds: half of what is left, up to HUB."""
        shares: list[int] = []
        while left > 0 and len(shares) < self.size:
            shares.append(min(left, max(left // 2, 1000), HUB))
            left -= shares[-1]
        return shares

    def cases(self, count: int, seed: int = 2) -> list[Case]:
        """Questions about names drawn at random, hubs among them, in phrasings that repeat no label."""
        random = Random(seed)  # noqa: S311
        found: list[Case] = []
        while len(found) < count:
            number = random.randrange(min(10, self.size) if random.random() < _HUB_ASKED else self.size)
            if self.names[number] not in DECOYS:
                found.append(self._case(number, random))
        return found

    def _case(self, number: int, random: Random) -> Case:
        name = self.names[number]
        label, value = random.choice(list(self.facts(number)))
        if name.isascii():
            return Case(name, random.choice(next(p.asks for p in LATIN if p.label == label)), label, (value,))
        asked = random.choice(next(p.asks for p in PREDICATES if p.label == label))
        return Case(name, random.choice(FRAMES).format("{}", asked), label, (value,))


def _line_start(name: str) -> str:
    return f'{{"s": {json.dumps(name, ensure_ascii=False)}, "p": "'


def _names(size: int, random: Random) -> list[str]:
    """Distinct names, ordinary words among them; hubs come first."""
    kinds = (_company, _person, _place, _work, _school, _latin_person, _latin_firm, _latin_work)
    weights = list(accumulate((28, 20, 14, 14, 8, 5, 5, 6)))
    found: dict[str, None] = {}
    while len(found) < size:
        name = random.choices(kinds, cum_weights=weights)[0](random)
        found[name] = None
        if random.random() < _DECOY:
            found[_near(name, random)] = None
        if len(found) % 997 == 500:
            found[DECOYS[len(found) // 997 % len(DECOYS)]] = None
    return list(found)[:size]


def _near(name: str, random: Random) -> str:
    """A name that is easily taken for this one."""
    if name.isascii():
        return name + random.choice((" II", " Group", "s"))
    i = random.randrange(len(name))
    return random.choice(
        (name + random.choice(("店", "分公司", "新村", "二")), name[:i] + random.choice(common_han()) + name[i + 1 :])
    )


def _word(pool: str, random: Random, size: int) -> str:
    """Characters of a pool, the first ones more often."""
    return "".join(pool[int(len(pool) * random.random() ** 1.5)] for _ in range(size))


def _person(random: Random) -> str:
    return _word(parts.SURNAMES, random, 1) + _word(parts.GIVEN, random, 1 if random.random() < 0.2 else 2)


def _company(random: Random) -> str:
    place = random.choice(parts.CITIES) + random.choice(("", "市")) if random.random() < 0.8 else ""
    return (
        place
        + _word(parts.BRAND, random, random.choice((2, 2, 3)))
        + random.choice(parts.TRADES)
        + random.choice(parts.FORMS)
    )


def _place(random: Random) -> str:
    if random.random() < 0.4:
        return _word(parts.LAND, random, 2) + random.choice(("县", "镇", "乡", "村", "区", "街道"))
    return _word(parts.LAND, random, random.choice((1, 2, 2, 3))) + random.choice(parts.SIGHTS)


def _work(random: Random) -> str:
    return _word(parts.TITLE, random, random.choice((2, 3, 4))) + random.choice(("", *parts.WORK_ENDS))


def _school(random: Random) -> str:
    part = _word(parts.LAND, random, 2)
    return random.choice(parts.CITIES) + random.choice(("", f"{part}区", part)) + random.choice(parts.SCHOOLS)


def _coined(random: Random) -> str:
    """A made-up Latin word that can be spoken."""
    return "".join(
        random.choice("bcdfghklmnprstvz") + random.choice("aeiou") for _ in range(random.choice((2, 3)))
    ).title()


def _latin_person(random: Random) -> str:
    return f"{random.choice(parts.FIRST)} {random.choice((random.choice(parts.LAST), _coined(random) + 'son'))}"


def _latin_firm(random: Random) -> str:
    return f"{_coined(random)} {random.choice(parts.ENDS)}"


def _latin_work(random: Random) -> str:
    return random.choice(("The {} {}", "{} of the {}", "{} and {}", "A {} in {}")).format(
        random.choice(parts.THINGS), random.choice((random.choice(parts.THINGS), _coined(random)))
    )


def _date(random: Random) -> str:
    return f"{random.randrange(1850, 2025)}年{random.randrange(1, 13)}月{random.randrange(1, 29)}日"


_VALUES: dict[str, Callable[[Random], str]] = {
    "date": _date,
    "number": lambda random: f"{random.randrange(1, 10 ** random.randrange(2, 7))}",
    "place": lambda random: random.choice(parts.CITIES) + _word(parts.LAND, random, 2) + "区",
    "person": _person,
    "organisation": _company,
    "text": lambda random: f"{random.randrange(10**7, 10**8)}",
}
