"""Every method of the facts answers at every path, to good and bad requests, in both wires."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from rhev import facts
from tests.simulator.asking import Asker, furnished
from tests.simulator.every_method import PLACES, WIRES, Client, Place, counted, has_its_own, main

if TYPE_CHECKING:
    from rhev.transport.base import Response

# Where an engine itself answers 500: by the path and the method, and the ways to ask. What is to
# be followed and is not there is such a thing everywhere.
BROKEN = [
    (r"/openstackvolumeproviders (list|add)", ".*"),
    (r"/schedulingpolicies/{id}/(balances|filters|weights)/{id} get", ".*"),
    (r"/instancetypes/{id}/nics add", "good"),
    (r"/storagedomains/{id} reduce_luns", "good|nothing"),
    # The first of the tags is the root of them.
    (r"/tags/{id} update", "good|nothing"),
    (r"/vms/{id} start", "unknown id"),
    (r"/vms/{id}/diskattachments add", "nothing"),
    (r"/(vms|templates)/{id}/mediateddevices add", "nothing"),
]
# Inputs that may be anything, or that the embedded engine does not look for.
UNHEEDED = [
    r".*/(networklabels|virtualfunctionallowedlabels|enabledfeatures|cdroms) add",
    r"/imagetransfers add",
    # The data center that it is added to is that of the path.
    r"/datacenters/{id}/clusters add",
    r"/datacenters/{id} set_master",
    r"/hosts/{id} copy_host_networks",
    r"/openstack(image|network)providers/.* import",
    r"/storagedomains/{id}/(images|templates|vms)/{id} import",
    r"/vms/{id} export",
    # The model demands these, the engine does not.
    r"/jobs/{id}/steps/{id} end",
    # A list that is not there has no entry that lacks anything.
    r"/openstackvolumeproviders/{id} import_certificates",
]


@lru_cache(maxsize=len(WIRES))
def _client(wire: str, root: str) -> Client:
    """An engine for what is below one segment: what one test does to it is no harm to others."""
    del root
    return Client(wire)


def _may_break(place: Place, way: str) -> bool:
    return way.startswith("follow=") or any(
        re.fullmatch(of, str(place)) and re.fullmatch(ways, way) for of, ways in BROKEN
    )


def _check(place: Place, way: str, response: Response) -> None:
    said = f"{place}, {way}: {response.status} {response.content[:200]!r}"
    assert response.status < 500 or _may_break(place, way), said
    kind = response.headers.get("content-type", "")
    if kind.startswith("application/json"):
        assert isinstance(json.loads(response.content), dict), said
    elif kind.startswith("application/xml"):
        assert etree.fromstring(response.content).tag, said
    else:
        assert response.status >= 400, said
        assert kind.startswith("text/html") or not response.content, said


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_every_method_answers(place: Place, wire: str, caplog: pytest.LogCaptureFixture) -> None:
    client = _client(wire, place.path.split("/")[1])
    _check(place, "good", client.good(place))
    for way, response in client.bad(place):
        _check(place, way, response)
        if way == "unknown reference" or (way == "nothing" and place.needs):
            assert response.status >= 400 or any(re.fullmatch(of, str(place)) for of in UNHEEDED)
        if way == "malformed":
            assert response.status == 400
        if way == "no such wire":
            assert response.status == 406
        if way == "unknown id" and place.verb != "GET":
            assert response.status >= 400
    assert not [record for record in caplog.records if record.name == "rhev.simulator.engine"]


@pytest.mark.parametrize(("of", "ways"), BROKEN)
def test_where_an_engine_breaks_is_a_method(of: str, ways: str) -> None:
    places = [place for place in PLACES if re.fullmatch(of, str(place))]
    assert places
    client = Client("json")
    asked = [("good", client.good(place)) for place in places]
    asked += [answer for place in places for answer in client.bad(place)]
    assert 500 in {response.status for way, response in asked if re.fullmatch(ways, way)}


def test_what_is_generic_and_what_is_not_is_everything(capsys: pytest.CaptureFixture[str]) -> None:
    count = counted()
    assert count[True] + count[False] == len(PLACES)
    assert len({str(place) for place in PLACES}) == len(PLACES)
    assert {place.path for place in PLACES} <= facts.paths().keys()
    assert min(count.values()) > 0
    main()
    assert f"{count[False]} behave generically, {count[True]} have" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("/vms/{id} start", True),
        ("/hosts/{id} activate", True),
        ("/datacenters/{id}/storagedomains/{id} remove", True),
        ("/bookmarks add", False),
        ("/bookmarks list", False),
    ],
)
def test_which_methods_have_a_behaviour_of_their_own(said: str, own: bool) -> None:
    (place,) = (place for place in PLACES if str(place) == said)
    assert has_its_own(place) is own


@pytest.mark.parametrize("action", ["copy", "export", "move"])
def test_a_disk_of_a_domain_needs_to_know_where_to(ask: Asker, action: str) -> None:
    path = furnished(ask.engine, "/storagedomains/{id}/disks/{id}")
    status, fault = ask("POST", f"{path}/{action}", {})
    assert (status, fault["reason"]) == (400, "Incomplete parameters")
    assert fault["detail"] == f"Action [storageDomain.id|name] required for {action}"


def test_a_role_is_taken_with_its_permission(ask: Asker) -> None:
    user = ask.add("/users", {"user_name": "peer@internal", "domain": {"name": "internal-authz"}})
    path = f"/users/{user['id']}"
    roles = {role["name"]: role["id"] for role in ask.get("/roles")["role"]}
    ask.add("/permissions", {"role": {"id": roles["ClusterAdmin"]}, "user": {"id": user["id"]}})
    assert "ClusterAdmin" in ask.names(f"{path}/roles")
    assert ask("DELETE", f"{path}/roles/{roles['ClusterAdmin']}")[0] == 200
    assert "ClusterAdmin" not in ask.names(f"{path}/roles")
    (everybody,) = ask.get(f"{path}/roles")["role"]
    assert ask("DELETE", f"{path}/roles/{everybody['id']}")[0] == 404
