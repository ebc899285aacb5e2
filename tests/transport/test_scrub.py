"""No secret passes: by name, in every shape of document; and what is none is left alone."""

from __future__ import annotations

import json
from urllib.parse import quote, quote_plus, urlencode
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rhev.secrets import is_sso, scrub_url
from rhev.transport.scrub import normalized, scrub

C = "hunter2"
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "document",
    [
        f"<host><root_password>{C}</root_password></host>",
        f"<host><root_password><![CDATA[{C}]]></root_password></host>",
        f"<host><root_password>a<!-- {C} -->{C}</root_password></host>",
        f"<host><!-- <password>{C}</password> --><name>x</name></host>",
        f"<?password {C}?><host/>",
        f'<host xmlns="urn:x"><root_password>{C}</root_password></host>',
        f'<x:host xmlns:x="urn:x"><x:password>{C}</x:password></x:host>',
        f"\ufeff<host><password>{C}</password></host>",
        f"<user><password><a>{C}</a><b>{C}</b>{C}</password></user>",
        f'<user password="{C}"/>',
        f"<action><ticket><expiry>7</expiry><value>{C}</value></ticket></action>",
        f"<action><proxy_ticket><value>{C}</value></proxy_ticket></action>",
        f"<x><authentication_key><value>{C}</value></authentication_key></x>",
        f"<option><name>passwd</name><value>{C}</value></option>",
        f"<option><value>{C}</value><name>passwd</name></option>",
        f'<form><input name="password" value="{C}"/></form>',
        f"<image_transfer><signed_ticket>{C}</signed_ticket></image_transfer>",
        f"<action><remote_viewer_connection_file>p={C}</remote_viewer_connection_file></action>",
        f"<payload><file><name>x</name><content>{C}</content></file></payload>",
        f"<host><password>{C}</password>",
        f"<!DOCTYPE h [<!ENTITY e '{C}'>]><h><password>&e;</password></h>",
        f"<!DOCTYPE h [<!ENTITY password '{C}'>]><h>&password;</h>",
        f"<html><p>Your password is {C}</html>",
        f'{{"root_password": "{C}"}}',
        f'{{"rootPassword": "{C}"}}',
        f'{{"pass\\u0077ord": "{C}"}}',
        f'{{"a": {{"password": "{C}"}}, "a": 1}}',
        f'{{"password": ["{C}", {{"x": "{C}"}}]}}',
        f'[{{"access_token": "{C}"}}]',
        f'{{"ticket": {{"value": "{C}", "expiry": 7}}}}',
        f'{{"ticket": [{{"value": "{C}"}}]}}',
        f'{{"option": [{{"name": "passwd", "value": "{C}"}}]}}',
        f'{{"option": [{{"value": "{C}", "name": "passwd"}}]}}',
        f'{{"ssh": {{"private_key": "{C}"}}}}',
        f'{{"initialization": {{"custom_script": "echo {C}"}}}}',
        f'{{"password": "{C}"',
        "[" * 100_000 + f'"password {C}"',
        f"[virt-viewer]\npassword={C}\n",
        f"Authorization: Basic {C}",
        f'<agent><options><option name="pwd" value="{C}"/></options></agent>',
        f"<option><name>community</name><value>{C}</value></option>",
        f'{{"option": [{{"name": "api_key", "value": "{C}"}}]}}',
        f'{{"initialization": {{"configuration": {{"data": "{C}", "type": "ovf"}}}}}}',
        f"<vm><initialization><configuration><data>{C}</data></configuration></initialization></vm>",
        f"password={C}&username=a",
        f"a=1;password={C}",
        f"&&password={C}",
        f"{C}\N{PILE OF POO}password",
    ],
)
@pytest.mark.parametrize("kind", ["", "application/xml", "application/json; charset=utf-8", FORM])
def test_secrets_are_taken_out_whatever_the_document_claims_to_be(document: str, kind: str) -> None:
    assert C not in scrub(document.encode(), kind)


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ('<vm id="1">\n  <name>a</name><!-- kept -->\n</vm>', "application/xml"),
        ("<initialization><regenerate_ssh_keys>true</regenerate_ssh_keys></initialization>", ""),
        ("<property><name>x</name><value>1</value></property>", ""),
        ('{"vm" : [ {"name": "ä", "memory": 4294967296} ]}', "application/json"),
        ("<not xml", "application/xml"),
        ("{not json", "application/json"),
        ("a=1&b=%20+", FORM),
        ("", ""),
        ("just text", "text/plain"),
    ],
)
def test_what_has_no_secret_stays_to_the_byte(document: str, kind: str) -> None:
    assert scrub(document.encode(), kind) == document


