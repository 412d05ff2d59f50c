"""Tests of CSV: harmless in a spreadsheet, and read back as what it was."""

from __future__ import annotations

import csv
import io
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
from fixed_records import FORMULA_STARTS, HOSTILE, base_area, claim, everything, incident
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import record_sets, texts

from geodata.errors import FormatError
from geodata.formats.csv import (
    COLUMNS,
    parse_csv,
    read_csv,
    to_csv,
    to_rows,
    write_csv,
)
from geodata.formulas import guard, unguard
from geodata.records.collection import Records
from geodata.records.features import to_feature

# Stated anew, so that a mistake in the module's own expression shows; the same behind spaces, which
# some programs cut off, and what a line that begins anew could hide.
FORMULA = re.compile(rf"\s*[{re.escape(''.join(FORMULA_STARTS))}]|[\t\r\n]")
RISKY = (
    *(f"{before}{start}1+41" for start in FORMULA_STARTS for before in ("", " ", "\u00a0", "\t")),
    *(f"{start}" for start in FORMULA_STARTS),
    *(f"{first}x" for first in "\t\r\n"),
)
NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")


def placed_only(records: Records) -> Records:
    """CSV has rows for incidents and base areas; groups and sources are named in them."""
    return Records(records.incidents, records.base_areas)


@given(record_sets())
@example(everything())
def test_what_is_written_is_read_back(records):
    result = parse_csv("".join(to_csv(records)))
    assert result.problems == ()
    assert result.records == placed_only(records)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_through_a_file(text, tmp_path):
    one = incident(title=text, summary=text, upstream={text: text}, claims=(claim("other", text),))
    write_csv(tmp_path / "out.csv", Records((one,)))
    result = read_csv(tmp_path / "out.csv")
    assert (result.records.incidents, result.problems) == ((one,), ())


@given(record_sets())
@example(everything())
def test_no_text_cell_starts_a_formula(records):
    rows = list(csv.reader(io.StringIO("".join(to_csv(records)), newline="")))
    assert rows[0] == list(COLUMNS)
    for row in rows[1:]:
        assert len(row) == len(COLUMNS)
        for cell in row:
            assert not FORMULA.match(cell) or NUMBER.fullmatch(cell), cell


def marked(text: str) -> str:
    # After a tab there may be another cell.
    return f"'{text[0]}'{text[1:]}" if re.match("\t.1", text) else f"'{text}"


@pytest.mark.parametrize("text", RISKY)
def test_what_a_spreadsheet_may_run_is_marked(text):
    assert guard(text) == marked(text)
    assert guard(f"'{text}") == f"'{marked(text)}"
    assert unguard(marked(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "Kabul", "a=1", "x@y.org", "1-2", "(=1)", '"=1', "a; b", "a,=1", "%1", "'", "'x", " x"],
)
def test_what_no_spreadsheet_runs_is_left_as_it_is(text):
    assert guard(text) == unguard(text) == text


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        (";=1+41", ";'=1+41"),
        ("Kabul;=1+41;=cmd|'/C calc'!A1;x", "Kabul;'=1+41;'=cmd|'/C calc'!A1;x"),
        ("a; -1", "a;' -1"),
        ("a\t+1\nb\n-1", "a\t'+1\nb\n'-1"),
        ('a;"=1"', 'a;\'"=1"'),
        ("a|@SUM(1)", "a|'@SUM(1)"),
        ("a;;＝1", "a;;'＝1"),
        ("=1;=1", "'=1;'=1"),
    ],
)
def test_what_is_a_cell_where_something_else_separates_is_marked(text, guarded):
    assert guard(text) == guarded
    assert unguard(guarded) == text


_CELLS = st.text("'\"=+-@＝; \t\r\n|,{}x", max_size=8)


@given(st.lists(_CELLS, min_size=6, max_size=6), st.sampled_from(";\t|"))
@example(["Bombing in Kabul;=1+41;x"] * 6, ";")
def test_no_cell_is_a_formula_whatever_separates(texts, separator):
    given_records = [
        incident(
            title=f"{texts[0]}.",
            place=texts[1],
            summary=texts[2],
            upstream={texts[3]: texts[4]},
            claims=(claim("other", texts[5] or "x", note=texts[4]),),
        )
    ]
    text = "".join(to_csv(Records(tuple(given_records))))
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        for cell in row:
            assert not re.match(r"\s*[=+\-@＝＋－＠]", cell), cell
    assert list(parse_csv(text).records.incidents) == given_records


