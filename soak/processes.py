"""Children of a process that has a connection: forked, which share it, and spawned."""

from __future__ import annotations

import multiprocessing
import threading
import time
from typing import TYPE_CHECKING

from soak.scenario import Stage, drive, tell_where
from soak.shared import connect
from soak.work import WHOLE_ROUND, Tally, rounds

if TYPE_CHECKING:
    from multiprocessing.connection import Connection as Pipe

    from rhev import Connection
    from soak.engine import Remote
    from soak.report import Plan

CHILDREN, AT_WORK = 4, 2
PATIENCE = 60.0
LIVES = 1.0
"""Seconds for which a child works."""


def forked(stage: Stage) -> None:
    """Children forked from a process with an open connection, in which threads are at work."""
    with stage.watched(), connect(stage.remote) as conn:
        _warm(conn, stage)
        tallies = [Tally() for _ in range(AT_WORK)]
        threads = [
            threading.Thread(
                target=drive,
                args=(conn, rounds(f"parent-{which}", stage.remote, tally), tally, stage),
            )
            for which, tally in enumerate(tallies)
        ]
        with stage.weighed():
            for thread in threads:
                thread.start()
            _children(stage, "fork", conn)
            for thread in threads:
                thread.join()
    for tally in tallies:
        stage.tally.add(tally)


def spawned(stage: Stage) -> None:
    """Children that were spawned, each with a connection of its own."""
    with stage.watched(), connect(stage.remote) as conn:
        conn.ping()
        with stage.weighed():
            _children(stage, "spawn", None)
        conn.ping()
    stage.tally.operations += 2


def _warm(conn: Connection, stage: Stage) -> None:
    """Does all once."""
    work = rounds("warm", stage.remote, stage.tally)
    answer = None
    for _ in range(WHOLE_ROUND):
        answer = work.send(answer)(conn)
    stage.tally.operations += WHOLE_ROUND


def _children(stage: Stage, method: str, conn: Connection | None) -> None:
    """One generation of children after the other, until the time is over."""
    context = multiprocessing.get_context(method)
    generation = 0
    while not stage.is_over():
        started = []
        for which in range(stage.plan.number(CHILDREN)):
            ours, theirs = context.Pipe(duplex=False)
            who = f"{method}-{generation}-{which}"
            # mypy knows no Process of a context whose method is a variable.
            child = context.Process(  # type: ignore[attr-defined]
                target=_child, args=(who, stage.remote, stage.plan, conn, theirs)
            )
            child.start()
            theirs.close()
            started.append((child, ours))
        for child, ours in started:
            try:
                if not ours.poll(PATIENCE):
                    raise TimeoutError("a child hangs")
                tally, held = ours.recv()
                stage.tally.add(tally)
                stage.held += held
            except (EOFError, TimeoutError) as error:
                stage.tally.failed(error)
            child.join(PATIENCE)
            child.kill()
            child.join()
            ours.close()
            child.close()
        generation += 1


def _child(who: str, remote: Remote, plan: Plan, conn: Connection | None, pipe: Pipe) -> None:
    tell_where(PATIENCE - 5)
    stage = Stage(remote, plan, time.monotonic() + min(LIVES, plan.seconds / 4))
    with stage.watched(), conn or connect(remote) as conn:
        drive(conn, rounds(who, remote, stage.tally), stage.tally, stage)
    pipe.send((stage.tally, stage.held))
