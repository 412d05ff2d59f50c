"""Cells that somebody corrects while a file is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.errors import RequestError
from geodata.importing import Broken, Fix, Looked, Settings, begin, look
from geodata.importing.account import Rejected
from geodata.reading import open_file
from geodata.records import Incident
from mapview.cli.telling import account_lines

ROWS = """Nr;Datum;Ort;Breite;Länge;Tote
1;2024-01-03;Kerman;30,28;57,07;3
2;bald;Kabul;34,5;69,2;1
3;2024-01-05;Herat;134,5;62,2;1
4;2024-01-06;Kabul;34,5;69,2;viele
"""
FIXES = (
    Fix(3, "Datum", "bald", "2024-02-01"),
    Fix(4, "Breite", "134,5", "34,5"),
    Fix(5, "Tote", "viele", ""),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(ROWS, "utf-8")
    return path


def read(path: Path, *fixes: Fix, doubtful: bool = True) -> Looked:
    settings = Settings(fixes=fixes, rejects_doubtful=not doubtful)
    return look(open_file(path), settings, keeps_all=True)


def by_id(looked: Looked) -> dict[str, Incident]:
    return {one.id: one for one in looked.records.incidents}


def test_cells_that_break_a_rule_are_kept_with_what_they_may_mean(path: Path) -> None:
    assert read(path).account.broken == {
        "date_unreadable": [Broken(3, (("Datum", "bald"),), ("",))],
        "coordinates_out_of_range": [
            Broken(4, (("Breite", "134,5"), ("Länge", "62,2")), ("62.2", "134.5"))
        ],
        "toll_unreadable": [Broken(5, (("Tote", "viele"),), ("",))],
    }


def test_rows_are_read_with_corrected_cells_and_say_what_the_file_has(path: Path) -> None:
    looked = read(path, *FIXES)
    assert (looked.account.accepted, looked.account.rejected) == (4, 0)
    assert looked.account.doubts == {"cell_corrected": 3}
    found = by_id(looked)
    assert found["file:2"].event_date == "2024-02-01"
    assert found["file:3"].points[0][1] == 34.5
    assert found["file:2"].upstream["Datum"] == "2024-02-01 (corrected; the file has “bald”)"
    assert found["file:4"].upstream["Tote"] == "nothing (corrected; the file has “viele”)"
    assert "corrected" not in str(dict(found["file:1"].upstream))


def test_an_empty_cell_can_be_filled(path: Path) -> None:
    path.write_text(ROWS.replace("bald", ""), "utf-8")
    [broken] = read(path).account.broken["date_unknown"]
    assert broken.cells == (("Datum", ""),)
    found = by_id(read(path, Fix(3, "Datum", "", "2024-02")))
    assert found["file:2"].upstream["Datum"] == "2024-02 (corrected; the file has nothing)"


@pytest.mark.parametrize(
    "fix",
    [
        Fix(3, "Datum", "soon", "2024-02-01"),
        Fix(2, "Datum", "bald", "2024-02-01"),
        Fix(3, "Date", "bald", "2024-02-01"),
        Fix(3, "Datum", "bald", "2024-02-01", "another sheet"),
    ],
)
def test_a_cell_that_says_something_else_stays(path: Path, fix: Fix) -> None:
    account = read(path, fix).account
    assert account.idle_fixes == 1
    account.idle_fixes = 0
    assert account == read(path).account


def test_corrections_that_find_a_cell_are_told_from_those_that_do_not(path: Path) -> None:
    account = read(path, *FIXES, Fix(9, "Datum", "bald", "2024-02-01")).account
    assert (account.corrected, account.idle_fixes) == (3, 1)
    assert "  corrections that match no cell of the file: 1" in list(account_lines(account))


def test_a_row_that_is_left_out_goes_out_as_its_file_has_it(path: Path) -> None:
    settings = Settings(fixes=(Fix(3, "Ort", "Kabul", "Herat"),))
    importing = begin(open_file(path), settings, "own", "own.csv")
    left_out: list[Rejected] = []
    list(importing.records(left_out.append))
    assert [one.cells for one in left_out if one.line == 3] == [
        ("2", "bald", "Kabul", "34,5", "69,2", "1")
    ]


@pytest.mark.parametrize("fixes", [(), (Fix(3, "Ort", "Kabul", "Kabul City"),)])
def test_a_correction_holds_for_the_row_that_was_seen(path: Path, fixes: tuple[Fix, ...]) -> None:
    path.write_text(ROWS.replace("bald", ""), "utf-8")
    [broken] = read(path, *fixes).account.broken["date_unknown"]
    fix = Fix(3, "Datum", "", "2024-02-01", row=broken.row)
    assert by_id(read(path, *fixes, fix))["file:2"].event_date == "2024-02-01"
    # Next month another row without a date stands on that line.
    path.write_text(ROWS.replace("2;bald;Kabul", "9;;Ghazni"), "utf-8")
    [other] = [one for one in read(path, fix).records.incidents if one.place == "Ghazni"]
    assert other.event_date == "XXXX"


def test_rows_on_one_line_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    days = (("A", "2024-01-02"), ("B", "2024-01-03"), ("C", "bald"), ("D", "bald"))
    marks = "".join(
        f"<Placemark><name>{name} & Co</name><ExtendedData><Data name='date'>"
        f"<value>{when}</value></Data></ExtendedData></Placemark>"
        for name, when in days
    )
    path.write_text(f'<kml xmlns="http://www.opengis.net/kml/2.2"><Folder>{marks}</Folder></kml>')
    first, second = read(path).account.broken["date_unreadable"]
    assert first.line == second.line == 1
    fix = Fix(second.line, "date", "bald", "2024-01-05", row=second.row)
    account = read(path, fix).account
    assert account.rules == {"date_unreadable": 1}
    assert account.broken["date_unreadable"][0].row == first.row


def test_cells_that_name_persons_are_not_offered(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "id;date;place;victim name\n1;2024-05-01;Kabul;Jos?\n2;2024-05-02;Ž;ж\n".encode()
    path.write_bytes(rows.replace(b"?", b"\x81"))
    looked = read(path)
    assert looked.account.doubts["damaged_text"] == 1
    assert "damaged_text" not in looked.account.broken


def test_a_mark_says_nothing_of_persons(tmp_path: Path) -> None:
    marks = set()
    for name in ("Somebody", "Another"):
        path = tmp_path / f"{name}.csv"
        rows = f"1,bald,Kabul,{name}\n2,2024-05-01,Kabul,B\n"
        path.write_text(f"id,date,place,victim name\n{rows}", "utf-8")
        [broken] = read(path).account.broken["date_unreadable"]
        marks.add(broken.row)
    assert len(marks) == 1
    assert "" not in marks


def test_a_corrected_cell_is_no_reason_to_leave_a_row_out(path: Path) -> None:
    assert read(path, *FIXES, doubtful=False).account.accepted == 4
    assert read(path, *FIXES[:2], doubtful=False).account.rules == {"toll_unreadable": 1}


def test_a_period_that_ends_before_it_starts_is_offered_turned(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,start,end,place\n1,2024-05-02,2024-05-01,Kabul\n" * 1, "utf-8")
    [broken] = read(path).account.broken["dates_reversed"]
    assert broken.cells == (("start", "2024-05-02"), ("end", "2024-05-01"))
    assert broken.meant == ("2024-05-01", "2024-05-02")


def test_no_more_than_a_few_rows_of_a_rule_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "id,date,place\n"
        + "".join(f"{n},{'bald' if n % 2 else '2024-01-02'},Kabul\n" for n in range(90)),
        "utf-8",
    )
    assert len(read(path, Fix(2, "date", "x", "y")).account.broken["date_unreadable"]) == 20


def test_cells_that_name_persons_are_in_no_record_when_they_are_corrected(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,date,place,victim name\n1,2024-05-01,Kabul,Somebody\n", "utf-8")
    assert read(path).plan.columns("victim") == ("victim name",)
    [one] = read(path, Fix(2, "victim name", "Somebody", "Another")).records.incidents
    assert "victim name" not in one.upstream
    assert "Another" not in one.model_dump_json()
    [one] = read(path, Fix(2, "victim name", "Somebody", "")).records.incidents
    assert "Somebody" not in one.model_dump_json()


@pytest.mark.parametrize(
    "kept",
    [
        3, {}, {"line": 2, "column": "a", "was": "b"},
        {"line": "2", "column": "a", "was": "b", "now": "c"},
        {"line": 0, "column": "a", "was": "b", "now": "c"},
        {"line": True, "column": "a", "was": "b", "now": "c"},
        {"line": 2, "column": "a", "was": "b", "now": "c", "what": "d"},
    ],
)  # fmt: skip
def test_what_no_recipe_can_mean_is_refused(kept: object) -> None:
    with pytest.raises(RequestError, match="fix"):
        Settings.from_dict({"fix": [kept]})
    with pytest.raises(RequestError, match="fix must be tables"):
        Settings.from_dict({"fix": kept if not isinstance(kept, list) else 3})


def test_settings_come_back_from_what_a_recipe_keeps() -> None:
    settings = Settings(fixes=(*FIXES, Fix(7, "a", "", "b", "Sheet 2", "0123456789ab")))
    assert Settings.from_dict(settings.to_dict()) == settings
