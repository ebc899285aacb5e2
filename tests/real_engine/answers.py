"""Answers in the form in which a real engine was seen to give them, in these tests' own words."""

from __future__ import annotations

from typing import Any

from rhev.transport import Response
from tests.operations.scripted import ENTRY, PATH, Answer, Scripted, answer

HTML = "text/html;charset=UTF-8"
XML = "application/xml;charset=UTF-8"
JSON = "application/json"
UUID = "0c5d6b0e-6a3c-4a53-9d5b-6d5f9a3f6a01"
OTHER = "0c5d6b0e-6a3c-4a53-9d5b-6d5f9a3f6a02"

SEARCHED = (
    *("clusters", "datacenters", "disks", "events", "groups", "hosts", "instancetypes", "networks"),
    *("storagedomains", "templates", "users", "vmpools", "vms"),
)
UNSEARCHED = (
    *("affinitylabels", "bookmarks", "cpuprofiles", "domains", "icons", "jobs", "macpools"),
    *("permissions", "roles", "tags", "vnicprofiles"),
)


def engine(answers: dict[str, Answer] | None = None) -> Scripted:
    """A script whose entry point leads wherever a real one does."""
    links = [{"rel": rel, "href": f"{PATH}/{rel}"} for rel in (*SEARCHED, *UNSEARCHED)]
    links += [
        {"rel": f"{rel}/search", "href": f"{PATH}/{rel}?search={{query}}"} for rel in SEARCHED
    ]
    return Scripted({"GET ": {**ENTRY, "link": links}, **(answers or {})})


def resource(
    path: str, *, links: tuple[str, ...] = (), actions: tuple[str, ...] = (), **values: Any
) -> dict[str, Any]:
    """The document of a resource, with its links and the actions that it offers."""
    href = f"{PATH}/{path}"
    document = {"id": path.rpartition("/")[2], "href": href, **values}
    if links:
        document["link"] = [{"rel": rel, "href": f"{href}/{rel}"} for rel in links]
    if actions:
        document["actions"] = {"link": [{"rel": rel, "href": f"{href}/{rel}"} for rel in actions]}
    return document


def sentence(text: str, status: int) -> Response:
    """What the engine's web server says: named HTML, and no more than a sentence."""
    return answer(text.encode(), status, HTML)


def page(text: str, status: int) -> Response:
    """The page around a sentence with which a request without good credentials is answered."""
    body = f"<html><head><title>Error</title></head><body>{text}</body></html>"
    return answer(body.encode(), status, HTML)


def crash() -> Response:
    """The page with which an engine tells that it failed itself, with a trace of its stack."""
    body = (
        b"<html><head><title>ERROR</title><style>body { color: black; }</style></head><body>"
        b"<h1>Failed</h1><pre>java.lang.Exception\n\tat a.b.C.d(C.java:1)\n</pre></body></html>"
    )
    return answer(body, 500, HTML)


def fault(status: int, reason: str = "Operation Failed", detail: str = "[no]") -> Response:
    return answer({"detail": detail, "reason": reason}, status)


NOTHING = Response(404)
"""How what is not there is answered: without a body, and without a type of it."""
