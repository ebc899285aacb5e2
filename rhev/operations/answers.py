"""What an answer says: whether it is the engine's at all, what went wrong, what there is not.

An engine answers with a document of the API, or with nothing: then without a content type, as its
404 for what is not there. Anything else, a page above all, is of something in between, and says
neither that a thing was done nor that it is not there.
"""

from __future__ import annotations

import re
from html import unescape
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from rhev import errors
from rhev.codecs import json
from rhev.mapping.fields import fields
from rhev.mapping.resources import BaseResource, BaseResources
from rhev.models.engine import API, Action, CreationStatus, Fault
from rhev.operations.locked import is_locked
from rhev.secrets import scrub_url, shown_headers
from rhev.transport.base import header

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from rhev.codecs.xml import Element
    from rhev.mapping.structure import Struct
    from rhev.transport.base import Request, Response

JSON, XML = "application/json", ("application/xml", "text/xml")

_RAISED: Mapping[int, type[errors.Fault]] = {
    401: errors.Unauthorized,
    403: errors.Forbidden,
    404: errors.NotFound,
    405: errors.IllegalMethod,
    409: errors.Conflict,
}
_STATUSES = frozenset(HTTPStatus)
_UNDER_WAY = frozenset(
    {CreationStatus.COMPLETE, CreationStatus.PENDING, CreationStatus.IN_PROGRESS}
)
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
# A page that is no more than a sentence, as the engine's web server sends; it may be the bare one.
_SENTENCE = re.compile(rb"(?:.*<body>)?([^<>]{1,1000})(?:</body>.*)?", re.IGNORECASE | re.DOTALL)


def xml_codec() -> ModuleType:
    """The XML codec, which a connection that speaks JSON has no use for."""
    from rhev.codecs import xml

    return xml


def exchange_of(request: Request, response: Response | None = None) -> errors.Exchange:
    """What is told of a request and, where there is one, its response."""
    asked = header(request.headers, "Correlation-Id")
    if response is None:
        return errors.Exchange(request.method, request.url, None, asked)
    headers = shown_headers(response.headers)
    correlation_id = headers.get("correlation-id") or asked
    return errors.Exchange(request.method, request.url, response.status, correlation_id, headers)


def media_type(response: Response) -> str:
    """The media type of a response, in lower case; empty where it names none."""
    return response.headers.get("content-type", "").partition(";")[0].strip().lower()


def is_nothing(response: Response) -> bool:
    """Whether a response holds nothing, as an engine's does that has nothing to say."""
    return not response.content.strip() and not media_type(response)


def error_of(response: Response, exchanged: errors.Exchange) -> errors.Error:
    """What a response that is no success says went wrong.

    That something is not there (404) is what an engine says with nothing, or with a fault.
    """
    fault = fault_in(response)
    raised = _RAISED.get(response.status)
    if 300 <= response.status < 400:
        to = scrub_url(response.headers.get("location", "nowhere")).partition("?")[0]
        return errors.ResponseError(f"the engine sends this request on, to {to}", exchanged)
    if fault is None and response.status == 404 and not is_nothing(response):
        return errors.ResponseError(
            f"a 404 that is not the API's{told(response)} says nothing of what there is: is the"
            " address right?",
            exchanged,
        )
    if fault is None and raised is None:
        return errors.ResponseError(f"an answer that is not the API's{told(response)}", exchanged)
    if raised is errors.Conflict and fault is not None and is_locked(fault.detail):
        raised = errors.Locked
    return (raised or errors.Fault)(fault or made_fault(response.status), exchanged)


def not_the_engine_s(response: Response, exchanged: errors.Exchange) -> errors.ResponseError:
    """For an answer without the correlation id that this engine answers everything with."""
    return errors.ResponseError(
        f"an answer that is not the engine's{told(response)}: it lacks the correlation id that the"
        " others came with, so that something in between has answered",
        exchanged,
    )


def fault_in(response: Response) -> Fault | None:
    """The fault that a response carries: alone, in an action, as a usage message or a page."""
    # A page with 404 is of who has no such path, which says nothing of what the engine has.
    if 400 <= response.status < 500 and response.status != 404 and (said := _sentence(response)):
        return Fault(reason=_reason(response.status), detail=said)
    try:
        if media_type(response) == JSON:
            fault = _json_fault(json.parse(response.content))
        elif media_type(response) in XML:
            fault = _xml_fault(xml_codec().parse(response.content))
        else:
            return None
    except errors.ParseError:
        return None
    # Gateways have messages in JSON of their own, but no reasons.
    is_one = fault is not None and (response.status != 404 or fault.reason not in (None, "Usage"))
    return fault if is_one else None


def check_document(
    request: Request, document: Struct, exchanged: errors.Exchange, wanted: type[Struct]
) -> None:
    """Raises what a document says went wrong, and ResponseError for one that is something else's.

    JSON does not say what it is: a resource has an id, an action a status or a result, and a
    collection without members has nothing but what every collection may have.
    """
    fault = document.fault if isinstance(document, Action) else document
    if isinstance(fault, Fault) and wanted is not Fault:
        raise errors.Fault(fault, exchanged)
    if not isinstance(document, wanted):
        raise errors.ResponseError(
            f"a {type(document).__name__} came where a {wanted.__name__} was asked for", exchanged
        )
    if isinstance(document, Action):
        _check_action(request, document, exchanged)
    elif isinstance(document, BaseResources):
        if not document and document.model_extra and not vars(document).get("href"):
            raise errors.ResponseError(
                f"what came is no {wanted.__name__}, but has {_unknown_in(document)}", exchanged
            )
    elif isinstance(document, BaseResource) and not isinstance(document, API):
        if not (_has_id(document) or (request.method == "GET" and _is_known(document))):
            raise errors.ResponseError(
                f"what came is no {wanted.__name__} of an engine, which has an id, but has"
                f" {', '.join(vars(document)) or _unknown_in(document)}",
                exchanged,
            )
        _check_id(request, document, exchanged)


def _has_id(resource: BaseResource) -> bool:
    return vars(resource).get("id") is not None or "id" not in fields(type(resource))


def _is_known(resource: BaseResource) -> bool:
    """Whether it is what the models know: some of what is only read has no id, but is that."""
    return bool(vars(resource)) and not resource.model_extra


def _unknown_in(document: Struct) -> str:
    return ", ".join(document.model_extra or ()) or "nothing"


def _check_action(request: Request, action: Action, exchanged: errors.Exchange) -> None:
    if action.status == "failed":
        detail = "the engine says that the action failed, and gave no reason"
        raise errors.Fault(Fault(reason="Operation Failed", detail=detail), exchanged)
    if action.status in _UNDER_WAY:
        return
    # A ticket and the like comes without a status.
    if request.method == "DELETE" or action.status is not None or not vars(action):
        said = _unknown_in(action) if action.status is None else f"the status {action.status!s}"
        raise errors.ResponseError(
            f"what came does not say that this was done: an action with {said}", exchanged
        )


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


def told(response: Response) -> str:
    """What a page says of itself, in brackets: its sentence, or its title; empty if it is none."""
    if said := _sentence(response):
        return f" ({said})"
    match = _TITLE.search(response.content[:65536])
    return "" if match is None else f" ({_line(match[1])[:200]})"


def _sentence(response: Response) -> str:
    """What a page says, if that is no more than a sentence: the web server's, not the API's."""
    if media_type(response) != "text/html":
        return ""
    match = _SENTENCE.fullmatch(response.content[:65536])
    return "" if match is None else _line(match[1])


def _line(text: bytes) -> str:
    return " ".join(unescape(text.decode(errors="replace")).split())
