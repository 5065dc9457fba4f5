from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.plain.base import PlainBase
from knowledge.plain.keys import CODE, LONG, crc, encoded, halves, keys, probes, shortened
from knowledge.plain.link import link_exact, link_fuzzy, slips
from knowledge.plain.question import Question
from knowledge.store.base import Base
from knowledge.text.patterns import is_han

HAN = st.text("岛山海灯塔雾盐帆鸥潮汀柳湾礁船桥舟港", min_size=4, max_size=16)


def plain(base: Base) -> PlainBase:
    assert base.plain
    return base.plain


def linked(text: str, base: Base) -> list[tuple[str, str]]:
    """(span, name) of names as they stand, longest first, then of misspelt ones."""
    question = Question(base.tables.fold(text), plain(base).vocabulary)
    found = [*link_exact(question, plain(base)), *link_fuzzy(question, plain(base))]
    return [(m.span.key, n.text) for m in found for n in plain(base).names(m.names)]


def test_link_exact_longest_first(islands: Base) -> None:
    assert linked("雾灯岛灯塔有多高", islands)[0] == ("雾灯岛灯塔", "雾灯岛灯塔")
    assert ("雾灯岛", "雾灯岛") in linked("雾灯岛灯塔有多高", islands)


def test_link_by_the_bare_name(islands: Base) -> None:
    assert {name for _, name in linked("苏禾是谁", islands)} == {"苏禾（船长）", "苏禾（画家）"}
    assert linked("苏禾（画家）的作品", islands)[0][1] == "苏禾（画家）"


def test_link_without_regard_to_case_and_script(islands: Base) -> None:
    assert linked("when was the SALT lantern released", islands)[0][1] == "The Salt Lantern"
    assert linked("霧燈島的面積", islands)[0][1] == "雾灯岛"


def test_link_without_the_filter_of_names_finds_the_same(islands: Base) -> None:
    fresh, warm = Base(islands.path), Base(islands.path)
    warm.warm()
    text = "雾灯岛灯塔和苏禾、The Salt Lantern"
    try:
        assert plain(fresh).filter(0) is None
        assert plain(warm).filter(0)
        again = Base(islands.path)
        assert linked(text, again) == linked(text, warm) == linked(text, fresh)
        again.close()
    finally:
        fresh.close()
        warm.close()


def test_link_reads_the_filter_for_a_long_first_question(islands: Base) -> None:
    fresh = Base(islands.path)
    assert plain(fresh).filter(1000)
    fresh.close()


def test_link_homophone(islands: Base) -> None:
    assert ("顾林川", "顾临川") in linked("顾林川的职业是什么", islands)


@given(data=st.data())
def test_link_finds_a_name_with_one_slip(islands: Base, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["北帆航海学校", "雾灯岛灯塔", "the salt lantern", "quiet harbour"]))
    other = "q" if name.isascii() else "鳜"
    at = data.draw(st.integers(1, len(name) - 2).filter(lambda i: name[i] != " "))
    slip = data.draw(st.sampled_from(["substituted", "dropped", "inserted"]))
    end = at if slip == "inserted" else at + 1
    typed = name[:at] + ("" if slip == "dropped" else other) + name[end:]
    found = linked(f"{typed}？", islands)
    assert found
    assert name in {n.casefold() for _, n in found}


@given(HAN)
def test_link_does_not_find_what_is_not_there(islands: Base, text: str) -> None:
    for span, name in linked(text, islands):
        bare = islands.tables.fold(name).partition("(")[0]
        sounds = islands.tables.sound
        assert slips(span, bare, 2) <= 2 or sounds(span) == sounds(bare)
        assert len(bare) > 2 or span == bare or sounds(span) == sounds(bare)


def codes(name: str, base: Base) -> set[int]:
    """CRC-32 of the keys by which a misspelt name is found."""
    han = any(map(is_han, name))
    return {k >> CODE for k in keys(han, [name], [encoded(name)], [1], base.tables.sounds)}


def slipped(name: str, at: int) -> list[str]:
    """A name with a character substituted, dropped, inserted, and swapped with the next."""
    return [
        f"{name[:at]}鳜{name[at + 1 :]}",
        name[:at] + name[at + 1 :],
        f"{name[:at]}鳜{name[at:]}",
        name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :],
    ]


@given(name=HAN, data=st.data())
def test_keys_one_slip_leaves_a_common_key(islands: Base, name: str, data: st.DataObject) -> None:
    typed = data.draw(st.sampled_from(slipped(name, data.draw(st.integers(0, len(name) - 1)))))
    have = {crc(name), *codes(name, islands)}
    asked = {crc(typed), *shortened(encoded(typed), len(typed))}
    if len(typed) >= LONG - 1:
        asked.update(map(crc, halves(typed)))
    assert have & asked


@given(name=HAN.filter(lambda name: len(name) >= 12), data=st.data())
def test_keys_two_slips_leave_a_common_key(islands: Base, name: str, data: st.DataObject) -> None:
    typed = name
    for _ in range(2):
        typed = data.draw(st.sampled_from(slipped(typed, data.draw(st.integers(0, len(typed) - 1)))[:3]))
    assert codes(name, islands) & set(map(crc, probes(typed)))
