"""What is secret, and how it is kept from sight: one list for reprs, logs, cassettes and errors."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Never, Self, overload
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

HIDDEN: Final = "***"
SCRUBBED: Final = "scrubbed"

# Attributes, elements, members, parameters and headers whose values are secrets.
_NAMES: Final = re.compile(
    r"pass(word|wd|phrase)|pwd|token|secret|private_?key|license_?key|(api|access)_?key"
    r"|authorization|cookie|jsessionid|credential|signed_ticket|(transfer|proxy)_url"
    r"|remote_viewer_connection_file|custom_script|driver_sensitive_options",
    re.IGNORECASE,
)
# The options and properties whose `value` is one: more, as scripts and drivers name them freely.
_OPTIONS: Final = re.compile(
    rf"{_NAMES.pattern}|pass(?!_?th)|private|community|auth(?!or)|key$", re.IGNORECASE
)

_FIELDS: Final = re.compile(r"[^&;=]+=[^&;=]*(&[^&;=]+=[^&;=]*)*")
_HEADERS: Final = re.compile(rf"{_NAMES.pattern}|authenticat", re.IGNORECASE)
_TELLING_URL: Final = re.compile(r"[@?;#]")
_IN_PATH: Final = re.compile(r";([^;/?#=]*)=[^;/?#]*")

SECRETS: Final = frozenset(
    {
        ("Configuration", "data"),
        ("File", "content"),
        ("OpenstackVolumeAuthenticationKey", "value"),
        ("ProxyTicket", "value"),
        ("Ticket", "value"),
    }
)
"""The types of which an attribute is a secret that has no telling name."""

WITHIN: Final = {
    "authentication_key": "value",
    "authentication_keys": "value",
    "configuration": "data",
    "driver_sensitive_options": "value",
    "drivers_iso": "content",
    "file": "content",
    "files": "content",
    "openstack_volume_authentication_key": "value",
    "proxy_ticket": "value",
    "ticket": "value",
}
"""Where those types stand in a document: elements, and the secret that is within them."""

COLLECTIONS: Final = {"authenticationkeys": "value", "files": "content"}
"""The collections whose members are of those types: a JSON document does not say what it is."""


def says_secret(name: str) -> bool:
    """Whether what goes by a name is a secret."""
    return bool(_NAMES.search(name))


def calls_secret(name: object) -> bool:
    """Whether the value of an option or a property of that name is a secret."""
    return isinstance(name, str) and bool(_OPTIONS.search(name))


def is_secret(api_name: str, attribute: str, called: object) -> bool:
    """Whether an attribute of a type is a secret.

    ``called`` is the name of an option or a property, which says what its value is.
    """
    if says_secret(attribute) or (api_name, attribute) in SECRETS:
        return True
    return attribute == "value" and calls_secret(called)


def scrub_form(text: str) -> tuple[str, bool]:
    """The fields of a form without the values of secret ones, and whether there were any."""
    if not says_secret(text) and not says_secret(unquote(text)):
        return text, False
    if not _FIELDS.fullmatch(text):
        # Read by other rules than ours it may have other fields.
        return SCRUBBED, True
    pairs = parse_qsl(text, keep_blank_values=True, errors="surrogateescape")
    clean = [(name, SCRUBBED if says_secret(name) else value) for name, value in pairs]
    if clean == pairs:
        return text, False
    return urlencode(clean, quote_via=quote, errors="surrogateescape"), True


def scrub_url(url: str) -> str:
    """The URL without the values of secret parameters, without a user's name, and the fragment."""
    if not _TELLING_URL.search(url):
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return SCRUBBED
    path = _IN_PATH.sub(_without_value, parts.path)
    netloc = parts.netloc.rpartition("@")[2]
    query, _ = scrub_form(parts.query)
    return urlunsplit(parts._replace(netloc=netloc, path=path, query=query, fragment=""))


def _without_value(parameter: re.Match[str]) -> str:
    return f";{parameter[1]}={SCRUBBED}" if says_secret(unquote(parameter[1])) else parameter[0]


def shown_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that are no secrets: neither cookies nor what authenticates."""
    shown = {name: value for name, value in headers.items() if not _is_hidden(name)}
    if "location" in shown:
        shown["location"] = scrub_url(shown["location"])
    return shown


@lru_cache(256)
def _is_hidden(header: str) -> bool:
    return bool(_HEADERS.search(header))


_SSO: Final = re.compile(r"/sso(/|-logout)")


def is_sso(url: str) -> bool:
    """Whether the URL is of the engine's single sign-on, where everything is a credential."""
    return bool(_SSO.search(urlsplit(url).path))


_USER: Final = re.compile(r"(?<=//)[^/?#]*@")


@overload
def hide_user(url: str) -> str: ...
@overload
def hide_user(url: str | None) -> str | None: ...
def hide_user(url: str | None) -> str | None:
    """The URL with *** as its user and password, which leaves it one that is to be refused."""
    return _USER.sub(f"{HIDDEN}@", url) if isinstance(url, str) else url


class Unpickled:
    """What is copied, as it is not changed, but not pickled: a pickle is secrets in clear text."""

    __slots__ = ()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> Never:
        raise TypeError(
            f"a {type(self).__name__} is not pickled: what it holds would be in clear text"
        )


class Secret(Unpickled):
    """A text that nothing shows: no repr, no format, no traceback with the locals of its frames.

    :meth:`reveal` gives it. A connection takes one wherever it takes a password or a token. It is
    not pickled: a pickle would keep it in clear text, wherever that goes.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    @overload
    @classmethod
    def of(cls, text: str | Self) -> Self: ...
    @overload
    @classmethod
    def of(cls, text: str | Self | None) -> Self | None: ...
    @classmethod
    def of(cls, text: str | Self | None) -> Self | None:
        """The text as a secret, unless it is one already. What is no text stays what it is."""
        return cls(str(text)) if isinstance(text, str) else text

    def reveal(self) -> str:
        """The text itself: do not keep it in a variable, where a traceback would show it."""
        return self._text

    def __repr__(self) -> str:
        return HIDDEN

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)
