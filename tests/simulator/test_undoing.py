"""A request that ends in an error changes nothing, however far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rhev.codecs import json
from rhev.simulator.wire import exchange

if TYPE_CHECKING:
    from rhev.simulator import Engine
    from tests.simulator.asking import Asker

SNAPSHOT = "{snapshot}"
# A machine and what is asked of it: the method, the path below the machine or from the root, and
# the body. What is made before is that: a snapshot, and for some its preview.
REQUESTS: list[tuple[str, str, Any]] = [
    ("POST", "{vm}/start", {}),
    ("POST", "{vm}/start", {"pause": True}),
    ("PUT", "{vm}", {"memory": 2 << 30, "comment": "changed"}),
    ("DELETE", "{vm}", None),
    ("POST", "{vm}/snapshots", {"description": "another"}),
    ("POST", "{vm}/previewsnapshot", {"snapshot": {"id": SNAPSHOT}}),
    ("POST", "{vm}/snapshots/{snapshot}/restore", {}),
    ("DELETE", "{vm}/snapshots/{snapshot}", None),
    ("POST", "{vm}/clone", {"vm": {"name": "cloned"}}),
    ("POST", "{vm}/backups", {"disks": {"disk": [{"id": "{disk_id}"}]}}),
    ("POST", "{vm}/nics", {"name": "added"}),
    ("POST", "/templates", {"name": "made", "vm": {"id": "{id}"}}),
    (
        "POST",
        "/vms",
        {"name": "made", "cluster": {"id": "{cluster}"}, "template": {"name": "Blank"}},
    ),
    ("POST", "{running}/stop", {}),
    ("POST", "{running}/suspend", {}),
    ("PUT", "{running}", {"os": {"type": "rhel_9x64"}}),
    ("POST", "{host}/deactivate", {}),
    ("PUT", "{disk}", {"provisioned_size": 1 << 40}),
    ("DELETE", "{disk}", None),
]
IN_PREVIEW: list[tuple[str, str, Any]] = [
    ("POST", "{vm}/undosnapshot", {}),
    ("POST", "{vm}/commitsnapshot", {}),
]


def _state(engine: Engine) -> dict[tuple[str, str, str], tuple[object, ...]]:
    """All that an engine holds but its log, which keeps what it was told."""
    store = engine._estate.store
    found: dict[tuple[str, str, str], tuple[object, ...]] = {}
    places = (members for below in store._members.values() for members in below.values())
    for record in (record for members in places for record in members.values()):
        if record.type == "Event":
            continue
        waits = None if record.next_run is None else json.encode_tree(record.next_run)
        life = (record.course, record.busy, record.until, waits)
        found[record.type, record.id, record.href] = (json.encode_tree(record.model), *life)
    found["due", "", ""] = (sorted(entry[:2] for entry in engine._estate.timeline._due),)
    return found


@pytest.mark.parametrize(
    ("method", "path", "body", "is_previewed"),
    [*((*row, False) for row in REQUESTS), *((*row, True) for row in IN_PREVIEW)],
)
def test_nothing_is_half_done(
    method: str,
    path: str,
    body: Any,
    is_previewed: bool,
    ask: Asker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vm = ask.path("/vms", "web-03")
    snapshot = ask.add(f"{vm}/snapshots", {"description": "before"})["id"]
    ask.engine.advance(30)
    ask("PUT", vm, {"memory": 3 << 30})
    ask.add(f"{vm}/nics", {"name": "later"})
    if is_previewed:
        ask("POST", f"{vm}/previewsnapshot", {"snapshot": {"id": snapshot}})
        ask.engine.advance(30)
    (attachment,) = ask.get(f"{vm}/diskattachments")["disk_attachment"]
    known = {
        "vm": vm,
        "id": vm.rpartition("/")[2],
        "snapshot": snapshot,
        "cluster": ask.get(vm)["cluster"]["id"],
        "running": ask.path("/vms", "web-01"),
        "host": ask.get("/hosts")["host"][0]["href"].partition("/api")[2],
        "disk_id": attachment["id"],
        "disk": f"/disks/{attachment['id']}",
    }

    def fail(*_: object) -> None:
        raise RuntimeError("at the very end")

    before = _state(ask.engine)
    with monkeypatch.context() as patched:
        patched.setattr(exchange, "answered", fail)
        response = ask.send(method, path.format(**known), _filled(body, known))
    assert response.status == 500
    assert _state(ask.engine) == before
    # It was only the end that failed: what is asked is possible.
    assert ask.send(method, path.format(**known), _filled(body, known)).status < 300


def _filled(body: Any, known: dict[str, str]) -> Any:
    if isinstance(body, dict):
        return {name: _filled(value, known) for name, value in body.items()}
    if isinstance(body, list):
        return [_filled(value, known) for value in body]
    return body.format(**known) if isinstance(body, str) else body
