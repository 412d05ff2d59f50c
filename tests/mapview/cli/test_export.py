"""`mapview export`: every option, every format, and what stops it."""

from __future__ import annotations

import csv
import json
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partialmethod
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import read_back
from full_disk import nearly_full_disk
from plain_loop import random_records
from samples import HOSTILE, all_hostile_records, many_records, write_records

from geodata import BaseArea, Filter, Group, Records, Store, load
from geodata.formats.geojson import write_geojson
from geodata.formats.kept.lines import CsvLines
from geodata.formats.kept.texts import FeatureTexts
from geodata.large import cutting, making
from geodata.queries.filters import FILTER_KEYS
from geodata.scope import describe_scope
from geodata.workspace import columnar
from mapview.cli.__main__ import main
from mapview.cli.records import _telling
from mapview.exports import EXPORTS


def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mapview.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


ENDINGS = ".geojson, .csv, .xlsx, .kml, .kmz, .gpkg, .parquet or .fgb"
# One value for each option, and one that finds less than everything.
OPTIONS = {
    "from": "2022",
    "to": "2019-12",
    "when": "certain",
    "type": "suicide bombing",
    "source_type": "Armed clash",
    "group": "ISIS-K",
    "role": "accused",
    "country": "ir",
    "status": "foiled",
    "attribution": "claimed",
    "record": "kerman-2024-01-03",
    "precision": "settlement",
    "deaths_min": "50",
    "deaths_max": "10",
    "injured_min": "100",
    "q": "kerman",
    "bounds": "50,25,63,40",
    "within": "circle:57,30,200",
    "areas": "off",
}
# It says which state of the records answers, and leaves none of them out.
OF_DATA = {"known"}


Interrupt = Callable[[signal.Signals], None]


@pytest.fixture
def interrupt(monkeypatch: pytest.MonkeyPatch) -> Iterator[Interrupt]:
    """A function that makes exports send this process a signal once they have begun.

    Whatever the tests were started with, as `nohup` does, all signals are heard at first.
    """
    heard = {signal.SIGINT: signal.default_int_handler}
    before = {
        one: signal.signal(one, heard.get(one, signal.SIG_DFL))
        for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }

    def send(number: signal.Signals) -> None:
        def tell(done: int, total: int) -> None:
            if done:
                signal.raise_signal(number)

        monkeypatch.setattr("mapview.cli.records._telling", lambda out: tell)

    yield send
    for one, handler in before.items():
        signal.signal(one, handler)


