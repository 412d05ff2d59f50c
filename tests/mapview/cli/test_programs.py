"""`mapview toll`: a sum within bounds, in words or as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fixed_records import claim, incident

from geodata import Records
from geodata.formats.geojson import write_geojson
from mapview.cli.__main__ import main


@pytest.fixture
def file(tmp_path: Path) -> str:
    some = (
        incident(
            "a",
            country="AF",
            claims=(claim("fatalities", 94), claim("fatalities", 100, source="paper")),
        ),
        incident("b", claims=(claim("injured", 7),)),
    )
    path = tmp_path / "records.geojson"
    write_geojson(path, Records(some))
    return str(path)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "94 to 100 killed in 1 incident; 1 has no figure"),
        (["--country", "AF"], "94 to 100 killed in 1 incident"),
        (["--of", "injured"], "7 injured in 1 incident; 1 has no figure"),
        (["--of", "killed or injured"], "no figure of killed or injured; 2 have no figure"),
    ],
)
def test_a_sum_is_told_in_words(
    options: list[str], words: str, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["toll", "--data", file, *options]) == 0
    assert capsys.readouterr().out == f"{words}\n"


def test_a_sum_is_told_as_json(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["toll", "--data", file, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["low"], told["high"]) == (94, 100)
    assert told["incidents"] == {"certain": 1, "possible": 1}
    assert told["incidents_without_figure"] == {"certain": 1, "possible": 1}
    assert told["apart"] == []
