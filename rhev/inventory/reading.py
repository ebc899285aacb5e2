"""Reading one page of an estate, with all that belongs to what is on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rhev.codecs import json
from rhev.errors import ConnectionError, Error, ParseError, Unauthorized
from rhev.inventory.cleaning import cleaned
from rhev.inventory.entries import Document, Entry, Problem, iso
from rhev.inventory.parts import element
from rhev.mapping.catalogue import model
from rhev.mapping.fields import fields
from rhev.models.index import COLLECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rhev.connection import Connection
    from rhev.inventory.parts import Below, Part
    from rhev.mapping.structure import Struct

_JSON = "application/json"


@dataclass(slots=True)
class Page:
    """What came of a page: entries and problems, and how many members there were on it.

    One that ``is_refused`` could not be read.
    """

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    count: int = 0
    is_refused: bool = False


class Reader:
    """Reads a part of an estate, page by page; several threads may ask one of them.

    ``href`` is the address of the collection. What an engine refuses is a problem of the page, and
    ends nothing; that it is not reached, or no longer takes the credentials, is raised.
    """

    def __init__(self, connection: Connection, part: Part, href: str) -> None:
        self._connection = connection
        self._part = part
        self._href = href
        self._follow = part.follow

    def page(self, parameters: Mapping[str, object]) -> Page:
        """The members of the collection that ``parameters`` ask for."""
        page = Page()
        asked = now()
        try:
            members = self._members(page, parameters)
        except _Refused as refused:
            page.problems.append(refused.problem)
            page.is_refused = True
            return page
        page.count = len(members)
        name = element(self._part.cls)
        for member in members:
            entry = Entry(name, cleaned(self._whole(page, member)), asked)
            page.entries.append(entry)
            for below in self._part.below:
                self._below(page, member, below)
        return page

    def _members(self, page: Page, parameters: Mapping[str, object]) -> list[Document]:
        name, followed = self._part.class_name, self._follow
        if followed:
            try:
                return self._list(self._href, name, parameters, followed)
            except _Refused:
                # An engine fails as a whole where it cannot follow one of them from one member.
                pass
        members = self._list(self._href, name, parameters)
        for rel in followed:
            self._follow_apart(page, members, rel, parameters)
        return members

    def _follow_apart(
        self, page: Page, members: list[Document], rel: str, parameters: Mapping[str, object]
    ) -> None:
        """What each member has by one relationship: of all at once, or else of one by one."""
        linked = [(member, link) for member in members if (link := _link(member, rel)) is not None]
        if members and not linked:
            # The engine is older than the relationship: what has no link has nothing to follow.
            self._follow = tuple(each for each in self._follow if each != rel)
            return
        spec = fields(self._part.cls)[rel]
        found: dict[object, Document] = {}
        try:
            again = self._list(self._href, self._part.class_name, parameters, (rel,))
        except _Refused:
            pass
        else:
            found = {each.get("id"): each for each in again}
        for member, link in linked:
            if (same := found.get(member.get("id"))) is not None:
                if spec.wire in same:
                    member[spec.wire] = same[spec.wire]
                continue
            try:
                member[spec.wire] = {spec.item: self._list(link, spec.type_name)}
            except _Refused as refused:
                page.problems.append(refused.problem)

    def _whole(self, page: Page, member: Document) -> Document:
        """A member with all that it has, where its listing leaves something out."""
        if self._part.whole is None or not isinstance(href := member.get("href"), str):
            return member
        attribute, value = self._part.whole
        if member.get(attribute) != value:
            return member
        try:
            return self._get(href, self._part.cls)
        except _Refused as refused:
            page.problems.append(refused.problem)
            return member

    def _below(self, page: Page, owner: Document, below: Below) -> None:
        """The members of a collection below a member, each of which says whose it is."""
        link = _link(owner, below.rel)
        if link is None:
            return
        asked = now()
        try:
            try:
                members = self._list(link, below.class_name, {}, below.follow)
            except _Refused:
                if not below.follow:
                    raise
                members = self._list(link, below.class_name)
        except _Refused as refused:
            page.problems.append(refused.problem)
            return
        name, of = element(model(below.class_name)), element(self._part.cls)
        for member in members:
            member.setdefault(of, {"href": owner.get("href"), "id": owner.get("id")})
            page.entries.append(Entry(name, cleaned(member), asked))

    def _list(
        self,
        href: str,
        class_name: str,
        parameters: Mapping[str, object] | None = None,
        follow: Iterable[str] = (),
    ) -> list[Document]:
        collection = model(COLLECTIONS[class_name])
        (spec,) = (spec for spec in fields(collection).values() if spec.bare)
        asked = dict(parameters or {})
        if followed := ",".join(follow):
            asked["follow"] = followed
        members = self._get(href, collection, asked).get(spec.wire) or []
        return [each for each in members if isinstance(each, dict)]

    def _get(
        self, href: str, cls: type[Struct], parameters: Mapping[str, object] | None = None
    ) -> Document:
        """The document at an address, as JSON has it, whichever of the two was spoken."""
        asked = now()
        try:
            response = self._connection.request("GET", href, parameters=parameters)
            if response.headers.get("content-type", "").partition(";")[0] == _JSON:
                document = json.parse(response.content)
                if isinstance(document, dict):
                    return document
                raise ParseError("no object came where a document should be")
            from rhev.codecs import xml

            return json.encode_tree(xml.decode(response.content, cls), links=True)
        except (ConnectionError, Unauthorized):
            raise
        except Error as error:
            path = urlsplit(href).path
            problem = Problem(self._part.rel, path, error.message, error.status, asked)
            raise _Refused(problem) from None


class _Refused(Exception):
    """What an engine refused, and ends no more than the reading of that."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _link(member: Document, rel: str) -> str | None:
    """The address of a relationship of a member: names differ in underscores alone."""
    folded = rel.replace("_", "")
    for link in member.get("link") or ():
        if isinstance(link, dict) and link.get("rel") == folded:
            href: object = link.get("href")
            return href if isinstance(href, str) else None
    return None


def now() -> str:
    """The time, as an inventory says when something was asked for."""
    return iso(datetime.now(UTC))
