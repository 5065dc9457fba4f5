"""Whether a message is meant for the bot, and what it says once the address is taken off."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from telegram import Message, MessageEntity

from bot.telegram.work import Me

ANONYMOUS = 1087968824
"""Who writes for an administrator who stays anonymous: the group's own name is in `sender_chat` then."""

_COMMAND = re.compile(r"[\s（(「『【\[《“‘\"']*[/／](?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>[A-Za-z0-9_]+))?")
"""At the start, or behind brackets alone; whatever is no Latin letter may follow at once (/ask天气)."""
_CLOSING = dict(zip("（(「『【[《“‘\"'", "）)」』】]》”’\"'", strict=True))
_OTHER = re.compile(r"\s*@[A-Za-z]\w{3,}", re.ASCII)
_EDGES = " \t\n,，:：、"
_LITERAL = frozenset({"code", "pre", "url", "email", "text_link"})
"""Where a name is quoted, not called."""


@dataclass(frozen=True, slots=True)
class Address:
    """A message that is for us."""

    text: str
    """What it says, without mention and command."""
    command: str = ""
    """In lower case without the slash, '' for a plain question."""
    how: str = "private"
    """private, command, reply, mention."""


def addressed(message: Message, me: Me, commands: Collection[str]) -> Address | None:
    """The message's text without the address if it is for us, else None: silence, also where unsure.

    For us are, in this order: everything in a private chat, one of `commands` (or any command with our name), a reply
    to our message, a mention of our id or name by an entity, our name in the text even without one.
    """
    text = message.text or message.caption or ""
    private = message.chat.type == "private"
    if _written_by_bots(message, me):
        return None
    command = _command(text, me)
    if command:
        return command if private or command.how == "ours" or command.command in commands else None
    if _COMMAND.match(text):
        return None  # another bot's
    if private:
        return Address(_without(text, _mentions(message, text, me)))
    if message.forward_origin:
        return None
    mentions = _mentions(message, text, me)
    replied = message.reply_to_message
    if replied and replied.from_user and replied.from_user.id == me.id and not replied.forum_topic_created:
        return None if not mentions and _OTHER.match(text) else Address(_without(text, mentions), how="reply")
    return Address(_without(text, mentions), how="mention") if mentions else None


def _written_by_bots(message: Message, me: Me) -> bool:
    """By another bot, by a channel's automatic copy into its group, or by ourselves on behalf of a user."""
    if message.via_bot and message.via_bot.id == me.id:
        return True
    author = message.from_user
    return bool(message.is_automatic_forward or (author and author.is_bot and not message.sender_chat))


def _command(text: str, me: Me) -> Address | None:
    """The command that the text begins with; `how` is 'ours' where it names us. None if it names another bot."""
    match = _COMMAND.match(text)
    if not match or (match["bot"] and match["bot"].casefold() != me.username.casefold()):
        return None
    rest = text[match.end() :].strip(_EDGES)
    for opened in reversed(text[: match.start("name") - 1].strip()):
        rest = rest.removesuffix(_CLOSING[opened]).rstrip(_EDGES) if opened in _CLOSING else rest
    return Address(rest, match["name"].casefold(), "ours" if match["bot"] else "command")


def _mentions(message: Message, text: str, me: Me) -> list[tuple[int, int]]:
    """(start, end) of each place where we are called by name, in code points."""
    found = []
    literal: list[tuple[int, int]] = []
    for entity in message.entities or message.caption_entities:
        start, end = _span(text, entity)
        if entity.type == MessageEntity.TEXT_MENTION and entity.user and entity.user.id == me.id:
            found.append((start, end))
        elif entity.type in _LITERAL:
            literal.append((start, end))
    if me.username:
        # a mention entity holds our name too: one search finds both. An e-mail address or a longer name is not us
        name = re.compile(rf"(?<![A-Za-z0-9_.+@/-])@{re.escape(me.username)}(?![A-Za-z0-9_])", re.IGNORECASE)
        calls = (match.span() for match in name.finditer(text))
        found += [call for call in calls if not any(start < call[1] and call[0] < end for start, end in literal)]
    return sorted(found)


def _span(text: str, entity: MessageEntity) -> tuple[int, int]:
    """An entity's place in code points; Telegram counts UTF-16 units."""
    raw = text.encode("utf-16-le")
    start = len(raw[: entity.offset * 2].decode("utf-16-le", "ignore"))
    return start, start + len(
        raw[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le", "ignore")
    )


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with these spans cut out: Chinese closes up, words keep one space."""
    for start, end in reversed(spans):
        before, after = text[:start], text[end:]
        if before.endswith(" ") and after.startswith(" "):
            after = after.lstrip(" ")
        text = before + after
    return text.strip(_EDGES)
