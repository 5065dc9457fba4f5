"""Administrators in chat: the whole bot against the loopback Bot API, from a message to a base that answers.

And everybody else: whatever they try, nothing of an administrator's happens.
"""

from __future__ import annotations

import asyncio
import io
import re
import shutil
import time
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.serving import Serving
from bot.settings import Settings
from bot.telegram.admin import Admin
from bot.telegram.keeper import Keeper
from bot.telegram.run import serve
from bot.telegram.surface import Surface
from bot.versions import Versions
from knowledge.build import build
from knowledge.records import Pack
from tests.bot.telegram.running import unlimited
from tests.telegram_server import Chat, Limits, Sent, TelegramServer, User
from tests.telegram_server.content import File

FACT = """article: shanxun-2021
facts:
- {id: new, cite: [5], subject: eaglestone, relation: feature, value: 铜钟, statement: 鹰石小屋门前挂着一口铜钟。}
"""


class World:
    """A running bot, its administrator and somebody else."""

    def __init__(self, server: TelegramServer, pack: Path, articles: Path, base: Path, folder: Path) -> None:
        self.server = server
        self.pack = pack
        self.versions = Versions(folder / "bases")
        self.versions.folder.mkdir()
        self.versions.publish(Path(shutil.copy(base, self.versions.folder)), "start")
        self.state = folder / "state.sqlite"
        self.admin = server.user("Li")
        self.other = server.user("Mallory")
        self.settings = Settings(
            telegram_token=server.token,
            telegram_api=server.url,
            DATABASE_URL=f"sqlite:///{self.state}",
            admins=str(self.admin.id),
            base=self.versions.folder,
            pack=pack,
            articles=articles,
        )
        self._count = 0
        self.mark = 0
        """Where an attempt began in the log of requests."""

    async def run(self, stop: asyncio.Event) -> None:
        serving = Serving(self.versions.folder)
        surface = Surface(serving.desk, admin=Admin(self.settings.admins, serving.versions, self.pack))
        keeper = Keeper(serving, self.pack, self.settings.articles, surface)
        try:
            await serve(self.settings, lambda _me: surface, [], stop, unlimited(), beside=[keeper.run])
        finally:
            serving.close()

    @property
    def home(self) -> Chat:
        """The administrator's private chat."""
        return self.admin.private()

    def say(self, text: str, chat: Chat | None = None) -> None:
        self._count = len(self.server.log.entries)
        (chat or self.home).say(text)

    async def told(self, text: str, chat: Chat | None = None) -> Sent:
        """Wait for a message with this text, sent since the last thing said, pressed or uploaded."""
        return await self.server.log.arrival(text=text, chat=(chat or self.home).id, since=self._count, timeout=120.0)

    async def seen(self, method: str, **wanted: Any) -> Sent:
        """Wait for a request of the bot."""
        return await self.server.log.arrival(method, **wanted)

    def press(self, sent: Sent, label: str, user: User | None = None) -> None:
        self._count = len(self.server.log.entries)
        (user or self.admin).press(self.server.message(sent), label)

    def upload(self, name: str, body: bytes, caption: str = "", user: User | None = None, **extra: Any) -> None:
        self._count = len(self.server.log.entries)
        user = user or self.admin
        with self.server.lock:
            file = File(f"file-{self._count}-{name}", name, body)
            self.server.files[file.id] = file
            extra |= {"document": file.json() | {"file_name": name}}
            chat = user.private()
            chat.members[self.server.bot.id] = "member"
            chat._told(chat.add(user, text=caption, extra=extra))

    def write(self, statement: str) -> None:
        """Change the state database from outside."""
        engine = sa.create_engine(f"sqlite:///{self.state}")
        try:
            with engine.begin() as connection:
                connection.execute(sa.text(statement))
        finally:
            engine.dispose()

    def rows(self, query: str) -> list[Any]:
        engine = sa.create_engine(f"sqlite:///{self.state}")
        try:
            with engine.connect() as connection:
                return [tuple(row) for row in connection.execute(sa.text(query))]
        finally:
            engine.dispose()


@asynccontextmanager
async def running(pack: Path, articles: Path, base: Path, folder: Path) -> AsyncIterator[World]:
    with TelegramServer(limits=Limits.off()) as server:
        made = World(server, shutil.copytree(pack, folder / "huts"), articles, base, folder)
        stop = asyncio.Event()
        task = asyncio.create_task(made.run(stop))
        try:
            yield made
        finally:
            stop.set()
            await task
        server.check()


@pytest.fixture(scope="module")
def base(alpine_pack: Pack, alpine_articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The huts with their texts, named by its content."""
    return build(alpine_pack, tmp_path_factory.mktemp("base"), alpine_articles).path


@pytest_asyncio.fixture
async def world(alpine_dir: Path, alpine_articles: Path, base: Path, tmp_path: Path) -> AsyncIterator[World]:
    async with running(alpine_dir, alpine_articles, base, tmp_path) as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def guarded(
    alpine_dir: Path, alpine_articles: Path, base: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[World]:
    """One bot for all attempts: none of them may leave a trace."""
    async with running(alpine_dir, alpine_articles, base, tmp_path_factory.mktemp("guarded")) as made:
        yield made


def served(world: World) -> str:
    version = world.versions.served()
    assert version
    return version.hash


# --- what administrators do


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


# --- what others try

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
