"""Asks an embedded engine what a real one was asked, and learns which ids are the same thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rhev.simulator import Engine
from rhev.simulator.engine import URL
from rhev.simulator.state.values import held
from rhev.transport.base import Request, Response, header
from tests.conformance import estate
from tests.conformance.compare import Verdict, compare, pairs
from tests.conformance.documents import Node, members, parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.conformance.exchanges import Exchange

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/events/)\d+")
_UNSENT = frozenset({"host", "content-length", "connection", "authorization", "accept-encoding"})
# Collections in which a name is given once, and their types.
_NAMED = {
    "affinitygroups": "AffinityGroup",
    "clusters": "Cluster",
    "groups": "Group",
    "hosts": "Host",
    "instancetypes": "InstanceType",
    "networks": "Network",
    "storagedomains": "StorageDomain",
    "templates": "Template",
    "vmpools": "VmPool",
    "vms": "Vm",
}
USERS = {"user1": "user1@internal", "user2": "user2@internal"}


def _with_password(exchange: Exchange, password: str) -> str:
    """What was sent, where it is not told which password that was: the right one, if it was."""
    if exchange.status == 200 and exchange.url.endswith("/sso/oauth/token"):
        return exchange.content.replace("password=***", f"password={password}")
    return exchange.content


class Replay:
    """An embedded engine with the estate of the recordings, whose clock is that of the answers."""

    def __init__(self) -> None:
        self._now = 0.0
        self.engine = Engine(clock=lambda: self._now, speed=1)
        self.ids: dict[str, str] = {}
        self._stages = list(estate.STAGES)
        self._tokens: dict[str, str] = {}

    def run(self, exchanges: Iterable[Exchange]) -> Iterator[Verdict]:
        """Every exchange in order, with what came of it."""
        for exchange in exchanges:
            self._now = max(self._now, exchange.time)
            while self._stages and self._stages[0].before <= self._now:
                self._stages.pop(0).build(self.engine)
            self._make_way(exchange)
            response = self.send(exchange)
            verdict = compare(exchange, response, self.ids)
            self._learn(exchange, response)
            yield verdict

    def _make_way(self, exchange: Exchange) -> None:
        """Takes away what has the name of something that the real engine could add.

        Between the runs that were recorded their leftovers were removed, which no line tells of.
        """
        segment = urlsplit(exchange.url).path.rstrip("/").rpartition("/")[2]
        if exchange.method != "POST" or exchange.status not in (201, 202) or segment not in _NAMED:
            return
        body = parsed(header(exchange.headers, "content-type") or "", exchange.content)
        if body is None or "base_template" in exchange.content:
            return
        name, store = body.get("name"), self.engine._estate.store
        for record in list(store.of_type(_NAMED[segment])):
            same = name is not None and held(record.model, "name") == name
            if same and (record.parent is None or segment == "affinitygroups"):
                store.remove(record)

    def send(self, exchange: Exchange) -> Response:
        """Our answer to a recorded request."""
        headers = {k: v for k, v in exchange.headers.items() if k.lower() not in _UNSENT}
        if exchange.user not in ("nobody", "given credentials (scrubbed)"):
            headers["Authorization"] = f"Bearer {self._token(exchange.user)}"
        host = URL.partition("/ovirt-engine")[0]
        request = Request(
            exchange.method,
            host + self._ours(exchange.url),
            headers,
            self._ours(_with_password(exchange, self.engine.password)).encode(),
        )
        try:
            return self.engine.handle(request)
        except Exception as error:  # what drops the connection of whoever asked
            return Response(599, {}, f"{type(error).__name__}: {error}".encode())

    def _token(self, user: str) -> str:
        name = USERS.get(user, self.engine.username)
        if name not in self._tokens:
            self._tokens[name] = self.engine.sessions.open(name)
        return self._tokens[name]

    def _ours(self, text: str) -> str:
        return _ID.sub(lambda found: self.ids.get(found[0], found[0]), text)

    def _learn(self, exchange: Exchange, response: Response) -> None:
        theirs = parsed(header(exchange.answered, "content-type") or "", exchange.body)
        content_type = header(response.headers, "content-type") or ""
        ours = parsed(content_type, response.content.decode(errors="replace"))
        if theirs is None or ours is None or exchange.status >= 400 or response.status >= 400:
            return
        self._walk(theirs, ours)

    def _walk(self, theirs: Node, ours: Node) -> None:
        there, here = theirs.get("id"), ours.get("id")
        is_named = theirs.get("name") is not None and theirs.get("name") == ours.get("name")
        # What is gone here may have come again there: names say more than what was learnt first.
        if there and here and (is_named or there not in self.ids):
            self.ids[there] = here
        names = dict.fromkeys(child.name for child in theirs.children)
        inner = members(theirs)
        for name in names:
            all_theirs = [child for child in theirs.all(name) if child.children]
            all_ours = [child for child in ours.all(name) if child.children]
            if any(child in inner for child in all_theirs):
                for one, other in pairs(all_theirs, all_ours, self.ids):
                    self._walk(one, other)
            elif len(all_theirs) == len(all_ours):
                for one, other in zip(all_theirs, all_ours, strict=True):
                    self._walk(one, other)
