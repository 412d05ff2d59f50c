"""An empty table to fill in: our columns, what each is for, and two rows that show how."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from babel import Locale

from geodata.archives import repack_zip
from geodata.importing.values import country_code
from geodata.records import EventType, GeoPrecision, Status

__all__ = ["EXAMPLE", "TEMPLATES", "template_of"]

# Begins the id of a row that only shows how; such rows are skipped.
EXAMPLE = "example, not imported"
# How a template may end, and what that is for HTTP.
TEMPLATES: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_MOMENT = datetime(2000, 1, 1)
_ROWS = 2_000
_FREE, _FIXED = "information", "stop"


@dataclass(frozen=True)
class _Column:
    """A column of the template.

    Attributes:
        heading: Its name, from which reading knows it.
        words: What it is for.
        examples: What the rows that show how have there.
        allowed: What may be chosen.
        is_free: Whether other words may stand there, too.
        width: In letters.
    """

    heading: str
    words: str
    examples: tuple[str, str] = ("", "")
    allowed: tuple[str, ...] = ()
    is_free: bool = False
    width: int = 14


def _countries() -> tuple[str, ...]:
    names = Locale("en").territories.items()
    return tuple(sorted(name for code, name in names if country_code(name) == code))


def _columns() -> tuple[_Column, ...]:
    return (
        _Column(
            "Id",
            "Your own number or code of the incident; it stays the same in each later version of "
            "the table, so that an update finds the row again.",
            (f"{EXAMPLE} (1)", f"{EXAMPLE} (2)"),
            width=24,
        ),
        _Column(
            "Date",
            "When it happened, or began: 2024-01-03, or only what is known: 2024-01, 2024. Not "
            "quite sure: 2024-01-03? or 2024-01~ (about).",
            ("2024-01-03", "2023-10"),
        ),
        _Column("Last day", "Only where it lasted: the last day.", ("", "")),
        _Column(
            "Title",
            "A few neutral words. Without them the title is made of type and place.",
            ("Bombings at a gathering", "Shelling of a village"),
            width=32,
        ),
        _Column(
            "Type",
            "What happened. One of the list is drawn with its own symbol; your own words are kept, "
            "too, and can be filtered by.",
            ("bombing", "shelling"),
            tuple(map(str, EventType)),
            is_free=True,
            width=18,
        ),
        _Column(
            "Status",
            "Whether it happened; empty means carried out.",
            ("carried out", "disputed"),
            tuple(map(str, Status)),
        ),
        _Column("Place", "Name of the town, village or site.", ("Kerman", ""), width=20),
        _Column("District", "Second-level unit.", ("", "Spin Boldak")),
        _Column("Province", "First-level unit.", ("Kerman", "Kandahar")),
        _Column(
            "Country", "Its name or code of two letters.", ("Iran", "Afghanistan"),
            _countries(), is_free=True,
        ),
        _Column(
            "Latitude",
            "Decimal degrees (34.5281), or degrees with minutes (34°31'41\"N). North is positive.",
            ("30.2832", "31.00"),
        ),
        _Column("Longitude", "As for the latitude. East is positive.", ("57.0788", "66.40")),
        _Column(
            "Precision",
            "How exactly the place is known; the map draws a ring or shades the province "
            "accordingly. Empty means the settlement, not stated.",
            ("settlement", "district"),
            tuple(map(str, GeoPrecision)),
        ),
        _Column("Killed", "A whole number, or: at least 3, about 20, 3-5.", ("94", "at least 3")),
        _Column("Killed at least", "The lowest figure, where sources differ.", ("89", "")),
        _Column("Killed at most", "The highest figure, where sources differ.", ("96", "")),
        _Column("Injured", "As for killed.", ("284", "")),
        _Column("Injured at least", "The lowest figure.", ("", "")),
        _Column("Injured at most", "The highest figure.", ("", "")),
        _Column(
            "Actor",
            "A party that took part, by name, without saying that it did it.",
            ("", "Border police"),
            width=24,
        ),
        _Column("Target", "What or who was hit.", ("a gathering", "houses"), width=20),
        _Column(
            "Description", "A few sentences in your own words.",
            ("Two bombs went off.", "Shells fell on a village."), width=40,
        ),
        _Column("Source", "Who says so: document, paper, report.", ("A paper", "A report")),
        _Column(
            "Link", "Where it can be read.",
            ("https://example.org/1", "https://example.org/2"), width=24,
        ),
    )  # fmt: skip


def template_of(
    ending: str,
    *,
    types: Sequence[str] = (),
    countries: Sequence[str] = (),
    groups: Sequence[str] = (),
) -> bytes:
    """Return a template as a file.

    Args:
        ending: One of `TEMPLATES`.
        types: What may be chosen as type in the place of our own; others may be written, too.
        countries: Likewise as country, by codes of two letters.
        groups: Likewise as actor, by name.

    Example:
        >>> template_of("csv").decode("utf-8-sig").split(",")[:3]
        ['Id', 'Date', 'Last day']
    """
    names = Locale("en").territories
    lists = {
        "Type": types,
        "Country": [names.get(one, one) for one in countries],
        "Actor": groups,
    }
    columns = [
        replace(one, allowed=tuple(lists[one.heading]), is_free=True)
        if lists.get(one.heading)
        else one
        for one in _columns()
    ]
    return _workbook(columns) if ending == "xlsx" else _table(columns)


def _rows(columns: Sequence[_Column]) -> Iterator[list[str]]:
    yield [one.heading for one in columns]
    for number in (0, 1):
        yield [one.examples[number] for one in columns]


def _table(columns: Sequence[_Column]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(_rows(columns))
    # Excel takes a CSV for UTF-8 only by its byte-order mark.
    return text.getvalue().encode("utf-8-sig")


def _workbook(columns: Sequence[_Column]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook()
    book.properties.creator, book.properties.title = "Mapview", "Incidents"
    book.properties.created = book.properties.modified = _MOMENT
    page: Any = book.active
    help_page = book.create_sheet("How to fill in")
    page.title = "Incidents"
    lists = book.create_sheet("Lists")
    lists.sheet_state = "hidden"
    _fill_incidents(page, lists, columns)
    _fill_help(help_page, columns)
    with TemporaryDirectory(prefix="mapview-") as folder:
        raw, whole = Path(folder) / "raw.xlsx", Path(folder) / "whole.xlsx"
        # Its own `save` would write the time of day into it.
        with ZipFile(raw, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(book, archive).write_data()
        repack_zip(raw, whole)
        return whole.read_bytes()


def _fill_incidents(page: Any, lists: Any, columns: Sequence[_Column]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for row in _rows(columns):
        page.append([_typed(one) for one in row])
    page.freeze_panes = "B2"
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = column.width
        head = page.cell(1, number)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="E4EAEE")
        head.comment = Comment(column.words, "Mapview")
        for example in (2, 3):
            page.cell(example, number).font = Font(italic=True, color="767676")
        if column.heading in ("Date", "Last day"):
            # A year or month stays what was typed; a day that Excel takes for one is read as well.
            page.column_dimensions[letter].number_format = "@"
        if not column.allowed:
            continue
        for below, word in enumerate(column.allowed, start=2):
            lists.cell(below, number, word)
        lists.cell(1, number, column.heading)
        choice = DataValidation(
            "list", f"=Lists!${letter}$2:${letter}${len(column.allowed) + 1}", allow_blank=True
        )
        choice.errorStyle = _FREE if column.is_free else _FIXED
        choice.errorTitle, choice.error = column.heading, column.words[:250]
        choice.showErrorMessage = True
        choice.add(f"{letter}2:{letter}{_ROWS}")
        page.add_data_validation(choice)


def _typed(text: str) -> str | float | None:
    """Return what a person would have typed there: numbers are numbers."""
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text or None


def _fill_help(page: Any, columns: Sequence[_Column]) -> None:
    from openpyxl.styles import Alignment, Font

    lines = [
        "Fill in the sheet Incidents, one row for each incident; leave empty what is not known.",
        "Only a date, a place or a few words are needed.",
        f"Rows whose id begins with “{EXAMPLE}” only show how; leave or delete them.",
        "Columns may be left out or put in another order; others are kept with the record.",
        "",
    ]
    for column in columns:
        lines.append(f"{column.heading}: {column.words}")
        if column.allowed and len(column.allowed) < 40:  # noqa: PLR2004 - more stand in the list
            lines.append(f"    {', '.join(column.allowed)}")
    page.column_dimensions["A"].width = 110
    for number, line in enumerate(lines, start=1):
        cell = page.cell(number, 1, line or None)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=number <= 2)  # noqa: PLR2004 - what matters most
