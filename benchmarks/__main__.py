"""Compares rhev with ovirt-engine-sdk-python: ``python -m benchmarks``.

Nothing is asserted: times are those of the machine and of the day, and only ratios of one run
are worth comparing.
"""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version

from benchmarks.listing import listing
from benchmarks.measure import Program, Result, first_instance, memory, seconds, start_up
from benchmarks.server import serving
from benchmarks.static import serving_apart

MACHINES = 1000

IMPORT_RHEV = "from rhev import Connection, schema"
IMPORT_SDK = "import ovirtsdk4"
# Each way to a first virtual machine. The program reads one document, of the kind it is for.
DOORS = {
    "VM(name=…)": """
from rhev import schema
assert schema.VM(name="a").name
""",
    "VM.from_xml": """
import sys
from rhev import schema
assert schema.VM.from_xml(sys.stdin.buffer.read()).name
""",
    "VM.model_validate": """
import json, sys
from rhev import schema
assert schema.VM.model_validate(json.load(sys.stdin)).name
""",
    "VM.model_validate_json": """
import sys
from rhev import schema
assert schema.VM.model_validate_json(sys.stdin.buffer.read()).name
""",
    "the JSON decoder": """
import sys
from rhev import schema
from rhev.codecs import json
assert json.decode(sys.stdin.buffer.read(), schema.VMs)[0].name
""",
    "the XML decoder": """
import sys
from rhev import schema
from rhev.codecs import xml
assert xml.decode(sys.stdin.buffer.read())[0].name
""",
}
FIRST_SDK = """
import sys
import ovirtsdk4.readers
from ovirtsdk4.reader import Reader
assert Reader.read(sys.stdin.buffer.read().decode())[0].name
"""
GET_RHEV = """
import sys
from rhev import Connection, schema
from rhev.transport import TokenAuth
url, id_ = sys.stdin.read().split()
with Connection(url, auth=TokenAuth("token")) as conn:
    assert conn.get(schema.VM, id_).name
"""
GET_SDK = """
import sys
import ovirtsdk4
url, id_ = sys.stdin.read().split()
connection = ovirtsdk4.Connection(url=url, token="token", insecure=True)
assert connection.system_service().vms_service().vm_service(id_).get().name
"""


HEAD = f"{'':32}{'rhev':>10}{'SDK':>10}   {'ratio':<22}target"


def main() -> None:
    try:
        sdk = version("ovirt-engine-sdk-python")
    except PackageNotFoundError:
        sys.exit("ovirt-engine-sdk-python is not installed: it is in the dependency group bench")
    print(
        f"rhev and ovirt-engine-sdk-python {sdk}, with a listing of {MACHINES} machines\n\n{HEAD}"
    )
    codecs()
    starts()
    gets()


def codecs() -> None:
    """Decoding and encoding, in this process."""
    import ovirtsdk4.readers
    import ovirtsdk4.writers  # noqa: F401
    from ovirtsdk4.reader import Reader
    from ovirtsdk4.writer import Writer

    from rhev import schema
    from rhev.codecs import json, xml

    as_xml = listing(MACHINES)
    as_text = as_xml.decode()
    as_json = json.encode(xml.decode(as_xml), links=True)

    def from_xml() -> object:
        return xml.decode(as_xml)

    def from_json() -> object:
        return json.decode(as_json, schema.VMs)

    def by_sdk() -> object:
        return Reader.read(as_text)

    speed("JSON to objects", seconds(from_json, by_sdk, 7), at_least=3)
    speed("XML to objects", seconds(from_xml, by_sdk, 7), at_least=2)
    cost("memory, from JSON", memory(from_json, by_sdk), at_most=1)
    cost("memory, from XML", memory(from_xml, by_sdk), at_most=1)

    ours, theirs = xml.decode(as_xml), Reader.read(as_text)

    def to_json() -> None:
        for vm in ours:
            json.encode(vm)

    def to_xml() -> None:
        for vm in ours:
            xml.encode(vm)

    def sdk_to_xml() -> None:
        for vm in theirs:
            Writer.write(vm, indent=False)

    speed("objects to JSON, one by one", seconds(to_json, sdk_to_xml, 5), at_least=1)
    speed("objects to XML, one by one", seconds(to_xml, sdk_to_xml, 5), at_least=1)


def starts() -> None:
    """New interpreters: to the end of an import, and to a first machine by every door."""
    from rhev.codecs import json

    as_xml = listing(1)
    documents = _documents(as_xml)
    cost("python to imported", start_up(Program(IMPORT_RHEV), Program(IMPORT_SDK), 9))
    sdk = Program(FIRST_SDK, as_xml)
    for door, text in DOORS.items():
        ours = Program(text, documents.get(door, b""))
        cost(f"python to {door}", start_up(ours, sdk, 9), at_most=2.2)
    id_ = json.parse(documents["a machine"])["id"]
    with serving({f"/vms/{id_}": (documents["a machine"], documents["a machine in XML"])}) as url:
        address = f"{url} {id_}".encode()
        ours, theirs = Program(GET_RHEV, address), Program(GET_SDK, address)
        cost("python to the first get", start_up(ours, theirs, 9), at_most=2.6)
    first = first_instance(9)
    print(f"{'a first VM(name=…) once imported':32}{first:>10}{'':13}{'':22}at most 30 ms")


def gets() -> None:
    """What a request costs its process, over the loopback, and how many there are in a second."""
    from benchmarks.gets import paces
    from rhev.codecs import json

    documents = _documents(listing(1))
    id_ = json.parse(documents["a machine"])["id"]
    answers = {f"/vms/{id_}": (documents["a machine"], documents["a machine in XML"])}
    with serving_apart(answers) as url:
        for what, result, rate, at_least in paces(url, id_):
            ratio = result.sdk / result.rhev
            target = f"{rate:.0f} a second"
            if at_least is not None:
                target += f", at least {at_least:g}"
            is_met = at_least is None or ratio >= at_least
            row(what, result, f"{ratio:.2f} times as fast", target, is_met)


def _documents(as_xml: bytes) -> dict[str, bytes]:
    """The machine of a listing, as each door takes it."""
    from rhev.codecs import json, xml

    machines = xml.decode(as_xml)
    own = machines[0].model_copy()
    for name in ("id", "href"):
        delattr(own, name)
    plain = own.model_dump_json().encode()
    return {
        "VM.from_xml": xml.encode(own),
        "VM.model_validate": plain,
        "VM.model_validate_json": plain,
        "the JSON decoder": json.encode(machines, links=True),
        "the XML decoder": as_xml,
        "a machine": json.encode(machines[0], links=True),
        "a machine in XML": xml.encode(machines[0], links=True),
    }


def speed(what: str, result: Result, at_least: float) -> None:
    ratio = result.sdk / result.rhev
    row(what, result, f"{ratio:.2f} times as fast", f"at least {at_least:g}", ratio >= at_least)


def cost(what: str, result: Result, at_most: float | None = None) -> None:
    ratio = result.rhev / result.sdk
    target = "" if at_most is None else f"at most {at_most:g}"
    row(what, result, f"{ratio:.2f} times as much", target, at_most is None or ratio <= at_most)


def row(what: str, result: Result, ratio: str, target: str, is_met: bool) -> None:
    missed = "" if is_met else "  MISSED"
    print(f"{what:32}{result.rhev:>10}{result.sdk:>10}   {ratio:<22}{target}{missed}", flush=True)


if __name__ == "__main__":
    main()
