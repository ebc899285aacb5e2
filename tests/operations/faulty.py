"""A faulty proxy in front of an embedded engine's server, on real sockets."""

from __future__ import annotations

import http.client
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rhev import AsyncConnection, Connection, RetryPolicy, schema
from rhev.simulator import Engine
from tests.face.driving import Driven, driven
from tests.transport.wire import Answer, Lost, Received, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = RetryPolicy(attempts=3, first_wait=0.01, max_wait=0.02, deadline=5)
HTML = [("content-type", "text/html")]
PAGE = Answer(200, b"<html><title>Sign in to the network</title></html>", HTML)
MISSING = Answer(404, b"<html><title>404 Not Found</title></html>", HTML)
GATEWAY = Answer(503, b"<html><title>503 Service Unavailable</title></html>", HTML)
NOTHING = Answer(404, b"")


@dataclass
class Fault:
    """What is done to the next request of a method whose path ends so, instead of its answer.

    Where it ``arrives`` the engine has carried it out before.
    """

    method: str
    end: str
    answer: Answer | Lost
    arrives: bool = True


@dataclass
class Faulty:
    """An engine behind the proxy, and what is to go wrong next."""

    engine: Engine
    faults: list[Fault] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    """The correlation ids of the changes that arrived at the proxy."""

    def goes_wrong(self, method: str, end: str, *answers: Answer | Lost, arrives: bool) -> None:
        self.faults += [Fault(method, end, answer, arrives) for answer in answers]

    def changes(self) -> list[tuple[str, str]]:
        """What the engine was asked to change."""
        return [(method, path) for method, path in self.engine.requests if method != "GET"]


def small() -> Engine:
    """An engine with a machine that is down, and one that is up."""
    engine = Engine(speed=200)
    conn = engine.connect()
    center = conn.create(schema.DataCenter(name="center", local=False))
    cpu = schema.CPU(type="Intel Nehalem Family")
    cluster = conn.create(schema.Cluster(name="cluster", data_center=center, cpu=cpu))
    password = "of no account"
    host = schema.Host(name="host", address="10.0.0.1", root_password=password, cluster=cluster)
    conn.create(host)
    engine.advance(1)
    template = conn.get(schema.Template)
    boot = schema.Boot(devices=[schema.BootDevice.NETWORK])
    for name in ("down", "up"):
        system = schema.OperatingSystem(boot=boot)
        conn.create(schema.VM(name=name, cluster=cluster, template=template, os=system))
    engine.advance(1)
    conn.get(schema.VM, name="up").start()
    engine.advance(1)
    engine.requests.clear()
    return engine


@contextmanager
def faulty(wire: str, kind: str, **options: Any) -> Iterator[tuple[Faulty, Driven]]:
    """An engine, and a connection to it that goes through the proxy."""
    engine = small()
    there = Faulty(engine)
    with engine.serve() as server:
        behind = urlsplit(server.url)

        def handle(received: Received) -> Answer | Lost:
            if received.method != "GET" and "/api" in received.path:
                there.ids.append(received.headers.get("correlation-id", ""))
            fault = next(
                (
                    fault
                    for fault in there.faults
                    if fault.method == received.method
                    and received.path.partition("?")[0].endswith(fault.end)
                ),
                None,
            )
            if fault is not None:
                there.faults.remove(fault)
                if not fault.arrives:
                    return fault.answer
            upstream = http.client.HTTPConnection(behind.hostname or "", behind.port)
            headers = {k: v for k, v in received.headers.items() if k != "accept-encoding"}
            upstream.request(received.method, received.path, received.content, headers)
            response = upstream.getresponse()
            content = response.read()
            dropped = ("content-length", "date", "server", "connection")
            kept = [pair for pair in response.getheaders() if pair[0].lower() not in dropped]
            upstream.close()
            return fault.answer if fault else Answer(response.status, content, kept)

        with serving(handle) as front:
            url = f"{front.url}{behind.path}"
            cls: Any = Connection if kind == "sync" else AsyncConnection
            options = {"format": wire, "retry": PATIENCE, **options}
            conn = cls(url, server.username, server.password, insecure=True, **options)
            with driven(conn) as each:
                yield there, each