def test_marks_are_in_the_file_wherever_a_text_stands(tmp_path):
    given_records = tuple(
        incident(f"one-{number}", title=text, place=text, means=text, summary=text)
        for number, text in enumerate(RISKY)
    )
    write_csv(tmp_path / "out.csv", Records(given_records))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for name in ("title", "place", "means", "summary"):
        assert [row[name] for row in rows] == [marked(text) for text in RISKY]
    assert read_csv(tmp_path / "out.csv").records.incidents == given_records


_RISKY_TEXT = st.text("'=+-@＝;| \t\r\nx", max_size=6)
WITHIN = re.compile(r"[;|\t\r\n][\s'\"]*[=+\-@＝＋－＠]")


@given(st.one_of(texts, st.text(), _RISKY_TEXT))
@example("'\tx")
@example("''=1")
@example("\u00a0=1")
def test_the_guard_is_taken_off_again(text):
    guarded = guard(text)
    assert unguard(guarded) == text
    assert not FORMULA.match(guarded)
    if not WITHIN.search(text):
        assert guarded in (text, f"'{text}")
        assert guarded == text or FORMULA.match(text) or text.startswith("'")


@given(st.lists(st.one_of(texts, _RISKY_TEXT), min_size=2, max_size=2, unique=True))
def test_two_texts_never_share_a_guarded_form(two):
    assert guard(two[0]) != guard(two[1])


def test_the_file_opens_in_excel(tmp_path):
    path = tmp_path / "out.csv"
    write_csv(path, Records((incident(title="Kundūz; данғара"),)))
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfid,record_kind,title,")
    assert raw.count(b"\r\n") == 2
    assert raw.endswith(b"\r\n")
    assert "Kundūz; данғара" in raw.decode("utf-8-sig")


def test_other_programs_read_the_cells(tmp_path, everything_records):
    path = tmp_path / "out.csv"
    write_csv(path, everything_records)
    frame = pd.read_csv(path, keep_default_na=False, dtype=str, encoding="utf-8-sig")
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["id"]) == ["everything-2024-01-03", "bare", "area", "plain"]
    assert list(frame["record_kind"]) == ["event", "aggregate", "base area", "base area"]


def test_columns_for_people_say_what_the_claims_say():
    one = incident(
        points=((57.0788, 30.2832),),
        claims=(
            claim("fatalities", 94, source="a"),
            claim("fatalities", 100, source="b", qualifier="nearly", locator="paragraph 2"),
            claim("attribution", "iskp", stance="claims", by="Amaq", source="b"),
            claim("injured", 3, part="soldiers", locator=""),
        ),
    )
    header, row = to_rows(Records((one,)))
    cells = dict(zip(header, row, strict=True))
    assert (cells["lon"], cells["lat"]) == ("57.0788", "30.2832")
    assert (cells["fatalities_low"], cells["fatalities_high"]) == ("94", "100")
    assert cells["fatalities_text"] == "94 to nearly 100"
    assert cells["claims_text"] == (
        "fatalities: 94 [a, page 1]; fatalities: nearly 100 [b, paragraph 2]; "
        "attribution: Amaq claimed it for: iskp [b, page 1]; injured: 3 (soldiers) [book]"
    )
    assert (cells["actors"], cells["attribution"]) == ("iskp", "claimed")
    assert cells["attribution_text"] == "claimed for iskp by Amaq"


def test_unknown_is_an_empty_cell_and_zero_is_zero():
    header, unknown, zero = to_rows(
        Records((incident(), incident("b", claims=(claim("fatalities", 0),))))
    )
    column = header.index("fatalities_low")
    assert (unknown[column], zero[column]) == ("", "0")
    assert (unknown[header.index("lon")], unknown[header.index("radius_km")]) == ("", "")


