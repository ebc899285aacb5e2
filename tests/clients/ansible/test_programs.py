"""ansible-playbook and ansible-inventory themselves, on an engine over HTTPS."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("ovirtsdk4", reason="needs the vendor's SDK: make clients")
pytest.importorskip("ansible_collections.ovirt", reason="needs ovirt.ovirt: make clients")

HERE = Path(__file__).parent


def ansible(program: str, *arguments: str, home: Path, **variables: str) -> str:
    """What a program of Ansible's prints. It reads and writes nothing of whoever runs it."""
    said = {"ANSIBLE_HOME": str(home), "ANSIBLE_CONFIG": str(HERE / "ansible.cfg")}
    done = subprocess.run(  # noqa: S603 - a command of our own
        [sys.executable, "-m", "ansible", program, *arguments],
        env={**os.environ, "LC_ALL": "C.UTF-8", **said, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_playbook_makes_a_machine_and_removes_it(auth: dict[str, str], tmp_path: Path) -> None:
    variables = json.dumps({**auth, "ansible_python_interpreter": sys.executable})
    book = str(HERE / "playbook.yml")
    recap = ansible("playbook", "-i", "localhost,", "-e", variables, book, home=tmp_path)
    assert "changed=2 " in recap


@pytest.fixture(scope="module")
def inventory(auth: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What ansible-inventory lists, by the plugin and the file engine.ovirt.yml."""
    folder = tmp_path_factory.mktemp("inventory")
    file = folder / "engine.ovirt.yml"
    cafile = f"ovirt_cafile: {auth['ca_file']}\n"
    file.write_text((HERE / file.name).read_text() + cafile)
    listed = ansible(
        "inventory",
        *("-i", str(file), "--list"),
        home=folder,
        OVIRT_URL=auth["url"],
        OVIRT_USERNAME=auth["username"],
        OVIRT_PASSWORD=auth["password"],
    )
    # What came from elsewhere is marked as such, and no templates are looked for in it.
    found: dict[str, Any] = json.loads(listed, object_hook=lambda o: o.get("__ansible_unsafe", o))
    return found


def test_the_inventory_has_the_machines_that_were_asked_for(inventory: dict[str, Any]) -> None:
    assert set(inventory["_meta"]["hostvars"]) == {"web-01", "web-02", "web-03"}


def test_a_machine_that_is_up_has_an_address(inventory: dict[str, Any]) -> None:
    machine = inventory["_meta"]["hostvars"]["web-01"]
    assert machine["status"] == "up"
    assert machine["ansible_host"] == machine["devices"]["eth0"][0]
    assert machine["fqdn"].startswith("web-01")


def test_a_machine_tells_where_it_is_and_what_it_does(inventory: dict[str, Any]) -> None:
    machine = inventory["_meta"]["hostvars"]["web-01"]
    assert (machine["cluster"], machine["template"]) == ("Default", "rhel9")
    assert machine["host"].startswith("node-")
    assert machine["tags"] == ["production"]
    assert machine["statistics"]["memory.installed"] == 2 << 30


def test_a_machine_that_is_down_has_no_address(inventory: dict[str, Any]) -> None:
    machine = inventory["_meta"]["hostvars"]["web-03"]
    assert (machine["status"], machine["devices"]) == ("down", {})
    assert "ansible_host" not in machine


def test_machines_are_grouped(inventory: dict[str, Any]) -> None:
    assert inventory["production"]["hosts"] == ["web-01", "web-02"]
    assert inventory["is_down"]["hosts"] == ["web-03"]
    assert inventory["cluster_Default"]["hosts"] == ["web-01", "web-02", "web-03"]
