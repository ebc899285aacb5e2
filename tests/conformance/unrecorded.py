"""What the recordings leave out, and the replay has to make up for: it is about a quarter.

Nothing of this tells our engine what to answer: it only brings about what was so on the real one.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rhev.transport.base import header
from tests.conformance.documents import parsed
from tests.simulator.asking import Asker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rhev.simulator import Engine
    from tests.conformance.documents import Node
    from tests.conformance.exchanges import Exchange

_API = "/ovirt-engine/api"
_NAMES = ("name", "user_name", "alias")


class Names:
    """What every id was the id of: an address and a name, by any answer of the recordings.

    So an id means something to a request that comes before the first answer that has it.
    """

    def __init__(self, exchanges: Iterable[Exchange]) -> None:
        self._known: dict[str, tuple[str, set[str]]] = {}
        for exchange in exchanges:
            kind = header(exchange.answered, "content-type") or ""
            # The log tells of what was gone long before as well.
            is_log = exchange.path.startswith("/events")
            if exchange.status < 300 and not is_log and (root := parsed(kind, exchange.body)):
                for node in (root, *(below for _, below in root.walk())):
                    self._learn(node)

    def _learn(self, node: Node) -> None:
        id_, href = node.get("id"), node.get("href")
        names = set(filter(None, map(node.get, _NAMES)))
        if id_ and href and names and id_ not in self._known:
            self._known[id_] = (href.partition(_API)[2].removeprefix("/v4"), names)

    def find(self, engine: Engine, id_: str, ours: Callable[[str], str]) -> str | None:
        """Our id of what has an id there; ``ours`` puts our ids in the place of theirs."""
        if id_ not in self._known:
            return None
        href, names = self._known[id_]
        place = href.rpartition("/")[0]
        for entry in _members(Asker(engine), ours(place)):
            if names & set(map(entry.get, _NAMES)):
                return str(entry["id"])
        return None


def whole(exchange: Exchange) -> str:
    """The body of a request, filled up and closed again where it was cut within a long text."""
    cut = _CUT.search(exchange.note)
    if cut is None or not exchange.content.endswith("..."):
        return exchange.content
    kept = exchange.content.removesuffix("...")
    end = '"' + "}" * (kept.count("{") - kept.count("}"))
    return kept.ljust(int(cut[1]) - len(end), kept[-1]) + end


_CUT = re.compile(r"request body of (\d+) characters")


def make_way(engine: Engine, exchange: Exchange, path: str) -> None:
    """Removes what has the name of something that was added there: its removal is left out."""
    is_made = exchange.method == "POST" and exchange.status in (201, 202)
    if not is_made or exchange.file not in _FILES:
        return
    place = path.partition("?")[0]
    made = parsed(header(exchange.answered, "content-type") or "", exchange.body)
    if made is None or place.rpartition("/")[2] not in _REMOVED:
        return
    ask = Asker(engine)
    for entry in _members(ask, place):
        if entry.get("name") == made.get("name"):
            if "delete_protected" in entry:
                ask.send("PUT", f"{place}/{entry['id']}", {"delete_protected": False})
            ask.send("DELETE", f"{place}/{entry['id']}")


def _members(ask: Asker, place: str) -> list[dict[str, Any]]:
    response = ask.send("GET", place)
    document = json.loads(response.content) if response.status == 200 else {}
    lists = [entries for entries in document.values() if isinstance(entries, list)]
    return [entry for entries in lists for entry in entries if isinstance(entry, dict)]


_FILES = frozenset({"faults", "wire"})
# The collections whose members were made again and again under the same name.
_REMOVED = frozenset({"vms", "tags", "clusters", "datacenters", "macpools", "quotas"})


def _blank_again(engine: Engine) -> None:
    blank = "/templates/00000000-0000-0000-0000-000000000000"
    Asker(engine)("PUT", blank, {"name": "Blank", "description": "Blank template"})


def _nic(engine: Engine) -> None:
    ask = Asker(engine)
    for vm in _members(ask, "/vms?search=name%3Dvm1"):
        ask.add(f"/vms/{vm['id']}/nics", {"name": "f_nic"})


def _running(engine: Engine) -> None:
    ask = Asker(engine)
    for vm in _members(ask, "/vms?search=name%3Dweb-01"):
        boot = {"devices": {"device": ["network"]}}
        ask.send("PUT", f"/vms/{vm['id']}", {"os": {"boot": boot}})
        ask.send("POST", f"/vms/{vm['id']}/start", {})


def _without_hosts(engine: Engine) -> None:
    ask = Asker(engine)
    made = [host for host in _members(ask, "/hosts") if host["address"] == "127.0.0.4"]
    for host in made:
        ask.send("POST", f"/hosts/{host['id']}/deactivate", {})
    engine.advance(60)
    for host in made:
        ask.send("DELETE", f"/hosts/{host['id']}")


def _users(engine: Engine) -> None:
    ask = Asker(engine)
    present = {user.get("user_name") for user in _members(ask, "/users")}
    for name in {"user1@internal-authz", "user2@internal-authz"} - present:
        ask.add("/users", {"user_name": name, "domain": {"name": "internal-authz"}})


def _silence(engine: Engine) -> None:
    """At the address of a host that was added no agent was ever started."""
    engine._estate.silent.add("127.0.0.1")


def _connections(engine: Engine) -> None:
    """An earlier run of the same requests left its connections."""
    ask = Asker(engine)
    options = {"nfs_version": "v4_1", "nfs_timeo": 600, "nfs_retrans": 3, "mount_options": "soft"}
    nfs = {"type": "nfs", "address": "nfs.example.test", "path": "/exports/b"}
    ask.add("/storageconnections", {**nfs, **options})
    posix = {"type": "posixfs", "address": "x", "path": "/p", "vfs_type": "ceph"}
    ask.add("/storageconnections", posix)


def _event(engine: Engine) -> None:
    """And its events."""
    event = {"description": "w_event", "severity": "warning", "origin": "mine"}
    for number in (42, 43):
        Asker(engine).add("/events", {**event, "custom_id": number})


def unknowable(exchange: Exchange) -> str | None:
    """Why an exchange says nothing of the engine, and is not asked: None for nearly all.

    The stand-in for the agents of the two hosts has one identity for both, so that the real engine
    took either for the one that a machine is on: there no machine could move to the other.
    """
    if exchange.path.endswith("/migrate") and _NOWHERE_TO_GO in exchange.body:
        return "no machine could leave its host on the stand-in for the agents"
    return None


_NOWHERE_TO_GO = "internal filter Migration because it currently hosts the VM"


# Before these lines.
BETWEEN: dict[tuple[str, int], Callable[[Engine], None]] = {
    ("writes", 554): _event,
    ("writes", 577): _connections,
    ("writes", 639): _silence,
    ("faults", 1): _nic,
    ("faults", 555): _running,
    ("faults", 736): _without_hosts,
    ("faults", 773): _users,
    ("faults", 781): _blank_again,
}
