"""Heavy answers, made once for all who ask the same meanwhile, and kept for a time."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

__all__ = ["Kept"]

_MOST_BYTES = 64 * 2**20
K = TypeVar("K", bound=Hashable)


class Kept(Generic[K]):
    """Answers of one kind.

    Args:
        make: Makes the answer about what is asked for, from data of a version.
    """

    def __init__(self, make: Callable[[K, str], Awaitable[bytes]]) -> None:
        self._make = make
        self._kept: OrderedDict[tuple[K, str], bytes] = OrderedDict()
        self._making: dict[tuple[K, str], asyncio.Task[bytes]] = {}

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return sum(map(len, self._kept.values()))

    async def get(self, asked: K, version: str) -> bytes:
        """Return the answer about what is asked for, from data of a version.

        Raises:
            Busy: If too many others are asked for.
            GeodataError: If it cannot be made.
        """
        key = (asked, version)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._making:
            task = asyncio.create_task(self._make_and_keep(key))
            self._making[key] = task
            task.add_done_callback(lambda _: self._making.pop(key))
        # Whoever goes away leaves the others theirs.
        return await asyncio.shield(self._making[key])

    async def _make_and_keep(self, key: tuple[K, str]) -> bytes:
        answer = await self._make(*key)
        self._kept[key] = answer
        while self.size > _MOST_BYTES:
            self._kept.popitem(last=False)
        return answer
