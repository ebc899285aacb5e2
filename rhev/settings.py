"""What a connection is told, and the stack of transports that is built from it."""

from __future__ import annotations

import math
import re
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypedDict, Unpack, cast

from rhev.errors import AuthenticationFailed, CredentialsError, Unauthorized
from rhev.mapping.parameters import READ_PARAMETERS
from rhev.models.engine import Fault
from rhev.operations import Wire
from rhev.operations.wire import Format, entry_point

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from rhev.secrets import Secret
    from rhev.transport import (
        AiohttpTransport,
        AsyncHttpTransport,
        AsyncTransport,
        Auth,
        RetryPolicy,
        Transport,
    )


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


_CORRELATION_ID = re.compile(r"[0-9A-Za-z_-]{1,36}")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that a connection is told, checked: see :class:`Options`."""

    url: str | None = None
    username: str | None = None
    password: Secret | None = None
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
    begun: bool = field(default=False, repr=False)

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
        if self.ca_file is not None and not Path(self.ca_file).is_file():
            raise ValueError(f"ca_file={str(self.ca_file)!r} is no file; give one in PEM form")
        if self.ca_file is not None:
            from rhev.transport.http import check_ca

            check_ca(self.ca_file)
        self.authentication()

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

    def _recorded(self) -> bool:
        """Whether the cassette was begun: what is recorded from then on is added to it."""
        begun = self.begun
        object.__setattr__(self, "begun", True)
        return begun

    def transport(self) -> Transport:
        """Retry around authentication around HTTP, with a recorder next to HTTP if asked for."""
        from rhev.transport import (
            AuthTransport,
            HttpTransport,
            NoAuth,
            RecordingTransport,
            RetryTransport,
        )

        transport: Transport = HttpTransport(
            timeout=self.timeout, ca_file=self.ca_file, insecure=self.insecure, warn=False
        )
        if self.record is not None:
            transport = RecordingTransport(transport, self.record, append=self._recorded())
        auth = self.authentication() or NoAuth()
        return RetryTransport(AuthTransport(transport, auth, self.address), self.retry)

    def async_transport(self, by: str | None = None) -> AsyncTransport:
        """The same stack, asynchronous, by httpx or by aiohttp."""
        from rhev.transport import (
            AsyncAuthTransport,
            AsyncHttpTransport,
            AsyncRecordingTransport,
            AsyncRetryTransport,
            NoAuth,
        )

        http: type[AiohttpTransport | AsyncHttpTransport] = AsyncHttpTransport
        if by is not None:
            from rhev.transport import AiohttpTransport

            http = AiohttpTransport
        transport: AsyncTransport = http(
            timeout=self.timeout, ca_file=self.ca_file, insecure=self.insecure, warn=False
        )
        if self.record is not None:
            transport = AsyncRecordingTransport(transport, self.record, append=self._recorded())
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
        password: Secret | None,
        **options: Unpack[Options],
    ) -> None:
        self._settings = Settings(url=url, username=username, password=password, **options)
        self._lock = threading.Lock()
        self._made: Wire | None = None

    def __repr__(self) -> str:
        settings = vars(self).get("_settings")  # there are none while it is being made
        return f"<{type(self).__name__} to {(settings and settings.url) or 'no engine yet'}>"

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

    def _reconfigure(self, url: str, username: str | None, password: Secret | None) -> None:
        changed: dict[str, Any] = {"url": url}
        if username is not None or password is not None:
            changed |= {"username": username, "password": password, "auth": None}
        self._settings = replace(self._settings, **changed)
        self._made = None


def given(caller: Mapping[str, Any]) -> dict[str, Any]:
    """The engine's own parameters among the arguments of a get, getall or iterate."""
    return {name: caller[name] for name in READ_PARAMETERS if caller[name] is not None}


def refused(error: AuthenticationFailed) -> Unauthorized:
    return Unauthorized(Fault(reason=error.reason, detail=error.detail), error.exchange)
