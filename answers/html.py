"""Answers as HTML for messengers: blocks in the few tags that Telegram knows, and messages made of whole blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from html import unescape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from answers.compose import Answer
from answers.render import TEMPLATES, marks
from knowledge.store.base import Base

MOST_UNITS = 4096
"""UTF-16 units of text in one message, tags not counted."""
MOST_ENTITIES = 100
"""Marked stretches of text in one message; what is beyond loses its markup on the way."""
QUOTED = 160
"""Characters of a paragraph that a list of sources quotes."""

_END = "<hr>"
"""Ends a block in templates. Everything else there is escaped, so no text can hold one."""
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""What obeys instead of being seen: controls, marks of direction, half characters. Joiners of emoji stay."""
_TOKEN = re.compile(r"<[^>]*>|&[#\w]+;|[^<&]")
_TAG = re.compile(r"<[^>]*>")
_REFERENCE = re.compile(r"&[#\w]+;")
"""Stands for a character of the basic plane here: templates escape & < > ' "."""
_BEFORE_END = re.compile(r"\s+</blockquote>")
_BREAKS = ("\n", "。", "；", ". ", "，", ", ", " ")
"""Where to break a block that is too long for one message, best first."""


def clean(text: str) -> str:
    """The text without characters that would change how others are shown."""
    return _UNSEEN.sub("", text)


def environment(folder: Path) -> Environment:
    """Templates that escape whatever they are given."""
    made = Environment(
        loader=FileSystemLoader([folder, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["marks"] = marks
    made.globals["quoted"] = quoted
    return made


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return environment(TEMPLATES)


def quoted(text: str) -> str:
    """The beginning of a paragraph in quotation marks."""
    return f"「{text if len(text) <= QUOTED else text[:QUOTED].rstrip() + '…'}」"


def blocks(answer: Answer, *, question: str = "") -> list[str]:
    """The answer as HTML blocks, sources last; `question` heads an answer that was asked for by a button."""
    return parted(_environment().get_template("answer.html").render(a=answer, question=question))


def compact(answer: Answer, question: str = "") -> list[str]:
    """`blocks` for one message, if need be without the quotations in the list of sources."""
    made = blocks(answer, question=question)
    if len(messages(made)) > 1:
        bare = tuple(citation._replace(quote=None) for citation in answer.citations)
        made = blocks(answer._replace(citations=bare), question=question)
    return made


def source_blocks(answer: Answer, base: Base, link: Callable[[str], str]) -> list[str]:
    """The sources of an answer with their authors, quoted to the end where the base has the texts.

    `link` gives the address of an article's card for its id, '' if it has none.
    """
    rows = [(c, base.articles[c.article].authors, link(c.article)) for c in answer.citations]
    return parted(_environment().get_template("sources.html").render(rows=rows, language=answer.language))


def parted(html: str) -> list[str]:
    """What a template rendered, block by block."""
    return [block for part in clean(html).split(_END) if (block := _tidy(part))]


def _tidy(part: str) -> str:
    lines = (line.rstrip() for line in part.splitlines())
    return _BEFORE_END.sub("</blockquote>", "\n".join(line for line in lines if line)).strip()


def messages(parts: Iterable[str], most: int = MOST_UNITS, entities: int = MOST_ENTITIES) -> list[str]:
    """Blocks joined into as few messages as hold them; only a block too long for a message is broken itself."""
    blocks = list(parts)
    whole = "\n".join(blocks)
    if blocks and _units(whole) <= most and whole.count("</") <= entities:
        return [whole]  # even its tags counted
    made: list[str] = []
    size = marked = 0
    for part in (p for block in blocks for p in _broken(block, most, entities)):
        length, count = units(part), part.count("</")
        if made and size + 1 + length <= most and marked + count <= entities:
            made[-1] += f"\n{part}"
            size, marked = size + 1 + length, marked + count
        else:
            made.append(part)
            size, marked = length, count
    return made


def units(html: str) -> int:
    """UTF-16 units of the text that an HTML text shows."""
    return _units(_REFERENCE.sub(".", _TAG.sub("", html)))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def text_of(html: str) -> str:
    """The text that an HTML text shows."""
    return unescape(_TAG.sub("", html))


def _width(token: str) -> int:
    if token.startswith("<"):
        return 0
    # a named or numeric reference always stands for a character of the basic plane here: templates escape & < > ' "
    return 2 if len(token) == 1 and ord(token) > 0xFFFF else 1


def _broken(block: str, most: int, entities: int) -> Iterator[str]:
    """The block; in several pieces, each with its tags closed, if it is too long for a message."""
    if units(block) <= most and block.count("</") <= entities:
        yield block
        return
    open_tags: list[str] = []
    tokens: list[str] = []
    size = marked = 0
    for token in _TOKEN.findall(block):
        closing = token.startswith("</")
        if not closing and tokens and (size + _width(token) > most or (token[0] == "<" and marked >= entities - 5)):
            kept = _break(tokens) if token[0] != "<" else len(tokens)
            head, tail = tokens[:kept], tokens[kept:]
            yield _closed(head)
            open_tags = _open(head)
            tokens = [*open_tags, *tail]
            size, marked = sum(map(_width, tokens)), len(open_tags)
            size -= _drop_blank(tokens)
        tokens.append(token)
        size += _width(token)
        marked += token.startswith("<") and not closing
    if any(_width(t) for t in tokens):
        yield _closed(tokens)


def _break(tokens: list[str]) -> int:
    """How many tokens to keep so that the break falls behind a line, a sentence or a word, not too early."""
    for mark in _BREAKS:
        size = len(mark)
        for end in range(len(tokens), len(tokens) * 3 // 4, -1):
            if tokens[end - size : end] == list(mark):
                return end
    return len(tokens)


def _drop_blank(tokens: list[str]) -> int:
    """Remove blanks that a piece would begin with; how many they were."""
    dropped = 0
    at = next((i for i, t in enumerate(tokens) if t[0] != "<"), len(tokens))
    while at < len(tokens) and tokens[at].isspace():
        del tokens[at]
        dropped += 1
    return dropped


def _open(tokens: list[str]) -> list[str]:
    """The tags that are open behind these tokens, outermost first."""
    found: list[str] = []
    for token in tokens:
        if token.startswith("</"):
            found.pop()
        elif token.startswith("<"):
            found.append(token)
    return found


def _closed(tokens: list[str]) -> str:
    names = (tag[1:-1].partition(" ")[0] for tag in reversed(_open(tokens)))
    return "".join(tokens).rstrip() + "".join(f"</{name}>" for name in names)
