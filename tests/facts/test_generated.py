"""The generated files are what the generator writes, and the project's facts what it was given."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen import __main__ as codegen

from .api import FACTS

ROOT = Path(__file__).parents[2]
GIVEN = ROOT.parent / "shared" / "api" / "v4.json"


def test_the_generated_files_are_up_to_date() -> None:
    pytest.importorskip("ruff", reason="it formats what the generator writes")
    files = codegen.generate()
    assert len(files) > 15
    stale = [
        str(path.relative_to(ROOT)) for path, text in files.items() if path.read_text() != text
    ]
    assert stale == [], "run python -m codegen"


def test_no_module_of_the_models_is_left_over() -> None:
    written = {path.stem for path in codegen.generate() if path.suffix == ".py"}
    assert {path.stem for path in codegen.MODELS.glob("*.py")} == written


def test_the_facts_are_those_of_the_api() -> None:
    if not GIVEN.exists():
        pytest.skip("the API's facts are not beside this checkout")
    import json

    assert json.loads(GIVEN.read_bytes()) == FACTS
