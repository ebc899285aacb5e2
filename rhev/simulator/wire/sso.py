"""Who may ask: passwords, tokens, and the paths beside the API that have to do with them."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from urllib.parse import parse_qs, urlsplit

from rhev.simulator.state.refusals import Refusal
from rhev.transport.base import Request, Response, header

TOKEN_PATH = "/ovirt-engine/sso/oauth/token"  # noqa: S105 - a path
LOGOUT_PATH = "/ovirt-engine/services/sso-logout"
CA_PATH = "/ovirt-engine/services/pki-resource"

_JSON = {"content-type": "application/json"}
_CERTIFICATE = (
    b"-----BEGIN CERTIFICATE-----\n"
    b"VGhpcyBlbmdpbmUgaXMgZW1iZWRkZWQgYW5kIGhhcyBubyBjZXJ0aWZpY2F0ZS4=\n"
    b"-----END CERTIFICATE-----\n"
)


class Sessions:
    """The users, their passwords, and the tokens that were given to them."""

    def __init__(self, users: dict[str, str]) -> None:
        self._users = users
        self._tokens: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"<Sessions of {', '.join(self._users)}>"

    def open(self, username: str) -> str:
        """A new token for a user."""
        token = secrets.token_urlsafe(48)
        self._tokens[token] = username
        return token

    def expire(self) -> None:
        """Makes every token worthless: whoever has one is answered 401."""
        self._tokens.clear()

    def user(self, request: Request) -> str:
        """The user whose request it is. Raises Refusal with 401 if that cannot be told."""
        scheme, _, credentials = (header(request.headers, "Authorization") or "").partition(" ")
        if scheme == "Bearer" and (user := self._tokens.get(credentials.strip())):
            return user
        if scheme.lower() == "basic":
            username, password = _basic(credentials)
            if self._is_right(username, password):
                return username
        challenge = {"www-authenticate": 'Basic realm="RESTAPI"'}
        raise Refusal(401, headers=challenge)

    def answer(self, request: Request) -> Response | None:
        """The response to what is asked of the paths beside the API; None for any other path."""
        path = urlsplit(request.url).path
        if path == CA_PATH:
            return Response(200, {"content-type": "application/x-x509-ca-cert"}, _CERTIFICATE)
        if path not in (TOKEN_PATH, LOGOUT_PATH):
            return None
        if request.method != "POST":
            return Response(405, {"allow": "POST"})
        if path == TOKEN_PATH and header(request.headers, "Accept") != "application/json":
            return _refused("invalid_request", "The header Accept must be application/json.")
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        return self._log_in(form) if path == TOKEN_PATH else self._log_out(form)

    def _log_in(self, form: dict[str, str]) -> Response:
        if form.get("grant_type") != "password":
            return _refused("unsupported_grant_type", "Only a grant of type password is known.")
        username = form.get("username", "")
        if not self._is_right(username, form.get("password", "")):
            return _refused(
                "access_denied", f"Cannot authenticate user {username!r}: wrong name or password."
            )
        document = {
            "access_token": self.open(username),
            "scope": form.get("scope", "ovirt-app-api"),
            "exp": "9223372036854775807",
            "token_type": "bearer",
        }
        return Response(200, _JSON, json.dumps(document).encode())

    def _log_out(self, form: dict[str, str]) -> Response:
        self._tokens.pop(form.get("token", ""), None)
        return Response(200, _JSON, b"{}")

    def _is_right(self, username: str, password: str) -> bool:
        expected = self._users.get(username, "")
        return bool(expected) and secrets.compare_digest(expected.encode(), password.encode())


def _refused(code: str, message: str) -> Response:
    content = json.dumps({"error_code": code, "error": message}).encode()
    return Response(400, _JSON, content)


def _basic(credentials: str) -> tuple[str, str]:
    try:
        username, _, password = base64.b64decode(credentials, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return username, password
