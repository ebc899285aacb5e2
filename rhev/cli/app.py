"""The command as a whole: its table of commands, each of which is loaded when it is called."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

import click
from click.shell_completion import CompletionItem

from rhev.cli import exits
from rhev.cli.changing.verbs import VERBS
from rhev.cli.globals import GLOBAL_OPTIONS, also_after_the_verb
from rhev.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Entry(NamedTuple):
    """Where a command is, as ``module:function`` below the commands, and its line of help."""

    target: str
    help: str
    section: str


READING: Final = "Reading"
CHANGING: Final = "Changing"
SPECS: Final = "Specs"
ESTATE: Final = "The estate"
ENGINE: Final = "The engine"
CONNECTING: Final = "Where to connect"
EMBEDDED: Final = "An engine of your own"
COMMAND: Final = "The command"

# In the order in which the help shows them.
COMMANDS: Final[dict[str, Entry]] = {
    "list": Entry("reading.list:list_", "List resources of a type.", READING),
    "get": Entry("reading.get:get", "Show one resource, by name or id.", READING),
    "create": Entry("changing.create:create", "Create a resource.", CHANGING),
    "update": Entry("changing.update:update", "Change attributes of resources.", CHANGING),
    "edit": Entry("changing.edit:edit", "Edit a resource in an editor.", CHANGING),
    "delete": Entry("changing.delete:delete", "Delete resources.", CHANGING),
    "action": Entry("changing.action:action", "Carry out an action of resources.", CHANGING),
    **{name: Entry(f"changing.action:{name}", verb.help, CHANGING) for name, verb in VERBS.items()},
    "snapshot": Entry("changing.snapshot:snapshot", "Take snapshots of machines.", CHANGING),
    "wait": Entry("changing.wait:wait", "Wait until resources have a status.", CHANGING),
    "console": Entry("changing.console:console", "Write the file of a console.", CHANGING),
    "ping": Entry("engine.ping:ping", "Ask whether the engine answers.", ENGINE),
    "validate": Entry("specs.validate:validate", "Say what is wrong with specs.", SPECS),
    "schema": Entry("specs.schema:schema", "Print the JSON Schema of specs.", SPECS),
    "apply": Entry("specs.apply:apply", "Create and update what specs say.", SPECS),
    "diff": Entry("specs.apply:diff", "Show where an engine differs from specs.", SPECS),
    "export": Entry("specs.export:export", "Write specs of what an engine has.", SPECS),
    "inventory": Entry("estate.inventory:inventory", "Write the whole estate to a file.", ESTATE),
    "readiness": Entry(
        "estate.readiness:readiness", "Report what stands against moving VMs away.", ESTATE
    ),
    "version": Entry("engine.version:version", "Show the version, and the engine's.", ENGINE),
    "events": Entry("engine.events:events", "Show the engine's events, or follow them.", ENGINE),
    "jobs": Entry("engine.jobs:jobs", "Show what the engine is doing, with its steps.", ENGINE),
    "login": Entry("engine.login:login", "Log in, and keep a token.", CONNECTING),
    "logout": Entry("engine.login:logout", "Give a token back.", CONNECTING),
    "profiles": Entry("engine.profiles:profiles", "Show the engines that are kept.", CONNECTING),
    "serve": Entry("engine.serve:serve", "Serve an embedded engine over HTTP.", EMBEDDED),
    "demo": Entry("engine.serve:demo", "Serve one with a demonstration estate.", EMBEDDED),
    "completion": Entry("help.completion:completion", "Print a shell's completion.", COMMAND),
    "help": Entry("help.help:help_", "Exit codes, types, environment, formats.", COMMAND),
}


class App(click.Group):
    """The group of all commands, which answers for what any of them raises."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, function = entry.target.partition(":")
        command = getattr(import_module(f"rhev.cli.commands.{module}"), function)
        if not isinstance(command, click.Command):
            raise TypeError(f"{entry.target} is no command")
        return also_after_the_verb(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            ctx.fail(f"there is no command {name!r}{_meant(name)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the commands by their sections, without loading any."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, entry in COMMANDS.items():
            sections.setdefault(entry.section, []).append((name, entry.help))
        for section, rows in sections.items():
            with formatter.section(section):
                formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        found = [
            CompletionItem(name, help=entry.help)
            for name, entry in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def invoke(self, ctx: click.Context) -> object:
        session = ctx.ensure_object(Session)
        try:
            with session, _warnings_are_told(session):
                return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException):
            raise
        except (KeyboardInterrupt, click.Abort):
            session.new_line()
            session.say("interrupted")
            ctx.exit(exits.INTERRUPTED)
        except BrokenPipeError:
            raise
        except Exception as error:
            code = exits.code_of(error)
            if code is None:
                raise
            session.say(exits.message_of(error, _profile(session)), kind="error")
            ctx.exit(code)


@contextmanager
def _warnings_are_told(session: Session) -> Iterator[None]:
    """Lets what Python warns of be a line for people, without a place in the source."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        warnings.filterwarnings("default", module="rhev|__main__")
        warnings.showwarning = lambda message, *_, **__: session.say(str(message), kind="warning")
        yield


def _profile(session: Session) -> str | None:
    """The profile whose token was sent, if one was."""
    return session.target.profile if session.target and session.target.token else None


def _meant(name: str, known: Sequence[str] = tuple(COMMANDS)) -> str:
    near = get_close_matches(name, known, 1)
    return f"; did you mean {near[0]!r}?" if near else "; 'rhev --help' shows those there are"


@click.command(
    cls=App,
    params=list(GLOBAL_OPTIONS),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="COMMAND [ARGUMENTS]...",
)
def app() -> None:
    """The API of an oVirt or RHV engine at a terminal.

    Names or ids are taken everywhere. What is data goes to the standard output, and everything else
    to the standard error. Options may be written before or after the command.
    """
