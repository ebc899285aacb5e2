"""The transport that waits, by httpcore."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from rhev.transport.http.attempt import Stage
from rhev.transport.http.failures import meaning
from rhev.transport.http.pool import Pool
from rhev.transport.http.redirects import MOST_REDIRECTS, redirected
from rhev.transport.http.shared import Http
from rhev.transport.http.turns import Turns
from rhev.transport.owned import SharedByThreads
from rhev.transport.trust import unverified

if TYPE_CHECKING:
    import ssl

    from rhev.transport.base import Request, Response
    from rhev.transport.http.attempt import Attempt
    from rhev.transport.http.lines import BlockingLine
    from rhev.transport.owned import Use

    Lines: TypeAlias = Pool[BlockingLine, Turns]
    Pools: TypeAlias = dict[tuple[str, str], Lines]  # by scheme, and host with port


class HttpTransport(Http):
    """Sends requests to an engine over pooled connections, from any number of threads.

    TLS certificates are verified, gzip is accepted, cookies are not kept. A redirect of a GET or
    HEAD is followed within the same origin; any other is returned as the response that it is.
    A process that is forked opens connections of its own. All of an exchange keeps to its time but
    the look-up of the engine's name, which is the system's and cannot be ended from outside.
    """

    _pools: SharedByThreads[Pools]

    def renew(self) -> object:
        """Leave the connections to the process that opened them; see :mod:`rhev.transport.owned`.

        Returns them.
        """
        held = vars(self).get("_pools")
        self._pools = SharedByThreads(dict)
        return held

    def send(self, request: Request) -> Response:
        """Send the request and read its response to the end.

        Raises :class:`rhev.errors.ConnectionError` or :class:`rhev.errors.Timeout` where no
        complete response comes, :class:`rhev.errors.ResponseError` where it is too large or not
        the only one, :class:`rhev.errors.ConfigurationError` where a proxy or a CA cannot be
        used as it is given, and :class:`ValueError` for a URL or a header that cannot be sent.
        """
        attempt = self._begin(request)
        response = self._exchange(attempt)
        for _ in range(MOST_REDIRECTS):
            following = redirected(attempt.request, response)
            if following is None:
                break
            attempt = attempt.of(following)
            response = self._exchange(attempt)
        return response

    def _exchange(self, attempt: Attempt) -> Response:
        use = self._pools.enter()
        try:
            outcome = self._try(use, attempt)
        finally:
            if self._pools.leave(use):
                _close(use.value)
        # Raised here, where no exception of httpcore is being handled: that one has the request
        # in its frames, and with it the credentials, and would be this one's context.
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _try(self, use: Use[Pools], attempt: Attempt) -> Response | Exception:
        try:
            request = attempt.request
            if (wanted := self._to_fetch_ca(request)) is not None:
                attempt.stage = Stage.CONNECTING
                with closing(self._made(wanted, unverified())) as lines:
                    self._trust(self._answer(lines, attempt.of(wanted)), wanted)
            return self._answer(self._lines(use, request), attempt)
        except Exception as error:
            return meaning(error, attempt, self._max_connections)

    def _answer(self, lines: Lines, attempt: Attempt) -> Response:
        attempt.stage = Stage.WAITING
        turn = lines.turns.take(attempt.left())
        try:
            attempt.left()
            line = lines.take()
            try:
                return line.exchange(attempt, self._max_response)
            finally:
                lines.give(line)
        finally:
            lines.turns.give(turn)

    def _lines(self, use: Use[Pools], request: Request) -> Lines:
        parts = urlsplit(request.url)
        key = parts.scheme, parts.netloc
        lines = use.value.get(key)
        if lines is None:
            with use.lock:
                if key not in use.value:
                    use.value[key] = self._made(request)
                lines = use.value[key]
        return lines

    def _made(self, request: Request, tls: ssl.SSLContext | None = None) -> Lines:
        from rhev.transport.http.lines import BlockingLine

        route = self._route(request, tls)
        BlockingLine(route)  # raises what is wrong with the route
        return Pool(Turns(self._max_connections), lambda: BlockingLine(route))

    def close(self) -> None:
        """Close every connection when the request that it serves, if any, is done.

        A later request opens new ones.
        """
        use = self._pools.close()
        if use is not None:
            _close(use.value)


def _close(pools: Pools) -> None:
    for lines in pools.values():
        lines.close()
