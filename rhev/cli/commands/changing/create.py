"""``rhev create``: a resource is made of attributes, or of a spec."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rhev import facts, relations
from rhev.cli.arguments import NounType, base_of
from rhev.cli.changing.assignments import Assignment, assignment
from rhev.cli.changing.options import DynamicCommand, Settable, attributes_of
from rhev.cli.changing.waits import waits
from rhev.cli.exits import INVALID, USAGE, CommandError
from rhev.cli.nouns import dashed, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rhev.applying import Wanted
    from rhev.cli.changing.running import Item, Run
    from rhev.cli.nouns import Noun, Place
    from rhev.cli.session import Session


class _Create(DynamicCommand):
    def settables(self, noun: Noun, args: Sequence[str]) -> Iterable[Settable]:
        return attributes_of(noun)

    def queries(self, noun: Noun, args: Sequence[str]) -> Iterable[facts.Parameter]:
        for place in noun.places:
            if place.service and "add" in place.service.methods:
                add = place.service.methods["add"]
                yield from add.query
                yield from (p for v in add.variants for p in v.parameters if p.direction == "in")

    def serves(self, place: Place, args: Sequence[str]) -> bool:
        return place.service is not None and "add" in place.service.methods


@click.command("create", cls=_Create)
@click.argument("noun", type=NounType(), required=False, metavar="TYPE")
@click.argument("pairs", nargs=-1, metavar="[ATTRIBUTE=VALUE]...")
@click.option(
    "-f",
    "--file",
    "files",
    multiple=True,
    metavar="FILE",
    help="A spec in YAML or JSON, - for the standard input.",
)
@waits
@click.pass_obj
def create(
    session: Session,
    noun: Noun | None,
    pairs: tuple[str, ...],
    files: tuple[str, ...],
    wait: bool,
    timeout: float,
    owners: Mapping[str, str],
    assigned: Sequence[Assignment],
    query: Mapping[str, Any],
) -> None:
    """Create a resource of a TYPE: rhev create vm --name web-05 --cluster Default

    'rhev create vm --help' shows its options. Any attribute can be written as attribute=value, and
    within another by a path: cpu.topology.cores=2. What belongs to something is named by that: rhev
    create nic name=nic2 --vm web-01. A spec can have disks, NICs and tags in it, as 'rhev apply'
    takes them; what it describes must not be there yet.
    """
    said = [*assigned, *map(assignment, pairs)]
    if files:
        if query:
            raise CommandError(f"{_flags(query)}: not with a spec", USAGE)
        _create_from(session, noun, files, owners, said, timeout)
        return
    if noun is None:
        raise CommandError("say of which type, or give a spec with -f", USAGE)
    from rhev.cli.changing.running import Item, run
    from rhev.cli.changing.targets import called, wait_until_settled
    from rhev.cli.changing.values import assign

    place = noun.place(owners)
    if place.rel and not (place.service and "add" in place.service.methods):
        raise CommandError(f"no {dashed(noun.plural)} are created there", USAGE)
    made = noun.cls()
    assign(made, said)
    base = base_of(session.connection(), place, owners)
    conn = session.connection()
    is_assigned = base is not None and relations.assigns(base.__api_name__, noun.type_name)

    def job(item: Item, going: Run) -> str:
        item.subject = conn.create(made, base, **query)
        if wait:
            return wait_until_settled(conn, item, timeout, going)
        return "assigned" if is_assigned else "created"

    run(session, "create", [Item(called(noun, made), made)], job, resources=True)


def _create_from(
    session: Session,
    noun: Noun | None,
    files: Sequence[str],
    owners: Mapping[str, str],
    said: Sequence[Assignment],
    timeout: float,
) -> None:
    from rhev import applying
    from rhev.cli.changing.values import assign
    from rhev.cli.commands.specs.apply import Explained, carry_out
    from rhev.cli.commands.specs.documents import documents

    wanted = [_below(each, noun, owners) for each in documents(files)]
    for each in wanted:
        if noun is not None and each.type != noun.type_name:
            what = dashed(noun.singular)
            raise CommandError(f"{each.where}: this is a {each.label}, and no {what}", USAGE)
    if said:
        if len(wanted) > 1:
            raise CommandError("attributes are given of one spec, and here are several", USAGE)
        assign(wanted[0].model, said)
    with Explained():
        planned = applying.plan(session.connection(), wanted)
    new = {change.what for change in planned.changes if change.action == "create"}
    there = [each.label for each in wanted if each.label not in new]
    if there and not planned.refusals:
        raise CommandError(
            f"{', '.join(there)}: there is one already, and nothing was sent; 'rhev apply' changes"
            " what is there",
            INVALID,
        )
    carry_out(session, wanted, timeout)


def _below(wanted: Wanted, noun: Noun | None, owners: Mapping[str, str]) -> Wanted:
    """A document below the named owners, which are then not in the document."""
    from dataclasses import replace

    from rhev.cli import nouns
    from rhev.cli.changing.values import reference

    if not owners:
        return wanted
    if wanted.under:
        raise CommandError(f"{wanted.where}: this says itself what it is under", USAGE)
    place = (noun or nouns.noun(nouns.singular_of(wanted.type))).place(owners)
    given = {plain(name): value for name, value in owners.items()}
    under = []
    for owner in place.owners:
        name = next(given[spelling] for spelling in owner.names if spelling in given)
        under.append(reference(nouns.class_of(owner.type_name), name))
    return replace(wanted, under=tuple(under))


def _flags(names: Iterable[str]) -> str:
    return ", ".join(f"--{dashed(name)}" for name in names)
