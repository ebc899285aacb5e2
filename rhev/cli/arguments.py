"""What commands that name resources have in common: the options of what something belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rhev.cli.completing import NounType as NounType
from rhev.cli.completing import OwnerName, items, noun_of, owners_of
from rhev.cli.completing import ResourceName as ResourceName
from rhev.cli.exits import USAGE, CommandError
from rhev.cli.finding import base_of as base_of
from rhev.cli.finding import find as find
from rhev.cli.nouns import OWNER, owner_options

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class NounCommand(click.Command):
    """A command with an option for each type that other resources belong to: ``--vm NAME``.

    The callback is given those that were written as ``owners``: by their option, its value.
    """

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        params = super().get_params(ctx)
        taken = {name for param in params for name in param.opts}
        owners: list[click.Parameter] = [
            _OwnerOption(option) for option in owner_options() if f"--{option}" not in taken
        ]
        return [*params, *owners]

    def invoke(self, ctx: click.Context) -> Any:
        owners = owners_of(ctx.params)
        for name in [name for name in ctx.params if name.startswith(OWNER)]:
            del ctx.params[name]
        ctx.params["owners"] = owners
        return super().invoke(ctx)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        found = super().shell_complete(ctx, incomplete)
        noun = noun_of(ctx)
        if noun is not None and incomplete.startswith("-"):
            owners = {f"--{owner.option}" for place in noun.places for owner in place.owners}
            found += items(sorted(owners), incomplete)
        return found


class _OwnerOption(click.Option):
    def __init__(self, option: str) -> None:
        name = OWNER + option.replace("-", "_")
        super().__init__([f"--{option}", name], type=OwnerName(option), metavar="NAME", hidden=True)


def comma_separated(
    ctx: click.Context, parameter: click.Parameter, value: str | None
) -> tuple[str, ...]:
    """The callback of an option that takes several values in one word."""
    parts = tuple(part.strip() for part in (value or "").split(","))
    if value is not None and not all(parts):
        raise CommandError(f"--{parameter.name}: {value!r} has an empty part", USAGE)
    return parts if value else ()
