"""Authentication: a transport that adds credentials to the requests of another.

A scheme is an :class:`Auth`: an immutable value that holds credentials. Bound to the origin of an
engine it gives a :class:`Session`, which holds what was learned there (a token, a cookie) and
says as generators what is to be sent. The generators do no I/O, so that one implementation serves
the synchronous and the asynchronous transport.
"""

from __future__ import annotations

import base64
import logging
import re
import threading
import time
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from rhev import errors
from rhev.secrets import Secret
from rhev.transport.base import Request, Response, header, origin, with_headers
from rhev.transport.owned import PerLoop, Shared, SharedByThreads, renewed_in_children

if TYPE_CHECKING:
    import asyncio

    from rhev.transport.base import AsyncTransport, Transport
    from rhev.transport.observe import Observer

_log = logging.getLogger(__name__)

Login: TypeAlias = Generator[Request, Response, None]
"""Yields requests and is sent their responses, to obtain credentials or to give them back."""

Flow: TypeAlias = Generator[Request | Login, Response, Response]
"""Yields requests and is sent their responses; returns the response of the request it is for.

It may yield a :data:`Login` too. Of those, one runs at a time, whatever the number of threads
or tasks: a flow that waited for its turn finds what the one before it has obtained.
"""

_T = TypeVar("_T")
_LOGGED_IN = Response(204)
# A user who closes has done what he wanted: he waits so many seconds for a log-out, and no longer.
LOGOUT_SECONDS = 2.0
_OF_CREDENTIALS = ("Authorization", "Cookie")


class Session(Protocol):
    """A scheme at one origin. It is used by several threads at a time."""

    def flow(self, request: Request) -> Flow:
        """How a request to the origin is sent with credentials."""
        ...

    def logout(self) -> Login:
        """How the credentials that were obtained are given back."""
        ...


class Auth(Protocol):
    """An authentication scheme with its credentials, good for any number of engines."""

    def session(self, origin: str) -> Session:
        """Bind the scheme to an origin. Nothing that is learned there is used elsewhere."""
        ...


class _AuthTransport:
    _sharing: type[Shared[Session]] = Shared["Session"]

    def __init__(self, auth: Auth, url: str, observer: Observer | None) -> None:
        self._auth = auth
        self._observer = observer
        self._origin: str = "nowhere yet"
        self._origin = origin(url)
        self.renew()
        renewed_in_children(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._auth!r}, {self._origin!r})"

    @property
    def is_logged_in(self) -> bool:
        """Whether the engine keeps a session that closing would end."""
        return bool(getattr(self._sessions.value, "is_open", False))

    def renew(self) -> object:
        """Log in anew where the process was forked: what was had is for its parent to revoke."""
        held = vars(self).get("_sessions")
        self._sessions = self._sharing(lambda: self._auth.session(self._origin))
        return held

    def _within(self, step: Request, request: Request) -> Request:
        """What a login sends has to be over when the request is that it is for, and tells whom it
        tells.
        """
        if step.observer is not request.observer:
            step = replace(step, observer=request.observer)
        if step.deadline is not None or request.deadline is None:
            return step
        return replace(step, read_timeout=request.read_timeout, deadline=request.deadline)

    def _logging_out(self) -> Request:
        """What stands for the request that a log-out is for: its limits are those of all of it."""
        deadline = time.monotonic() + LOGOUT_SECONDS
        return Request(
            "POST",
            self._origin,
            read_timeout=LOGOUT_SECONDS,
            deadline=deadline,
            observer=self._observer,
        )

    def _no_turn(self, request: Request) -> errors.Timeout:
        return errors.Timeout(
            "the request waited until its deadline for a login that was under way: see timeout=",
            errors.Exchange(request.method, request.url),
            delivered=False,
        )

    def _flow(self, session: Session, request: Request) -> Flow:
        if origin(request.url) == self._origin:
            return session.flow(request)
        return _plain(with_headers(request, without=_OF_CREDENTIALS))


