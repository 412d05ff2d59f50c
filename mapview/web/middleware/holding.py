"""Answers that are held until they are whole, so that something can be done to all of one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.types import Message, Send

__all__ = ["holding"]


def holding(
    send: Send,
    is_held: Callable[[Message], bool],
    finish: Callable[[Message, bytes], Awaitable[None]],
) -> Send:
    """Return what sends an answer on as it comes, or hands it over whole.

    Args:
        send: Sends it on.
        is_held: Whether an answer that starts so is held.
        finish: Is given the start and the whole body of one that is, and sends it.
    """
    start: Message | None = None
    parts: list[bytes] = []

    async def hold(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start" and is_held(message):
            start = message
        elif start is None:
            await send(message)
        else:
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                await finish(start, b"".join(parts))

    return hold
