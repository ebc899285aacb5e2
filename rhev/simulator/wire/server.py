"""The engine on a port of this machine, over HTTP or HTTPS."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import logging
import re
import socket
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from rhev import errors
from rhev.simulator.state.store import ROOT
from rhev.transport.base import Request, Response, header

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

_log = logging.getLogger(__name__)

# How long what is under way when a server is closed may take, in seconds.
_PATIENCE = 5.0
# How many requests are answered at a time: most of them only wait for their turn.
_AT_ONCE = 64


class Server:
    """Serves an engine until it is closed; ``url`` is the address of its entry point.

    The requests are read and the answers sent in one thread, by aiohttp; each request is answered
    in one of another few, so that one that takes its time holds up no other.
    """

    def __init__(
        self,
        handle: Callable[[Request], Response],
        username: str,
        password: str,
        host: str = "127.0.0.1",
        port: int = 0,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.username = username
        self.password = password
        self._handle = handle
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family, backlog=128)
        name = f"[{host}]" if ":" in host else host
        scheme = "https" if context else "http"
        self.url: str = f"{scheme}://{name}:{listening.getsockname()[1]}{ROOT}"
        started: Future[None] = Future()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(listening, context, started)),
            name="rhev-engine",
            daemon=True,
        )
        self._thread.start()
        started.result()

    def __repr__(self) -> str:
        return f"<Server at {self.url}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Stops serving: what is under way is answered, and connections that wait are closed."""
        with contextlib.suppress(RuntimeError):  # it is closed already
            self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()

    def wait(self) -> None:
        """Returns when the server is closed."""
        self._thread.join()

    async def _serve(
        self, listening: socket.socket, context: ssl.SSLContext | None, started: Future[None]
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()
        self._workers = ThreadPoolExecutor(_AT_ONCE, "rhev-engine")
        try:
            from rhev.simulator.wire.listener import Listener
        except ImportError:
            listening.close()
            started.set_exception(
                errors.ConfigurationError(
                    "serving an engine needs the package aiohttp: pip install 'rhev[serve]'"
                )
            )
            return
        listener = Listener(self._answer, _log)
        accepting = await self._loop.create_server(listener, sock=listening, ssl=context)
        started.set_result(None)
        await self._ended.wait()
        accepting.close()
        self._workers.shutdown(wait=await listener.close(_PATIENCE))

    async def _answer(self, request: Request) -> Response:
        return await self._loop.run_in_executor(self._workers, self._answered, request)

    def _answered(self, request: Request) -> Response:
        try:
            return packed(request, self._handle(request))
        except Exception:
            _log.exception("%s %s failed", request.method, request.url.partition("?")[0])
            return Response(500, {})


def packed(request: Request, response: Response) -> Response:
    """The response with its body compressed, if that was asked for."""
    codings = (header(request.headers, "Accept-Encoding") or "").lower()
    is_part = response.status == 206
    if is_part or not response.content or not _GZIP.search(codings):
        return response
    headers = {**response.headers, "content-encoding": "gzip"}
    content = gzip.compress(response.content, compresslevel=1)
    return replace(response, headers=headers, content=content)


_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
