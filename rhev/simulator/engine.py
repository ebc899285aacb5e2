"""The embedded engine: requests in, responses out, and the ways to reach it."""

from __future__ import annotations

import json
import logging
import secrets
import time
from collections import deque
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Self, Unpack
from urllib.parse import unquote, urlsplit

from rhev.simulator.behaviour import (
    attachments,
    devices,
    directory,
    disks,
    host_networks,
    hosts,
    infrastructure,
    networks,
    ovf_stores,
    policies,
    pools,
    running,
    snapshots,
    storage_domains,
    templates,
    transfers,
    virtual_machines,
)
from rhev.simulator.behaviour.refusals import infrastructure as of_infrastructure
from rhev.simulator.behaviour.refusals import machines as of_machines
from rhev.simulator.behaviour.refusals import storage as of_storage
from rhev.simulator.builtin import basics, demo, grown
from rhev.simulator.estates import built, recorded, saved
from rhev.simulator.generic import checks, inputs, methods, missing
from rhev.simulator.generic.access import Access
from rhev.simulator.generic.hooks import Call, look_first
from rhev.simulator.generic.routing import Target, locate
from rhev.simulator.imageio import requests as images
from rhev.simulator.state.clock import ManualClock
from rhev.simulator.state.estate import Estate
from rhev.simulator.state.journal import reading, undoing
from rhev.simulator.state.refusals import Refusal, broken
from rhev.simulator.state.store import ROOT
from rhev.simulator.state.timeline import Timeline
from rhev.simulator.state.turns import Overtaken, Turns, in_slices
from rhev.simulator.state.values import Document, class_of, collection_of, put
from rhev.simulator.wire import beside, exchange, media
from rhev.simulator.wire.certificates import Authority
from rhev.simulator.wire.faults import Faults
from rhev.simulator.wire.inprocess import AsyncInProcess, InProcess
from rhev.simulator.wire.kept import Kept
from rhev.simulator.wire.server import Server
from rhev.simulator.wire.sso import Sessions
from rhev.transport.base import Request, Response, header, origin

if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike

    from rhev import facts
    from rhev.async_connection import AsyncConnection
    from rhev.connecting.settings import Options
    from rhev.connection import Connection
    from rhev.simulator.wire.exchange import Asked

# The modules that register what the engine does beyond keeping resources.
BEHAVIOUR = (
    virtual_machines,
    running,
    snapshots,
    templates,
    pools,
    devices,
    attachments,
    disks,
    hosts,
    host_networks,
    storage_domains,
    transfers,
    directory,
    infrastructure,
    directory,
    networks,
    ovf_stores,
    policies,
    of_machines,
    of_infrastructure,
    of_storage,
)

_log = logging.getLogger(__name__)

USERNAME = "admin@internal"
URL = f"http://engine.test{ROOT}"


