"""A recording that is loaded as an estate, held against itself: its own requests are sent again.

Two documents are compared element by element, with their values. What differs is printed by
``python -m tests.conformance.loaded``, with how often, and why where that is known.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from rhev.simulator import Engine, ManualClock
from rhev.simulator.engine import URL
from rhev.transport import Request, header
from rhev.transport.cassette import Cassette
from tests.conformance.documents import Node, parsed
from tests.conformance.exchanges import RECORDINGS, recorded

if TYPE_CHECKING:
    from collections.abc import Iterator

INVENTORY = RECORDINGS.parent / "engine-4-inventory.jsonl"

# What differs and why, by what is said of a difference: "- vms: /vm/link:x" is missing here.
KNOWN: tuple[tuple[str, str], ...] = (
    (r"[-+] .*/(link:\w+|actions)$", "links and actions are those of this engine's version"),
    (r"\+ hosts: /statistic/href$", "older engines give some statistics no address"),
    (r"[-+] vms: /(vm/)?initialization", "how another engine is told of a machine is made up"),
    (r"[-+] vms: /(vm/)?display/", "where a console is follows from where its machine runs"),
    (r"\+ (datacenters|storagedomains): /", "one of the exchanges was with another engine"),
    (r"- storagedomains: /file/", "the storage domain is of that other engine"),
    (r"[-+] \w+: .*/?permissions?/", "permissions are worked out of those of users and groups"),
    (r"[-+] \w+: /(\w+/)?(user|group|role|cluster|data_center|disk|host|storage_domain)/(id|href)$",
     "permissions and roles of users are shown as this engine shows them"),
    (r"[-+] .*/?(cpu_profile|disk_profile|storage_connection|group|role|permission)?/?href$",
     "this engine has one address for what the real one has several for"),
    (r"- hosts: /(host_cpu_unit/)?\w+_id$", "units of a CPU have no ids to be known by"),
    (r"[-+] the entry point: /(time|summary/\w+/\w+)$", "not all that there was had been read"),
)  # fmt: skip


@dataclass
class Held:
    """What came of a recording: how many documents there are, and are the same; what differs."""

    tried: int = 0
    same: int = 0
    differences: Counter[str] = field(default_factory=Counter)

    @property
    def unknown(self) -> Counter[str]:
        """The differences for which no reason is known."""
        return Counter({d: n for d, n in self.differences.items() if reason(d) is None})


def reason(difference: str) -> str | None:
    """Why something differs, if that is known."""
    return next((why for pattern, why in KNOWN if re.match(pattern, difference)), None)


def held(path: Path) -> Held:
    """A cassette that is loaded, held against its own exchanges."""
    transport, result = Engine.load(path, clock=ManualClock()).transport, Held()
    for exchange in Cassette.load(path).exchanges:
        kind = "application/xml" if exchange.body.startswith("<") else "application/json"
        theirs = parsed(kind, exchange.body)
        is_read = exchange.method == "GET" and exchange.status == 200
        if theirs is None or not is_read or "schema" in urlsplit(exchange.url).query:
            continue
        url = URL.partition("/ovirt-engine")[0] + quote(exchange.url, safe="/:?&=%;,*+~@!$'()")
        response = transport.send(Request("GET", url, {"Accept": kind}))
        ours = parsed(header(response.headers, "content-type") or "", response.content.decode())
        there, here = _values(theirs), _values(ours) if ours is not None else Counter()
        collection = exchange.url.removeprefix("/ovirt-engine/api").strip("/")
        name = re.split(r"[/?]", collection)[0] or "the entry point"
        result.tried += 1
        result.same += there == here
        result.differences.update({f"- {name}: {path}" for path, _ in there - here})
        result.differences.update({f"+ {name}: {path}" for path, _ in here - there})
    return result


def _values(node: Node, path: str = "") -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for child in node.children:
        below = f"{path}/{child.name}"
        if child.name == "link" and child.get("rel"):
            found[f"{below}:{child.get('rel')}", ""] += 1
        elif child.children:
            found += _values(child, below)
        else:
            found[below, _plain(child.text or "")] += 1
    return found


def _plain(text: str) -> str:
    """One spelling of numbers and of dates."""
    if re.fullmatch(r"-?\d+\.\d+", text):
        return repr(float(text)).removesuffix(".0")
    return re.sub(r"(\.\d+)?(Z|\+00:00)$", "Z", text)


def cassette(path: Path) -> Path:
    """What the administrator read of the engine 4.5.7, as a cassette in a folder."""
    lines = [
        json.dumps(
            {"method": each.method, "url": each.url, "status": each.status, "body": each.body}
        )
        for each in recorded("read")
        if each.method == "GET" and each.status == 200 and each.user == "admin"
    ]
    file = path / "read.jsonl"
    file.write_text("\n".join(lines))
    return file


def listed(result: Held) -> Iterator[str]:
    """The differences, the most frequent first."""
    yield f"{result.same} of {result.tried} documents are the same, with all values"
    for difference, count in result.differences.most_common():
        yield f"{count:6} {difference}  ({reason(difference) or 'unknown'})"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for file in [Path(name) for name in sys.argv[1:]] or [INVENTORY, cassette(Path(folder))]:
            print(file.name)
            print("\n".join(listed(held(file))))
