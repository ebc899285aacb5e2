"""Asks an embedded engine what a real one was asked, and learns which ids are the same thing."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from rhev.simulator import Engine
from rhev.simulator.engine import URL
from rhev.simulator.generic.parts import remove_whole
from rhev.simulator.generic.routing import GONE, locate
from rhev.simulator.state.journal import undoing
from rhev.simulator.state.refusals import Refusal
from rhev.simulator.state.values import held
from rhev.transport.base import Request, Response, header
from tests.conformance import estate
from tests.conformance.compare import Verdict, compare, pairs
from tests.conformance.credentials import SCRUBBED, USERS, Scrubbed
from tests.conformance.documents import Node, members, parsed
from tests.conformance.exchanges import API
from tests.conformance.sightings import Sightings
from tests.conformance.unrecorded import BETWEEN, Names, make_way, unknowable, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.conformance.exchanges import Exchange

# In a directory ids are such in hexadecimal digits.
_ID = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/events/)\d+|(?<=/)(?:[0-9A-F]{2}){36}\b"
)
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
# After how many requests an id is looked for again that meant nothing.
_PATIENCE = 30
_FRAMING = frozenset({"transfer-encoding"})


def _with_password(exchange: Exchange, password: str) -> str:
    """What was sent, where it is not told which password that was: the right one, if it was."""
    if exchange.status == 200 and exchange.url.endswith("/sso/oauth/token"):
        return exchange.content.replace("password=***", f"password={password}")
    return exchange.content


class _TakenBack(Exception):
    """Raised to undo what was not done there."""


class Replay:
    """An embedded engine with the estate of the recordings, whose clock is that of the answers."""

    def __init__(self) -> None:
        self._now = 0.0
        self.engine = Engine(clock=lambda: self._now, speed=1)
        self.ids: dict[str, str] = {}
        self.scrubbed = Scrubbed(self.engine)
        self._stages = list(estate.STAGES)
        self._tokens: dict[str, str] = {}
        self._names = Names(())
        self._asked = 0
        self._guessed: dict[str, str] = {}
        self._sought: dict[str, int] = {}
        self._removed: set[str] = set()
        self.left_out: Counter[str] = Counter()
        self._unwanted: set[str | None] = set()

    def run(self, exchanges: Iterable[Exchange]) -> Iterator[Verdict]:
        """Every exchange in order, with what came of it."""
        exchanges = list(exchanges)
        self._names = Names(exchanges)
        sightings = Sightings(exchanges)
        for index, exchange in enumerate(exchanges):
            self._now = max(self._now, exchange.time)
            while self._stages and self._stages[0].before <= self._now:
                self._stages.pop(0).build(self.engine)
            for address in sightings.gone_by(index):
                self._remove(address)
            if reason := unknowable(exchange):
                self.left_out[reason] += 1
                continue
            self._remove_unwanted()
            if build := BETWEEN.get((exchange.file, exchange.line)):
                build(self.engine)
            make_way(self.engine, exchange, self._ours(exchange.url).partition(API)[2])
            response = self._answer(exchange)
            if response.status in (400, 409) and self._make_way(exchange):
                response = self._answer(exchange)
            verdict = compare(exchange, response, self.ids)
            self._learn(exchange, response)
            yield verdict

    def _make_way(self, exchange: Exchange) -> bool:
        """Takes away what stands in the way of what the real engine could add, if anything does.

        It has the same name or address, an answer of the real engine had it, too, and no recorded
        request removed it: a line that is left out did. What only ours has stays, and counts.
        """
        api_type = _NAMED.get(exchange.path.rpartition("/")[2])
        body = parsed(header(exchange.headers, "content-type") or "", exchange.content)
        if exchange.status not in (201, 202) or body is None or api_type is None:
            return False
        found = False
        for record in list(self.engine._estate.store.of_type(api_type)):
            same = any(
                body.get(name) is not None and held(record.model, name) == body.get(name)
                for name in ("name", "address")
            )
            theirs = {there for there, here in self.ids.items() if here == record.id}
            if same and theirs and not theirs & self._removed:
                self.engine._estate.store.remove(record)
                found = True
        return found

    def _answer(self, exchange: Exchange) -> Response:
        """Our answer. What was refused there and done here counts once, as does the contrary."""
        response = Response(599, {}, b"")
        with suppress(_TakenBack), undoing():
            response = self.send(exchange)
            # What an action has begun goes on by itself: of that only a clone is removed.
            is_action = exchange.method == "POST" and response.status == 200
            is_undone = not is_action and exchange.method != "GET"
            if is_undone and response.status < 400 <= exchange.status:
                raise _TakenBack
        if exchange.method == "DELETE" and exchange.status == 200:
            collection, _, id_ = exchange.path.rpartition("/")
            if collection.count("/") == 1 or collection.endswith("/affinitygroups"):
                self._removed.add(id_)
        if exchange.method == "DELETE" and exchange.status == 200 != response.status:
            self._remove(exchange.path)
        if exchange.path.endswith("/clone") and response.status < 400 <= exchange.status:
            clone = parsed(header(exchange.headers, "content-type") or "", exchange.content)
            self._unwanted |= {node.get("name") for node in clone.children} if clone else set()
        return response

    def _remove_unwanted(self) -> None:
        """Removes the clones that were refused there: here they are made some time later."""
        for vm in self.engine._estate.store.of_type("Vm") if self._unwanted else ():
            if vm.name in self._unwanted:
                self.engine._estate.store.remove(vm)
                self._unwanted.remove(vm.name)

    def _remove(self, address: str) -> None:
        """Removes what was removed there by a request that is not recorded."""
        path = API + self._ours(address)
        try:
            record = locate(self.engine._estate.store, path).record
        except Refusal:
            return
        if record is not None and record.course != GONE:
            remove_whole(self.engine._estate.store, record)

    def send(self, exchange: Exchange) -> Response:
        """Our answer to a recorded request."""
        self._asked += 1
        headers = {k: v for k, v in exchange.headers.items() if k.lower() not in _UNSENT}
        if raw := headers.pop("(raw)", None):
            headers |= _heads(raw)
        if exchange.user == SCRUBBED:
            headers |= self.scrubbed.headers(exchange)
        elif exchange.user != "nobody":
            headers["Authorization"] = f"Bearer {self._token(exchange.user)}"
        elif "the same cookie" in exchange.note or "JSESSIONID cookie" in exchange.note:
            headers["Cookie"] = self.scrubbed.cookie
        host = URL.partition("/ovirt-engine")[0]
        request = Request(
            exchange.method,
            host + self.scrubbed.restored(self._ours(self._url(exchange)), exchange),
            headers,
            self.scrubbed.restored(self._ours(whole(exchange)), exchange).encode(),
        )
        try:
            response = self.engine.handle(request)
            self.scrubbed.learn(response)
            return response
        except Exception as error:  # what drops the connection of whoever asked
            return Response(599, {}, f"{type(error).__name__}: {error}".encode())

    def _token(self, user: str) -> str:
        name = USERS.get(user, self.engine.username)
        if name not in self._tokens:
            self._tokens[name] = self.engine.sessions.open(name)
        return self._tokens[name]

    def _ours(self, text: str) -> str:
        return _ID.sub(lambda found: self._our_id(found[0]), text)

    def _url(self, exchange: Exchange) -> str:
        # Of what was there, it was the last or nearly so.
        is_there = exchange.method == "GET" and exchange.status == 200
        return self._of_books(exchange.url) if is_there else exchange.url

    def _of_books(self, url: str) -> str:
        """A request for an event or a job that nothing here is known to be asks for the last."""
        for segment, api_type in (("events", "Event"), ("jobs", "Job")):
            found = re.search(rf"/{segment}/([0-9a-f-]+)", url)
            store = self.engine._estate.store
            if found is None or store.find(api_type, self._our_id(found[1])) is not None:
                continue
            *_, last = store.of_type(api_type)
            url = url.replace(found[1], last.id)
            steps = store.members(last, "steps")
            if step := re.search(r"/steps/([0-9a-f-]+)", url):
                url = url.replace(step[1], next(iter(steps), step[1]))
        return url

    def _our_id(self, theirs: str) -> str:
        if theirs not in self.ids and self._asked >= self._sought.get(theirs, 0):
            self._sought[theirs] = self._asked + _PATIENCE
            # A guess: what is learnt from an answer goes before it.
            if ours := self._names.find(self.engine, theirs, self._ours):
                self._guessed[theirs] = ours
        return self.ids.get(theirs) or self._guessed.get(theirs, theirs)

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


def _heads(raw: str) -> dict[str, str]:
    """The header lines of a request that was sent as it stands, but for its credentials."""
    lines = (line.partition(": ") for line in raw.splitlines()[1:])
    return {name: value for name, _, value in lines if name.lower() not in _UNSENT | _FRAMING}
