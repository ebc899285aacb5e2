"""Completion, driven in the shells themselves."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.terminal.conftest import Terminal

pytestmark = [
    pytest.mark.lasting,
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

# How a shell is begun without its user's settings, and told of the completion.
SHELLS = {
    "bash": (["--norc", "--noprofile"], 'eval "$(rhev completion bash)"'),
    "zsh": (["-f"], 'autoload -U compinit; compinit -u; eval "$(rhev completion zsh)"'),
    "fish": (["--no-config"], "rhev completion fish | source"),
}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_tabulator_completes_verbs_nouns_and_names(terminal: Terminal, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    arguments, setup = SHELLS[shell]
    child = terminal(*arguments, program=shell, PS1="", columns=200)
    child.sendline(f"{setup}; echo re''ady")
    child.expect_exact("ready")
    for typed, completed in [
        ("rhev susp", "rhev suspend "),
        ("rhev stop vm mai", "rhev stop vm mail "),
        ("rhev wait vm mail power", "rhev wait vm mail powering_"),
        ("rhev create vm --descr", "rhev create vm --description "),
    ]:
        child.send(f"{typed}\t")
        child.expect_exact(completed.removeprefix(typed).rstrip())  # a shell may colour the space
        child.send("\x15")
    child.sendline("exit")
