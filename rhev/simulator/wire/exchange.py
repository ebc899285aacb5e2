"""From an HTTP request to what it asks of the API, and from an answer to an HTTP response."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from rhev.simulator.state.refusals import Refusal, titled
from rhev.simulator.state.store import ROOT
from rhev.simulator.state.values import blank, class_of
from rhev.transport.base import Request, Response, header, origin, with_headers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rhev.mapping.structure import Struct
    from rhev.simulator.wire.media import Media

_HTML = "text/html;charset=UTF-8"
_VERSIONED = f"{ROOT}/v4"
# What no path may have, and no server lets through.
_NO_PATH = re.compile(r'[{}|\\^<>"`]')
_UPWARD = re.compile(r"/[^/]+/\.\.(?=/)")
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_MOST_PARAMETERS = 1000
_UNKNOWN_VERSION = re.compile(rf"{ROOT}/v\d+(/|$)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the API, as far as that can be told without knowing what there is.

    ``path`` is without version and matrix parameters, ``versioned`` whether it had a version,
    and ``parameters`` are those of the matrix and of the query.
    """

    request: Request
    path: str
    versioned: bool
    parameters: Mapping[str, str]
    correlation_id: str

    @property
    def verb(self) -> str:
        """The method of HTTP, where HEAD is as good as GET."""
        return "GET" if self.request.method == "HEAD" else self.request.method


def asked(request: Request) -> Asked:
    """What a request asks. Raises Refusal for what no part of the API would be asked."""
    parts = urlsplit(request.url)
    pairs = parse_qsl(parts.query, keep_blank_values=True) if parts.query else []
    is_malformed = "#" in request.url or _NO_ESCAPE.search(request.url) is not None
    if is_malformed or _NO_PATH.search(parts.path) or len(pairs) > _MOST_PARAMETERS:
        raise Refusal(400, outside=True)
    if "/%2e%2e/" in parts.path.lower():
        raise Refusal(404)
    path, matrix = _without_matrix(unquote(_UPWARD.sub("", parts.path)))
    versioned = path == _VERSIONED or path.startswith(f"{_VERSIONED}/")
    if versioned:
        path = ROOT + path.removeprefix(_VERSIONED)
    elif _UNKNOWN_VERSION.match(path):
        verb = request.method
        raise Refusal(405, page=titled(f"HTTP method {verb} is not supported by this URL"))
    elif (version := header(request.headers, "Version") or "4") != "4":
        supported = 405 if version == "3" else 400
        raise Refusal(supported, page=titled(f"there is no version {version} of the API here"))
    if path != ROOT and not path.startswith(f"{ROOT}/"):
        raise Refusal(404, page=titled("Not Found"), outside=True)
    # Of a parameter that is given twice the first counts.
    parameters = matrix | dict(reversed(pairs))
    if (whole := header(request.headers, "All-Content")) is not None:
        parameters = {"all_content": whole} | parameters
    return Asked(request, path, versioned, parameters, _correlation_id(request))


def answered(asked: Asked, representation: Media, status: int, document: Struct | None) -> Response:
    """The response to a request that was carried out."""
    headers = {"correlation-id": asked.correlation_id}
    if document is None:
        return Response(status, headers)
    if asked.request.method == "HEAD" and asked.path == ROOT:
        # Clients of old look for the links here.
        links = getattr(document, "links", {})
        return Response(status, headers | {"link": _link_header(links, asked)})
    content = representation.encode(document)
    if asked.versioned:
        content = content.replace(f'"{ROOT}'.encode(), f'"{_VERSIONED}'.encode())
    headers["content-type"] = representation.content_type
    href = getattr(document, "href", None)
    if status == 201 and href is not None:
        # Both the base and the address that is relative to it have the path: so engines send it.
        headers["location"] = f"{origin(asked.request.url)}{_VERSIONED}{href}"
    return _headed(asked.request, Response(status, headers, content))


def options(asked: Asked, verbs: Iterable[str]) -> Response:
    """The response to the question of what is possible at a path."""
    allowed = allow(verbs)
    headers = {"allow": allowed, "content-type": "text/plain;charset=UTF-8"}
    return Response(200, headers | {"correlation-id": asked.correlation_id}, allowed.encode())


def allow(verbs: Iterable[str]) -> str:
    """The header that lists the methods of HTTP: what can be read can be asked for its head."""
    possible = {*verbs, "OPTIONS"}
    return ", ".join(sorted(possible | {"HEAD"} if "GET" in possible else possible))


def refused(refusal: Refusal, request: Request, representation: Media) -> Response:
    """The response to a request that was not: a fault, a page, or nothing at all."""
    headers: dict[str, str] = dict(refusal.headers)
    content = b""
    if refusal.page is not None:
        headers["content-type"] = _HTML
        content = refusal.page.encode()
    elif refusal.reason is not None:
        headers["content-type"] = representation.content_type
        texts = {"detail": refusal.detail} if refusal.detail else {}
        texts["reason"] = refusal.reason
        content = representation.encode(blank(class_of("Fault"), **texts))
    if not refusal.outside:
        headers["correlation-id"] = _correlation_id(request)
    return _headed(request, Response(refusal.status, headers, content))


def _headed(request: Request, response: Response) -> Response:
    """The response to HEAD is that to GET, but for the body, of which it has the length."""
    if request.method != "HEAD":
        return response
    length = {"content-length": str(len(response.content))}
    return Response(response.status, {**response.headers, **length})


def _link_header(links: Mapping[str, str], asked: Asked) -> str:
    base = origin(asked.request.url)
    return ",".join(f"<{base}{href}>; rel={rel}" for rel, href in links.items())


def correlated(request: Request) -> Request:
    """The request with its correlation id as the engine takes it, or one that it gives.

    It takes no other characters than these, and 36 of them.
    """
    query = dict(parse_qsl(urlsplit(request.url).query))
    given = query.get("correlation_id") or header(request.headers, "Correlation-Id") or ""
    taken = re.sub(r"[^0-9A-Za-z_-]", "", given)[:36] or str(uuid.uuid4())
    return with_headers(request, {"Correlation-Id": taken})


def _correlation_id(request: Request) -> str:
    return header(request.headers, "Correlation-Id") or ""


def _without_matrix(path: str) -> tuple[str, dict[str, str]]:
    """The path without its matrix parameters, as in ``/vms;max=5``, and these."""
    parameters: dict[str, str] = {}
    if ";" not in path:
        return path.rstrip("/"), parameters
    segments = []
    for segment in path.rstrip("/").split("/"):
        name, *given = segment.split(";")
        segments.append(name)
        parameters |= {key: value for key, _, value in (entry.partition("=") for entry in given)}
    return "/".join(segments), parameters
