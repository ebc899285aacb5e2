"""The engine's rules of value, as data: one entry a rule, and beside it where it comes from.

They were read from the sources of ovirt-engine: the validation annotations of its business
entities, the validators of its commands, and the mappers and resources of its REST API. A limit
that an administrator can change with ``engine-config`` is a warning at most, and one that depends
on the version of a cluster is not here: a program must not be refused what its engine takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.rules.table import access, clusters, networks, references, storage, vms

if TYPE_CHECKING:
    from rhev.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *vms.RULES,
    *storage.RULES,
    *networks.RULES,
    *clusters.RULES,
    *access.RULES,
    *references.RULES,
)

__all__ = ["RULES"]
