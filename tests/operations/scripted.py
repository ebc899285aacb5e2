"""A transport that answers by a script, in memory: what a user could write in ten lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from rhev import AsyncConnection, Connection
from rhev.transport import Request, Response

URL = "https://engine.example/ovirt-engine/api"
PATH = "/ovirt-engine/api"

Answer = Response | Mapping[str, Any] | Callable[[Request], "Response | Mapping[str, Any]"]

ENTRY = {
    "product_info": {"name": "oVirt Engine"},
    "special_objects": {
        "blank_template": {"id": "0", "href": f"{PATH}/templates/0"},
        "root_tag": {"id": "1", "href": f"{PATH}/tags/1"},
    },
    "link": [
        {"rel": rel, "href": f"{PATH}/{rel}"} for rel in ("vms", "tags", "templates", "bookmarks")
    ]
    + [{"rel": "vms/search", "href": f"{PATH}/vms?search={{query}}"}],
}


def answer(document: Any, status: int = 200, media_type: str = "application/json") -> Response:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return Response(status, {"content-type": media_type}, content)


class Scripted:
    """Answers ``"GET /vms"`` and the like from a table; ``requests`` is what came."""

    def __init__(self, answers: Mapping[str, Answer] | None = None) -> None:
        self.answers: dict[str, Answer] = {"GET ": ENTRY, **(answers or {})}
        self.requests: list[Request] = []
        self.closed = 0

    @property
    def calls(self) -> list[str]:
        """What was asked for, without reading the entry point."""
        calls = [f"{request.method} {self.path(request)}" for request in self.requests]
        return [call for call in calls if call != "GET "]

    def path(self, request: Request) -> str:
        parts = urlsplit(request.url)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}".startswith(URL), request.url
        return parts.path.removeprefix(PATH)

    def query(self, index: int = -1) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.requests[index].url).query, keep_blank_values=True))

    def body(self, index: int = -1) -> Any:
        return json.loads(self.requests[index].content)

    def send(self, request: Request) -> Response:
        self.requests.append(request)
        given = self.answers[f"{request.method} {self.path(request)}"]
        given = given(request) if callable(given) else given
        return given if isinstance(given, Response) else answer(given)

    def close(self) -> None:
        self.closed += 1


class AsyncScripted:
    """The asynchronous twin."""

    def __init__(self, script: Scripted) -> None:
        self.script = script

    async def send(self, request: Request) -> Response:
        return self.script.send(request)

    async def close(self) -> None:
        self.script.close()


def connected(script: Scripted, **options: Any) -> Connection:
    return Connection(URL, transport=script, **options)


def async_connected(script: Scripted, **options: Any) -> AsyncConnection:
    return AsyncConnection(URL, transport=AsyncScripted(script), **options)
