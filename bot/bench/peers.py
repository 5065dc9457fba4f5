"""Other tools that find a name in a question, for measuring beside ours.

Those that are not installed are named and left out.

They are given what they need at its best: the whole list of names in memory, built before any time is taken. None of
them answers; only the finding of the name is measured.
"""

from __future__ import annotations

import importlib
import importlib.util
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

OPENINGS = ("请问", "我想知道", "你知道", "麻烦问一下,", "麻烦问一下，", "有人知道", "想了解一下", "帮我查查")
_LATIN_OPENINGS = (
    *("When was", "What year was", "Who established", "Who set up", "Where is", "Where can I find"),
    *("How many people live in", "How many inhabitants does"),
)
_MOST_LISTED = 10_000
"""Names up to which hassil is given the whole list: it takes seconds a question beyond."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool with its index built."""

    name: str
    find: Callable[[str], str]
    """The name that it finds in a question, '' if none. This is what is timed."""
    top: Callable[[str], Sequence[str]]
    """Up to five names, best first."""
    slow: bool
    """Whether it looks at every name: it is asked fewer questions."""


def peers(names: Sequence[str]) -> tuple[list[Peer], list[str]]:
    """All that are installed and can hold so many names, and what is to be said of the others."""
    found: list[Peer] = []
    missing: list[str] = []
    for library, make in (
        ("rapidfuzz", _rapidfuzz), ("ahocorasick", _aho_corasick), ("hassil", _hassil), ("sqlite3", _like),
    ):  # fmt: skip
        if importlib.util.find_spec(library) is None:
            missing.append(f"{_PACKAGES.get(library, library)} is not installed (pip install --group peers)")
        else:
            found += make(names)
            if library == "hassil" and len(names) > _MOST_LISTED:
                missing.append(f"hassil with the whole list is left out above {_MOST_LISTED:,} names")
    return found, missing


_PACKAGES = {"ahocorasick": "pyahocorasick"}


def _rapidfuzz(names: Sequence[str]) -> list[Peer]:
    from rapidfuzz import fuzz, process

    def peer(title: str, scorer: Any) -> Peer:
        def find(text: str) -> str:
            found = process.extractOne(text, names, scorer=scorer)
            return str(found[0]) if found else ""

        def top(text: str) -> list[str]:
            return [str(row[0]) for row in process.extract(text, names, scorer=scorer, limit=5)]

        return Peer(f"rapidfuzz {title}", find, top, slow=True)

    return [peer("WRatio", fuzz.WRatio), peer("partial_ratio", fuzz.partial_ratio)]


def _automaton(names: Sequence[str]) -> Any:
    ahocorasick: Any = importlib.import_module("ahocorasick")
    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name.casefold(), name)
    automaton.make_automaton()
    return automaton


def _aho_corasick(names: Sequence[str]) -> list[Peer]:
    automaton = _automaton(names)

    def top(text: str) -> list[str]:
        held = {name for _, name in automaton.iter(text.casefold())}
        return sorted(held, key=len, reverse=True)[:5]

    def find(text: str) -> str:
        longest = ""
        for _, name in automaton.iter(text.casefold()):
            if len(name) > len(longest):
                longest = name
        return longest

    return [Peer("Aho-Corasick (exact only)", find, top, slow=False)]


def _hassil(names: Sequence[str]) -> list[Peer]:
    hassil: Any = importlib.import_module("hassil")
    opening = "|".join((*OPENINGS, *(f"{words} " for words in _LATIN_OPENINGS)))
    intents = hassil.Intents.from_dict(
        {
            "language": "zh",
            "intents": {
                "Ask": {"data": [{"sentences": [f"[({opening})]{{name}}{{rest}}", f"[({opening})]{{name}} {{rest}}"]}]}
            },
            "lists": {"rest": {"wildcard": True}},
        }
    )
    plain = [name for name in names if not set(name) & set("{}[]()<>|")]

    def ask(text: str, slots: dict[str, Any]) -> str:
        found = hassil.recognize(text, intents, slot_lists=slots)
        return str(found.entities["name"].value) if found else ""

    held = {name.casefold(): name for name in plain}
    longest = max(map(len, held), default=0)

    def filtered(text: str) -> str:
        folded = text.casefold()
        spans = (folded[i:j] for i in range(len(folded)) for j in range(i + 2, min(len(folded), i + longest) + 1))
        few = [held[span] for span in spans if span in held]
        return ask(text, {"name": hassil.TextSlotList.from_strings(few, name="name")}) if few else ""

    found = [Peer("hassil, pre-filtered", filtered, lambda text: [filtered(text)], slow=False)]
    if len(names) <= _MOST_LISTED:
        every = {"name": hassil.TextSlotList.from_strings(plain, name="name")}
        found.append(Peer("hassil, list", lambda text: ask(text, every), lambda text: [ask(text, every)], slow=True))
    return found


def _like(names: Sequence[str]) -> list[Peer]:
    db = sqlite3.connect(":memory:")
    db.execute("create table name(name text)")
    db.executemany("insert into name values(?)", ((name,) for name in names))
    sql = "select name from name where ? like '%' || name || '%' order by length(name) desc limit 5"

    def top(text: str) -> list[str]:
        return [row[0] for row in db.execute(sql, (text,))]

    def find(text: str) -> str:
        return next(iter(top(text)), "")

    return [Peer("SQL LIKE", find, top, slow=True)]
