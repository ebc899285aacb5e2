"""Faults, as a real engine was seen to answer with them (items 9 to 15)."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

import rhev
from rhev import schema
from rhev.transport import Response
from tests.operations.scripted import PATH, Scripted, answer, connected

from .answers import (
    HTML,
    JSON,
    NOTHING,
    OTHER,
    UUID,
    XML,
    crash,
    engine,
    fault,
    resource,
    sentence,
)

VM = f"vms/{UUID}"
READ = resource(VM, name="web-01", status="down", links=("nics",), actions=("start", "suspend"))
START = f"POST /{VM}/start"
FORMATS = pytest.mark.parametrize("wire", ["json", "xml"])


def read(script: Scripted, **options: Any) -> schema.VM:
    return connected(script, **options).get(schema.VM, UUID)


def of_vm(answers: dict[str, Any]) -> Scripted:
    return engine({f"GET /{VM}": READ, **answers})


# 9


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [
        (404, {}, rhev.NotFound),
        (405, {"allow": "GET, OPTIONS"}, rhev.IllegalMethod),
        (406, {}, rhev.ResponseError),
        (415, {}, rhev.ResponseError),
    ],
)
@FORMATS
def test_a_refusal_without_a_body(
    wire: str, status: int, headers: dict[str, str], error: type[rhev.Error]
) -> None:
    """An unknown id, method or media type is answered with a status and nothing else."""
    script = engine({f"GET /{VM}": Response(status, headers)})
    with pytest.raises(rhev.Error) as raised:
        read(script, format=wire)
    assert type(raised.value) is error
    assert raised.value.status == status
    if isinstance(raised.value, rhev.Fault):
        assert f"answered {status} and gave no reason" in str(raised.value.fault.detail)


def test_an_unknown_id_has_a_default() -> None:
    """It is no more than an absence, which a program may expect."""
    script = engine({f"GET /{VM}": NOTHING, "GET /vms/nosuch": NOTHING})
    assert connected(script).get(schema.VM, UUID, default=None) is None
    assert connected(script).get(schema.VM, "nosuch", default=None) is None


def test_an_unknown_path_says_what_was_looked_for() -> None:
    """It is named HTML and is a sentence; and says nothing of what there is."""
    script = engine({f"GET /{VM}": sentence("RESTEASY1: nothing at: /vms/1", 404)})
    with pytest.raises(rhev.ResponseError, match="RESTEASY1: nothing at: /vms/1"):
        read(script)


def test_a_malformed_id_in_a_body_is_not_sent() -> None:
    """An engine answers it with 400; in a path it is an id that is not there."""
    script = engine()
    with pytest.raises(rhev.InvalidRequest, match=r"cluster.id.*UUID"):
        connected(script).create(schema.VM(name="a", cluster=schema.Cluster(id="nosuch")))
    assert script.calls == []


@FORMATS
def test_a_name_that_does_not_resolve_is_not_found(wire: str) -> None:
    """A reference to what is not there is a 404 too, but one with a fault that names it."""
    body: Any = {"reason": "Operation Failed", "detail": "Entity not found: Cluster: name=x"}
    if wire == "xml":
        text = "".join(f"<{name}>{value}</{name}>" for name, value in body.items())
        body = f"<fault>{text}</fault>".encode()
    script = engine({"POST /vms": answer(body, 404, XML if wire == "xml" else JSON)})
    vm = schema.VM(
        name="a", cluster=schema.Cluster(name="x"), template=schema.Template(name="Blank")
    )
    with pytest.raises(rhev.NotFound, match="Cluster: name=x"):
        connected(script, format=wire).create(vm)


@pytest.mark.parametrize("empty", [{}, {"nic": []}])
def test_nothing_below_what_is_gone_is_not_taken_for_nothing(empty: dict[str, Any]) -> None:
    """Below a VM that does not exist, an engine lists nothing: so the VM is looked for."""
    there: list[dict[str, Any] | Response] = [READ, NOTHING]
    script = engine({f"GET /{VM}": lambda _: there.pop(0), f"GET /{VM}/nics": empty})
    conn = connected(script)
    vm = conn.get(schema.VM, UUID)
    with pytest.raises(rhev.NotFound):
        conn.getall(schema.NIC, base=vm)
    assert script.calls == [f"GET /{VM}", f"GET /{VM}/nics", f"GET /{VM}"]


def test_nothing_below_what_is_there_is_nothing() -> None:
    """A machine without NICs has none; one that is known by its id is read to begin with."""
    script = of_vm({f"GET /{VM}/nics": {}})
    conn = connected(script)
    assert len(conn.getall(schema.NIC, base=conn.get(schema.VM, UUID))) == 0
    assert list(conn.iterate(schema.NIC, base=schema.VM(id=UUID))) == []
    gone = engine({f"GET /{VM}": NOTHING})
    with pytest.raises(rhev.NotFound):
        connected(gone).getall(schema.NIC, base=schema.VM(id=UUID))


# 10


@pytest.mark.parametrize(
    ("spec", "missing"),
    [
        (schema.VM(name="a"), "Vm [cluster.id|name"),
        (schema.MacPool(), "MacPool ["),
        (schema.Bookmark(name="a"), "Bookmark ["),
        (schema.CpuProfile(name="a"), "CpuProfile ["),
    ],
)
def test_what_is_missing_is_told_at_once_and_in_one_vocabulary(
    spec: schema.BaseResource, missing: str
) -> None:
    """An engine has two, and of the one of them names the first alone of what is missing."""
    script = engine()
    with pytest.raises(rhev.InvalidRequest) as refused:
        connected(script).create(spec)
    assert missing in str(refused.value.fault.detail)
    assert refused.value.problems
    assert script.calls == []


def test_an_empty_text_is_missing() -> None:
    """So it is to an engine where it asks for a name."""
    vm = schema.VM(name="a", cluster=schema.Cluster(name=""), template=schema.Template(name="b"))
    with pytest.raises(rhev.InvalidRequest):
        connected(engine()).create(vm)


@pytest.mark.parametrize(
    ("reason", "detail"),
    [
        ("Incomplete parameters", "Vm [cluster.id|name] required for add"),
        ("Input validation failed.", "Parameter 'name' is mandatory."),
    ],
)
def test_both_vocabularies_of_the_engine_are_faults(reason: str, detail: str) -> None:
    """Whoever leaves the checks to the engine gets what it says, as it says it."""
    script = engine({"POST /vms": fault(400, reason, detail)})
    with pytest.raises(rhev.Fault) as raised:
        connected(script, check=False).create(schema.VM())
    assert (raised.value.fault.reason, raised.value.fault.detail) == (reason, detail)


# 11


@pytest.mark.parametrize(
    ("status", "error"),
    [(409, rhev.Conflict), (400, rhev.Fault), (403, rhev.Forbidden), (500, rhev.Fault)],
)
@FORMATS
def test_a_failed_action_is_the_fault_within_it(
    wire: str, status: int, error: type[rhev.Fault]
) -> None:
    """It is answered with an action that has a fault, whatever the status."""
    start = answer({"status": "failed", "fault": {"reason": "r", "detail": "[d]"}}, status)
    if wire == "xml":
        body = b"<action><fault><detail>[d]</detail><reason>r</reason></fault><status>failed</status></action>"  # noqa: E501
        start = answer(body, status, XML)
    with pytest.raises(rhev.Fault) as raised:
        read(of_vm({START: start}), format=wire).start()
    assert type(raised.value) is error
    assert (raised.value.fault.reason, raised.value.fault.detail) == ("r", "[d]")


def test_what_the_model_of_the_api_refuses_of_an_action_is_a_bare_fault() -> None:
    """Such a refusal has no action around it."""
    with pytest.raises(rhev.Fault, match=r"^r: d"):
        read(of_vm({START: fault(400, "r", "d")})).start()


@pytest.mark.parametrize(
    "body",
    [
        {"status": "failed", "fault": {"reason": "no agents"}, "fence_type": "status"},
        {"status": "failed"},
    ],
)
def test_an_action_that_failed_with_200_is_a_fault(body: dict[str, Any]) -> None:
    """Fencing a host that has no agents is answered with 200 and a status of "failed"."""
    host = resource(f"hosts/{UUID}", actions=("fence",))
    script = engine({f"GET /hosts/{UUID}": host, f"POST /hosts/{UUID}/fence": answer(body)})
    with pytest.raises(rhev.Fault, match=body.get("fault", {}).get("reason", "gave no reason")):
        connected(script).get(schema.Host, UUID).fence(fence_type="status")


# 12


def test_what_the_api_does_not_know_is_an_error_where_it_is_written() -> None:
    """An engine says 400 and a sentence about its own classes; some of it it ignores in XML."""
    with pytest.raises(ValidationError, match="nosuch"):
        schema.VM(nosuch=1)  # type: ignore[call-arg]
    with pytest.raises((AttributeError, ValidationError), match="nosuch"):
        schema.VM(name="a").nosuch = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("values", [{"type": "nosuch"}, {"stateless": "maybe"}])
def test_a_value_of_no_such_kind_is_an_error_where_it_is_written(values: dict[str, Any]) -> None:
    """A bad enumeration or boolean an engine explains in XML alone."""
    with pytest.raises(ValidationError):
        schema.VM(**values)


def test_a_member_that_an_engine_does_not_know_is_a_fault_with_its_sentence() -> None:
    """An older engine may know less than the models: the sentence is kept, entities and all."""
    said = sentence("Unrecognized field &quot;x&quot; (class a.b.Vm)", 400)
    script = engine({f"GET /{VM}": READ, f"PUT /{VM}": said})
    vm = read(script)
    vm.comment = "new"
    with pytest.raises(rhev.Fault) as raised:
        vm.update()
    assert raised.value.status == 400
    assert raised.value.fault.reason == "Bad Request"
    assert raised.value.fault.detail == 'Unrecognized field "x" (class a.b.Vm)'


@pytest.mark.parametrize(
    "detail", ["For correct usage, see: http://host/apidoc#services/vms/methods/add", "bad enum"]
)
def test_a_request_that_is_syntactically_incorrect_is_a_fault(detail: str) -> None:
    """An unknown element of XML is answered with where to read about the method."""
    script = engine({"POST /vms": fault(400, "Request syntactically incorrect.", detail)})
    with pytest.raises(rhev.Fault, match=detail.replace("?", ".")):
        connected(script, check=False).create(schema.VM())


# 13


def test_a_page_with_a_stack_trace_is_no_answer_of_the_api() -> None:
    """An engine that fails itself answers with 500, a page, and no correlation id."""
    script = engine({f"GET /{VM}": crash()})
    with pytest.raises(rhev.ResponseError, match="not the API's") as raised:
        read(script)
    assert raised.value.status == 500
    assert "java" not in str(raised.value)


def test_what_the_web_server_says_of_a_crash_is_told() -> None:
    """Another type's document is 500 and the name of an exception: no page, but named HTML."""
    script = engine({"POST /vms": sentence("java.lang.ClassCastException@7c", 500)})
    with pytest.raises(rhev.ResponseError, match="ClassCastException@7c"):
        connected(script, check=False).create(schema.VM())


