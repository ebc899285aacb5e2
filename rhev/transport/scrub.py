"""Taking secrets out of what is about to be written to a file.

Documents keep their shape: only the values are replaced, by what their names are. Where a
document cannot be read, and speaks of a secret, nothing of it is kept.
"""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import lxml.etree as etree

from rhev.secrets import COLLECTIONS, SCRUBBED, WITHIN, calls_secret, says_secret, scrub_form

_FORM = "application/x-www-form-urlencoded"


def scrub(content: bytes, content_type: str = "", url: str = "") -> str:
    """The text of a body without its secrets. ``url`` is where it came from or goes to.

    A body without any is returned as it came, to the byte. What is not text is not kept.
    """
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return SCRUBBED
    kind = content_type.partition(";")[0].strip().lower()
    start = text.lstrip("\ufeff \t\r\n")[:1]
    try:
        if start == "<":
            return _scrub_xml(text)
        if start in {"{", "["}:
            return _scrub_json(text, _of_collection(url))
    except (ValueError, RecursionError):
        return _scrub_text(text)
    if kind == _FORM:
        return scrub_form(text)[0]
    return _scrub_text(text)


def normalized(text: str, content_type: str = "") -> str:
    """One spelling of a body, whatever its white space and the order of its members."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    try:
        if start == "<":
            canonical: bytes = etree.tostring(_parse_xml(text), method="c14n")
            return canonical.decode()
        if start in {"{", "["}:
            return json.dumps(json.loads(text), sort_keys=True)
    except (ValueError, RecursionError):
        return text
    if content_type.partition(";")[0].strip().lower() == _FORM:
        return urlencode(sorted(parse_qsl(text, keep_blank_values=True)))
    return text


def _scrub_text(text: str) -> str:
    return SCRUBBED if says_secret(text) else text


def _of_collection(url: str) -> str | None:
    """The secret of a document that does not say what it is, by the collection of its address."""
    segments = urlsplit(url).path.split("/")[-2:]
    return next((COLLECTIONS[name] for name in segments if name in COLLECTIONS), None)


def _scrub_json(text: str, member: str | None) -> str:
    changed = False

    def clean(pairs: list[tuple[str, object]]) -> dict[str, object]:
        # Every pair is seen here; of two members of the same name a dict forgets the first.
        nonlocal changed
        kept: dict[str, object] = {}
        named = any(name == "name" and calls_secret(value) for name, value in pairs)
        for name, value in pairs:
            secret = (says_secret(name) and name not in WITHIN) or (named and name == "value")
            inner = WITHIN.get(name)
            before = value
            if secret:
                value = SCRUBBED
            elif inner is not None:
                value = _inner(value, inner)
            changed |= value != before
            kept[name] = value
        return kept

    document = json.loads(text, object_pairs_hook=clean)
    if member is not None and isinstance(document, dict) and member in document:
        document[member] = SCRUBBED
        changed = True
    return json.dumps(document, ensure_ascii=False) if changed else text


def _inner(value: object, member: str) -> object:
    """The value with the member scrubbed, in it or in those of a list."""
    if isinstance(value, list):
        return [_inner(item, member) for item in value]
    if isinstance(value, dict):
        return {
            name: SCRUBBED if name == member else _inner(item, member)
            for name, item in value.items()
        }
    return value


def _parse_xml(text: str) -> etree._Element:
    """Raises :class:`ValueError` for a document that is not well-formed."""
    parser = etree.XMLParser(
        remove_blank_text=True,
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(text.lstrip("\ufeff \t\r\n").encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a document type declaration can hide anything")
    return root


def _scrub_xml(text: str) -> str:
    root = _parse_xml(text)
    changed = any(
        says_secret(part) for part in re.findall(r"<!--.*?-->|<\?.*?\?>", text, re.DOTALL)
    )
    for element in list(root.iter(etree.Element)):
        changed |= _scrub_element(element)
    return etree.tostring(root, encoding="unicode") if changed else text


def _scrub_element(element: etree._Element) -> bool:
    changed = False
    named = calls_secret(element.get("name")) or calls_secret(element.findtext("{*}name"))
    for attribute in element.attrib:
        name = etree.QName(attribute).localname
        if says_secret(name) or (named and name == "value"):
            element.set(attribute, SCRUBBED)
            changed = True
    parents = {etree.QName(parent).localname for parent in element.iterancestors(etree.Element)}
    inner = {WITHIN[name] for name in parents & WITHIN.keys()}
    name = etree.QName(element).localname
    parent = element.getparent()
    beside = parent is not None and calls_secret(parent.findtext("{*}name"))
    telling = says_secret(name) and name not in WITHIN
    if telling or name in inner or (beside and name == "value"):
        changed = changed or bool(element.text) or len(element) > 0
        tail = element.tail
        for child in list(element):
            element.remove(child)
        element.text = SCRUBBED
        element.tail = tail
    return changed
