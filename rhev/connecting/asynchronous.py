"""Opening, driving and closing a connection, for asyncio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self, Unpack, cast

from typing_extensions import TypeVar

from rhev import errors
from rhev.connecting.configured import Configured
from rhev.connecting.settings import check_given_transport
from rhev.operations import Pause, Steps, within
from rhev.secrets import Secret, hide_user
from rhev.transport.base import pause

if TYPE_CHECKING:
    from types import TracebackType

    from rhev.connecting.settings import Options
    from rhev.transport import AsyncTransport, Request, Response

T = TypeVar("T")


class Asynchronous(Configured):
    """A connection that is open or not, and what runs its operations, but none of these."""

    def __init__(
        self,
        url: str | None = None,
        username: str | None = None,
        password: str | Secret | None = None,
        *,
        transport: AsyncTransport | Literal["aiohttp"] | None = None,
        **settings: Unpack[Options],
    ) -> None:
        url, password = hide_user(url), Secret.of(password)
        if transport is not None and not isinstance(transport, str):
            check_given_transport(transport, settings)
        super().__init__(url, username, password, **settings)
        self._by: str | None = None
        if isinstance(transport, str):
            if transport != "aiohttp":
                raise ValueError(f"transport= is 'aiohttp' or a transport, not {transport!r}")
            self._by, transport = transport, None
        self._given: AsyncTransport | None = transport
        self._transport: AsyncTransport | None = None
        self._sending: tuple[AsyncTransport, AsyncTransport] | None = None
        if transport is None:
            self._settings.warn()

    async def connect(
        self,
        url: str | None = None,
        username: str | None = None,
        password: str | Secret | None = None,
    ) -> Self:
        """Names the engine and the credentials to use; what was open to another is closed.

        Without arguments it is the engine that was named already. Nothing is sent: the first
        request connects, and logs in.
        """
        url, password = hide_user(url), Secret.of(password)
        changed = self._reconfigured(url, username, password)
        if changed is not None:
            if self._given is None:
                await self.close()
                self._transport = None
            self._configure(changed)
            if self._given is None:
                changed.warn()
        return self

    async def close(self) -> None:
        """Logs out and closes what is open. The connection may be used again.

        A log-out takes two seconds at most; that it failed is logged, to ``rhev``, and no error.
        """
        if self._origin is not None:
            return
        transport = self._transport or self._given
        if transport is not None:
            await transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def _run(self, steps: Steps[T]) -> T:
        observed = self._observed(steps)
        if observed is None:
            return await self._drive(steps)
        with observed:
            return await self._drive(steps)

    async def _drive(self, steps: Steps[T]) -> T:
        steps = within(steps, self._wire.limit, self._clock)
        try:
            asked = next(steps)
            while True:
                answer: Response | None = None
                try:
                    if isinstance(asked, Pause):
                        await pause(self._clock, asked.seconds)
                    else:
                        answer = await self._send(asked)
                except errors.Error as error:
                    asked = steps.throw(error)
                else:
                    asked = steps.send(answer)
        except StopIteration as stop:
            return cast("T", stop.value)
        except errors.WrongAnswer:
            await self._root.close()
            raise
        except errors.AuthenticationFailed as error:
            raise self._refused(error) from None

    async def _send(self, request: Request) -> Response:
        try:
            response = await self._opened().send(request)
        except errors.Error:
            self._remember(request)
            raise
        self._remember(request, response)
        return response

    def _opened(self) -> AsyncTransport:
        settings, root = self._told, self._root
        with root._lock:
            given = root._given
            if root._transport is None:
                root._transport = root._settings.async_transport(given, root._by)
            shared = root._transport
            if self._sending is None or self._sending[0] is not shared:
                sending = settings.async_repeating(shared, own=given is None, clock=root._clock)
                self._sending = shared, sending
            return self._sending[1]
