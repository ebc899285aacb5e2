"""What a connection is told, and the stack of transports that is built from it."""

from __future__ import annotations

import copy
import math
import os
import re
import threading
import warnings
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, TypedDict, Unpack, cast

from rhev import environment
from rhev.errors import AuthenticationFailed, CredentialsError, Exchange, Unauthorized
from rhev.mapping.parameters import READ_PARAMETERS
from rhev.models.engine import Fault
from rhev.operations import Wire
from rhev.operations.wire import Format, entry_point, exchange_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from rhev.transport import AsyncTransport, Auth, Request, Response, RetryPolicy, Transport


class CallOptions(TypedDict, total=False):
    """What can be told for a block or a call, by ``with_options``, as well as for a connection.

    - ``timeout``: seconds that a response may take. ``retry``: what is repeated, and how long.
    - ``user_view``: see what an ordinary user may see, not what an administrator may.
    - ``correlation_id``: what the engine's log says of every request of the connection: up to 36
      letters, digits, ``_`` and ``-``. Otherwise each change has one of its own.
    - ``wait_locked``: seconds for which a request is repeated that is refused because something is
      locked, or busy with another operation (:class:`rhev.Locked`). 0 unless said otherwise.
    - ``check``: requests that break a known rule of the engine are refused before they leave;
      False leaves that to the engine.
    """

    timeout: float
    retry: RetryPolicy
    user_view: bool
    correlation_id: str
    wait_locked: float
    check: bool


class Options(CallOptions, total=False):
    """What a connection can be told beside the address, the user's name and the password.

    All of :class:`CallOptions`, and:

    - ``auth``: :class:`~rhev.transport.BasicAuth`, ``TokenAuth`` or ``KerberosAuth``, in place of
      a name and a password.
    - ``ca_file``: the certificates to trust, for an engine with a CA of its own: a file in PEM
      form, or its text; ``insecure=True`` trusts anything, and warns.
    - ``ca_fingerprint``: ``"sha256:…"``: the CA is fetched from the engine, and trusted if it has
      this fingerprint; :class:`rhev.FingerprintMismatch` otherwise.
    - ``record``: a file for a cassette of all traffic, with the secrets left out.
    - ``format``: the wire, ``"json"`` or ``"xml"``.
    - ``strict_responses``: what the models do not know is an error, for those who test engines.
    """

    auth: Auth
    ca_file: str | PathLike[str]
    ca_fingerprint: str
    insecure: bool
    record: str | PathLike[str]
    format: Format
    strict_responses: bool


