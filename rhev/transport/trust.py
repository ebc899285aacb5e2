"""Which certificates are trusted: those of a CA's file or text, or of the CA with a fingerprint."""

from __future__ import annotations

import hashlib
import re
import ssl
from typing import TYPE_CHECKING

from rhev import errors
from rhev.transport.risks import CA_PATH

if TYPE_CHECKING:
    from os import PathLike

_FINGERPRINT = re.compile(r"(?:sha-?256:)?((?:[0-9a-f]{2}:?){31}[0-9a-f]{2})", re.IGNORECASE)
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


def fingerprint(text: str) -> str:
    """A fingerprint in one spelling: ``sha256:`` and 64 digits.

    Raises ValueError for what is none of SHA-256.
    """
    match = _FINGERPRINT.fullmatch(text.strip())
    if match is None:
        raise ValueError(
            f"ca_fingerprint={text!r} is not 'sha256:' and 64 hexadecimal digits, as"
            " 'openssl x509 -fingerprint -sha256 -noout -in ca.pem' prints them"
        )
    return f"sha256:{match[1].replace(':', '').lower()}"


def is_pem(text: object) -> bool:
    """Whether a text is certificates, not the name of a file with some."""
    return isinstance(text, str) and "-----BEGIN CERTIFICATE-----" in text


def certificates(content: bytes) -> dict[str, str]:
    """The certificates of a text in PEM form, by their fingerprints; what is none is left out."""
    found = {}
    for pem in _PEM.findall(content.decode("ascii", "replace")):
        try:
            certificate = ssl.PEM_cert_to_DER_cert(pem)
        except ValueError:
            continue
        found[f"sha256:{hashlib.sha256(certificate).hexdigest()}"] = str(pem)
    return found


def trusted(content: bytes, expected: str, exchange: errors.Exchange) -> str:
    """The certificate, in PEM form, that has the fingerprint which is expected.

    Raises :class:`rhev.errors.FingerprintMismatch` where none of those that came has it, and
    :class:`rhev.errors.ResponseError` where none came.
    """
    found = certificates(content)
    if not found:
        raise errors.ResponseError("no certificate came where the engine's CA should be", exchange)
    if expected not in found:
        shown = " and ".join(found)
        raise errors.FingerprintMismatch(
            f"the engine's CA has the fingerprint {shown}, not {expected}: either this is not the"
            " engine, or its CA was made anew; ask whoever runs it",
            exchange,
            expected=expected,
            found=shown,
        )
    return found[expected]


def context(ca: str | PathLike[str] | None) -> ssl.SSLContext:
    """What verifies by the CAs of a file or a text, or by the system's."""
    if is_pem(ca):
        return ssl.create_default_context(cadata=str(ca))
    return ssl.create_default_context(cafile=ca)


def unverified(context: ssl.SSLContext | None = None) -> ssl.SSLContext:
    """A context that verifies nothing: nothing secret is to be sent by it."""
    context = context or ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def check_ca(ca: str | PathLike[str]) -> None:
    """Raises :class:`rhev.errors.ConfigurationError` for a file or text without a certificate."""
    text = str(ca) if is_pem(ca) else None
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(
            None if text else ca, None, text
        )
    except OSError as error:
        why = error.strerror or str(error)
    except (TypeError, ValueError) as error:
        why = str(error)
    else:
        return
    given = "the text of ca_file=" if text else f"ca_file={str(ca)!r}"
    raise errors.ConfigurationError(
        f"{given} holds no certificate in PEM form ({why}). The engine's can be "
        f"fetched from https://<engine>{CA_PATH}"
    )
