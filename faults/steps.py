"""What can happen to one exchange: the words in which the catalogue is written.

What the engine's own rules can do is a :class:`rhev.simulator.FaultRule`, and what takes a hand on
the wire a :class:`~faults.proxy.Step`. What ``forged`` and ``unsent`` and their like name, the
engine is never asked; after ``lost``, ``cut``, ``changed`` and ``slowly`` it has done the work.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias
from urllib.parse import quote

from faults.proxy import Answer, Exchange, Step
from rhev.simulator import FaultRule
from rhev.transport import Response, header

if TYPE_CHECKING:
    from collections.abc import Callable

End: TypeAlias = Literal["close", "reset", "stall"]
Change: TypeAlias = "Callable[[Answer], Answer | bytes]"

HTML = b"<html><head><title>Please log in</title></head><body><p>Welcome.</p></body></html>"
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


async def _end(exchange: Exchange, how: End) -> None:
    await {"close": exchange.close, "reset": exchange.reset, "stall": exchange.stall}[how]()


def page(status: int, body: bytes = HTML, kind: str = "text/html", **headers: str) -> Response:
    """What something else than the engine answers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, {"content-type": kind, **named} if kind else named, body)


def forged(answer: Response) -> FaultRule:
    """Something else answers in the engine's place."""
    return FaultRule(answer=answer, received=False)


def unsent(how: End) -> Step:
    """The connection ends when the head of the request has come."""
    return lambda exchange: _end(exchange, how)


def swallowed(how: End) -> FaultRule:
    """The whole request has come, but does not reach the engine."""
    return FaultRule(received=False, sent=0, end=how)


def lost(how: End, sent: float = 0) -> FaultRule:
    """The engine did it, and nothing of its answer comes, or a share of its body."""
    return FaultRule(sent=sent, end=how)


def instead(answer: Response) -> FaultRule:
    """The engine did it, and something else answers."""
    return FaultRule(answer=answer)


def replaced(change: Callable[[Response], Response]) -> FaultRule:
    """The engine did it, and its answer comes with another head or body than it gave it."""
    return FaultRule(answer=lambda request, response: change(response))


def changed(change: Change) -> Step:
    """The engine did it, and its answer comes otherwise than it gave it."""

    async def step(exchange: Exchange) -> None:
        answer = change(await exchange.forward())
        await exchange.send(answer if isinstance(answer, bytes) else answer.encoded())

    return step


def cut(change: Change, how: End) -> Step:
    """The engine did it, a part of its answer comes, and then the connection ends."""

    async def step(exchange: Exchange) -> None:
        await changed(change)(exchange)
        await asyncio.sleep(0.02)  # so that a reset does not take along what was sent
        await _end(exchange, how)

    return step


def slowly(change: Change, pause: float = 0.2, then: bytes = b"") -> Step:
    """The engine did it, and its answer comes byte by byte; ``then`` what follows for ever."""

    async def step(exchange: Exchange) -> None:
        answer = change(await exchange.forward())
        data = answer if isinstance(answer, bytes) else answer.encoded()
        if not then:
            for byte in data:
                await exchange.send(bytes([byte]))
                await asyncio.sleep(pause)
            return
        await exchange.send(data)
        while True:
            await asyncio.sleep(pause)
            await exchange.send(then)

    return step


def before(data: bytes, pause: float = 0.0, times: int = 1) -> Step:
    """Something comes before the answer: once, several times, or (0) for ever."""

    async def step(exchange: Exchange) -> None:
        answer = await exchange.forward()
        sent = 0
        while not times or sent < times:
            await exchange.send(data)
            await asyncio.sleep(pause)
            sent += 1
        await exchange.send(answer.encoded())

    return step


