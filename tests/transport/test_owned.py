"""What each process and each event loop has for itself: forked children, threads, several loops."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from rhev import AsyncConnection, Connection, errors
from rhev.schema import VM, Cluster, Template
from rhev.simulator import Engine
from rhev.transport import Request

from .wire import WIRES, Answer, Received, Sync, response, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rhev.simulator import Server

pytestmark = [
    pytest.mark.usefixtures("direct"),
    # From 3.12 on Python warns of what this is about: forking where there are threads.
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
CHILDREN, GETS = 4, 40


@pytest.fixture
def server() -> Iterator[Server]:
    with Engine.demo().serve() as serving:
        yield serving


def in_children(work: Callable[[int], bool]) -> list[int | None]:
    """The exit codes of forked children that do the work: 0 where it was as it should be."""

    def main(number: int) -> None:
        try:
            right = work(number)
        except BaseException:
            right = False
        os._exit(0 if right else 1)

    context = multiprocessing.get_context("fork")
    children = [context.Process(target=main, args=(number,)) for number in range(CHILDREN)]
    for child in children:
        child.start()
    for child in children:
        child.join(30)
        child.kill()
        child.join()
    return [child.exitcode for child in children]


@forks
def test_forked_children_get_what_they_ask_for(server: Server) -> None:
    with Connection(server.url, server.username, server.password) as conn:
        ids = [vm.id for vm in conn.getall(VM)]

        def work(number: int) -> bool:
            asked = [ids[(number + count) % len(ids)] for count in range(GETS)]
            with conn:
                return [conn.get(VM, id).id for id in asked] == asked

        assert in_children(work) == [0] * CHILDREN
        assert conn.get(VM, ids[0]).id == ids[0]


@forks
def test_forked_children_delete_what_they_are_told_to(server: Server) -> None:
    with Connection(server.url, server.username, server.password) as conn:
        cluster = conn.getall(Cluster)[0]
        blank = conn.get(Template, "00000000-0000-0000-0000-000000000000")
        for number in range(CHILDREN * 4):
            conn.create(VM(name=f"kept-{number}", cluster=cluster, template=blank))
            conn.create(VM(name=f"gone-{number}", cluster=cluster, template=blank))
        doomed = [conn.get(VM, name=f"gone-{number}") for number in range(CHILDREN * 4)]

        def work(number: int) -> bool:
            for vm in doomed[number::CHILDREN]:
                conn.delete(vm)
            return True

        assert in_children(work) == [0] * CHILDREN
        assert not conn.getall(VM, name="gone-*")
        assert len(conn.getall(VM, name="kept-*")) == CHILDREN * 4


@forks
def test_a_child_can_be_forked_while_threads_are_at_work(server: Server) -> None:
    over = threading.Event()
    with Connection(server.url, server.username, server.password) as conn:
        ids = [vm.id for vm in conn.getall(VM)]

        def busy() -> None:
            while not over.is_set():
                conn.get(VM, ids[0])

        with ThreadPoolExecutor(4) as pool:
            busied = [pool.submit(busy) for _ in range(4)]
            try:
                for _ in range(3):
                    codes = in_children(lambda number: conn.get(VM, ids[number]).id == ids[number])
                    assert codes == [0] * CHILDREN
            finally:
                over.set()
            for each in busied:
                each.result()


@forks
def test_a_child_neither_uses_nor_revokes_its_parents_token() -> None:
    engine = Engine.demo()
    before = len(engine.sessions._tokens)
    with engine.serve() as server:
        with Connection(server.url, server.username, server.password) as conn:
            conn.getall(VM)

            def work(number: int) -> bool:
                with conn:
                    return bool(conn.getall(VM))

            assert in_children(work) == [0] * CHILDREN
            assert len(engine.sessions._tokens) == before + 1
            conn.getall(VM)
        assert len(engine.sessions._tokens) == before


@forks
def test_children_of_an_async_program_have_their_own_connections(server: Server) -> None:
    async def main() -> list[int | None]:
        async with AsyncConnection(server.url, server.username, server.password) as conn:
            ids = [vm.id for vm in await conn.getall(VM)]

            async def get(number: int) -> bool:
                asked = [ids[(number + count) % len(ids)] for count in range(GETS)]
                got = [(await conn.get(VM, id)).id for id in asked]
                await conn.close()
                return got == asked

            return await asyncio.to_thread(in_children, lambda number: asyncio.run(get(number)))

    assert asyncio.run(main()) == [0] * CHILDREN


def test_a_connection_serves_one_loop_after_the_other(server: Server) -> None:
    conn = AsyncConnection(server.url, server.username, server.password)

    async def main() -> list[str | None]:
        machines = await asyncio.gather(*[conn.getall(VM) for _ in range(8)])
        return [found[0].id for found in machines]

    async def last() -> list[str | None]:
        ids = await main()
        await conn.close()
        return ids

    assert asyncio.run(last()) == asyncio.run(last())


def test_a_loop_that_ended_without_a_close_leaves_the_connection_usable(server: Server) -> None:
    conn = AsyncConnection(server.url, server.username, server.password)

    async def main(number: int) -> str:
        found = await asyncio.gather(*[conn.getall(VM) for _ in range(8)])
        if number == 2:
            await conn.close()
        return str(found[0][0].id)

    def one_after_the_other() -> int:
        different = {asyncio.run(main(number)) for number in range(3)}
        gc.collect()
        return len(different)

    # Nothing can close what belonged to a loop that has ended: asyncio warns of it.
    with pytest.warns(ResourceWarning):
        assert one_after_the_other() == 1


def test_a_connection_serves_several_loops_at_a_time(server: Server) -> None:
    conn = AsyncConnection(server.url, server.username, server.password)

    async def main() -> bool:
        ids = [vm.id for vm in await conn.getall(VM)]
        got = await asyncio.gather(*[conn.get(VM, id) for id in ids])
        return [vm.id for vm in got] == ids

    def in_a_loop(number: int) -> bool:
        async def whole() -> bool:
            start.wait(10)
            right = await main()
            await conn.close()
            return right

        return asyncio.run(whole())

    start = threading.Barrier(3)

    with ThreadPoolExecutor(3) as pool:
        assert all(pool.map(in_a_loop, range(3)))


@pytest.mark.parametrize("face", WIRES, ids=repr)
def test_a_close_lets_requests_end(face: Sync) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def handle(received: Received) -> Answer:
        asked.set()
        go_on.wait(10)
        return Answer(content=b"whole")

    with serving(handle) as server:
        transport = face.http()

        def closing() -> Iterator[None]:
            asked.wait(10)
            yield
            go_on.set()

        (outcome,) = face.closed_meanwhile(transport, Request("GET", server.url), closing())
    assert response(outcome).content == b"whole"


def test_a_close_under_working_threads_harms_none(server: Server) -> None:
    with Connection(server.url, server.username, server.password) as conn:
        ids = [vm.id for vm in conn.getall(VM)]

        def work(number: int) -> bool:
            asked = [ids[(number + count) % len(ids)] for count in range(GETS)]
            return [conn.get(VM, id).id for id in asked] == asked

        with ThreadPoolExecutor(8) as pool:
            working = [pool.submit(work, number) for number in range(8)]
            while not all(each.done() for each in working):
                conn.close()
                time.sleep(0.02)
            assert all(each.result() for each in working)


@contextmanager
def raw(*answers: bytes) -> Iterator[tuple[str, list[int]]]:
    """A server that answers each request on a connection with just these bytes, in turn.

    It counts the requests of each connection.
    """
    counts: list[int] = []
    left = list(answers)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve(conn: socket.socket) -> None:
            number = len(counts)
            counts.append(0)
            with conn:
                while b"\r\n\r\n" in conn.recv(65536):
                    counts[number] += 1
                    conn.sendall(left.pop(0))

        def accept() -> None:
            while left:
                try:
                    conn = listener.accept()[0]
                except OSError:
                    return
                threading.Thread(target=serve, args=(conn,), daemon=True).start()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", counts
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def whole(content: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(content), content)


@pytest.mark.parametrize("face", WIRES, ids=repr)
def test_a_second_response_is_an_error_and_answers_nothing(face: Sync) -> None:
    with raw(whole(b"one") + whole(b"unasked"), whole(b"two")) as (url, counts):
        requests = [Request("GET", url)] * 2
        outcomes = face.play(face.http(), *requests)
    assert isinstance(outcomes[0], errors.WrongAnswer)
    assert response(outcomes[1]).content == b"two"
    assert counts == [1, 1]


@pytest.mark.parametrize("face", WIRES, ids=repr)
@pytest.mark.parametrize(
    ("asked", "came", "is_of_it"),
    [
        ("a", "a", True),
        ("a", "b", False),
        ("one two", "onetwo", True),  # an engine drops what it does not keep
        ("x" * 40, "x" * 36, True),
        ("", "b", True),
    ],
)
def test_an_answer_has_the_correlation_id_of_its_request(
    face: Sync, asked: str, came: str, is_of_it: bool
) -> None:
    answer = (
        b"HTTP/1.1 200 OK\r\nCorrelation-Id: %b\r\nContent-Length: 3\r\n\r\none" % came.encode()
    )
    with raw(answer, whole(b"two")) as (url, counts):
        requests = [Request("GET", url, {"Correlation-Id": asked}), Request("GET", url)]
        outcomes = face.play(face.http(), *requests)
    assert isinstance(outcomes[0], errors.WrongAnswer) is not is_of_it
    assert response(outcomes[1]).content == b"two"
    assert counts == ([2] if is_of_it else [1, 1])


def test_an_answer_with_another_id_is_an_error_and_its_connection_is_dropped() -> None:
    crossed: list[str] = []

    def answer(received: Received) -> Answer:
        id_ = crossed.pop() if crossed else received.path.rpartition("/")[2]
        return Answer(content=b'{"id": "%s"}' % id_.encode(), headers=JSON)

    entry = b'{"link": [{"rel": "vms", "href": "/ovirt-engine/api/vms"}]}'

    def handle(received: Received) -> Answer:
        if received.path == "/ovirt-engine/api":
            return Answer(content=entry, headers=JSON)
        return answer(received)

    with serving(handle) as server, Connection(server.url) as conn:
        vm = conn.get(VM, "a-1")
        crossed[:] = ["b-2"] * 3
        with pytest.raises(errors.WrongAnswer, match=r"'b-2'.*GET .*/vms/a-1"):
            conn.get(VM, "a-1")
        with pytest.raises(errors.WrongAnswer):
            vm.reload()
        vm.name = "other"
        with pytest.raises(errors.WrongAnswer):
            vm.update()
        assert vm.id == "a-1"
        assert conn.get(VM, "A-1").id == "A-1"


JSON = [("Content-Type", "application/json")]


def test_a_connection_goes_over_aiohttp_where_that_is_asked_for(server: Server) -> None:
    async def main() -> None:
        async with AsyncConnection(
            server.url, server.username, server.password, transport="aiohttp", format="xml"
        ) as conn:
            ids = [vm.id for vm in await conn.getall(VM)]
            got = await asyncio.gather(*[conn.get(VM, id) for id in ids * 5])
            assert [vm.id for vm in got] == ids * 5
            assert "AiohttpTransport" in repr(vars(conn._transport))

    asyncio.run(main())
    with pytest.raises(ValueError, match="'aiohttp' or a transport, not 'pycurl'"):
        AsyncConnection("https://e", transport="pycurl")  # type: ignore[arg-type]
