"""Carries out what a command does to one resource or to many: at the same time, within bounds.

What is sent is sent by threads, so that a Ctrl-C is heard at any time. Nothing more is begun then,
answers that are still to come are waited for, and people are told what is known of each. A second
Ctrl-C waits for no answer any more.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import click

from rhev import errors
from rhev.cli import exits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rhev.cli.session import Session

_TICK: Final = 0.2
# How long what is under way is waited for after a Ctrl-C, and how long what came of a change is
# looked for of which no answer came.
_GRACE: Final = 30.0
# How many failures are written out; what is more is counted.
_TOLD: Final = 20

State: TypeAlias = Literal["left", "sent", "waiting", "done", "failed", "unknown"]
"""What became of an item. ``waiting`` is what was answered, and whose status is waited for."""

_UNKNOWN: Final = "was under way: whether it was done is not known"


class _Stop(Exception):
    """A wait is given up, since the person at the terminal has had enough of it."""


@dataclass(slots=True)
class Item:
    """One resource that something is done to, and what became of that.

    ``what`` is what people call it, as in ``vm web-01``. ``said`` is what is told of it, and
    ``status`` what it was last seen to be.
    """

    what: str
    subject: Any
    state: State = "left"
    said: str = ""
    status: str | None = None
    error: BaseException | None = None


@dataclass
class Run:
    """What is under way. A job is given it with its item."""

    items: Sequence[Item]
    stopping: Event = field(default_factory=Event)
    left: deque[Item] = field(init=False)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.left = deque(self.items)

    def begin(self) -> Item | None:
        """The next item, which is then under way, or None where nothing more is to begin."""
        with self._lock:
            if not self.left:
                return None
            item = self.left.popleft()
            item.state = "sent"
            return item

    def stop(self) -> None:
        """Lets nothing more begin, and ends the waits."""
        with self._lock:
            self.left.clear()
        self.stopping.set()

    def looked(self, item: Item, said: str = "") -> Callable[[object, str | None], None]:
        """The ``progress`` of a wait for an item, which ends the wait where people want no more.

        ``said`` is what has been done to it before.
        """
        item.state, item.said = "waiting", said

        def progress(_: object, status: str | None) -> None:
            item.status = status
            if self.stopping.is_set():
                raise _Stop

        return progress

    def count(self, *states: State) -> int:
        """How many items are in any of some states."""
        return sum(item.state in states for item in self.items)


Job: TypeAlias = "Callable[[Item, Run], str]"


def run(
    session: Session,
    verb: str,
    items: Sequence[Item],
    job: Job,
    *,
    parallel: int = 1,
    resources: bool = False,
) -> None:
    """Does ``job`` to each item, ``parallel`` at a time, and writes what became of them in order.

    A job returns what is to be said of its item. Programs are given records of what became of each,
    or the ``resources`` that there are now of those that were done. Ends the command with the exit
    code of what failed; with that for several, if there were several; and with 130 if it was
    interrupted.
    """
    session.connection()  # which is shared, and may have to ask for a password
    going = Run(items)
    ended: SimpleQueue[None] = SimpleQueue()
    workers = [
        # Where an answer never comes, the process does not wait for it at its end.
        Thread(target=_work, args=(session, going, job, ended), daemon=True)
        for _ in range(min(parallel, len(items)))
    ]
    interrupted = False
    try:
        for worker in workers:
            worker.start()
        for line in _until_ended(going, ended, len(workers), verb):
            session.progress(line)
    except KeyboardInterrupt:
        interrupted = True
        going.stop()
        session.new_line()
        with suppress(KeyboardInterrupt):
            _wait_for_answers(session, going)
    session.progress("")
    if resources and not session.out.is_for_people:
        _write_resources(session, [item.subject for item in items if item.state == "done"])
    else:
        _write(session, items)
    for item in items:
        if item.error is not None and exits.code_of(item.error) is None:
            raise item.error
    _tell(session, verb, items, interrupted=interrupted)


def _until_ended(going: Run, ended: SimpleQueue[None], workers: int, verb: str) -> Iterator[str]:
    """What is to be shown meanwhile."""
    started = time.monotonic()
    while workers:
        yield _line(verb, going, time.monotonic() - started)
        with suppress(Empty):
            ended.get(timeout=_TICK)
            workers -= 1


def _work(session: Session, going: Run, job: Job, ended: SimpleQueue[None]) -> None:
    while (item := going.begin()) is not None:
        try:
            item.said = job(item, going)
            item.state = "done"
        except _Stop:
            pass  # it is waiting still
        except errors.OutcomeUnknown as error:
            _look_for(session, item, error)
        except BaseException as error:  # a defect of rhev is told in its place
            item.error, item.state = error, "failed"
    ended.put(None)


def _look_for(session: Session, item: Item, error: errors.OutcomeUnknown) -> None:
    """Finds out what came of a change of which no answer came, which repeats nothing."""
    item.error, item.state = error, "unknown"
    with suppress(errors.Error):
        outcome = session.connection().find_outcome(error, timeout=_GRACE)
        if outcome.state == "done":
            item.said = "done, though no answer came"
            item.error, item.state = None, "done"
            item.subject = outcome.resource or item.subject
        elif outcome.state != "unknown":
            item.state = "failed"
            why = f": {outcome.detail}" if outcome.detail else ""
            item.error = exits.CommandError(f"{outcome.state}{why} (no answer came)")


def _wait_for_answers(session: Session, going: Run) -> None:
    sent = going.count("sent")
    if not sent:
        return
    answers = "an answer" if sent == 1 else f"{sent} answers"
    session.say(f"interrupted: waiting for {answers}; Ctrl-C again ends at once")
    until = time.monotonic() + _GRACE
    while going.count("sent") and time.monotonic() < until:
        time.sleep(_TICK / 4)


def _line(verb: str, going: Run, seconds: float) -> str:
    if len(going.items) == 1:
        item = going.items[0]
        status = f": {item.status}" if item.status else ""
        return f"{verb} {item.what}{status}, {seconds:.0f} s"
    ended = going.count("done", "failed", "unknown")
    bad = going.count("failed", "unknown")
    failed = f", {bad} failed" if bad else ""
    return f"{verb}: {ended} of {len(going.items)}{failed}, {seconds:.0f} s"


def _tell(session: Session, verb: str, items: Sequence[Item], *, interrupted: bool) -> None:
    if interrupted:
        told = [f"  {item.what}: {_of_interrupted(item)}" for item in items]
        session.say("\n".join([f"interrupted: {verb}", *told]), kind="error")
        raise click.exceptions.Exit(exits.INTERRUPTED)
    bad = [item for item in items if item.error is not None]
    if not bad:
        return
    if len(items) == 1 and bad[0].error is not None:
        raise bad[0].error
    lines = [f"{verb}: {len(bad)} of {len(items)} failed"]
    lines += [f"  {item.what}: {_of_failed(item)}" for item in bad[:_TOLD]]
    if len(bad) > _TOLD:
        lines.append(f"  and {len(bad) - _TOLD} more: with -o json all are told")
    raise exits.CommandError("\n".join(lines), exits.PARTLY)


def _write(session: Session, items: Sequence[Item]) -> None:
    """Writes what was done: lines for people, records for programs."""
    if session.out.is_for_people:
        for item in items:
            if item.state == "done":
                session.out.text(f"{item.what}: {item.said}")
        return
    records = [
        {
            "name": item.what,
            "outcome": {"left": "not sent", "sent": "unknown"}.get(item.state, item.state),
            "message": _of_failed(item) if item.error else item.said,
        }
        for item in items
    ]
    session.out.records(("name", "outcome", "message"), records)


def _write_resources(session: Session, resources: Sequence[Any]) -> None:
    if len(resources) == 1:
        session.out.resource(resources[0])
    elif resources:
        session.out.resources(type(resources[0]), resources)


def _of_failed(item: Item) -> str:
    return exits.message_of(item.error) if item.error is not None else ""


def _of_interrupted(item: Item) -> str:
    match item.state:
        case "left":
            return "not sent"
        case "sent":
            return _UNKNOWN
        case "waiting":
            status = f": {item.status} when last looked at" if item.status else ""
            before = f"{item.said}, and " if item.said else ""
            return f"{before}not waited for any longer{status}"
        case "done":
            return item.said
        case _:
            return f"{item.state}: {_of_failed(item)}"
