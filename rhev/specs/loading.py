"""Loading specs, and validating them: all problems of all that is given, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rhev.applying import Cyclic, SaidTwice
from rhev.applying.order import in_order
from rhev.specs import documents, ruling
from rhev.specs.against import told_of
from rhev.specs.problem import InvalidSpecs, Problem
from rhev.specs.reading import Position, Text
from rhev.specs.source import Source, sources

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from rhev.specs.documents import Spec


@dataclass(frozen=True)
class Reading:
    """What was read: the ``specs`` of all documents that models could be made of, and ``problems``.

    A spec whose shape is wrong lacks what is so, and is not among the places of the ``sound`` ones.
    """

    texts: tuple[Text, ...]
    specs: tuple[Spec, ...]
    problems: tuple[Problem, ...]
    sound: frozenset[str]

    def is_sound(self, spec: Spec) -> bool:
        """Whether nothing is wrong with the shape of a spec."""
        return spec.where in self.sound


def load(*places: str | PathLike[str] | Source) -> tuple[Spec, ...]:
    """The specs of files, in YAML or JSON: of each document one, in their order.

    A place is the path of a file or of a folder, ``-`` for the standard input, or a ``Source``.
    Raises InvalidSpecs, with all problems, where one has a wrong shape: the engine's rules are left
    to ``validate``, as what is there already needs less than what is new. Raises OSError for a file
    that cannot be read.
    """
    found = read(sources(*places), rules=False)
    errors = [each for each in found.problems if each.severity == "error"]
    if errors:
        raise InvalidSpecs(errors)
    return found.specs


def validate(*places: str | PathLike[str] | Source, partial: bool = False) -> tuple[Problem, ...]:
    """All that is wrong with the specs of files: their shape, and what an engine would refuse.

    Places are as ``load`` has them. An empty result says that nothing known here stands against
    adding what they describe. No engine is asked. What is ``partial`` is of something that is there
    already, and need not have what an add needs. Raises OSError for a file that cannot be read.
    """
    return read(sources(*places), partial=partial).problems


def read(given: Iterable[Source], *, rules: bool = True, partial: bool = False) -> Reading:
    """What sources hold, and all that is wrong with it, by the engine's ``rules`` as well.

    ``partial`` is as ``validate`` has it.
    """
    specs: list[Spec] = []
    problems: list[Problem] = []
    sound: set[str] = set()
    texts = tuple(Text(source) for source in given)
    for text in texts:
        count, first = 0, len(specs)
        for node in text.documents():
            document = documents.read(text, node)
            if document is None:
                continue
            count += 1
            if document.spec is not None:
                specs.append(document.spec)
                if not document.shaping.wrong:
                    sound.add(document.spec.where)
                if rules:
                    ruling.check(document.shaping, document.spec, partial=partial)
        if not count and not text.problems:
            text.note(Position(1, 1), (), "there is no document in this", rule="kind")
        if rules:
            _check_order(text, [spec for spec in specs[first:] if spec.where in sound])
        problems += text.found()
    return Reading(texts, tuple(specs), tuple(problems), frozenset(sound))


def _check_order(text: Text, specs: list[Spec]) -> None:
    """Notes the documents of a text that are there twice, or wait for each other."""
    while True:
        try:
            in_order(specs)
        except (Cyclic, SaidTwice) as error:
            blamed = told_of(specs, error)
            if blamed is None:
                return
            text.note(blamed.position(), (), str(error), rule="order")
            specs.remove(blamed)
        else:
            return
