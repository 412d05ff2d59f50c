"""`mapview validate`: what it finds, and how it says so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from samples import HOSTILE, hostile_records, write_records

from geodata import Claim, Group, Incident, Records, Source
from geodata.large import cutting
from mapview.cli.__main__ import main

KABUL = {
    "points": ((69.17, 34.53),),
    "country": "AF",
    "geo_precision": "settlement",
    "radius_km": 5,
    "geo_basis": "a gazetteer",
}
GOOD = Records(
    incidents=(
        Incident(
            id="good",
            title="Good",
            event_date="2020-05",
            event_types=("bombing",),
            claims=(Claim(about="fatalities", value=3, source="s", locator="1"),),
            **KABUL,
        ),
    ),
    groups=(Group(id="g", name="Group"),),
    sources=(Source(id="s", title="Source"),),
)


class TestValidate:
    def test_good_records(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = write_records(tmp_path / "good.geojson", GOOD)
        assert main(["validate", str(file)]) == 0
        assert capsys.readouterr().out == (
            "no problems in 1 incidents, 0 base areas, 1 groups, 1 sources\n"
        )

    def test_a_stray_date_is_told_and_no_problem(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        dates = ("2016", "2017", "2018", "2019", "0202-10-03")
        some = [GOOD.incidents[0].but(id=f"i{one}", event_date=one) for one in dates]
        file = write_records(tmp_path / "x.geojson", Records(tuple(some), (), (), GOOD.sources))
        assert main(["validate", str(file)]) == 0
        told, counts = capsys.readouterr().out.splitlines()
        assert told.startswith("i0202-10-03 event_date: a date should not be so far")
        assert counts.startswith("no problems in 5 incidents")

    def test_a_large_file_is_told_and_exported_as_a_small_one(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        some = [GOOD.incidents[0].but(id=f"i{number}") for number in range(30)]
        some[7] = some[7].but(related=["i8", "nowhere"])
        some[8] = some[8].but(related=["i7"], event_types=["raid"])
        file = write_records(tmp_path / "x.geojson", replace(GOOD, incidents=tuple(some)))
        told = []
        for least in (cutting.LARGE_BYTES, 1):
            monkeypatch.setattr(cutting, "LARGE_BYTES", least)
            out = tmp_path / f"out-{least}.geojson"
            assert main(["validate", str(file)]) == 1
            chosen = ["--data", str(file), "--type", "raid"]
            assert main(["export", str(out), *chosen]) == 0
            told.append((capsys.readouterr().out.replace(out.name, ""), out.read_bytes()))
        assert "related must name listed incidents, got 'nowhere'" in told[0][0]
        assert told[0] == told[1]

    def test_problems_name_record_field_rule_and_value(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        bad = GOOD.incidents[0].model_copy(
            update={
                "id": "bad",
                "points": ((10.0, 50.0),),
                "country": "AF",
                "claims": (Claim(about="target", value="x", source="gone", locator=" "),),
            }
        )
        file = write_records(tmp_path / "bad.geojson", Records((bad,), (), GOOD.groups))
        collection = json.loads(file.read_text(encoding="utf-8"))
        worse = json.loads(json.dumps(collection["features"][0]))
        worse["id"] = "worse"
        worse["properties"] |= {"event_date": "2020-02-30", "radius_km": -1}
        worse["geometry"]["coordinates"] = [69, 91.2]
        collection["features"].append(worse)
        file.write_text(json.dumps(collection), encoding="utf-8")

        assert main(["validate", str(file)]) == 1
        lines = capsys.readouterr().out.splitlines()
        assert (
            lines.pop()
            == f"{len(lines)} problems in 1 incidents, 0 base areas, 1 groups, 0 sources"
        )
        for words in (
            "bad.geojson worse event_date: a day must exist in the calendar, got '2020-02-30'",
            "bad.geojson worse points[0][1]: input should be less than or equal to 90, got 91.2",
            "bad.geojson worse radius_km: input should be greater than or equal to 0, got -1",
            "bad claims[0].locator: locator must say where in the source, got nothing",
            "bad claims[0]: source must be one that is listed, got 'gone'",
        ):
            assert words in lines
        outside = next(line for line in lines if line.startswith("bad geometry: "))
        assert "a place must lie in its country" in outside
        assert ", got 10, 50, " in outside

    def test_what_no_field_is_called_is_kept_and_told_once(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = write_records(tmp_path / "good.geojson", GOOD)
        collection = json.loads(file.read_text(encoding="utf-8"))
        (feature,) = collection["features"]
        feature["properties"]["colour"] = "red"
        collection["features"].append({**feature, "id": "two"})
        file.write_text(json.dumps(collection), encoding="utf-8")
        assert main(["validate", str(file)]) == 0
        rule = "a name must be that of a field"
        assert capsys.readouterr().out.splitlines() == [
            f"good.geojson colour: {rule}, got another in 2 records; kept under upstream",
            "no problems in 2 incidents, 0 base areas, 1 groups, 1 sources",
        ]

    def test_several_files_belong_together(self, tmp_path: Path) -> None:
        files = [
            write_records(tmp_path / "a.geojson", Records(GOOD.incidents)),
            write_records(tmp_path / "b.geojson", Records((), (), GOOD.groups, GOOD.sources)),
        ]
        assert main(["validate", *map(str, files)]) == 0
        assert main(["validate", str(files[0])]) == 1
        assert main(["validate", str(files[0]), str(files[0])]) == 1

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("gone.geojson", None, "must be a readable file, got: No such file"),
            (
                "a.txt",
                b"",
                "must end in .geojson, .json, .csv, .xlsx or .gpkg, got a.txt",
            ),
            ("a.geojson", b"{", "a.geojson must be JSON, got: "),
            ("a.geojson", b"[]", "must be a GeoJSON FeatureCollection"),
            ("a.geojson", b"\xff\xfe", "must be UTF-8 text, got byte 0xff at position 0"),
            ("a.csv", b"name\r\nx\r\n", "must have the columns id and event_date"),
            ("sources.json", b"{]", "sources.json must be JSON"),
            ("deep.geojson", b"[" * 100_000, "must be"),
        ],
    )
    def test_unreadable_file_is_one_sentence(
        self,
        name: str,
        content: bytes | None,
        words: str,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        file = tmp_path / name
        if content is not None:
            file.write_bytes(content)
        assert main(["validate", str(file)]) == 1
        error = capsys.readouterr().err
        assert error.startswith("mapview: ")
        assert words in error
        assert error.count("\n") == 1

    @pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
    def test_hostile_records_are_checked_like_others(
        self, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = write_records(tmp_path / "a.geojson", hostile_records(text))
        assert main(["validate", str(file)]) == 1
        assert "value must be the id of a listed group, got " in capsys.readouterr().out
