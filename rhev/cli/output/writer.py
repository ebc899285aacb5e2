"""Writes resources to the standard output, in the format that was asked for."""

from __future__ import annotations

import json
import shutil
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from rhev.cli.output.formats import JSONPATH
from rhev.cli.output.table import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rhev.connection import Connection
    from rhev.mapping.resources import BaseResource


class Output:
    """Where results go. ``format`` is one of ``-o``; without it, tables and lines for people."""

    def __init__(self, format: str | None, *, color: bool) -> None:
        self.format: str = format or "table"
        self.color = color

    @property
    def has_columns(self) -> bool:
        """Whether resources are written in columns."""
        return self.format in ("table", "wide", "csv")

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
        *,
        conn: Connection | None = None,
    ) -> None:
        """Writes resources of a class: as a table, or as the document of their collection.

        ``conn`` is asked for the names of what they refer to by an id alone.
        """
        if self.format == "name":
            for resource in resources:
                self.text(resource.__dict__.get("name") or resource.__dict__.get("id") or "")
        elif self.has_columns:
            self._rows(cls, list(resources), columns, conn)
        elif self.format == "xml":
            self._xml_list(cls, resources)
        else:
            from rhev.codecs.json import encode_tree

            self.document({cls.__xml_tag__ or "": [encode_tree(one) for one in resources]})

    def records(self, names: Sequence[str], records: Sequence[Mapping[str, Any]]) -> None:
        """Writes rows that are no resources: as a table, or as a list of documents."""
        if self.format == "name":
            for record in records:
                self.text(str(record[names[0]]))
        elif self.format == "csv":
            self._csv(names, [[record[name] for name in names] for record in records])
        elif self.is_for_people:
            from rhev.cli.output.table import lines

            rows = [[str(record[name]) for name in names] for record in records]
            titles = [name.upper() for name in names]
            for line in lines(titles, rows, width=self._width(), color=self.color):
                self.text(line)
        else:
            self.document([dict(record) for record in records])

    def stream(self, cls: type[BaseResource]) -> Callable[[BaseResource], None]:
        """A function that writes resources of a class as they come, each at once.

        In JSON that is a line for each, and in YAML and XML a document.
        """
        from rhev.cli.output.columns import cell, columns_of, plain_text

        columns = columns_of(cls) if self.has_columns else ()
        if self.format == "csv":
            self._csv([column.title.lower() for column in columns], [])

        def write(resource: BaseResource) -> None:
            if self.format == "csv":
                self._csv(None, [[plain_text(column.value(resource)) for column in columns]])
            elif self.has_columns:
                now = resource.__dict__.get("time") or datetime.now(UTC)
                cells = [
                    now.astimezone().isoformat(" ", "seconds")[:19]
                    if column.title == "TIME"
                    else cell(column, resource, now)
                    for column in columns
                ]
                self.text("  ".join(printable(text) for text in cells))
            elif self.format == "json":
                from rhev.codecs.json import encode_tree

                self.text(json.dumps(encode_tree(resource), ensure_ascii=False))
            else:
                if self.format == "yaml":
                    self.text("---")
                self.resource(resource)
            sys.stdout.flush()

        return write

    def document(self, document: Any) -> None:
        """Writes a document of the API as JSON, as YAML or what a jsonpath finds in it."""
        if self.format == "yaml":
            import yaml

            dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # in C, where it was built
            made = yaml.dump(document, Dumper=dumper, sort_keys=False, allow_unicode=True)
            self.text(made.rstrip("\n"))
        elif self.format.startswith(JSONPATH):
            from rhev.cli.output.jsonpath import found_by

            text = found_by(self.format.partition("=")[2], document)
            click.echo(text, nl=not text.endswith("\n"))
        else:
            from pydantic_core import to_json  # of a thousand machines json takes half a second

            self.text(to_json(document, indent=2).decode())

    def _csv(self, titles: Sequence[str] | None, rows: Iterable[Sequence[Any]]) -> None:
        import csv

        written = csv.writer(sys.stdout, lineterminator="\n")
        if titles is not None:
            written.writerow(titles)
        written.writerows(rows)

    def _rows(
        self,
        cls: type[BaseResource],
        resources: Sequence[BaseResource],
        wanted: Sequence[str],
        conn: Connection | None,
    ) -> None:
        from rhev.cli.output.columns import cell, columns_for, plain_text
        from rhev.cli.output.references import name_references
        from rhev.cli.output.table import lines

        columns = columns_for(cls, resources, wanted)
        if conn is not None:
            name_references(conn, columns, resources)
        if self.format == "csv":
            titles = [column.title.lower() for column in columns]
            self._csv(titles, ([plain_text(c.value(r)) for c in columns] for r in resources))
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

    def _xml_list(self, cls: type[BaseResource], resources: Iterable[BaseResource]) -> None:
        from rhev.cli.nouns import plural_of
        from rhev.codecs.xml import encode

        tag = plural_of(cls.__api_name__)
        parts = [f"<{tag}>".encode(), *map(encode, resources), f"</{tag}>".encode()]
        self.text(_indented(b"".join(parts)))


def _indented(document: bytes) -> str:
    import lxml.etree

    parser = lxml.etree.XMLParser(huge_tree=True, resolve_entities=False)
    root = lxml.etree.fromstring(document, parser)
    lxml.etree.indent(root)
    text: str = lxml.etree.tostring(root, encoding="unicode")
    return text
