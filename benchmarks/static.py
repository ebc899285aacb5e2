"""A server in a process of its own, which costs those that are measured nothing but the wire.

``python -m benchmarks.static`` reads the pages as JSON, texts by path for each of the two wires,
prints its port, and serves until its input ends.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks.server import BASE, pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from benchmarks.server import Answers


@contextmanager
def serving_apart(answers: Answers) -> Iterator[str]:
    """The address of an entry point, below which ``answers`` are served as long as this lasts."""
    texts = {path: [text.decode() for text in pair] for path, pair in pages(answers).items()}
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.static"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(texts).encode() + b"\n")
        process.stdin.flush()
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}{BASE}"
        finally:
            process.stdin.close()


class _Static(asyncio.Protocol):
    """One client's connection: every head that comes is answered with a page."""

    def __init__(self, answers: Mapping[bytes, tuple[bytes, bytes]]) -> None:
        self._answers = answers
        self._unread = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *heads, self._unread = (self._unread + data).split(b"\r\n\r\n")
        for head in heads:
            path = head.split(b" ", 2)[1].rstrip(b"/")
            assert self._transport is not None
            self._transport.write(self._answers[path][b"application/json" not in head])


def _whole(text: str, kind: str) -> bytes:
    content = text.encode()
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/{kind}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


async def _main() -> None:
    loop = asyncio.get_running_loop()
    texts: dict[str, list[str]] = json.loads(sys.stdin.buffer.readline())
    answers = {
        path.encode(): (_whole(as_json, "json"), _whole(as_xml, "xml"))
        for path, (as_json, as_xml) in texts.items()
    }
    server = await loop.create_server(lambda: _Static(answers), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.buffer.read)


if __name__ == "__main__":
    asyncio.run(_main())
