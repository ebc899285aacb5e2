"""What goes wrong on purpose, by rule, for whoever tests what a program does then."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, TypedDict, Unpack, get_args
from urllib.parse import unquote, urlsplit

from rhev.simulator.state.refusals import FAILED, Refusal, unauthorized
from rhev.simulator.state.store import ROOT
from rhev.simulator.wire import exchange, media
from rhev.transport.base import Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

End: TypeAlias = Literal["close", "reset", "stall"]
Handle: TypeAlias = Callable[[Request], Response]
Answer: TypeAlias = Callable[[Request, Response], Response]

ANYTHING: Final = "**"


@dataclass(frozen=True, slots=True)
class Spoiled(Response):
    """A response that does not reach the client as it should: what carries it sees to that.

    It comes ``delay`` seconds late. Where ``sent`` is a number, that share of its body comes, or
    of 0 nothing at all, and then the connection ends as ``end`` says.
    """

    delay: float = 0.0
    sent: float | None = None
    end: End = "close"


@dataclass(eq=False, kw_only=True)
class FaultRule:
    """To which requests something happens, how often, and what.

    - ``path`` is a pattern of paths below the API's entry point, as ``/vms/*/start``, or, where it
      begins with ``/ovirt-engine``, of whole ones: ``*`` is a segment or a part of one, ``**`` any
      number of them. ``method`` is one of HTTP, ``None`` any. ``when`` is asked of what fits so
      far. ``skip`` requests go well first, and ``times`` do not: ``None`` is all of them.
    - ``expires`` makes every token and session worthless before the request is looked at.
    - ``received`` says whether the engine gets the request, and does what it asks.
    - ``answer`` is the response in the place of the engine's, or a function that makes it of the
      request and the engine's response (an empty one where the engine was not asked).
    - ``delay``, ``sent`` and ``end`` are as of :class:`Spoiled`: ``sent=0.5`` with
      ``end="reset"`` loses the connection after half of the body.

    ``hits`` counts the requests to which it has happened.
    """

    path: str = ANYTHING
    method: str | None = None
    when: Callable[[Request], bool] | None = None
    skip: int = 0
    times: int | None = 1
    expires: bool = False
    received: bool = True
    answer: Response | Answer | None = None
    delay: float = 0.0
    sent: float | None = None
    end: End = "close"
    hits: int = field(default=0, init=False)
    _passed: int = field(default=0, init=False, repr=False)

    def __post_init__(self) -> None:
        if self.path != ANYTHING and not self.path.startswith("/"):
            raise ValueError(f"path= begins with a slash, as in '/vms/*', and is not {self.path!r}")
        if (self.times is not None and self.times < 1) or self.skip < 0:
            raise ValueError("times= is 1 or more, or None for always, and skip= is 0 or more")
        if not self.delay >= 0:
            raise ValueError(f"delay= is a number of seconds, 0 or more, and not {self.delay!r}")
        if self.sent is not None and not 0 <= self.sent < 1:
            raise ValueError(f"sent= is a share of the body, from 0 to below 1, not {self.sent!r}")
        if self.end not in get_args(End):
            raise ValueError(f"end= is one of {', '.join(get_args(End))}, and not {self.end!r}")
        if not self.received and self.answer is None and self.sent is None:
            raise ValueError("what the engine does not receive needs an answer=, or sent=0")

    @property
    def is_spent(self) -> bool:
        """Whether it has happened as often as it is to."""
        return self.times is not None and self.hits >= self.times

    def fits(self, request: Request) -> bool:
        """Whether a request is of those that it is about, however often it is to happen."""
        if self.method is not None and request.method != self.method.upper():
            return False
        path = unquote(urlsplit(request.url).path)
        if not self._pattern.fullmatch(_VERSION.sub(ROOT, path, count=1).rstrip("/")):
            return False
        return self.when is None or self.when(request)

    def takes(self, request: Request) -> bool:
        """Whether it happens to a request, which is counted then."""
        if self.is_spent or not self.fits(request):
            return False
        self._passed += 1
        if self._passed <= self.skip:
            return False
        self.hits += 1
        return True

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        if self.path == ANYTHING:
            return re.compile(rf"{ROOT}(/.*)?")
        path = self.path if self.path.startswith("/ovirt-engine") else ROOT + self.path
        parts = re.split(r"(\*\*|\*)", path.rstrip("/"))
        return re.compile("".join(_WILD.get(part) or re.escape(part) for part in parts))


_WILD = {"**": ".*", "*": "[^/]*"}
_VERSION = re.compile(rf"{ROOT}/v4(?=/|$)")


class Which(TypedDict, total=False):
    """To which requests, and how often: the attributes of :class:`FaultRule` of these names."""

    method: str | None
    when: Callable[[Request], bool] | None
    skip: int
    times: int | None


class Faults:
    """What is to go wrong with the requests to an engine, by rules: the first that fits holds.

    What is written shortest is a method here, and everything else a :class:`FaultRule`; each gives
    back the rule, which counts its ``hits``.
    """

    def __init__(self, expire: Callable[[], object]) -> None:
        self._expire = expire
        self._rules: list[FaultRule] = []
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"<Faults: {len(self._rules)} rules>"

    def __iter__(self) -> Iterator[FaultRule]:
        return iter(list(self._rules))

    def __len__(self) -> int:
        return len(self._rules)

    def add(self, rule: FaultRule) -> FaultRule:
        """Has things go wrong by a rule from now on. Those that were there before go first."""
        with self._lock:
            self._rules.append(rule)
        return rule

    def remove(self, rule: FaultRule) -> None:
        """Forgets a rule. Raises ValueError for one that is not there."""
        with self._lock:
            self._rules.remove(rule)

    def clear(self) -> None:
        """Has everything go well again."""
        with self._lock:
            self._rules.clear()

    def answer(
        self,
        status: int,
        path: str = ANYTHING,
        *,
        detail: str = "",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        received: bool = False,
        **which: Unpack[Which],
    ) -> FaultRule:
        """A status in the place of the engine's answer, which is not asked, unless ``received``.

        400, 403 and 409 come with the document of a fault, in which ``detail`` is, 401 with the
        page that asks who it is, and everything else with nothing: unless there is a ``body``.
        """
        more = dict(headers or {})

        def made(request: Request, response: Response) -> Response:
            if body is not None:
                return Response(status, more, body)
            found = _refused(status, detail, request)
            return Response(status, {**found.headers, **more}, found.content)

        return self.add(FaultRule(path=path, answer=made, received=received, **which))

    def drop(
        self,
        path: str = ANYTHING,
        *,
        sent: float = 0.0,
        end: End = "close",
        received: bool = True,
        **which: Unpack[Which],
    ) -> FaultRule:
        """The connection is lost when a share of the answer's body has come: of 0 nothing has.

        The engine has done what it was asked, unless it has not ``received`` the request.
        ``end="stall"`` leaves the connection open, and says nothing more.
        """
        rule = FaultRule(path=path, sent=sent, end=end, received=received, **which)
        return self.add(rule)

    def delay(self, seconds: float, path: str = ANYTHING, **which: Unpack[Which]) -> FaultRule:
        """The answer comes so many seconds late."""
        return self.add(FaultRule(path=path, delay=seconds, **which))

    def expire(self, path: str = ANYTHING, **which: Unpack[Which]) -> FaultRule:
        """Every token and session is worthless when a request comes, which is answered 401."""
        return self.add(FaultRule(path=path, expires=True, **which))

    def apply(self, request: Request, handle: Handle) -> Response:
        """What becomes of a request that ``handle`` answers as it should be."""
        rule = self._taken(request) if self._rules else None
        if rule is None:
            return handle(request)
        if rule.expires:
            self._expire()
        response = handle(request) if rule.received else Response(200)
        if isinstance(rule.answer, Response):
            response = rule.answer
        elif rule.answer is not None:
            response = rule.answer(request, response)
        if not rule.delay and rule.sent is None:
            return response
        told = response.status, response.headers, response.content
        return Spoiled(*told, delay=rule.delay, sent=rule.sent, end=rule.end)

    def _taken(self, request: Request) -> FaultRule | None:
        with self._lock:
            return next((rule for rule in self._rules if rule.takes(request)), None)


# The statuses with which an engine refuses in a document.
_WITH_DOCUMENT = frozenset({400, 403, 409})


def _refused(status: int, detail: str, request: Request) -> Response:
    refusal = Refusal(status, outside=status >= 500)
    if status == 401:
        refusal = unauthorized(detail or "Unauthorized")
    elif status in _WITH_DOCUMENT or detail:
        refusal = Refusal(status, FAILED, f"[{detail or 'A rule for faults says so.'}]")
    return exchange.refused(
        refusal, exchange.correlated(request), media.of_refusals(request.headers)
    )
