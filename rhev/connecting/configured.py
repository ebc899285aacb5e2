"""What both connections are: told something, told otherwise for a call, and what they remember."""

from __future__ import annotations

import copy
import os
import threading
import warnings
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Self, Unpack, cast
from urllib.parse import urlsplit

from rhev.connecting import environment
from rhev.connecting.settings import CallOptions, Options, Settings, assigned, check_options
from rhev.errors import AuthenticationFailed, Exchange, Unauthorized
from rhev.mapping.parameters import READ_PARAMETERS
from rhev.models.engine import Fault
from rhev.operations import Wire
from rhev.operations.answers import exchange_of
from rhev.secrets import Secret
from rhev.transport.base import SYSTEM_CLOCK, Clock
from rhev.transport.owned import renewed_in_children

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.operations import Steps
    from rhev.transport import Request, Response
    from rhev.transport.observe import Within


class Raise:
    """What ``default`` is where an absence is an error."""


RAISE: Final = Raise()


# The operations that go by another name than what carries them out.
_PUBLIC: Final = {
    "entry": "api",
    "found_or": "get",
    "page": "iterate",
    "paged": "iterate",
    "read_entry": "ping",
}

# The last exchange of each connection, in this thread or task; a few connections of them.
_exchanges: ContextVar[Mapping[object, Exchange]] = ContextVar("_exchanges")
_MOST_REMEMBERED = 16


