"""The Bot API's methods: each takes a request's parameters and files, gives a result or refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import aiogram.types as api

from . import content
from .errors import NOT_MODIFIED, TOO_OLD, refuse, too_many
from .updates import DAY, LIFE
from .world import PRESENT, Chat, Message

if TYPE_CHECKING:
    from .server import TelegramServer

Payload = dict[str, Any]
Files = dict[str, content.File]
Method = Callable[["TelegramServer", Payload, Files], Any]

GENERAL = 1
ACTIONS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note"
).split()


def _sendable(server: TelegramServer, payload: Payload) -> tuple[Chat, dict[str, Any]]:
    """The chat, and what a new message is attached to. Counted against the limits by ``_sent``, once all else holds."""
    chat = server.chat(payload["chat_id"])
    thread = payload.get("message_thread_id")
    chat.check_writable(thread)
    reply = payload.get("reply_parameters") or {"message_id": payload.get("reply_to_message_id")}
    replied = chat.messages.get(reply["message_id"] or 0)
    lenient = reply.get("allow_sending_without_reply") or payload.get("allow_sending_without_reply")
    if reply["message_id"] and not replied and not lenient:
        refuse(400, "message to be replied not found")
    return chat, {"reply_to": replied, "thread": thread}


def _sent(server: TelegramServer, chat: Chat, values: dict[str, Any]) -> dict[str, Any]:
    if seconds := server.limits.wait(chat.id, server.clock.now()):
        raise too_many(seconds)
    message = chat.add(server.bot, **values)
    if chat.kind == "channel":
        message.sender, message.sender_chat = None, chat
    return message.json()


def send_message(server: TelegramServer, payload: Payload, files: Files) -> Any:
    chat, values = _sendable(server, payload)
    shown, entities = content.text(payload)
    return _sent(server, chat, values | {"text": shown, "entities": entities, "markup": content.markup(payload)})


def _send_file(server: TelegramServer, payload: Payload, files: Files, kind: str) -> Any:
    chat, values = _sendable(server, payload)
    name = str(payload.get(kind, ""))
    file = files.get(name.removeprefix("attach://")) or files.get(kind) or server.files.get(name)
    if file is None:
        refuse(400, "wrong file identifier/HTTP URL specified")
    if not file.body:
        refuse(400, "file must be non-empty")
    shown, entities = content.text(payload, "caption", limit=content.CAPTION)
    extra = {"photo": content.photo(file)} if kind == "photo" else {"document": file.json() | {"file_name": file.name}}
    values |= {"text": shown, "entities": entities, "markup": content.markup(payload), "extra": extra}
    result = _sent(server, chat, values)
    server.files[file.id] = file
    return result


def send_photo(server: TelegramServer, payload: Payload, files: Files) -> Any:
    return _send_file(server, payload, files, "photo")


def send_document(server: TelegramServer, payload: Payload, files: Files) -> Any:
    return _send_file(server, payload, files, "document")


def _own(server: TelegramServer, payload: Payload) -> Message:
    """The bot's message that is to be changed."""
    if "inline_message_id" in payload:
        if (found := server.inline_messages.get(payload["inline_message_id"])) is None:
            refuse(400, "MESSAGE_ID_INVALID")
        return found
    chat = server.chat(payload["chat_id"])
    chat.check_writable()
    if (message := chat.messages.get(payload["message_id"])) is None:
        refuse(400, "message to edit not found")
    if message.sender is not server.bot and message.sender_chat is not chat:
        refuse(400, "message can't be edited")
    return message


def _edited(server: TelegramServer, payload: Payload, message: Message, **values: Any) -> Any:
    if all(getattr(message, name) == value for name, value in values.items()):
        refuse(400, NOT_MODIFIED)
    for name, value in values.items():
        setattr(message, name, value)
    message.edited = int(server.clock.now())
    return True if "inline_message_id" in payload else message.json()


def edit_message_text(server: TelegramServer, payload: Payload, files: Files) -> Any:
    message = _own(server, payload)
    shown, entities = content.text(payload)
    if message.media:
        refuse(400, "there is no text in the message to edit")
    return _edited(server, payload, message, text=shown, entities=entities, markup=content.markup(payload))


def edit_message_reply_markup(server: TelegramServer, payload: Payload, files: Files) -> Any:
    return _edited(server, payload, _own(server, payload), markup=content.markup(payload))


def delete_message(server: TelegramServer, payload: Payload, files: Files) -> Any:
    chat = server.chat(payload["chat_id"])
    chat.check_writable()
    if (message := chat.messages.get(payload["message_id"])) is None:
        refuse(400, "message to delete not found")
    mine = message.sender is server.bot or chat.kind == "private"
    if not mine and server.status(chat) != "administrator":
        refuse(400, "message can't be deleted")
    if server.clock.now() - message.date > 2 * DAY:
        refuse(400, "message can't be deleted for everyone")
    del chat.messages[message.id]
    return True


def answer_callback_query(server: TelegramServer, payload: Payload, files: Files) -> Any:
    asked = server.queries.get(payload["callback_query_id"])
    if asked is None or server.clock.now() - asked > LIFE["callback_query"]:
        refuse(400, TOO_OLD)
    if len(payload.get("text") or "") > 200:
        refuse(400, "MESSAGE_TOO_LONG")
    return True


