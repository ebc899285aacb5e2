"""Calls of a connection with the wrong things."""

from __future__ import annotations

from rhev import Connection, schema


def read(connection: Connection, vms: schema.VMs) -> None:
    # E: Argument "max" to "getall" of "Connection" has incompatible type "str"; expected "int |
    #    None"
    connection.getall(schema.VM, max="100")
    # E: Argument "follow" to "get" of "Connection" has incompatible type "set[str]"; expected "str
    #    | Sequence[str] | None"
    connection.get(schema.VM, follow={"nics"})
    # E: Argument "search" to "get" of "Connection" has incompatible type "None"; expected
    #    "str | First"
    connection.get(schema.VM, search=None)
    # E: Argument "filter" to "get" of "Connection" has incompatible type "dict[str, str]"; expected
    #    "bool | None"
    connection.get(schema.VM, filter={"name": "mail"})
    # E: Argument 2 to "get" of "Connection" has incompatible type "int"; expected "str | First |
    #    None"
    connection.get(schema.VM, 7)
    # E: Value of type variable "R" of "get" of "Connection" cannot be "VmStatus"
    connection.get(schema.VmStatus)
    # E: Argument 1 to "getall" of "Connection" has incompatible type "type[VmStatus]"; expected
    #    "Collected[BaseResources[Identified]] | Collects[BaseResources[Identified]] | str"
    connection.getall(schema.VmStatus)
    # E: Argument 1 to "getall" of "Connection" has incompatible type "type[CPU]"; expected
    #    "Collected[BaseResources[Identified]] | Collects[BaseResources[Identified]] | str"
    connection.getall(schema.CPU)
    # E: Argument 1 to "getall" of "Connection" has incompatible type "type[VM]"; expected
    #    "Collected[Hosts[Host]] | Collects[Hosts[Host]] | str"
    hosts: schema.Hosts = connection.getall(schema.VM)
    # E: Incompatible types in assignment (expression has type "VM", variable has type "Host")
    host: schema.Host = connection.get(schema.VM, "0001")
    # E: Item "None" of "VM | None" has no attribute "name"
    print(connection.get(schema.VM, "0001", default=None).name)
    # E: "VMs[VM]" has no attribute "name"
    print(connection.getall(schema.VM).name)
    # E: No overload variant of "__getitem__" of "BaseResources" matches argument type "str"
    connection.getall(schema.VM)["web"]
    print(host, hosts, vms)


def write(connection: Connection, vms: schema.VMs, vm: schema.VM) -> None:
    # E: Value of type variable "R" of "create" of "Connection" cannot be "VMs[VM]"
    connection.create(vms)
    # E: Argument "clone" to "create" of "Connection" has incompatible type "str"; expected "bool"
    connection.create(vm, clone="yes")
    # E: Unexpected keyword argument "colne" for "create" of "Connection"; did you mean "clone"?
    connection.create(vm, colne=True)
    # E: Value of type variable "R" of "update" of "Connection" cannot be "CPU | None"
    connection.update(vm.cpu)
    # E: Argument "size" to "Disk" has incompatible type "str"; expected "int | None"
    schema.Disk(size="8 GiB")
    # E: Argument "follow" to "reload" of "BaseResource" has incompatible type "int"; expected
    #    "str | Sequence[str]"
    vm.reload(follow=5)
    # E: Argument 1 to "delete" of "Connection" has incompatible type "str"; expected "BaseResource"
    connection.delete("vms/0001")
    # E: Unexpected keyword argument "nextrun" for "update" of "BaseResource"; did you mean
    #    "next_run"?
    vm.update(nextrun=True)
    # E: Value of type variable "R" of "ref" cannot be "CPU | None"
    schema.ref(vm.cpu)


def settings(url: str) -> None:
    # E: Argument "format" to "Connection" has incompatible type "Literal['yaml']"; expected
    #    "Literal['json', 'xml']"
    Connection(url, format="yaml")
    # E: Unexpected keyword argument "time_out" for "Connection"; did you mean "timeout"?
    Connection(url, time_out=10)
