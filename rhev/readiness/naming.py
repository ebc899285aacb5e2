"""Names as Kubernetes takes them."""

from __future__ import annotations

import re

LONGEST = 63

_NOT_ALLOWED = re.compile(r"[^a-z0-9-]+")


def dns_label(name: str) -> str:
    """What becomes of a name where a DNS label is wanted (RFC 1123): lower case, hyphens.

    Empty where nothing of it can stay.
    """
    return _NOT_ALLOWED.sub("-", name.lower()).strip("-")[:LONGEST].rstrip("-")
