"""Options that a command has by the type that it is written for: attributes and parameters.

They are made of the API's facts, and of a model only for its help: completion loads none.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final

import click

from rhev import facts
from rhev.cli import completing
from rhev.cli.arguments import NounCommand
from rhev.cli.changing.assignments import Assignment
from rhev.cli.exits import CommandError
from rhev.cli.nouns import OWNER, class_of, dashed, noun, plain
from rhev.models.index import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rhev.cli.nouns import Noun, Place

# What the names of their parameters begin with.
_SET: Final = "set_"
_QUERY: Final = "query_"
_ARGS: Final = "rhev.args"
_TYPES: Final = MappingProxyType({cls: type_ for type_, cls in CLASSES.items()})
_SCALARS: Final = MappingProxyType(
    {
        "str": "TEXT",
        "int": "N",
        "Bytes": "SIZE",
        "float": "N",
        "MACAddress": "MAC",
        "IPAddress": "IP",
        "Version": "VERSION",
    }
)
# More values than these are completed, and not written in the help.
_WRITTEN: Final = 5


@dataclass(frozen=True, slots=True)
class Settable:
    """What an option sets: its name with underscores, the class of the values, where it goes."""

    name: str
    annotation: str
    path: str
    help: str = ""


class DynamicCommand(NounCommand):
    """A command with options of its noun's type, and those of what this belongs to.

    The callback is given what was written as ``assigned``, in its order, and as ``query``.
    ``has_parameters`` is of one whose options are no attributes, but those of an action.
    """

    has_parameters = False

    def settables(self, noun: Noun, args: Sequence[str]) -> Iterable[Settable]:
        """What may be set of a resource or an action."""
        return ()

    def queries(self, noun: Noun, args: Sequence[str]) -> Iterable[facts.Parameter]:
        """What may be said of the request itself."""
        return ()

    def serves(self, place: Place, args: Sequence[str]) -> bool:
        """Whether a collection, or its members, take what this command does."""
        return True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[_ARGS] = list(args)
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        ctx.meta[_DOCUMENTED] = True
        super().format_options(ctx, formatter)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        params = super().get_params(ctx)
        args = ctx.meta.get(_ARGS, [])
        noun = _noun_among(args)
        if noun is None:
            return params
        owners = {name: p for p in params if (p.name or "").startswith(OWNER) for name in p.opts}
        taken = {name for param in params for name in param.opts} - owners.keys()
        settables = self.settables(noun, args)
        if ctx.meta.get(_DOCUMENTED):
            described = "Action" if self.has_parameters else noun.type_name
            settables = _documented(described, settables)
        own: dict[str, click.Parameter] = {}
        for option in (
            *map(_option_of, settables),
            *map(_query_option, self.queries(noun, args)),
        ):
            if option is None or taken.intersection(option.opts):
                continue
            flag = option.opts[0]
            if flag in owners and self._belongs(noun, flag.removeprefix("--"), args):
                continue
            own.setdefault(flag, option)
        return [*(p for p in params if not own.keys() & {*p.opts}), *own.values()]

    def _belongs(self, noun: Noun, option: str, args: Sequence[str]) -> bool:
        """Whether an option names what the resource belongs to, and no attribute.

        It does of what is in nothing else, where the others are given of a place that has several,
        and, unless this has parameters, where it is all that says where the resource is.
        """
        # What is attached has no service of its own
        serving = [place for place in noun.places if not place.rel or self.serves(place, args)]
        is_at_top = any(not place.owners for place in serving)
        given = {plain(arg[2:].partition("=")[0]) for arg in args if arg.startswith("--")}
        return any(
            plain(option) in owner.names
            for place in serving
            for owner in place.owners
            if not is_at_top
            or (len(place.owners) == 1 and not self.has_parameters)
            or (len(place.owners) > 1 and all(each.names & given for each in place.owners))
        )

    def invoke(self, ctx: click.Context) -> Any:
        assigned: list[Assignment] = []
        query: dict[str, Any] = {}
        for param in self.get_params(ctx):
            if isinstance(param, _Setting):
                value = ctx.params.pop(param.name or "", None)
                if value is not None:
                    text = str(value).lower() if isinstance(value, bool) else str(value)
                    assigned.append(Assignment(tuple(param.path.split(".")), text))
            elif (param.name or "").startswith(_QUERY):
                value = ctx.params.pop(param.name or "", None)
                if value is not None:
                    query[(param.name or "").removeprefix(_QUERY)] = value
        ctx.params.update(assigned=assigned, query=query)
        return super().invoke(ctx)


class MemberCommand(DynamicCommand):
    """A command that sends a ``method`` of the API to single resources, with its parameters."""

    method: ClassVar[str]

    def queries(self, noun: Noun, args: Sequence[str]) -> Iterable[facts.Parameter]:
        for place in noun.places:
            if self.serves(place, args) and place.member_service:
                yield from place.member_service.methods[self.method].query

    def serves(self, place: Place, args: Sequence[str]) -> bool:
        return place.member_service is not None and self.method in place.member_service.methods


_DOCUMENTED: Final = "rhev.documented"


class _Setting(click.Option):
    """An option that sets what is at a path."""

    path = ""


def attributes_of(noun: Noun, *, but: Iterable[str] = ()) -> list[Settable]:
    """The attributes of a type: its texts, numbers, enumerations and references."""
    left_out = {"href", "id", *but}
    return [
        Settable(name, annotation, name)
        for name, annotation in facts.attributes(noun.type_name).items()
        if name not in left_out and not annotation.endswith("Status")
    ]


def parameters_of(method: facts.Method) -> list[Settable]:
    """The parameters of an action, by the attributes of its document."""
    known = facts.attributes("Action")
    found = []
    for parameter in method.parameters:
        name = parameter.name if parameter.name in known else f"{parameter.name}_"
        if parameter.direction != "out" and name in known:
            found.append(Settable(parameter.name, known[name], name))
    return found


def annotation_of(type_name: str, path: str) -> str:
    """The class of what is at a path below a type."""
    annotation = type_name
    for name in path.split("."):
        annotation = facts.attributes(_TYPES.get(annotation, annotation)).get(name, "")
    return annotation


def _noun_among(args: Sequence[str]) -> Noun | None:
    """The first word of the arguments that is a noun."""
    for word in args:
        if not word.startswith("-"):
            with suppress(CommandError):
                return noun(word)
    return None


def _documented(type_name: str, settables: Iterable[Settable]) -> list[Settable]:
    """The same with the help that the model of a type has, which loads it."""
    from rhev.mapping.classes.json_schema import docstrings

    texts = docstrings(class_of(type_name))
    return [
        Settable(s.name, s.annotation, s.path, _first(texts.get(s.path, ""))) for s in settables
    ]


def _first(text: str) -> str:
    """The first sentence of a text, on one line."""
    head = " ".join(text.replace("`", "").split())
    return head.partition(". ")[0].rstrip(".") + "." if head else ""


def _option_of(settable: Settable) -> _Setting | None:
    annotation, name = settable.annotation, _SET + settable.name
    flag = f"--{dashed(settable.name.rstrip('_'))}"
    values = facts.values(annotation)
    said: dict[str, Any] = {"help": settable.help}
    if annotation == "bool":
        flag = f"{flag}/--no-{flag[2:]}"
        said["default"] = None
    elif values:
        few = len(values) <= _WRITTEN
        said["metavar"] = "|".join(values) if few else settable.name.upper()
        said["shell_complete"] = _completing(values)
    elif annotation in _SCALARS:
        said["metavar"] = _SCALARS[annotation]
    elif _is_reference(annotation):
        said["metavar"] = "NAME"
        said["type"] = completing.OwnerName(_TYPES[annotation])
    else:
        return None
    made = _Setting([flag, name], **said)
    made.path = settable.path
    return made


def _is_reference(annotation: str) -> bool:
    """Whether a class is that of resources which are in a collection of the entry point."""
    places = facts.collections().get(_TYPES.get(annotation, ""), ())
    return any(path.count("/") == 1 for path, _ in places)


def _completing(values: Sequence[str]) -> Any:
    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> completing.Items:
        return completing.items(values, incomplete)

    return complete


def _query_option(parameter: facts.Parameter) -> click.Option:
    flag, name = f"--{dashed(parameter.name)}", _QUERY + parameter.name
    help = _QUERY_HELP.get(parameter.name, "")
    if parameter.type == "Boolean":
        return click.Option([flag, name], is_flag=True, flag_value=True, default=None, help=help)
    kind: Any = click.INT if parameter.type == "Integer" else click.STRING
    return click.Option([flag, name], type=kind, help=help)


_QUERY_HELP: Final = MappingProxyType(
    {
        "async": "Let the engine answer before it is done.",
        "clone": "Disks of its own, not layers over the template's.",
        "clone_permissions": "The permissions of what it is made of, too.",
        "destroy": "Forget the storage domain, and leave its storage as it is.",
        "detach_only": "Keep the disks: they are taken off, and stay.",
        "force": "Also where the engine would rather not.",
        "format": "Wipe the storage domain's storage.",
        "next_run": "The changes wait for the next start.",
        "seal": "Remove what belongs to one machine alone.",
    }
)
