"""The estate: what the engine manages, its time, and what it writes down of what happens."""

from __future__ import annotations

import hashlib
import itertools
import random
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from rhev.simulator.state.chronicle import Chronicle
from rhev.simulator.state.store import Record, Store, named_reference, reference
from rhev.simulator.state.values import Document, held, make, put

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rhev.simulator.state.timeline import Timeline

_KEPT = 1000
# How long a job is remembered that is done.
_REMEMBERED = timedelta(minutes=10)
_PRODUCT = {
    "name": "oVirt Engine",
    "instance_id": "6f1c3a52-3f0e-4f0c-9a63-6a1f1d0c9e01",
    "version": {
        "build": "10",
        "full_version": "4.5.10-1.el8",
        "major": "4",
        "minor": "5",
        "revision": "0",
    },
}


class Estate:
    """Resources, and the engine's own books: events, jobs, MAC addresses, ids."""

    def __init__(self, timeline: Timeline) -> None:
        self.store: Store = Store()
        self.timeline = timeline
        self.product: Any = make("ProductInfo", _PRODUCT)
        # That of the request which is being answered, and those of what the jobs are of.
        self.correlation_id: str | None = None
        self.correlations: dict[str, str] = {}
        # Who it is of: None is the engine itself.
        self.user: Record | None = None
        # Where it was sent to: what is told of addresses begins so.
        self.origin = ""
        # The rights to the bytes of disks, by their ids.
        self.tickets: dict[str, Any] = {}
        # Addresses at which no host answers.
        self.silent: set[str] = set()
        # How many events there have been.
        self.written: int = 0
        self.events: Chronicle = Chronicle(
            lambda model: self.store.record_of("Event", None, "events", model)
        )
        self.store.keep("events", self.events)
        self._macs = itertools.count(1)
        # Ids need no secrecy: the same requests on a new engine give the same ids.
        self._ids = random.Random(4)  # noqa: S311

    def new_id(self) -> str:
        """An id that no resource has had."""
        return str(uuid.UUID(int=self._ids.getrandbits(128), version=4))

    def answers(self, address: str) -> bool:
        """Whether there is a host at an address: at a name that cannot be there is none."""
        return address not in self.silent and not address.endswith(".invalid")

    def new_mac(self) -> str:
        """The next free address of the pool."""
        number = next(self._macs)
        return f"56:6f:1a:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}"

    def books(self) -> Document:
        """What it has to remember beside what it holds, so as to go on where it is."""
        first = next(self._macs)
        self._macs = itertools.count(first)
        return {
            "macs": first,
            "events": {"counted": self.events.counted, "last": self.events.last},
            "correlations": dict(self.correlations),
            "ids": hashlib.sha256(repr(self._ids.getstate()).encode()).hexdigest(),
        }

    def go_on(self, books: Document) -> None:
        """Takes over what :meth:`books` has told. The same books lead to the same new ids."""
        self._macs = itertools.count(books["macs"])
        self.events.go_on(books["events"]["counted"], books["events"]["last"])
        self.correlations.update(books["correlations"])
        self.written = books["events"]["last"]
        self._ids.seed(books["ids"])

    def add(
        self, api_type: str, segment: str, document: Document, *, parent: Record | None = None
    ) -> Record:
        """Takes in a resource as it is: nothing is checked, completed or written down."""
        return self.take_in(api_type, segment, make(api_type, document), parent=parent)

    def take_in(
        self, api_type: str, segment: str, model: Any, *, parent: Record | None = None
    ) -> Record:
        """The same for a model. Where it has no id it gets one."""
        if model.__dict__.get("id") is None:
            model.__dict__["id"] = self.new_id()
        return self.store.add(api_type, parent, segment, model)

    def write_down(
        self, code: int, description: str, *about: Record, severity: str = "normal"
    ) -> None:
        """Adds an event that refers to the records that it is about."""
        index = self.events.next()
        document = {
            "id": str(index),
            "index": str(index),
            "code": str(code),
            "severity": severity,
            "description": description,
            "origin": "oVirt",
            "custom_id": "-1",
            "flood_rate": "0",
        }
        model = make("Event", document)
        put(model, time=self.timeline.date, correlation_id=self.correlation_id)
        put(model, user=self._acting())
        put(model, **self.referred(*about))
        self.written += 1
        self.store.add("Event", None, "events", model)
        self._forget("Event")

    def account(self, user: str) -> Record | None:
        """The user that a name with its domain means."""
        principal = user.partition("@")[0]
        users = self.store.members(None, "users").values()
        return next((u for u in users if held(u.model, "principal") == principal), None)

    def _acting(self) -> Any:
        if self.user is None:
            return make("User", {"name": "SYSTEM"})
        acting = reference(self.user)
        put(acting, name=held(self.user.model, "user_name"))
        return acting

    def referred(self, *about: Record) -> dict[str, Any]:
        """What an event that is about these refers to, by the attributes that do."""
        found = self._concerned(about)
        return {_REFERRED[record.type]: named_reference(record) for record in found}

    def _concerned(self, about: Iterable[Record]) -> Iterable[Record]:
        """What an event is about, and what that is a part of."""
        found: dict[str, Record] = {}
        waiting = list(about)
        while waiting:
            record = waiting.pop(0)
            name = _REFERRED.get(record.type)
            if name is not None and name not in found:
                found[name] = record
            for part in _PARTS.get(record.type, ()):
                whole = self.store.record(held(record.model, part))
                if whole is not None:
                    waiting.append(whole)
        # Of machines and templates the data center is told where somebody asked for something.
        cluster = found.get("cluster")
        if cluster is not None and self.user is not None and {"vm", "template"} & found.keys():
            center = self.store.record(held(cluster.model, "data_center"))
            if center is not None:
                found["data_center"] = center
        return found.values()

    def finished_job(self, description: str) -> Record:
        """The job of something that was done at once."""
        return self.begun_job(description, 0.0)

    def begun_job(self, description: str, until: float) -> Record:
        """The job of something that is done at a time, or at once if that has come."""
        now, document = self.timeline.date, {"description": description, "external": "false"}
        model = make("Job", {**document, "status": "started"})
        put(model, owner=reference(self.user) if self.user else None)
        put(model, auto_cleared=True, start_time=now, last_updated=now)
        record = self.take_in("Job", "jobs", model)
        steps = []
        for number, (kind, says) in enumerate(_STEPS.items()):
            step = make("Step", {"type": kind, "description": says, "status": "started"})
            put(step, number=number, external=False, start_time=now, job=reference(record))
            steps.append(self.take_in("Step", "steps", step, parent=record))
        if self.correlation_id is not None:
            self.correlations[record.id] = self.correlation_id
        self._forget("Job")

        def end() -> None:
            for each in (record, *steps):
                put(each.model, status="finished", end_time=self.timeline.date)
            put(model, last_updated=self.timeline.date)

        if until > self.timeline.now:
            self.timeline.at(until, end)
        else:
            end()
        return record

    def _forget(self, api_type: str) -> None:
        records: Iterator[Record] = self.store.of_type(api_type)
        kept = list(records)
        for record in kept[:-_KEPT]:
            self.store.remove(record)
        if api_type == "Job":
            for record in kept[-_KEPT:]:
                ended = held(record.model, "end_time")
                if ended is not None and self.timeline.date - ended > _REMEMBERED:
                    self.store.remove(record)


# What every job of an engine is made of.
_STEPS = {"validating": "Validating", "executing": "Executing"}

# The attributes by which one is a part of another, for events.
_PARTS = {
    "Host": ("cluster",),
    "Network": ("data_center",),
    "Template": ("cluster",),
    "Vm": ("cluster", "host", "template"),
    "VmPool": ("cluster", "template"),
}
_REFERRED = {
    "Vm": "vm",
    "Host": "host",
    "Template": "template",
    "Cluster": "cluster",
    "DataCenter": "data_center",
    "StorageDomain": "storage_domain",
    "User": "user",
}
