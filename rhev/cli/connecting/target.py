"""Which engine is meant, and as whom: by the options, a profile, or the environment.

What is said by an option wins over the environment, and that over the default profile. Credentials
go to no other engine than the one that they were given for.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rhev.cli import terminal
from rhev.cli.connecting import profiles
from rhev.cli.exits import NOT_ALLOWED, USAGE, CommandError
from rhev.secrets import Secret, hide_user

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rhev.cli.told import Told
    from rhev.connecting.settings import Options
    from rhev.connection import Connection
    from rhev.transport import ExchangeHook

_NO_ENGINE: Final = (
    "no engine is named: 'rhev login' keeps one, --url or RHEV_URL names one, and --demo has one"
    " within this process"
)


class NoEngine(CommandError):
    """No engine is named, by an option, a variable or a profile."""

    def __init__(self) -> None:
        super().__init__(_NO_ENGINE, USAGE)


@dataclass(frozen=True, slots=True)
class Target:
    """An engine, how it is trusted, and as whom it is asked. ``profile`` is where a token is of."""

    url: str
    username: str | None = None
    password: Secret | None = None
    token: Secret | None = None
    ca: str | None = field(default=None, repr=False)
    ca_fingerprint: str | None = None
    insecure: bool = False
    profile: str | None = None
    timeout: float | None = None
    read_timeout: float | None = None

    def trusting(self, told: Told) -> Target:
        """The same engine, trusted as the options say. Raises CommandError for a missing file."""
        if told.insecure:
            return replace(self, insecure=True, ca=None, ca_fingerprint=None)
        if told.ca_file is None:
            return self
        if not Path(told.ca_file).is_file():
            raise CommandError(f"--ca-file {told.ca_file}: there is no such file", USAGE)
        return replace(self, ca=told.ca_file, ca_fingerprint=None, insecure=False)

    def options(self) -> Options:
        """How it is trusted and how long it may take, as a connection is told."""
        options: Options = {}
        if self.insecure:
            options["insecure"] = True
        elif self.ca is not None:
            options["ca_file"] = self.ca
        elif self.ca_fingerprint is not None:
            options["ca_fingerprint"] = self.ca_fingerprint
        if self.timeout is not None:
            options["timeout"] = self.timeout
        if self.read_timeout is not None:
            options["read_timeout"] = self.read_timeout
        return options


def target(told: Told) -> Target:
    """The engine that is meant. Raises CommandError where none is, or the file has a flaw."""
    found = _found(told)
    if told.username is not None and told.username != found.username:
        found = replace(found, username=told.username, token=None, profile=None)
        if of_environment("RHEV_USERNAME", "OVIRT_USERNAME") not in (None, told.username):
            found = replace(found, password=None)  # it is of another user
    return found.trusting(told)


def _found(told: Told) -> Target:
    named = told.profile or os.environ.get("RHEV_PROFILE")
    if named:
        found = _of_profile(profiles.load(), named)
        return found if told.url is None else _same_engine(found, told.url)
    here = of_environment("RHEV_URL", "OVIRT_URL", "OVIRT_HOSTNAME")
    if told.url is None:
        if here is not None:
            return _from_environment(here)
        kept = profiles.load()
        if kept.default is None:
            raise NoEngine
        return _of_profile(kept, kept.default)
    wanted = address(told.url)
    if here is not None and (found := _from_environment(here)).url == wanted:
        return found
    kept = profiles.load()
    for name, profile in kept.by_name.items():
        if profile.url == wanted and told.username in (None, profile.username):
            return _of_profile(kept, name)
    return Target(wanted) if here is not None else _from_environment(told.url)


def _of_profile(kept: profiles.Profiles, name: str) -> Target:
    profile = kept.get(name)
    return Target(
        profile.url,
        profile.username,
        token=profile.token,
        ca=profile.ca,
        insecure=profile.insecure,
        profile=name,
    )


def _from_environment(url: str) -> Target:
    from rhev.connecting import environment

    def variable(name: str) -> str | None:
        if name in ("RHEV_URL", "OVIRT_URL", "OVIRT_HOSTNAME"):
            return url if name == "RHEV_URL" else None
        if name.endswith("_USERNAME") and not os.environ.get(name.replace("USERNAME", "PASSWORD")):
            return None  # it is asked for
        if name.endswith("_PASSWORD") and not os.environ.get(name.replace("PASSWORD", "USERNAME")):
            return None  # the name is in an option
        return os.environ.get(name)

    try:
        read = environment.read(variable)
        where = address(read.url)
    except ValueError as error:
        raise CommandError(str(error), USAGE) from None
    username = read.username or (
        of_environment("RHEV_USERNAME", "OVIRT_USERNAME") if read.token is None else None
    )
    password = read.password
    if password is None and read.token is None:
        password = Secret.of(of_environment("RHEV_PASSWORD", "OVIRT_PASSWORD"))
    return Target(
        where,
        username,
        password,
        read.token,
        read.ca_file,
        read.ca_fingerprint if read.ca_file is None and not read.insecure else None,
        read.insecure,
        timeout=read.timeout,
        read_timeout=read.read_timeout,
    )


def _same_engine(found: Target, url: str) -> Target:
    """What is known of an engine where the address is of it, and the address alone where not."""
    wanted = address(url)
    return found if found.url == wanted else Target(wanted)


def address(url: str) -> str:
    """The address of an engine's entry point. Raises CommandError for what is none."""
    from rhev.operations.wire import entry_point

    url = hide_user(url)
    try:
        return entry_point(url if "://" in url else f"https://{url}")
    except ValueError as error:
        raise CommandError(f"{url}: {error}", USAGE) from None


def of_environment(*names: str) -> str | None:
    """The first of some variables that is set, and not empty."""
    return next((value for name in names if (value := os.environ.get(name))), None)


def connect(found: Target, told: Told, hooks: Sequence[ExchangeHook]) -> Connection:
    """A connection to an engine. Raises CommandError where there are no credentials to be had."""
    from rhev.connection import Connection

    options: Options = {**found.options(), **told_options(told, hooks)}
    if found.token is not None:
        from rhev.transport import TokenAuth

        options["auth"] = TokenAuth(found.token)
        return Connection(found.url, **options)
    username, password = credentials(found)
    return Connection(found.url, username, password, **options)


def told_options(told: Told, hooks: Sequence[ExchangeHook]) -> Options:
    """What the global options say of any connection."""
    options: Options = {}
    if hooks:
        options["on_exchange"] = hooks
    if told.timeout is not None:
        options["timeout"] = told.timeout
    return options


def credentials(found: Target) -> tuple[str, Secret]:
    """The name and the password, which are asked for where that is possible and they are missing.

    Raises CommandError where it is not.
    """
    import click

    if found.username is not None and found.password is not None:
        return found.username, found.password
    if not terminal.is_interactive():
        if found.profile is not None:
            raise CommandError(
                f"the profile {found.profile!r} has no token: 'rhev login --profile"
                f" {found.profile}' gets one",
                NOT_ALLOWED,
            )
        missing = "username" if found.username is None else "password"
        raise CommandError(
            f"no {missing} for {found.url}, and nobody can be asked here: set RHEV_USERNAME and"
            " RHEV_PASSWORD, or RHEV_TOKEN; or log in with 'rhev login'",
            NOT_ALLOWED,
        )
    username = found.username or click.prompt("Username", default="admin@internal", err=True)
    password = found.password or Secret(
        click.prompt(f"Password of {username}", hide_input=True, err=True)
    )
    return username, password