class AuthTransport(_AuthTransport):
    """Adds the credentials of an :class:`Auth` to the requests of a transport.

    They go to the origin of ``url``, any URL of the engine, and nowhere else: a request to
    another origin is sent without them, and without ``Authorization`` and ``Cookie`` headers that
    it has of its own. ``observer`` is told of the log-out; who is told of logins the requests say.
    """

    _sharing = SharedByThreads[Session]

    def __init__(
        self, transport: Transport, auth: Auth, url: str, *, observer: Observer | None = None
    ) -> None:
        super().__init__(auth, url, observer)
        self._transport = transport

    def renew(self) -> object:
        """Log in anew where the process was forked: what was had is for its parent to revoke."""
        self._lock = threading.RLock()
        return super().renew()

    def send(self, request: Request) -> Response:
        """Send the request with credentials, logging in first where that is necessary.

        Raises :class:`rhev.errors.AuthenticationFailed` where the engine refuses the login, and
        what the transport within raises. An error of the login has ``delivered`` False: the
        request itself was not sent.
        """
        use = self._sessions.enter()
        try:
            return self._run(self._flow(use.value, request), request)
        finally:
            if self._sessions.leave(use):
                self._end(use.value)

    def _run(self, flow: Generator[Request | Login, Response, _T], request: Request) -> _T:
        try:
            step = next(flow)
            while True:
                try:
                    response = self._take(step, request)
                except Exception as error:
                    step = flow.throw(error)
                else:
                    step = flow.send(response)
        except StopIteration as end:
            result: _T = end.value
            return result

    def _take(self, step: Request | Login, request: Request) -> Response:
        if isinstance(step, Request):
            return self._transport.send(self._within(step, request))
        try:
            if not self._lock.acquire(timeout=_left(request)):
                raise self._no_turn(request)
            self._run(step, request)
        finally:
            # A lock that Ctrl-C kept from being had is not this thread's to release.
            with suppress(RuntimeError):
                self._lock.release()
        return _LOGGED_IN

    def close(self) -> None:
        """Log out, as well as that goes, and close the transport within.

        Requests that are under way keep their credentials: the last of them logs out.
        """
        use = self._sessions.close()
        if use is None:
            self._transport.close()
        else:
            self._end(use.value)

    def _end(self, session: Session) -> None:
        try:
            self._run(session.logout(), self._logging_out())
        except errors.Error as error:
            _log.info("could not log out: %s", error)
        finally:
            self._transport.close()


class AsyncAuthTransport(_AuthTransport):
    """The asynchronous twin of :class:`AuthTransport`."""

    def __init__(
        self, transport: AsyncTransport, auth: Auth, url: str, *, observer: Observer | None = None
    ) -> None:
        super().__init__(auth, url, observer)
        self._transport = transport

    def renew(self) -> object:
        """Log in anew where the process was forked: what was had is for its parent to revoke."""
        import asyncio  # which takes as long to load as all else here

        self._locks = PerLoop(asyncio.Lock)
        self._logins: PerLoop[set[asyncio.Task[None]]] = PerLoop(set)
        return super().renew()

    async def send(self, request: Request) -> Response:
        """Send the request with credentials; see :meth:`AuthTransport.send`."""
        use = self._sessions.enter()
        try:
            return await self._run(self._flow(use.value, request), request)
        finally:
            if self._sessions.leave(use):
                await self._end(use.value)

    async def _run(self, flow: Generator[Request | Login, Response, _T], request: Request) -> _T:
        try:
            step = next(flow)
            while True:
                try:
                    response = await self._take(step, request)
                except Exception as error:
                    step = flow.throw(error)
                else:
                    step = flow.send(response)
        except StopIteration as end:
            result: _T = end.value
            return result

    async def _take(self, step: Request | Login, request: Request) -> Response:
        if isinstance(step, Request):
            return await self._transport.send(self._within(step, request))
        import asyncio

        lock = self._locks.get()
        try:
            async with asyncio.timeout(_left(request)):
                await lock.acquire()
        except TimeoutError:
            raise self._no_turn(request) from None
        # A login goes on where the task that wants it is cancelled: the engine may have given a
        # token, which the next request takes, and closing revokes.
        login = asyncio.create_task(self._run(step, request))
        logins = self._logins.get()
        logins.add(login)

        def over(login: asyncio.Task[None]) -> None:
            logins.discard(login)
            lock.release()
            if not login.cancelled():
                login.exception()  # which is nobody's any more where the task was cancelled

        login.add_done_callback(over)
        await asyncio.shield(login)
        return _LOGGED_IN

    async def close(self) -> None:
        """Log out, as well as that goes, and close the transport within.

        Requests that are under way keep their credentials: the last of them logs out.
        """
        use = self._sessions.close()
        if use is None:
            await self._transport.close()
        else:
            await self._end(use.value)

    async def _end(self, session: Session) -> None:
        import asyncio

        if logins := self._logins.get():
            await asyncio.wait(logins, timeout=LOGOUT_SECONDS)
        try:
            await self._run(session.logout(), self._logging_out())
        except errors.Error as error:
            _log.info("could not log out: %s", error)
        finally:
            await self._transport.close()