def answer_inline_query(server: TelegramServer, payload: Payload, files: Files) -> Any:
    asked = server.queries.get(payload["inline_query_id"])
    if asked is None or server.clock.now() - asked > LIFE["inline_query"]:
        refuse(400, TOO_OLD)
    content.results(payload["results"])
    if len((payload.get("next_offset") or "").encode()) > content.DATA:
        refuse(400, "NEXT_OFFSET_INVALID")
    if (button := payload.get("button")) and "start_parameter" in button:
        content.start_parameter(button["start_parameter"])
    return True


def send_chat_action(server: TelegramServer, payload: Payload, files: Files) -> Any:
    if payload["action"] not in ACTIONS:
        refuse(400, "wrong parameter action in request")
    thread = payload.get("message_thread_id")
    server.chat(payload["chat_id"]).check_writable(None if thread == GENERAL else thread)
    return True


def set_my_commands(server: TelegramServer, payload: Payload, files: Files) -> Any:
    content.commands(payload["commands"])
    server.commands[_menu(payload)] = payload["commands"]
    return True


def get_my_commands(server: TelegramServer, payload: Payload, files: Files) -> Any:
    return server.commands.get(_menu(payload), [])


def delete_my_commands(server: TelegramServer, payload: Payload, files: Files) -> Any:
    server.commands.pop(_menu(payload), None)
    return True


def _menu(payload: Payload) -> tuple[str, str]:
    scope = payload.get("scope") or {"type": "default"}
    place = f" {scope['chat_id']}" if "chat_id" in scope else ""
    return scope["type"] + place, payload.get("language_code") or ""


def get_me(server: TelegramServer, payload: Payload, files: Files) -> Any:
    return server.bot.json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": server.reads_all,
        "supports_inline_queries": server.supports_inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(server: TelegramServer, payload: Payload, files: Files) -> Any:
    chat = _readable(server, payload)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(gifts, False)}
    return chat.json() | full


def get_chat_member(server: TelegramServer, payload: Payload, files: Files) -> Any:
    chat = _readable(server, payload)
    if (user := server.users.get(payload["user_id"])) is None:
        refuse(400, "PARTICIPANT_ID_INVALID")
    return chat.member(user)


def get_chat_administrators(server: TelegramServer, payload: Payload, files: Files) -> Any:
    chat = _readable(server, payload)
    if chat.kind == "private":
        refuse(400, "there are no administrators in the private chat")
    ranks = [(server.users[number], status) for number, status in chat.members.items()]
    return [chat.member(user) for user, status in ranks if status in {"creator", "administrator"}]


def _readable(server: TelegramServer, payload: Payload) -> Chat:
    chat = server.chat(payload["chat_id"])
    if chat.migrated_to:
        chat.check_writable()
    if chat.kind != "private" and server.status(chat) not in PRESENT:
        chat.check_writable()
    return chat


def pin_chat_message(server: TelegramServer, payload: Payload, files: Files) -> Any:
    chat = server.chat(payload["chat_id"])
    chat.check_writable()
    if chat.kind != "private" and server.status(chat) != "administrator":
        refuse(400, "not enough rights to manage pinned messages in the chat")
    if payload["message_id"] not in chat.messages:
        refuse(400, "message to pin not found")
    chat.pinned.append(payload["message_id"])
    return True


def leave_chat(server: TelegramServer, payload: Payload, files: Files) -> Any:
    chat = _readable(server, payload)
    if chat.kind == "private":
        refuse(400, "chat member status can't be changed in private chats")
    chat.admit("left", by=server.bot)
    return True


def get_file(server: TelegramServer, payload: Payload, files: Files) -> Any:
    if (file := server.files.get(payload["file_id"])) is None:
        refuse(400, "invalid file_id")
    return file.json() | {"file_path": f"documents/{file.id}"}


def set_webhook(server: TelegramServer, payload: Payload, files: Files) -> Any:
    server.webhook.set(payload)
    return True


def delete_webhook(server: TelegramServer, payload: Payload, files: Files) -> Any:
    server.webhook.set({"url": ""} | payload)
    return True


def get_webhook_info(server: TelegramServer, payload: Payload, files: Files) -> Any:
    return server.webhook.info()


Member = api.ResultChatMemberUnion
METHODS: dict[str, tuple[Method, Any]] = {
    "getMe": (get_me, api.User),
    "setWebhook": (set_webhook, bool),
    "deleteWebhook": (delete_webhook, bool),
    "getWebhookInfo": (get_webhook_info, api.WebhookInfo),
    "sendMessage": (send_message, api.Message),
    "sendPhoto": (send_photo, api.Message),
    "sendDocument": (send_document, api.Message),
    "editMessageText": (edit_message_text, api.Message | bool),
    "editMessageReplyMarkup": (edit_message_reply_markup, api.Message | bool),
    "deleteMessage": (delete_message, bool),
    "answerCallbackQuery": (answer_callback_query, bool),
    "answerInlineQuery": (answer_inline_query, bool),
    "sendChatAction": (send_chat_action, bool),
    "setMyCommands": (set_my_commands, bool),
    "getMyCommands": (get_my_commands, list[api.BotCommand]),
    "deleteMyCommands": (delete_my_commands, bool),
    "getChat": (get_chat, api.ChatFullInfo),
    "getChatMember": (get_chat_member, Member),
    "getChatAdministrators": (get_chat_administrators, list[Member]),
    "pinChatMessage": (pin_chat_message, bool),
    "leaveChat": (leave_chat, bool),
    "getFile": (get_file, api.File),
}
"""Name → what does it, what type the result is. ``getUpdates`` waits, so the server does it itself."""
