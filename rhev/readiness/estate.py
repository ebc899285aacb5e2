"""The parts of an estate that rules are about, each with what belongs to it at hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from rhev.models.clusters import Cluster
from rhev.models.data_centers import DataCenter
from rhev.models.disks import Disk
from rhev.models.networks import Network, VnicProfile
from rhev.models.storage import StorageDomain
from rhev.models.virtual_machines import VM
from rhev.readiness.naming import dns_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rhev.inventory import Inventory
    from rhev.mapping.structure import Struct
    from rhev.models.devices import NIC
    from rhev.models.disks import DiskAttachment

R = TypeVar("R", Cluster, Disk, Network, VnicProfile)

Version = tuple[int, int, int, int]


class Part(Protocol):
    """What rules are about: ``kind`` says what it is, in words, and ``name`` which."""

    kind: ClassVar[str]

    @property
    def name(self) -> str: ...
    @property
    def id(self) -> str | None: ...


class Estate:
    """An inventory, and what more than one part of it is looked up by.

    ``version`` is that of the engine, None where the inventory does not say it. ``unresolved``
    counts the references to what is not in the inventory, by the names of types.
    """

    def __init__(self, inventory: Inventory) -> None:
        self.inventory: Inventory = inventory
        self.version: Version | None = _version(inventory)
        self.unresolved: Counter[str] = Counter()
        self.domain_statuses: dict[str, str] = _domain_statuses(inventory)
        vms = inventory.of(VM)
        self.labels: Counter[str] = Counter(dns_label(vm.name or "") for vm in vms)
        self.macs: Counter[str] = Counter(
            mac for vm in vms for nic in vm.nics or () if (mac := mac_of(nic))
        )

    def resolved(self, reference: R | None) -> R | None:
        """What a reference is to. A resource that stands whole where a reference would is that."""
        if reference is None:
            return None
        found = self.inventory.resolve(reference)
        if found is None and is_reference(reference):
            self.unresolved[type(reference).__api_name__] += 1
            return None
        return reference if found is None else found

    def machines(self) -> Iterator[Machine]:
        for vm in self.inventory.of(VM):
            yield Machine(self, vm)

    def domains(self) -> Iterable[Domain]:
        return [Domain(self, domain) for domain in self.inventory.of(StorageDomain)]


class Machine:
    """A virtual machine, with its cluster, disks and NICs."""

    kind: ClassVar[str] = "VM"
    __slots__ = ("cluster", "disks", "estate", "id", "name", "nics", "vm")

    def __init__(self, estate: Estate, vm: VM) -> None:
        self.estate: Estate = estate
        self.vm: VM = vm
        self.id: str | None = vm.id
        self.name: str = vm.name or vm.id or ""
        self.cluster: Cluster | None = estate.resolved(vm.cluster)
        self.disks: list[AttachedDisk] = [
            AttachedDisk(self, attachment, estate.resolved(attachment.disk))
            for attachment in vm.disk_attachments or ()
        ]
        self.nics: list[AttachedNic] = [
            AttachedNic(self, nic, profile, estate.resolved(profile.network) if profile else None)
            for nic in vm.nics or ()
            for profile in (estate.resolved(nic.vnic_profile),)
        ]

    @property
    def bios(self) -> str | None:
        """The type of its BIOS, which may be its cluster's."""
        own = self.vm.bios.type if self.vm.bios else None
        if own in (None, "cluster_default"):
            return self.cluster.bios_type if self.cluster else None
        return own

    @property
    def os(self) -> str:
        """The type of its operating system as the engine names it; empty where it is not said."""
        return (self.vm.os.type if self.vm.os else None) or ""


@dataclass(frozen=True, slots=True)
class AttachedDisk:
    """A disk as a machine has it. ``disk`` is None where the inventory does not hold it."""

    kind: ClassVar[str] = "disk"
    machine: Machine
    attachment: DiskAttachment
    disk: Disk | None

    @property
    def id(self) -> str | None:
        return (self.disk.id if self.disk else None) or self.attachment.id

    @property
    def name(self) -> str:
        named = (self.disk.alias or self.disk.name) if self.disk else None
        return named or self.attachment.name or self.id or ""

    @property
    def domains(self) -> list[Domain]:
        """The storage domains that the image is in, those of them that the inventory holds."""
        of = self.disk.storage_domains if self.disk else None
        estate = self.machine.estate
        found = (estate.inventory.get(StorageDomain, each.id) for each in of or ())
        return [Domain(estate, each) for each in found if each is not None]


@dataclass(frozen=True, slots=True)
class AttachedNic:
    """A NIC of a machine. ``profile`` and ``network`` are None where it has none."""

    kind: ClassVar[str] = "NIC"
    machine: Machine
    nic: NIC
    profile: VnicProfile | None
    network: Network | None

    @property
    def id(self) -> str | None:
        return self.nic.id

    @property
    def name(self) -> str:
        return self.nic.name or self.nic.id or ""


@dataclass(frozen=True, slots=True)
class EngineItself:
    """The engine, with its version where the inventory says it."""

    kind: ClassVar[str] = "engine"
    version: Version | None
    name: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Domain:
    """A storage domain, with the status that it has in a data center."""

    kind: ClassVar[str] = "storage domain"
    estate: Estate
    domain: StorageDomain

    @property
    def id(self) -> str | None:
        return self.domain.id

    @property
    def name(self) -> str:
        return self.domain.name or self.domain.id or ""

    @property
    def status(self) -> str | None:
        return self.domain.status or self.estate.domain_statuses.get(self.domain.id or "")


def mac_of(nic: NIC) -> str:
    """The address of a NIC in lower case; empty where it has none."""
    return ((nic.mac.address if nic.mac else None) or "").lower()


def is_reference(resource: Struct) -> bool:
    """Whether nothing but an identity is set of a resource."""
    return not resource.model_fields_set - {"id", "href", "name"}


def _domain_statuses(inventory: Inventory) -> dict[str, str]:
    """The statuses of storage domains by id, which only their data centers know."""
    return {
        domain.id: domain.status
        for center in inventory.of(DataCenter)
        for domain in center.storage_domains or ()
        if domain.id and domain.status
    }


def _version(inventory: Inventory) -> Version | None:
    api = inventory.api
    version = api.product_info.version if api and api.product_info else None
    if version is None or version.major is None:
        return None
    return version.major, version.minor or 0, version.build or 0, version.revision or 0
