"""Storage domains: made, attached to a data center, in maintenance, detached and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.behaviour.ovf_stores import forget_stores, write_stores
from rhev.simulator.documents.presented import RUNNING
from rhev.simulator.generic.grants import grant_made
from rhev.simulator.generic.hooks import (
    Call,
    acting,
    added,
    assigning,
    completing,
    listing,
    removing,
    unassigning,
    updating,
)
from rhev.simulator.generic.lifecycle import possible, run, set_out, state_of
from rhev.simulator.generic.methods import call_owner
from rhev.simulator.generic.references import required
from rhev.simulator.state.places import members_of
from rhev.simulator.state.refusals import FAILED, Refusal, conflict, not_found
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import fill, held, make, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate

DOMAIN: dict[str, Any] = {
    "available": 500 << 30,
    "used": 20 << 30,
    "committed": 0,
    "backup": "false",
    "block_size": "512",
    "critical_space_action_blocker": "5",
    "description": "",
    "comment": "",
    "discard_after_delete": "false",
    "external_status": "ok",
    "master": "false",
    "storage_format": "v5",
    "supports_discard": "false",
    "supports_discard_zeroes_data": "false",
    "warning_low_space_indicator": "10",
    "wipe_after_delete": "false",
    "status": "unattached",
}
# How a connection is known again.
_CONNECTION = ("type", "address", "path", "port", "target")


@completing("StorageConnection")
def _connection(call: Call, model: Any) -> None:
    place = _place_of(model)
    for other in call.estate.store.of_type("StorageConnection"):
        if place is not None and _place_of(other.model) == place:
            raise conflict("Cannot add Storage Connection. There is one to the same place.")


@completing("StorageDomain")
def _domain(call: Call, model: Any) -> None:
    place = _place_of(held(model, "storage"))
    for other in call.estate.store.of_type("StorageDomain"):
        if place is not None and _place_of(held(other.model, "storage")) == place:
            said = f"The storage is that of {other.name} already."
            raise conflict(f"Cannot add Storage Connection. {said}")
    fill(model, make("StorageDomain", DOMAIN))
    put(model, host=None, status="unknown")


def _place_of(storage: Any) -> tuple[Any, ...] | None:
    if held(storage, "path") is None and held(storage, "target") is None:
        return None
    return tuple(held(storage, name) for name in _CONNECTION)


@added("StorageDomain")
def _domain_added(call: Call, domain: Record) -> None:
    estate = call.estate
    profile = estate.add("DiskProfile", "diskprofiles", {"name": domain.name})
    put(profile.model, storage_domain=reference(domain))
    grant_made(estate, profile)
    storage = held(domain.model, "storage")
    if _place_of(storage) is not None:
        connection = estate.add("StorageConnection", "storageconnections", {})
        given = {name: held(storage, name) for name in _CONNECTION}
        put(connection.model, **{name: value for name, value in given.items() if value is not None})
        estate.store.assigned(domain, "storageconnections")[connection.id] = connection
    # What has just been made is not known yet by the time of the answer.
    estate.timeline.after(0, lambda: _settled(domain))


def _settled(domain: Record) -> None:
    if state_of(domain) == "unknown":
        put(domain.model, status="unattached")


def centers_of(estate: Estate, domain: Record) -> list[Record]:
    """The data centers that a storage domain is attached to."""
    store = estate.store
    centers = store.members(None, "datacenters").values()
    return [center for center in centers if domain.id in store.assigned(center, "storagedomains")]


@updating("StorageDomain")
def _domain_changed(call: Call, domain: Record) -> None:
    kind = held(call.body, "type")
    if kind not in (None, held(domain.model, "type")):
        raise Refusal(400, FAILED, "[Cannot edit Storage. Its type stays what it is.]")


@removing("StorageDomain")
def _domain_removed(call: Call, domain: Record) -> None:
    estate = call.estate
    if not call.flag("destroy"):
        name = call.query.get("host")
        if not name:
            raise Refusal(400, "host parameter is missing")
        if not (estate.store.named("Host", name) or estate.store.find("Host", name)):
            raise not_found(name)
        if centers_of(estate, domain):
            raise conflict("Cannot remove Storage. It is attached to a data center.")
    for profile in members_of(estate.store, domain, "diskprofiles").values():
        estate.store.remove(profile)
    for connection in list(estate.store.assigned(domain, "storageconnections").values()):
        estate.store.remove(connection)


@assigning(("DataCenter", "storagedomains"))
def _domain_attached(call: Call, domain: Record) -> None:
    estate, center = call.estate, call_owner(call)
    for other in centers_of(estate, domain):
        raise conflict(f"Cannot attach Storage. It is attached to {other.name} already.")
    _settled(domain)
    put(domain.model, status="active")
    _choose_master(estate, center, domain)


def _choose_master(estate: Estate, center: Record, *more: Record) -> None:
    """A data center is up while a domain for data is active, one of which is its master."""
    attached = [*estate.store.assigned(center, "storagedomains").values(), *more]
    domains = [domain for domain in attached if str(held(domain.model, "type")) == "data"]
    active = [domain for domain in domains if state_of(domain) == "active"]
    if active and not any(held(domain.model, "master") for domain in active):
        for domain in domains:
            put(domain.model, master=domain is active[0])
    put(center.model, status="up" if active else "maintenance" if domains else "uninitialized")


@unassigning(("DataCenter", "storagedomains"))
def _domain_detached(call: Call, domain: Record) -> None:
    estate, center = call.estate, call_owner(call)
    if state_of(domain) not in ("maintenance", "inactive"):
        raise conflict("Cannot detach Storage. It is not in maintenance.")
    put(domain.model, status="unattached", master=False)
    forget_stores(estate, domain)
    if len(estate.store.assigned(center, "storagedomains")) == 1:
        put(center.model, status="uninitialized")


@acting(("StorageDomain", "activate"))
def _activate(call: Call, domain: Record) -> None:
    estate, centers = call.estate, centers_of(call.estate, domain)
    run(estate, domain, "activate")
    for center in centers:
        _choose_master(estate, center)
    _mention(call, domain, centers)


@acting(("StorageDomain", "deactivate"))
def _deactivate(call: Call, domain: Record) -> None:
    estate, centers = call.estate, centers_of(call.estate, domain)
    course = possible(domain, "deactivate")
    on_it = members_of(estate.store, domain, "vms").values()
    running = [vm.name for vm in on_it if state_of(vm) in RUNNING]
    if running:
        raise conflict(f"Cannot deactivate Storage. VMs run from it: {', '.join(running)}.")
    write_stores(estate, domain)
    if course is not None:
        set_out(estate, domain, course)
    for center in centers:
        _choose_master(estate, center)
    _mention(call, domain, centers)


def _mention(call: Call, domain: Record, centers: list[Record]) -> None:
    """An action on an attached domain is answered with a reference to it."""
    if not centers:
        return
    center = reference(centers[0])
    href = f"{centers[0].href}/storagedomains/{domain.id}"
    mentioned = reference(domain)
    put(mentioned, href=href, data_center=center, data_centers=[center])
    call.result["storage_domain"] = mentioned


@acting(("StorageDomain", "is_attached"))
def _is_attached(call: Call, domain: Record) -> None:
    required(call.estate.store, call.body.host)
    call.result["is_attached"] = state_of(domain) != "unattached"


@acting(("StorageDomain", "refresh_luns"))
def _refresh_luns(call: Call, domain: Record) -> None:
    if str(held(domain.model, "storage.type")) not in ("iscsi", "fcp"):
        raise Refusal(
            400, FAILED, "[Cannot edit Storage. A domain of files has no LUNs.]", bare=True
        )


@listing(("StorageDomain", "files"))
def _files(call: Call) -> None:
    if str(held(call_owner(call).model, "type")) != "iso":
        raise Refusal(404)


@listing(("StorageDomain", "images"))
def _images(call: Call) -> None:
    if str(held(call_owner(call).model, "type")) != "image":
        raise Refusal(400, FAILED, "engineexception: the storage domain takes no images")
