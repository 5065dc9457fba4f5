"""Cut a message into the questions it asks: chatter goes, sentences before a question become its background."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.lexicon import Lexicon, stem

_STRONG = re.compile(r"[。？?！!；;\n]+|--+|\.(?=\s+[a-z])")
_WEAK = re.compile(r"[，,:：、+]+|\s+(?:and|then)\s+")
_QUOTES = re.compile(r"《[^《》]*》|「[^「」]*」|“[^“”]*”|\"[^\"]*\"|\([^()]*\)|（[^（）]*）")
_EDGE = " ,，、。.!！?？;；:：~～-—…\"'“”()（）[]【】"
MOST = 6
"""Questions answered in one message."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One question and the sentences before it."""

    text: str
    background: str = ""


def _mask(text: str) -> str:
    """The text with all that stands in quotes or brackets replaced, so that no cut falls there."""
    return _QUOTES.sub(lambda m: "\u0001" * len(m.group()), text)


def _cut(text: str, pattern: re.Pattern[str]) -> list[str]:
    pieces, last = [], 0
    for match in pattern.finditer(_mask(text)):
        pieces.append(text[last : match.end()])
        last = match.end()
    pieces.append(text[last:])
    return [p for p in pieces if p.strip(_EDGE)]


def strip_polite(text: str, lexicon: Lexicon) -> str:
    """Without greetings and courtesy at both ends."""
    changed = True
    while changed:
        changed = False
        text = text.strip(_EDGE.replace("?", "").replace("？", ""))
        for size in range(min(len(text), 24), 0, -1):
            for piece, rest in ((text[:size], text[size:]), (text[-size:], text[:-size])):
                if not rest.strip(_EDGE):
                    continue
                key = piece if not piece.isascii() else " ".join(stem(w) for w in piece.split())
                tags = lexicon.tags.get(key, ())
                whole = not piece.isascii() or rest[:1] in " ,!.?" or rest[-1:] in " ,!.?"
                if "p" in tags and whole and not (rest[-1:].isascii() and rest[-1:].isalpha() and text.endswith(piece)):
                    text, changed = rest, True
                    break
            if changed:
                break
    return text


def asks(piece: str, lexicon: Lexicon) -> bool:
    """Whether a piece holds a question word or ends as a question."""
    return bool(_question_words(piece, lexicon)) or piece.rstrip().endswith(("?", "？", "呢", "吗", "吧"))


def _question_words(piece: str, lexicon: Lexicon) -> list[str]:
    found = []
    if piece.isascii():
        parts = re.findall(r"[a-z']+", piece)
        for i in range(len(parts)):
            for size in (3, 2, 1):
                key = " ".join(stem(w) for w in parts[i : i + size])
                if any(t.startswith("q:") for t in lexicon.tags.get(key, ())):
                    found.append(key)
                    break
        return found
    for start in range(len(piece)):
        for end in range(min(len(piece), start + lexicon.longest), start, -1):
            tags = lexicon.tags.get(piece[start:end], ())
            if any(t.startswith("q:") for t in tags):
                found.append(piece[start:end])
                break
    return found


def _has_content(piece: str, lexicon: Lexicon) -> bool:
    """Whether anything but function and question words is in it (对吗, 分别是多少 have none)."""
    rest = piece.strip(_EDGE)
    if rest.isascii():
        return any(not _empty(lexicon.tags.get(stem(w), ())) for w in re.findall(r"[a-z0-9']+", rest))
    position = 0
    while position < len(rest):
        for end in range(min(len(rest), position + lexicon.longest), position, -1):
            tags = lexicon.tags.get(rest[position:end])
            if tags and _empty(tags):
                position = end
                break
        else:
            if rest[position].isalnum():
                return True
            position += 1
    return False


def _empty(tags: tuple[str, ...]) -> bool:
    return any(t in ("f", "p", "u") or t.startswith(("q:", "i:")) for t in tags)


def split(text: str, lexicon: Lexicon) -> list[Segment]:
    """The questions of a folded message in order; a message without a question is one segment."""
    pieces: list[str] = []
    for sentence in _cut(text, _STRONG):
        sentence = strip_polite(sentence, lexicon)
        parts = _cut(sentence, _WEAK)
        asking = [asks(p, lexicon) for p in parts]
        if sum(asking) >= 2 or (len(parts) > 1 and any(asking) and len(sentence) > 12):
            pieces += _join_parts(parts, asking)
        elif sentence.strip(_EDGE):
            pieces.append(sentence)
    pieces = [p for p in (strip_polite(p, lexicon) for p in pieces) if p.strip(_EDGE)]
    found: list[Segment] = []
    background: list[str] = []
    for piece in pieces:
        if not asks(piece, lexicon):
            background.append(piece)
        elif not _has_content(piece, lexicon) and background:
            found.append(Segment("".join(background[-2:]) + piece, "".join(background[:-2])))
            background = []
        else:
            found.append(Segment(piece, " ".join(background)))
            background = []
    if background and not found:
        # no question word anywhere: a keyword question is read whole
        found.append(Segment(" ".join(background[-3:]), " ".join(background[:-3])))
    return found[-MOST:]


def _join_parts(parts: list[str], asking: list[bool]) -> list[str]:
    """Parts of one sentence: those that ask stand alone, lists of nouns stay with the next that asks."""
    joined: list[str] = []
    held = ""
    for part, asked in zip(parts, asking, strict=True):
        short = len(part.strip(_EDGE)) <= 14 and part.rstrip()[-1:] in "、,，+:："
        if not asked and short:
            held += part
            continue
        joined.append(held + part)
        held = ""
    if held:
        if joined:
            joined[-1] += held
        else:
            joined.append(held)
    return joined
