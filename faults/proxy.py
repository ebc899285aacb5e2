"""A proxy on a loopback port that reads HTTP well enough to spoil it.

It passes everything on until it is armed with a :class:`Script`, which says what happens to the
exchanges from then on. It runs in a thread of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import socket
import struct
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Self, TypeAlias, TypeVar

from rhev.simulator import FaultRule

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Coroutine
    from concurrent.futures import Future

T = TypeVar("T")

HOST = "127.0.0.1"
TOKEN_PATH = "/ovirt-engine/sso/"  # noqa: S105 - a path
LOGOUT_PATH = "/ovirt-engine/services/sso-logout"
# Nothing here is sent or read more than a few times, and no head is longer than this.
_LONGEST_HEAD = 2**20


class Ended(Exception):
    """The connection was ended, as the script says."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, as it is going to be sent. Header names are written as they are here."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    reason: str = "Some Reason"

    def header(self, name: str) -> str:
        """The value of a header, or an empty text."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def but(self, body: bytes | None = None, **headers: str) -> Answer:
        """The same with another body, or other headers: ``content_type="text/html"``."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kept = tuple((key, value) for key, value in self.headers if key.lower() not in named)
        return replace(
            self, headers=kept + tuple(named.items()), body=self.body if body is None else body
        )

    def head(self, framing: str | None = None) -> bytes:
        """The bytes before the body, with its length unless ``framing`` says otherwise."""
        lines = [f"HTTP/1.1 {self.status} {self.reason}"]
        lines += [f"{key}: {value}" for key, value in self.headers]
        if framing is None and self.status != 204:
            framing = f"Content-Length: {len(self.body)}"
        lines += [framing] if framing else []
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def encoded(self) -> bytes:
        """The whole."""
        return self.head() + self.body


@dataclass(eq=False)
class Exchange:
    """A request of which the head has come, and what can be done about it."""

    method: str
    path: str
    headers: dict[str, str]
    connection: Connection
    head: bytes
    content: bytes | None = None

    async def request(self) -> bytes:
        """The body of the request, read to its end."""
        if self.content is None:
            length = int(self.headers.get("content-length", "0"))
            self.content = await self.connection.reader.readexactly(length)
        return self.content

    async def forward(self) -> Answer:
        """What the engine answers to the request: it has done what it was asked then."""
        return await self.connection.ask(self.head + await self.request())

    async def fetch(self, path: str) -> Answer:
        """What the engine answers to someone else, who asks for a path with the same headers."""
        _, _, rest = self.head.partition(b"\r\n")
        own = (b"content-", b"correlation-id")
        lines = [line for line in rest.split(b"\r\n") if not line.lower().startswith(own)]
        lines.insert(0, b"Correlation-Id: someone-else")
        return await self.connection.ask(f"GET {path} HTTP/1.1\r\n".encode() + b"\r\n".join(lines))

    async def send(self, data: bytes) -> None:
        """Send the client some bytes."""
        self.connection.writer.write(data)
        await self.connection.writer.drain()

    async def close(self) -> None:
        """End the connection in order."""
        raise Ended

    async def reset(self) -> None:
        """End the connection at once, with what is on its way."""
        self.connection.reset()
        raise Ended

    async def stall(self) -> None:
        """Say nothing more, for ever."""
        await asyncio.sleep(3600)


Step: TypeAlias = "Callable[[Exchange], Awaitable[None]]"
Happening: TypeAlias = "Step | FaultRule"
Place: TypeAlias = Literal["all", "api", "token"]
_PATHS: dict[Place, str] = {
    "all": "/ovirt-engine/**",
    "api": "/ovirt-engine/api**",
    "token": f"{TOKEN_PATH}**",
}


async def passing(exchange: Exchange) -> None:
    """The exchange as it should be."""
    answer = await exchange.forward()
    exchange.connection.proxy.previous = answer
    await exchange.send(answer.encoded())


@dataclass(frozen=True)
class Script:
    """What goes wrong.

    ``steps`` are what happens to the first, the second ... exchange; the last of them happens to
    all that follow, or, if the fault is there ``once``, nothing more does. ``place`` says which
    exchanges count: all, those with the API, or those with the token service. Of connections:
    ``accepted`` is what happens to a new one, in the place of everything else, ``gone`` the
    seconds for which there is nobody to accept one, and ``full`` says that none is accepted. The
    connections that there were are lost with each of these. ``expires`` makes tokens worthless.
    ``rules`` are the engine's own, in the place of steps: nothing has to stand before it then.
    """

    steps: tuple[Step, ...] = ()
    rules: tuple[FaultRule, ...] = ()
    once: bool = False
    place: Place = "all"
    accepted: Callable[[Connection], Awaitable[None]] | None = None
    gone: float = 0
    full: bool = False
    expires: bool = False

    @classmethod
    def of(
        cls, *what: Happening, once: bool = False, place: Place = "all", expires: bool = False
    ) -> Script:
        """The script of steps, or of rules."""
        steps = tuple(each for each in what if not isinstance(each, FaultRule))
        given = [each for each in what if isinstance(each, FaultRule)]
        if steps and given:
            raise TypeError("what happens is done by steps, or by rules, and not by both")
        last = len(given) - 1
        rules = tuple(
            replace(rule, path=_PATHS[place], times=1 if once or number < last else None)
            for number, rule in enumerate(given)
        )
        return cls(steps, rules, once, place, expires=expires)

    def step(self, number: int) -> Step:
        """What happens to an exchange, by its number from 0."""
        if number < len(self.steps):
            return self.steps[number]
        return passing if self.once or not self.steps else self.steps[-1]

    def minds(self, exchange: Exchange) -> bool:
        """Whether an exchange counts."""
        is_token = exchange.path.startswith(TOKEN_PATH)
        is_api = not is_token and not exchange.path.startswith(LOGOUT_PATH)
        return {"all": True, "token": is_token, "api": is_api}[self.place]


