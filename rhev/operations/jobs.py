"""Jobs: what an engine goes on doing after it has answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rhev import errors
from rhev.mapping.catalogue import model
from rhev.mapping.explain import described
from rhev.mapping.resources import Addressed, BaseResource
from rhev.models.engine import Action
from rhev.operations import locate
from rhev.operations.arguments import check_origin, check_polling
from rhev.operations.polling import Polling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rhev.models.activity import Job, Jobs
    from rhev.operations.steps import Steps
    from rhev.operations.wire import Wire

_RUNNING = "started"
_CORRELATION_ID = re.compile(r"[0-9A-Za-z_-]{1,36}")
_FAILED = frozenset({"failed", "aborted"})


def wait_for_job(
    wire: Wire,
    of: Job | Action | BaseResource | str,
    *,
    timeout: float | None = 600,
    interval: float = 1,
    max_interval: float = 10,
    progress: Callable[[Job, str | None], object] | None = None,
) -> Steps[Job | None]:
    """Waits until the jobs of an action, a change, or a correlation id have ended.

    Returns the last of them, or None where there was none: not everything is a job.
    """
    check_polling("wait_for_job", timeout, interval, max_interval, progress)
    if not isinstance(of, (str, Addressed)):
        raise TypeError(
            "wait_for_job() takes an action, a resource, a job or a correlation id (after a delete"
            f" that of the connection's last_exchange), not {described(of)}"
        )
    check_origin(wire, of)
    wait = Polling(wire, timeout, interval, max_interval)
    jobs: list[Job] = []
    while True:
        try:
            last = _status(jobs[-1]) if jobs else None
            seen = f"the job {jobs[-1].description!r} had {last}" if jobs else "no job was seen"
            jobs = yield from wait.read(_jobs(wire, of), last=last, seen=seen)
        except errors.NotFound:
            if not jobs:
                raise
            return jobs[-1]  # the engine forgets jobs that have ended
        if progress is not None and jobs:
            progress(jobs[-1], _status(jobs[-1]))
        failed = next((job for job in jobs if _status(job) in _FAILED), None)
        if failed is not None:
            raise errors.WaitFailed(
                f"the job {failed.description!r} has {_status(failed)}", last=_status(failed)
            )
        running = next((job for job in jobs if _status(job) == _RUNNING), None)
        if running is None:
            return jobs[-1] if jobs else None
        if wait.is_over:
            raise errors.WaitTimeout(
                f"the job {running.description!r} still runs after {timeout:g} s", last=_RUNNING
            )
        yield from wait.pause()


def is_busy(wire: Wire, resource: BaseResource) -> Steps[bool]:
    """Whether a job of a resource runs.

    An engine does not say what a job is about but in its description: a resource is taken to be
    busy with one that names it, or that came of the last change that was made through it here.
    """
    if resource._correlation_id is not None:
        jobs = yield from _jobs(wire, resource)
        if any(_status(job) == _RUNNING for job in jobs):
            return True
    names = [re.escape(name) for name in _names(resource)]
    if not names:
        return False
    named = re.compile(rf"(?<![\w-])(?:{'|'.join(names)})(?![\w-]|\.\w)")
    every = yield from _listed(wire)
    return any(
        _status(job) == _RUNNING and named.search(job.description or "") is not None
        for job in every
    )


def _names(resource: BaseResource) -> Iterator[str]:
    values = vars(resource)
    for attribute in ("name", "alias") if values.get("name") else ("alias", "description"):
        if values.get(attribute):
            yield values[attribute]


def _jobs(wire: Wire, of: Job | Action | Addressed | str) -> Steps[list[Job]]:
    job = of.job if isinstance(of, Action) else of
    if isinstance(job, BaseResource) and job.__api_name__ == "Job":
        cls: type[Job] = model("Job")
        return [(yield from wire.call("GET", locate.address(job), cls))]
    correlation_id = of if isinstance(of, str) else of._correlation_id
    if isinstance(of, str) and not _CORRELATION_ID.fullmatch(of):
        raise ValueError(f"{of!r} is no correlation id: up to 36 letters, digits, '_' and '-'")
    if correlation_id is None:
        raise ValueError(
            f"no job of this {type(of).__name__} is known: it was not made or changed through a"
            " connection; give the action, or the correlation id of the request"
        )
    return list((yield from _listed(wire, f"correlation_id={correlation_id}")))


def _listed(wire: Wire, search: str | None = None) -> Steps[Jobs]:
    place = yield from locate.collection(wire, "jobs", None)
    cls: type[Jobs] = model("Jobs")
    return (yield from wire.call("GET", place.href, cls, parameters={"search": search}))


def _status(job: Job) -> str | None:
    return None if job.status is None else str(job.status).lower()
