"""Which redirects are followed: those of a GET or HEAD, within the same origin."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urljoin

from rhev.transport.base import Request, Response, header, origin
from rhev.transport.http.messages import checked

MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def redirected(request: Request, response: Response) -> Request | None:
    """The request that follows a redirect, or ``None`` where there is none to be followed."""
    if response.status not in _REDIRECTS or request.method not in {"GET", "HEAD"}:
        return None
    location = header(response.headers, "location")
    if not location:
        return None
    try:
        following = checked(replace(request, url=urljoin(request.url, location)))
        return following if origin(following.url) == origin(request.url) else None
    except ValueError:
        return None
