"""What is slow to load, loaded: for processes that are forked from one which imports this.

A program loads much of rhev when it first needs it, which counts for nothing here.
"""

from __future__ import annotations

import contextlib

import httpcore  # noqa: F401

import rhev.codecs.xml
import rhev.transport.http.aiohttp  # noqa: F401
from faults import cell
from faults.operations import OPERATIONS, Stage, prepare
from faults.witness import Witness
from rhev import Error

for _operation in OPERATIONS:
    _stage = Stage(Witness())
    cell.call(prepare(_stage.truth, _stage))
    with contextlib.suppress(Error):
        cell.call(_operation.run(_stage.truth, _stage))
