"""What a program is told by its environment: the engine, the credentials, the log."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from rhev import AsyncConnection, Connection, CredentialsError, schema
from rhev.connecting.environment import read, start_logging
from rhev.secrets import Secret
from rhev.simulator import Engine
from rhev.transport import InsecureWarning, TokenAuth

if TYPE_CHECKING:
    from collections.abc import Iterator

FACES: list[Any] = [Connection, AsyncConnection]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An environment in which nothing is said yet."""
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("RHEV_", "OVIRT_"))}
    monkeypatch.setattr("os.environ", bare)
    return bare


@pytest.fixture
def loggers() -> Iterator[None]:
    """What is done to the loggers is undone."""
    both = [logging.getLogger(name) for name in ("rhev", "rhev.bodies")]
    levels = [logger.level for logger in both]
    yield
    for logger, level in zip(both, levels, strict=True):
        logger.setLevel(level)
        logger.handlers.clear()


def test_the_names_that_other_clients_take_are_taken_too() -> None:
    told = read(
        {
            "OVIRT_URL": "https://o/ovirt-engine/api",
            "OVIRT_USERNAME": "me@internal",
            "OVIRT_PASSWORD": "secret",
            "OVIRT_CAFILE": "ca.pem",
            "OVIRT_INSECURE": "false",
        }.get
    )
    assert (told.url, told.username, told.password) == (
        "https://o/ovirt-engine/api",
        "me@internal",
        Secret("secret"),
    )
    assert (told.ca_file, told.insecure) == ("ca.pem", False)
    assert "secret" not in repr(told)
    assert read({"OVIRT_HOSTNAME": "o"}.get).url == "https://o"


def test_rhev_s_own_names_come_first() -> None:
    other = {"OVIRT_URL": "https://o", "OVIRT_TOKEN": "t", "OVIRT_CAFILE": "o.pem"}
    told = read(
        {
            **other,
            "RHEV_URL": "https://r",
            "RHEV_USERNAME": "me@internal",
            "RHEV_PASSWORD": "secret",
            "RHEV_CA_FILE": "r.pem",
            "RHEV_CA_FINGERPRINT": "",
        }.get
    )
    assert (told.url, told.username, told.token) == ("https://r", "me@internal", None)
    assert (told.ca_file, told.ca_fingerprint) == ("r.pem", None)
    assert read(other.get).token == Secret("t")


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "set RHEV_URL"),
        ({"RHEV_URL": ""}, "set RHEV_URL"),
        ({"RHEV_URL": "https://r", "RHEV_USERNAME": "a@b"}, "RHEV_PASSWORD is not set"),
        ({"RHEV_URL": "https://r", "OVIRT_PASSWORD": "x"}, "OVIRT_USERNAME is not set"),
        ({"RHEV_URL": "https://r", "RHEV_INSECURE": "maybe"}, "RHEV_INSECURE is 'true' or 'false'"),
        *(
            ({"RHEV_URL": "https://r", name: value}, f"^{name} is a number of seconds above 0, not")
            for name in ("RHEV_TIMEOUT", "RHEV_READ_TIMEOUT")
            for value in ("soon", "nan", "inf", "0", "-1", "1m")
        ),
    ],
)
@pytest.mark.parametrize("face", FACES)
def test_what_cannot_be_right_names_the_variable(
    face: Any, variables: dict[str, str], said: str, environment: dict[str, str]
) -> None:
    environment |= variables
    with pytest.raises(ValueError, match=said):
        face.from_environment()


@pytest.mark.parametrize("wire", ["json", "xml"])
def test_a_connection_from_the_environment(wire: Any, environment: dict[str, str]) -> None:
    async def program() -> str | None:
        async with AsyncConnection.from_environment(format=wire) as conn:
            return (await conn.get(schema.VM, name="web-01")).name

    with Engine.demo().serve() as server:
        environment["RHEV_URL"] = server.url
        environment["RHEV_USERNAME"] = server.username
        environment["RHEV_PASSWORD"] = server.password
        with Connection.from_environment(format=wire) as conn:
            assert conn.get(schema.VM, name="web-01").name == "web-01"
        assert asyncio.run(program()) == "web-01"


