"""``rhev console``: the file by which a viewer opens a machine's console."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rhev.cli.arguments import NounCommand, NounType, ResourceName, find
from rhev.cli.changing.targets import name_of
from rhev.cli.exits import FAILED, NOT_FOUND, USAGE, CommandError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.cli.nouns import Noun
    from rhev.cli.session import Session


@click.command("console", cls=NounCommand)
@click.argument("noun", type=NounType(), metavar="vm")
@click.argument("name", type=ResourceName(), metavar="NAME")
@click.option(
    "--protocol",
    type=click.Choice(["spice", "vnc"]),
    help="Which console, where the machine has both.  [default: the first]",
)
@click.option(
    "--file",
    "path",
    metavar="FILE",
    help="Where to, - for the standard output.  [default: NAME.vv]",
)
@click.pass_obj
def console(
    session: Session,
    noun: Noun,
    name: str,
    protocol: str | None,
    path: str | None,
    owners: Mapping[str, str],
) -> None:
    """Write the file by which a viewer opens the console of a machine: rhev console vm web-01

    'remote-viewer web-01.vv' opens it. The file has a password in it that is valid for two minutes,
    and can be read by its owner alone.
    """
    if noun.type_name != "Vm":
        raise CommandError("consoles are of machines: rhev console vm NAME", USAGE)
    conn = session.connection()
    vm = find(conn, noun.place(owners), name)
    consoles: Any = conn.getall("graphicsconsoles", vm)
    found = [one for one in consoles if protocol in (None, one.protocol)]
    if not found:
        which = f"{protocol} " if protocol else "graphical "
        raise CommandError(f"vm {name_of(vm)} has no {which}console", NOT_FOUND)
    content = conn.action(found[0], "remote_viewer_connection_file").remote_viewer_connection_file
    if not content:
        status = vars(vm).get("status")
        raise CommandError(
            f"vm {name_of(vm)} is {status}: there is a console of a machine that runs", FAILED
        )
    if path == "-":
        session.out.text(content.rstrip("\n"))
        return
    target = Path(path or f"{name_of(vm).replace(os.sep, '_')}.vv")
    _write(target, content)
    session.out.text(str(target))


def _write(target: Path, content: str) -> None:
    """Writes a file that nobody else may read, in the place of any other."""
    try:
        handle, made = tempfile.mkstemp(dir=target.parent, prefix=".rhev-", suffix=".vv")
        try:
            with open(handle, "w", encoding="utf-8") as file:
                file.write(content)
            Path(made).replace(target)
        except BaseException:
            Path(made).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CommandError(f"{target}: {error.strerror}", FAILED) from None
