"""Runs modules one after the other in this process, and writes what each of them answers.

``python -m tests.clients.ansible.running STEPS ANSWERS``: a step is its name, a module
and the arguments, an answer what the module prints for ansible-playbook. A playbook would spend
most of a second of two processors on every step before the module's first line runs.
"""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout, suppress
from functools import reduce
from importlib import import_module
from operator import getitem
from pathlib import Path
from typing import Any

from ansible.module_utils.testing import patch_module_args


def run(module: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """What the module of ovirt.ovirt answers."""
    program = import_module(f"ansible_collections.ovirt.ovirt.plugins.modules.{module}")
    written = io.StringIO()
    with (
        patch_module_args(arguments),
        redirect_stdout(written),
        redirect_stderr(io.StringIO()),
        suppress(SystemExit),
    ):
        program.main()
    answer: dict[str, Any] = json.loads(written.getvalue())
    return answer


def main(steps: str, answers: str) -> None:
    """Runs the steps of a file, in order, and writes their answers line by line to another."""
    answered: dict[str, Any] = {}
    with Path(answers).open("w") as file:
        for name, module, arguments in json.loads(Path(steps).read_text()):
            answered[name] = run(module, _with_answers(arguments, answered))
            print(json.dumps(answered[name]), file=file, flush=True)


def _with_answers(arguments: dict[str, Any], answered: dict[str, Any]) -> dict[str, Any]:
    """The arguments with what is at a path of an earlier answer in the place of its name."""
    return {name: _found(value, answered) for name, value in arguments.items()}


def _found(value: Any, answered: dict[str, Any]) -> Any:
    if not isinstance(value, dict) or "answered" not in value:
        return value
    return reduce(getitem, value["at"].split("."), answered[value["answered"]])


if __name__ == "__main__":
    main(*sys.argv[1:])
