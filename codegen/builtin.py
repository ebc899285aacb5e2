"""What a new engine comes with, out of the recordings of one: data for the embedded engine.

Of each resource its names, values and flags are taken. Its descriptions are the recorded
engine's sentences, but for names of products: they are said anew, from the resource's name.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rhev.codecs import json as documents
from rhev.codecs import xml
from rhev.codecs.plan import Context
from rhev.mapping.catalogue import model
from rhev.models.index import CLASSES, COLLECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORDINGS = Path(__file__).parents[2] / "shared/recordings/engine-4.5.7"
_ENTRY = "/ovirt-engine/api/"
_STRICT = Context(strict=True)

# The file, the type, and the recorded address that lists its resources or shows the only one.
LISTED = (
    ("cluster_levels", "ClusterLevel", "clusterlevels"),
    ("icons", "Icon", "icons"),
    ("instance_types", "InstanceType", "instancetypes"),
    ("network_filters", "NetworkFilter", "networkfilters"),
    ("operating_systems", "OperatingSystemInfo", "operatingsystems"),
    ("roles", "Role", "roles"),
    ("scheduling_policy_units", "SchedulingPolicyUnit", "schedulingpolicyunits"),
)
# What an engine comes with has such ids, whatever was made later has random ones.
_RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
# A picture of one transparent point: the engine's own pictures are not facts.
_PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJ"
    "RU5ErkJggg=="
)


def files() -> dict[str, str]:
    """The data files by their paths within the package; none where there are no recordings."""
    if not RECORDINGS.exists():
        return {}
    found: dict[str, str] = {}
    for name, api_type, address in LISTED:
        members = [_said(api_type, member) for member in _listed(api_type, address)]
        if api_type == "ClusterLevel":
            # They all have the same.
            permits = [member.pop("permits") for member in members]
            found["simulator/builtin/permits.json"] = _lines(permits[0]["permit"])
        found[f"simulator/builtin/{name}.json"] = _lines(members)
    return found


def _lines(members: list[Any]) -> str:
    return "[\n" + ",\n".join(json.dumps(member) for member in members) + "\n]\n"


def _listed(api_type: str, address: str) -> list[Any]:
    """The members of the first recorded listing of a collection, without those made since."""
    cls = model(COLLECTIONS[CLASSES[api_type]])
    for line in _exchanges():
        raw = json.loads(line)
        if raw["method"] != "GET" or raw["url"] != _ENTRY + address or raw["status"] != 200:
            continue
        codec = documents if "json" in str(raw["response_headers"]) else xml
        listed = codec.decode(raw["body"].encode(), cls, _STRICT)
        members = [_bare(documents.encode_tree(member)) for member in listed]
        return [m for m in members if api_type in _ALL or not _RANDOM.fullmatch(m["id"])]
    raise LookupError(f"no listing of {address} was recorded")


def _exchanges() -> Iterator[str]:
    for name in ("writes", "read"):
        yield from (RECORDINGS / f"{name}.jsonl").read_text().splitlines()


# Types whose ids are random although every engine has them.
_ALL = frozenset({"Icon", "SchedulingPolicyUnit"})


def _bare(tree: Any) -> Any:
    """A document without addresses and links."""
    if isinstance(tree, list):
        return [_bare(entry) for entry in tree]
    if isinstance(tree, dict):
        left = {name: _bare(value) for name, value in tree.items()}
        return {n: v for n, v in left.items() if n not in ("href", "link", "actions")}
    return tree


def _said(api_type: str, member: dict[str, Any]) -> dict[str, Any]:
    if api_type == "Icon":
        return {**member, "data": _PICTURE}
    if member.get("description") and api_type in ("Role", "SchedulingPolicyUnit"):
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", member["name"])
        return {**member, "description": words}
    return member
