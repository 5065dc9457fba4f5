"""Names in questions, looked up in the file or held in memory."""

from __future__ import annotations

from itertools import pairwise

from knowledge.linking.link import link_exact, units
from knowledge.store.base import Base


def test_names_held_in_memory_are_found_as_those_in_the_file(alpine_base: Base) -> None:
    held = Base(alpine_base.path)
    held.warm()
    names = [name for e in range(alpine_base.entity_count) for name in alpine_base.folded_names(e)]
    texts = [*names, *(f"{a}和{b},哪个?" for a, b in pairwise(names))]
    for text in texts:
        assert link_exact(text, units(text), held) == link_exact(text, units(text), alpine_base)
    held.close()


def test_a_name_of_function_words_is_one_where_a_text_begins_with_it(alpine_base: Base) -> None:
    tags = alpine_base.lexicon.tags
    assert "f" in tags["其实"]
    assert "f" in tags["在"]
    names = [n for e in range(alpine_base.entity_count) for n in alpine_base.folded_names(e) if len(n) == 2]
    for name in names:
        text = f"{name}在哪"
        assert [m.text for m in link_exact(text, units(text), alpine_base)] == [name]
