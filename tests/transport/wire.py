"""What the tests of transports share: a real server, and one face for the sync and async twins."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import rhev.transport as t
from rhev.transport import Request, Response

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator, Sequence


@dataclass
class Lost:
    """An answer that never comes: the server closes the connection after reading the request."""


@dataclass
class Answer:
    status: int = 200
    content: bytes = b"hello"
    headers: Sequence[tuple[str, str]] = ()
    chunked: bool = False


@dataclass
class Received:
    method: str
    path: str
    headers: dict[str, str]
    content: bytes


@dataclass
class Server:
    """An HTTP server on 127.0.0.1 that remembers what it received."""

    url: str
    received: list[Received] = field(default_factory=list)


@contextmanager
def serving(
    handle: Callable[[Received], Answer | Lost], tls: ssl.SSLContext | None = None
) -> Iterator[Server]:
    """Run a server whose answers are made by a function."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("content-length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            received = Received(self.command, self.path, headers, self.rfile.read(length))
            server.received.append(received)
            answer = handle(received)
            if isinstance(answer, Lost):
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            if answer.chunked:
                self.send_header("transfer-encoding", "chunked")
            else:
                self.send_header("content-length", str(len(answer.content)))
            self.end_headers()
            if self.command == "HEAD":
                return
            if answer.chunked:
                self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(answer.content), answer.content))
            else:
                self.wfile.write(answer.content)

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - http.server's names

        def log_message(self, *args: object) -> None:
            """Keep the tests' output for the tests."""

    class Quiet(ThreadingHTTPServer):
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is part of the tests."""

    httpd = Quiet(("127.0.0.1", 0), Handler)
    if tls is not None:
        httpd.socket = tls.wrap_socket(httpd.socket, server_side=True)
    scheme = "http" if tls is None else "https"
    server = Server(f"{scheme}://127.0.0.1:{httpd.server_port}")
    thread = threading.Thread(target=httpd.serve_forever, args=(0.001,))
    thread.start()
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def answering(*answers: Answer | Lost) -> Callable[[Received], Answer | Lost]:
    """Give these answers in their order, and the last one from then on."""
    left = list(answers)
    lock = threading.Lock()

    def handle(received: Received) -> Answer | Lost:
        with lock:
            return left.pop(0) if len(left) > 1 else left[0]

    return handle


class Scripted:
    """A transport in memory whose outcomes are listed, or made by a function."""

    def __init__(self, *outcomes: Response | Exception | Callable[[Request], Response]) -> None:
        self.outcomes = list(outcomes)
        self.seen: list[Request] = []
        self.closed = False

    def send(self, request: Request) -> Response:
        self.seen.append(request)
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome if isinstance(outcome, Response) else outcome(request)

    def close(self) -> None:
        self.closed = True


class _Async:
    def __init__(self, transport: Any) -> None:
        self.transport = transport

    async def send(self, request: Request) -> Response:
        await asyncio.sleep(0)
        response: Response = self.transport.send(request)
        return response

    async def close(self) -> None:
        self.transport.close()


Outcome = Response | Exception


class Sync:
    """The synchronous transports."""

    def __repr__(self) -> str:
        return "sync"

    http: Any = t.HttpTransport
    retry: Any = t.RetryTransport
    auth: Any = t.AuthTransport
    recording: Any = t.RecordingTransport
    replay: Any = t.ReplayTransport

    def over(self, scripted: Scripted) -> Any:
        return scripted

    def sleeper(self, slept: Callable[[float], None]) -> Any:
        return slept

    def play(self, transport: Any, *requests: Request) -> list[Outcome]:
        """Send the requests one after the other, then close."""
        outcomes: list[Outcome] = []
        for request in requests:
            try:
                outcomes.append(transport.send(request))
            except Exception as error:
                outcomes.append(error)
        transport.close()
        return outcomes

    def together(self, transport: Any, *requests: Request) -> list[Outcome]:
        """Send the requests at the same time, then close."""
        outcomes: dict[int, Outcome] = {}
        start = threading.Barrier(len(requests))

        def send(number: int, request: Request) -> None:
            start.wait()
            try:
                outcomes[number] = transport.send(request)
            except Exception as error:
                outcomes[number] = error

        threads = [threading.Thread(target=send, args=pair) for pair in enumerate(requests)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        transport.close()
        return [outcomes[number] for number in range(len(requests))]

    def closed_meanwhile(
        self, transport: Any, request: Request, closing: Iterator[None]
    ) -> list[Outcome]:
        """Send a request, and close while it is under way: between the steps of an iterator."""
        closer = threading.Thread(target=lambda: [transport.close() for _ in closing])
        closer.start()
        outcomes = self.play(transport, request)
        closer.join()
        return outcomes


class Async(Sync):
    """Their asynchronous twins, to be driven in the same way."""

    def __repr__(self) -> str:
        return "async"

    http = t.AsyncHttpTransport
    retry = t.AsyncRetryTransport
    auth = t.AsyncAuthTransport
    recording = t.AsyncRecordingTransport
    replay = t.AsyncReplayTransport

    def over(self, scripted: Scripted) -> Any:
        return _Async(scripted)

    def sleeper(self, slept: Callable[[float], None]) -> Any:
        async def sleep(seconds: float) -> None:
            slept(seconds)

        return sleep

    def play(self, transport: Any, *requests: Request) -> list[Outcome]:
        async def main() -> list[Outcome]:
            outcomes: list[Outcome] = []
            for request in requests:
                try:
                    outcomes.append(await transport.send(request))
                except Exception as error:
                    outcomes.append(error)
            await transport.close()
            return outcomes

        return asyncio.run(main())

    def together(self, transport: Any, *requests: Request) -> list[Outcome]:
        async def main() -> list[Outcome]:
            sent = [transport.send(request) for request in requests]
            outcomes = await asyncio.gather(*sent, return_exceptions=True)
            await transport.close()
            return [one for one in outcomes if isinstance(one, Response | Exception)]

        return asyncio.run(main())

    def closed_meanwhile(
        self, transport: Any, request: Request, closing: Iterator[None]
    ) -> list[Outcome]:
        async def main() -> list[Outcome]:
            sent = asyncio.create_task(transport.send(request))
            while await asyncio.to_thread(next, closing, 0) is None:
                await transport.close()
            outcome = (await asyncio.gather(sent, return_exceptions=True))[0]
            return [outcome] if isinstance(outcome, Response | Exception) else []

        return asyncio.run(main())


class ByAiohttp(Async):
    """The asynchronous transports, over aiohttp."""

    def __repr__(self) -> str:
        return "aiohttp"

    @property
    def http(self) -> Any:  # type: ignore[override]
        return t.AiohttpTransport


FACES = (Sync(), Async())
WIRES = (*FACES, ByAiohttp())


def response(outcome: Outcome) -> Response:
    """The outcome, which must be a response."""
    assert isinstance(outcome, Response), repr(outcome)
    return outcome
