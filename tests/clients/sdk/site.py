"""What the tests of the SDK say often: find by name, wait for a state, try until nothing is locked.

The engine is quick, but not instant: as on a real one, what was begun has to be waited for.
"""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

sdk: Any = pytest.importorskip("ovirtsdk4", reason="the vendor's SDK is not installed")
types: Any = pytest.importorskip("ovirtsdk4.types", reason="the vendor's SDK is not installed")

GIB = 1 << 30
NOBODY = "11111111-2222-3333-4444-555555555555"
BLANK = "00000000-0000-0000-0000-000000000000"
_PATIENCE = 10.0
_numbers = itertools.count(1)


class Site:
    """An engine as a user of the SDK sees it."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.system = connection.system_service()
        self.vms = self.system.vms_service()
        self.disks = self.system.disks_service()
        self.hosts = self.system.hosts_service()
        self.templates = self.system.templates_service()
        self.storage_domains = self.system.storage_domains_service()

    def vm(self, name: str) -> Any:
        """The service of the machine of a name."""
        return self.vms.vm_service(self._only(self.vms, name).id)

    def host(self, name: str) -> Any:
        return self.hosts.host_service(self._only(self.hosts, name).id)

    def template(self, name: str) -> Any:
        return self.templates.template_service(self._only(self.templates, name).id)

    def storage_domain(self, name: str) -> Any:
        found = self._only(self.storage_domains, name)
        return self.storage_domains.storage_domain_service(found.id)

    def data_center(self) -> Any:
        centers = self.system.data_centers_service()
        return centers.data_center_service(self._only(centers, "Default").id)

    def cluster(self) -> Any:
        clusters = self.system.clusters_service()
        return clusters.cluster_service(self._only(clusters, "Default").id)

    def profile(self, name: str = "ovirtmgmt") -> Any:
        """The profile that NICs are given, which cannot be searched for."""
        listed = self.system.vnic_profiles_service().list()
        return next(profile for profile in listed if profile.name == name)

    def machine(self, template: str = "rhel9") -> Any:
        """The service of a new machine, which is down and has all its disks."""
        added = self.vms.add(
            types.Vm(
                name=unique("vm"),
                cluster=types.Cluster(name="Default"),
                template=types.Template(name=template),
            )
        )
        service = self.vms.vm_service(added.id)
        until(service, types.VmStatus.DOWN)
        return service

    def running(self) -> Any:
        """The service of a new machine that is up."""
        service = self.machine()
        service.start()
        until(service, types.VmStatus.UP)
        return service

    def disk(self, **attributes: Any) -> Any:
        """The service of a new disk that is in nobody's use."""
        wanted = {
            "provisioned_size": GIB,
            "format": types.DiskFormat.COW,
            "storage_domains": [types.StorageDomain(name="data-01")],
        }
        added = self.disks.add(types.Disk(name=unique("disk"), **{**wanted, **attributes}))
        service = self.disks.disk_service(added.id)
        until(service, types.DiskStatus.OK)
        return service

    @staticmethod
    def _only(service: Any, name: str) -> Any:
        (found,) = service.list(search=f"name={name}")
        return found


def unique(stem: str) -> str:
    """A name that nothing else has."""
    return f"{stem}-{next(_numbers)}"


def until(service: Any, status: Any, attribute: str = "status") -> Any:
    """What a service has once it has come to a status."""
    return eventually(service.get, lambda found: getattr(found, attribute) == status)


def eventually(look: Callable[[], Any], is_so: Callable[[Any], Any]) -> Any:
    """What is seen as soon as something is so of it."""
    end = time.monotonic() + _PATIENCE
    while not is_so(seen := look()):
        if time.monotonic() > end:
            pytest.fail(f"it never was so of {seen!r}")
        time.sleep(0.002)
    return seen


def when_free(do: Callable[[], Any]) -> Any:
    """What comes of what is refused for as long as something else is done there."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return do()
        except sdk.Error as error:
            if error.code != 409 or time.monotonic() > end:
                raise
            time.sleep(0.005)
