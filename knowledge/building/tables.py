"""Make the fold tables (build time only: OpenCC and pypinyin are imported here and nowhere else)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from operator import add
from typing import Any

import opencc
import yaml

from knowledge.text.fold import Tables, merge_sound, strip_tone
from knowledge.text.lexicon import LANGUAGE

_FIRST_SOUND = 0xE000  # private use area: one character for each syllable
_BMP = 0x10000
_END = 0xA000
"""Here and beyond, all characters stand for themselves."""
_VARIANTS = {"shei": "shui", "lue": "lve", "nue": "nve", "lu:": "lv", "nu:": "nv"}
"""Other spellings of a syllable that people type."""
_ONLY_HAN = re.compile("[\u4e00-\u9fff]+").fullmatch


@lru_cache(maxsize=1)
def make_tables() -> Tables:
    """The tables for Han characters and all before them; about half a second."""
    from pypinyin.constants import PINYIN_DICT

    to_simplified = opencc.OpenCC("t2s")
    from_japanese = opencc.OpenCC("jp2t")
    simplified = [chr(c) for c in range(_END)]
    sounds = list(simplified)
    syllables: dict[str, str] = {}

    plainly = lru_cache(maxsize=None)(strip_tone)

    def sound(syllable: str) -> str:
        merged = merge_sound(syllable)
        if merged not in syllables:
            syllables[merged] = chr(_FIRST_SOUND + len(set(syllables.values())))
        syllables[syllable] = syllables[merged]
        return syllables[merged]

    han = [c for block in ((0x4E00, _END), (0x3400, 0x4DC0)) for c in range(*block)]
    chars = list(map(chr, han))
    variants = _converted(to_simplified, _converted(from_japanese, chars))
    for char, plain, variant in zip(chars, _converted(to_simplified, chars), variants, strict=True):
        found = variant if plain == char and not _is_common(char) else plain
        if len(found) == 1 and ord(found) < _BMP:
            simplified[ord(char)] = found
    for code in han:
        if unicodedata.category(chr(code)) != "Lo":
            continue
        spelt = plainly(PINYIN_DICT.get(ord(simplified[code]), "").partition(",")[0])
        if spelt.isascii() and spelt.isalpha():
            sounds[code] = sound(spelt)
    for variant, usual in _VARIANTS.items():
        syllables[variant] = sound(usual)
    regional = yaml.safe_load((LANGUAGE / "regional.yaml").read_text("utf-8"))
    return Tables("".join(simplified), "".join(sounds), syllables, tuple(sorted(regional.items(), key=_longest_first)))


def _longest_first(pair: tuple[str, str]) -> tuple[int, str]:
    return -len(pair[0]), pair[0]


def _converted(converter: opencc.OpenCC, texts: list[str]) -> list[str]:
    """Each text converted by itself, in one call."""
    return str(converter.convert("\n".join(texts))).split("\n")


@lru_cache(maxsize=1)
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")


@lru_cache(maxsize=65536)
def to_traditional(text: str) -> str:
    """Simplified Chinese text in traditional characters."""
    return str(_traditional().convert(text)) if text else ""


def _is_common(char: str) -> bool:
    """Whether a character is everyday simplified Chinese (GB 2312): it is no Japanese variant then."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def spell(text: str, tables: Tables) -> set[str]:
    """Homophone keys of a folded name: character by character, and as a whole word (重庆 is chong qing)."""
    own = tables.sound(text)
    if _ONLY_HAN(text) and _unlike().isdisjoint(map(add, text, text[1:])):
        return {own}
    return {own, _as_a_whole(text, tables)}


def _as_a_whole(text: str, tables: Tables) -> str:
    """The homophone key of a name read as its words are."""
    from pypinyin import Style, lazy_pinyin

    whole = ""
    each: Any = list  # what has no sound stands for itself; the stubs know only strings
    for syllable in lazy_pinyin(text, style=Style.NORMAL, errors=each, v_to_u=False):
        key = tables.syllables.get(syllable) or tables.syllables.get(merge_sound(syllable))
        whole += key or syllable
    return whole


@lru_cache(maxsize=1)
def _unlike() -> frozenset[str]:
    """How words begin, in two characters, that sound otherwise than their characters do one by one.

    Few names hold one, and to read a name as its words are takes long.
    """
    from pypinyin.constants import PHRASES_DICT

    tables = make_tables()
    sounds: dict[str, str] = {}
    found = []
    for word, spelt in PHRASES_DICT.items():
        for readings in spelt:
            if readings[0] not in sounds:
                syllable = strip_tone(readings[0])
                sounds[readings[0]] = tables.syllables.get(syllable) or tables.syllables.get(merge_sound(syllable), "")
        if "".join([sounds[readings[0]] for readings in spelt]) != tables.sound(word):
            found.append(word[:2])
    return frozenset(found)
