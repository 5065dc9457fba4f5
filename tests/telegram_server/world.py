"""People, chats and messages, as the Bot API shows them to a bot."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import judge
from .errors import refuse

if TYPE_CHECKING:
    from .server import TelegramServer

ANONYMOUS = 1087968824  # GroupAnonymousBot: who writes for an anonymous administrator
RIGHTS = (
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members can_promote_members "
    "can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories can_send_welcome_messages"
).split()
PRESENT = {"creator", "administrator", "member", "restricted"}


@dataclass(eq=False)
class Message:
    """A message in a chat; ``extra`` holds photo, document and service fields."""

    chat: Chat
    id: int
    date: int
    sender: User | None = None
    sender_chat: Chat | None = None
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    reply_to: Message | None = None
    thread: int | None = None
    markup: dict[str, Any] | None = None
    edited: int | None = None
    update_id: int | None = None  # of the update that told the bot of it; None if it was not told

    @property
    def media(self) -> bool:
        return bool(self.extra.keys() & {"photo", "document"})

    @property
    def service(self) -> bool:
        return bool(self.extra) and not self.media

    def json(self, *, nested: bool = False) -> dict[str, Any]:
        """As a Bot API Message; a message that is replied to comes without its own reply."""
        value: dict[str, Any] = {"message_id": self.id, "date": self.date, "chat": self.chat.json()}
        if self.sender:
            value["from"] = self.sender.json()
        if self.sender_chat:
            value["sender_chat"] = self.sender_chat.json()
        if self.text:
            value["caption" if self.media else "text"] = self.text
            if self.entities:
                value["caption_entities" if self.media else "entities"] = self.entities
        if self.thread is not None:
            value["message_thread_id"] = self.thread
            value["is_topic_message"] = True
        if self.reply_to and not nested:
            value["reply_to_message"] = self.reply_to.json(nested=True)
        if self.markup and self.markup.get("inline_keyboard"):
            value["reply_markup"] = self.markup
        if self.edited:
            value["edit_date"] = self.edited
        return value | self.extra

    def edit(self, text: str) -> int | None:
        """The author changes it."""
        server = self.chat.server
        with server.lock:
            self.text, self.entities = judge.parse(text, None)
            self.edited = int(server.clock.now())
            kind = "edited_channel_post" if self.chat.kind == "channel" else "edited_message"
            return server.tell(kind, self) if self.chat.heard(self) else None

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return [button for row in (self.markup or {}).get("inline_keyboard", ()) for button in row]


@dataclass(eq=False)
class User:
    """A person, or the bot itself."""

    server: TelegramServer
    id: int
    first_name: str
    username: str | None = None
    language: str | None = None
    is_bot: bool = False

    def json(self) -> dict[str, Any]:
        value: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            value["username"] = self.username
        if self.language:
            value["language_code"] = self.language
        return value

    def private(self) -> Chat:
        """The private chat with the bot; begun by the first ``say``."""
        return self.server.private(self)

    def press(self, message: Message, button: str) -> str:
        """Press the button with this label or callback data; gives the callback query's id."""
        for found in message.buttons:
            if button in {found["text"], found.get("callback_data")} and "callback_data" in found:
                return self.server.press(self, message, found["callback_data"])
        raise AssertionError(f"no such button: {button!r} among {[b['text'] for b in message.buttons]}")

    def inline(self, query: str, *, offset: str = "", chat_type: str = "sender") -> str:
        """Type ``@bot query`` somewhere; gives the inline query's id."""
        return self.server.inline(self, query, offset, chat_type)

    def block(self) -> None:
        """Stop the bot."""
        self.private().admit("kicked", by=self)

    def unblock(self) -> None:
        self.private().admit("member", by=self)


