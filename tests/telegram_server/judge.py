"""The judges that we did not write: TDLib parses every text, aiogram's models check every request and every object.

TDLib's ``parseTextEntities`` is the very function that Telegram's own server calls, so error texts come from there.
"""

from __future__ import annotations

import json
import threading
import typing
from typing import Any

import aiogram.methods
import aiogram.types
import tdjson
from aiogram.client.default import Default
from pydantic import BaseModel, TypeAdapter, ValidationError

from .errors import refuse

NAMES = {
    "Mention": "mention",
    "Hashtag": "hashtag",
    "Cashtag": "cashtag",
    "BotCommand": "bot_command",
    "Url": "url",
    "EmailAddress": "email",
    "PhoneNumber": "phone_number",
    "BankCardNumber": "",  # no entity of the Bot API
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "TextUrl": "text_link",
    "MentionName": "text_mention",
    "CustomEmoji": "custom_emoji",
    "MediaTimestamp": "",
}
MODES = {
    "html": {"@type": "textParseModeHTML"},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
}
CLOSED = {"code", "pre", "text_link", "text_mention"}  # nothing is found inside these

Entity = dict[str, Any]


def _execute(request: dict[str, Any]) -> dict[str, Any]:
    return json.loads(tdjson.td_execute(json.dumps(request).encode()) or b"{}")


_execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def units(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts offsets."""
    return len(text.encode("utf-16-le")) // 2


def part(text: str, entity: Entity) -> str:
    """The words that an entity covers."""
    raw = text.encode("utf-16-le")
    return raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


def parse(text: str, mode: str | None) -> tuple[str, list[Entity]]:
    """A text as it is shown, white space at its ends cut off, and its entities; 400 if it can't be parsed."""
    entities: list[Entity] = []
    if mode:
        if mode.lower() not in MODES:
            refuse(400, "unsupported parse_mode")
        answer = _execute({"@type": "parseTextEntities", "text": text, "parse_mode": MODES[mode.lower()]})
        if answer["@type"] == "error":
            refuse(answer["code"], answer["message"])
        text, entities = answer["text"], [entity for raw in answer["entities"] if (entity := _entity(raw))]
    text, entities = _trimmed(text, entities)
    taken = [e for e in entities if e["type"] in CLOSED]
    entities += [e for e in found(text) if not any(_meet(e, t) for t in taken)]
    return text, sorted(entities, key=lambda e: (e["offset"], -e["length"]))


def found(text: str) -> list[Entity]:
    """The entities that Telegram finds by itself: mentions, commands, addresses, hashtags."""
    answer = _execute({"@type": "getTextEntities", "text": text})
    return [entity for raw in answer["entities"] if (entity := _entity(raw))]


def _entity(raw: dict[str, Any]) -> Entity | None:
    kind = raw["type"]["@type"].removeprefix("textEntityType")
    if not NAMES[kind]:
        return None
    entity: Entity = {"type": NAMES[kind], "offset": raw["offset"], "length": raw["length"]}
    if kind == "TextUrl":
        entity["url"] = raw["type"]["url"]
    elif kind == "PreCode":
        entity["language"] = raw["type"]["language"]
    elif kind == "CustomEmoji":
        entity["custom_emoji_id"] = str(raw["type"]["custom_emoji_id"])
    elif kind == "MentionName":
        entity["user"] = {"id": raw["type"]["user_id"], "is_bot": False, "first_name": ""}
    return entity


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    start = units(text) - units(text.lstrip())
    text = text.strip()
    end, kept = units(text), []
    for entity in entities:
        first = max(entity["offset"] - start, 0)
        last = min(entity["offset"] - start + entity["length"], end)
        if first < last:
            kept.append(entity | {"offset": first, "length": last - first})
    return text, kept


def _meet(a: Entity, b: Entity) -> bool:
    return a["offset"] < b["offset"] + b["length"] and b["offset"] < a["offset"] + a["length"]


class Violation(Exception):
    """A request or an object that a strict reader of the Bot API would not take."""


def request(method: str, fields: dict[str, Any]) -> dict[str, Any]:
    """A request's parameters as JSON values; ``Violation`` if aiogram's model refuses or does not know one.

    A form sends everything as text: whatever the method does not want as text is read as JSON.
    """
    model = getattr(aiogram.methods, method[0].upper() + method[1:])
    values = {name: _value(model, name, value) for name, value in fields.items()}
    _check(model, values, method)
    return values


def result(kind: Any, value: Any) -> Any:
    """A result as it is; ``Violation`` if aiogram's type for it refuses or lacks a field."""
    _check(kind, value, getattr(kind, "__name__", str(kind)))
    return value


def _value(model: type[BaseModel], name: str, value: Any) -> Any:
    field = model.model_fields.get(name)
    if field is None or not isinstance(value, str):
        return value
    wanted = set(typing.get_args(field.annotation)) - {type(None), Default} or {field.annotation}
    if wanted == {str} or (name == "chat_id" and value.startswith("@")):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


_adapters: dict[Any, TypeAdapter[Any]] = {}
_lock = threading.Lock()  # the server's thread and the tests' both ask


def _check(kind: Any, value: Any, where: str) -> None:
    with _lock:
        adapter = _adapters.get(kind) or _adapters.setdefault(kind, TypeAdapter(kind))
        try:
            extra = list(_unknown(adapter.validate_python(value), where))
        except ValidationError as error:
            first = error.errors()[0]
            raise Violation(f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    if extra:
        raise Violation(f"unknown: {', '.join(extra)}")


def _unknown(value: Any, where: str) -> typing.Iterator[str]:
    """Fields that passed only because aiogram keeps what it does not know."""
    if isinstance(value, BaseModel):
        yield from (f"{where}.{name}" for name in value.model_extra or ())
        for name in value.model_fields_set:
            yield from _unknown(getattr(value, name, None), f"{where}.{name}")
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _unknown(item, where)
