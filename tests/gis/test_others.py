"""LibreOffice and Inkscape open what a pack hands over, and keep what it is made of."""

from __future__ import annotations

import io
import shutil
import subprocess
import unicodedata
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image
from pypdf import PdfReader
from with_qgis import HOW_TO_GET_OTHERS

from geodata import Filter, Store, load
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.writers import write_briefing

pytestmark = pytest.mark.gis

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
LAYERS = {"layer-ground", "layer-borders", "layer-incidents", "layer-labels", "layer-legend"}


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return compose(Store.of(load()), Filter.from_query("country=TJ"))


def run(*command: str) -> str:
    assert shutil.which(command[0]), HOW_TO_GET_OTHERS
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def converted(path: Path, ending: str) -> Path:
    """Let LibreOffice open a file and save it as another format."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    to = ("--convert-to", ending, "--outdir", str(path.parent))
    run("soffice", profile, "--headless", *to, str(path))
    found = path.with_suffix(f".{ending}")
    assert found.is_file()
    return found


def test_libreoffice_has_the_tables_of_a_workbook(briefing: Briefing, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(write_briefing(briefing, "xlsx"))
    with zipfile.ZipFile(converted(path, "ods")) as archive:
        content = etree.fromstring(archive.read("content.xml"))
    ranges = {one.get(f"{TABLE}name"): one for one in content.iter(f"{TABLE}database-range")}
    names = {"Incidents", "Base_areas", "Claims", "Sources", "Groups", "Relations"}
    assert names <= ranges.keys()
    assert all(ranges[one].get(f"{TABLE}display-filter-buttons") == "true" for one in names)
    rows = ranges["Incidents"].get(f"{TABLE}target-range-address").rpartition(":")[2]
    assert rows.endswith(str(len(briefing.incidents) + 1))


@pytest.mark.parametrize("ending", ["pptx", "docx"])
def test_libreoffice_opens_what_is_read_from_the_right(ending: str, tmp_path: Path) -> None:
    chosen = Filter.from_query("country=TJ")
    told = compose(Store.of(load()), chosen, BriefingOptions(language="fa"))
    path = tmp_path / f"briefing.{ending}"
    path.write_bytes(write_briefing(told, ending))
    pages = PdfReader(converted(path, "pdf")).pages
    text = " ".join(page.extract_text() for page in pages)
    assert len(pages) > 4
    # What a PDF gives back of joined letters may be in their other forms.
    assert "تاجیکستان" in unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize("ending", ["pptx", "docx"])
def test_libreoffice_opens_slides_and_document(
    ending: str, briefing: Briefing, tmp_path: Path
) -> None:
    path = tmp_path / f"x.{ending}"
    path.write_bytes(write_briefing(briefing, ending))
    assert converted(path, "pdf").read_bytes().startswith(b"%PDF-")


def test_inkscape_knows_the_layers_and_keeps_the_halos(briefing: Briefing, tmp_path: Path) -> None:
    path, picture = tmp_path / "x.svg", tmp_path / "x.png"
    path.write_bytes(write_briefing(briefing, "svg"))
    known = {line.partition(",")[0] for line in run("inkscape", "--query-all", str(path)).split()}
    assert known >= LAYERS
    assert any(one.startswith("incident-") for one in known)
    saved = tmp_path / "saved.svg"
    run("inkscape", f"--export-filename={saved}", "--export-plain-svg", str(path))
    root = etree.fromstring(saved.read_bytes())
    styles = [one.get("style", "") for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert sum("paint-order:stroke" in one.replace(" ", "") for one in styles) > 10
    run("inkscape", f"--export-filename={picture}", "--export-width=1400", str(path))
    with Image.open(io.BytesIO(picture.read_bytes())) as image:
        assert image.width == 1400