@FORMATS
def test_a_body_is_never_blank(wire: str) -> None:
    """A blank body makes an engine fail: what has nothing to say is an empty document."""
    script = of_vm({START: {"status": "complete"}, "POST /vms": READ})
    conn = connected(script, format=wire, check=False)
    conn.get(schema.VM, UUID).start()
    assert script.requests[-1].content == (b"{}" if wire == "json" else b"<action/>")
    conn.create(schema.VM())
    assert script.requests[-1].content == (b"{}" if wire == "json" else b"<vm/>")


def test_an_empty_attachment_is_not_sent() -> None:
    """It makes an engine fail."""
    script = of_vm({})
    with pytest.raises(rhev.InvalidRequest):
        connected(script).create(schema.DiskAttachment(), base=schema.VM(id=UUID))


def test_an_instance_type_by_name_is_sent_by_id() -> None:
    """By name it makes an engine fail: the id is looked up."""
    types = {"instance_type": [resource(f"instancetypes/{OTHER}", name="Large")]}
    script = engine({"GET /instancetypes": types, "POST /vms": READ})
    connected(script).create(
        schema.VM(
            name="a",
            cluster=schema.Cluster(name="b"),
            template=schema.Template(name="Blank"),
            instance_type=schema.InstanceType(name="Large"),
        )
    )
    assert script.body()["instance_type"] == {"id": OTHER}


