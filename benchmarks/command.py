"""What the command costs as a whole process: ``python -m benchmarks.command``.

Times are those that a user waits, the median of some runs; the interpreter's own start is beside
them. The listing is of an embedded engine in a process of its own, over HTTP, with a login each
time; beside it a script on the vendor's SDK that prints the same, from the same engine.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.measure import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MACHINES = 1000
RUNS = 15

RHEV = [sys.executable, "-m", "rhev"]
COMPLETION = {"_RHEV_COMPLETE": "bash_complete", "COMP_CWORD": "2"}

SDK = """
import os
import ovirtsdk4 as sdk

connection = sdk.Connection(
    url=os.environ["RHEV_URL"],
    username=os.environ["RHEV_USERNAME"],
    password=os.environ["RHEV_PASSWORD"],
    insecure=True,
)
print("name,status,memory")
for vm in connection.system_service().vms_service().list():
    print(f"{vm.name},{vm.status.value},{vm.memory}")
connection.close()
"""


def main() -> None:
    # The modules are compiled once, as they are where a package was installed
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with TemporaryDirectory() as bytecode:
        os.environ["PYTHONPYCACHEPREFIX"] = bytecode
        measure()


def measure() -> None:
    print("milliseconds of a whole process, the median of", RUNS)
    nothing = {"XDG_CONFIG_HOME": os.devnull}
    show("python -c pass", median([sys.executable, "-c", "pass"], {}))
    show("rhev --version", median([*RHEV, "--version"], nothing), "150 asked for")
    show("rhev --help", median([*RHEV, "--help"], nothing), "250 asked for")
    words = {**COMPLETION, "COMP_WORDS": "rhev list v"}
    show("completion of a type", median(RHEV, {**nothing, **words}), "250 asked for")
    words = {**COMPLETION, "COMP_WORDS": "rhev list vms --columns na", "COMP_CWORD": "4"}
    show("completion of a column", median(RHEV, {**nothing, **words}), "250 asked for")
    with served() as engine:
        words = {**COMPLETION, "COMP_WORDS": "rhev get vm web-0", "COMP_CWORD": "3"}
        show("completion of a name, which is asked for", median(RHEV, {**engine, **words}))
        print(f"\nthe same for a listing of {MACHINES} machines over HTTP")
        listing = [*RHEV, "list", "vms", "-o", "csv", "--columns", "name,status,memory"]
        sdk = [sys.executable, "-c", SDK]
        assert printed(listing, engine) == printed(sdk, engine), "they print the same"
        ours, theirs = in_turn(listing, sdk, engine)
        show("rhev list vms -o csv", ours)
        show("the vendor's SDK", theirs, f"{theirs / ours:.1f} times as long")
        show("rhev list vms", median([*RHEV, "list", "vms"], engine), "a table, and names of hosts")
        show("rhev list vms -o json", median([*RHEV, "list", "vms", "-o", "json"], engine))


def show(what: str, seconds: float, beside: str = "") -> None:
    print(f"  {what:<42}{seconds * 1000:7.0f}  {beside}".rstrip())


@contextmanager
def served() -> Iterator[dict[str, str]]:
    """The variables that lead to an engine, as long as it is served."""
    command = [sys.executable, "-m", "rhev.simulator", "--vms", str(MACHINES)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        assert process.stdout is not None
        told = dict(process.stdout.readline().split() for _ in range(3))
        yield {f"RHEV_{name.upper()}": value for name, value in told.items()}
    finally:
        process.terminate()
        process.wait()


def median(command: Sequence[str], variables: Mapping[str, str]) -> float:
    printed(command, variables)  # what is compiled once is of no run
    return statistics.median(seconds(command, variables) for _ in range(RUNS))


def in_turn(
    ours: Sequence[str], theirs: Sequence[str], variables: Mapping[str, str]
) -> tuple[float, float]:
    """The medians of two that are run by turns, so that noise falls on both."""
    pairs = [(seconds(ours, variables), seconds(theirs, variables)) for _ in range(RUNS)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def seconds(command: Sequence[str], variables: Mapping[str, str]) -> float:
    started = time.perf_counter()
    printed(command, variables)
    return time.perf_counter() - started


def printed(command: Sequence[str], variables: Mapping[str, str]) -> str:
    """What a process prints. Raises CalledProcessError where it fails."""
    run = subprocess.run(  # noqa: S603 - programs of our own
        command,
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check="_RHEV_COMPLETE" not in variables,
    )
    return run.stdout


if __name__ == "__main__":
    main()
