"""Work in processes of its own: files, sentences, stops, and nothing left behind.

Each test runs a small program that splits off the helper, as the server does at its start; the
tests' own process has threads.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from multiprocessing import Pipe
from pathlib import Path
from threading import Event
from typing import IO

import psutil
import pytest
from samples import many_records, write_records

from geodata import load
from mapview.workers import processes

ROOT = Path(__file__).parents[3]

TASKS = """
import os, sys, time
from geodata.errors import ChangedError, EngineError, FormatError

KEPT = []

def write(out, progress, text):
    progress.step(0.5, "half")
    out.write(f"{text} {os.getpid()} {len(KEPT)}".encode())

def refuse(out, progress):
    raise FormatError("a thing must hold, got another")

def cannot():
    raise EngineError("no answer")

def breaks():
    raise ZeroDivisionError

def change(out, progress):
    raise ChangedError

def fail(out, progress):
    raise ZeroDivisionError("a secret detail")

def die(out, progress):
    os.kill(os.getpid(), 9)

def last(out, progress, folder):
    import tempfile
    with tempfile.TemporaryDirectory(dir=folder) as inner:
        open(os.path.join(inner, "begun"), "w").close()
        open(os.path.join(folder, f"pid-{os.getpid()}"), "w").close()
        while True:
            time.sleep(0.01)

def count(out, progress):
    from mapview.data import current_store
    out.write(str(current_store().all_incidents).encode())

def is_open(out, progress):
    from mapview import data
    out.write(str("read" in vars(data._current())).encode())

def fill(out, progress):
    KEPT.append(bytearray(50_000_000))
    out.write(b"filled")
"""

START = """
import os, sys, tempfile, threading, time
sys.path.insert(0, {folder!r})
import tasks
from mapview.briefing.progress import Cancelled, Progress
from mapview.workers import processes
from mapview.workers.processes import WorkError, do

tasks.KEPT.extend([1, 2, 3])

def get_ready():
    tasks.KEPT.append("ready")

assert processes.start_helper(get_ready)

def run(task, *arguments, progress=None):
    with tempfile.TemporaryFile() as out:
        do(task, arguments, out, progress or Progress())
        out.seek(0)
        return out.read().decode()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tasks.py").write_text(TASKS, encoding="utf-8")
    return tmp_path


def program(folder: Path, code: str) -> list[str]:
    return [sys.executable, "-c", START.format(folder=str(folder)) + code]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def run(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        program(folder, code),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=environment(),
    )


def test_file_is_written_in_another_process_that_has_what_we_had(folder: Path) -> None:
    answer = run(
        folder,
        """
told = []
text, pid, kept = run(tasks.write, "héllo", progress=Progress(lambda *a: told.append(a))).split()
assert int(pid) != os.getpid()
print(text, kept, told)
""",
    )
    assert answer.stderr == ""
    # Three things that were there before the helper split off, and what it made ready.
    assert answer.stdout == "héllo 4 [(0.5, 'half')]\n"


def test_work_is_done_of_what_is_shown_now(folder: Path) -> None:
    write_records(folder / "few.geojson", many_records(7))
    answer = run(
        folder,
        f"""
from mapview.data import change_files
before = run(tasks.count)
change_files(lambda _: [{str(folder / "few.geojson")!r}])
print(int(before) > 7, run(tasks.count))
change_files(lambda _: [])
print(run(tasks.count) == before)
""",
    )
    assert answer.stderr == ""
    assert answer.stdout == "True 7\nTrue\n"


def test_what_is_shown_now_is_opened_once_for_all_work(folder: Path) -> None:
    write_records(folder / "few.geojson", many_records(7))
    answer = run(
        folder,
        f"""
from mapview.data import change_files
from mapview.workers import open_shown
for files in ([{str(folder / "few.geojson")!r}], []):
    change_files(lambda _: files)
    print(run(tasks.is_open))
    processes.renew_helper(open_shown)
    print([run(tasks.is_open) for _ in range(2)], run(tasks.count))
""",
    )
    assert answer.stderr == ""
    assert answer.stdout.splitlines() == [
        "False",
        "['True', 'True'] 7",
        "False",
        f"['True', 'True'] {len(load().incidents)}",
    ]


def test_a_helper_that_cannot_open_what_is_shown_works_on(folder: Path) -> None:
    answer = run(
        folder,
        """
processes.renew_helper(tasks.cannot)
print(run(tasks.write, "first").split()[0])
processes.renew_helper(tasks.breaks)
print(run(tasks.write, "second").split()[0])
""",
    )
    assert answer.stdout == "first\nsecond\n"
    assert "ZeroDivisionError" in answer.stderr
    assert "no answer" not in answer.stderr


