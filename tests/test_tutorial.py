"""Every example of the guide runs: in process and over HTTP, with either wire."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from examples.tutorial import tour
from rhev import Connection
from rhev.simulator import Engine

if TYPE_CHECKING:
    from collections.abc import Sized

EXAMPLES = (
    "conn.ping()",
    "vms = conn.getall(schema.VM)\n>>> type(vms)\n<class 'rhev.schema.VMs'>",
    "vm.status.state\n'up'",
    "vm = conn.create(vm)",
    "conn.update(vm)\n'newname'",
    "powering_up -> up",
    "conn.getall(schema.Disk, base=vm)",
    "api = conn.get(schema.API)",
    "conn.action(vm, 'start')\ncomplete",
    "vm.start(action)\nstateless: True",
    "search='name = a* sortby creation_time')\n['app-0",
    "name='a*')\n['app-0",
    "page 2', max=8)\n13",
    "the same as conn.getall(schema.VM): True",
    "conn.get('tags/root')\nroot",
    "conn.get('templates/blank')\nBlank",
    "VmPlacementPolicy(hosts=[Host(name='myhost')])",
    "schema.subtype(vm.placement_policy)\n<class 'rhev.schema.VmPlacementPolicy'>",
    "fault Can not edit VM. The given name contains special characters. Only lower-case and"
    " upper-case letters, numbers, '_', '-', '.' are allowed.",
)


class Counting:
    """An engine's clock that a request moves on, and nothing else: however slow the machine is,
    who asks often enough sees every state. Whoever goes by it within the process waits for nothing.
    """

    def __init__(self) -> None:
        self.requests: Sized = ()

    def __call__(self) -> float:
        return 1_700_000_000 + 0.05 * len(self.requests)

    def monotonic(self) -> float:
        return self()

    def sleep(self, seconds: float, /) -> None:
        """Nothing: the next request moves it on."""


@pytest.mark.parametrize("wire", ["json", "xml"])
@pytest.mark.parametrize("where", ["in process", "over HTTP"])
def test_the_guide_s_tour(
    where: str, wire: Literal["json", "xml"], capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Counting()
    engine = Engine.demo(clock=clock, speed=20)
    clock.requests = engine.requests
    with engine.serve() as server:
        transport = engine.transport if where == "in process" else None
        with Connection(transport=transport, format=wire) as conn:
            before = {vm.id for vm in engine.connect().getall("vms")}
            tour(conn, server.url, server.username, server.password)
            assert {vm.id for vm in engine.connect().getall("vms")} == before
    told = capsys.readouterr().out
    place = 0
    for example in EXAMPLES:
        found = told.find(example, place)
        assert found >= 0, f"{example!r} does not follow in:\n{told[place:]}"
        place = found


def test_the_demo_is_the_tour() -> None:
    script = Path(__file__).parent.parent / "examples" / "tutorial.py"
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)  # noqa: S603
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    assert EXAMPLES[-1] in run.stdout
