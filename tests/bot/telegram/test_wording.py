"""The bot's own words: there in every language, and nothing that Telegram would refuse."""

from __future__ import annotations

import re

import pytest

from answers.html import messages
from answers.phrasing import LANGUAGES
from bot.telegram.taps import REASONS
from bot.telegram.wording import PHRASES, label, language_of_user, message, names
from tests.telegram_server import judge

HOSTILE = '<b>&"\u202e{{ 7*7 }}'
ARTICLE = {
    "heading": HOSTILE,
    "publisher": HOSTILE,
    "published": "2024",
    "authors": (HOSTILE,),
    "paragraphs": 3,
    "facts": 2,
}
VALUES = {
    "title": HOSTILE,
    "articles": 5,
    "facts": 7,
    "examples": [HOSTILE, HOSTILE],
    "lists": [{"command": "huts", "noun": HOSTILE}],
    "inline": "testbot",
    "name": "testbot",
    "reads_all": False,
    "mention": True,
    "admins": True,
    "rows": [ARTICLE],
    "a": ARTICLE,
    "noun": HOSTILE,
    "total": 3,
    "first": 1,
    "days": 7,
    "questions": 90,
    "votes": 90,
    "failed": 30,
    "language": HOSTILE,
    "buttons": True,
    "private": False,
    "command": HOSTILE,
}
MACRO = re.compile(r"\{% macro (\w+)\((.*?)\) %\}")


def signatures(language: str, suffix: str) -> dict[str, list[str]]:
    text = (PHRASES / f"{language}.{suffix}").read_text("utf-8")
    return {name: [a.strip() for a in arguments.split(",") if a.strip()] for name, arguments in MACRO.findall(text)}


@pytest.mark.parametrize("suffix", ["html", "txt"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_phrase(language: str, suffix: str) -> None:
    assert signatures(language, suffix) == signatures("en", suffix)
    assert names(language, suffix) == set(signatures("en", suffix))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(signatures("en", "html")))
@pytest.mark.parametrize("bare", [False, True])
def test_every_message_is_parsed_by_telegram(name: str, language: str, bare: bool) -> None:
    values = {argument: VALUES[argument] for argument in signatures("en", "html")[name]}
    if name == "list":
        values["rows"] = [(HOSTILE, HOSTILE), (HOSTILE, "")]
    if bare:  # the other side of every condition
        values |= {k: type(v)() for k, v in values.items() if k in {"inline", "mention", "admins", "buttons"}}
    shown, entities = judge.parse(messages(message(name, language, **values))[0], "HTML")
    assert shown
    assert not {e["type"] for e in entities} - {"bold", "italic", "code", "bot_command", "mention"}
    if HOSTILE in values.values():
        assert "{{ 7*7 }}" in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_short(language: str) -> None:
    values = {"name": "wrong", "code": "", "on": True, "admins": True, "noun": "huts"}
    for name, arguments in signatures("en", "txt").items():
        if name == "menu":
            continue
        text = label(name, language, **{a: values[a] for a in arguments})
        assert 0 < len(text) <= 60
        assert "<" not in text
    assert len({label("reason", language, name=reason) for reason in REASONS}) == len(REASONS)


@pytest.mark.parametrize(
    ("code", "language"),
    [("zh-hans", "zh-Hans"), ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh_HK", "zh-Hant"),
     ("zh-hant", "zh-Hant"), ("en", "en"), ("de", "en"), ("", "en"), (None, "en")],
)  # fmt: skip
def test_language_of_user(code: str | None, language: str) -> None:
    assert language_of_user(code) == language
