"""What came of a change of which no answer came: looked up in the engine's jobs and events."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar
from urllib.parse import urlsplit

from rhev import errors
from rhev.mapping.catalogue import model
from rhev.mapping.fields import Kind, fields
from rhev.mapping.resources import BaseResource, BaseResources
from rhev.models.index import CLASSES, COLLECTIONS
from rhev.operations import locate
from rhev.operations.arguments import check_polling
from rhev.operations.changes import holds
from rhev.operations.polling import Polling
from rhev.operations.read import members

if TYPE_CHECKING:
    from rhev.models.activity import Event, Job
    from rhev.operations.steps import Steps
    from rhev.operations.wire import Wire

T = TypeVar("T")

State: TypeAlias = Literal["done", "failed", "not received", "unknown"]

# A correlation id that was made here, for one request and no other, and that of a later attempt.
_OWN_ID = re.compile(r"[0-9a-f]{32}(-[0-9]+)?")
_BAD = frozenset({"error", "alert"})

# The actions that an engine always writes down, done or refused: of these silence says something.
LOGGED = frozenset(
    {
        *("activate", "deactivate", "allocatevm", "detach", "clone", "copy", "move", "migrate"),
        *("commitsnapshot", "previewsnapshot", "undosnapshot", "restore", "ticket"),
        *("start", "stop", "shutdown", "reboot", "reset", "suspend"),
        *("freezefilesystems", "thawfilesystems", "install", "enrollcertificate", "fence"),
        *("commitnetconfig", "syncallnetworks", "resetemulatedmachine", "updateovfstore"),
    }
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request that changes something, of which no answer came.

    ``state`` is ``"done"``; ``"failed"``: the engine received it, and refused it or gave it up;
    ``"not received"``: nothing of it is known there, and nothing changed, so that it can be sent
    again; or ``"unknown"``: that cannot be told, or it is still under way. ``detail`` is what the
    engine said where it failed, and what stands in the way where it is unknown. ``resource`` is
    what there is now of what was created, updated or acted on; where the state is unknown it may
    be another of the same name. ``jobs`` and ``events`` are the evidence.
    """

    state: State
    resource: BaseResource | None = None
    detail: str | None = None
    jobs: tuple[Job, ...] = ()
    events: tuple[Event, ...] = ()


def find_outcome(
    wire: Wire,
    error: errors.Error,
    *,
    timeout: float = 30,
    interval: float = 1,
    max_interval: float = 5,
) -> Steps[Outcome]:
    """Looks up what came of a change, until that is known or the time is over."""
    check_polling("find_outcome", timeout, interval, max_interval, None)
    change = error.change if isinstance(error, errors.Error) else None
    if change is None or error.exchange is None:
        raise ValueError(
            "find_outcome() takes an error that leaves open what was done: an OutcomeUnknown, or a"
            " ResponseError in answer to a change"
        )
    search = _Search(wire, change, error.exchange.url.partition("?")[0])
    wait = Polling(wire, timeout, interval, max_interval)
    while True:
        last: Outcome
        try:
            settled, last = yield from wait.read(search.look(), last=None, seen="nothing yet")
        except (
            errors.ConnectionError,
            errors.IllegalMethod,
            errors.ResponseError,
            errors.WaitTimeout,
        ) as silent:
            # It is often the engine that was away, and is not yet back.
            settled, last = False, Outcome("unknown", detail=f"the engine did not tell: {silent}")
        if settled or wait.is_over:
            return last
        yield from wait.pause()


Look: TypeAlias = tuple[bool, Outcome]
"""Whether it is known, and what is known so far: that is the outcome when the time is over."""


