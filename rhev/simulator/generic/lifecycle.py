"""The states that resources go through, as data: what an action leads to, by way of what.

A course is a row of a table: the states from which it may be set out on, the states on the way
with the seconds that each of them lasts, and where it ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rhev.simulator.documents.presented import RUNNING
from rhev.simulator.generic.checks import noun
from rhev.simulator.state.estate import Estate
from rhev.simulator.state.refusals import conflict
from rhev.simulator.state.store import Record
from rhev.simulator.state.values import held, put


@dataclass(frozen=True, slots=True)
class Course:
    """One way through the states of a resource.

    ``action`` sets it going where the state is one of ``sources``, and, for the variant of an
    action that has several, ``variant`` is asked for. ``by`` are the states on the way with their
    seconds; without ``to`` it ends where it began.
    """

    action: str
    sources: frozenset[str]
    by: tuple[tuple[str, float], ...]
    to: str | None = None
    variant: str = ""


# The attribute that holds the state, where it is not "status".
ATTRIBUTES: Mapping[str, str] = {
    "Snapshot": "snapshot_status",
    "ImageTransfer": "phase",
    "Backup": "phase",
}

# States in which nothing else can be done with a resource.
LOCKED = frozenset({"locked", "image_locked"})
LATER = "Please try again in a few minutes."

_ON = RUNNING - {"saving_state"}
_TRANSFERRING = frozenset(
    {"initializing", "transferring", "resuming", "paused_user", "paused_system"}
)
_OFF_DUTY = frozenset(
    {"maintenance", "down", "non_operational", "install_failed", "error", "reboot"}
)

_SILENT = frozenset({"connecting", "non_responsive"})
_ANY = _OFF_DUTY | _SILENT | {"up", "unassigned", "initializing"}


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


# The seconds are those of a real engine, as it was seen to take them.
COURSES: Mapping[str, tuple[Course, ...]] = {
    "Vm": (
        Course("start", _from("down"), (("wait_for_launch", 0.9), ("powering_up", 1.1)), "up"),
        Course("start", _from("down"), (("wait_for_launch", 0.9),), "paused", variant="pause"),
        Course("start", _from("suspended"), (("wait_for_launch", 2),), "up"),
        Course("start", _from("paused"), (("powering_up", 1),), "up"),
        Course("stop", _ON | _from("suspended", "saving_state"), (("powering_down", 8.5),), "down"),
        Course("shutdown", _from("up", "powering_up"), (("powering_down", 1.8),), "down"),
        Course("suspend", _from("up"), (("saving_state", 3),), "suspended"),
        Course("reboot", _from("up", "powering_up"), (("reboot_in_progress", 2),), "up"),
        Course("reset", _ON - {"powering_down"}, (("reboot_in_progress", 1),), "up"),
        Course("migrate", _from("up", "paused"), (("migrating", 3),)),
        Course("cancel_migration", _from("migrating"), (), "up"),
        Course("add", _from("image_locked"), (("image_locked", 2),), "down"),
        Course("copy", _from("image_locked"), (("image_locked", 14),), "down"),
        Course("pool", _from("image_locked"), (("image_locked", 8.5),), "down"),
        Course("preview", _from("down"), (("image_locked", 2),), "down"),
        Course("commit", _from("down"), (("image_locked", 9.3),), "down"),
        Course("restore", _from("down"), (("image_locked", 6.5),), "down"),
        Course("template", _from("down"), (("image_locked", 4),), "down"),
    ),
    "Host": (
        Course("add", _from("unassigned"), (("unassigned", 1), ("installing", 1.3)), "up"),
        Course("approve", _from("pending_approval"), (("installing", 2.5),), "up"),
        Course(
            "deactivate",
            _ANY - {"maintenance"},
            (("preparing_for_maintenance", 1.5),),
            "maintenance",
        ),
        Course(
            "activate",
            _OFF_DUTY | _SILENT | _from("preparing_for_maintenance"),
            (("unassigned", 0.5), ("initializing", 0.5)),
            "up",
        ),
        Course("install", _OFF_DUTY, (("installing", 2),), "maintenance"),
        Course("upgrade", _OFF_DUTY | _from("up"), (("installing", 2), ("reboot", 1)), "up"),
        Course("fence", _ANY, (("reboot", 2), ("initializing", 1)), "up", variant="restart"),
        Course("fence", _ANY, (("reboot", 1), ("initializing", 1)), "up", variant="start"),
        Course("fence", _ANY, (), "down", variant="stop"),
        Course("fence", _ANY, (), "down", variant="manual"),
    ),
    "StorageDomain": (
        Course("activate", _from("maintenance", "inactive", "locked"), (), "active"),
        Course(
            "deactivate",
            _from("active"),
            (("locked", 9), ("preparing_for_maintenance", 5)),
            "maintenance",
        ),
    ),
    "Disk": (
        Course("add", _from("locked"), (("locked", 4),), "ok"),
        Course("update", _from("ok"), (("locked", 1.5),), "ok"),
        Course("extend", _from("ok"), (("locked", 8.5),), "ok"),
        Course("move", _from("ok"), (("locked", 22),), "ok"),
        Course("copy", _from("locked"), (("locked", 22),), "ok"),
        Course("lock", _from("ok"), (("locked", 2),), "ok"),
    ),
    "Template": (
        Course("add", _from("locked"), (("locked", 4),), "ok"),
        Course("export", _from("ok"), (("locked", 4),), "ok"),
        Course("remove", _from("ok"), (("locked", 5.5),), "ok"),
    ),
    "Snapshot": (
        Course("add", _from("locked"), (("locked", 11),), "ok"),
        Course("remove", _from("ok"), (("locked", 24),), "ok"),
        Course("preview", _from("ok"), (("ok", 2),), "in_preview"),
    ),
    "ImageTransfer": (
        Course("add", _from("initializing"), (("initializing", 1),), "transferring"),
        Course("pause", _from("transferring"), (), "paused_user"),
        Course("pause", _from("transferring"), (), "paused_system", variant="system"),
        Course("resume", _from("paused_user", "paused_system"), (("resuming", 1),), "transferring"),
        Course("cancel", _TRANSFERRING, (("cancelled_user", 1),), "finished_failure"),
        Course(
            "cancel",
            _TRANSFERRING,
            (("cancelled_system", 1),),
            "finished_failure",
            variant="system",
        ),
        Course("finalize", _TRANSFERRING, (("finalizing_success", 1),), "finished_success"),
        Course("extend", _TRANSFERRING, ()),
    ),
    "Backup": (
        Course("add", _from("starting"), (("starting", 6),), "ready"),
        Course("finalize", _from("ready", "starting"), (("finalizing", 10),), "succeeded"),
    ),
    "GlusterVolume": (
        Course("start", _from("down"), (), "up"),
        Course("stop", _from("up"), (), "down"),
    ),
}
# How long what a resource is busy with lasts, in seconds: once, and for each of its disks.
WORKS: Mapping[str, tuple[float, float]] = {
    "clone": (0, 29.4),
    "commit": (0, 9.3),
    "pool": (8.5, 0),
    "pool_without_disks": (1, 0),
    "stateless": (17, 0),
    "undo": (6.5, 0),
    "undo_without_disks": (0.3, 0),
}

# What is done when a state is reached, by the type and the state.
Arrival = Callable[[Estate, Record], None]
ARRIVALS: dict[tuple[str, str], Arrival] = {}

_VERBS = {"start": "run", "cancel_migration": "cancel the migration of"}


def arriving(api_type: str, *states: str) -> Callable[[Arrival], Arrival]:
    """Has a function called when a resource of the type reaches one of the states."""

    def register(function: Arrival) -> Arrival:
        ARRIVALS.update({(api_type, state): function for state in states})
        return function

    return register


def state_of(record: Record) -> str:
    """The state of a resource, as a text."""
    return str(held(record.model, ATTRIBUTES.get(record.type, "status")) or "")


def possible(record: Record, action: str, variant: str = "") -> Course | None:
    """The course that an action sets going in the present state; None if the table has none.

    Raises Refusal with 409 where the table has the action, but not from this state.
    """
    rows = [c for c in COURSES.get(record.type, ()) if c.action == action]
    if not rows:
        return None
    state = state_of(record)
    fitting = [course for course in rows if state in course.sources]
    if not fitting:
        raise conflict(refusal(record, action, state))
    return next((c for c in fitting if c.variant == variant), fitting[0])


def refusal(record: Record, action: str, state: str) -> str:
    """What the engine says to an action that the state of a resource does not allow."""
    what = noun(record.type)
    if record.type == "Vm" and action == "start" and state in RUNNING:
        said = "running"
    elif record.type == "Vm" and action == "suspend":
        said = "not up"
    elif record.type == "Vm" and state == "down":
        said = "not running"
    else:
        said = f"in the state {state.replace('_', ' ')}"
    verb = _VERBS.get(action, action.replace("_", " "))
    return f"Cannot {verb} {what}. {what} is {said}."


def set_out(
    estate: Estate,
    record: Record,
    course: Course,
    then: Callable[[], None] | None = None,
    times: float = 1,
) -> None:
    """Sets a resource going: the first state holds at once, the others when their time has come.

    ``then`` is done on arrival. Whatever the resource was on its way to before is given up. All
    lasts so many ``times`` as long as the table says.
    """
    end = course.to or state_of(record)
    record.course += 1
    number = record.course
    stages = [*((state, seconds * times) for state, seconds in course.by), (end, 0.0)]
    record.until = estate.timeline.time_of(sum(seconds for _, seconds in stages))

    def enter(index: int) -> None:
        if record.course != number:
            return
        state, seconds = stages[index]
        put(record.model, **{ATTRIBUTES.get(record.type, "status"): state})
        if index + 1 < len(stages):
            estate.timeline.after(seconds, lambda: enter(index + 1))
        elif then is not None:
            then()
        if arrival := ARRIVALS.get((record.type, state)):
            arrival(estate, record)

    enter(0)


def run(
    estate: Estate,
    record: Record,
    action: str,
    *,
    variant: str = "",
    then: Callable[[], None] | None = None,
    times: float = 1,
) -> bool:
    """Does what the table has for an action; False if it has nothing."""
    course = possible(record, action, variant)
    if course is None:
        return False
    set_out(estate, record, course, then, times)
    return True


def occupy(
    estate: Estate,
    record: Record,
    work: str,
    saying: str,
    *,
    disks: int = 1,
    then: Callable[[], None] | None = None,
) -> None:
    """Has a resource busy for as long as the table says, whatever its state is.

    ``saying`` is what is said to those who want something else of it meanwhile.
    """
    once, each = WORKS[work]
    seconds = once + each * disks
    record.busy = saying
    record.until = end = estate.timeline.time_of(seconds)

    def done() -> None:
        if record.until == end:
            record.busy = ""
        if then is not None:
            then()

    estate.timeline.after(seconds, done)


def check_idle(record: Record, verb: str) -> None:
    """Raises Refusal with 409 while a resource is busy or being made or changed."""
    what = noun(record.type)
    if record.busy:
        raise conflict(f"Cannot {verb} {what}. {record.busy}")
    if state_of(record) in LOCKED:
        raise conflict(f"Cannot {verb} {what}: {what} {record.name} is locked. {LATER}")
