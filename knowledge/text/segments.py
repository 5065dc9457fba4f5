"""Cut a message into the questions it asks: chatter goes, sentences before a question become its background."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.text.asks import EDGE, asks, asks_itself, closes, question_words
from knowledge.text.courtesy import strip_polite
from knowledge.text.lexicon import Lexicon, stem
from knowledge.text.patterns import PICTURES, pattern

_STRONG = pattern(rf"[。？?！!；;\n{PICTURES}]+|--+|\.(?=\s+[^\W\d_])")
_WHICH_MORE = pattern(
    "(?:谁|哪[个家座边里款])的?(?:更|比较)?[多高大强长少低小短][呢呀啊些]*"
    "|(?:相?差|[多高大强长少低小短]出?)了?(?:多少|几)(?:个百分点|[\u3400-\u9fff]{0,2})|(?:and )?by how (?:much|many)"
)
_LONGEST_EACH = 4
"""Characters of a word like 分别."""
_LONGEST_ROW = 400
"""Characters of a row, of names or of what is asked, that are read for question words."""
_CHOICE = pattern(r"\b(?:which|who|one) of [a-z'., -]+(?:[,，]| and)$")
"""The beginning of a row of which one is asked for (which of A, B and C)."""
_WHEN = pattern(
    r"(?:那么?|在|自从?|从)?(?:\d{4}年)?(?:\d{1,2}月份?)?(?:\d{1,2}[日号])?[底初]?"
    r"(?:(?:到|至)\d[\d年月日]*)?(?:之后|以后|之前|以前|之间|期间|前|后|以来|起|开始)[,，]"
    r"|(?:after|before|since|between|from|until)(?: [a-z]+){0,4} \d{4}[,，]"
)
"""Only says when something was (2023年5月之后，…)."""
_BEFORE_WHOM = pattern(r"在?[\u3400-\u9fff]{2,6}(?:之前|以前)[,，]")
"""Says so by a person, at the beginning of a sentence (在张三之前，谁…)."""
_OF_BOTH = pattern(
    r"^(?:how|what|when|where|why) (?:do|did|does|are|is|were|was|have|has) (?:both )?[a-z0-9'. -]{2,40} and$"
)
_ASKS_ANEW = pattern(r"(?:how|what|who|whom|whose|which|when|where|why|is|are|do|does|did|was|were|has|have|can)\b")
"""How do A and | B differ is one question; what follows an and with a question word is another."""
_WEAK = pattern(r"[，,:：、+]+|\s+(?:and|then)\s+", holds=(*"，,:：、+", "and", "then"))
_NEXT = pattern(
    r"[,，。?？;；]\s*(?:(?:另外|此外|再问|再者|再就是|其次|顺便|顺带)(?:再|也)?(?:请问|问|想问|问问)?(?:一下|下|一句)?[,，]?"
    r"|(?:还有|以及)(?:一个问题)?[,，]?(?![哪什啥谁别其吗没多几之]))"
    r"|[,，.?;] ?(?:and|also)[,，]? (?=(?:name|list|tell|give|how|what|who|whom|whose|which|when|where|why)\b)",
    holds=(*("另外", "此外", "再问", "再者", "再就是", "其次", "顺便", "顺带", "还有", "以及"), "and", "also"),
)
"""Behind a question another one follows."""
_IN_TURN = pattern("(?<=[\u3400-\u9fffa-z0-9])呢[,，](?=又(?:是|由)?(?:哪|谁|什么|多少|几))", holds=("呢,", "呢，"))
"""Between what is named in turn and what is asked of it again (乙呢，又是哪家的)."""
_SPACE = pattern(r"(?<=[\u3400-\u9fff])\s+")
_QUOTES = pattern(r"《[^《》]*》|「[^「」]*」|“[^“”]*”|\"[^\"]*\"|\([^()]*\)|（[^（）]*）")
_OPENING = frozenset('《「“"(（')
_NUMBER_OF = pattern(r"[:,] (?:the )?(?:total )?number of ")
_AND = frozenset({"and", "or", "but", "so"})
_HEADED = (":", "：")
_LEAST = 6
"""Characters of a question that stands beside another one with no more than a space between them."""
_A_HEAD = 2
"""Parts of a sentence of which the first may be the head of a row."""
_TOPIC = frozenset(",，:：")
_LEAD = 60
MOST = 6
"""Questions answered in one message."""


class Segment(NamedTuple):
    """One question and what was said before it."""

    text: str
    background: str = ""
    lead: str = ""
    """The part of the same sentence before the question; '' if it is long chatter."""
    tail: str = ""
    """What is said after the last question: a part of it, or mere chatter."""


def _mask(text: str) -> str:
    """The text with all that stands in quotes or brackets replaced, so that no cut falls there."""
    if _OPENING.isdisjoint(text):
        return text
    return _QUOTES.sub(lambda m: "\u0001" * len(m.group()), text)


def _cut(text: str, pattern: re.Pattern[str]) -> list[str]:
    pieces, last = [], 0
    for match in pattern.finditer(_mask(text)):
        pieces.append(text[last : match.end()])
        last = match.end()
    pieces.append(text[last:])
    return [p for p in pieces if p.strip(EDGE)]


def has_content(piece: str, lexicon: Lexicon) -> bool:
    """Whether anything but function and question words is in it (对吗, 分别是多少 have none)."""
    rest = piece.strip(EDGE)
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


def in_sentences(text: str, lexicon: Lexicon) -> str:
    """A folded message, each question that goes on with another one (…是谁，另外…多少) as a sentence of its own."""
    text = _IN_TURN.sub("", text)
    masked, found, last = _mask(text), [], 0
    spaces = list(_SPACE.finditer(masked))
    ends = [*(m.start() for m in spaces), len(text)]
    apart = all(b - a >= _LEAST for a, b in zip([0, *(m.end() for m in spaces)], ends, strict=True))
    for match in sorted([*_NEXT.finditer(masked), *(spaces if apart else ())], key=re.Match.start):
        before, behind = text[last : match.start()], text[match.end() :]
        spaced = match[0].isspace()
        asked = asks_itself(before, lexicon) or (not spaced and closes(before, lexicon))
        if asked and (not spaced or asks_itself(behind, lexicon)):
            found.append(before)
            last = match.end()
    return "。".join([*found, text[last:]])


def split(text: str, lexicon: Lexicon) -> list[Segment]:
    """The questions of a folded message in order; a message without a question is one segment."""
    pieces, silent = _pieces(text, lexicon)
    found: list[Segment] = []
    background: list[tuple[str, int]] = []
    for piece, number in pieces:
        if piece in silent or not asks(piece, lexicon):
            background.append((piece, number))
            continue
        if found and not background and "i:verify" in lexicon.tags.get(piece.strip(EDGE), ()):
            found[-1] = found[-1]._replace(text=f"{found[-1].text.rstrip(EDGE)},{piece}")  # …花了12亿？对吗
            continue
        if found and _sets_against(piece) and all(n == number for _, n in background):
            row = ",".join([found[-1].text.rstrip(EDGE), *(p for p, _ in background), piece])
            found[-1], background = found[-1]._replace(text=row), []  # 甲和乙各有几家？哪边多
            continue
        before = ",".join(p for p, _ in background)
        lead = ",".join(p for p, n in background if n == number)
        if background and not has_content(piece, lexicon):
            rest = ",".join(p for p, _ in background[:-1])
            lead = rest if len(rest) <= _LEAD else ""
            found.append(Segment(f"{background[-1][0]},{piece}", rest, lead))
        else:
            found.append(Segment(piece, before, lead if len(lead) <= _LEAD else ""))
        background = []
    if background and not found:
        # no question word anywhere: a keyword question is read whole
        found.append(Segment(",".join(p for p, _ in background[-3:]), ",".join(p for p, _ in background[:-3])))
    elif background and found:
        tail = ",".join(p for p, _ in background)
        if len(tail) <= _LEAD:
            found[-1] = found[-1]._replace(tail=tail)
    return found[-MOST:]


def _pieces(text: str, lexicon: Lexicon) -> tuple[list[tuple[str, int]], set[str]]:
    """What a folded message is cut into, each piece with the number of its sentence; and topics, which ask nothing."""
    pieces: list[tuple[str, int]] = []
    silent: set[str] = set()
    for number, sentence in enumerate(_cut(text, _STRONG)):
        sentence = strip_polite(sentence, lexicon)
        parts = _rejoin([p for part in _cut(sentence, _WEAK) for p in _spaced(part, lexicon)], lexicon)
        asking: list[bool] = []
        itself = [asks_itself(p, lexicon) for p in parts] if len(parts) > 1 else []
        if len(parts) > _A_HEAD and parts[0].rstrip().endswith(_HEADED) and _is_row(sentence, itself):
            parts = [sentence]  # X: location, number of firms is a row of what is asked of X
        if len(parts) > 1:
            topics = [*_topics(parts, itself), *(p for p in parts[:-1] if _leaves_out(p, lexicon))]
            asking = [(own or closes(p, lexicon)) and p not in topics for p, own in zip(parts, itself, strict=True)]
            silent.update(strip_polite(p, lexicon) for p in topics)
        if sum(asking) >= 2 or (any(asking) and len(sentence) > 12):
            pieces += [(strip_polite(p, lexicon), number) for p in _join_parts(parts, asking)]
        else:
            pieces.append((sentence, number))
    pieces = _joined([(p, n) for p, n in pieces if p.strip(EDGE)])
    if len(pieces) > 1:  # …,能帮忙查一下吗? asks nothing
        pieces = [(p, n) for p, n in pieces if not lexicon.polite(p.strip(EDGE))] or pieces[:1]
    return pieces, silent


def _joined(pieces: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The pieces; one that is but an and stands before the next of its sentence, and says nothing by itself."""
    found: list[tuple[str, int]] = []
    for piece, number in pieces:
        if found and found[-1][1] == number and found[-1][0].strip(EDGE) in _AND:
            found[-1] = (f"{found[-1][0].strip(EDGE)} {piece}", number)
        else:
            found.append((piece, number))
    return found


