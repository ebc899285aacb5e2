"""``rhev edit``: the editor opens the spec of a resource, and what was changed is sent."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from rhev.cli.arguments import NounCommand, NounType, ResourceName, base_of, find
from rhev.cli.changing.waits import waits_for
from rhev.cli.exits import INVALID, USAGE, CommandError
from rhev.cli.nouns import dashed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.applying import Wanted
    from rhev.cli.nouns import Noun
    from rhev.cli.session import Session
    from rhev.mapping.resources import BaseResource

_HEAD: Final = (
    "# What you change here is sent when the editor ends, and nothing else.",
    "# A file that is left as it is, or is empty, changes nothing.",
)


@click.command("edit", cls=NounCommand)
@click.argument("noun", type=NounType(), metavar="TYPE")
@click.argument("name", type=ResourceName(), metavar="NAME")
@waits_for("what is made")
@click.pass_obj
def edit(session: Session, noun: Noun, name: str, wait: float, owners: Mapping[str, str]) -> None:
    """Edit a resource of a TYPE as a spec: rhev edit vm web-01

    The editor is that of VISUAL or EDITOR. What you change is sent, and nothing else; what is added
    to its lists, as a NIC is, is created. A wrong spec is said to be so, and opened again.
    """
    from rhev.cli.commands.specs.apply import carry_out

    conn = session.connection()
    place = noun.place(owners)
    base = base_of(conn, place, owners)
    resource = find(conn, place, name, base)
    text = _text_of(session, resource, base)
    what = re.sub(r"[^\w.-]", "_", f"{dashed(noun.singular)}-{name}")
    with tempfile.NamedTemporaryFile(
        "w", prefix=f"rhev-{what}-", suffix=".yaml", delete=False, encoding="utf-8"
    ) as file:
        path = Path(file.name)
    keep = False
    try:
        wanted = _edited(session, path, text, str(vars(resource)["id"]))
        if wanted is None:
            session.say("nothing was changed, and nothing was sent")
            return
        keep = True
        carry_out(session, [wanted], wait)
        keep = False
    except BaseException:
        keep = keep or _body(path.read_text(encoding="utf-8")) not in ("", text)
        raise
    finally:
        if keep:
            session.say(f"what you wrote is in {path}")
        else:
            path.unlink(missing_ok=True)


def _text_of(session: Session, resource: BaseResource, base: BaseResource | None) -> str:
    import yaml

    from rhev import applying
    from rhev.applying.texts import document

    try:
        (exported,) = applying.export(session.connection(), [resource], base)
    except TypeError as error:
        raise CommandError(f"{error}: 'rhev update' changes its attributes", USAGE) from None
    found = document(exported.model, exported.under)
    return str(yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=100))


def _edited(session: Session, path: Path, text: str, id_: str) -> Wanted | None:
    """What was changed, in as many sessions of the editor as it takes; None for nothing."""
    path.write_text(text, encoding="utf-8")
    before = _read(path)
    head, body = list(_HEAD), text
    while True:
        path.write_text("\n".join([*head, body]), encoding="utf-8")
        click.edit(filename=str(path))
        written = path.read_text(encoding="utf-8")
        last, body = body, _body(written)
        if body in ("", text):
            return None
        try:
            wanted = _changes(before, path, id_)
            if wanted is None:
                return None
            _check(session, wanted)
            return wanted
        except CommandError as error:
            if error.code != INVALID:
                raise
            if body == last or not session.interactive:
                raise CommandError(f"{error}\nnothing was sent", INVALID) from None
            session.say(str(error), kind="error")
            head = _head(str(error), path, written.count("\n") - body.count("\n"))


def _head(message: str, path: Path, before: int) -> list[str]:
    """The comments that a wrong spec is opened with again: what is wrong, by its lines there.

    ``before`` is how many lines there were in the place of the comments.
    """
    shift = len(_HEAD) + len(message.splitlines()) - before
    told = re.sub(
        rf"{re.escape(str(path))}:(\d+)", lambda found: f"line {int(found[1]) + shift}", message
    )
    return [*_HEAD, *(f"# {line}" for line in told.splitlines())]


def _changes(before: Wanted, path: Path, id_: str) -> Wanted | None:
    """What a file changes of a spec. Raises CommandError for what is wrong with it."""
    from rhev.cli.changing.edits import changed

    after = _read(path)
    if after.type != before.type or after.under != before.under:
        raise CommandError("kind and under stay as they are", INVALID)
    model, gone = changed(before.model, after.model)
    if gone:
        raise CommandError("\n".join(gone), INVALID)
    if model is None:
        return None
    vars(model)["id"] = id_
    return replace(after, model=model)


def _read(path: Path) -> Wanted:
    from rhev.cli.commands.specs.documents import documents

    found = documents([str(path)])
    if len(found) != 1:
        raise CommandError("one resource is edited, and here are several", INVALID)
    return found[0]


def _check(session: Session, wanted: Wanted) -> None:
    """Raises CommandError for what cannot be applied."""
    from rhev import applying
    from rhev.cli.commands.specs.apply import Explained

    with Explained():
        planned = applying.plan(session.connection(), [wanted])
        if planned.refusals:
            raise applying.Refused(planned.refusals)


def _body(text: str) -> str:
    """A text without the comments that it begins with."""
    lines = text.splitlines(keepends=True)
    first = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(lines[first:])
