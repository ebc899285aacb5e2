"""What was taken out of the recordings: passwords, tokens and cookies, put back by what came of it.

Where the real engine took what it was given, it was right, and ours is given what is right here.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from rhev.transport.base import Response, header

if TYPE_CHECKING:
    from rhev.simulator import Engine
    from tests.conformance.exchanges import Exchange

SCRUBBED = "given credentials (scrubbed)"
USERS = {"user1": "user1@internal", "user2": "user2@internal"}

_PASSWORD = re.compile(r"(?<=password=)\*\*\*")
_TOKEN = re.compile(r"(?<=token=)\*\*\*")
_USER = re.compile(r"username=([^&]+)")
_COOKIE = re.compile(r"JSESSIONID=([^;]+)")
_OTHER = "another password"


class Scrubbed:
    """Credentials for an engine of ours, in the place of those that were taken out."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._passwords = dict.fromkeys(USERS.values(), "secret of an ordinary user")
        self._passwords[engine.username] = engine.password
        for name in USERS.values():
            engine.sessions.let_in(name, self._passwords[name])
        self.cookie = ""

    def headers(self, exchange: Exchange) -> dict[str, str]:
        """The header with the credentials, of the kind that the note names."""
        right = exchange.status < 400
        if exchange.note.startswith("Basic"):
            username, password = self._engine.username, self._engine.password
            for words, others in _BASIC.items():
                if words in exchange.note:
                    username, password = others
            pair = f"{username}:{password if right else _OTHER}"
            return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
        token = self._engine.sessions.open(self._engine.username) if right else "nonsense"
        scheme = next((s for words, s in _SCHEMES.items() if words in exchange.note), "Bearer")
        return {"Authorization": f"{scheme} {token}"}

    def restored(self, text: str, exchange: Exchange) -> str:
        """A form with a password and a token in it."""
        username = unquote(found[1]) if (found := _USER.search(text)) else ""
        password = self._passwords.get(username, _OTHER) if exchange.status < 400 else _OTHER
        return _TOKEN.sub("nonsense", _PASSWORD.sub(password.replace(" ", "+"), text))

    def learn(self, response: Response) -> None:
        """Keeps the cookie of a session that was begun."""
        if found := _COOKIE.search(header(response.headers, "Set-Cookie") or ""):
            self.cookie = f"JSESSIONID={found[1]}"


_BASIC = {"unknown user": ("nobody@internal", ""), "no profile": ("admin", "")}
_SCHEMES = {"lower case scheme": "bearer", "other scheme": "Negotiate"}
