"""What the agents within machines report: their network devices and addresses."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import held, make, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.simulator.state.store import Store


def reported_devices(store: Store, owner: Record) -> dict[str, Record]:
    """The devices that the guest of a machine has, or the one that a network interface is there."""
    vm = owner.parent if owner.type == "Nic" else owner
    if vm is None or vm.type != "Vm" or str(held(vm.model, "status")) != "up":
        return {}
    return {device.id: device for nic, device in _devices(store, vm, owner) if owner in (vm, nic)}


def _devices(store: Store, vm: Record, owner: Record) -> Iterator[tuple[Record, Record]]:
    """Every interface that is plugged, and how the guest reports it below ``owner``."""
    plugged = (n for n in store.members(vm, "nics").values() if held(n.model, "plugged"))
    for number, nic in enumerate(plugged):
        mac = str(held(nic.model, "mac.address"))
        device = {
            "id": str(uuid.uuid5(uuid.UUID(vm.id), mac)),
            "name": f"eth{number}",
            "description": "guest reported data",
            "type": "network",
            "mac": {"address": mac},
            "ips": {
                "ip": [
                    {"address": _v4(mac), "version": "v4"},
                    {"address": _v6(mac), "version": "v6"},
                ]
            },
        }
        model = make("ReportedDevice", device)
        put(model, vm=reference(vm))
        yield nic, store.record_of("ReportedDevice", owner, "reporteddevices", model)


def _v4(mac: str) -> str:
    """An address of a private network that no other address of the engine's pool leads to."""
    return ".".join(["10", *(str(int(part, 16)) for part in mac.split(":")[3:])])


def _v6(mac: str) -> str:
    """The address that an interface gives itself on its link."""
    first, *rest = (int(part, 16) for part in mac.split(":"))
    own = [first ^ 2, *rest[:2], 0xFF, 0xFE, *rest[2:]]
    pairs = zip(own[::2], own[1::2], strict=True)
    return "fe80::" + ":".join(f"{high << 8 | low:x}" for high, low in pairs)
