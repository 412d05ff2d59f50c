"""Small files stand for large ones here, and are made without other processes."""

from __future__ import annotations

import pytest

from geodata.large import cutting, making


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "LARGE_BYTES", 1)
    monkeypatch.setattr(cutting, "_PIECE_BYTES", 2_000)
    monkeypatch.setattr(making, "processors", lambda: 1)
