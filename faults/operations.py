"""The operations, and what is true of each when it says that it has done its work.

An operation is written once: a generator that yields what the connection gives it, which is a
value, or for an ``AsyncConnection`` something to await.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from faults.witness import Witness, like, new_disk
from rhev import Connection, schema

Calls: TypeAlias = Generator[Any, Any, object]

TIMEOUT = 1.5
READ_TIMEOUT = 0.5
WAIT = 1.2
LOG_OUT = 2.0


@dataclass
class Stage:
    """What an operation is about.

    ``truth`` is a connection to the engine that nothing comes between; ``vm`` is the machine as
    the connection under test has read it before anything went wrong.
    """

    engine: Witness
    truth: Connection = field(init=False)
    vm: schema.VM = field(init=False)

    def __post_init__(self) -> None:
        self.truth = self.engine.connect()
        self.id = self.real("web-03").id or ""
        self.domain = self.truth.get(schema.StorageDomain, name="data").id

    def real(self, name: str) -> schema.VM:
        """A machine as it really is."""
        return self.truth.get(schema.VM, name=name)

    def new_disk(self, name: str = "new") -> schema.Disk:
        """A disk that there is not yet."""
        return new_disk(name, self.domain)

    def expire(self) -> None:
        """Makes the tokens of the connection under test worthless."""
        self.engine.sessions.expire()
        self.truth = self.engine.connect()

    def disks(self, name: str) -> list[str | None]:
        """The ids of the disks of a name: it may be that of several."""
        return [disk.id for disk in self.truth.getall(schema.Disk, name=name)]


def prepare(c: Any, stage: Stage) -> Calls:
    """Logs in, and reads another machine and then the one that it is all about."""
    yield c.get(schema.VM, name="web-01")
    stage.vm = yield c.get(schema.VM, stage.id)
    return None


def _is(expected: Callable[[Stage], object]) -> Callable[[object, Stage], str]:
    """What is true of a read: that it gives what the engine has."""

    def told(value: object, stage: Stage) -> str:
        real = expected(stage)
        return "" if value == real else f"returned {value!r}, where there is {real!r}"

    return told


@dataclass(frozen=True)
class Operation:
    """An operation.

    ``lie`` says what is wrong with a value that it returned, given what the engine has; nothing
    if it is true. ``change`` describes the one request by which it changes something, ``done``
    whether the engine has done so. ``absent`` says that the resource is not there, so that
    :class:`rhev.NotFound` would be right. ``limit`` is in seconds. ``repeatable`` says that a lost
    first answer is got over.
    """

    name: str
    run: Callable[[Any, Stage], Calls]
    lie: Callable[[object, Stage], str]
    change: str = ""
    done: Callable[[Stage], bool] = lambda stage: False
    absent: bool = False
    limit: float = TIMEOUT
    repeatable: bool = True
    before: Callable[[Stage], object] | None = None
    prepared: bool = True


def _get_id(c: Any, stage: Stage) -> Calls:
    return (yield c.get(schema.VM, stage.id))


def _get_name(c: Any, stage: Stage) -> Calls:
    return (yield c.get(schema.VM, name="web-03"))


def _ensure(name: str) -> Callable[[Any, Stage], Calls]:
    def run(c: Any, stage: Stage) -> Calls:
        found = yield c.get(schema.Disk, name=name, default=None)
        if found is None:
            found = yield c.create(stage.new_disk(name))
        return found

    return run


def _is_one_disk(name: str) -> Callable[[object, Stage], str]:
    def lie(value: object, stage: Stage) -> str:
        there, told = stage.disks(name), getattr(value, "id", value)
        return "" if there == [told] else f"returned the disk {told}, where there are {there}"

    return lie


def _has_disk(name: str, already: int = 0) -> Callable[[Stage], bool]:
    return lambda stage: len(stage.disks(name)) > already


def _getall(c: Any, stage: Stage) -> Calls:
    found = yield c.getall(schema.VM)
    return list(found)


def _iterate(c: Any, stage: Stage) -> Calls:
    return (yield c.iterate(schema.VM, max=2))


def _links(c: Any, stage: Stage) -> Calls:
    found = yield c.getall(schema.NIC, base=stage.vm)
    return list(found)


def _follow(c: Any, stage: Stage) -> Calls:
    return (yield c.get(schema.VM, stage.id, follow="nics"))


def _create(c: Any, stage: Stage) -> Calls:
    return (yield c.create(stage.new_disk()))


def _update(c: Any, stage: Stage) -> Calls:
    stage.vm.description = "ours"
    return (yield c.update(stage.vm))


def _is_updated(value: object, stage: Stage) -> str:
    vm = cast("schema.VM", value)
    if not _was_put(stage):
        return "nothing was updated"
    is_ours = vm.id == stage.id and vm.description in ("ours", stage.real("web-03").description)
    return "" if is_ours else f"returned {vm!r}, described as {vm.description!r}"


def _was_put(stage: Stage) -> bool:
    return any(like("PUT .*", seen) and seen.status < 400 for seen in stage.engine.seen)


def _someone_else(stage: Stage) -> None:
    """Another administrator changes the same attribute, once ours is there."""

    def change() -> None:
        vm = stage.real("web-03")
        vm.description = "theirs"
        stage.truth.update(vm)

    stage.engine.meanwhile = change


def _delete(c: Any, stage: Stage) -> Calls:
    yield c.delete(stage.vm)
    return None


def _is_deleted(stage: Stage) -> bool:
    return stage.truth.get(schema.VM, stage.id, default=None) is None


def _if_deleted(value: object, stage: Stage) -> str:
    return "" if _is_deleted(stage) else "the machine is still there"


def _start(c: Any, stage: Stage) -> Calls:
    return (yield c.action(stage.vm, "start"))


def _is_started(stage: Stage) -> bool:
    return stage.real("web-03").status is not None and _status(stage) != "down"


def _status(stage: Stage) -> str:
    return str(stage.real("web-03").status)


def _reload(c: Any, stage: Stage) -> Calls:
    return (yield c.reload(stage.vm))


def _wait_status(c: Any, stage: Stage) -> Calls:
    return (yield c.wait_for_status(stage.vm, "up", timeout=WAIT, interval=0.05))


def _wait_deletion(c: Any, stage: Stage) -> Calls:
    yield c.wait_for_deletion(stage.vm, timeout=WAIT, interval=0.05)
    return None


def _delete_it(stage: Stage) -> None:
    stage.truth.delete(stage.real("web-03"))


def _request_get(c: Any, stage: Stage) -> Calls:
    return (yield c.request("GET", f"/vms/{stage.id}", schema.VM))


def _request_post(c: Any, stage: Stage) -> Calls:
    return (yield c.request("POST", "/disks", schema.Disk, body=stage.new_disk()))


def _login(c: Any, stage: Stage) -> Calls:
    yield c.ping()
    return None


def _is_logged_in(value: object, stage: Stage) -> str:
    return "" if any(seen.status == 200 for seen in stage.engine.seen) else "no one logged in"


def _close(c: Any, stage: Stage) -> Calls:
    yield c.close()
    return None


def _closes(value: object, stage: Stage) -> str:
    return ""  # whatever becomes of the log-out, the connection is closed


_THAT = _is(lambda stage: stage.real("web-03"))

OPERATIONS: tuple[Operation, ...] = (
    Operation("get-id", _get_id, _THAT),
    Operation("get-name", _get_name, _THAT),
    Operation("getall", _getall, _is(lambda stage: list(stage.truth.getall(schema.VM)))),
    Operation("iterate", _iterate, _is(lambda stage: list(stage.truth.getall(schema.VM)))),
    Operation(
        "links",
        _links,
        _is(lambda stage: list(stage.truth.getall(schema.NIC, base=stage.real("web-03")))),
    ),
    Operation(
        "follow", _follow, _is(lambda stage: stage.truth.get(schema.VM, stage.id, follow="nics"))
    ),
    Operation("reload", _reload, _THAT),
    Operation("request-get", _request_get, _THAT),
    Operation(
        "ensure-present", _ensure("spare"), _is_one_disk("spare"), done=_has_disk("spare", 1)
    ),
    Operation(
        "ensure-missing",
        _ensure("new"),
        _is_one_disk("new"),
        change="POST /disks",
        done=_has_disk("new"),
        absent=True,
        limit=2 * TIMEOUT,
    ),
    Operation(
        "create", _create, _is_one_disk("new"), "POST /disks", _has_disk("new"), repeatable=False
    ),
    Operation(
        "request-post",
        _request_post,
        _is_one_disk("new"),
        "POST /disks",
        _has_disk("new"),
        repeatable=False,
    ),
    Operation(
        "action",
        _start,
        lambda value, stage: "" if _is_started(stage) else "the machine was not started",
        "POST /vms/.*/start",
        _is_started,
        repeatable=False,
    ),
    Operation("update", _update, _is_updated, "PUT /vms/.*", _was_put),
    Operation(
        "update-raced",
        _update,
        _is_updated,
        "PUT /vms/.*",
        _was_put,
        before=_someone_else,
        repeatable=False,
    ),
    Operation("delete", _delete, _if_deleted, "DELETE /vms/.*", _is_deleted),
    Operation(
        "wait-status",
        _wait_status,
        lambda value, stage: "" if _status(stage) == "up" else f"it is {_status(stage)}",
        limit=WAIT,
        before=lambda stage: stage.truth.action(stage.real("web-03"), "start"),
    ),
    Operation("wait-deletion", _wait_deletion, _if_deleted, limit=WAIT, repeatable=False),
    Operation("wait-gone", _wait_deletion, _if_deleted, absent=True, limit=WAIT, before=_delete_it),
    Operation("login", _login, _is_logged_in, prepared=False),
    Operation("close", _close, _closes, limit=LOG_OUT),
)
