"""Datasets: written whole or not at all, opened by name, and what a new file changes in them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from importing_sheets import sheet_of, table_of

from geodata import read_records
from geodata.errors import FormatError, RequestError
from geodata.importing import Fix, Settings, begin
from geodata.reading import BadRow, Sheet, open_file
from geodata.workspace import (
    Workspace,
    begin_update,
    build,
    compare,
    dataset_at,
    files_of,
    read_all,
    read_recipe,
    recipe_text,
    records_of,
    workspace_folder,
)

TABLE = """
id | date       | city  | lat   | lon  | killed | notes
1  | 2024-01-03 | Kabul | 34.5  | 69.2 | 3      | One
2  | soon       | Herat | 34.35 | 62.2 | 1      | =cmd()
3  | 2024-01-05 | Herat | -95   | 62.2 | 1      | Three
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "work")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text("as it came")
    return path


def make(workspace: Workspace, source: Path, sheet: Sheet, name: str = "own", **settings):
    importing = begin([sheet], Settings(**settings), name, source.name)
    return build(workspace, name, importing, [source])


def test_a_dataset_is_a_folder_that_says_what_is_in_it(workspace, source):
    dataset, manifest = make(workspace, source, table_of(TABLE))
    assert sorted(one.name for one in dataset.folder.iterdir()) == [
        "base_areas.geojson", "details.parquet", "features.parquet", "groups.json", "ids.parquet",
        "incidents.duckdb", "incidents.parquet", "manifest.json", "recipe.toml", "rejected.csv",
        "sources.json",
    ]  # fmt: skip
    assert manifest == dataset.manifest()
    assert manifest.counts["rows"] == 3
    assert manifest.counts["rules"] == {"date_unreadable": 1, "coordinates_out_of_range": 1}
    assert manifest.files[0]["bytes"] == len("as it came")
    assert [one.name for one in workspace.datasets()] == ["own"]
    assert [one.name for one in workspace.folder.iterdir()] == ["own"]


def test_its_records_are_read_as_our_own_files_are(workspace, source):
    dataset, _ = make(workspace, source, table_of(TABLE))
    result = read_all([dataset.folder], read_records)
    assert not result.problems
    (found,) = result.records.incidents
    expected = next(iter(begin([table_of(TABLE)], Settings(), "own", "own.csv").records()))
    assert found == expected
    assert result.records.sources_by_id["own"].title == "own.csv"


def test_what_was_left_out_is_there_whole_and_no_formula(workspace, source):
    dataset, _ = make(workspace, source, table_of(TABLE))
    with (dataset.folder / "rejected.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(one["line"], one["rule"]) for one in rows] == [
        ("3", "date_unreadable"), ("4", "coordinates_out_of_range"),
    ]  # fmt: skip
    assert rows[0]["notes"] == "'=cmd()"
    assert rows[1]["lat"] == "-95"


def test_rows_that_were_corrected_can_be_read_again(workspace, source):
    sheet = sheet_of(
        ["id", "date", "city", "notes", "line", "rule", "suggestion"],
        [["2", "2024-01-04", "Herat", "'=cmd()", "3", "date_unreadable", ""]],
    )
    importing = begin([sheet], Settings(), "again", "rejected.csv")
    (found,) = importing.records()
    assert found.summary == "=cmd()"
    assert "rule" not in found.upstream


def test_nothing_accepted_writes_nothing(workspace, source):
    assert make(workspace, source, table_of("id | date\n1 | soon")) is None
    assert list(workspace.folder.iterdir()) == []


def test_too_many_left_out_write_nothing(workspace, source):
    importing = begin([table_of(TABLE)], Settings(), "own", "own.csv")
    assert build(workspace, "own", importing, [source], most_rejected=0.5) is None
    assert list(workspace.folder.iterdir()) == []


def test_what_is_cancelled_leaves_nothing_and_what_was_there(workspace, source):
    make(workspace, source, table_of(TABLE))
    before = (workspace.folder / "own" / "details.parquet").read_bytes()
    good = table_of(TABLE)

    def rows():
        for count, row in enumerate(good.rows()):
            # What is guessed from the rows has been seen twice before they are read in earnest.
            calls.append(count)
            if len(calls) > stop:
                raise KeyboardInterrupt
            yield row

    calls, stop = [], 1 << 30
    sheet = Sheet("", good.columns, has_geometry=False, rows=rows)
    importing = begin([sheet], Settings(), "own", "own.csv")
    calls.clear()
    stop = 1
    with pytest.raises(KeyboardInterrupt):
        build(workspace, "own", importing, [source])
    assert [one.name for one in workspace.folder.iterdir()] == ["own"]
    assert (workspace.folder / "own" / "details.parquet").read_bytes() == before


