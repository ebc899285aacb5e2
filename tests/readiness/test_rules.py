"""Each rule, with an estate that breaks it and one that does not."""

from __future__ import annotations

from typing import Any

import pytest

from rhev.inventory import Entry, Inventory
from rhev.readiness import RULES, Report, Severity, assess

Document = dict[str, Any]

# The documents of an inventory by type, as the API's JSON has them; a VM is named "vm-1" unless it
# says otherwise.
SOUND: dict[str, Document] = {
    "vm": {"id": "1", "name": "vm-1", "status": "down", "os": {"type": "rhel_9x64"}},
    "disk": {"id": "d", "alias": "root", "status": "ok", "provisioned_size": "1073741824"},
    "vnic_profile": {"id": "p", "name": "lan", "network": {"id": "n"}},
    "network": {"id": "n", "name": "lan"},
    "cluster": {"id": "c", "name": "Default"},
    "storage_domain": {"id": "s", "name": "data", "type": "data"},
    "data_center": {"id": "e", "name": "Default"},
    "host": {"id": "h", "name": "node", "status": "up"},
    "vm_pool": {"id": "o", "name": "pool", "size": "0"},
    "affinity_group": {"id": "g", "name": "apart"},
    "api": {
        "product_info": {"version": {"major": "4", "minor": "5", "build": "2", "revision": "1"}}
    },
}


def listed(rel: str, element: str, *members: Document) -> Document:
    return {rel: {element: list(members)}}


def attached(**of_attachment: Any) -> Document:
    attachment = {"id": "d", "disk": {"id": "d"}, "interface": "virtio", "active": "true"}
    return {"vm": listed("disk_attachments", "disk_attachment", attachment | of_attachment)}


def disk(**of_disk: Any) -> Document:
    return attached() | {"disk": of_disk}


def nic(**of_nic: Any) -> Document:
    whole = {"id": "i", "name": "nic1", "vnic_profile": {"id": "p"}, "interface": "virtio"}
    return {"vm": listed("nics", "nic", whole | of_nic)}


def profile(**of_profile: Any) -> Document:
    return nic() | {"vnic_profile": of_profile}


def vm(**of_vm: Any) -> Document:
    return {"vm": of_vm}


def snapshot(**of_snapshot: Any) -> Document:
    return {"vm": listed("snapshots", "snapshot", {"id": "s", "description": "x"} | of_snapshot)}


def device(rel: str, element: str, **of_device: Any) -> Document:
    return {"vm": listed(rel, element, of_device)}


LUN = {"storage_type": "lun"}
OLD = {"product_info": {"version": {"major": "4", "minor": "3"}}}
MAC = {"mac": {"address": "56:6f:00:00:00:01"}}
GIB = 1024**3

