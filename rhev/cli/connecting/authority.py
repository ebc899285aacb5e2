"""The CA of an engine that is logged in to for the first time: shown, asked about, and kept."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from rhev.cli.exits import NOT_REACHED, USAGE, CommandError

if TYPE_CHECKING:
    from rhev.cli.session import Session


def authority(session: Session, url: str, expected: str | None) -> str | None:
    """The CA to trust, in PEM form; None where the system trusts the engine at a URL already.

    ``expected`` is its fingerprint, where that is known. Raises CommandError for another one, and
    where there is nobody to ask.
    """
    from rhev.transport import HttpTransport, Request, origin
    from rhev.transport.risks import CA_PATH
    from rhev.transport.trust import certificates, fingerprint

    where = origin(url)
    wanted = None
    if expected is not None:
        try:
            wanted = fingerprint(expected)
        except ValueError as error:
            raise CommandError(str(error).replace("ca_fingerprint=", ""), USAGE) from None
    elif _is_trusted(where):
        return None
    with closing(HttpTransport(insecure=True, warn=False)) as transport:
        answer = transport.send(Request("GET", where + CA_PATH))
    shown = certificates(answer.content)
    if not shown:
        raise CommandError(
            f"{where} has a certificate of an unknown CA, and names none: give --ca-file",
            NOT_REACHED,
        )
    if wanted is not None:
        if wanted not in shown:
            raise CommandError(
                f"the engine's CA has the fingerprint {' and '.join(shown)}, not {wanted}: either"
                " this is not the engine, or its CA was made anew; ask whoever runs it",
                NOT_REACHED,
            )
        return shown[wanted]
    for digest in shown:
        session.say(f"The CA of {where} has the fingerprint\n  {_grouped(digest)}", kind="ask")
    if not session.interactive:
        raise CommandError(
            "this CA is not known, and nobody can be asked here: give --ca-fingerprint or"
            " --ca-file",
            NOT_REACHED,
        )
    session.confirm("Is this the engine's CA, as whoever runs it says?")
    return "\n".join(shown.values()) + "\n"


def _is_trusted(origin: str) -> bool:
    """Whether the system's CAs vouch for what answers there."""
    from rhev import errors
    from rhev.transport import HttpTransport, Request
    from rhev.transport.risks import CA_PATH

    with closing(HttpTransport()) as transport:
        try:
            transport.send(Request("GET", origin + CA_PATH))
        except errors.ConnectionError as error:
            if "certificate" in error.message.lower():
                return False
            raise
    return True


def _grouped(digest: str) -> str:
    """A fingerprint as openssl prints it, beside which people hold it."""
    digits = digest.removeprefix("sha256:").upper()
    return "SHA-256 " + ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
