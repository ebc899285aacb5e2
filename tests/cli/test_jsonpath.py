"""What ``-o jsonpath=`` finds: kubectl's language, as far as it is kept here."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rhev.cli.exits import CommandError
from rhev.cli.output.jsonpath import found_by

DOCUMENT = {
    "vm": [
        {"name": "a", "memory": "4", "cpu": {"cores": 2}, "tags": {"tag": [{"name": "x"}]}},
        {"name": "b", "memory": "16", "status": "up"},
        {"name": "c d", "status": "down", "odd key": 1},
    ]
}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{.vm[0].name}", "a"),
        (".vm[0].name", "a"),
        ("{$.vm[-1].name}", "c d"),
        ("{.vm[*].name}", "a b c d"),
        ("{.vm[0:2].name}", "a b"),
        ("{.vm[::2].name}", "a c d"),
        ("{..name}", "a x b c d"),
        ("{.vm[2]['odd key']}", "1"),
        ("{.vm[0].cpu}", '{"cores": 2}'),
        ('{.vm[?(@.status=="up")].name}', "b"),
        ("{.vm[?(@.status!='up')].name}", "c d"),
        ("{.vm[?(@.memory>5)].name}", "b"),
        ("{.vm[?(@.cpu)].name}", "a"),
        ("{.vm[?(@.cpu.cores<=2)].name}", "a"),
        ("{.vm[?(@.name=~'^c')].name}", "c d"),
        ('{range .vm[*]}{.name}{"\\t"}{.status}{"\\n"}{end}', "a\t\nb\tup\nc d\tdown\n"),
        ("{range .vm[*]}{range .tags.tag[*]}<{.name}>{end};{end}", "<x>;;;"),
        ("names: {.vm[0].name}!", "names: a!"),
        ("{.nothing.there}", ""),
        ("{.vm[9].name}", ""),
        ("{.vm[-9].name}", ""),
        ("{@.vm[1].name}", "b"),
    ],
)
def test_a_template_finds(template: str, text: str) -> None:
    assert found_by(template, DOCUMENT) == text


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{.vm[}", "'[' is no step of a path"),
        ("{.vm", "a brace that has no other"),
        ("{range .vm[*]}x", "it has no {end}"),
        ("x{end}", "it ends no {range}"),
        ("{.vm[?(status)]}", "a filter is written as in"),
        ("{.vm[::0]}", "a slice goes in steps of 1 or more"),
        ('{"\\q"}', "it is no text in quotes"),
    ],
)
def test_what_is_no_template_is_refused(template: str, said: str) -> None:
    with pytest.raises(CommandError, match="jsonpath: ") as refused:
        found_by(template, DOCUMENT)
    assert said in str(refused.value)


@settings(max_examples=40)
@given(st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.text(), min_size=1))
def test_every_name_leads_to_its_value(document: dict[str, str]) -> None:
    for name, value in document.items():
        assert found_by(f"{{.{name}}}", document) == value
        assert found_by(f"{{['{name}']}}", document) == value


@settings(max_examples=40)
@given(st.text(alphabet="{}[]().*?@='\"a:0-", max_size=12))
def test_any_text_is_a_template_or_refused(template: str) -> None:
    with suppress(CommandError):
        found_by(template, {"a": [0, {"a": "="}]})
