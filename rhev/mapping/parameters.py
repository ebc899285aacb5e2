"""The engine's own parameters of creating, updating and deleting: what travels in the URL.

Each belongs to the methods of some services only, which the descriptions name; an engine ignores
one that is not for the resource at hand. ``async`` is spelt ``async_``.
"""

from __future__ import annotations

from inspect import cleandoc
from typing import TYPE_CHECKING, Any, Final, Generic, TypedDict, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rhev.models.virtual_machines import AutoPinningPolicy


R = TypeVar("R")
F = TypeVar("F", bound="Callable[..., object]")


class CreateParameters(TypedDict, total=False):
    """What a create may say beside the resource itself.

    - ``activate``, ``reboot``, ``deploy_hosted_engine``, ``undeploy_hosted_engine``: of hosts.
    - ``clone``: a virtual machine gets disks of its own, not layers over the template's.
    - ``clone_permissions``: of virtual machines and templates: the origin's permissions, too.
    - ``seal``: of virtual machines, templates and pools: machine-specific data is removed.
    - ``auto_pinning_policy``, ``filter``: of virtual machines.
    - ``unregistered``: a disk of a storage domain that the engine does not know yet is taken up.
    - ``require_consistency``, ``use_active``: of backups.
    - ``replica_count``, ``stripe_count``: of Gluster bricks.
    """

    activate: bool
    auto_pinning_policy: AutoPinningPolicy
    clone: bool
    clone_permissions: bool
    deploy_hosted_engine: bool
    filter: bool
    reboot: bool
    replica_count: int
    require_consistency: bool
    seal: bool
    stripe_count: int
    undeploy_hosted_engine: bool
    unregistered: bool
    use_active: bool


class UpdateParameters(TypedDict, total=False):
    """What an update may say beside the changes.

    - ``next_run``: of virtual machines: the changes wait for the next start.
    - ``current``: of a CD-ROM: only the disc that is in it now, until the next start.
    - ``force``: of storage connections. ``seal``: of pools.
    - ``async_``: do not wait until the engine is done.
    """

    async_: bool
    current: bool
    force: bool
    next_run: bool
    seal: bool


class DeleteParameters(TypedDict, total=False):
    """What a delete may say.

    - ``detach_only``: of virtual machines and disk attachments: the disks stay.
    - ``force``: of virtual machines, hosts, data centers, templates' disk attachments.
    - ``destroy``, ``format``, ``host``: of storage domains. ``host`` also of connections.
    - ``all_content``: of snapshots. ``storage_domain``: of templates' disk attachments.
    - ``replica_count``: of Gluster bricks.
    - ``async_``: do not wait until the engine is done.
    """

    all_content: bool
    async_: bool
    destroy: bool
    detach_only: bool
    force: bool
    format: bool
    host: str
    replica_count: int
    storage_domain: str


class JobPolling(TypedDict, Generic[R], total=False):
    """How to wait for a job, all of it in seconds.

    - ``timeout``: how long to wait, 600 unless said otherwise; None: for ever.
    - ``interval``: the first pause between two reads, 1 unless said otherwise. The pauses grow to
      a quarter of what was waited so far.
    - ``max_interval``: the longest pause, 10 unless said otherwise.
    - ``progress``: called with what is waited for and its status after each read.
    """

    timeout: float | None
    interval: float
    max_interval: float
    progress: Callable[[R, str | None], object] | None


class Polling(JobPolling[R], total=False):
    """How to wait for a status: as for a job, and:

    - ``settled``: wait also until no job of the resource runs, so that the next action is not
      refused because of it. It takes an administrator, who alone can see jobs.
    """

    settled: bool


# The parameters of a get and a list, which connections take as keywords beside the criteria.
READ_PARAMETERS: Final[Mapping[str, str]] = {
    "all_content": "also what is costly to find out, such as a VM's configuration (OVF)",
    "case_sensitive": "whether the values of a query or of criteria are; they are not otherwise",
    "check_vms_in_affinity_closure": "of hosts, with migration_target_of: also those that have to"
    " go with the VMs",
    "current": "of VMs and CD-ROMs: as it is now, not as it will be from the next start",
    "filter": "as an ordinary user sees it, who may see less",
    "follow": "the links to follow, whose resources come with the answer: 'nics',"
    " 'disk_attachments.disk', several parted by commas",
    "from_": "of events: only those after the one with this index",
    "include_active": "of snapshots: also the one that stands for the machine as it is",
    "include_template": "of disks and their attachments: also those of the template",
    "max": "the most resources to read; of iterate: how many a page",
    "migration_target_of": "of hosts: those to which the VMs with these ids, parted by commas, can"
    " migrate",
    "next_run": "of VMs: as it will be from the next start",
    "ovf_as_ova": "of VMs, with all_content: the configuration as an OVA has it",
    "refresh": "of LUNs and storage domains: look at the storage again first",
    "report_status": "of a host's storage: also the state of every LUN, which takes long",
    "unregistered": "of storage domains: what lies there that the engine does not know yet",
    "version": "of cluster levels: as of this one",
}


def documented(method: F) -> F:
    """Adds to what ``help`` says of a reading method what its parameters for the engine mean."""
    listed = "\n".join(f"- ``{name}``: {doc}." for name, doc in READ_PARAMETERS.items())
    method.__doc__ = (
        f"{cleandoc(method.__doc__ or '')}\n\nThe engine's own parameters, each of which holds"
        f" where it means something:\n\n{listed}\n"
    )
    return method


def query(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Parameters as they are written in a URL: those that are None are left out."""
    return {
        name.rstrip("_"): _text(value) for name, value in parameters.items() if value is not None
    }


def _text(value: Any) -> str:
    if value is True:
        return "true"
    return "false" if value is False else str(value)
