"""Which attributes are secrets: their values are never shown."""

from __future__ import annotations

import re
from typing import Final

SECRET_NAMES: Final = frozenset(
    {
        "custom_script",
        "password",
        "proxy_url",
        "remote_viewer_connection_file",
        "root_password",
        "transfer_url",
        "windows_license_key",
    }
)
SECRETS: Final = frozenset(
    {
        ("Configuration", "data"),
        ("File", "content"),
        ("OpenstackVolumeAuthenticationKey", "value"),
        ("ProxyTicket", "value"),
        ("Ticket", "value"),
    }
)
SECRET: Final = "***"  # noqa: S105 - what stands in place of one
_SAYS_SO = re.compile("passw|secret|token|private|credential|key$", re.IGNORECASE)


def is_secret(api_name: str, attribute: str, called: object) -> bool:
    """Whether an attribute of a type is a secret.

    ``called`` is the name of an option or a property, which says what its value is.
    """
    if attribute in SECRET_NAMES or (api_name, attribute) in SECRETS:
        return True
    return attribute == "value" and isinstance(called, str) and bool(_SAYS_SO.search(called))
