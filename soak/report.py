"""What a scenario found, and the table of all."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

MOST_GROWN = 16.0
"""MiB: by how much a process may have grown from when it was warm to the end.

Each of 500 tasks keeps the machine and the exchange that it had last, and is warm late.
"""


@dataclass(frozen=True)
class Plan:
    """How long a scenario goes on, and with how many at a time in comparison to a whole run."""

    seconds: float = 120.0
    scale: float = 1.0

    def number(self, whole: int) -> int:
        """So many of what a whole run has ``whole`` of."""
        return max(2, round(whole * self.scale))


@dataclass(frozen=True)
class Result:
    """A row of the table. All but the operations, and memory within its bound, are to be zero."""

    operations: int = 0
    crossed: int = 0
    duplicates: int = 0
    errors: int = 0
    sockets: int = 0
    tasks: int = 0
    threads: int = 0
    grown: float = 0.0
    tokens: int = 0
    said: list[str] = field(default_factory=list)
    """The first of what went wrong, in words."""

    @property
    def is_right(self) -> bool:
        wrong = (
            *(self.crossed, self.duplicates, self.errors),
            *(self.sockets, self.tasks, self.threads, self.tokens),
        )
        return self.operations > 0 and not any(wrong) and self.grown <= MOST_GROWN


HEAD = "scenario".ljust(16) + "".join(
    name.rjust(12)
    for name in ("operations", "crossed", "duplicates", "errors", "sockets", "tasks", "threads")
)
HEAD += f"{'MiB grown':>12}{'tokens':>12}"


def row(name: str, result: Result) -> str:
    cells = [getattr(result, f.name) for f in fields(result) if f.name != "said"]
    shown = "".join(f"{c:>12.1f}" if isinstance(c, float) else f"{c:>12}" for c in cells)
    return f"{name:16}{shown}{'' if result.is_right else '  WRONG'}"
