"""One recorded inventory of a real engine, read through a connection and written again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from rhev import Connection
from rhev.codecs import json as json_codec
from rhev.codecs import xml
from rhev.mapping.catalogue import model
from rhev.mapping.structure import Struct
from rhev.models.index import DOCUMENTS
from rhev.transport import Cassette, ReplayTransport
from rhev.transport.cassette import Recorded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.mapping.resources import BaseResources

RECORDING = Path(__file__).parents[3] / "shared" / "recordings" / "engine-4-inventory.jsonl"
ROOT = "/ovirt-engine/api"

pytestmark = pytest.mark.skipif(
    not RECORDING.exists(), reason="the recorded inventory is not beside this checkout"
)


def recorded() -> list[Recorded]:
    if not RECORDING.exists():
        return []
    return [Recorded.from_line(line) for line in RECORDING.read_text().splitlines()]


EXCHANGES = recorded()

every_document = pytest.mark.parametrize(
    "exchange", EXCHANGES, ids=[exchange.url.removeprefix(ROOT) for exchange in EXCHANGES]
)


def entry_point() -> Recorded:
    """The entry point, which was not recorded, as what was recorded implies it."""
    paths = [exchange.url.removeprefix(ROOT).split("/") for exchange in EXCHANGES]
    rels = sorted(path[1] for path in paths if len(path) == 2 and path[1].isalpha())
    links = "".join(f'<link href="{ROOT}/{rel}" rel="{rel}"/>' for rel in rels)
    return Recorded("GET", ROOT, 200, "application/xml", f"<api>{links}</api>")


def owners() -> Iterator[Recorded]:
    """What has nothing in a collection below it, and is read again to see whether it is there."""
    listed = {
        member.get("href"): etree.tostring(member, encoding="unicode")
        for exchange in EXCHANGES
        for member in etree.fromstring(exchange.body.encode())
    }
    empty = [e.url for e in EXCHANGES if not len(etree.fromstring(e.body.encode()))]
    for href in sorted({url.rpartition("/")[0] for url in empty} & listed.keys()):
        yield Recorded("GET", href, 200, "application/xml", listed[href])


@pytest.fixture(scope="module")
def cassette() -> Cassette:
    return Cassette([entry_point(), *EXCHANGES, *owners()])


@pytest.fixture(scope="module")
def connection(cassette: Cassette) -> Iterator[Connection]:
    transport = ReplayTransport(cassette)
    with Connection(f"https://engine.example{ROOT}", format="xml", transport=transport) as opened:
        yield opened


@dataclass
class Seen:
    """What the test met in the documents, for the report at the end."""

    elements: int = 0
    unknown: Counter[str] = field(default_factory=Counter)


@pytest.fixture(scope="module")
def seen() -> Iterator[Seen]:
    seen = Seen()
    yield seen
    print(f"\n{seen.elements} elements and attributes read and written again;")
    print(f"{seen.unknown.total()} that the models do not know:")
    for name, times in sorted(seen.unknown.items()):
        print(f"  {times:4} {name}")


def read(connection: Connection, exchange: Recorded) -> BaseResources[Any]:
    """The collection at an address, asked for as a user would: from its base, by its name."""
    _, rel, *deeper = exchange.url.removeprefix(ROOT).split("/")
    if rel in connection.api().links:
        if not deeper:
            return connection.getall(rel)
        owner_id, below = deeper
        for owner in connection.getall(rel):
            if owner.id == owner_id:
                return connection.getall(below, base=owner)
    # What no recorded document leads to can still be asked for by its address.
    collection: Any = type(xml.decode(exchange.body.encode()))
    return connection.getall(collection, base=collection(href=exchange.url))


def test_all_of_it_is_recorded() -> None:
    assert len(EXCHANGES) == 53


@every_document
def test_it_decodes_through_a_connection(connection: Connection, exchange: Recorded) -> None:
    root = etree.fromstring(exchange.body.encode())
    found = read(connection, exchange)
    assert type(found) is model(DOCUMENTS[str(root.tag)])
    assert len(found) == len(root)
    assert [member.href for member in found] == [child.get("href") for child in root]


def test_the_connection_reads_all_of_it(connection: Connection, cassette: Cassette) -> None:
    for exchange in EXCHANGES:
        read(connection, exchange)
    assert cassette.remaining == []


@every_document
def test_it_is_written_again(exchange: Recorded, seen: Seen) -> None:
    """Every element and attribute that the models know comes out as it came in."""
    document = xml.decode(exchange.body.encode())
    unknown = Counter(unknown_of(document))
    sent = Counter(contents(etree.fromstring(exchange.body.encode())))
    written = Counter(contents(etree.fromstring(xml.encode(document, links=True))))
    lost = sent - written
    assert written - sent == Counter(), "made up"
    # What is lost is what the models said that they do not know, and nothing else.
    names = {name.rpartition(".")[2] for name in unknown}
    assert [entry for entry in lost if not names & set(re.split(r"[/@]", entry[0]))] == []
    seen.elements += written.total()
    seen.unknown += unknown


@every_document
def test_json_holds_the_same(exchange: Recorded) -> None:
    document = xml.decode(exchange.body.encode())
    again = json_codec.decode(json_codec.encode(document, links=True), type(document))
    assert again == document
    assert json_codec.encode(again, links=True) == json_codec.encode(document, links=True)


def contents(element: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every path with a text, and every attribute, of a document."""
    path = f"{path}/{element.tag}"
    for name, value in element.items():
        yield f"{path}@{name}", value
    if not len(element) and element.tag != "actions":  # none offered is as good as none said
        yield path, normal(element.text or "")
    for child in element:
        yield from contents(child, path)


def normal(text: str) -> str:
    """One spelling of a text: 0.0 is 0.0000, and X86_64 is x86_64."""
    if re.fullmatch(r"-?(0|[1-9]\d*)\.\d+|-?(0|[1-9]\d*)", text):
        return str(Decimal(text).normalize())
    return text.lower() if re.fullmatch(r"[\w-]+", text) else text


def unknown_of(value: Any) -> Iterator[str]:
    """The names of what the models do not know, with the class that it came with."""
    if isinstance(value, Struct):
        for name in value.model_extra or {}:
            yield f"{type(value).__name__}.{name}"
        for entry in value.__dict__.values():
            yield from unknown_of(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from unknown_of(entry)
