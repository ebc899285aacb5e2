"""Applying documents to an engine, and what that would change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from rhev import errors
from rhev.applying.documents import Wanted
from rhev.applying.looking import Looking
from rhev.applying.making import Change, Maker
from rhev.applying.order import Part, in_order, promised
from rhev.applying.references import Names
from rhev.applying.tasks import Tasking
from rhev.mapping.resources import BaseResource

if TYPE_CHECKING:
    from rhev.applying.comparing import Refusal
    from rhev.connection import Connection

Documents: TypeAlias = Iterable[Wanted | BaseResource]


@dataclass(frozen=True, slots=True)
class Plan:
    """What applying documents would change, in its order, and what stands against it.

    With nothing in ``changes`` the engine has all that the documents say. With anything in
    ``refusals`` nothing is applied.
    """

    changes: tuple[Change, ...]
    refusals: tuple[Refusal, ...]


class Refused(errors.Error):
    """Documents that cannot be applied: nothing was sent. ``refusals`` says what is wrong."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("; ".join(map(str, refusals)))
        self.refusals: tuple[Refusal, ...] = tuple(refusals)


class Stopped(errors.Error):
    """Applying that ended in the middle: ``done`` was done, ``left`` was not, at ``failed``.

    What went wrong is its cause. Applying the same again goes on from there.
    """

    def __init__(self, done: Sequence[Change], failed: Change, left: Sequence[Change]) -> None:
        super().__init__(
            f"stopped at: {failed.action} {failed.what}; done before: {len(done)};"
            f" not done: {len(left)}"
        )
        self.done: tuple[Change, ...] = tuple(done)
        self.failed = failed
        self.left: tuple[Change, ...] = tuple(left)


@dataclass(frozen=True, slots=True)
class Step:
    """What is under way: a change that begins, or what is waited for after it."""

    change: Change
    number: int
    of: int
    waits_for: str | None = None


Progress: TypeAlias = Callable[[Step], object]


def plan(connection: Connection, documents: Documents) -> Plan:
    """What applying documents would change. Nothing is sent that changes anything.

    Raises Cyclic and SaidTwice for documents that have no order, and what a read may raise.
    """
    wanted = _wanted(documents)
    return _planned(connection, in_order(wanted), wanted)[0]


def apply(
    connection: Connection,
    documents: Documents,
    *,
    progress: Progress | None = None,
    timeout: float = 600,
) -> tuple[Change, ...]:
    """Makes an engine have what documents say, and returns what was changed for it.

    What they do not mention is left as it is; nothing is deleted, started or stopped. What is
    there already is not sent. ``timeout`` bounds each wait for what an engine goes on doing, such
    as the making of a disk. Raises Refused before anything is sent, and Stopped afterwards.
    """
    wanted = _wanted(documents)
    parts = in_order(wanted)
    planned, changing = _planned(connection, parts, wanted)
    if planned.refusals:
        raise Refused(planned.refusals)
    if not planned.changes:
        return ()
    patient = connection.with_options(wait_locked=timeout)
    names = Names(patient, promised(wanted))
    tasking = Tasking(Maker(Looking(patient, names), timeout))
    done: list[Change] = []
    for part in parts:
        if id(part.document) not in changing:
            continue
        _carry_out(tasking, part, done, planned.changes, progress)
    return tuple(done)


def _carry_out(
    tasking: Tasking,
    part: Part,
    done: list[Change],
    planned: Sequence[Change],
    progress: Progress | None,
) -> None:
    tasks = tasking.of(part)
    result: BaseResource | None = None
    while True:
        try:
            task = tasks.send(result)
        except StopIteration:
            break
        change = task.change
        step = Step(change, len(done) + 1, max(len(planned), len(done) + 1))
        if progress is not None:
            progress(step)
        tasking.maker.waiting = _waiting(progress, step)
        try:
            result = task.perform()
        except errors.Error as error:
            raise Stopped(done, change, _left(planned, done, change)) from error
        tasking.maker.looking.names.forget()
        done.append(change)
    if tasking.maker.refusals:
        raise Refused(tasking.maker.refusals)


def _waiting(progress: Progress | None, step: Step) -> Callable[[str], None]:
    def waiting(what: str) -> None:
        if progress is not None:
            progress(Step(step.change, step.number, step.of, what))

    return waiting


def _left(planned: Sequence[Change], done: Sequence[Change], failed: Change) -> tuple[Change, ...]:
    """What was planned and has neither been done nor failed."""
    gone = {(change.action, change.what) for change in (*done, failed)}
    return tuple(change for change in planned if (change.action, change.what) not in gone)


def _planned(
    connection: Connection, parts: Sequence[Part], wanted: Sequence[Wanted]
) -> tuple[Plan, set[int]]:
    """The plan, and which documents it changes anything for."""
    names = Names(connection, promised(wanted))
    tasking = Tasking(Maker(Looking(connection, names), timeout=0))
    changes: list[Change] = []
    changing: set[int] = set()
    for part in parts:
        for task in tasking.of(part):
            changes.append(task.change)
            changing.add(id(part.document))
    return Plan(tuple(changes), tuple(tasking.maker.refusals)), changing


def _wanted(documents: Documents) -> list[Wanted]:
    return [each if isinstance(each, Wanted) else Wanted(each) for each in documents]
