"""The engine itself: its clock, its threads, the connections it gives, and serving from a shell."""

from __future__ import annotations

import asyncio
import pkgutil
import random
import subprocess
import sys
import threading
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from rhev import schema
from rhev.schema import VM
from rhev.simulator import Engine, behaviour
from rhev.transport.base import Request
from tests.simulator.asking import Asker, standing_still

if TYPE_CHECKING:
    from rhev.operations.wire import Format


def test_it_gives_a_connection(engine: Engine) -> None:
    with engine.connect() as connection:
        assert len(connection.getall("vms")) == 12
        vm = connection.get(VM, name="web-03")
        vm.start()
        engine.advance(2)
        vm.reload()
        assert vm.status == "up"
    assert engine.requests[0] == ("GET", "/ovirt-engine/api")
    assert engine.requests[-1][1].startswith("/ovirt-engine/api/vms/")


def test_it_gives_an_asynchronous_connection(engine: Engine) -> None:
    async def names() -> list[str | None]:
        async with engine.connect_async() as connection:
            return [vm.name for vm in await connection.getall(VM, name="db-*")]

    assert asyncio.run(names()) == ["db-01", "db-02"]


def test_all_behaviour_is_registered() -> None:
    """What a module registers holds only if the engine loads it."""
    told = "import sys, rhev.simulator.engine; print(*sys.modules)"
    loaded = subprocess.run(  # noqa: S603
        [sys.executable, "-c", told], capture_output=True, text=True, check=True
    ).stdout.split()
    prefix = f"{behaviour.__name__}."
    modules = {module.name for module in pkgutil.iter_modules(behaviour.__path__, prefix)}
    assert modules <= set(loaded)


def test_two_engines_share_nothing() -> None:
    one, other = Asker(Engine(clock=standing_still)), Asker(Engine(clock=standing_still))
    one.add("/tags", {"name": "mine"})
    assert one.names("/tags") == ["mine", "root"]
    assert other.names("/tags") == ["root"]


def test_the_same_requests_give_the_same_ids() -> None:
    first, second = (Asker(Engine.demo(clock=standing_still)) for _ in range(2))
    assert first.get("/vms") == second.get("/vms")


def test_speed_divides_what_things_take() -> None:
    ask = Asker(Engine.demo(clock=standing_still, speed=100))
    path = ask.path("/vms", "web-03")
    ask.act(f"{path}/start")
    ask.engine.advance(0.02)
    assert ask.get(path)["status"] == "up"
    with pytest.raises(ValueError, match="speed is 0"):
        Engine(speed=0)


@pytest.mark.parametrize("speed", [1e-3, 0.1, 1, 1e4, 1e12])
def test_the_estate_of_the_demonstration_is_built_at_any_speed(speed: float) -> None:
    """By any clock, too: of those that a test gives some stand still, and some go backwards."""
    jumps = random.Random(8)  # noqa: S311
    for clock in (None, standing_still, lambda: 1e9 + jumps.uniform(0, 1e4)):
        ask = Asker(Engine.demo(speed=speed, clock=clock))
        statuses = Counter(vm["status"] for vm in ask.get("/vms")["vm"])
        assert statuses == {"up": 7, "down": 5}
        assert {disk["status"] for disk in ask.get("/disks")["disk"]} == {"ok"}
        assert ask.get("/jobs") == {}


