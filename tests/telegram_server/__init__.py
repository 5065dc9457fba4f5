"""A loopback Bot API server for tests: Telegram's rules over real HTTP, judged by TDLib and by aiogram's models."""

from .errors import ApiError
from .limits import Clock, Limits
from .log import Log, Sent
from .server import TOKEN, TelegramServer
from .world import Chat, Message, User

__all__ = ["TOKEN", "ApiError", "Chat", "Clock", "Limits", "Log", "Message", "Sent", "TelegramServer", "User"]
