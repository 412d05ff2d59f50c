"""What stops a command: signals that cancel, so that no part of a file or folder of it stays."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["exit_code", "stopped_neatly"]

# Windows has no SIGHUP. Python itself makes SIGINT, which is Ctrl-C, a `KeyboardInterrupt`.
_STOPPING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def stopped_neatly() -> Iterator[None]:
    """Let a request to end cancel the work as Ctrl-C does, and not end the process at once.

    A signal that is ignored stays so: `nohup` and a shell's `&` mean a command to go on.
    """
    taken = [one for one in _STOPPING if signal.getsignal(one) is signal.SIG_DFL]
    for one in taken:
        signal.signal(one, _cancel)
    try:
        yield
    finally:
        for one in taken:
            signal.signal(one, signal.SIG_DFL)


def _cancel(number: int, _: FrameType | None) -> None:
    raise KeyboardInterrupt(number)


def exit_code(cancelled: KeyboardInterrupt) -> int:
    """Return how a cancelled command ends: as shells tell it, 128 and the number of the signal."""
    return 128 + (cancelled.args[0] if cancelled.args else signal.SIGINT)
