"""What the sdist and the wheel hold, in the folder that ``RHEV_DIST`` names: see ``make dist``."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

import rhev

DIST = os.environ.get("RHEV_DIST")
ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.skipif(DIST is None, reason="make dist builds what these tests look at")


def the_only(pattern: str) -> Path:
    (path,) = Path(DIST or "").glob(pattern)
    return path


@pytest.fixture(scope="module")
def wheel() -> dict[str, bytes]:
    """The files of the wheel, by their paths."""
    with zipfile.ZipFile(the_only("*.whl")) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def sdist() -> dict[str, bytes]:
    """The files of the sdist, by their paths below its only folder."""
    with tarfile.open(the_only("*.tar.gz")) as archive:
        members = {member.name.partition("/")[2]: member for member in archive if member.isfile()}
        return {name: archive.extractfile(of).read() for name, of in members.items()}  # type: ignore[union-attr]


def test_the_wheel_has_the_package_and_nothing_else(wheel: dict[str, bytes]) -> None:
    about = f"rhev-{rhev.__version__}.dist-info/"
    assert {name for name in wheel if not name.startswith(("rhev/", about))} == set()
    assert {name.removeprefix(about) for name in wheel if name.startswith(about)} == {
        *("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")
    }


def test_the_wheel_has_every_file_of_the_package(
    wheel: dict[str, bytes], sdist: dict[str, bytes]
) -> None:
    packaged = {name: content for name, content in wheel.items() if name.startswith("rhev/")}
    assert packaged == {name: text for name, text in sdist.items() if name.startswith("rhev/")}
    assert {"rhev/py.typed", "rhev/facts/v4.json", "rhev/models/index.py"} < packaged.keys()


def test_what_is_tested_is_what_was_built(wheel: dict[str, bytes]) -> None:
    package = Path(rhev.__file__).parent
    files = [path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    here = {path.relative_to(package.parent).as_posix(): path.read_bytes() for path in files}
    assert here == {name: content for name, content in wheel.items() if name.startswith("rhev/")}


def test_the_wheel_is_for_every_platform(wheel: dict[str, bytes]) -> None:
    assert the_only("*.whl").name == f"rhev-{rhev.__version__}-py3-none-any.whl"


def test_the_sdist_has_all_that_is_kept(sdist: dict[str, bytes]) -> None:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("no clone, which could say what is kept")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert sdist.keys() - {"PKG-INFO"} == set(listed) - {".ci/run"}


def test_the_metadata_says_what_an_index_shows(wheel: dict[str, bytes]) -> None:
    about = message_from_bytes(wheel[f"rhev-{rhev.__version__}.dist-info/METADATA"])
    assert about["Name"] == "rhev"
    assert about["Requires-Python"] == ">=3.11"
    assert about["License-Expression"] == "MIT"
    assert about["Description-Content-Type"] == "text/markdown"
    assert "Typing :: Typed" in about.get_all("Classifier", [])
    readme = about.get_payload(decode=True)
    assert isinstance(readme, bytes)
    assert readme.decode().strip() == (ROOT / "README.md").read_text().strip()


def test_the_documentation_says_what_every_extra_brings(wheel: dict[str, bytes]) -> None:
    about = message_from_bytes(wheel[f"rhev-{rhev.__version__}.dist-info/METADATA"])
    extras = about.get_all("Provides-Extra", [])
    assert extras
    page = (ROOT / "docs" / "start" / "install.md").read_text()
    assert [extra for extra in extras if f"\n| `{extra}` | " not in page] == []
