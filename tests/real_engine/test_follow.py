"""``follow``, as a real engine was seen to do it (item 16), and what rhev does about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rhev import schema
from tests.operations.scripted import PATH, connected

from .answers import UUID, crash, engine, resource

if TYPE_CHECKING:
    from rhev.transport import Request, Response
    from tests.operations.scripted import Scripted

VM = f"vms/{UUID}"


@pytest.mark.parametrize("name", ["nisc", "nics.vnicprofile.nosuch", "nics.vnic_profil"])
def test_a_name_that_leads_nowhere_is_not_sent(name: str) -> None:
    """An engine fails on it with a page and a trace of its stack, or says nothing of it where
    the list is empty."""
    script = engine()
    with pytest.raises(ValueError, match="has no relationship"):
        connected(script).getall(schema.VM, follow=name)
    with pytest.raises(ValueError, match="has no relationship"):
        connected(script).get(schema.VM, UUID, follow=name)
    assert script.calls == []


@pytest.mark.parametrize(
    "name",
    [
        *("nics", "disk_attachments.disk", "diskattachments", "cluster.data_center"),
        *("cluster.datacenter", "host", "statistics", "permissions"),
    ],
)
def test_what_an_engine_follows_is_asked_for(name: str) -> None:
    """With underscores or without."""
    script = engine({"GET /vms": {}})
    connected(script).getall(schema.VM, follow=name)
    assert script.query() == {"follow": name}


def failing(document: dict[str, Any]) -> Any:
    """A resource that an engine reads, and fails to read with what it should follow."""

    def read(request: Request) -> dict[str, Any] | Response:
        return crash() if "follow" in request.url else document

    return read


def nics_with_and_without(script_of: dict[str, Any]) -> Scripted:
    profile = resource("vnicprofiles/1", name="green")
    reference = {"id": "1", "href": profile["href"]}
    nics = [
        resource(f"{VM}/nics/1", name="nic1", vnic_profile=reference),
        resource(f"{VM}/nics/2", name="nic2"),
    ]
    return engine(
        {
            f"GET /{VM}": failing(resource(VM, name="a", links=("nics",))),
            f"GET /{VM}/nics": {"nic": nics},
            "GET /vnicprofiles/1": profile,
            **script_of,
        }
    )


def test_a_known_name_that_one_member_lacks_is_read_by_links() -> None:
    """An engine fails on all NICs where one has no profile: here the one has none, and the other
    has it."""
    vm = connected(nics_with_and_without({})).get(schema.VM, UUID, follow="nics.vnic_profile")
    assert vm.nics is not None
    profiles = [nic.vnic_profile for nic in vm.nics]
    assert [profile and profile.name for profile in profiles] == ["green", None]


def test_the_root_of_the_tags_has_no_parent() -> None:
    """So no tag's parent can be followed by an engine."""
    parent = {"id": "1", "href": f"{PATH}/tags/1"}
    tags = {"tag": [resource("tags/1", name="root"), resource("tags/2", name="a", parent=parent)]}
    script = engine({"GET /tags": failing(tags), "GET /tags/1": tags["tag"][0]})
    root, tag = connected(script).getall(schema.Tag, follow="parent")
    assert root.parent is None
    assert tag.parent is not None
    assert tag.parent.name == "root"


def test_the_storage_domains_of_a_disk_are_read_by_links() -> None:
    """An engine always fails to follow them."""
    domain = {"id": "1", "href": f"{PATH}/storagedomains/1"}
    disks = {"disk": [resource("disks/1", storage_domains={"storage_domain": [domain]})]}
    whole = resource("storagedomains/1", name="nfs1")
    script = engine({"GET /disks": failing(disks), "GET /storagedomains/1": whole})
    (disk,) = connected(script).getall(schema.Disk, follow="storage_domains")
    assert disk.storage_domains is not None
    assert [each.name for each in disk.storage_domains] == ["nfs1"]


def test_a_failure_without_follow_stays_one() -> None:
    """It is no reason to read again."""
    script = engine({f"GET /{VM}": crash()})
    with pytest.raises(Exception, match="not the API's"):
        connected(script).get(schema.VM, UUID)
    assert script.calls == [f"GET /{VM}"]
