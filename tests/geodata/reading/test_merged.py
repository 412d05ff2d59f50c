"""Merged cells hold for all their rows, and their tolls once, whatever wrote the table."""

from __future__ import annotations

import zipfile

import pytest
from biff12 import write_xlsb

from geodata.importing import look
from geodata.reading import open_file
from geodata.records import ClaimAbout

LINES = [
    ["Attacks of 2021", None, None, None, None],
    ["Date", "Place", "lat", "lon", "Killed"],
    ["2021-05-01", "A", 33, 44, 6],
    [None, "B", 34, 45, None],
    [None, None, None, None, None],
    [None, "C", 35, 46, 2],
    ["2021-06-01", "D", 36, 47, 1],
]
# First and last line, first and last column.
MERGED = ((0, 0, 0, 4), (2, 5, 0, 0), (2, 3, 4, 4))


def of_ods(path):
    rows = []
    for at, line in enumerate(LINES):
        cells = []
        for column, value in enumerate(line):
            spans = next((one for one in MERGED if (one[0], one[2]) == (at, column)), None)
            told = (
                f' table:number-rows-spanned="{spans[1] - at + 1}"'
                f' table:number-columns-spanned="{spans[3] - column + 1}"' if spans else ""
            )  # fmt: skip
            is_text = isinstance(value, str)
            of = ' office:value-type="string"' if is_text else ""
            if not is_text and value is not None:
                of = f' office:value-type="float" office:value="{value}"'
            text = "" if value is None else f"<text:p>{value}</text:p>"
            cells.append(f"<table:table-cell{of}{told}>{text}</table:table-cell>")
        times = ' table:number-rows-repeated="1"'
        rows.append(f"<table:table-row{times}>{''.join(cells)}</table:table-row>")
    names = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "table", "text")
    )
    other = '<table:table table:name="Notes"><table:table-row><table:table-cell/></table:table-row>'
    text = (
        f"<office:document-content{names}><office:body><office:spreadsheet>{other}</table:table>"
        f'<table:table table:name="A &amp; B">{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", text)
        of = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{of}"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )


def of_xlsb(path):
    write_xlsb(path, {"Notes": [["Prose"]], "A & B": LINES}, MERGED)


def of_page(path):
    rows = []
    for at, line in enumerate(LINES[1:], start=1):
        cells = []
        for column, value in enumerate(line):
            down = next((one[1] - at for one in MERGED[1:] if (one[0], one[2]) == (at, column)), 0)
            is_below = any(one[2] == column and one[0] < at <= one[1] for one in MERGED[1:])
            if not is_below:
                text = "" if value is None else value
                cells.append(f'<td rowspan="{down + 1}">{text}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    path.write_text(f"<html><body><table>{''.join(rows)}</table></body></html>", "utf-8")


def of_xml(path):
    rows = []
    for at, line in enumerate(LINES):
        cells = []
        for column, value in enumerate(line):
            one = next((one for one in MERGED if (one[0], one[2]) == (at, column)), None)
            told = (
                f' ss:MergeDown="{one[1] - at}" ss:MergeAcross="{one[3] - column}"' if one else ""
            )
            if value is not None:
                kind = "String" if isinstance(value, str) else "Number"
                data = f'<Data ss:Type="{kind}">{value}</Data>'
                cells.append(f'<Cell ss:Index="{column + 1}"{told}>{data}</Cell>')
        rows.append(f"<Row>{''.join(cells)}</Row>")
    of = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{of}" xmlns:ss="{of}"><Worksheet ss:Name="A">'
        f"<Table>{''.join(rows)}</Table></Worksheet></Workbook>",
        "utf-8",
    )


@pytest.mark.parametrize("write", [of_ods, of_xlsb, of_page, of_xml])
def test_merged_cells_hold_for_all_their_rows(write, tmp_path):
    write(tmp_path / "x")
    found = look(open_file(tmp_path / "x"), keeps_all=True)
    told = [(one.title, one.event_date) for one in found.records.incidents]
    days = [("A", "2021-05-01"), ("B", "2021-05-01"), ("C", "2021-05-01"), ("D", "2021-06-01")]
    assert told[:4] == days
    claims = [one for row in found.records.incidents for one in row.claims]
    assert [one.value for one in claims if one.about is ClaimAbout.FATALITIES] == [6, 2, 1]
    assert found.account.doubts["cell_merged"] == 2


def test_a_cell_over_several_columns_moves_those_behind_it(tmp_path):
    of = "urn:schemas-microsoft-com:office:spreadsheet"
    lines = (("Date", "Place", "More", "lat", "lon"), ("2021-05-01", "A", "", 33, 44))
    rows = ""
    for line in lines:
        cells = "".join(f"<Cell><Data>{one}</Data></Cell>" for one in line if one != "")
        wide = cells.replace("<Cell><Data>A", '<Cell ss:MergeAcross="1"><Data>A')
        rows += f"<Row>{wide}</Row>"
    (tmp_path / "x.xls").write_text(
        f'<Workbook xmlns="{of}" xmlns:ss="{of}"><Worksheet ss:Name="A"><Table>{rows}</Table>'
        "</Worksheet></Workbook>"
    )
    (sheet,) = open_file(tmp_path / "x.xls")
    assert [row.cells for row in sheet.rows()] == [("2021-05-01", "A", None, "33", "44")]


def test_a_workbook_as_xlsb_has_its_sheets(tmp_path):
    lines = [["Date", "Place"], ["2024-01-03", "Kabul"], ["2024-01-04", "Herat"]]
    path = write_xlsb(tmp_path / "x.xlsb", {"2023": lines, "2024": lines})
    sheets = open_file(path)
    assert [(one.name, one.form, len(list(one.rows()))) for one in sheets] == [
        ("2023", "XLSB", 2), ("2024", "XLSB", 2),
    ]  # fmt: skip


def test_what_is_hidden_in_merged_cells_is_kept(tmp_path):
    lines = [["Date", "Place"], ["2024-01-03", "Kabul"], ["2024-01-09", "Herat"]]
    path = write_xlsb(tmp_path / "x.xlsb", {"A": lines}, [(1, 2, 0, 0)])
    (sheet,) = open_file(path)
    assert [row.cells[0] for row in sheet.rows()] == ["2024-01-03", "2024-01-09"]


def rows_of(path):
    return [row.cells for row in open_file(path)[0].rows()]


def test_rows_of_xml_that_end_before_a_merged_cell_have_it(tmp_path):
    (tmp_path / "a.xml").write_text(
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>'
        "<Row><Cell><Data>date</Data></Cell><Cell><Data>source</Data></Cell></Row>"
        "<Row><Cell><Data>2024-01-03</Data></Cell>"
        '<Cell ss:MergeDown="1"><Data>Reuters</Data></Cell></Row>'
        "<Row><Cell><Data>2024-01-04</Data></Cell></Row></Table></Worksheet></Workbook>",
        "utf-8",
    )
    assert rows_of(tmp_path / "a.xml")[1] == ("2024-01-04", "Reuters")


def test_a_cell_over_several_rows_moves_none_behind_those(tmp_path):
    # The second row has no third cell, so what stands above the fourth is not met in it.
    (tmp_path / "a.html").write_text(
        "<table><tr><th>date<th>place<th>kind<th>source"
        "<tr><td>2024-01-03<td>A<td>a<td rowspan=2>Reuters<tr><td>2024-01-04<td>B"
        "<tr><td>2024-01-05<td>C<td>c<td>AFP</table>",
        "utf-8",
    )
    assert rows_of(tmp_path / "a.html")[1:] == [
        ("2024-01-04", "B", None, "Reuters"),
        ("2024-01-05", "C", "c", "AFP"),
    ]
