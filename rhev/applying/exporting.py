"""Documents of what an engine has, which apply back to the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from rhev import facts
from rhev.applying import shapes
from rhev.applying.documents import Wanted, kind_of
from rhev.applying.looking import Looking
from rhev.applying.references import Around, Names
from rhev.mapping.fields import Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct
from rhev.models.access import SSH, SshAuthenticationMethod
from rhev.models.hosts import Host
from rhev.models.storage import StorageConnection, StorageDomain
from rhev.models.templates import Template
from rhev.models.virtual_machines import VM
from rhev.secrets import is_secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rhev.connection import Connection
    from rhev.mapping.fields import FieldSpec

S = TypeVar("S", bound=Struct)

_ALWAYS = frozenset({"name", "description", "comment"})


def export(
    connection: Connection,
    resources: Iterable[BaseResource],
    base: BaseResource | None = None,
) -> Iterator[Wanted]:
    """A document of each resource, as it is now: :func:`rhev.applying.apply` takes them.

    What a document has nested is read with it. It holds no ids, no addresses, nothing that the
    engine decides, and no secrets; what it refers to has its name. ``base`` is what the resources
    were read below. Raises TypeError for a type that no document is of.
    """
    names = Names(connection)
    looking = Looking(connection, names)
    for resource in resources:
        cls = type(resource)
        if not shapes.can_be_applied(cls.__api_name__):
            raise TypeError(f"a {kind_of(cls)} is nothing that a document could have made")
        yield _exported(looking, resource, base)


def all_of(
    connection: Connection,
    cls: type[BaseResource],
    *,
    search: str | None = None,
    base: BaseResource | None = None,
) -> list[BaseResource]:
    """What there is of a type that documents could have made, or of that what a query finds.

    It is all but what every engine has and none can change, such as the root of the tags, and what
    is made with something else: the disks of machines and templates, and the connections of storage
    domains.
    """
    found = connection.getall(cls, base, search=search)
    read = _WITHIN_OTHERS.get(cls.__api_name__)
    within = read(connection) if read is not None else frozenset()
    return [each for each in found if not _is_part_of_else(each, within)]


def _is_part_of_else(each: BaseResource, within: frozenset[str | None]) -> bool:
    held = vars(each)
    match each.__api_name__:
        case "Disk":
            if held.get("content_type") not in (None, "data", "iso"):
                return True
            return not held.get("shareable") and held.get("id") in within
        case "StorageConnection":
            return held.get("id") in within
        case "Tag":
            return held.get("parent") is None
        case "Role":
            return held.get("mutable") is False
        case "SchedulingPolicy":
            return held.get("locked") is True
        case "Template":
            return held.get("id") == "00000000-0000-0000-0000-000000000000"
    return False


def _attached(connection: Connection) -> frozenset[str | None]:
    """The ids of all disks that machines and templates have."""
    owners: tuple[Any, ...] = (VM, Template)
    return frozenset(
        attachment.disk.id
        for owner in owners
        for each in connection.iterate(owner, follow="disk_attachments")
        for attachment in each.disk_attachments or ()
        if attachment.disk is not None
    )


def _connected(connection: Connection) -> frozenset[str | None]:
    """The ids of all storage connections that storage domains have."""
    return frozenset(
        each.id
        for domain in connection.iterate(StorageDomain)
        for each in connection.getall(StorageConnection, domain)
    )


# What of a type is made with something else, by ids.
_WITHIN_OTHERS: Mapping[str, Callable[[Connection], frozenset[str | None]]] = {
    "Disk": _attached,
    "StorageConnection": _connected,
}


def _exported(looking: Looking, resource: BaseResource, base: BaseResource | None) -> Wanted:
    attributes = shapes.EXPORTED.get(resource.__api_name__, ())
    id_ = str(vars(resource)["id"])
    exporter = _Exporter(looking)
    apart = [name for name in attributes if name in shapes.READ_BY_THEMSELVES]
    whole = looking.read(
        type(resource), id_, base, [name for name in attributes if name not in apart]
    )
    around = Around((whole, base))
    shape = shapes.shape_of(whole.__api_name__)
    model = exporter.written(whole, shape, "", around)
    exporter.add_nested(model, whole, attributes, around)
    exporter.add_means(model, whole)
    under: tuple[BaseResource, ...] = ()
    if base is not None:
        named = looking.names.name_of(type(base)._with(id=vars(base)["id"]), Around(()))
        under = (named or base,)
    return Wanted(model, under)


class _Exporter:
    """Writes the models of documents."""

    def __init__(self, looking: Looking) -> None:
        self._looking = looking
        self._names = looking.names

    def add_nested(
        self,
        model: BaseResource,
        whole: BaseResource,
        attributes: Iterable[str],
        around: Around,
    ) -> None:
        """Adds to a document what is nested in it, where there is any."""
        for attribute in attributes:
            nested = shapes.nested(type(whole)).get(attribute)
            if nested is None or not (nested.can_add or nested.can_update):
                continue
            entries = [
                written
                for member in self._looking.members(whole, nested)
                if (written := self._member(whole, nested, member, around)) is not None
            ]
            if entries:
                vars(model)[attribute] = entries

    def add_means(self, model: BaseResource, whole: BaseResource) -> None:
        """Adds what a creation takes and no engine shows again, where any will do.

        A storage domain is made by some host of its data center, and a host is taken in by the
        engine's key, as no password is in a document.
        """
        if isinstance(whole, StorageDomain):
            host = self._host_of([center.id for center in whole.data_centers or ()])
            if host is not None:
                vars(model)["host"] = Host._with(name=host.name)
        elif isinstance(whole, Host):
            ssh = vars(model).setdefault("ssh", SSH._with())
            vars(ssh)["authentication_method"] = SshAuthenticationMethod.PUBLICKEY

    def _host_of(self, centers: Sequence[str | None]) -> Host | None:
        for host in self._looking.connection.iterate(Host):
            center = self._names.near("DataCenter", Around((host,)))
            if not centers or center in centers:
                return host
        return None

    def _member(
        self, owner: BaseResource, nested: shapes.Nested, member: BaseResource, around: Around
    ) -> BaseResource | None:
        within = (owner.__api_name__, nested.attribute)
        api_name = member.__api_name__
        if nested.assigns:
            named = member._with(name=vars(member).get("name"))
            if api_name in shapes.CALLED_BY_ID:
                named = member._with(id=vars(member)["id"])
            elif vars(named)["name"] is None:
                found = self._names.name_of(member, around)
                if found is None:
                    return None
                named = found
            own = shapes.shape_of(api_name, within).own
            extra = {n: vars(member)[n] for n in own or () if vars(member).get(n) is not None}
            if within in shapes.SHAPES_WITHIN:
                vars(named).update(extra)
            return named
        inner = around.within(member, vars(member).get("disk"))
        shape = shapes.shape_of(api_name, within)
        written = self.written(member, shape, "", inner, owner.__api_name__)
        disk = vars(member).get("disk")
        if disk is not None and vars(disk).get("shareable"):
            # It is no machine's own: a document of the disk itself says what it is.
            vars(written)["disk"] = type(disk)._with(name=disk.name)
        deeper = shapes.EXPORTED.get(api_name, ())
        if deeper:
            self.add_nested(written, member, deeper, inner)
        return written if vars(written) else None

    def written(
        self,
        struct: S,
        shape: shapes.Shape,
        prefix: str,
        around: Around,
        owner: str | None = None,
    ) -> S:
        """A structure as a document has it.

        ``owner`` is the type of what it is nested in, which it need not say again.
        """
        cls, held = type(struct), vars(struct)
        made: dict[str, Any] = {}
        for name, spec in fields(cls).items():
            value, path = held.get(name), f"{prefix}{name}"
            if value is None or self._is_left_out(struct, spec, path, prefix, shape, owner):
                continue
            if isinstance(value, BaseResource) and shapes.is_reference(cls, name):
                kept: Any = self._names.name_of(value, around)
            elif isinstance(value, Struct):
                inner = shapes.shape_of(value.__api_name__)
                if value.__api_name__ in shapes.SHAPES and isinstance(value, BaseResource):
                    kept = self.written(value, inner, "", around, cls.__api_name__)
                else:
                    kept = self.written(value, shape, f"{path}.", around)
            elif spec.is_list:
                kept = self._list(cls, spec, value, shape, path, around)
            else:
                kept = value
            if kept is not None and (vars(kept) if isinstance(kept, Struct) else True):
                made[name] = kept
        if made.get("alias") is not None and made.get("name") == made["alias"]:
            del made["alias"]
        return cls._with(**made)

    def _list(
        self,
        cls: type[Struct],
        spec: FieldSpec,
        value: list[Any],
        shape: shapes.Shape,
        path: str,
        around: Around,
    ) -> list[Any] | None:
        if shapes.is_reference(cls, spec.name):
            named = [self._names.name_of(entry, around) for entry in value]
            return [each for each in named if each is not None] or None
        if spec.kind is not Kind.STRUCT:
            return list(value) or None
        entries = [self.written(entry, shape, f"{path}.", around) for entry in value]
        return [each for each in entries if vars(each)] or None

    def _is_left_out(
        self,
        struct: Any,
        spec: FieldSpec,
        path: str,
        prefix: str,
        shape: shapes.Shape,
        owner: str | None,
    ) -> bool:
        cls: type[Struct] = type(struct)
        name, api_name = spec.name, cls.__api_name__
        if name == "href" or name in shapes.nested(cls) or spec.is_collection:
            return True
        if name == "name" and not struct.name:
            return True
        if api_name == "Template" and name == "version" and struct.version.version_number == 1:
            return True
        if name == "id":
            lasts = api_name in shapes.CALLED_BY_ID or api_name not in facts.collections()
            return not (lasts or ("id" in shape.identity[:1] and shape.identity == ("id",)))
        if spec.kind is Kind.STRUCT and owner is not None and spec.type.__api_name__ == owner:
            return True
        if path in shape.engines or path in shape.quiet or shapes.is_the_engine_s(cls, name):
            return True
        if is_secret(api_name, name, vars(struct).get("name")):
            return True
        if shape.own is None or (not prefix and name in _ALWAYS):
            return False
        return not any(
            path == own or own.startswith(f"{path}.") or path.startswith(f"{own}.")
            for own in shape.own
        )
