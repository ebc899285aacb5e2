"""Looking for what was planted: in all that a program could print, keep or send on."""

from __future__ import annotations

import base64
import contextlib
import pickle
import traceback
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from rhev.secrets import Secret
from tests.secrets.planting import C

if TYPE_CHECKING:
    import logging
    from collections.abc import Iterable, Iterator

TESTS = Path(__file__).parents[1]


def _spellings(secret: str) -> list[str]:
    """The secret, and what of it stands in base64 wherever it begins: that of Basic credentials."""
    spelt = [secret]
    for before in range(3):
        text = base64.b64encode(b"x" * before + secret.encode()).decode()
        first = (before * 8 + 5) // 6
        spelt.append(text[first : (before + len(secret)) * 8 // 6])
    return spelt


SPELLINGS = _spellings(C)


class Looked:
    """How often was looked in each place, and where the secret was found.

    ``is_part`` says that some of the tests that look were not chosen.
    """

    def __init__(self) -> None:
        self.at: Counter[str] = Counter()
        self.is_part = False
        self.found: list[str] = []

    def into(self, place: str, text: str) -> None:
        """Look for the secret in a text."""
        self.at[place] += 1
        for spelling in SPELLINGS:
            at = text.find(spelling)
            if at >= 0:
                self.found.append(f"{place}: {text[:60]} ... {text[max(0, at - 100) : at + 40]}")
                return

    def logged(self, records: Iterable[logging.LogRecord]) -> None:
        """Look at records, with what they are made of, for they go to trackers as well."""
        for record in records:
            place = f"log of {record.name.partition('.')[0]}"
            if record.name == "rhev.bodies":
                place = "log of bodies"
            self.into(place, f"{record.getMessage()} {record.msg!r} {record.args!r}")
            if record.exc_info and record.exc_info[1]:
                self.error(record.exc_info[1])

    def error(self, error: BaseException, seen: set[int] | None = None) -> None:
        """Look at an exception, at its attributes, at its frames, and at those that led to it."""
        seen = set() if seen is None else seen
        if id(error) in seen:
            return
        seen.add(id(error))
        self.into("str of errors", f"{error} {error.args!r} {getattr(error, '__notes__', '')}")
        self.into("repr of errors", repr(error))
        for part in _parts(vars(error)):
            self.into("attributes of errors", part)
        told = traceback.TracebackException.from_exception(error, capture_locals=True)
        for frame in told.stack:
            if not _is_of_tests(frame.filename):
                self.into("tracebacks with locals", f"{frame.name}: {frame.locals}")
        self.into("tracebacks", "".join(told.format_exception_only()))
        self.pickled("pickles of errors", error)
        self._shown_by_rich(error)
        for other, place in (
            (error.__cause__, "causes"),
            (error.__context__, "contexts"),
            *((inner, "causes") for inner in getattr(error, "exceptions", ())),
        ):
            if other is not None:
                self.into(place, repr(other))
                self.error(other, seen)

    def _shown_by_rich(self, error: BaseException) -> None:
        """Look at what rich would print: to lay that out would take seconds."""
        from rich.traceback import Traceback

        trace = Traceback.extract(type(error), error, error.__traceback__, show_locals=True)
        for stack in trace.stacks:
            self.into("tracebacks by rich", stack.exc_value)
            for frame in stack.frames:
                if not _is_of_tests(frame.filename):
                    told = {name: str(node) for name, node in (frame.locals or {}).items()}
                    self.into("tracebacks by rich", f"{frame.name}: {told}")

    def pickled(self, place: str, value: object) -> bool:
        """Look at the pickle of what can be pickled; returns whether it can."""
        try:
            content = pickle.dumps(value)
        except Exception as error:
            self.into(place, f"refused: {error}")
            return False
        self.into(place, content.decode("latin-1"))
        return True

    def objects(self, place: str, root: object) -> None:
        """Look at the repr of an object, and of those of rhev that are behind it."""
        for value in _behind(root, set()):
            self.into(place, repr(value))
            self.pickled(place.replace("reprs", "pickles"), value)


def _is_of_tests(filename: str) -> bool:
    """Whether a frame is of the tests, which stand for the user's program and know the secret."""
    return Path(filename).is_relative_to(TESTS)


def _attributes(value: object) -> dict[str, Any]:
    held = dict(getattr(value, "__dict__", {}))
    for cls in type(value).__mro__:
        slots = cls.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            with contextlib.suppress(AttributeError):
                held[name] = object.__getattribute__(value, name)
    return held


def _parts(value: object, depth: int = 8, seen: set[int] | None = None) -> Iterator[str]:
    """What a tracker of errors that follows attributes would send. A Secret is closed to it."""
    seen = set() if seen is None else seen
    if id(value) in seen or isinstance(value, (Secret, type, ModuleType)) or not depth:
        return
    seen.add(id(value))
    yield repr(value)
    inner: Iterable[object] = _attributes(value).values()
    if isinstance(value, Mapping):
        inner = value.values()
    elif isinstance(value, (list, tuple, set, frozenset)):
        inner = value
    for each in inner:
        yield from _parts(each, depth - 1, seen)


def _behind(value: object, seen: set[int]) -> Iterator[object]:
    if id(value) in seen or isinstance(value, type):
        return
    seen.add(id(value))
    ours = type(value).__module__.partition(".")[0] == "rhev"
    if ours:
        yield value
        for held in _attributes(value).values():
            yield from _behind(held, seen)
    elif isinstance(value, Mapping):
        for held in value.values():
            yield from _behind(held, seen)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for held in value:
            yield from _behind(held, seen)
