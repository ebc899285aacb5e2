"""``rhev delete``: resources are deleted, once it was said what would go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rhev import relations
from rhev.cli.arguments import NounType, ResourceName
from rhev.cli.changing.options import MemberCommand
from rhev.cli.changing.targets import name_of, several, targets
from rhev.cli.nouns import dashed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rhev.cli.changing.assignments import Assignment
    from rhev.cli.changing.running import Item, Run
    from rhev.cli.changing.targets import Targets
    from rhev.cli.nouns import Noun
    from rhev.cli.session import Session

# Of so many it is looked up what goes with them, before it is asked.
_LOOKED_AT = 20


class _Delete(MemberCommand):
    method = "remove"


@click.command("delete", cls=_Delete)
@click.argument("noun", type=NounType(), metavar="TYPE")
@click.argument("names", nargs=-1, type=ResourceName(), metavar="NAME...")
@several
@click.pass_obj
def delete(
    session: Session,
    noun: Noun,
    names: tuple[str, ...],
    search: str | None,
    yes: bool,
    parallel: int,
    owners: Mapping[str, str],
    assigned: Sequence[Assignment],
    query: Mapping[str, Any],
) -> None:
    """Delete resources of a TYPE: rhev delete vm web-01

    It says what would go, and asks; where nobody can be asked, --yes is needed. What belongs to
    something is named by that: rhev delete nic nic2 --vm web-01
    """
    from rhev.cli.changing.running import run

    found = targets(session, noun, names, search, owners)
    conn = session.connection()
    taken_off = _is_taken_off(found)
    verb = "take off" if taken_off else "delete"
    what = found.items[0].what if len(found.items) == 1 else dashed(noun.singular)
    of = f" of {name_of(found.base)}" if found.base is not None else ""
    if not yes and session.interactive:
        notes = [] if taken_off or query.get("detach_only") else _what_goes(session, found)
    else:
        notes = []
    found.ask(session, f"{verb.capitalize()} {what}{of}", yes=yes, notes=notes)

    def job(item: Item, going: Run) -> str:
        conn.delete(item.subject, found.base_of_attached, **query)
        return "taken off" if taken_off else "deleted"

    run(session, verb, found.items, job, parallel=parallel)


def _is_taken_off(found: Targets) -> bool:
    """Whether what is deleted is just a membership: the resource itself stays."""
    if found.base is None:
        return False
    pair = (found.base.__api_name__, found.place.type_name)
    return pair in relations.ATTACHED or relations.assigns(*pair)


def _what_goes(session: Session, found: Targets) -> list[str]:
    """What is deleted with machines and templates: the disks that are theirs alone."""
    if found.place.type_name not in ("Vm", "Template"):
        return []
    if len(found.items) > _LOOKED_AT:
        return ["  and the disks of each"]
    conn = session.connection()
    lines = []
    for item in found.items:
        attached: Any = conn.getall("diskattachments", item.subject, follow="disk")
        disks = [each.disk for each in attached if each.disk is not None]
        own = [name_of(disk) for disk in disks if not disk.shareable]
        if own:
            plural = "s" if len(own) > 1 else ""
            lines.append(f"  the disk{plural} of {item.what}: {', '.join(own)}")
    return lines