@dataclass(eq=False)
class Connection:
    """A connection of a client, and the one to the engine that goes with it."""

    proxy: Proxy
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    engine: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> Answer:
        """The engine's answer to a request."""
        if self.engine is None:
            self.engine = await asyncio.open_connection(HOST, self.proxy.engine_port)
        reader, writer = self.engine
        writer.write(request)
        start, headers = _parsed(await reader.readuntil(b"\r\n\r\n"))
        named = {key.lower(): value for key, value in headers}
        body = await reader.readexactly(int(named.get("content-length", "0")))
        kept = tuple(pair for pair in headers if pair[0].lower() != "content-length")
        _, status, reason = start.split(" ", 2)
        return Answer(int(status), kept, body, reason)

    async def serve(self) -> None:
        """Take the requests of the client until one side has enough."""
        while True:
            head = await self.reader.readuntil(b"\r\n\r\n")
            start, headers = _parsed(head)
            method, path, _ = start.split(" ", 2)
            named = {key.lower(): value for key, value in headers}
            exchange = Exchange(method, path, named, self, head)
            await self.proxy.next_step(exchange)(exchange)
            await exchange.request()

    def reset(self) -> None:
        """End the connection at once, with what is on its way."""
        raw: socket.socket = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    def close(self) -> None:
        """Close both sides."""
        self.writer.close()
        if self.engine is not None:
            self.engine[1].close()


def _parsed(head: bytes) -> tuple[str, list[tuple[str, str]]]:
    start, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return start, [(key.strip(), value.strip()) for key, _, value in pairs]


@dataclass(eq=False)
class Proxy:
    """Stands before the engine at a port; ``port`` is its own. It is a context manager."""

    engine_port: int
    tls: ssl.SSLContext | None = None
    port: int = 0
    previous: Answer | None = None
    _script: Script = field(default_factory=Script)
    _count: int = 0
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _later: asyncio.Task[None] | None = None
    _held: list[socket.socket] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="faults-proxy", daemon=True)
        self._thread.start()
        self._do(self._listen())
        return self

    def __exit__(self, *exception: object) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def arm(self, script: Script) -> None:
        """Have everything from now on go as a script says."""
        self._do(self._arm(script))

    def disarm(self) -> None:
        """Have everything go well again, over new connections."""
        self._do(self._disarm())

    def next_step(self, exchange: Exchange) -> Step:
        """What happens to an exchange whose turn it is."""
        if not self._script.minds(exchange):
            return passing
        self._count += 1
        return self._script.step(self._count - 1)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    def _do(self, coroutine: Coroutine[object, object, T]) -> T:
        done: Future[T] = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        return done.result()

    async def _listen(self) -> None:
        tls = None if self._script.accepted else self.tls
        self._server = await asyncio.start_server(
            self._take, HOST, self.port, ssl=tls, limit=_LONGEST_HEAD, reuse_address=True
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def _arm(self, script: Script) -> None:
        self._script, self._count = script, 0
        if not (script.accepted or script.gone or script.full):
            return
        await self._drop()
        if script.full:
            self._fill()
        elif script.gone:
            self._hold()
            self._later = asyncio.create_task(self._return(script.gone))
        else:
            await self._listen()

    async def _return(self, seconds: float) -> None:
        if seconds < math.inf:
            await asyncio.sleep(seconds)
            self._let_go()
            await self._listen()

    async def _disarm(self) -> None:
        await self._drop()
        self._script = Script()
        await self._listen()

    def _fill(self) -> None:
        """Listen, and leave no room among those who wait to be accepted."""
        listener = socket.create_server((HOST, self.port), backlog=0)
        self._held = [listener]
        for _ in range(3):
            waiting = socket.socket()
            waiting.setblocking(False)
            waiting.connect_ex((HOST, self.port))
            self._held.append(waiting)

    def _hold(self) -> None:
        """Keep the port, at which nobody listens: it could become someone else's."""
        holder = socket.socket()
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind((HOST, self.port))
        self._held = [holder]

    async def _drop(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None
        self._let_go()
        if self._server is not None:
            self._server.close()
            self._server = None
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _let_go(self) -> None:
        for each in self._held:
            each.close()
        self._held = []

    async def _end(self) -> None:
        await self._drop()
        later = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in later:
            task.cancel()
        await asyncio.gather(*later, return_exceptions=True)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a connection is served by a task")
        self._tasks.add(task)
        connection = Connection(self, reader, writer)
        serve = self._script.accepted
        try:
            # What ends in the middle is what a client that gives up leaves behind.
            with contextlib.suppress(Ended, OSError, EOFError, asyncio.CancelledError):
                await (serve(connection) if serve else connection.serve())
        finally:
            connection.close()
            self._tasks.discard(task)
