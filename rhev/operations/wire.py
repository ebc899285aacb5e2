"""Requests and responses of the API: addresses, headers, representations."""

from __future__ import annotations

import math
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast
from urllib.parse import quote, urlencode, urljoin, urlsplit

from rhev import errors
from rhev.codecs import json
from rhev.codecs.plan import Context
from rhev.mapping.parameters import query
from rhev.mapping.resources import Addressed
from rhev.mapping.structure import Struct
from rhev.models.engine import API
from rhev.operations.answers import (
    JSON,
    XML,
    check_document,
    error_of,
    exchange_of,
    fault_in,
    is_nothing,
    media_type,
    not_the_engine_s,
    told,
    xml_codec,
)
from rhev.operations.locked import is_locked
from rhev.operations.lost import exchanged
from rhev.operations.steps import Pause, Steps, pauses
from rhev.transport.base import SYSTEM_CLOCK, Clock, Request, Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.mapping.resources import Binding
    from rhev.operations.locate import Place
    from rhev.transport.observe import Observer
    from rhev.transport.retry import RetryPolicy

S = TypeVar("S", bound=Struct)

Format = Literal["json", "xml"]
DEFAULT_PATH = "/ovirt-engine/api"


def entry_point(url: str) -> str:
    """The address of the entry point, from what a user writes: it, or just the engine's host.

    Raises ValueError for what is no http or https address, and for one with credentials in it.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(
            f"{parts.scheme or 'no scheme'!r}: an engine's address is written as in"
            f" 'https://engine.example.com{DEFAULT_PATH}'"
        )
    if parts.username is not None or parts.password is not None:
        raise ValueError("give username= and password=, not credentials within the address")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/') or DEFAULT_PATH}"


_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 5.0


@dataclass
class Known:
    """What was learned of an engine, and holds for every connection to it."""

    api: API | None = field(default=None, repr=False)
    places: dict[object, Place] = field(default_factory=dict, repr=False)
    """The collections that were found by the links of ``api``, by the classes of their members."""
    is_correlated: bool = False
    """Whether its answers come with a correlation id, as all of a new engine's do."""


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """The engine that a resource was read from, by its address, and the connection it came by."""

    connection: Binding
    url: str

    def perform(self, operation: str, /, *arguments: Any, **parameters: Any) -> Any:
        """What a resource's own methods call."""
        return self.connection.perform(operation, *arguments, **parameters)


