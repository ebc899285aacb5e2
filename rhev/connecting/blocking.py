"""Opening, driving and closing a connection that waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, Unpack, cast

from typing_extensions import TypeVar

from rhev import errors
from rhev.connecting.configured import Configured
from rhev.connecting.settings import check_given_transport
from rhev.operations import Pause, Steps, within
from rhev.secrets import Secret, hide_user

if TYPE_CHECKING:
    from types import TracebackType

    from rhev.connecting.settings import Options
    from rhev.transport import Request, Response, Transport

T = TypeVar("T")


class Blocking(Configured):
    """A connection that is open or not, and what runs its operations, but none of these."""

    def __init__(
        self,
        url: str | None = None,
        username: str | None = None,
        password: str | Secret | None = None,
        *,
        transport: Transport | None = None,
        **settings: Unpack[Options],
    ) -> None:
        url, password = hide_user(url), Secret.of(password)
        if transport is not None:
            check_given_transport(transport, settings)
        super().__init__(url, username, password, **settings)
        self._given: Transport | None = transport
        self._transport: Transport | None = None
        self._sending: tuple[Transport, Transport] | None = None
        if transport is None:
            self._settings.warn()

    def connect(
        self,
        url: str | None = None,
        username: str | None = None,
        password: str | Secret | None = None,
    ) -> Self:
        """Names the engine and the credentials to use; what was open to another is closed.

        Without arguments it is the engine that was named already. Nothing is sent: the first
        request connects, and logs in.
        """
        url, password = hide_user(url), Secret.of(password)
        changed = self._reconfigured(url, username, password)
        if changed is not None:
            if self._given is None:
                self.close()
                self._transport = None
            self._configure(changed)
            if self._given is None:
                changed.warn()
        return self

    def close(self) -> None:
        """Logs out and closes what is open. The connection may be used again.

        A log-out takes two seconds at most; that it failed is logged, to ``rhev``, and no error.
        """
        if self._origin is not None:
            return
        transport = self._transport or self._given
        if transport is not None:
            transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _run(self, steps: Steps[T]) -> T:
        observed = self._observed(steps)
        if observed is None:
            return self._drive(steps)
        with observed:
            return self._drive(steps)

    def _drive(self, steps: Steps[T]) -> T:
        steps = within(steps, self._wire.limit, self._clock)
        try:
            asked = next(steps)
            while True:
                answer: Response | None = None
                try:
                    if isinstance(asked, Pause):
                        self._clock.sleep(asked.seconds)
                    else:
                        answer = self._send(asked)
                except errors.Error as error:
                    asked = steps.throw(error)
                else:
                    asked = steps.send(answer)
        except StopIteration as stop:
            return cast("T", stop.value)
        except errors.WrongAnswer:
            self._root.close()
            raise
        except errors.AuthenticationFailed as error:
            raise self._refused(error) from None

    def _send(self, request: Request) -> Response:
        try:
            response = self._opened().send(request)
        except errors.Error:
            self._remember(request)
            raise
        self._remember(request, response)
        return response

    def _opened(self) -> Transport:
        settings, root = self._told, self._root
        with root._lock:
            given = root._given
            if root._transport is None:
                root._transport = root._settings.transport(given)
            shared = root._transport
            if self._sending is None or self._sending[0] is not shared:
                sending = settings.repeating(shared, own=given is None, clock=root._clock)
                self._sending = shared, sending
            return self._sending[1]
