"""One piece of work: it waits for its turn, says so, and gives a file that has no name."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from typing import IO

import pytest

from geodata import Filter, load
from geodata.errors import ChangedError
from mapview.briefing.compose import BriefingOptions
from mapview.briefing.progress import Cancelled, Progress
from mapview.workers import (
    Busy,
    Queue,
    Wanted,
    made,
    of_version,
    write_embedded,
    write_export,
    write_file,
)


@pytest.fixture
def queue() -> Queue:
    return Queue("a thing", at_once=1, waiting=1)


def test_file_is_at_its_beginning_and_has_no_name(
    queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with made(queue, write_export, Filter(countries=("TJ",)), "csv") as file:
        assert file.read(3) == b"\xef\xbb\xbf"
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("task", "arguments", "start"),
    [
        (write_embedded, (Filter(countries=("TJ",)), "./", "en"), b"<!doctype html>"),
        (write_export, (Filter(countries=("TJ",)), "geojson"), b'{\n"type": "FeatureCollection"'),
        (write_file, (Filter(), BriefingOptions(title="T"), Wanted("csv")), b"\xef\xbb\xbf"),
        (
            write_file,
            (Filter(countries=("TJ",)), BriefingOptions(), Wanted("png", "100x100mm")),
            b"\x89PNG",
        ),
    ],
)
def test_each_task_writes_its_file(
    task: object, arguments: tuple[object, ...], start: bytes, queue: Queue
) -> None:
    with made(queue, task, *arguments) as file:  # type: ignore[arg-type]
        assert file.read(len(start)).lower() == start.lower()


def test_nothing_is_made_of_other_data_than_were_asked_for(queue: Queue) -> None:
    asked = (write_export, Filter(countries=("TJ",)), "csv")
    with made(queue, of_version, load().version, *asked) as file:
        assert file.read(3) == b"\xef\xbb\xbf"
    with pytest.raises(ChangedError, match="must be loaded again"):
        made(queue, of_version, "0123456789ab", *asked)


def test_failed_work_gives_its_place_back(queue: Queue) -> None:
    def fail(_: IO[bytes], __: Progress) -> None:
        raise ZeroDivisionError

    for _ in range(4):
        with pytest.raises(ZeroDivisionError):
            made(queue, fail)
    with made(queue, lambda out, _: out.write(b"a")) as file:
        assert file.read() == b"a"


def test_who_waits_is_told_and_may_give_up(queue: Queue) -> None:
    held, told = queue.enter(), []

    def note(share: float, words: str) -> None:
        told.append((share, words))
        if len(told) == 3:
            progress.cancel()

    progress = Progress(note)
    with pytest.raises(Cancelled):
        made(queue, lambda out, _: out.write(b"a"), progress=progress)
    assert set(told) == {(0, "Waiting")}
    queue.leave(held)
    # The place of the one who gave up is free.
    with queue.enter() as turn:
        assert turn.ready.done()


def test_beyond_the_queue_nobody_waits(queue: Queue) -> None:
    turns = [queue.enter(), queue.enter()]
    with pytest.raises(Busy):
        made(queue, lambda out, _: out.write(b"a"))
    for one in turns:
        queue.leave(one)


def test_next_one_begins_when_one_ends(queue: Queue) -> None:
    held = queue.enter()
    threading.Timer(0.3, queue.leave, (held,)).start()
    with made(queue, lambda out, _: out.write(b"a")) as file:
        assert file.read() == b"a"
