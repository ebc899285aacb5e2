"""The asynchronous transport by httpcore, and what it shares with the one by aiohttp."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar
from urllib.parse import urlsplit

from rhev.transport.http.attempt import Stage
from rhev.transport.http.failures import meaning
from rhev.transport.http.pool import Pool
from rhev.transport.http.redirects import MOST_REDIRECTS, redirected
from rhev.transport.http.shared import Http
from rhev.transport.owned import PerLoop, Shared
from rhev.transport.trust import unverified

if TYPE_CHECKING:
    import ssl

    from rhev.transport.base import Request, Response
    from rhev.transport.http.async_lines import AsyncLine
    from rhev.transport.http.attempt import Attempt


class Client(Protocol):
    """What has connections to one engine. Tasks wait for their turn to use one."""

    @property
    def turns(self) -> asyncio.Semaphore: ...


C = TypeVar("C", bound=Client)
Clients: TypeAlias = dict[tuple[str, str], C]  # by scheme, and host with port


class AsyncHttp(Http, Generic[C]):
    """What the asynchronous transports share: whose connections are used, and until when."""

    _pools: PerLoop[Shared[Clients[C]]]

    def renew(self) -> object:
        """Leave the connections to the process that opened them; see :mod:`rhev.transport.owned`.

        Returns them.
        """
        held = vars(self).get("_pools")
        self._pools = PerLoop(lambda: Shared(dict))
        return held

    async def send(self, request: Request) -> Response:
        """Send the request and read its response to the end; see :meth:`HttpTransport.send`."""
        attempt = self._begin(request)
        response = await self._exchange(attempt)
        for _ in range(MOST_REDIRECTS):
            following = redirected(attempt.request, response)
            if following is None:
                break
            attempt = attempt.of(following)
            response = await self._exchange(attempt)
        return response

    async def _exchange(self, attempt: Attempt) -> Response:
        pool = self._pools.get()
        use = pool.enter()
        try:
            outcome = await self._try(use.value, attempt)
        finally:
            if pool.leave(use):
                await self._end_all(use.value)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def _try(self, clients: Clients[C], attempt: Attempt) -> Response | Exception:
        try:
            async with asyncio.timeout(None) as timer:
                if (wanted := self._to_fetch_ca(attempt.request)) is not None:
                    attempt.stage = Stage.CONNECTING
                    client = self._made(wanted, unverified())
                    try:
                        fetched = await self._answer(client, attempt.of(wanted), timer)
                    finally:
                        await self._end(client)
                    self._trust(fetched, wanted)
                return await self._answer(self._client(clients, attempt.request), attempt, timer)
        except Exception as error:
            return self._meaning(error, attempt)

    async def _answer(self, client: C, attempt: Attempt, timer: asyncio.Timeout) -> Response:
        attempt.stage = Stage.WAITING
        wait = attempt.left()
        if client.turns.locked():
            timer.reschedule(asyncio.get_running_loop().time() + wait)
        async with client.turns:
            attempt.stage = Stage.CONNECTING
            return await self._read(client, attempt, timer)

    def _client(self, clients: Clients[C], request: Request) -> C:
        parts = urlsplit(request.url)
        key = parts.scheme, parts.netloc
        client = clients.get(key)
        if client is None:
            client = clients[key] = self._made(request)
        return client

    def _made(self, request: Request, tls: ssl.SSLContext | None = None) -> C:
        """A client for the engine that a request goes to."""
        raise NotImplementedError

    async def _read(self, client: C, attempt: Attempt, timer: asyncio.Timeout) -> Response:
        """One exchange, for which it is this one's turn. It sets the timer, which ends it early."""
        raise NotImplementedError

    async def _end(self, client: C) -> None:
        """Close the connections of a client."""
        raise NotImplementedError

    def _meaning(self, error: Exception, attempt: Attempt) -> Exception:
        """The error that says what an exception means for a request."""
        return meaning(error, attempt, self._max_connections)

    async def _end_all(self, clients: Clients[C]) -> None:
        for client in clients.values():
            await self._end(client)

    async def close(self) -> None:
        """Close the connections of this event loop, each when the request that it serves is done.

        A later request opens new ones.
        """
        use = self._pools.get().close()
        if use is not None:
            await self._end_all(use.value)


class AsyncHttpTransport(AsyncHttp["Pool[AsyncLine, asyncio.Semaphore]"]):
    """The asynchronous twin of :class:`HttpTransport`. Each event loop has its own connections."""

    def _made(
        self, request: Request, tls: ssl.SSLContext | None = None
    ) -> Pool[AsyncLine, asyncio.Semaphore]:
        from rhev.transport.http.async_lines import AsyncLine

        route = self._route(request, tls)
        AsyncLine(route)  # raises what is wrong with the route
        return Pool(asyncio.Semaphore(self._max_connections), lambda: AsyncLine(route))

    async def _read(
        self,
        client: Pool[AsyncLine, asyncio.Semaphore],
        attempt: Attempt,
        timer: asyncio.Timeout,
    ) -> Response:
        line = client.take()
        try:
            return await line.exchange(attempt, timer, self._max_response)
        finally:
            client.give(line)

    async def _end(self, client: Pool[AsyncLine, asyncio.Semaphore]) -> None:
        client.close()
        await asyncio.sleep(0)  # in which they are closed
