"""The certificates of an engine that is served over HTTPS, made when they are first asked for."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

from rhev import errors

if TYPE_CHECKING:
    import trustme

# What stands for a certificate where none can be made: nothing verifies by it.
_NONE = (
    b"-----BEGIN CERTIFICATE-----\n"
    b"VGhpcyBlbmdpbmUgaXMgZW1iZWRkZWQgYW5kIGhhcyBubyBjZXJ0aWZpY2F0ZS4=\n"
    b"-----END CERTIFICATE-----\n"
)


class Authority:
    """A certificate authority of its own for each engine."""

    @property
    def pem(self) -> bytes:
        """Its certificate, in PEM: a placeholder where trustme is not installed."""
        if find_spec("trustme") is None:
            return _NONE
        return self._made.cert_pem.bytes()

    def context(self, host: str) -> ssl.SSLContext:
        """What a server needs that is reached as ``host``, and on this machine by its names.

        Raises ConfigurationError where trustme is not installed.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._made.issue_cert(*_names(host)).configure_cert(context)
        return context

    @cached_property
    def _made(self) -> trustme.CA:
        try:
            import trustme
        except ImportError as missing:
            raise errors.ConfigurationError(
                "an engine over HTTPS needs the package trustme: pip install 'rhev[serve]'"
            ) from missing
        return trustme.CA(organization_name="rhev", organization_unit_name="An embedded engine")


def _names(host: str) -> list[str]:
    names = ["localhost", "127.0.0.1", "::1", host]
    try:
        any_address = ipaddress.ip_address(host).is_unspecified
    except ValueError:
        any_address = False
    if any_address:
        names[3:] = [socket.gethostname(), socket.getfqdn()]
    return list(dict.fromkeys(names))
