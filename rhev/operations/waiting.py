"""Waiting for a status, in polls that grow apart, and no longer than there is hope."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from rhev import errors
from rhev.mapping.explain import described
from rhev.mapping.fields import Kind, fields
from rhev.mapping.resources import STATUS_ATTRIBUTES, BaseResource
from rhev.operations.arguments import check_polling, check_resource
from rhev.operations.jobs import is_busy
from rhev.operations.polling import Polling
from rhev.operations.read import reload

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from rhev.operations.steps import Steps
    from rhev.operations.wire import Wire

R = TypeVar("R", bound=BaseResource)
T = TypeVar("T")

# Statuses that nothing follows by itself: whoever waits for another waits in vain.
DEAD_ENDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "Disk": frozenset({"illegal"}),
        "Host": frozenset({"install_failed", "error", "kdumping"}),
        "Template": frozenset({"illegal"}),
        "Backup": frozenset({"failed", "succeeded"}),
        "Checkpoint": frozenset({"invalid"}),
        "ImageTransfer": frozenset(
            {"finished_success", "finished_failure", "finished_cleanup", "cancelled_system"}
        ),
        "Job": frozenset({"finished", "failed", "aborted"}),
        "Step": frozenset({"finished", "failed", "aborted"}),
    }
)

# Statuses that are where a resource rests: reached on the way, they say that it gave up. One that
# it had from the start is where it has yet to leave from.
RESTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "Vm": frozenset({"down", "up", "paused", "suspended"}),
        "Host": frozenset({"maintenance", "non_operational", "up"}),
    }
)


def wait_for_status(
    wire: Wire,
    resource: R,
    statuses: Collection[str],
    *,
    timeout: float | None = 600,
    interval: float = 1,
    max_interval: float = 10,
    progress: Callable[[R, str | None], object] | None = None,
    settled: bool = False,
) -> Steps[R]:
    """Reads a resource until it has one of ``statuses``, and, if ``settled``, no job that runs.

    Raises WaitTimeout after ``timeout`` seconds, and WaitFailed at once for a status from which
    none of those wanted can come.
    """
    check_resource("wait_for_status", resource)
    check_polling("wait_for_status", timeout, interval, max_interval, progress)
    for given in statuses:
        if not isinstance(given, str):
            raise TypeError(
                "wait_for_status() takes each status as an argument of its own, as in"
                f" wait_for_status(vm, 'up', 'down', timeout=60), not {described(given)}"
            )
    attribute = _status_attribute(resource)
    wanted = {str(status).lower() for status in statuses}
    _check_statuses(resource, attribute, wanted)
    wait = Polling(wire, timeout, interval, max_interval)
    rests = RESTS.get(resource.__api_name__, frozenset())
    left = False
    first: str | None = None
    while True:
        yield from _look(wait, resource, attribute, reload(wire, resource, {}))
        status = _text(getattr(resource, attribute))
        if status is None:
            _check_has_status(resource, wanted)
        if progress is not None:
            progress(resource, status)
        is_there = status in wanted
        busy = is_there and settled
        if busy:
            busy = yield from _look(wait, resource, attribute, is_busy(wire, resource))
        if is_there and not busy:
            return resource
        first = first or status
        left = left or (status is not None and status != first)
        failed = status in DEAD_ENDS.get(resource.__api_name__, ()) or (left and status in rests)
        if failed and not is_there:
            raise errors.WaitFailed(
                f"{_named(resource)} is {status}, from which {_either(wanted)} will not come",
                last=status,
            )
        if wait.is_over:
            still = (
                f"{status}, but a job of it still runs"
                if is_there
                else f"still {status}, and not {_either(wanted)},"
            )
            raise errors.WaitTimeout(
                f"{_named(resource)} is {still} after {timeout:g} s", last=status
            )
        yield from wait.pause()


def wait_for_deletion(
    wire: Wire,
    resource: R,
    *,
    timeout: float | None = 600,
    interval: float = 1,
    max_interval: float = 10,
    progress: Callable[[R, str | None], object] | None = None,
) -> Steps[None]:
    """Reads a resource until it is gone. Raises WaitTimeout after ``timeout`` seconds."""
    check_resource("wait_for_deletion", resource)
    check_polling("wait_for_deletion", timeout, interval, max_interval, progress)
    names = [name for name in STATUS_ATTRIBUTES if name in fields(type(resource))]
    attribute = names[0] if names else None
    wait = Polling(wire, timeout, interval, max_interval)
    while True:
        try:
            yield from _look(wait, resource, attribute, reload(wire, resource, {}))
        except errors.NotFound:
            return
        status = _text(getattr(resource, attribute)) if attribute else None
        if progress is not None:
            progress(resource, status)
        if wait.is_over:
            state = f" and {status}" if status else ""
            raise errors.WaitTimeout(
                f"{_named(resource)} is still there{state} after {timeout:g} s", last=status
            )
        yield from wait.pause()


def _look(
    wait: Polling, resource: BaseResource, attribute: str | None, steps: Steps[T]
) -> Steps[T]:
    """A read of a wait. Where none came in time, what was seen last is said."""
    last = _text(getattr(resource, attribute)) if attribute else None
    was = f"was {last} when it was last read" if last else "was never read"
    return (yield from wait.read(steps, last=last, seen=f"{_named(resource)} {was}"))


# The statuses that the types have at the top which have the others below a base, and which base.
_ELSEWHERE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"StorageDomain": ("data center", "unattached")}
)


def _check_has_status(resource: BaseResource, wanted: Collection[str]) -> None:
    """Raises ValueError for a resource that will never have the status that is waited for."""
    base, own = _ELSEWHERE.get(resource.__api_name__, ("", ""))
    at_top = resource.href is not None and "/datacenters/" not in resource.href
    if base and at_top and own not in wanted:
        raise ValueError(
            f"{_named(resource)} has no status of its own here, but in the {base} that it is"
            f" attached to: read it there, as in get(schema.{type(resource).__name__}, id,"
            " base=data_center), and wait for that"
        )


def _status_attribute(resource: BaseResource) -> str:
    for name in STATUS_ATTRIBUTES:
        if name in fields(type(resource)):
            return name
    raise TypeError(f"a {type(resource).__name__} has no status to wait for")


def _check_statuses(resource: BaseResource, attribute: str, wanted: set[str]) -> None:
    if not wanted:
        raise ValueError("name at least one status to wait for")
    spec = fields(type(resource))[attribute]
    if spec.kind is not Kind.ENUMERATION:
        return
    known = {str(member.value).lower() for member in spec.type}
    unknown = sorted(wanted - known)
    if unknown:
        raise ValueError(
            f"a {type(resource).__name__} is never {unknown[0]!r}; it may be:"
            f" {', '.join(sorted(known))}"
        )


def _text(status: Any) -> str | None:
    return None if status is None else str(status).lower()


def _named(resource: BaseResource) -> str:
    name = getattr(resource, "name", None) or getattr(resource, "id", None)
    return f"{type(resource).__name__} {name}"


def _either(statuses: Collection[str]) -> str:
    return " or ".join(sorted(statuses))
