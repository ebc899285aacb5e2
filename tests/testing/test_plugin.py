"""The fixtures that rhev gives to the tests of those who use it, as pytest finds them.

Each test is a suite of somebody else's, in a folder of its own, and where that matters in a process
of its own.
"""

from __future__ import annotations

from importlib.metadata import entry_points, requires

import pytest

from rhev import schema
from rhev.simulator import Engine

pytest_plugins = ["pytester"]


@pytest.fixture(scope="module")
def loaded() -> None:
    """All modules that an engine needs: a suite in this process forgets what it loads itself."""
    Engine.demo().connect().getall(schema.VM)


@pytest.fixture
def run(pytester: pytest.Pytester, loaded: None) -> pytest.Pytester:
    pytester.makeini("[pytest]\naddopts = --strict-markers -p no:cacheprovider")
    return pytester


def passed(pytester: pytest.Pytester, tests: str, *, alone: bool = False) -> None:
    pytester.makepyfile(tests)
    run = pytester.runpytest_subprocess if alone else pytester.runpytest_inprocess
    # The plugin of anyio, of whose import pytest warns, is loaded in some environments.
    result = run("-W", "error", "-p", "no:anyio")
    outcomes = result.parseoutcomes()
    assert outcomes.keys() == {"passed"}, result.stdout.str()


def test_an_engine_and_a_connection_to_it(run: pytest.Pytester) -> None:
    passed(
        run,
        """
        from rhev import Connection, schema
        from rhev.simulator import Engine

        def test_a_machine_is_started(rhev_engine: Engine, rhev_connection: Connection) -> None:
            vm = rhev_connection.get(schema.VM, name="web-03")
            before = rhev_engine.clock()
            vm.start()
            vm.wait_for_status("up")
            assert 1 < rhev_engine.clock() - before < 10
            assert ("POST", f"{vm.href}/start") in rhev_engine.requests

        def test_the_next_test_has_another_engine(rhev_connection: Connection) -> None:
            vm = rhev_connection.get(schema.VM, name="web-03")
            assert vm.status == "down"
            assert str(rhev_connection.api().time) == "2026-01-01 00:00:00+00:00"
        """,
        alone=True,
    )


def test_an_asynchronous_connection(run: pytest.Pytester) -> None:
    passed(
        run,
        """
        import asyncio
        from rhev import schema

        def test_a_machine_is_started(rhev_async_connection):
            async def program():
                vm = await rhev_async_connection.get(schema.VM, name="web-03")
                await rhev_async_connection.run(vm.start)
                return await rhev_async_connection.wait_for_status(vm, "up")

            assert asyncio.run(program()).status == "up"
        """,
    )


def test_an_engine_on_a_port(run: pytest.Pytester) -> None:
    passed(
        run,
        """
        import time
        from urllib.request import urlopen

        import pytest

        @pytest.mark.rhev(clock=time.time)
        def test_a_program_that_is_given_an_address(rhev_server, rhev_engine):
            assert rhev_server.password == rhev_engine.password
            address = rhev_server.url.removesuffix("api") + "services/health"
            assert b"DB Up" in urlopen(address).read()
            assert abs(rhev_engine.clock() - time.time()) < 60
        """,
    )


def test_another_estate_by_a_marker(run: pytest.Pytester) -> None:
    passed(
        run,
        """
        import pytest
        from rhev import schema

        pytestmark = pytest.mark.rhev(estate="new", speed=10)

        def test_a_new_engine_has_no_machine(rhev_connection):
            assert not rhev_connection.getall(schema.VM)

        @pytest.mark.rhev(estate="demo")
        def test_the_nearest_marker_says_it(rhev_connection, rhev_engine):
            vm = rhev_connection.get(schema.VM, name="web-03")
            vm.start()
            rhev_engine.advance(0.2)
            assert rhev_connection.reload(vm).status == "up"
        """,
    )


def test_another_estate_by_the_settings(run: pytest.Pytester) -> None:
    run.makeini("[pytest]\nrhev_estate = new")
    passed(
        run,
        """
        from rhev import schema

        def test_a_new_engine_has_no_machine(rhev_connection):
            assert not rhev_connection.getall(schema.VM)
        """,
    )


def test_an_estate_from_a_file(run: pytest.Pytester) -> None:
    run.makefile(".yaml", estate="vms: [{name: web, memory: 1 GiB}]")
    passed(
        run,
        """
        import pytest
        from rhev import schema

        @pytest.mark.rhev(estate="estate.yaml")
        def test_what_it_describes_is_there(rhev_connection, rhev_engine, tmp_path):
            assert rhev_connection.get(schema.VM, name="web").memory == schema.GiB
        """,
    )


def test_another_engine_by_a_fixture_of_the_same_name(run: pytest.Pytester) -> None:
    run.makeconftest(
        """
        import pytest
        from rhev import schema

        @pytest.fixture
        def rhev_engine(rhev_engine):
            rhev_engine.connect().create(schema.Tag(name="ours"))
            return rhev_engine
        """
    )
    passed(
        run,
        """
        from rhev import schema

        def test_the_estate_is_ours(rhev_connection):
            assert rhev_connection.get(schema.Tag, name="ours")
        """,
    )


@pytest.mark.parametrize(
    ("marker", "said"),
    [
        ("estate='nowhere'", "*there is no estate 'nowhere': it is 'demo', 'new', or a file*"),
        ("pace=3", "*takes estate=, speed=, clock= by name, and not pace*"),
        ("'demo'", "*takes estate=, speed=, clock= by name, and not 'demo'*"),
        ("speed=0", "*speed is 0; it must be above 0*"),
    ],
)
def test_a_marker_that_cannot_be_meant(run: pytest.Pytester, marker: str, said: str) -> None:
    run.makepyfile(
        f"""
        import pytest

        @pytest.mark.rhev({marker})
        def test_nothing(rhev_engine):
            pass
        """
    )
    result = run.runpytest_inprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([said])


def test_what_there_is_is_told(run: pytest.Pytester) -> None:
    fixtures = run.runpytest_inprocess("--fixtures").stdout.str()
    assert "An embedded engine of the test's own" in fixtures
    run.runpytest_inprocess("--markers").stdout.fnmatch_lines(["@pytest.mark.rhev(estate=*"])


def test_without_a_test_that_asks_for_it_no_engine_is_loaded(run: pytest.Pytester) -> None:
    passed(
        run,
        """
        import sys

        def test_nothing():
            assert "rhev.pytest_plugin" in sys.modules
            assert not {"pydantic", "rhev.simulator", "rhev.connection"} & sys.modules.keys()
        """,
        alone=True,
    )


def test_pytest_finds_it_by_the_package_which_does_not_need_pytest() -> None:
    (found,) = entry_points(group="pytest11", name="rhev")
    assert found.value == "rhev.pytest_plugin"
    assert not [needed for needed in requires("rhev") or () if needed.startswith("pytest")]
