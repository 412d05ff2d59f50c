"""What users with a file of their own met before: lost data, and words that were not so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geodata.importing import Settings, look
from geodata.reading import open_file
from geodata.records import ClaimAbout, derive_toll
from mapview.cli.__main__ import main


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPVIEW_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.chdir(tmp_path)


def read(name: str, text: str | bytes, settings: Settings | None = None):
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return look(open_file(Path(name)), settings, dataset="own", file=name, keeps_all=True)


def test_latitude_longitude_fatalities_and_source_are_kept():
    looked = read(
        "b.csv",
        "id,event_date,title,event_types,latitude,longitude,summary,fatalities_best,Source\n"
        "1,2024-01-03,A raid,raid,3.1,35.6,Text,4,Paper\n",
    )
    (found,) = looked.records.incidents
    assert found.points == ((35.6, 3.1),)
    assert derive_toll(found.claims, ClaimAbout.FATALITIES).best == 4
    assert looked.records.sources_by_id[found.claims[0].cites[0]].title == "Paper"
    assert str(found.event_types[0]) == "raid"


def test_a_toll_and_a_source_are_plain_columns():
    looked = read(
        "t.csv", "date,city,killed,injured,source url\n2024-01-03,X,3-5,10+,https://a.example/1\n"
    )
    (found,) = looked.records.incidents
    assert derive_toll(found.claims, ClaimAbout.FATALITIES).text == "at least 3 to at most 5"
    assert derive_toll(found.claims, ClaimAbout.INJURED).text == "at least 10"
    assert looked.records.sources_by_id[found.claims[0].cites[0]].url == "https://a.example/1"


def test_an_export_of_bad_records_alone_touches_nothing(capsys):
    feature = {"type": "Feature", "geometry": None, "properties": {"a": 1}}
    Path("bad.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    Path("keep.geojson").write_text("as it was")
    assert main(["export", "keep.geojson", "--data", "bad.geojson"]) == 1
    assert Path("keep.geojson").read_text() == "as it was"


def test_problems_are_told_by_rule_and_not_a_line_a_field(capsys):
    features = [
        {"type": "Feature", "geometry": None, "properties": {"a": one}} for one in range(500)
    ]
    Path("bad.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert main(["validate", "bad.geojson"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) < 20
    assert sum("497 more like this" in line for line in lines) == 4
    assert "bad.geojson features[0] title: must be given, got nothing" in lines
    assert lines[-2].startswith("2,000 problems")
    assert lines[-1] == "mapview look FILE reads a file that is not in Mapview's own form"


def test_one_damaged_byte_costs_a_cell_and_not_the_file():
    looked = read("e.csv", b"date,city,notes\n2024-01-03,Kabul,it\x90s\n2024-01-04,Herat,plain\n")
    assert looked.account.accepted == 2
    assert looked.account.doubts["damaged_text"] == 1


def test_one_open_quote_costs_its_rows_and_not_all():
    rows = "".join(f"2024-01-{one:02},City {one},text\n" for one in range(1, 29))
    looked = read("q.csv", f'date,city,notes\n{rows}2024-02-01,Kabul,"never closed\n')
    assert looked.account.accepted >= 28
    assert looked.account.rows == looked.account.accepted + looked.account.rejected


def test_tables_that_number_their_rows_are_opened_together(capsys):
    for name in ("one.csv", "two.csv"):
        Path(name).write_text("id,date,city\n1,2024-01-03,Kabul\n2,2024-01-04,Herat\n")
    assert main(["import", "one.csv", "two.csv"]) == 0
    assert main(["export", "o.csv", "--data", "one", "--data", "two"]) == 0
    assert "4 events" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["D.CSV", "d.txt", "no-ending"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_semicolons_capitals_and_encodings_are_read(name, encoding):
    text = "id;event_date;Ort;lat;lon\n1;14.01.2024;Köln;50,94;6,96\n"
    looked = read(name, text.encode(encoding))
    assert looked.records.incidents[0].points == ((6.96, 50.94),)
    assert looked.records.incidents[0].place == "Köln"


def test_endings_in_capitals_are_those_of_our_own_files(capsys):
    Path("D.CSV").write_text("id,event_date,title,event_types\na,2024,A,raid\n")
    assert main(["validate", "D.CSV"]) == 0


def test_all_that_is_missing_is_told_at_once_and_nothing_stops_the_rest():
    looked = read("l.csv", "when,where\n2024-01-03,Kabul\n")
    assert looked.account.accepted == 1
    assert looked.plan.mapping["date"] == "when"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("3 January 2024", "2024-01-03"), ("45294", "2024-01-03"), ("2024-1-3", "2024-01-03"),
     ("Oct-22", "2022-10"), ("2024-01-03 00:00:00.000", "2024-01-03"),
     ("17/01/2024", "2024-01-17")],
)  # fmt: skip
def test_dates_are_read_as_people_and_programs_write_them(text, expected):
    looked = read("d.csv", f"id,date,city\n1,{text},Kabul\n")
    assert looked.records.incidents[0].event_date == expected


def test_a_pair_that_was_swapped_is_told_as_such():
    looked = read("s.csv", "id,date,country,lat,lon\n1,2024-01-03,Kenya,36.8,-1.3\n")
    assert "swapped: -1.3, 36.8" in looked.account.examples["point_outside_country"][0]


def test_a_header_alone_is_no_good_file(capsys):
    Path("h.csv").write_text("id,event_date\n")
    assert main(["validate", "h.csv"]) == 1
    assert "at least one record, got none" in capsys.readouterr().err
