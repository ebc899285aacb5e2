"""What the command says of an engine: that it answers, its version, events and jobs."""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING

import rhev as package
from rhev import schema

if TYPE_CHECKING:
    from rhev.simulator import Engine
    from tests.cli.conftest import Command


def test_ping_says_how_long_the_answer_took(rhev: Command) -> None:
    result = rhev("ping", "-o", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["milliseconds"] >= 0


def test_no_engine_is_a_code_of_its_own(alone: Command) -> None:
    result = alone("ping", "--url", "http://127.0.0.1:9/ovirt-engine/api", "--username", "a@b")
    assert result.exit_code == 4  # nobody can be asked for the password
    result = alone(
        "login", "http://127.0.0.1:9", "--username", "a@b", "--password-stdin", input="x"
    )
    assert result.exit_code == 5
    assert result.stderr.startswith("error: no connection to http://127.0.0.1:9")


def test_the_version_is_that_of_both(rhev: Command, engine: Engine) -> None:
    with engine.connect() as conn:
        version = str(conn.version())
    assert json.loads(rhev("version", "-o", "json").stdout) == {
        "rhev": package.__version__,
        "engine": version,
    }


def test_the_version_here_needs_no_engine(alone: Command) -> None:
    assert alone("version", "--client").stdout.split() == ["rhev", package.__version__]
    assert alone("version").exit_code == 0
    assert alone("--version").stdout == f"rhev {package.__version__}\n"


def test_the_newest_events_are_shown_the_oldest_first(rhev: Command) -> None:
    ids = [int(id_) for id_ in rhev("events", "--max", "5", "-o", "name").stdout.split()]
    assert len(ids) == 5
    assert ids == sorted(ids)
    after = rhev("events", "--after", str(ids[-2]), "-o", "jsonpath={.event[*].id}")
    assert after.stdout == f"{ids[-1]}\n"


def test_events_are_followed_as_they_come(rhev: Command, engine: Engine) -> None:
    with engine.connect() as conn:

        def start() -> None:
            engine.requests.clear()
            while not any("/events" in path for _, path in engine.requests):
                time.sleep(0.02)
            conn.get(schema.VM, name="web-03").start()

        thread = threading.Thread(target=start)
        thread.start()
        result = rhev("events", "--follow", "--for", "2", "-o", "json")
        thread.join()
    assert result.exit_code == 0
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert any("web-03" in event["description"] for event in events)


def test_jobs_are_shown_with_their_steps(rhev: Command, engine: Engine) -> None:
    with engine.connect() as conn:
        conn.wait_for_job(conn.get(schema.VM, name="web-02").shutdown(), interval=0.05)
    assert "web-02" in rhev("jobs").stdout
    steps = rhev("jobs", "--steps").stdout.splitlines()
    assert any(line.startswith("  finished") for line in steps)
    assert rhev("jobs", "--running", "-o", "name").stdout == ""


def test_requests_are_shown_on_stderr_without_secrets(rhev: Command, engine: Engine) -> None:
    result = rhev("-v", "list", "clusters", "-o", "name")
    assert result.stdout.split() == ["databases", "Default"]
    assert "GET http://127.0.0.1" in result.stderr
    assert "/clusters -> 200, " in result.stderr
    assert engine.password not in result.stderr


def test_quiet_says_nothing_but_data_and_errors(rhev: Command) -> None:
    asked = ("list", "vms", "--search", "name = nobody")
    assert rhev(*asked).stderr == "There are no vms that match.\n"
    assert rhev(*asked, "--quiet").stderr == ""
    assert rhev("--quiet", "get", "vm", "nope").stderr != ""


def test_a_demonstration_needs_nothing(alone: Command) -> None:
    result = alone("list", "clusters", "--demo", "-o", "name")
    assert result.stdout.split() == ["databases", "Default"]
