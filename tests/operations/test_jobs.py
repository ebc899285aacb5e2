"""Done means done: what is locked is waited for, jobs are found and waited for."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rhev import AsyncConnection, Conflict, Connection, Locked, WaitFailed, WaitTimeout, schema
from rhev.operations.locked import is_locked
from rhev.simulator import Engine
from rhev.transport import Response
from tests.operations.scripted import PATH, Scripted, answer, async_connected, connected

if TYPE_CHECKING:
    from rhev.transport import Request

RECORDINGS = Path(__file__).parents[3] / "shared" / "recordings" / "engine-4.5.7"
DETAIL = re.compile(r'"detail" : "(.*?[^\\])"|<detail>(.*?)</detail>')
WIRES: list[Any] = ["json", "xml"]
JOB = f"{PATH}/jobs/7"
VM = {
    "id": "1",
    "name": "web",
    "href": f"{PATH}/vms/1",
    "status": "down",
    "actions": {"link": [{"rel": "start", "href": f"{PATH}/vms/1/start"}]},
}
ENTRY = {
    "product_info": {"name": "oVirt Engine"},
    "link": [{"rel": rel, "href": f"{PATH}/{rel}"} for rel in ("vms", "tags", "jobs")],
}


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were paused, on a clock that the pauses alone move."""
    made: list[float] = []
    monkeypatch.setattr("time.sleep", made.append)
    monkeypatch.setattr("time.monotonic", lambda: sum(made))

    async def sleep(seconds: float) -> None:
        made.append(seconds)

    monkeypatch.setattr("asyncio.sleep", sleep)
    return made


def refusal(detail: str, wire: str = "json") -> Response:
    if wire == "json":
        fault = {"reason": "Operation Failed", "detail": detail}
        return answer({"fault": fault, "status": "failed"}, 409)
    document = f"<action><fault><detail>{detail}</detail></fault><status>failed</status></action>"
    return answer(document.encode(), 409, "application/xml")


class Refusing:
    """Refuses so often, then takes the request."""

    def __init__(self, times: int, detail: str, wire: str = "json") -> None:
        self.left, self.refusal = times, refusal(detail, wire)

    def __call__(self, request: Request) -> Response:
        self.left -= 1
        return self.refusal if self.left >= 0 else answer({"status": "complete"})


LOCKED = "[Cannot run VM: VM is locked. Please try again in a few minutes.]"


@pytest.mark.parametrize(
    ("detail", "error"),
    [
        (LOCKED, Locked),
        ("[The VM is performing an operation on a Snapshot.]", Locked),
        ("[This VM Pool is currently in use to create VM p-1.]", Locked),
        ("[Related operation is currently in progress.]", Locked),
        ("[Disk d is being moved or copied.]", Locked),
        ("[The VM name is already in use, please choose a unique name and try again.]", Conflict),
        ("[Template is being used by the following VMs: a.]", Conflict),
        ("[Scheduling Policy is locked, and cannot be editable.]", Conflict),
        ("[There is no host that satisfies current scheduling constraints.]", Conflict),
    ],
)
@pytest.mark.parametrize("wire", WIRES)
def test_what_is_locked_is_told_from_other_conflicts(
    detail: str, error: type[Exception], wire: Any
) -> None:
    script = Scripted({"GET ": ENTRY, "POST /vms/1/start": Refusing(1, detail, wire)})
    with pytest.raises(Conflict) as raised:
        connected(script).request("POST", "/vms/1/start", schema.Action)
    assert type(raised.value) is error
    assert raised.value.fault.detail == detail


@pytest.mark.parametrize("wire", WIRES)
def test_a_request_is_repeated_while_something_is_locked(wire: Any, pauses: list[float]) -> None:
    script = Scripted({"GET /vms/1": VM, "POST /vms/1/start": Refusing(9, LOCKED, wire)})
    vm = connected(script, wait_locked=60).get(schema.VM, "1")
    assert vm.start().status == "complete"
    assert script.calls.count("POST /vms/1/start") == 10
    assert (
        len({r.headers.get("Correlation-Id") for r in script.requests if r.method == "POST"}) == 1
    )
    assert pauses == sorted(pauses)
    assert sum(pauses) < 60


