"""What rhev requires: all that it imports, by versions that are tested, of which all is audited."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest

import rhev
from release import audit, versions

PACKAGE = Path(rhev.__file__).parent
ROOT = Path(__file__).parents[1]

# What a requirement is imported as, where that is not its own name.
IMPORTED_AS = {"opentelemetry-api": "opentelemetry", "pyyaml": "yaml"}
# What imports a module of rhev's, which nothing else does: it is there where that is loaded.
LOADED_BY = {"pytest": "pytest_plugin.py"}
# What a requirement brings, since it is part of what that itself takes and gives.
BROUGHT_BY = {"pydantic-core": "pydantic", "socksio": "httpx", "yarl": "aiohttp"}


def imported() -> set[str]:
    """The packages that rhev imports and Python does not bring, wherever and whenever."""
    names = {
        name
        for path in PACKAGE.rglob("*.py")
        if path.name not in LOADED_BY.values()
        for node in ast.walk(ast.parse(path.read_text()))
        for name in named(node)
    }
    found = {name.partition(".")[0] for name in names} - {"rhev"} - sys.stdlib_module_names
    return {name.replace("_", "-") for name in found}


def named(node: ast.AST) -> list[str]:
    """The modules that an import names, or a call of ``import_module`` with a name as it is."""
    match node:
        case ast.Import(names=aliases):
            return [alias.name for alias in aliases]
        case ast.ImportFrom(module=str(module)):
            return [module]
        case ast.Call(
            func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name))]
        ):
            return [name]
    return []


def test_what_is_imported_is_required_and_what_is_required_is_imported() -> None:
    required = {IMPORTED_AS.get(name, name) for name in versions.bounds()}
    assert imported() == required | BROUGHT_BY.keys()


@pytest.mark.parametrize(("name", "by"), BROUGHT_BY.items())
def test_what_is_brought_is_required_by_what_brings_it(name: str, by: str) -> None:
    of_it = {re.split(r"[^\w-]", line.replace("_", "-"))[0] for line in requires(by) or ()}
    assert name in of_it


def test_the_tests_have_the_same_bounds() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for line in pyproject["dependency-groups"]["test"]:
        name, _, bound = line.partition(">=")
        assert versions.bounds().get(name, bound) == bound


FLAW = {"id": "PYSEC-2024-1", "fix_versions": ["5.3"]}


@pytest.mark.parametrize(
    ("dependencies", "status", "said"),
    [
        ([{"name": "lxml", "version": "6.1", "vulns": []}], audit.CLEAN, "1 of 1 distributions"),
        (
            [{"name": "lxml", "version": "5.2", "vulns": [FLAW]}],
            audit.VULNERABLE,
            "lxml 5.2: PYSEC-2024-1, mended in 5.3",
        ),
        (
            [{"name": "lxml", "version": "5.2", "vulns": [{**FLAW, "fix_versions": []}]}],
            audit.VULNERABLE,
            "mended in no version yet",
        ),
        (
            [
                {"name": "lxml", "version": "6.1", "vulns": []},
                {"name": "httpx", "skip_reason": "not found"},
            ],
            audit.NOT_ASKED,
            "NOT AUDITED: httpx",
        ),
        (
            [
                {"name": "lxml", "version": "5.2", "vulns": [FLAW]},
                {"name": "httpx", "skip_reason": "not found"},
            ],
            audit.VULNERABLE,
            "NOT AUDITED: httpx",
        ),
        ([{"name": "rhev", "skip_reason": "editable"}], audit.NOT_ASKED, "0 of 0"),
    ],
    ids=["clean", "vulnerable", "no fix yet", "one not asked", "both", "nothing asked"],
)
def test_an_audit_passes_only_what_was_asked_about(
    dependencies: list[dict[str, Any]], status: int, said: str
) -> None:
    judged, lines = audit.judged({"dependencies": dependencies, "fixes": []})
    assert judged == status
    assert said in "\n".join(lines)
