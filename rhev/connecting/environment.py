"""What a program is told by the variables of its environment.

Those that begin with ``RHEV_`` are rhev's own. Where there are none, the ones are read that other
clients of these engines take, which begin with ``OVIRT_``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from rhev.secrets import Secret, hide_user

PREFIXES: Final = ("RHEV_", "OVIRT_")
LOG: Final = "RHEV_LOG"

_FALSE = frozenset({"", "0", "false", "no", "off"})
_TRUE = frozenset({"1", "true", "yes", "on"})


@dataclass(frozen=True, slots=True)
class Environment:
    """What the variables say of an engine and of who asks. An empty one says nothing."""

    url: str
    username: str | None = None
    password: Secret | None = None
    token: Secret | None = None
    ca_file: str | None = None
    ca_fingerprint: str | None = None
    insecure: bool = False
    timeout: float | None = None
    read_timeout: float | None = None


Variables: TypeAlias = Callable[[str], str | None]
"""The value of a variable, as :func:`os.getenv` gives it: a mapping would show them all."""


def read(variables: Variables) -> Environment:
    """Raises ValueError, which names the variable, for what is missing or cannot be right."""
    url = hide_user(_first(variables, "URL"))
    if url is None:
        host = variables("OVIRT_HOSTNAME")
        if not host:
            raise ValueError("no engine is named: set RHEV_URL (or OVIRT_URL) to its address")
        url = f"https://{host}"
    username, password, token = _credentials(variables)
    return Environment(
        url,
        username,
        password,
        token,
        _first(variables, "CA_FILE", "CAFILE"),
        _first(variables, "CA_FINGERPRINT"),
        _flag(variables),
        _seconds(variables, "RHEV_TIMEOUT"),
        _seconds(variables, "RHEV_READ_TIMEOUT"),
    )


def _first(variables: Variables, *names: str) -> str | None:
    for prefix in PREFIXES:
        for name in names:
            if value := variables(prefix + name):
                return value
    return None


def _credentials(
    variables: Variables,
) -> tuple[str | None, Secret | None, Secret | None]:
    """A name and a password, or a token, all of one origin."""
    for prefix in PREFIXES:
        token = Secret.of(variables(f"{prefix}TOKEN") or None)
        if token is not None:
            return None, None, token
        username = variables(f"{prefix}USERNAME") or None
        password = Secret.of(variables(f"{prefix}PASSWORD") or None)
        if (username is None) != (password is None):
            missing = "USERNAME" if username is None else "PASSWORD"
            raise ValueError(
                f"{prefix}USERNAME and {prefix}PASSWORD go together, or {prefix}TOKEN alone:"
                f" {prefix}{missing} is not set"
            )
        if username is not None:
            return username, password, None
    return None, None, None


def _flag(variables: Variables) -> bool:
    for prefix in PREFIXES:
        name = f"{prefix}INSECURE"
        if value := variables(name):
            if value.lower() not in _TRUE | _FALSE:
                raise ValueError(f"{name} is 'true' or 'false', not {value!r}")
            return value.lower() in _TRUE
    return False


def _seconds(variables: Variables, name: str) -> float | None:
    """No other client has a variable for it, so that there is none but our own."""
    value = variables(name)
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise ValueError(f"{name} is a number of seconds above 0, not {value!r}")
    return seconds


def start_logging(wanted: str | None) -> None:
    """Lets ``rhev`` log to the standard error, where ``RHEV_LOG`` asks for it.

    ``debug`` is a line for every exchange, ``bodies`` also what was sent and received, without
    secrets. Handlers that the program has set itself are used instead. Raises ValueError for
    anything else.
    """
    if not wanted:
        return
    if wanted.lower() not in ("debug", "bodies"):
        raise ValueError(f"{LOG} is 'debug' or 'bodies', not {wanted!r}")
    import logging

    logger = logging.getLogger("rhev")
    logger.setLevel(logging.DEBUG)
    if wanted.lower() == "bodies":
        logging.getLogger("rhev.bodies").setLevel(logging.DEBUG)
    if not logger.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
        logger.addHandler(handler)
