"""Attributes that are not there, or hold something else."""

from __future__ import annotations

from rhev import schema


def read(vm: schema.VM) -> None:
    # E: "VM" has no attribute "nmae"
    print(vm.nmae)
    # E: Item "None" of "CPU | None" has no attribute "topology"
    print(vm.cpu.topology)
    # E: Item "None" of "str | None" has no attribute "upper"
    print(vm.name.upper())
    # E: Item "VmStatus" of "VmStatus | None" has no attribute "sate"
    # E: Item "None" of "VmStatus | None" has no attribute "sate"
    print(vm.status.sate)


def write(vm: schema.VM) -> None:
    # E: "VM" has no attribute "memroy"
    vm.memroy = schema.GiB
    # E: Incompatible types in assignment (expression has type "str", variable has type "int |
    #    None")
    vm.memory = "lots"
    # E: Incompatible types in assignment (expression has type "str", variable has type "VmStatus |
    #    None")
    vm.status = "up"
    # E: Incompatible types in assignment (expression has type "Host", variable has type "Cluster |
    #    None")
    vm.cluster = schema.Host(name="host1")
    # E: List item 0 has incompatible type "Disk"; expected "NIC"
    vm.nics = [schema.Disk(name="disk1")]


def construct() -> None:
    # E: Unexpected keyword argument "nmae" for "VM"
    schema.VM(nmae="web")
    # E: Argument "name" to "VM" has incompatible type "int"; expected "str | None"
    schema.VM(name=7)
    # E: Argument "type" to "VM" has incompatible type "str"; expected "VmType | None"
    schema.VM(type="server")
    # E: Too many positional arguments for "VM"
    schema.VM("web")


def construct_by_new() -> None:
    # E: Unexpected keyword argument "nmae" for "new"
    schema.new(schema.VM, nmae="web")
    # E: Argument "name" to "new" has incompatible type "int"; expected "str | None"
    schema.new(schema.VM, name=7)
    # E: Too many positional arguments for "new"
    schema.new(schema.VM, "web")
    # E: Value of type variable "S" of "new" cannot be "VmStatus"
    schema.new(schema.VmStatus, "up")
    # E: Argument 1 to "subtype" has incompatible type "type[VmStatus]"; expected "type[Struct]"
    schema.subtype(schema.VmStatus, "up")


def enumerations() -> None:
    # E: "type[VmStatus]" has no attribute "RUNNING"
    print(schema.VmStatus.RUNNING)
    # E: "VmType" has no attribute "state"
    print(schema.VmType.SERVER.state)


def classes() -> None:
    # E: Module has no attribute "Vm"
    print(schema.Vm)
    # E: Item "None" of "CPU | None" has no attribute "architecture"
    schema.new(schema.VM).cpu.architecture = schema.Architecture.PPC64
