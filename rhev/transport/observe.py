"""Observation: what was asked and what came of it, measured in one place for logs and for hooks.

It lies next to the wire, so that each exchange is seen: attempts, logins and log-outs as well. Who
is told the request says, so that connections with other hooks share what is below.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from rhev import errors
from rhev.secrets import is_sso, scrub_url
from rhev.transport import log
from rhev.transport.base import Request, Response, header

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from rhev.transport.base import AsyncTransport, Transport


@dataclass(frozen=True, slots=True)
class Observation:
    """An exchange with an engine, as a hook is told of it: no body, no header, no secret.

    - ``method``, and ``url`` without the values of secret parameters.
    - ``status``: the status of the response, or None where none came. Then ``error`` is the class
      of what was raised, and ``message`` what it said, where it is an error of rhev.
    - ``seconds``: how long it took, by itself: a login before it is an exchange of its own.
    - ``attempt``: 1, and one more for each time that the request was repeated by retry.
    - ``correlation_id``: by which the engine's log speaks of the request, where it has one.
    - ``sent``, ``received``: the bytes of the two bodies, before and after compression; 0 of those
      of the single sign-on, where they would tell how long a password is.

    Redirects that are followed, and the fetch of a CA, are of the exchange that needed them.
    """

    method: str
    url: str
    status: int | None
    seconds: float
    attempt: int = 1
    correlation_id: str | None = None
    sent: int = 0
    received: int = 0
    error: type[BaseException] | None = None
    message: str = ""

    @property
    def path(self) -> str:
        """The path of the URL, and its query."""
        parts = urlsplit(self.url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path


ExchangeHook: TypeAlias = Callable[[Observation], object]
"""What is called with each exchange, when it has ended."""

OperationHook: TypeAlias = Callable[[str], AbstractContextManager[object]]
"""What is called with the name of each operation, and gives what the operation runs within."""


class Observer:
    """Hooks that are told of exchanges. One that raises harms none: the log says so, once."""

    def __init__(self, hooks: Sequence[ExchangeHook]) -> None:
        self._hooks = tuple(hooks)
        self._failed: set[int] = set()

    def __call__(self, seen: Observation) -> None:
        for number, hook in enumerate(self._hooks):
            try:
                hook(seen)
            except Exception:
                if number not in self._failed:
                    self._failed.add(number)
                    log.hook_failed("on_exchange")


def _is_wanted(request: Request) -> bool:
    return request.observer is not None or log.is_wanted()


def _tell(
    request: Request,
    started: float,
    response: Response | None = None,
    error: BaseException | None = None,
) -> None:
    seen = _observation(request, time.perf_counter() - started, response, error)
    if log.is_wanted():
        log.write(seen)
        log.write_bodies(request, response)
    if request.observer is not None:
        request.observer(seen)


class ObservingTransport:
    """Tells the log, and the observer of each request, of each exchange of a transport."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._transport!r})"

    def send(self, request: Request) -> Response:
        """Send the request; raises what the transport within raises."""
        if not _is_wanted(request):
            return self._transport.send(request)
        started = time.perf_counter()
        try:
            response = self._transport.send(request)
        except BaseException as error:
            _tell(request, started, error=error)
            raise
        _tell(request, started, response)
        return response

    def close(self) -> None:
        """Close the transport within."""
        self._transport.close()


class AsyncObservingTransport:
    """The asynchronous twin of :class:`ObservingTransport`. The hooks are functions as well."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._transport!r})"

    async def send(self, request: Request) -> Response:
        """Send the request; raises what the transport within raises."""
        if not _is_wanted(request):
            return await self._transport.send(request)
        started = time.perf_counter()
        try:
            response = await self._transport.send(request)
        except BaseException as error:
            _tell(request, started, error=error)
            raise
        _tell(request, started, response)
        return response

    async def close(self) -> None:
        """Close the transport within."""
        await self._transport.close()


def _observation(
    request: Request, seconds: float, response: Response | None, error: BaseException | None
) -> Observation:
    answered = header(response.headers, "correlation-id") if response else None
    of_credentials = is_sso(request.url)
    return Observation(
        method=request.method,
        url=scrub_url(request.url),
        status=response.status if response else None,
        seconds=seconds,
        attempt=request.attempt,
        correlation_id=answered or header(request.headers, "correlation-id"),
        sent=0 if of_credentials else len(request.content),
        received=0 if of_credentials or response is None else len(response.content),
        error=None if error is None else type(error),
        message=error.message if isinstance(error, errors.Error) else "",
    )


class Within:
    """What an operation runs within, by a hook that cannot break it or change what it raises."""

    def __init__(self, hook: OperationHook, name: str) -> None:
        self._hook = hook
        self._name = name
        self._entered: AbstractContextManager[object] | None = None

    def __enter__(self) -> None:
        try:
            within = self._hook(self._name)
            within.__enter__()
        except Exception:
            log.hook_failed("on_operation")
        else:
            self._entered = within

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._entered is None:
            return
        try:
            self._entered.__exit__(kind, error, traceback)
        except Exception as raised:
            if raised is not error:
                log.hook_failed("on_operation")
