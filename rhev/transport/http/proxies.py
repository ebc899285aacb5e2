"""The proxy that the environment names."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from rhev import errors
from rhev.secrets import Secret

_SOCKS = frozenset({"socks5", "socks5h"})


def proxy_for(url: str) -> Secret | None:
    """The URL of the proxy by which an engine's is reached, or ``None`` where there is none.

    It may have a password in it.

    Raises :class:`rhev.errors.ConfigurationError` where what the environment names is no proxy.
    """
    parts = urlsplit(url)
    named = getproxies()
    proxy = named.get(parts.scheme) or named.get("all")
    if not proxy or proxy_bypass(parts.netloc):
        return None
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    if not _is_proxy(proxy):
        raise unusable("is none: one is written as in http://proxy.example.com:3128")
    return Secret(proxy)


def speaks_socks(proxy: Secret) -> bool:
    """Whether a proxy is one of SOCKS, not of HTTP."""
    return urlsplit(proxy.reveal()).scheme in _SOCKS


def unusable(why: str) -> errors.ConfigurationError:
    """The error for a proxy: it does not quote what was named, which may have a password in it."""
    return errors.ConfigurationError(
        f"the proxy that the environment names {why}. See HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and "
        "NO_PROXY"
    )


def _is_proxy(url: str) -> bool:
    try:
        parts = urlsplit(url)
        is_known = parts.scheme in {"http", "https"} | _SOCKS
        return is_known and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