def test_errors_come_back_as_what_they_are(folder: Path) -> None:
    answer = run(
        folder,
        """
for task in (tasks.refuse, tasks.change, tasks.fail, tasks.die, tasks.refuse):
    try:
        run(task)
    except Exception as error:
        print(type(error).__name__, error)
""",
    )
    refused = "GeodataError a thing must hold, got another"
    assert answer.stdout.splitlines() == [
        refused,
        "ChangedError the data have changed since this page was opened, so it must be loaded again",
        "WorkError the work failed; the log says why",
        "WorkError the process that did the work was ended from outside",
        refused,
    ]
    assert "a secret detail" in answer.stderr


def test_memory_of_one_task_is_not_that_of_the_next(folder: Path) -> None:
    answer = run(
        folder,
        """
for _ in range(3):
    run(tasks.fill)
print(run(tasks.write, "a").split()[2])
import psutil
top = psutil.Process()
[helper] = top.children()
assert helper.children() == [] or helper.children()[0].wait(10) is None
print(max(one.memory_full_info().uss for one in (top, helper)) < 120_000_000)
""",
    )
    assert answer.stdout.split() == ["4", "True"], answer.stderr


def wait_for_work(folder: Path) -> psutil.Process:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        for one in folder.glob("pid-*"):
            return psutil.Process(int(one.name[4:]))
        time.sleep(0.05)
    raise AssertionError("the work did not begin")


def left_in(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir() if one.is_dir() and one.name != "__pycache__"]


def test_cancelled_work_ends_and_tidies_up(folder: Path) -> None:
    answer = run(
        folder,
        f"""
progress = Progress()
threading.Timer(1.5, progress.cancel).start()
try:
    run(tasks.last, {str(folder)!r}, progress=progress)
except Cancelled as error:
    print(error)
time.sleep(2)
""",
    )
    assert answer.stdout == "the work was cancelled; nothing was written\n", answer.stderr
    assert left_in(folder) == []


@pytest.mark.parametrize("sign", ["SIGTERM", "SIGKILL", "SIGINT"])
def test_work_ends_with_the_server_however_it_ends(folder: Path, sign: str) -> None:
    import signal

    # As a server does, which hears it even where it was started deaf to it (nohup).
    hears = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    with subprocess.Popen(
        program(folder, f"{hears}run(tasks.last, {str(folder)!r})"),
        stderr=subprocess.DEVNULL,
        env=environment(),
        start_new_session=True,
    ) as process:
        work = wait_for_work(folder)
        helper = work.parent()
        assert helper is not None
        assert helper.ppid() == process.pid
        assert work.nice() > 0
        process.send_signal(getattr(signal, sign))
        try:
            process.wait(20)
        finally:
            process.kill()
        for one in (work, helper):
            one.wait(20)
    assert left_in(folder) == []


def test_helper_keeps_no_port(folder: Path) -> None:
    """A server that has ended must not hold its port through the helper."""
    answer = run(
        folder,
        """
import socket
listening = socket.create_server(("127.0.0.1", 0))
port = listening.getsockname()[1]
assert processes.start_helper(get_ready)
run(tasks.write, "a")
listening.close()
socket.create_server(("127.0.0.1", port)).close()
print("free")
""",
    )
    assert answer.stdout == "free\n", answer.stderr


def test_without_a_helper_the_work_is_done_here(folder: Path) -> None:
    answer = run(
        folder,
        """
processes._control.close()
print(int(run(tasks.write, "a").split()[1]) == os.getpid())
print(int(run(tasks.write, "a").split()[1]) == os.getpid())
""",
    )
    assert answer.stdout.split() == ["True", "True"]
    assert "the helper has ended" in answer.stderr


def test_who_was_told_the_end_and_goes_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work ends by itself then; a stop would be told as an error, wherever it came."""
    stopped: list[str] = []
    monkeypatch.setattr(processes, "_END_S", 0)
    monkeypatch.setattr("_thread.interrupt_main", lambda: stopped.append("asked"))
    monkeypatch.setattr("os._exit", lambda _: stopped.append("ended"))

    def write(out: IO[bytes], _: object) -> None:
        out.write(b"all")

    asker, work = Pipe()
    file = os.open(tmp_path / "made", os.O_WRONLY | os.O_CREAT)
    is_told = Event()
    assert processes._do_and_tell(work, is_told, write, (), file) == 0
    assert asker.recv() == ("done",)
    asker.close()
    processes._end_with_asker(work, is_told)
    assert stopped == []
    processes._end_with_asker(work, Event())
    assert stopped == ["asked", "ended"]
    assert (tmp_path / "made").read_bytes() == b"all"
