"""Looks a bot over: what is well, what is not, and what to do about it."""

from __future__ import annotations

import json
import os
import shutil
import stat
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.backup import sound
from bot.settings import Settings
from bot.versions import Versions, verify
from knowledge.errors import ModuError

_MEBIBYTE = 1024 * 1024
_LOW, _LITTLE = 200 * _MEBIBYTE, 1024 * _MEBIBYTE
_LATE_S = 30.0
_TIMEOUT = 10.0


class Finding(NamedTuple):
    """One thing that was looked at."""

    level: str
    """ok, warn or fail."""
    about: str
    said: str
    remedy: str = ""


def examine(settings: Settings, *, online: bool = True) -> Iterator[Finding]:
    """Look everything over; `online` asks Telegram, too."""
    yield from _base(settings)
    yield from _pack(settings)
    yield from _state(settings)
    yield from _rights(settings)
    yield from _disk(settings)
    yield from _fonts()
    yield from _zone(settings)
    if not settings.telegram_token:
        yield Finding("warn", "token", "no Telegram token is set", "set MODU_TELEGRAM_TOKEN; @BotFather gives one")
    elif online:
        yield from _telegram(settings)
    if settings.telegram_token and not settings.admins:
        yield Finding("warn", "administrators", "nobody may administer in chat", "set MODU_ADMINS to numeric user ids")


def _base(settings: Settings) -> Iterator[Finding]:
    base = settings.base
    if base is None:
        yield Finding("ok", "base", "the bundled pack, compiled into the cache")
        return
    try:
        path = Versions(base).path() if base.is_dir() else base
        counts = verify(path)
    except (ModuError, OSError) as error:
        remedy = f"modu facts build --publish {base}, or modu facts rollback --versions {base}"
        yield Finding("fail", "base", str(error), remedy)
        return
    held = ", ".join(f"{n:,} {what}" for what, n in counts.items())
    yield Finding("ok", "base", f"{path.name}: {held}")


def _pack(settings: Settings) -> Iterator[Finding]:
    if settings.pack is None:
        return
    from knowledge.building.pack import load_pack

    try:
        load_pack(settings.pack)
    except (ModuError, OSError) as error:
        remedy = f"modu facts check --pack {settings.pack} lists every mistake"
        yield Finding("warn", "pack", str(error).splitlines()[0], remedy)
    else:
        yield Finding("ok", "pack", f"{settings.pack}: no mistake in the files")


def state_file(settings: Settings) -> Path | None:
    """The SQLite file of the state; None where the state is elsewhere."""
    address = settings.database_url.get_secret_value()
    kind, _, path = address.partition("///")
    return Path(path.partition("?")[0]) if kind.startswith("sqlite") and path else None


def _state(settings: Settings) -> Iterator[Finding]:
    path = state_file(settings)
    if path is None:
        yield Finding("ok", "state", "a database server; its own tools check it")
    elif not path.exists():
        yield Finding("ok", "state", f"{path} is made at the first start")
    elif problem := sound(path):
        remedy = "stop the bot, then: modu restore BACKUP --to DIR, and put its state.sqlite in place"
        yield Finding("fail", "state", f"{path} is damaged: {problem}", remedy)
    else:
        yield Finding("ok", "state", f"{path} is sound, {path.stat().st_size / _MEBIBYTE:.1f} MiB")


def _rights(settings: Settings) -> Iterator[Finding]:
    state = state_file(settings)
    folders = {"state": state.parent if state else None}
    if settings.base and settings.base.is_dir():
        folders |= {"versions": settings.base, "pack": settings.pack}
    for name, folder in folders.items():
        if folder and folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
            yield Finding("fail", f"rights of {name}", f"{folder} can't be written to", f"chown or chmod {folder}")
    env = Path(".env")
    if env.is_file() and env.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding("warn", "rights of .env", "others can read .env, and the token in it", "chmod 600 .env")


def _disk(settings: Settings) -> Iterator[Finding]:
    state = state_file(settings)
    places = {p for p in (state.parent if state else None, settings.base, Path.cwd()) if p and p.exists()}
    seen = set()
    for place in sorted(places):
        device = place.stat().st_dev
        if device in seen:
            continue
        seen.add(device)
        free = shutil.disk_usage(place).free
        level = "fail" if free < _LOW else "warn" if free < _LITTLE else "ok"
        remedy = "" if level == "ok" else "free some: a full disk stops the bot from storing updates"
        yield Finding(level, "disk", f"{free / _MEBIBYTE:,.0f} MiB free at {place}", remedy)