@dataclass
class Wire:
    """How this connection's requests are written and its responses read.

    ``retry`` is how an update is repeated whose answer was lost; None: not.

    ``url`` is the address of the entry point. ``user_view`` asks for what an ordinary user may
    see (the API's ``Filter`` header). ``timeout`` bounds an operation, in seconds, and
    ``read_timeout`` each silence, where that is not to be the transport's own. A request that is
    refused because something is locked is repeated for ``wait_locked`` seconds on top.
    ``observer`` is told of each exchange. ``clock`` measures all these times.
    """

    url: str
    binding: Binding | None = None
    format: Format = "json"
    user_view: bool = False
    correlation_id: str | None = None
    strict_responses: bool = False
    check: bool = True
    timeout: float = math.inf
    read_timeout: float | None = None
    wait_locked: float = 0
    retry: RetryPolicy | None = None
    observer: Observer | None = None
    clock: Clock = SYSTEM_CLOCK
    known: Known = field(default_factory=Known)

    def __post_init__(self) -> None:
        if self.binding is not None:
            self.binding = Origin(self.binding, self.url)

    @property
    def limit(self) -> float:
        """The seconds that an operation may take, all in all."""
        return self.timeout + self.wait_locked

    def entry(self) -> Steps[API]:
        """The entry point, read once."""
        if self.known.api is None:
            return (yield from self.read_entry())
        return self.known.api

    def read_entry(self, parameters: Mapping[str, Any] | None = None) -> Steps[API]:
        """The entry point. Raises ResponseError for a document that is none."""
        api = yield from self.call("GET", self.url, API, parameters=parameters)
        if not api.links:
            raise errors.ResponseError(
                "what came has no links, as the entry point of an API has: is the address that of"
                f" an engine's API ({DEFAULT_PATH})?",
                errors.Exchange("GET", self.url),
            )
        self.known.api = api
        self.known.places = {}
        return api

    def call(
        self,
        method: str,
        href: str,
        cls: type[S],
        *,
        body: Struct | None = None,
        parameters: Mapping[str, Any] | None = None,
        members: type[Struct] | None = None,
    ) -> Steps[S]:
        """A request whose response is a document of ``cls``.

        ``members`` is the class of the members of a collection, where that is a user's own. Raises
        ResponseError where there is no document in the response.
        """
        request = self.request(method, href, body=body, parameters=parameters)
        response = yield from self.send(request)
        document = self.read(request, response, cls, members)
        if document is None:
            raise errors.ResponseError(
                f"nothing came where a {cls.__name__} was asked for", exchange_of(request, response)
            )
        return document

    def try_call(
        self,
        method: str,
        href: str,
        cls: type[S],
        *,
        body: Struct | None = None,
        parameters: Mapping[str, Any] | None = None,
    ) -> Steps[S | None]:
        """A request whose response may be empty."""
        request = self.request(method, href, body=body, parameters=parameters)
        response = yield from self.send(request)
        return self.read(request, response, cls)

    def send(self, request: Request) -> Steps[Response]:
        """A request and its response; repeated while what it is about is locked.

        That does nothing twice: an engine that refuses a request so has done nothing.
        """
        response = yield from exchanged(request)
        deadline = self.clock.monotonic() + self.wait_locked
        waits = pauses(_FIRST_PAUSE, _LONGEST_PAUSE)
        while response.status == 409 and (left := deadline - self.clock.monotonic()) > 0:
            fault = fault_in(response)
            if fault is None or not is_locked(fault.detail):
                break
            try:
                yield Pause(min(next(waits), left), counts=True)
            except errors.Timeout:
                break  # what it waits for is the last that is known
            response = yield from exchanged(request)
        return response

    def request(
        self,
        method: str,
        href: str,
        *,
        body: Struct | None = None,
        parameters: Mapping[str, Any] | None = None,
    ) -> Request:
        """A request to an address that the engine gave.

        Raises ResponseError if it leads to another host: no link takes a request there.
        """
        own = urlsplit(self.url)
        if href.startswith("/") and not href.startswith("//") and "/." not in href:
            url = f"{own.scheme}://{own.netloc}{href}"  # as an engine writes all of its links
        else:
            url = urljoin(self.url, href)
        if urlsplit(url)[:2] != own[:2]:
            raise errors.ResponseError(f"the engine's link {href!r} leads to another host")
        given = query(parameters or {})
        if given:
            url += ("&" if "?" in url else "?") + urlencode(given, quote_via=quote)
        media_type = f"application/{self.format}"
        headers = {"Version": "4", "Accept": media_type}
        if self.user_view:
            headers["Filter"] = "true"
        if self.correlation_id:
            headers["Correlation-Id"] = self.correlation_id
        else:
            # One of its own: its answer comes with it, and no other's, and the job of a change is
            # found by it even if no answer comes.
            headers["Correlation-Id"] = secrets.token_hex(16)
        content = b""
        if body is not None:
            headers["Content-Type"] = media_type
            content = json.encode(body) if self.format == "json" else xml_codec().encode(body)
        return Request(method, url, headers, content, self.read_timeout, observer=self.observer)

    def read(
        self,
        request: Request,
        response: Response,
        cls: type[S],
        members: type[Struct] | None = None,
    ) -> S | None:
        """The document of a response, if there is one. Raises what it says went wrong."""
        self.accept(request, response)
        exchanged = exchange_of(request, response)
        if not response.content.strip() and media_type(response) in ("", JSON, *XML):
            return None
        try:
            document = self._decode(response, cls, members)
        except errors.ParseError as error:
            error.exchange = exchanged
            raise errors.without_frames(error) from None
        check_document(request, document, exchanged, cls)
        # What is of another class was refused.
        read: S = cast("S", document)
        if "correlation-id" in response.headers:
            self.known.is_correlated = True
        if request.method != "GET" and issubclass(cls, Addressed):
            object.__setattr__(read, "_correlation_id", exchanged.correlation_id)
        return read

    def accept(self, request: Request, response: Response) -> None:
        """Raises what a response says went wrong, unless it says that nothing did."""
        is_success = 200 <= response.status < 300
        # Nothing is taken at its word, nor a document: a fault explains itself, and a page is none.
        is_taken = is_success or (response.status == 404 and is_nothing(response))
        if is_taken and self.known.is_correlated and "correlation-id" not in response.headers:
            raise not_the_engine_s(response, exchange_of(request, response))
        if not is_success:
            raise error_of(response, exchange_of(request, response))

    def _decode(
        self, response: Response, cls: type[Struct], members: type[Struct] | None
    ) -> Struct:
        context = Context(self.binding, self.strict_responses, members=members)
        document: Struct
        kind = media_type(response)
        if kind == JSON:
            document = json.decode(response.content, cls, context)
        elif kind in XML:
            document = xml_codec().decode(response.content, cls, context)
        else:
            raise errors.ParseError(
                f"{kind or 'an unnamed type'} came where application/{self.format} was asked"
                f" for{told(response)}: is the address that of the API?"
            )
        return document
