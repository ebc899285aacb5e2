"""The hook for pre-commit: what it names is there."""

from __future__ import annotations

import tomllib
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import yaml

from rhev.cli.app import COMMANDS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def hook() -> dict[str, Any]:
    (found,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert isinstance(found, dict)
    return found


def test_it_runs_a_command_that_there_is(hook: dict[str, Any]) -> None:
    script, command, option = hook["entry"].split()
    assert [each.value for each in entry_points(group="console_scripts", name=script)] == [
        "rhev.cli:main"
    ]
    assert command in COMMANDS
    assert option == "--quiet"  # what is right says nothing


def test_it_brings_what_the_command_needs(hook: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert hook["language"] == "python"
    assert hook["additional_dependencies"] == [".[cli]"]
    assert any(each.startswith("pyyaml") for each in project["optional-dependencies"]["cli"])


def test_it_is_for_what_specs_are_written_in(hook: dict[str, Any]) -> None:
    assert hook["types_or"] == ["yaml", "json"]