@dataclass(slots=True)
class _Search:
    """What there is to know of one change."""

    wire: Wire
    change: errors.Change
    url: str
    jobs: tuple[Job, ...] = ()
    events: tuple[Event, ...] = ()
    # Whether silence says that nothing was received: all of the log could be read.
    sees_all: bool = True

    def look(self) -> Steps[Look]:
        """One look at the log, and at what it is about."""
        is_own = all(map(_OWN_ID.fullmatch, self.change.correlation_ids))
        self.sees_all = is_own and bool(self.change.correlation_ids)
        jobs: list[Job] = []
        events: list[Event] = []
        for correlation_id in self.change.correlation_ids:
            jobs += yield from self._logged("jobs", correlation_id)
            events += yield from self._logged("events", correlation_id)
        # Of an id that several requests share only what names the resource is of this one.
        self.jobs = tuple(jobs) if is_own else ()
        self.events = tuple(e for e in events if is_own or self._is_about(e))
        match self.change.kind:
            case "create":
                return (yield from self._create())
            case "update":
                return (yield from self._update())
            case "delete":
                return (yield from self._delete())
            case "action":
                return (yield from self._action())
        return self._by_log() or (False, self._told("unknown", detail=_NOTHING))

    def _logged(self, rel: str, correlation_id: str) -> Steps[list[Any]]:
        place = yield from locate.collection(self.wire, rel, None)
        query = {"search": f"correlation_id={correlation_id}"}
        try:
            found = yield from self.wire.call("GET", place.href, place.collection, parameters=query)
        except errors.Unauthorized:
            raise
        except errors.Fault:
            # An ordinary user may not see it.
            self.sees_all = False
            return []
        return list(found)

    def _told(
        self, state: State, resource: BaseResource | None = None, detail: str | None = None
    ) -> Outcome:
        return Outcome(state, resource, detail, self.jobs, self.events)

    def _by_log(self) -> Look | None:
        """What the log says; None where it says nothing."""
        statuses = {str(job.status).lower() for job in self.jobs}
        severities = {str(event.severity).lower() for event in self.events}
        said = "; ".join(e.description or "" for e in self.events if str(e.severity) in _BAD)
        if "started" in statuses:
            return False, self._told("unknown", detail="it is still under way: see its job")
        if statuses & {"failed", "aborted"} or (not statuses and severities & _BAD):
            described = "; ".join(job.description or "" for job in self.jobs)
            return True, self._told("failed", detail=said or described)
        if "finished" in statuses or "normal" in severities:
            return True, self._told("done")
        return None

    def _silent(self, resource: BaseResource | None, *, says: bool = True) -> Look:
        """Nothing is known of it: it may come yet, or never will."""
        if self.sees_all and says:
            return False, self._told("not received", resource)
        return False, self._told("unknown", resource, _NOTHING if self.sees_all else _UNSEEN)

    def _create(self) -> Steps[Look]:
        logged = self._by_log()
        if logged is not None and logged[1].state != "done":
            return logged
        made = yield from self._referred()
        if made is None:
            namesakes = yield from self._namesakes()
            made = namesakes[0] if len(namesakes) == 1 else None
            if logged is None:
                if not namesakes:
                    return self._silent(None)
                detail = "there is such a resource, but nothing says that this request made it"
                return False, self._told("unknown", made, detail)
        return True, self._told("done", made)

    def _update(self) -> Steps[Look]:
        logged = self._by_log()
        if logged is not None and logged[1].state != "done":
            return logged
        asked = self._asked()
        now = yield from self._read(asked, self.url)
        is_there = now is not None and asked is not None and holds(now, asked)
        if is_there or logged is not None:
            return True, self._told("done", now)
        return self._silent(now)

    def _delete(self) -> Steps[Look]:
        logged = self._by_log()
        asked = self._asked()
        now = yield from self._read(asked, self.url)
        if now is None and asked is not None:
            return True, self._told("done")
        if logged is None:
            return self._silent(now, says=now is not None)
        return logged[0], replace(logged[1], resource=now)

    def _action(self) -> Steps[Look]:
        now = yield from self._read(self._asked(), self.url.rpartition("/")[0])
        logged = self._by_log()
        if logged is None:
            return self._silent(now, says=self.change.action in LOGGED)
        return logged[0], replace(logged[1], resource=now)

    def _asked(self) -> BaseResource | None:
        resource = self.change.resource
        return resource if isinstance(resource, BaseResource) else None

    def _read(self, asked: BaseResource | None, href: str) -> Steps[BaseResource | None]:
        """What there is now at an address; None for nothing."""
        if asked is None:
            return None
        try:
            return (yield from self.wire.call("GET", href, type(asked)))
        except errors.NotFound:
            return None

    def _attribute(self) -> str | None:
        """The attribute by which events refer to what was changed, if they do."""
        asked = self._asked()
        event: type[Event] = model("Event")
        for name, spec in fields(event).items():
            if spec.kind is not Kind.STRUCT or name == "user":  # who asked for it
                continue
            if asked is not None and spec.type.__api_name__ == asked.__api_name__:
                return name
        return None

    def _is_about(self, event: Event) -> bool:
        asked, attribute = self._asked(), self._attribute()
        about = vars(event).get(attribute or "")
        if asked is None or about is None:
            return False
        by = "id" if vars(asked).get("id") is not None else "name"
        return bool(vars(asked).get(by)) and vars(about).get(by) == vars(asked).get(by)

    def _referred(self) -> Steps[BaseResource | None]:
        """What the events say was made, read."""
        asked, attribute = self._asked(), self._attribute()
        for event in self.events:
            about = vars(event).get(attribute or "")
            if about is not None and asked is not None and self._names(about, asked):
                return (yield from self._read(asked, locate.address(about)))
        return None

    @staticmethod
    def _names(about: BaseResource, asked: BaseResource) -> bool:
        """Whether a reference is to what was asked for: a template is made of another machine."""
        name = vars(asked).get("name")
        return name is None or vars(about).get("name") in (None, name)

    def _namesakes(self) -> Steps[list[BaseResource]]:
        """The members of the collection with the name, or else with all, that was sent."""
        asked = self._asked()
        if asked is None:
            return []
        api = yield from self.wire.entry()
        path = urlsplit(self.url).path
        searchable = any(
            urlsplit(href).path == path and f"{rel}/search" in api.links
            for rel, href in api.links.items()
        )
        name = CLASSES[asked.__api_name__]
        listed = model(COLLECTIONS[name]) if name in COLLECTIONS else BaseResources
        place = locate.Place(self.url, listed, type(asked), searchable)
        called = vars(asked).get("name")
        criteria = {} if called is None else {"name": called}
        parameters = {"case_sensitive": True} if searchable and criteria else {}
        found = yield from members(self.wire, place, None, criteria, parameters)
        if called is not None:
            return [each for each in found if vars(each).get("name") == called]
        return [each for each in found if holds(each, asked)]


_NOTHING = "the engine's log says nothing of it, as it says nothing of some changes"
_UNSEEN = (
    "what the engine's log says of it cannot be told: the user may not see it, or the correlation"
    " id is one's own, which other requests have as well"
)
