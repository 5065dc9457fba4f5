"""Whether a piece of a text asks: by a question word, by a mark or a particle, or by the noun it ends with."""

from __future__ import annotations

from knowledge.text.lexicon import Lexicon, sorts, stem
from knowledge.text.patterns import pattern

_LATIN_WORD = pattern("[a-z']+")
EDGE = " ,，、。.!！?？;；:：~～-—…\"'“”()（）[]【】"


def asks(piece: str, lexicon: Lexicon) -> bool:
    """Whether a piece holds a question word or ends as a question."""
    return piece.rstrip().endswith(("?", "？", "呢", "吗", "吧")) or asks_inside(piece, lexicon)


def asks_itself(piece: str, lexicon: Lexicon) -> bool:
    """Whether a part holds a question word or ends as questions do."""
    return bool(question_words(piece, lexicon)) or piece.rstrip("?？ ").endswith(("呢", "吗", "吧", "对不对"))


def asks_inside(piece: str, lexicon: Lexicon) -> bool:
    """Whether a part of a sentence asks by itself: a question mark alone may belong to the whole."""
    return asks_itself(piece, lexicon) or closes(piece, lexicon)


def closes(piece: str, lexicon: Lexicon) -> bool:
    """Whether it ends with a noun that asks there (参数量)."""
    bare = piece.strip(EDGE)
    return any("e" in sorts(lexicon.tags.get(bare[-n:], ())) for n in range(2, min(5, len(bare))))


def question_words(piece: str, lexicon: Lexicon) -> list[str]:
    """The first question word, if there is one."""
    if not piece.isascii():
        word = lexicon.question_word(piece)
        return [word] if word else []
    parts = _LATIN_WORD.findall(piece)
    for i in range(len(parts)):
        for size in (3, 2, 1):
            key = " ".join(stem(w) for w in parts[i : i + size])
            if any(t.startswith("q:") for t in lexicon.tags.get(key, ())):
                return [key]
    return []
