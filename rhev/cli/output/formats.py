"""The formats that ``-o`` takes."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

NAMES: Final = ("table", "wide", "json", "yaml", "xml", "csv", "name")
JSONPATH: Final = "jsonpath"
FORMATS: Final = f"{', '.join(NAMES)} or {JSONPATH}=EXPRESSION"


def check_format(text: str) -> None:
    """Raises ValueError for what is no format, with the one that may have been meant."""
    if text in NAMES or text.startswith(f"{JSONPATH}="):
        return
    if text == JSONPATH:
        raise ValueError("jsonpath takes an expression, as in -o jsonpath='{.name}'")
    near = get_close_matches(text, NAMES, 1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise ValueError(f"{text!r} is no format{hint}, which are {FORMATS}")
