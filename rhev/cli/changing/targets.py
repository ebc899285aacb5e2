"""What a command is to do something to: resources by names, ids or a search, asked about first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import click

from rhev.cli.changing.running import Item
from rhev.cli.changing.waits import OFTEN
from rhev.cli.exits import USAGE, CommandError
from rhev.cli.finding import base_of, find, naming_attribute, wanted
from rhev.cli.nouns import STATUS_ATTRIBUTES, dashed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rhev.cli.changing.running import Run
    from rhev.cli.nouns import Noun, Place
    from rhev.cli.session import Session
    from rhev.connection import Connection
    from rhev.mapping.resources import BaseResource

# How many are listed in a question.
_LISTED: Final = 20


parallel_option = click.option(
    "--parallel",
    type=click.IntRange(1, 64),
    default=8,
    show_default=True,
    metavar="N",
    help="How many at a time.",
)
search_option = click.option(
    "--search", metavar="QUERY", help="All that match: 'name = test*'; see 'rhev list'."
)
yes_option = click.option("--yes", "-y", is_flag=True, help="Do not ask.")


def several(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options of what is done to many: a search, a bound, no question."""
    return search_option(yes_option(parallel_option(command)))


@dataclass(frozen=True, slots=True)
class Targets:
    """What was named or found, with the collection that it is in and what that is below."""

    items: tuple[Item, ...]
    place: Place
    base: BaseResource | None
    searched: bool

    @property
    def base_of_attached(self) -> BaseResource | None:
        """The base, where it is not the collection itself that the members are in: of disks."""
        return self.base if self.base is not None and not self.place.rel else None

    def ask(self, session: Session, question: str, *, yes: bool, notes: Sequence[str] = ()) -> None:
        """Lists what is meant and asks whether to go on.

        Raises CommandError where the answer is no, and where there is nobody to ask.
        """
        if yes:
            return
        lines = [f"  {item.what}" for item in self.items[:_LISTED]]
        if len(self.items) > _LISTED:
            lines.append(f"  and {len(self.items) - _LISTED} more")
        count = f" {len(self.items)}" if len(self.items) > 1 else ""
        if session.interactive:
            session.say("\n".join([*lines, *notes]), kind="ask")
        session.confirm(f"{question}{count}?")


def targets(
    session: Session,
    noun: Noun,
    names: Sequence[str],
    search: str | None,
    owners: Mapping[str, str],
) -> Targets:
    """The resources of names or ids, or those that a search finds, each once.

    All of them are found before anything is done to the first. Raises CommandError where a name
    has none or several, and where neither names nor a search were given.
    """
    if names and search is not None:
        raise CommandError("give names or --search, not both", USAGE)
    if not names and search is None:
        raise CommandError(f"say which {dashed(noun.singular)}: its name or id, or --search", USAGE)
    if not all(names):
        raise CommandError("a name is empty", USAGE)
    place = noun.place(owners)
    conn = session.connection()
    base = base_of(conn, place, owners)
    if search is None:
        found = [find(conn, place, name, base) for name in names]
    else:
        if not search.strip():
            raise CommandError("--search is empty: '--search name=*' finds all", USAGE)
        found = list(conn.iterate(wanted(place, base), base, search=search))
        if not found:
            session.say(f"no {dashed(noun.singular)} matches: nothing was done")
            raise click.exceptions.Exit(0)
    items = {vars(one).get("id") or id(one): Item(called(noun, one), one) for one in found}
    return Targets(tuple(items.values()), place, base, search is not None)


def called(noun: Noun, resource: BaseResource) -> str:
    """What people call a resource: ``vm web-01``."""
    return f"{dashed(noun.singular)} {name_of(resource)}"


def name_of(resource: BaseResource) -> str:
    """The name of a resource, or what else tells it: at last its id."""
    values: dict[str, Any] = vars(resource)
    names = (naming_attribute(type(resource)) or "name", "alias", "description", "id")
    return str(next((values[name] for name in names if values.get(name)), "?"))


def wait_until_settled(
    conn: Connection, item: Item, timeout: float, going: Run, done: str = "created"
) -> str:
    """Waits until what was ``done`` can be gone on with, and says what it then is."""
    from rhev.applying.shapes import shape_of

    subject = item.subject
    settled = shape_of(subject.__api_name__).settled
    if not settled:
        return done
    conn.wait_for_status(
        subject, *settled, timeout=timeout, **OFTEN, progress=going.looked(item, done)
    )
    return str(next(vars(subject)[n] for n in STATUS_ATTRIBUTES if vars(subject).get(n)))
