"""An estate in a file of JSON, and back: all that the engine holds, but for secrets.

The file is an object: ``rhev`` is the number of its form, ``time`` the second of the epoch that the
engine had come to, ``resources`` are what it held, each with its API's type, its address, and its
attributes as JSON has them; what belongs to a resource comes after it. ``assigned`` names, by the
address of a collection, the members that live elsewhere. With a name in ``.gz`` it is compressed.
"""

from __future__ import annotations

import gzip
import json
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rhev.codecs.json import encode_tree
from rhev.errors import ParseError
from rhev.mapping.structure import Struct
from rhev.secrets import is_secret
from rhev.simulator.state import services
from rhev.simulator.state.places import ASSIGNED
from rhev.simulator.state.store import ROOT
from rhev.simulator.state.values import blank, make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.simulator.state.estate import Estate
    from rhev.simulator.state.store import Record, Store
    from rhev.simulator.state.values import Document

FORM = 1
_MAGIC = b"\x1f\x8b"


def save(estate: Estate, path: str | os.PathLike[str]) -> None:
    """Writes the estate to a file, whole or not at all. Nothing may be under way in it."""
    path = Path(path)
    content = json.dumps(written(estate), ensure_ascii=False, separators=(",", ":")).encode()
    if path.suffix == ".gz":
        content = gzip.compress(content, mtime=0)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def written(estate: Estate) -> Document:
    """The document of a file."""
    resources, assigned = [], {}
    for record in everything(estate.store):
        entry = {"type": record.type, "href": record.href, "is": _told(record.model)}
        if record.busy:
            entry["busy"] = record.busy
        if record.next_run is not None:
            entry["next_run"] = _told(record.next_run)
        resources.append(entry)
        for segment in _ASSIGNED.get(record.type, ()):
            if members := estate.store.assigned(record, segment):
                assigned[f"{record.href}/{segment}"] = [each.href for each in members.values()]
    return {
        "rhev": FORM,
        "time": estate.timeline.now,
        "product": _told(estate.product),
        **estate.books(),
        "resources": resources,
        "assigned": assigned,
    }


def everything(store: Store, parent: Record | None = None) -> Iterator[Record]:
    """All that is held, each before what belongs to it."""
    service = parent.service if parent is not None else services.entry_point()
    if service is None:
        return
    for segment in services.relationships(service):
        for record in list(store.members(parent, segment).values()):
            yield record
            yield from everything(store, record)


_ASSIGNED: dict[str, list[str]] = {}
for _type, _segment in ASSIGNED:
    _ASSIGNED.setdefault(_type, []).append(_segment)


def _told(model: Struct) -> Document:
    return encode_tree(_without_secrets(model))


def _without_secrets(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_secrets(entry) for entry in value]
    if not isinstance(value, Struct):
        return value
    called = vars(value).get("name")
    kept = {
        name: _without_secrets(held)
        for name, held in vars(value).items()
        if not is_secret(value.__api_name__, name, called)
    }
    return blank(type(value), **kept)


def load(estate: Estate, path: str | os.PathLike[str]) -> None:
    """Puts in an empty estate what was saved. Raises ParseError for what is no such file."""
    content = Path(path).read_bytes()
    try:
        if content.startswith(_MAGIC):
            content = gzip.decompress(content)
        document = json.loads(content)
    except (OSError, EOFError, ValueError) as error:
        raise ParseError(f"{path} is no estate that was saved: {error}") from error
    form = document.get("rhev") if isinstance(document, dict) else None
    if form != FORM:
        says = f"its form is {form!r}, and not {FORM}" if form else "it does not say its form"
        raise ParseError(f"{path} is no estate that was saved: {says}")
    try:
        read(estate, document)
    except _WRONG as error:
        raise ParseError(f"{path} is no estate that was saved: {_why(error)}") from error


def read(estate: Estate, document: Document) -> None:
    """Puts in an empty estate what a document holds. Raises ValueError for what it cannot hold."""
    estate.timeline.advance(max(0.0, document["time"] - estate.timeline.now))
    estate.product = make("ProductInfo", document["product"])
    records: dict[str, Record] = {}
    for number, entry in enumerate(document["resources"], 1):
        try:
            record = _taken_in(estate, entry, records)
        except _WRONG as error:
            about = entry.get("href") if isinstance(entry, dict) else entry
            raise ValueError(f"resource {number}, {about}: {_why(error)}") from error
        records[record.href] = record
    for place, members in document["assigned"].items():
        owner, _, segment = place.rpartition("/")
        assigned = estate.store.assigned(records[owner], segment)
        for href in members:
            assigned[records[href].id] = records[href]
    estate.go_on(document)


# What comes of a document that has something else where it should have something.
_WRONG = (LookupError, TypeError, ValueError, AttributeError, ParseError)


def _why(error: Exception) -> str:
    return f"{error} is not there, or not known" if isinstance(error, KeyError) else str(error)


def _taken_in(estate: Estate, entry: Document, records: dict[str, Record]) -> Record:
    """Takes in a resource, where it was."""
    model = make(entry["type"], entry["is"])
    place = entry["href"].removesuffix(f"/{model.id}")
    owner, _, segment = place.rpartition("/")
    if owner != ROOT and owner not in records:
        raise ValueError("what it belongs to does not come before it")
    record = estate.take_in(entry["type"], segment, model, parent=records.get(owner))
    if record.href != entry["href"]:
        raise ValueError(f"its id is {record.id!r}")
    record.busy = entry.get("busy", "")
    if (later := entry.get("next_run")) is not None:
        record.next_run = make(entry["type"], later)
    return record