@dataclass(eq=False)
class Chat:
    """A private chat, group, supergroup (with topics: ``forum``) or channel."""

    server: TelegramServer
    id: int
    kind: str
    title: str = ""
    username: str | None = None
    forum: bool = False
    peer: User | None = None  # in a private chat
    members: dict[int, str] = field(default_factory=dict)  # user id → status, as in ChatMember
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Message] = field(default_factory=dict)  # thread id → the message that opened it
    closed: set[int] = field(default_factory=set)  # threads
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None
    muted: bool = False  # members may not write
    count: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def json(self) -> dict[str, Any]:
        value: dict[str, Any] = {"id": self.id, "type": self.kind}
        if self.peer:
            value["first_name"] = self.peer.first_name
        else:
            value["title"] = self.title
        if name := self.username or (self.peer and self.peer.username):
            value["username"] = name
        if self.forum:
            value["is_forum"] = True
        return value

    # what people do

    def say(
        self,
        *words: Any,
        reply_to: Message | None = None,
        thread: int | None = None,
        html: bool = False,
        anonymous: bool = False,
    ) -> Message:
        """A person writes: ``private.say("…")``, ``group.say(user, "…")``, ``channel.say("…")``.

        The text gets its entities from TDLib; with ``html`` markup is read first (text mentions, say). ``anonymous``
        writes as an administrator who does not show.
        """
        with self.server.lock:
            user = self.peer if len(words) == 1 else words[0]
            text, entities = judge.parse(str(words[-1]), "HTML" if html else None)
            entities = [e | {"user": self.server.users[e["user"]["id"]].json()} if "user" in e else e for e in entities]
            if self.peer and self.server.status(self) == "kicked":
                self.admit("member", by=self.peer)
            elif self.peer:
                self.members[self.server.bot.id] = "member"  # Telegram tells of it only after a block
            message = self.add(user, text=text, entities=entities, reply_to=reply_to, thread=thread)
            if self.kind == "channel":
                message.sender, message.sender_chat = None, self
            elif anonymous:
                message.sender, message.sender_chat = self.server.anonymous, self
            return self._told(message)

    def add(self, sender: User | None, **values: Any) -> Message:
        """Store a message, without telling the bot."""
        reply, thread = values.pop("reply_to", None), values.pop("thread", None)
        thread = reply.thread if reply and thread is None else thread
        if thread is not None and reply is None:
            reply = self.topics.get(thread)  # in a topic, Telegram shows what opened it as what is replied to
        counter = self.server.count if self.kind in {"private", "group"} else self.count
        message = Message(
            self, next(counter), int(self.server.clock.now()), sender, reply_to=reply, thread=thread, **values
        )
        self.messages[message.id] = message
        return message

    def service(self, sender: User | None, **extra: Any) -> Message:
        """A service message: members, migration, topics."""
        with self.server.lock:
            return self._told(self.add(sender, extra=extra))

    def topic(self, name: str, by: User | None = None) -> int:
        """Open a topic; gives its thread id."""
        with self.server.lock:
            opened = self.add(
                by or self.server.anonymous, extra={"forum_topic_created": {"name": name, "icon_color": 7322096}}
            )
            opened.thread = opened.id
            self.topics[opened.id] = opened
            self._told(opened)
            return opened.id

    def _told(self, message: Message) -> Message:
        if self.heard(message):
            message.update_id = self.server.tell("channel_post" if self.kind == "channel" else "message", message)
        return message

    def heard(self, message: Message) -> bool:
        """Whether a bot hears of this message: with privacy mode, in a group, only what is meant for it."""
        status = self.server.status(self)
        if self.kind == "private":
            return True
        if status not in PRESENT:
            return False
        if self.server.reads_all or status == "administrator" or self.kind == "channel" or message.service:
            return True
        bot = self.server.bot
        if message.reply_to and message.reply_to.sender is bot:
            return True
        commands = [e for e in message.entities if e["type"] == "bot_command" and e["offset"] == 0]
        name = judge.part(message.text, commands[0]).partition("@")[2] if commands else "?"
        return name.lower() in {"", (bot.username or "").lower()}

    # membership

    def admit(self, status: str, *, user: User | None = None, by: User | None = None) -> None:
        """Change what somebody is in this chat; without ``user`` the bot itself: added, made administrator, removed."""
        with self.server.lock:
            user = user or self.server.bot
            old = self.member(user)
            self.members[user.id] = status
            kind = "my_chat_member" if user is self.server.bot else "chat_member"
            change = {
                "chat": self.json(),
                "from": (by or user).json(),
                "date": int(self.server.clock.now()),
                "old_chat_member": old,
                "new_chat_member": self.member(user),
            }
            if old["status"] == status:
                return
            if kind == "my_chat_member" or self.server.status(self) == "administrator":
                self.server.updates.put(kind, change, self.id)
            if status in PRESENT and old["status"] not in PRESENT and self.kind in {"group", "supergroup"}:
                self.service(by or user, new_chat_members=[user.json()])

    def member(self, user: User) -> dict[str, Any]:
        """As a ChatMember."""
        status = self.members.get(user.id, "left")
        value: dict[str, Any] = {"status": status, "user": user.json()}
        if status == "creator":
            value["is_anonymous"] = False
        elif status == "administrator":
            value |= dict.fromkeys(RIGHTS, True) | {"can_be_edited": False, "is_anonymous": False}
            value |= {"can_post_messages": True} if self.kind == "channel" else {"can_pin_messages": True}
        elif status == "kicked":
            value["until_date"] = 0
        elif status == "restricted":
            value |= dict.fromkeys(RESTRICTIONS, False) | {"is_member": True, "until_date": 0}
        return value

    def migrate(self) -> Chat:
        """The group becomes a supergroup; gives the new chat."""
        with self.server.lock:
            new = self.server.group(self.title, kind="supergroup", bot=None)
            new.members = dict(self.members)
            self.service(self.server.anonymous, migrate_to_chat_id=new.id)
            self.migrated_to = new.id
            new.service(self.server.anonymous, migrate_from_chat_id=self.id)
            return new

    # what the bot may do

    def check_writable(self, thread: int | None = None) -> None:
        """Refuse, in Telegram's words, if the bot can't write here."""
        if self.migrated_to:
            refuse(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.migrated_to)
        status = self.server.status(self)
        if self.kind == "private":
            if status == "kicked":
                refuse(403, "bot was blocked by the user")
            if status != "member":
                refuse(403, "bot can't initiate conversation with a user")
        elif status == "kicked":
            refuse(403, f"bot was kicked from the {self.kind} chat")
        elif status not in PRESENT:
            refuse(403, f"bot is not a member of the {self.kind} chat")
        elif self.kind == "channel" and status != "administrator":
            refuse(400, "need administrator rights in the channel chat")
        elif self.muted and status != "administrator":
            refuse(400, "not enough rights to send text messages to the chat")
        if thread is not None and thread not in self.topics:
            refuse(400, "message thread not found")
        if thread in self.closed and status != "administrator":
            refuse(400, "TOPIC_CLOSED")


RESTRICTIONS = (
    "can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos can_send_video_notes "
    "can_send_voice_notes can_send_polls can_send_other_messages can_add_web_page_previews can_change_info "
    "can_invite_users can_pin_messages can_manage_topics can_react_to_messages can_edit_tag"
).split()