class Configured:
    """What both connections are told, and what of it holds for every request."""

    # The transport of the user's own, if there is one, and what is open, around it or by itself.
    _given: Any = None
    _transport: Any = None
    _sending: Any = None
    # The connection whose transport and login this one shares, where it is one with other options.
    _origin: Self | None = None

    def __init__(
        self,
        url: str | None,
        username: str | None,
        password: str | Secret | None,
        **options: Unpack[Options],
    ) -> None:
        password = Secret.of(password)
        check_options(options)
        self._settings = Settings(url=url, username=username, password=password, **options)
        environment.start_logging(os.getenv(environment.LOG))
        self.renew()
        renewed_in_children(self)
        self._other: CallOptions = {}
        self._seen: Settings | None = None
        self._made: Wire | None = None
        self._called = object()

    def renew(self) -> None:
        """Begin anew in a process that was forked, where no thread is left to give a lock back."""
        self._lock = threading.Lock()

    @classmethod
    def from_environment(cls, **options: Unpack[Options]) -> Self:
        """A connection to the engine that the environment names, as its variables say.

        Those are ``RHEV_URL``, ``RHEV_USERNAME`` and ``RHEV_PASSWORD`` or ``RHEV_TOKEN``,
        ``RHEV_CA_FILE`` (a file, or its text), ``RHEV_CA_FINGERPRINT`` and ``RHEV_INSECURE``; where
        one is not set, ``OVIRT_URL`` (or ``OVIRT_HOSTNAME``), ``OVIRT_USERNAME``,
        ``OVIRT_PASSWORD``, ``OVIRT_TOKEN``, ``OVIRT_CAFILE`` and ``OVIRT_INSECURE``.
        ``RHEV_TIMEOUT`` and ``RHEV_READ_TIMEOUT`` are the options of these names. What is given
        here is taken instead of what they say. Raises ValueError where no engine is named.
        """
        told = environment.read(os.getenv)
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
        if told.timeout is not None:
            found["timeout"] = told.timeout
        if told.read_timeout is not None:
            found["read_timeout"] = told.read_timeout
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
        changed._given = changed._transport = changed._sending = None
        return changed

    @property
    def last_exchange(self) -> Exchange | None:
        """The last exchange with the engine in this thread or task, or None before the first.

        It has the request's method and URL, the response's status and headers, and the
        correlation id by which the engine's log speaks of it.
        """
        return _exchanges.get({}).get(self._called)

    def __repr__(self) -> str:
        made = "_settings" in self.__dict__  # there are none while it is being made
        return f"<{type(self).__name__} to {(made and self.url) or 'no engine yet'}>"

    def __del__(self, warn: Any = warnings.warn) -> None:
        transport = self.__dict__.get("_transport")
        if self.__dict__.get("_given") is None and getattr(transport, "is_logged_in", False):
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
    def _clock(self) -> Clock:
        """What its times are measured with: the clock of a transport that has one."""
        clock = getattr(self._root._given, "clock", None)
        return clock if isinstance(clock, Clock) else SYSTEM_CLOCK

    @property
    def _told(self) -> Settings:
        """The settings as they are now: those of the root may have been changed since."""
        root = self._root
        if root is not self and self._seen is not root._settings:
            self._settings = replace(root._settings, **self._other)
            self._seen, self._made = root._settings, None
        return self._settings

    @property
    def url(self) -> str | None:
        """The address of the engine's entry point; None where no engine was named yet."""
        return self._told.url

    @property
    def username(self) -> str | None:
        """The name of the user, as in ``admin@internal``; None where ``auth=`` knows it."""
        return self._told.username

    @property
    def scheme(self) -> str | None:
        """The scheme of the address: ``https``, or ``http``."""
        return None if self.url is None else urlsplit(self.url).scheme

    @property
    def host(self) -> str | None:
        """The host of the address."""
        return None if self.url is None else urlsplit(self.url).hostname

    @property
    def port(self) -> int | None:
        """The port of the address, that of the scheme if it names none."""
        if self.url is None:
            return None
        return urlsplit(self.url).port or {"http": 80, "https": 443}[urlsplit(self.url).scheme]

    @property
    def entrypoint(self) -> str | None:
        """The path of the address: ``/ovirt-engine/api``."""
        return None if self.url is None else urlsplit(self.url).path

    if not TYPE_CHECKING:

        def __setattr__(self, name: str, value: Any) -> None:
            present = getattr(type(self), name, None)
            own = name.startswith("_") or type(self).__module__.partition(".")[0] != "rhev"
            if isinstance(present, property) or (present is None and not own):
                raise AttributeError(
                    f"{name!r} of a connection cannot be assigned: {assigned(name)}"
                )
            super().__setattr__(name, value)

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
                timeout=settings.timeout,
                read_timeout=self._other.get("read_timeout"),
                wait_locked=settings.wait_locked,
                retry=settings.policy(own=self._root._given is None),
                observer=settings.observer,
                clock=self._clock,
            )
            if self._root is not self:
                made.known = self._root._wire.known
            self._made = made
        return made

    def _reconfigured(
        self, url: str | None, username: str | None, password: Secret | None
    ) -> Settings | None:
        """What the connection is told from now on; None where that is what it was told before.

        Raises ValueError where no engine was ever named.
        """
        if self._origin is not None:
            raise ValueError("connect() the connection that this one with other options is of")
        changed: dict[str, Any] = {"url": self._settings.address if url is None else url}
        if username is not None or password is not None:
            changed |= {"username": username, "password": password, "auth": None}
        settings = replace(self._settings, **changed)
        return None if settings == self._settings else settings

    def _configure(self, settings: Settings) -> None:
        self._settings = settings
        self._made = None

    def _observed(self, steps: Steps[Any]) -> Within | None:
        """What an operation is run within, where someone observes operations."""
        hook = self._told.on_operation
        if hook is None:
            return None
        from rhev.transport.observe import Within

        name = getattr(steps, "__name__", "")
        return Within(hook, _PUBLIC.get(name, name))

    def _remember(self, request: Request, response: Response | None = None) -> None:
        known = dict(_exchanges.get({}))
        known.pop(self._called, None)
        if len(known) >= _MOST_REMEMBERED:
            del known[next(iter(known))]
        known[self._called] = exchange_of(request, response)
        _exchanges.set(known)

    def _refused(self, error: AuthenticationFailed) -> Unauthorized:
        fault = Fault(reason=error.reason, detail=error.detail)
        hint = _likely_cause(error, self.username)
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
