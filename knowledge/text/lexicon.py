"""The words of the language and of a pack, compiled to one table: word → tags.

A tag is a short string: `f` function word, `l` light word, `p` politeness, `u` classifier, `q:TYPE` question word,
`i:INTENT` word that changes what is done, `s:N` synonym group N, `a:N` group N of words for one attribute, `r:ID` cue
of a relation, `k:KIND` noun for a kind of entity, `e:TYPE` noun that asks when it ends a question, `t` what makes a
longer name, `n` head of a noun phrase. Sources are the YAML files beside
this module (language) and the pack (relations, kinds).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from knowledge.steps import Steps
from knowledge.text.patterns import HAN, pattern

LANGUAGE = Path(__file__).parents[1] / "language"
WORD = pattern(r"[a-z0-9]+(?:['.&+][a-z0-9]+)*")
"""A Latin word of a folded text, with figures and marks in it (gpt4, h3c, at&t)."""
_LATIN = pattern(r"[a-z]+")
LONGEST_NOUN = 6
"""Characters of a noun for a kind."""
_AT_ONCE = 2048
"""Words that are read in one step."""
_IRREGULAR = {
    "founded": "found", "founder": "founder", "founders": "founder", "cities": "city", "companies": "company",
    "was": "be", "were": "be", "is": "be", "are": "be", "has": "have", "had": "have", "people": "person",
    "bought": "buy", "held": "hold", "built": "build", "made": "make", "led": "lead", "grew": "grow", "rose": "rise",
    "fell": "fall", "won": "win", "said": "say", "took": "take", "began": "begin", "came": "come", "gave": "give",
    "wrote": "write", "written": "write", "sold": "sell", "spent": "spend", "became": "become", "shown": "show",
    "paid": "pay", "ran": "run", "kept": "keep", "lost": "lose", "sent": "send", "drove": "drive", "driven": "drive",
    "flew": "fly", "flown": "fly", "sank": "sink", "sunk": "sink", "caught": "catch", "taught": "teach",
    "rode": "ride", "lent": "lend", "fed": "feed", "dug": "dig", "wore": "wear", "threw": "throw", "swam": "swim",
    "women": "woman", "men": "man", "children": "child", "bigger": "big", "biggest": "big", "larger": "large",
    "largest": "large", "higher": "high", "highest": "high", "earlier": "early", "earliest": "early",
}  # fmt: skip


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A light English stem: plurals, -ed, -ing, -er and -ment fall away; names of up to three letters stay."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or not word.isalpha() or not word.isascii():
        return word
    for suffix, keep in (
        ("ifications", "ify"),
        ("ification", "ify"),
        ("ies", "y"),
        ("sses", "ss"),
        ("ing", ""),
        ("ied", "y"),
        ("ed", ""),
        ("es", "e"),
        ("s", ""),
    ):
        if word.endswith(suffix) and len(word) - len(suffix) >= 3 and not word.endswith(("ss", "us", "is")):
            word = word[: -len(suffix)] + keep
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeiosl":
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def words(text: str) -> list[str]:
    """The Latin words of a folded text, as stems."""
    return [stem(w.removesuffix("'s")) for w in WORD.findall(text)]


def phrase(folded: str) -> str:
    """The form under which a word or phrase stands in the lexicon: Han as it is, Latin words as stems with blanks."""
    if HAN.search(folded):
        return folded
    return " ".join(words(folded)) or folded


class Courtesies(NamedTuple):
    """What is dropped at either end of a text, beside the words with the tag `p`, which are dropped by themselves."""

    roles: dict[str, str]
    """Words of which courtesies are put together → what they are in them, a letter of `courtesy.ROLES`."""
    reach: dict[str, int]
    """First characters → characters of the longest word or phrase that begins so."""
    longest: int
    """Characters of the longest phrase."""
    ends: frozenset[str]
    """The last characters of phrases."""


class Lexicon(NamedTuple):
    """Word → tags, and the length of the longest word."""

    tags: Mapping[str, tuple[str, ...]]
    longest: int
    """Characters of the longest word that holds a Han character."""
    longest_phrase: int
    """Words of the longest Latin phrase."""
    smalltalk: dict[str, str]
    """Whole message → kind of small talk."""
    asking: dict[str, list[str]]
    """First characters → question words of Han characters, and words that hold one and ask nothing, which go first."""
    silent: frozenset[str]
    """The latter."""
    courtesies: Courtesies
    reach: dict[str, int]
    """First two characters, or the only one, of words with Han characters → characters of the longest such word.

    Empty until `extend` has been called: one answer does not repay the milliseconds that it takes.
    """
    phrases: dict[str, int]
    """In the same way, first word of Latin phrases → words of the longest such phrase."""
    having: Callable[..., tuple[str, ...]]
    """The words that have one of the tags that it is called with, those with the same tags side by side."""

    def extend(self) -> Steps[None]:
        """Make many answers quicker."""
        if self.reach:
            return
        reach: dict[str, int] = {}
        phrases: dict[str, int] = {}
        for n, word in enumerate(self.tags):
            if n % _AT_ONCE == 0:
                yield
            if word.isascii() and word[0].isalnum():
                first = word.partition(" ")[0]
                phrases[first] = max(1 + word.count(" "), phrases.get(first, 0))
            else:
                reach[word[:2]] = max(len(word), reach.get(word[:2], 0))
        self.reach.update(reach)  # all at once: a question may be read between two steps
        self.phrases.update(phrases)

    def kinds(self, word: str) -> list[str]:
        """The kinds of entity that a word or phrase stands for."""
        return kinds_in(self.tags.get(word, ()))

    def polite(self, word: str) -> bool:
        """Whether a word or phrase is a courtesy."""
        return "p" in self.tags.get(word, ())

    def question_word(self, text: str) -> str:
        """The first question word of Han characters, '' if there is none; 几年 of 这几年 is none."""
        start = 0
        while start < len(text):
            word = next((w for w in self.asking.get(text[start], ()) if text.startswith(w, start)), "")
            if word and word not in self.silent:
                return word
            start += len(word) or 1
        return ""

    def furthest(self, text: str, start: int) -> int:
        """How many characters a word with Han characters has at most that begins here."""
        if not self.reach:
            return self.longest
        found = self.reach.get(text[start : start + 2])
        return found or 1

    def longest_at(self, text: str, start: int) -> int:
        """How many characters the longest word has that begins here, 0 if none does."""
        furthest = min(self.furthest(text, start), len(text) - start)
        return next((size for size in range(furthest, 0, -1) if text[start : start + size] in self.tags), 0)

    def noun_at(self, text: str, start: int) -> tuple[int, frozenset[str]] | None:
        """Where the longest noun for a kind of entity that begins here ends, and its kinds."""
        latin = _LATIN.match(text, start + 1) if text[start : start + 1] == " " else None
        for end in [latin.end()] if latin else range(min(len(text), start + LONGEST_NOUN), start, -1):
            if kinds := frozenset(self.kinds(phrase(text[start:end].strip()))):
                return end, kinds
        return None

    def longest_from(self, word: str) -> int:
        """How many words a Latin phrase has at most that begins with this one."""
        return self.phrases.get(word, 0) if self.phrases else self.longest_phrase


@lru_cache(maxsize=4096)
def sorts(tags: tuple[str, ...]) -> frozenset[str]:
    """The tags of a word, and what stands before the colon in each."""
    return frozenset(tags) | {tag[:i] for tag in tags for i, c in enumerate(tag) if c == ":"}


def kinds_in(tags: Iterable[str]) -> list[str]:
    """The kinds of entity that a word with these tags stands for."""
    return [tag[2:] for tag in tags if tag.startswith("k:")]


_DEGREES = {"i:most", "i:least"}
_CONTRARY = dict(zip("慢矮低短小少轻近浅窄", "快高高长大多重远深宽", strict=True))
"""Who asks for the slowest asks for the speed, by the contrary of what names it."""
_CONTRARY_EN = {"slow": "fast", "short": "long", "low": "high", "small": "big", "narrow": "wide", "light": "heavy"}
_SUPERLATIVE = "est"
_MOST = "最"
_BY_HOW_MUCH = "多少"


def build_tags(pairs: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Collect (folded word, tag) pairs."""
    tags: dict[str, dict[str, None]] = {}
    for word, tag in pairs:
        if word:
            tags.setdefault(phrase(word), {})[tag] = None
    for word, found in tags.items():
        if found.keys() & _DEGREES:
            found |= {t: None for t in _degree(word, tags) if t.startswith(("a:", "r:"))}
        elif (at := word.find(_MOST)) > 0:
            found |= {t: None for t in tags.get(word[at:], {}) if t in _DEGREES}  # 规模最大
        elif "i:difference" in found and word.endswith(_BY_HOW_MUCH):
            most = f"最{word.removesuffix(_BY_HOW_MUCH)}"
            own = [t for t in tags.get(most, {}) if t.startswith(("a:", "r:"))]
            found |= dict.fromkeys(own or [t for t in _degree(most, tags) if t.startswith("r:")])
    return {word: tuple(found) for word, found in tags.items()}


