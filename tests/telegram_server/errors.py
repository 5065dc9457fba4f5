"""Refusals in the words of Telegram's own server (tdlib/telegram-bot-api)."""

from __future__ import annotations

from typing import Any, NoReturn

TITLES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


class ApiError(Exception):
    """A request that is refused: status, description and, for some, parameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        self.code = code
        self.description = description
        self.parameters = parameters
        super().__init__(f"{code} {description}")

    def json(self) -> dict[str, Any]:
        """The envelope that goes over the wire."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | {"parameters": self.parameters} if self.parameters else body


def refuse(code: int, words: str, **parameters: int) -> NoReturn:
    """Raise an ``ApiError``; the words get the official server's prefix and small first letter."""
    if not words[1:2].isupper() and words[1:2] != "_":
        words = words[:1].lower() + words[1:]
    raise ApiError(code, f"{TITLES[code]}: {words}", **parameters)


def too_many(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
