"""A digest is never empty, cites what it says, repeats nothing early, and depends on base, chat and date alone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from answers.digest import ASKED, NEWS, NO_NEWS, Asked, Digest, News, Wish, digest, plain
from answers.phrasing import LANGUAGES
from answers.spotlight import Topics, next_spotlight, spotlights
from bot.news import news
from bot.topics import find_topic, find_topics
from knowledge.building.build import build
from knowledge.errors import ModuError
from knowledge.store.base import Base
from knowledge.store.records import Citation, Fact, Pack, Text

DAY = date(2026, 3, 1)


def made(base: Base, wish: Wish, day: date = DAY, told: News = NO_NEWS, asked: tuple[Asked, ...] = ()) -> Digest:
    found = digest(base, wish, day, told, asked)
    assert found is not None
    return found


def changed_pack(pack: Pack) -> Pack:
    """The pack with one fact added, one changed and one withdrawn."""
    from dataclasses import replace

    facts = list(pack.facts)
    gone = facts.pop(0)
    old = facts[0]
    facts[0] = replace(old, statement=Text(f"{old.statement.zh}（更正）", f"{old.statement.en} (corrected)"))
    new = Fact(
        "new-one",
        old.subject,
        old.relation,
        Text("新事一件。", "One new thing."),
        (Citation(old.citations[0].article, 1),),
    )
    kept = [d for d in pack.disagreements if gone.id not in d.facts]
    return replace(pack, facts=(*facts, new), disagreements=tuple(kept))


@pytest.fixture(scope="module")
def newer(alpine_pack: Pack, alpine_articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(changed_pack(alpine_pack), tmp_path_factory.mktemp("newer") / "newer.sqlite", alpine_articles).path


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_new_gives_a_spotlight(alpine_base: Base, language: str) -> None:
    found = made(alpine_base, Wish("a", language))
    assert found.spotlight
    assert found.heading in plain(found)
    assert (found.added, found.changed, found.withdrawn) == ((), (), ())
    assert all(entry.line.cites for entry in found.spotlight)
    assert found.question in plain(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_news_are_told_with_what_was_before(alpine_file: Path, newer: Path, language: str) -> None:
    base = Base(newer)
    try:
        told = news(alpine_file, base, language)
        found = made(base, Wish("a", language), told=told)
        [added], [changed], [withdrawn] = found.added, found.changed, found.withdrawn
        assert added.line.text == ("One new thing." if language == "en" else "新事一件。")
        assert added.line.cites
        assert changed.before
        assert changed.line.text != changed.before
        text = plain(found)
        assert all(t in text for t in (added.line.text, changed.before, withdrawn))
        used = {n for e in (*found.added, *found.changed, *found.spotlight) for n in e.line.cites}
        assert used == {c.n for c in found.citations}
    finally:
        base.close()


def test_same_base_has_no_news(alpine_file: Path, alpine_base: Base) -> None:
    assert news(alpine_file, alpine_base, "en") == News()


def test_many_news_are_counted(alpine_base: Base) -> None:
    facts = tuple(alpine_base.fact(n) for n in range(NEWS + 4))
    found = made(
        alpine_base, Wish("a", "zh-Hans"), told=News(added=facts, withdrawn=tuple(f"旧{n}" for n in range(NEWS + 2)))
    )
    assert len(found.added) == len(found.withdrawn) == NEWS
    assert found.more == 6
    assert "6" in plain(found)


def test_same_base_chat_and_date_give_the_same_digest(alpine_base: Base) -> None:
    wish = Wish("chat", "zh-Hans")
    assert made(alpine_base, wish) == made(alpine_base, wish)
    assert plain(made(alpine_base, wish)) == plain(made(alpine_base, wish))


def test_chats_see_different_orders(alpine_base: Base) -> None:
    first = {made(alpine_base, Wish(f"chat {n}", "zh-Hans")).key for n in range(30)}
    assert len(first) > 1


@pytest.mark.parametrize("chat", ["one", "two"])
def test_no_spotlight_comes_again_before_all_had_their_turn(alpine_base: Base, chat: str) -> None:
    count = len(spotlights(alpine_base))
    assert count >= 3
    shown: tuple[str, ...] = ()
    for n in range(3 * count):
        found = made(alpine_base, Wish(chat, "zh-Hans", shown=shown), DAY + timedelta(n))
        assert found.key not in shown[len(shown) - count + 1 :]
        shown = (*shown, found.key)
    assert set(shown[:count]) == set(shown[count : 2 * count]) == {s.key for s in spotlights(alpine_base)}


def test_kinds_of_spotlights_take_turns(alpine_base: Base) -> None:
    found = spotlights(alpine_base)
    kinds = {s.kind for s in found}
    shown: tuple[str, ...] = ()
    for _ in range(len(kinds)):
        chosen = next_spotlight(found, shown, "chat")
        assert chosen is not None
        shown = (*shown, chosen.key)
    assert {key.partition(":")[0] for key in shown} == kinds


def test_topics_choose_news_and_spotlights(alpine_base: Base) -> None:
    topics = find_topics(["鹰石小屋"], alpine_base)
    number = alpine_base.entity_number(next(iter(topics.entities)))
    for spotlight in spotlights(alpine_base, topics):
        assert any(number in fact.within for fact in spotlight.facts)
    about = [alpine_base.fact(n) for n in range(alpine_base.fact_count)]
    told = News(added=tuple(about))
    found = made(alpine_base, Wish("a", "zh-Hans", topics), told=told)
    fitting = [f for f in about if number in f.within]
    assert [e.line.text for e in found.added] == [f.zh for f in fitting[:NEWS]]


def test_topics_without_spotlight_leave_no_empty_post(alpine_base: Base) -> None:
    found = made(alpine_base, Wish("a", "zh-Hans", Topics(relations=frozenset({"nothing"}))))
    assert found.spotlight


@pytest.mark.parametrize(
    ("name", "sort"),
    [("小屋", "kind"), ("鹰石小屋", "entity"), ("鹰石小物", "entity"), ("鷹石小屋", "entity"), ("床位", "relation")],
)
def test_topics_by_name_with_typos(alpine_base: Base, name: str, sort: str) -> None:
    topic = find_topic(name, alpine_base)
    assert topic is not None
    assert topic.sort == sort


def test_unknown_topic_is_an_error(alpine_base: Base) -> None:
    with pytest.raises(ModuError, match="没有这个"):
        find_topics(["没有这个"], alpine_base)


def test_what_others_asked_is_counted(alpine_base: Base) -> None:
    entity = alpine_base.entity(0)
    asked = (*(Asked(entity.id, "", n) for n in range(9, 3, -1)), Asked("gone", "gone", 50))
    found = made(alpine_base, Wish("a", "zh-Hans"), asked=asked)
    assert found.asked == tuple((entity.zh, n) for n in range(9, 9 - ASKED, -1))


def test_picture_only_where_wished(alpine_base: Base) -> None:
    found = [made(alpine_base, Wish(f"chat {n}", "zh-Hans")) for n in range(12)]
    assert any(f.chart for f in found)
    assert all(made(alpine_base, Wish(f"chat {n}", "zh-Hans", picture=False)).chart is None for n in range(12))
    assert all(f.chart.alternative in plain(f) for f in found if f.chart)
