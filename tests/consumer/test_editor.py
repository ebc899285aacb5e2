"""What an editor completes and explains, where rhev is installed: asked of pyright's own server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rhev import schema
from rhev.models.index import MODULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.consumer.language_server import LanguageServer

PROGRAM = """\
from rhev import AsyncConnection, Connection, schema

async def main(conn: Connection, aconn: AsyncConnection, vm: schema.VM) -> None:
    {}
"""


@pytest.fixture(scope="module")
def editor(interpreter: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    pytest.importorskip("pyright", reason="pyright is one of the tools for lint only")
    from tests.consumer.language_server import LanguageServer

    with LanguageServer(tmp_path_factory.mktemp("editor").resolve(), interpreter) as server:
        yield server


def completions(editor: LanguageServer, line: str) -> dict[str, dict[str, Any]]:
    """What is offered where the line has its ``|``."""
    return editor.completions(editor.open(PROGRAM.format(line)))


def texts(offered: dict[str, dict[str, Any]]) -> set[str]:
    """The texts among the offers, without their quotes."""
    return {label[1:-1] for label in offered if label[0] in "\"'"}


def test_every_model_is_offered(editor: LanguageServer) -> None:
    offered = completions(editor, "schema.|")
    print(f"schema. completes {len(offered)} names, {len(MODULES)} of them models")
    assert offered.keys() >= MODULES.keys()
    assert offered.keys() >= {"new", "ref", "validate", "GiB", "BaseResource"}
    assert "A virtual machine." in editor.documentation(offered["VM"])


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("vm.|", schema.VM.model_fields.keys() | {"start", "migrate", "update", "links"}),
        ("conn.|", {"get", "getall", "iterate", "create", "wait_for_status", "action", "close"}),
        ("aconn.|", {"get", "getall", "iterate", "create", "wait_for_status", "action", "run"}),
        ("conn.getall(schema.VM).|", {"vm", "index", "count", "href", "links"}),
        ("conn.getall(schema.VM)[0].|", schema.VM.model_fields.keys()),
        ("schema.VM(|)", {f"{name}=" for name in schema.VM.model_fields}),
        # After a dotted name pyright offers parameters from their first letter on.
        ("schema.new(schema.VM, m|)", {"memory=", "migration=", "name="}),
        ("conn.getall(schema.VM, f|)", {"filter=", "follow=", "from_="}),
        ("conn.create(vm, |)", {"base=", "clone=", "seal="}),
        ("vm.start(|)", {"action=", "pause=", "use_cloud_init="}),
        ("vm.wait_for_status('up', |)", {"timeout=", "interval=", "max_interval=", "progress="}),
        ("conn.wait_for_status(vm, 'up', |)", {"timeout=", "interval=", "progress="}),
        ("import rhev; rhev.|", {"Connection", "Problem", "Options", "NotRecorded", "schema"}),
    ],
)
def test_names_are_offered(editor: LanguageServer, line: str, names: set[str]) -> None:
    assert completions(editor, line).keys() >= names


STATUSES = {status.value for status in schema.VmStatus}


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("vm.wait_for_status('|')", STATUSES),
        ("conn.wait_for_status(vm, '|')", STATUSES),
        ("aconn.wait_for_status(vm, '|')", STATUSES),
        ("conn.action(vm.snapshots[0], '|')", {"restore"}),
        ("aconn.action(vm.snapshots[0], '|')", {"restore"}),
        ("schema.validate(vm.snapshots[0], '|')", {"add", "update", "restore"}),
    ],
)
def test_texts_are_offered(editor: LanguageServer, line: str, offered: set[str]) -> None:
    assert texts(completions(editor, line)) == offered


def test_actions_are_offered_by_name(editor: LanguageServer) -> None:
    offered = texts(completions(editor, "conn.action(vm, '|')"))
    assert offered >= {"start", "stop", "migrate", "preview_snapshot"}
    assert all(hasattr(schema.VM, name) or hasattr(schema.VM, f"{name}_") for name in offered)


@pytest.mark.parametrize(
    ("line", "name", "documentation"),
    [
        ("vm.|", "start", "Start the virtual machine"),
        ("vm.|", "memory", "in bytes"),
        ("vm.|", "wait_for_status", "Waits until the resource has one of"),
        ("conn.|", "getall", "that match"),
        ("conn.|", "action", "Carries out an action"),
        ("aconn.|", "wait_for_status", "Waits until a resource has one of"),
        ("schema.|", "VmStatus", "What a virtual machine is doing"),
        ("schema.|", "new", "An instance of a class"),
        ("schema.VmStatus.|", "POWERING_UP", "its guest is booting"),
    ],
)
def test_offers_have_documentation(
    editor: LanguageServer, line: str, name: str, documentation: str
) -> None:
    offered = completions(editor, line)
    assert documentation in editor.documentation(offered[name])


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("vm.mem|ory", ["memory: Bytes | None", "in bytes"]),
        ("vm.st|art()", ["def start(", "pause: bool | None = None", "Start the virtual machine"]),
        ("conn.getall(schema.V|M)", ["class VM", "A virtual machine."]),
        ("v|ms = conn.getall(schema.VM)", ["vms: VMs[VM]"]),
        (
            "conn.get|all(schema.VM)",
            ["follow: str | Sequence[str] | None", "The resources of a type"],
        ),
        ("conn.act|ion(vm, 'start')", ["def action(", "Carries out an action"]),
    ],
)
def test_a_name_is_explained(editor: LanguageServer, line: str, shown: list[str]) -> None:
    hover = editor.hover(editor.open(PROGRAM.format(line)))
    assert all(text in hover for text in shown), hover


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("schema.VM(|)", "description: str | None = None"),
        ("schema.new(schema.VM, |)", "description: str | None = None"),
        ("conn.getall(schema.VM, |)", "follow: str | Sequence[str] | None = None"),
        ("conn.wait_for_status(vm, |)", "timeout: float | None"),
        ("vm.start(|)", "pause: bool | None = None"),
    ],
)
def test_a_call_is_explained(editor: LanguageServer, line: str, shown: str) -> None:
    signature = editor.signature(editor.open(PROGRAM.format(line)))
    assert shown in signature["label"]
