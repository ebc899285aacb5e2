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

    Returns the last of them, or None where there was none: not everything is a job. What
    ``progress`` is called with has its steps.
    """
    check_polling("wait_for_job", timeout, interval, max_interval, progress)
    _check(wire, "wait_for_job", of)
    follow = None if progress is None else "steps"
    wait = Polling(wire, timeout, interval, max_interval)
    jobs: list[Job] = []
    while True:
        try:
            last = _status(jobs[-1]) if jobs else None
            seen = f"the job {jobs[-1].description!r} had {last}" if jobs else "no job was seen"
            jobs = yield from wait.read(_jobs(wire, of, follow), last=last, seen=seen)
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


def last_job(wire: Wire, of: Job | Action | BaseResource | str) -> Steps[Job | None]:
    """The newest job, with its steps, of an action, a resource or a correlation id.

    Those of a resource are those of its last change here, or else those that name it.
    """
    _check(wire, "last_job", of)
    if isinstance(of, (str, Action)) or _is_job(of) or of._correlation_id is not None:
        try:
            jobs = yield from _jobs(wire, of, "steps")
        except errors.NotFound:
            return None  # the engine has forgotten it
        if jobs or not isinstance(of, BaseResource):
            return max(jobs, key=_started, default=None)
    named = _naming(of) if isinstance(of, BaseResource) else None
    if named is None:
        return None
    every = yield from _listed(wire)
    jobs = [job for job in every if named.search(job.description or "")]
    if not jobs:
        return None
    return (yield from _jobs(wire, max(jobs, key=_started), "steps"))[0]


def is_busy(wire: Wire, resource: BaseResource) -> Steps[bool]:
    """Whether a job of a resource runs.

    An engine does not say what a job is about but in its description: a resource is taken to be
    busy with one that names it, or that came of the last change that was made through it here.
    """
    if resource._correlation_id is not None:
        jobs = yield from _jobs(wire, resource)
        if any(_status(job) == _RUNNING for job in jobs):
            return True
    named = _naming(resource)
    if named is None:
        return False
    every = yield from _listed(wire)
    return any(
        _status(job) == _RUNNING and named.search(job.description or "") is not None
        for job in every
    )


def _check(wire: Wire, operation: str, of: object) -> None:
    if not isinstance(of, (str, Addressed)):
        raise TypeError(
            f"{operation}() takes an action, a resource, a job or a correlation id (after a delete"
            f" that of the connection's last_exchange), not {described(of)}"
        )
    check_origin(wire, of)


def _started(job: Job) -> float:
    return 0.0 if job.start_time is None else job.start_time.timestamp()


def _is_job(of: object) -> bool:
    return isinstance(of, BaseResource) and of.__api_name__ == "Job"


def _naming(resource: BaseResource) -> re.Pattern[str] | None:
    """What finds a resource in a description; None for one that has no name."""
    names = [re.escape(name) for name in _names(resource)]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(names)})(?![\w-]|\.\w)") if names else None


def _names(resource: BaseResource) -> Iterator[str]:
    values = vars(resource)
    for attribute in ("name", "alias") if values.get("name") else ("alias", "description"):
        if values.get(attribute):
            yield values[attribute]


def _jobs(
    wire: Wire, of: Job | Action | Addressed | str, follow: str | None = None
) -> Steps[list[Job]]:
    job = of.job if isinstance(of, Action) else of
    if isinstance(job, BaseResource) and _is_job(job):
        cls: type[Job] = model("Job")
        parameters = {"follow": follow}
        return [(yield from wire.call("GET", locate.address(job), cls, parameters=parameters))]
    correlation_id = of if isinstance(of, str) else of._correlation_id
    if isinstance(of, str) and not _CORRELATION_ID.fullmatch(of):
        raise ValueError(f"{of!r} is no correlation id: up to 36 letters, digits, '_' and '-'")
    if correlation_id is None:
        raise ValueError(
            f"no job of this {type(of).__name__} is known: it was not made or changed through a"
            " connection; give the action, or the correlation id of the request"
        )
    return list((yield from _listed(wire, f"correlation_id={correlation_id}", follow)))


def _listed(wire: Wire, search: str | None = None, follow: str | None = None) -> Steps[Jobs]:
    place = yield from locate.collection(wire, "jobs", None)
    cls: type[Jobs] = model("Jobs")
    return (
        yield from wire.call(
            "GET", place.href, cls, parameters={"search": search, "follow": follow}
        )
    )


def _status(job: Job) -> str | None:
    return None if job.status is None else str(job.status).lower()