# What is changed of the sound estate for a rule to be broken.
BREAKING: dict[str, Document] = {
    "vm-illegal-images": vm(has_illegal_images="true"),
    "vm-out-of-hand": vm(status="image_locked"),
    "vm-status": vm(status="suspended"),
    "vm-hosted-engine": vm(origin="managed_hosted_engine"),
    "vm-elsewhere": vm(origin="kubevirt"),
    "vm-snapshot-preview": snapshot(snapshot_status="in_preview"),
    "vm-snapshot-locked": snapshot(snapshot_status="locked"),
    "vm-snapshot-memory": snapshot(persist_memorystate="true", snapshot_type="regular"),
    "vm-snapshots": snapshot(snapshot_type="regular"),
    "vm-stateless": vm(stateless="true"),
    "vm-pool": vm(vm_pool={"id": "o"}),
    "vm-name": vm(name="Web_01"),
    "vm-name-taken": {"twin": {"id": "2", "name": "VM-1"}},
    "vm-next-run": vm(next_run_configuration_exists="true"),
    "vm-run-once": vm(run_once="true"),
    "vm-start-paused": vm(start_paused="true"),
    "vm-delete-protected": vm(delete_protected="true"),
    "vm-tpm-os": vm(os={"type": "windows_11"}),
    "vm-os-rhel-6": vm(os={"type": "rhel_6x64"}),
    "vm-os-without-virtio": vm(os={"type": "windows_2003"}),
    "vm-os-not-converted": vm(os={"type": "freebsd"}),
    "vm-os-unknown": vm(os={"type": "other"}),
    "vm-time-zone": vm(time_zone={"name": "W. Europe Standard Time"}),
    "vm-guest-agent": vm(status="up"),
    "vm-initialization": vm(initialization={"host_name": "x"}),
    "vm-payload": device("payloads", "payload", type="cdrom"),
    "vm-kernel": vm(os={"type": "rhel_9x64", "kernel": "/boot/vmlinuz"}),
    "vm-architecture": vm(cpu={"architecture": "ppc64"}),
    "vm-secure-boot": vm(bios={"type": "cluster_default"}, cluster={"id": "c"})
    | {"cluster": {"bios_type": "q35_secure_boot"}},
    "vm-chipset": vm(bios={"type": "i440fx_sea_bios"}),
    "vm-boot-menu": vm(bios={"boot_menu": {"enabled": "true"}}),
    "vm-emulated-machine": vm(custom_emulated_machine="pc-i440fx-rhel7.6.0"),
    "vm-cpu-model": vm(custom_cpu_model="Nehalem"),
    "vm-cpu-passthrough": vm(cpu={"mode": "host_passthrough"}),
    "vm-cpu-pinned": vm(cpu={"cpu_tune": listed("vcpu_pins", "vcpu_pin", {"vcpu": "0"})}),
    "vm-cpu-pinning-policy": vm(cpu_pinning_policy="isolate_threads"),
    "vm-cpu-dedicated": vm(cpu_pinning_policy="dedicated"),
    "vm-cpu-shares": vm(cpu_shares="512"),
    "vm-numa": vm(numa_tune_mode="strict"),
    "vm-ballooning": vm(memory_policy={"ballooning": "true"}),
    "vm-memory-guaranteed": vm(memory=str(GIB), memory_policy={"guaranteed": str(GIB // 2)}),
    "vm-memory-hot-plug": vm(memory=str(GIB), memory_policy={"max": str(8 * GIB)}),
    "vm-serial-number": vm(serial_number={"policy": "custom", "value": "1"}),
    "vm-high-performance": vm(type="high_performance"),
    "vm-host-devices": device("host_devices", "host_device", name="pci_0000_3b_00_0"),
    "vm-mediated-devices": device("mediated_devices", "vm_mediated_device", id="m"),
    "vm-usb": vm(usb={"enabled": "true"}),
    "vm-watchdog": device("watchdogs", "watchdog", model="i6300esb", action="reset"),
    "vm-tpm": vm(tpm_enabled="true"),
    "vm-spice": vm(display={"type": "spice"}),
    "vm-video": vm(display={"video_type": "qxl"}),
    "vm-monitors": vm(display={"monitors": "2"}),
    "vm-sound": vm(soundcard_enabled="true"),
    "vm-cd": device("cdroms", "cdrom", file={"id": "tools.iso"}),
    "vm-floppy": device("floppies", "floppy", id="f"),
    "vm-random": vm(rng_device={"source": "hwrng"}),
    "vm-io-threads": vm(io={"threads": "2"}),
    "vm-smart-card": vm(display={"smartcard_enabled": "true"}),
    "vm-custom-properties": device("custom_properties", "custom_property", name="sap_agent"),
    "vm-migratable": vm(placement_policy={"affinity": "migratable"}),
    "vm-pinned": vm(placement_policy={"affinity": "pinned"}),
    "vm-high-availability": vm(high_availability={"enabled": "true", "priority": "1"}),
    "vm-lease": vm(lease={"storage_domain": {"id": "s"}}),
    "vm-storage-error": vm(storage_error_resume_behaviour="kill"),
    "vm-migration-options": vm(migration={"compressed": "true"}),
    "affinity-group": {"affinity_group": listed("vms", "vm", {"id": "1"})},
    "vm-no-disks": vm(disk_attachments={}),
    "vm-many-disks": {"vm": listed("disk_attachments", "disk_attachment", *[{"id": "d"}] * 166)},
    "disk-status": disk(status="illegal"),
    "disk-storage-type": disk(storage_type="cinder"),
    "disk-lun-engine": disk(**LUN) | {"api": OLD},
    "disk-lun": disk(**LUN),
    "disk-lun-fc": disk(lun_storage={"type": "fcp"}, **LUN),
    "disk-size": disk(provisioned_size="0"),
    "disk-domain-status": disk(**listed("storage_domains", "storage_domain", {"id": "s"}))
    | {"storage_domain": {"status": "maintenance"}},
    "disk-external": disk(external_disk="vpx://elsewhere"),
    "disk-interface": attached(interface="ide"),
    "disk-scsi-reservation": attached(uses_scsi_reservation="true"),
    "disk-sgio": disk(sgio="unfiltered"),
    "disk-shareable": disk(shareable="true"),
    "disk-content": disk(content_type="backup_scratch"),
    "disk-inactive": attached(active="false"),
    "disk-incremental-backup": disk(backup="incremental"),
    "disk-read-only": attached(read_only="true"),
    "disk-pass-discard": attached(pass_discard="true"),
    "disk-wipe": disk(wipe_after_delete="true"),
    "disk-propagates-errors": disk(propagate_errors="true"),
    "nic-no-profile": nic(vnic_profile=None),
    "nic-passthrough": nic(interface="pci_passthrough"),
    "nic-interface": nic(interface="rtl8139_virtio"),
    "nic-port-mirroring": profile(port_mirroring="true"),
    "nic-custom-properties": profile(
        **listed("custom_properties", "custom_property", {"name": "q"})
    ),
    "nic-qos": profile(qos={"id": "q"}),
    "nic-filter": profile(network_filter={"id": "f"}),
    "nic-unplugged": nic(plugged="false"),
    "nic-link-down": nic(linked="false"),
    "nic-mac-twice": nic(**MAC)
    | {"twin": {"id": "2", "name": "vm-2"} | listed("nics", "nic", {"id": "j"} | MAC)},
    "nic-no-address": {
        "vm": nic(**MAC)["vm"]
        | {"status": "up"}
        | listed("reported_devices", "reported_device", {"name": "eth0"} | MAC)
    },
    "network-external": {"network": {"external_provider": {"id": "x"}}},
    "network-isolation": {"network": {"port_isolation": "true"}},
    "network-vlan": {"network": {"vlan": {"id": "7"}}},
    "network-mtu": {"network": {"mtu": "9000"}},
    "network-not-for-vms": {"network": {"usages": {"usage": ["migration"]}}},
    "engine-version": {"api": OLD},
    "cluster-ksm": {"cluster": {"ksm": {"enabled": "true"}}},
    "cluster-ha-reservation": {"cluster": {"ha_reservation": "true"}},
    "cluster-overcommit": {"cluster": {"memory_policy": {"over_commit": {"percent": "150"}}}},
    "host-status": {"host": {"status": "maintenance"}},
    "storage-status": {"storage_domain": {"status": "maintenance"}},
    "storage-type": {"storage_domain": {"type": "image"}},
    "storage-space": {
        "storage_domain": {"available": str(GIB), "critical_space_action_blocker": "5"}
    },
    "data-center-local": {"data_center": {"local": "true"}},
    "data-center-quota": {"data_center": {"quota_mode": "enabled"}},
    "pool": {"vm_pool": {"size": "3"}},
}


def report_of(changes: Document) -> Report:
    documents = [
        (
            kind,
            {
                name: value
                for name, value in (sound | changes.get(kind, {})).items()
                if value is not None
            },
        )
        for kind, sound in SOUND.items()
    ]
    if "twin" in changes:
        documents.append(("vm", changes["twin"]))
    return assess(Inventory(Entry(kind, document, "") for kind, document in documents))


def broken(changes: Document) -> set[str]:
    return {finding.rule.id for finding in report_of(changes).findings}


def test_a_sound_estate_breaks_no_rule() -> None:
    assert broken(attached()) == set()
    assert broken(nic()) == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_breaks_a_rule_is_found(rule: Any) -> None:
    assert rule.id in broken(BREAKING[rule.id])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_would_be_right_and_where_it_comes_from(rule: Any) -> None:
    assert rule.right
    assert rule.source.name
    assert rule.source.url.startswith("https://")


def test_each_rule_has_an_id_of_its_own() -> None:
    assert {rule.id for rule in RULES} == set(BREAKING)
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_a_finding_names_the_part_that_is_wrong() -> None:
    (machine,) = report_of(disk(status="illegal")).machines
    (finding,) = machine.findings
    assert (finding.kind, finding.name, finding.wrong) == ("disk", "root", "its status is illegal")
    assert machine.verdict == "blocked"


@pytest.mark.parametrize(
    ("build", "revision", "is_old"), [("2", "0", True), ("2", "1", False), ("10", "0", False)]
)
def test_luns_are_read_from_4_5_2_1_on(build: str, revision: str, is_old: bool) -> None:
    version = {"major": "4", "minor": "5", "build": build, "revision": revision}
    changes = disk(**LUN) | {"api": {"product_info": {"version": version}}}
    assert ("disk-lun-engine" in broken(changes)) is is_old


def test_what_the_inventory_does_not_hold_is_said() -> None:
    machine = SOUND["vm"] | attached()["vm"]
    report = assess(Inventory([Entry("vm", machine, "")]))
    assert any("1 references are to a disk" in gap for gap in report.gaps)
    assert any("engine's version" in gap for gap in report.gaps)


def test_the_gravest_comes_first() -> None:
    report = report_of(vm(has_illegal_images="true", usb={"enabled": "true"}, run_once="true"))
    assert [each.severity for each in report.machines[0].findings] == list(Severity)