# 14


@pytest.mark.parametrize(
    "detail",
    ["[Cannot run VM., it is locked: ${diskAliases}. Please try again]", "illegal value : -1"],
)
def test_details_are_kept_as_they_are(detail: str) -> None:
    """They come in brackets, with variables unreplaced, or in lower case."""
    with pytest.raises(rhev.Conflict) as raised:
        read(of_vm({START: fault(409, "Operation Failed", detail)})).start()
    assert raised.value.fault.detail == detail


# 15


@pytest.mark.parametrize(
    "body",
    [{"status": "complete"}, {"status": "complete", "job": {"id": "1"}}, {"status": "pending"}],
)
def test_a_deletion_is_answered_as_an_action(body: dict[str, Any]) -> None:
    """With 200 and an action that is complete, and that may name a job; never with 204."""
    script = of_vm({f"DELETE /{VM}": body})
    read(script).delete()
    assert script.calls[-1] == f"DELETE /{VM}"


@pytest.mark.parametrize("body", [{"status": "failed"}, {"fault": {"detail": "[no]"}}])
@pytest.mark.parametrize("status", [200, 202])
def test_a_deletion_that_failed_with_200_is_a_fault(body: dict[str, Any], status: int) -> None:
    """Of an action a status of success does not say that it succeeded."""
    with pytest.raises(rhev.Fault):
        read(of_vm({f"DELETE /{VM}": answer(body, status)})).delete()


