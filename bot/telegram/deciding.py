"""A change that an administrator decides on: its buttons, and its words for the log."""

from __future__ import annotations

import json

from bot.state.changes import Change
from bot.telegram.turn import Keyboard, button
from bot.telegram.wording import admin_label


def decide(change: Change) -> Keyboard:
    """The buttons of a change that was staged."""
    language = change.language
    return [
        [
            button(admin_label("apply", language), "k", "c", change.id, "y"),
            button(admin_label("cancel", language), "k", "c", change.id, "n"),
        ]
    ]


def described(change: Change) -> str:
    """What a change was about, for the log."""
    known = {k: v for k, v in change.detail.items() if k not in {"file_id", "hash"}}
    return json.dumps({**known, "files": sorted(change.files)}, ensure_ascii=False)
