"""Specs as a library: what loading gives, where its parts are, and what it raises."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rhev import schema, specs
from rhev.schema import GiB
from rhev.specs import InvalidSpecs, Position, Source

if TYPE_CHECKING:
    from pathlib import Path

MACHINE = """\
# A machine.
kind: vm
name: web-01
cluster: Default
template: {name: Blank}
memory: 4GiB
nics:
  - {name: nic1, vnic_profile: frontend}
  - name: nic2
tags: [blue]
"""
BELOW = """\
kind: network_filter_parameter
under: {nic: nic1, vm: web-01}
name: IP
value: 192.0.2.7
"""


def only(text: str, name: str = "web.yaml") -> specs.Spec:
    (spec,) = specs.load(Source(text, name))
    return spec


def test_a_document_is_a_model_and_knows_where_its_parts_are() -> None:
    spec = only(MACHINE)
    assert (spec.kind, spec.file, spec.where, spec.under) == ("vm", "web.yaml", "web.yaml:2", ())
    assert spec.model == schema.VM(
        name="web-01",
        cluster=schema.Cluster(name="Default"),
        template=schema.Template(name="Blank"),
        memory=4 * GiB,
        nics=[
            schema.NIC(name="nic1", vnic_profile=schema.VnicProfile(name="frontend")),
            schema.NIC(name="nic2"),
        ],
        tags=[schema.Tag(name="blue")],
    )
    assert spec.position("memory") == Position(6, 9, 4)
    assert spec.position("nics[1].name") == Position(9, 11, 4)
    assert spec.position("nics[0].vnic_profile.name") == Position(8, 32, 8)
    assert spec.position("cpu.topology") == spec.position() == Position(2, 1, 4)


def test_what_it_belongs_to_comes_the_outermost_first() -> None:
    spec = only(BELOW)
    assert spec.under == (schema.VM(name="web-01"), schema.NIC(name="nic1"))
    assert isinstance(spec.model, schema.NetworkFilterParameter)


def test_documents_are_taken_from_files_folders_and_the_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b.yml").write_text("kind: tag\nname: b\n---\n- {kind: tag, name: c}\n")
    (tmp_path / "a.json").write_text('{"kind": "tag", "name": "a"}')
    (tmp_path / "notes.txt").write_text("no spec")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.yaml").write_text("no spec")
    monkeypatch.setattr("sys.stdin", io.StringIO("{kind: tag, name: d}"))
    found = specs.load(tmp_path, "-", tmp_path / "b.yml")
    assert [vars(each.model)["name"] for each in found] == ["a", "b", "c", "d", "b", "c"]
    assert found[3].where == "<stdin>:1"


def test_a_wrong_shape_is_raised_with_all_that_is_wrong() -> None:
    with pytest.raises(InvalidSpecs) as raised:
        specs.load(Source("kind: vm\nmemry: 1\ntype: Server\n", "a.yaml"), Source("kind: x"))
    assert [str(problem) for problem in raised.value.problems] == [
        "a.yaml:2:1: memry: unknown attribute of VM, did you mean memory?",
        "a.yaml:3:7: type: 'Server' is no VmType, did you mean server?",
        "<text>:1:7: kind: there is no kind 'x', it is one such as vm, disk, network",
    ]
    assert str(raised.value).splitlines() == list(map(str, raised.value.problems))


def test_what_is_to_be_updated_may_lack_what_an_add_needs() -> None:
    text = "kind: vm\nname: web-01\nmemory: 8GiB\n"
    assert vars(only(text).model)["memory"] == 8 * GiB
    assert {problem.path for problem in specs.validate(Source(text))} == {"cluster", "template"}
    assert specs.validate(Source(text), partial=True) == ()
    (problem,) = specs.validate(Source(text.replace("web-01", "web 01")), partial=True)
    assert problem.path == "name"


def test_rules_have_their_source() -> None:
    (problem,) = specs.validate(Source("kind: tag\nname: a b\n"))
    assert (problem.path, problem.rule) == ("name", "characters")
    assert problem.source


def test_names_that_python_reserves_are_those_of_the_api() -> None:
    first, last = "56:6f:ff:00:00:00", "56:6f:ff:00:ff:ff"
    text = f"{{kind: mac_pool, name: a, ranges: [{{from: '{first}', to: '{last}'}}]}}"
    assert only(text).model == schema.MacPool(name="a", ranges=[schema.Range(from_=first, to=last)])
    (problem,) = specs.validate(Source(text.replace("from", "from_")))
    assert problem.text == "ranges[0].from_: unknown attribute of Range, did you mean from?"


def test_an_alias_that_stands_for_ever_more_ends() -> None:
    lines = ["kind: vm", "name: a", "cluster: Default", "template: Blank", "disk_attachments:"]
    lines += ["  - &a0 {disk: {name: x, vms: [a]}}"]
    lines += [
        f"  - &a{n} {{vm: {{disk_attachments: [{', '.join([f'*a{n - 1}'] * 9)}]}}}}"
        for n in range(1, 9)
    ]
    problems = specs.validate(Source("\n".join(lines)))
    assert problems[0].message == "the aliases of this document make more of it than can be meant"


def test_json_may_halve_its_characters() -> None:
    spec = only('{"kind": "bookmark", "name": "a", "value": "\\ud83d\\ude00"}')
    assert vars(spec.model)["value"] == "\U0001f600"


FRAGMENTS = (
    *("kind: vm\n", "name: a\n", "nics:\n", "under: {vm: a}\n", "---\n", "\n", "  - ", "  "),
    *("{", "}", "[", "]", ": ", "? ", "&a ", "*a", "<<: ", "!!str ", "'", '"', "|\n  "),
    *("~", "on", "010", "\t", "\x00"),
)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
@settings(max_examples=30, deadline=None)
def test_whatever_is_written_is_read_or_has_a_problem(text: str) -> None:
    found = specs.read([Source(text)], rules=False)
    assert found.problems or found.specs
    for problem in found.problems:
        assert 1 <= problem.line <= len(Source(text).lines)
        assert 1 <= problem.column <= len(Source(text).lines[problem.line - 1]) + 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_do_anywhere(end: str) -> None:
    text = end.join(["kind: tag", "name: a", "nmae: b", ""])
    (problem,) = specs.validate(Source(text))
    assert (problem.line, problem.column, problem.excerpt) == (3, 1, "nmae: b")


SECRET = "hunter2hunter2"


@pytest.mark.parametrize(
    "line",
    [
        f"root_password: [{SECRET}]",
        f"root_password: {{value: {SECRET}}}",
        f"root_pasword: {SECRET}",
        f"power_management: {{passwrd: {SECRET}}}",
        f"power_management: {{options: [{{name: password, value: [{SECRET}]}}]}}",
        f"root_password: '{SECRET}",
        f"root_password: {SECRET}: x",
    ],
)
def test_no_secret_is_in_a_report(line: str) -> None:
    problems = specs.validate(Source(f"kind: host\nname: a\naddress: b\n{line}\n"))
    assert problems
    assert SECRET not in specs.reports.text(problems)
    assert SECRET not in specs.reports.as_json(problems)
    assert SECRET not in repr(problems)


def test_documents_in_one_line_are_told_apart() -> None:
    line = (
        '[{"kind": "tag", "name": "a"}, {"kind": "tag", "name": "b"}, {"kind": "tag", "name": "a"}]'
    )
    assert [each.where for each in specs.load(Source(line, "a.json"))] == [
        *("a.json:1", "a.json:1:33", "a.json:1:63")
    ]
    (problem,) = specs.validate(Source(line, "a.json"))
    assert (problem.column, problem.message) == (
        63,
        "tag a is there twice: a.json:1 and a.json:1:63",
    )
