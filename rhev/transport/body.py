"""Reading the body of a response, within bounds, whatever it claims to be."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from rhev import errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.transport.base import Request

_GZIP = 16 + zlib.MAX_WBITS


class Body:
    """The body of a response as it comes, of ``most`` bytes at most when it is decompressed.

    No more than one layer of gzip is taken off, which is all that was asked for: what is
    compressed twice can hold a million times its size.
    """

    def __init__(
        self, request: Request, status: int, headers: Mapping[str, str], most: int
    ) -> None:
        """Raises :class:`rhev.errors.ResponseError` for what is announced and cannot be read."""
        self._exchange = errors.Exchange(request.method, request.url, status)
        self._most = most
        self._content = bytearray()
        self._unpack = None
        self._began = False
        coding = headers.get("content-encoding", "identity").strip().lower()
        if coding in {"gzip", "x-gzip"}:
            self._unpack = zlib.decompressobj(_GZIP)
        elif coding != "identity":
            raise errors.ResponseError(
                f"the response is encoded as {coding[:60]!r}, where gzip, once, was asked for",
                self._exchange,
            )
        length = headers.get("content-length", "")
        if request.method != "HEAD" and length.isdecimal():
            self._check(int(length))

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes of the wire.

        Raises :class:`rhev.errors.ResponseError` where there are too many, and
        :class:`rhev.errors.ConnectionError` where they cannot be decompressed.
        """
        if self._unpack is None:
            self._content += chunk
            self._check(len(self._content))
            return
        self._began = self._began or bool(chunk)
        while chunk:
            room = self._most + 1 - len(self._content)
            self._content += self._unpacked(chunk, room)
            self._check(len(self._content))
            chunk = self._unpack.unconsumed_tail
            if self._unpack.eof and self._unpack.unused_data:
                chunk = self._unpack.unused_data
                self._unpack = zlib.decompressobj(_GZIP)

    def _unpacked(self, chunk: bytes, room: int) -> bytes:
        try:
            if self._unpack is not None:
                return self._unpack.decompress(chunk, room)
        except zlib.error:
            pass
        raise self._damaged()

    def read(self) -> bytes:
        """The whole, when all has come. Raises ConnectionError where a part is missing."""
        if self._unpack is not None and self._began and not self._unpack.eof:
            raise self._damaged()
        return bytes(self._content)

    def _damaged(self) -> errors.ConnectionError:
        return errors.ConnectionError(
            "the response is damaged: it cannot be decompressed", self._exchange
        )

    def _check(self, size: int) -> None:
        if size > self._most:
            raise errors.ResponseError(
                f"the response is larger than {self._most} bytes: ask for less, as by max=, or "
                "allow more with max_response=",
                self._exchange,
            )
