"""The tasks of modules.yml, and what comes of each when they are run on an engine."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

TASKS = Path(__file__).with_name("modules.yml")

# What a module says of a run: changed, ok or failed, and its whole answer.
Answer = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """An entry of modules.yml, whose head says what is in one."""

    module: str
    arguments: dict[str, Any]
    called: str
    twice: tuple[str, str]
    because: str
    has: dict[str, Any]
    removed: dict[str, Any] | None

    @property
    def name(self) -> str:
        return f"{self.module} {self.called}".rstrip()

    @property
    def informs(self) -> bool:
        return self.module.endswith("_info")


def tasks() -> list[Task]:
    return [_task(entry) for entry in yaml.safe_load(TASKS.read_text())]


def _task(entry: dict[str, Any]) -> Task:
    usual = "ok, ok" if entry["module"].endswith("_info") else "changed, ok"
    first, second = entry.get("twice", usual).split(", ")
    return Task(
        module=entry["module"],
        arguments=entry.get("with", {}),
        called=entry.get("called", ""),
        twice=(first, second),
        because=entry.get("because", ""),
        has=entry.get("has", {}),
        removed=entry.get("removed"),
    )


def outcome(answer: Answer) -> str:
    if answer.get("failed"):
        return "failed"
    return "changed" if answer["changed"] else "ok"


def play(auth: dict[str, str], folder: Path) -> dict[str, Answer]:
    """Runs every task twice, then the removals from the last to the first.

    The answers are named after the task and the run: "first", "second" or "removal".
    """
    steps: dict[str, tuple[str, dict[str, Any]]] = {}
    for task in tasks():
        for run in ("first", "second"):
            steps[f"{task.name}: {run}"] = task.module, _asked(task, task.arguments, auth)
    for task in reversed(tasks()):
        if task.removed is not None:
            absent = {"state": "absent", **task.removed}
            steps[f"{task.name}: removal"] = task.module, _asked(task, absent, auth)
    asked, answered = folder / "steps.json", folder / "answers.json"
    asked.write_text(json.dumps([(name, *step) for name, step in steps.items()]))
    program = [sys.executable, "-m", "tests.clients.ansible.running", str(asked), str(answered)]
    subprocess.run(program, check=True)  # noqa: S603 - a command of our own
    answers = [json.loads(line) for line in answered.read_text().splitlines()]
    return dict(zip(steps, answers, strict=True))


def _asked(task: Task, arguments: dict[str, Any], auth: dict[str, str]) -> dict[str, Any]:
    """The arguments, and how often to look whether what was asked for has come to be."""
    if task.module == "ovirt_auth":
        return {**auth, **arguments}
    waits = {} if task.informs else {"poll_interval": 0, "timeout": 20}
    return {"auth": auth, **waits, **arguments}