def _degree(word: str, tags: dict[str, dict[str, None]]) -> dict[str, None]:
    """The tags of what a superlative is of: 最高 and 最矮 ask for what 高 and 多高 name."""
    if not HAN.search(word):
        plain = word.removesuffix(_SUPERLATIVE)
        return tags.get(_CONTRARY_EN.get(plain, plain), {}) if plain != word else {}
    found: dict[str, None] = {}
    for text in dict.fromkeys((word[1:], "".join(_CONTRARY.get(c, c) for c in word[1:]))):
        for end in range(1, len(text) + 1):
            inner = tags.get(text[:end], {})
            found = inner if len(inner) > len(found) else found
        found = found | {t: None for t in tags.get(f"多{text.removesuffix('的')}", {}) if t.startswith("r:")}
    return found


def having(groups: list[tuple[tuple[str, ...], list[str]]]) -> Callable[..., tuple[str, ...]]:
    """Finds the words that have one of some tags among groups of words with the same tags."""
    return partial(_having, groups)  # no inner function, which could not come from the second process of a build


def _having(groups: list[tuple[tuple[str, ...], list[str]]], *tags: str) -> tuple[str, ...]:
    wanted = frozenset(tags)
    return tuple(word for own, words in groups if not wanted.isdisjoint(own) for word in words)


