"""Who may do what: users, groups, domains, roles, permits, permissions, keys."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import collection, element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration
from rhev.models.common import Identified

if TYPE_CHECKING:
    from typing import Never, Self

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.models.clusters import Cluster
    from rhev.models.common import Property, Tag
    from rhev.models.data_centers import DataCenter
    from rhev.models.disks import Disk
    from rhev.models.hosts import Host
    from rhev.models.storage import StorageDomain
    from rhev.models.templates import Template, VmPool
    from rhev.models.virtual_machines import VM

    # What a collection holds: resources of the class, or of a user's subclass.
    Domain_co = TypeVar("Domain_co", bound="Domain", default="Domain", covariant=True)
    Group_co = TypeVar("Group_co", bound="Group", default="Group", covariant=True)
    Permission_co = TypeVar(
        "Permission_co", bound="Permission", default="Permission", covariant=True
    )
    Permit_co = TypeVar("Permit_co", bound="Permit", default="Permit", covariant=True)
    Role_co = TypeVar("Role_co", bound="Role", default="Role", covariant=True)
    SSHPublicKey_co = TypeVar(
        "SSHPublicKey_co", bound="SSHPublicKey", default="SSHPublicKey", covariant=True
    )
    User_co = TypeVar("User_co", bound="User", default="User", covariant=True)
    UserOption_co = TypeVar(
        "UserOption_co", bound="UserOption", default="UserOption", covariant=True
    )


class RoleType(Enumeration):
    """Whether a role makes its holder an administrator."""

    ADMIN = "admin"
    USER = "user"


class SshAuthenticationMethod(Enumeration):
    """How the engine logs in to a host."""

    PASSWORD = "password"
    """By the user's password."""
    PUBLICKEY = "publickey"
    """By the engine's SSH key."""


class AuthorizedKey(Identified, tag="authorized_key", api_name="AuthorizedKey"):
    """A public key that may log in by SSH."""

    key: str | None = element(default=None)
    """The key, in the form of an authorized_keys line."""
    user: User | None = element(default=None)
    """The user whom it admits."""


class Domain(Identified, tag="domain", api_name="Domain"):
    """A directory that users and groups come from."""

    user: User | None = element(default=None)
    """A user of the directory."""
    groups: list[Group] | None = collection("groups", "group", default=None)
    """Its groups. None unless it was followed."""
    users: list[User] | None = collection("users", "user", default=None)
    """Its users, those unknown to the engine included. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Domains[Self]: ...


class Domains(
    BaseResources["Domain_co"],
    tag="domains",
    api_name="Domain",
    member="domain",
):
    """A collection of :class:`Domain`."""

    domain: list[Domain] = members("domain", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Domains: ...


class Group(Identified, tag="group", api_name="Group"):
    """A group of users of a directory that the engine knows."""

    domain_entry_id: str | None = element(default=None)
    """The identifier that the directory gives it."""
    namespace: str | None = element(default=None)
    """The part of the directory it is in."""
    domain: Domain | None = element(default=None)
    """The directory it comes from."""
    roles: list[Role] | None = collection("roles", "role", default=None)
    """The roles it holds on the whole system. None unless it was followed."""
    permissions: list[Permission] | None = collection("permissions", "permission", default=None)
    """The permissions granted to it, or on it. None unless it was followed."""
    tags: list[Tag] | None = collection("tags", "tag", default=None)
    """The tags on it. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Groups[Self]: ...


