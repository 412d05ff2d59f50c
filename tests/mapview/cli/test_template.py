"""`mapview viewer` and `mapview template` write a file whole, or say why not and write nothing."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from fixed_records import claim, incident

from geodata.formats.geojson import write_geojson
from geodata.records import Group, Records, Source
from mapview.briefing.page import write_viewer
from mapview.cli.__main__ import main


def test_page_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "viewer.html"
    assert main(["viewer", str(out)]) == 0
    assert out.read_bytes() == write_viewer()
    assert str(out) in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("viewer.pdf", "OUT must end in .html"),
        ("viewer", "OUT must end in .html"),
        ("no folder/viewer.html", "no folder"),
    ],
)
def test_bad_path_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, sentence: str
) -> None:
    assert main(["viewer", str(tmp_path / name)]) == 1
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def lists_of(path: Path) -> dict[str, list[str]]:
    """What may be chosen in each column, as the cells say that the lists of choices point to."""
    book = openpyxl.load_workbook(path)
    page, lists = book["Incidents"], book["Lists"]
    found = {}
    for one in page.data_validations.dataValidation:
        cells = lists[one.formula1.removeprefix("=").removeprefix("Lists!").replace("$", "")]
        heading = page[str(one.sqref).split(":")[0][:-1] + "1"].value
        found[heading] = [cell.value for (cell,) in cells]
        if heading in ("Type", "Country", "Actor"):
            assert one.errorStyle == "information"
    return found


def mine(folder: Path) -> Path:
    path = folder / "mine.geojson"
    by = [claim("attribution", "iskp", by="iskp", stance="claims")]
    records = Records(
        (
            incident("a", country="AF", type_of_source="Drive-by", claims=by),
            incident("b", country="PK", event_types=("raid",)),
        ),
        groups=(Group(id="iskp", name="Islamic State Khorasan"),),
        sources=(Source(id="book", title="Book"),),
    )
    write_geojson(path, records)
    return path


def test_a_template_offers_what_a_dataset_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = ["--workspace", str(tmp_path / "work")]
    monkeypatch.setenv("MAPVIEW_WORKSPACE", str(tmp_path / "work"))
    assert main(["import", str(mine(tmp_path)), "--into", "mine", *workspace]) == 0
    out, plain = tmp_path / "out.xlsx", tmp_path / "plain.xlsx"
    assert main(["template", str(out), "--from", "mine", *workspace]) == 0
    assert main(["template", str(plain)]) == 0
    found, others = lists_of(out), lists_of(plain)
    assert found["Type"] == ["bombing", "Drive-by", "raid"]
    assert found["Country"] == ["Afghanistan", "Pakistan"]
    assert found["Actor"] == ["Islamic State Khorasan"]
    assert found["Status"] == others["Status"]
    assert "Actor" not in others


@pytest.mark.parametrize(
    ("name", "known", "sentence"),
    [("out.csv", "mine.geojson", "OUT must end in .xlsx"), ("out.xlsx", "nothing", "nothing")],
)
def test_a_template_of_what_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, known: str, sentence: str
) -> None:
    mine(tmp_path)
    options = ["--from", str(tmp_path / known), "--workspace", str(tmp_path / "work")]
    assert main(["template", str(tmp_path / name), *options]) == 1
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / name).exists()
