"""Warnings of what others could read, or answer: given where the user asks for it."""

from __future__ import annotations

import sys
import warnings
from ipaddress import ip_address
from urllib.parse import urlsplit

CA_PATH = "/ovirt-engine/services/pki-resource?resource=ca-certificate&format=X509-PEM-CA"


class InsecureWarning(UserWarning):
    """What is sent can be read by others, who can answer too: TLS is off, or verifies nothing."""


def warn_of_unverified() -> None:
    """Warn that no certificate is verified."""
    _warn(
        "insecure=True verifies no TLS certificate: whoever can intercept the connection "
        "can read the password and everything else that is sent, and can answer in the "
        "engine's place. Pass ca_file= with the engine's CA instead, which can be fetched "
        f"from https://<engine>{CA_PATH}"
    )


def warn_of_clear_text(url: str) -> None:
    """Warn that credentials would be sent unencrypted, unless they stay on this machine."""
    parts = urlsplit(url)
    if parts.scheme != "http":
        return
    if (proxy := _proxy(parts.netloc)) is not None:
        _warn(
            f"{proxy}, the proxy that HTTP_PROXY names, is sent the password and everything else "
            "unencrypted, as the address starts with http://. Use https://, or name the engine in "
            "NO_PROXY"
        )
    elif not _is_local(parts.hostname or ""):
        _warn(
            f"http://{parts.netloc} is sent the password and everything else unencrypted: use "
            "https://"
        )


def _proxy(netloc: str) -> str | None:
    from urllib.request import getproxies, proxy_bypass  # costly, and seldom asked for

    proxies = getproxies()
    proxy = proxies.get("http") or proxies.get("all")
    if not proxy or proxy_bypass(netloc):
        return None
    try:
        return urlsplit(proxy).netloc.rpartition("@")[2] or "a proxy"
    except ValueError:  # it is none, which the first request says
        return "a proxy"


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _warn(message: str) -> None:
    """Warn at the line of the user's program, however deep within the package this is."""
    level, frame = 1, sys._getframe()
    while frame.f_back is not None and _is_ours(str(frame.f_globals.get("__name__"))):
        level, frame = level + 1, frame.f_back
    warnings.warn(message, InsecureWarning, stacklevel=level)


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] == "rhev"
