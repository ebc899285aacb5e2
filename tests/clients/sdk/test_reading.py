"""Connecting, listing, searching, following."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.clients.sdk.site import GIB, Site, sdk, types, unique

if TYPE_CHECKING:
    from collections.abc import Callable

# The collections of the entry point that a user of the SDK meets first.
COLLECTIONS = (
    *("affinity_labels", "bookmarks", "clusters", "cpu_profiles", "data_centers", "disk_profiles"),
    *("disks", "domains", "events", "groups", "hosts", "icons", "image_transfers"),
    *("instance_types", "jobs", "mac_pools", "network_filters", "networks", "operating_systems"),
    *("permissions", "roles", "scheduling_policies", "scheduling_policy_units"),
    *("storage_connections", "storage_domains", "tags", "templates", "users", "vm_pools", "vms"),
    "vnic_profiles",
)
EMPTY = {"image_transfers", "jobs", "vm_pools"}


def names(found: list[Any]) -> list[str]:
    return [one.name for one in found]


def test_connection(connect: Callable[..., Any]) -> None:
    connection = connect()
    assert connection.test()
    api = connection.system_service().get()
    assert api.product_info.name == "oVirt Engine"
    assert api.product_info.version.major == 4
    assert api.summary.vms.total >= 12
    assert connection.follow_link(api.special_objects.blank_template).name == "Blank"
    connection.close()


def test_token_of_one_connection_serves_another(connect: Callable[..., Any]) -> None:
    first = connect()
    token = first.authenticate()
    second = connect(token=token, username=None, password=None)
    assert second.test()
    first.close()
    with pytest.raises(sdk.AuthError):
        second.system_service().get()
    second.close(logout=False)


def test_session_is_its_users(connect: Callable[..., Any]) -> None:
    connection = connect()
    assert connection.authenticate() == connection.authenticate()
    assert connection.system_service().get().authenticated_user.id
    connection.close()


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_collection_is_listed(site: Site, collection: str) -> None:
    found = getattr(site.system, f"{collection}_service")().list()
    assert all(one.href.endswith(one.id) for one in found if one.href)
    assert found or collection in EMPTY


def test_openstack_volume_providers_are_broken_as_they_are_there(site: Site) -> None:
    # The page of the status 500, which is no document: the SDK goes by that alone.
    with pytest.raises(sdk.Error, match="content type 'text/html"):
        site.system.openstack_volume_providers_service().list()


def test_errata_need_a_provider(site: Site) -> None:
    with pytest.raises(sdk.Error) as caught:
        site.system.katello_errata_service().list()
    assert caught.value.code == 400


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("name=web*", ["web-01", "web-02", "web-03"]),
        ("name=web* and status=up", ["web-01", "web-02"]),
        ("name=web-01 or name=mail", ["mail", "web-01"]),
        ("memory>8192 sortby name asc", ["db-01", "db-02"]),
        ("mail", ["mail"]),
        ("template=windows2019", ["desktop-01", "desktop-02"]),
        ("os=windows_2019x64", ["desktop-01", "desktop-02"]),
        ("tag=staging", ["app-03", "web-03"]),
        ("cluster=databases", ["db-01", "db-02"]),
        ("host=node-03", ["db-01", "db-02"]),
        ('description="made from windows*"', ["desktop-01", "desktop-02"]),
        ("name!=web* and tag=staging", ["app-03"]),
    ],
)
def test_search_operators(site: Site, search: str, found: list[str]) -> None:
    assert sorted(names(site.vms.list(search=search))) == found


def test_search_sorts(site: Site) -> None:
    sorted_down = names(site.vms.list(search="name=web* sortby name desc"))
    assert sorted_down == ["web-03", "web-02", "web-01"]


def test_search_pages(site: Site) -> None:
    pages = [
        names(site.vms.list(search=f"name=web* sortby name asc page {page}", max=2))
        for page in (1, 2, 3)
    ]
    assert pages == [["web-01", "web-02"], ["web-03"], []]


def test_search_heeds_case_where_told(site: Site) -> None:
    assert names(site.vms.list(search="name=MAIL")) == ["mail"]
    assert site.vms.list(search="name=MAIL", case_sensitive=True) == []


def test_search_by_storage_and_by_user(site: Site) -> None:
    on_storage = names(site.vms.list(search="Storage.name=data-01"))
    assert "web-01" in on_storage
    assert "web-01" not in names(site.vms.list(search="Storage.name=data-02"))
    # It is on no machine in particular that the administrator may do all.
    assert site.vms.list(search="users.name=admin") == []


@pytest.mark.parametrize(
    ("collection", "search", "found"),
    [
        ("hosts", "status=up and name=node-03", ["node-03"]),
        ("disks", "name=spare", ["spare"]),
        ("storage_domains", "datacenter=Default and name=data*", ["data-01", "data-02"]),
        ("networks", "name=frontend", ["frontend"]),
        ("templates", "name=rhel9", ["rhel9"]),
        ("clusters", "name=data*", ["databases"]),
        ("data_centers", "name=Default", ["Default"]),
    ],
)
def test_search_in_other_collections(
    site: Site, collection: str, search: str, found: list[str]
) -> None:
    service = getattr(site.system, f"{collection}_service")()
    assert sorted(names(service.list(search=search))) == found


def test_search_for_users(site: Site) -> None:
    users = site.system.users_service()
    assert [user.principal for user in users.list(search="usrname=alice*")] == ["alice"]
    # A page is appended to in a way that an engine cannot read.
    assert users.list(search="page 1") == []


def test_max_limits(site: Site) -> None:
    assert len(site.vms.list(max=3)) == 3
    assert site.vms.list(max=0) == []


def test_all_content(site: Site) -> None:
    (bare,) = site.vms.list(search="name=web-01")
    (whole,) = site.vms.list(search="name=web-01", all_content=True)
    assert bare.initialization is None
    assert whole.console is not None
    assert whole.initialization is not None


def test_follow(site: Site) -> None:
    (vm,) = site.vms.list(search="name=mail", follow="nics,disk_attachments.disk,host,cluster")
    assert vm.nics[0].mac.address
    assert vm.disk_attachments[0].disk.provisioned_size == 20 * GIB
    assert vm.host.name.startswith("node-")
    assert vm.cluster.name == "Default"


def test_follow_link_of_a_list(site: Site) -> None:
    (vm,) = site.vms.list(search="name=mail")
    (nic,) = site.connection.follow_link(vm.nics)
    assert nic.name == "nic1"


def test_statistics_have_values(site: Site) -> None:
    found = {one.name: one for one in site.vm("web-01").statistics_service().list()}
    assert found["memory.installed"].values[0].datum == 2 * GIB
    assert found["memory.installed"].unit == types.StatisticUnit.BYTES


def test_events_list_search_from_and_add(site: Site) -> None:
    events = site.system.events_service()
    (vm,) = site.vms.list(search="name=mail")
    added = events.add(
        types.Event(
            custom_id=55,
            description=unique("the backup is done"),
            origin="backup",
            severity=types.LogSeverity.NORMAL,
            vm=types.Vm(id=vm.id),
        )
    )
    assert added.index == int(added.id)
    assert added.code == 9801
    assert added.vm.name == "mail"
    (newest,) = events.list(max=1)
    assert newest.id == added.id
    assert [event.index for event in events.list(from_=added.index - 1)] == [added.index]
    assert events.list(search=f'message="{added.description}"')[0].id == added.id


def test_custom_event_is_added_once(site: Site) -> None:
    event = types.Event(
        custom_id=56, description="again", origin="us", severity=types.LogSeverity.WARNING
    )
    events = site.system.events_service()
    assert events.add(event).severity == types.LogSeverity.WARNING
    with pytest.raises(sdk.Error, match="custom id") as caught:
        events.add(event)
    assert caught.value.code == 400


def test_jobs_and_events_by_correlation_id(site: Site) -> None:
    correlation_id = unique("corr")
    query = {"correlation_id": correlation_id}
    site.vm("web-03").update(types.Vm(comment="z"), query=query)
    search = f"correlation_id={correlation_id}"
    (job,) = site.system.jobs_service().list(search=search)
    assert job.status == types.JobStatus.FINISHED
    steps = site.system.jobs_service().job_service(job.id).steps_service().list()
    assert {step.status for step in steps} == {types.StepStatus.FINISHED}
    (event,) = site.system.events_service().list(search=search)
    assert event.code == 35
    assert event.correlation_id == correlation_id
