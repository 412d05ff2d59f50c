"""`mapview look`, `import`, `update`, `datasets`: from anybody's file to records."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import openpyxl
import pytest
from importing_rows import COLUMNS, GTD, row
from page_reading import packed

from mapview.cli.__main__ import main

KEYS = [
    "format", "rows", "accepted", "rejected", "skipped", "with_point", "first_day", "last_day",
    "rules", "mapping", "questions", "notes",
    "doubts", "may_publish", "licence",
]  # fmt: skip
PLAIN = """id;Datum;Ort;Breite;Länge;Tote
1;14.01.2024;Köln;50,94;6,96;3
2;15.01.2024;Bonn;50,73;7,1;1
"""


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "workspace"
    monkeypatch.setenv("MAPVIEW_WORKSPACE", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


def write(name: str, text: str, encoding: str = "cp1252") -> str:
    Path(name).write_text(text, encoding=encoding)
    return name


def table(name: str, database: str, *rows: list[str]) -> str:
    with Path(name).open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([COLUMNS[database], *rows])
    return name


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    told = capsys.readouterr()
    return code, told.out, told.err


def exported() -> list[dict[str, str]]:
    with Path("out.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_look_says_what_a_file_holds_and_writes_nothing(capsys, workspace):
    code, out, _ = run(capsys, "look", write("A.CSV", PLAIN))
    assert code == 0
    assert "2 rows: 2 accepted (2 with a point" in out
    assert "day before month" in out
    assert not workspace.exists()


def test_look_says_what_else_a_file_holds(capsys):
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book.active["A1"] = "Prose."
    for name, rows in (("2024", 3), ("Places", 2)):
        sheet = book.create_sheet(name)
        sheet.append(["Date", "Town", "Killed"] if rows == 3 else ["Place", "Code", "Lat", "Lon"])
        for day in range(1, rows + 1):
            sheet.append([f"2024-01-0{day}", "Kabul", 1] if rows == 3 else ["Kabul", 1, 34.5, 69.2])
    book.save("a.xlsx")
    _, out, _ = run(capsys, "look", "a.xlsx", "--sheet", "2024")
    assert "note: Read me (no table)" in out
    _, out, _ = run(capsys, "look", "a.xlsx")
    assert "(another table; --sheet reads it)" in out


def test_json_has_exactly_the_keys_that_are_promised(capsys):
    code, out, _ = run(capsys, "look", "--json", write("a.txt", PLAIN))
    told = json.loads(out)
    assert (code, list(told)) == (0, KEYS)
    assert (told["rows"], told["accepted"], told["rejected"]) == (2, 2, 0)
    assert (told["first_day"], told["last_day"]) == ("2024-01-14", "2024-01-15")
    assert told["mapping"]["date"] == "Datum"
    code, out, _ = run(capsys, "import", "a.txt", "--json")
    assert (code, list(json.loads(out))) == (0, KEYS)
    code, out, _ = run(capsys, "update", "a", "a.txt", "--json")
    assert list(json.loads(out)) == [*KEYS, "new", "changed", "gone", "same"]


def test_some_rows_left_out_is_three_and_they_can_be_had(capsys):
    write("a.csv", PLAIN + "3;bald;Bonn;50;7;1\n")
    assert run(capsys, "import", "a.csv", "--report", "left.csv")[0] == 3
    assert "date_unreadable" in Path("left.csv").read_text()
    assert run(capsys, "datasets", "rejected", "a", "again.csv")[0] == 0
    assert Path("again.csv").read_bytes() == Path("left.csv").read_bytes()


def test_nothing_accepted_is_one_and_nothing_is_written(capsys, workspace):
    code, _, err = run(capsys, "import", write("a.csv", "id,date\n1,soon\n"))
    assert code == 1
    assert "nothing was written" in err
    assert list(workspace.iterdir()) == []
    assert run(capsys, "look", "a.csv")[0] == 1


def test_a_header_alone_is_nothing(capsys):
    assert run(capsys, "import", write("a.csv", "id,date,city\n"))[0] == 1


def test_too_many_left_out_is_one(capsys, workspace):
    write("a.csv", PLAIN + "3;bald;Bonn;50;7;1\n")
    code, _, err = run(capsys, "import", "a.csv", "--max-rejected", "5%")
    assert code == 1
    assert "at most 5% of the rows may be left out, got 33.3%" in err
    assert list(workspace.iterdir()) == []
    assert run(capsys, "import", "a.csv", "--max-rejected", "40%")[0] == 3


def test_what_cannot_be_meant_is_one_sentence(capsys):
    write("a.csv", PLAIN)
    for arguments, words in (
        (["--set", "colour=x"], "--set must name one of"),
        (["--set", "date"], "--set must be PART=COLUMN"),
        (["--set", "date=Nope"], "date must be a column of the file, got 'Nope'"),
        (["--max-rejected", "many"], "--max-rejected must be a share such as 5%"),
        (["--into", "../up"], "name must be letters"),
        (["--recipe", "gone.toml"], "gone.toml must be a readable file"),
    ):
        code, _, err = run(capsys, "import", "a.csv", *arguments)
        assert code == 1
        assert words in err
        assert err.count("\n") == 1


def test_a_name_is_free_or_refused(capsys):
    write("a.csv", PLAIN)
    assert run(capsys, "import", "a.csv", "--into", "mine")[0] == 0
    code, _, err = run(capsys, "import", "a.csv", "--into", "mine")
    assert code == 1
    assert "must be free, got 'mine'" in err
    assert run(capsys, "import", "a.csv", "a.csv")[0] == 0
    _, out, _ = run(capsys, "datasets")
    assert [line.split(":")[0] for line in out.splitlines()] == ["a", "a-2", "mine"]


def test_datasets_are_shown_renamed_and_removed(capsys):
    run(capsys, "import", write("a.csv", PLAIN))
    assert "sha256" in run(capsys, "datasets", "show", "a")[1]
    assert run(capsys, "datasets", "rename", "a", "b")[0] == 0
    assert run(capsys, "datasets", "remove", "b")[0] == 0
    assert "no datasets" in run(capsys, "datasets", "list")[1]
    assert run(capsys, "datasets", "remove", "b")[0] == 1
    assert run(capsys, "datasets", "show")[0] == 1


def test_an_update_is_shown_before_it_is_applied(capsys):
    run(capsys, "import", write("a.csv", PLAIN))
    later = PLAIN.replace(";3\n", ";4\n").replace("2;15", "5;16").replace("50,94", "50,940")
    write("b.csv", later)
    out = run(capsys, "update", "a", "b.csv", "--json")[1]
    told = json.loads(out)
    assert [told[one] for one in ("new", "changed", "gone", "same")] == [1, 1, 1, 0]
    assert json.loads(run(capsys, "update", "a", "a.csv", "--json")[1])["same"] == 2
    _, out, _ = run(capsys, "update", "a", "b.csv", "--apply")
    assert "changed: a:1  Tote: 3 → 4" in out
    assert json.loads(run(capsys, "update", "a", "b.csv", "--json")[1])["same"] == 2
    assert run(capsys, "update", "nope", "b.csv")[0] == 1


def test_an_update_of_our_own_form_tells_what_records_say(capsys):
    assert run(capsys, "export", "own.geojson", "--country", "TJ")[0] == 0
    first = Path("own.geojson").read_text("utf-8")
    assert run(capsys, "import", "own.geojson", "--licence-held")[0] == 0
    assert json.loads(run(capsys, "update", "own", "own.geojson", "--json")[1])["same"] == 9
    toll, title = '"about":"fatalities","value":4,', '"title":"Reported rocket'
    assert (first.count(toll), first.count(title)) == (1, 1)
    later = first.replace(toll, toll.replace("4", "5")).replace(title, '"title":"Later rocket')
    _, out, _ = run(capsys, "update", "own", write("later.geojson", later, "utf-8"), "--apply")
    assert "0 new, 2 changed, 0 gone, 7 same" in out
    assert re.search(r"changed: danghara-2018-07-29  fatalities: 4 killed .* → 5 killed", out)
    assert re.search(r"title: Reported rocket.* → Later rocket", out)
    assert json.loads(run(capsys, "update", "own", "later.geojson", "--json")[1])["same"] == 9


@pytest.mark.parametrize("name", ["old", "before", "versions"])
def test_a_dataset_of_whatever_name_is_updated(name, capsys):
    assert run(capsys, "import", write("a.csv", PLAIN), "--into", name)[0] == 0
    write("b.csv", PLAIN.replace(";3", ";4"))
    code, out, _ = run(capsys, "update", name, "b.csv", "--apply")
    assert (code, "0 new, 1 changed" in out) == (0, True)
    assert run(capsys, "update", name, "b.csv", "--apply")[0] == 0


def test_an_update_keeps_what_was_corrected_in_rows_that_are_left_out(capsys, workspace):
    rows = "id,date,lat,lon,title\n1,2021-05-01,33,44,a\n2,soon,34,45,b\n3,2021-05-03,95,46,c\n"
    run(capsys, "import", write("f.csv", rows), "--report", "left.csv")
    write("left.csv", Path("left.csv").read_text("utf-8").replace("soon", "2021-05-02"))
    write("left.csv", Path("left.csv").read_text("utf-8").replace(",95,", ",35,"))
    assert run(capsys, "update", "f", "left.csv", "--apply")[0] == 0
    # Next month's file has the rows as they were, one line further down.
    first, *others = rows.splitlines()
    later = write("g.csv", "\n".join([first, "6,2021-05-08,35,46,q", *others]) + "\n")
    told = json.loads(run(capsys, "update", "f", later, "--apply", "--json")[1])
    assert [told[one] for one in ("new", "changed", "gone", "rejected")] == [1, 0, 0, 0]
    assert json.loads(run(capsys, "update", "f", later, "--json")[1])["same"] == 4
    # A row that says something else by now is another one.
    write("h.csv", later_rows := Path("g.csv").read_text("utf-8").replace("45,b", "45,d"))
    assert "soon" in later_rows
    told = json.loads(run(capsys, "update", "f", "h.csv", "--json")[1])
    assert (told["rejected"], told["gone"]) == (1, 1)
    manifest = json.loads((workspace / "f" / "manifest.json").read_text("utf-8"))
    assert [one["name"] for one in manifest["files"]] == ["g.csv"]


def test_a_recipe_runs_again(capsys, workspace):
    run(capsys, "import", write("a.csv", PLAIN), "--set", "dates=dmy")
    later = write("b.csv", PLAIN.replace("14.01", "03.02").replace("15.01", "04.02"))
    recipe = str(workspace / "a" / "recipe.toml")
    _, out, _ = run(capsys, "import", later, "--recipe", recipe, "--json")
    assert json.loads(out)["mapping"]["dates"] == "dmy"


def test_two_datasets_that_number_their_rows_are_opened_together_by_name(capsys):
    run(capsys, "import", write("a.csv", PLAIN), write("b.csv", PLAIN))
    code, out, err = run(capsys, "export", "out.csv", "--data", "a", "--data", "b")
    assert (code, err) == (0, "")
    assert out.startswith("4 events")
    rows = exported()
    assert {one["id"] for one in rows} == {"a:1", "a:2", "b:1", "b:2"}


def test_the_gtd_stays_out_of_exports_unless_a_licence_is_held(capsys):
    book = openpyxl.Workbook()
    book.active.append(GTD)
    book.active.append([int(cell) if index == 0 else cell for index, cell in enumerate(row("GTD"))])
    book.save("gtd.xlsx")
    code, out, _ = run(capsys, "import", "gtd.xlsx")
    assert code == 0
    assert "stay out of exports" in out
    run(capsys, "export", "out.geojson", "--data", "gtd")
    assert json.loads(Path("out.geojson").read_text())["features"] == []
    run(capsys, "export", "out.geojson", "--data", "gtd", "--licensed")
    (feature,) = json.loads(Path("out.geojson").read_text())["features"]
    assert feature["id"] == "gtd:201101010001"
    run(capsys, "import", "gtd.xlsx", "--into", "held", "--licence-held")
    run(capsys, "export", "out.geojson", "--data", "held")
    assert len(json.loads(Path("out.geojson").read_text())["features"]) == 1


def test_acled_is_credited_in_an_export(capsys):
    run(capsys, "import", table("x.csv", "ACLED", row("ACLED")))
    run(capsys, "export", "out.csv", "--data", "x")
    (found,) = exported()
    assert "Armed Conflict Location & Event Data (ACLED)" in found["sources_text"]
    assert found["type_of_source"] == "Armed clash"


def test_a_template_is_written_and_only_what_is_filled_in_is_imported(capsys):
    code, out, _ = run(capsys, "template", "t.xlsx")
    assert (code, "mapview import t.xlsx" in out) == (0, True)
    assert run(capsys, "import", "t.xlsx")[0] == 1
    book = openpyxl.load_workbook("t.xlsx")
    book["Incidents"].append(["x1", "2024-02-03", "", "A raid"])
    book.save("t.xlsx")
    told = json.loads(run(capsys, "import", "t.xlsx", "--json")[1])
    assert (told["rows"], told["accepted"], told["questions"]) == (1, 1, [])
    assert run(capsys, "template", "t.csv")[0] == 0
    assert run(capsys, "template", "t.pdf")[0] == 1


def test_pairs_are_listed_and_linked_on_the_users_word(capsys):
    run(capsys, "import", write("a.csv", PLAIN), "--into", "a")
    run(capsys, "import", write("b.csv", PLAIN.replace(";3\n", ";4\n")), "--into", "b")
    told = json.loads(run(capsys, "duplicates", "--json")[1])
    pairs = [[record["id"] for record in one["records"]] for one in told["pairs"]]
    assert sorted(pairs) == [["a:1", "b:1"], ["a:2", "b:2"]]
    assert all(one["reasons"] and 0.6 <= one["score"] <= 1 for one in told["pairs"])
    assert told["linked"] == []
    assert run(capsys, "toll", "--data", "a", "--data", "b")[1].startswith("9 killed in 4")
    _, out, _ = run(capsys, "duplicates", "--link", "a:1", "b:1", "--different", "a:2", "b:2")
    assert "0 pairs may be of one event; 1 linked" in out
    # One event, whose sources differ; counted once.
    assert run(capsys, "toll", "--data", "a", "--data", "b")[1].startswith("5 to 6 killed in 3")
    run(capsys, "export", "out.csv", "--data", "a", "--data", "b")
    assert [one["id"] for one in exported()] == ["a:1", "a:2", "b:2"]
    assert run(capsys, "duplicates", "--link", "a:1", "a:9")[0] == 1
    assert run(capsys, "duplicates", "none")[0] == 1


def test_left_out_rows_come_back_by_command(capsys):
    run(capsys, "import", write("a.csv", PLAIN + "3;bald;Bonn;50;7;1\n"))
    run(capsys, "datasets", "rejected", "a", "left.csv")
    left = Path("left.csv").read_text().replace("bald", "17.01.2024")
    Path("left.csv").write_text(left)
    told = json.loads(run(capsys, "update", "a", "left.csv", "--json")[1])
    assert [told[one] for one in ("new", "changed", "gone", "same")] == [1, 0, 0, 2]
    assert run(capsys, "update", "a", "left.csv", "--apply")[0] == 0
    run(capsys, "export", "out.csv", "--data", "a")
    assert [one["id"] for one in exported()] == ["a:1", "a:2", "a:3"]


def test_every_command_finds_datasets_where_it_is_told_to(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("MAPVIEW_WORKSPACE", str(tmp_path / "none"))
    there = ("--workspace", str(tmp_path / "there"))
    assert run(capsys, "import", write("a.csv", PLAIN), *there)[0] == 0
    for command in (
        ("export", "out.csv", "--data", "a"), ("toll", "--data", "a"),
        ("brief", "out.svg", "--data", "a"), ("datasets", "show", "a"), ("duplicates", "a"),
    ):  # fmt: skip
        monkeypatch.setenv("MAPVIEW_WORKSPACE", str(tmp_path / "none"))
        code, _, err = run(capsys, *command, *there)
        assert (code, err) == (0, ""), command
    assert [one["id"] for one in exported()] == ["a:1", "a:2"]


def older_and_newer(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "import", write("a.csv", PLAIN), "--into", "a")[0] == 0
    newer = PLAIN.replace("6,96;3", "6,96;4").replace("2;15.01", "3;16.01")
    assert run(capsys, "update", "a", write("b.csv", newer), "--apply")[0] == 0


def test_versions_are_listed_compared_and_removed(capsys):
    run(capsys, "import", write("a.csv", PLAIN), "--into", "a")
    assert re.fullmatch(
        r"a: one version, of \d+ \w+ 20\d\d\n", run(capsys, "datasets", "versions", "a")[1]
    )
    newer = PLAIN.replace("6,96;3", "6,96;4").replace("2;15.01", "3;16.01")
    code, out, _ = run(capsys, "update", "a", write("b.csv", newer), "--apply")
    assert out.endswith("1 older version is kept\napplied\n")
    first, now = run(capsys, "datasets", "versions", "a")[1].splitlines()
    assert "2 records" in first
    assert now.endswith("2 records; this is what it is now")
    old = first.split()[2]
    code, out, _ = run(capsys, "datasets", "diff", "a", old, "now")
    assert code == 0
    assert "1 record is new, 1 changed, 1 was withdrawn; none is the same." in out
    assert "  new: a:3  16 January 2024: " in out
    assert "  withdrawn: a:2  15 January 2024: " in out
    before, now = "3 [“a.csv”, a.csv, line 2]", "4 [“b.csv”, b.csv, line 2]"
    assert f"    fatalities: {before} → {now}" in out
    assert run(capsys, "datasets", "prune", "a", "0")[1] == "a: 1 older version removed\n"
    assert "one version" in run(capsys, "datasets", "versions", "a")[1]


def test_a_difference_is_json_and_a_page(capsys):
    older_and_newer(capsys)
    old = run(capsys, "datasets", "versions", "a")[1].split()[2]
    code, out, _ = run(capsys, "datasets", "diff", "a", old, "now", "--json", "--map", "out.html")
    assert code == 0
    told = json.loads(out)
    assert list(told) == [
        "dataset", "from", "to", "words", "new", "changed", "withdrawn", "same", "others",
    ]  # fmt: skip
    assert told["from"]["version"] == old
    assert told["to"]["version"] != old
    assert [one["id"] for one in told["changed"]] == ["a:1"]
    page = packed(Path("out.html").read_bytes(), "packed-records")
    titles = sorted(page["incidents"]["title"])
    assert [one.partition(":")[0] for one in titles] == ["Changed", "New", "Withdrawn"]


def test_what_is_no_version_is_refused(capsys):
    older_and_newer(capsys)
    for words in (
        ("diff", "a", "1999-01-01", "now"),
        ("diff", "a", "soon", "now"),
        ("prune", "a", "-1"),
    ):
        code, _, err = run(capsys, "datasets", *words)
        assert code == 1, words
        assert err.startswith("mapview: ")
