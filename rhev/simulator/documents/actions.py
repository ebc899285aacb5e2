"""What the answer to an action has beside its own results: the resource, a job, a status."""

from __future__ import annotations

# Types whose actions are answered with the resource itself, as it is then.
_SHOWN = frozenset({"Cluster", "Disk", "Host", "Job", "Snapshot", "StorageDomain", "Vm"})
# Actions of these types that are not, ...
_WITHOUT_RESOURCE = frozenset(
    {
        ("Host", "discover_iscsi"),
        ("Host", "iscsi_discover"),
        ("Host", "iscsi_login"),
        ("Host", "setup_networks"),
        ("Host", "unregistered_storage_domains_discover"),
        ("StorageDomain", "is_attached"),
        ("StorageDomain", "update_ovf_store"),
        ("Vm", "ticket"),
    }
)
# ... actions that name no job, ...
_WITHOUT_JOB = frozenset(
    {
        ("Backup", "finalize"),
        ("Cluster", "reset_emulated_machine"),
        ("Cluster", "upgrade"),
        ("Disk", "move"),
        ("Event", "undelete"),
        ("GraphicsConsole", "proxy_ticket"),
        ("GraphicsConsole", "remote_viewer_connection_file"),
        ("GraphicsConsole", "ticket"),
        ("Host", "deactivate"),
        ("Host", "discover_iscsi"),
        ("Host", "enroll_certificate"),
        ("Host", "fence"),
        ("Host", "install"),
        ("Host", "iscsi_discover"),
        ("Host", "refresh"),
        ("Host", "upgrade_check"),
        ("Job", "clear"),
        ("Job", "end"),
        ("Nic", "activate"),
        ("Nic", "deactivate"),
        ("Step", "end"),
        ("Vm", "detach"),
        ("Vm", "reorder_mac_addresses"),
        ("Vm", "ticket"),
        ("VmPool", "allocate_vm"),
    }
)
# Types whose removal names a job, by the type of the owner where that matters.
_REMOVED_BY_JOB = frozenset(
    {
        *("Agent", "DataCenter", "Disk", "NetworkAttachment", "Snapshot", "StorageConnection"),
        *("StorageDomain", "Template", "Vm", "VmPool", "Watchdog"),
    }
)
# ... and those that say no more than their result.
_WITHOUT_STATUS = frozenset(
    {
        ("GraphicsConsole", "proxy_ticket"),
        ("GraphicsConsole", "remote_viewer_connection_file"),
    }
)


def shows_resource(api_type: str, action: str) -> bool:
    """Whether the answer has the resource in it."""
    return api_type in _SHOWN and (api_type, action) not in _WITHOUT_RESOURCE


def names_job(api_type: str, action: str) -> bool:
    """Whether the answer refers to the job that the action is done by."""
    return (api_type, action) not in _WITHOUT_JOB


def removal_names_job(api_type: str, owner_type: str) -> bool:
    """Whether the answer to a removal refers to a job."""
    if owner_type in ("AffinityGroup", "AffinityLabel"):
        return False
    return api_type in _REMOVED_BY_JOB or (api_type == "Network" and owner_type != "Cluster")


def says_status(api_type: str, action: str) -> bool:
    """Whether the answer says that the action is complete."""
    return (api_type, action) not in _WITHOUT_STATUS
