"""The pages of the command: each command with what it takes, and the exit codes."""

from __future__ import annotations

import click

from codegen.pages import markdown
from rhev.cli.app import app
from rhev.cli.exits import MEANINGS

# As many columns as a block of a page has room for.
WIDTH = 84


def pages() -> dict[str, str]:
    rows = [(f"`{code}`", meaning) for code, meaning in MEANINGS.items()]
    exits = markdown.page(
        "Exit codes",
        "What a script may go by. An error is said on the standard error; the standard output has"
        " data only.",
        markdown.table(("Code", "Meaning"), rows),
    )
    context = click.Context(app, info_name="rhev", **app.context_settings)
    each = [_command(context, name) for name in app.list_commands(context)]
    text = markdown.page(
        "Commands",
        "What `rhev --help` and `rhev COMMAND --help` say. Options of `rhev` itself may be written"
        " after the command as well.",
        _help(context, app),
        *each,
    )
    return {"reference/exit-codes.md": exits, "reference/commands.md": text}


def _command(parent: click.Context, name: str) -> str:
    command = app.get_command(parent, name)
    assert command is not None
    return f"## rhev {name}\n\n{_help(click.Context(command, parent, name), command)}"


def _help(context: click.Context, command: click.Command) -> str:
    context.terminal_width = WIDTH
    return f"```text\n{command.get_help(context)}\n```"
