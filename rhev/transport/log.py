"""Logging: what was asked and answered, and how long it took, to the logger ``rhev``.

It lies outside of authentication, so that no credential comes past it. What requests and responses
hold is written, without secrets, to ``rhev.bodies``, which says nothing unless its own level is
set: not even where a program logs everything.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rhev import errors
from rhev.transport.base import Request, Response, header

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.transport.base import AsyncTransport, Transport

LOGGER = logging.getLogger("rhev")
BODIES = logging.getLogger("rhev.bodies")
if BODIES.level == logging.NOTSET:
    BODIES.setLevel(logging.CRITICAL + 1)


class LoggingTransport:
    """Logs the requests of a transport: method, path, status, seconds and correlation id."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def send(self, request: Request) -> Response:
        """Send the request; raises what the transport within raises."""
        if not LOGGER.isEnabledFor(logging.DEBUG):
            return self._transport.send(request)
        started = time.perf_counter()
        try:
            response = self._transport.send(request)
        except errors.Error as error:
            _failed(request, error, started)
            raise
        _answered(request, response, started)
        return response

    def close(self) -> None:
        """Close the transport within."""
        self._transport.close()


class AsyncLoggingTransport:
    """The asynchronous twin of :class:`LoggingTransport`."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def send(self, request: Request) -> Response:
        """Send the request; raises what the transport within raises."""
        if not LOGGER.isEnabledFor(logging.DEBUG):
            return await self._transport.send(request)
        started = time.perf_counter()
        try:
            response = await self._transport.send(request)
        except errors.Error as error:
            _failed(request, error, started)
            raise
        _answered(request, response, started)
        return response

    async def close(self) -> None:
        """Close the transport within."""
        await self._transport.close()


def _answered(request: Request, response: Response, started: float) -> None:
    seconds = time.perf_counter() - started
    asked = header(request.headers, "Correlation-Id")
    LOGGER.debug(
        "%s %s -> %d in %.3f s [correlation id %s]",
        request.method,
        _path(request),
        response.status,
        seconds,
        header(response.headers, "correlation-id") or asked or "none",
    )
    if BODIES.isEnabledFor(logging.DEBUG):
        _write("sent", request.headers, request.content)
        _write("received", response.headers, response.content)


def _failed(request: Request, error: errors.Error, started: float) -> None:
    seconds = time.perf_counter() - started
    LOGGER.debug(
        "%s %s failed after %.3f s: %s", request.method, _path(request), seconds, error.message
    )


def _path(request: Request) -> str:
    from rhev.transport.scrub import scrub_url  # which needs lxml

    parts = urlsplit(scrub_url(request.url))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _write(what: str, headers: Mapping[str, str], content: bytes) -> None:
    from rhev.transport.scrub import scrub

    if content:
        BODIES.debug("%s: %s", what, scrub(content, header(headers, "content-type") or ""))
