"""What is made of a store once, and goes when the store goes.

A store that another push or file took the place of has connections and rows, which nothing that is
kept of it may hold.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast
from weakref import finalize, ref

__all__ = ["once_a_store"]

F = TypeVar("F", bound=Callable[..., Any])


def once_a_store(most: int) -> Callable[[F], F]:
    """Return what lets a function be asked once for each store, and what else it is given.

    Args:
        most: So many answers are kept at most; they must not hold the store itself.

    Example:
        >>> class Store: rows = 3
        >>> store, asked = Store(), []
        >>> @once_a_store(2)
        ... def rows_of(one):
        ...     asked.append(one.rows)
        ...     return one.rows
        >>> rows_of(store), rows_of(store), asked
        (3, 3, [3])
    """

    def decorate(make: F) -> F:
        @lru_cache(maxsize=most)
        def made(held: ref[Any], *more: Any) -> Any:
            store = held()
            assert store is not None, "whoever asks has it"  # noqa: S101
            # Others are made once more, which is seldom.
            finalize(store, made.cache_clear).atexit = False
            return make(store, *more)

        @wraps(make)
        def of(store: Any, *more: Any) -> Any:
            return made(ref(store), *more)

        return cast("F", of)

    return decorate
