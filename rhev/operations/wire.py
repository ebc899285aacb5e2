"""Requests and responses of the API: addresses, headers, representations, faults."""

from __future__ import annotations

import math
import re
import time
import uuid
from dataclasses import dataclass, field
from html import unescape
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from urllib.parse import quote, unquote, urlencode, urljoin, urlsplit

from rhev import errors
from rhev.codecs import json
from rhev.codecs.plan import Context
from rhev.mapping.parameters import query
from rhev.mapping.resources import Addressed
from rhev.mapping.structure import Struct
from rhev.models.engine import API, Action, Fault
from rhev.operations.locked import is_locked
from rhev.operations.steps import Pause, Steps, exchange, pauses
from rhev.secrets import scrub_url, shown_headers
from rhev.transport.base import Request, Response, header

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from rhev.codecs.xml import Element
    from rhev.mapping.resources import Binding

S = TypeVar("S", bound=Struct)

Format = Literal["json", "xml"]
DEFAULT_PATH = "/ovirt-engine/api"

_RAISED: Mapping[int, type[errors.Fault]] = {
    401: errors.Unauthorized,
    403: errors.Forbidden,
    404: errors.NotFound,
    405: errors.IllegalMethod,
    409: errors.Conflict,
}
_STATUSES = frozenset(HTTPStatus)
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
# A page that is no more than a sentence, as the engine's web server sends; it may be the bare one.
_SENTENCE = re.compile(rb"(?:.*<body>)?([^<>]{1,1000})(?:</body>.*)?", re.IGNORECASE | re.DOTALL)


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

    ``url`` is the address of the entry point. ``user_view`` asks for what an ordinary user may
    see (the API's ``Filter`` header). ``timeout`` bounds an operation, in seconds, and
    ``read_timeout`` each silence, where that is not to be the transport's own. A request that is
    refused because something is locked is repeated for ``wait_locked`` seconds on top.
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
        document = self.read(request, (yield from self.send(request)), cls, members)
        if document is None:
            raise errors.ResponseError(
                f"nothing came where a {cls.__name__} was asked for",
                errors.Exchange(method, urljoin(self.url, href)),
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
        response = yield from exchange(request)
        deadline = time.monotonic() + self.wait_locked
        waits = pauses(_FIRST_PAUSE, _LONGEST_PAUSE)
        while response.status == 409 and (left := deadline - time.monotonic()) > 0:
            fault = self._fault(response)
            if fault is None or not is_locked(fault.detail):
                break
            try:
                yield Pause(min(next(waits), left), counts=True)
            except errors.Timeout:
                break  # what it waits for is the last that is known
            response = yield from exchange(request)
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
        url = urljoin(self.url, href)
        if urlsplit(url)[:2] != urlsplit(self.url)[:2]:
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
        elif method not in ("GET", "HEAD", "OPTIONS"):
            # One of its own, by which the job of the request is found even if no answer comes.
            headers["Correlation-Id"] = str(uuid.uuid4())
        content = b""
        if body is not None:
            headers["Content-Type"] = media_type
            content = json.encode(body) if self.format == "json" else _xml().encode(body)
        return Request(method, url, headers, content, self.read_timeout)

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
        if not response.content.strip():
            return None
        try:
            document = self._decode(response, cls, members)
        except errors.ParseError as error:
            error.exchange = exchanged
            raise errors.without_frames(error) from None
        fault = document.fault if isinstance(document, Action) else document
        if isinstance(fault, Fault) and cls is not Fault:
            raise errors.Fault(fault, exchanged)
        if isinstance(document, Action) and document.status == "failed":
            detail = "the engine says that the action failed, and gave no reason"
            raise errors.Fault(Fault(reason="Operation Failed", detail=detail), exchanged)
        if not isinstance(document, cls):
            raise errors.ResponseError(
                f"a {type(document).__name__} came where a {cls.__name__} was asked for", exchanged
            )
        _check_id(request, document, exchanged)
        if request.method != "GET" and issubclass(cls, Addressed):
            object.__setattr__(document, "_correlation_id", exchanged.correlation_id)
        return document

    def accept(self, request: Request, response: Response) -> None:
        """Raises what a response says went wrong, unless it says that nothing did."""
        if not 200 <= response.status < 300:
            raise self._error(response, exchange_of(request, response))

    def _decode(
        self, response: Response, cls: type[Struct], members: type[Struct] | None
    ) -> Struct:
        context = Context(self.binding, self.strict_responses, members=members)
        document: Struct
        match _media_type(response):
            case "application/json":
                document = json.decode(response.content, cls, context)
            case "application/xml" | "text/xml":
                document = _xml().decode(response.content, cls, context)
            case other:
                raise errors.ParseError(
                    f"{other or 'an unnamed type'} came where application/{self.format} was asked"
                    f" for{_title(response)}: is the address that of the API?"
                )
        return document

    def _error(self, response: Response, exchanged: errors.Exchange) -> errors.Error:
        fault = self._fault(response)
        raised = _RAISED.get(response.status)
        if 300 <= response.status < 400:
            to = scrub_url(response.headers.get("location", "nowhere")).partition("?")[0]
            return errors.ResponseError(f"the engine sends this request on, to {to}", exchanged)
        if fault is None and raised is None:
            said = f" ({sentence})" if (sentence := _sentence(response)) else _title(response)
            return errors.ResponseError(f"an answer that is not the API's{said}", exchanged)
        if raised is errors.Conflict and fault is not None and is_locked(fault.detail):
            raised = errors.Locked
        return (raised or errors.Fault)(fault or made_fault(response.status), exchanged)

    def _fault(self, response: Response) -> Fault | None:
        """The fault that a response carries: alone, in an action, as a usage message or a page."""
        if 400 <= response.status < 500 and (sentence := _sentence(response)):
            return Fault(reason=_reason(response.status), detail=sentence)
        try:
            if _media_type(response) == "application/json":
                return _json_fault(json.parse(response.content))
            if _media_type(response) in ("application/xml", "text/xml"):
                return _xml_fault(_xml().parse(response.content))
        except errors.ParseError:
            pass
        return None


def _check_id(request: Request, document: Struct, exchanged: errors.Exchange) -> None:
    """Refuses a document that is another's than the address is of: answers can cross.

    An engine gives the one drive of a machine whatever id is asked for.
    """
    parent, _, asked = urlsplit(request.url).path.partition(";")[0].rpartition("/")
    id_ = getattr(document, "id", None)
    if request.method not in ("GET", "PUT") or id_ is None or parent.endswith("/cdroms"):
        return
    if unquote(asked).lower() != id_.lower():
        raise errors.WrongAnswer(
            f"the answer is the {type(document).__name__} with the id {id_!r}, which was not"
            " asked for; the connections are closed",
            exchanged,
        )


def exchange_of(request: Request, response: Response | None = None) -> errors.Exchange:
    """What is told of a request and, where there is one, its response."""
    asked = header(request.headers, "Correlation-Id")
    if response is None:
        return errors.Exchange(request.method, request.url, None, asked)
    headers = shown_headers(response.headers)
    correlation_id = headers.get("correlation-id") or asked
    return errors.Exchange(request.method, request.url, response.status, correlation_id, headers)


def _xml() -> ModuleType:
    """The XML codec, which a connection that speaks JSON has no use for."""
    from rhev.codecs import xml

    return xml


def made_fault(status: int) -> Fault:
    """The fault for a response that carries none."""
    detail = f"the engine answered {status} and gave no reason"
    return Fault(reason=_reason(status), detail=detail)


def _reason(status: int) -> str:
    return HTTPStatus(status).phrase if status in _STATUSES else f"Status {status}"


def _json_fault(document: Any) -> Fault | None:
    if not isinstance(document, dict):
        return None
    if isinstance(document.get("fault"), dict):
        document = document["fault"]
    detail = document.get("detail", document.get("message"))
    reason = document.get("reason") or ("Usage" if "message" in document else None)
    if reason is None and detail is None:
        return None
    if isinstance(detail, list):
        detail = f"[{', '.join(map(str, detail))}]"
    return _fault_of(reason, detail)


def _xml_fault(root: Element) -> Fault | None:
    if root.tag == "action":
        return None if (fault := root.find("fault")) is None else _xml_fault(fault)
    if root.tag == "usage_message":
        return _fault_of("Usage", root.findtext("message"))
    if root.tag == "fault":
        return _fault_of(root.findtext("reason"), root.findtext("detail"))
    return None


def _fault_of(reason: Any, detail: Any) -> Fault:
    texts = {"reason": reason, "detail": detail}
    return Fault(**{name: str(text) for name, text in texts.items() if text is not None})


def _media_type(response: Response) -> str:
    return response.headers.get("content-type", "").partition(";")[0].strip().lower()


def _title(response: Response) -> str:
    match = _TITLE.search(response.content[:65536])
    return "" if match is None else f" ({_line(match[1])[:200]})"


def _sentence(response: Response) -> str:
    """What a page says, if that is no more than a sentence: the web server's, not the API's."""
    if _media_type(response) != "text/html":
        return ""
    match = _SENTENCE.fullmatch(response.content[:65536])
    return "" if match is None else _line(match[1])


def _line(text: bytes) -> str:
    return " ".join(unescape(text.decode(errors="replace")).split())
