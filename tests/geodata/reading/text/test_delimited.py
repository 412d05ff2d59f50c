"""Tests of delimited text: rows read are rows written, and faults cost no more than they are."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.reading import BadRow, Refused, Row, Sheet, open_file
from geodata.reading.limits import Limits
from geodata.reading.source import Source
from geodata.reading.text import open_delimited


def opened(path: Path, raw: bytes, **limits: int) -> Sheet:
    path.write_bytes(raw)
    (sheet,) = open_delimited(Source(path, Limits(**limits)))
    return sheet


@pytest.fixture
def sheet(tmp_path):
    return lambda raw, **limits: opened(tmp_path / "table", raw, **limits)


def cells(sheet: Sheet) -> list[tuple[object, ...]]:
    return [one.cells if isinstance(one, Row) else (one.rule,) for one in sheet.rows()]


LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffd\ufeff")
CELL = st.one_of(
    st.text(LETTERS, max_size=12),
    st.text("ab,;\t|\"' \n\r#=1.", max_size=8),
    st.sampled_from(["", "12", "-1.5", "2024-01-03", "a, b", '"', '""', "x\ny", "6'2\""]),
)
NAMES = ("Date", "Place", "Killed", "Source", "Note, long")


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 5))
    row = st.lists(CELL, min_size=width, max_size=width)
    # Rows with nothing in them are skipped, which has its own test.
    rows = draw(st.lists(row, min_size=1, max_size=12))
    return [[f"x{one[0]}", *one[1:]] for one in rows]


def written(
    rows: list[list[str]], names: tuple[str, ...], delimiter: str, end: str, quoting: int
) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows([list(names), *rows])
    return buffer.getvalue()


@given(
    tables(),
    st.sampled_from(",;\t|"),
    st.tuples(
        st.sampled_from(["\n", "\r\n", "\r"]),
        st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"]),
)
def test_rows_read_are_rows_written(tmp_path_factory, rows, delimiter, style, encoding):
    end, quoting = style
    names = NAMES[: len(rows[0])]
    if quoting == csv.QUOTE_MINIMAL:
        # Python 3.11 leaves line ends that are not its own without quotation marks.
        rows = [[one.replace("\r", "").replace("\n", "") for one in row] for row in rows]
    text = f"sep={delimiter}{end}" + written(rows, names, delimiter, end, quoting)
    path = tmp_path_factory.mktemp("rows") / "table"
    found = opened(path, text.encode(encoding))
    assert found.columns == names
    assert cells(found) == [tuple(one) for one in rows]
    assert [one.number for one in found.rows()] == list(range(1, len(rows) + 1))


def test_the_delimiter_is_found(sheet):
    for delimiter in ",;\t|":
        rows = [[str(n), f"{n},5", f"a; b{n}", "x|y"] for n in range(9)]
        text = written(rows, ("id", "killed", "list", "x"), delimiter, "\r\n", csv.QUOTE_MINIMAL)
        assert cells(sheet(text.encode())) == [tuple(one) for one in rows], delimiter


def test_decimal_commas_do_not_part_cells(sheet):
    found = sheet(b"Ort;lat;lon\r\nBerlin;52,52;13,40\r\nBonn;50,73;7,10\r\n")
    assert found.columns == ("Ort", "lat", "lon")
    assert cells(found)[1] == ("Bonn", "50,73", "7,10")
    assert found.form == "CSV, semicolons, UTF-8"


def test_lines_end_in_cr_alone_and_cells_in_lf(sheet):
    found = sheet(b'id,note\r1,"two\nlines"\r2,plain\r')
    assert cells(found) == [("1", "two\nlines"), ("2", "plain")]


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_encodings(sheet, encoding, label):
    text = "id,place\n1,Ménaka\n2,Zürich\n" + "".join(f"{n},x\n" for n in range(3, 40))
    found = sheet(text.encode(encoding))
    assert found.form.endswith(label)
    assert cells(found)[:2] == [("1", "Ménaka"), ("2", "Zürich")]
    assert not any(one.damaged for one in found.rows())


def test_damaged_bytes_cost_their_cell(sheet):
    """Eight bytes that no encoding knows must not cost 492 rows."""
    rows = b"".join(b"%d,Peshawar,x\n" % n for n in range(492))
    raw = b"id,place,note\n" + rows.replace(b"Peshawar,x", b"Pesh\x90war,x", 8)
    found = sheet(raw)
    read = list(found.rows())
    assert len(read) == 492
    assert [one.damaged for one in read[:9]] == [(1,)] * 8 + [()]
    assert read[0].cells == ("0", "Pesh\ufffdwar", "x")


def test_damage_in_utf8_leaves_it_utf8(sheet):
    raw = "id,place\n1,Ménaka\n2,Zürich\n3,Köln\n".encode() + b"4,M\xe9naka\n5,\0x\n"
    found = sheet(raw)
    assert cells(found)[0] == ("1", "Ménaka")
    assert [one.damaged for one in found.rows()] == [(), (), (), (1,), (1,)]
    assert "damaged" in found.form


def test_an_open_mark_costs_its_row_alone(sheet):
    rows = [f'{n},Kabul,"An attack, {n}",{n}' for n in range(40)]
    rows[17] = '17,"Kabul,An attack,17'
    found = sheet(("id,place,what,n\n" + "\n".join(rows)).encode())
    read = list(found.rows())
    assert len(read) == 40
    assert read[17] == BadRow(18, 19, "unterminated_quote", rows[17])
    assert read[18].cells == ("18", "Kabul", "An attack, 18", "18")
    assert read[39].line == 41


def test_an_open_mark_in_the_last_row_or_before_plain_rows(sheet):
    plain = "".join(f"{n},x,y,z\n" for n in range(2, 400))
    read = list(sheet(f'id,a,b,c\n1,"x,y,z\n{plain}'.encode()).rows())
    assert isinstance(read[0], BadRow)
    assert [one.number for one in read] == list(range(1, 400))
    read = list(sheet(f'id,a,b,c\n{plain}400,"x,y,z'.encode()).rows())
    assert len(read) == 399
    assert isinstance(read[-1], BadRow)


def test_marks_that_nothing_is_quoted_with_are_letters(sheet):
    found = sheet(("a\tb\n" + "".join(f'{n}\t"x\n' for n in range(50))).encode())
    assert cells(found) == [(str(n), '"x') for n in range(50)]


def test_open_marks_in_many_rows_are_soon_read(sheet):
    good = "".join(f'{n},"a, b"\n' for n in range(20_000))
    bad = "".join(f'{n},"x\n{n},y\n{n},""z\n' for n in range(20_000))
    read = list(sheet(f"a,b\n{good}{bad}".encode()).rows())
    assert len(read) == 80_000
    assert sum(isinstance(one, BadRow) for one in read) == 40_000


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1,He is 6'2\" tall,x", ("1", "He is 6'2\" tall", "x")),
        ('1,"He said "no, never" twice",x', ("1", 'He said "no, never" twice', "x")),
        ('1,"He said \\"no, never\\"",x', ("1", 'He said \\"no, never\\"', "x")),
        ('1,"a ""b"", c",x', ("1", 'a "b", c', "x")),
        ('1,"two\nlines",x', ("1", "two\nlines", "x")),
    ],
)
def test_marks_within_a_cell(sheet, line, expected):
    plain = "".join(f"{n},a,b\n" for n in range(2, 9))
    read = cells(sheet(f"id,text,x\n{line}\n{plain}".encode()))
    assert read[0] == expected
    assert len(read) == 8


def test_rows_that_are_too_short_or_too_long(sheet):
    found = sheet(b"a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n4,5,6\n7,8,9\n")
    assert cells(found) == [
        ("1", "2", ""),
        ("too_many_cells",),
        ("1", "2", "3"),
        ("4", "5", "6"),
        ("7", "8", "9"),
    ]


def test_what_stands_before_the_rows(sheet):
    raw = (
        "Attacks of 2023\n\nSource: a ministry, a newspaper\n"
        "Date;Place;Killed\n#date;#loc+name;#affected+killed\n"
        "1.2.2023;Bonn;1\n;;\n2.2.2023;Köln;2\n;;\n;;\n"
    )
    found = sheet(raw.encode())
    assert found.columns == ("Date", "Place", "Killed")
    assert cells(found) == [("1.2.2023", "Bonn", "1"), ("2.2.2023", "Köln", "2")]
    assert [one.line for one in found.rows()] == [6, 8]
    assert found.skipped == Counter(preamble=2, empty=4, header=1, tags=1)


def test_a_hash_is_no_tag(sheet):
    found = sheet(b"Date,# Killed,# Injured\n2020-01-01,1,2\n2020-01-02,0,4\n")
    assert found.columns == ("Date", "# Killed", "# Injured")
    assert len(cells(found)) == 2


def test_thousands_of_empty_rows(sheet):
    rows = "".join(f"{n},x,y\n" for n in range(3))
    found = sheet(f"a,b,c\n{rows}{',,' + chr(10):s}{(',, ' + chr(10)) * 17_019}0,,\n".encode())
    assert len(cells(found)) == 4
    assert found.skipped == Counter(header=1, empty=17_020)


def test_a_row_of_totals_is_skipped(sheet):
    rows = "".join(f"2020-01-0{n},Place {n},{n}\n" for n in range(1, 6))
    for last in ("Total,,15\n", ",Grand total:,15\n", ",,15\n"):
        found = sheet(f"date,place,killed\n{rows}{last}".encode())
        assert len(cells(found)) == 5, last
        assert found.skipped == Counter(header=1, total=1)


def test_notes_below_a_table_are_no_rows(sheet):
    rows = "".join(f"2020-01-0{n},Place {n},{n}\n" for n in range(1, 6))
    found = sheet(f"date,place,killed\n{rows}Total,,15\nOwn work.\nSource: me\n".encode())
    assert len(cells(found)) == 5
    assert found.skipped == Counter(header=1, total=1, note=2)
    found = sheet(f"date,place,killed\n{rows}\nQuelle: Polizei\n".encode())
    assert len(cells(found)) == 5
    assert found.skipped == Counter(header=1, empty=1, note=1)
    found = sheet(f"date,place,killed\n{rows}2020-01-06,,\n,Bonn,\n".encode())
    assert len(cells(found)) == 7


@pytest.mark.parametrize(
    ("codec", "label", "text"),
    [
        ("cp1251", "Windows-1251", "Дата;Место\n03.01.2024;Худжанд\n04.01.2024;Душанбе\n"),
        ("koi8-r", "KOI8-R", "Дата;Место\n03.01.2024;Худжанд\n04.01.2024;Душанбе\n"),
        ("cp1256", "Windows-1256", "التاريخ;المكان\n03.01.2024;بغداد\n04.01.2024;الموصل\n"),
        ("cp1252", "Windows-1252", "Datum;Ort\n03.01.2024;Köln, Domstraße\n04.01.2024;Düren\n"),
        ("cp1252", "Windows-1252", "Fecha;Lugar\n03.01.2024;Bogotá\n04.01.2024;Cúcuta, año\n"),
    ],
)
def test_old_encodings_are_known_by_the_words_of_their_alphabet(sheet, codec, label, text):
    found = sheet(text.encode(codec))
    assert found.form == f"CSV, semicolons, {label}"
    assert found.columns == tuple(text.split("\n")[0].split(";"))


@pytest.mark.parametrize("last", [",,14", "2020-01-06,Total,15", "Total,a bomb,15", ",Bonn,15"])
def test_what_only_looks_like_totals_is_a_row(sheet, last):
    rows = "".join(f"2020-01-0{n},Place {n},{n}\n" for n in range(1, 6))
    assert len(cells(sheet(f"date,place,killed\n{rows}{last}\n".encode()))) == 6


def test_headers_that_come_twice_or_not_at_all(sheet):
    found = sheet(b",Case Number,Case Number,,x\n1,2,3,4,5\n6,7,8,9,0\n")
    assert found.columns == ("column 1", "Case Number", "Case Number (2)", "column 4", "x")


def test_a_table_without_header_loses_no_row(sheet):
    found = sheet(b"2020-01-01,34.5,69.2,Kabul\n2020-01-02,34.6,69.1,Kabul\n2020-01-03,1.5,2.5,x\n")
    assert found.columns == ("column 1", "column 2", "column 3", "column 4")
    assert len(cells(found)) == 3


def test_row_names_of_r_shift_nothing(sheet):
    rows = "".join(f'"{n}",2020,"Kabul"\n' for n in range(1, 9))
    found = sheet(f'"year","place"\n{rows}'.encode())
    assert found.columns == ("column 1", "year", "place")
    assert cells(found)[0] == ("1", "2020", "Kabul")


def test_a_header_alone_is_a_table_without_rows(sheet):
    found = sheet(b'id,date,"place\nname"\n')
    assert found.columns == ("id", "date", "place name")
    assert cells(found) == []


def test_a_header_that_comes_again_is_no_row(sheet):
    found = sheet(b"id,date\n1,2020\nid,date\n2,2021\n")
    assert len(cells(found)) == 2
    assert found.skipped["header"] == 2


def test_rows_can_be_begun_again_and_counted_anew(sheet):
    found = sheet(b"a,b\n1,2\n,\n")
    first = list(found.rows())
    before = Counter(found.skipped)
    assert list(found.rows()) == first
    assert found.skipped == before


def test_long_cells_and_lines_cost_their_row(sheet):
    rows = f'1,x\n2,{"y" * 5000}\n3,{"z" * 50_000}\n4,"{"q" * 200_000}"\n'
    found = sheet(f"a,b\n{rows}".encode(), cell=300_000)
    assert [len(one[1]) for one in cells(found)] == [1, 5000, 50_000, 200_000]
    found = sheet(f"a,b\n{rows}5,x\n".encode(), cell=10_000, row=100_000)
    assert [one[-1] if len(one) == 1 else one[0] for one in cells(found)] == [
        "1",
        "2",
        "cell_too_long",
        "row_too_long",
        "5",
    ]


def test_a_line_of_ten_megabytes_is_not_kept(sheet):
    raw = b"a,b\n1,x\n2," + b"y" * 10_000_000 + b"\n3,x\n"
    assert cells(sheet(raw)) == [("1", "x"), ("cell_too_long",), ("3", "x")]


def test_too_many_columns_are_refused(sheet):
    header = ",".join(f"c{n}" for n in range(101))
    with pytest.raises(Refused, match="has 101 columns, and a table has at most 100"):
        sheet(header.encode(), columns=100)


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b";;\n;;\n"])
def test_nothing_is_refused(sheet, raw):
    with pytest.raises(Refused, match="is an empty file"):
        sheet(raw)


def test_a_first_line_that_is_too_long_says_how_long(tmp_path):
    (tmp_path / "x.csv").write_text("name," * 200_000 + "\n1,2\n")
    with pytest.raises(Refused, match=r"^the first line of x.csv has at least 524,288 character"):
        open_file(tmp_path / "x.csv")
