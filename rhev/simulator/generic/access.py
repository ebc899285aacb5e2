"""What a user may see and do: by the permissions that the estate holds.

An administrator may do everything. Any other user sees of what belongs to somebody what he has a
permission on, and may do what the role of one of his permissions allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.state.refusals import FAILED, Refusal, unauthorized
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import held, make, put

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rhev.simulator.generic.routing import Target
    from rhev.simulator.state.estate import Estate

# Types whose members a user sees only by a permission; any other type is seen by all.
OWNED: Mapping[str, str] = {"Vm": "vm", "VmPool": "vm_pool", "Disk": "disk"}
# Types that the engine lists for administrators only.
ADMINISTRATIVE = frozenset({"Job", "MacPool"})
# The roles with which a user may add something, by its type; what else there is he may not add.
CREATORS: Mapping[str, frozenset[str]] = {
    "Vm": frozenset({"PowerUserRole", "VmCreator", "ClusterAdmin", "DataCenterAdmin", "SuperUser"}),
    "Disk": frozenset({"PowerUserRole", "DiskCreator", "StorageAdmin", "SuperUser"}),
    "Template": frozenset({"PowerUserRole", "TemplateCreator", "TemplateAdmin", "SuperUser"}),
}
# Roles that only let one use what a permission is on, with the actions that this is.
USERS = frozenset({"UserRole", "UserVmRunTimeManager"})
USES = frozenset({"start", "stop", "shutdown", "suspend", "reboot", "reset", "ticket", "logon"})
# Attributes that an ordinary user is not told.
_UNTOLD: Mapping[str, tuple[str, ...]] = {
    "StorageDomain": ("data_centers",),
    "Vm": ("host", "placement_policy"),
}
OWNERS_ROLE = "UserVmManager"


class Access:
    """What one user may see and do. ``wish`` is the header or parameter ``filter``.

    Raises Refusal with 401 for a user who has no permission at all.
    """

    def __init__(self, estate: Estate, user: str, administrator: str, wish: str | None) -> None:
        self._estate = estate
        filtered = wish is not None and wish.strip().lower() in ("true", "")
        is_needed = filtered or user != administrator
        self._permissions = list(_permissions(estate, user)) if is_needed else []
        self.user = user
        self.is_administrator: bool = user == administrator or any(
            _role(estate, model) == "SuperUser" for model in self._permissions
        )
        if not self.is_administrator and not self._permissions:
            raise unauthorized(f"The user {user} is not authorized to perform login")
        self.is_filtered: bool = filtered or not self.is_administrator
        self._insists: bool = (wish or "").strip().lower() == "false"

    def check(self, target: Target, verb: str) -> None:
        """Raises Refusal where the user may not do it, or may not see what it is done to."""
        if self.is_administrator:
            return
        unfiltered = self._insists and verb == "GET"
        if unfiltered or (target.type in ADMINISTRATIVE and verb == "GET"):
            said = "query execution failed due to insufficient permissions."
            raise Refusal(400, FAILED, said)
        for record in filter(None, (target.owner, target.record)):
            if record.type in OWNED and not self._roles_on(record):
                raise _forbidden() if target.action else Refusal(404)
        if verb != "GET" and not self._may(target):
            raise _forbidden()

    def sees(self, api_type: str, id_: str | None) -> bool:
        """Whether a member of a collection is shown to the user."""
        name = OWNED.get(api_type)
        if name is None or not self.is_filtered:
            return True
        return any(held(model, f"{name}.id") == id_ for model in self._permissions)

    def limit(self, document: Any, *, briefly: bool = False) -> None:
        """Takes out of a document what only administrators are told, or those who ask for all."""
        api_type = type(document).__api_name__
        if not self.is_administrator:
            for name in _UNTOLD.get(api_type, ()):
                document.__dict__.pop(name, None)
        if api_type == "Host" and (briefly or self.is_filtered) and held(document, "cpu.type"):
            document.__dict__["cpu"] = document.cpu.__copy__()
            put(document.cpu, type=None)

    def own(self, record: Record) -> None:
        """Gives the user who made something a permission on it."""
        name = OWNED.get(record.type)
        who = _record_of(self._estate, self.user)
        role = self._estate.store.named("Role", OWNERS_ROLE)
        if self.is_administrator or name is None or who is None:
            return
        model = make("Permission", {})
        put(model, user=reference(who), **{name: reference(record)})
        put(model, role=reference(role) if role else None)
        self._estate.take_in("Permission", "permissions", model)

    def _roles_on(self, record: Record) -> set[str]:
        name = OWNED.get(record.type, "")
        return {
            _role(self._estate, model)
            for model in self._permissions
            if held(model, f"{name}.id") == record.id
        }

    def _may(self, target: Target) -> bool:
        record = target.record or target.owner
        if record is not None and record.type in OWNED:
            roles = self._roles_on(record)
            used = target.action is not None and target.action.name in USES
            return bool(roles - USERS) or used
        creators = CREATORS.get(target.type, frozenset())
        return any(_role(self._estate, model) in creators for model in self._permissions)


def _forbidden() -> Refusal:
    return Refusal(403, FAILED, "[User is not authorized to perform this action.]")


def _permissions(estate: Estate, user: str) -> Iterator[Any]:
    """The models of the permissions that are the user's own."""
    record = _record_of(estate, user)
    if record is not None:
        for permission in estate.store.of_type("Permission"):
            if held(permission.model, "user.id") == record.id:
                yield permission.model


def _record_of(estate: Estate, user: str) -> Record | None:
    """The user of a name such as ``user1@internal``: in the estate his domain may be longer."""
    name, _, profile = user.rpartition("@")
    for record in estate.store.members(None, "users").values():
        known = (held(record.model, "user_name") or "").rpartition("@")
        if known[0] == name and known[2].removesuffix("-authz") == profile.removesuffix("-authz"):
            return record
    return None


def _role(estate: Estate, permission: Any) -> str:
    role = estate.store.record(held(permission, "role"))
    return role.name if role is not None else ""
