"""Requests that a user writes: what the models do not reach, by the way of all others."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from rhev import errors
from rhev.mapping.structure import Struct
from rhev.secrets import scrub_url
from rhev.transport.base import Request, Response, with_headers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.operations.steps import Steps
    from rhev.operations.wire import Wire

Body: TypeAlias = "Struct | Mapping[str, object] | bytes"


def request(
    wire: Wire,
    method: str,
    path: str,
    cls: type[Struct] | None,
    body: Body | None,
    parameters: Mapping[str, object] | None,
) -> Steps[Response | Struct]:
    """The response to a request, or the document of a class that it holds.

    Raises what a fault says, as everything else does.
    """
    document = body if isinstance(body, Struct) else None
    asked = wire.request(
        method.upper(), _address(wire.url, path), body=document, parameters=parameters
    )
    if body is not None and not isinstance(body, Struct):
        asked = _with_body(asked, body, wire.format)
    del path, body, parameters  # which may hold secrets, and a traceback would show them
    response = yield from wire.send(asked)
    if cls is None:
        wire.accept(asked, response)
        return response
    read = wire.read(asked, response, cls)
    if read is None:
        raise errors.ResponseError(
            f"nothing came where a {cls.__name__} was asked for",
            errors.Exchange(asked.method, asked.url, response.status),
        )
    return read


def _with_body(asked: Request, body: Mapping[str, object] | bytes, format: str) -> Request:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    kind = f"application/{format}" if isinstance(body, bytes) else "application/json"
    return with_headers(replace(asked, content=content), {"Content-Type": kind})


def _address(entry_point: str, path: str) -> str:
    """The address that a path below the entry point stands for, or one that the engine gave.

    Raises ValueError for one of another host: no credentials go there.
    """
    parts, here = urlsplit(path), urlsplit(entry_point)
    if parts.scheme or parts.netloc:
        if (parts.scheme, parts.netloc) != (here.scheme, here.netloc):
            raise ValueError(
                f"{scrub_url(path)!r} is not an address of {here.scheme}://{here.netloc}"
            )
        return path
    if parts.path == here.path or parts.path.startswith(f"{here.path}/"):
        return path
    return f"{entry_point}/{path.lstrip('/')}"
