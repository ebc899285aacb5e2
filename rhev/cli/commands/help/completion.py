"""``rhev completion``: the script by which a shell completes commands, names and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import get_completion_class

if TYPE_CHECKING:
    from rhev.cli.session import Session

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_obj
def completion(session: Session, shell: str) -> None:
    """Print the script by which a SHELL completes commands, types, names and values.

    \b
    bash:  rhev completion bash > ~/.local/share/bash-completion/completions/rhev
    zsh:   rhev completion zsh > ~/.zfunc/_rhev      (a folder of $fpath, before compinit)
    fish:  rhev completion fish > ~/.config/fish/completions/rhev.fish

    Names are asked of the engine that is meant, for a second at most.
    """
    from rhev.cli.app import app

    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(f"there is no completion for {shell}")
    session.out.text(made(app, {}, "rhev", "_RHEV_COMPLETE").source().rstrip("\n"))
