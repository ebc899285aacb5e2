"""The exit codes, and which error of rhev ends in which: said in this one place."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, cast

from rhev import errors

if TYPE_CHECKING:
    from pydantic_core import ValidationError

DONE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
NOT_FOUND: Final = 3
NOT_ALLOWED: Final = 4
NOT_REACHED: Final = 5
INVALID: Final = 6
WAITED: Final = 7
PARTLY: Final = 8
DIFFERENT: Final = 9
INTERRUPTED: Final = 130

MEANINGS: Final = {
    DONE: "Done.",
    FAILED: "The engine refused, or something failed.",
    USAGE: "The command was written wrongly: nothing was done.",
    NOT_FOUND: "What was named is not there.",
    NOT_ALLOWED: "Not allowed: credentials, an expired token, or missing permissions.",
    NOT_REACHED: "No engine was reached, or its certificate is not trusted.",
    INVALID: "Invalid, as a spec or a rule of the engine says: nothing was sent.",
    WAITED: "Waited too long; what was waited for may still come.",
    PARTLY: "Of several, some failed; the summary says which.",
    DIFFERENT: "There are differences ('rhev diff', 'rhev apply --dry-run'), or findings"
    " ('rhev readiness').",
    INTERRUPTED: "Interrupted by Ctrl-C.",
}


class CommandError(Exception):
    """What a command cannot go on from: a sentence for people, and the exit code it ends with."""

    def __init__(self, message: str, code: int = FAILED) -> None:
        super().__init__(message)
        self.code = code


# The first class that an error is an instance of decides.
_CODES: Final[tuple[tuple[type[BaseException], int], ...]] = (
    (errors.WaitTimeout, WAITED),
    (errors.NotFound, NOT_FOUND),
    (errors.MultipleFound, NOT_FOUND),
    (errors.Unauthorized, NOT_ALLOWED),
    (errors.Forbidden, NOT_ALLOWED),
    (errors.CredentialsError, NOT_ALLOWED),
    (errors.InvalidRequest, INVALID),
    (errors.InvalidSearch, USAGE),
    (errors.NotSearchable, USAGE),
    (errors.NoRelationship, USAGE),
    (errors.ConfigurationError, USAGE),
    (errors.OutcomeUnknown, FAILED),
    (errors.ConnectionError, NOT_REACHED),
    (errors.FingerprintMismatch, NOT_REACHED),
    (errors.Error, FAILED),
    # What a connection says of a call that cannot be meant: it is made of what was written
    (ValueError, USAGE),
)


def code_of(error: BaseException) -> int | None:
    """The exit code of an error, or None for one that is a defect of rhev."""
    if isinstance(error, CommandError):
        return error.code
    if _is_of_pydantic(error):
        return INVALID
    return next((code for kind, code in _CODES if isinstance(error, kind)), None)


def message_of(error: BaseException, profile: str | None = None) -> str:
    """What an error is said to be on the standard error.

    ``profile`` is the one whose token was sent, if one was.
    """
    if isinstance(error, errors.Unauthorized) and profile is not None:
        return (
            f"the token of the profile {profile!r} is not valid any more: 'rhev login --profile"
            f" {profile}' gets another"
        )
    if isinstance(error, errors.InvalidRequest):
        lines = [f"  {problem.path}: {problem.expected}" for problem in error.problems]
        return "\n".join(["the engine would refuse this, so it was not sent:", *lines])
    if isinstance(error, errors.OutcomeUnknown):
        ids = ", ".join(error.correlation_ids)
        return (
            "no answer came, and whether it was done is not known: look before you do it again"
            f" (the engine's log has it as {ids})"
        )
    if isinstance(error, errors.Error):
        return error.message
    if _is_of_pydantic(error):
        problems = cast("ValidationError", error).errors(include_url=False, include_input=False)
        lines = [f"  {'.'.join(map(str, p['loc']))}: {p['msg']}" for p in problems]
        return "\n".join(["this is not valid, so it was not sent:", *lines])
    return str(error)


def _is_of_pydantic(error: BaseException) -> bool:
    """Whether it is a ValidationError, told without loading pydantic."""
    pydantic = sys.modules.get("pydantic_core")
    return pydantic is not None and isinstance(error, pydantic.ValidationError)
