"""The date of a document in which something stands (2022年底的方案里) is no date of what stands there."""

from __future__ import annotations

from knowledge.reading.reading import Reading
from knowledge.store.base import Base

_NOUNS = ("文件", "报告")


def undated(before: Reading, base: Base) -> Reading | None:
    """What was said before a question without the date of the document it names, if the base knows that date."""
    if len(before.periods) != 1:
        return None
    kinds = base.kinds_like(kind for noun in _NOUNS for kind in base.lexicon.kinds(noun))
    said = [w.text for w in before.words if not kinds.isdisjoint(w.kinds)]
    named = [m.entities[0] for m in before.mentions]
    # 甲城2022年底的方案: one that is tied to what is named, by its noun
    tied = (x for e in named for x in base.linked(e) if x >= 0 and any(noun in base.entity(x).zh for noun in said))
    for document in (e for e in (*named, *tied) if base.entity(e).kind in kinds):
        facts = map(base.fact, base.facts_of(document))
        if any(p.overlaps(before.periods[0]) for f in facts for p in f.periods):
            return before._replace(periods=())
    return None
