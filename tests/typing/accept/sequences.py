"""A collection is a sequence, of the class that was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar, assert_type

from rhev import AsyncConnection, Connection, schema

Named = TypeVar("Named", bound=schema.Identified)


def names(vms: Sequence[schema.VM]) -> list[str]:
    return [vm.name or "nameless" for vm in vms]


def of_the_class(vms: schema.VMs) -> schema.VM:
    assert_type(vms[0], schema.VM)
    assert_type(vms[-2:], list[schema.VM])
    assert_type(vms.index(vms[0]), int)
    assert_type(vms.count(vms[0]), int)
    assert_type(list(reversed(vms)), list[schema.VM])
    return max(vms, key=lambda vm: vm.memory or 0)


def asked_for(connection: Connection) -> list[str]:
    vms = connection.getall(schema.VM)
    assert_type(vms, schema.VMs)
    assert_type(connection.getall(schema.VMs), schema.VMs)
    assert_type(connection.getall(schema.Snapshot, base=vms[0]), schema.Snapshots)
    assert_type(connection.getall("vms"), schema.BaseResources[schema.Identified])
    of_the_class(vms)
    of_the_class(connection.getall(schema.VMs))
    return names(vms)


async def awaited(connection: AsyncConnection) -> list[str]:
    vms = await connection.getall(schema.VM)
    assert_type(vms, schema.VMs)
    assert_type(await connection.getall(schema.VMs), schema.VMs)
    assert_type(await connection.getall("vms"), schema.BaseResources[schema.Identified])
    return names(vms)


class OwnedVM(schema.VM):
    """A class of the user's own."""

    owner: str | None = None


def of_an_own_class(connection: Connection) -> str | None:
    assert_type(connection.get(OwnedVM, name="web"), OwnedVM)
    assert_type(connection.iterate(OwnedVM), Iterator[OwnedVM])
    vms = connection.getall(OwnedVM, name="web*")
    assert_type(vms, schema.VMs[OwnedVM])
    assert_type(vms[0], OwnedVM)
    assert_type(vms[0].wait_for_status("up"), OwnedVM)
    of_the_class(vms)
    return vms[0].owner


def of_any_class(connection: Connection, cls: type[schema.BaseResource]) -> int:
    resources = connection.getall(cls)
    assert_type(resources, schema.BaseResources[schema.BaseResource])
    return len(resources)


def by_name(connection: Connection, cls: type[Named]) -> list[Named]:
    first = connection.get(cls, name="web*")
    assert_type(first, Named)
    return sorted(connection.iterate(cls, name="web*"), key=lambda resource: resource.name or "")


def of_several_classes(connection: Connection) -> None:
    assert_type(by_name(connection, schema.VM), list[schema.VM])
    for cls in (schema.VM, schema.Template):
        for resource in connection.getall(cls):
            print(resource.name, resource.memory)


def iterated(connection: Connection) -> None:
    assert_type(connection.iterate(schema.VM), Iterator[schema.VM])
    assert_type(connection.iterate(schema.VMs), Iterator[schema.VM])
    assert_type(connection.iterate("vms"), Iterator[schema.Identified])
