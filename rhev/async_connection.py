"""The connection that awaits: it drives the same operations, for asyncio."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Literal, Never, ParamSpec, Self, Unpack, cast

from typing_extensions import TypeVar

from rhev import errors
from rhev.mapping.resources import BaseResource, BaseResources
from rhev.models.common import Identified
from rhev.operations import Pause, Steps, locate, read, waiting, write
from rhev.secrets import Secret
from rhev.settings import RAISE, Configured, Options, Raise, given, refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine
    from types import TracebackType

    from rhev.mapping.offers import Acts, Collected, Collects, Waits
    from rhev.mapping.parameters import CreateParameters, DeleteParameters, UpdateParameters
    from rhev.models.engine import API, Action
    from rhev.transport import AsyncTransport, Response

# What a relationship name leads to has an id and a name; its class is known only when it comes.
R = TypeVar("R", bound=BaseResource, default=Identified)
C = TypeVar("C", bound=BaseResources[Any], default=BaseResources[Identified])
D = TypeVar("D", default=Never)
T = TypeVar("T")
P = ParamSpec("P")

# The operations that a method given to AsyncConnection.run asks for.
_collecting: ContextVar[list[Coroutine[Any, Any, Any]] | None] = ContextVar(
    "_collecting", default=None
)


class AsyncConnection(Configured):
    """A connection to an engine, for asyncio: the same operations, awaited.

    A method of a resource is given to ``run``: ``await connection.run(vm.start, pause=True)``.
    ``transport="aiohttp"`` goes by aiohttp in place of httpx (``rhev[aiohttp]``). Every event loop
    has connections of its own, which ``close`` closes for the one that it is called in.
    """

    def __init__(
        self,
        url: str | None = None,
        username: str | None = None,
        password: str | Secret | None = None,
        *,
        transport: AsyncTransport | Literal["aiohttp"] | None = None,
        **settings: Unpack[Options],
    ) -> None:
        password = Secret.of(password)
        super().__init__(url, username, password, **settings)
        self._by = transport if isinstance(transport, str) else None
        if self._by not in (None, "aiohttp"):
            raise ValueError(f"transport= is 'aiohttp' or a transport, not {transport!r}")
        self._transport = None if isinstance(transport, str) else transport
        self._own_transport = self._transport is None
        if self._own_transport:
            self._settings.warn()

    async def connect(
        self, url: str, username: str | None = None, password: str | Secret | None = None
    ) -> None:
        """Names the engine and the credentials to use; what was open to another is closed.

        Nothing is sent: the first request connects, and logs in.
        """
        password = Secret.of(password)
        if self._own_transport:
            await self.close()
            self._transport = None
        self._reconfigure(url, username, password)
        if self._own_transport:
            self._settings.warn()

    async def close(self) -> None:
        """Logs out and closes what is open. The connection may be used again."""
        if self._transport is not None:
            await self._transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def ping(self) -> None:
        """Reads the entry point. Raises an error unless it is one."""
        await self._run(self._wire.read_entry())

    async def api(self) -> API:
        """The entry point, read once."""
        return await self._run(self._wire.entry())

    async def get(
        self,
        type: type[R] | str,
        /,
        id: str | read.First | None = read.FIRST,
        *,
        default: D | Raise = RAISE,
        base: locate.Base | None = None,
        search: str | None = None,
        all_content: bool | None = None,
        case_sensitive: bool | None = None,
        check_vms_in_affinity_closure: bool | None = None,
        current: bool | None = None,
        filter: bool | None = None,
        follow: str | None = None,
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
        An id that is None, as that of a resource which has none yet, raises TypeError.
        """
        steps = read.get(self._wire, type, id, base, search, criteria, given(locals()))
        try:
            return cast("R", await self._run(steps))
        except errors.NotFound:
            if isinstance(default, Raise):
                raise
            return default

    async def getall(
        self,
        type: Collected[C] | Collects[C] | str,
        /,
        *,
        base: locate.Base | None = None,
        search: str | None = None,
        all_content: bool | None = None,
        case_sensitive: bool | None = None,
        check_vms_in_affinity_closure: bool | None = None,
        current: bool | None = None,
        filter: bool | None = None,
        follow: str | None = None,
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
        collection, criteria are matched here.
        """
        steps = read.getall(self._wire, type, base, search, criteria, given(locals()))
        return cast("C", await self._run(steps))

    async def iterate(
        self,
        type: type[R] | Collects[BaseResources[R]] | str,
        /,
        *,
        base: locate.Base | None = None,
        search: str | None = None,
        all_content: bool | None = None,
        case_sensitive: bool | None = None,
        check_vms_in_affinity_closure: bool | None = None,
        current: bool | None = None,
        filter: bool | None = None,
        follow: str | None = None,
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
        """As ``getall``, but page by page, of ``max`` (or 100) resources: in constant memory."""
        parameters = given(locals())
        place = await self._run(locate.collection(self._wire, type, base))
        number, last = 1, False
        while not last:
            steps = read.page(self._wire, place, number, search, criteria, parameters)
            members, last = await self._run(steps)
            for member in members:
                yield member
            number += 1

    async def create(
        self,
        resource: R,
        *,
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
        *,
        base: locate.Base | None = None,
        **parameters: Unpack[UpdateParameters],
    ) -> R:
        """Sends what was changed since the resource was read, and refreshes it in place."""
        return await self._run(write.update(self._wire, resource, base, parameters))

    async def delete(
        self,
        resource: BaseResource,
        *,
        base: locate.Base | None = None,
        **parameters: Unpack[DeleteParameters],
    ) -> None:
        """Deletes a resource. A disk with a ``base`` is taken off it; the disk itself stays."""
        await self._run(write.delete(self._wire, resource, base, parameters))

    async def reload(self, resource: R) -> R:
        """Reads a resource again, in place. Raises NotFound when it is gone."""
        return await self._run(read.reload(self._wire, resource, {}))

    async def wait_for_status(
        self, resource: Waits[P, T], *statuses: P.args, **polling: P.kwargs
    ) -> T:
        """Waits until a resource has one of ``statuses``, reading it again and again, in place.

        The pauses grow from ``interval`` to ``max_interval`` seconds, 1 and 10 unless said
        otherwise. ``progress`` is called with the resource and its status each time. Raises
        WaitTimeout after ``timeout`` seconds (600; None: never), and WaitFailed at once for a
        status from which none of those can come.
        """
        # What a resource takes, its own signature has said: here it is just passed on.
        wait: Any = waiting.wait_for_status
        waited: T = await self._run(wait(self._wire, resource, statuses, **polling))
        return waited

    async def action(self, resource: Acts[P], *arguments: P.args, **parameters: P.kwargs) -> Action:
        """Carries out an action: ``connection.action(vm, "start", pause=True)``.

        Its parameters are keywords, or those of an :class:`Action` after the name. Raises
        IllegalAction, with those that the resource offers, for one that it does not.
        """
        act: Any = write.action
        done: Action = await self._run(act(self._wire, resource, *arguments, **parameters))
        return done

    async def run(self, method: Callable[P, T], *arguments: P.args, **keywords: P.kwargs) -> T:
        """Runs a method of a resource of this connection: ``await connection.run(vm.start)``."""
        pending: list[Coroutine[Any, Any, Any]] = []
        token = _collecting.set(pending)
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
        pending = _collecting.get()
        if pending is None:
            raise errors.Unbound(
                "the resource belongs to an AsyncConnection, and its methods have to be awaited:"
                f" await connection.run(resource.{operation}, ...)"
            )
        pending.append(getattr(self, operation)(*arguments, **parameters))

    async def _run(self, steps: Steps[T]) -> T:
        transport = self._opened()
        answer: Response | None = None
        try:
            while True:
                asked = steps.send(answer)
                answer = None
                if isinstance(asked, Pause):
                    await asyncio.sleep(asked.seconds)
                else:
                    answer = await transport.send(asked)
        except StopIteration as stop:
            return cast("T", stop.value)
        except errors.WrongAnswer:
            await self.close()
            raise
        except errors.AuthenticationFailed as error:
            raise refused(error) from None

    def _opened(self) -> AsyncTransport:
        with self._lock:
            if self._transport is None:
                self._transport = self._settings.async_transport(self._by)
            return self._transport