def _left(request: Request) -> float:
    """The seconds until a request has to be over; no lock waits longer than the most there are."""
    if request.deadline is None:
        return threading.TIMEOUT_MAX
    return min(max(0.0, request.deadline - time.monotonic()), threading.TIMEOUT_MAX)


def _plain(request: Request) -> Flow:
    return (yield request)


def _nothing() -> Login:
    yield from ()


def check(username: str, password: Secret) -> None:
    """Refuse credentials that no engine would take, before they are sent anywhere.

    Raises :class:`rhev.errors.CredentialsError`.
    """
    if not isinstance(username, str):
        raise TypeError(f"a username is a text, not a {type(username).__name__}")
    if not isinstance(password, Secret):
        raise TypeError(f"a password is a text, not a {type(password).__name__}")
    name, at, profile = username.rpartition("@")
    if not (name and at and profile):
        raise errors.CredentialsError(
            f"the username {username!r} names no profile: write user@profile, as in "
            "'admin@internal', or 'admin@ovirt@internalsso' where the engine uses Keycloak"
        )
    for what, text in (("username", Secret(username)), ("password", password)):
        if not _is_utf8(text):
            raise errors.CredentialsError(f"the {what} has a character that UTF-8 does not have")


def _is_utf8(text: Secret) -> bool:
    try:
        text.reveal().encode()
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class NoAuth:
    """Sends requests as they are: for an engine that is embedded, or a cassette."""

    def session(self, origin: str) -> Session:
        """A session that adds nothing."""
        return _NoSession()


class _NoSession:
    def flow(self, request: Request) -> Flow:
        return _plain(request)

    def logout(self) -> Login:
        return _nothing()


@dataclass(frozen=True, slots=True, init=False)
class PasswordAuth:
    """What the schemes have in common by which a user's name and password are sent."""

    username: str
    password: Secret

    def __init__(self, username: str, password: str | Secret) -> None:
        password = Secret.of(password)
        object.__setattr__(self, "username", username)
        object.__setattr__(self, "password", password)
        check(username, password)


@dataclass(frozen=True, slots=True, init=False)
class BasicAuth(PasswordAuth):
    """HTTP Basic authentication, the only kind that engines before 4.0 know.

    It asks the engine to keep a session (``Prefer: persistent-auth``) and sends its cookie back,
    so that the password is not looked up in a directory for every request. The engine ends the
    session by itself when it has been idle. Raises :class:`rhev.errors.CredentialsError` for a
    username without a profile or with a colon.
    """

    def __init__(self, username: str, password: str | Secret) -> None:
        password = Secret.of(password)
        PasswordAuth.__init__(self, username, password)
        if ":" in username:
            raise errors.CredentialsError(
                f"the username {username!r} has a colon, which Basic authentication forbids"
            )

    def session(self, origin: str) -> Session:
        """A session of the engine that is at the origin."""
        return _BasicSession(self)


def _basic(auth: BasicAuth) -> Secret:
    pair = f"{auth.username}:{auth.password.reveal()}".encode()
    return Secret("Basic " + base64.b64encode(pair).decode("ascii"))


class _BasicSession:
    def __init__(self, auth: BasicAuth) -> None:
        self._credentials = _basic(auth)
        self._cookie: Secret | None = None

    def flow(self, request: Request) -> Flow:
        # The credentials go with the cookie, so that a session which has ended is renewed within
        # the exchange. Where a stale cookie is refused all the same, they are tried alone.
        cookie = self._cookie
        response = yield self._signed(request, cookie)
        if response.status == 401 and cookie is not None:
            self._cookie = None
            response = yield self._signed(request, None)
        if response.status != 401:
            self._cookie = _session_cookie(response) or self._cookie
        return response

    def _signed(self, request: Request, cookie: Secret | None) -> Request:
        headers = {"Authorization": self._credentials.reveal(), "Prefer": "persistent-auth"}
        if cookie is not None:
            headers["Cookie"] = cookie.reveal()
        return with_headers(request, headers)

    def logout(self) -> Login:
        return _nothing()


def _session_cookie(response: Response) -> Secret | None:
    found = _SESSION_COOKIE.search(header(response.headers, "set-cookie") or "")
    return Secret(found[0]) if found else None


_SESSION_COOKIE = re.compile(r"\bJSESSIONID=[^;,\s]+")
