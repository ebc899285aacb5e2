"""Every operation once, without I/O.

An operation is a generator: it yields a :class:`Request` and is sent the :class:`Response`, or
yields a :class:`Pause` and is sent None. A connection drives it, and knows nothing else of it.
"""

from rhev.operations.steps import Pause, Steps, found_or, within
from rhev.operations.wire import Wire

__all__ = ["Pause", "Steps", "Wire", "found_or", "within"]
