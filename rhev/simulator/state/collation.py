"""The order of texts in the engine's database, which is that of a language and not of bytes."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=1 << 15)
def collated(text: str) -> tuple[str, str, str]:
    """What a text is sorted by.

    Letters and digits count first, without case and accents, then the other characters, then case.
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    letters = "".join(character for character in plain.casefold() if character.isalnum())
    return letters, text.casefold(), text.swapcase()