_CORRELATION_ID = re.compile(r"[0-9A-Za-z_-]{1,36}")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that a connection is told, checked: see :class:`Options`."""

    url: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    auth: Auth | None = field(default=None, repr=False)
    ca_file: str | PathLike[str] | None = field(default=None, repr=False)
    ca_fingerprint: str | None = None
    insecure: bool = False
    timeout: float = 60
    retry: RetryPolicy | None = None
    record: str | PathLike[str] | None = None
    format: Format = "json"
    user_view: bool = False
    correlation_id: str | None = None
    strict_responses: bool = False
    check: bool = True
    wait_locked: float = 0

    def __post_init__(self) -> None:
        if self.url is not None:
            object.__setattr__(self, "url", entry_point(self.url))
        if (self.username is None) != (self.password is None):
            raise CredentialsError("give username= and password=, or neither and auth=")
        if self.username is not None and self.auth is not None:
            raise CredentialsError("give username= and password=, or auth=, not both")
        if self.format not in ("json", "xml"):
            raise ValueError(f"format= is 'json' or 'xml', not {self.format!r}")
        if self.correlation_id is not None and not _CORRELATION_ID.fullmatch(self.correlation_id):
            raise ValueError(
                "correlation_id= is up to 36 letters, digits, '_' and '-': an engine drops the rest"
            )
        if not 0 < self.timeout < math.inf:
            raise ValueError(f"timeout= is a number of seconds, not {self.timeout!r}")
        if not 0 <= self.wait_locked < math.inf:
            raise ValueError(f"wait_locked= is a number of seconds, not {self.wait_locked!r}")
        if self.ca_fingerprint is not None or self.ca_file is not None:
            self._check_trust()
        self.authentication()

    def _check_trust(self) -> None:
        from rhev.transport import trust

        if self.ca_fingerprint is not None:
            if self.insecure or self.ca_file is not None:
                raise ValueError("give ca_fingerprint=, ca_file= or insecure=, not several of them")
            trust.fingerprint(self.ca_fingerprint)
        elif not trust.is_pem(self.ca_file) and not Path(self.ca_file or "").is_file():
            raise ValueError(
                f"ca_file={str(self.ca_file)!r} is no file; give one in PEM form, or its text"
            )

    @property
    def address(self) -> str:
        """The address of the entry point. Raises ValueError where none was given."""
        if self.url is None:
            raise ValueError("no engine was named: connect(url, username, password) first")
        return self.url

    def authentication(self) -> Auth | None:
        """How requests are authenticated: single sign-on for a name and a password."""
        if self.username is None or self.password is None:
            return self.auth
        from rhev.transport import SsoAuth

        return SsoAuth(self.username, self.password)

    def transport(self) -> Transport:
        """Authentication around HTTP, with a recorder next to HTTP if asked for.

        It is shared by all that has the same credentials; ``repeating`` goes around it.
        """
        from rhev.transport import AuthTransport, HttpTransport, NoAuth, RecordingTransport

        transport: Transport = HttpTransport(
            timeout=self.timeout,
            ca_file=self.ca_file,
            ca_fingerprint=self.ca_fingerprint,
            insecure=self.insecure,
        )
        if self.record is not None:
            transport = RecordingTransport(transport, self.record)
        auth = self.authentication() or NoAuth()
        return AuthTransport(transport, auth, self.address)

    def repeating(self, transport: Transport, *, own: bool) -> Transport:
        """What requests are given to: retry around logging around a transport.

        One that is not our ``own`` is retried only where ``retry`` was given.
        """
        from rhev.transport import LoggingTransport, RetryTransport

        logging = LoggingTransport(transport)
        return RetryTransport(logging, self.retry) if own or self.retry else logging

    def async_transport(self) -> AsyncTransport:
        """The same stack, asynchronous."""
        from rhev.transport import (
            AsyncAuthTransport,
            AsyncHttpTransport,
            AsyncRecordingTransport,
            NoAuth,
        )

        transport: AsyncTransport = AsyncHttpTransport(
            timeout=self.timeout,
            ca_file=self.ca_file,
            ca_fingerprint=self.ca_fingerprint,
            insecure=self.insecure,
        )
        if self.record is not None:
            transport = AsyncRecordingTransport(transport, self.record)
        auth = self.authentication() or NoAuth()
        return AsyncAuthTransport(transport, auth, self.address)

    def async_repeating(self, transport: AsyncTransport, *, own: bool) -> AsyncTransport:
        """The same, asynchronous, as ``repeating``."""
        from rhev.transport import AsyncLoggingTransport, AsyncRetryTransport

        logging = AsyncLoggingTransport(transport)
        return AsyncRetryTransport(logging, self.retry) if own or self.retry else logging


class Raise:
    """What ``default`` is where an absence is an error."""


RAISE: Final = Raise()


# The last exchange of each connection, in this thread or task; a few connections of them.
_exchanges: ContextVar[Mapping[object, Exchange]] = ContextVar("_exchanges")
_MOST_REMEMBERED = 16


class Configured:
    """What both connections are told, and what of it holds for every request."""

    _transport: Any = None
    _own_transport = False
    # The connection whose transport and login this one shares, where it is one with other options.
    _origin: Self | None = None

    def __init__(
        self,
        url: str | None,
        username: str | None,
        password: str | None,
        **options: Unpack[Options],
    ) -> None:
        self._settings = Settings(url=url, username=username, password=password, **options)
        environment.start_logging(os.environ.get(environment.LOG))
        self._lock = threading.Lock()
        self._other: CallOptions = {}
        self._seen: Settings | None = None
        self._made: Wire | None = None
        self._called = object()

    @classmethod
    def from_environment(cls, **options: Unpack[Options]) -> Self:
        """A connection to the engine that the environment names, as its variables say.

        Those are ``RHEV_URL``, ``RHEV_USERNAME`` and ``RHEV_PASSWORD`` or ``RHEV_TOKEN``,
        ``RHEV_CA_FILE`` (a file, or its text), ``RHEV_CA_FINGERPRINT`` and ``RHEV_INSECURE``; where
        one is not set, ``OVIRT_URL`` (or ``OVIRT_HOSTNAME``), ``OVIRT_USERNAME``,
        ``OVIRT_PASSWORD``, ``OVIRT_TOKEN``, ``OVIRT_CAFILE`` and ``OVIRT_INSECURE``. What is given
        here is taken instead of what they say. Raises ValueError where no engine is named.
        """
        told = environment.read(os.environ)
        found: Options = {}
        username, password = told.username, told.password
        if "auth" in options:
            username = password = None
        elif told.token is not None:
            from rhev.transport import TokenAuth

            found["auth"] = TokenAuth(told.token)
        if not {"ca_file", "ca_fingerprint", "insecure"} & options.keys():
            if told.insecure:
                found["insecure"] = True
            elif told.ca_file is not None:
                found["ca_file"] = told.ca_file
            elif told.ca_fingerprint is not None:
                found["ca_fingerprint"] = told.ca_fingerprint
        found.update(options)
        return cls(told.url, username, password, **found)

    def with_options(self, **options: Unpack[CallOptions]) -> Self:
        """A connection to the same engine with other options: the same pool, the same login.

        For a call, ``connection.with_options(timeout=300).get(...)``; for a block, ``with
        connection.with_options(wait_locked=60) as patient:``. What is read by it keeps its options.
        Closing it leaves the connection that it was made from open, and that one's ``connect``
        and ``close`` hold for both.
        """
        for name in options:
            if name not in CallOptions.__annotations__:
                raise TypeError(
                    f"with_options() takes no {name!r}, but"
                    f" {', '.join(CallOptions.__annotations__)}"
                )
        root = self._root
        other: CallOptions = {**self._other, **options}
        changed = copy.copy(self)
        changed._settings = replace(root._settings, **other)
        changed._origin, changed._other, changed._seen = root, other, root._settings
        changed._made = None
        changed._transport = None
        changed._own_transport = False
        return changed

    @property
    def last_exchange(self) -> Exchange | None:
        """The last exchange with the engine in this thread or task, or None before the first.

        It has the request's method and URL, the response's status and headers, and the
        correlation id by which the engine's log speaks of it.
        """
        return _exchanges.get({}).get(self._called)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} to {self._settings.url or 'no engine yet'}>"

    def __del__(self, warn: Any = warnings.warn) -> None:
        transport = self.__dict__.get("_transport")
        if self._own_transport and getattr(transport, "is_logged_in", False):
            warn(
                f"unclosed {self!r} leaves a session on the engine: close() it, or use it in a"
                " with block",
                ResourceWarning,
                source=self,
            )

    @property
    def _root(self) -> Self:
        return self._origin or self

    @property
    def _told(self) -> Settings:
        """The settings as they are now: those of the root may have been changed since."""
        root = self._root
        if root is not self and self._seen is not root._settings:
            self._settings = replace(root._settings, **self._other)
            self._seen, self._made = root._settings, None
        return self._settings

    @property
    def _wire(self) -> Wire:
        settings = self._told
        made = self._made
        if made is None:
            made = Wire(
                settings.address,
                binding=cast("Any", self),
                format=settings.format,
                user_view=settings.user_view,
                correlation_id=settings.correlation_id,
                strict_responses=settings.strict_responses,
                check=settings.check,
                timeout=self._other.get("timeout"),
                wait_locked=settings.wait_locked,
            )
            if self._root is not self:
                made.known = self._root._wire.known
            self._made = made
        return made

    def _reconfigure(self, url: str, username: str | None, password: str | None) -> None:
        if self._origin is not None:
            raise ValueError("connect() the connection that this one with other options is of")
        changed: dict[str, Any] = {"url": url}
        if username is not None or password is not None:
            changed |= {"username": username, "password": password, "auth": None}
        self._settings = replace(self._settings, **changed)
        self._made = None

    def _remember(self, request: Request, response: Response | None = None) -> None:
        known = dict(_exchanges.get({}))
        known.pop(self._called, None)
        if len(known) >= _MOST_REMEMBERED:
            del known[next(iter(known))]
        known[self._called] = exchange_of(request, response)
        _exchanges.set(known)

    def _refused(self, error: AuthenticationFailed) -> Unauthorized:
        fault = Fault(reason=error.reason, detail=error.detail)
        hint = _likely_cause(error, self._settings.username)
        return Unauthorized(fault, error.exchange, hint=hint)


def given(caller: Mapping[str, Any]) -> dict[str, Any]:
    """The engine's own parameters among the arguments of a get, getall or iterate."""
    return {name: caller[name] for name in READ_PARAMETERS if caller[name] is not None}


def _likely_cause(error: AuthenticationFailed, username: str | None) -> str:
    """Why a name and a password were refused, as far as that can be told from outside."""
    if username is None or error.reason != "access_denied":
        return ""
    user, _, profile = username.rpartition("@")
    if "profile" in error.detail:
        return (
            f"the engine has no profile {profile!r}: a username is user@profile, such as"
            " 'admin@internal', or 'admin@ovirt@internalsso' where the engine uses Keycloak"
        )
    if profile == "internal":
        return (
            "is the password right? Where the engine uses Keycloak, as new ones do, its"
            f" administrator is 'admin@ovirt@internalsso', not {username!r}"
        )
    if profile == "internalsso" and "@" not in user:
        return (
            f"is it {user + '@ovirt@internalsso'!r}? Where the engine uses Keycloak, the names of"
            " its own users end in '@ovirt'"
        )
    return f"are the name {user!r} and the password right in the profile {profile!r}?"
