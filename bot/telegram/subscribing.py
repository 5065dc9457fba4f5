"""/digest: what a chat's administrators want its digest to be, set by buttons or by a word behind the command."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from zoneinfo import available_timezones

from telegram import Message
from telegram.error import TelegramError

from answers.phrasing import LANGUAGES, date_text
from bot.schedule import DAYS
from bot.state import chats, digests
from bot.state.digests import Subscription
from bot.telegram import posting, settings
from bot.telegram.addressed import Address
from bot.telegram.call import ANSWER
from bot.telegram.turn import GENERAL, Keyboard, Turn, button
from bot.telegram.wording import label, message
from bot.telegram.work import Work
from bot.topics import Topic, find_topic

ZONES = (
    "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo", "Europe/London", "Europe/Berlin",
    "America/New_York", "America/Los_Angeles", "UTC",
)  # fmt: skip
"""Offered by buttons; every other IANA zone by its name behind the command."""
_MOST_TOPICS = 12
_KINDS = 8
_NOW = frozenset("now preview 预览 预览一下 現在 现在 立即 預覽".split())
_TIME = re.compile(r"([01]?\d|2[0-3])(?:[:：]([0-5]\d)|[点點时時])")
_PLACE = re.compile(r"@[A-Za-z]\w{3,}|-100\d{5,}", re.ASCII)
_SWITCHES = ("picture", "silent", "pinned")


@dataclass(frozen=True, slots=True)
class Place:
    """A channel or group that a private chat names, and whether it may be set up from there."""

    chat_id: int
    name: str
    kind: str = "channel"
    problem: str = ""
    """'' none, unknown, not_yours, not_ours."""


async def place(work: Work, said: Message, address: Address) -> Place | None:
    """The chat that /digest names, with what Telegram says of it; None if it is about the chat it is said in."""
    named = _PLACE.search(address.text)
    if said.chat.type != "private" or not named or said.from_user is None:
        return None
    wanted: str | int = named[0] if named[0].startswith("@") else int(named[0])
    try:
        found = await work.query("getChat", chat_id=wanted)
        chat_id, kind = int(found["id"]), str(found["type"])
        name = str(found.get("title") or named[0])
    except (TelegramError, KeyError, TypeError, ValueError):
        return Place(0, named[0], problem="unknown")
    if not await settings.is_admin(work, chat_id, said.from_user.id):
        return Place(chat_id, name, kind, "not_yours")
    if not await settings.is_admin(work, chat_id, work.me.id):
        return Place(chat_id, name, kind, "not_ours")
    return Place(chat_id, name, kind)


def obey(turn: Turn, text: str, where: Place | None, zone: str, *, admin: bool) -> None:
    """Do what /digest asks for; without a word behind it, show the menu."""
    if where and where.problem:
        turn.say("digest_place", problem=where.problem, name=where.name)
        return
    if not admin:
        turn.say("only_admins")
        return
    if where:
        known = chats.chat(turn.work.connection, where.chat_id, where.kind)
        chats.change(turn.work.connection, known, turn.now, kind=where.kind)
        text = _PLACE.sub("", text)
    wanted = _draft(turn, where, zone)
    word = text.strip()
    if word.casefold() in _NOW:
        preview(turn, wanted)
        return
    wanted, problem = _set(turn, wanted, word) if word else (wanted, "")
    if problem:
        turn.say("digest_unknown", word=problem, near=_near(problem))
    turn.say("digest_menu", keyboard(turn, wanted), **_values(turn, wanted))


def _draft(turn: Turn, where: Place | None, zone: str) -> Subscription:
    chat_id, thread = (where.chat_id, 0) if where else (turn.chat.chat_id, turn.thread)
    thread = 0 if thread == GENERAL else thread
    language = turn.chat.language or turn.language
    base = posting.base_mark(turn.desk.base)
    owner = turn.user_id if turn.user_id > 0 else None
    return digests.draft(
        turn.work.connection, chat_id, thread, turn.now, language=language, owner_chat=owner, base=base, zone=zone
    )


def _set(turn: Turn, wanted: Subscription, word: str) -> tuple[Subscription, str]:
    """Set what a word names: a time, a zone, or topics; and the word that means nothing."""
    at = _TIME.fullmatch(word)
    if at:
        return _change(turn, wanted, at=f"{int(at[1]):02}:{at[2] or '00'}"), ""
    zone = next((z for z in available_timezones() if z.casefold() == word.casefold()), "")
    if zone:
        return _change(turn, wanted, zone=zone), ""
    if re.fullmatch(r"[A-Za-z]+/[\w/+-]+", word):
        return wanted, word
    topics, problem = list(wanted.topics), ""
    whole = find_topic(word, turn.desk.base)
    for name in [word] if whole and len(whole.name) >= len(word) - 1 else re.split(r"[\s,，、;；]+", word):
        topic = find_topic(name, turn.desk.base)
        if topic is None:
            problem = problem or name
        elif topic in topics:
            topics.remove(topic)
        else:
            topics.append(topic)
    return _change(turn, wanted, topics=topics[:_MOST_TOPICS]), problem


def _near(word: str) -> str:
    return next(iter(get_close_matches(word, available_timezones(), 1)), "") if "/" in word else ""


def _change(turn: Turn, wanted: Subscription, **values: object) -> Subscription:
    owner = {"owner_chat": turn.user_id} if turn.user_id > 0 else {}
    return digests.change(turn.work.connection, wanted, turn.now, **owner, told="", **values)


def preview(turn: Turn, wanted: Subscription) -> None:
    """Post the digest that would come next, here and now; it does not count."""
    day = wanted.schedule.local_date(datetime.fromtimestamp(turn.now, UTC))
    made = posting.make(turn.work.connection, turn.desk, wanted, day)
    if made is None:
        turn.say("digest_empty")
        return
    here = replace(wanted, chat_id=turn.chat.chat_id, thread=turn.thread)
    for call in posting.calls(turn.work.connection, made, here, turn.now, priority=ANSWER):
        turn.work.send(call)


async def tap(turn: Turn, number: str, action: str, value: str = "") -> str:
    """Do what a button of the menu stands for; the notice to show."""
    wanted = digests.find(turn.work.connection, int(number)) if number.isdecimal() and len(number) < 18 else None
    if wanted is None:
        return label("expired", turn.language)
    here = wanted.chat_id == turn.chat.chat_id
    if not (here and turn.private) and not await settings.is_admin(turn.work, wanted.chat_id, turn.user_id):
        return label("only_admins", turn.language)
    turn.thread = wanted.thread if here else 0
    if action == "preview":
        preview(turn, wanted)
        return ""
    if action != "go":
        changed = _tapped(turn, wanted, action, value)
        if changed is None:
            return label("expired", turn.language)
        wanted = changed
    page = value if action == "go" else _PAGE_OF.get(action, "main")
    html = "\n".join(message("digest_menu", turn.language, **_values(turn, wanted)))
    turn.replace(html, keyboard(turn, wanted, page))
    return ""


_PAGE_OF = {"kind": "topics", "drop": "topics"}
"""What leaves its page open; everything else goes back to the menu."""


def _tapped(turn: Turn, wanted: Subscription, action: str, value: str) -> Subscription | None:
    """The subscription as a button changes it, None if there is no such value."""
    if action == "days" and value in DAYS:
        return _change(turn, wanted, days=value)
    if action == "weekday" and value in set("0123456"):
        return _change(turn, wanted, days="weekly", weekday=int(value))
    if action == "at" and re.fullmatch(r"([01]\d|2[0-3])[0-5]\d", value):
        return _change(turn, wanted, at=f"{value[:2]}:{value[2:]}")
    if action == "zone" and value in ZONES:
        return _change(turn, wanted, zone=value)
    if action == "lang" and value in LANGUAGES:
        return _change(turn, wanted, language=value)
    if action in _SWITCHES and value in {"0", "1"}:
        return _change(turn, wanted, **{action: value == "1"})
    if action in {"kind", "drop"}:
        return _topic(turn, wanted, action, value)
    if action == "state" and value in {"on", "paused", "off"}:
        return _change(turn, wanted, state=value)
    return None


def _topic(turn: Turn, wanted: Subscription, action: str, value: str) -> Subscription | None:
    """Add a kind, or drop a topic by its place."""
    topics = list(wanted.topics)
    noun = turn.desk.base.caption.kinds.get(value)
    if action == "kind" and noun:
        topics.append(Topic("kind", value, noun))
    elif action == "drop" and value.isdecimal() and int(value) < len(topics):
        topics.pop(int(value))
    else:
        return None
    return _change(turn, wanted, topics=topics[:_MOST_TOPICS])


def keyboard(turn: Turn, wanted: Subscription, page: str = "main") -> Keyboard:
    """A page of the menu."""
    pages = {"time": _times, "zone": _zones, "lang": _languages, "topics": _topics}
    if page in pages:
        back = button(label("back", turn.language), "d", wanted.id, "go", "main")
        return [*pages[page](turn, wanted), [back]]
    return _main(turn, wanted)


def _main(turn: Turn, wanted: Subscription) -> Keyboard:
    language, number = turn.language, wanted.id
    rows: Keyboard = [
        [_chosen(label("digest_days", language, days=d), d == wanted.days, number, "days", d) for d in DAYS]
    ]
    if wanted.days == "weekly":
        names = label("digest_weekdays", language).split()
        rows.append([_chosen(n, i == wanted.weekday, number, "weekday", i) for i, n in enumerate(names)])
    rows.append(
        [button(f"{wanted.at} ›", "d", number, "go", "time"), button(f"{wanted.zone} ›", "d", number, "go", "zone")]
    )
    topics = label("digest_topics", language, count=len(wanted.topics))
    spoken = label("language", language, code=wanted.language)
    rows.append([button(f"{topics} ›", "d", number, "go", "topics"), button(f"{spoken} ›", "d", number, "go", "lang")])
    switches = {name: bool(getattr(wanted, name)) for name in _SWITCHES}
    rows.append(
        [
            button(label("digest_switch", language, name=n, on=on), "d", number, n, int(not on))
            for n, on in switches.items()
        ]
    )
    rows.append([button(label("digest_preview", language), "d", number, "preview")])
    states = {"on": ("paused", "off"), "paused": ("on", "off")}.get(wanted.state, ("on",))
    rows.append(
        [button(label("digest_state", language, state=s, was=wanted.state), "d", number, "state", s) for s in states]
    )
    return rows


def _times(turn: Turn, wanted: Subscription) -> Keyboard:  # noqa: ARG001 -- one shape for all pages
    times = [f"{hour:02}:00" for hour in range(24)]
    hour = wanted.at[:2]
    times += [f"{hour}:{minute}" for minute in ("15", "30", "45")]
    found = [_chosen(t, t == wanted.at, wanted.id, "at", t.replace(":", "")) for t in times]
    return [found[at : at + 6] for at in range(0, len(found), 6)]


def _zones(turn: Turn, wanted: Subscription) -> Keyboard:  # noqa: ARG001
    found = [_chosen(z, z == wanted.zone, wanted.id, "zone", z) for z in ZONES]
    return [found[at : at + 2] for at in range(0, len(found), 2)]


def _languages(turn: Turn, wanted: Subscription) -> Keyboard:
    return [
        [_chosen(label("language", turn.language, code=c), c == wanted.language, wanted.id, "lang", c)]
        for c in LANGUAGES
    ]


def _topics(turn: Turn, wanted: Subscription) -> Keyboard:
    """Topics to drop, then kinds to add."""
    base = turn.desk.base
    dropped = [button(f"✕ {t.name}", "d", wanted.id, "drop", n) for n, t in enumerate(wanted.topics)]
    known = {t.id for t in wanted.topics if t.sort == "kind"}
    kinds = sorted(((len(base.of_kind(k)), k) for k in base.caption.kinds if k not in known), reverse=True)[:_KINDS]
    added = [
        button(f"＋ {k if turn.language == 'en' else base.caption.kinds[k]}", "d", wanted.id, "kind", k)
        for count, k in kinds
        if count and len(k) < 40
    ]
    return [
        *(dropped[at : at + 2] for at in range(0, len(dropped), 2)),
        *(added[at : at + 2] for at in range(0, len(added), 2)),
    ]


def _chosen(text: str, chosen: bool, *data: str | int) -> dict[str, str]:
    return button(f"✓ {text}" if chosen else text, "d", *data)


def _values(turn: Turn, wanted: Subscription) -> dict[str, object]:
    """What the menu says."""
    coming = ""
    if wanted.due is not None:
        day: date = wanted.schedule.local_date(datetime.fromtimestamp(wanted.due, UTC))
        coming = f"{date_text(day.isoformat(), turn.language)} {wanted.at}"
    return {
        "state": wanted.state,
        "coming": coming,
        "zone": wanted.zone,
        "topics": [t.name for t in wanted.topics],
        "elsewhere": wanted.chat_id != turn.chat.chat_id,
        "chat": wanted.chat_id,
    }
