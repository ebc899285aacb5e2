"""What a connection is told, and the stack of transports that is built from it."""

from __future__ import annotations

import math
import re
import threading
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypedDict, Unpack, cast
from urllib.parse import urlsplit

from rhev.errors import AuthenticationFailed, CredentialsError, Unauthorized
from rhev.mapping.explain import described
from rhev.mapping.parameters import READ_PARAMETERS
from rhev.models.engine import Fault
from rhev.operations import Wire
from rhev.operations.wire import Format, entry_point

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from rhev.transport import AsyncTransport, Auth, RetryPolicy, Transport


class Options(TypedDict, total=False):
    """What a connection can be told beside the address, the user's name and the password.

    - ``auth``: :class:`~rhev.transport.BasicAuth`, ``TokenAuth`` or ``KerberosAuth``, in place of
      a name and a password.
    - ``ca_file``: the certificates to trust, for an engine with a CA of its own;
      ``insecure=True`` trusts anything, and warns.
    - ``timeout``: seconds that a response may take. ``retry``: what is repeated, and how long.
    - ``record``: a file for a cassette of all traffic, with the secrets left out.
    - ``format``: the wire, ``"json"`` or ``"xml"``.
    - ``user_view``: see what an ordinary user may see, not what an administrator may.
    - ``correlation_id``: what the engine's log says of every request of the connection: up to 36
      letters, digits, ``_`` and ``-``.
    - With a ``transport`` of one's own, ``record`` and ``retry`` go around it; what HTTP alone
      can be told, and ``auth``, it has to have been told.
    - ``strict_responses``: what the models do not know is an error, for those who test engines.
    - ``check``: requests that break a known rule of the engine are refused before they leave;
      False leaves that to the engine. Names are looked up where it takes ids only, either way.
    """

    auth: Auth
    ca_file: str | PathLike[str]
    insecure: bool
    timeout: float
    retry: RetryPolicy
    record: str | PathLike[str]
    format: Format
    user_view: bool
    correlation_id: str
    strict_responses: bool
    check: bool


# What others call these, and what is written here instead.
_ELSEWHERE = {
    "verify": "insecure=True trusts any certificate, ca_file= names those to trust",
    "validate_cert_chain": "insecure=True trusts any certificate, ca_file= names those to trust",
    "cert": "ca_file= names the certificates to trust",
    "token": "auth=TokenAuth(token)",
    "kerberos": "auth=KerberosAuth()",
    "retries": "retry=RetryPolicy(attempts=...)",
    "filter": "user_view=True sees what an ordinary user may see",
    "debug": "the logger 'rhev' says what is sent",
    "log": "the logger 'rhev' says what is sent",
    "user": "username=",
}

# What only a transport over HTTP that is made here can be told, and what it says where.
_OF_HTTP = {
    "auth": "AuthTransport(transport, auth, url)",
    "ca_file": "HttpTransport(ca_file=...)",
    "insecure": "HttpTransport(insecure=True)",
    "timeout": "HttpTransport(timeout=...)",
}

