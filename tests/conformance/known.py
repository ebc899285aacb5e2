"""The differences that are known and left, each with its reason.

A difference is of the first line that fits: the aspect it is in, and expressions that its path and
its text contain. What fits none is yet to be understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conformance.compare import Verdict


@dataclass(frozen=True, slots=True)
class Known:
    """Which differences, and why they are left."""

    aspect: str
    path: str
    text: str
    reason: str

    def fits(self, aspect: str, verdict: Verdict, difference: str) -> bool:
        return (
            self.aspect in (aspect, "")
            and re.search(self.path, verdict.exchange.path) is not None
            and re.search(self.text, difference) is not None
        )


KNOWN = (
    Known(
        "document",
        r"^/events",
        r"",
        "an event tells of what happened on the recorded engine at the time: another one did here",
    ),
    Known(
        "members",
        r"^/events",
        r"",
        "engines write down every log-in and what hosts complain of, ours does not",
    ),
    Known(
        "document",
        r"/disks",
        r"link=re(duce|gister)",
        "disks listed in a storage domain carry one of two actions by the recorded engine's start",
    ),
    Known(
        "",
        r"^/jobs",
        r"",
        "the jobs of what is not recorded, and of refused commands, are not ours",
    ),
    Known(
        "members",
        r"/permissions",
        r"",
        "permissions for what was removed by requests that are not recorded stay on an engine",
    ),
    Known(
        "members",
        r"/storageconnections",
        r"",
        "connections of domains that were made and removed by requests that are not recorded",
    ),
    Known(
        "members",
        r"/disks",
        r"",
        "disks of machines that were made and removed by requests that are not recorded",
    ),
    Known(
        "document",
        r"/snapshots",
        r"",
        "what an engine tells of a machine in its snapshot hangs on when that was made",
    ),
)


def reason_of(aspect: str, verdict: Verdict, difference: str) -> str | None:
    """Why a difference is left, if that is known."""
    return next((k.reason for k in KNOWN if k.fits(aspect, verdict, difference)), None)
