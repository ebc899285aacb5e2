"""Waiting for a status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rhev import WaitFailed, WaitTimeout, schema
from rhev.operations import Pause, Wire
from rhev.operations.steps import pauses
from rhev.operations.waiting import wait_for_status
from rhev.transport import Request
from tests.operations.scripted import PATH, URL, Scripted, answer, connected

if TYPE_CHECKING:
    from collections.abc import Iterator

COLLECTIONS: dict[type[schema.BaseResource], str] = {
    schema.VM: "vms",
    schema.Disk: "disks",
    schema.Host: "hosts",
    schema.ImageTransfer: "imagetransfers",
    schema.Snapshot: "vms/1/snapshots",
}
ATTRIBUTES: dict[type[schema.BaseResource], str] = {
    schema.ImageTransfer: "phase",
    schema.Snapshot: "snapshot_status",
}


class Waited:
    """What became of a wait: the resource or the error, the statuses seen, the pauses made."""

    def __init__(
        self, cls: type[schema.BaseResource], seen: Iterator[str], *wanted: str, **limits: Any
    ) -> None:
        self.pauses: list[float] = []
        self.progress: list[str | None] = []
        self.error: Exception | None = None
        attribute = ATTRIBUTES.get(cls, "status")
        href = f"{PATH}/{COLLECTIONS[cls]}/1"
        options: dict[str, Any] = {"timeout": 600, "interval": 1, "max_interval": 10, **limits}
        steps = wait_for_status(
            Wire(URL),
            cls(href=href),
            wanted,
            progress=lambda _, status: self.progress.append(status),
            **options,
        )
        reply = None
        try:
            while True:
                asked = steps.send(reply)
                reply = None
                if isinstance(asked, Pause):
                    self.pauses.append(asked.seconds)
                else:
                    assert isinstance(asked, Request)
                    reply = answer({"id": "1", "href": href, "name": "x", attribute: next(seen)})
        except StopIteration as stop:
            self.resource = stop.value
        except (WaitFailed, WaitTimeout) as error:
            self.error = error


@pytest.mark.parametrize(
    ("cls", "seen", "wanted"),
    [
        (schema.VM, ["up"], ["up"]),
        (schema.VM, ["down", "wait_for_launch", "powering_up", "up"], ["UP"]),
        (schema.VM, ["image_locked", "down"], ["down"]),
        (schema.VM, ["up", "up", "powering_down", "down"], ["down", "suspended"]),
        (schema.VM, ["up", "brand_new_status", "migrating", "up"], ["migrating"]),
        (schema.Disk, ["locked", "ok"], ["ok"]),
        (schema.Host, ["maintenance", "unassigned", "connecting", "up"], ["up"]),
        (schema.ImageTransfer, ["initializing", "transferring"], ["transferring"]),
        (schema.Snapshot, ["locked", "ok"], ["ok"]),
    ],
)
def test_it_ends_with_a_status_that_is_wanted(
    cls: type[schema.BaseResource], seen: list[str], wanted: list[str]
) -> None:
    waited = Waited(cls, iter(seen), *wanted)
    assert waited.error is None
    last = [name.lower() for name in wanted].index(str(waited.progress[-1]))
    assert last >= 0
    assert waited.progress == list(seen[: len(waited.progress)])
    assert len(waited.pauses) == len(waited.progress) - 1


@pytest.mark.parametrize(
    ("cls", "seen", "wanted"),
    [
        (schema.VM, ["down", "wait_for_launch", "down"], "up"),
        (schema.VM, ["image_locked", "down"], "up"),
        (schema.VM, ["up", "powering_down", "up"], "down"),
        (schema.VM, ["down", "wait_for_launch", "paused"], "up"),
        (schema.Disk, ["locked", "illegal"], "ok"),
        (schema.Disk, ["illegal"], "ok"),
        (schema.Host, ["installing", "install_failed"], "up"),
        (schema.Host, ["unassigned", "non_operational"], "up"),
        (schema.ImageTransfer, ["finished_failure"], "transferring"),
    ],
)
def test_it_fails_at_once_where_there_is_nothing_to_wait_for(
    cls: type[schema.BaseResource], seen: list[str], wanted: str
) -> None:
    waited = Waited(cls, iter(seen), wanted)
    assert isinstance(waited.error, WaitFailed)
    assert waited.error.last == seen[-1]
    assert waited.progress == seen
    assert f"{cls.__name__} x is {seen[-1]}" in str(waited.error)


def test_the_pauses_grow_to_a_maximum() -> None:
    seen = ["down"] * 15 + ["up"]
    waited = Waited(schema.VM, iter(seen), "up", interval=1, max_interval=3)
    assert waited.pauses[:6] == [1, 1, 1, 1, 1, 1.25]
    assert waited.pauses == sorted(waited.pauses)
    assert waited.pauses[-1] == 3


@pytest.mark.parametrize("needed", [1, 8, 20, 39, 60, 300])
def test_an_end_is_noticed_soon(needed: int) -> None:
    """No later than a quarter of the time that it took, nor than 10 seconds."""
    end = 0.0
    for pause in pauses(1, 10):
        end += pause
        if end >= needed:
            break
    assert end - needed <= min(max(1, needed / 4), 10)


def test_a_wait_that_is_too_long_says_what_it_saw_last() -> None:
    waited = Waited(schema.VM, iter(["image_locked"] * 9), "down", timeout=0)
    assert isinstance(waited.error, WaitTimeout)
    assert isinstance(waited.error, TimeoutError)
    assert waited.error.last == "image_locked"
    assert waited.pauses == []
    assert "VM x is still image_locked, and not down, after 0 s" in str(waited.error)


def test_a_pause_is_no_longer_than_what_is_left() -> None:
    waited = Waited(schema.VM, iter(["down", "up"]), "up", timeout=5, interval=100)
    assert len(waited.pauses) == 1
    assert 0 < waited.pauses[0] <= 5


def test_a_status_that_there_is_not_is_refused_before_anything_is_sent() -> None:
    script = Scripted()
    vm = schema.VM(href=f"{PATH}/vms/1")
    with pytest.raises(ValueError, match="a VM is never 'upp'; it may be: down"):
        connected(script).wait_for_status(vm, "upp")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="positive number of seconds"):
        connected(script).wait_for_status(vm, "up", interval=0)
    with pytest.raises(ValueError, match="at least one"):
        connected(script).wait_for_status(vm)
    with pytest.raises(TypeError, match="a Tag has no status"):
        connected(script).wait_for_status(schema.Tag(href=f"{PATH}/tags/1"), "up")
    assert script.requests == []
