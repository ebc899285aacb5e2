"""``rhev readiness``: what stands against moving each VM off the platform."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rhev.cli.exits import DIFFERENT, NOT_FOUND, USAGE, CommandError

if TYPE_CHECKING:
    from rhev.cli.session import Session
    from rhev.inventory import Inventory

_FORMATS = ("text", "json", "html")


@click.command("readiness")
@click.argument(
    "inventory", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("-o", "--output", type=click.Choice(_FORMATS), help="How it is written; text.")
@click.option(
    "--to",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write it to a file.",
)
@click.option(
    "--vm", "names", multiple=True, metavar="NAME", help="This VM alone; may be repeated."
)
@click.option(
    "--fail-on",
    type=click.Choice(["critical", "warning", "never"]),
    default="critical",
    show_default=True,
    help="From which severity on the exit code is 9.",
)
@click.pass_context
def readiness(
    ctx: click.Context,
    inventory: Path | None,
    output: str | None,
    to: Path | None,
    names: tuple[str, ...],
    fail_on: str,
) -> None:
    """Report what stands against moving VMs off the platform.

    INVENTORY is a file that 'rhev inventory' wrote; without one, the engine is asked now.
    """
    from rhev.readiness import Severity, assess
    from rhev.readiness.writing import document, page, text

    session: Session = ctx.obj
    format = output or session.told.output or "text"
    if format not in _FORMATS:
        raise CommandError(f"a report is written as {', '.join(_FORMATS)}", USAGE)
    if format == "html" and names:
        raise CommandError("a page is of all VMs: leave out --vm, or choose another -o", USAGE)
    report = assess(_read(inventory) if inventory else _gathered(session))
    try:
        machines = report.find(names) if names else None
    except LookupError as error:
        raise CommandError(str(error.args[0]), NOT_FOUND) from None
    if format == "json":
        import json

        written = json.dumps(document(report, machines), indent=2, ensure_ascii=False) + "\n"
    else:
        written = page(report) if format == "html" else text(report, machines)
    if to is None:
        click.echo(written, nl=False)
    else:
        to.write_text(written, encoding="utf-8")
    found = [each for vm in machines for each in vm.findings] if machines else report.findings
    least = None if fail_on == "never" else Severity(fail_on)
    if least is not None and any(each.severity.rank <= least.rank for each in found):
        ctx.exit(DIFFERENT)


def _read(path: Path) -> Inventory:
    from rhev.inventory import Inventory

    try:
        return Inventory.read(path)
    except ValueError as error:
        raise CommandError(str(error), USAGE) from None


def _gathered(session: Session) -> Inventory:
    from rhev.inventory import Inventory, gather

    connection = session.connection()  # which may ask for a password: nothing is drawn yet
    with session.err.status("Gathering the estate"):
        return Inventory(gather(connection))
