"""One fold for questions, names, aliases, cues and statements.

NFKC, case folding, white space, traditional → simplified, and words of one region → the usual ones. The tables are made
at build time (OpenCC) and stored in the base; at run time a fold is one `str.translate` and a look for those words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from knowledge.text.patterns import is_han, pattern

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# what shows nothing and separates nothing: controls that are no white space, soft hyphen, marks of direction, variants
_CONTROL = pattern(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef]"
)
_VARIANTS = "\ufe00"
"""The first mark of a variant: of what `_CONTROL` finds, Python takes none but these for printable."""
_BRACKET = pattern(r"\(([a-zü\u00e0-\u01dc\u0261\u0251]{1,6})\)")
_ANNOTATION = pattern(rf"(?<=[{HAN}])(?:{_BRACKET.pattern})+")
_WIDE = tuple(zip("？，！：；（）", "?,!:;()", strict=True))
"""The marks that Chinese questions are full of, and what NFKC makes of them."""
_ASPECT = pattern(f"(?<=[{HAN}])(?<![显名专原土论编译合所卓昭巨遗执大新旧撰拙谁人写])著(?![名作称述者有书录于《「“])")
"""What traditional texts write for 着 behind a verb (盼著)."""
_TONED = pattern("[\u00e0-\u01dc]")


class Tables:
    """Code-point tables for `str.translate`: one character for each from U+0000 to the last Han character."""

    def __init__(
        self, simplified: str, sounds: str, syllables: dict[str, str], regional: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self.simplified = simplified
        """Traditional and variant characters → simplified; all others → themselves."""
        self.sounds = sounds
        """Han characters → one private character for each syllable (no tone; zh=z, ang=an …); others → themselves."""
        self.syllables = syllables
        """Spelt syllable ('shang', also in its merged spelling) → that private character."""
        self.regional = regional
        """Words of one region and the usual ones (软体, 软件), the longest first."""
        words = [word for word, _ in regional]
        self._spoken = pattern("|".join(map(re.escape, words)) or "(?!)", holds=words)
        """Any of the words of a region."""

    def fold(self, text: str) -> str:
        """The folded text: comparable, of nearly the same length; folding it again changes nothing."""
        for wide, narrow in _WIDE:  # NFKC does it too, but is slow where there is anything to do
            text = text.replace(wide, narrow)
        while True:
            plain = unicodedata.normalize("NFKC", text).casefold().translate(self.simplified)
            if not plain.isprintable() or max(plain, default="") >= _VARIANTS:
                plain = _CONTROL.sub("", plain)
            if "(" in plain and _BRACKET.search(plain):
                plain = _ANNOTATION.sub(self._annotation, plain)
            if "著" in plain:
                plain = _ASPECT.sub("着", plain)
            if self._spoken.search(plain):
                for word, usual in self.regional:
                    plain = plain.replace(word, usual)
            plain = " ".join(plain.split())
            if plain == text:
                return plain
            text = plain  # one step can make work for another: a mark that lost its neighbour composes with the next

    def begins(self, char: str) -> str:
        """What a text that begins with a character begins with when it is folded; '' if that hangs on what follows."""
        usual = self.simplified[ord(char)] if is_han(char) else ""
        return "" if usual in self._heads else usual

    @cached_property
    def _heads(self) -> frozenset[str]:
        return frozenset([word[0] for word, _ in self.regional])

    def _annotation(self, match: re.Match[str]) -> str:
        before = match.string[match.start() - 1]
        return _BRACKET.sub(lambda m: "" if self.is_annotation(before, m.group(1)) else m.group(), match.group())

    def is_annotation(self, before: str, spelt: str) -> bool:
        """Whether what stands in a bracket is the pinyin of the simplified character before it (據(jù)), and no text.

        A syllable with its tone always is; one without has to repeat the sound (模型(v), 百度(he) are text).
        """
        sound = self.syllables.get(strip_tone(spelt))
        return bool(sound) and (bool(_TONED.search(spelt)) or sound == before.translate(self.sounds))

    def sound(self, text: str) -> str:
        """The homophone key of a folded text."""
        return text.translate(self.sounds)


def strip_tone(syllable: str) -> str:
    """'shù' → 'shu'; ü is kept as v."""
    plain = unicodedata.normalize("NFD", syllable.replace("ɡ", "g").replace("ɑ", "a")).replace("u\u0308", "v")
    return "".join(c for c in plain if not unicodedata.combining(c))


def merge_sound(syllable: str) -> str:
    """Spellings that speakers and typists mix up share one form: zh/z, ch/c, sh/s, ang/an, eng/en, ing/in."""
    for pair in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(pair[0]):
            syllable = pair[1] + syllable[2:]
    if syllable.endswith("ng") and syllable[-3:] != "ong":
        syllable = syllable[:-1]
    return syllable


_SEPARATORS = dict.fromkeys(map(ord, " \t\n-_·•・'’‘\"“”《》〈〉「」『』【】()[]{}<>!?,、;:,。!?;:…—–~*/\\|`^"))


def name_key(folded: str) -> str:
    """The form under which a folded name is looked up: without white space, hyphens, quotes and brackets."""
    return folded.translate(_SEPARATORS)
