"""What functions and constructors refuse, rather than take it for another thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rhev import AsyncConnection, Connection, RetryPolicy, TokenAuth, schema
from rhev.transport import (
    AsyncHttpTransport,
    AsyncRetryTransport,
    BasicAuth,
    HttpTransport,
    RetryTransport,
)

if TYPE_CHECKING:
    from collections.abc import Callable

WRONG: list[Any] = [None, 5, "", "web", {}, [], schema.VM, schema.CPU()]


@pytest.mark.parametrize("given", WRONG, ids=str)
@pytest.mark.parametrize("function", [schema.ref, schema.href], ids=lambda f: str(f.__name__))
def test_what_is_no_resource(function: Callable[[Any], object], given: Any) -> None:
    with pytest.raises(TypeError, match=rf"schema\.{function.__name__}\(\) takes a resource"):
        function(given)


@pytest.mark.parametrize("given", WRONG[:-1], ids=str)
def test_what_is_no_instance(given: Any) -> None:
    vm = schema.VM(name="x")
    calls: list[Callable[[], object]] = [
        lambda: schema.copy(given),
        lambda: schema.update(given, {"name": "x"}),
        lambda: schema.validate(given, "add"),
    ]
    if given != {}:
        calls.append(lambda: schema.update(vm, given))
    for call in calls:
        with pytest.raises(TypeError, match=r"takes an instance of a class of rhev\.schema, not"):
            call()
    assert vm == schema.VM(name="x")


@pytest.mark.parametrize("given", [None, 5, "VM", schema.VM()], ids=str)
def test_what_is_no_class(given: Any) -> None:
    with pytest.raises(TypeError):
        schema.new(given)
    with pytest.raises(TypeError, match="takes a class, not"):
        schema.spec_schema(given)


@pytest.mark.parametrize("given", [None, 5, schema.VM], ids=str)
def test_what_names_no_operation(given: Any) -> None:
    with pytest.raises(TypeError, match=r"the name of an operation, .* not"):
        schema.validate(schema.VM(), given)
    with pytest.raises(ValueError, match="nosuch"):
        schema.validate(schema.VM(), "nosuch")  # type: ignore[arg-type]


# An option of a connection, and what it cannot be.
OPTIONS: list[tuple[str, list[Any], str]] = [
    ("auth", [5, "", {}, BasicAuth], "auth= is BasicAuth, TokenAuth or KerberosAuth, not"),
    ("ca_file", [5, [], b"ca.pem"], "ca_file= is the path of a file, not"),
    ("record", [5, [], b"x"], "record= is the path of a file, not"),
    ("retry", [5, "", {}, True], "retry= is a RetryPolicy, not"),
    ("insecure", [None, 5, "", "no"], "insecure= is True or False, not"),
    ("user_view", [None, 5, "no"], "user_view= is True or False, not"),
    ("check", [None, 0, "no"], "check= is True or False, not"),
    ("strict_responses", [None, 1], "strict_responses= is True or False, not"),
    *(
        (name, ["60", None, [], True], f"{name}= is a number of seconds, not")
        for name in ("timeout", "read_timeout", "wait_locked")
    ),
    ("correlation_id", [5, []], "correlation_id= is a text, not"),
]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [(name, value, said) for name, values, said in OPTIONS for value in values],
    ids=str,
)
@pytest.mark.parametrize("connect", [Connection, AsyncConnection])
def test_an_option_of_the_wrong_type(connect: Any, name: str, value: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        connect("https://e", **{name: value})


@pytest.mark.parametrize("connect", [Connection, AsyncConnection])
def test_an_engine_and_a_user_are_texts(connect: Any) -> None:
    given: Any
    for given in (5, [], b"https://e"):
        with pytest.raises(TypeError, match="url= is a text, not"):
            connect(given)
        with pytest.raises(TypeError, match="username= is a text, not"):
            connect("https://e", given, "secret")
        with pytest.raises(TypeError, match="password= is a text, not") as raised:
            connect("https://e", "a@b", given)
        assert "https://e" not in str(raised.value)
    with pytest.raises(ValueError, match="no scheme"):
        connect("")
    with pytest.raises(ValueError, match="record= is the path of a file, and is empty"):
        connect("https://e", record="")


@pytest.mark.parametrize(
    "make",
    [
        lambda: HttpTransport(insecure="no"),  # type: ignore[arg-type]
        lambda: AsyncHttpTransport(insecure=None),  # type: ignore[arg-type]
        lambda: HttpTransport(timeout="60"),  # type: ignore[arg-type]
        lambda: RetryTransport(HttpTransport(), ""),  # type: ignore[arg-type]
        lambda: AsyncRetryTransport(AsyncHttpTransport(), 5),  # type: ignore[arg-type]
        lambda: RetryPolicy(attempts="5"),  # type: ignore[arg-type]
        lambda: TokenAuth(None),  # type: ignore[arg-type]
        lambda: TokenAuth(b"token"),  # type: ignore[arg-type]
        lambda: BasicAuth(None, "secret"),  # type: ignore[arg-type]
        lambda: BasicAuth(5, "secret"),  # type: ignore[arg-type]
    ],
)
def test_what_a_transport_cannot_be_told(make: Callable[[], object]) -> None:
    with pytest.raises(TypeError) as raised:
        make()
    assert "secret" not in str(raised.value)
