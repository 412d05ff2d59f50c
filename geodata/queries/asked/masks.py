"""Which rows each part of a filter keeps, as bits that are kept for the next question.

Whoever pans the map or turns a page asks with the same filter again, and whoever changes one part
of it with the same others.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from threading import Lock
from typing import Any

import numpy as np

from geodata.queries.engine import Numbers

__all__ = ["Masks"]

# Two hundred and fifty filters or parts of them at a million rows; finding one again by a word in
# all texts takes a tenth of a second of a processor, from here a hundredth of that.
_MOST_BYTES = 32_000_000


class Masks:
    """Bits by filter, of which those are forgotten first that were not asked for lately.

    Args:
        find: Tells of each row whether filters of one part each keep it, in their order.
        most_bytes: How much is kept at most.
    """

    def __init__(
        self, find: Callable[[Sequence[Any]], list[Numbers]], most_bytes: int = _MOST_BYTES
    ) -> None:
        self._find = find
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Hashable, tuple[Numbers, int]] = OrderedDict()
        self._bytes = 0
        self._turn = Lock()

    def of(self, chosen: Hashable, parts: tuple[Hashable, ...]) -> Numbers:
        """Return whether each row is kept by a filter.

        Args:
            chosen: The filter.
            parts: Filters of one part each that together find the same.
        """
        found = self._again(chosen)
        if found is not None:
            return found
        mask: Numbers = np.logical_and.reduce(self.each(parts))
        if parts != (chosen,):
            self._keep(chosen, mask)
        return mask

    def seek(self, wanted: Mapping[Hashable, tuple[Hashable, ...]]) -> None:
        """Find together what is missing of filters that are asked for next.

        Args:
            wanted: The parts of each, as `of` takes them.
        """
        with self._turn:
            parts = [
                one for chosen, some in wanted.items() if chosen not in self._kept for one in some
            ]
            missing = [one for one in dict.fromkeys(parts) if one not in self._kept]
        self._found(missing)

    def _found(self, missing: Sequence[Hashable]) -> dict[Hashable, Numbers]:
        found = dict(zip(missing, self._find(missing), strict=True)) if missing else {}
        for one, sought in found.items():
            self._keep(one, sought)
        return found

    def each(self, parts: Sequence[Hashable]) -> list[Numbers]:
        """Return whether each row is kept, for filters of one part each.

        Those that were not asked for lately are sought together.
        """
        found = {one: self._again(one) for one in parts}
        found |= self._found([one for one, mask in found.items() if mask is None])
        return [mask for one in parts if (mask := found[one]) is not None]

    def _again(self, chosen: Hashable) -> Numbers | None:
        with self._turn:
            kept = self._kept.get(chosen)
            if kept is None:
                return None
            self._kept.move_to_end(chosen)
        bits, size = kept
        return np.unpackbits(bits, count=size).view(bool)

    def _keep(self, chosen: Hashable, mask: Numbers) -> None:
        bits = np.packbits(mask)
        with self._turn:
            if chosen not in self._kept:
                self._kept[chosen] = bits, len(mask)
                self._bytes += bits.nbytes
            while self._bytes > self._most_bytes and len(self._kept) > 1:
                _, (gone, _) = self._kept.popitem(last=False)
                self._bytes -= gone.nbytes