@pytest.mark.parametrize("face", FACES)
def test_what_is_given_is_taken_instead(face: Any, environment: dict[str, str]) -> None:
    trustme = pytest.importorskip("trustme", reason="makes the certificates")
    pem = trustme.CA().cert_pem.bytes().decode()
    environment |= {"RHEV_URL": "https://r", "RHEV_TOKEN": "t", "RHEV_CA_FILE": pem}
    conn = face.from_environment()
    assert conn._settings.auth == TokenAuth("t")
    assert conn._settings.ca_file == pem
    environment |= {"RHEV_TOKEN": "", "RHEV_USERNAME": "a@b", "RHEV_PASSWORD": "x"}
    conn = face.from_environment(auth=TokenAuth("mine"), ca_fingerprint="0" * 64)
    assert conn._settings.auth == TokenAuth("mine")
    assert conn._settings.username is None
    assert (conn._settings.ca_file, conn._settings.ca_fingerprint) == (None, "0" * 64)


@pytest.mark.parametrize("face", FACES)
def test_limits_of_time(face: Any, environment: dict[str, str]) -> None:
    environment |= {"RHEV_URL": "https://r", "RHEV_TIMEOUT": "300", "RHEV_READ_TIMEOUT": "2.5"}
    told = face.from_environment()._settings
    assert (told.timeout, told.read_timeout) == (300, 2.5)
    told = face.from_environment(timeout=5)._settings
    assert (told.timeout, told.read_timeout) == (5, 2.5)
    environment |= {"RHEV_TIMEOUT": "", "RHEV_READ_TIMEOUT": "1e300"}
    with pytest.raises(ValueError, match=r"^read_timeout= is a number of seconds above 0"):
        face.from_environment()


def test_what_is_checked_otherwise_is_checked_here(environment: dict[str, str]) -> None:
    environment |= {"RHEV_URL": "https://r", "RHEV_USERNAME": "me", "RHEV_PASSWORD": "x"}
    with pytest.raises(CredentialsError, match="names no profile"):
        Connection.from_environment()
    environment |= {"RHEV_USERNAME": "me@b", "RHEV_INSECURE": "yes"}
    with pytest.warns(InsecureWarning) as caught:
        Connection.from_environment()
    assert [warning.filename for warning in caught] == [__file__]


PROGRAM = """
from rhev import schema
from rhev.simulator import Engine
with Engine.demo().serve() as server:
    from rhev import Connection
    with Connection(server.url, server.username, server.password, format="{wire}") as conn:
        conn.create(schema.VM(
            name="logged",
            cluster=conn.get(schema.Cluster),
            template=conn.get(schema.Template, name="Blank"),
            initialization=schema.Initialization(root_password="hunter2", host_name="somehost"),
        ))
        print(server.password)
"""


@pytest.mark.parametrize("wire", ["json", "xml"])
@pytest.mark.parametrize("wanted", ["", "debug", "bodies"])
def test_what_a_program_logs(wire: str, wanted: str, environment: dict[str, str]) -> None:
    run = subprocess.run(  # noqa: S603 - a program of our own
        [sys.executable, "-c", PROGRAM.format(wire=wire)],
        env={**environment, "RHEV_LOG": wanted},
        check=True,
        capture_output=True,
        text=True,
    )
    log = run.stderr
    assert bool(log) == bool(wanted)
    if wanted:
        assert "POST /ovirt-engine/api/vms -> 201 in 0." in log
        assert "[correlation id " in log
    assert ("somehost" in log) == (wanted == "bodies")
    for secret in ("hunter2", "Authorization", "Bearer", run.stdout.strip()):
        assert secret not in log


@pytest.mark.usefixtures("loggers")
def test_a_program_that_logs_everything_itself_does_not_get_bodies(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "rhev")
    asyncio.run(Engine.demo().connect_async(correlation_id="mine").getall(schema.VM))
    assert "GET /ovirt-engine/api/vms -> 200" in caplog.text
    assert "[correlation id mine]" in caplog.text
    assert "web-01" not in caplog.text
    start_logging("bodies")
    asyncio.run(Engine.demo().connect_async().getall(schema.VM))
    assert "web-01" in caplog.text
    assert logging.getLogger("rhev").handlers == []


def test_another_level_is_refused(environment: dict[str, str]) -> None:
    environment["RHEV_LOG"] = "loud"
    with pytest.raises(ValueError, match="RHEV_LOG is 'debug' or 'bodies', not 'loud'"):
        Connection()
