"""What is on a disk: bytes, of which zeros cost nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = 1 << 16
_ZEROS = bytes(BLOCK)


class Extent(NamedTuple):
    """A run of bytes that are all zeros, or of which some are not."""

    start: int
    length: int
    zero: bool


class Content:
    """The bytes of a disk of any size, in blocks: those that hold zeros alone are not kept."""

    __slots__ = ("_blocks",)

    def __init__(self) -> None:
        self._blocks: dict[int, bytes] = {}

    def copy(self) -> Content:
        """The same bytes, on a disk of its own: of the two, what is written to one is its own."""
        other = Content()
        other._blocks = self._blocks.copy()
        return other

    @property
    def allocated(self) -> int:
        """How many bytes are kept."""
        return len(self._blocks) * BLOCK

    @property
    def end(self) -> int:
        """Where what is kept ends."""
        return (max(self._blocks, default=-1) + 1) * BLOCK

    def read(self, offset: int, size: int) -> bytes:
        """The bytes from an offset on; what was never written is zeros."""
        first, last = offset // BLOCK, -(-(offset + size) // BLOCK)
        whole = b"".join(self._blocks.get(number, _ZEROS) for number in range(first, last))
        begin = offset - first * BLOCK
        return whole if len(whole) == size else whole[begin : begin + size]

    def write(self, offset: int, data: bytes) -> None:
        """Puts bytes at an offset."""
        view = memoryview(data)
        while view:
            number, begin = divmod(offset, BLOCK)
            piece = view[: BLOCK - begin]
            if len(piece) == BLOCK:
                block = bytes(piece)
            else:
                present = self._blocks.get(number, _ZEROS)
                block = present[:begin] + bytes(piece) + present[begin + len(piece) :]
            self._put(number, block)
            offset += len(piece)
            view = view[len(piece) :]

    def zero(self, offset: int, size: int) -> None:
        """Puts zeros in the place of so many bytes."""
        end = offset + size
        first, last = -(-offset // BLOCK), end // BLOCK
        if first > last:  # all within one block
            self.write(offset, bytes(size))
            return
        self.write(offset, bytes(first * BLOCK - offset))
        self.write(last * BLOCK, bytes(end - last * BLOCK))
        for number in [number for number in self._blocks if first <= number < last]:
            del self._blocks[number]

    def extents(self, size: int) -> Iterator[Extent]:
        """What a disk of this size is made of, in order: zeros and others by turns."""
        position = 0
        for start, end in self._runs():
            start, end = min(start, size), min(end, size)
            if start > position:
                yield Extent(position, start - position, zero=True)
            if end > start:
                yield Extent(start, end - start, zero=False)
            position = max(position, end)
        if size > position:
            yield Extent(position, size - position, zero=True)

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Where the blocks that are kept begin and end, those that follow each other as one."""
        begin = end = None
        for number in sorted(self._blocks):
            if number != end:
                if begin is not None and end is not None:
                    yield begin * BLOCK, end * BLOCK
                begin = number
            end = number + 1
        if begin is not None and end is not None:
            yield begin * BLOCK, end * BLOCK

    def _put(self, number: int, block: bytes) -> None:
        if block == _ZEROS:
            self._blocks.pop(number, None)
        else:
            self._blocks[number] = block