def _fonts() -> Iterator[Finding]:
    from answers.fonts import FontError, font_file

    try:
        yield Finding("ok", "fonts", f"charts are drawn with {font_file().name}")
    except FontError as error:
        said, _, remedy = str(error).partition("; ")
        yield Finding("warn", "fonts", said, remedy or "pip install noto-cjk-sans-otc, or name a file by MODU_FONT")


def _zone(settings: Settings) -> Iterator[Finding]:
    ZoneInfo(settings.timezone)
    yield Finding("ok", "time zone", settings.timezone)


def _telegram(settings: Settings) -> Iterator[Finding]:
    """What Telegram says of the bot."""
    try:
        me, late = _ask(settings, "getMe")
    except OSError as error:
        if isinstance(error, urllib.error.HTTPError) and error.code in {401, 404}:
            yield Finding("fail", "token", "Telegram does not know the token", "@BotFather, /token gives the right one")
        else:
            reason = getattr(error, "reason", None) or type(error).__name__
            remedy = "check the network and the proxy (HTTPS_PROXY), or MODU_TELEGRAM_API"
            yield Finding("fail", "network", f"{settings.telegram_api} can't be reached: {reason}", remedy)
        return
    yield Finding("ok", "token", f"@{me.get('username')}")
    if abs(late) > _LATE_S:
        yield Finding(
            "fail", "clock", f"the clock differs by {late:.0f} s from Telegram's", "start NTP: timedatectl set-ntp true"
        )
    else:
        yield Finding("ok", "clock", "within half a minute of Telegram's")
    if me.get("can_read_all_group_messages"):
        yield Finding("ok", "privacy mode", "off: the bot hears its name in groups")
    else:
        remedy = "fine if /ask and replies are enough; else @BotFather, /setprivacy, and add the bot to its groups anew"
        yield Finding("warn", "privacy mode", "on: a mention in a group may not reach the bot", remedy)
    if not me.get("supports_inline_queries"):
        yield Finding("warn", "inline mode", "off", "@BotFather, /setinline switches it on")
    if not me.get("can_join_groups", True):
        yield Finding("warn", "groups", "the bot can't be added to groups", "@BotFather, /setjoingroups")
    yield from _webhook(settings)


def _webhook(settings: Settings) -> Iterator[Finding]:
    info, _ = _ask(settings, "getWebhookInfo")
    wanted, there = settings.webhook_url or "", info.get("url", "")
    if wanted != there:
        said = f"Telegram knows {there or 'none'}, the setting is {wanted or 'none'}"
        yield Finding("warn", "webhook", said, "the next start of `modu run` sets it right")
    elif wanted:
        yield Finding("ok", "webhook", wanted)
    if info.get("last_error_message") and time.time() - info.get("last_error_date", 0) < 3600:
        remedy = "is the reverse proxy up, its certificate valid, and MODU_LISTEN where it sends to?"
        yield Finding("fail", "webhook", f"Telegram's last error: {info['last_error_message']}", remedy)
    if info.get("pending_update_count", 0) > 100:
        said = f"{info['pending_update_count']} updates wait at Telegram"
        yield Finding("warn", "webhook", said, "is the bot running? modu run takes them up")


def _ask(settings: Settings, method: str) -> tuple[dict[str, Any], float]:
    """The result of a request that only reads, and by how many seconds our clock is behind. Raises OSError."""
    token = settings.telegram_token
    request = f"{settings.telegram_api}/bot{token.get_secret_value() if token else ''}/{method}"
    with urllib.request.urlopen(request, timeout=_TIMEOUT) as reply:  # noqa: S310 -- the setting begins with http
        said = reply.headers.get("Date")
        late = parsedate_to_datetime(said).timestamp() - time.time() if said else 0.0
        try:
            return json.loads(reply.read())["result"], late
        except (ValueError, KeyError) as error:
            raise OSError(f"{method} was answered with something that is no JSON") from error


def render(finding: Finding) -> str:
    """A finding as a line, or two with what to do."""
    line = f"{finding.level:<5}{finding.about}: {finding.said}"
    return f"{line}\n     → {finding.remedy}" if finding.remedy else line
