"""Every exception that rhev raises.

All of them are subclasses of :class:`Error`. Those that come from an exchange with the engine
carry the method, the URL, the status and the correlation id of that exchange, and none of them
ever carries a header of a request, a cookie or a credential.
"""

from __future__ import annotations

import builtins
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from rhev.secrets import scrub_url

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rhev.mapping.resources import BaseResource, BaseResources
    from rhev.models.engine import Fault as FaultDocument
    from rhev.rules import Problem


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, and what is known of its response.

    ``url`` is without the values of secret parameters. ``status`` is the HTTP status, or ``None``
    where no response came. ``correlation_id`` is the one that the engine wrote to its own log,
    where it is known. ``headers`` are those of the response, by their names in lower case, without
    cookies.
    """

    method: str
    url: str
    status: int | None = None
    correlation_id: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", scrub_url(self.url))

    def __str__(self) -> str:
        status = "" if self.status is None else f" -> {self.status}"
        correlation = f" [correlation id {self.correlation_id}]" if self.correlation_id else ""
        return f"{self.method} {self.url}{status}{correlation}"


@dataclass(frozen=True, slots=True)
class Change:
    """What an engine was asked to change, where it is not known whether it did.

    ``correlation_ids`` are those of the attempts that may have reached it, the first one first:
    its log, events and jobs have them. ``resource`` is what was asked for: of what is created or
    updated the values that were sent, without secrets. ``action`` is the name of an action.
    """

    kind: Literal["create", "update", "delete", "action", "request"]
    correlation_ids: tuple[str, ...]
    resource: BaseResource | BaseResources[Any] | None = None
    action: str | None = None


class Error(Exception):
    """The base of every exception that rhev raises.

    ``exchange`` is the HTTP exchange that failed, or ``None`` where nothing was sent. ``change`` is
    what was asked for, where the error leaves open whether that was done:
    :meth:`rhev.Connection.find_outcome` finds out.
    """

    change: Change | None = None

    def __init__(self, message: str, exchange: Exchange | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.exchange = exchange

    def __reduce__(self) -> tuple[Any, ...]:
        # What the constructors of some errors take is not what they keep.
        return _rebuilt, (type(self), self.args, self.__dict__)

    def __str__(self) -> str:
        return self.message if self.exchange is None else f"{self.message} ({self.exchange})"

    @property
    def method(self) -> str | None:
        """The HTTP method of the exchange that failed."""
        return self.exchange.method if self.exchange else None

    @property
    def url(self) -> str | None:
        """The URL of the exchange that failed."""
        return self.exchange.url if self.exchange else None

    @property
    def status(self) -> int | None:
        """The HTTP status of the response."""
        return self.exchange.status if self.exchange else None

    @property
    def correlation_id(self) -> str | None:
        """The correlation id under which the engine logged the request."""
        return self.exchange.correlation_id if self.exchange else None


def _rebuilt(cls: type[Error], args: tuple[Any, ...], state: dict[str, Any]) -> Error:
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error


E = TypeVar("E", bound=BaseException)


def without_frames(error: E) -> E:
    """The error without what led to it, where the locals of frames may hold a secret."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


class ConnectionError(Error, builtins.ConnectionError):
    """No complete response came: the name did not resolve, the connection was refused or lost.

    ``delivered`` is False only when the request certainly did not reach the engine, so that
    repeating it cannot do anything twice. ``lost`` has the correlation ids of the attempts that may
    have reached it, where the request was repeated.
    """

    lost: tuple[str, ...] = ()

    def __init__(
        self, message: str, exchange: Exchange | None = None, *, delivered: bool = True
    ) -> None:
        super().__init__(message, exchange)
        self.delivered = delivered


class Timeout(ConnectionError, builtins.TimeoutError):
    """No response within the time that the connection allows."""


class OutcomeUnknown(ConnectionError):
    """No answer came to a request that changes something, and the engine may have received it.

    The connection was lost, the time was over, or a gateway answered that it had no answer.
    ``change`` says what was asked for, and the correlation ids by which the engine's log speaks of
    it. Nothing is to be repeated before :meth:`rhev.Connection.find_outcome` has told what came of
    it.
    """

    change: Change

    def __init__(self, message: str, exchange: Exchange | None, change: Change) -> None:
        super().__init__(message, exchange)
        # Here there always is one, and nobody has to ask whether it is None.
        self.change = change  # pyright: ignore[reportIncompatibleVariableOverride]

    @property
    def correlation_ids(self) -> tuple[str, ...]:
        """The correlation ids of the attempts that may have reached the engine."""
        return self.change.correlation_ids


class CredentialsError(Error, ValueError):
    """The credentials cannot be right as they are written. Nothing was sent."""


class ConfigurationError(Error, ValueError):
    """What a connection was told, or its environment, cannot work as it is. Nothing was sent."""


class AuthenticationFailed(Error):
    """No token could be had for the credentials.

    ``reason`` and ``detail`` are what the engine said. Transports know no models and raise this;
    a connection raises :class:`Unauthorized` instead, with a fault document of the two texts.
    """

    def __init__(self, reason: str, detail: str, exchange: Exchange | None = None) -> None:
        super().__init__(": ".join(part for part in (reason, detail) if part), exchange)
        self.reason = reason
        self.detail = detail


