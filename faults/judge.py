"""The verdict on a cell: from what the engine did, and what the caller was told.

It is by rule, and knows nothing of single cells. The one table there is says which errors each
kind of fault may come as.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import rhev
from faults.operations import TIMEOUT, Operation, Stage
from faults.witness import like

if TYPE_CHECKING:
    from faults.catalogue import Fault, Kind

# On a busy machine, what ends in time is noticed later.
MARGIN = 1.0


class Verdict(StrEnum):
    """What a cell may come to. All but the first two are defects."""

    OK = "ok"
    RIGHT = "right error"
    WRONG = "wrong error"
    HANG = "hang"
    FALSE = "false success"
    DUPLICATE = "duplicate"


DEFECTS = (Verdict.WRONG, Verdict.HANG, Verdict.FALSE, Verdict.DUPLICATE)

# What may be raised where nobody could do better. A lost change is always told as one, whatever
# took its answer away: OutcomeUnknown is a ConnectionError.
_LOST = (rhev.ConnectionError,)
_NOT_THE_API = (rhev.ResponseError, rhev.ConnectionError)
ALLOWED: dict[Kind, tuple[type[rhev.Error], ...]] = {
    "connect": _LOST,
    "lost": _LOST,
    # An endless head can also be too large.
    "slow": (rhev.ConnectionError, rhev.ResponseError),
    # A gateway's status without a word of the engine's may be told as what it is.
    "gateway": (*_NOT_THE_API, rhev.Fault),
    "captive": _NOT_THE_API,
    "crossed": _NOT_THE_API,
    "compressed": _NOT_THE_API,
    "content": _NOT_THE_API,
    "protocol": _NOT_THE_API,
    "session": (rhev.Unauthorized,),
    # A service that does not work says nothing of the password; one that refuses it does.
    "token": _NOT_THE_API,
}
# Where a fault says more than others of its kind.
_BESIDE: dict[str, tuple[type[rhev.Error], ...]] = {
    "token-refused": (rhev.Unauthorized,),
    "captive-403": (rhev.Forbidden, rhev.Unauthorized),
}


# Of these it has to be found out what came of them.
_FOUND_OUT = ("create", "action", "delete", "ensure-missing")


@dataclass(frozen=True)
class Outcome:
    """What the caller saw: a value, or an error, after some seconds; neither, where it hangs."""

    seconds: float
    value: object = None
    error: BaseException | None = None
    ended: bool = True
    found: str = ""
    """For a change whose outcome is unknown: the state that ``find_outcome`` gave."""


def judge(
    operation: Operation, fault: Fault, stage: Stage, outcome: Outcome
) -> tuple[Verdict, str]:
    """The verdict, and for a defect what is wrong."""
    limit = operation.limit + MARGIN
    if not outcome.ended or outcome.seconds > limit:
        ended = f"it took {outcome.seconds:.1f} s" if outcome.ended else "it never ended"
        return Verdict.HANG, f"{ended}, of {operation.limit:g} s; {_told(outcome)}"
    if wrong := _done_wrongly(operation, stage):
        return Verdict.DUPLICATE, f"{wrong}; {_told(outcome)}"
    if outcome.error is None:
        lie = operation.lie(outcome.value, stage)
        if lie and not fault.told_apart and operation.name in ("wait-deletion", "delete"):
            return Verdict.OK, ""
        return (Verdict.FALSE, lie) if lie else (Verdict.OK, "")
    wrong = _told_wrongly(operation, fault, stage, outcome)
    return (Verdict.WRONG, f"{wrong}: {_told(outcome)}") if wrong else (Verdict.RIGHT, "")


def _told(outcome: Outcome) -> str:
    error = outcome.error
    return f"returned {outcome.value!r}" if error is None else f"{type(error).__name__}: {error}"


def _done_wrongly(operation: Operation, stage: Stage) -> str:
    """What the engine was asked to do that nobody wanted, or more than once."""
    changes = stage.engine.changes()
    asked = [seen for seen in changes if operation.change and like(operation.change, seen)]
    others = [seen for seen in changes if seen not in asked]
    if others:
        return f"the engine was asked for something else: {', '.join(map(str, others))}"
    if len(asked) > 1 and asked[0].method == "POST":
        return f"the engine was asked {len(asked)} times: {', '.join(map(str, asked))}"
    if operation.name == "update-raced" and operation.done(stage):
        now = stage.real("web-03").description
        if now != "theirs":
            return f"what someone else changed in between was overwritten by {now!r}"
    return ""


def _told_wrongly(operation: Operation, fault: Fault, stage: Stage, outcome: Outcome) -> str:
    """What is wrong with an error."""
    error = outcome.error
    if not isinstance(error, rhev.Error):
        return "not an error of rhev's"
    if operation.limit != TIMEOUT and isinstance(error, rhev.WaitTimeout):
        return ""
    done = operation.done(stage)
    if isinstance(error, rhev.Fault) and done:
        return "it says that the engine refused what it has done"
    if isinstance(error, rhev.ConnectionError) and done and not error.delivered:
        return "it says that the request never came to the engine, which has done it"
    if isinstance(error, rhev.NotFound) and not operation.absent:
        return "it says that there is no such thing" if fault.told_apart else ""
    allowed = _BESIDE.get(fault.name, ALLOWED[fault.kind])
    if not isinstance(error, allowed):
        return f"not one of {', '.join(each.__name__ for each in allowed)}"
    is_lost = isinstance(error, rhev.ConnectionError)
    if done and operation.change and is_lost and not isinstance(error, rhev.OutcomeUnknown):
        return "it does not say that the outcome is unknown"
    if wrong := _found_wrongly(operation, outcome.found, done=done):
        return wrong
    return "this can be got over" if _can_be_got_over(operation, fault) else ""


def _can_be_got_over(operation: Operation, fault: Fault) -> bool:
    if fault.overcome == "silence" and operation.change.startswith("PUT"):
        return False
    return fault.overcome == "always" or (fault.overcome != "never" and operation.repeatable)


def _found_wrongly(operation: Operation, found: str, *, done: bool) -> str:
    """What is wrong with the outcome of a change that was found out afterwards."""
    is_so = {"done": done, "not received": not done, "failed": not done}
    if not found or is_so.get(found, operation.name not in _FOUND_OUT):
        return ""
    return f"find_outcome() says {found!r} of what was {'done' if done else 'not done'}"
