"""Shared by the tests of briefings: packs of which only some files are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mapview.briefing import writers


@pytest.fixture
def pack_only(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A function that lets packs hold only files of some endings, and nothing in all others.

    A pack is of a dozen files that each have tests of their own, and takes seconds; for tests of
    what it says of them.
    """

    def make(*endings: str) -> None:
        for name in ("WRITERS", "DATA_WRITERS"):
            only = {
                one.ending: one if one.ending in endings else replace(one, write=_nothing)
                for one in getattr(writers, name).values()
                if one.ending != "zip"
            }
            monkeypatch.setattr(writers, name, {**getattr(writers, name), **only})

    return make


def _nothing(*_: object) -> bytes:
    return b""
