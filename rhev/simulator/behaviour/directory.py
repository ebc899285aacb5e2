"""Users and groups: taken from the directory of a domain, which may know more of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.generic.hooks import Call, completing, finding, unassigning
from rhev.simulator.generic.methods import call_owner
from rhev.simulator.generic.parts import remove_whole
from rhev.simulator.state.granted import granting
from rhev.simulator.state.refusals import Refusal
from rhev.simulator.state.store import Record, named_reference
from rhev.simulator.state.values import held, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate

DOMAIN = "internal-authz"
# What the directory says of somebody.
_SAID = ("department", "domain_entry_id", "email", "last_name", "name")


@completing("User", "Group")
def _taken_in(call: Call, model: Any) -> None:
    """What the directory does not know of somebody is empty."""
    domain = _domain(call.estate, model)
    if domain is not None:
        put(model, domain=named_reference(domain))
    if type(model).__api_name__ == "User":
        principal = _principal(model)
        put(model, name=None, principal=principal)
        if domain is not None:
            put(model, user_name=f"{principal}@{domain.name}")
    if domain is not None and (entry := _entry(call.estate, domain, model)) is not None:
        put(model, **{name: held(entry.model, name) for name in _SAID if held(entry.model, name)})
    if held(model, "domain_entry_id") is None:
        id_ = held(model, "id") or call.estate.new_id()
        put(model, domain_entry_id=id_.encode().hex().upper())


@finding("User", "Group")
def _already_there(call: Call, model: Any) -> Record | None:
    """Who is taken in again is there already."""
    domain = _domain(call.estate, model)
    name = "principal" if type(model).__api_name__ == "User" else "name"
    wanted = _principal(model) if name == "principal" else held(model, "name")
    for record in call.estate.store.of_type(type(model).__api_name__):
        is_same = held(record.model, name) == wanted and record.parent is None
        if is_same and (domain is None or held(record.model, "domain.id") == domain.id):
            return record
    return None


@unassigning(("User", "roles"), ("Group", "roles"))
def _role_taken(call: Call, role: Record) -> None:
    """Whoever has a role for everything has it by a permission, which goes with the role."""
    store, holder = call.estate.store, call_owner(call)
    permissions = granting(store, holder, role)
    # What everybody has is taken from nobody in particular.
    if not permissions and role.id not in store.assigned(holder, "roles"):
        raise Refusal(404)
    for permission in permissions:
        remove_whole(store, permission)


def _domain(estate: Estate, model: Any) -> Record | None:
    return estate.store.record(held(model, "domain")) or estate.store.named("Domain", DOMAIN)


def _principal(model: Any) -> str:
    said = held(model, "user_name") or held(model, "principal") or ""
    return str(said).partition("@")[0]


def _entry(estate: Estate, domain: Record, model: Any) -> Record | None:
    """What the directory of a domain has of somebody."""
    is_user = type(model).__api_name__ == "User"
    segment, name = ("users", "principal") if is_user else ("groups", "name")
    entries = estate.store.members(domain, segment).values()
    return next((e for e in entries if held(e.model, name) == held(model, name)), None)