def test_the_rest_of_a_document_stays() -> None:
    xml = b"<user><name>a</name><password>b</password><email>c</email></user>"
    assert scrub(xml) == (
        "<user><name>a</name><password>scrubbed</password><email>c</email></user>"
    )
    text = b'{"name": "a", "ticket": {"value": "b", "expiry": "7"}}'
    assert json.loads(scrub(text)) == {"name": "a", "ticket": {"value": "scrubbed", "expiry": "7"}}
    assert scrub(b"name=a&password=b", FORM) == "name=a&password=scrubbed"
    assert scrub(b"name=a&pass%77ord=b", FORM) == "name=a&password=scrubbed"


def test_what_is_no_text_is_not_kept() -> None:
    assert scrub(b"\xff\x00password") == "scrubbed"


SECRETS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1).map(
    lambda text: "".join(character for character in text if character.isprintable()) + "hunter2"
)
NAMES = st.sampled_from(["password", "root_password", "access_token", "token", "private_key"])
WORDS = st.text("abcdef", min_size=1, max_size=4)


@st.composite
def trees(draw: st.DrawFn) -> object:
    """A JSON document with secrets somewhere in it, and nowhere else."""
    secret = st.fixed_dictionaries({}, optional={"a": WORDS}).flatmap(
        lambda rest: st.tuples(NAMES, SECRETS).map(lambda pair: {**rest, pair[0]: pair[1]})
    )
    nested = st.recursive(
        secret,
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3)
            | st.dictionaries(WORDS, inner, min_size=1, max_size=3)
        ),
        max_leaves=8,
    )
    return draw(nested.filter(lambda tree: isinstance(tree, dict | list)))


def as_xml(tree: object, name: str = "x") -> str:
    if isinstance(tree, dict):
        inner = "".join(as_xml(value, key) for key, value in tree.items())
        return f"<{name}>{inner}</{name}>"
    if isinstance(tree, list):
        return f"<{name}>" + "".join(as_xml(value, name) for value in tree) + f"</{name}>"
    return f"<{name}>{escape(str(tree))}</{name}>"


@given(trees(), st.booleans())
def test_no_secret_survives_in_a_document(tree: object, ascii_only: bool) -> None:
    for text in (json.dumps(tree, ensure_ascii=ascii_only), as_xml(tree)):
        scrubbed = scrub(text.encode())
        assert C not in scrubbed
        assert "scrubbed" in scrubbed
        assert normalized(scrub(scrubbed.encode())) == normalized(scrubbed)


@given(NAMES, SECRETS, st.dictionaries(WORDS, WORDS))
def test_no_secret_survives_in_a_form_or_a_query(
    name: str, secret: str, others: dict[str, str]
) -> None:
    pairs = [*others.items(), (name, secret)]
    for encode in (quote, quote_plus):
        form = urlencode(pairs, quote_via=encode)
        assert C not in scrub(form.encode(), FORM)
        url = scrub_url(f"https://admin:{C}@engine/api?{form}#access_token={C}")
        assert C not in url
        assert url.startswith("https://engine/api?")


@given(st.binary() | st.text().map(str.encode), st.sampled_from(["", FORM, "application/xml"]))
def test_nothing_makes_it_stumble(content: bytes, kind: str) -> None:
    assert normalized(scrub(content, kind), kind) is not None


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ('{"a": 1, "b": 2}', '{ "b":2,"a":1 }', ""),
        ("<vm><name>a</name></vm>", "<?xml version='1.0'?>\n<vm>\n  <name>a</name>\n</vm>", ""),
        ("<vm b='1' a='2'/>", '<vm a="2" b="1"></vm>', ""),
        ("a=1&b=%20", "b=+&a=1", FORM),
    ],
)
def test_one_meaning_has_one_spelling(one: str, other: str, kind: str) -> None:
    assert normalized(one, kind) == normalized(other, kind)
    assert normalized(one, kind) != normalized(one.replace("1", "3").replace("a", "z"), kind)


@pytest.mark.parametrize(
    ("url", "sso"),
    [
        ("https://e/ovirt-engine/sso/oauth/token", True),
        ("/ovirt-engine/sso/oauth/token-http-auth", True),
        ("https://e/ovirt-engine/services/sso-logout", True),
        ("https://e/ovirt-engine/api/vms?search=/sso/", False),
    ],
)
def test_what_is_single_sign_on(url: str, sso: bool) -> None:
    assert is_sso(url) is sso
