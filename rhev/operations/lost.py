"""Changes of which no answer came: what is raised, and what may be sent again."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from rhev import errors
from rhev.mapping.resources import BaseResource
from rhev.operations.answers import exchange_of, fault_in
from rhev.operations.changes import holds, without_secrets
from rhev.operations.steps import Pause, Steps, exchange
from rhev.secrets import scrub_url
from rhev.transport.base import GATEWAY, SAFE, header, may_have_arrived

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rhev.mapping.resources import BaseResources
    from rhev.operations.wire import Wire
    from rhev.transport.base import Request, Response

S = TypeVar("S", bound=BaseResource)
Kind = Literal["create", "update", "delete", "action", "request"]


def exchanged(request: Request) -> Steps[Response]:
    """One request and its response. Raises OutcomeUnknown for a change of which none came."""
    if request.method in SAFE:
        return (yield from exchange(request))
    try:
        response = yield from exchange(request)
    except errors.ResponseError as error:
        # What came was none, but the engine may have done what it was asked: unless that was to
        # log in.
        if error.exchange is not None and error.exchange.url == scrub_url(request.url):
            asked = header(request.headers, "Correlation-Id")
            error.exchange = replace(error.exchange, correlation_id=asked)
        raise
    except errors.ConnectionError as error:
        lost = error.lost or _asked(request, error)
        if not lost:
            raise
        raise _unknown(request, lost, error.message) from error
    if response.status in GATEWAY and fault_in(response) is None:
        lost = response.lost or (header(request.headers, "Correlation-Id") or "",)
        raise _unknown(request, lost, "a gateway had no answer of the engine's", response)
    return response


def _asked(request: Request, error: errors.ConnectionError) -> tuple[str, ...]:
    if not may_have_arrived(request, error):
        return ()
    return (header(request.headers, "Correlation-Id") or "",)


def _unknown(
    request: Request, lost: tuple[str, ...], why: str, response: Response | None = None
) -> errors.OutcomeUnknown:
    return errors.OutcomeUnknown(
        f"whether this was done is not known: {why}; find_outcome(error) finds out",
        exchange_of(request, response),
        errors.Change("request", tuple(dict.fromkeys(filter(None, lost)))),
    )


@contextmanager
def asking(
    kind: Kind, resource: BaseResource | BaseResources[Any], action: str | None = None
) -> Iterator[None]:
    """Has the errors that leave open what was done say what was asked for."""
    try:
        yield
    except (errors.OutcomeUnknown, errors.ResponseError) as error:
        # Of a login there is no correlation id.
        if error.correlation_id and error.method not in SAFE:
            known = error.change or errors.Change(kind, (error.correlation_id,))
            about = without_secrets(resource)
            error.change = replace(known, kind=kind, resource=about, action=action)
        raise


def put(
    wire: Wire,
    href: str,
    cls: type[S],
    body: S,
    before: S | None,
    parameters: Mapping[str, Any],
) -> Steps[S | None]:
    """Sends an update; where no answer comes, what there is now says whether it was made.

    It is sent again only where all is as it was ``before``: what someone else has changed in the
    meantime is not taken back. Nor is it where only the time for an answer was over: the engine may
    be about to make it still, and what it is then sent again would take back comes after that.
    """
    start = wire.clock.monotonic()
    lost: list[str] = []
    attempt = 0
    while True:
        attempt += 1
        try:
            return (yield from wire.try_call("PUT", href, cls, body=body, parameters=parameters))
        except errors.OutcomeUnknown as error:
            unknown = error
        lost += unknown.correlation_ids
        unknown.change = replace(unknown.change, correlation_ids=tuple(lost))
        policy = wire.retry
        pause = 0.0 if policy is None else policy.backoff(attempt)
        try:
            if pause:
                yield Pause(pause, counts=True)
            now: S = yield from wire.call("GET", href, cls)
        except errors.Error:
            raise unknown from None
        if holds(now, body):
            return now
        if _may_be_under_way(unknown):
            raise unknown
        may_again = policy is not None and attempt < policy.attempts
        in_time = policy is not None and wire.clock.monotonic() - start < policy.deadline
        if not (may_again and in_time and before is not None and holds(now, before)):
            raise unknown


def _may_be_under_way(error: errors.OutcomeUnknown) -> bool:
    return isinstance(error.__cause__, errors.Timeout) or error.status == HTTPStatus.GATEWAY_TIMEOUT
