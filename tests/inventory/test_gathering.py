"""What an inventory gathers, how it asks for it, and what becomes of what it is refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from rhev import ConnectionError, schema
from rhev.inventory import PARTS, Entry, Inventory, Problem, gather, parts
from rhev.simulator import Engine, FaultRule

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rhev import Request, Response


(VMS,) = parts(["vms"])


def entries(gathered: list[Entry | Problem], type: str) -> list[dict[str, Any]]:
    return [each.resource for each in gathered if isinstance(each, Entry) and each.type == type]


def problems(gathered: list[Entry | Problem]) -> list[Problem]:
    return [each for each in gathered if isinstance(each, Problem)]


def test_the_first_line_says_which_engine_it_is(gathered: list[Entry | Problem]) -> None:
    first = gathered[0]
    assert isinstance(first, Entry)
    assert first.type == "api"
    assert "product_info" in first.resource


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.rel)
def test_each_part_is_what_a_listing_gives(
    part: Any, engine: Engine, gathered: list[Entry | Problem]
) -> None:
    with engine.connect() as connection:
        listed = [each.id for each in connection.getall(part.cls)]
    own = entries(gathered, part.cls.__xml_tag__ or "")
    assert sorted(each["id"] for each in own) == sorted(map(str, listed))


def test_nothing_is_refused_by_the_demonstration(gathered: list[Entry | Problem]) -> None:
    assert problems(gathered) == []


def test_only_what_is_asked_for_is_read() -> None:
    engine = Engine.demo()
    with engine.connect() as connection:
        found = list(gather(connection, parts(["vms", "storage_domains"])))
    assert {each.type for each in found if isinstance(each, Entry)} == {
        *("api", "vm", "storage_domain")
    }
    assert {method for method, _ in engine.requests} == {"GET"}


def test_a_part_that_there_is_not_is_said_to_be_none() -> None:
    with pytest.raises(ValueError, match="'vm' is no part of an inventory; did you mean 'vms'"):
        parts(["vm"])


@pytest.mark.parametrize("parallel", [1, 4])
def test_pages_come_in_order_and_once(parallel: int) -> None:
    engine = Engine.demo(vms=57)
    with engine.connect() as connection:
        found = list(gather(connection, parts(["vms"]), parallel=parallel, page=10))
        names = [vm.name for vm in connection.getall(schema.VM)]
    assert [each["name"] for each in entries(found, "vm")] == names
    # Six pages are there, and no more are asked for in vain than came.
    assert 6 <= asked(engine)["/vms"] <= 12


def asked(engine: Engine) -> Counter[str]:
    """How often the engine was asked for each address below the entry point, without its query."""
    paths = (urlsplit(url).path for _, url in engine.requests)
    return Counter(path.removeprefix("/ovirt-engine/api") for path in paths)


def following(rel: str) -> Callable[[Request], bool]:
    """Whether a request follows a relationship, as others do or by itself."""
    return lambda request: rel in request.url.partition("follow=")[2]


def test_what_cannot_be_followed_together_is_asked_for_apart() -> None:
    engine = Engine.demo()
    with engine.connect() as connection:
        whole = entries(list(gather(connection, parts(["vms"]))), "vm")
        engine.faults.answer(500, "/vms", when=following("nics"), times=None)
        engine.requests.clear()
        found = list(gather(connection, parts(["vms"])))
    assert entries(found, "vm") == whole
    assert problems(found) == []
    counts = asked(engine)
    # Beside what is refused: without any, each of the others by itself; and each machine's NICs.
    assert counts["/vms"] == len(VMS.follow)
    assert [counts[f"/vms/{vm['id']}/nics"] for vm in whole] == [1] * len(whole)


def test_what_an_older_engine_has_no_link_to_is_not_followed() -> None:
    engine = Engine.demo(vms=30)
    engine.faults.answer(500, "/vms", when=following("mediated_devices"), times=None)

    def without(request: Request, response: Response) -> Response:
        content = response.content.replace(b'"mediateddevices"', b'"unlike"')
        return replace(response, content=content)

    engine.faults.add(FaultRule(path="/vms", answer=without, times=None))
    with engine.connect() as connection:
        found = list(gather(connection, parts(["vms"]), page=10, parallel=1))
    assert len(entries(found, "vm")) == 30
    assert all("mediated_devices" not in vm and "nics" in vm for vm in entries(found, "vm"))
    assert problems(found) == []
    # It is learned once: the second and third page, and the empty fourth, are a request each.
    assert asked(engine)["/vms"] == len(VMS.follow) + 3


def test_what_an_engine_refuses_is_a_problem_and_ends_nothing() -> None:
    engine = Engine.demo()
    with engine.connect() as connection:
        vm = connection.get(schema.VM, name="web-01")
        engine.faults.answer(403, "/disks", detail="Not today.")
        engine.faults.answer(500, "/vms", when=following("nics"), times=None)
        engine.faults.answer(404, f"/vms/{vm.id}/nics")
        found = list(gather(connection))
    told = {(each.part, each.status, each.path.rpartition("/api")[2]) for each in problems(found)}
    assert told == {("disks", 403, "/disks"), ("vms", 404, f"/vms/{vm.id}/nics")}
    assert entries(found, "disk") == []
    without = [each["id"] for each in entries(found, "vm") if "nics" not in each]
    assert without == [vm.id]


def test_an_engine_that_is_not_reached_ends_it() -> None:
    engine = Engine.demo()
    with engine.connect() as connection:
        connection.api()
        engine.faults.drop("/vms", times=20)
        with pytest.raises(ConnectionError):
            list(gather(connection))


def test_it_is_read_back_by_classes_and_ids(
    tmp_path: Path, gathered: list[Entry | Problem]
) -> None:
    file = tmp_path / "estate.jsonl"
    file.write_bytes(b"".join(each.line() for each in gathered))
    estate = Inventory.read(file)
    assert estate.api is not None
    assert len(estate) == len(gathered)
    vm = next(vm for vm in estate.of(schema.VM) if vm.name == "web-01")
    assert vm.nics is not None
    assert vm.disk_attachments is not None
    cluster = estate.resolve(vm.cluster)
    assert cluster is not None
    assert cluster.name == "Default"
    disk = estate.resolve(vm.disk_attachments[0].disk)
    assert disk is not None
    assert disk.provisioned_size
    assert estate.get(schema.VM, vm.id) is vm
    assert estate.get(schema.VM, "none") is None


@pytest.mark.parametrize(
    ("line", "told"),
    [(b"{", "line 2"), (b"[]", "no type"), (b'{"type": "vm"}', "no resource")],
)
def test_what_is_no_inventory_is_refused_with_the_line(
    line: bytes, told: str, tmp_path: Path
) -> None:
    file = tmp_path / "estate.jsonl"
    file.write_bytes(b'{"type": "api", "resource": {}}\n' + line)
    with pytest.raises(ValueError, match=told):
        Inventory.read(file)
