"""What the bot wants to show: texts, keyboards, inline results, commands, files; refused as Telegram refuses it."""

from __future__ import annotations

import json
import re
import struct
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from . import judge
from .errors import refuse

TEXT, CAPTION, ENTITIES = 4096, 1024, 100  # UTF-16 units, UTF-16 units, number
BUTTONS, MARKUP = 100, 10_000  # number, bytes
DATA = 64  # bytes of callback_data
RESULTS = 50
COMMANDS = 100
PHOTO = 10 * 2**20  # bytes
ACTIONS = {
    "callback_data",
    "url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "web_app",
    "login_url",
    "pay",
    "callback_game",
}


def text(payload: dict[str, Any], key: str = "text", *, limit: int = TEXT) -> tuple[str, list[judge.Entity]]:
    """The text or caption as people read it, with its entities."""
    raw = payload.get(key) or ""
    shown, entities = judge.parse(raw, payload.get("parse_mode"))
    if given := payload.get("caption_entities" if key == "caption" else "entities"):
        entities = sorted([*given, *entities], key=lambda e: e["offset"])
    if not shown and key != "caption":
        refuse(400, "message text is empty")
    if judge.units(shown) > limit:
        refuse(400, "message caption is too long" if key == "caption" else "message is too long")
    if len(entities) > ENTITIES:
        refuse(400, "ENTITIES_TOO_LONG")
    return shown, entities


def markup(payload: dict[str, Any]) -> dict[str, Any] | None:
    """The keyboard, if it holds; an empty inline keyboard is none."""
    value = payload.get("reply_markup")
    if not value:
        return None
    if len(json.dumps(value, ensure_ascii=False).encode()) > MARKUP:
        refuse(400, "reply markup is too long")
    rows = value.get("inline_keyboard")
    if rows is None:
        return value
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS:
        refuse(400, "reply markup is too long")
    for button in buttons:
        _button(button)
    return {"inline_keyboard": [row for row in rows if row]} if buttons else None


def _button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        refuse(400, "can't parse inline keyboard button: Inline keyboard button text must be non-empty")
    actions = button.keys() & ACTIONS
    if not actions:
        refuse(400, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        refuse(400, "BUTTON_TYPE_INVALID")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA:
        refuse(400, "BUTTON_DATA_INVALID")
    if "url" in button and not _link(button["url"]):
        refuse(400, f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _link(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "tg"} and bool(parts.netloc) and " " not in url


def results(values: list[dict[str, Any]]) -> None:
    """Inline results: number, ids, and every text in them."""
    if len(values) > RESULTS:
        refuse(400, "RESULTS_TOO_MUCH")
    ids = [value["id"] for value in values]
    if any(not 1 <= len(number.encode()) <= DATA for number in ids):
        refuse(400, "RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        refuse(400, "RESULT_ID_DUPLICATE")
    for value in values:
        if value["type"] == "article" and not value["title"].strip():
            refuse(400, "ARTICLE_TITLE_EMPTY")
        if content := value.get("input_message_content"):
            text(content, "message_text")
        markup(value)


def start_parameter(value: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", value):
        refuse(400, "START_PARAM_INVALID")


def commands(values: list[dict[str, Any]]) -> None:
    """A command menu."""
    if len(values) > COMMANDS:
        refuse(400, "BOT_COMMANDS_TOO_MUCH")
    for value in values:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", value["command"]):
            refuse(400, "BOT_COMMAND_INVALID")
        if not 1 <= len(value["description"].strip()) <= 256:
            refuse(400, "BOT_COMMAND_DESCRIPTION_INVALID")


@dataclass(frozen=True)
class File:
    """An uploaded file."""

    id: str
    name: str
    body: bytes

    def json(self) -> dict[str, Any]:
        return {"file_id": self.id, "file_unique_id": self.id[:16], "file_size": len(self.body)}


def photo(file: File) -> list[dict[str, Any]]:
    """As the sizes of a photo; PNG or JPEG only."""
    size = _png(file.body) or _jpeg(file.body)
    if size is None or len(file.body) > PHOTO:
        refuse(400, "IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10_000 or max(size) > 20 * min(size):
        refuse(400, "PHOTO_INVALID_DIMENSIONS")
    return [file.json() | {"width": width, "height": height}]


def _png(body: bytes) -> tuple[int, int] | None:
    if body[:8] != b"\x89PNG\r\n\x1a\n" or body[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", body[16:24])
    return width, height


def _jpeg(body: bytes) -> tuple[int, int] | None:
    at = 2
    while body[:2] == b"\xff\xd8" and at + 9 < len(body) and body[at] == 0xFF:
        kind, length = body[at + 1], int.from_bytes(body[at + 2 : at + 4])
        if 0xC0 <= kind <= 0xC3:
            height, width = struct.unpack(">HH", body[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