class TestExport:
    def test_every_key_of_a_filter_is_an_option(self) -> None:
        assert set(OPTIONS) == set(FILTER_KEYS) - OF_DATA

    @pytest.mark.parametrize("key", OPTIONS)
    def test_each_option_filters(
        self, key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = tmp_path / "out.geojson"
        options = [f"--{key.replace('_', '-')}", OPTIONS[key]]
        if key == "when":
            options += ["--from", "2022-10-10"]
        assert main(["export", str(out), *options]) == 0
        pairs = [(key, OPTIONS[key]), *([("from", "2022-10-10")] if key == "when" else [])]
        store, chosen = Store.of(load()), Filter.from_pairs(pairs)
        wanted = store.select(chosen)
        features = json.loads(out.read_text(encoding="utf-8"))["features"]
        found = {feature["id"] for feature in features}
        assert found == {one.id for one in (*wanted.incidents, *wanted.base_areas)}
        assert 0 < len(found) < len(load().incidents) + len(load().base_areas)
        assert capsys.readouterr().out.startswith(f"{describe_scope(store.totals(chosen))}; ")

    def test_options_may_repeat_and_combine(self, tmp_path: Path) -> None:
        out = tmp_path / "out.csv"
        options = ["--country", "IR", "--country", "TJ", "--areas", "off", "--from", "2018"]
        assert main(["export", str(out), *options]) == 0
        with out.open(encoding="utf-8-sig", newline="") as stream:
            found = {row["id"] for row in csv.DictReader(stream)}
        assert {"kerman-2024-01-03", "danghara-2018-07-29"} <= found
        chosen = Filter.from_query("country=IR&country=TJ&areas=off&from=2018")
        assert found == {one.id for one in Store.of(load()).select(chosen).incidents}

    def test_own_records(self, tmp_path: Path, many_file: Path) -> None:
        out = tmp_path / "out.csv"
        assert main(["export", str(out), "--data", str(many_file), "--type", "raid"]) == 0
        wanted = [one for one in many_records(2_500).incidents if "raid" in one.event_types]
        assert out.read_text(encoding="utf-8-sig").count("\n") == 1 + len(wanted)

    def test_bad_records_are_named_and_left_out(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = write_records(tmp_path / "a.geojson", many_records(3))
        collection = json.loads(file.read_text(encoding="utf-8"))
        collection["features"][1]["properties"]["status"] = "maybe"
        file.write_text(json.dumps(collection), encoding="utf-8")
        assert main(["export", str(tmp_path / "out.csv"), "--data", str(file)]) == 0
        output = capsys.readouterr()
        assert "a.geojson made-00001 status: " in output.err
        assert output.out.startswith("2 events, all on the map; 0 base areas ")

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["out.shp"], f"OUT must end in {ENDINGS}, got 'out.shp'"),
            (["out"], f"OUT must end in {ENDINGS}, got 'out'"),
            (["gone/out.csv"], "gone/out.csv must be writable, got: No such file or directory"),
            (["out.csv", "--data", "gone.csv"], "gone.csv must be a readable file, got: "),
            (["out.csv", "--type", "picnic"], "type must be one of bombing, "),
            (["out.csv", "--from", "x"], "from must be a date such as "),
            (["out.csv", "--from", "2020", "--to", "2019"], "to must not be before from, got "),
            (["out.csv", "--from", "2020", "--from", "2021"], "from must be given once, got "),
            (["out.csv", "--bounds", "1,2"], "bounds must be west,south,east,north"),
            (["out.csv", "--deaths-min", "many"], "deaths_min must be a whole number"),
        ],
    )
    def test_what_cannot_be_is_one_sentence_and_no_file(
        self,
        arguments: list[str],
        words: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert main(["export", *arguments]) == 1
        output = capsys.readouterr()
        assert output.err.startswith("mapview: ")
        assert words in output.err
        assert output.out == ""
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("ending", EXPORTS)
    def test_full_disk_keeps_the_old_file(
        self, ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = tmp_path / f"out.{ending}"
        out.write_text("old", encoding="utf-8")
        with nearly_full_disk(20_000):
            assert main(["export", str(out)]) == 1
        said = capsys.readouterr().err
        assert said.startswith("mapview: ")
        assert f"out.{ending} must be writable, got: " in said.replace("export.", "out.")
        assert out.read_text(encoding="utf-8") == "old"
        assert list(tmp_path.iterdir()) == [out]

    def test_a_process_on_a_full_disk_ends_with_a_sentence(self, tmp_path: Path) -> None:
        def limit() -> None:
            # Python ignores the signal, so that writing beyond fails as on a full disk.
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

        answer = run("export", str(tmp_path / "out.gpkg"), preexec_fn=limit)
        assert answer.returncode == 1
        assert answer.stderr.startswith("mapview: ")
        assert "Traceback" not in answer.stderr
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("ending", read_back.CLAIMS)
    def test_other_formats(
        self, ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = tmp_path / f"out.{ending.upper()}"
        assert main(["export", str(out), "--country", "IR"]) == 0
        wanted = Store.of(load()).select(Filter.from_query("country=IR"))
        ids = [one.id for one in (*wanted.incidents, *wanted.base_areas)]
        assert sorted(read_back.IDS[ending](out)) == sorted(ids)
        scope = describe_scope(Store.of(load()).totals(Filter.from_query("country=IR")))
        assert capsys.readouterr().out.startswith(f"{scope}; ")
        assert list(tmp_path.iterdir()) == [out]

    @pytest.mark.parametrize("ending", EXPORTS)
    def test_the_same_bytes_again(self, ending: str, tmp_path: Path) -> None:
        files = [tmp_path / f"{name}.{ending}" for name in ("a", "b")]
        for out in files:
            assert main(["export", str(out), "--type", "bombing"]) == 0
        assert files[0].read_bytes() == files[1].read_bytes()

    @pytest.mark.parametrize(
        ("ending", "number"),
        [
            *((ending, signal.SIGINT) for ending in EXPORTS),
            ("csv", signal.SIGTERM),
            ("csv", signal.SIGHUP),
        ],
    )
    def test_cancelling_keeps_the_old_file(
        self,
        ending: str,
        number: signal.Signals,
        tmp_path: Path,
        interrupt: Interrupt,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        interrupt(number)
        out = tmp_path / f"out.{ending}"
        out.write_text("old", encoding="utf-8")
        # As shells tell it; 130 for Ctrl-C.
        assert main(["export", str(out)]) == 128 + number
        output = capsys.readouterr()
        assert (output.out, output.err) == ("", "mapview: cancelled; nothing was written\n")
        assert out.read_text(encoding="utf-8") == "old"
        assert list(tmp_path.iterdir()) == [out]

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_a_signal_that_is_ignored_stops_nothing(
        self, number: signal.Signals, tmp_path: Path, interrupt: Interrupt
    ) -> None:
        interrupt(number)
        signal.signal(number, signal.SIG_IGN)
        assert main(["export", str(tmp_path / "out.csv")]) == 0
        assert signal.getsignal(number) is signal.SIG_IGN

    def test_a_terminal_shows_how_far_it_is(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert _telling("out.kml") is None
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        tell = _telling("out.kml")
        assert tell is not None
        tell(0, 5_000)
        assert capsys.readouterr().err == ""
        moment = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: moment + 5)
        for done in (1_200, 1_200, 5_000, 5_000):  # Told again, it stands there already.
            tell(done, 5_000)
        assert capsys.readouterr().err == (
            "out.kml: 1,200 of 5,000 records\rout.kml: 5,000 of 5,000 records\n"
        )

    def test_as_a_process(self, tmp_path: Path) -> None:
        answer = run("export", "out.geojson", "--type", "bombing", cwd=tmp_path)
        assert (answer.returncode, answer.stderr) == (0, "")
        features = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))["features"]
        scope = describe_scope(Store.of(load()).totals(Filter.from_query("type=bombing")))
        assert answer.stdout.startswith(f"{scope}; ")
        types = [one["properties"].get("event_types", ["bombing"]) for one in features]
        assert types
        assert all("bombing" in one for one in types)

    def test_hostile_records_and_words(self, tmp_path: Path) -> None:
        file = write_records(tmp_path / "a.geojson", all_hostile_records())
        out = tmp_path / "out.csv"
        for number, text in enumerate(HOSTILE.values()):
            words = ["--q", text[:150], "--areas", "off"]
            assert main(["export", str(out), "--data", str(file), *words]) == 0
            with out.open(encoding="utf-8-sig", newline="") as stream:
                rows = list(csv.reader(stream))
            assert {f"hostile-{number}", f"hostile-too-{number}"} <= {row[0] for row in rows[1:]}
            assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r")]

    def test_argument_that_is_no_text_breaks_nothing(self, tmp_path: Path) -> None:
        out = tmp_path / "out.csv"
        command = [sys.executable, "-m", "mapview.cli", "export", str(out), "--group", b"\xff"]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        assert answer.returncode == 1
        assert answer.stderr == "mapview: group must be UTF-8 text, got '\\udcff'\n"
        assert not out.exists()


def test_base_areas_are_exported_with_their_groups(tmp_path: Path) -> None:
    area = BaseArea(
        id="a", group="g", level="district", kind="camp", status="reported", last_cited="2020"
    )
    file = write_records(
        tmp_path / "a.geojson", Records((), (area,), (Group(id="g", name="Group"),))
    )
    out = tmp_path / "out.geojson"
    assert main(["export", str(out), "--data", str(file)]) == 0
    collection = json.loads(out.read_text(encoding="utf-8"))
    assert [one["id"] for one in collection["features"]] == ["a"]
    assert [one["id"] for one in collection["groups"]] == ["g"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "must be JSON"),
        (None, "must be a readable file"),
        ('{"type": "FeatureCollection", "features": [{"id": "a", "properties": {}}]}',
         "got none and 3 problems; mapview look FILE reads a file that is not in Mapview's"),
    ],
)  # fmt: skip
def test_input_that_cannot_be_read_leaves_the_old_file(
    content: str | None, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, data = tmp_path / "out.geojson", tmp_path / "in.geojson"
    out.write_text("old")
    if content:
        data.write_text(content)
    assert main(["export", str(out), "--data", str(data)]) == 1
    assert words in capsys.readouterr().err
    assert out.read_text() == "old"


@pytest.mark.parametrize("ending", EXPORTS)
def test_an_error_names_the_file_that_was_asked_for(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with nearly_full_disk(2_000):
        assert main(["export", str(tmp_path / f"out.{ending}")]) == 1
    assert f"out.{ending} must be writable, got" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is opened as a large one, without other processes."""
    monkeypatch.setattr(cutting, "_PIECE_BYTES", 20_000)
    monkeypatch.setattr(making, "processors", lambda: 1)
    monkeypatch.setattr("geodata.formats.kept.keeping._LEFT_FREE", 0)
    path = tmp_path / "all.geojson"
    write_geojson(path, random_records(120))
    return path


@pytest.mark.parametrize(
    ("ending", "chosen"),
    [
        *product(
            ["geojson", "csv", "parquet", "kml"], [(), ("--country", "IR"), ("--areas", "off")]
        ),
        # None may ask for a column that was left empty.
        *(("csv", (f"--{key.replace('_', '-')}", value)) for key, value in OPTIONS.items()),
        ("csv", ("--group", "iskp", "--when", "certain")),
        ("csv", ("--group", "iskp", "--role", "actor", "--from", "2016", "--to", "2022")),
        ("csv", ("--coarsen", "province", "--deaths-min", "1")),
        ("xlsx", ("--q", "bomb")),
    ],
)
def test_a_large_file_goes_out_as_the_same_file_read_whole(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, chosen: tuple[str]
) -> None:
    outs = [tmp_path / f"{one}.{ending}" for one in ("parts", "whole")]
    for out, size in zip(outs, (1, 1 << 40), strict=True):
        monkeypatch.setattr(cutting, "LARGE_BYTES", size)
        assert main(["export", str(out), "--data", str(large), *chosen]) == 0
    if ending == "parquet":  # Its groups of rows are others.
        assert pq.read_table(outs[0]).equals(pq.read_table(outs[1]), check_metadata=True)
    else:
        assert outs[0].read_bytes() == outs[1].read_bytes()


@pytest.mark.parametrize(
    ("out", "made"),
    [
        (("out.geojson",), {"of_parts": 120}),
        (("out.csv",), {"of": 120}),
        (("out.xlsx",), {}),
        (("out.csv", "--areas", "off"), {"of": 120}),
        (("out.geojson", "--areas", "off"), {"of_parts": 120}),
        (("out.csv", "--q", "nobody at all"), {}),
        (("out.geojson", "--drop", "summary"), {}),
    ],
)
def test_of_a_large_file_no_more_is_made_than_is_copied(
    large: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    out: tuple[str, ...],
    made: dict[str, int],
) -> None:
    monkeypatch.setattr(cutting, "LARGE_BYTES", 1)
    found: Counter[str] = Counter()
    # No map is drawn whose views would be sooner for it.
    monkeypatch.delattr(columnar, "_sort")

    def counted(maker: Any, of: Any, *given: Any) -> Any:
        found[of.__name__] += 1
        return of(maker, *given)

    for kind, name in ((FeatureTexts, "of_parts"), (CsvLines, "of")):
        monkeypatch.setattr(kind, name, partialmethod(counted, getattr(kind, name)))
    assert main(["export", str(tmp_path / out[0]), "--data", str(large), *out[1:]]) == 0
    assert found == made