_CORRELATION_ID = re.compile(r"[0-9A-Za-z_-]{1,36}")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that a connection is told, checked: see :class:`Options`."""

    url: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    auth: Auth | None = field(default=None, repr=False)
    ca_file: str | PathLike[str] | None = None
    insecure: bool = False
    timeout: float = 60
    retry: RetryPolicy | None = None
    record: str | PathLike[str] | None = None
    format: Format = "json"
    user_view: bool = False
    correlation_id: str | None = None
    strict_responses: bool = False
    check: bool = True

    def __post_init__(self) -> None:
        self._check_types()
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
        if self.ca_file is not None and not Path(self.ca_file).is_file():
            raise ValueError(f"ca_file={str(self.ca_file)!r} is no file; give one in PEM form")
        self.authentication()

    def _check_types(self) -> None:
        """Raises TypeError for what would be taken for another thing than it is."""
        for name in ("url", "username", "password", "correlation_id"):
            value = getattr(self, name)
            if not (value is None or isinstance(value, str)):
                raise TypeError(f"{name}= is a text, not {described(value)}")
        for name in ("insecure", "user_view", "strict_responses", "check"):
            value = getattr(self, name)
            if not isinstance(value, bool):
                raise TypeError(f"{name}= is True or False, not {described(value)}")
        if isinstance(self.timeout, bool) or not isinstance(self.timeout, (int, float)):
            raise TypeError(f"timeout= is a number of seconds, not {described(self.timeout)}")
        has_session = callable(getattr(self.auth, "session", None))
        if self.auth is not None and (isinstance(self.auth, type) or not has_session):
            raise TypeError(
                f"auth= is BasicAuth, TokenAuth or KerberosAuth, not {described(self.auth)}"
            )
        if not (self.retry is None or callable(getattr(self.retry, "backoff", None))):
            raise TypeError(f"retry= is a RetryPolicy, not {described(self.retry)}")
        for name in ("record", "ca_file"):
            value = getattr(self, name)
            if not (value is None or isinstance(value, (str, PathLike))):
                raise TypeError(f"{name}= is the path of a file, not {described(value)}")
        if self.record == "":
            raise ValueError("record= is the path of a file, and is empty")

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

    def transport(self, own: Transport | None = None) -> Transport:
        """Retry around authentication around HTTP, with a recorder next to HTTP if asked for.

        Around a transport of the user's ``own`` there is just what was asked for.
        """
        from rhev.transport import (
            AuthTransport,
            HttpTransport,
            NoAuth,
            RecordingTransport,
            RetryTransport,
        )

        transport: Transport = own or HttpTransport(
            timeout=self.timeout, ca_file=self.ca_file, insecure=self.insecure
        )
        if self.record is not None:
            transport = RecordingTransport(transport, self.record)
        if own is not None:
            return transport if self.retry is None else RetryTransport(transport, self.retry)
        auth = self.authentication() or NoAuth()
        return RetryTransport(AuthTransport(transport, auth, self.address), self.retry)

    def async_transport(self, own: AsyncTransport | None = None) -> AsyncTransport:
        """The same stack, asynchronous."""
        from rhev.transport import (
            AsyncAuthTransport,
            AsyncHttpTransport,
            AsyncRecordingTransport,
            AsyncRetryTransport,
            NoAuth,
        )

        transport: AsyncTransport = own or AsyncHttpTransport(
            timeout=self.timeout, ca_file=self.ca_file, insecure=self.insecure
        )
        if self.record is not None:
            transport = AsyncRecordingTransport(transport, self.record)
        if own is not None:
            return transport if self.retry is None else AsyncRetryTransport(transport, self.retry)
        auth = self.authentication() or NoAuth()
        return AsyncRetryTransport(AsyncAuthTransport(transport, auth, self.address), self.retry)


class Raise:
    """What ``default`` is where an absence is an error."""


RAISE: Final = Raise()


class Configured:
    """What both connections are told, and what of it holds for every request."""

    def __init__(
        self,
        url: str | None,
        username: str | None,
        password: str | None,
        **options: Unpack[Options],
    ) -> None:
        check_options(options)
        self._settings = Settings(url=url, username=username, password=password, **options)
        self._lock = threading.Lock()
        self._made: Wire | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} to {self._settings.url or 'no engine yet'}>"

    @property
    def url(self) -> str | None:
        """The address of the engine's entry point; None where no engine was named yet."""
        return self._settings.url

    @property
    def username(self) -> str | None:
        """The name of the user, as in ``admin@internal``; None where ``auth=`` knows it."""
        return self._settings.username

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
                    f"{name!r} of a connection cannot be assigned: {_assigned(name)}"
                )
            super().__setattr__(name, value)

    @property
    def _wire(self) -> Wire:
        if self._made is None:
            settings = self._settings
            self._made = Wire(
                settings.address,
                binding=cast("Any", self),
                format=settings.format,
                user_view=settings.user_view,
                correlation_id=settings.correlation_id,
                strict_responses=settings.strict_responses,
                check=settings.check,
            )
        return self._made

    def _reconfigured(
        self, url: str | None, username: str | None, password: str | None
    ) -> Settings | None:
        """What the connection is told from now on; None where that is what it was told before.

        Raises ValueError where no engine was ever named.
        """
        changed: dict[str, Any] = {"url": self._settings.address if url is None else url}
        if username is not None or password is not None:
            changed |= {"username": username, "password": password, "auth": None}
        settings = replace(self._settings, **changed)
        return None if settings == self._settings else settings

    def _configure(self, settings: Settings) -> None:
        self._settings = settings
        self._made = None


def _assigned(name: str) -> str:
    """What is written instead of an assignment to a connection."""
    if name in ("url", "scheme", "host", "port", "entrypoint"):
        return "connect(url) names another engine"
    if name in ("username", "password"):
        return "connect(username=..., password=...) names another user"
    instead = _ELSEWHERE.get(name) or _near(name, Options.__annotations__) or f"{name}="
    return f"what it is told, its constructor is told; {instead}"


def check_options(options: Mapping[str, object]) -> None:
    """Raises TypeError for an option that no connection has, and says what is written instead."""
    known = Options.__annotations__
    for name in options:
        if name not in known:
            instead = _ELSEWHERE.get(name) or _near(name, known)
            raise TypeError(
                f"a connection has no option {name!r}{f'; {instead}' if instead else ''}"
            )


def _near(name: str, known: Collection[str]) -> str:
    close = get_close_matches(name, known, 1)
    return f"did you mean {close[0]}=?" if close else ""


def check_given_transport(transport: object, options: Mapping[str, object]) -> None:
    """Raises for what is no transport, and for what one that was made already cannot be told."""
    has_all = all(callable(getattr(transport, name, None)) for name in ("send", "close"))
    if isinstance(transport, type) or not has_all:
        raise TypeError(
            f"transport= is an object with send(request) and close(), not {described(transport)}"
        )
    for name, instead in _OF_HTTP.items():
        if name in options:
            raise TypeError(
                f"transport= was made without {name}=, which would be ignored; write {instead}"
            )


def given(caller: Mapping[str, Any]) -> dict[str, Any]:
    """The engine's own parameters among the arguments of a get, getall or iterate."""
    return {name: caller[name] for name in READ_PARAMETERS if caller[name] is not None}


def refused(error: AuthenticationFailed) -> Unauthorized:
    return Unauthorized(Fault(reason=error.reason, detail=error.detail), error.exchange)