@pytest.mark.parametrize("vms", [12, 13, 230])
def test_an_estate_has_as_many_machines_as_are_asked_for(vms: int) -> None:
    ask = Asker(Engine.demo(vms=vms, clock=standing_still))
    machines = ask.get("/vms", follow="nics,disk_attachments.disk,snapshots")["vm"]
    assert len(machines) == len({vm["name"] for vm in machines}) == vms
    assert len(ask.get("/hosts")["host"]) == max(3, vms // 50)
    macs = [nic["mac"]["address"] for vm in machines for nic in vm["nics"]["nic"]]
    disks = [a["disk"]["id"] for vm in machines for a in vm["disk_attachments"]["disk_attachment"]]
    assert len(macs) == len(set(macs)) == len(disks) == len(set(disks)) == vms
    assert all(vm["snapshots"]["snapshot"][0]["snapshot_type"] == "active" for vm in machines)
    clusters = {host["id"]: host["cluster"]["id"] for host in ask.get("/hosts")["host"]}
    running = [vm for vm in machines if vm["status"] == "up"]
    assert all(clusters[vm["host"]["id"]] == vm["cluster"]["id"] for vm in running)
    assert len({(vm["host"]["id"], vm["display"]["port"]) for vm in running}) == len(running)


def test_an_estate_has_the_dozen_machines_at_least() -> None:
    with pytest.raises(ValueError, match="vms is 11; there are 12 at least"):
        Engine.demo(vms=11)


def test_machines_of_a_big_estate_are_each_ones_own() -> None:
    """What is done to one shows at none of those that were copied from the same."""
    ask = Asker(Engine.demo(vms=50, clock=standing_still))
    names = ("vm-00013", "vm-00015")  # of web-01, which runs, and of web-03
    paths = [ask.path("/vms", name) for name in names]
    everything = {"follow": "nics,disk_attachments.disk,snapshots", "all_content": "true"}

    def others() -> list[Any]:
        listed = ask.get("/vms", **everything)["vm"]
        for vm in listed:
            vm["display"].pop("port", None)  # which are those of a host in turn
        return [vm for vm in listed if vm["name"] not in (*names, "changed")]

    before = others()
    for path in paths:
        cpu = {"topology": {"cores": "3", "sockets": "2"}}
        ask.change(path, {"cpu": cpu, "memory_policy": {"ballooning": "false"}})
        ask.change(path, {"placement_policy": {"affinity": "pinned"}, "display": {"monitors": "2"}})
        ask.change(path, {"os": {"boot": {"devices": {"device": ["network"]}}}, "name": "changed"})
        attachment = ask.get(f"{path}/diskattachments")["disk_attachment"][0]
        disk = {"disk": {"provisioned_size": 90 << 30}, "interface": "virtio"}
        ask.change(f"{path}/diskattachments/{attachment['id']}", disk)
        ask.change(f"{path}/nics/{ask.get(f'{path}/nics')['nic'][0]['id']}", {"linked": "false"})
        ask.engine.advance(60)
        ask.add(f"{path}/snapshots", {"description": "of one"})
        ask.engine.advance(600)
        ask.change(path, {"name": names[paths.index(path)]})
    ask.act(f"{paths[0]}/shutdown")
    ask.engine.advance(60)
    ask.act(f"{paths[1]}/start")
    ask.engine.advance(60)
    assert others() == before


def test_threads_may_use_it_together(engine: Engine) -> None:
    ask = Asker(engine)

    def work(number: int) -> None:
        for count in range(20):
            ask.add("/tags", {"name": f"tag-{number}-{count}"})

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ask.names("/tags")) == 3 + 80


def test_what_is_measured_has_statistics(shared: Asker) -> None:
    path = shared.path("/vms", "db-01")
    statistics = shared.get(f"{path}/statistics")["statistic"]
    by_name = {entry["name"]: entry for entry in statistics}
    (value,) = by_name["memory.installed"]["values"]["value"]
    assert float(value["datum"]) == 16 << 30
    one = statistics[0]
    assert shared.get(one["href"].removeprefix("/ovirt-engine/api")) == one


def test_without_a_connection_nothing_of_the_client_is_loaded() -> None:
    code = "import sys, rhev.simulator; print('httpx' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert run.stdout.strip() == "False"


def test_a_request_for_another_path_of_the_host_is_not_found(engine: Engine) -> None:
    response = engine.transport.send(Request("GET", "http://engine.test/ovirt-engine/webadmin"))
    assert response.status == 404


@pytest.mark.parametrize("wire", ["json", "xml"])
def test_bricks_are_added_in_a_list_and_answered_in_one(wire: Format) -> None:
    connection = Engine.demo().connect(format=wire)
    volume = connection.create(
        schema.GlusterVolume(
            name="data",
            volume_type=schema.GlusterVolumeType.DISTRIBUTE,
            bricks=[schema.GlusterBrick(server_id="1", brick_dir="/first")],
        ),
        base=connection.get(schema.Cluster),
    )
    brick = schema.GlusterBrick(server_id="1", brick_dir="/second")
    created = connection.create(brick, base=volume, replica_count=2)
    assert (created.brick_dir, created.id is None) == ("/second", False)
    assert created.id in [each.id for each in connection.getall(schema.GlusterBrick, base=volume)]