def test_a_deletion_answered_with_nothing_is_one() -> None:
    """So other versions answer."""
    read(of_vm({f"DELETE /{VM}": Response(204)})).delete()


def test_deleting_what_is_not_there_is_not_found() -> None:
    """A second time it is 404, without a body."""
    with pytest.raises(rhev.NotFound):
        read(of_vm({f"DELETE /{VM}": NOTHING})).delete()


def test_an_action_may_be_answered_with_nothing() -> None:
    """``remoteviewerconnectionfile`` is 204 where a machine has no console to connect to."""
    path = f"{VM}/graphicsconsoles/spice"
    console = resource(path, actions=("remoteviewerconnectionfile",))
    script = of_vm(
        {f"GET /{path}": console, f"POST /{path}/remoteviewerconnectionfile": Response(204)}
    )
    found = schema.GraphicsConsole(id="spice")
    object.__setattr__(found, "__dict__", {"id": "spice", "href": f"{PATH}/{path}"})
    done = connected(script).action(found, "remote_viewer_connection_file")
    assert done.remote_viewer_connection_file is None
    assert done.status is None


@pytest.mark.parametrize("status", [200, 201, 202])
def test_a_resource_may_be_made_with_any_success(status: int) -> None:
    """Mostly 201; 200 of limits and members of affinity; 202 while disks are copied."""
    made = {**READ, "status": "image_locked", "creation_status": "pending"}
    script = engine({"POST /vms": answer(made, status)})
    vm = connected(script).create(
        schema.VM(
            name="web-01", cluster=schema.Cluster(name="a"), template=schema.Template(name="b")
        )
    )
    assert (vm.id, vm.status) == (UUID, "image_locked")
    # No model of the API has it: it is kept beside the attributes.
    assert (vm.model_extra or {}).get("creation_status") == "pending"


@FORMATS
def test_an_action_that_goes_on_is_pending(wire: str) -> None:
    """Suspending is answered with 202, and an id that is two, joined by an escaped comma."""
    both = f"{UUID}%2C{OTHER}"
    body: Any = {"async": "true", "id": both, "status": "pending"}
    if wire == "xml":
        body = f'<action id="{both}"><async>true</async><status>pending</status></action>'.encode()
    suspend = answer(body, 202, XML if wire == "xml" else JSON)
    done = read(of_vm({f"POST /{VM}/suspend": suspend}), format=wire).suspend()
    assert (done.async_, done.status, done.id) == (True, "pending", both)


def test_html_that_is_no_sentence_is_not_taken_for_one() -> None:
    """A proxy's page tells nothing of the API."""
    body = b"<html><head><title>400 Bad\n Request</title></head><body><h1>no</h1></body></html>"
    with pytest.raises(rhev.ResponseError, match="400 Bad Request"):
        read(engine({f"GET /{VM}": answer(body, 400, HTML)}))
