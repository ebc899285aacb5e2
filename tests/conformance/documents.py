"""Documents of either wire as one kind of tree, to be walked side by side."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT.*")


@dataclass(slots=True)
class Node:
    """An element or a member: its name, its text if it is a leaf, what kind that is, and all below.

    What an XML element says in an attribute and a JSON object in a member is the same here.
    """

    name: str
    text: str | None = None
    kind: str = ""
    children: list[Node] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        """The text of the first child of a name."""
        return next((child.text for child in self.children if child.name == name), None)

    def all(self, name: str) -> list[Node]:
        return [child for child in self.children if child.name == name]

    def walk(self, path: str = "") -> Iterator[tuple[str, Node]]:
        """Every node below, with its path."""
        for child in self.children:
            below = f"{path}/{child.name}" if path else child.name
            yield below, child
            yield from child.walk(below)


def parsed(content_type: str, body: str) -> Node | None:
    """The tree of a document; None for what is none."""
    try:
        if "json" in content_type:
            document = json.loads(body)
            return _of_json("", document) if isinstance(document, dict) else None
        if "xml" in content_type:
            return _of_xml(ET.fromstring(body))  # noqa: S314 - what the engine or we have written
    except (ValueError, RecursionError, ET.ParseError):
        pass
    return None


def _of_json(name: str, value: Any) -> Node:
    node = Node(name)
    if not isinstance(value, dict):
        node.text = "" if value is None else value if isinstance(value, str) else json.dumps(value)
        node.kind = "text" if isinstance(value, str) else "bare"
        if isinstance(value, list):
            node.children = [_of_json(name, each) for each in value]
        return node
    for key, below in value.items():
        members = below if isinstance(below, list) else [below]
        node.children += [_of_json(key, member) for member in members]
    return node


def _of_xml(element: ET.Element) -> Node:
    node = Node(element.tag)
    node.children = [Node(key, value, _kind(value)) for key, value in element.attrib.items()]
    node.children += [_of_xml(child) for child in element]
    if not len(element) and (element.text or "").strip():
        node.text, node.kind = element.text, _kind(element.text or "")
    return node


def _kind(text: str) -> str:
    if _UUID.fullmatch(text):
        return "id"
    return "date" if _DATE.fullmatch(text) else "text"


def members(root: Node) -> list[Node]:
    """The members of a collection's document: the objects within it that have an id or a name."""
    return [node for node in root.children if node.get("id") or node.get("name")]
