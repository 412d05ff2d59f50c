"""Jobs: a result or a sentence, told from another thread, and a stop that leaves nothing."""

from __future__ import annotations

import threading

import pytest

from geodata.errors import FormatError
from mapview.briefing.job import Job
from mapview.briefing.progress import Progress

SECONDS = 10


def test_result_comes_with_the_end() -> None:
    go = threading.Event()

    def make(progress: Progress) -> bytes:
        progress.step(0.5, "Half")
        go.wait(SECONDS)
        progress.step(1, "Done")
        return b"made"

    job = Job(make)
    while job.share == 0:
        job.wait(0.01)
    assert (job.is_running, job.share, job.words, job.result) == (True, 0.5, "Half", None)
    go.set()
    job.wait(SECONDS)
    assert (job.is_running, job.share, job.words) == (False, 1, "Done")
    assert (job.result, job.error) == (b"made", "")


def test_cancelled_work_stops_and_gives_nothing() -> None:
    def make(progress: Progress) -> bytes:
        for _ in range(10_000):
            progress.step(0.1, "On and on")
            threading.Event().wait(0.001)
        return b"too late"

    job = Job(make)
    job.cancel()
    job.wait(SECONDS)
    assert (job.is_running, job.result) == (False, None)
    assert job.error == "Cancelled; nothing was made."


def test_our_own_errors_are_told() -> None:
    def make(_: Progress) -> bytes:
        raise FormatError("a template must be a .pptx file, got b.txt")

    job = Job(make)
    job.wait(SECONDS)
    assert job.error == "This could not be made: a template must be a .pptx file, got b.txt."


def test_other_errors_go_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    def make(_: Progress) -> bytes:
        raise ZeroDivisionError("secret detail")

    job = Job(make)
    job.wait(SECONDS)
    assert job.result is None
    assert job.error == "This could not be made; the program's log says why."
    assert "secret detail" in caplog.text
