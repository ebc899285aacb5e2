"""Waiting for a status, in polls that grow apart, and no longer than there is hope."""

from __future__ import annotations

import math
import time
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from rhev import errors
from rhev.mapping.explain import described
from rhev.mapping.fields import Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.operations.arguments import check_resource
from rhev.operations.read import reload
from rhev.operations.steps import Pause, Steps

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from rhev.operations.wire import Wire

R = TypeVar("R", bound=BaseResource)

# The first that a type has: a snapshot has one of its own beside that of the machine it is of.
STATUS_ATTRIBUTES = ("snapshot_status", "status", "phase", "state")

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
) -> Steps[R]:
    """Reads a resource until it has one of ``statuses``.

    Raises WaitTimeout after ``timeout`` seconds, and WaitFailed at once for a status from which
    none of those wanted can come.
    """
    check_resource("wait_for_status", resource)
    _check_polling("wait_for_status", timeout, interval, max_interval, progress)
    for given in statuses:
        if not isinstance(given, str):
            raise TypeError(
                "wait_for_status() takes each status as an argument of its own, as in"
                f" wait_for_status(vm, 'up', 'down', timeout=60), not {described(given)}"
            )
    attribute = _status_attribute(resource)
    wanted = {str(status).lower() for status in statuses}
    _check_statuses(resource, attribute, wanted)
    deadline = None if timeout is None else time.monotonic() + timeout
    rests = RESTS.get(resource.__api_name__, frozenset())
    left = False
    first: str | None = None
    while True:
        yield from reload(wire, resource, {})
        status = _text(getattr(resource, attribute))
        if status is None:
            _check_has_status(resource, wanted)
        if progress is not None:
            progress(resource, status)
        if status in wanted:
            return resource
        first = first or status
        left = left or (status is not None and status != first)
        failed = status in DEAD_ENDS.get(resource.__api_name__, ()) or (left and status in rests)
        if failed:
            raise errors.WaitFailed(
                f"{_named(resource)} is {status}, from which {_either(wanted)} will not come",
                last=status,
            )
        remaining = _remaining(deadline)
        if remaining <= 0:
            raise errors.WaitTimeout(
                f"{_named(resource)} is still {status}, and not {_either(wanted)}, after"
                f" {timeout:g} s",
                last=status,
            )
        yield Pause(min(interval, remaining))
        interval = min(interval * 1.5, max_interval)


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
    _check_polling("wait_for_deletion", timeout, interval, max_interval, progress)
    names = [name for name in STATUS_ATTRIBUTES if name in fields(type(resource))]
    deadline = None if timeout is None else time.monotonic() + timeout
    while True:
        try:
            yield from reload(wire, resource, {})
        except errors.NotFound:
            return
        status = _text(getattr(resource, names[0])) if names else None
        if progress is not None:
            progress(resource, status)
        remaining = _remaining(deadline)
        if remaining <= 0:
            state = f" and {status}" if status else ""
            raise errors.WaitTimeout(
                f"{_named(resource)} is still there{state} after {timeout:g} s", last=status
            )
        yield Pause(min(interval, remaining))
        interval = min(interval * 1.5, max_interval)


def _remaining(deadline: float | None) -> float:
    return math.inf if deadline is None else deadline - time.monotonic()


def _check_polling(
    operation: str, timeout: object, interval: object, max_interval: object, progress: object
) -> None:
    """Raises TypeError or ValueError for what is no way to wait."""
    seconds = {"timeout": timeout, "interval": interval, "max_interval": max_interval}
    for name, value in seconds.items():
        if name == "timeout" and value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise TypeError(f"{operation}(): {name}= is in seconds, not {described(value)}")
        if not value >= 0 or (value == 0 and name != "timeout"):
            raise ValueError(f"{operation}(): {name}= is a positive number of seconds, not {value}")
    if not (progress is None or callable(progress)):
        raise TypeError(
            f"{operation}(): progress= is called with the resource and its status, and cannot be"
            f" {described(progress)}"
        )


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
