"""The formats of a briefing together: each is made, is the same twice, and says the same."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image
from pybtex.database import parse_string
from pypdf import PdfReader
from read_back import in_file_order
from samples import HOSTILE, all_hostile_records

from geodata import Filter, Store, load, read_records
from geodata.errors import FormatError
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.figure.sizes import SHEETS, Size
from mapview.briefing.office import describe_map
from mapview.briefing.progress import Cancelled, Progress
from mapview.briefing.writers import DATA_WRITERS, WRITERS, Layout, write_briefing
from mapview.exports import EXPORTS

SMALL = Size(120, 90, 60)
BEGINS = {
    "html": b"<!doctype html>",
    "png": b"\x89PNG",
    "svg": b"<?xml",
    "pdf": b"%PDF-",
    "gif": b"GIF89a",
    "webp": b"RIFF",
    "mp4": b"\0\0\0\x20ftyp",
    "pptx": b"PK",
    "docx": b"PK",
    "zip": b"PK",
}


@cache
def tajikistan() -> Briefing:
    options = BriefingOptions(title="For the desk", note="Read with care. کرمان")
    return compose(Store.of(load()), Filter.from_query("country=TJ"), options)


def is_refused(ending: str) -> bool:
    """Whether a format cannot be made here; `figure/test_film.py` asks what is said then."""
    return ending == "mp4" and not shutil.which("ffmpeg")


@cache
def made(ending: str) -> tuple[bytes, list[float]]:
    """Make a file, once for all tests, and return it with how far it said that it was."""
    told: list[float] = []
    progress = Progress(lambda share, _: told.append(share))
    layout = Layout(size=SMALL if WRITERS[ending].has_size or ending == "zip" else None)
    return write_briefing(tajikistan(), ending, layout=layout, progress=progress), told


def pack() -> bytes:
    return made("zip")[0]


def test_every_ending_has_a_writer() -> None:
    assert list(WRITERS) == list(BEGINS)
    assert all(writer.ending == ending for ending, writer in WRITERS.items())


@pytest.mark.parametrize("ending", WRITERS)
def test_every_format_is_made_and_tells_how_far(ending: str) -> None:
    if is_refused(ending):
        with pytest.raises(FormatError, match="ffmpeg"):
            made(ending)
        return
    content, told = made(ending)
    assert content[:20].lower().startswith(BEGINS[ending].lower())
    assert len(told) >= 2
    assert told == sorted(told)


@pytest.mark.parametrize("ending", DATA_WRITERS)
def test_data_of_a_briefing_are_those_of_an_export(ending: str) -> None:
    briefing = tajikistan()
    pieces = EXPORTS[ending].pieces(briefing.records, briefing.about, None)
    assert write_briefing(briefing, ending) == b"".join(pieces)


@pytest.mark.parametrize("ending", [*WRITERS, *DATA_WRITERS])
def test_cancelled_work_gives_nothing(ending: str) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_briefing(tajikistan(), ending, progress=progress)


def test_unknown_format_is_refused() -> None:
    with pytest.raises(FormatError, match=r"must end in \.html or .* got 'exe'"):
        write_briefing(tajikistan(), "exe")


@pytest.mark.parametrize(
    ("ending", "layout", "message"),
    [
        (
            "html",
            Layout(size=SMALL),
            r"a size or layout must be given for \.png or \.svg or \.pdf or \.gif or .*, got \.h",
        ),
        ("html", Layout(multiples="year"), r"small maps by period must be given for \.png or "),
        ("png", Layout(step="year"), r"a step must be given for \.gif or \.webp or \.mp4, got"),
        ("png", Layout(template=Path("a.pptx")), r"a template must be given for \.pptx or \.docx"),
    ],
)
def test_what_a_format_does_not_take_is_refused(ending: str, layout: Layout, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        write_briefing(tajikistan(), ending, layout=layout)


def members(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_pack_has_what_its_manifest_says() -> None:
    files = members(pack())
    manifest = json.loads(files.pop("manifest.json"))
    assert [one["name"] for one in manifest["files"]] == list(files)
    for one in manifest["files"]:
        assert one["sha256"] == hashlib.sha256(files[one["name"]]).hexdigest()
        assert one["bytes"] == len(files[one["name"]])
    assert manifest["title"] == "For the desk"
    assert manifest["note"] == "Read with care. کرمان"
    assert manifest["filter"] == "country=TJ"
    assert manifest["data_version"] == load().version
    assert manifest["incidents"] == len(tajikistan().incidents)
    assert manifest["left_out"] == []


def test_pack_has_brief_cards_and_the_map_in_words() -> None:
    files = members(pack())
    assert len(PdfReader(io.BytesIO(files["brief.pdf"])).pages) == 1
    for name in ("card", "square"):
        size = Image.open(io.BytesIO(files[f"{name}.png"])).size
        assert size == SHEETS[name].size.pixels
    assert describe_map(tajikistan()) in files["alt.txt"].decode()


def test_pack_has_maps_by_period_and_says_what_they_show(pack_only: Callable[..., None]) -> None:
    files = members(pack())
    about = {one["name"]: one for one in json.loads(files["manifest.json"])["files"]}
    said = about["over-time.png"]["alt"]
    assert "maps, one for each period. " in said
    assert said in files["alt.txt"].decode()
    one = compose(Store.of(load()), Filter.from_query("record=kerman-2024-01-03"))
    pack_only()
    files = members(write_briefing(one, "zip", layout=Layout(size=SMALL)))
    assert files["figure.png"] == b""
    assert "over-time.png" not in files
    assert json.loads(files["manifest.json"])["left_out"] == [
        "over-time.png: all that has a date is of one period"
    ]


def test_a_document_has_small_maps_where_they_are_asked_for() -> None:
    def words(layout: Layout) -> str:
        content = write_briefing(tajikistan(), "docx", layout=layout)
        return members(content)["word/document.xml"].decode()

    assert ">Over time<" not in words(Layout())
    told = words(Layout(multiples="auto"))
    assert ">Over time<" in told
    assert "All maps have the same extent and one scale of sizes." in told


def test_a_pack_of_posters_says_which_picture_it_leaves_out(
    pack_only: Callable[..., None],
) -> None:
    sheet = SHEETS["a0"]
    pack_only("svg", "pdf")
    files = members(write_briefing(tajikistan(), "zip", layout=Layout.on(sheet)))
    assert "figure.png" not in files
    [said] = json.loads(files["manifest.json"])["left_out"]
    assert said.startswith("figure.png: a PNG must have at most 100,000,000 pixels")


def test_data_of_the_pack_are_the_records(tmp_path: Path) -> None:
    files = members(pack())
    for name in ("incidents.geojson", "incidents.csv"):
        file = tmp_path / name
        file.write_bytes(files[name])
        result = read_records([file])
        assert result.problems == ()
        wanted = tajikistan().records
        wanted = in_file_order(wanted) if name.endswith("json") else wanted
        assert result.records.incidents == wanted.incidents


def test_sources_of_the_pack_are_those_shown() -> None:
    database = parse_string(members(pack())["sources.bib"].decode(), "bibtex")
    shown = {*tajikistan().sources, *tajikistan().cited}
    assert len(database.entries) == len(shown) > 1
    items = json.loads(members(pack())["sources.json"])
    assert [one["id"] for one in items] == list(database.entries)
    # Persons are told from others.
    names = [name for one in items for name in one.get("author", ())]
    assert {"literal": "Islamic State"} in names
    assert {"family": "Mehl", "given": "Damon"} in names


def test_the_project_of_the_pack_is_of_what_lies_beside_it() -> None:
    files = members(pack())
    project = etree.fromstring(members(files["map.qgz"])["map.qgs"])
    names = {one.text.partition("|")[0] for one in project.iter("datasource")}
    assert names == {"./incidents.gpkg", "./ground.gpkg"}
    assert {name.removeprefix("./") for name in names} < files.keys()
    assert project.find("title").text == "For the desk"
    said = project.find("projectMetadata/abstract").text
    for part in (tajikistan().note, *tajikistan().credits, "Borders and names"):
        assert part in said


def test_every_text_format_says_title_scope_and_version() -> None:
    files = members(pack())
    page = files["briefing.html"].decode()
    drawing = files["figure.svg"].decode()
    briefing = tajikistan()
    for text in (page, drawing):
        assert briefing.title in text
        assert briefing.version in text
    with zipfile.ZipFile(io.BytesIO(files["slides.pptx"])) as slides:
        everything = b"".join(slides.read(name) for name in slides.namelist())
    for text in (briefing.title, briefing.version):
        assert text.encode() in everything


SCRIPT = """
import sys
from geodata import Filter, Store, load
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.figure.sizes import Size
from mapview.briefing.writers import Layout, write_briefing
options = BriefingOptions(title="For the desk", note="Read with care. کرمان")
briefing = compose(Store.of(load()), Filter.from_query("country=TJ"), options)
packed = write_briefing(briefing, "zip", layout=Layout(size=Size(120, 90, 60)))
sys.stdout.buffer.write(packed)
"""


def test_another_process_makes_the_same_bytes() -> None:
    """Another seed of sets, another time zone and moment; a pack holds all kinds but films."""
    other = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, "PYTHONHASHSEED": "77", "TZ": "Asia/Dushanbe", "SOURCE_DATE_EPOCH": "7"},
        capture_output=True,
        check=True,
        timeout=300,
    ).stdout
    ours, theirs = members(pack()), members(other)
    assert {name.rpartition(".")[2] for name in ours} >= {
        name for name, one in WRITERS.items() if not one.is_film and name != "zip"
    }
    assert [name for name in ours if ours[name] != theirs.get(name)] == []
    assert other == pack()


def test_hostile_text_is_packed_as_text() -> None:
    briefing = compose(Store.of(all_hostile_records()), Filter())
    files = members(write_briefing(briefing, "zip", layout=Layout(size=Size(297, 210, 40))))
    assert b"<script>alert(1)</script>" not in files["briefing.html"]
    assert b"<script>" not in files["figure.svg"]
    assert json.loads(files["manifest.json"])["incidents"] == 2 * len(HOSTILE)


def test_pictures_have_base_areas_only_if_they_are_asked_for() -> None:
    still = {one.ending for one in WRITERS.values() if one.is_still}
    assert still == {"png", "svg", "pdf", "gif", "webp", "mp4", "pptx", "docx"}
