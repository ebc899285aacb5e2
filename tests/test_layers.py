"""What may import what: the arrows of the design, and what an import costs a program.

Only imports that run count. Those for type checkers alone do not, nor do the names that ``rhev``,
``rhev.transport`` and ``rhev.models`` look up when they are first asked for.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import rhev

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PACKAGE = Path(rhev.__file__).parent

# Each layer, and the layers that its modules may import; within a layer they may import another.
ARROWS = {
    "errors": ["secrets"],
    "secrets": [],
    "facts": [],
    "mapping": ["errors", "secrets"],
    "models": ["mapping"],
    "relations": ["facts"],
    "rules": ["facts", "mapping", "models", "relations"],
    "codecs": ["errors", "mapping", "models"],
    "search": ["errors"],
    "transport": ["errors", "secrets"],
    "operations": [
        *("errors", "secrets", "mapping", "models", "relations", "codecs", "search", "transport")
    ],
    "connecting": ["errors", "secrets", "mapping", "models", "operations", "transport"],
    "connection": ["connecting", "errors", "mapping", "models", "operations"],
    "async_connection": ["connecting", "errors", "mapping", "models", "operations"],
    "inventory": ["codecs", "errors", "mapping", "models", "search", "secrets"],
    "applying": ["errors", "facts", "mapping", "models", "relations", "secrets"],
    "readiness": ["inventory", "mapping", "models"],
    "specs": ["applying", "errors", "facts", "mapping", "models", "relations", "rules", "secrets"],
    "telemetry": ["errors"],
    "schema": ["mapping", "models", "relations"],
    "simulator": [
        *(
            "errors",
            "secrets",
            "facts",
            "mapping",
            "models",
            "relations",
            "rules",
            "codecs",
            "search",
            "transport",
        )
    ],
    "pytest_plugin": [],
    "cli": ["errors", "facts", "mapping", "models", "relations", "secrets"],
    "__main__": ["cli"],
    "rhev": ["errors"],
}

# What the command may import beside that within functions: each of its commands loads what it needs
# when it is called, so that help and completion load nothing.
CLI_WHEN_CALLED = {
    *("applying", "codecs", "connecting", "connection", "inventory", "operations", "readiness"),
    *("rhev", "rules", "schema", "specs"),
    "simulator",
    "transport",
}

# The rooms of a layer, and what each may import of the rest of that layer.
ROOMS = {
    "mapping.classes": {"catalogue", "declare", "fields", "scalars"},
    "simulator.state": set(),
    "simulator.imageio": {"state"},
    "simulator.wire": {"state"},
    "simulator.documents": {"state"},
    "simulator.search": {"state"},
    "simulator.generic": {"state", "documents", "search"},
    "simulator.behaviour": {"state", "documents", "imageio", "generic"},
    "simulator.builtin": {"state"},
    "simulator.estates": {"state", "documents"},
    "simulator.engine": {
        *("state", "imageio", "wire", "generic", "behaviour", "builtin", "estates"),
    },
}

# The layers that are imported within functions, when those run, and why not at the top.
LATE = {
    (
        "rhev.mapping.classes.json_schema",
        "rules",
    ): "a JSON schema has the rules' bounds and patterns",
    ("rhev.mapping.classes.schemas", "mapping"): "a program without pydantic-xml need not load it",
    (
        "rhev.mapping.classes.documents",
        "codecs",
    ): "pydantic-xml's methods of a model are the codecs'",
    ("rhev.mapping.classes.documents", "errors"): "beside the codecs",
    ("rhev.inventory.reading", "codecs"): "a connection that speaks JSON needs no lxml",
    ("rhev.operations.versions", "models"): "a table that only an older engine is held against",
    ("rhev.operations.answers", "codecs"): "a connection that speaks JSON needs no lxml",
    ("rhev.operations.write", "models"): "a program that makes no disk needs no disks",
    ("rhev.operations.names", "rules"): "a program that only reads needs no rules",
    ("rhev.operations.write", "rules"): "a program that only reads needs no rules",
    ("rhev.schema", "relations"): "only type_info asks for the API's paths",
    ("rhev.schema", "rules"): "a program that only reads needs no rules",
    ("rhev.transport.http.blocking", "transport"): "httpcore is costly to import",
    ("rhev.transport.http.asynchronous", "transport"): "httpcore is costly to import",
    (
        "rhev.transport.log",
        "transport",
    ): "only bodies that are logged have their secrets taken out, by lxml",
    (
        "rhev.connecting.configured",
        "transport",
    ): "a token of the environment is rare",
    (
        "rhev.connecting.settings",
        "transport",
    ): "a transport of one's own needs no other",
    ("rhev.pytest_plugin", "simulator"): "pytest loads it wherever rhev is installed",
    ("rhev.simulator.wire.server", "simulator"): "an engine that is not served needs no aiohttp",
    ("rhev.simulator.engine", "connection"): "an engine is useful without our own client",
    ("rhev.simulator.engine", "async_connection"): "an engine is useful without our own client",
}


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


MODULES = modules()


def layer(module: str) -> str:
    """The part of the package that a module belongs to."""
    return module.split(".")[1] if "." in module else module


def imports(module: str, *, late: bool) -> set[str]:
    """The modules of the package that a module imports, at its top or within its functions."""
    return {name for name, is_late in _found(module) if is_late == late and name != module}


@cache
def _found(module: str) -> frozenset[tuple[str, bool]]:
    return frozenset(_imports(ast.parse(MODULES[module].read_text()).body))


def _imports(body: Iterable[ast.AST], is_late: bool = False) -> Iterator[tuple[str, bool]]:
    for node in body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from _imports(node.orelse, is_late)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, is_late) for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                if submodule in MODULES:
                    yield submodule, is_late
                elif node.module in MODULES:
                    yield node.module, is_late
        else:
            is_function = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            yield from _imports(ast.iter_child_nodes(node), is_late or is_function)


def test_no_module_imports_itself_by_way_of_others() -> None:
    sorter = TopologicalSorter({module: imports(module, late=False) for module in MODULES})
    assert len(list(sorter.static_order())) == len(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_arrows_run_one_way(module: str) -> None:
    allowed = {layer(module), *ARROWS[layer(module)]}
    assert {layer(imported) for imported in imports(module, late=False)} <= allowed


@pytest.mark.parametrize("room", ROOMS)
def test_arrows_between_rooms_run_one_way_too(room: str) -> None:
    inside = [name for name in MODULES if f"{name}.".startswith(f"rhev.{room}.")]
    used = [name for it in inside for late in (False, True) for name in imports(it, late=late)]
    home, _, name = room.partition(".")
    parts = [module.split(".") for module in used if layer(module) == home]
    assert {part[2] for part in parts if len(part) > 2} - {name} == ROOMS[room]


def test_the_layers_themselves_have_an_order() -> None:
    assert list(TopologicalSorter(ARROWS).static_order())


def test_late_imports_are_few_and_have_a_reason() -> None:
    late = {module: {layer(name) for name in imports(module, late=True)} for module in MODULES}
    found = {(module, to) for module, layers in late.items() for to in layers}
    of_the_command = {pair for pair in found if layer(pair[0]) == "cli"}
    assert found - of_the_command == LATE.keys()
    assert {to for _, to in of_the_command} <= {"cli", *ARROWS["cli"], *CLI_WHEN_CALLED}


@pytest.mark.parametrize("module", ["rhev", "rhev.schema", "rhev.models", "rhev.transport"])
def test_every_public_name_is_there(module: str) -> None:
    package = import_module(module)
    assert sorted(set(package.__all__)) == sorted(package.__all__)
    assert {name for name in package.__all__ if not hasattr(package, name)} == set()
    assert set(package.__all__) <= set(dir(package))


def run(program: str) -> str:
    return subprocess.run(  # noqa: S603 - a program of our own
        [sys.executable, "-W", "error", "-c", program],
        cwd=PACKAGE.parent,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@cache
def loaded(program: str) -> set[str]:
    """The modules that a program has loaded when it ends."""
    return set(
        json.loads(run(f"{program}\nimport json, sys\nprint(json.dumps(list(sys.modules)))"))
    )


@pytest.mark.parametrize(
    ("program", "unwanted"),
    [
        ("import rhev", {"pydantic", "lxml", "httpx", "tenacity", "asyncio", "rhev.simulator"}),
        (
            "from rhev import schema; schema.VM(name='web')",
            {
                *("httpx", "tenacity", "asyncio", "pydantic_xml", "lxml"),
                *(
                    "rhev.simulator",
                    "rhev.rules",
                    "rhev.transport",
                    "rhev.facts",
                    "rhev.models.hosts",
                ),
            },
        ),
        (
            "from rhev import Connection; Connection('https://engine.example.com')",
            {"httpx", "tenacity", "asyncio", "rhev.simulator", "rhev.rules", "rhev.models.hosts"},
        ),
    ],
)
def test_a_program_loads_what_it_uses(program: str, unwanted: set[str]) -> None:
    # An older typing_extensions loads asyncio by itself, for pydantic.
    assert unwanted & loaded(program) <= loaded("import pydantic")


# Each module in turn, as if it were the first of its layer, or of its room, that a program imports.
# What lies below cannot import it, so that stays.
ALONE = """
import importlib, sys
for name, home in {homes!r}:
    for loaded in [module for module in sys.modules if (module + ".").startswith(home + ".")]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except ImportError as error:
        print(name, error)
"""


@pytest.mark.lasting
def test_every_module_can_be_imported_first() -> None:
    names = [name for name in MODULES if not name.endswith("__main__")]
    homes = [(name, home(name)) for name in names]
    assert run(ALONE.format(homes=homes)) == ""


def home(module: str) -> str:
    """The room of a module where its layer has rooms, and else its layer."""
    _, *parts = module.split(".")
    room = ".".join(parts[:2])
    return f"rhev.{room if room in ROOMS else parts[0]}" if parts else module
