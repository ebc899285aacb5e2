"""Who may ask: passwords, tokens, sessions, and the token service that gives and takes them."""

from __future__ import annotations

import base64
import json
import secrets
import time
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from rhev.simulator.state.refusals import unauthorized
from rhev.transport.base import Request, Response, header

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LIFE_TIME = 7 * 24 * 3600.0
COOKIE = "JSESSIONID"

_COOKIE_PATH = "/ovirt-engine/api"
_JSON = {"content-type": "application/json"}
_FORM = "application/x-www-form-urlencoded"
# What the scope of the API brings with it.
_API_SCOPE = "ovirt-app-api"
_DEPENDENT = (
    "ovirt-ext=token-info:authz-search",
    "ovirt-ext=token-info:public-authz-search",
    "ovirt-ext=token-info:validate",
    "ovirt-ext=token:password-access",
)


@dataclass(frozen=True, slots=True)
class Token:
    """Whose a token is, for what it was given, and the second of the epoch that ends it."""

    user: str
    scope: str
    end: float


class Sessions:
    """The users, their passwords, and the tokens that were given to them.

    ``life_time`` are the seconds for which a token is good; ``clock`` gives those of the epoch.
    """

    def __init__(
        self,
        users: dict[str, str],
        *,
        clock: Callable[[], float] = time.time,
        life_time: float = LIFE_TIME,
    ) -> None:
        self.life_time = life_time
        self._users = users
        self._clock = clock
        self._tokens: dict[str, Token] = {}
        self._cookies: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"<Sessions of {', '.join(self._users)}>"

    def let_in(self, username: str, password: str) -> None:
        """Has a user, named as in ``user1@internal``, log in with a password from now on."""
        self._users[username] = password

    def shut_out(self, username: str) -> None:
        """Has a user log in no more; the tokens that he has stay good."""
        self._users.pop(username, None)

    def open(self, username: str, scope: str = _API_SCOPE) -> str:
        """A new token for a user."""
        token = secrets.token_urlsafe(48)
        self._tokens[token] = Token(username, scope, self._clock() + self.life_time)
        return token

    def close(self, token: str) -> None:
        """Makes a token worthless, if it was worth anything."""
        self._tokens.pop(token, None)

    def expire(self) -> None:
        """Makes every token and session worthless: whoever has one is answered 401."""
        self._tokens.clear()
        self._cookies.clear()

    def token(self, text: str) -> Token | None:
        """What is known of a token that is still good."""
        found = self._tokens.get(text)
        return found if found is not None and self._clock() < found.end else None

    def user(self, request: Request) -> str:
        """The user whose request it is. Raises Refusal with 401 if that cannot be told."""
        scheme, _, credentials = (header(request.headers, "Authorization") or "").partition(" ")
        why = "Unauthorized"
        if scheme == "Bearer":
            if found := self.token(credentials.strip()):
                return found.user
            why = "invalid_grant: the token is not known, or has expired."
        elif scheme.lower() == "basic":
            username, password = _basic(credentials)
            if self.is_right(username, password):
                return username
            why = f"access_denied: {_denied(username)}"
        elif not scheme and (user := self._user_of_session(request)):
            return user
        raise unauthorized(why)

    def cookie(self, request: Request, user: str) -> dict[str, str]:
        """The header that begins a session, where the request wishes for one and has none."""
        if not _is_to_persist(request) or self._cookies.get(_cookie(request)) == user:
            return {}
        cookie = secrets.token_urlsafe(24)
        self._cookies[cookie] = user
        return {"set-cookie": f"{COOKIE}={cookie}; path={_COOKIE_PATH}; HttpOnly"}

    def _user_of_session(self, request: Request) -> str | None:
        """Whose the session is. A request that does not wish to go on with it ends it."""
        cookie = _cookie(request)
        if _is_to_persist(request):
            return self._cookies.get(cookie)
        self._cookies.pop(cookie, None)
        return None

    def is_right(self, username: str, password: str) -> bool:
        """Whether a user may log in with a password."""
        expected = self._users.get(username, "")
        return bool(expected) and secrets.compare_digest(expected.encode(), password.encode())

    def log_in(self, request: Request) -> Response:
        """What the token service answers, in whatever way it is asked."""
        form = _parameters(request)
        if header(request.headers, "Accept") != "application/json":
            return _refused("invalid_request", "Missing parameter: 'Accept Header'")
        if "grant_type" not in form:
            return _refused(_NO_GRANT, "A grant of type password is needed.", described=True)
        if form["grant_type"] != "password":
            return _refused(_NO_GRANT, "No other grant is known than that of type password.")
        if "username" not in form:
            return _refused("invalid_request", "Missing parameter: 'username'")
        username = form["username"]
        if not self.is_right(username, form.get("password", "")):
            return _refused("access_denied", _denied(username))
        scope = _granted(form.get("scope", ""))
        text = self.open(username, scope)
        return _answer({"access_token": text, "scope": scope, **self._known(self._tokens[text])})

    def token_info(self, request: Request) -> Response:
        """What is known of a token, to a client that says who it is."""
        form = _parameters(request)
        if "client_id" not in form:
            return _refused("invalid_request", "Missing parameter: 'client_id'", described=True)
        found = self.token(form.get("token", ""))
        if found is None:
            return _refused("invalid_grant", "The token is not known, or has expired.")
        whose = {"active": True, "client_id": form["client_id"], "user_id": found.user}
        return _answer({**whose, "scope": found.scope, **self._known(found)})

    def revoke(self, request: Request) -> Response:
        """Has a token closed by a client that says who it is."""
        form = _parameters(request)
        if "client_id" not in form:
            return _refused("invalid_request", "Missing parameter: 'client_id'")
        return self.log_out(request)

    def log_out(self, request: Request) -> Response:
        """Closes a token. That it was none is no error."""
        self.close(_parameters(request).get("token", ""))
        return Response(200, _JSON, b"{ }")

    @staticmethod
    def _known(token: Token) -> dict[str, str]:
        # Seconds at heart, of which the wire has the thousandths.
        return {"exp": str(int(token.end) * 1000), "token_type": "bearer"}


