"""Secrets in models: in no repr, pickle, log, cassette or error, on either wire."""

from __future__ import annotations

import copy
import logging
import pickle
from typing import TYPE_CHECKING, Any

import pytest

from rhev import Connection, models, schema
from rhev.codecs import json as as_json
from rhev.codecs import xml as as_xml
from rhev.mapping.resources import BaseResource
from rhev.rules import validate
from rhev.transport import Request, Response
from rhev.transport.scrub import scrub
from tests.secrets.planting import C, every_secret, secrets_of, structs

if TYPE_CHECKING:
    from pathlib import Path

    from rhev.mapping.structure import Struct
    from tests.secrets.looking import Looked

WIRES: dict[str, Any] = {"json": as_json, "xml": as_xml}
PLANTED = every_secret()
by_wire = pytest.mark.parametrize("wire", WIRES)


def address(value: Struct) -> str:
    """Where a document stands that does not say what it is."""
    collection = type(value).__name__.lower().removeprefix("openstackvolume") + "s"
    return f"/things/1/{collection}/2"


class Echo:
    """A transport that answers with what it was sent, as an engine does to a creation."""

    def __init__(self) -> None:
        self.left = 2**40

    def send(self, request: Request) -> Response:
        content = request.content[: self.left]
        return Response(200, {"content-type": request.headers["Content-Type"]}, content)

    def close(self) -> None:
        """Nothing is held open."""


def test_each_secret_of_each_model_is_planted() -> None:
    own = {
        (cls.__name__, name)
        for cls in structs().values()
        for name in secrets_of(cls)
        if cls not in (models.Option, models.Property, models.CustomProperty)
    }
    assert own <= {(each.owner.__name__, each.name) for each in PLANTED}
    assert len(PLANTED) > 100


@by_wire
def test_those_of_every_model_are_taken_out_of_its_documents(wire: str, looked: Looked) -> None:
    for *_, value in PLANTED:
        document = WIRES[wire].encode(value)
        assert C.encode() in document
        looked.into("scrubbed documents", scrub(document, url=f"https://e{address(value)}"))
        looked.into("repr of models", f"{value!r} {value}")


def test_those_of_every_model_are_not_pickled(looked: Looked) -> None:
    for where, _, _, value in PLANTED:
        assert not looked.pickled("pickles of models", value), where
        assert C in str(copy.deepcopy(value).model_dump()), where


def test_what_holds_none_is_pickled_and_so_is_what_lost_them() -> None:
    vm = schema.VM(name="web", initialization=schema.Initialization(root_password=C))
    with pytest.raises(TypeError, match="root_password of this Initialization is a secret"):
        pickle.dumps(vm)
    assert vm.initialization is not None
    vm.initialization.root_password = None
    assert pickle.loads(pickle.dumps(vm)) == vm  # noqa: S301
    user_name = schema.Option(name="username", value="admin")
    assert pickle.loads(pickle.dumps(user_name)) == user_name  # noqa: S301


@by_wire
def test_those_of_every_model_that_is_sent_and_comes_are_not_logged_or_recorded(
    wire: Any, looked: Looked, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "rhev.bodies")
    cassette = tmp_path / "cassette.jsonl"
    with Connection(
        "https://e", transport=Echo(), record=cassette, format=wire, check=False
    ) as conn:
        for *_, value in PLANTED:
            conn.request("POST", address(value), body=value)
            looked.into("repr of exchanges", repr(conn.last_exchange))
    lines = cassette.read_text().splitlines()
    assert len(lines) == len(PLANTED)
    for line in lines:
        looked.into("cassettes", line)
    looked.logged(caplog.records)
    assert looked.at["log of bodies"] == 2 * len(PLANTED)


@by_wire
def test_those_of_every_model_are_in_no_error_of_its_document(wire: Any, looked: Looked) -> None:
    echo = Echo()
    for number, (*_, value) in enumerate(PLANTED):
        echo.left = len(WIRES[wire].encode(value)) - 1 - number % 3
        conn = Connection("https://e", transport=echo, format=wire, check=False)
        try:
            conn.request("POST", address(value), type(value), body=value)
        except Exception as error:
            looked.error(error)
        else:
            raise AssertionError("what is cut off was read")


def test_those_of_every_model_are_in_no_problem_of_it(looked: Looked) -> None:
    for *_, value in PLANTED:
        for operation in ("add", "update"):
            try:
                problems = validate(value, operation) if isinstance(value, BaseResource) else []
            except ValueError:  # not every type has the operation
                continue
            for problem in problems:
                looked.into("problems", f"{problem!r} {problem}")


@pytest.mark.parametrize("given", [[C], {"a": C}, C.encode(), Exception(C)], ids=type)
def test_what_is_refused_of_one_is_not_said(given: object, looked: Looked) -> None:
    """In what the error says: the frames of pydantic are its own, and have what it was given."""
    refused = 0
    for _, owner, name, _ in PLANTED:
        if name not in secrets_of(owner):
            continue
        cls: Any = owner
        with pytest.raises(ValueError, match=cls.__name__) as caught:
            cls(**{name: given})
        looked.into("str of errors", f"{caught.value} {caught.value!r} {caught.value.args}")
        refused += 1
    assert refused > 10