def test_the_same_for_a_block_or_a_call_awaited(pauses: list[float]) -> None:
    async def program() -> None:
        script = Scripted({"GET /vms/1": VM, "POST /vms/1/start": Refusing(3, LOCKED)})
        conn = async_connected(script)
        vm = await conn.get(schema.VM, "1")
        await conn.with_options(wait_locked=60).action(vm, "start")
        script.answers["POST /vms/1/start"] = Refusing(1, LOCKED)
        await conn.with_options(wait_locked=60).run(vm.start)
        script.answers["POST /vms/1/start"] = Refusing(1, LOCKED)
        with pytest.raises(Locked):
            await conn.run(vm.start)

    asyncio.run(program())
    assert pauses == [0.5] * 4


def test_the_wait_for_a_lock_has_an_end(pauses: list[float]) -> None:
    script = Scripted({"GET /vms/1": VM, "POST /vms/1/start": Refusing(999, LOCKED)})
    vm = connected(script, wait_locked=20).get(schema.VM, "1")
    with pytest.raises(Locked):
        vm.start()
    assert sum(pauses) == 20


def test_nothing_else_is_repeated(pauses: list[float]) -> None:
    taken = "[The VM name is already in use]"
    script = Scripted({"GET /vms/1": VM, "POST /vms/1/start": Refusing(1, taken)})
    with pytest.raises(Conflict):
        connected(script, wait_locked=60).get(schema.VM, "1").start()
    assert pauses == []


def recorded(*names: str) -> list[dict[str, Any]]:
    if not RECORDINGS.is_dir():
        pytest.skip("the recordings of a real engine are not beside this working copy")
    lines = (line for name in names for line in (RECORDINGS / name).read_text().splitlines())
    return [json.loads(line) for line in lines]


def test_every_refusal_that_an_engine_was_seen_to_give() -> None:
    counts: Counter[bool] = Counter()
    files = sorted(path.name for path in RECORDINGS.glob("*.jsonl"))
    for exchange in recorded(*files):
        detail = DETAIL.search(exchange["body"] or "")
        if exchange["status"] != 409 or detail is None:
            continue
        text = detail[1] or detail[2]
        counts[is_locked(text)] += 1
        says_wait = re.search(r"lease wait|few minutes|again later", text)
        says_never = re.search(r"already|being used|no host that|not down|too long", text)
        assert is_locked(text) if says_wait else not (says_never and is_locked(text)), text
    print(f"refused because of a lock: {counts[True]}, for another reason: {counts[False]}")
    assert counts[True] > 100


def test_a_job_that_an_engine_was_seen_to_run_is_of_what_it_names() -> None:
    running = [
        json.loads(exchange["body"])
        for exchange in recorded("rhev.jsonl")
        if re.search(r"/jobs/[^/]+$", exchange["url"]) and '"started"' in exchange["body"]
    ]
    names = {re.findall(r"\S+", job["description"])[-1] for job in running}
    assert len(names) > 1
    for job in running:
        script = Scripted({"GET ": ENTRY, "GET /jobs": {"job": [job]}, "GET /vms/1": VM})
        for name in names:
            script.answers["GET /vms/1"] = {**VM, "name": name}
            vm = connected(script).get(schema.VM, "1")
            if job["description"].endswith(f" {name}"):
                with pytest.raises(WaitTimeout):
                    vm.wait_for_status("down", settled=True, timeout=1)
            else:
                vm.wait_for_status("down", settled=True, timeout=1)


def jobs(*statuses: str, **more: Any) -> Any:
    """The job as it is read one time after another."""
    left = list(statuses)

    def read(request: Request) -> Any:
        status = left.pop(0) if len(left) > 1 else left[0]
        job = {"id": "7", "href": JOB, "status": status, "description": "Cloning VM web", **more}
        return {"job": [job]} if request.url.partition("?")[0].endswith("/jobs") else job

    return read


