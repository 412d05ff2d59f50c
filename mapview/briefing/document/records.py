"""The tables of a document: incidents and base areas, and where their sources disagree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geodata.account import Contradiction, Matter
from geodata.records import NO_RESPONSIBILITY, in_brackets
from mapview.briefing.content import AreaLine, Briefing, IncidentLine, ToldClaim
from mapview.briefing.document.paper import INCIDENTS, Paper
from mapview.briefing.document.tables import Cell, Column
from mapview.briefing.document.writing import Ink, write
from mapview.briefing.office import (
    NOT_PLACED,
    clean,
    not_listed,
    numbers_of,
    place_remark,
    references,
    shorten,
)

__all__ = ["MOST_ROWS", "add_areas", "add_claims", "add_disagreements", "add_incidents"]

MOST_ROWS: Final = 500
_MOST_DISAGREEMENTS: Final = 40
_MOST_TEXT, _MOST_LONG_TEXT = 300, 1_500

_INCIDENT_COLUMNS: Final = (
    Column("Date", 0.115),
    Column("Place", 0.185),
    Column("What", 0.235),
    Column("Killed", 0.075),
    Column("Injured", 0.075),
    Column("Responsibility", 0.245),
    Column("Sources", 0.07),
)
_CLAIM_COLUMNS: Final = (
    Column("No.", 0.05),
    Column("Of, and on", 0.27),
    Column("What is said", 0.22),
    Column("By whom", 0.17),
    Column("Source", 0.08),
    Column("Where in it", 0.21),
)
_AREA_COLUMNS: Final = (
    Column("Group", 0.27),
    Column("Kind", 0.12),
    Column("Place", 0.24),
    Column("Period", 0.3),
    Column("Sources", 0.07),
)


def add_incidents(paper: Paper, briefing: Briefing) -> None:
    """Add the table of incidents, oldest first, as far as a document is the place for it."""
    paper.heading(INCIDENTS)
    if not briefing.incidents:
        paper.paragraph(f"No incident was found: {briefing.words}.")
        return
    shown = briefing.incidents[:MOST_ROWS]
    first = "" if len(shown) == len(briefing.incidents) else f"the first {len(shown):,} of "
    said = f"{first}{briefing.counts.words}, oldest first"
    paper.caption("Table", f"Incidents, with figures as the sources give them: {said}.", stays=True)
    numbers = numbers_of(briefing)
    rows = (_incident(line, references(line.sources, numbers)) for line in shown)
    paper.table(_INCIDENT_COLUMNS, rows, f"Table of {said}.")
    more = len(briefing.incidents) - len(shown)
    if more:
        paper.paragraph(not_listed(more, "here"), ink=Ink(is_bold=True))


def _share(shown: int, total: int, what: str) -> str:
    """Return how many are shown, such as "118 incidents" or "500 of 5,000 incidents"."""
    of_all = f" of {total:,}" if shown != total else ""
    return f"{shown:,}{of_all} {what}{'' if total == 1 else 's'}"


def _incident(line: IncidentLine, refs: str) -> tuple[Cell, ...]:
    remark = place_remark(line)
    return (
        Cell(line.when),
        Cell(_short(line.place), remark[:1].upper() + remark[1:]),
        Cell(_short(line.title), shorten(line.what, _MOST_LONG_TEXT), is_bold=True),
        _known(line.killed, line.together),
        _known(line.injured),
        _known(shorten(line.responsibility, _MOST_LONG_TEXT)),
        Cell(refs),
    )


def _short(text: str) -> str:
    return shorten(text, _MOST_TEXT)


def _known(text: str, beside: str = "") -> Cell:
    return Cell(text, beside, is_muted=text in ("not stated", NO_RESPONSIBILITY))


def add_areas(paper: Paper, briefing: Briefing) -> None:
    """Add the table of base areas."""
    if not briefing.base_areas:
        return
    paper.heading("Base areas")
    areas = sorted(briefing.base_areas, key=lambda one: (clean(one.group_name), one.id))
    shown = areas[:MOST_ROWS]
    said = f"{_share(len(shown), len(areas), 'base area')}, by group"
    paper.caption("Table", f"{said[0].upper()}{said[1:]}.", stays=True)
    numbers = numbers_of(briefing)
    rows = (_area(one, references(one.sources, numbers)) for one in shown)
    paper.table(_AREA_COLUMNS, rows, f"Table of {said}.")


def _area(area: AreaLine, refs: str) -> tuple[Cell, ...]:
    name, label = clean(area.group_name), clean(area.group_label)
    return (
        Cell(_short(name), _short(label) if label != name else "", is_bold=True),
        Cell(area.kind, shorten(" ".join(area.caveats), _MOST_LONG_TEXT)),
        Cell(_short(area.place), "" if area.is_placed else NOT_PLACED.capitalize()),
        Cell(
            area.period[0].upper() + area.period[1:],
            area.doubt.capitalize(),
        ),
        Cell(refs),
    )


def add_claims(paper: Paper, briefing: Briefing) -> None:
    """Add the claims that figures in the words of the briefing lead to."""
    told = briefing.leads.claims
    if not told:
        return
    paper.heading("Claims that these words lead to")
    numbers = numbers_of(briefing)
    said = f"{len(told):,} {'claim' if len(told) == 1 else 'claims'}, in the order of the words"
    paper.caption("Table", f"{said}.", stays=True)
    rows = (_claim(at, one, numbers) for at, one in enumerate(told, 1))
    paper.table(_CLAIM_COLUMNS, rows, f"Table of {said}.")


def _claim(number: int, one: ToldClaim, numbers: Mapping[str, int]) -> tuple[Cell, ...]:
    line = one.line
    value = " ".join(part for part in (line.stance, line.value) if part)
    return (
        Cell(f"{number}", bookmark=number),
        Cell(_short(one.title), one.heading),
        Cell(_short(value), shorten(line.note, _MOST_LONG_TEXT), is_bold=True),
        Cell(_short(line.by or "the document"), is_muted=not line.by),
        Cell(references([line.source.id], numbers)),
        Cell(_short(line.locator)),
    )


def add_disagreements(paper: Paper, briefing: Briefing) -> None:
    """Add what the sources disagree on, a paragraph a matter."""
    shown = ("incident", "base area")
    found = [one for one in briefing.contradictions() if one.kind in shown]
    if not found:
        return
    paper.heading("Where sources disagree")
    numbers = numbers_of(briefing)
    for one in found[:_MOST_DISAGREEMENTS]:
        title = f"{_short(one.title)}, {one.when}" if one.when else _short(one.title)
        paper.heading(title, 2)
        _add_matters(paper, one, numbers)
    more = len(found) - _MOST_DISAGREEMENTS
    if more > 0:
        paper.paragraph(f"The sources disagree on {more:,} more records, which the data list.")


def _add_matters(paper: Paper, one: Contradiction, numbers: dict[str, int]) -> None:
    for matter in one.matters:
        paragraph = paper.item()
        inside = " (one document disagrees with itself)" if matter.in_one_document else ""
        write(paragraph, f"{matter.heading}{inside}: ", Ink(is_bold=True))
        write(paragraph, "; ".join(_statements(matter, numbers)) + ".")


def _statements(matter: Matter, numbers: dict[str, int]) -> list[str]:
    """Return what is said, each wording once, with the documents that say it."""
    said_in: dict[str, list[str]] = {}
    notes: dict[str, dict[str, None]] = {}
    for said in matter.said:
        who = said.by or ("the document" if said.stance else "")
        head = " ".join(part for part in (who, said.stance) if part)
        value = clean(said.value).rstrip(".")
        words = shorten(f"{head}: {value}" if head and value else head or value, _MOST_TEXT)
        said_in.setdefault(words, []).append(said.source)
        notes.setdefault(words, {})[shorten(said.note, _MOST_LONG_TEXT)] = None
    return [
        f"{words}{in_brackets(notes[words])} {references(ids, numbers)}"
        for words, ids in said_in.items()
    ]
