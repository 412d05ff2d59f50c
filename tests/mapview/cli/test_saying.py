"""What the command prints: one line a sentence, on any console, and an answer to any error."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from samples import write_records

from geodata import Records, load
from geodata.errors import FormatError
from mapview.cli import __main__ as command
from mapview.cli.__main__ import DEBUG_VARIABLE, main
from mapview.cli.saying import counted, say, warn

PERSIAN = "سال ۲۰۲۱"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "mapview.cli", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("text", ["a\nno problems", "\x1b[2Jx", "a\rb", "\u202eabc", "\ud800"])
def test_a_sentence_is_one_line(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    say(text)
    warn(text)
    for printed in capsys.readouterr():
        assert printed.endswith("\n")
        assert printed[:-1].isprintable()


@pytest.fixture
def persian(tmp_path: Path) -> Path:
    """A file with a fault whose sentence has letters that old consoles lack."""
    one = load().incidents[0].but(title=PERSIAN, id="p1", event_date="2021")
    file = write_records(tmp_path / "p.geojson", Records((one,)))
    file.write_text(file.read_text("utf-8").replace('"2021"', json.dumps(PERSIAN)), "utf-8")
    return file


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1"])
def test_a_console_without_letters_shows_their_codes(
    encoding: str, persian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = b""
    for arguments in (["validate", str(persian)], ["geocode", "Данғара"], ["validate", PERSIAN]):
        streams = [io.TextIOWrapper(io.BytesIO(), encoding) for _ in range(2)]
        for name, stream in zip(("stdout", "stderr"), streams, strict=True):
            monkeypatch.setattr(sys, name, stream)
        assert main(arguments) in (0, 1)
        for stream in streams:
            stream.flush()
        printed += streams[0].buffer.getvalue()
        assert b"fault of the program" not in streams[1].buffer.getvalue()
    assert rb"\u0633\u0627\u0644" in printed
    assert rb"\u0493" in printed


def test_a_process_with_such_a_console_shows_them_too(persian: Path) -> None:
    done = run("validate", str(persian), PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert b"Traceback" not in done.stderr
    assert b"Unicode" not in done.stderr
    assert rb"\u0633\u0627\u0644" in done.stdout


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (MemoryError(), "memory must hold the records and what is made of them, got too little"),
        (
            OSError(errno.ENOSPC, "No space left on device", "/dev/full"),
            r"the system must do what it is asked, got: No space left on device \(/dev/full\)",
        ),
        (RecursionError("too deep"), "a fault of the program, .* RecursionError: too deep"),
        (ValueError("a\nb"), r"a fault of the program, .* ValueError: a\\nb; with MAPVIEW_DEBUG=1"),
        (FormatError("x must be y, got z"), "x must be y, got z"),
    ],
)
def test_any_error_is_answered_by_a_sentence(
    error: Exception,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("mapview.cli.records.propose", fail)
    assert main(["geocode", "Kabul"]) == 1
    printed = capsys.readouterr().err
    assert printed.startswith("mapview: ")
    assert printed.count("\n") == 1
    assert re.search(sentence, printed)
    monkeypatch.setenv(DEBUG_VARIABLE, "1")
    with pytest.raises(type(error)):
        main(["geocode", "Kabul"])


def test_a_full_disk_behind_the_output_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mapview.cli", "geocode", "Kabul"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr
    assert done.returncode != 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["--tiles", "https://[::1/{z}/{x}/{y}"],
        ["--tiles", "https://t.example/{z}/{x}/{y}\r\nx"],
        ["--address", "nope.invalid"],
        ["--framed-by", "https://[::1"],
        ["--port", "0"],
    ],
)
def test_what_cannot_be_served_is_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *arguments]) == 1
    said = capsys.readouterr().err
    assert said.startswith("mapview: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("arguments", [["export", "a.csv"], ["toll"], ["serve"]])
def test_an_engine_of_no_name_is_refused_and_no_other_records_are_shown(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([*arguments, "--engine", ""])
    assert "an engine must have an address, got nothing" in capsys.readouterr().err


def test_ids_forge_no_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = load().incidents[0]
    file = write_records(tmp_path / "x.geojson", Records((one,)))
    forged = json.dumps(f"{one.id}\nno problems in 9 incidents\x1b[2K")
    file.write_text(file.read_text("utf-8").replace(json.dumps(one.id), forged), "utf-8")
    main(["validate", str(file)])
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert not any(line.startswith("no problems in 9") for line in printed.splitlines())


def test_streams_that_are_no_files_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert command.main(["geocode", "Kabul"]) == 0
    assert "Kabul" in stream.getvalue()


def test_rows_are_counted_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(counted(iter(range(3_000)), "rows.csv")) == list(range(3_000))
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    clock = iter(range(0, 1_000, 2))
    monkeypatch.setattr("mapview.cli.saying.time.monotonic", lambda: next(clock))
    assert list(counted(iter(range(2_500)), "a\nb.csv")) == list(range(2_500))
    assert capsys.readouterr().err == (
        "a\\nb.csv: 1,000 rows read\ra\\nb.csv: 2,000 rows read\ra\\nb.csv: 2,500 rows read\n"
    )


def test_nothing_is_told_of_a_file_that_is_read_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(counted(iter("ab"), "rows.csv")) == ["a", "b"]
    assert capsys.readouterr().err == ""
