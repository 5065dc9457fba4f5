"""Regular expressions that are compiled when they are first used.

A range of Han characters takes Python a millisecond to compile, a class of three of them a fifth of that, and a
question reaches few of the patterns, of which fewer still can be found in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from knowledge.steps import Steps

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")
_TESTS = frozenset({"search", "match", "fullmatch", "finditer", "sub"})

_HAN = "\u3400-\u9fff"
_NEARLY = r"[^\W\x00-\xff]"
_CLASS = re.compile(r"(?<!\\)\[(?!\^)([^\]\\]*(?:\\.[^\]\\]*)*)\]")

_waiting: WeakSet[Any] = WeakSet()
"""Those that are not compiled yet."""

if TYPE_CHECKING:

    def pattern(source: str, flags: int = 0, holds: Iterable[str] = ()) -> re.Pattern[str]:
        """As `re.compile`; `holds` are words of which whatever is found has one, as it is written."""

else:

    class pattern:  # noqa: N801 -- used as a function
        """As `re.compile`, but late; has the methods of `re.Pattern` that search."""

        def __init__(self, source: str, flags: int = 0, holds: Iterable[str] = ()) -> None:
            self.pattern = source
            self.holds = holds
            self.flags = flags
            _waiting.add(self)

        def __getattr__(self, name: str) -> Any:
            if name not in _METHODS:
                raise AttributeError(name)
            return partial(self._tested, name) if self.holds and name in _TESTS else self.compiled(name)

        def _tested(self, name: str, *given: Any) -> Any:
            """What a method finds; it need not be compiled for a text that has none of the words."""
            text = given[name == "sub"]
            for word in self.holds:
                if word in text:
                    return self.compiled(name)(*given)
            return {"finditer": iter(()), "sub": text}.get(name)

        def compiled(self, name: str = "search") -> Any:
            """One of the methods, all of which are from now on as quick as they can be."""
            source = self.pattern if self.flags & re.ASCII else _quick(self.pattern)
            compiled = re.compile(source, self.flags)
            _waiting.discard(self)
            # from now on the methods are found on the object itself, at no cost
            self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
            return self.__dict__[name]


def _quick(source: str) -> str:
    """A pattern that takes any letter beyond Latin-1 for a Han character in the classes that hold all of them.

    Python walks through all characters of a range to compile it (0.7 ms), and through none of these.
    """
    source = source.replace(r"\u3400-\u9fff", _HAN)
    return _CLASS.sub(_beside, source) if _HAN in source else source


def _beside(found: re.Match[str]) -> str:
    """A class without the Han characters, and these beside it."""
    others = found[1].replace(_HAN, "")
    if others == found[1]:
        return found[0]
    return f"(?:{_NEARLY}|[{others}])" if others else _NEARLY


def compile_all() -> Steps[None]:
    """Compile those of all modules that are loaded, for a process that is to answer many questions."""
    for waiting in list(_waiting):
        waiting.compiled()
        yield


PICTURES = r"\U0001f300-\U0001faff\u2600-\u27bf"
"""The signs and faces of a message, as a range within a class of characters."""
HAN = re.compile(r"[\u3400-\u9fff]+")
"""A run of Han characters of the basic plane: exactly, and compiled once, as a question's language hangs on it."""


def is_han(char: str) -> bool:
    """Whether a character is a Han character of the basic plane."""
    return "\u3400" <= char <= "\u9fff"


def stands(word: str, text: str) -> bool:
    """Whether a folded word stands in a folded text: one of Latin letters by itself, others anywhere."""
    return word in text and not (word.isascii() and re.search(rf"\b{re.escape(word)}\b", text) is None)


def stands_apart(text: str, start: int, end: int) -> bool:
    """Whether a stretch that begins and ends with a letter or digit touches no other one."""
    beside = text[start - 1 : start] + text[end : end + 1] if start else text[end : end + 1]
    return not any(c.isalnum() or c == "_" for c in beside)
