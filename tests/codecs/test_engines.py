"""What engines older and newer than the models send: read as far as it can be, and kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from rhev import schema
from rhev.codecs import json, xml
from rhev.codecs.plan import Context
from rhev.errors import ParseError

STRICT = Context(strict=True)


def from_xml(text: str, cls: Any = schema.VM) -> Any:
    return xml.decode(text.encode(), cls)


def from_json(text: str, cls: Any = schema.VM) -> Any:
    return json.decode(text.encode(), cls)


# As seen in recorded documents of v4 engines, and their like: what is read, what is kept aside.
XML = [
    (
        '<cluster><version major="3" minor="6"/></cluster>',
        {"version": schema.Version(major=3, minor=6)},
        {},
    ),
    (
        '<host><version full_version="4.2" major="four"/></host>',
        {"version": schema.Version(full_version="4.2")},
        {},
    ),
    ("<vm><cpu><architecture>X86_64</architecture></cpu></vm>", {"cpu.architecture": "x86_64"}, {}),
    ("<vm><type>active</type></vm>", {"type": "active"}, {}),
    ("<vm><status>Up</status></vm>", {"status": "up"}, {}),
    ("<vm><nics>none</nics><name>a</name></vm>", {"nics": None, "name": "a"}, {"nics": "none"}),
    ("<vm><cpu>fast</cpu></vm>", {"cpu": None}, {"cpu": "fast"}),
    ("<vm><memory>4 GiB</memory></vm>", {"memory": None}, {"memory": "4 GiB"}),
    ("<vm><memory/></vm>", {"memory": None}, {"memory": ""}),
    ("<vm><stateless>yes</stateless></vm>", {"stateless": None}, {"stateless": "yes"}),
    ("<vm><stateless>1</stateless></vm>", {"stateless": True}, {}),
    ("<vm><start_time>soon</start_time></vm>", {"start_time": None}, {"start_time": "soon"}),
    (
        "<vm><start_time>2020-01-01T00:00:00</start_time></vm>",
        {"start_time": datetime(2020, 1, 1, tzinfo=UTC)},
        {},
    ),
    (
        "<vm><start_time>2020-01-01T00:00:00.5Z</start_time></vm>",
        {"start_time": datetime(2020, 1, 1, 0, 0, 0, 500_000, UTC)},
        {},
    ),
    ("<host><cpu><speed>NaN</speed></cpu></host>", {"cpu": schema.CPU()}, {}),
    ("<vm><name><b>bold</b></name></vm>", {"name": None}, {"name": {"b": "bold"}}),
    ('<vm><name>a</name><aura colour="red"/></vm>', {"name": "a"}, {"aura": {"colour": "red"}}),
    (
        '<vm shade="1"><aura>a</aura><aura>b</aura><aura/></vm>',
        {},
        {"shade": "1", "aura": ["a", "b", ""]},
    ),
    ("<vm><name>a<!-- b -->c</name></vm>", {"name": "ac"}, {}),
    ("<vm><name><![CDATA[<&>]]></name></vm>", {"name": "<&>"}, {}),
    ("<vm>\n <name> a </name>\n <comment> </comment>\n</vm>", {"name": " a ", "comment": " "}, {}),
]
JSON = [
    ('{"memory": 4, "stateless": true}', {"memory": 4, "stateless": True}, {}),
    ('{"memory": "4", "stateless": "false"}', {"memory": 4, "stateless": False}, {}),
    ('{"memory": 18446744073709551616}', {"memory": 2**64}, {}),
    ('{"memory": 4.5}', {"memory": None}, {"memory": 4.5}),
    ('{"memory": true}', {"memory": None}, {"memory": True}),
    ('{"memory": null, "nics": null, "cpu": null}', {"memory": None, "nics": None}, {}),
    ('{"name": 4, "description": true}', {"name": "4", "description": "true"}, {}),
    ('{"name": ["a"]}', {"name": None}, {"name": ["a"]}),
    ('{"name": {"a": "b"}, "id": "7"}', {"name": None, "id": "7"}, {"name": {"a": "b"}}),
    ('{"cpu": "fast"}', {"cpu": None}, {"cpu": "fast"}),
    ('{"cpu": []}', {"cpu": None}, {"cpu": []}),
    ('{"cpu": {"topology": 3}}', {"cpu": schema.CPU()}, {}),
    ('{"nics": []}', {"nics": None}, {"nics": []}),
    ('{"nics": {}}', {"nics": []}, {}),
    ('{"nics": {"nic": null}}', {"nics": []}, {}),
    ('{"nics": {"nic": {"name": "a"}}}', {"nics": [schema.NIC(name="a")]}, {}),
    ('{"nics": {"nic": [3]}}', {"nics": None}, {"nics": {"nic": [3]}}),
    ('{"nics": "none"}', {"nics": None}, {"nics": "none"}),
    ('{"status": "Up"}', {"status": "up"}, {}),
    ('{"status": 3}', {"status": None}, {"status": 3}),
    ('{"type": "active"}', {"type": "active"}, {}),
    (
        '{"start_time": 1577836800500}',
        {"start_time": datetime(2020, 1, 1, 0, 0, 0, 500_000, UTC)},
        {},
    ),
    (
        '{"start_time": "2020-01-01T01:00:00+01:00"}',
        {"start_time": datetime(2020, 1, 1, tzinfo=UTC)},
        {},
    ),
    ('{"start_time": 1e300}', {"start_time": None}, {"start_time": 1e300}),
    ('{"start_time": {}}', {"start_time": None}, {"start_time": {}}),
    ('{"aura": {"colour": "red"}, "name": "a"}', {"name": "a"}, {"aura": {"colour": "red"}}),
    ('{"id": 5, "href": "/v"}', {"id": "5", "href": "/v"}, {}),
    ('{"id": null, "href": "/v"}', {"id": None, "href": "/v"}, {}),
    ('{"link": 3, "name": "a"}', {"name": "a", "links": {}}, {}),
    ('{"link": [3, {}, {"rel": "a"}, {"rel": 3, "href": 4}]}', {"links": {}}, {}),
    ('{"link": {"rel": "nics", "href": "/n"}}', {"links": {"nics": "/n"}}, {}),
    (
        '{"link": [{"rel": "a", "href": null}, {"rel": "b", "href": "/b"}]}',
        {"links": {"b": "/b"}},
        {},
    ),
    ('{"actions": [], "name": "a"}', {"name": "a", "actions": {}}, {}),
    ('{"actions": {"link": "start"}}', {"actions": {}}, {}),
    ('{"actions": {"link": [{"rel": "start", "href": "/s"}]}}', {"actions": {"start": "/s"}}, {}),
]


def assert_read(read: Any, values: dict[str, object], unknown: dict[str, object]) -> None:
    for path, value in values.items():
        found = read
        for name in path.split("."):
            found = getattr(found, name)
        assert found == value, path
    assert (read.model_extra or {}) == unknown


@pytest.mark.parametrize(("document", "values", "unknown"), XML)
def test_xml(document: str, values: dict[str, object], unknown: dict[str, object]) -> None:
    assert_read(from_xml(document, None), values, unknown)


@pytest.mark.parametrize(("document", "values", "unknown"), JSON)
def test_json(document: str, values: dict[str, object], unknown: dict[str, object]) -> None:
    assert_read(from_json(document), values, unknown)


@pytest.mark.parametrize(
    ("document", "members", "unknown"),
    [
        ("<vms/>", [], {}),
        ("<vms><vm id='1'/>text<vm id='2'/></vms>", ["1", "2"], {}),
        ("<vms><size>9</size><vm id='1'/></vms>", ["1"], {}),
        (
            "<vms page='2'><host id='9'/><vm id='1'/></vms>",
            ["1"],
            {"page": "2", "host": {"id": "9"}},
        ),
        ("<vms><vm>text</vm><vm id='1'/></vms>", ["1"], {"vm": "text"}),
    ],
)
def test_collections_in_xml(document: str, members: list[str], unknown: dict[str, object]) -> None:
    read = from_xml(document, schema.VMs)
    assert [vm.id for vm in read] == members
    assert (read.model_extra or {}) == unknown


@pytest.mark.parametrize(
    ("document", "members", "unknown"),
    [
        ("{}", [], {}),
        ('{"vm": null}', [], {}),
        ('{"vm": {"id": "1"}}', ["1"], {}),
        ('{"vm": [{"id": "1"}, 3, null, "x"]}', ["1"], {"vm": [3, None, "x"]}),
        ('{"vm": 3, "size": 1}', [], {"vm": [3]}),
        ('{"vm": [], "actions": [], "href": 4, "page": 2}', [], {"page": 2}),
        ('{"vm": [], "actions": {"link": 4}}', [], {}),
    ],
)
def test_collections_in_json(document: str, members: list[str], unknown: dict[str, object]) -> None:
    read = from_json(document, schema.VMs)
    assert [vm.id for vm in read] == members
    assert (read.model_extra or {}) == unknown


def test_a_collection_under_an_unknown_root_is_what_was_asked_for() -> None:
    assert from_xml("<machines><vm id='1'/></machines>", schema.VMs)[0].id == "1"
    with pytest.raises(ParseError, match="a <machine>, not the <vm> that was asked for"):
        from_xml("<machine/>", schema.VM)


@pytest.mark.parametrize("document", ["<null/>", "<page><title>Please log in</title></page>"])
def test_a_document_of_nothing_is_no_empty_collection(document: str) -> None:
    with pytest.raises(ParseError, match="not the <vms> that was asked for"):
        from_xml(document, schema.VMs)
    assert len(from_xml("<vms/>", schema.VMs)) == 0


def test_the_root_settles_the_class() -> None:
    assert type(from_xml("<fault><reason>no</reason></fault>", schema.VM)) is schema.Fault


def test_unknown_values_are_members_that_say_so() -> None:
    vm = from_xml("<vm><status>Dreaming</status></vm>")
    assert not vm.status.is_known
    assert vm.status.state == "Dreaming"
    assert xml.encode(vm) == b"<vm><status>Dreaming</status></vm>"
    assert json.decode(json.encode(vm), schema.VM) == vm


def test_what_is_unknown_can_be_read_and_is_not_sent_back() -> None:
    vm = from_xml("<vm><name>a</name><aura>b</aura></vm>")
    assert vm.aura == "b"
    assert xml.encode(vm) == b"<vm><name>a</name></vm>"


def test_links_and_actions() -> None:
    document = (
        '<vm href="/api/vms/1" id="1"><link href="/api/vms/1/nics" rel="nics"/>'
        '<link href="/elsewhere" rel="disks"/><link rel="x"/>'
        '<actions><link href="/api/vms/1/start" rel="start"/><other/></actions></vm>'
    )
    vm = from_xml(document)
    assert dict(vm.links) == {"nics": "/api/vms/1/nics", "disks": "/elsewhere"}
    assert dict(vm.actions) == {"start": "/api/vms/1/start"}
    for again in (
        xml.decode(xml.encode(vm, links=True)),
        json.decode(json.encode(vm, links=True), schema.VM),
    ):
        assert again == vm
        assert (again.links, again.actions) == (vm.links, vm.actions)
    assert b"link" not in xml.encode(vm) + json.encode(vm)


def test_attributes_are_quoted() -> None:
    address = "/vms/\"a\"&<b>\n\t'c'"
    vm = schema.VM(href=address, id=address)
    assert xml.decode(xml.encode(vm)) == vm


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ("<vm><nmae>a</nmae></vm>", "'nmae'; did you mean 'name'?"),
        ('<vm shade="1"/>', "'shade'"),
        ("<vm><memory>much</memory></vm>", "'memory', which cannot be read"),
        ("<vm><cpu><cors/></cpu></vm>", "'cors'; did you mean 'cores'?"),
        ("<vm><nics><nik/></nics></vm>", "'nics', which cannot be read"),
        ("<vm><nics>a<nic/></nics></vm>", "text between its elements"),
        ("<vm>a<name>b</name></vm>", "text between its elements"),
        ("<vm><name>a</name>b</vm>", "text between its elements"),
        ("<vm><name>a<b/></name></vm>", "more than the text that is its value"),
        ('<vm><name a="b">c</name></vm>', "more than the text that is its value"),
        ("<vm><name>a</name><name>b</name></vm>", "more than one <name>"),
        ("<vms><host/></vms>", "'host'"),
        ("<vms><vm/>a</vms>", "text between its elements"),
        ("<vm>a</vm>", "text between its elements|text where elements"),
    ],
)
def test_a_strict_reading_of_xml_passes_nothing_over(document: str, complaint: str) -> None:
    with pytest.raises(ParseError, match=complaint.replace("?", r"\?")) as refused:
        xml.decode(document.encode(), None, STRICT)
    assert (refused.value.line, refused.value.column) == (1, 1)


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ('{"nmae": "a"}', "'nmae'; did you mean 'name'?"),
        ('{"memory": "much"}', "'memory', which cannot be read"),
        ('{"cpu": {"cors": 3}}', "'cors'; did you mean 'cores'?"),
        ('{"nics": {"nik": []}}', "'nics', which cannot be read"),
        ('{"nics": []}', "'nics', which cannot be read"),
    ],
)
def test_a_strict_reading_of_json_passes_nothing_over(document: str, complaint: str) -> None:
    with pytest.raises(ParseError, match=complaint.replace("?", r"\?")):
        json.decode(document.encode(), schema.VM, STRICT)