def test_a_table_made_by_hand_is_read():
    text = (
        "id,title,event_date,event_types,country,lon,lat,geo_precision,radius_km,colour\n"
        "one,Bombing,2020-05,bombing; raid,AF,69.17,34.53,settlement,10,red\n"
        "two,Plot,2021,plot,,,,,,\n"
    )
    records, problems = parse_csv(text).records, parse_csv(text).problems
    assert problems == ()
    assert records.incidents[0].points == ((69.17, 34.53),)
    assert [str(one) for one in records.incidents[0].event_types] == ["bombing", "raid"]
    assert records.incidents[1].points == ()


@pytest.mark.parametrize(
    ("cells", "record", "message"),
    [
        (["", "t", "2020", "plot", "", "", ""], "row 2", "id"),
        (["bad", "", "2020", "plot", "", "", ""], "bad", "title"),
        (["bad", "t", "soon", "plot", "", "", ""], "bad", "event_date.*got 'soon'"),
        (["bad", "t", "2020", "boom", "", "", ""], "bad", "event_types.*got 'boom'"),
        (["bad", "t", "2020", "plot", "east", "1", ""], "bad", "lon must be a number, got 'east'"),
        (["bad", "t", "2020", "plot", "nan", "1", ""], "bad", "points"),
        (["bad", "t", "2020", "plot", "", "", "{"], "bad", "claims must be JSON, got '{'"),
        (["bad", "t", "2020", "plot", "", "", "7"], "bad", "claims"),
        (["bad", "t", "2020", "plot", "", "", "[" * 99_999], "bad", "claims must be JSON"),
        (["bad", "t", "2020", "plot", "", "", "", "more"], "bad", "as many cells as the header"),
    ],
)
def test_a_bad_row_becomes_a_problem_beside_the_good_ones(cells, record, message):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "title", "event_date", "event_types", "lon", "lat", "claims"])
    writer.writerow(cells)
    writer.writerow(["good", "t", "2020", "plot"])
    result = parse_csv(out.getvalue(), file="in.csv")
    assert [one.id for one in result.records.incidents] == ["good"]
    assert {problem.record for problem in result.problems} == {record}
    assert any(re.search(message, str(problem)) for problem in result.problems)
    assert {problem.file for problem in result.problems} == {"in.csv"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "must have the columns id and event_date, got none named event_date, id"),
        ("id,title\na,b\n", "got none named event_date"),
        ('id,event_date\n"a"b,2020\n', "in.csv must be CSV, got"),
        ('id,event_date\n"a,2020\n', "in.csv must be CSV, got"),
    ],
)
def test_what_is_no_table_of_records_is_refused(text, message):
    with pytest.raises(FormatError, match=message):
        parse_csv(text, file="in.csv")


@settings(max_examples=15)
@given(record_sets())
def test_csv_and_geojson_say_the_same(records):
    rows = list(csv.DictReader(io.StringIO("".join(to_csv(records)), newline="")))
    for one, row in zip(records.incidents, rows, strict=False):
        properties = to_feature(one, records)["properties"]
        for name in ("date_start", "date_end", "attribution", "time_precision", "status"):
            assert row[name] == (properties[name] or "")
        for name in ("fatalities_low", "injured_best"):
            assert row[name] == ("" if properties[name] is None else str(properties[name]))
        claims = json.loads(row["claims"]) if row["claims"] else []
        assert claims == properties["claims"]


def test_long_cells_are_read_and_other_readers_keep_their_limit():
    long = incident(summary="word " * 400)
    text = "".join(to_csv(Records((long,))))
    before = csv.field_size_limit(1_000)
    try:
        with ThreadPoolExecutor(4) as threads:
            results = list(threads.map(parse_csv, [text] * 8))
        assert csv.field_size_limit() == 1_000
        assert [one.records.incidents for one in results] == [(long,)] * 8
        with pytest.raises(FormatError):
            parse_csv("id\n")
        assert csv.field_size_limit() == 1_000
    finally:
        csv.field_size_limit(before)


def test_a_symbol_of_ours_is_derived_anew_and_that_of_others_is_kept():
    rows = list(to_rows(Records((incident(event_types=("raid", "bombing")),), (base_area(),))))
    at = rows[0].index("symbol")
    assert [row[at] for row in rows[1:]] == ["raid", "base area"]
    text = "id,event_date,title,event_types,symbol\na,2020,A,raid,bombing\nb,2020,B,raid,skull\n"
    ours, others = parse_csv(text).records.incidents
    assert (ours.upstream, others.upstream) == ({}, {"symbol": "skull"})
