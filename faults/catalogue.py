"""The faults, a line each, by what they are of: what an error of each may be is the judge's."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from faults import steps as s
from faults.proxy import Answer, Connection, Happening, Script

if TYPE_CHECKING:
    from rhev.transport import Response

Kind: TypeAlias = Literal[
    "connect", "lost", "slow", "gateway", "captive", "crossed", "compressed", "content",
    "protocol", "session", "token",
]  # fmt: skip
# Who gets over it: whoever repeats what may be repeated, everyone (also a POST), or no one.
# Silence is not for an update, which may be under way still and must not come twice.
Overcome: TypeAlias = Literal["repeated", "silence", "always", "never"]


@dataclass(frozen=True)
class Fault:
    """A fault. ``told_apart`` is False for what no client can tell from an answer of the engine.

    ``overcome`` is by whom it has to be got over.
    """

    name: str
    kind: Kind
    script: Script
    overcome: Overcome = "never"
    told_apart: bool = True
    tls: bool = False


async def _reset(connection: Connection) -> None:
    connection.reset()


async def _close(connection: Connection) -> None:
    """It is closed when this returns."""


async def _silence(connection: Connection) -> None:
    while await connection.reader.read(1024):
        pass


async def _garbage(connection: Connection) -> None:
    await connection.reader.read(1)
    connection.writer.write(b"\x15\x03\x01\x00\x02\x02\x46 neither TLS nor HTTP\r\n\r\n" * 3)
    await connection.writer.drain()


def _always(name: str, kind: Kind, *steps: Happening) -> Fault:
    return Fault(name, kind, Script.of(*steps))


def _once(name: str, kind: Kind, *steps: Happening, overcome: Overcome = "repeated") -> Fault:
    return Fault(name, kind, Script.of(*steps, once=True), overcome)


def _token(name: str, *steps: Happening) -> Fault:
    return Fault(name, "token", Script.of(*steps, place="token", expires=True))


_FORBIDDEN = s.page(401, b"<html><head><title>Error</title></head><body>Unauthorized</body></html>")
_BRACKETS = b"[" * 100_000
_HUGE = b'{"access_token": "' + b"x" * 2_000_000 + b'"}'
_ELSEWHERE = "http://127.0.0.1:9/login"
_NOT_FOUND = s.page(404)
_EMPTY = s.page(404, b"", "")
_BUSY = s.page(503, b"Service Unavailable", "text/plain")


def _busy(until: str) -> Response:
    return s.page(503, b"Service Unavailable", "text/plain", retry_after=until)


_NEVER = "Fri, 01 Jan 2100 00:00:00 +99999999999999"
_REFUSED = b'{"error_code": "access_denied", "error": "Cannot authenticate user."}'

_LINKS = s.with_member("link", [{"rel": ["x"], "href": {}}], b"<link/>")
_DIGITS = b"9" * 5000  # more than Python makes a number of
_NUMBER = s.documents(b'{"memory": %b}' % _DIGITS, b"<vm><memory>%b</memory></vm>" % _DIGITS)

FAULTS: tuple[Fault, ...] = (
    # Connecting.
    Fault("refused", "connect", Script(gone=math.inf)),
    Fault("refused-briefly", "connect", Script(gone=0.08), "always"),
    Fault("not-accepted", "connect", Script(full=True)),
    Fault("accepted-reset", "connect", Script(accepted=_reset)),
    Fault("accepted-closed", "connect", Script(accepted=_close)),
    Fault("accepted-silent", "connect", Script(accepted=_silence)),
    Fault("accepted-garbage", "connect", Script(accepted=_garbage)),
    Fault("tls-garbage", "connect", Script(accepted=_garbage), tls=True),
    Fault("tls-reset", "connect", Script(accepted=_reset), tls=True),
    Fault("tls-silent", "connect", Script(accepted=_silence), tls=True),
    Fault("restarted", "connect", Script(gone=0.08, expires=True), "always"),
    # While the request is sent, and before the engine has it.
    _once("head-closed-once", "lost", s.unsent("close")),
    _once("head-reset-once", "lost", s.unsent("reset")),
    _always("head-reset", "lost", s.unsent("reset")),
    _once("request-closed-once", "lost", s.swallowed("close")),
    _always("request-closed", "lost", s.swallowed("close")),
    _once("request-stalled-once", "lost", s.swallowed("stall"), overcome="silence"),
    _always("request-stalled", "lost", s.swallowed("stall")),
    # The engine did it, and its answer is lost.
    _once("lost-closed-once", "lost", s.lost("close")),
    _always("lost-closed", "lost", s.lost("close")),
    _once("lost-reset-once", "lost", s.lost("reset")),
    _once("lost-stalled-once", "lost", s.lost("stall")),
    _always("lost-stalled", "lost", s.lost("stall")),
    _always("cut-in-status-line", "lost", s.cut(lambda a: b"HTTP/1.1 20", "close")),
    _always("cut-in-head", "lost", s.cut(s.head_part(0.7), "close")),
    _always("cut-in-head-stalled", "lost", s.cut(s.head_part(0.7), "stall")),
    _once("cut-in-body-once", "lost", s.lost("close", 0.6)),
    _always("cut-in-body-reset", "lost", s.lost("reset", 0.6)),
    _always("cut-in-body-stalled", "lost", s.lost("stall", 0.6)),
    _always("cut-in-chunk", "lost", s.cut(s.chunked(b"", 0.5), "close")),
    _always("cut-before-last-chunk", "lost", s.cut(s.chunked(b""), "close")),
    # Slow, but never silent.
    _always("slow-head", "slow", s.slowly(Answer.encoded)),
    _always("slow-body", "slow", s.slowly(Answer.head, 0.1, b"{")),
    _always("endless-chunks", "slow", s.slowly(s.chunked(b""), 0.02, b"1\r\n \r\n")),
    _always("endless-trailers", "slow", s.slowly(s.chunked(b"0\r\n"), 0.02, b"X-T: 1\r\n")),
    _always("endless-headers", "slow", s.slowly(s.head_part(0.9), 0.02, b"\r\nX-H: 1")),
    _always("endless-continue", "slow", s.before(b"HTTP/1.1 100 Continue\r\n\r\n", 0.02, 0)),
    # What gateways say.
    _once("gateway-502-once", "gateway", s.forged(s.page(502))),
    _always("gateway-503", "gateway", s.forged(_BUSY)),
    _once("gateway-503-retry-after-0", "gateway", s.forged(_busy("0"))),
    _always("gateway-503-retry-after-year", "gateway", s.forged(_busy("31536000"))),
    _once("gateway-503-retry-after-odd", "gateway", s.forged(_busy(_NEVER))),
    _always("gateway-504", "gateway", s.forged(s.page(504))),
    _once("gateway-504-done-once", "gateway", s.instead(s.page(504))),
    _always("gateway-504-done", "gateway", s.instead(s.page(504))),
    _once("gateway-408-once", "gateway", s.forged(s.page(408, b"", ""))),
    _once("gateway-429-once", "gateway", s.forged(s.page(429, b"", "", retry_after="0"))),
    _always("gateway-429", "gateway", s.forged(s.page(429, retry_after="3600"))),
    _always("gateway-500-html", "gateway", s.forged(s.page(500))),
    _always("gateway-500-done", "gateway", s.instead(s.page(500))),
    # Captive portals and proxies which answer in the engine's place.
    _always("captive-200", "captive", s.forged(s.page(200))),
    _always("captive-200-text", "captive", s.forged(s.page(200, b"OK", "text/plain"))),
    _always("captive-200-empty", "captive", s.forged(s.page(200, b"", ""))),
    _always("captive-204", "captive", s.forged(s.page(204, b"", ""))),
    _always("captive-302", "captive", s.forged(s.page(302, location=_ELSEWHERE))),
    _always("captive-302-same-host", "captive", s.forged(s.page(302, location="/login"))),
    _always("captive-307", "captive", s.forged(s.page(307, location=_ELSEWHERE))),
    _always("captive-403", "captive", s.forged(s.page(403))),
    _always("captive-404", "captive", s.forged(_NOT_FOUND)),
    _once("captive-404-once", "captive", s.forged(_NOT_FOUND), overcome="never"),
    _always("captive-404-json", "captive", s.forged(s.page(404, b"{}", "application/json"))),
    _always("captive-404-done", "captive", s.instead(_NOT_FOUND)),
    Fault("captive-404-empty", "captive", Script.of(s.forged(_EMPTY)), told_apart=False),
    _always("captive-407", "captive", s.forged(s.page(407, proxy_authenticate="Basic"))),
    _always("captive-410", "captive", s.forged(s.page(410))),
    _always("captive-511", "captive", s.forged(s.page(511))),
    _always("captive-503-then-404", "captive", s.forged(_BUSY), s.forged(_NOT_FOUND)),
    _always("captive-stall-then-404", "captive", s.swallowed("stall"), s.forged(_NOT_FOUND)),
    _always("captive-lost-then-404", "captive", s.lost("close"), s.forged(_NOT_FOUND)),
    # Answers of another request.
    _always("crossed-another", "crossed", s.another),
    _once("crossed-another-once", "crossed", s.another, overcome="never"),
    _always("crossed-previous", "crossed", s.previous),
    _always("crossed-second", "crossed", s.changed(lambda a: a.encoded() * 2)),
    # Compressed, or so they say.
    _always("gzip-nested", "compressed", s.changed(s.labelled("gzip, gzip", s.nested))),
    _always("gzip-twice", "compressed", s.changed(s.labelled("gzip", s.nested))),
    _always("gzip-bomb", "compressed", s.changed(s.labelled("gzip", s.bomb))),
    _always("gzip-not", "compressed", s.changed(s.labelled("gzip", bytes))),
    _always("gzip-cut", "compressed", s.changed(s.labelled("gzip", s.without_end))),
    _always("deflate", "compressed", s.changed(s.labelled("deflate", zlib.compress))),
    # Documents that are none.
    _always("type-text", "content", s.kind("text/plain")),
    _always("type-none", "content", s.kind("")),
    _always("charset-wrong", "content", s.body(lambda a: a.decode().encode("utf-16"))),
    _always("document-cut", "content", s.body(lambda a: a[: len(a) // 2])),
    _always("document-garbled", "content", s.body(s.garbled)),
    _always("document-deep", "content", s.documents(_BRACKETS, b"<vm>" * 100_000)),
    _always("document-null", "content", s.documents(b"null", b"<null/>")),
    _always("document-list", "content", s.documents(b"[1, 2]", b"<a/><b/>")),
    _always("document-links", "content", _LINKS),
    _always("document-number", "content", _NUMBER),
    _always("empty-done", "content", s.instead(s.page(200, b"", ""))),
    # Odd, as HTTP goes.
    _once("noise-1xx", "protocol", s.before(b"HTTP/1.1 102 Processing\r\n\r\n", times=3)),
    _always("headers-twice", "protocol", s.changed(s.with_head(("Content-Type", "text/html")))),
    _always("lengths-differ", "protocol", s.changed(s.with_head(("Content-Length", "7")))),
    _always("length-short", "protocol", s.changed(s.with_head(framing="Content-Length: 3"))),
    _always("header-enormous", "protocol", s.changed(s.with_head(("X-Large", "x" * 500_000)))),
    _always("headers-many", "protocol", s.changed(s.with_head(*[("X-Many", "x")] * 20_000))),
    _always("status-999", "protocol", s.forged(s.page(999))),
    # Sessions and tokens.
    Fault("session-expired", "session", Script(expires=True), "always"),
    Fault(
        "session-401-once",
        "session",
        Script.of(s.forged(_FORBIDDEN), once=True, place="api"),
        "always",
    ),
    Fault("session-401", "session", Script.of(s.forged(_FORBIDDEN), place="api")),
    Fault(
        "token-503-once",
        "token",
        Script.of(s.forged(_BUSY), once=True, place="token", expires=True),
        "always",
    ),
    _token("token-stalled", s.swallowed("stall")),
    _token("token-html", s.forged(s.page(200))),
    _token("token-500", s.forged(s.page(500))),
    _token("token-huge", s.forged(s.page(200, _HUGE, "application/json"))),
    _token("token-deep", s.forged(s.page(200, _BRACKETS, "application/json"))),
    _token("token-refused", s.forged(s.page(400, _REFUSED, "application/json"))),
)
