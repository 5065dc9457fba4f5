"""A bot with an administrator and somebody else, against the loopback Bot API."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.serving import Serving
from bot.settings import Settings
from bot.telegram.admin import Admin
from bot.telegram.keeper import Keeper
from bot.telegram.run import serve
from bot.telegram.surface import Surface
from bot.versions import Versions
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


def served(world: World) -> str:
    version = world.versions.served()
    assert version
    return version.hash
