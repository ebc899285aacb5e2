"""What one worker does, and how it checks every answer: the same for threads and for tasks.

The work is a generator of calls on a connection, which is sent their results: whoever drives it
calls or awaits.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from rhev import errors
from rhev.schema import VM, Cluster, Template

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from soak.engine import Account, Remote

Call: TypeAlias = "Callable[[Any], Any]"
"""Given a connection, an operation of it: its result, or the coroutine of it."""

CLUSTER, TEMPLATE = Cluster(name="Default"), Template(name="Blank")
MOST_ERRORS = 20


class Cut(Exception):
    """Thrown into the work where a call was cancelled or interrupted: nobody knows its outcome."""


@dataclass
class Tally:
    """What a worker has asked for and what it was told, to be held against the engine's record."""

    operations: int = 0
    cut: int = 0
    crossed: int = 0
    errors: int = 0
    said: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """The names that were asked to be made, ``made`` those that were told to be, with their ids."""
    made: dict[str, str] = field(default_factory=dict)
    doomed: set[str] = field(default_factory=set)
    """The ids that were asked to be deleted, ``deleted`` those that were told to be."""
    deleted: set[str] = field(default_factory=set)

    def add(self, other: Tally) -> None:
        self.operations += other.operations
        self.cut += other.cut
        self.crossed += other.crossed
        self.errors += other.errors
        self.said = [*self.said, *other.said][:MOST_ERRORS]
        self.names |= other.names
        self.made |= other.made
        self.doomed |= other.doomed
        self.deleted |= other.deleted

    def failed(self, error: BaseException) -> None:
        """Note an exception that there should not have been."""
        if isinstance(error, errors.WrongAnswer):
            self.crossed += 1
        else:
            self.errors += 1
        self.say(f"{type(error).__name__}: {error}")

    def say(self, what: str) -> None:
        if len(self.said) < MOST_ERRORS:
            self.said.append(what)

    def check(self, is_right: bool, what: str) -> None:
        """Note an answer that is not what was asked for."""
        if not is_right:
            self.crossed += 1
            self.say(f"crossed: {what}")

    def held_against(self, account: Account) -> int:
        """How often the engine did something twice; what it did unasked is noted as crossed."""
        self.crossed += len(account.made.keys() - self.names)
        self.crossed += len(set(account.deleted) - self.doomed)
        for name, id_ in self.made.items():
            self.check(account.made.get(name) == [id_], f"{name} is {account.made.get(name)}")
        for id_ in self.deleted - set(account.deleted):
            self.check(False, f"{id_} is not deleted")
        twice = sum(len(ids) - 1 for ids in account.made.values())
        return twice + len(account.deleted) - len(set(account.deleted))


# As many calls as a round has at least: by then nothing is imported for the first time. What Python
# does with its imports outlives neither a fork by another thread nor Ctrl-C.
WHOLE_ROUND = 12


def rounds(who: str, remote: Remote, tally: Tally) -> Generator[Call, Any, None]:
    """Goes round and round: reads what stays, makes a machine, changes it, deletes it."""
    chance = random.Random(who)
    known = list(remote.machines.items())
    left: list[str] = []  # names of what was perhaps made, or perhaps not deleted
    number = 0
    while True:
        number += 1
        name = f"{who}-{number}"
        try:
            for id_, its in chance.sample(known, 3):
                vm = yield get(id_)
                tally.check((vm.id, vm.name) == (id_, its), f"{vm!r} for {id_}")
            found = yield named(its)
            tally.check(found is not None and found.id == id_, f"{found!r} for {its}")
            while left:
                found = yield named(left[-1])
                if found is not None:
                    tally.check(found.name == left[-1], f"{found!r} for {left[-1]}")
                    yield from _deleted(found, tally)
                left.pop()
            tally.names.add(name)
            left.append(name)
            vm = yield create(name)
            tally.made[name] = vm.id
            tally.check(vm.name == name, f"{vm!r} made for {name}")
            vm.description = name
            vm = yield update(vm)
            vm = yield get(vm.id)
            tally.check((vm.name, vm.description) == (name, name), f"{vm!r} of {name}")
            yield from _deleted(vm, tally)
            gone = yield absent(vm.id)
            tally.check(gone is None, f"{gone!r} for what was deleted")
            left.pop()
        except Cut:
            tally.cut += 1
        except Exception as error:
            tally.failed(error)


def _deleted(vm: VM, tally: Tally) -> Generator[Call, Any, None]:
    tally.doomed.add(str(vm.id))
    yield lambda conn: conn.delete(vm)
    tally.deleted.add(str(vm.id))


def get(id_: str) -> Call:
    return lambda conn: conn.get(VM, id_)


def named(name: str) -> Call:
    return lambda conn: conn.get(VM, name=name, default=None)


def absent(id_: str) -> Call:
    return lambda conn: conn.get(VM, id_, default=None)


def create(name: str) -> Call:
    return lambda conn: conn.create(VM(name=name, cluster=CLUSTER, template=TEMPLATE))


def update(vm: VM) -> Call:
    return lambda conn: conn.update(vm)