def test_the_job_of_an_action_is_waited_for(pauses: list[float]) -> None:
    done = {"status": "complete", "job": {"id": "7", "href": JOB}}
    script = Scripted(
        {
            "GET ": ENTRY,
            "GET /vms/1": VM,
            "POST /vms/1/start": done,
            "GET /jobs/7": jobs("started", "started", "finished"),
        }
    )
    conn = connected(script)
    seen: list[str | None] = []
    action = conn.get(schema.VM, "1").start()
    job = conn.wait_for_job(action, progress=lambda _, status: seen.append(status))
    assert job is not None
    assert (job.id, job.status) == ("7", "finished")
    assert seen == ["started", "started", "finished"]
    assert pauses == [1, 1]
    assert conn.wait_for_job(job) == job


def test_the_job_of_what_was_created_is_found_by_its_correlation_id() -> None:
    script = Scripted(
        {
            "GET ": ENTRY,
            "POST /tags": {"id": "2", "name": "t", "href": f"{PATH}/tags/2"},
            "GET /jobs": jobs("started", "finished"),
            "DELETE /tags/2": {"status": "complete"},
        }
    )
    conn = connected(script)
    tag = conn.create(schema.Tag(name="t"))
    sent = script.requests[-1].headers["Correlation-Id"]
    assert conn.wait_for_job(tag) is not None
    assert script.query() == {"search": f"correlation_id={sent}"}
    tag.delete()
    assert conn.last_exchange is not None
    assert conn.last_exchange.correlation_id
    assert conn.wait_for_job(conn.last_exchange.correlation_id) is not None


def test_what_has_no_job_is_not_waited_for(pauses: list[float]) -> None:
    script = Scripted({"GET ": ENTRY, "GET /jobs": {}})
    assert connected(script).wait_for_job("some-id") is None
    assert pauses == []


def test_a_job_that_fails_or_never_ends() -> None:
    script = Scripted({"GET ": ENTRY, "GET /jobs": jobs("started", "failed")})
    with pytest.raises(WaitFailed, match="the job 'Cloning VM web' has failed"):
        connected(script).wait_for_job("some-id")
    script.answers["GET /jobs"] = jobs("started")
    with pytest.raises(WaitTimeout, match="still runs after 9 s") as raised:
        connected(script).wait_for_job("some-id", timeout=9)
    assert raised.value.last == "started"


def test_a_job_of_what_did_not_come_of_a_change_is_not_known() -> None:
    script = Scripted({"GET ": ENTRY, "GET /vms/1": VM})
    conn = connected(script)
    with pytest.raises(ValueError, match="no job of this VM is known"):
        conn.wait_for_job(conn.get(schema.VM, "1"))


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        (None, TypeError, r"after a delete that of the connection's last_exchange\), not None"),
        (7, TypeError, "not an int"),
        ("", ValueError, "'' is no correlation id"),
        ("a or status=started", ValueError, "is no correlation id: up to 36 letters"),
    ],
)
def test_what_has_no_job_is_named(given: Any, error: type[Exception], said: str) -> None:
    script = Scripted({"GET ": ENTRY})
    with pytest.raises(error, match=said):
        connected(script).wait_for_job(given)
    with pytest.raises(error, match=said):
        asyncio.run(async_connected(script).wait_for_job(given))
    assert script.requests == []


def test_a_status_that_is_settled(pauses: list[float]) -> None:
    running = [{"id": "7", "status": "started", "description": "Creating snapshot s of VM web"}]
    lists = [
        {"job": [*running, {"id": "8", "status": "finished"}]},
        {"job": [{"id": "9", "status": "started", "description": "Editing VM web-2"}]},
    ]
    script = Scripted(
        {
            "GET ": ENTRY,
            "GET /vms/1": VM,
            "GET /jobs": lambda _: lists.pop(0),
        }
    )
    conn = connected(script)
    vm = conn.get(schema.VM, "1")
    assert vm.wait_for_status("down", settled=True) is vm
    assert (lists, pauses) == ([], [1])


def test_a_status_that_does_not_settle() -> None:
    script = Scripted({"GET ": ENTRY, "GET /vms/1": VM, "GET /jobs": jobs("started")})
    vm = connected(script).get(schema.VM, "1")
    with pytest.raises(WaitTimeout, match="VM web is down, but a job of it still runs after 5 s"):
        vm.wait_for_status("down", settled=True, timeout=5)


