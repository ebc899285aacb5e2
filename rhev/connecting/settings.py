"""What a connection is told, and the stack of transports that is built from it."""

from __future__ import annotations

import re
import sys
import threading
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, partial
from inspect import iscoroutinefunction
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, cast

from rhev.errors import CredentialsError
from rhev.mapping.explain import described
from rhev.operations.wire import Format, entry_point
from rhev.secrets import Secret

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rhev.transport import (
        AsyncTransport,
        Auth,
        Clock,
        ExchangeHook,
        Observer,
        OperationHook,
        RetryPolicy,
        Transport,
    )


class HttpOptions(TypedDict):
    """What :class:`~rhev.transport.HttpTransport` and its twins are told by a connection."""

    timeout: float
    read_timeout: float
    ca_file: str | PathLike[str] | None
    ca_fingerprint: str | None
    insecure: bool
    warn: bool


class CallOptions(TypedDict, total=False):
    """What can be told for a block or a call, by ``with_options``, as well as for a connection.

    - ``timeout``: seconds that an operation may take, all in all: its requests, a login, what is
      repeated, and the pauses between. 120 unless said otherwise: room for one silence and a
      second attempt. ``wait_locked`` comes on top. Of ``iterate`` each page is an operation, and
      so is each read of a wait, which has a ``timeout`` of its own.
    - ``read_timeout``: seconds that the engine may be silent. 60 unless said otherwise; the
      smaller of the two wins.
    - ``retry``: what is repeated, and how often.
    - ``user_view``: see what an ordinary user may see, not what an administrator may.
    - ``correlation_id``: what the engine's log says of every request of the connection: up to 36
      letters, digits, ``_`` and ``-``. Otherwise each change has one of its own.
    - ``wait_locked``: seconds for which a request is repeated that is refused because something is
      locked, or busy with another operation (:class:`rhev.Locked`). 0 unless said otherwise.
    - ``check``: requests that break a known rule of the engine are refused before they leave;
      False leaves that to the engine. Names are looked up where it takes ids only, either way.
    - ``on_exchange``: a function, or several, called with each exchange when it has ended: an
      :class:`~rhev.transport.Observation`. An exception of it is logged, and harms no request. A
      login is told to whom its request is; the log-out to the connection's own, not that of
      ``with_options``.
    - ``on_operation``: a function called with the name of each operation, such as ``"get"``, that
      gives the context manager within which the operation is run.
    """

    timeout: float
    read_timeout: float
    retry: RetryPolicy
    user_view: bool
    correlation_id: str
    wait_locked: float
    check: bool
    on_exchange: ExchangeHook | Sequence[ExchangeHook]
    on_operation: OperationHook


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
    - With a ``transport`` of one's own, ``record`` and ``retry`` go around it; what HTTP alone
      can be told, and ``auth``, it has to have been told.
    - ``strict_responses``: what the models do not know is an error, for those who test engines.
    """

    auth: Auth
    ca_file: str | PathLike[str]
    ca_fingerprint: str
    insecure: bool
    record: str | PathLike[str]
    format: Format
    strict_responses: bool


# What others call these, and what is written here instead.
_ELSEWHERE = {
    "verify": "insecure=True trusts any certificate, ca_file= names those to trust",
    "validate_cert_chain": "insecure=True trusts any certificate, ca_file= names those to trust",
    "cert": "ca_file= names the certificates to trust",
    "token": "auth=TokenAuth(token)",
    "kerberos": "auth=KerberosAuth()",
    "retries": "retry=RetryPolicy(attempts=...)",
    "filter": "user_view=True sees what an ordinary user may see",
    "debug": "the logger 'rhev' says what is sent, as RHEV_LOG=debug in the environment does",
    "log": "the logger 'rhev' says what is sent, as RHEV_LOG=debug in the environment does",
    "verbosity": "the logger 'rhev' says what is sent, as RHEV_LOG=debug in the environment does",
    "user": "username=",
}

# What only a transport over HTTP that is made here can be told, and what it says where.
_OF_HTTP = {
    "auth": "AuthTransport(transport, auth, url)",
    "ca_file": "HttpTransport(ca_file=...)",
    "ca_fingerprint": "HttpTransport(ca_fingerprint=...)",
    "insecure": "HttpTransport(insecure=True)",
    "read_timeout": "HttpTransport(read_timeout=...)",
}

# Options in seconds, and the least that each may be. No clock here counts further than LONGEST.
_SECONDS = {"timeout": sys.float_info.min, "read_timeout": sys.float_info.min, "wait_locked": 0}
LONGEST = threading.TIMEOUT_MAX

_CORRELATION_ID = re.compile(r"[0-9A-Za-z_-]{1,36}")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that a connection is told, checked: see :class:`Options`."""

    url: str | None = None
    username: str | None = None
    password: Secret | None = None
    auth: Auth | None = field(default=None, repr=False)
    ca_file: str | PathLike[str] | None = field(default=None, repr=False)
    ca_fingerprint: str | None = None
    insecure: bool = False
    timeout: float = 120
    read_timeout: float = 60
    retry: RetryPolicy | None = None
    record: str | PathLike[str] | None = None
    format: Format = "json"
    user_view: bool = False
    correlation_id: str | None = None
    strict_responses: bool = False
    check: bool = True
    wait_locked: float = 0
    on_exchange: ExchangeHook | Sequence[ExchangeHook] = field(default=(), repr=False)
    on_operation: OperationHook | None = field(default=None, repr=False)
    begun: bool = field(default=False, repr=False)

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
        for name, least in _SECONDS.items():
            value = getattr(self, name)
            if not least <= value <= LONGEST:
                above = "above 0" if least else "of 0 or more"
                raise ValueError(f"{name}= is a number of seconds {above}, not {value!r}")
        if self.ca_fingerprint is not None or self.ca_file is not None:
            self._check_trust()
        self.authentication()

    def _check_types(self) -> None:
        """Raises TypeError for what would be taken for another thing than it is."""
        for name in ("url", "username", "password", "correlation_id"):
            value = getattr(self, name)
            if not (value is None or isinstance(value, Secret if name == "password" else str)):
                raise TypeError(f"{name}= is a text, not {described(value)}")
        for name in ("insecure", "user_view", "strict_responses", "check"):
            value = getattr(self, name)
            if not isinstance(value, bool):
                raise TypeError(f"{name}= is True or False, not {described(value)}")
        for name in _SECONDS:
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise TypeError(f"{name}= is a number of seconds, not {described(value)}")
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
        for hook in self.hooks:
            _check_hook("on_exchange", hook)
        if self.on_operation is not None:
            _check_hook("on_operation", self.on_operation)
        if self.record == "":
            raise ValueError("record= is the path of a file, and is empty")

    @property
    def hooks(self) -> Sequence[ExchangeHook]:
        """What is called with each exchange."""
        given = self.on_exchange
        return tuple(given) if isinstance(given, (list, tuple)) else (cast("ExchangeHook", given),)

    @cached_property
    def observer(self) -> Observer | None:
        """What is told of each exchange, and that a hook has failed is said once."""
        from rhev.transport import Observer

        return Observer(self.hooks) if self.hooks else None

    def _check_trust(self) -> None:
        from rhev.transport import trust

        if self.ca_fingerprint is not None:
            if self.insecure or self.ca_file is not None:
                raise ValueError("give ca_fingerprint=, ca_file= or insecure=, not several of them")
            trust.fingerprint(self.ca_fingerprint)
        elif self.ca_file is not None:
            if not trust.is_pem(self.ca_file) and not Path(self.ca_file).is_file():
                raise ValueError(
                    f"ca_file={str(self.ca_file)!r} is no file; give one in PEM form, or its text"
                )
            trust.check_ca(self.ca_file)

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

    def warn(self) -> None:
        """Warn, once for a connection, of what others could read or answer."""
        clear = self.url is not None and self.url.startswith("http://")
        if not self.insecure and not clear:
            return
        from rhev.transport import risks

        if self.insecure:
            risks.warn_of_unverified()
        if clear and self.authentication() is not None:
            risks.warn_of_clear_text(self.address)

    def _of_http(self) -> HttpOptions:
        """What a transport over HTTP is told. Of what is insecure ``warn`` has warned."""
        return {
            "timeout": self.timeout,
            "read_timeout": self.read_timeout,
            "ca_file": self.ca_file,
            "ca_fingerprint": self.ca_fingerprint,
            "insecure": self.insecure,
            "warn": False,
        }

    def _recorded(self) -> bool:
        """Whether the cassette was begun: what is recorded from then on is added to it."""
        begun = self.begun
        object.__setattr__(self, "begun", True)
        return begun

    def transport(self, own: Transport | None = None) -> Transport:
        """Authentication around observation around HTTP, with a recorder between if asked for.

        It is shared by all that has the same credentials; ``repeating`` goes around it. Around a
        transport of the user's ``own`` there is observation, and just what was asked for.
        """
        from rhev.transport import (
            AuthTransport,
            HttpTransport,
            NoAuth,
            ObservingTransport,
            RecordingTransport,
        )

        transport: Transport = ObservingTransport(own or HttpTransport(**self._of_http()))
        if self.record is not None:
            transport = RecordingTransport(transport, self.record, append=self._recorded())
        if own is not None:
            return transport
        auth = self.authentication() or NoAuth()
        return AuthTransport(transport, auth, self.address, observer=self.observer)

    def policy(self, *, own: bool) -> RetryPolicy | None:
        """How requests are repeated; None where they are not: by a transport that is not ours."""
        from rhev.transport import RetryPolicy

        return self.retry or (RetryPolicy() if own else None)

    def repeating(self, transport: Transport, *, own: bool, clock: Clock) -> Transport:
        """What requests are given to: retry around a transport.

        One that is not our ``own`` is retried only where ``retry`` was given.
        """
        from rhev.transport import RetryTransport

        if not (own or self.retry):
            return transport
        return RetryTransport(transport, self.retry, sleep=clock.sleep, clock=clock.monotonic)

    def async_transport(
        self, own: AsyncTransport | None = None, by: str | None = None
    ) -> AsyncTransport:
        """The same stack, asynchronous, by httpx or by aiohttp."""
        from rhev.transport import (
            AsyncAuthTransport,
            AsyncHttpTransport,
            AsyncObservingTransport,
            AsyncRecordingTransport,
            NoAuth,
        )

        transport: AsyncTransport
        if own is not None:
            transport = own
        elif by is None:
            transport = AsyncHttpTransport(**self._of_http())
        else:
            from rhev.transport import AiohttpTransport

            transport = AiohttpTransport(**self._of_http())
        transport = AsyncObservingTransport(transport)
        if self.record is not None:
            transport = AsyncRecordingTransport(transport, self.record, append=self._recorded())
        if own is not None:
            return transport
        auth = self.authentication() or NoAuth()
        return AsyncAuthTransport(transport, auth, self.address, observer=self.observer)

    def async_repeating(
        self, transport: AsyncTransport, *, own: bool, clock: Clock
    ) -> AsyncTransport:
        """The same, asynchronous, as ``repeating``."""
        from rhev.transport import AsyncRetryTransport
        from rhev.transport.base import pause

        if not (own or self.retry):
            return transport
        return AsyncRetryTransport(
            transport, self.retry, sleep=partial(pause, clock), clock=clock.monotonic
        )


def _check_hook(option: str, hook: object) -> None:
    if not callable(hook) or iscoroutinefunction(hook):
        raise TypeError(f"{option}= is a function, and not one to be awaited: {described(hook)}")


def assigned(name: str) -> str:
    """What is written instead of an assignment to a connection."""
    if name in ("url", "scheme", "host", "port", "entrypoint"):
        return "connect(url) names another engine"
    if name in ("username", "password"):
        return "connect(username=..., password=...) names another user"
    known = Options.__annotations__
    there_are = f"there are: {', '.join(sorted(known))}"
    instead = _ELSEWHERE.get(name) or _near(name, known) or there_are
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
