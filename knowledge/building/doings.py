"""The verbs by which the relations of a pack are asked for, apart from their question word (欠 of 欠了多少).

A cue that asks is one stretch (多少人上班); in a question its parts stand wherever they may (多少人在甲上班).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from knowledge.store.records import Relation
from knowledge.text.fold import Tables

_ASKED = {"number": "number", "amount": "amount", "share": "number", "date": "date"}
"""Type of value of a relation → what is asked beside its verbs; of any other who, where or which."""
_OTHER = "other"
_PLAIN = re.compile("^(?:计划|预计|预定|原定|拟)|(?:时间|日期|年份|年月|人数|数量|金额|比例|总数|总额)$")
"""What a label may say besides what is measured or dated (计划开馆时间)."""
_ASKING = re.compile(
    "(?:多少|几)(?:人|钱|块钱|元|个人|个|名|位|张|次|趟|列|座|家|笔|头|辆|艘)?|谁|哪[个家位里儿]|什么时候|什么|啥"
)
_PARTS = frozenset({"number", "amount"})
"""What is asked of a relation that gives parts or sums of something, which name those who have them."""
_PARTICLES = re.compile("^[了过着的来把给被由要能会可得以在是有都]+|[了过着的得要能会可以在是有都]+$")
_VERB = re.compile("[\u3400-\u9fff]{1,3}")
_NO_VERB = frozenset("哪谁一二三四五六七八九十两每总共年月日天个家名位次出做有大小多少人钱站号里去来到用看")
"""Characters that are no verb by which one relation is told from another, and begin none."""


def doings(relations: Iterable[Relation], groups: list[dict[str, Any]], tables: Tables) -> dict[str, dict[str, str]]:
    """What is asked beside it → verb → the relations that it asks for, with blanks between."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for relation in relations:
        pairs = [*_of_label(relation, groups), *_of_cues(relation)]
        for asked, verb in pairs:
            found.setdefault(asked, {}).setdefault(tables.fold(verb), {})[relation.id] = None
    return {asked: {verb: " ".join(ids) for verb, ids in verbs.items()} for asked, verbs in found.items()}


def _of_label(relation: Relation, groups: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """The verbs that the language has for what a relation is called."""
    own = _ASKED.get(relation.value, _OTHER)
    zh, en = _PLAIN.sub("", relation.label.zh) or relation.label.zh, relation.label.en.casefold()
    for group in groups:
        if own != group["asks"] and not (group.get("shares") and own in _PARTS):
            continue
        if any(_names(str(word), zh, en) for word in group["of"]):
            yield from ((group["asks"], str(verb)) for verb in group["verbs"])


def _names(word: str, zh: str, en: str) -> bool:
    """Whether a label is a word, or a longer one that begins or ends with it."""
    if word.isascii():
        return word in en.split() or word == en
    return zh.startswith(word) or zh.endswith(word)


def _of_cues(relation: Relation) -> Iterator[tuple[str, str]]:
    """The verbs in the cues of a relation that ask."""
    own = _ASKED.get(relation.value, _OTHER)
    for cue in relation.cues:
        asking = _ASKING.search(cue)
        rest = [cue[: asking.start()], cue[asking.end() :].removeprefix(relation.unit)] if asking else []
        for piece in rest:
            verb = _PARTICLES.sub("", piece)
            if _VERB.fullmatch(verb) and verb[0] not in _NO_VERB:
                yield own, verb