class Engine:
    """An engine within this process, for tests and demonstrations.

    ``clock`` gives the seconds since the epoch; :meth:`advance` moves on from what it says. With a
    :class:`ManualClock` nothing happens until then, which makes tests exact, and what a connection
    within the process waits for comes at once: its pauses move the clock on. ``speed`` divides the
    time that things take: with 1 they take as long as on a real engine, where a virtual machine is
    up after two seconds and a snapshot is made in eleven.

    A new engine has what every engine comes with: the data center and cluster ``Default``, the
    blank template, roles, policies, operating systems and so on. :meth:`demo` has a small estate
    above that. All of it is in memory, and no two engines share any that a request can change.
    It may be used by several threads at a time.
    """

    def __init__(self, *, clock: Callable[[], float] | None = None, speed: float = 10.0) -> None:
        self.username: str = USERNAME
        self.password: str = secrets.token_urlsafe(12)
        self._authority = Authority()
        self.requests: deque[tuple[str, str]] = deque(maxlen=10_000)
        """The method and the path, with its query, of every request to the API, oldest first."""
        self.clock: Callable[[], float] = clock or time.time
        """What it was given as its clock, or that of the machine."""
        self._turns = Turns()
        self._estate = Estate(Timeline(self.clock, speed))
        now = self._estate.timeline
        self._kept = Kept(now)
        self.sessions: Sessions = Sessions({self.username: self.password}, clock=lambda: now.now)
        self.faults: Faults = Faults(self.sessions.expire)
        """What is to go wrong with requests, by rule: nothing unless it is told."""
        basics.furnish(self._estate)

    @classmethod
    def demo(
        cls,
        *,
        vms: int = 12,
        clock: Callable[[], float] | None = None,
        speed: float = 10.0,
    ) -> Self:
        """An engine with a small estate: a data center, two clusters, three hosts, a dozen VMs.

        Where there are to be more ``vms`` the others are copies of these, each with a disk and a
        network interface of its own, and there is a host for every 50: ten thousand take seconds.
        Raises ValueError for less than 12.
        """
        engine = cls(clock=clock, speed=speed)

        def build(estate: Estate, send: Callable[[str, str, Document], Any]) -> None:
            demo.build(estate, send)
            grown.grow(estate, vms)

        engine._build(build)
        return engine

    def _build(self, build: Callable[[Estate, Callable[[str, str, Document], Any]], None]) -> None:
        """Has an estate built by requests, of which nothing is remembered then."""
        transport = self.transport

        def send(method: str, path: str, document: Document) -> Any:
            headers = {"Accept": "application/json", "Content-Type": "application/json"}
            content = json.dumps(document).encode()
            response = transport.send(Request(method, f"{URL}/{path}", headers, content))
            answered = json.loads(response.content or b"{}")
            if response.status >= 400:
                fault = answered.get("fault", answered)
                raise RuntimeError(f"{response.status} {fault.get('detail', fault)}")
            return answered

        with self._estate.timeline.by_hand():
            build(self._estate, send)
        self.requests.clear()
        # An engine soon forgets what it has done.
        for job in list(self._estate.store.of_type("Job")):
            self._estate.store.remove(job)

    def __repr__(self) -> str:
        return f"<Engine of {self.username}>"

    @property
    def certificate(self) -> bytes:
        """That of the engine's authority, in PEM: whoever trusts it trusts its HTTPS servers.

        It is what the engine's service of certificates answers. Where trustme is not installed,
        it is a placeholder that nothing can be verified by.
        """
        return self._authority.pem

    def set_credentials(self, *, username: str | None = None, password: str | None = None) -> None:
        """Has the administrator log in by another name or password: before anybody has.

        A name is of a user and a domain, as in ``root@internal``: ValueError is raised for others.
        """
        user, _, domain = (username or self.username).rpartition("@")
        if not user or not domain:
            raise ValueError(f"username= is {username!r}, but has a domain, as in {USERNAME!r}")
        with self._turns.turn():
            account = self._estate.account(self.username)
            if username is not None and account is not None:
                put(account.model, name=user, principal=user, user_name=f"{user}@{domain}-authz")
            self.sessions.shut_out(self.username)
            self.username = username or self.username
            self.password = password or self.password
            self.sessions.let_in(self.username, self.password)

    def advance(self, seconds: float) -> None:
        """Moves the engine's clock on; what is due by then has happened when it returns."""
        with self._turns.turn():
            if isinstance(self.clock, ManualClock):
                self.clock.advance(seconds)
            else:
                self._estate.timeline.advance(seconds)
            self._estate.timeline.settle()

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the estate to a file, from which :meth:`load` makes an engine that has the same.

        What is under way comes to its end first, for which the engine's clock is moved on. The file
        is of JSON, compressed if its name ends in ``.gz``. It has no secrets: what was kept as a
        password is not there afterwards. Nor are users' passwords, tokens, the rules of ``faults``
        and the bytes of disks. A file that was there is replaced when the new one is whole.
        """
        with self._turns.turn():
            timeline = self._estate.timeline
            while (due := timeline.next) is not None:
                self.advance(max(0.0, due - timeline.now))
            saved.save(self._estate, path)

    @classmethod
    def load(
        cls,
        path: str | PathLike[str],
        *,
        clock: Callable[[], float] | None = None,
        speed: float = 10.0,
    ) -> Self:
        """An engine with the estate of a file.

        - One that :meth:`save` has written: it goes on from the time of that, or from ``clock``
          where that is later.
        - A description, where the name ends in ``.yaml`` or ``.yml``, of what there is to be beside
          what every engine comes with. For this, ``rhev[yaml]`` has to be installed.
        - A cassette, where it ends in ``.jsonl``: what an engine was heard to have. Its passwords
          and what an engine works out are this engine's own.

        Raises :class:`rhev.ParseError` for a file that is none of these, or says what cannot be.
        """
        engine = cls(clock=clock, speed=speed)
        suffix = PurePath(path).suffix.lower()
        if suffix in (".yaml", ".yml"):
            engine._build(lambda estate, send: built.build(path, estate, send))
        elif suffix == ".jsonl":
            recorded.load(engine._estate, path)
        else:
            engine._estate = Estate(engine._estate.timeline)
            saved.load(engine._estate, path)
        return engine

    def log_events(self, count: int) -> None:
        """Adds so many events to the log, a million in no time: they tell of nothing real."""
        with self._turns.turn():
            self._estate.events.count(count)

    def handle(self, request: Request) -> Response:
        """The response to a request: to the API, or to the paths that log in and out.

        What is to go wrong by a rule of :attr:`faults` goes wrong.
        """
        return self.faults.apply(request, self._handled)

    def _handled(self, request: Request) -> Response:
        with self._turns.turn(reads=True):
            found = beside.answer(request, self.sessions, self._authority)
            found = found or images.answer(request, self._estate)
        if found is not None:
            return found
        parts = urlsplit(request.url)
        path = unquote(parts.path)
        self.requests.append((request.method, f"{path}?{parts.query}" if parts.query else path))
        request = exchange.correlated(request)
        reads = request.method not in ("POST", "PUT", "DELETE")
        insists = False
        while True:
            try:
                with self._turns.turn(reads=reads, insists=insists):
                    return self._answer(request, path)
            except Overtaken:
                insists = True

    @property
    def transport(self) -> InProcess:
        """A transport whose requests need no credentials."""
        return InProcess(self)

    @property
    def async_transport(self) -> AsyncInProcess:
        """The asynchronous twin of :attr:`transport`."""
        return AsyncInProcess(self)

    def connect(self, **options: Unpack[Options]) -> Connection:
        """A connection to this engine within the process.

        ``options`` are those of :class:`rhev.Connection`.
        """
        from rhev.connection import Connection

        return Connection(URL, self.username, self.password, transport=self.transport, **options)

    def connect_async(self, **options: Unpack[Options]) -> AsyncConnection:
        """The asynchronous twin of :meth:`connect`."""
        from rhev.async_connection import AsyncConnection

        transport = self.async_transport
        return AsyncConnection(URL, self.username, self.password, transport=transport, **options)

    def serve(self, host: str = "127.0.0.1", port: int = 0, *, tls: bool = False) -> Server:
        """Serves this engine over HTTP, or HTTPS with ``tls``, on a free port if none is given.

        The server is a context manager, has ``url``, ``username`` and ``password``, and is closed
        with ``close()``. Its certificate is for ``host``, ``localhost`` and the loopback
        addresses, and verifies by :attr:`certificate`.

        Raises ConfigurationError where what ``rhev[serve]`` brings is not installed, and OSError
        where the address cannot be had.
        """
        context = self._authority.context(host) if tls else None
        return Server(self.handle, self.username, self.password, host, port, context)

    def _answer(self, request: Request, path: str) -> Response:
        # What comes of what was asked for earlier is none of this request's.
        self._estate.correlation_id = self._estate.user = None
        self._estate.origin = origin(request.url)
        if not self._turns.is_held:
            self._estate.timeline.settle()
        representation = media.of_refusals(request.headers)
        try:
            asked = exchange.asked(request)
            user = self.sessions.user(request)
            response = self._perform(asked, user)
        except Refusal as refusal:
            return exchange.refused(refusal, request, representation)
        except Exception:
            _log.exception("%s %s failed", request.method, path)
            return exchange.refused(broken("An error that was not expected"), request, media.XML)
        headers = {**response.headers, **self.sessions.cookie(request, user)}
        return Response(response.status, headers, response.content)

    def _perform(self, asked: Asked, user: str) -> Response:
        verb = asked.verb
        estate = self._estate
        target = locate(estate.store, asked.path)
        allowed = target.allows()
        if verb == "OPTIONS":
            return exchange.options(asked, allowed)
        wish = asked.parameters.get("filter", header(asked.request.headers, "Filter"))
        access = Access(estate, user, self.username, wish)
        representation = media.wanted(asked.request.headers)
        if (method := allowed.get(verb)) is None:
            # A server in front of the API lets TRACE through to nothing.
            headers = {} if verb == "TRACE" else {"allow": exchange.allow(allowed)}
            raise Refusal(405, outside=verb == "TRACE", headers=headers)
        access.check(target, verb)
        missing.check(target, verb)
        estate.correlation_id = asked.correlation_id
        estate.user = estate.account(user)
        body = _body(asked.request, target, method)
        if verb in ("POST", "PUT"):
            body = inputs.check(target, method, body)
        call = Call(estate, target, method, asked.parameters, access, body)
        if not isinstance(body, list) and not method.is_action:
            look_first(call)
        if verb in ("POST", "PUT"):
            checks.check_values(target, body, method.name)

        def work() -> Response:
            return exchange.answered(asked, representation, *methods.answer(call))

        if verb == "GET":
            with reading(), in_slices():
                if target.record is not None and not asked.parameters:
                    return self._kept.answer(asked, representation, work)
                return work()
        with undoing():
            return work()


def _body(request: Request, target: Target, method: facts.Method) -> Any:
    if request.method not in ("POST", "PUT"):
        return None
    cls = class_of("Action" if method.is_action else target.type)
    if not method.is_action and method.body is not None and method.body.is_list:
        cls = collection_of(target.type) or cls
        return list(media.sent(request.headers).decode(request.content, cls) or [])
    return media.sent(request.headers).decode(request.content, cls)
