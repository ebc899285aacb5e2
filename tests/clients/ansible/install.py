"""``python -m tests.clients.ansible.install``: the collection ovirt.ovirt, beside ansible-core.

The index has it only within the distribution ``ansible``, which is half a gigabyte of some hundred
collections and takes minutes to unpack. This takes ovirt.ovirt out of it and leaves the rest.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from zipfile import ZipFile

_DISTRIBUTION = "ansible>=11"
_COLLECTION = "ansible_collections/ovirt/"


def main() -> None:
    """Downloads the distribution, and puts the collection where packages are installed."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder]
        subprocess.run([*pip, _DISTRIBUTION], check=True)  # noqa: S603 - a command of our own
        (wheel,) = Path(folder).glob("*.whl")
        with ZipFile(wheel) as file:
            members = [name for name in file.namelist() if name.startswith(_COLLECTION)]
            if not members:
                raise SystemExit(f"{wheel.name} has no ovirt.ovirt: take an older {_DISTRIBUTION}")
            file.extractall(sysconfig.get_path("purelib"), members)


if __name__ == "__main__":
    main()
