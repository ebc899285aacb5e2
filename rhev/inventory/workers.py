"""A few threads that read, and do not keep a program from ending."""

from __future__ import annotations

from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Workers:
    """So many threads, which do what they are given in its order.

    An executor of the standard library waits at the end of the program for what is under way, which
    is a minute where an engine is silent and somebody has pressed Ctrl-C.
    """

    def __init__(self, count: int) -> None:
        self._jobs: SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None] = SimpleQueue()
        self._threads = [
            Thread(target=self._work, name=f"rhev-inventory-{number}", daemon=True)
            for number in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """What the job gives, when a thread has done it."""
        future: Future[T] = Future()
        self._jobs.put((job, future))
        return future

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        """Ends the threads as soon as each has done what it is at; what none has begun is left."""
        while not self._jobs.empty():
            self._jobs.get_nowait()
        for _ in self._threads:
            self._jobs.put(None)

    def _work(self) -> None:
        while (given := self._jobs.get()) is not None:
            job, future = given
            try:
                future.set_result(job())
            except BaseException as error:
                future.set_exception(error)
            del (
                given,
                job,
                future,
            )  # a page of an estate is large, and the next may be long in coming
