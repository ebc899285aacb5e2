"""Every path of the API's facts answers, and every method that it has not is refused."""

from __future__ import annotations

import json

import pytest

from rhev import facts, rules
from rhev.simulator import Engine
from tests.simulator.asking import Asker, furnished, standing_still

HTML = "text/html;charset=UTF-8"
VERBS = {"list": "GET", "get": "GET", "add": "POST", "update": "PUT", "remove": "DELETE"}
PATHS = sorted(facts.paths())


def _demands(service: facts.Service, method: facts.Method, path: str) -> bool:
    needs = rules.as_the_engine_does(service.name, method, path)
    in_any_case = bool(needs.variants) and all(v.mandatory for v in needs.variants)
    # What is needed of each entry of a list is not needed where the list is empty.
    paths = [*needs.mandatory, *(needs.variants[0].mandatory if in_any_case else ())]
    return any(".*." not in demanded for demanded in paths)


# Every method that needs inputs, on the shortest path of its service.
DEMANDING = [
    (path, method.name)
    for name, path in {name: path for path, name in reversed([*facts.paths().items()])}.items()
    for method in facts.services()[name].methods.values()
    if _demands(facts.services()[name], method, path)
]


@pytest.fixture(scope="module")
def everywhere() -> Asker:
    return Asker(Engine.demo(clock=standing_still))


# What an engine as it comes has not: what only domains of other types have, or are read for, or
# what nobody has set up.
AMISS = {
    "/hosts/{id}/nics/{id}/linklayerdiscoveryprotocolelements": 400,
    "/katelloerrata": 400,
    "/openstackvolumeproviders": 500,
    **{f"/schedulingpolicies/{{id}}/{u}/{{id}}": 500 for u in ("balances", "filters", "weights")},
    "/storagedomains/{id}/files": 404,
    "/storagedomains/{id}/images": 400,
    **{
        f"/storagedomains/{{id}}/{below}": 404
        for segment in ("templates/{id}/disks", "vms/{id}/diskattachments", "vms/{id}/disks")
        for below in (segment, f"{segment}/{{id}}")
    },
}


@pytest.mark.parametrize("path", PATHS)
def test_every_path_answers(path: str, everywhere: Asker) -> None:
    service = facts.services()[facts.paths()[path]]
    concrete = furnished(everywhere.engine, path)
    if not service.methods.keys() & facts.CRUD and path != "/":
        assert everywhere.send("GET", concrete).content.startswith(b"RESTEASY003210")
        return
    if path in AMISS:
        assert everywhere.send("GET", concrete).status == AMISS[path]
        return
    status, document = everywhere("GET", concrete)
    if "statistics/{id}" in path:
        assert status == 404
    elif "list" in service.methods:
        assert status == 200
        assert all(isinstance(e, list) for name, e in document.items() if name != "actions")
    elif "get" in service.methods:
        assert status == 200
        assert path == "/" or document["id"] == concrete.rpartition("/")[2]
    else:
        assert status == 405


# Members of which the engine does not keep quiet when they are not there.
SPOKEN = {"/clusters/{id}/affinitygroups/{id}": 400, "/events/{id}": 400}


@pytest.mark.parametrize("path", [p for p in PATHS if p.endswith("}")])
def test_what_is_not_there_is_not_found(path: str, everywhere: Asker) -> None:
    parent = furnished(everywhere.engine, path.rpartition("/")[0])
    methods = facts.services()[facts.paths()[path]].methods
    spoken = {p: status for p, status in SPOKEN.items() if path.endswith(p)}
    nothing = 405 if methods.keys() & facts.CRUD and "get" not in methods else 404
    response = everywhere.send("GET", f"{parent}/b5d6a7c8-0000-4000-8000-000000000000")
    assert response.status == next(iter(spoken.values()), nothing)


@pytest.mark.parametrize("path", PATHS)
def test_a_method_that_the_facts_lack_is_not_allowed(path: str, everywhere: Asker) -> None:
    service = facts.services()[facts.paths()[path]]
    allowed = {VERBS[name] for name in service.methods if name in VERBS}
    concrete = furnished(everywhere.engine, path)
    if not service.methods.keys() & facts.CRUD and path != "/":
        return
    for verb in {"PUT", "DELETE"} - allowed:
        if service.is_collection or "statistics/{id}" not in path:
            response = everywhere.send(verb, concrete, {})
            assert response.status == 405
            assert verb not in response.headers["allow"]


@pytest.mark.parametrize(("path", "method"), DEMANDING)
def test_what_is_mandatory_is_demanded(path: str, method: str, everywhere: Asker) -> None:
    service = facts.services()[facts.paths()[path]]
    concrete = furnished(everywhere.engine, path)
    fact = service.methods[method]
    url = f"{concrete}/{fact.segment}" if fact.is_action else concrete
    response = everywhere.send("PUT" if method == "update" else "POST", url, {})
    if service.name == "DiskAttachmentsService":
        # It looks into the disk before it looks whether there is one.
        assert (response.status, response.headers["content-type"]) == (500, HTML)
        return
    fault = json.loads(response.content)
    assert response.status == 400
    assert (fault["reason"], fault["detail"].split()[0]) in {
        ("Input validation failed.", "Parameter"),
        ("Input validation failed.", "Parameters"),
        ("Input validation failed.", "No"),
        ("Incomplete parameters", "Action" if fact.is_action else service.type),
    }


def test_the_fault_names_what_is_missing(shared: Asker) -> None:
    status, fault = shared("POST", "/vms", {"template": {"name": "Blank"}})
    assert status == 400
    assert fault["detail"].startswith("Vm [")
    assert "cluster.id|name" in fault["detail"]
    assert "name" in fault["detail"]


def test_nobody_looks_for_the_owner_of_a_listing(shared: Asker) -> None:
    assert shared("GET", "/vms/absent/nics") == (200, {})
    assert shared("POST", "/vms/absent/nics", {"name": "n"})[0] == 404


@pytest.mark.parametrize("path", ["/vms/absent/graphicsconsoles", "/vms//nothing"])
def test_what_is_not_there_answers_with_nothing(path: str, shared: Asker) -> None:
    response = shared.send("GET", path)
    assert (response.status, response.content) == (404, b"")
    assert "content-type" not in response.headers


@pytest.mark.parametrize("path", ["/nowhere", "/api/vms"])
def test_what_could_not_be_there_answers_with_a_page(path: str, shared: Asker) -> None:
    response = shared.send("GET", path)
    assert response.status == 404
    assert response.headers["content-type"] == "text/html;charset=UTF-8"
    assert response.content.startswith(b"RESTEASY003210")


def test_an_action_is_only_posted(shared: Asker) -> None:
    path = shared.path("/vms", "web-01")
    response = shared.send("GET", f"{path}/start")
    assert (response.status, response.headers["allow"]) == (405, "OPTIONS, POST")


def test_nothing_is_below_an_action(everywhere: Asker) -> None:
    path = everywhere.path("/vms", "web-03")
    assert everywhere.send("GET", f"{path}/start/nics").status == 404
    assert everywhere("GET", f"{path}/nics")[0] == 200
