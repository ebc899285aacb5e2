"""The profiles that ``rhev login`` keeps: engines, and the tokens that were had of them.

They are in ``rhev/config.toml`` of the user's folder for settings, which nobody else may read. No
password is ever in it.
"""

from __future__ import annotations

import json
import os
import re
import stat
import sys
import tempfile
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from rhev.cli.exits import NOT_FOUND, USAGE, CommandError
from rhev.secrets import Secret

_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")


@dataclass(frozen=True, slots=True)
class Profile:
    """An engine, and who asks it. ``ca`` is the text of the certificates to trust.

    ``expires`` is in seconds of the epoch, where the engine said when the token does.
    """

    url: str
    username: str | None = None
    ca: str | None = field(default=None, repr=False)
    insecure: bool = False
    token: Secret | None = None
    expires: float | None = None


@dataclass(slots=True)
class Profiles:
    """All profiles by their names, and the one that is meant where none is named."""

    default: str | None
    by_name: dict[str, Profile]

    def get(self, name: str) -> Profile:
        """The profile of a name. Raises CommandError, which says which there are."""
        if name not in self.by_name:
            known = ", ".join(self.by_name) or "none yet: 'rhev login' makes one"
            raise CommandError(f"there is no profile {name!r}; there are: {known}", NOT_FOUND)
        return self.by_name[name]

    def keep(self, name: str, profile: Profile) -> None:
        """Puts a profile in, in the place of one of the same name; the first is the default."""
        self.by_name[checked_name(name)] = profile
        self.default = self.default or name

    def remove(self, name: str) -> None:
        """Takes a profile out. Raises CommandError where there is none."""
        self.get(name)
        del self.by_name[name]
        if self.default == name:
            self.default = next(iter(self.by_name), None)


def checked_name(name: str) -> str:
    """The name of a profile. Raises CommandError for what cannot be one."""
    if not _NAME.fullmatch(name):
        raise CommandError(f"{name!r} is no name of a profile: letters, digits, _, . and -", USAGE)
    return name


def location() -> Path:
    """Where the file is: ``$XDG_CONFIG_HOME/rhev/config.toml``, or as the system has it."""
    home = os.environ.get("XDG_CONFIG_HOME")
    if not home and sys.platform == "win32":
        home = os.environ.get("APPDATA")
    return (Path(home) if home else Path.home() / ".config") / "rhev" / "config.toml"


def load() -> Profiles:
    """What the file holds; nothing where there is none.

    Raises CommandError for one that cannot be read, or that others could.
    """
    path = location()
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read()
    except FileNotFoundError:
        return Profiles(None, {})
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", USAGE) from None
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise CommandError(
            f"{path} has tokens in it, and others may read it: chmod 600 '{path}'", USAGE
        )
    try:
        return _read(tomllib.loads(content.decode()))
    except (ValueError, TypeError) as error:  # what is wrong in TOML or UTF-8 is one, too
        raise CommandError(f"{path}: {error}", USAGE) from None


def save(profiles: Profiles) -> None:
    """Writes the file anew, all of it or not at all, for the user alone."""
    path = location()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A temporary file is its owner's alone from the beginning
    handle, temporary = tempfile.mkstemp(prefix=".config-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(_written(profiles))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


_TYPES: Final[dict[str, tuple[type, ...]]] = {"insecure": (bool,), "expires": (int, float)}


def _read(document: dict[str, Any]) -> Profiles:
    found = {}
    for name, told in document.get("profiles", {}).items():
        known = {attribute.name for attribute in fields(Profile)}
        for key, value in told.items():
            if key not in known:
                raise ValueError(f"profiles.{name} has an unknown {key!r}")
            if not isinstance(value, _TYPES.get(key, (str,))):
                raise TypeError(
                    f"profiles.{name}.{key} is no {_TYPES.get(key, (str,))[0].__name__}"
                )
        if "url" not in told:
            raise ValueError(f"profiles.{name} has no url")
        token = Secret.of(told.pop("token", None))
        found[name] = Profile(**told, token=token)
    default = document.get("default")
    if default is not None and default not in found:
        raise ValueError(f"default names the profile {default!r}, which there is not")
    return Profiles(default, found)


def _written(profiles: Profiles) -> str:
    lines = [] if profiles.default is None else [f"default = {_text(profiles.default)}"]
    for name, profile in profiles.by_name.items():
        lines += ["", f"[profiles.{_text(name)}]", f"url = {_text(profile.url)}"]
        if profile.username is not None:
            lines.append(f"username = {_text(profile.username)}")
        if profile.insecure:
            lines.append("insecure = true")
        if profile.token is not None:
            lines.append(f"token = {_text(profile.token.reveal())}")
        if profile.expires is not None:
            lines.append(f"expires = {profile.expires}")
        if profile.ca is not None:
            lines.append(f"ca = {_text(profile.ca)}")
    return "\n".join(lines).lstrip("\n") + "\n"


def _text(text: str) -> str:
    """A basic string of TOML, which is one of JSON but for a character that is deleted."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
