"""``rhev action``, and the short forms of the usual ones: ``rhev start vm web-01``."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from rhev import facts
from rhev.cli import completing
from rhev.cli.arguments import NounType, ResourceName
from rhev.cli.changing.assignments import Assignment, apart
from rhev.cli.changing.options import DynamicCommand, Settable, annotation_of, parameters_of
from rhev.cli.changing.targets import several, targets
from rhev.cli.changing.verbs import VERBS, verb_of
from rhev.cli.changing.waits import OFTEN, waits
from rhev.cli.exits import USAGE, CommandError
from rhev.cli.nouns import dashed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rhev.cli.changing.running import Item, Run
    from rhev.cli.changing.verbs import Verb
    from rhev.cli.nouns import Noun, Place
    from rhev.cli.session import Session


class _ActionCommand(DynamicCommand):
    """A command with the parameters of the action that its arguments name."""

    has_parameters = True
    verb: Verb | None = None

    def methods(self, noun: Noun, args: Sequence[str]) -> Iterable[facts.Method]:
        """The actions of a noun that are meant: any that is among the arguments."""
        named = [self.verb.action] if self.verb else args
        wanted = {facts.segment_of(word.replace("-", "_")) for word in named}
        for place in noun.places:
            actions = place.member_service.actions if place.member_service else {}
            yield from (method for name, method in actions.items() if name in wanted)

    def settables(self, noun: Noun, args: Sequence[str]) -> Iterable[Settable]:
        for name, path in self.verb.options.items() if self.verb else ():
            yield Settable(name, annotation_of("Action", path), path)
        for method in self.methods(noun, args):
            # What an action takes of the type itself, as the settings of one run, is no reference
            yield from (s for s in parameters_of(method) if s.annotation != noun.class_name)

    def serves(self, place: Place, args: Sequence[str]) -> bool:
        known = place.member_service.actions if place.member_service else {}
        named = [self.verb.action] if self.verb else args
        return any(facts.segment_of(word.replace("-", "_")) in known for word in named)


def _actions(ctx: click.Context, param: click.Parameter, incomplete: str) -> completing.Items:
    """Names of resources, and after the first of them actions too."""
    found = ResourceName().shell_complete(ctx, param, incomplete)
    if ctx.params.get("words") or ctx.params.get("search"):
        return [*completing.actions(ctx, param, incomplete.replace("-", "_")), *found]
    return found


@click.command("action", cls=_ActionCommand)
@click.argument("noun", type=NounType(), metavar="TYPE")
@click.argument("words", nargs=-1, shell_complete=_actions, metavar="[NAME]... ACTION")
@several
@waits
@click.pass_obj
def action(
    session: Session,
    /,
    noun: Noun,
    words: tuple[str, ...],
    owners: Mapping[str, str],
    assigned: list[Assignment],
    query: Mapping[str, Any],
    **options: Any,
) -> None:
    """Carry out an action of resources: rhev action vm web-01 start --pause

    'rhev action vm start --help' shows the parameters of one. What has no option is written as
    attribute=value: rhev action vm web-01 clone vm.name=web-02
    """
    names, pairs = apart(words)
    if not names:
        raise CommandError(f"say which action: {_choice(completing.actions_of(noun))}", USAGE)
    name = names.pop()
    _act(session, noun, name, names, owners, [*assigned, *pairs], **options)


def _short(name: str, verb: Verb) -> click.Command:
    """The command of a verb."""

    @click.command(name, cls=_ActionCommand)
    @click.argument("noun", type=NounType(), metavar="TYPE")
    @click.argument("words", nargs=-1, type=ResourceName(), metavar="NAME...")
    @several
    @waits
    @click.pass_obj
    def short(
        session: Session,
        /,
        noun: Noun,
        words: tuple[str, ...],
        owners: Mapping[str, str],
        assigned: list[Assignment],
        query: Mapping[str, Any],
        **options: Any,
    ) -> None:
        names, pairs = apart(words)
        _act(session, noun, verb.action, names, owners, [*assigned, *pairs], **options)

    short.help = (
        f"{verb.help}\n\nrhev {name} {verb.example}\n\n'rhev {name} {verb.example.split()[0]}"
        f" --help' shows its parameters; it is the action '{dashed(verb.action)}' of a TYPE."
    )
    if isinstance(short, _ActionCommand):
        short.verb = verb
    return short


def __getattr__(name: str) -> click.Command:
    if name not in VERBS:
        raise AttributeError(name)
    return _short(name, VERBS[name])


def _act(
    session: Session,
    noun: Noun,
    name: str,
    names: Sequence[str],
    owners: Mapping[str, str],
    assigned: Sequence[Assignment],
    *,
    search: str | None,
    yes: bool,
    parallel: int,
    wait: bool,
    timeout: float,
) -> None:
    from rhev import schema
    from rhev.cli.changing.running import run
    from rhev.cli.changing.values import assign

    method = _method(noun, noun.place(owners), name)
    parameters = schema.Action()
    _check(method, assigned)
    assign(parameters, assigned)
    usual = verb_of(method.name)
    status = usual.leads_to.get(noun.type_name) if usual else None
    found = targets(session, noun, names, search, owners)
    verb = dashed(method.name)
    if found.searched:
        found.ask(session, f"{verb.capitalize()} {dashed(noun.singular)}", yes=yes)
    conn = session.connection()

    def job(item: Item, going: Run) -> str:
        answer = conn.action(item.subject, method.name, parameters)
        done = usual.done if usual else f"{verb} was taken"
        if not wait:
            return done
        looking: Any = {**OFTEN, "timeout": timeout, "progress": going.looked(item, done)}
        if status is None:
            conn.wait_for_job(answer, **looking)
            return f"{verb} is done"
        conn.wait_for_status(item.subject, status, settled=True, **looking)
        return status

    run(session, verb, found.items, job, parallel=parallel)


def _method(noun: Noun, place: Place, name: str) -> facts.Method:
    """The action of a name. Raises CommandError, which says what may have been meant."""
    actions = place.member_service.actions if place.member_service else {}
    found = actions.get(facts.segment_of(name.replace("-", "_")))
    if found is not None:
        return found
    names = [dashed(each.name) for each in actions.values()]
    near = get_close_matches(dashed(name), names, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {_choice(names) or 'none'}"
    what = f"a {dashed(noun.singular)} has no action {name!r}"
    raise CommandError(f"{what}: the action is the last word; {hint}", USAGE)


def _check(method: facts.Method, assigned: Iterable[Assignment]) -> None:
    """Raises CommandError for a parameter that the action does not take."""
    known = sorted(settable.path for settable in parameters_of(method))
    for each in assigned:
        if each.path[0] not in known:
            near = get_close_matches(each.path[0], known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"it takes {_choice(known)}"
            raise CommandError(f"{dashed(method.name)} takes no {each.name!r}; {hint}", USAGE)


def _choice(names: Iterable[str]) -> str:
    return ", ".join(sorted(dashed(name) for name in names))