async def another(exchange: Exchange) -> None:
    """The engine did it, and the answer is that to the same question about something else."""
    answer = await exchange.forward()
    name = quote("web-01") if "web" not in exchange.path else quote("db")
    path = exchange.path.partition("?")[0]
    root = "/ovirt-engine/api"
    if _ID.search(path):
        collection = _ID.split(path)[0]
        everyone = await exchange.fetch(collection)
        own = set(_ID.findall(path))
        others = re.findall(rf"{collection}({_ID.pattern})".encode(), everyone.body)
        other = next(each.decode() for each in others if each.decode() not in own)
        path = f"{collection}{other}"
    elif path == root or path.startswith("/ovirt-engine/s"):
        path = f"{root}/vms?search=name%3D{name}"
    else:
        path = f"{root}/vms?search=name%3D{name}&max=1"
    crossed = await exchange.fetch(path)
    await exchange.send((crossed if crossed.status < 300 else answer).encoded())


async def previous(exchange: Exchange) -> None:
    """The engine did it, and each answer is the one to the request before."""
    proxy = exchange.connection.proxy
    answer = await exchange.forward()
    late, proxy.previous = proxy.previous or Answer(body=HTML), answer
    await exchange.send(late.encoded())


# What becomes of an answer.


def head_part(share: float) -> Change:
    """The first part of the head, by its share."""
    return lambda a: a.head()[: int(len(a.head()) * share)]


def chunked(ending: bytes = b"0\r\n\r\n", share: float = 1) -> Change:
    """In two chunks, the second of which may be cut off, and what comes last."""

    def change(answer: Answer) -> bytes:
        half = len(answer.body) // 2
        parts = [answer.body[:half], answer.body[half:]]
        first, second = (b"%x\r\n%b\r\n" % (len(each), each) if each else b"" for each in parts)
        cut = second if share == 1 else second[: int(len(second) * share)]
        return answer.head("Transfer-Encoding: chunked") + first + cut + ending

    return change


def labelled(coding: str, encode: Callable[[bytes], bytes]) -> Change:
    """Compressed, or what is said to be."""
    return lambda a: a.but(encode(a.body), content_encoding=coding)


def with_head(*headers: tuple[str, str], framing: str | None = None) -> Change:
    """With more headers, or another length."""

    def change(answer: Answer) -> bytes:
        more = Answer(answer.status, answer.headers + headers, answer.body, answer.reason)
        return more.head(framing) + answer.body

    return change


def nested(body: bytes) -> bytes:
    """Compressed twice."""
    return gzip.compress(gzip.compress(body))


def bomb(body: bytes) -> bytes:
    """A kilobyte for every megabyte: 300 of them."""
    pack = zlib.compressobj(9, wbits=31)
    zeros = bytes(2**20)
    return b"".join([pack.compress(zeros) for _ in range(300)] + [pack.flush()])


def without_end(body: bytes) -> bytes:
    """Compressed, and cut off."""
    return gzip.compress(body)[:-9]


def garbled(body: bytes) -> bytes:
    """With other bytes in its middle."""
    middle = len(body) // 2
    return body[: middle - 8] + b"\x00\xff\xfe{<]\x80" + body[middle:]


def body(change: Callable[[bytes], bytes]) -> FaultRule:
    """With another body."""
    return replaced(lambda a: replace(a, content=change(a.content)))


def kind(content_type: str) -> FaultRule:
    """With another content type, or none."""
    return replaced(lambda a: replace(a, headers={**a.headers, "content-type": content_type}))


def with_member(name: str, value: object, element: bytes) -> FaultRule:
    """With one member more in its document, where it has one."""

    def change(answer: Response) -> Response:
        if is_xml(answer):
            most, end, root = answer.content.rpartition(b"</")
            return replace(answer, content=most + element + end + root)
        if "json" not in (header(answer.headers, "content-type") or ""):
            return answer
        document = {**json.loads(answer.content), name: value}
        return replace(answer, content=json.dumps(document).encode())

    return replaced(change)


def is_xml(answer: Response) -> bool:
    """Whether an answer is on the wire of XML."""
    return "xml" in (header(answer.headers, "content-type") or "")


def documents(as_json: bytes, as_xml: bytes) -> FaultRule:
    """Another document, on the wire of the answer."""
    return replaced(lambda a: replace(a, content=as_xml if is_xml(a) else as_json))
