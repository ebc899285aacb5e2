"""What two answers to one request have in common, and what not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rhev.transport.base import Response, header
from tests.conformance.documents import Node, members, parsed
from tests.conformance.estate import UNMADE
from tests.conformance.sightings import is_listed

if TYPE_CHECKING:
    from tests.conformance.exchanges import Exchange

# What depends on the hour, the estate or its hardware, and not on the engine.
BLANKED = re.compile(
    r"(^|/)(product_info/instance_id|hardware_information|custom_cpu_model_name"
    r"|summary/(vms|hosts|users|storage_domains)/(active|total))(/|$)"
)
# Collections that come as the rows lie in the pages of a database, or in a table of hashes: an
# update or a removal moves them, and the same request twice had them in two orders. So does
# whatever is listed for an ordinary user, or as for one.
_UNORDERED = re.compile(
    r"^/(vnicprofiles|affinitylabels|schedulingpolicies|storageconnections|diskprofiles|tags)$"
    r"|^/hosts/[^/]+/nics$"
    r"|^/(datacenters/[^/]+/(storagedomains|networks)|networks/[^/]+/vnicprofiles"
    r"|vms/[^/]+/(diskattachments|tags)|domains/[^/]+/users|users/[^/]+/roles)$"
    r"|^/(datacenters/[^/]+/)?storagedomains/[^/]+/(disks|vms|templates)$"
)
_NAMES = re.compile(r"\[([\w.|, ]+)\]|'([\w.]+)'")
CHECKED_HEADERS = ("location", "allow", "www-authenticate", "content-type", "correlation-id")
ASPECTS = ("status", "reason", "names", "document", "members", "headers")


@dataclass(slots=True)
class Verdict:
    """For every aspect that an answer has: None where both agree, or what differs."""

    exchange: Exchange
    aspects: dict[str, str | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return not any(self.aspects.values())


def compare(exchange: Exchange, response: Response, ids: dict[str, str]) -> Verdict:
    """Holds our response against the recorded one. ``ids`` are ours by those of the recording."""
    verdict = Verdict(exchange)
    aspects = verdict.aspects
    if exchange.status != response.status:
        aspects["status"] = f"{exchange.status} there, {response.status} here"
        return verdict
    aspects["status"] = None
    aspects["headers"] = _headers(exchange, response)
    theirs = parsed(header(exchange.answered, "content-type") or "", exchange.body)
    content_type = header(response.headers, "content-type") or ""
    ours = parsed(content_type, response.content.decode(errors="replace"))
    if exchange.found is not None and ours is not None:
        aspects["members"] = _members(exchange, list(exchange.found), _found(ours))
    if theirs is None or ours is None:
        if exchange.body and theirs is not None and exchange.method != "HEAD":
            aspects["document"] = "no document here"
        return verdict
    their_fault, our_fault = _fault(theirs), _fault(ours)
    if their_fault is not None:
        if our_fault is None:
            aspects["reason"] = f"{their_fault.get('reason')!r} there, no fault here"
            return verdict
        aspects["reason"] = _reason(their_fault, our_fault)
        aspects["names"] = _named(their_fault, our_fault)
        return verdict
    if exchange.found is None and exchange.method == "GET" and is_listed(theirs):
        there, here = members(theirs), members(ours)
        # Ids are made at random: what is in the order of its ids in both is in the same order.
        is_any = _is_unordered(exchange) or (_is_by_id(there) and _is_by_id(here))
        keys = _keys(there, here, ids)
        aspects["members"] = _members(exchange, *(map(sorted, keys) if is_any else keys))
    aspects["document"] = _document(theirs, ours, ids)
    return verdict


def _headers(exchange: Exchange, response: Response) -> str | None:
    found = []
    for name in CHECKED_HEADERS:
        theirs, ours = header(exchange.answered, name), header(response.headers, name)
        if name in ("location", "correlation-id"):
            same = (theirs is None) == (ours is None)
        elif name == "allow":
            same = _words(theirs) == _words(ours)
        else:
            same = _bare(theirs) == _bare(ours)
        if not same:
            found.append(f"{name}: {theirs!r} there, {ours!r} here")
    return "; ".join(found) or None


def _words(value: str | None) -> set[str]:
    return set(re.findall(r"\w+", value or ""))


def _bare(value: str | None) -> str:
    return (value or "").replace(" ", "").lower()


def _fault(root: Node) -> Node | None:
    inner = next(iter(root.all("fault")), None)
    if inner is not None:
        return inner
    return root if root.get("reason") is not None and root.get("id") is None else None


def _reason(theirs: Node, ours: Node) -> str | None:
    if theirs.get("reason") != ours.get("reason"):
        return f"{theirs.get('reason')!r} there, {ours.get('reason')!r} here"
    if bool(theirs.get("detail")) != bool(ours.get("detail")):
        return f"a detail: {theirs.get('detail')!r} there, {ours.get('detail')!r} here"
    return None


def _named(theirs: Node, ours: Node) -> str | None:
    """Only what the recorded detail names, if it names anything, has to be named here."""
    there, here = _names(theirs.get("detail")), _names(ours.get("detail"))
    missing = sorted(there - here)
    return f"names {missing}, which {ours.get('detail')!r} does not" if missing else None


def _names(detail: str | None) -> set[str]:
    found = {a or b for a, b in _NAMES.findall(detail or "")}
    return {name for name in found if not name[0].isupper() and " " not in name}


def _keys(theirs: list[Node], ours: list[Node], ids: dict[str, str]) -> tuple[list[str], list[str]]:
    """The names of the members, or their ids where they have none.

    An id of which nobody knows yet which of ours it is may be any: it only counts.
    """
    known = {*ids.values(), *({node.get("id") for node in theirs} & {n.get("id") for n in ours})}
    same = {id(one): other.get("id") or "" for one, other in pairs(theirs, ours, ids)}
    known.update(same.values())
    there = [same.get(id(n)) or ids.get(n.get("id") or "", n.get("id") or "") for n in theirs]
    here = [node.get("id") or "" for node in ours]
    return tuple(  # type: ignore[return-value]
        [
            node.get("name") or (id_ if id_ in known else _ANY)
            for node, id_ in zip(*both, strict=True)
        ]
        for both in ((theirs, there), (ours, here))
    )


_ANY = "?"


def _is_unordered(exchange: Exchange) -> bool:
    is_filtered = header(exchange.headers, "filter") is not None or "filter=" in exchange.url
    return is_filtered or exchange.user != "admin" or _UNORDERED.search(exchange.path) is not None


def _is_by_id(nodes: list[Node]) -> bool:
    ids = [node.get("id") or "" for node in nodes]
    return ids == sorted(ids)


def _found(root: Node) -> list[str]:
    return [node.get("name") or node.get("id") or "" for node in members(root)]


def _members(exchange: Exchange, theirs: list[str], ours: list[str]) -> str | None:
    if exchange.path in ("/events", "/jobs"):
        # They tell of the hour, the hosts and a quarter that is not recorded: what can be the same
        # is whether there is anything of what was asked for.
        return None if bool(theirs) == bool(ours) else f"{len(theirs)} there, {len(ours)} here"
    without = UNMADE.get(exchange.path.rpartition("/")[2], frozenset()).difference(ours)
    theirs = [name for name in theirs if name not in without]
    if theirs == ours:
        return None
    if sorted(theirs) == sorted(ours):
        return f"another order: {_short(theirs)} there, {_short(ours)} here"
    missing = [name for name in theirs if name not in ours]
    more = [name for name in ours if name not in theirs]
    return f"missing {_short(missing)}, too many {_short(more)}"


def _short(names: list[str]) -> str:
    return str(names[:6]) + ("…" if len(names) > 6 else "")


def _document(theirs: Node, ours: Node, ids: dict[str, str]) -> str | None:
    differences = []
    within = pairs(members(theirs), members(ours), ids) if is_listed(theirs) else []
    for there, here in [(theirs, ours), *within]:
        whole = there is theirs
        missing = _shape(there, whole=whole) - _shape(here, whole=whole)
        more = _shape(here, whole=whole) - _shape(there, whole=whole)
        if missing or more:
            name = there.get("name") or there.name
            differences.append(f"{name}: missing {sorted(missing)}, too many {sorted(more)}")
    return "; ".join(differences[:3]) or None


def _shape(node: Node, *, whole: bool) -> set[str]:
    """The paths of a document, with the kind of each value and the name of each link.

    Of a document with members only what is beside them.
    """
    found = set()
    inner = {id(member) for member in members(node)} if whole and is_listed(node) else set()
    for path, below in _walk(node, inner):
        if BLANKED.search(path):
            continue
        rel = below.get("rel")
        found.add(f"{path}={rel}" if rel else f"{path}:{below.kind}" if below.kind else path)
    return found


def _walk(node: Node, without: set[int], path: str = "") -> list[tuple[str, Node]]:
    found = []
    for child in node.children:
        if id(child) in without:
            continue
        below = f"{path}/{child.name}" if path else child.name
        found.append((below, child))
        found += _walk(child, without, below)
    return found


def pairs(theirs: list[Node], ours: list[Node], ids: dict[str, str]) -> list[tuple[Node, Node]]:
    """The members that are the same: by a known id, by name, by what they are, or as the only."""
    if len(theirs) == len(ours) == 1:
        return [(theirs[0], ours[0])]
    found = []
    left = {id(node): node for node in ours}
    waiting = list(theirs)
    for key in _SAME:
        by_key: dict[str, list[Node]] = {}
        for node in left.values():
            by_key.setdefault(key(node, {}), []).append(node)
        unmatched = []
        for node in waiting:
            wanted = key(node, ids)
            same = by_key.get(wanted) if wanted else None
            if same and (len(same) == 1 or key is not mark):
                found.append((node, same[0]))
                del left[id(same.pop(0))]
            else:
                unmatched.append(node)
        waiting = unmatched
    return found


def _by_id(node: Node, ids: dict[str, str]) -> str:
    id_ = node.get("id") or ""
    return f"{node.name} {ids.get(id_, id_)}" if id_ else ""


def _by_name(node: Node, ids: dict[str, str]) -> str:
    name = node.get("name")
    return f"{node.name} {name}" if name else ""


def mark(node: Node, ids: dict[str, str]) -> str:
    """What tells a member that has no name from others: a few texts, and what it refers to."""
    texts = [node.get(name) or "" for name in _TELLING]
    references = [child.get("id") or "" for child in node.children if child.get("id")]
    return "|".join([*texts, *sorted(ids.get(id_, id_) for id_ in references)]).strip("|")


_TELLING = ("alias", "user_name", "address", "path", "description", "index", "number", "protocol")
_SAME = (_by_id, _by_name, mark)
