"""Where to connect: profiles and their tokens, CAs that are asked about, and no secret anywhere."""

from __future__ import annotations

import hashlib
import ssl
import stat
from typing import TYPE_CHECKING

import pytest

from rhev.cli import terminal
from rhev.simulator import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

    from rhev.simulator.wire.server import Server
    from tests.cli.conftest import Command

PASSWORD = "not-to-be-seen-anywhere"


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = Engine(speed=50)
    engine.set_credentials(password=PASSWORD)
    return engine


@pytest.fixture(scope="module")
def secure(engine: Engine) -> Iterator[Server]:
    with engine.serve(tls=True) as server:
        yield server


def fingerprint(engine: Engine) -> str:
    der = ssl.PEM_cert_to_DER_cert(engine.certificate.decode())
    return hashlib.sha256(der).hexdigest()


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is someone to ask."""
    monkeypatch.setattr(terminal, "is_interactive", lambda: True)


def log_in(alone: Command, secure: Server, engine: Engine, *more: str) -> Result:
    return alone(
        *("login", secure.url, "--username", secure.username, "--password-stdin"),
        *("--ca-fingerprint", fingerprint(engine), "--profile", "lab", *more),
        input=f"{PASSWORD}\n",
    )


def test_a_token_is_kept_and_never_the_password(
    alone: Command, secure: Server, engine: Engine, settings: Path
) -> None:
    result = log_in(alone, secure, engine, "-v")
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"as {secure.username}; profile 'lab'." in result.stderr
    assert "POST https://127.0.0.1" in result.stderr
    kept = settings.read_text()
    assert PASSWORD not in kept + result.output
    assert stat.S_IMODE(settings.stat().st_mode) == 0o600

    listed = alone("list", "clusters", "-o", "name", "-v")
    assert (listed.exit_code, listed.stdout) == (0, "Default\n")
    token = kept.partition('token = "')[2].partition('"')[0]
    assert token
    assert token not in listed.output + result.output + alone("profiles").output


def test_the_ca_is_shown_and_asked_about_once(
    alone: Command, secure: Server, engine: Engine, answered: None
) -> None:
    result = alone("login", secure.url, "--username", secure.username, input=f"y\n{PASSWORD}\n")
    assert result.exit_code == 0, result.stderr
    digits = fingerprint(engine).upper()
    assert ":".join(digits[at : at + 2] for at in range(0, 64, 2)) in result.stderr
    assert "Is this the engine's CA" in result.stderr
    again = alone("login", "--profile", "127.0.0.1", input=f"{PASSWORD}\n")
    assert again.exit_code == 0
    assert "CA" not in again.stderr


def test_a_ca_that_is_not_wanted_is_not_kept(
    alone: Command, secure: Server, answered: None, settings: Path
) -> None:
    assert alone("login", secure.url, "--username", secure.username, input="n\n").exit_code == 1
    assert not settings.exists()


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["--password-stdin"], 5, "nobody can be asked here: give --ca-fingerprint or --ca-file"),
        (["--ca-fingerprint", "00" * 32], 5, "either this is not the engine, or its CA was made"),
        (["--ca-fingerprint", "zz"], 2, "64 hexadecimal digits"),
        (["--ca-file", "/nowhere.pem"], 2, "there is no such file"),
    ],
)
def test_nothing_secret_is_sent_to_what_is_not_trusted(
    alone: Command, secure: Server, settings: Path, more: list[str], code: int, said: str
) -> None:
    result = alone("login", secure.url, "--username", secure.username, *more, input="secret\n")
    assert result.exit_code == code
    assert said in result.stderr
    assert not settings.exists()


def test_a_wrong_password_is_not_allowed(alone: Command, served: Server, settings: Path) -> None:
    asked = ("login", served.url, "--username", served.username, "--password-stdin")
    result = alone(*asked, input="wrong-password\n")
    assert result.exit_code == 4
    assert result.stderr.startswith("error: the engine refused the login")
    assert "wrong-password" not in result.stderr
    assert not settings.exists()


def test_an_expired_token_is_said_clearly(alone: Command, secure: Server, engine: Engine) -> None:
    log_in(alone, secure, engine)
    engine.faults.expire("/clusters*")
    result = alone("list", "clusters")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == (
        "error: the token of the profile 'lab' is not valid any more: 'rhev login --profile lab'"
        " gets another\n"
    )


def test_logging_out_ends_the_token_and_keeps_the_engine(
    alone: Command, secure: Server, engine: Engine, settings: Path
) -> None:
    log_in(alone, secure, engine)
    token = settings.read_text().partition('token = "')[2].partition('"')[0]
    assert alone("logout").exit_code == 0
    assert token not in settings.read_text()
    assert "lab" in alone("profiles").stdout
    after = alone("list", "clusters")
    assert after.exit_code == 4
    assert "'rhev login --profile lab' gets one" in after.stderr
    assert alone("list", "clusters", input="").exit_code == 4
    assert alone("profiles", "remove", "lab").exit_code == 0
    assert alone("profiles", "-o", "json").stdout == "[]\n"


def test_a_token_goes_to_no_other_engine(
    alone: Command, secure: Server, served: Server, engine: Engine
) -> None:
    log_in(alone, secure, engine)
    result = alone("list", "clusters", "--url", served.url)
    assert result.exit_code == 4
    assert "no username for" in result.stderr


def test_credentials_of_the_environment_go_to_no_other_engine(
    rhev: Command, secure: Server
) -> None:
    result = rhev("list", "clusters", "--url", secure.url, "--insecure")
    assert result.exit_code == 4
    assert "no username for" in result.stderr


def test_a_file_that_others_may_read_is_refused(
    alone: Command, secure: Server, engine: Engine, settings: Path
) -> None:
    log_in(alone, secure, engine)
    settings.chmod(0o644)
    result = alone("list", "clusters")
    assert result.exit_code == 2
    assert f"chmod 600 '{settings}'" in result.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "config.toml: Expected '='"),
        ("default = 'x'", "default names the profile 'x'"),
        ("[profiles.a]\nurl = 1", "profiles.a.url is no str"),
        ("[profiles.a]\nurl = 'u'\npassword = 'x'", "profiles.a has an unknown 'password'"),
    ],
)
def test_a_file_with_a_flaw_is_said_where(
    alone: Command, settings: Path, text: str, said: str
) -> None:
    settings.parent.mkdir()
    settings.write_text(text)
    settings.chmod(0o600)
    result = alone("list", "vms")
    assert result.exit_code == 2
    assert said in result.stderr


def test_the_default_profile_can_be_changed(alone: Command, settings: Path) -> None:
    settings.parent.mkdir()
    settings.write_text('default = "a"\n[profiles.a]\nurl = "https://a/x"\n')
    with settings.open("a") as file:
        file.write('[profiles."b.c"]\nurl = "https://b/x"\nusername = "\\"q\\""\n')
    settings.chmod(0o600)
    assert alone("profiles", "use", "b.c").exit_code == 0
    assert alone("profiles", "-o", "name").stdout.split() == ["a", "b.c"]
    assert 'default = "b.c"' in settings.read_text()
    assert 'username = "\\"q\\""' in settings.read_text()
    assert alone("profiles", "use", "d").exit_code == 3


def test_without_an_engine_it_is_said_how_to_name_one(alone: Command) -> None:
    result = alone("list", "vms")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: no engine is named: 'rhev login' keeps one")
