"""The loopback Bot API server: real HTTP on 127.0.0.1, in a thread of the test's process.

    with TelegramServer() as server:  # MODU_TELEGRAM_API=server.url, MODU_TELEGRAM_TOKEN=server.token
        ada = server.user("Ada")
        question = ada.private().say("…")
        answer = server.wait_for("sendMessage", reply_to=question.id)

It refuses what Telegram refuses. What is wrong beyond that (a field nobody knows, say) is a violation: see ``check``.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import random
import secrets
import socket
import struct
import threading
from contextlib import suppress
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from . import judge
from .content import File
from .errors import ApiError, refuse
from .faults import Fault, Faults
from .limits import Clock, Limits
from .log import Log, Sent
from .methods import METHODS
from .updates import Updates
from .webhook import Webhook
from .wire import Cut, read, refusal
from .world import ANONYMOUS, Chat, Message, User

TOKEN = "1234567890:AAHmadeUpForTheLoopbackServerOnly00"


class TelegramServer:
    """The server, and the world behind it: ``user``, ``group``, ``channel``, ``wait_for``, ``faults``, ``clock``."""

    def __init__(
        self,
        *,
        username: str = "testbot",
        reads_all: bool = True,
        supports_inline: bool = True,
        limits: Limits | None = None,
        clock: Clock | None = None,
        token: str = TOKEN,
    ) -> None:
        """``reads_all=False`` is privacy mode; ``limits=Limits.off()`` takes messages as fast as they come."""
        self.token = token
        self.reads_all = reads_all
        self.supports_inline = supports_inline
        self.clock = clock or Clock()
        self.limits = limits or Limits()
        self.faults = Faults()
        self.log = Log()
        self.updates = Updates(self.clock)
        self.webhook = Webhook(self.updates)
        self.violations: list[str] = []
        self.broken = 0  # requests that ended before they were read
        self.latency = 0.0  # most seconds that a request, and its answer, are on their way
        self.lock = threading.RLock()
        self.count = itertools.count(1)
        self.bot = User(self, int(token.partition(":")[0]), "Test bot", username, is_bot=True)
        self.anonymous = User(self, ANONYMOUS, "Group", "GroupAnonymousBot", is_bot=True)
        self.users: dict[int, User] = {user.id: user for user in (self.bot, self.anonymous)}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.commands: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.queries: dict[str, float] = {}  # callback and inline queries: when they were asked
        self.inline_messages: dict[str, Message] = {}
        self._connections: dict[tuple[str, int], asyncio.Transport] = {}
        self._ids = itertools.count(1)
        self._serve()

    # the world

    def user(self, first_name: str = "Ada", *, username: str | None = None, language: str | None = "zh-hans") -> User:
        """A new person."""
        with self.lock:
            user = User(self, 7_000_000_000 + next(self._ids), first_name, username, language)
            self.users[user.id] = user
            return user

    def private(self, user: User) -> Chat:
        with self.lock:
            return self.chats.get(user.id) or self._chat(Chat(self, user.id, "private", peer=user))

    def group(
        self,
        title: str = "Readers",
        *,
        kind: str = "group",
        forum: bool = False,
        admins: tuple[User, ...] = (),
        bot: str | None = "member",
    ) -> Chat:
        """A new group; ``kind="supergroup"`` or a ``forum``, which is one. ``bot`` is what the bot is in it."""
        kind = "supergroup" if forum else kind
        with self.lock:
            number = next(self._ids)
            chat = self._chat(
                Chat(self, -4000 - number if kind == "group" else -1_002_000_000_000 - number, kind, title)
            )
            chat.forum = forum
            chat.members = {user.id: "administrator" for user in admins}
            if bot:
                chat.admit(bot, by=admins[0] if admins else self.anonymous)
            return chat

    def channel(self, title: str = "News", *, username: str | None = None, bot: str | None = "administrator") -> Chat:
        with self.lock:
            chat = self.group(title, kind="channel", bot=None)
            chat.username = username
            if bot:
                chat.admit(bot, by=self.user("Owner"))
            return chat

    def _chat(self, chat: Chat) -> Chat:
        self.chats[chat.id] = chat
        return chat

    def chat(self, number: int | str) -> Chat:
        """The chat with this id or @name, as the bot may know it; 400 if there is none."""
        if isinstance(number, str):
            found = next((c for c in self.chats.values() if c.username and f"@{c.username}" == number), None)
        else:
            found = self.chats.get(number)
        if found is None:
            refuse(400, "chat not found")
        return found

    def status(self, chat: Chat) -> str:
        """What the bot is in this chat."""
        return chat.members.get(self.bot.id, "left")

    def tell(self, kind: str, message: Message) -> int | None:
        return self.updates.put(kind, message.json(), message.chat.id)

    def edit(self, message: Message, text: str) -> int | None:
        """A person edits their message."""
        return message.edit(text)

    def press(self, user: User, message: Message, data: str) -> str:
        with self.lock:
            number = str(next(self._ids) + 10**17)
            self.queries[number] = self.clock.now()
            query = {"id": number, "from": user.json(), "message": message.json(), "data": data}
            self.updates.put("callback_query", query | {"chat_instance": str(message.chat.id)}, message.chat.id)
            return number

    def inline(self, user: User, text: str, offset: str, chat_type: str) -> str:
        with self.lock:
            number = str(next(self._ids) + 10**17)
            self.queries[number] = self.clock.now()
            query = {"id": number, "from": user.json(), "query": text, "offset": offset, "chat_type": chat_type}
            if self.supports_inline:
                self.updates.put("inline_query", query, user.id)
            return number

    def choose(self, query: str, user: User, index: int = 0) -> dict[str, Any]:
        """Take a result of an answered inline query; gives it, and tells the bot (``chosen_inline_result``)."""
        with self.lock:
            answer = self.log.find("answerInlineQuery", where=lambda s: s.payload["inline_query_id"] == query)[-1]
            result = answer.payload["results"][index]
            chosen = {"result_id": result["id"], "from": user.json(), "query": ""}
            self.updates.put("chosen_inline_result", chosen, user.id)
            return result

    # what tests look at

    def wait_for(self, method: str | None = None, **wanted: Any) -> Sent:
        """See ``Log.wait_for``."""
        return self.log.wait_for(method, **wanted)

    def message(self, sent: Sent) -> Message:
        """The message that a request sent or edited."""
        assert sent.chat_id is not None
        assert sent.message_id is not None
        return self.chats[sent.chat_id].messages[sent.message_id]

    def settled(self, timeout: float = 20.0) -> None:
        """Wait until the bot has confirmed every update."""
        self.log.until(lambda: self.updates.pending == 0, timeout, "confirmation of all updates")

    def check(self) -> None:
        """Raise what no refusal could tell the bot."""
        assert not self.violations, "\n".join(self.violations)

    # HTTP

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _serve(self) -> None:
        # named as TCP, or asyncio leaves Nagle's algorithm on and each answer waits 40 ms
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
                Route("/file/bot{token}/documents/{file}", self._download),
            ]
        )
        connections = self._connections

        class Protocol(H11Protocol):
            """Remembers each connection, so that a fault can reset it."""

            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                if self.client:
                    connections[self.client] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                if self.client:
                    connections.pop(self.client, None)
                super().connection_lost(exc)

        config = uvicorn.Config(app, http=Protocol, ws="none", lifespan="off", log_config=None, date_header=False)
        logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # what goes wrong here is scripted
        self._up = threading.Event()
        self._thread = threading.Thread(
            target=asyncio.run, args=(self._run(config),), name="telegram-server", daemon=True
        )
        self._thread.start()
        self._up.wait(10)

    async def _run(self, config: uvicorn.Config) -> None:
        """Serve until ``close``; uvicorn's own loop would look for that ten times a second only."""
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self.updates.attach(self._loop)
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup(sockets=[self._socket])
        deliveries = asyncio.create_task(self.webhook.run())
        self._up.set()
        await self._stop.wait()
        deliveries.cancel()
        await asyncio.gather(deliveries, return_exceptions=True)
        for listener in server.servers:
            listener.close()
        for transport in list(self._connections.values()):
            transport.close()

    def close(self) -> None:
        self.updates.close()
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def _call(self, request: Request) -> Response:
        method = next(
            (name for name in ("getUpdates", *METHODS) if name.lower() == request.path_params["method"].lower()), ""
        )
        if not secrets.compare_digest(request.path_params["token"].encode(), self.token.encode()):
            return refusal(ApiError(401, "Unauthorized"))
        if not method:
            self.violations.append(f"unknown method {request.path_params['method']}")
            return refusal(ApiError(404, "Not Found: method not found"))
        try:
            fields, files = await read(request)
        except ClientDisconnect:  # whoever sent it is gone, so it never arrived
            self.broken += 1
            return Response(status_code=499)
        await self._travel(method)
        try:
            payload = judge.request(method, fields)
        except judge.Violation as violation:
            self.violations.append(str(violation))
            return self._noted(method, fields, ApiError(400, f"Bad Request: {violation}"))
        fault = self.faults.take(method, payload)
        if fault and fault.kind == "reset_before":
            return self._reset(request)
        if fault and fault.kind == "refuse" and fault.error:
            return self._noted(method, payload, fault.error)
        try:
            result = await self._perform(method, payload, files)
        except ApiError as error:
            return self._noted(method, payload, error)
        except judge.Violation as violation:
            self.violations.append(f"the server's own result: {violation}")
            return refusal(ApiError(500, "Internal Server Error"))
        if method != "getUpdates":
            self.log.add(
                time=self.clock.now(),
                method=method,
                payload=payload,
                code=200,
                description="",
                result=result,
                lost=fault is not None,
            )
        else:
            self.log.poke()
        await self._travel(method)
        return await self._answer(request, fault, result)

    async def _travel(self, method: str) -> None:
        if self.latency and method != "getUpdates":
            await asyncio.sleep(random.uniform(0, self.latency))

    async def _perform(self, method: str, payload: dict[str, Any], files: dict[str, File]) -> Any:
        if method == "getUpdates":
            self.updates.want(payload.get("allowed_updates"))
            limit = min(max(payload.get("limit") or 100, 1), 100)
            return await self.updates.poll(payload.get("offset") or 0, limit, min(payload.get("timeout") or 0, 50))
        perform, kind = METHODS[method]
        with self.lock:
            return judge.result(kind, perform(self, payload, files))

    def _noted(self, method: str, payload: dict[str, Any], error: ApiError) -> Response:
        if method != "getUpdates":
            self.log.add(
                time=self.clock.now(),
                method=method,
                payload=payload,
                code=error.code,
                description=error.description,
                result=None,
            )
        return refusal(error)

    async def _answer(self, request: Request, fault: Fault | None, result: Any) -> Response:
        """The answer, or what a fault makes of it once the request has taken effect."""
        answer = JSONResponse({"ok": True, "result": result})
        if fault is None:
            return answer
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        elif fault.kind == "lost" and fault.error:
            return refusal(fault.error)
        elif fault.kind == "reset_after":
            return self._reset(request)
        elif fault.kind == "cut":
            return Cut(answer, lambda: self._reset(request))
        return answer

    def _reset(self, request: Request) -> Response:
        """Drop the connection with an RST."""
        if request.client and (transport := self._connections.get((request.client.host, request.client.port))):
            with suppress(OSError):
                transport.get_extra_info("socket").setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                )
            transport.abort()
        return Response(status_code=499)  # nobody hears it

    async def _download(self, request: Request) -> Response:
        file = self.files.get(request.path_params["file"])
        if file is None or request.path_params["token"] != self.token:
            return Response(status_code=404)
        return Response(file.body, media_type="application/octet-stream")
