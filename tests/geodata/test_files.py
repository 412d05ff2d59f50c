"""Tests of writing files: complete or not at all, whatever goes wrong."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from fixed_records import incident
from full_disk import nearly_full_disk
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import FormatError
from geodata.files import (
    loaded_json,
    open_atomic,
    open_atomic_bytes,
    parse_json,
    read_text,
    watched,
    writing,
)
from geodata.formats.csv import write_csv
from geodata.formats.geojson import write_geojson
from geodata.records.collection import Records

WRITERS = [pytest.param(write_csv, id="csv"), pytest.param(write_geojson, id="geojson")]
MANY = Records(tuple(incident(f"one-{n}", summary="x" * 1_000) for n in range(100)))


def listing(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def test_a_file_appears_only_when_complete(tmp_path):
    target = tmp_path / "out.txt"
    with open_atomic(target) as stream:
        stream.write("text")
        assert not target.exists()
    assert listing(tmp_path) == {"out.txt": "text"}


def test_a_file_is_as_readable_as_any_other(tmp_path):
    plain, written = tmp_path / "plain", tmp_path / "written"
    plain.write_text("text")
    with open_atomic(written) as stream:
        stream.write("text")
    assert stat.S_IMODE(written.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


@pytest.mark.parametrize("old", [None, "old"])
@pytest.mark.parametrize("error", [RuntimeError("halfway"), KeyboardInterrupt()])
def test_an_exception_leaves_what_was_there(tmp_path, old, error):
    target = tmp_path / "out.txt"
    if old:
        target.write_text(old)

    def write_half() -> None:
        with open_atomic(target) as stream:
            stream.write("new")
            raise error

    with pytest.raises(type(error)):
        write_half()
    assert listing(tmp_path) == ({"out.txt": old} if old else {})


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("old", [None, "old"])
def test_a_full_disk_leaves_what_was_there(tmp_path, write, old):
    target = tmp_path / "out"
    if old:
        target.write_text(old)
    with (
        pytest.raises(FormatError, match=r"out must be writable, got: File too large"),
        nearly_full_disk(20_000),
    ):
        write(target, MANY)
    assert listing(tmp_path) == ({"out": old} if old else {})


@pytest.mark.parametrize("write", WRITERS)
def test_a_missing_folder_is_named(tmp_path, write):
    target = tmp_path / "nowhere" / "out"
    with pytest.raises(FormatError, match=r"nowhere/out must be writable, got: No such file"):
        write(target, MANY)
    assert listing(tmp_path) == {}


@pytest.mark.parametrize("write", WRITERS)
def test_a_folder_is_no_file(tmp_path, write):
    target = tmp_path / "out"
    target.mkdir()
    with pytest.raises(FormatError, match="out must be writable, got: Is a directory"):
        write(target, MANY)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert list(target.iterdir()) == []


def test_a_device_without_space_is_no_place_for_a_file():
    with (
        pytest.raises(FormatError, match="must be writable, got"),
        open_atomic("/proc/self/out.txt") as stream,
    ):
        stream.write("text")


@pytest.mark.parametrize("name", ["a" * 250, "خ" * 125, "東" * 80, "😀" * 60, "a b;'\"$(x).csv"])
def test_any_name_that_the_system_takes_will_do(tmp_path, name):
    with open_atomic(tmp_path / name) as stream:
        stream.write("text")
    assert listing(tmp_path) == {name: "text"}


def test_text_is_read_as_it_was_written(tmp_path):
    target = tmp_path / "out.txt"
    text = "a\r\nb\rc\nd\u2028e\ufefff"
    for encoding in ("utf-8", "utf-8-sig"):
        with open_atomic(target, encoding=encoding) as stream:
            stream.write(text)
        assert read_text(target) == text


def test_what_cannot_be_read_is_named(tmp_path):
    with pytest.raises(FormatError, match=r"none must be a readable file, got: No such file"):
        read_text(tmp_path / "none")
    with pytest.raises(FormatError, match="must be a readable file, got: Is a directory"):
        read_text(tmp_path)
    latin = tmp_path / "latin.csv"
    latin.write_bytes("Kundūz é".encode("iso-8859-15", "replace"))
    with pytest.raises(FormatError, match="must be UTF-8 text, got byte 0xe9 at position 7"):
        read_text(latin)


def test_no_descriptor_stays_open(tmp_path):
    before = len(list(Path("/proc/self/fd").iterdir()))
    for n in range(20):
        with pytest.raises(ZeroDivisionError), open_atomic(tmp_path / f"{n}") as stream:
            stream.write(str(1 // 0))
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_bytes_are_written_as_they_are(tmp_path):
    target = tmp_path / "out.bin"
    with open_atomic_bytes(target) as stream:
        stream.write(b"\r\n\x00\xff")
        assert not target.exists()
    assert target.read_bytes() == b"\r\n\x00\xff"
    assert list(tmp_path.iterdir()) == [target]


def test_a_library_gets_a_path_with_the_same_ending(tmp_path):
    target = tmp_path / "out.gpkg"
    target.write_text("old")
    with writing(target) as path:
        assert (path.suffix, path.exists()) == (".gpkg", False)
        path.write_text("new")
        path.with_name("journal").write_text("left behind")
        assert target.read_text() == "old"
    assert listing(tmp_path) == {"out.gpkg": "new"}


def test_nothing_appears_when_the_library_wrote_nothing(tmp_path):
    with (
        pytest.raises(FormatError, match=r"out\.gpkg must be writable, got: No such file"),
        writing(tmp_path / "out.gpkg"),
    ):
        pass
    assert listing(tmp_path) == {}


def test_a_name_may_be_one_long_ending(tmp_path):
    target = tmp_path / ("." + "e" * 240)
    with writing(target) as path:
        path.write_text("text")
    assert listing(tmp_path) == {target.name: "text"}


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
def test_work_is_told_from_nothing_done_to_all(count):
    told = []
    assert list(watched(range(count), count, lambda *one: told.append(one))) == list(range(count))
    assert [total for _, total in told] == [count] * len(told)
    done = [one for one, _ in told]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, count)
    assert len(told) == -(-count // 100) + 1


def test_whoever_is_told_may_stop_the_work():
    def stop(done: int, total: int) -> None:
        if done >= 100:
            raise RuntimeError(f"{done} of {total}")

    seen = []
    with pytest.raises(RuntimeError, match="100 of 500"):
        seen.extend(watched(iter(range(500)), 500, stop))


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_who_may_read_a_file_stays_so(tmp_path, mode):
    target = tmp_path / "out.txt"
    target.write_text("old")
    target.chmod(mode)
    with open_atomic(target) as stream:
        stream.write("new")
    assert (target.read_text(), stat.S_IMODE(target.stat().st_mode)) == ("new", mode)


def test_a_link_leads_where_it_led(tmp_path):
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "out.txt", tmp_path / "link.txt"
    target.write_text("old")
    link.symlink_to(target)
    with open_atomic(link) as stream:
        stream.write("new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["out.txt"]
    target.unlink()
    with open_atomic(link) as stream:
        stream.write("newer")
    assert link.is_symlink()
    assert target.read_text() == "newer"


def test_a_link_that_leads_nowhere_is_named(tmp_path):
    link = tmp_path / "link.txt"
    link.symlink_to(link)
    with pytest.raises(FormatError, match=r"link\.txt must be writable"), open_atomic(link):
        pass
    assert link.is_symlink()


def test_a_pipe_is_not_replaced(tmp_path):
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with pytest.raises(FormatError, match="must be a file, got a pipe or device"):
        write_csv(pipe, MANY)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [path.name for path in tmp_path.iterdir()] == ["pipe.txt"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 100_000, "x must be JSON, got one nested too deeply"),
        ("{", "x must be JSON, got: Exp"),
    ],
)
def test_what_is_no_json_is_told(text, message):
    with pytest.raises(FormatError, match=message):
        parse_json(text, "x")


def test_a_number_of_thousands_of_digits_is_one():
    assert parse_json(f"[1, {'9' * 5_000}, -7]", "x") == [1, float("inf"), -7]
    assert parse_json(f"[{10**299}]", "x") == [10**299]


def either(read, text):
    """Return what it reads, as Python writes it, or that it refuses it."""
    try:
        return repr(read(text))
    except (ValueError, RecursionError):
        return "refused"


@pytest.mark.parametrize(
    "text",
    [
        "[NaN, Infinity, -Infinity]",
        "[-NaN]",
        "[nan]",
        "[1e999, -1e999, 1e-999]",
        "[0, -0, -0.0, 0.1, 5e-324, 2.2250738585072011e-308, 123456789.123456789123456789]",
        f"[{2**63}, {2**64}, {-(2**63) - 1}, {10**299}, {'9' * 5_000}]",
        '{"a": 1, "b": 2, "a": 3}',
        '["\\ud800", "\\udc00\\ud800"]',
        '["\\ud83d\\ude00", "\\u0000", "\\/"]',
        '["\\x41"]',
        '["a\tb"]',
        "[" * 150 + "]" * 150,
        "[" * 300 + "]" * 300,
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 300 + "1" + "}" * 300,
        "[1,]",
        "[01]",
        "[1.]",
        "[+1]",
        "[1] x",
        "\ufeff[1]",
        "",
    ],
)
def test_json_is_read_as_the_standard_library_reads_it(text):
    assert either(loaded_json, text) == either(json.loads, text)
    encoded = text.encode()
    assert either(loaded_json, encoded) == either(
        lambda one: json.loads(one.decode("utf-8-sig")), encoded
    )


def test_bytes_that_are_no_utf_8_are_refused():
    assert either(loaded_json, b'["\xff"]') == "refused"
    assert either(loaded_json, "[1]".encode("utf-16")) == "refused"


@given(st.floats() | st.integers() | st.text() | st.recursive(st.none() | st.booleans(), st.lists))
def test_any_value_is_read_as_the_standard_library_reads_it(value):
    text = json.dumps([value, {str(value): value}])
    assert either(loaded_json, text) == either(json.loads, text)