def make_lexicon(tags: dict[str, tuple[str, ...]], smalltalk: dict[str, str], roles: dict[str, str]) -> Lexicon:
    """A lexicon from compiled tags, kinds of small talk, and the roles of words of courtesy."""
    words: dict[tuple[str, ...], list[str]] = {}
    for word, own in tags.items():
        words.setdefault(own, []).append(word)
    tags = {word: own for own, found in words.items() for word in found}
    han = [len(w) for w in tags if HAN.search(w)]
    latin = [w.count(" ") + 1 for w in tags if not HAN.search(w)]
    questions = [w for w, t in tags.items() if HAN.search(w) and _plain_question(t)]
    # of words that hold one another the shortest finds them all
    known = frozenset(questions)
    asking = [w for w in questions if known.isdisjoint(_parts(w))]
    # 这几年 is passed over, though 几年 asks
    plain = [w for w, t in tags.items() if t in (("f",), ("l",)) and HAN.search(w) and not _plain_question(t)]
    silent = [w for w in plain if any(a in w[1:] for a in asking)]
    first: dict[str, list[str]] = {}
    for word in (*silent, *asking):
        first.setdefault(word[0], []).append(word)
    return Lexicon(
        tags=tags,
        longest=max(han, default=1),
        longest_phrase=max(latin, default=1),
        smalltalk=smalltalk,
        asking=first,
        silent=frozenset(silent),
        courtesies=_courtesies([w for w, t in tags.items() if "p" in t], roles),
        reach={},
        phrases={},
        having=having(list(words.items())),
    )


def _courtesies(phrases: list[str], roles: dict[str, str]) -> Courtesies:
    reach: dict[str, int] = {}
    for word in (*phrases, *roles):
        reach[word[0]] = max(len(word), reach.get(word[0], 0))
    return Courtesies(roles, reach, max(map(len, phrases), default=0), frozenset(w[-1] for w in phrases))


def _parts(word: str) -> Iterator[str]:
    """All that stands in a word but the word itself."""
    for size in range(1, len(word)):
        for start in range(len(word) - size + 1):
            yield word[start : start + size]


def _plain_question(tags: tuple[str, ...]) -> bool:
    """Whether a question word asks by itself: no noun that asks at an end alone (日期), no verb (列出)."""
    return any(t[:2] == "q:" for t in tags) and not any(t[:2] in ("e:", "s:") for t in tags)
