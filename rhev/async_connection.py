"""The connection that awaits: it drives the same operations, for asyncio."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Never, ParamSpec, Unpack, cast, overload

from typing_extensions import TypeVar

from rhev import errors
from rhev.connecting.asynchronous import Asynchronous
from rhev.connecting.configured import RAISE, Raise, given
from rhev.mapping.parameters import documented
from rhev.mapping.resources import BaseResource, BaseResources
from rhev.mapping.structure import Struct
from rhev.models.common import Identified
from rhev.operations import (
    events,
    found_or,
    jobs,
    locate,
    outcome,
    raw,
    read,
    versions,
    waiting,
    write,
)

if TYPE_CHECKING:
    from collections.abc import (
        AsyncGenerator,
        AsyncIterator,
        Callable,
        Coroutine,
        Mapping,
        Sequence,
    )

    from rhev.mapping.offers import Acts, Collected, Collects, Waits
    from rhev.mapping.parameters import (
        CreateParameters,
        DeleteParameters,
        Following,
        ReloadParameters,
        UpdateParameters,
        Waiting,
    )
    from rhev.models.activity import Event, Job
    from rhev.models.engine import API, Action
    from rhev.operations.outcome import Outcome
    from rhev.operations.versions import EngineVersion
    from rhev.transport import Response

# What a relationship name leads to has an id and a name; its class is known only when it comes.
R = TypeVar("R", bound=BaseResource, default=Identified)
C = TypeVar("C", bound=BaseResources[Any], default=BaseResources[Identified])
D = TypeVar("D", default=Never)
S = TypeVar("S", bound=Struct)
T = TypeVar("T")
P = ParamSpec("P")

# The operations that a method given to AsyncConnection.run asks for, and the connection that runs.
_collecting: ContextVar[tuple[AsyncConnection, list[Coroutine[Any, Any, Any]]] | None] = ContextVar(
    "_collecting", default=None
)


class AsyncConnection(Asynchronous):
    """A connection to an engine, for asyncio: the same operations, awaited.

    A method of a resource is given to ``run``: ``await connection.run(vm.start, pause=True)``.
    ``transport="aiohttp"`` goes by aiohttp in place of httpx (``rhev[aiohttp]``). Every event loop
    has connections of its own, which ``close`` closes for the one that it is called in.
    """

    async def ping(self) -> None:
        """Reads the entry point. Raises an error unless it is one."""
        await self._run(self._wire.read_entry())

    async def api(self) -> API:
        """The entry point, read once."""
        return await self._run(self._wire.entry())

    async def version(self) -> EngineVersion:
        """The version of the engine, and that of the API's model that it has."""
        return versions.version_of(await self.api())

    @overload
    async def request(
        self,
        method: str,
        path: str,
        /,
        *,
        body: raw.Body | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> Response: ...

    @overload
    async def request(
        self,
        method: str,
        path: str,
        type: Collects[C],
        /,
        *,
        body: raw.Body | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> C: ...

    @overload
    async def request(
        self,
        method: str,
        path: str,
        type: type[S],
        /,
        *,
        body: raw.Body | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> S: ...

    async def request(
        self,
        method: str,
        path: str,
        type: type[Struct] | Collects[Any] | None = None,
        /,
        *,
        body: raw.Body | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> object:
        """Any request to the engine, with the authentication, retries and errors of all others.

        ``path`` is below the entry point, as ``"/vms"`` is, or an address that the engine gave.
        ``parameters`` go to the URL. ``body`` is a model, what a JSON document holds, or bytes. The
        response is decoded where the ``type`` of its document is given, and left as it is where
        not. Raises ValueError for an address of another host.
        """
        cls = cast("Any", type)
        steps = raw.request(self._wire, method, path, cls, body, parameters)
        del path, body, parameters  # which may hold secrets, and a traceback would show them
        return await self._run(steps)

    @documented
    async def get(
        self,
        type: type[R] | str,
        /,
        id: str | read.First | None = read.FIRST,
        base: locate.Base | None = None,
        *,
        default: D | Raise = RAISE,
        search: str | read.First = read.FIRST,
        all_content: bool | None = None,
        case_sensitive: bool | None = None,
        check_vms_in_affinity_closure: bool | None = None,
        current: bool | None = None,
        filter: bool | None = None,
        follow: str | Sequence[str] | None = None,
        from_: int | None = None,
        include_active: bool | None = None,
        include_template: bool | None = None,
        max: int | None = None,
        migration_target_of: str | None = None,
        next_run: bool | None = None,
        ovf_as_ova: bool | None = None,
        refresh: bool | None = None,
        report_status: bool | None = None,
        unregistered: bool | None = None,
        version: str | None = None,
        **criteria: object,
    ) -> R | D:
        """One resource of a type, or of a relationship name such as ``"tags/root"``.

        With ``id`` that one; with criteria or ``search`` the one that matches; with neither the
        first of the collection. ``base`` is the resource whose sub-collection is meant. Raises
        NotFound unless there is a ``default``, and MultipleFound where several match.
        An id, a search or a criterion that is None, as the id of a resource which has none yet,
        raises TypeError.

        ``search`` is a query in the engine's language; criteria are attributes and their values.
        """
        steps = read.get(self._wire, type, id, base, search, criteria, given(locals()))
        if isinstance(default, Raise):
            return cast("R", await self._run(steps))
        return cast("R | D", await self._run(found_or(steps, default)))

    @documented
    async def getall(
        self,
        type: Collected[C] | Collects[C] | str,
        /,
        base: locate.Base | None = None,
        *,
        search: str | None = None,
        all_content: bool | None = None,
        case_sensitive: bool | None = None,
        check_vms_in_affinity_closure: bool | None = None,
        current: bool | None = None,
        filter: bool | None = None,
        follow: str | Sequence[str] | None = None,
        from_: int | None = None,
        include_active: bool | None = None,
        include_template: bool | None = None,
        max: int | None = None,
        migration_target_of: str | None = None,
        next_run: bool | None = None,
        ovf_as_ova: bool | None = None,
        refresh: bool | None = None,
        report_status: bool | None = None,
        unregistered: bool | None = None,
        version: str | None = None,
        **criteria: object,
    ) -> C:
        """The resources of a type, or of a relationship name, that match.

        ``search`` is a query in the engine's language; criteria are attributes and the values
        that they must have, with ``*`` as a wildcard. Where the engine cannot search the
        collection, criteria are matched here. ``base`` is the resource whose sub-collection is
        meant.
        """
        steps = read.getall(self._wire, type, base, search, criteria, given(locals()))
        return cast("C", await self._run(steps))

    @documented
    async def iterate(
        self,
        type: type[R] | Collects[BaseResources[R]] | str,
        /,
        base: locate.Base | None = None,
        *,
        search: str | None = None,
        all_content: bool | None = None,
        case_sensitive: bool | None = None,
        check_vms_in_affinity_closure: bool | None = None,
        current: bool | None = None,
        filter: bool | None = None,
        follow: str | Sequence[str] | None = None,
        from_: int | None = None,
        include_active: bool | None = None,
        include_template: bool | None = None,
        max: int | None = None,
        migration_target_of: str | None = None,
        next_run: bool | None = None,
        ovf_as_ova: bool | None = None,
        refresh: bool | None = None,
        report_status: bool | None = None,
        unregistered: bool | None = None,
        version: str | None = None,
        **criteria: object,
    ) -> AsyncIterator[R]:
        """As ``getall``, but page by page, of ``max`` (or 100) resources: in constant memory.

        Each page is an operation of its own, which ``timeout`` of the connection bounds. Raises
        ResponseError for a page that repeats the one before: something ignores paging.
        """
        parameters = given(locals())
        place = await self._run(read.paged(self._wire, type, base, search, criteria, parameters))
        page: read.Page | None = None
        while page is None or not page.is_last:
            steps = read.page(self._wire, place, page, search, criteria, parameters)
            page = await self._run(steps)
            for member in page.members:
                yield member

    async def create(
        self,
        resource: R,
        base: locate.Base | None = None,
        **parameters: Unpack[CreateParameters],
    ) -> R:
        """Creates a resource in the collection of its type, and returns what the engine made.

        Raises InvalidRequest, with all that is wrong, before anything is sent.
        """
        return await self._run(write.create(self._wire, resource, base, parameters))

    async def update(
        self,
        resource: R,
        base: locate.Base | None = None,
        **parameters: Unpack[UpdateParameters],
    ) -> R:
        """Sends what was changed since the resource was read, and refreshes it in place."""
        return await self._run(write.update(self._wire, resource, base, parameters))

    async def delete(
        self,
        resource: BaseResource,
        base: locate.Base | None = None,
        **parameters: Unpack[DeleteParameters],
    ) -> None:
        """Deletes a resource. A disk with a ``base`` is taken off it; the disk itself stays.

        What was read below a base that it is just a member of is taken off that base: a label off
        a machine, a machine out of an affinity group. ``schema.href(resource)`` is the resource
        itself.
        """
        await self._run(write.delete(self._wire, resource, base, parameters))

    async def reload(self, resource: R, **parameters: Unpack[ReloadParameters]) -> R:
        """Reads a resource again, in place. Raises NotFound when it is gone."""
        return await self._run(read.reload(self._wire, resource, parameters))

    async def wait_for_status(
        self, resource: Waits[P, T], *statuses: P.args, **polling: P.kwargs
    ) -> T:
        """Waits until a resource has one of ``statuses``, reading it again and again, in place.

        The pauses grow from ``interval`` seconds to a quarter of what was waited so far, but not
        beyond ``max_interval``; 1 and 10 unless said otherwise. ``progress`` is called with the
        resource and its status each time. With ``settled=True`` it waits also until no job of the
        resource runs: a status can be there before the engine takes the next action. Raises
        WaitTimeout after ``timeout`` seconds (600; None: never), and a second at most, even where
        the engine does not answer, and WaitFailed at once for a status from which none of those
        can come. What else goes wrong with a read, when it was repeated in vain, ends the wait.
        """
        # What a resource takes, its own signature has said: here it is just passed on.
        wait: Any = waiting.wait_for_status
        waited: T = await self._run(wait(self._wire, resource, statuses, **polling))
        return waited

    async def wait_for_job(
        self, of: Job | Action | BaseResource | str, /, **polling: Unpack[Waiting[Job]]
    ) -> Job | None:
        """Waits until the engine has ended what it goes on doing after it has answered.

        ``of`` is the result of an action, a resource that was created or updated here, a job, or
        a correlation id, such as that of ``last_exchange`` after a delete. Returns the job, or
        None where the engine had none. Raises WaitFailed where it failed, and WaitTimeout.
        ``progress`` is called with the job, whose ``steps`` say how far it is.

        A clone, for one, is there only then: ``conn.wait_for_job(vm.clone(vm=VM(name="copy")))``,
        then ``conn.get(VM, name="copy")``.
        """
        return await self._run(jobs.wait_for_job(self._wire, of, **polling))

    async def find_outcome(
        self,
        error: errors.Error,
        *,
        timeout: float = 30,
        interval: float = 1,
        max_interval: float = 5,
    ) -> Outcome:
        """Looks up what came of a change of which no answer came.

        ``error`` is an :class:`rhev.OutcomeUnknown`, or another error that has a ``change``, as a
        ResponseError has where something in between answered. What tells is what the engine's jobs
        and events say under the correlation ids of the request, and what there is now. While that
        is nothing, or a job runs, it looks again, for ``timeout`` seconds: a request may come late.

        The engine writes down nearly every change that was made, and many that were refused; but
        not, for one, those of storage connections, fence agents and watchdogs. Where it would have
        written nothing, where the user may not see jobs, and where the connection has a
        ``correlation_id=`` which all of its requests share, the outcome is ``"unknown"`` unless
        the resource tells. Raises ValueError for an error that leaves nothing open.
        """
        steps = outcome.find_outcome(
            self._wire, error, timeout=timeout, interval=interval, max_interval=max_interval
        )
        return await self._run(steps)

    async def last_job(self, of: Job | Action | BaseResource | str, /) -> Job | None:
        """The newest job of what :meth:`wait_for_job` takes, with its ``steps``, or None.

        That of a resource which was not changed here is the newest job that names it: an engine
        does not say otherwise what a job is about.
        """
        return await self._run(jobs.last_job(self._wire, of))

    async def follow_events(
        self,
        *,
        after: Event | str | int | None = None,
        search: str | None = None,
        **following: Unpack[Following],
    ) -> AsyncGenerator[Event, None]:
        """Events as they come, each once and in the order of their ids, from ``after`` on.

        That is an event or its id, and what has come since is given first. Without it, they come
        from the moment of the call on, or where they are awaited from when the first is asked for
        on. ``search`` is a query in the engine's language. How often it looks, and when it ends, is
        in the keywords of :class:`rhev.mapping.parameters.Following`.

        It goes on through restarts of the engine, tokens that end and answers that are lost, for
        as long as ``patience`` says. What stops it is raised: a first request that fails, what
        does not pass by itself, such as Unauthorized or an InvalidSearch, and HistoryLost where
        the engine was restored to before what had come. What the engine has removed by the time
        that it is read is not given. An event that appears after one with a greater id is given
        when it appears, if that is within ten seconds and 200 ids.
        """
        follower = events.Follower(self._wire, after, search, **following)
        await self._run(follower.begin())
        while not follower.is_over:
            try:
                found = await self._run(follower.look())
            except errors.Error as error:
                await self._run(follower.outlast(error))
            else:
                for event in found:
                    yield event

    async def wait_for_deletion(self, resource: R, **polling: Unpack[Waiting[R]]) -> None:
        """Waits until a resource is gone, reading it again and again, in place.

        Pauses, ``progress`` and WaitTimeout are those of :meth:`wait_for_status`.
        """
        await self._run(waiting.wait_for_deletion(self._wire, resource, **polling))

    async def action(self, resource: Acts[P], *arguments: P.args, **parameters: P.kwargs) -> Action:
        """Carries out an action: ``connection.action(vm, "start", pause=True)``.

        Its parameters are keywords, or those of an :class:`Action` after the name. Raises
        IllegalAction, with those that the resource offers, for one that it does not.
        """
        act: Any = write.action
        done: Action = await self._run(act(self._wire, resource, *arguments, **parameters))
        return done

    async def run(self, method: Callable[P, T], *arguments: P.args, **keywords: P.kwargs) -> T:
        """Runs a method of a resource of this connection: ``await connection.run(vm.start)``.

        It is run with the options of this connection, where it was read with others.
        """
        pending: list[Coroutine[Any, Any, Any]] = []
        token = _collecting.set((self, pending))
        try:
            result = method(*arguments, **keywords)
            if len(pending) > 1:
                raise TypeError("run() takes a method that does one thing: call it for each")
        except BaseException:
            for operation in pending:
                operation.close()
            raise
        finally:
            _collecting.reset(token)
        return cast("T", await pending[0]) if pending else result

    def perform(self, operation: str, /, *arguments: Any, **parameters: Any) -> Any:
        """What a resource's own methods call; outside of ``run`` it raises Unbound."""
        collecting = _collecting.get()
        if collecting is None:
            raise errors.Unbound(
                "the resource belongs to an AsyncConnection, and its methods have to be awaited:"
                f" await connection.run(resource.{operation}, ...)"
            )
        runner, pending = collecting
        # Whoever runs it may have other options.
        runner = runner if runner._root is self._root else self
        pending.append(getattr(runner, operation)(*arguments, **parameters))
