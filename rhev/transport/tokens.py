"""The schemes that send a bearer token: single sign-on by password or Kerberos, or one's own.

The engine's single sign-on is OAuth in its own dialect: a token is had for a form posted to
``/ovirt-engine/sso/oauth``, and given back to ``/ovirt-engine/services/sso-logout``.
"""

from __future__ import annotations

import base64
import importlib
import json
import re
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlencode, urlsplit

from rhev import errors
from rhev.secrets import HIDDEN, Secret
from rhev.transport.auth import PasswordAuth
from rhev.transport.base import (
    UNAVAILABLE,
    Request,
    Response,
    Transport,
    header,
    origin,
    with_headers,
)

if TYPE_CHECKING:
    from rhev.transport.auth import Flow, Login, Session

TOKEN_PATH = "/ovirt-engine/sso/oauth/token"  # noqa: S105 - a path
KERBEROS_PATH = "/ovirt-engine/sso/oauth/token-http-auth"
LOGOUT_PATH = "/ovirt-engine/services/sso-logout"
SCOPE = "ovirt-app-api"

# A token that expires while the request is on its way costs an exchange: renew it before.
_EARLY = 10.0
_MOST_LEGS = 5
# Of one header a web server takes 8 KB or a little more: what is longer can be sent to none.
_LONGEST_TOKEN = 65_536
_MOST_RENEWALS = 5
_CHALLENGE = re.compile(r"\bNegotiate +([A-Za-z0-9+/]+=*)")


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token. ``expires`` is in seconds of the epoch; ``None`` where it is not known."""

    value: Secret
    expires: float | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[!-~]+", self.value.reveal()):
            raise errors.CredentialsError(
                "a token is one line of ASCII characters without spaces, and not empty"
            )

    def expired(self) -> bool:
        """Whether the token will not do for another request, as far as is known."""
        return self.expires is not None and time.time() > self.expires - _EARLY


Obtain: TypeAlias = Callable[[], Generator[Request, Response, Token]]


@dataclass(frozen=True, slots=True, init=False)
class SsoAuth(PasswordAuth):
    """The engine's single sign-on, by username (``user@profile``) and password.

    A token is fetched before the first request, once for all threads, renewed when it has expired
    or is refused, and revoked on close. Raises :class:`rhev.errors.CredentialsError` for a
    username without a profile.
    """

    def session(self, origin: str) -> Session:
        """A session of the engine that is at the origin."""
        return _TokenSession(lambda: self._obtain(origin), logout=origin + LOGOUT_PATH)

    def _obtain(self, origin: str) -> Generator[Request, Response, Token]:
        form: dict[str, str | Secret] = {
            "grant_type": "password",
            "scope": SCOPE,
            "username": self.username,
            "password": self.password,
        }
        request = _post(origin + TOKEN_PATH, form)
        response = yield request
        return read_token(request, response, secret=self.password)


@dataclass(frozen=True, slots=True)
class KerberosAuth:
    """The engine's single sign-on, by the Kerberos ticket of the user who runs the program.

    Raises :class:`rhev.errors.CredentialsError` where the package ``gssapi`` is not installed:
    it comes with ``rhev[kerberos]``.
    """

    def session(self, origin: str) -> Session:
        """A session of the engine that is at the origin, whose principal is ``HTTP@host``."""
        try:
            gssapi = importlib.import_module("gssapi")
        except ImportError as error:
            raise errors.CredentialsError(
                "Kerberos needs the package gssapi: pip install 'rhev[kerberos]'"
            ) from error
        service = f"HTTP@{urlsplit(origin).hostname}"

        def step() -> Callable[[bytes | None], bytes | None]:
            name = gssapi.Name(service, name_type=gssapi.NameType.hostbased_service)
            context = gssapi.SecurityContext(name=name, usage="initiate")
            advance: Callable[[bytes | None], bytes | None] = context.step
            return advance

        def obtain() -> Generator[Request, Response, Token]:
            request = Request("POST", origin + KERBEROS_PATH)
            try:
                return (yield from _negotiate(request, step()))
            except gssapi.exceptions.GSSError as error:
                why = str(error)
            raise errors.AuthenticationFailed(
                f"no Kerberos ticket for {service}",
                f"{why}; kinit gets a ticket, klist shows those that there are",
                errors.Exchange(request.method, request.url),
            )

        return _TokenSession(obtain, logout=origin + LOGOUT_PATH)


def _negotiate(
    request: Request, step: Callable[[bytes | None], bytes | None]
) -> Generator[Request, Response, Token]:
    """Ask for a token by SPNEGO: RFC 4559, without waiting for the challenge."""
    form: dict[str, str | Secret] = {
        "grant_type": "urn:ovirt:params:oauth:grant-type:http",
        "scope": SCOPE,
    }
    request = _post(request.url, form)
    received: bytes | None = None
    legs = 0
    while True:
        legs += 1
        response = yield _negotiating(request, step(received))
        challenge = _CHALLENGE.search(header(response.headers, "www-authenticate") or "")
        if response.status != 401 or challenge is None or legs == _MOST_LEGS:
            return read_token(request, response)
        received = base64.b64decode(challenge[1])


def _negotiating(request: Request, ours: bytes | None) -> Request:
    text = base64.b64encode(ours or b"").decode("ascii")
    return with_headers(request, {"Authorization": f"Negotiate {text}"})


@dataclass(frozen=True, slots=True, init=False)
class TokenAuth:
    """A token that was had elsewhere, or a function that supplies one.

    The function is called before the first request and again after a 401, by one thread at a
    time; in an asynchronous transport it holds up the event loop. A token is not revoked on
    close: whoever got it may still need it.
    """

    token: Secret | Callable[[], str | Secret]

    def __init__(self, token: str | Secret | Callable[[], str | Secret]) -> None:
        if isinstance(token, str):
            token = Secret(token)
        object.__setattr__(self, "token", token)
        if isinstance(token, Secret):
            Token(token)
        elif not callable(token):
            kind = type(token).__name__
            raise TypeError(f"a token is a text, or a function that supplies one, not a {kind}")

    def session(self, origin: str) -> Session:
        """A session of the engine that is at the origin."""
        return _TokenSession(self._obtain, renewable=not isinstance(self.token, Secret))

    def _obtain(self) -> Generator[Request, Response, Token]:
        yield from ()
        return Token(self.token if isinstance(self.token, Secret) else Secret.of(self.token()))


class _TokenSession:
    """The token that the threads of a transport share, and what has become of it."""

    def __init__(
        self, obtain: Obtain, *, logout: str | None = None, renewable: bool = True
    ) -> None:
        self._obtain = obtain
        self._logout = logout
        self._renewable = renewable
        self._token: Token | None = None
        self._served: Token | None = None
        self._superfluous: list[Token] = []
        self._failure: errors.AuthenticationFailed | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is a token that logging out revokes."""
        return self._logout is not None and bool(self._token or self._superfluous)

    def flow(self, request: Request) -> Flow:
        token = self._token
        if token is None or token.expired():
            token = yield from self._renewed(token)
        renewals = 0
        while True:
            response = yield _signed(request, token)
            if response.status != 401:
                if token is self._token:
                    self._served = token
                return response
            # One that served others has expired, while this request waited for its turn. One that
            # never did is refused, and so would be the next.
            has_expired = renewals == 0 or token is not self._token or token is self._served
            if not (self._renewable and has_expired and renewals < _MOST_RENEWALS):
                return response
            token = yield from self._renewed(token)
            renewals += 1

    def _renewed(self, stale: Token | None) -> Generator[Login, Response, Token]:
        try:
            yield self._login(stale, self._failure)
        except errors.ConnectionError as error:
            # It was the login that may have arrived; the request itself has not been sent.
            error.delivered = False
            raise
        if self._token is None:
            raise RuntimeError("a login ends with a token or an error")
        return self._token

    def _login(self, stale: Token | None, failure: errors.AuthenticationFailed | None) -> Login:
        if self._token is not stale:
            return
        if self._failure is not None and self._failure is not failure:
            # Another thread was refused while this one waited. To try the same password once more
            # for every thread could lock the account.
            known = self._failure
            raise errors.AuthenticationFailed(known.reason, known.detail, known.exchange)
        try:
            token = yield from self._obtain()
        except errors.AuthenticationFailed as error:
            self._failure = error
            raise
        if self._token is stale:
            self._token = token
        else:  # a task of another event loop, which does not wait for this one, was faster
            self._superfluous.append(token)

    def logout(self) -> Login:
        tokens = [*self._superfluous, *([] if self._token is None else [self._token])]
        self._token, self._superfluous = None, []
        for token in tokens:
            if self._logout is not None:
                yield _post(self._logout, {"scope": "", "token": token.value})


