"""Warnings of what others can read or answer: at the line that asks for it, and only there."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from rhev import AsyncConnection, Connection
from rhev.transport import HttpTransport, InsecureWarning

NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
CREDENTIALS = ("admin@internal", "hunter2")
both = pytest.mark.parametrize("cls", [Connection, AsyncConnection])


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@both
def test_an_address_without_tls_is_warned_of(cls: Any) -> None:
    with pytest.warns(InsecureWarning, match=r"http://engine\.example\.com.*https://") as caught:
        cls("http://engine.example.com", *CREDENTIALS)
    assert [warning.filename for warning in caught] == [__file__]


def test_the_warning_comes_with_the_credentials() -> None:
    conn = Connection("http://engine.example.com")
    with pytest.warns(InsecureWarning) as caught:
        conn.connect("http://engine.example.com", *CREDENTIALS)
    assert [warning.filename for warning in caught] == [__file__]


@pytest.mark.parametrize(
    "url",
    ["https://engine.example.com", "http://localhost:1", "http://127.0.0.1:1", "http://[::1]"],
)
@both
def test_what_nobody_can_read_is_not_warned_of(cls: Any, url: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        cls(url, *CREDENTIALS)
        cls("http://engine.example.com", *CREDENTIALS, transport=HttpTransport())


@both
def test_a_proxy_that_gets_the_password_is_warned_of(
    cls: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://user:hunter3@proxy.example.com:3128")
    with pytest.warns(InsecureWarning, match=r"proxy\.example\.com:3128.*NO_PROXY") as caught:
        cls("http://127.0.0.1", *CREDENTIALS)
    assert "hunter" not in str(caught[0].message)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    cls("http://127.0.0.1", *CREDENTIALS)


@both
def test_unverified_certificates_are_warned_of_once_and_at_once(cls: Any) -> None:
    with pytest.warns(InsecureWarning, match="ca_file=") as caught:
        conn = cls("https://engine.example.com", *CREDENTIALS, insecure=True)
    assert [warning.filename for warning in caught] == [__file__]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        conn._opened()
