"""What administrators may do in their private chat with the bot, and nobody else anywhere.

Who they are is set by MODU_ADMINS. The numeric id of the sender is checked with every command, button and file; in a
group, in a channel, in somebody's name, in a forwarded or edited message nothing is a command of an administrator.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from telegram import CallbackQuery, Message

from bot.bundle import LARGEST
from bot.sheet import sheet
from bot.state import audit, changes
from bot.state.changes import Change
from bot.telegram import reports
from bot.telegram.addressed import Address
from bot.telegram.deciding import decide, described
from bot.telegram.turn import Turn, button
from bot.telegram.wording import admin_label, admin_message, label
from bot.versions import Version, Versions, VersionsError
from knowledge.building.edit import EditError, add_alias, set_fact
from knowledge.errors import ModuError
from knowledge.store.base import Base
from knowledge.text.fold import name_key

ASKED = 15 * 60.0
"""Seconds within which an answer to a question of ours counts as one."""
KEYS = ("value", "as_of", "cite", "statement.zh", "statement.en")
"""What /correct changes."""
_CHARACTERS = 400
_VERSIONS = 8


class Admin:
    """The administrators' side of the bot."""

    def __init__(self, admins: frozenset[int], versions: Versions | None, pack: Path | None) -> None:
        self.admins = admins
        self.versions = versions
        self.pack = pack
        self.wake = asyncio.Event()
        """Set when there is work for the keeper."""
        self._commands: dict[str, Callable[[Turn, str], None]] = {
            "admin": self._help,
            "reload": self._reload,
            "rollback": self._rollback,
            "versions": self._versions,
            "fact": self._fact,
            "alias": self._alias,
            "correct": self._correct,
            "unanswered": reports.unanswered,
            "feedback": reports.disliked,
            "stats": self._stats,
            "audit": reports.audit_log,
            "uncertain": reports.uncertain,
        }

    def may(self, user_id: int | None, chat_kind: str, chat_id: int) -> bool:
        """Whether this is an administrator in the private chat of their own."""
        return user_id is not None and user_id in self.admins and chat_kind == "private" and chat_id == user_id

    def take(self, turn: Turn, message: Message, address: Address) -> bool:
        """Do what an administrator's message asks for; False if it is none, or a question like anybody's."""
        user = message.from_user
        if user is None or user.is_bot or message.sender_chat or message.via_bot or turn.edits:
            return False
        if not self.may(user.id, message.chat.type, message.chat.id):
            return False
        if message.document:
            self._document(turn, message)
            return True
        if message.forward_origin:
            return False
        if address.command in self._commands:
            self._commands[address.command](turn, address.text)
            return True
        connection = turn.work.connection
        asked = changes.asking(connection, turn.chat.chat_id, user.id, turn.now - ASKED)
        if asked is None or address.command or not address.text:
            return False
        self._answered(turn, asked, address.text)
        return True

    def tap(self, turn: Turn, query: CallbackQuery) -> str:
        """Do what an administrator's button stands for; the notice to show."""
        message = query.message
        if message is None or not self.may(query.from_user.id, message.chat.type, message.chat.id):
            return label("expired", turn.language)
        match (query.data or "").split(":"):
            case ["k", "c", change_id, "y" | "n" as choice]:
                return self._decide(turn, change_id, apply=choice == "y")
            case ["k", "f", key, fact] if key in KEYS:
                return self._ask_for(turn, fact, key)
            case ["k", "q", number, choice] if number.isdecimal():
                return reports.question(turn, int(number), choice, self._propose_alias)
            case ["k", "d", number, "s" | "t" as choice] if number.isdecimal():
                return reports.settle(turn, int(number), again=choice == "s")
        return label("expired", turn.language)

    # commands

    def _help(self, turn: Turn, _text: str) -> None:
        _say(turn, "help")

    def _reload(self, turn: Turn, _text: str) -> None:
        self._put(turn, self._change(turn, "reload"))
        _say(turn, "building")

    def _document(self, turn: Turn, message: Message) -> None:
        document = message.document
        if document is None or (document.file_size or 0) > LARGEST:
            _say(turn, "too_large", most=LARGEST // 1024 // 1024)
            return
        detail = {
            "file_id": document.file_id,
            "name": document.file_name or "file",
            "place": (message.caption or "").strip(),
        }
        self._put(turn, replace(self._change(turn, "file"), detail=detail))
        _say(turn, "building")

    def _rollback(self, turn: Turn, text: str) -> None:
        try:
            if self.versions is None:
                raise VersionsError(admin_label("not_set_up", turn.language))
            chosen = self.versions.before() if not text else self.versions.named(text)
        except ModuError as error:
            _say(turn, "refused", lines=[str(error)], more=0)
            return
        change = replace(self._change(turn, "rollback", "staged"), detail={"to": chosen.hash})
        changes.put(turn.work.connection, change)
        turn.post(admin_message("rollback", turn.language, version=chosen), decide(change))

    def _versions(self, turn: Turn, _text: str) -> None:
        from bot.serving import processes

        rows: list[Version] = self.versions.history()[-_VERSIONS:] if self.versions else []
        serving = list(processes(self.versions)) if self.versions else []
        _say(turn, "versions", rows=rows[::-1], serving=serving)

    def _stats(self, turn: Turn, _text: str) -> None:
        reports.stats(turn, self.versions)

    def _fact(self, turn: Turn, text: str) -> None:
        if not text:
            _say(turn, "usage", command="/fact ID")
            return
        try:
            shown = sheet(text, turn.desk.base)
        except ModuError as error:
            _say(turn, "refused", lines=[str(error)], more=0)
            return
        keyboard = [self._keys(turn, text)] if turn.desk.base.fact_number(text) is not None else None
        turn.post(admin_message("sheet", turn.language, text=shown), keyboard)

    def _keys(self, turn: Turn, fact: str) -> list[dict[str, str]]:
        made = [button(admin_label("key", turn.language, name=key), "k", "f", key, fact) for key in KEYS[:3]]
        return [each for each in made if len(each["callback_data"].encode()) <= 64]

    def _alias(self, turn: Turn, text: str) -> None:
        one, equals, other = (part.strip() for part in text.partition("="))
        if not (equals and one and other):
            _say(turn, "usage", command="/alias NAME = OTHER NAME")
            return
        found = {name: _entities(turn.desk.base, name) for name in (one, other)}
        known = [name for name in (one, other) if found[name]]
        if len(known) != 1 or len(found[known[0]]) != 1:
            _say(turn, "alias_unclear", one=one, other=other, found=found)
            return
        self._propose_alias(turn, found[known[0]][0], other if known[0] == one else one)

    def _propose_alias(self, turn: Turn, entity: str, name: str) -> None:
        """Stage a further name of an entity."""
        self._edit(turn, "alias", {"entity": entity, "name": name}, lambda pack: add_alias(pack, entity, name))

    def _correct(self, turn: Turn, text: str) -> None:
        number = turn.desk.base.fact_number(text) if text else None
        if number is None:
            _say(turn, "usage", command="/correct ID")
            return
        buttons = self._keys(turn, text)
        fact = turn.desk.base.fact(number)
        turn.post(admin_message("correct", turn.language, fact=fact), [buttons] if buttons else None)

    def _ask_for(self, turn: Turn, fact: str, key: str) -> str:
        """A button of /correct: ask for the new value."""
        number = turn.desk.base.fact_number(fact)
        if number is None:
            return label("expired", turn.language)
        change = replace(self._change(turn, "correct", "asking"), detail={"fact": fact, "key": key})
        changes.put(turn.work.connection, change)
        row = turn.desk.base.fact(number)
        old = {
            "value": row.value,
            "as_of": row.as_of,
            "cite": ", ".join(f"{c.article}:{c.paragraph}" for c in row.citations),
            "statement.zh": row.zh,
            "statement.en": row.en,
        }[key]
        _say(turn, "ask_value", key=key, old=old, fact=fact)
        return ""

    def _answered(self, turn: Turn, asked: Change, text: str) -> None:
        """The new value that was asked for."""
        fact, key = str(asked.detail["fact"]), str(asked.detail["key"])
        changes.put(turn.work.connection, replace(asked, state="dropped"))
        text = " ".join(text.split())[:_CHARACTERS]
        value = [part for part in text.replace("，", ",").replace(",", " ").split() if part] if key == "cite" else text
        number = turn.desk.base.fact_number(fact)
        row = turn.desk.base.fact(number) if number is not None else None

        def edit(pack: Path) -> tuple[str, str]:
            path, changed = set_fact(pack, fact, key, value)
            if key == "value" and row and row.value and row.zh.count(row.value) == 1:
                # the statement says the value as well: it is changed with it
                changed = set_fact(pack, fact, "statement.zh", row.zh.replace(row.value, text), {path: changed})[1]
            return path, changed

        self._edit(turn, "correct", {"fact": fact, "key": key, "value": text}, edit)

    # changes

    def _change(self, turn: Turn, kind: str, state: str = "waiting") -> Change:
        return Change(turn.chat.chat_id, turn.user_id, kind, state, turn.language, turn.now)

    def _edit(self, turn: Turn, kind: str, detail: dict[str, str], edit: Callable[[Path], tuple[str, str]]) -> None:
        """Have a small change of one file staged."""
        try:
            if self.pack is None:
                raise EditError(admin_label("not_set_up", turn.language))
            path, text = edit(self.pack)
        except (ModuError, OSError) as error:
            _say(turn, "refused", lines=str(error).splitlines(), more=0)
            return
        self._put(turn, replace(self._change(turn, kind), detail=detail, files={path: text}))
        _say(turn, "building")

    def _put(self, turn: Turn, change: Change) -> None:
        changes.put(turn.work.connection, change)
        self.wake.set()

    def _decide(self, turn: Turn, change_id: str, *, apply: bool) -> str:
        """Apply or drop a change; only who asked for it, only once."""
        connection = turn.work.connection
        change = changes.find(connection, change_id)
        if change is None or change.state != "staged" or change.admin != turn.user_id:
            return label("expired", turn.language)
        if change.chat_id != turn.chat.chat_id:
            return label("expired", turn.language)
        changes.put(connection, replace(change, state="applying" if apply else "dropped"))
        if not apply:
            audit.note(connection, turn.now, change.admin, f"{change.kind} dropped", described(change))
        name = "applying" if apply else "dropped"
        turn.replace("\n".join(admin_message(name, turn.language)), None)
        self.wake.set()
        return ""


def _say(turn: Turn, name: str, **values: object) -> None:
    turn.post(admin_message(name, turn.language, **values))


def _entities(base: Base, name: str) -> list[str]:
    """Ids of the entities with this id or name."""
    number = base.entity_number(name)
    if number is not None:
        return [name]
    key = "=" + name_key(base.tables.fold(name))
    return [base.entity(e).id for e in base.lookup.names({key}).get(key, ())]