class Groups(
    BaseResources["Group_co"],
    tag="groups",
    api_name="Group",
    member="group",
):
    """A collection of :class:`Group`."""

    group: list[Group] = members("group", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Groups: ...


class Permission(Identified, tag="permission", api_name="Permission"):
    """A role given to a user or a group, on one object and all that is within it, or on the whole
    system if it names none.
    """

    role: Role | None = element(default=None)
    """The role given."""
    user: User | None = element(default=None)
    """The user who has it."""
    group: Group | None = element(default=None)
    """The group that has it, instead of a user."""
    data_center: DataCenter | None = element(default=None)
    """The data center it is on."""
    cluster: Cluster | None = element(default=None)
    """The cluster it is on."""
    host: Host | None = element(default=None)
    """The host it is on."""
    storage_domain: StorageDomain | None = element(default=None)
    """The storage domain it is on."""
    vm: VM | None = element(default=None)
    """The virtual machine it is on."""
    vm_pool: VmPool | None = element(default=None)
    """The virtual machine pool it is on."""
    template: Template | None = element(default=None)
    """The template it is on."""
    disk: Disk | None = element(default=None)
    """The disk it is on."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Permissions[Self]: ...


class Permissions(
    BaseResources["Permission_co"],
    tag="permissions",
    api_name="Permission",
    member="permission",
):
    """A collection of :class:`Permission`."""

    permission: list[Permission] = members("permission", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Permissions: ...


class Permit(Identified, tag="permit", api_name="Permit"):
    """One thing that a role allows, such as to run a virtual machine."""

    administrative: bool | None = element(default=None)
    """Whether only administrator roles can have it."""
    role: Role | None = element(default=None)
    """The role it is in."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Permits[Self]: ...


class Permits(
    BaseResources["Permit_co"],
    tag="permits",
    api_name="Permit",
    member="permit",
):
    """A collection of :class:`Permit`."""

    permit: list[Permit] = members("permit", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Permits: ...


class Role(Identified, tag="role", api_name="Role"):
    """A named set of permits, to be given to users and groups."""

    mutable: bool | None = element(default=None)
    """Whether it can be changed or removed; the predefined roles cannot."""
    administrative: bool | None = element(default=None)
    """Whether it makes its holder an administrator."""
    user: User | None = element(default=None)
    """The user it is seen from."""
    permits: list[Permit] | None = collection("permits", "permit", default=None)
    """What it allows. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Roles[Self]: ...


class Roles(
    BaseResources["Role_co"],
    tag="roles",
    api_name="Role",
    member="role",
):
    """A collection of :class:`Role`."""

    role: list[Role] = members("role", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Roles: ...


class SSH(Identified, tag="ssh", api_name="Ssh"):
    """How the engine logs in to a host by SSH."""

    port: int | None = element(default=None)
    """The TCP port of the host's SSH server."""
    fingerprint: str | None = element(default=None)
    """The host key's fingerprint; superseded by `public_key`. Deprecated."""
    public_key: str | None = element(default=None)
    """The host's public key, by which it is recognized. Since 4.4.5."""
    authentication_method: SshAuthenticationMethod | None = element(default=None)
    """How the engine shows who it is."""
    user: User | None = element(default=None)
    """The user to log in as, with the password if that is the method."""


class SSHPublicKey(Identified, tag="ssh_public_key", api_name="SshPublicKey"):
    """A user's SSH public key, for serial consoles."""

    content: str | None = element(default=None)
    """The key, in the form of an `authorized_keys` line."""
    user: User | None = element(default=None)
    """Whose key it is."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> SSHPublicKeys[Self]: ...


class SSHPublicKeys(
    BaseResources["SSHPublicKey_co"],
    tag="ssh_public_keys",
    api_name="SshPublicKey",
    member="ssh_public_key",
):
    """A collection of :class:`SSHPublicKey`."""

    ssh_public_key: list[SSHPublicKey] = members("ssh_public_key", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> SSHPublicKeys: ...


class User(Identified, tag="user", api_name="User"):
    """A user whom the engine knows from one of its directories."""

    domain_entry_id: str | None = element(default=None)
    """The user's identifier in the directory."""
    department: str | None = element(default=None)
    """The user's department."""
    logged_in: bool | None = element(default=None)
    """Whether the user is logged in now."""
    namespace: str | None = element(default=None)
    """The part of the directory the user is in."""
    last_name: str | None = element(default=None)
    """The family name."""
    user_name: str | None = element(default=None)
    """The name to log in by, with the directory, such as `jo@internal-authz`."""
    principal: str | None = element(default=None)
    """The name in the directory, without the directory's own."""
    password: str | None = element(default=None)
    """The password, where one is to be given, such as to SSH."""
    email: str | None = element(default=None)
    """The e-mail address."""
    domain: Domain | None = element(default=None)
    """The directory the user is from."""
    roles: list[Role] | None = collection("roles", "role", default=None)
    """The roles the user has on the whole system. None unless it was followed."""
    groups: list[Group] | None = collection("groups", "group", default=None)
    """The groups the user is in. None unless it was followed."""
    permissions: list[Permission] | None = collection("permissions", "permission", default=None)
    """What the user may do, and on what. None unless it was followed."""
    tags: list[Tag] | None = collection("tags", "tag", default=None)
    """The tags on the user. None unless it was followed."""
    ssh_public_keys: list[SSHPublicKey] | None = collection(
        "ssh_public_keys", "ssh_public_key", default=None
    )
    """The user's SSH public keys. None unless it was followed."""
    user_options: list[Property] | None = entries("user_options", "property", default=None)
    """The user's settings; superseded by `options`. Since 4.4. Deprecated."""
    options: list[UserOption] | None = collection("options", "user_option", default=None)
    """The user's settings, of the portals for one. None unless it was followed. Since 4.4.5."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Users[Self]: ...


class Users(
    BaseResources["User_co"],
    tag="users",
    api_name="User",
    member="user",
):
    """A collection of :class:`User`."""

    user: list[User] = members("user", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Users: ...


class UserOption(Identified, tag="user_option", api_name="UserOption"):
    """A setting kept for a user."""

    content: str | None = element(default=None)
    """The setting's value, as JSON text."""
    user: User | None = element(default=None)
    """Whose setting it is."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> UserOptions[Self]: ...


class UserOptions(
    BaseResources["UserOption_co"],
    tag="user_options",
    api_name="UserOption",
    member="user_option",
):
    """A collection of :class:`UserOption`."""

    user_option: list[UserOption] = members("user_option", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> UserOptions: ...
