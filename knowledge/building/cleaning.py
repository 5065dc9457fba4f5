"""Clean an article's raw text: what people read, with the way back to the raw offsets.

Handles pinyin annotations (數(shù)據(jù)), remains of HTML, full width and traditional text; broken characters are
reported, never guessed.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from knowledge.text.fold import HAN, Tables

_TAG = re.compile(
    r"</?(?:p|br|strong|b|i|em|span|div|a|img|h\d|section|blockquote|li|ul|ol|font)\b[^<>]{0,200}>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE)
_ANNOTATION = re.compile(rf"(?<=[{HAN}])[(（]([a-zü\u00e0-\u01dc\u0261\u0251]{{1,6}})[)）]")
_BROKEN = re.compile(
    "[\ufffd\u0080-\u009f\u0370-\u03ff\u0600-\u07ff\u0300-\u036f\ue000-\uf8ff\u00c0-\u00ff]"
    r"|\?[!>]|[!。]\?(?=.)|\?\?"
)
_DROP = re.compile("[\u200b-\u200f\u2060\ufeff\x00-\x08\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One non-empty line of an article."""

    number: int
    """From 1."""
    raw: str
    text: str
    """Cleaned: no annotations, no markup, simplified characters."""
    offsets: tuple[int, ...]
    """For each character of `text` its offset in `raw`."""
    broken: tuple[str, ...]
    """Surroundings of characters that can't be right; the text is left as it is."""

    def quote(self, start: int, end: int) -> str:
        """The article's own characters behind text[start:end], without annotations and markup."""
        return "".join(_plain_at(self.raw, offset) for offset in self.offsets[start:end])


def _plain_at(raw: str, offset: int) -> str:
    """The character that people read at the offset: an entity (&amp;) stands for one."""
    entity = _ENTITY.match(raw, offset)
    plain = html.unescape(entity.group()) if entity else ""
    return plain if entity and len(plain) == 1 and plain != entity.group() else raw[offset]


def clean(number: int, raw: str, tables: Tables) -> Paragraph:
    """Clean one line."""
    drop: set[int] = set()
    replace: dict[int, str] = {}
    for match in _TAG.finditer(raw):
        drop.update(range(*match.span()))
    for match in _ENTITY.finditer(raw):
        plain = html.unescape(match.group())
        if plain != match.group() and len(plain) == 1:
            drop.update(range(match.start() + 1 - bool(_DROP.match(plain)), match.end()))
            replace[match.start()] = plain
    for match in _ANNOTATION.finditer(raw):
        if tables.is_annotation(raw[match.start() - 1].translate(tables.simplified), match.group(1)):
            drop.update(range(*match.span()))
    drop.update(m.start() for m in _DROP.finditer(raw))
    chars: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(raw):
        if index in drop:
            continue
        plain = replace.get(index, char).translate(tables.simplified)
        if "\uff01" <= plain <= "\uff5e":
            plain = chr(ord(plain) - 0xFEE0)
        elif plain in "\u3000\xa0\t":
            plain = " "
        chars.append(plain)
        offsets.append(index)
    text = "".join(chars)
    stripped = text.strip()
    lead = len(text) - len(text.lstrip())
    broken = tuple(raw[max(0, m.start() - 8) : m.end() + 8] for m in _BROKEN.finditer(_ANNOTATION.sub("", raw)))
    return Paragraph(number, raw, stripped, tuple(offsets[lead : lead + len(stripped)]), broken)


def paragraphs(raw: str, tables: Tables) -> list[Paragraph]:
    """The paragraphs of an article's text: its non-empty lines, numbered from 1."""
    lines = [line.strip("\r") for line in raw.lstrip("\ufeff").split("\n")]
    return [clean(n, line, tables) for n, line in enumerate((x for x in lines if x.strip()), start=1)]
