"""Which engine is meant: by the global options, or else by the environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rhev.cli.exits import USAGE, CommandError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rhev.cli.session import Told
    from rhev.connecting.settings import Options
    from rhev.connection import Connection
    from rhev.transport import ExchangeHook


def connect(told: Told, hooks: Sequence[ExchangeHook]) -> Connection:
    """A connection to the engine that is meant. Raises CommandError where none is."""
    options: Options = {}
    if hooks:
        options["on_exchange"] = hooks
    if told.timeout is not None:
        options["timeout"] = told.timeout
    if told.demo:
        from rhev.simulator import Engine

        return Engine.demo().connect(**options)
    from rhev.connection import Connection

    if told.insecure:
        options["insecure"] = True
    elif told.ca_file is not None:
        options["ca_file"] = told.ca_file
    environ = {
        **os.environ,
        **({"RHEV_URL": told.url} if told.url else {}),
        **({"RHEV_USERNAME": told.username} if told.username else {}),
    }
    if not (environ.get("RHEV_URL") or environ.get("OVIRT_URL") or environ.get("OVIRT_HOSTNAME")):
        raise CommandError("no engine is named: give --url, set RHEV_URL, or try --demo", USAGE)
    from rhev.connecting import environment

    try:
        read = environment.read(environ.get)
    except ValueError as error:
        raise CommandError(str(error), USAGE) from None
    if read.token is not None:
        from rhev.transport import TokenAuth

        options["auth"] = TokenAuth(read.token)
        return Connection(read.url, **options)
    return Connection(read.url, read.username, read.password, **options)
