"""The modules of ovirt.ovirt on an engine over HTTPS: each task twice, and then the removals.

A playbook says what there shall be: what it has once brought about, its second run must find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("ovirtsdk4", reason="needs the vendor's SDK: make clients")
pytest.importorskip("ansible_collections.ovirt", reason="needs ovirt.ovirt: make clients")

from tests.clients.ansible.playing import Answer, Task, outcome, play, tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

TASKS = tasks()


@pytest.fixture(scope="module")
def answers(auth: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    """What came of every step, by the task's name and the run."""
    return play(auth, tmp_path_factory.mktemp("modules"))


def named(tasks: list[Task]) -> list[Any]:
    return [pytest.param(task, id=task.name) for task in tasks]


@pytest.mark.parametrize("task", named(TASKS))
@pytest.mark.parametrize("run", ["first", "second"])
def test_a_module_is_run_twice(task: Task, run: str, answers: dict[str, Answer]) -> None:
    answer = answers[f"{task.name}: {run}"]
    expected = task.twice[run == "second"]
    assert outcome(answer) == expected, answer.get("msg")


@pytest.mark.parametrize("task", named([task for task in TASKS if task.has]))
def test_a_module_tells_what_there_is(task: Task, answers: dict[str, Answer]) -> None:
    for key, value in task.has.items():
        found = answers[f"{task.name}: first"][key]
        assert value is None or value in leaves(found)


@pytest.mark.parametrize("task", named([task for task in TASKS if task.removed is not None]))
def test_a_module_removes_what_it_added(task: Task, answers: dict[str, Answer]) -> None:
    answer = answers[f"{task.name}: removal"]
    assert outcome(answer) == "changed", answer.get("msg")


def test_what_differs_has_its_reason() -> None:
    usual = {("changed", "ok"), ("ok", "ok")}
    assert [task.name for task in TASKS if (task.twice in usual) == bool(task.because)] == []


def test_nearly_all_modules_are_run() -> None:
    assert len({task.module for task in TASKS}) >= 50


def leaves(value: Any) -> Iterator[Any]:
    """The texts and numbers of an answer, however deep they are in it."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for entry in value:
            yield from leaves(entry)
    else:
        yield value
