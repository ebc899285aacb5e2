"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# The first example of a test may load modules, and a busy machine may be slow: neither is a fault
# of the code. In CI every run tries the same examples.
settings.register_profile(
    "rhev",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("rhev")
