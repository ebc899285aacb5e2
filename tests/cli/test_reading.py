"""Listing and showing resources at a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result


def test_a_list_is_a_table_for_people(rhev: Callable[..., Result]) -> None:
    result = rhev("list", "vms", "--columns", "name,memory", "--sort", "-memory", "--max", "2")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.splitlines()[0].split() == ["NAME", "MEMORY"]


def test_json_is_the_document_of_the_api(rhev: Callable[..., Result]) -> None:
    result = rhev("list", "nics", "--vm", "web-01", "-o", "json")
    assert [nic["name"] for nic in json.loads(result.stdout)["nic"]] == ["nic1"]


def test_what_is_not_there_is_said_on_stderr(rhev: Callable[..., Result]) -> None:
    result = rhev("get", "vm", "nope")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr == "error: there is no vm with the name or id 'nope'\n"
