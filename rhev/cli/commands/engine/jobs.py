"""``rhev jobs``: what the engine is doing, and has just done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rhev.cli.session import Session
    from rhev.models.activity import Job, Step


@click.command("jobs")
@click.option("--running", is_flag=True, help="Only those that have not ended.")
@click.option("--steps", is_flag=True, help="With the steps that each consists of.")
@click.pass_obj
def jobs(session: Session, running: bool, steps: bool) -> None:
    """Show what the engine is doing, and what it has just done; the newest last."""
    from rhev.schema import Job

    parameters: dict[str, Any] = {"follow": "steps"} if steps else {}
    listed = session.connection().getall(Job, **parameters)
    found = [job for job in listed if not running or job.status == "started"]
    found.sort(key=lambda job: (job.start_time is not None, job.start_time))
    if steps and session.out.is_for_people:
        for job in found:
            session.out.text(f"{job.status}  {job.description}")
            for line in _tree(job):
                session.out.text(line)
        return
    session.out.resources(Job, found)


def _tree(job: Job) -> Iterator[str]:
    """The steps of a job, each below the one that it is a part of."""
    below: dict[str | None, list[Step]] = {}
    for step in sorted(job.steps or (), key=lambda step: step.number or 0):
        parent = step.parent_step.id if step.parent_step else None
        below.setdefault(parent, []).append(step)

    def lines(steps: Iterable[Step], indent: str) -> Iterator[str]:
        for step in steps:
            share = f" {step.progress}%" if step.progress is not None else ""
            yield f"{indent}{step.status}{share}  {step.description}"
            yield from lines(below.get(step.id, ()), indent + "  ")

    return lines(below.get(None, ()), "  ")
