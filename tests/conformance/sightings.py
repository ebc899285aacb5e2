"""When what the recorded engine had was seen, and when it was gone: a quarter is not recorded.

What was seen, is in no later listing of its collection, and was removed by no recorded request,
was removed by one that is left out: the replay removes it before its collection is next listed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from rhev.transport.base import header
from tests.conformance.documents import members, parsed
from tests.conformance.exchanges import API

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.conformance.documents import Node
    from tests.conformance.exchanges import Exchange

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Of what is gone these still tell.
_BOOKS = ("/events", "/jobs")
# What has an address below something else, and is listed with all others of its kind as well.
_ANYWHERE = frozenset(
    {"clusters", "cpuprofiles", "diskprofiles", "disks", "networks", "storagedomains"}
    | {"templates", "vms", "vnicprofiles"}
)
# Queries that find everything.
_EVERYTHING = ("", "name=*")


class Sightings:
    """The last time that anything was seen, by its id, and what is gone from then on."""

    def __init__(self, exchanges: Sequence[Exchange]) -> None:
        self._last: dict[str, int] = {}
        self._addresses: dict[str, set[str]] = defaultdict(set)
        self._named: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._listings: dict[str, list[int]] = defaultdict(list)
        self._whole: dict[str, list[int]] = defaultdict(list)
        removed: set[str] = set()
        for index, exchange in enumerate(exchanges):
            if exchange.method == "DELETE" and exchange.status == 200:
                removed.add(exchange.path.rpartition("/")[2])
            if exchange.status < 400 and not exchange.path.startswith(_BOOKS):
                self._see(index, exchange)
        self._gone: dict[int, list[str]] = defaultdict(list)
        for id_, last in self._last.items():
            listed = [at for at in self._listed_with(self._whole, id_) if at > last]
            if id_ not in removed and listed:
                first = (at for at in self._listed_with(self._listings, id_) if at > last)
                self._gone[min(first)] += self._addresses[id_]

    def gone_by(self, index: int) -> list[str]:
        """The addresses of what was last seen before this exchange, and would be in it."""
        return self._gone.get(index, [])

    def _listed_with(self, listings: dict[str, list[int]], id_: str) -> Iterator[int]:
        for address in self._addresses[id_]:
            place = address.rpartition("/")[0]
            yield from listings.get(place, ())
            if (segment := place.rpartition("/")[2]) in _ANYWHERE:
                yield from listings.get(f"/{segment}", ())

    def _see(self, index: int, exchange: Exchange) -> None:
        kind = header(exchange.answered, "content-type") or ""
        root = parsed(kind, exchange.body)
        for node in _nodes(root) if root is not None else ():
            id_, address = node.get("id"), (node.get("href") or "").partition(API)[2]
            if id_ and address and not address.startswith("/domains"):
                address = address.removeprefix("/v4")
                self._addresses[id_].add(address)
                self._last[id_] = index
                if name := node.get("name"):
                    self._named[address.split("/")[-2], name].add(id_)
        for id_ in {*_ID.findall(exchange.url), *_ID.findall(exchange.content)}:
            self._last[id_] = index
        for name in set(exchange.found or ()):
            for id_ in self._named.get((exchange.path.strip("/"), name), ()):
                self._last[id_] = index
        if (root is not None or exchange.found is not None) and exchange.method == "GET":
            self._listings[exchange.path].append(index)
            if is_whole(exchange):
                self._whole[exchange.path].append(index)


def is_whole(exchange: Exchange) -> bool:
    """Whether an exchange lists all members of a collection there are."""
    query = parse_qs(urlsplit(exchange.url).query)
    asked = {name.lower() for name in query} - {"follow", "all_content", "search"}
    return (
        exchange.status == 200
        and exchange.user == "admin"
        and not asked
        and ";" not in exchange.url
        and header(exchange.headers, "filter") is None
        and query.get("search", [""])[0] in _EVERYTHING
    )


def _nodes(root: Node) -> Iterator[Node]:
    yield root
    for _, node in root.walk():
        yield node


def is_listed(root: Node) -> bool:
    """Whether a document is that of a collection: members of one name, or nothing at all."""
    inner = members(root)
    same = len({node.name for node in root.children}) <= 1
    return same and len(inner) == len(root.children)
