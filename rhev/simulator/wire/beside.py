"""What answers beside the API: the token service, log-out, health, the certificate, the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rhev.simulator.wire.sso import Sessions
from rhev.transport.base import Request, Response, origin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rhev.simulator.wire.certificates import Authority

_SSO = "/ovirt-engine/sso"
_SERVICES = "/ovirt-engine/services"

# Where one is sent on from, and to.
_REDIRECTS = {
    "": "/ovirt-engine",
    "/": "/ovirt-engine",
    "/ovirt-engine": "/ovirt-engine/",
    "/ovirt-engine/": "/ovirt-engine/login?scope=ovirt-ext%3Dauth%3Aidentity",
    f"{_SSO}/": "/ovirt-engine/",
}
_TOKENS: Mapping[str, Callable[[Sessions, Request], Response]] = {
    f"{_SSO}/oauth/token": Sessions.log_in,
    f"{_SSO}/oauth/token-http-auth": Sessions.log_in,
    f"{_SSO}/oauth/token-info": Sessions.token_info,
    f"{_SSO}/oauth/revoke": Sessions.revoke,
    f"{_SERVICES}/sso-logout": Sessions.log_out,
}


def answer(request: Request, sessions: Sessions, authority: Authority) -> Response | None:
    """The response to what is asked of a path beside the API; None for any other path.

    ``authority`` is whose certificate it tells.
    """
    path = urlsplit(request.url).path
    if path == f"{_SERVICES}/pki-resource":
        kind = "application/x-x509-ca-cert; charset=ISO-8859-1"
        return Response(200, {"content-type": kind}, authority.pem)
    if path == f"{_SERVICES}/health":
        kind = "text/html;charset=ISO-8859-1"
        return Response(200, {"content-type": kind}, b"DB Up!Welcome to Health Status!")
    if service := _TOKENS.get(path):
        return service(sessions, request)
    if (to := _REDIRECTS.get(path)) is not None:
        headers = {"location": origin(request.url) + to}
        if path.startswith(_SSO):
            headers["content-type"] = "text/html;charset=UTF-8"
        return Response(302, headers)
    return None