def fetch_token(auth: SsoAuth | KerberosAuth, transport: Transport, url: str) -> Token:
    """A token of the engine at ``url`` that no connection gives back: that is for who keeps it.

    Raises :class:`rhev.errors.AuthenticationFailed` where the credentials are refused.
    """
    session = auth.session(origin(url))
    if not isinstance(session, _TokenSession):
        raise TypeError(f"{type(auth).__name__} is not of the single sign-on")
    steps = session._obtain()
    try:
        request = next(steps)
        while True:
            request = steps.send(transport.send(request))
    except StopIteration as end:
        token: Token = end.value
        return token


def revoke_token(token: Token, transport: Transport, url: str) -> None:
    """Give a token back to the engine at ``url``, which does not mind one that it knows no more."""
    transport.send(_post(origin(url) + LOGOUT_PATH, {"scope": "", "token": token.value}))


def _signed(request: Request, token: Token) -> Request:
    return with_headers(request, {"Authorization": f"Bearer {token.value.reveal()}"})


def _post(url: str, form: dict[str, str | Secret]) -> Request:
    headers = {
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return Request("POST", url, headers, _encoded(form))


def _encoded(form: dict[str, str | Secret]) -> bytes:
    plain = {key: text.reveal() if isinstance(text, Secret) else text for key, text in form.items()}
    return urlencode(plain).encode("ascii")


@dataclass(frozen=True, slots=True)
class _Answer:
    """What an answer of the single sign-on says: a token, or why there is none."""

    token: Secret | None = None
    expires: float | None = None
    refused: bool = False
    reason: str = ""
    detail: str = ""


def read_token(request: Request, response: Response, *, secret: Secret | None = None) -> Token:
    """Read the answer of the single sign-on. ``secret`` is kept out of what errors say.

    Raises :class:`rhev.errors.AuthenticationFailed` where it is a refusal,
    :class:`rhev.errors.ConnectionError` where the service is not available at the moment, and
    :class:`rhev.errors.ResponseError` where something else than the single sign-on answered.
    """
    exchange = errors.Exchange(request.method, request.url, response.status)
    if response.status in UNAVAILABLE:
        raise errors.ConnectionError(
            "the engine's single sign-on is not available", exchange, delivered=False
        )
    answer = _answer(response.content, secret)
    if response.status < 300 and answer.token is not None:
        return Token(answer.token, answer.expires)
    if answer.refused:
        raise errors.AuthenticationFailed(answer.reason, answer.detail, exchange)
    if response.status in {401, 403}:
        raise errors.AuthenticationFailed(
            HTTPStatus(response.status).phrase,
            "the answer says no more than this, and is perhaps that of a proxy",
            exchange,
        )
    kind = header(response.headers, "content-type") or "nothing that is known"
    raise errors.ResponseError(
        f"no token came but {kind}: is it the URL of an engine, and of version 4.0 or later? "
        "Engines before that take BasicAuth",
        exchange,
    )


def _answer(content: bytes, secret: Secret | None) -> _Answer:
    """Nothing is raised here, where tokens and what a refusal may quote are at hand."""
    try:
        return _read(json.loads(content), secret)
    except (ValueError, RecursionError):
        return _Answer()


def _read(document: object, secret: Secret | None) -> _Answer:
    if isinstance(document, list) and document:
        document = document[0]
    if not isinstance(document, dict):
        return _Answer()
    value = document.get("access_token")
    if "error_description" in document:
        reason, detail = document.get("error"), document["error_description"]
    else:
        reason, detail = document.get("error_code"), document.get("error")
    return _Answer(
        Secret(value) if isinstance(value, str) and 0 < len(value) <= _LONGEST_TOKEN else None,
        _expiry(document.get("exp")),
        reason is not None or detail is not None,
        _text(reason, secret),
        _text(detail, secret),
    )


def _text(value: object, secret: Secret | None) -> str:
    if isinstance(value, list):
        return ", ".join(_text(item, secret) for item in value)
    text = "" if value is None else str(value)
    return text.replace(secret.reveal(), HIDDEN) if secret and secret.reveal() else text


def _expiry(exp: object) -> float | None:
    """When a token expires, in seconds of the epoch.

    Engines send milliseconds of the epoch, as a text, and the largest 64-bit number for never.
    """
    try:
        expires = float(str(exp))
    except ValueError:
        return None
    if expires > 1e11:
        expires /= 1000
    # A token that came expired tells of a clock that is wrong, here or there, and of nothing more.
    return expires if expires > time.time() + _EARLY else None
