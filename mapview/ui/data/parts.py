"""What the parts that columns play are called on the page, and what is guessed of a file.

Files are read in English, for commands and recipes alike: what is said of them is known here by its
words, as faults are.
"""

from __future__ import annotations

from typing import Final

from mapview.ui.markup import parted, told_as, told_fault

__all__ = [
    "ANSWERS",
    "GUESSED",
    "NOTES",
    "PARTS",
    "PROOFS",
    "SKIPPED",
    "TERMS",
    "told_guess",
    "told_note",
]

PARTS: Final = {
    "id": "Id of the row", "date": "Date", "end": "Last day", "year": "Year", "month": "Month",
    "day": "Day", "lat": "Latitude", "lon": "Longitude", "point": "Both coordinates",
    "geometry": "Shape", "place": "Name of the place", "admin1": "Province", "admin2": "District",
    "precision": "How exact the place is", "radius": "Within km", "status": "Whether it happened",
    "country": "Country", "type": "Type", "killed": "Killed", "killed_low": "Killed, at least",
    "killed_high": "Killed, at most", "injured": "Injured", "injured_low": "Injured, at least",
    "injured_high": "Injured, at most", "casualties": "Killed and injured together",
    "actor": "Parties", "target": "Target", "title": "Title", "text": "Description",
    "source": "Source", "url": "Link to the source", "victim": "Names of persons",
}  # fmt: skip

_CELLS = "{share} of its cells are "
TERMS: Final = (
    "A column names units.",
    "Outlines without a date: areas of whom, and when?",
    "A column counts events.",
    "Rows have a country and a year, and nothing more exact.",
    "Coordinates are those of the middle of areas.",
    "“{name}” names several rows each.",
    "“{name}” names persons.",
    "day before month",
    "month before day",
    "solar calendar (Hijri)",
    "lunar calendar (Hijri), a day may be off by one",
    "Buddhist era",
    "Buddhist era, day before month",
)
"""What stands within what was guessed: doubts about rows, orders and calendars."""
PROOFS: Final = (
    "{order}: {n} rows would end before they start",
    "{order}: {n} of {all} fit only so",
    "{order}: by digits, months or years of {n} of {all} cells",
    *TERMS[-6:],
)
"""What proves an order of dates, or a calendar."""
GUESSED: Final = (
    "the only column of dates",
    "{n} of {all} filled cells are dates",
    "a number of that kind in each row",
    "as you said",
    "as {name} has it",
    "named so; {n} of {all} cells filled, such as {example}",
    "{share} of the rows have one",
    "{n} rows have both, {share} of them on the earth",
    "swapped: only so do {share} lie on the earth",
    f"{_CELLS}geometries written as text",
    f"{_CELLS}pairs, latitude first",
    f"{_CELLS}pairs, longitude first",
    "coordinates of {crs}",
    # Questions.
    "“{name}” seems to say when it was recorded; is it also when it happened?",
    "Which column says when it happened? {columns}",
    "No column says when it happened; which one does?",
    "Of which calendar is the year {year} in “{column}”?",
    "Which calendar has {text} in “{column}”?",
    "What is {text} in “{column}”? Cells prove both orders.",
    "What is {text} in “{column}”?",
    "“{lat}” goes beyond 90°: are “{first}” and “{second}” swapped? {values}",
    "In which coordinate system are “{first}” and “{second}” ({values})?",
    "{reason} Is each row an incident?",
)
"""Why a column is taken for a part, and what is asked about it."""
ANSWERS: Final = (
    "yes", "no", "no column", "no, the date is not known", "such as {example}",
    "an incident", "a victim of one", "a count of many", "a position of a group",
    "UTM zone 33 north", "web mercator",
)  # fmt: skip
NOTES: Final = (
    (
        "nothing says how its letters are encoded; they are read as {label} and may be wrong: "
        "{words}; “Letters” below reads them as another"
    ),
    "{name} (another table; “Sheet” below reads it)",
    "no coordinate system is named in it",
    "a link to {address}, which is not followed",
    "{n} pictures laid over the map are not read, such as {name}",
    "{n} places of that name; no country is given",
    "not known",
)  # fmt: skip
"""What else is told of a file, and of names in it."""
SKIPPED: Final = {
    "empty": "empty", "header": "headings", "note": "notes", "total": "totals",
    "sep": "a line that names the separator", "preamble": "lines before the table",
    "tags": "tags of columns",
}  # fmt: skip
"""What is not counted as rows, by what readers call it."""


def told_guess(text: str) -> str | None:
    """Return what was guessed or is asked, in the page's language; `None` where that is not known.

    What proves an order of dates stands behind why a column holds them.
    """
    head, _, tail = text.rpartition("; ")
    proof, why = told_as(tail, PROOFS, TERMS), told_as(head, GUESSED, TERMS)
    if head and proof and why:
        return parted((why, proof))
    return told_as(text, GUESSED, TERMS)


def told_note(text: str) -> str | None:
    """Return what else is told of a file, in the same way: also what in it was refused."""
    return told_as(text, NOTES) or told_fault(text)
