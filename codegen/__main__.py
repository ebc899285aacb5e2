"""``python -m codegen`` writes the models; ``--check`` only says whether they are up to date."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from codegen import builtin, render
from codegen.facts import Facts

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "rhev"


def generate(*, formatted: bool = True) -> dict[str, str]:
    """Every generated file, by its path within the package, and what it should contain.

    ruff formats them, unless that is not wanted.
    """
    facts = Facts()
    files = {f"models/{area.name}.py": render.module(facts, area) for area in facts.areas}
    files["models/index.py"] = render.index(facts)
    files["models/since.py"] = render.since(facts)
    files["models/__init__.py"] = render.package(facts)
    if formatted:
        files = {path: _formatted(PACKAGE / path, text) for path, text in files.items()}
    files |= {"facts/v4.json": _run_time_facts(facts), "facts/types.json": _types(facts)}
    return files | builtin.files()


def _formatted(path: Path, text: str) -> str:
    for command in (["check", "--select", "I,RUF022", "--fix", "--quiet"], ["format", "--quiet"]):
        run = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--stdin-filename", str(path), "-"],
            input=text,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        text = run.stdout
    return text


def _run_time_facts(facts: Facts) -> str:
    """What the package needs of services and paths when it runs, one service a line."""
    services = {
        name: {
            "type": facts.type_of_service(name),
            "methods": facts.methods(name),
            "locators": facts.locators(name),
        }
        for name in facts.api["services"]
    }
    return _document(services=services, paths=facts.api["paths"])


def _types(facts: Facts) -> str:
    """What types and enumerations hold, for what does without the models: one a line."""
    attributes = {
        name: {
            attribute.name: f"{attribute.type}[]" if attribute.is_list else attribute.type
            for holder in (*reversed([*facts.bases(type_)]), type_)
            for attribute in holder.attributes
        }
        for name, type_ in facts.types.items()
    }
    values = {name: list(enumeration.values) for name, enumeration in facts.enumerations.items()}
    return _document(attributes=attributes, enumerations=values)


def _document(**tables: dict[str, Any]) -> str:
    """A JSON document of tables, an entry of a table a line."""
    parts = [
        f'"{key}": {{\n' + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in table) + "\n}"
        for key, table in ((key, table.items()) for key, table in tables.items())
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main(arguments: list[str]) -> int:
    stale = []
    for name, text in generate().items():
        path = PACKAGE / name
        if not path.exists() or path.read_text() != text:
            stale.append(path)
            if "--check" not in arguments:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text)
    for path in stale:
        print(f"{'out of date' if '--check' in arguments else 'written'}: {path.relative_to(ROOT)}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
