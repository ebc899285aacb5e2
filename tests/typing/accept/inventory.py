"""Reading: every call has the type of what was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import assert_type

from rhev import Connection, NotFound, schema


def one(connection: Connection) -> str:
    vm = connection.get(schema.VM, name="web", base=None, all_content=True)
    assert_type(vm, schema.VM)
    assert_type(vm.name, str | None)
    assert_type(vm.memory, int | None)
    assert_type(vm.creation_time, datetime | None)
    assert_type(vm.status, schema.VmStatus | None)
    assert_type(vm.nics, list[schema.NIC] | None)
    assert_type(vm.href, str | None)
    assert_type(vm.links["nics"], str)
    if vm.status is not None:
        assert_type(vm.status.state, str)
    if vm.cpu is not None and vm.cpu.topology is not None:
        assert_type(vm.cpu.topology.cores, int | None)
    assert_type(connection.get(schema.Host, "0001"), schema.Host)
    if vm.host is not None:
        assert_type(connection.get(schema.Host, vm.host.id), schema.Host)
    return vm.name or "nameless"


def perhaps(connection: Connection) -> None:
    assert_type(connection.get(schema.VM, "0001", default=None), schema.VM | None)
    assert_type(connection.get(schema.VM, "0001", default="none"), schema.VM | str)
    try:
        connection.get(schema.VM, "0001")
    except NotFound as error:
        assert_type(error.fault, schema.Fault)
        assert_type(error.fault.detail, str | None)


def by_relationship(connection: Connection) -> None:
    assert_type(connection.get("tags/root"), schema.Identified)
    for resource in connection.getall("vms"):
        assert_type(resource, schema.Identified)


def several(connection: Connection) -> list[schema.VM]:
    vms = connection.getall(schema.VM, search="sortby name page 2", status=schema.VmStatus.UP)
    assert_type(vms, schema.VMs)
    assert_type(len(vms), int)
    assert_type(vms[0], schema.VM)
    assert_type(vms[-2:], list[schema.VM])
    first = connection.get(schema.VM)
    if vms and first in vms:
        assert_type(list(reversed(vms)), list[schema.VM])
    return [vm for vm in vms if vm.status == "up"]


def page_by_page(connection: Connection) -> Iterator[str]:
    assert_type(connection.iterate(schema.Event, max=500), Iterator[schema.Event])
    for event in connection.iterate(schema.Event, from_=1000):
        if event.severity is schema.LogSeverity.ERROR:
            yield event.description or ""


def disks(connection: Connection, vm: schema.VM) -> int:
    found = connection.getall(schema.Disk, base=vm, follow="storage_domains")
    return sum(disk.provisioned_size or 0 for disk in found) // schema.GiB


def entry_point(connection: Connection) -> schema.Version | None:
    assert_type(connection.api(), schema.API)
    assert_type(connection.get(schema.API), schema.API)
    product = connection.api().product_info
    return product.version if product else None
