"""The engine's own parameters of creating, updating and deleting: what travels in the URL.

Each belongs to the methods of some services only, which the descriptions name; an engine ignores
one that is not for the resource at hand. ``async`` is spelt ``async_``.
"""

from __future__ import annotations

from inspect import cleandoc
from typing import TYPE_CHECKING, Any, Final, Generic, TypedDict, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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


class Waiting(TypedDict, Generic[R], total=False):
    """How to wait for a job, or until something is gone, all of it in seconds.

    - ``timeout``: how long to wait, 600 unless said otherwise; None: for ever. A read that is
      under way ends with the wait; one more, when the time is over, takes a second at most.
    - ``interval``: the first pause between two reads, 1 unless said otherwise. The pauses grow to
      a quarter of what was waited so far.
    - ``max_interval``: the longest pause, 10 unless said otherwise.
    - ``progress``: called with what is waited for and its status after each read.
    """

    timeout: float | None
    interval: float
    max_interval: float
    progress: Callable[[R, str | None], object] | None


class Following(TypedDict, total=False):
    """How to follow events, all of it in seconds.

    - ``interval``: the first pause after nothing more has come, 1 unless said otherwise. The
      pauses grow to a quarter of how long nothing came.
    - ``max_interval``: the longest pause, 10 unless said otherwise.
    - ``timeout``: when to end, having looked once more; None, as unless said otherwise: never.
    - ``patience``: how long the engine may be away, 600 unless said otherwise; None: for ever.
    """

    interval: float
    max_interval: float
    timeout: float | None
    patience: float | None


class Polling(Waiting[R], total=False):
    """How to wait for a status: as for a job, and:

    - ``settled``: wait also until no job of the resource runs, so that the next action is not
      refused because of it. It takes an administrator, who alone can see jobs.
    """

    settled: bool


class ReloadParameters(TypedDict, total=False):
    """What a reload, a get and a list may say.

    - ``all_content``: attributes that are costly to find out, too.
    - ``filter``: see what an ordinary user may see.
    - ``follow``: the relationships to inline, as in ``["nics", "disk_attachments.disk"]``, or a
      text with commas between them.
    - ``current``, ``next_run``, ``ovf_as_ova``: of virtual machines and their devices: as they run
      now, as they will start, with their configuration.
    """

    all_content: bool
    current: bool
    filter: bool
    follow: str | Sequence[str]
    next_run: bool
    ovf_as_ova: bool


class ReadParameters(ReloadParameters, total=False):
    """What a get and a list may say: connections take these beside the criteria.

    - ``case_sensitive``: whether a search minds the case of letters.
    - ``max``: how many to read at most; for ``iterate`` how many at a time. ``from_``: events
      after the one with this number.
    - ``check_vms_in_affinity_closure``, ``migration_target_of``: of hosts: those that the machines
      of these ids, with commas between them, can migrate to.
    - ``include_active``, ``include_template``: of the snapshots of disks. ``refresh``: of files.
    - ``report_status``: of a host's storage. ``unregistered``: of what a storage domain holds.
    - ``version``: of the engine's options.
    """

    case_sensitive: bool
    check_vms_in_affinity_closure: bool
    from_: int
    include_active: bool
    include_template: bool
    max: int
    migration_target_of: str
    refresh: bool
    report_status: bool
    unregistered: bool
    version: str


# The parameters of a get and a list, which connections take as keywords beside the criteria.
READ_PARAMETERS: Final = frozenset(ReadParameters.__annotations__)


def documented(method: F) -> F:
    """Adds to what ``help`` says of a reading method what its parameters for the engine mean."""
    told = [cleandoc(cls.__doc__ or "") for cls in (ReadParameters, ReloadParameters)]
    listed = "\n".join(doc.partition("\n\n")[2] for doc in told)
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