def _is_row(sentence: str, itself: list[bool]) -> bool:
    """Whether nothing in a sentence with a head asks by itself; number of firms is a noun like others."""
    return not any(itself) or (sentence.isascii() and _NUMBER_OF.search(sentence) is not None and "?" not in sentence)


def _spaced(part: str, lexicon: Lexicon) -> list[str]:
    """The part cut at spaces between Han characters, if what stands on both sides of each asks by itself."""
    if " " not in part:
        return [part]
    pieces = _SPACE.split(part)
    return pieces if len(pieces) > 1 and all(asks_itself(p, lexicon) for p in pieces) else [part]


def _rejoin(parts: list[str], lexicon: Lexicon) -> list[str]:
    """A clause that gives the time or the cause stays with its own, a row of names or of what is asked whole."""
    if len(parts) < 2:
        return parts
    joined: list[str] = []
    rows = any(p.rstrip().endswith("、") for p in parts[:-1])
    asking = rows and any(asks_itself(p, lexicon) for p in parts)
    last = max((n for n, p in enumerate(parts) if _of_each(p, lexicon)), default=-1) if asking else -1
    for number, part in enumerate(parts):
        bare, before = part.lstrip(EDGE), joined[-1].rstrip() if joined else ""
        row = _CHOICE.search(before) or (
            before.endswith("、")
            and (number <= last or not asking)
            and not question_words(before[-_LONGEST_ROW:], lexicon)
        )
        if (
            row
            or _WHEN.fullmatch(before)
            or (_OF_BOTH.match(before) and not _ASKS_ANEW.match(bare))
            or (len(joined) == 1 and _BEFORE_WHOM.fullmatch(before))
            or (joined and any("i:causal" in lexicon.tags.get(bare[:n], ()) for n in range(2, 10)))
        ):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _sets_against(piece: str) -> bool:
    """Whether a question only sets against each other what was asked for before it (哪边多, 相差多少)."""
    return bool(_WHICH_MORE.fullmatch(piece.strip(EDGE)))


