"""``python -m release.audit`` asks which vulnerabilities are known of what is installed here.

With the name of a file of requirements, as ``pip freeze`` writes it, it asks of those. It runs
``pip-audit``, which passes over what its service does not know, and says so by the way: here that
is no pass. The exit status is 0 if all were asked about and nothing is known, 1 if a vulnerability
is known, and 2 if some could not be asked about and none is known of the rest.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

CLEAN, VULNERABLE, NOT_ASKED = 0, 1, 2
_OWN = "rhev"  # of which an index may know no such version


def judged(report: dict[str, Any]) -> tuple[int, list[str]]:
    """The exit status, and the lines to print, of what ``pip-audit --format=json`` printed."""
    found = [one for one in report["dependencies"] if one["name"] != _OWN]
    known = [
        f"{one['name']} {one['version']}: {flaw['id']}, mended in"
        f" {', '.join(flaw['fix_versions']) or 'no version yet'}"
        for one in found
        for flaw in one.get("vulns", ())
    ]
    skipped = [one["name"] for one in found if "skip_reason" in one]
    asked = f"{len(found) - len(skipped)} of {len(found)} distributions were asked about"
    lines = [*known, f"{asked}; {len(known)} vulnerabilities are known"]
    if skipped:
        lines.append(f"NOT AUDITED: {', '.join(skipped)}")
    if known:
        return VULNERABLE, lines
    return (NOT_ASKED if skipped or not found else CLEAN), lines


def main(requirements: list[str]) -> int:
    """Prints what is known of a file of requirements, or of this environment; the exit status."""
    asked = (
        [f"--requirement={requirements[0]}", "--no-deps", "--disable-pip"] if requirements else []
    )
    command = ("pip_audit", "--format=json", "--progress-spinner=off", "--desc=off", *asked)
    run = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, check=False
    )
    try:
        report = json.loads(run.stdout)
    except ValueError:
        # It ends with a traceback where its service does not answer.
        print(*run.stderr.splitlines()[-1:], "NOT AUDITED: pip-audit did not answer", sep="\n")
        return NOT_ASKED
    status, lines = judged(report)
    print(*lines, sep="\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
