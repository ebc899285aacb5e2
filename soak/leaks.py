"""What a process holds: sockets, threads, tasks, memory."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from dataclasses import dataclass
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Held:
    """What is held at one moment, or by how much more that is than at another."""

    sockets: int = 0
    threads: int = 0
    tasks: int = 0

    @classmethod
    def now(cls) -> Held:
        """What this process holds; of tasks those of the loop that runs, but the one that asks."""
        gc.collect()
        return cls(_sockets(), threading.active_count(), _tasks())

    def since(self, before: Held) -> Held:
        return Held(
            max(0, self.sockets - before.sockets),
            max(0, self.threads - before.threads),
            max(0, self.tasks - before.tasks),
        )

    def __add__(self, other: Held) -> Held:
        return Held(
            self.sockets + other.sockets, self.threads + other.threads, self.tasks + other.tasks
        )


def _sockets() -> int:
    count = 0
    for link in Path("/proc/self/fd").iterdir():
        try:
            count += os.readlink(link).startswith("socket:")
        except OSError:  # the one by which the folder was read
            continue
    return count


def _tasks() -> int:
    try:
        return len(asyncio.all_tasks()) - 1
    except RuntimeError:
        return 0


def memory() -> float:
    """The MiB of this process that are in memory."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 2**20