def _leaves_out(part: str, lexicon: Lexicon) -> bool:
    """Whether a clause only says what is left out of what a later one asks (除了那几部法律，…)."""
    bare = part.lstrip(EDGE)
    return part.rstrip()[-1:] in _TOPIC and any("i:except" in lexicon.tags.get(bare[:n], ()) for n in (1, 2, 3))


def _of_each(piece: str, lexicon: Lexicon) -> bool:
    """Whether it asks something of each (A、B分别是多少)."""
    starts = range(len(piece))
    return any("i:each" in lexicon.tags.get(piece[i : i + n], ()) for i in starts for n in range(1, _LONGEST_EACH + 1))


def _topics(parts: list[str], itself: list[bool]) -> list[str]:
    """Parts that say what a later one asks about, though they end with a noun that asks elsewhere (按备案名单, …)."""
    found = []
    later = False
    for part, asked in zip(reversed(parts), reversed(itself), strict=True):
        if later and not asked and part.rstrip()[-1:] in _TOPIC:
            found.append(part)
        later = later or asked
    return found


def _join_parts(parts: list[str], asking: list[bool]) -> list[str]:
    """Parts of one sentence: those that ask stand alone, lists of nouns stay with the next that asks."""
    joined: list[str] = []
    held = ""
    last = max((i for i, asked in enumerate(asking) if asked), default=len(parts))
    for number, (part, asked) in enumerate(zip(parts, asking, strict=True)):
        listed = (part.rstrip()[-1:] == "、" and len(part) <= _LEAD) or (
            part.rstrip()[-1:] == "+" and len(part.strip(EDGE)) <= 14
        )
        if number > last:
            joined[-1] += part
            continue
        if not asked and listed:
            held += part
            continue
        joined.append(held + part)
        held = ""
    if held:
        joined.append(held)
    return joined
