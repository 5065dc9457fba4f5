"""The menus of commands, for each kind of chat and language."""

from __future__ import annotations

from bot.telegram.call import Call
from bot.telegram.commands import OURS
from bot.telegram.wording import label
from knowledge.store.base import Base

_SCOPES = {
    "all_private_chats": ("ask", "help", "*", "sources", "digest", "lang", "privacy", "forget"),
    "all_group_chats": ("ask", "help", "*", "sources"),
    "all_chat_administrators": ("ask", "help", "*", "sources", "digest", "lang", "settings"),
}
"""Menu → its commands in order, * for the pack's lists."""
_LANGUAGES = {"": "en", "en": "en", "zh": "zh-Hans"}
"""Language code of a menu → ours; '' is for all others."""


def menus(base: Base) -> list[Call]:
    """The requests that set all menus."""
    calls = []
    for scope, names in _SCOPES.items():
        for code, language in _LANGUAGES.items():
            commands = [command for name in names for command in _commands(name, language, base)]
            payload = {"commands": commands, "scope": {"type": scope}, **({"language_code": code} if code else {})}
            calls.append(Call("setMyCommands", payload))
    return calls


def _commands(name: str, language: str, base: Base) -> list[dict[str, str]]:
    if name != "*":
        return [{"command": name, "description": label("menu", language, name=name)}]
    return [
        {"command": row.command, "description": label("menu_list", language, noun=row.noun(language))}
        for row in base.lists
        if row.command not in OURS
    ]
