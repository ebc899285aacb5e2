"""What came of a change of which no answer came; and that nothing else is taken for an answer."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest

import rhev
from rhev import schema
from rhev.transport import Response
from tests.face.driving import KINDS, driven
from tests.transport.wire import Answer, Lost

from .faulty import GATEWAY, HTML, MISSING, NOTHING, PAGE, faulty
from .scripted import Scripted, answer, async_connected, connected

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [
    pytest.mark.lasting,
    pytest.mark.filterwarnings("ignore::rhev.transport.InsecureWarning"),
]

across = pytest.mark.parametrize(("wire", "kind"), [KINDS[0], KINDS[-1]])
everywhere = pytest.mark.parametrize(("wire", "kind"), KINDS)
QUICK: Any = {"timeout": 0.3, "interval": 0.05}


def new_vm(conn: Any, name: str = "lost") -> Any:
    cluster = conn.get(schema.Cluster)
    return schema.VM(name=name, cluster=cluster, template=conn.get("templates/blank"))


# Success is what the engine says.


@across
@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ([PAGE], rhev.ResponseError),
        ([Answer(200, b"", [("content-type", "text/html")])], rhev.ResponseError),
        ([Answer(200, b"{}", [("content-type", "application/json")])], rhev.ResponseError),
        ([Answer(200, b'{"status": "ok"}', [("content-type", "application/json")])], rhev.Error),
        ([Answer(200, b"")], rhev.ResponseError),  # without the engine's correlation id
        ([MISSING], rhev.ResponseError),
        ([NOTHING], rhev.ResponseError),
        ([GATEWAY, MISSING], rhev.ResponseError),
        ([Lost(), MISSING], rhev.ResponseError),
        ([Lost(), NOTHING], rhev.ResponseError),
        ([GATEWAY] * 3, rhev.OutcomeUnknown),
        ([Lost()] * 3, rhev.OutcomeUnknown),
    ],
    ids=str,
)
def test_nothing_but_the_engine_says_that_a_thing_is_deleted(
    wire: str, kind: str, answers: list[Answer | Lost], error: type[Exception]
) -> None:
    with faulty(wire, kind) as (there, conn):
        vm = conn.get(schema.VM, name="down")
        there.goes_wrong("DELETE", vm.id, *answers, arrives=False)
        with pytest.raises(error) as raised:
            conn.delete(vm)
        assert not isinstance(raised.value, rhev.NotFound)
        assert conn.get(schema.VM, vm.id).id == vm.id
        assert conn.find_outcome(raised.value, **QUICK).state == "not received"


@everywhere
@pytest.mark.parametrize("lost", [Lost(), GATEWAY], ids=str)
def test_what_an_attempt_deleted_whose_answer_was_lost_is_deleted(
    wire: str, kind: str, lost: Answer | Lost
) -> None:
    with faulty(wire, kind) as (there, conn):
        vm = conn.get(schema.VM, name="down")
        there.goes_wrong("DELETE", vm.id, lost, arrives=True)
        conn.delete(vm)
        assert [method for method, _ in there.changes()] == ["DELETE", "DELETE"]
        assert there.ids[1] == f"{there.ids[0]}-2"
        with pytest.raises(rhev.NotFound):
            conn.delete(vm)


@across
@pytest.mark.parametrize("page", [MISSING, NOTHING, PAGE], ids=str)
def test_absence_is_what_the_engine_says(wire: str, kind: str, page: Answer) -> None:
    with faulty(wire, kind) as (there, conn):
        vm = conn.get(schema.VM, name="down")
        reads: list[Callable[[], object]] = [
            lambda: conn.get(schema.VM, name="other", default=None),
            lambda: conn.get(schema.VM, vm.id, default=None),
            lambda: conn.reload(vm),
            lambda: conn.wait_for_deletion(vm, timeout=0),
        ]
        for read in reads:
            there.goes_wrong("GET", "", page, arrives=False)
            with pytest.raises(rhev.ResponseError):
                read()
        assert conn.get(schema.VM, name="other", default=None) is None
        assert conn.get(schema.VM, "no-such-id", default=None) is None


@everywhere
def test_a_page_is_no_answer_to_a_change(wire: str, kind: str) -> None:
    with faulty(wire, kind) as (there, conn):
        vm = new_vm(conn)
        there.goes_wrong("POST", "/vms", PAGE, arrives=False)
        with pytest.raises(rhev.ResponseError) as raised:
            conn.create(vm)
        assert conn.find_outcome(raised.value, **QUICK).state == "not received"
        running = conn.get(schema.VM, status="up")
        there.goes_wrong("POST", "/stop", PAGE, arrives=True)
        with pytest.raises(rhev.ResponseError) as raised:
            conn.action(running, "stop")
        assert conn.find_outcome(raised.value, **QUICK).state == "done"
        running.comment = "new"
        there.goes_wrong("PUT", running.id, PAGE, arrives=True)
        with pytest.raises(rhev.ResponseError) as raised:
            conn.update(running)
        assert conn.find_outcome(raised.value, **QUICK).state == "done"


# The outcome of what was lost.


@everywhere
@pytest.mark.parametrize("lost", [Lost(), GATEWAY], ids=str)
@pytest.mark.parametrize("arrives", [True, False])
def test_the_outcome_of_a_lost_create(
    wire: str, kind: str, lost: Answer | Lost, arrives: bool
) -> None:
    with faulty(wire, kind) as (there, conn):
        vm = new_vm(conn)
        there.goes_wrong("POST", "/vms", lost, arrives=arrives)
        with pytest.raises(rhev.OutcomeUnknown) as raised:
            conn.create(vm)
        error = raised.value
        assert isinstance(error, rhev.ConnectionError)
        assert error.change.kind == "create"
        assert error.correlation_ids == (there.ids[-1],)
        assert len(there.ids) == 1
        outcome = conn.find_outcome(error, **QUICK)
        found = conn.get(schema.VM, name="lost", default=None)
        if arrives:
            assert outcome.state == "done"
            assert outcome.resource.id == found.id
            assert {event.correlation_id for event in outcome.events} == set(error.correlation_ids)
            assert outcome.jobs
        else:
            assert (outcome.state, outcome.resource, found) == ("not received", None, None)


@everywhere
def test_the_outcome_of_a_lost_create_that_comes_late(wire: str, kind: str) -> None:
    with faulty(wire, kind) as (there, conn):
        tag = schema.Tag(name="late")
        there.goes_wrong("POST", "/tags", Lost(), arrives=False)
        with pytest.raises(rhev.OutcomeUnknown) as raised:
            conn.create(tag)
        late = there.engine.connect(correlation_id=raised.value.correlation_ids[0])
        late.create(schema.Tag(name="late"))
        outcome = conn.find_outcome(raised.value, **QUICK)
        assert outcome.state == "done"
        assert outcome.resource.name == "late"


@everywhere
def test_one_of_the_same_name_is_not_taken_for_what_was_made(wire: str, kind: str) -> None:
    with faulty(wire, kind) as (there, conn):
        vm = new_vm(conn)
        there.goes_wrong("POST", "/vms", Lost(), arrives=False)
        with pytest.raises(rhev.OutcomeUnknown) as raised:
            conn.create(vm)
        there.engine.connect().create(vm)
        outcome = conn.find_outcome(raised.value, **QUICK)
        assert (outcome.state, outcome.resource.name) == ("unknown", "lost")


@everywhere
def test_the_outcome_of_a_create_below_a_resource(wire: str, kind: str) -> None:
    with faulty(wire, kind) as (there, conn):
        vm = conn.get(schema.VM, name="down")
        for arrives, state in ((False, "not received"), (True, "done")):
            there.goes_wrong("POST", "/nics", Lost(), arrives=arrives)
            with pytest.raises(rhev.OutcomeUnknown) as raised:
                conn.create(schema.NIC(name="extra"), base=vm)
            outcome = conn.find_outcome(raised.value, **QUICK)
            assert outcome.state == state
            assert getattr(outcome.resource, "name", None) == ("extra" if arrives else None)


@everywhere
@pytest.mark.parametrize(
    ("name", "arrives", "state"),
    [
        ("stop", True, "done"),
        ("stop", False, "not received"),
        ("start", True, "failed"),
        ("logon", False, "unknown"),
    ],
)
def test_the_outcome_of_a_lost_action(
    wire: str, kind: str, name: str, arrives: bool, state: str
) -> None:
    with faulty(wire, kind) as (there, conn):
        vm = conn.get(schema.VM, status="up")
        there.goes_wrong("POST", f"/{name}", Lost(), arrives=arrives)
        with pytest.raises(rhev.OutcomeUnknown) as raised:
            conn.action(vm, name)
        assert (raised.value.change.kind, raised.value.change.action) == ("action", name)
        assert len(there.ids) == 1
        outcome = conn.find_outcome(raised.value, **QUICK)
        assert outcome.state == state
        assert outcome.resource.id == vm.id
        assert bool(outcome.detail) is (state in ("failed", "unknown"))


@everywhere
@pytest.mark.parametrize("arrives", [True, False])
def test_the_outcome_of_a_lost_delete(wire: str, kind: str, arrives: bool) -> None:
    with faulty(wire, kind) as (there, conn):
        vm = conn.get(schema.VM, name="down")
        there.goes_wrong("DELETE", vm.id, *[Lost()] * 3, arrives=arrives)
        with pytest.raises(rhev.OutcomeUnknown) as raised:
            conn.delete(vm)
        assert raised.value.correlation_ids == tuple(there.ids)
        assert len(there.ids) == 3
        outcome = conn.find_outcome(raised.value, **QUICK)
        assert outcome.state == ("done" if arrives else "not received")


# An update takes back nothing that someone else has changed.


@everywhere
@pytest.mark.parametrize("lost", [Lost(), GATEWAY], ids=str)
@pytest.mark.parametrize("arrives", [True, False])
def test_an_update_whose_answer_was_lost_is_made_once(
    wire: str, kind: str, lost: Answer | Lost, arrives: bool
) -> None:
    with faulty(wire, kind) as (there, conn):
        vm = conn.get(schema.VM, name="down")
        vm.description = "mine"
        vm.cpu.topology.cores = 3
        there.goes_wrong("PUT", vm.id, lost, arrives=arrives)
        conn.update(vm)
        assert (vm.description, vm.cpu.topology.cores) == ("mine", 3)
        assert len(there.changes()) == 1
        assert conn.get(schema.VM, vm.id).description == "mine"
        conn.update(vm)  # nothing is left to send
        assert len(there.changes()) == 1


@everywhere
def test_an_update_is_not_repeated_over_someone_else_s_change(wire: str, kind: str) -> None:
    with faulty(wire, kind) as (there, conn):
        vm = conn.get(schema.VM, name="down")
        vm.description = "mine"
        there.goes_wrong("PUT", vm.id, Lost(), arrives=False)
        other = there.engine.connect().get(schema.VM, vm.id)
        other.description = "theirs"
        other.update()
        with pytest.raises(rhev.OutcomeUnknown) as raised:
            conn.update(vm)
        assert raised.value.change.kind == "update"
        assert conn.get(schema.VM, vm.id).description == "theirs"
        outcome = conn.find_outcome(raised.value, **QUICK)
        assert outcome.state == "not received"
        assert outcome.resource.description == "theirs"


@everywhere
def test_an_update_of_what_was_not_read_is_not_repeated_blindly(wire: str, kind: str) -> None:
    with faulty(wire, kind) as (there, conn):
        id_ = conn.get(schema.VM, name="down").id
        there.goes_wrong("PUT", id_, Lost(), arrives=False)
        with pytest.raises(rhev.OutcomeUnknown):
            conn.update(schema.VM(id=id_, description="mine"))
        assert there.changes() == []


@everywhere
def test_an_update_that_is_lost_again_and_again_ends(wire: str, kind: str) -> None:
    with faulty(wire, kind) as (there, conn):
        vm = conn.get(schema.VM, name="down")
        vm.description = "mine"
        there.goes_wrong("PUT", vm.id, *[Lost()] * 9, arrives=False)
        with pytest.raises(rhev.OutcomeUnknown) as raised:
            conn.update(vm)
        assert raised.value.correlation_ids == tuple(there.ids)
        assert len(there.ids) == 3
        assert vm.description == "mine"
        del there.faults[:]
        conn.update(vm)
        assert conn.get(schema.VM, vm.id).description == "mine"


LATE = Answer(504, b"<html><title>504 Gateway Timeout</title></html>", HTML)


@everywhere
def test_an_update_that_may_still_be_made_is_not_sent_again(wire: str, kind: str) -> None:
    with faulty(wire, kind) as (there, conn):
        vm = conn.get(schema.VM, name="down")
        vm.description = "mine"
        there.goes_wrong("PUT", vm.id, LATE, arrives=False)
        with pytest.raises(rhev.OutcomeUnknown):
            conn.update(vm)
        assert len(there.ids) == 1
        there.goes_wrong("PUT", vm.id, LATE, arrives=True)
        conn.update(vm)  # by now it is seen to be made
        assert conn.get(schema.VM, vm.id).description == "mine"


# What is told, and what is not.


@everywhere
def test_the_requests_of_a_connection_may_share_a_correlation_id(wire: str, kind: str) -> None:
    with faulty(wire, kind, correlation_id="deploy-42") as (there, conn):
        vm = new_vm(conn)
        there.goes_wrong("POST", "/vms", Lost(), arrives=False)
        conn.create(schema.Tag(name="first"))
        with pytest.raises(rhev.OutcomeUnknown) as raised:
            conn.create(vm)
        assert raised.value.correlation_ids == ("deploy-42",)
        assert conn.find_outcome(raised.value, **QUICK).state == "unknown"
        there.goes_wrong("POST", "/vms", Lost(), arrives=True)
        with pytest.raises(rhev.OutcomeUnknown) as raised:
            conn.create(vm)
        outcome = conn.find_outcome(raised.value, **QUICK)
        assert (outcome.state, outcome.resource.name) == ("done", "lost")


@everywhere
def test_an_engine_that_is_away_tells_nothing(wire: str, kind: str) -> None:
    with faulty(wire, kind) as (there, conn):
        vm = new_vm(conn)
        there.goes_wrong("POST", "/vms", Lost(), arrives=True)
        with pytest.raises(rhev.OutcomeUnknown) as raised:
            conn.create(vm)
        there.goes_wrong("GET", "", *[GATEWAY] * 99, arrives=False)
        outcome = conn.find_outcome(raised.value, **QUICK)
        assert outcome.state == "unknown"
        assert "did not tell" in outcome.detail


@across
@pytest.mark.parametrize("coding", ["gzip, gzip", "deflate"])
def test_the_outcome_of_a_create_whose_answer_cannot_be_read(
    wire: str, kind: str, coding: str
) -> None:
    with faulty(wire, kind) as (there, conn):
        vm = new_vm(conn)
        there.goes_wrong(
            "POST", "/vms", Answer(201, b"?", [("content-encoding", coding)]), arrives=True
        )
        with pytest.raises(rhev.ResponseError) as raised:
            conn.create(vm)
        assert conn.find_outcome(raised.value, **QUICK).state == "done"


@across
def test_a_login_that_fails_leaves_nothing_open(wire: str, kind: str) -> None:
    with faulty(wire, kind) as (there, conn):
        vm = new_vm(conn)
        there.engine.sessions.expire()
        there.goes_wrong("POST", "/token", PAGE, arrives=False)
        with pytest.raises(rhev.ResponseError, match="no token came") as raised:
            conn.create(vm)
        assert raised.value.change is None
        assert len(conn.getall(schema.VM, name="lost")) == 0


def test_what_was_never_sent_is_no_unknown_outcome() -> None:
    class Refusing(Scripted):
        def send(self, request: Any) -> Response:
            if request.method == "POST":
                raise rhev.ConnectionError("refused", delivered=False)
            return super().send(request)

    with pytest.raises(rhev.ConnectionError) as raised:
        connected(Refusing({"GET /tags": {}})).create(schema.Tag(name="t"))
    assert not isinstance(raised.value, rhev.OutcomeUnknown)
    with pytest.raises(ValueError, match="leaves open what was done"):
        connected(Scripted()).find_outcome(raised.value)


def test_an_older_engine_answers_a_delete_with_nothing() -> None:
    script = Scripted({"DELETE /tags/2": Response(200)})
    connected(script).delete(schema.Tag(href="/ovirt-engine/api/tags/2"))
    assert script.calls == ["DELETE /tags/2"]


def test_an_unknown_outcome_keeps_no_secret_and_can_be_pickled() -> None:
    class Losing(Scripted):
        def send(self, request: Any) -> Response:
            if request.method == "POST":
                raise rhev.ConnectionError("lost")
            return super().send(request)

    vm = schema.VM(
        name="web",
        cluster=schema.Cluster(name="cluster"),
        template=schema.Template(name="Blank"),
        initialization=schema.Initialization(root_password="s3cret", host_name="web"),
    )
    with pytest.raises(rhev.OutcomeUnknown) as raised:
        connected(Losing()).create(vm)
    pickled = pickle.dumps(raised.value)
    assert b"s3cret" not in pickled
    again = pickle.loads(pickled)  # noqa: S301
    assert again.change.resource.initialization.host_name == "web"
    assert again.correlation_ids == raised.value.correlation_ids


@pytest.mark.parametrize("connect", [connected, async_connected], ids=["sync", "async"])
def test_an_action_may_be_pending(connect: Any) -> None:
    suspend = {"rel": "suspend", "href": "/ovirt-engine/api/vms/1/suspend"}
    vm = {"id": "1", "href": "/ovirt-engine/api/vms/1", "actions": {"link": [suspend]}}
    script = Scripted(
        {
            "GET /vms/1": vm,
            "POST /vms/1/suspend": answer({"status": "pending", "async": "true"}, 202),
        }
    )
    with driven(connect(script)) as conn:
        done = conn.action(conn.get(schema.VM, "1"), "suspend")
    assert done.status == "pending"
