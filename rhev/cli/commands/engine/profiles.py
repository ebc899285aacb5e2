"""``rhev profiles``: the engines that are kept, and which of them is meant."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from rhev.cli.completing import ProfileName
from rhev.cli.connecting import profiles as kept_profiles

if TYPE_CHECKING:
    from rhev.cli.session import Session


@click.group("profiles", invoke_without_command=True)
@click.pass_context
def profiles(ctx: click.Context) -> None:
    """Show the engines that are kept: * is the one that is meant where none is named."""
    if ctx.invoked_subcommand is not None:
        return
    session: Session = ctx.obj
    kept = kept_profiles.load()
    rows = [
        {
            "name": name,
            "default": "*" if name == kept.default else "",
            "url": profile.url,
            "username": profile.username or "",
            "token": _state(profile),
        }
        for name, profile in kept.by_name.items()
    ]
    if not rows:
        session.say("No engine is kept: 'rhev login URL' keeps one.")
    session.out.records(("name", "default", "url", "username", "token"), rows)


@profiles.command("use")
@click.argument("name", type=ProfileName())
@click.pass_obj
def use(session: Session, name: str) -> None:
    """Let the profile NAME be meant where none is named."""
    kept = kept_profiles.load()
    kept.get(name)
    kept.default = name
    kept_profiles.save(kept)
    session.say(f"{name!r} is meant from now on.")


@profiles.command("remove")
@click.argument("name", type=ProfileName())
@click.pass_obj
def remove(session: Session, name: str) -> None:
    """Forget the profile NAME: its token, its address and its CA."""
    kept = kept_profiles.load()
    kept.remove(name)
    kept_profiles.save(kept)
    session.say(f"{name!r} is forgotten.")


def _state(profile: kept_profiles.Profile) -> str:
    if profile.token is None:
        return "none"
    if profile.expires is not None and profile.expires < time.time():
        return "expired"
    return "kept"