# No time passes here, as nobody sleeps: what an engine does is done by the next request.
AT_ONCE = 1e4


@pytest.mark.parametrize("wire", WIRES)
def test_a_clone_of_an_embedded_engine(wire: Any) -> None:
    engine = Engine.demo(speed=AT_ONCE)
    conn = engine.connect(format=wire, wait_locked=10)
    vm = next(conn.iterate(schema.VM, status="down"))
    action = vm.clone(vm=schema.VM(name="copy"))
    job = conn.wait_for_job(action)
    assert job is not None
    assert job.status == "finished"
    assert conn.get(schema.VM, name="copy").id != vm.id
    assert action._correlation_id is not None
    again = conn.wait_for_job(action._correlation_id)
    assert again is not None
    assert again.id == job.id


@pytest.mark.parametrize("wire", WIRES)
def test_a_clone_of_an_embedded_engine_awaited(wire: Any) -> None:
    async def program() -> None:
        conn: AsyncConnection = Engine.demo(speed=AT_ONCE).connect_async(format=wire)
        vm = (await conn.getall(schema.VM, status="down"))[0]
        job = await conn.wait_for_job(await conn.run(vm.clone, vm=schema.VM(name="copy")))
        assert job is not None
        assert (await conn.get(schema.VM, name="copy")).id != vm.id

    asyncio.run(program())


def test_no_connection_waits_for_a_lock_unless_told() -> None:
    script = Scripted({"GET /vms/1": VM, "POST /vms/1/start": Refusing(1, LOCKED)})
    conn: Connection = connected(script)
    with pytest.raises(Locked):
        conn.get(schema.VM, "1").start()


STEPS = {
    "step": [
        {"id": "s1", "number": 0, "description": "Validating", "status": "finished"},
        {"id": "s2", "number": 1, "description": "Copying", "status": "started", "progress": 40},
    ]
}


def test_the_steps_of_a_job_are_its_progress() -> None:
    script = Scripted(
        {"GET ": ENTRY, "GET /jobs": jobs("started", "finished", steps=STEPS)},
    )
    seen: list[Any] = []

    def progress(job: schema.Job, status: str | None) -> None:
        seen.append([(s.number, s.description, str(s.status), s.progress) for s in job.steps or []])

    connected(script).wait_for_job("some-id", progress=progress)
    assert seen == [[(0, "Validating", "finished", None), (1, "Copying", "started", 40)]] * 2
    assert script.query() == {"search": "correlation_id=some-id", "follow": "steps"}


@pytest.mark.parametrize("wire", WIRES)
def test_the_last_job_of_an_action_a_resource_and_a_correlation_id(wire: Any) -> None:
    conn = Engine.demo(speed=AT_ONCE).connect(format=wire)
    vm = conn.getall(schema.VM, status="down")[0]
    assert conn.last_job(vm) is None
    first = conn.last_job(vm.start())
    assert first is not None
    assert [(s.number, str(s.type), str(s.status)) for s in first.steps or []] == [
        (0, "validating", "finished"),
        (1, "executing", "finished"),
    ]
    assert conn.last_job(first) == first
    second = conn.last_job(vm.stop())
    assert second is not None
    assert second.id != first.id
    again = conn.get(schema.VM, vm.id)
    found = conn.last_job(again)  # by its name, which this was not changed by here
    assert found is not None
    assert found.id == second.id
    assert conn.last_exchange is not None
    assert conn.last_job("nosuch") is None

    async def program() -> None:
        other = Engine.demo(speed=AT_ONCE).connect_async(format=wire)
        assert await other.last_job("nosuch") is None

    asyncio.run(program())


def test_a_job_that_was_forgotten_is_none() -> None:
    script = Scripted({"GET ": ENTRY, "GET /jobs/7": Response(404)})
    assert connected(script).last_job(schema.Job(id="7", href=JOB)) is None


@pytest.mark.parametrize("given", [None, 7])
def test_what_has_no_last_job_is_named(given: Any) -> None:
    with pytest.raises(TypeError, match=r"last_job\(\) takes an action"):
        connected(Scripted()).last_job(given)
