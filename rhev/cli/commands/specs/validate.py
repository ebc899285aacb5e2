"""``rhev validate``: all that is wrong with specs, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rhev.cli.exits import INVALID, USAGE, CommandError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rhev.cli.session import Session
    from rhev.specs import Problem

_FORMATS = ("text", "json", "sarif", "junit")


@click.command("validate")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@click.option("-o", "--output", type=click.Choice(_FORMATS), help="How it is written; text.")
@click.option("--partial", is_flag=True, help="Of what is there already: nothing is missing.")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option(
    "--against", is_flag=True, help="Ask the engine, too, for what is referred to and in use."
)
@click.pass_context
def validate(
    ctx: click.Context,
    files: tuple[str, ...],
    output: str | None,
    partial: bool,
    strict: bool,
    against: bool,
) -> None:
    """Say all that is wrong with specs, and where: rhev validate web.yaml

    FILE is a spec in YAML or JSON, a folder of them, or - for the standard input. No engine is
    asked, but with --against the one that the options or the environment name. The exit code is 6
    where there is an error.
    """
    from rhev import specs
    from rhev.cli.commands.specs.documents import read

    session: Session = ctx.obj
    format = output or session.told.output or "text"
    if format not in _FORMATS:
        raise CommandError(f"problems are written as {', '.join(_FORMATS)}", USAGE)
    given = read(files)
    found = specs.read(given, partial=partial)
    problems: Sequence[Problem] = found.problems
    if against:
        problems = specs.check_against(session.connection(), found)
    names = list(dict.fromkeys(source.name for source in given))
    _write(session, format, problems, names)
    session.say(specs.reports.summary(problems, len(names)))
    if any(strict or each.severity == "error" for each in problems):
        ctx.exit(INVALID)


def _write(session: Session, format: str, problems: Sequence[Problem], names: list[str]) -> None:
    from rhev import __version__
    from rhev.specs import reports

    if format == "text":
        click.echo(reports.text(problems, _paint), nl=False, color=session.out.color)
    elif format == "json":
        click.echo(reports.as_json(problems))
    elif format == "sarif":
        click.echo(reports.as_sarif(problems, __version__))
    else:
        click.echo(reports.as_junit(problems, names))


_STYLES = {"error": "red", "warning": "yellow", "rule": "bright_black"}


def _paint(text: str, what: str) -> str:
    return click.style(text, fg=_STYLES.get(what), bold=what != "rule")
