"""How an engine reads a body: what it forgives, and what it refuses in which of its ways."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.simulator.asking import Asker

XML = {"Content-Type": "application/xml"}
SYNTAX = "Request syntactically incorrect."


def _added(ask: Asker, content: bytes, headers: dict[str, str] | None = None) -> Any:
    response = ask.send("POST", "/tags", content=content, headers=headers)
    assert response.status == 201, response
    return json.loads(response.content)["name"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<tag><name>one</name><name>two</name></tag>", "two"),
        (b"<tag>text<name>between</name>text</tag>", "between"),
        (b'<tag colour="red"><name>attribute</name></tag>', "attribute"),
        (b'<!DOCTYPE tag [<!ENTITY e "x">]><tag><name>a&e;b</name></tag>', "ab"),
        (b'<!DOCTYPE tag [<!ENTITY e SYSTEM "file:///etc/hostname">]><tag><name>c&e;d</name></tag>',
         "cd"),
        (b"<tag><name><![CDATA[data]]></name></tag>", "data"),
    ],
)  # fmt: skip
def test_what_xml_is_forgiven(content: bytes, name: str, ask: Asker) -> None:
    assert _added(ask, content, XML) == name


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'{"name": 5}', "5"),
        (b'{"name": true}', "true"),
        (b'{"name": "first"} {"name": "second"}', "first"),
        (b'\xef\xbb\xbf{"name": "marked"}', "marked"),
        (b'{"name": "x", "name": "y"}', "y"),
        (b'{"name": "none", "parent": null, "id": null}', "none"),
    ],
)
def test_what_json_is_forgiven(content: bytes, name: str, ask: Asker) -> None:
    assert _added(ask, content) == name


@pytest.mark.parametrize(
    ("member", "taken"),
    [
        ({"memory": "536870912"}, True),
        ({"memory": 536870912.0}, False),
        ({"memory": "1GiB"}, False),
        ({"memory": True}, False),
        ({"memory": 2**64}, False),
        ({"type": "SERVER"}, True),
        ({"type": "toaster"}, False),
        ({"stateless": "false"}, True),
        ({"stateless": 0}, True),
        ({"stateless": "maybe"}, False),
        ({"os": {"boot": {"devices": {"device": ["hd"]}}}}, True),
        ({"os": {"boot": {"devices": {}}}}, True),
        ({"os": {"boot": {"devices": ["hd"]}}}, False),
        ({"os": {"boot": {"devices": {"device": "hd"}}}}, False),
        ({"os": "rhel"}, False),
    ],
)
def test_values_in_json(member: dict[str, Any], taken: bool, ask: Asker) -> None:
    status, document = ask("PUT", ask.path("/vms", "web-03"), member)
    assert status == (200 if taken else 400)
    assert taken or document["reason"] == SYNTAX


def test_a_member_that_json_does_not_know_is_answered_with_a_page(ask: Asker) -> None:
    response = ask.send("POST", "/tags", {"name": "x", "colour": "red"})
    assert (response.status, response.headers["content-type"]) == (400, "text/html;charset=UTF-8")
    assert response.content.startswith(b"Unrecognized field &quot;colour&quot;")


@pytest.mark.parametrize(
    ("content", "status", "reason"),
    [
        (b"<tag><colour/></tag>", 400, SYNTAX),
        (b"<tag", 400, SYNTAX),
        (b"", 400, SYNTAX),
        (b'<tag xmlns="urn:x"><name>x</name></tag>', 400, SYNTAX),
        (b"<nothing/>", 400, SYNTAX),
        (b"<vm/>", 500, None),
    ],
)
def test_what_xml_is_refused(content: bytes, status: int, reason: str | None, ask: Asker) -> None:
    response = ask.send("POST", "/tags", content=content, headers=XML)
    assert response.status == status
    assert reason is None or json.loads(response.content)["reason"] == reason


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b"<type>toaster</type>", "server"),
        (b"<stateless>maybe</stateless>", "maybe"),
        (b"<memory>99999999999999999999</memory>", "9223372036854775807"),
    ],
)
def test_xml_says_what_would_be_valid(content: bytes, detail: str, ask: Asker) -> None:
    path = ask.path("/vms", "web-03")
    response = ask.send("PUT", path, content=b"<vm>%s</vm>" % content, headers=XML)
    fault = json.loads(response.content)
    assert (response.status, fault["reason"]) == (400, "Invalid value")
    assert detail in fault["detail"]


def test_nothing_in_json_is_missed_by_the_model_or_by_nobody(ask: Asker) -> None:
    status, fault = ask("POST", "/bookmarks")
    assert (status, fault["reason"]) == (400, "Input validation failed.")
    assert "'bookmark'" in fault["detail"]
    assert ask.send("POST", "/vms").status == 500
