"""Hosts, storage and networks: what machines run on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clients.sdk.site import Site, sdk, types, unique, until

UP = types.HostStatus.UP
MAINTENANCE = types.HostStatus.MAINTENANCE


def host(site: Site) -> Any:
    """The service of a new host that is up."""
    name = unique("host")
    added = site.hosts.add(
        types.Host(
            name=name,
            address=f"{name}.example.com",
            root_password="secret",
            cluster=types.Cluster(name="Default"),
        ),
        reboot=False,
        activate=True,
    )
    service = site.hosts.host_service(added.id)
    until(service, UP)
    return service


def leave(service: Any) -> None:
    """Takes a host away again, so that no machine is started on it."""
    service.deactivate()
    until(service, MAINTENANCE)
    service.remove()


def test_add_a_host(site: Site) -> None:
    service = host(site)
    assert service.get().summary.total == 0
    leave(service)


def test_host_maintenance_and_activation(site: Site) -> None:
    service = host(site)
    service.deactivate(reason="work")
    until(service, MAINTENANCE)
    service.activate()
    until(service, UP)
    leave(service)


def test_maintenance_moves_the_machines_away(site: Site) -> None:
    service = host(site)
    machine = site.machine()
    name = service.get().name
    policy = types.VmPlacementPolicy(hosts=[types.Host(name=name)])
    machine.start(vm=types.Vm(placement_policy=policy))
    assert until(machine, types.VmStatus.UP).host.id == service.get().id
    service.deactivate()
    until(service, MAINTENANCE)
    assert machine.get().host.id != service.get().id
    service.remove()


def test_what_a_host_tells_of_itself(site: Site) -> None:
    service = site.host("node-01")
    service.upgrade_check()
    statistics = {each.name for each in service.statistics_service().list()}
    assert {"memory.total", "memory.used", "cpu.load.avg.5m"} <= statistics
    nics = service.nics_service().list()
    assert "192.0.2.11" in {nic.ip.address for nic in nics if nic.ip is not None}
    assert service.devices_service().list() is not None


def test_fence_status_of_a_host_without_agents(site: Site) -> None:
    with pytest.raises(sdk.Error):
        site.host("node-01").fence(fence_type="status")


def test_discover_targets(site: Site) -> None:
    details = types.IscsiDetails(address="192.0.2.9")
    assert site.host("node-01").iscsi_discover(iscsi=details) is not None


def test_set_up_networks(site: Site) -> None:
    service = site.host("node-02")
    nic = service.nics_service().list()[-1]
    address = types.IpAddressAssignment(
        assignment_method=types.BootProtocol.STATIC,
        ip=types.Ip(address="198.51.100.7", netmask="255.255.255.0", version=types.IpVersion.V4),
    )
    service.setup_networks(
        modified_network_attachments=[
            types.NetworkAttachment(
                network=types.Network(name="frontend"),
                host_nic=types.HostNic(id=nic.id),
                ip_address_assignments=[address],
            )
        ],
        check_connectivity=True,
        connectivity_timeout=10,
        commit_on_success=True,
    )
    names = [
        site.connection.follow_link(each.network).name
        for each in service.network_attachments_service().list()
    ]
    assert sorted(names) == ["frontend", "ovirtmgmt"]


def test_remove_a_host(site: Site) -> None:
    service = host(site)
    with pytest.raises(sdk.Error):
        service.remove()
    leave(service)
    with pytest.raises(sdk.NotFoundError):
        service.get()


def nfs(site: Site) -> Any:
    """The service of a new domain that belongs to no data center yet."""
    name = unique("nfs")
    added = site.storage_domains.add(
        types.StorageDomain(
            name=name,
            type=types.StorageDomainType.DATA,
            host=types.Host(name="node-01"),
            storage=types.HostStorage(
                type=types.StorageType.NFS, address="storage.example.com", path=f"/exports/{name}"
            ),
        )
    )
    return site.storage_domains.storage_domain_service(added.id)


def attach(site: Site, domain: Any) -> Any:
    """The domain as the data center has it, and active."""
    attached = site.data_center().storage_domains_service()
    attached.add(types.StorageDomain(id=domain.get().id))
    service = attached.storage_domain_service(domain.get().id)
    until(service, types.StorageDomainStatus.ACTIVE)
    return service


def test_add_an_nfs_domain(site: Site) -> None:
    domain = nfs(site)
    assert domain.get().status == types.StorageDomainStatus.UNATTACHED
    domain.remove(host="node-01", format=True)
    with pytest.raises(sdk.NotFoundError):
        domain.get()


def test_attach_a_domain(site: Site) -> None:
    domain = nfs(site)
    attach(site, domain)
    # The state of what is attached is told by its data center only.
    assert domain.get().status is None
    assert len(domain.get().data_centers) == 1


def test_deactivate_detach_and_remove_a_domain(site: Site) -> None:
    domain = nfs(site)
    attached = attach(site, domain)
    attached.deactivate()
    until(attached, types.StorageDomainStatus.MAINTENANCE)
    attached.remove()
    until(domain, types.StorageDomainStatus.UNATTACHED)
    domain.remove(host="node-01", format=True)


def test_iscsi_domain_with_a_lun(site: Site) -> None:
    unit = types.LogicalUnit(
        id=unique("36001405"), address="192.0.2.1", port=3260, target="iqn.2024-01.com.example:x"
    )
    added = site.storage_domains.add(
        types.StorageDomain(
            name=unique("iscsi"),
            type=types.StorageDomainType.DATA,
            host=types.Host(name="node-01"),
            storage=types.HostStorage(
                type=types.StorageType.ISCSI,
                override_luns=True,
                volume_group=types.VolumeGroup(logical_units=[unit]),
            ),
        )
    )
    domain = site.storage_domains.storage_domain_service(added.id).get()
    assert domain.storage.type == types.StorageType.ISCSI


def test_what_a_domain_holds(site: Site) -> None:
    domain = site.storage_domain("data-01")
    disks = {disk.id for disk in domain.disks_service().list()}
    assert {disk.id for disk in site.disks.list(search="name=rhel9_root")} & disks
    assert domain.disks_service().list(unregistered=True) == []
    assert domain.vms_service().list(unregistered=True) == []
    assert domain.templates_service().list(unregistered=True) == []
    assert len(domain.disk_profiles_service().list()) == 1
    assert domain.disk_snapshots_service().list() is not None


def test_networks(site: Site) -> None:
    networks = site.system.networks_service()
    name = unique("net")
    added = networks.add(
        types.Network(
            name=name,
            data_center=types.DataCenter(name="Default"),
            vlan=types.Vlan(id=300),
            mtu=9000,
            usages=[types.NetworkUsage.VM],
        )
    )
    network = networks.network_service(added.id)
    assert network.get().vlan.id == 300
    (profile,) = network.vnic_profiles_service().list()
    assert profile.name == name
    in_cluster = site.cluster().networks_service()
    in_cluster.add(types.Network(id=added.id, required=False))
    assert name in {each.name for each in in_cluster.list()}
    in_cluster.network_service(added.id).remove()
    assert network.update(types.Network(mtu=1500)).mtu == 1500
    network.remove()
    with pytest.raises(sdk.NotFoundError):
        network.get()


def test_vnic_profiles(site: Site) -> None:
    profiles = site.system.vnic_profiles_service()
    (network,) = site.system.networks_service().list(search="name=backend")
    added = profiles.add(
        types.VnicProfile(
            name=unique("profile"),
            network=types.Network(id=network.id),
            port_mirroring=True,
        )
    )
    profile = profiles.profile_service(added.id)
    assert profile.get().port_mirroring
    profile.remove()
    with pytest.raises(sdk.NotFoundError):
        profile.get()


def test_data_centers_clusters_and_mac_pools(site: Site) -> None:
    ranges = [types.Range(from_="02:00:00:00:00:00", to="02:00:00:01:00:00")]
    pools = site.system.mac_pools_service()
    pool = pools.add(types.MacPool(name=unique("macs"), ranges=ranges))
    centers, clusters = site.system.data_centers_service(), site.system.clusters_service()
    center = centers.add(
        types.DataCenter(name=unique("dc"), local=False, version=types.Version(major=4, minor=7))
    )
    cluster = clusters.add(
        types.Cluster(
            name=unique("cluster"),
            data_center=types.DataCenter(name=center.name),
            cpu=types.Cpu(
                architecture=types.Architecture.X86_64, type="Intel Icelake Server Family"
            ),
            mac_pool=types.MacPool(id=pool.id),
        )
    )
    assert site.connection.follow_link(cluster.mac_pool).name == pool.name
    clusters.cluster_service(cluster.id).remove()
    centers.data_center_service(center.id).remove()
    pools.mac_pool_service(pool.id).remove()
    assert not centers.list(search=f"name={center.name}")


def test_quotas(site: Site) -> None:
    quotas = site.data_center().quotas_service()
    added = quotas.add(
        types.Quota(
            name=unique("quota"),
            description="d",
            cluster_hard_limit_pct=20,
            cluster_soft_limit_pct=80,
            storage_hard_limit_pct=20,
            storage_soft_limit_pct=80,
        )
    )
    quota = quotas.quota_service(added.id)
    quota.quota_storage_limits_service().add(types.QuotaStorageLimit(limit=100))
    assert quota.get().storage_soft_limit_pct == 80
    quota.remove()
    assert added.id not in {each.id for each in quotas.list()}
