"""Everybody but administrators: whatever they try, nothing of an administrator's happens."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.bot.telegram.admin.world import FACT, World
from tests.telegram_server import User

COMMANDS = ("/reload", "/rollback", "/versions", "/fact s5b", "/alias 云海屋 = 雾松小屋", "/correct s5b", "/unanswered",
            "/feedback", "/stats", "/audit", "/uncertain", "/admin")  # fmt: skip


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("texts", [COMMANDS[:6], COMMANDS[6:]])
async def test_attempt_by_command_in_private(guarded: World, texts: tuple[str, ...]) -> None:
    world = guarded
    for text in texts:
        world.say(text, world.other.private())
        reply = await world.seen("sendMessage", chat=world.other.id, since=world._count)
        assert not reply.buttons
        assert not re.search("管理员|构建|哈希|[0-9a-f]{16}", reply.text)
    await nothing_happened(world)


async def nothing_happened(world: World) -> None:
    """No change was stored, nothing logged as done, nothing switched or written."""
    await asyncio.to_thread(world.server.settled)
    probe = world.server.user("Probe").private()
    world.say("雾松小屋有多少张床？", probe)  # what came before is handled by then
    await world.told("56张", probe)
    assert world.rows("select count(*) from changes where state not in ('staged', 'dropped')") == [(0,)]
    assert world.rows("select count(*) from audit") == [(0,)]
    assert len(world.versions.history()) == 1
    assert not (world.pack / "facts" / "2025.yaml").exists()


async def answered(world: World, taps: int) -> None:
    """Wait for the answers to forged taps: each is told that the button is of no use."""
    await world.seen(
        "answerCallbackQuery", count=taps, where=lambda s: "过期" in s.payload.get("text", ""), since=world.mark
    )


def forwarded(by: User) -> dict[str, Any]:
    return {"forward_origin": {"type": "user", "date": 1_700_000_000, "sender_user": by.json()}}


async def by_file(world: World) -> None:
    world.upload("2025.yaml", FACT.encode(), user=world.other)


async def by_forwarded_file_of_the_administrator(world: World) -> None:
    world.upload("2025.yaml", FACT.encode(), user=world.other, **forwarded(world.admin))


async def by_forwarded_command_of_the_administrator(world: World) -> None:
    chat = world.other.private()
    chat.members[world.server.bot.id] = "member"
    chat._told(chat.add(world.other, text="/reload", extra=forwarded(world.admin)))


async def by_command_that_the_administrator_forwards(world: World) -> None:
    chat = world.home
    chat.members[world.server.bot.id] = "member"
    chat._told(chat.add(world.admin, text="/reload", extra=forwarded(world.other)))


async def by_command_in_a_group(world: World) -> None:
    group = world.server.group(admins=(world.other,))
    group.say(world.other, "/reload@testbot")


async def by_command_of_the_administrator_in_a_group(world: World) -> None:
    """Even the administrator gives no command where others read along."""
    group = world.server.group(admins=(world.admin,))
    group.say(world.admin, "/reload@testbot")


async def by_anonymous_administrator_of_a_group(world: World) -> None:
    group = world.server.group(kind="supergroup", admins=(world.other,))
    group.say(world.other, "/reload@testbot", anonymous=True)


async def by_channel(world: World) -> None:
    world.server.channel().say("/reload@testbot")


async def by_edited_message(world: World) -> None:
    message = world.other.private().say("你好")
    message.edit("/reload")


async def by_edited_message_of_the_administrator(world: World) -> None:
    """An edit comes late and may come twice: it is no command."""
    message = world.home.say("你好")
    message.edit("/reload")


async def by_message_through_another_bot(world: World) -> None:
    chat = world.home
    chat.members[world.server.bot.id] = "member"
    helper = {"id": 99, "is_bot": True, "first_name": "helper", "username": "helperbot"}
    chat._told(chat.add(world.admin, text="/reload", extra={"via_bot": helper}))


async def by_name(world: World) -> None:
    """A name and a user name like the administrator's."""
    twin = world.server.user("Li", username="li_admin")
    twin.private().say("/reload")


async def by_quoting_the_administrator(world: World) -> None:
    group = world.server.group(admins=(world.other,))
    said = group.say(world.admin, "/reload@testbot")
    group.say(world.other, "/reload@testbot", reply_to=said)


async def by_forged_button(world: World) -> None:
    """Data of a real change, sent with the tap of somebody else on a message of their own."""
    with world.server.lock:
        (world.pack / "facts" / "2025x.yaml").write_text(FACT, "utf-8")
    world.say("/reload")
    shown = await world.told("1 added")
    data = shown.payload["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    world.other.private().say("你好")
    theirs = world.server.message(await world.seen("sendMessage", chat=world.other.id))
    world.server.press(world.other, theirs, data)
    # and on the administrator's own message, as if they shared the chat
    world.server.press(world.other, world.server.message(shown), data)
    await answered(world, 2)
    (world.pack / "facts" / "2025x.yaml").unlink()


async def by_forged_buttons_without_a_change(world: World) -> None:
    world.other.private().say("你好")
    theirs = world.server.message(await world.seen("sendMessage", chat=world.other.id))
    forged = ("k:c:x:y", "k:f:value:s5b", "k:q:1:i", "k:d:1:s", "k:c::y", "k", "k:" + "x" * 62)
    for data in forged:
        world.server.press(world.other, theirs, data)
    await answered(world, len(forged))


async def by_forged_button_in_a_group(world: World) -> None:
    group = world.server.group(admins=(world.other,))
    group.say(world.other, "/ask 雾松小屋有多少张床？")
    theirs = world.server.message(await world.seen("sendMessage", chat=group.id))
    world.server.press(world.other, theirs, "k:f:value:s5b")
    world.server.press(world.admin, theirs, "k:f:value:s5b")
    await answered(world, 2)


async def by_answer_to_a_question_of_the_administrator(world: World) -> None:
    world.say("/correct s5b")
    world.press((await world.told("要修改哪一项")), "数值")
    await world.told("请发来")
    world.other.private().say("33张")
    await world.seen("sendMessage", chat=world.other.id)
    assert world.rows("select count(*) from changes where state = 'asking'") == [(1,)]
    world.write("update changes set state = 'dropped'")


async def by_inline_query(world: World) -> None:
    world.other.inline("/reload")
    await world.seen("answerInlineQuery")


ATTEMPTS: list[Callable[[World], Awaitable[None]]] = [
    by_file,
    by_forwarded_file_of_the_administrator,
    by_forwarded_command_of_the_administrator,
    by_command_that_the_administrator_forwards,
    by_command_in_a_group,
    by_command_of_the_administrator_in_a_group,
    by_anonymous_administrator_of_a_group,
    by_channel,
    by_edited_message,
    by_edited_message_of_the_administrator,
    by_message_through_another_bot,
    by_name,
    by_quoting_the_administrator,
    by_forged_button,
    by_forged_buttons_without_a_change,
    by_forged_button_in_a_group,
    by_answer_to_a_question_of_the_administrator,
    by_inline_query,
]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda a: a.__name__)
async def test_attempt(guarded: World, attempt: Callable[[World], Awaitable[None]]) -> None:
    guarded.mark = len(guarded.server.log.entries)
    await attempt(guarded)
    await nothing_happened(guarded)
