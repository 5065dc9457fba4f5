"""What the bot says of its own accord, from phrases/: messages as HTML blocks, labels and notices as plain text."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from answers.html import clean, environment, parted
from answers.phrasing import LANGUAGES

PHRASES = Path(__file__).parent / "phrases"


@lru_cache(maxsize=1)
def _messages() -> Environment:
    return environment(PHRASES)


@lru_cache(maxsize=1)
def _labels() -> Environment:
    # plain text: whatever shows it does not read markup
    loader = FileSystemLoader(PHRASES)
    return Environment(
        loader=loader,
        autoescape=False,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        auto_reload=False,  # no look at the file for each button
    )


def message(name: str, language: str, /, **values: Any) -> list[str]:
    """A message's blocks, in HTML; whatever `values` hold is escaped."""
    macro = getattr(_messages().get_template(f"{language}.html").module, name)
    return parted(str(macro(**values)))


def label(name: str, language: str, /, **values: Any) -> str:
    """The text of a button, of a notice or of a menu."""
    macro = getattr(_labels().get_template(f"{language}.txt").module, name)
    return clean(str(macro(**values))).strip()


def admin_message(name: str, language: str, /, **values: Any) -> list[str]:
    """A message for administrators; as `message`."""
    return message(name, f"admin.{language}", **values)


def admin_label(name: str, language: str, /, **values: Any) -> str:
    """A button or notice for administrators; as `label`."""
    return label(name, f"admin.{language}", **values)


def language_of_user(code: str | None) -> str:
    """The language of a Telegram app (IETF tag: zh-hans, zh-TW, de) as one of ours."""
    parts = (code or "").lower().replace("_", "-").split("-")
    if parts[0] != "zh":
        return "en"
    return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(parts) else "zh-Hans"


def names(language: str, suffix: str, part: str = "") -> set[str]:
    """The names of all phrases of a language, for 'html' or 'txt'; `part` is '' or 'admin.'."""
    made = (_messages() if suffix == "html" else _labels()).get_template(f"{part}{language}.{suffix}")
    return {name for name in dir(made.module) if not name.startswith("_")}


__all__ = ["LANGUAGES", "admin_label", "admin_message", "label", "language_of_user", "message", "names"]
