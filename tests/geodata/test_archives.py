"""Zip archives: the same bytes from the same members, whatever clock made them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from geodata.archives import repack_zip, stabilised, stable_zip

NAMES = st.text("abcdefgh/.", min_size=1, max_size=12).filter(lambda name: not name.endswith("/"))


@given(st.dictionaries(NAMES, st.binary(max_size=200), max_size=6))
def test_members_come_back_in_order(members: dict[str, bytes]) -> None:
    packed = stable_zip(members)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(members)
        assert {name: archive.read(name) for name in members} == members
    assert packed == stable_zip(members) == stabilised(packed)


def zipped(year: int, members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (year, 5, 17, 12, 30, 2)), content)
    return buffer.getvalue()


def test_dates_of_members_and_of_archives_within_do_not_show() -> None:
    one, two = (
        zipped(year, {"[Content_Types].xml": b"<x/>", "embeddings/book.xlsx": inner})
        for year, inner in ((1999, zipped(2001, {"a": b"a"})), (2020, zipped(2002, {"a": b"a"})))
    )
    assert one != two
    assert stabilised(one) == stabilised(two)
    with zipfile.ZipFile(io.BytesIO(stabilised(one))) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "embeddings/book.xlsx"]
        assert all(entry.date_time == (1980, 1, 1, 0, 0, 0) for entry in archive.infolist())


def test_repacking_piece_by_piece_does_the_same(tmp_path: Path) -> None:
    members = {"b.xml": b"b" * 3_000_000, "a.png": b"a"}
    packed = []
    for year in (1999, 2020):
        raw, file = tmp_path / "raw.zip", tmp_path / "packed.zip"
        raw.write_bytes(zipped(year, members))
        repack_zip(raw, file)
        packed.append(file.read_bytes())
    assert packed[0] == packed[1]
    with zipfile.ZipFile(tmp_path / "packed.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(members)
        assert {name: archive.read(name) for name in members} == members
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
