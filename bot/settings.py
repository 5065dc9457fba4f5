"""Settings of the running bot, from the environment and from a file .env in the working directory.

The environment goes before the file. A setting that is wrong ends the start with one line that names it and says how to
mend it; values that are secret are never shown.
"""

from __future__ import annotations

import logging
import re
from difflib import get_close_matches
from os import environ
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.bases import user_folder
from knowledge.errors import ModuError

TELEGRAM = "https://api.telegram.org"
_TOKEN = re.compile(r"\d+:\S+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_ADDRESS = re.compile(r"(?:\[[0-9a-fA-F:]+\]|[^\s:\[\]]+):\d{1,5}")
_OTHER_NAMES = frozenset({"MODU_TRACEBACK"})
"""Variables of ours that are no settings."""


class SettingsError(ModuError):
    """A setting is missing or wrong."""


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("is no bot token; @BotFather gives one, digits, a colon and letters")
    return value


def _secret(value: SecretStr) -> SecretStr:
    if not _SECRET.fullmatch(value.get_secret_value()):
        raise ValueError("must be 16 to 256 letters, digits, _ or -")
    return value


def _link(value: str) -> str:
    if not value.startswith(("https://", "http://")):
        raise ValueError(f"{value!r} is no address; it begins with https://")
    return value.rstrip("/")


def _numbers(value: object) -> object:
    if not isinstance(value, str):
        return value
    words = value.replace(",", " ").split()
    wrong = [word for word in words if not word.isascii() or not word.isdecimal()]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is no numeric user id; give ids like 123456789,987654321")
    return frozenset(map(int, words))


def _zone(value: str) -> str:
    if value not in available_timezones():
        near = get_close_matches(value, available_timezones(), 1)
        raise ValueError(
            f"{value!r} is no time zone; " + (f"nearest: {near[0]}" if near else "an example: Asia/Shanghai")
        )
    return value


def _address(value: str) -> str:
    if not _ADDRESS.fullmatch(value) or int(value.rpartition(":")[2]) > 65535:
        raise ValueError(f"{value!r} is no HOST:PORT")
    return value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _path_there(value: Path) -> Path:
    if not value.exists():
        raise ValueError(f"{value} does not exist")
    return value


Link = Annotated[str, AfterValidator(_link)]
There = Annotated[Path, AfterValidator(_path_there)]


def _state_file() -> str:
    return f"sqlite:///{user_folder('XDG_DATA_HOME', '.local/share') / 'state.sqlite'}"


class Settings(BaseSettings):
    """What can be set; the description of a field is its documentation."""

    model_config = SettingsConfigDict(
        env_prefix="MODU_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    telegram_token: Annotated[SecretStr, AfterValidator(_token)] | None = Field(
        default=None,
        description="Token of the Telegram bot, from @BotFather. Without it `modu run` is the terminal chat.",
    )
    telegram_api: Link = Field(
        default=TELEGRAM, description="Base address of the Bot API, for a Bot API server of one's own."
    )
    admins: Annotated[frozenset[int], NoDecode, BeforeValidator(_numbers)] = Field(
        default=frozenset(), description="Numeric Telegram user ids of the administrators, separated by commas."
    )
    base: There | None = Field(default=None, description="Fact base to read, a file made by `modu facts build`.")
    pack: There | None = Field(
        default=None, description="Folder of a pack to compile and read, instead of the bundled one."
    )
    articles: There | None = Field(
        default=None,
        description="Folder of the articles' texts, ID.txt each: sources are quoted. Not together with MODU_BASE.",
    )
    database_url: Annotated[SecretStr, Field(validation_alias="DATABASE_URL")] = Field(
        default_factory=lambda: SecretStr(_state_file()),
        description="State database: inbox, outbox, chats, conversations. SQLite (sqlite:////path/to/file) or "
        "PostgreSQL (postgresql://user:password@host/name). Default: state.sqlite in the user's data folder.",
    )
    webhook_url: Link | None = Field(
        default=None,
        description="Public address for Telegram's webhook. Without it updates are fetched by long polling.",
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret)] | None = Field(
        default=None, description="Secret by which the webhook knows Telegram: 16 to 256 letters, digits, _ or -."
    )
    listen: Annotated[str, AfterValidator(_address)] = Field(
        default="127.0.0.1:8080",
        description="HOST:PORT on which the webhook is served, usually behind a reverse proxy.",
    )
    timezone: Annotated[str, AfterValidator(_zone)] = Field(
        default="Asia/Shanghai", description="Time zone (IANA name) of chats that have chosen none."
    )
    log: Annotated[Literal["error", "warning", "info", "debug"], BeforeValidator(_lower)] = Field(
        default="info", description="How much is logged on standard error: error, warning, info or debug."
    )

    @model_validator(mode="after")
    def _together(self) -> Settings:
        if self.base and (self.pack or self.articles):
            raise ValueError("MODU_BASE is a finished base: leave out MODU_PACK and MODU_ARTICLES, or MODU_BASE")
        if self.webhook_url and not self.webhook_secret:
            raise ValueError(
                "MODU_WEBHOOK_SECRET is missing: without it anybody could send updates to MODU_WEBHOOK_URL"
            )
        if self.webhook_url and self.telegram_api == TELEGRAM and not self.webhook_url.startswith("https://"):
            raise ValueError("MODU_WEBHOOK_URL must begin with https://: Telegram takes no other")
        return self

    @property
    def log_level(self) -> int:
        """As the logging module counts."""
        return int(getattr(logging, self.log.upper()))


def names() -> dict[str, str]:
    """Variable → field of Settings, in the order of the documentation."""
    return {
        str(field.validation_alias) if field.validation_alias else f"MODU_{name.upper()}": name
        for name, field in Settings.model_fields.items()
    }


def load() -> Settings:
    """The settings of this process. Raises SettingsError, a line for each that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        variables = {name: variable for variable, name in names().items()}
        lines = []
        for wrong in error.errors(include_url=False, include_context=False, include_input=False):
            name = str(wrong["loc"][0]) if wrong["loc"] else ""
            text = wrong["msg"].removeprefix("Value error, ")
            lines.append(f"{variables.get(name, name)}: {text}" if name else text)
        raise SettingsError("\nmodu: ".join(lines)) from None
    except UnicodeDecodeError:
        raise SettingsError(".env is no UTF-8 text") from None


def unknown() -> list[str]:
    """A line for each variable of the environment that looks like a setting and is none."""
    known = names()
    lines = []
    for name in sorted(n for n in environ if n.startswith("MODU_") and n not in known and n not in _OTHER_NAMES):
        near = get_close_matches(name, known, 1)
        lines.append(f"{name} is no setting" + (f"; nearest: {near[0]}" if near else ""))
    return lines
