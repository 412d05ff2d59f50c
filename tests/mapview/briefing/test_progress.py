"""Progress: parts add up to the whole, and one switch stops them all."""

from __future__ import annotations

import pytest

from mapview.briefing.progress import Cancelled, Progress


def test_parts_tell_their_share_of_the_whole() -> None:
    told: list[tuple[float, str]] = []
    progress = Progress(lambda share, words: told.append((share, words)))
    progress.step(0, "begin")
    second = progress.part(0.5, 1.0)
    second.step(0.5, "middle")
    second.part(0.5, 1.0).step(1, "end")
    assert told == [(0, "begin"), (0.75, "middle"), (1.0, "end")]


def test_share_stays_within_its_bounds() -> None:
    told: list[float] = []
    progress = Progress(lambda share, _: told.append(share))
    progress.step(-1, "")
    progress.step(7, "")
    assert told == [0.0, 1.0]


def test_cancel_stops_the_next_step_of_any_part() -> None:
    progress = Progress()
    part = progress.part(0.2, 0.4).part(0, 1)
    part.step(0.1, "still running")
    progress.cancel()
    with pytest.raises(Cancelled, match="nothing was written"):
        part.step(0.2, "too late")
    with pytest.raises(Cancelled):
        progress.step(0.5, "too late")


def test_numbers_of_records_become_a_share() -> None:
    told: list[tuple[float, str]] = []
    watch = Progress(lambda share, words: told.append((share, words))).part(0, 0.5).watch("Writing")
    watch(500, 1_000)
    watch(0, 0)
    assert told == [
        (0.25, "Writing: 500 of 1,000 records"),
        (0.0, "Writing: 0 of 0 records"),
    ]