class FingerprintMismatch(Error):
    """The certificate authority that an engine names is not the one that is to be trusted.

    ``found`` is its fingerprint, ``expected`` the one that was given. Nothing else was sent.
    """

    def __init__(self, message: str, exchange: Exchange, *, expected: str, found: str) -> None:
        super().__init__(message, exchange)
        self.expected = expected
        self.found = found


class NotRecorded(Error, LookupError):
    """A replayed cassette holds no response, or none that is left, for the request."""


class ResponseError(Error):
    """The engine, or a proxy in front of it, answered with something that is not the API."""


class WrongAnswer(ResponseError):
    """What came answers another request than this one: another id, or a second response.

    The connections over which it came are closed: who knows what else is crossed there.
    """


class ParseError(ResponseError):
    """A document is malformed, truncated or hostile.

    ``line`` and ``column`` (both from 1) say where, as far as the parser knows.
    """

    def __init__(
        self,
        message: str,
        exchange: Exchange | None = None,
        *,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        where = "" if line is None else f" at line {line}"
        where += "" if column is None else f", column {column}"
        super().__init__(message + where, exchange)
        self.line = line
        self.column = column


class Fault(Error):
    """The engine refused a request and said why.

    ``fault`` is the document it sent. Where the response carried none, it is made from the
    status, so that ``error.fault.detail`` can always be read. ``hint`` is what the message says
    beside that: the likely cause, where the engine does not name it.
    """

    def __init__(
        self, fault: FaultDocument, exchange: Exchange | None = None, *, hint: str = ""
    ) -> None:
        parts = [part for part in (fault.reason, fault.detail) if part]
        message = ": ".join(parts) or "the engine gave no reason"
        super().__init__(f"{message} ({hint})" if hint else message, exchange)
        self.fault = fault


class NotFound(Fault, LookupError):
    """There is no such resource (404), or no member of the collection matches."""


class Unauthorized(Fault):
    """The credentials were refused (401), or no token could be had for them."""


class Forbidden(Fault):
    """The user is known but may not do this (403)."""


class Conflict(Fault):
    """A rule of the engine, or the state of a resource, stands against the request (409)."""


class Locked(Conflict):
    """Something is locked, or in the middle of another operation: nothing was done (409).

    The same request will be taken when that is over: ``wait_locked=`` of a connection repeats it.
    """


class InvalidRequest(Fault, ValueError):
    """The request breaks a rule that the engine would enforce, and was therefore not sent.

    ``problems`` lists every one of them, with the path of the attribute and what would be right.
    """

    def __init__(self, fault: FaultDocument, problems: Sequence[Problem]) -> None:
        super().__init__(fault)
        self.problems: tuple[Problem, ...] = tuple(problems)


class MultipleFound(Error, LookupError):
    """The criteria of a ``get`` match more than one resource."""


class IllegalMethod(Fault):
    """The collection or resource does not support the operation (405)."""


class InvalidSearch(Error, ValueError):
    """A query that the engine cannot read, or would find nothing by. It was not sent.

    ``search`` is the query, ``position`` the index in it of what is wrong, and ``near`` has the
    names or values that may have been meant.
    """

    def __init__(self, why: str, search: str, position: int, near: Sequence[str] = ()) -> None:
        meant = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
        super().__init__(f"{why}, at character {position + 1} of {search!r}{meant}")
        self.search = search
        self.position = position
        self.near: tuple[str, ...] = tuple(near)


class NotSearchable(Error, ValueError):
    """The collection does not take search queries."""


class NoRelationship(Error, LookupError):
    """Nothing leads from the base to what was asked for."""


class IllegalAction(Error):
    """The resource does not offer the action. ``offered`` names those that it does."""

    def __init__(
        self, message: str, exchange: Exchange | None = None, *, offered: Sequence[str] = ()
    ) -> None:
        super().__init__(message, exchange)
        self.offered: tuple[str, ...] = tuple(offered)


class WaitTimeout(Error, builtins.TimeoutError):
    """A resource did not reach the status that was waited for. ``last`` is the last one seen."""

    def __init__(self, message: str, *, last: str | None) -> None:
        super().__init__(message)
        self.last = last


class WaitFailed(Error):
    """A resource reached a status from which the one waited for cannot come.

    ``last`` is that status.
    """

    def __init__(self, message: str, *, last: str | None) -> None:
        super().__init__(message)
        self.last = last


class HistoryLost(Error):
    """The engine has gone back behind an event that was followed: it was restored from a backup.

    ``after`` is the id of that event, ``newest`` that of the newest that the engine has now, or
    None where it has none. Ids after that are given out a second time, to other events.
    """

    def __init__(self, message: str, *, after: int, newest: int | None) -> None:
        super().__init__(message)
        self.after = after
        self.newest = newest


class Unbound(Error):
    """An operation was asked of a resource that belongs to no connection."""


class OtherEngine(Error, ValueError):
    """A resource was given to a connection to another engine than the one it was read from."""
