"""What the bot does with an update: who said what, whether it is for us, and which part of the bot answers."""

from __future__ import annotations

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram import Chat as TelegramChat

from bot.answering import Desk
from bot.state import chats, exchanges
from bot.state.chats import Chat
from bot.state.exchanges import Exchange
from bot.telegram import commands, inline, settings, subscribing, taps
from bot.telegram.addressed import Address, addressed
from bot.telegram.admin import Admin
from bot.telegram.asking import ask, too_late
from bot.telegram.floods import CHAT, PERSON, Floods, Verdict
from bot.telegram.turn import Turn
from bot.telegram.wording import label, language_of_user
from bot.telegram.work import Work

LATE = 3600.0
"""Seconds after which a question is too old to be answered: the bot was down."""
_TAPS = 30
"""Taps of one person within a minute."""
_SETTINGS = frozenset({"settings", "lang", "digest"})
"""Commands that are the administrators'."""
_PRESENT = frozenset({"member", "administrator", "restricted", "creator"})


class Surface:
    """Handles updates with one base; `desk` may be exchanged for another at any time."""

    def __init__(self, desk: Desk, zone: str = "Asia/Shanghai", admin: Admin | None = None) -> None:
        """`zone` is the IANA time zone of chats that have chosen none."""
        self.desk = desk
        self.zone = zone
        self.admin = admin
        self.floods = Floods()

    async def handle(self, update: Update, work: Work) -> None:
        """Handle one update."""
        message = update.effective_message
        if update.callback_query:
            await self._tap(update.callback_query, work)
        elif update.inline_query:
            query = update.inline_query
            inline.answer(work, self.desk, query, language_of_user(query.from_user.language_code))
        elif update.my_chat_member:
            self._membership(update.my_chat_member, work)
        elif message:
            edited = bool(update.edited_message or update.edited_channel_post)
            await self._message(message, work, edited=edited)

    async def _message(self, message: Message, work: Work, *, edited: bool) -> None:
        address = addressed(message, work.me, commands.known(self.desk.base))
        chat = chats.chat(work.connection, message.chat.id, message.chat.type)
        if address is None or (address.how == "mention" and not chat.mention):
            return
        if edited and (not message.edit_date or too_late(message.date.timestamp(), message.edit_date.timestamp())):
            return
        if edited and address.command not in {"", "ask"}:
            return
        admin = message.chat.type in {"private", "channel"} or settings.anonymous(message)
        if not admin and message.from_user and (chat.who == "admins" or address.command in _SETTINGS):
            admin = await settings.is_admin(work, message.chat.id, message.from_user.id)
        if chat.who == "admins" and not admin:
            return
        place = await subscribing.place(work, message, address) if address.command == "digest" else None
        turn = self._turn(work, message.chat, message.from_user, message.sender_chat, known=chat)
        turn.thread = message.message_thread_id or 0 if message.is_topic_message else 0
        turn.message_id, turn.edits = message.message_id, edited
        if (work.now - (message.edit_date if edited and message.edit_date else message.date)).total_seconds() > LATE:
            self._late(turn)
        elif not self._flows(turn):
            return
        elif address.command == "digest":
            subscribing.obey(turn, address.text, place, self.zone, admin=admin)
        else:
            self._answer(turn, message, address, admin=admin)

    def _answer(self, turn: Turn, message: Message, address: Address, *, admin: bool) -> None:
        """Answer a message that is for us."""
        if self.admin and self.admin.take(turn, message, address):
            return
        text = address.text
        replied = message.reply_to_message
        if not text and replied and not _ours(replied, turn) and address.command in {"", "ask"} and not turn.private:
            text = replied.text or replied.caption or ""  # somebody calls us to what another one asked
        if address.command in {"settings", "lang"}:
            if not admin:
                turn.say("only_admins")
            elif address.command == "lang":
                settings.ask_language(turn, text)
            else:
                settings.show(turn)
        elif address.command:
            commands.obey(turn, address.command, text, self._before(turn, message))
        elif text:
            ask(turn, text, self._before(turn, message))
        elif turn.private:
            if _readable(message):
                turn.say("text_only")
        elif address.how == "mention":
            commands.help_(turn)

    def _before(self, turn: Turn, message: Message) -> Exchange | None:
        """The exchange that a message leans on: that of the answer it replies to, else the person's last one."""
        connection, replied = turn.work.connection, message.reply_to_message
        if replied and _ours(replied, turn):
            found = exchanges.shown_in(connection, turn.chat.chat_id, replied.message_id, turn.now)
            if found and found.context:
                return found
        return exchanges.last(connection, turn.chat.chat_id, turn.thread, turn.person, turn.now)

    async def _tap(self, query: CallbackQuery, work: Work) -> None:
        message = query.message
        if message is None or (work.now - work.received).total_seconds() > taps.LIFE:
            return
        turn = self._turn(work, message.chat, query.from_user, None, writes=False)
        turn.message_id, turn.asks = message.message_id, False
        if self.floods.judge(turn.now, {f"tap:{turn.person}": _TAPS}) is not Verdict.ANSWER:
            taps.answer(turn, query, label("wait", turn.language))
        elif self.admin and (query.data or "").startswith("k:"):
            taps.answer(turn, query, self.admin.tap(turn, query))
        else:
            await taps.tap(turn, query)

    def _membership(self, change: ChatMemberUpdated, work: Work) -> None:
        """Blocked or removed: the chat rests, its settings stay. Added to a group: a short greeting."""
        was, now = change.old_chat_member.status, change.new_chat_member.status
        known = chats.chat(work.connection, change.chat.id, change.chat.type)
        present = now in _PRESENT
        chats.change(work.connection, known, work.now.timestamp(), active=present, kind=change.chat.type)
        if present and was not in _PRESENT and change.chat.type in {"group", "supergroup"}:
            turn = self._turn(work, change.chat, change.from_user, None)
            if (work.now - change.date).total_seconds() <= LATE:
                turn.say("greeting", title=self.desk.base.caption.title(turn.language))

    def _turn(
        self,
        work: Work,
        chat: TelegramChat,
        user: User | None,
        sender: TelegramChat | None,
        *,
        known: Chat | None = None,
        writes: bool = True,
    ) -> Turn:
        """Whose turn it is; a channel or an anonymous administrator speaks as the chat it writes for.

        `known` is what is stored of the chat, if it was read already.
        """
        known = known or chats.chat(work.connection, chat.id, chat.type)
        author = sender.id if sender else user.id if user else chat.id
        if writes:
            known = chats.seen(work.connection, known, chat.type, work.now.timestamp())
        spoken = language_of_user(user.language_code) if user and user.language_code else "zh-Hans"
        return Turn(
            work=work,
            desk=self.desk,
            chat=known,
            person=work.alias(author),
            user_id=author,
            language=known.language or spoken,
        )

    def _flows(self, turn: Turn) -> bool:
        """Whether a person and a chat ask no faster than can be answered; told once if they do."""
        keys = {f"person:{turn.person}": PERSON, f"chat:{turn.chat.chat_id}": CHAT}
        verdict = self.floods.judge(turn.now, keys)
        if verdict is Verdict.TELL:
            turn.edits = False
            turn.say("slow")
        return verdict is Verdict.ANSWER

    def _late(self, turn: Turn) -> None:
        """Say once in a chat that what it asked while we were away is not answered."""
        if turn.chat.told_late is None or turn.now - turn.chat.told_late > LATE:
            turn.edits = False
            turn.say("late")
            chats.change(turn.work.connection, turn.chat, turn.now, told_late=turn.now)


def _ours(message: Message, turn: Turn) -> bool:
    return bool(message.from_user and message.from_user.id == turn.work.me.id)


def _readable(message: Message) -> bool:
    """Whether somebody sent us something, and not a notice of the chat (a pinned message, a new photo of it)."""
    return message.effective_attachment is not None
