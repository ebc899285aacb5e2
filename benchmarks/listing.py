"""The listing that is measured: many machines made of a few.

``data/vms.xml`` is what an engine 4.3 sent of six machines, with its names, addresses,
certificates and identifiers replaced.
"""

from __future__ import annotations

import re
import uuid
from itertools import cycle, islice
from pathlib import Path

RECORDED = Path(__file__).parent / "data" / "vms.xml"

_MACHINE = re.compile(r"    <vm href.*?</vm>\n", re.DOTALL)
_ID = re.compile(r'<vm href="[^"]*" id="([^"]+)"')
_NAME = re.compile(r"(?<=        <name>)machine\d(?=</name>)")


def listing(machines: int) -> bytes:
    """The XML of a listing, in which every machine has an id and a name of its own."""
    head, *rest = RECORDED.read_text().partition("    <vm href")
    recorded = _MACHINE.findall("".join(rest))
    copies = (_copy(xml, number) for number, xml in enumerate(islice(cycle(recorded), machines)))
    return "".join([head, *copies, "</vms>\n"]).encode()


def _copy(xml: str, number: int) -> str:
    id_ = _ID.search(xml)
    assert id_ is not None
    new_id = uuid.uuid5(uuid.NAMESPACE_OID, str(number))
    return _NAME.sub(f"machine{number}", xml.replace(id_[1], str(new_id)), count=1)
