"""Administrators in chat: the whole bot against the loopback Bot API, from a message to a base that answers."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
import sqlalchemy as sa

from tests.bot.telegram.admin.world import FACT, World, served


async def test_reload_shows_the_changes_and_applies_them(world: World) -> None:
    before = served(world)
    (world.pack / "facts" / "new.yaml").write_text(FACT, "utf-8")
    world.say("/reload")
    shown = await world.told("1 added, 0 changed, 0 withdrawn")
    assert "+ new: 鹰石小屋门前挂着一口铜钟。" in shown.text
    assert shown.buttons == ["应用", "取消"]
    assert served(world) == before
    world.press(shown, "应用")
    await world.told("现在使用")
    assert served(world) != before
    world.say("鹰石小屋门前挂着什么？")
    await world.told("铜钟")
    assert world.rows("select action, admin, hash from audit") == [("reload done", world.admin.id, served(world))]
    world.say("/rollback")
    world.press((await world.told("要退回")), "应用")
    await world.told("/reload 会带回")
    assert served(world) == before
    world.say("/versions")
    text = (await world.told("各个版本")).text
    assert text.count(before) >= 2
    assert f"退回，{world.admin.id}" in text


async def test_reload_that_is_cancelled_changes_nothing(world: World) -> None:
    before = world.versions.mark()
    (world.pack / "facts" / "new.yaml").write_text(FACT, "utf-8")
    world.say("/reload")
    shown = await world.told("1 added")
    world.press(shown, "取消")
    await world.told("已取消")
    assert world.versions.mark() == before
    # the button is gone; a forged one finds a change that is decided
    data = shown.payload["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    world.server.press(world.admin, world.server.message(shown), data)
    await world.seen("answerCallbackQuery", where=lambda s: "text" in s.payload)
    assert world.versions.mark() == before


async def test_reload_of_a_broken_pack_names_file_and_line_and_serves_on(world: World) -> None:
    before = served(world)
    (world.pack / "facts" / "new.yaml").write_text(FACT.replace("eaglestone", "eaglestine"), "utf-8")
    world.say("/reload")
    assert "K032 facts/new.yaml:3:" in (await world.told("没有执行")).text
    world.say("雾松小屋有多少张床？")
    await world.told("56张")
    assert served(world) == before


async def test_reload_without_a_change_says_so(world: World) -> None:
    world.say("/reload")
    await world.told("没有差别")


async def test_file_is_checked_compared_applied_and_kept(world: World) -> None:
    world.upload("2025.yaml", FACT.encode())
    shown = await world.told("facts/2025.yaml")
    world.press(shown, "应用")
    await world.told("现在使用")
    assert (world.pack / "facts" / "2025.yaml").read_text("utf-8") == FACT
    world.say("鹰石小屋门前挂着什么？")
    await world.told("铜钟")


async def test_archive_with_many_changes_comes_with_a_file_of_all(world: World) -> None:
    memory = io.BytesIO()
    rows = [FACT.splitlines()[2].replace("id: new", f"id: n{n}").replace("铜钟", f"铜钟{n}") for n in range(30)]
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("huts/facts/many.yaml", "\n".join([*FACT.splitlines()[:2], *rows, ""]))
    world.upload("pack.zip", memory.getvalue())
    assert "另有 15 行" in (await world.told("30 added")).text
    document = await world.seen("sendDocument", chat=world.home.id)
    assert document.ok


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("x.yaml", b"article: shanxun-2021\nfacts:\n- {id: [\n", "K003 facts/x.yaml:"),
        ("x.exe", b"MZ", "no file of a pack"),
        ("x.zip", b"PK nonsense", "can't be unpacked"),
        ("x.yaml", b"\xff\xfe", "not UTF-8"),
    ],
)
async def test_file_that_is_none_is_refused(world: World, name: str, body: bytes, message: str) -> None:
    before = served(world)
    world.upload(name, body, "facts/x.yaml" if body.startswith(b"article") else "")
    assert message in (await world.told("没有执行")).text
    assert served(world) == before
    assert not (world.pack / "facts" / "x.yaml").exists()


async def test_alias_is_given_and_understood(world: World) -> None:
    world.say("/alias 云海屋 = 雾松小屋")
    world.press((await world.told("name mistpine aliases")), "应用")
    await world.told("现在使用")
    world.say("云海屋海拔多少？")
    await world.told("1870米")
    world.say("/alias 甲乙 = 丙丁")
    await world.told("一个已知")


async def test_correction_asks_for_the_value_and_changes_the_sentence_too(world: World) -> None:
    world.say("/correct s5b")
    world.press((await world.told("要修改哪一项")), "数值")
    await world.told("现在是：32张")
    world.say("33张")
    shown = await world.told("0 added, 1 changed")
    assert "value: 32张 → 33张" in shown.text
    assert "zh: 鹰石小屋有床位32张。 → 鹰石小屋有床位33张。" in shown.text
    assert "unverified s5b: figure 33" in shown.text
    world.press(shown, "应用")
    await world.told("现在使用")
    world.say("鹰石小屋有多少张床？")
    await world.told("33张")


async def test_correction_of_an_unknown_fact_or_with_a_bad_date(world: World) -> None:
    world.say("/correct nothing")
    await world.told("/correct ID")
    world.say("/correct s5b")
    world.press((await world.told("要修改哪一项")), "日期")
    await world.told("请发来")
    world.say("next summer")
    assert "K021" in (await world.told("没有执行")).text


async def test_fact_is_shown(world: World) -> None:
    world.say("/fact s5b")
    assert "32张" in (await world.told("鹰石小屋")).text
    world.say("/fact nobody")
    await world.told("没有执行")


async def test_unanswered_questions_are_grouped_and_dealt_with(world: World) -> None:
    for text in ("雾松小屋有几台咖啡机？", "云海屋海拔多少？", "云海屋海拔多少"):
        chat = world.server.user("Reader").private()
        world.say(text, chat)
        await world.seen("sendMessage", chat=chat.id)
    world.say("/unanswered")
    shown = await world.told("没有答上来的问题")
    assert "云海屋海拔多少 ×2" in shown.text
    world.press(shown, "1")
    opened = await world.told("怎样处理")
    assert any("=" in label for label in opened.buttons)
    world.press(opened, "导出为示例")
    assert "ask:" in (await world.told("about")).text
    world.press(opened, "忽略")
    await world.seen("answerCallbackQuery", where=lambda s: "不再列出" in s.payload.get("text", ""))
    world.say("/unanswered")
    assert "云海屋" not in (await world.told("没有答上来的问题")).text


async def test_reports_are_there(world: World) -> None:
    world.say("雾松小屋有多少张床？")
    await world.told("56张")
    world.say("/stats")
    text = (await world.told("最近 7 天")).text
    assert "1 个问题" in text
    assert "雾松小屋" in text
    for command, heading in (
        ("/feedback", "👍 0"),
        ("/audit", "管理员做过什么"),
        ("/uncertain", "有 0 条"),
        ("/admin", "管理员命令"),
    ):
        world.say(command)
        await world.told(heading)


async def test_message_in_doubt_is_settled_by_an_administrator(world: World) -> None:
    chat = world.other.private()
    chat.say("你好")
    await world.seen("sendMessage", chat=chat.id)
    row = f"""({chat.id}, 'sendMessage', '{{"text": "in doubt"}}', 'uncertain', {time.time()}, 1)"""
    world.write(f"insert into outbox(chat_id, method, payload, state, created, sent) values {row}, {row}")
    world.say("/uncertain")
    shown = await world.told("有 2 条")
    world.press(shown, "1 重发")
    await world.seen("sendMessage", chat=chat.id, text="in doubt")
    world.press(shown, "2 已送达")
    await world.seen("answerCallbackQuery", where=lambda s: s.payload.get("text") == "已记录。", count=2)
    assert world.rows("select count(*) from outbox where state = 'uncertain'") == [(0,)]
    assert len(world.server.log.find("sendMessage", chat=chat.id, text="in doubt")) == 1
    assert [row[0] for row in world.rows("select action from audit order by id")] == ["send again", "it is there"]


async def test_audit_log_cannot_be_edited(world: World) -> None:
    world.say("/reload")
    await world.told("没有差别")
    world.write("insert into audit(at, admin, action, detail) values (1, 2, 'x', 'y')")
    for statement in ("update audit set admin = 1", "delete from audit"):
        with pytest.raises(sa.exc.SQLAlchemyError, match="only be added to"):
            world.write(statement)
