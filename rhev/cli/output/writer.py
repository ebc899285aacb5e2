"""Writes resources to the standard output, in the format that was asked for."""

from __future__ import annotations

import json
import shutil
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from rhev.cli.output.formats import JSONPATH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rhev.mapping.resources import BaseResource, BaseResources


class Output:
    """Where results go. ``format`` is one of ``-o``; without it, tables and lines for people."""

    def __init__(self, format: str | None, *, color: bool) -> None:
        self.format = format or "table"
        self.color = color

    @property
    def is_for_people(self) -> bool:
        """Whether what is written is read by people, not by programs."""
        return self.format in ("table", "wide")

    def text(self, text: str) -> None:
        """Writes a text as it is, with the end of its line."""
        click.echo(text, color=self.color)

    def record(self, record: Mapping[str, Any]) -> None:
        """Writes facts that are no resource, such as those of ``version``: strings and numbers."""
        if self.is_for_people:
            wide = max(map(len, record), default=0)
            for name, value in record.items():
                self.text(f"{name:<{wide}}  {value}")
        else:
            self.document(dict(record))

    def resource(self, resource: BaseResource, columns: Sequence[str] = ()) -> None:
        """Writes one resource: all that is set of it, or the columns that are wanted."""
        if self.format in ("table", "wide") and not columns:
            from rhev.cli.output.details import details

            for line in details(resource, color=self.color):
                self.text(line)
        elif self.format in ("json", "yaml") or self.format.startswith(JSONPATH):
            from rhev.codecs.json import encode_tree

            self.document(encode_tree(resource))
        elif self.format == "xml":
            self._xml(resource)
        else:
            self.resources(type(resource), [resource], columns)

    def resources(
        self,
        cls: type[BaseResource],
        resources: Iterable[BaseResource],
        columns: Sequence[str] = (),
        collection: type[BaseResources[Any]] | None = None,
    ) -> None:
        """Writes resources of a class: as a table, or as the document of their collection."""
        if self.format == "name":
            for resource in resources:
                self.text(resource.__dict__.get("name") or resource.__dict__.get("id") or "")
        elif self.format in ("table", "wide", "csv"):
            self._rows(cls, list(resources), columns)
        elif self.format == "xml":
            self._xml_list(cls, resources, collection)
        else:
            from rhev.codecs.json import encode_tree

            self.document({cls.__xml_tag__ or "": [encode_tree(one) for one in resources]})

    def document(self, document: Any) -> None:
        """Writes a document of the API as JSON, as YAML or what a jsonpath finds in it."""
        if self.format == "yaml":
            import yaml

            self.text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True).rstrip("\n"))
        else:
            self.text(json.dumps(document, indent=2, ensure_ascii=False))

    def _rows(
        self, cls: type[BaseResource], resources: Sequence[BaseResource], wanted: Sequence[str]
    ) -> None:
        from rhev.cli.output.columns import cell, columns_of, plain_text
        from rhev.cli.output.table import lines

        columns = columns_of(cls, wanted)
        if self.format == "csv":
            import csv

            written = csv.writer(sys.stdout, lineterminator="\n")
            written.writerow([column.title.lower() for column in columns])
            written.writerows([plain_text(c.value(r)) for c in columns] for r in resources)
            return
        now = datetime.now(UTC)
        rows = [[cell(column, resource, now) for column in columns] for resource in resources]
        right = frozenset(at for at, column in enumerate(columns) if column.is_number)
        titles = [column.title for column in columns]
        for line in lines(titles, rows, width=self._width(), color=self.color, right=right):
            self.text(line)

    def _width(self) -> int | None:
        """The columns of the terminal; None where it is none, or where nothing is to be cut."""
        if self.format == "wide" or not sys.stdout.isatty():
            return None
        return shutil.get_terminal_size().columns

    def _xml(self, resource: BaseResource) -> None:
        from rhev.codecs.xml import encode

        self.text(_indented(encode(resource)))

    def _xml_list(
        self,
        cls: type[BaseResource],
        resources: Iterable[BaseResource],
        collection: type[BaseResources[Any]] | None,
    ) -> None:
        from rhev.codecs.xml import encode

        tag = (collection.__xml_tag__ if collection else None) or f"{cls.__xml_tag__}s"
        parts = [f"<{tag}>".encode(), *map(encode, resources), f"</{tag}>".encode()]
        self.text(_indented(b"".join(parts)))


def _indented(document: bytes) -> str:
    from lxml import etree

    root = etree.fromstring(document, etree.XMLParser(huge_tree=True, resolve_entities=False))
    etree.indent(root)
    text: str = etree.tostring(root, encoding="unicode")
    return text
