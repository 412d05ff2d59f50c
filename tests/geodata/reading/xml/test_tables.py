"""Tables of web pages and of Excel's XML of 2003, as systems save them under `.xls`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geodata.reading import Limits, Refused, Row, Sheet, open_file

Opened = Callable[..., list[Sheet]]
CELLS = [("Date", "City", "Killed"), ("2024-01-03", "Kabul", "3"), ("2024-01-04", "Herat", "1")]


@pytest.fixture
def opened(tmp_path) -> Opened:
    def write(text: str, **limits: int) -> list[Sheet]:
        path = tmp_path / "report.xls"
        path.write_text(text, "utf-8")
        return open_file(path, limits=Limits(**limits))

    return write


def cells(sheet: Sheet) -> list[tuple[object, ...]]:
    return [one.cells for one in sheet.rows() if isinstance(one, Row)]


def page(*rows: str, before: str = "") -> str:
    return f"<html><body>{before}<table>{''.join(f'<tr>{one}</tr>' for one in rows)}</table></body>"


def plain(row: tuple[str, ...]) -> str:
    return "".join(f"<td>{one}</td>" for one in row)


def test_a_page_that_is_called_a_workbook(opened):
    (sheet,) = opened(
        page(*map(plain, CELLS), before="<p>Report</p><table><tr><td>x</td></tr></table>")
    )
    assert sheet.columns == CELLS[0]
    assert cells(sheet) == CELLS[1:]


def test_cells_over_several_rows_stand_in_each(opened):
    rows = [
        plain(CELLS[0]),
        "<td rowspan=2>2024-01-03</td><td>Kabul</td><td>3</td>",
        "<td>Herat</td><td><b>1</b></td>",
        "<td>2024-01-04</td><td colspan=2>Balkh</td>",
    ]
    (sheet,) = opened(page(*rows))
    assert cells(sheet) == [
        ("2024-01-03", "Kabul", "3"), ("2024-01-03", "Herat", "1"), ("2024-01-04", "Balkh", None),
    ]  # fmt: skip


def test_script_and_marks_of_a_page_are_text(opened):
    rows = [plain(CELLS[0]), "<td>2024-01-03</td><td>&lt;script&gt;x&lt;/script&gt;</td><td>3</td>"]
    (sheet,) = opened(page(*rows))
    assert cells(sheet)[0][1] == "<script>x</script>"


def test_a_page_that_spans_more_than_there_may_be_is_refused(opened):
    wide = "<td colspan=1000>x</td>" * 20
    with pytest.raises(Refused, match="more than 10,000 cells"):
        opened(page(wide), grid=10_000)


def test_a_workbook_of_2003(opened):
    def line(row: tuple[str, ...]) -> str:
        found = (f'<Cell><Data ss:Type="String">{one}</Data></Cell>' for one in row)
        return f"<Row>{''.join(found)}</Row>"

    space = "urn:schemas-microsoft-com:office:spreadsheet"
    rows = "".join(map(line, CELLS)) + '<Row><Cell ss:Index="3"><Data>5</Data></Cell></Row>'
    (sheet,) = opened(
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="All"><Table>{rows}</Table></Worksheet></Workbook>'
    )
    assert (sheet.name, sheet.form) == ("All", "XML workbook")
    assert cells(sheet)[:2] == CELLS[1:]


def test_a_cell_beyond_all_columns_is_refused(opened):
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    with pytest.raises(Refused, match="has a cell in column 99999"):
        opened(
            f'<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet><Table><Row>'
            f'<Cell ss:Index="99999"/></Row></Table></Worksheet></Workbook>'
        )
