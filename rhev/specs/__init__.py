"""Specs: resources as documents in YAML or JSON, read and validated without an engine.

A document begins with its ``kind``, and has the attributes of the model of that name::

    kind: vm
    name: web-01
    cluster: Default
    template: Blank
    memory: 4GiB

``load`` makes models of such documents, and ``validate`` says all that is wrong with them, and
where.
"""

from __future__ import annotations

try:
    import yaml  # noqa: F401 - an extra that may be missing
except ImportError:
    raise ImportError("specs are read by the package pyyaml: pip install 'rhev[yaml]'") from None

from rhev.specs import reports, sizes
from rhev.specs.against import check_against
from rhev.specs.documents import Spec
from rhev.specs.json_schema import schema
from rhev.specs.loading import Reading, load, read, validate
from rhev.specs.problem import InvalidSpecs, Problem
from rhev.specs.reading import Position
from rhev.specs.source import Source, sources

__all__ = [
    "InvalidSpecs",
    "Position",
    "Problem",
    "Reading",
    "Source",
    "Spec",
    "check_against",
    "load",
    "read",
    "reports",
    "schema",
    "sizes",
    "sources",
    "validate",
]
