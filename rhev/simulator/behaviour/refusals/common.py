"""What refusals of any type are said with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rhev.simulator.state.places import refers
from rhev.simulator.state.refusals import FAILED, MALFORMED, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.simulator.generic.hooks import Call
    from rhev.simulator.state.store import Record

GENERAL = "[General command validation failure.]"
_UUID = re.compile(r"[0-9a-fA-F]{1,8}(-[0-9a-fA-F]{1,4}){3}-[0-9a-fA-F]{1,12}")


def bad(detail: str, status: int = 400) -> Refusal:
    return Refusal(status, FAILED, f"[{detail}]")


def is_uuid(text: str) -> bool:
    return _UUID.fullmatch(text) is not None


def check_uuid(id_: str | None) -> None:
    if id_ is not None and not is_uuid(id_):
        raise Refusal(400, MALFORMED, f"Invalid UUID string: {id_}")


def referring(call: Call, api_type: str, attribute: str, to: Record) -> Iterator[Record]:
    for record in call.estate.store.of_type(api_type):
        if refers(record.model, attribute, to):
            yield record
