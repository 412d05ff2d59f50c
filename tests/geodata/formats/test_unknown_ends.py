"""An end that nobody knows is empty in every format, and the calendar's own ends are days."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pyogrio
import pytest
from fixed_records import base_area, incident

from geodata import Records
from geodata.formats.registry import FORMATS

OPEN = Records(
    tuple(
        incident(f"i{number}", event_date=text)
        for number, text in enumerate(
            ["XXXX", "../2018", "2019/..", "/2018", "../..", "XXXX-12-25"]
        )
    ),
    (base_area("a", valid_from="", valid_to="", last_cited="2018"),),
)
CLOSED = Records((incident("i", event_date="0001-01-01/9999-12-31"),))
TEXTS = ("geojson", "csv", "kml")


def cells(path: Path, ending: str) -> list[str]:
    """Everything that another library finds in a file, as text."""
    if ending in TEXTS:
        return [path.read_text("utf-8-sig")]
    if ending == "xlsx":
        book = openpyxl.load_workbook(path)
        return [str(cell) for sheet in book for row in sheet.values for cell in row]
    if ending == "parquet":
        frames = [pd.read_parquet(path)]
    else:
        layers = [name for name, _ in pyogrio.list_layers(path)]
        frames = [pyogrio.read_dataframe(path, layer=one) for one in layers]
    return [str(cell) for frame in frames for row in frame.to_numpy().tolist() for cell in row]


@pytest.mark.parametrize("ending", [*TEXTS, "xlsx", "gpkg", "fgb", "parquet"])
def test_unknown_and_open_ends_are_empty(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"out.{ending}"
    FORMATS[ending].save(path, OPEN)
    found = "\n".join(cells(path, ending))
    assert "2018-12-31" in found
    assert "0001-01" not in found
    assert "9999-12" not in found


@pytest.mark.parametrize("ending", ["geojson", "csv", "xlsx", "parquet", "fgb"])
def test_the_ends_of_the_calendar_are_kept(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"out.{ending}"
    FORMATS[ending].save(path, CLOSED)
    found = "\n".join(cells(path, ending))
    assert "0001-01-01" in found
    assert "9999-12-31" in found
