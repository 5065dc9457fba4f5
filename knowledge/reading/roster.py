"""Whether an answer names as many things as a question asks for by number: what merely counts them lists none."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.reading.asked import CHECKING, CHOOSING
from knowledge.reading.reading import Reading
from knowledge.store.base import Base, FactRow
from knowledge.text.numerals import ENGLISH, whole_number
from knowledge.text.patterns import pattern

_ASKED = CHOOSING | {"definition"}
_NUMERAL = r"[二两三四五六七八九十]{1,3}|\d{1,3}"
_NUMERALS = frozenset("二两三四五六七八九十0123456789")
_ONE_OF = "(?:个(?!月|小时)|[家款项座所条种位大类份部篇名步支层处张])"
_WHICH = pattern(
    rf"哪({_NUMERAL}){_ONE_OF}"
    rf"|列(?:出|举|一下)[^,，:：、;；0-9二两三四五六七八九十]{{0,12}}({_NUMERAL}){_ONE_OF}"
    rf"|(?:另外|其余|其他|剩下|余下)的?({_NUMERAL}){_ONE_OF}"
    rf"|({_NUMERAL}){_ONE_OF}[^,，:：、;；里中]{{0,16}}?[”」』\"]?[,，:： ]*"
    r"(?:的?(?:完整|全部|详细|具体)的?(?:名单|清单|列表)|名单|(?:(?:具体|分别|各自|都|究竟|到底|一共|各)+(?:是|叫|有|指)|是|有|指)(?:的是)?(?:谁|哪些|哪几|什么名字))"
)
"""So many of which all are asked for: 哪五个, 另外九所, 六大行动分别是哪些, 11家的完整名单."""
_WORDS = "|".join(word for word, number in ENGLISH.items() if number > 1)
_WHICH_EN = pattern(
    rf"\b(?:which|what|who|list|name|give me|tell me)(?: are| were| all)*"
    rf"(?: the| all| its| their| those| these| [a-z]+(?: [a-z]+)?'s?)*"
    rf"(?: other| remaining)? (\d{{1,3}}|{_WORDS})\b"
    r"(?! (?:of|percent|years?|[mb]illion|months?|days?)\b|[.,]?\d|%| ?-)"
)
_SOURCES = frozenset({"accounts", "conflict", "compare", "difference"})
_FEW = 4
"""So many may be told by a statement each, or by lists side by side."""
_SPARE = 8
"""Of so many one may lack: an article's count and its list need not agree to one."""

_NUMBERED = pattern("[一二三四五六七]是")
_JOINED = pattern(r"(?<=[\u3400-\u9fff」”])[+＋](?=[\u3400-\u9fff「“])")
_LAST = pattern("、[^、]{1,20}?(?:和|与|以及|及)[^、]{2,}")
_PAIR = pattern(r"[\u3400-\u9fffA-Za-z0-9》」”](?:和|与|以及|及)[\u3400-\u9fffA-Za-z0-9《「“]")


def demanded(reading: Reading) -> int:
    """How many things a question wants named, 0 if it does not say."""
    if not reading.intents.isdisjoint(CHECKING | _SOURCES):
        return 0
    if reading.text.isascii():
        english = _WHICH_EN.search(reading.text)
        return whole_number(english[1]) if english else 0
    if reading.asks.isdisjoint(_ASKED):
        return 0
    found = None if _NUMERALS.isdisjoint(reading.text) else _WHICH.search(reading.text)
    if found is None:
        return 0
    return whole_number(next(g for g in found.groups() if g))


def names_all(facts: Sequence[FactRow], reading: Reading, base: Base) -> bool:
    """Whether the facts that answer name as many things as are demanded, or nearly as many."""
    many = demanded(reading)
    if many < 2:
        return True
    least = many - many // _SPARE
    told = [members(f, base) for f in facts]
    if many <= _FEW:
        return sum(max(1, n) for n in told) >= least
    # what three statements list of different things is no list of nine
    return max(*told, len(told)) >= least


def members(fact: FactRow, base: Base) -> int:
    """How many things a statement, or what it gives as its value, enumerates."""
    return max(fact.listed, enumerated(base.tables.fold(fact.value)))


def enumerated(statement: str) -> int:
    """Number of things that a statement enumerates; 0 if it enumerates nothing."""
    counted = len(_NUMBERED.findall(statement))
    marks = statement.count("、") + statement.count("；") + len(_JOINED.findall(statement))
    if counted or marks:
        last = 1 if marks and _LAST.search(statement) else 0
        return max(counted, marks + 1 + last if marks else 0)
    return 2 if _PAIR.search(statement) else 0