def test_two_tables_that_number_their_rows_lie_side_by_side(workspace, source):
    make(workspace, source, table_of(TABLE), "one")
    make(workspace, source, table_of(TABLE), "two")
    result = read_all([workspace.folder / name for name in ("one", "two")], read_records)
    assert not result.problems
    assert [one.id for one in result.records.incidents] == ["one:1", "two:1"]


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "a b", "x" * 61])
def test_names_lead_nowhere_else(workspace, name):
    with pytest.raises(RequestError, match="name must be"):
        workspace.check_name(name)
    with pytest.raises(RequestError):
        workspace.get(name)


def test_datasets_are_renamed_and_removed_and_their_first_name_stays_taken(workspace, source):
    make(workspace, source, table_of(TABLE))
    workspace.rename("own", "other")
    assert [one.name for one in workspace.datasets()] == ["other"]
    assert workspace.free_name("own") == "own-2"
    with pytest.raises(RequestError, match="must be free, got 'own'"):
        workspace.check_free("own")
    workspace.remove("other")
    assert workspace.datasets() == []


def test_the_workspace_is_where_the_variable_says(monkeypatch, tmp_path):
    monkeypatch.setenv("MAPVIEW_WORKSPACE", str(tmp_path))
    assert workspace_folder() == tmp_path
    monkeypatch.delenv("MAPVIEW_WORKSPACE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "x"))
    assert workspace_folder().parent in (tmp_path / "x", *tmp_path.home().rglob("nothing"))


def test_a_dataset_is_opened_by_name_and_a_file_by_its_path(workspace, source, monkeypatch):
    monkeypatch.setenv("MAPVIEW_WORKSPACE", str(workspace.folder))
    make(workspace, source, table_of(TABLE))
    assert files_of("own") == files_of(workspace.folder / "own")
    assert files_of("elsewhere/x.geojson") == [Path("elsewhere/x.geojson")]
    with pytest.raises(RequestError, match=r"\(own\), got 'nope'"):
        files_of("nope")


def test_a_recipe_reads_next_months_file_alike(tmp_path):
    sheet = table_of("Ref | Seen | Begun | city\n7 | 2024-02-01 | 14/01/2024 | Kabul")
    importing = begin([sheet], Settings(given={"date": "Begun"}), "own", "own.csv")
    path = tmp_path / "recipe.toml"
    path.write_text(recipe_text(importing.settings, importing.sheets[0][1]))
    settings = read_recipe(path)
    assert settings.given["date"] == "Begun"
    assert settings.given["dates"] == "dmy"
    # Its order of day and month was proved once and holds where nothing proves it.
    later = table_of("Ref | Seen | Begun | city\n8 | 2024-03-01 | 03/02/2024 | Kabul")
    (found,) = begin([later], settings, "own", "own.csv").records()
    assert found.event_date == "2024-02-03"


def test_corrected_cells_are_part_of_a_recipe(tmp_path):
    fixes = (Fix(3, 'a\n"b', "\x7f", "”"), Fix(4, "c", "", "d", "Sheet 2"))
    importing = begin([table_of(TABLE)], Settings(fixes=fixes), "own", "own.csv")
    path = tmp_path / "recipe.toml"
    path.write_text(recipe_text(importing.settings, importing.sheets[0][1]))
    assert read_recipe(path).fixes == fixes


def test_a_recipe_that_is_none_says_so(tmp_path):
    path = tmp_path / "r.toml"
    path.write_text("row = ")
    with pytest.raises(FormatError, match="must be a recipe in TOML"):
        read_recipe(path)
    path.write_text('row = "pudding"')
    with pytest.raises(RequestError, match="row must be incident"):
        read_recipe(path)


def difference(old: str, new: str):
    result = read_table(old)
    return compare(result, begin([table_of(new)], Settings(), "own", "own.csv").records())


def read_table(text: str):
    from geodata.records import ReadResult, Records

    importing = begin([table_of(text)], Settings(), "own", "own.csv")
    return ReadResult(Records.of(list(importing.records())))


OLD = """id | date | city | lat | lon | killed
1 | 2024-01-03 | Kabul | 48.0 | 2 | 3
2 | 2024-01-04 | Herat | 1 | 2 | 1"""


def test_the_same_file_twice_changes_nothing():
    assert difference(OLD, OLD).to_dict() == {"new": 0, "changed": 0, "gone": 0, "same": 2}


def test_numbers_and_dates_are_compared_as_such():
    again = OLD.replace("48.0", "48.000000").replace("2024-01-04", "4 January 2024")
    assert difference(OLD, again).to_dict()["same"] == 2


def test_new_changed_and_gone_are_told_by_id_with_the_columns():
    new = OLD.replace("| 3\n", "| 4\n").replace("\n2 |", "\n5 |")
    found = difference(OLD, new)
    assert found.changed == {"own:1": ("killed",)}
    assert (found.new, found.gone, found.same) == (["own:5"], ["own:2"], 0)


def test_rows_without_ids_are_matched_by_what_they_say():
    old = "date | city | lat | lon\n2024-01-03 | Kabul | 48.0 | 2\n2024-01-03 | Kabul | 48.0 | 2"
    assert difference(old, old.replace("48.0", "48.00")).to_dict()["same"] == 2


def test_columns_that_name_persons_lie_apart(workspace, source):
    sheet = table_of("id | date | city | age | name\n1 | 2024-01-03 | Kabul | 20 | Somebody Else")
    dataset, manifest = make(workspace, source, sheet)
    assert manifest.persons == ("name",)
    for one in dataset.folder.glob("*.parquet"):
        assert "Somebody" not in str(pq.read_table(one).to_pydict())
    assert (dataset.folder / "persons.csv").read_text().splitlines() == [
        "id,name",
        "own:1,Somebody Else",
    ]


def test_rows_that_cannot_be_split_are_in_the_file_of_rejected_ones(workspace, source):
    sheet = sheet_of(
        ["id", "date"], [["1", "2024-01-03"], BadRow(2, 3, "unterminated_quote", '"a')]
    )
    dataset, _ = make(workspace, source, sheet)
    assert "unterminated_quote" in (dataset.folder / "rejected.csv").read_text()
    assert json.loads((dataset.folder / "manifest.json").read_text())["counts"]["rejected"] == 1


def test_a_dataset_is_known_by_its_name_and_by_its_folder(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = workspace.folder / "mine"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text('{"name": "mine"}')
    monkeypatch.setenv("MAPVIEW_WORKSPACE", str(workspace.folder))
    monkeypatch.chdir(workspace.folder.parent)
    for named in ("mine", folder):
        found = dataset_at(named)
        assert found is not None
        assert found.folder == folder.resolve()
    for named in ("other", "mine.geojson", folder / "manifest.json", workspace.folder):
        assert dataset_at(named) is None


LEFT = """id,date,city,lat,lon,killed,notes
1,2024-01-03,Kabul,34.5,69.2,3,One
2,soon,Herat,,,1,=cmd()
3,2024-01-05,Herat,-95,62.2,1,Three
"""


def left_out(dataset) -> list[list[str]]:
    with dataset.file("rejected.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def corrected(tmp_path: Path, dataset, fix) -> Path:
    rows = left_out(dataset)
    path = tmp_path / "left-out.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([rows[0], *fix(rows[1:])])
    return path


def updated(workspace: Workspace, dataset, path: Path):
    importing, before = begin_update(dataset, path)
    found = compare(before, importing.records())
    again, _ = begin_update(dataset, path)
    built = build(workspace, dataset.name, again, [path])
    assert built is not None
    return found, built[1]


def test_left_out_rows_dropped_in_again_are_added_and_nothing_else_changes(workspace, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(LEFT)
    importing = begin(open_file(path), Settings(), "own", path.name)
    dataset, first = build(workspace, "own", importing, [path])
    assert (first.counts["accepted"], first.counts["rejected"]) == (1, 2)

    def fix(rows):
        assert [row[-3] for row in rows] == ["3", "4"]
        return [[("2024-01-04" if one == "soon" else one) for one in row] for row in rows[:1]]

    again = corrected(tmp_path, dataset, fix)
    found, manifest = updated(workspace, dataset, again)
    assert (found.new, found.gone, found.changed, found.same) == (["own:2"], [], {}, 1)
    kept = records_of([dataset])
    assert [one.id for one in kept.incidents] == ["own:1", "own:2"]
    assert kept.incidents_by_id["own:2"].upstream["notes"] == "=cmd()"
    assert kept.incidents_by_id["own:2"].claims[0].locator.endswith("line 3")
    counts = manifest.counts
    assert (counts["rows"], counts["accepted"], counts["rejected"]) == (3, 2, 1)
    assert counts["rules"] == {"coordinates_out_of_range": 1}
    assert (counts["first_day"], counts["last_day"]) == ("2024-01-03", "2024-01-04")
    left = left_out(dataset)
    assert [row[0] for row in left] == ["id", "3"]
    assert len(left[0]) == 10
    # Once more changes nothing.
    found, manifest = updated(workspace, dataset, again)
    assert (found.new, found.gone, found.changed, found.same) == ([], [], {}, 2)
    assert manifest.counts["rows"] == 3
    # One that is still wrong is left out still.
    wrong = corrected(tmp_path, dataset, lambda rows: rows)
    found, manifest = updated(workspace, dataset, wrong)
    assert (found.same, manifest.counts["rejected"], manifest.counts["rows"]) == (2, 1, 3)


def test_an_update_keeps_what_was_said_of_the_source(workspace, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(LEFT)
    importing = begin(open_file(path), Settings(), "own", path.name)
    importing.evidence.source = importing.evidence.source.but(title="A list", licence="CC0")
    dataset, _ = build(workspace, "own", importing, [path])
    path.write_text(LEFT + "4,2024-02-01,Kabul,34.5,69.2,1,Four\n")
    found, manifest = updated(workspace, dataset, path)
    assert found.new == ["own:4"]
    assert found.titles["own:4"].startswith("1 February 2024: ")
    assert (manifest.licence, manifest.citation) == ("CC0", "“A list”")
