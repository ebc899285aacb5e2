"""The bytes of disks: what holds them, who may have them, and how they are asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rhev.simulator.imageio.content import BLOCK, Content
from rhev.transport.base import Request, Response

if TYPE_CHECKING:
    from tests.simulator.asking import Asker

GIB = 1 << 30
SIZE = 3 * BLOCK + 100
# What is put where; where there is nothing to put, zeros.
writes = st.lists(
    st.tuples(st.integers(0, SIZE - 1), st.binary(max_size=40), st.integers(0, 2 * BLOCK))
)


@given(writes)
def test_content_is_what_was_written(changes: list[tuple[int, bytes, int]]) -> None:
    content, whole = Content(), bytearray(SIZE)
    for offset, piece, repeated in changes:
        data = (piece * (repeated // max(len(piece), 1)))[: SIZE - offset]
        zeros = min(repeated, SIZE - offset)
        if data:
            content.write(offset, data)
            whole[offset : offset + len(data)] = data
        else:
            content.zero(offset, zeros)
            whole[offset : offset + zeros] = bytes(zeros)
    assert content.read(0, SIZE) == whole
    extents = list(content.extents(SIZE))
    assert sum(extent.length for extent in extents) == SIZE
    assert all(not any(whole[e.start : e.start + e.length]) for e in extents if e.zero)
    assert all(any(whole[e.start : e.start + e.length]) for e in extents if not e.zero)


def test_zeros_cost_nothing() -> None:
    content = Content()
    content.write(5 * 1024 * GIB, b"x")
    content.zero(0, 4 * 1024 * GIB)
    assert content.allocated == BLOCK
    assert len(list(content.extents(8 * 1024 * GIB))) == 3


def test_a_copy_is_a_disk_of_its_own() -> None:
    content = Content()
    content.write(0, b"before")
    copy = content.copy()
    content.write(0, b"after!")
    assert (content.read(0, 6), copy.read(0, 6)) == (b"after!", b"before")


class Transfer:
    """One that was begun, of a disk of 1 GiB, and how a client asks for its bytes."""

    def __init__(self, ask: Asker, direction: str = "upload", **wanted: str) -> None:
        self.ask = ask
        domain = {"storage_domain": [{"name": "data-01"}]}
        disk = {"provisioned_size": GIB, "format": "raw", "storage_domains": domain}
        self.disk = f"/disks/{ask.add('/disks', disk)['id']}"
        ask.engine.advance(10)
        self.path = self.begin(direction, **wanted)
        self.url = ask.get(self.path)["transfer_url"]

    def begin(self, direction: str, **wanted: str) -> str:
        named = {"disk": {"id": self.disk.rpartition("/")[2]}, "direction": direction}
        made = self.ask.add("/imagetransfers", {**named, "format": "raw", **wanted})
        self.ask.engine.advance(1)
        return f"/imagetransfers/{made['id']}"

    def send(self, method: str, content: object = b"", below: str = "", **headers: str) -> Response:
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask.engine.transport.send(Request(method, self.url + below, named, data))

    @property
    def phase(self) -> Any:
        return self.ask.get(self.path)["phase"]

    @property
    def status(self) -> Any:
        return self.ask.get(self.disk)["status"]


@pytest.fixture
def upload(ask: Asker) -> Transfer:
    return Transfer(ask)


def test_addresses_are_those_of_the_engine(upload: Transfer) -> None:
    assert upload.url.startswith("http://engine.test/images/")
    assert upload.ask.get(upload.path)["proxy_url"] == upload.url


def test_a_disk_is_locked_meanwhile(upload: Transfer) -> None:
    assert (upload.phase, upload.status) == ("transferring", "locked")
    again = {"disk": {"id": upload.disk.rpartition("/")[2]}, "direction": "download"}
    assert upload.ask("POST", "/imagetransfers", again)[0] == 409
    upload.ask.act(f"{upload.path}/finalize")
    assert upload.phase == "finalizing_success"
    upload.ask.engine.advance(1)
    assert (upload.phase, upload.status) == ("finished_success", "ok")
    assert upload.send("GET").status == 403


def test_what_was_written_is_read(upload: Transfer) -> None:
    assert upload.send("PUT", b"abc", Content_Range="bytes 10-12/*").status == 200
    read = upload.send("GET", Range="bytes=9-14")
    assert (read.status, read.content) == (206, b"\0abc\0\0")
    assert read.headers["content-range"] == f"bytes 9-14/{GIB}"
    assert upload.send("PATCH", {"op": "zero", "offset": 11, "size": 1}).status == 200
    assert upload.send("PATCH", {"op": "flush"}).status == 200
    assert upload.send("GET", Range="bytes=10-12").content == b"a\0c"
    assert upload.ask.get(upload.path)["transferred"] == "13"


def test_what_a_ticket_allows_is_told(upload: Transfer) -> None:
    told = json.loads(upload.send("OPTIONS").content)
    assert set(told["features"]) == {"extents", "zero", "flush"}
    assert told["max_readers"] == told["max_writers"] == 8
    upload.url = upload.url.rpartition("/")[0] + "/*"
    assert json.loads(upload.send("OPTIONS").content)["features"] == told["features"]


def test_who_downloads_may_not_write(ask: Asker) -> None:
    download = Transfer(ask, "download")
    assert json.loads(download.send("OPTIONS").content)["features"] == ["extents"]
    assert download.send("PUT", b"x").status == 403


def test_extents_are_told(upload: Transfer) -> None:
    upload.send("PUT", b"x", Content_Range=f"bytes {BLOCK}-{BLOCK}/*")
    extents = json.loads(upload.send("GET", below="/extents").content)
    assert [(e["start"], e["length"], e["zero"]) for e in extents] == [
        (0, BLOCK, True),
        (BLOCK, BLOCK, False),
        (2 * BLOCK, GIB - 2 * BLOCK, True),
    ]
    assert upload.send("GET", below="/extents?context=dirty").status == 404


@pytest.mark.parametrize(
    ("method", "content", "headers", "status"),
    [
        ("GET", b"", {"Range": f"bytes={GIB}-{GIB}"}, 416),
        ("GET", b"", {"Range": "bytes=-5"}, 416),
        ("PUT", b"xx", {"Content_Range": f"bytes {GIB - 1}-{GIB}/*"}, 416),
        ("PUT", b"x", {"Content_Range": "lines 1-2"}, 400),
        ("PATCH", b"{", {}, 400),
        ("PATCH", [], {}, 400),
        ("PATCH", {"op": "fill"}, {}, 400),
        ("PATCH", {"op": "zero", "size": -1}, {}, 400),
        ("PATCH", {"op": "zero", "size": GIB + 1}, {}, 416),
        ("DELETE", b"", {}, 405),
    ],
)
def test_nonsense_is_refused(
    method: str, content: object, headers: dict[str, str], status: int, upload: Transfer
) -> None:
    refused = upload.send(method, content, **headers)
    assert refused.status == status
    assert refused.content.endswith(b"\n")


def test_a_client_that_is_gone_is_given_up(ask: Asker) -> None:
    upload, download = Transfer(ask), Transfer(ask, "download")
    ask.engine.advance(40)
    upload.send("OPTIONS")
    ask.engine.advance(50)
    assert (upload.phase, download.phase) == ("transferring", "finished_failure")
    assert download.status == "ok"
    ask.engine.advance(50)
    assert upload.phase == "paused_system"
    assert upload.send("GET").status == 403
    ask.act(f"{upload.path}/resume")
    ask.engine.advance(1)
    assert upload.send("OPTIONS").status == 200


def test_a_transfer_that_is_extended_goes_on(upload: Transfer) -> None:
    upload.ask.engine.advance(50)
    upload.ask.act(f"{upload.path}/extend")
    upload.ask.engine.advance(50)
    assert upload.phase == "transferring"


def test_what_is_to_be_done_with_who_is_gone_may_be_said(ask: Asker) -> None:
    transfer = Transfer(ask, timeout_policy="cancel", inactivity_timeout="10")
    ask.engine.advance(12)
    assert (transfer.phase, transfer.status) == ("finished_failure", "illegal")


def test_half_an_upload_is_no_disk(upload: Transfer) -> None:
    upload.send("PUT", b"half")
    upload.ask.act(f"{upload.path}/cancel")
    assert upload.phase == "cancelled_user"
    upload.ask.engine.advance(1)
    assert (upload.phase, upload.status) == ("finished_failure", "illegal")


def test_copies_and_snapshots_have_the_bytes(ask: Asker) -> None:
    upload = Transfer(ask)
    upload.send("PUT", b"first")
    ask.act(f"{upload.path}/finalize")
    ask.engine.advance(1)
    id_ = upload.disk.rpartition("/")[2]
    target = {"storage_domain": {"name": "data-02"}, "disk": {"name": "copied"}}
    ask.act(f"{upload.disk}/copy", target)
    ask.engine.advance(60)
    copied = next(disk for disk in ask.get("/disks")["disk"] if disk["name"] == "copied")
    assert copied["id"] != id_
    upload.disk = f"/disks/{copied['id']}"
    upload.url = ask.get(upload.begin("download"))["transfer_url"]
    assert upload.send("GET", Range="bytes=0-4").content == b"first"
