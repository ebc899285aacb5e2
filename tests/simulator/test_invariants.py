"""Whatever is asked of an engine in whatever order: it never contradicts itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct
from rhev.simulator import Engine
from rhev.simulator.documents.presented import RUNNING
from rhev.simulator.generic.references import referable
from rhev.simulator.state.store import NIL
from rhev.simulator.state.values import held
from tests.simulator.asking import Asker, standing_still
from tests.simulator.test_undoing import _state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.simulator.state.store import Record

# Which of several: whatever there is at the time.
WHICH = st.integers(0, 30)
GIB = 1 << 30
# References that may outlive what they mean, by the type and the attribute.
OUTLIVING = {
    # What was told and done is not unsaid.
    ("Event", ""),
    ("Job", ""),
    ("Step", ""),
    # A snapshot tells what a machine was.
    ("Snapshot", "vm"),
}
COLLECTIONS = (
    *("affinitylabels", "clusters", "datacenters", "disks", "events", "hosts", "jobs", "networks"),
    *("permissions", "roles", "storagedomains", "tags", "templates", "users", "vmpools", "vms"),
    "vnicprofiles",
)
ACTIONS = (
    *("start", "stop", "shutdown", "suspend", "reboot", "migrate", "cancelmigration", "detach"),
    *("commitsnapshot", "undosnapshot"),
)
CHANGES: tuple[dict[str, Any], ...] = (
    {"memory": 3 * GIB},
    {"comment": "x"},
    {"delete_protected": "true"},
    {"name": "web-01"},
    {"delete_protected": "false"},
    {"os": {"type": "rhel_9x64"}},
)


def _references(value: object) -> Iterator[BaseResource]:
    """Every reference at or below a value to what the entry point has a collection of."""
    if isinstance(value, list):
        for entry in value:
            yield from _references(entry)
    elif isinstance(value, Struct):
        if isinstance(value, BaseResource) and held(value, "id") is not None:
            if type(value).__api_name__ in referable():
                yield value
        else:
            for below in vars(value).values():
                yield from _references(below)


class Estates(RuleBasedStateMachine):
    """The demonstration, as anybody may change it."""

    @initialize()
    def begin(self) -> None:
        self.engine = Engine.demo(clock=standing_still, speed=1)
        self.ask = Asker(self.engine)
        self.store = self.engine._estate.store
        self.made = 0
        self.before = _state(self.engine)

    def do(self, method: str, path: str, document: object = None, **query: object) -> int:
        """Asks for something that may be refused: that changes nothing, and is no failure."""
        status, answer = self.ask(method, path, document, **query)
        now = _state(self.engine)
        assert status < 500, (method, path, document, answer)
        if status >= 400:
            assert now == self.before, (method, path, document, answer)
        self.before = now
        return status

    def one(self, segment: str, which: int, below: str = "") -> str:
        """The path of a member of a collection; of one that is not there, where it is empty."""
        path = f"{below}/{segment}"
        members = list(self.members(below, segment).values())
        return f"{path}/{members[which % len(members)].id if members else 'absent'}"

    def members(self, below: str, segment: str) -> dict[str, Record]:
        owner = None
        if below:
            home, id_ = below.strip("/").split("/")
            owner = self.store.members(None, home).get(id_)
            if owner is None:
                return {}
        return self.store.members(owner, segment)

    def id(self, segment: str, which: int) -> str:
        return self.one(segment, which).rpartition("/")[2]

    def parts(self, a: int, b: int) -> dict[str, Any]:
        """What a machine or a pool is made of."""
        return {
            "cluster": {"id": self.id("clusters", a)},
            "template": {"id": self.id("templates", b)},
        }

    def name(self) -> str:
        self.made += 1
        return f"made-{self.made}"

    @rule(seconds=st.sampled_from([0.5, 1, 3, 12, 60, 700]))
    def wait(self, seconds: float) -> None:
        self.engine.advance(seconds)
        self.ask.get("/tags")
        self.before = _state(self.engine)

    @rule(a=WHICH, b=WHICH, clone=st.booleans())
    def add_vm(self, a: int, b: int, clone: bool) -> None:
        parts = {
            "cluster": {"id": self.id("clusters", a)},
            "template": {"id": self.id("templates", b)},
        }
        self.do("POST", "/vms", {"name": self.name(), **parts}, clone=str(clone).lower())

    @rule(a=WHICH, detach=st.booleans())
    def remove_vm(self, a: int, detach: bool) -> None:
        self.do("DELETE", self.one("vms", a), detach_only=str(detach).lower())

    @rule(a=WHICH, change=st.sampled_from(CHANGES))
    def change_vm(self, a: int, change: dict[str, Any]) -> None:
        self.do("PUT", self.one("vms", a), change)

    @rule(a=WHICH, action=st.sampled_from(ACTIONS))
    def act_on_vm(self, a: int, action: str) -> None:
        self.do("POST", f"{self.one('vms', a)}/{action}", {})

    @rule(a=WHICH, stateless=st.booleans())
    def start_once(self, a: int, stateless: bool) -> None:
        once = {"vm": {"stateless": "true"}} if stateless else {"pause": "true"}
        self.do("POST", f"{self.one('vms', a)}/start", once)

    @rule(a=WHICH)
    def clone_vm(self, a: int) -> None:
        self.do("POST", f"{self.one('vms', a)}/clone", {"vm": {"name": self.name()}})

    @rule(a=WHICH, shareable=st.booleans())
    def add_disk(self, a: int, shareable: bool) -> None:
        domain = {"storage_domain": [{"id": self.id("storagedomains", a)}]}
        body = {"alias": self.name(), "provisioned_size": GIB, "format": "raw"}
        self.do("POST", "/disks", {**body, "shareable": shareable, "storage_domains": domain})

    @rule(a=WHICH, size=st.sampled_from([1, 1 << 36]))
    def change_disk(self, a: int, size: int) -> None:
        self.do("PUT", self.one("disks", a), {"provisioned_size": size})

    @rule(a=WHICH)
    def remove_disk(self, a: int) -> None:
        self.do("DELETE", self.one("disks", a))

    @rule(a=WHICH, b=WHICH, bootable=st.booleans())
    def attach(self, a: int, b: int, bootable: bool) -> None:
        wanted = {"disk": {"id": self.id("disks", b)}, "interface": "virtio", "bootable": bootable}
        self.do("POST", f"{self.one('vms', a)}/diskattachments", wanted)

    @rule(a=WHICH, b=WHICH, keep=st.booleans())
    def detach(self, a: int, b: int, keep: bool) -> None:
        path = self.one("diskattachments", b, self.one("vms", a))
        self.do("DELETE", path, detach_only=str(keep).lower())

    @rule(a=WHICH, b=WHICH)
    def remove_disk_in_use(self, a: int, b: int) -> None:
        """It is refused whenever it is attached to what runs."""
        running = [r for r in self.members("", "vms").values() if str(r.model.status) in RUNNING]
        if not running:
            return
        vm = running[a % len(running)]
        attached = [each for each in self.store.members(vm, "diskattachments").values()
                    if held(each.model, "active")]  # fmt: skip
        if attached:
            assert self.do("DELETE", f"/disks/{attached[b % len(attached)].id}") == 409

    @rule(a=WHICH, b=WHICH)
    def add_nic(self, a: int, b: int) -> None:
        nic = {"name": self.name(), "vnic_profile": {"id": self.id("vnicprofiles", b)}}
        self.do("POST", f"{self.one('vms', a)}/nics", nic)

    @rule(a=WHICH, b=WHICH)
    def remove_nic(self, a: int, b: int) -> None:
        self.do("DELETE", self.one("nics", b, self.one("vms", a)))

    @rule(a=WHICH)
    def add_snapshot(self, a: int) -> None:
        self.do("POST", f"{self.one('vms', a)}/snapshots", {"description": self.name()})

    @rule(a=WHICH, b=WHICH, what=st.sampled_from(["preview", "restore", "remove"]))
    def use_snapshot(self, a: int, b: int, what: str) -> None:
        vms = [vm for vm in self.members("", "vms").values()
               if len(self.store.members(vm, "snapshots")) > 1]  # fmt: skip
        vm = f"/vms/{vms[a % len(vms)].id}" if vms else self.one("vms", a)
        path = self.one("snapshots", b, vm)
        if what == "preview":
            body = {"snapshot": {"id": path.rpartition("/")[2]}}
            self.do("POST", f"{vm}/previewsnapshot", body)
        elif what == "restore":
            self.do("POST", f"{path}/restore", {})
        else:
            self.do("DELETE", path)

    @rule(a=WHICH, action=st.sampled_from(["activate", "deactivate"]))
    def act_on_host(self, a: int, action: str) -> None:
        self.do("POST", f"{self.one('hosts', a)}/{action}", {})

    @rule(a=WHICH)
    def remove_host(self, a: int) -> None:
        self.do("DELETE", self.one("hosts", a))

    @rule(a=WHICH)
    def add_template(self, a: int) -> None:
        self.do("POST", "/templates", {"name": self.name(), "vm": {"id": self.id("vms", a)}})

    @rule(a=WHICH)
    def remove_template(self, a: int) -> None:
        self.do("DELETE", self.one("templates", a))

    @rule(a=WHICH)
    def add_tag(self, a: int) -> None:
        self.do("POST", "/tags", {"name": self.name(), "parent": {"id": self.id("tags", a)}})

    @rule(a=WHICH)
    def remove_tag(self, a: int) -> None:
        self.do("DELETE", self.one("tags", a))

    @rule(a=WHICH, b=WHICH)
    def give_tag(self, a: int, b: int) -> None:
        self.do("POST", f"{self.one('vms', a)}/tags", {"id": self.id("tags", b)})

    @rule(a=WHICH, b=WHICH, size=st.integers(0, 2))
    def add_pool(self, a: int, b: int, size: int) -> None:
        parts = {
            "cluster": {"id": self.id("clusters", a)},
            "template": {"id": self.id("templates", b)},
        }
        self.do("POST", "/vmpools", {"name": self.name(), "size": size, **parts})

    @rule(a=WHICH, what=st.sampled_from(["allocate", "grow", "remove"]))
    def use_pool(self, a: int, what: str) -> None:
        pool = self.one("vmpools", a)
        if what == "allocate":
            self.do("POST", f"{pool}/allocatevm", {})
        elif what == "grow":
            self.do("PUT", pool, {"size": 3})
        else:
            self.do("DELETE", pool)

    @rule(a=WHICH)
    def add_affinity_group(self, a: int) -> None:
        path = f"{self.one('clusters', a)}/affinitygroups"
        self.do("POST", path, {"name": self.name(), "vms_rule": {"enabled": "true"}})

    @rule(a=WHICH, b=WHICH, c=WHICH)
    def join_affinity_group(self, a: int, b: int, c: int) -> None:
        group = self.one("affinitygroups", b, self.one("clusters", a))
        self.do("POST", f"{group}/vms", {"id": self.id("vms", c)})

    @rule(a=WHICH, b=WHICH)
    def remove_affinity_group(self, a: int, b: int) -> None:
        self.do("DELETE", self.one("affinitygroups", b, self.one("clusters", a)))

    @rule(a=WHICH, b=WHICH, c=WHICH)
    def grant(self, a: int, b: int, c: int) -> None:
        wanted = {"role": {"id": self.id("roles", b)}, "user": {"id": self.id("users", c)}}
        self.do("POST", f"{self.one('vms', a)}/permissions", wanted)

    @rule(a=WHICH)
    def revoke(self, a: int) -> None:
        self.do("DELETE", self.one("permissions", a))

    @rule(
        bad=st.sampled_from(
            [
                ("POST", "/vms", {"name": "no-cluster"}, 400),
                ("POST", "/vms", {"nonsense": 1}, 400),
                ("PUT", "/vms/absent", {"comment": "x"}, 404),
                ("DELETE", "/disks/absent", None, 404),
                ("POST", "/disks", {}, 400),
                ("GET", "/nowhere", None, 404),
            ]
        )
    )
    def ask_badly(self, bad: tuple[str, str, Any, int]) -> None:
        method, path, body, status = bad
        assert self.do(method, path, body) == status, bad

    @invariant()
    def ids_are_of_one_each(self) -> None:
        seen: dict[str, str] = {}
        for segment, members in self.store._members.get(None, {}).items():
            for id_, record in members.items():
                assert record.id == id_
                if "-" not in id_ or id_ == NIL:
                    continue  # events and operating systems are counted, and of NIL there are two
                assert seen.setdefault(id_, segment) == segment, (id_, segment)

    @invariant()
    def references_mean_something(self) -> None:
        for record in self._held():
            if (record.type, "") in OUTLIVING:
                continue
            for name, value in vars(record.model).items():
                if (record.type, name) in OUTLIVING:
                    continue
                for found in _references(value):
                    assert self.store.record(found) or self._another(found), (record, name, found)

    @invariant()
    def indexes_agree(self) -> None:
        held_ = {id(record): record for record in self._held()}
        for record in held_.values():
            assert record.parent is None or id(record.parent) in held_, record
            found = self.store.find(record.type, record.id)
            assert found is not None, record
            assert id(found) in held_ or record.type == "Event", (record, found)
        for api_type, members in self.store._types.items():
            if api_type != "Event":
                assert all(id(record) in held_ for record in members.values()), api_type
        for owner, assigned in self.store._assigned.items():
            assert owner is None or id(owner) in held_, owner
            for members in assigned.values():
                assert all(id(record) in held_ for record in members.values()), owner

    @invariant()
    def what_runs_is_on_a_host(self) -> None:
        for vm in self.members("", "vms").values():
            state, host = str(vm.model.status), self.store.record(held(vm.model, "host"))
            if state in RUNNING and state != "powering_down":
                assert host is not None, (vm.name, state)
            # One that is to start stateless is kept a place while what it is is put aside.
            if state in ("down", "suspended", "image_locked") and not vm.busy:
                assert host is None, (vm.name, state)

    def _another(self, reference: BaseResource) -> Record | None:
        """To its parts a template is a machine, and an instance type is a template to some."""
        other = {"Vm": "Template", "Template": "InstanceType"}.get(type(reference).__api_name__, "")
        return self.store.find(other, held(reference, "id"))

    def _held(self) -> Iterator[Record]:
        for below in self.store._members.values():
            for segment, members in below.items():
                if segment != "events":
                    yield from members.values()

    def teardown(self) -> None:
        for collection in COLLECTIONS:
            self.ask.get(f"/{collection}")


TestEstates = Estates.TestCase
TestEstates.settings = settings(max_examples=25, stateful_step_count=25)
