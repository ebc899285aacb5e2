"""Images uploaded and downloaded by oVirt's own client, over HTTPS, with the bytes equal.

It reads and writes files by qemu-nbd, which is qemu's and no Python package.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

import rhev
from rhev import schema
from rhev.simulator import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rhev.simulator.wire.server import Server

client: Any = pytest.importorskip("ovirt_imageio.client", reason="ovirt-imageio is not installed")
pytestmark = [
    pytest.mark.skipif(shutil.which("qemu-nbd") is None, reason="there is no qemu-nbd"),
    # It leaves its sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

MIB = 1 << 20
SIZE = 256 * MIB


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.demo(speed=1000)


@pytest.fixture(scope="module")
def server(engine: Engine) -> Iterator[Server]:
    with engine.serve(tls=True) as server:
        yield server


@pytest.fixture(scope="module")
def authority(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("authority") / "ca.pem"
    file.write_bytes(engine.certificate)
    return str(file)


@pytest.fixture(scope="module")
def connection(server: Server, authority: str) -> Iterator[rhev.Connection]:
    with rhev.Connection(
        server.url, server.username, server.password, ca_file=authority
    ) as connection:
        yield connection


def image(path: Path, size: int, *, holes: bool) -> Path:
    """A file of random bytes, half of it holes if wanted."""
    numbers = random.Random(7)  # noqa: S311
    with path.open("wb") as file:
        for offset in range(0, size, 4 * MIB):
            if not holes or offset // (4 * MIB) % 2:
                file.seek(offset)
                file.write(numbers.randbytes(4 * MIB))
        file.truncate(size)
    return path


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def new_disk(connection: rhev.Connection, size: int) -> schema.Disk:
    disk = schema.new(schema.Disk)
    disk.format, disk.sparse, disk.provisioned_size = schema.DiskFormat.RAW, True, size
    domain = connection.get(schema.StorageDomain, name="data-01")
    disk.storage_domains = [schema.ref(domain)]
    made = connection.create(disk)
    connection.wait_for_status(made, "ok", interval=0.01)
    return made


def begun(connection: rhev.Connection, disk: schema.Disk, direction: str) -> schema.ImageTransfer:
    transfer = schema.new(schema.ImageTransfer)
    transfer.disk = schema.ref(disk)
    transfer.direction = schema.ImageTransferDirection(direction)
    transfer.format = schema.DiskFormat.RAW
    made = connection.create(transfer)
    connection.wait_for_status(made, "transferring", interval=0.01)
    return made


def ended(connection: rhev.Connection, transfer: schema.ImageTransfer) -> None:
    connection.action(transfer, "finalize")
    connection.wait_for_status(transfer, "finished_success", interval=0.01)


@pytest.mark.parametrize(
    ("kind", "holes"), [("raw", False), ("raw", True), ("qcow2", True)], ids=str
)
def test_what_is_uploaded_is_downloaded(
    kind: str, holes: bool, connection: rhev.Connection, authority: str, tmp_path: Path
) -> None:
    source = image(tmp_path / "source", SIZE, holes=holes)
    disk = new_disk(connection, SIZE)
    transfer = begun(connection, disk, "upload")
    client.upload(str(source), transfer.transfer_url, authority)
    ended(connection, transfer)
    disk = connection.get(schema.Disk, disk.id)
    assert disk.actual_size == (SIZE // 2 if holes else SIZE)

    transfer = begun(connection, disk, "download")
    copy = tmp_path / "copy"
    client.download(transfer.transfer_url, str(copy), authority, fmt=kind)
    ended(connection, transfer)
    whole = copy
    if kind != "raw":
        whole = tmp_path / "whole"
        subprocess.run(  # noqa: S603
            ["qemu-img", "convert", "-O", "raw", str(copy), str(whole)],  # noqa: S607
            check=True,
        )
    assert digest(whole) == digest(source)


def test_extents_tell_the_holes(
    connection: rhev.Connection, authority: str, tmp_path: Path
) -> None:
    source = image(tmp_path / "source", 16 * MIB, holes=True)
    transfer = begun(connection, new_disk(connection, 16 * MIB), "upload")
    client.upload(str(source), transfer.transfer_url, authority, proxy_url=transfer.proxy_url)
    with client.ImageioClient(transfer.transfer_url, cafile=authority) as image_client:
        found = [(e.start // MIB, e.length // MIB, e.zero) for e in image_client.extents()]
    assert found == [(0, 4, True), (4, 4, False), (8, 4, True), (12, 4, False)]
    ended(connection, transfer)


def test_parts_are_read_written_and_zeroed(connection: rhev.Connection, authority: str) -> None:
    transfer = begun(connection, new_disk(connection, MIB), "upload")
    with client.ImageioClient(transfer.transfer_url, cafile=authority) as image_client:
        image_client.write(1000, b"x" * 70_000)
        image_client.zero(2000, 60_000)
        image_client.flush()
        found = bytearray(72_000)
        image_client.read(0, found)
    expected = bytes(1000) + b"x" * 1000 + bytes(60_000) + b"x" * 9000 + bytes(1000)
    assert bytes(found) == expected
    ended(connection, transfer)


def test_a_ticket_ends_with_its_transfer(connection: rhev.Connection, authority: str) -> None:
    transfer = begun(connection, new_disk(connection, MIB), "upload")
    url = transfer.transfer_url
    ended(connection, transfer)
    with pytest.raises(Exception, match=r"403|ticket"):
        client.ImageioClient(url, cafile=authority)
