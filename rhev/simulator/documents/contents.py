"""What of a resource is only sent when all of its content is asked for, or after a change of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.state.store import reference
from rhev.simulator.state.values import Document, blank, class_of, fill, held, make, put

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rhev.simulator.state.store import Record

_DEVICES: Document = {
    "console": {"enabled": "false"},
    "rng_device": {"source": "urandom"},
    "soundcard_enabled": "true",
    "tpm_enabled": "false",
    "virtio_scsi": {"enabled": "true"},
}
# For each type the attributes, and their values where nothing is held.
CONTENT: Mapping[str, Document] = {
    "Vm": _DEVICES,
    "Template": _DEVICES,
    "InstanceType": {**_DEVICES, "soundcard_enabled": "false"},
    "Host": {"network_operation_in_progress": "false"},
}
_OVF = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    "<ovf:Envelope><Content><Name>{}</Name></Content></ovf:Envelope>"
)


def limit(document: Any) -> None:
    """Takes out of a document, which is not the record's own, what is sent only on request."""
    for name in CONTENT.get(type(document).__api_name__, ()):
        vars(document).pop(name, None)


def complete(document: Any) -> None:
    """Puts in a document what is sent after a change of it as well."""
    api_type = type(document).__api_name__
    if (content := CONTENT.get(api_type)) is not None:
        fill(document, make(api_type, content))


def describe(document: Any) -> None:
    """Puts in the document of a machine how another engine would be told of it."""
    if type(document).__api_name__ == "Vm":
        said = held(document, "initialization")
        said = said.__copy__() if said is not None else make("Initialization", {})
        put(said, configuration=_described(document))
        vars(document)["initialization"] = said


def just_added(document: Any, record: Record) -> None:
    """Puts in the answer to an addition what is sent only then.

    A snapshot says of what it is, and how another engine would be told of that.
    """
    if held(document, "qos.id") is not None and record.type in ("CpuProfile", "DiskProfile"):
        put(document, qos=blank(class_of("Qos"), id=document.qos.id))
    if record.type == "Snapshot" and record.parent is not None:
        put(document, vm=reference(record.parent))
        said = make("Initialization", {})
        put(said, configuration=_described(record.parent.model))
        vars(document)["initialization"] = said


def just_changed(document: Any, users: Sequence[Record]) -> None:
    """Puts in the answer to a change what is sent only then: of a disk, whose it is."""
    if users:
        put(document, vms=[reference(vm) for vm in users])


def _described(document: Any) -> Any:
    configuration = make("Configuration", {"type": "ovf"})
    put(configuration, data=_OVF.format(held(document, "name")))
    return configuration