_NO_GRANT = "unsupported_grant_type"


def _answer(document: Mapping[str, object], status: int = 200) -> Response:
    return Response(status, _JSON, json.dumps(document, separators=(",", ":")).encode())


def _refused(code: str, message: str, *, described: bool = False) -> Response:
    """A refusal of the token service, which has two ways of putting it."""
    if described:
        return _answer({"error_description": message, "error": code}, 400)
    return _answer({"error_code": code, "error": message}, 400)


def _granted(scope: str) -> str:
    """Whatever is asked for is granted; what the scope of the API needs comes with it."""
    asked = scope.split()
    if _API_SCOPE not in asked:
        return scope
    others = [one for one in asked if one != _API_SCOPE and one not in _DEPENDENT]
    return " ".join([*others, _API_SCOPE, *_DEPENDENT])


def _denied(username: str) -> str:
    user, _, profile = username.rpartition("@")
    if not user or not profile:
        return f"Cannot authenticate user '{user or profile}@N/A': no valid profile is named."
    return f"Cannot authenticate user {username!r}: the name or the password is wrong."


def _parameters(request: Request) -> dict[str, str]:
    """Those of the query and, if it is a form, of the body."""
    pairs = parse_qsl(urlsplit(request.url).query, keep_blank_values=True)
    kind = (header(request.headers, "Content-Type") or "").partition(";")[0].strip().lower()
    if kind == _FORM:
        pairs += parse_qsl(request.content.decode(errors="replace"), keep_blank_values=True)
    return dict(pairs)


def _basic(credentials: str) -> tuple[str, str]:
    try:
        username, _, password = base64.b64decode(credentials, validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    return username, password


def _is_to_persist(request: Request) -> bool:
    return "persistent-auth" in (header(request.headers, "Prefer") or "").lower()


def _cookie(request: Request) -> str:
    try:
        cookies = SimpleCookie(header(request.headers, "Cookie") or "")
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""
