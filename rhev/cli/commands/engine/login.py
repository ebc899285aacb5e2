"""``rhev login`` and ``rhev logout``: a token that later commands ask with, and its end."""

from __future__ import annotations

import re
import sys
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from rhev.cli.connecting import profiles
from rhev.cli.connecting.authority import authority
from rhev.cli.connecting.target import Target, address, credentials
from rhev.cli.exits import NOT_ALLOWED, NOT_FOUND, NOT_REACHED, USAGE, CommandError
from rhev.secrets import Secret

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rhev.cli.session import Session
    from rhev.transport import ExchangeHook, HttpTransport, Request, Response, Transport


@click.command("login")
@click.argument("url", required=False, metavar="[URL]")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of the input."
)
@click.option("--kerberos", is_flag=True, help="By the ticket that you have, without a password.")
@click.option(
    "--ca-fingerprint",
    metavar="SHA256",
    help="Trust the CA that the engine names if it has this fingerprint, without asking.",
)
@click.pass_obj
def login(
    session: Session,
    url: str | None,
    password_stdin: bool,
    kerberos: bool,
    ca_fingerprint: str | None,
) -> None:
    """Log in to the engine at URL, and keep a token for later commands.

    It is kept in a profile, --profile NAME or the engine's host, in a file that only you may read.
    The password is asked for, or taken from RHEV_PASSWORD or the input; it is not kept. An engine
    whose CA is not known shows it by its fingerprint, and once you agree it is kept.
    """
    from rhev import errors
    from rhev.connection import Connection
    from rhev.transport import KerberosAuth, SsoAuth, TokenAuth
    from rhev.transport.tokens import fetch_token

    kept = profiles.load()
    found = _target(session, url, kept)
    if found.ca is None and not found.insecure and found.url.startswith("https://"):
        found = replace(found, ca=authority(session, found.url, ca_fingerprint))
    if kerberos:
        auth: SsoAuth | KerberosAuth = KerberosAuth()
    else:
        password = Secret(first_line()) if password_stdin else _password()
        auth = SsoAuth(*credentials(replace(found, token=None, password=password, profile=None)))
    with closing(_transport(found)) as transport:
        try:
            token = fetch_token(auth, _Seen(transport, session.hooks), found.url)
        except errors.AuthenticationFailed as error:
            raise CommandError(
                f"the engine refused the login: {error.message}", NOT_ALLOWED
            ) from None
    options = found.options()
    options["auth"] = TokenAuth(token.value)
    with Connection(found.url, **options) as conn:
        api = conn.api()
        version = conn.version()
    user = api.authenticated_user
    username = auth.username if isinstance(auth, SsoAuth) else (user and user.user_name)
    name = session.told.profile or found.profile or urlsplit(found.url).hostname or "engine"
    kept.keep(
        name,
        profiles.Profile(
            found.url,
            username or None,
            _text_of(found.ca),
            insecure=found.insecure,
            token=token.value,
            expires=token.expires,
        ),
    )
    profiles.save(kept)
    session.say(f"Logged in to {found.url} (engine {version}) as {username}; profile {name!r}.")


@click.command("logout")
@click.pass_obj
def logout(session: Session) -> None:
    """Give the token of a profile back to its engine, and forget it.

    It is that of --profile NAME, or the default one. The engine's address and its CA are kept:
    'rhev profiles remove NAME' forgets those, too.
    """
    from rhev import errors
    from rhev.transport.tokens import Token, revoke_token

    kept = profiles.load()
    name = session.told.profile or kept.default
    if name is None:
        raise CommandError("there is no profile to log out of", NOT_FOUND)
    profile = kept.get(name)
    if profile.token is None:
        session.say(f"The profile {name!r} has no token.")
        return
    found = Target(profile.url, ca=profile.ca, insecure=profile.insecure)
    kept.keep(name, replace(profile, token=None, expires=None))
    try:
        with closing(_transport(found)) as transport:
            revoke_token(Token(profile.token), _Seen(transport, session.hooks), profile.url)
    except errors.ConnectionError as error:
        profiles.save(kept)
        raise CommandError(
            f"the token of {name!r} is forgotten here, but the engine was not told:"
            f" {error.message}",
            NOT_REACHED,
        ) from None
    profiles.save(kept)
    session.say(f"Logged out of {profile.url}; the profile {name!r} has no token now.")


def _target(session: Session, url: str | None, kept: profiles.Profiles) -> Target:
    told = session.told
    url = url or told.url
    known = kept.by_name.get(told.profile) if told.profile else None
    if known is None and url is None and told.profile is None and kept.default:
        known = kept.by_name[kept.default]
    if url is None and known is None:
        if not session.interactive:
            raise CommandError("no engine is named: rhev login URL", USAGE)
        url = click.prompt("Address of the engine", err=True)
    where = address(url) if url is not None else known.url if known is not None else ""
    found = Target(where, told.username)
    if known is not None and known.url == where:
        name = told.profile or kept.default
        found = Target(
            where,
            told.username or known.username,
            ca=known.ca,
            insecure=known.insecure,
            profile=name,
        )
    return found.trusting(told)


def _transport(found: Target) -> HttpTransport:
    from rhev.transport import HttpTransport

    if found.insecure:
        return HttpTransport(insecure=True)
    return HttpTransport(ca_file=found.ca)


class _Seen:
    """A transport whose exchanges are shown, where people want to see them."""

    def __init__(self, transport: Transport, hooks: Sequence[ExchangeHook]) -> None:
        from rhev.transport import Observer, ObservingTransport

        self._transport = ObservingTransport(transport)
        self._observer = Observer(hooks)

    def send(self, request: Request) -> Response:
        """Send the request, and show it."""
        return self._transport.send(replace(request, observer=self._observer))

    def close(self) -> None:
        """Close the transport within."""
        self._transport.close()


def _password() -> Secret | None:
    from rhev.cli.connecting.target import of_environment

    return Secret.of(of_environment("RHEV_PASSWORD", "OVIRT_PASSWORD"))


def first_line() -> str:
    """The password that the input has. Raises CommandError where it has none."""
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise CommandError("--password-stdin: there is no password in the input", USAGE)
    return line


def _text_of(ca: str | None) -> str | None:
    """The certificates of a CA as text, so that a profile goes on without the file."""
    if ca is None or "-----BEGIN CERTIFICATE-----" in ca:
        return ca
    from pathlib import Path

    found = re.findall(
        r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----",
        Path(ca).read_text(encoding="ascii", errors="replace"),
        re.DOTALL,
    )
    return "\n".join(found) + "\n"
