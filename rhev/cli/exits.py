"""The exit codes, and which error of rhev ends in which: said in this one place."""

from __future__ import annotations

from typing import Final

from rhev import errors

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
    DIFFERENT: "There are differences ('rhev diff', 'rhev apply --dry-run').",
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
)


def code_of(error: BaseException) -> int | None:
    """The exit code of an error, or None for one that is a defect of rhev."""
    if isinstance(error, CommandError):
        return error.code
    return next((code for kind, code in _CODES if isinstance(error, kind)), None)


def message_of(error: BaseException) -> str:
    """What an error is said to be on the standard error."""
    if isinstance(error, errors.InvalidRequest):
        lines = [f"  {problem.path}: {problem.expected}" for problem in error.problems]
        return "\n".join(["the engine would refuse this, so it was not sent:", *lines])
    if isinstance(error, errors.Error):
        return error.message
    return str(error)
