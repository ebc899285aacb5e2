"""The options that every command has: before the verb, or after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from rhev.cli.completing import ProfileName, formats
from rhev.cli.output.formats import FORMATS, check_format
from rhev.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable


# What the names of their parameters begin with, so that a command may have one of the same name.
_GLOBAL: Final = "global_"


def _keep(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Keeps what was written, so that what stands after the verb wins over what stands before."""
    if value is None or value is False or value == ():
        return
    name = (parameter.name or "").removeprefix(_GLOBAL)
    told = ctx.ensure_object(Session).told
    setattr(told, name, value + told.verbose if name == "verbose" else value)


def _format(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value is not None:
        try:
            check_format(value)
        except ValueError as error:
            raise click.BadParameter(str(error), ctx, parameter) from None
    _keep(ctx, parameter, value)


def _print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from rhev import __version__

        click.echo(f"rhev {__version__}")
        ctx.exit()


def _option(*names: str, callback: Callable[..., None] = _keep, **said: Any) -> click.Option:
    long = next(name for name in names if name.startswith("--"))
    own = _GLOBAL + long.removeprefix("--").replace("-", "_")
    return click.Option([*names, own], expose_value=False, callback=callback, **said)


GLOBAL_OPTIONS: Final = (
    _option("--url", metavar="URL", help="The engine's address."),
    _option("--username", metavar="USER@PROFILE", help="As in admin@internal."),
    _option("--profile", type=ProfileName(), metavar="NAME", help="As 'rhev login' keeps them."),
    _option("--ca-file", metavar="FILE", help="The certificates to trust."),
    _option("--insecure", is_flag=True, help="Trust any certificate."),
    _option("--demo", is_flag=True, help="An embedded engine in this process, with an estate."),
    _option("--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS",
            help="How long an operation may take."),
    _option("-o", "--output", callback=_format, shell_complete=formats, metavar="FORMAT",
            help=f"{FORMATS}."),
    _option("--quiet", "-q", is_flag=True, help="No messages and no progress; errors still."),
    _option("-v", "--verbose", count=True, help="Show each request on the standard error."),
    _option("--no-color", is_flag=True, help="No colours; NO_COLOR does the same."),
    _option("--version", is_flag=True, is_eager=True, callback=_print_version,
            help="Show the version, and end."),
)  # fmt: skip

# Written in the help of each command; the others are in that of rhev itself.
_SHOWN: Final = (f"{_GLOBAL}output",)


def also_after_the_verb(command: click.Command) -> click.Command:
    """The command, which takes the global options too where it has none of their names."""
    if getattr(command, "_takes_globals", False):
        return command
    command._takes_globals = True  # type: ignore[attr-defined]
    taken = {name for parameter in command.params for name in parameter.opts}
    for option in GLOBAL_OPTIONS:
        names = [name for name in option.opts if name not in taken]
        if option.name == f"{_GLOBAL}version" or not any(name.startswith("--") for name in names):
            continue
        said = option.to_info_dict()
        copied = _option(
            *names,
            callback=option.callback or _keep,
            type=None if said["is_flag"] or said["count"] else option.type,
            is_flag=said["is_flag"],
            count=said["count"],
            metavar=option.metavar,
            help=option.help,
            hidden=option.name not in _SHOWN,
            shell_complete=option._custom_shell_complete,
        )
        command.params.append(copied)
    command.epilog = command.epilog or "'rhev --help' shows the options that all commands have."
    if isinstance(command, click.Group):
        for part in command.commands.values():
            also_after_the_verb(part)
    return command
