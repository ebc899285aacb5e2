"""``rhev help``: what commands have in common, and the help of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from rhev.cli import exits
from rhev.cli.exits import USAGE, CommandError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rhev.cli.session import Session


@click.command("help")
@click.argument("topic", required=False, metavar="[TOPIC]")
@click.pass_context
def help_(ctx: click.Context, topic: str | None) -> None:
    """Show what all commands have in common, or the help of a command.

    TOPIC is exit-codes, nouns, environment, formats, or a command.
    """
    session: Session = ctx.obj
    above = ctx.parent
    if above is None or not isinstance(above.command, click.Group):
        raise TypeError("help is asked of the command as a whole")
    if topic is None:
        session.out.text(above.get_help())
    elif topic in TOPICS:
        session.out.text(TOPICS[topic]())
    else:
        command = above.command.get_command(above, topic)
        if command is None:
            topics = ", ".join(TOPICS)
            raise CommandError(f"there is no help on {topic!r}: topics are {topics}", USAGE)
        with click.Context(command, above, topic) as inner:
            session.out.text(command.get_help(inner))


def _exit_codes() -> str:
    return "\n".join(f"{code:>3}  {meaning}" for code, meaning in exits.MEANINGS.items())


def _nouns() -> str:
    from rhev.cli.nouns import dashed, nouns

    lines = []
    for noun in nouns():
        below = sorted({o.option for place in noun.places for o in place.owners[-1:]})
        alone = any(not place.owners for place in noun.places)
        owners = f"  of {', '.join(below)}" if below and not alone else ""
        lines.append(f"{dashed(noun.plural)}{owners}")
    return "\n".join(lines)


def _environment() -> str:
    return """\
RHEV_PROFILE               a profile that 'rhev login' keeps
RHEV_URL                   the engine's address
RHEV_USERNAME              user@profile, as in admin@internal
RHEV_PASSWORD              the password
RHEV_TOKEN                 a token, in the place of a name and a password
RHEV_CA_FILE               the certificates to trust: a file, or its text
RHEV_CA_FINGERPRINT        sha256:..., of the CA that the engine names
RHEV_INSECURE              true: trust any certificate
RHEV_TIMEOUT               seconds that an operation may take
RHEV_READ_TIMEOUT          seconds that the engine may be silent
RHEV_LOG                   debug: log each exchange; bodies: what was in it, without secrets
NO_COLOR                   no colours
XDG_CONFIG_HOME            where rhev/config.toml is, ~/.config unless said

Where one is not set, OVIRT_URL (or OVIRT_HOSTNAME), OVIRT_USERNAME, OVIRT_PASSWORD,
OVIRT_TOKEN, OVIRT_CAFILE and OVIRT_INSECURE are read. Options win over the environment,
and that over the default profile."""


def _formats() -> str:
    return """\
-o table           for people: as wide as the terminal; the usual one
-o wide            the same, and nothing is cut
-o json, yaml      the API's documents, as the engine sends them
-o xml             the same in XML
-o csv             the columns, with a line of titles: bytes as numbers, times in ISO 8601
-o name            the names, one a line; the ids of what has no name
-o jsonpath=EXPR   what the expression finds in the JSON: '{.vm[*].name}',
                   '{range .vm[*]}{.name}{"\\t"}{.memory}{"\\n"}{end}'"""


TOPICS: Final[dict[str, Callable[[], str]]] = {
    "exit-codes": _exit_codes,
    "nouns": _nouns,
    "environment": _environment,
    "formats": _formats,
}
