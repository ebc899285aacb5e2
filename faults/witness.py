"""An engine that remembers what it was asked to do, and what became of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rhev import schema
from rhev.simulator import Engine, Faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from rhev.transport import Request, Response

ROOT = "/ovirt-engine/api"


_CLUSTER = {"name": "Default"}
_BOOT = {"boot": {"devices": {"device": ["network"]}}}
_MACHINE = {"cluster": _CLUSTER, "template": {"name": "Blank"}, "os": _BOOT}
_NFS = {"type": "nfs", "address": "storage.test", "path": "/data"}
_STORAGE = {"host": {"name": "node"}, "storage": _NFS}
_LOGIN = {"root_password": "-"}
_ESTATE: tuple[tuple[str, dict[str, object]], ...] = (
    ("/hosts", {"name": "node", "address": "node.test", "cluster": _CLUSTER, **_LOGIN}),
    ("/storagedomains", {"name": "data", "type": "data", **_STORAGE}),
    *(("/vms", {"name": name, **_MACHINE}) for name in ("db", "web-01", "web-02", "web-03")),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A request to the API that the engine had, and the status that it answered with."""

    method: str
    path: str
    status: int

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.status}"


class Witness(Engine):
    """An engine with no more of an estate than the operations need.

    ``seen`` is what came over HTTP since it was last emptied. ``meanwhile`` is called once, when
    the engine has carried out the first change that came.
    """

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Seen] = []
        self.spoiling: Faults = Faults(self.sessions.expire)
        """What goes wrong for those who come over HTTP, and for nobody else."""
        self.meanwhile: Callable[[], object] | None = None
        self._furnish()

    def _furnish(self) -> None:
        conn = self.connect()
        for path, document in _ESTATE:
            conn.request("POST", path, body=document)
            self.advance(60)
        center = conn.get(schema.DataCenter).id
        domain = conn.get(schema.StorageDomain, name="data").id
        conn.request("POST", f"/datacenters/{center}/storagedomains", body={"id": domain})
        conn.request(
            "POST", f"/vms/{conn.get(schema.VM, name='web-03').id}/nics", body={"name": "nic1"}
        )
        self.advance(60)
        conn.create(new_disk("spare", domain))
        self.advance(60)

    def over_http(self, request: Request) -> Response:
        """The response to a request of the client that is put to the test."""
        return self.spoiling.apply(request, self._witnessed)

    def _witnessed(self, request: Request) -> Response:
        response = self.handle(request)
        path = urlsplit(request.url).path
        if path.startswith(ROOT):
            seen = Seen(request.method, path.removeprefix(ROOT), response.status)
            self.seen.append(seen)
            if is_change(seen) and seen.status < 400 and self.meanwhile is not None:
                meanwhile, self.meanwhile = self.meanwhile, None
                meanwhile()
        return response

    def changes(self) -> list[Seen]:
        """The changes that it was asked for by someone who was logged in."""
        return [seen for seen in self.seen if is_change(seen) and seen.status != 401]


def is_change(seen: Seen) -> bool:
    """Whether a request asks for a change."""
    return seen.method not in ("GET", "HEAD", "OPTIONS")


def like(pattern: str, seen: Seen) -> bool:
    """Whether a request is one of those that ``"POST /disks"`` describes, a regular expression."""
    return re.fullmatch(pattern, f"{seen.method} {seen.path}") is not None


def new_disk(name: str, domain: str | None) -> schema.Disk:
    """A disk that there is not yet, for the storage domain of an id."""
    return schema.Disk(
        name=name,
        provisioned_size=schema.GiB,
        format=schema.DiskFormat.COW,
        storage_domains=[schema.StorageDomain(id=domain)],
    )
