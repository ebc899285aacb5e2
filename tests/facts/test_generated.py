"""The generated files are what the generator writes, and the project's facts what it was given."""

from __future__ import annotations

from pathlib import Path

import pytest

import rhev
from codegen import __main__ as codegen

from .api import FACTS

PACKAGE = Path(rhev.__file__).parent
GIVEN = Path(__file__).parents[3] / "shared" / "api" / "v4.json"


def test_the_generated_files_are_up_to_date() -> None:
    pytest.importorskip("ruff", reason="ruff formats what the generator writes")
    files = codegen.generate()
    assert len(files) > 15
    stale = [path for path, text in files.items() if (PACKAGE / path).read_text() != text]
    assert stale == [], "run python -m codegen"


def test_no_module_of_the_models_is_left_over() -> None:
    written = {path for path in codegen.generate(formatted=False) if path.startswith("models/")}
    assert {f"models/{path.name}" for path in (PACKAGE / "models").glob("*.py")} == written


def test_the_facts_are_those_of_the_api() -> None:
    if not GIVEN.exists():
        pytest.skip("the API's facts are not beside this checkout")
    import json

    assert json.loads(GIVEN.read_bytes()) == FACTS
