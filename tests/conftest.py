"""What holds for all tests."""

from __future__ import annotations

import os
import types
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

# The first example of a test may load modules, and a busy machine may be slow: neither is a fault
# of the code. In CI every run tries the same examples.
settings.register_profile(
    "rhev",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("rhev")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling:
    """The tests of a file stay in one process, and so do all that look for secrets."""
    scheduling = LoadFileScheduling(config, log)
    file_of = scheduling._split_scope
    secrets = "tests/secrets"
    scheduling._split_scope = lambda nodeid: secrets if secrets in nodeid else file_of(nodeid)
    return scheduling


@pytest.fixture
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of the environment between the tests and their servers."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """The same names in every process: a lambda's address, and the order of a set, are not."""
    if isinstance(val, types.LambdaType) and val.__name__ == "<lambda>":
        return argname
    if isinstance(val, set | frozenset):
        return "+".join(sorted(map(str, val))) or "none"
    return None
