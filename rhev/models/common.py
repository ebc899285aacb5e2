"""What every area builds on: identity, properties, versions, tags."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import attr, element, members
from rhev.mapping.resources import BaseResource, BaseResources
from rhev.mapping.scalars import Enumeration
from rhev.mapping.structure import Struct

if TYPE_CHECKING:
    from typing import Never, Self

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.models.access import Group, User
    from rhev.models.hosts import Host
    from rhev.models.templates import Template
    from rhev.models.virtual_machines import VM

    # What a collection holds: resources of the class, or of a user's subclass.
    Certificate_co = TypeVar(
        "Certificate_co", bound="Certificate", default="Certificate", covariant=True
    )
    Tag_co = TypeVar("Tag_co", bound="Tag", default="Tag", covariant=True)


class InheritableBoolean(Enumeration):
    """Yes, no, or as the level above has it: the cluster, then the engine."""

    TRUE = "true"
    FALSE = "false"
    INHERIT = "inherit"
    """As the level above has it."""


class Identified(BaseResource, tag="identified", api_name="Identified"):
    """What every resource has: an identifier and the words people know it by."""

    id: str | None = attr(default=None)
    """The engine's identifier, a UUID for most kinds."""
    name: str | None = element(default=None)
    """The name, which many kinds require to be unique."""
    description: str | None = element(default=None)
    """What it is for, in the administrator's words."""
    comment: str | None = element(default=None)
    """A free remark."""


class Certificate(Identified, tag="certificate", api_name="Certificate"):
    """An X.509 certificate."""

    organization: str | None = element(default=None)
    """The organization that it names."""
    subject: str | None = element(default=None)
    """The subject that it was issued to."""
    content: str | None = element(default=None)
    """The certificate itself, in PEM."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Certificates[Self]: ...


class Certificates(
    BaseResources["Certificate_co"],
    tag="certificates",
    api_name="Certificate",
    member="certificate",
):
    """A collection of :class:`Certificate`."""

    certificate: list[Certificate] = members("certificate", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Certificates: ...


class CustomProperty(Struct, tag="custom_property", api_name="CustomProperty"):
    """A setting beyond those of the API, which hooks on the host act upon."""

    name: str | None = element(default=None)
    """Its name, one of those that the engine was told of."""
    value: str | None = element(default=None)
    """Its value."""
    regexp: str | None = element(default=None)
    """What values are allowed, as a regular expression."""


class Option(Struct, tag="option", api_name="Option"):
    """A setting of a fence agent."""

    name: str | None = element(default=None)
    """The setting's name."""
    value: str | None = element(default=None)
    """The setting's value."""
    type: str | None = element(default=None)
    """The kind of value: text, number or yes and no."""


class Property(Struct, tag="property", api_name="Property"):
    """A name with a value."""

    name: str | None = element(default=None)
    """The name."""
    value: str | None = element(default=None)
    """The value."""


class Tag(Identified, tag="tag", api_name="Tag"):
    """A word to sort hosts, machines, users, groups and templates by; tags form a tree."""

    host: Host | None = element(default=None)
    """The host that has it."""
    vm: VM | None = element(default=None)
    """The virtual machine that has it."""
    user: User | None = element(default=None)
    """The user who has it."""
    group: Group | None = element(default=None)
    """The group that has it."""
    template: Template | None = element(default=None)
    """The template that has it."""
    parent: Tag | None = element(default=None)
    """The tag it is under."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Tags[Self]: ...


class Tags(
    BaseResources["Tag_co"],
    tag="tags",
    api_name="Tag",
    member="tag",
):
    """A collection of :class:`Tag`."""

    tag: list[Tag] = members("tag", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Tags: ...


class Version(Identified, tag="version", api_name="Version"):
    """A version of the engine, a cluster, a package or an operating system."""

    major: int | None = element(default=None)
    """The first number."""
    minor: int | None = element(default=None)
    """The second number."""
    build: int | None = element(default=None)
    """The third number."""
    revision: int | None = element(default=None)
    """The fourth number."""
    full_version: str | None = element(default=None)
    """The whole version as text, if it is more than numbers."""
