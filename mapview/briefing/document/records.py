"""The tables of a document: incidents and base areas, and where accounts of them differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from geodata.account import Contradiction, Matter
from geodata.records import (
    NO_RESPONSIBILITY,
    in_brackets,
    is_english,
    labelled,
    parted,
    say,
    say_many,
)
from mapview.briefing.content import AreaLine, Briefing, IncidentLine, ToldClaim
from mapview.briefing.document.paper import INCIDENTS, Paper
from mapview.briefing.document.tables import Cell, Column
from mapview.briefing.document.writing import Ink, write
from mapview.briefing.office import (
    clean,
    not_listed,
    not_placed,
    numbers_of,
    place_remark,
    references,
    shorten,
)

__all__ = ["MOST_ROWS", "add_areas", "add_claims", "add_disagreements", "add_incidents"]

MOST_ROWS: Final = 500
_MOST_DISAGREEMENTS: Final = 40
_MOST_TEXT, _MOST_LONG_TEXT = 300, 1_500


_LYING: Final = (0.115, 0.185, 0.235, 0.075, 0.075, 0.245, 0.07)
# On an upright page words at the head of narrow columns need as much as on one that lies.
_UPRIGHT: Final = (0.13, 0.13, 0.205, 0.11, 0.11, 0.21, 0.105)


def _incident_columns(shares: Sequence[float]) -> tuple[Column, ...]:
    headings = (
        say("Date"),
        say("Place"),
        say("What"),
        say("Killed", "column"),
        say("Injured", "column"),
        say("Responsibility"),
        say("Sources", "column"),
    )
    return tuple(Column(one, share) for one, share in zip(headings, shares, strict=True))


def _claim_columns() -> tuple[Column, ...]:
    return (
        Column(say("No."), 0.05),
        Column(say("Of, and on"), 0.27),
        Column(say("What is said"), 0.22),
        Column(say("By whom"), 0.17),
        Column(say("Source", "column"), 0.08),
        Column(say("Where in it"), 0.21),
    )


def _area_columns() -> tuple[Column, ...]:
    return (
        Column(say("Group"), 0.27),
        Column(say("Kind"), 0.12),
        Column(say("Place"), 0.24),
        Column(say("Period"), 0.3),
        Column(say("Sources", "column"), 0.07),
    )


def add_incidents(paper: Paper, briefing: Briefing) -> None:
    """Add the table of incidents, oldest first, as far as a document is the place for it."""
    paper.heading(say(INCIDENTS))
    if not briefing.incidents:
        nothing = say("No incident was found.").rstrip(".")
        paper.paragraph(f"{labelled(nothing, briefing.words)}.")
        return
    shown = briefing.incidents[:MOST_ROWS]
    what = briefing.counts.words
    if len(shown) != len(briefing.incidents):
        what = say("the first {n} of {all}", n=len(shown), all=what)
    said = say("{what}, oldest first", what=what)
    heading = say("Incidents, with figures as the sources give them")
    paper.caption("Table", f"{labelled(heading, said)}.", stays=True)
    numbers = numbers_of(briefing)
    rows = (_incident(line, references(line.sources, numbers)) for line in shown)
    shares = _LYING if paper.is_wide else _UPRIGHT
    paper.table(_incident_columns(shares), rows, say("Table of {what}.", what=said))
    more = len(briefing.incidents) - len(shown)
    if more:
        paper.paragraph(not_listed(more, say("here")), ink=Ink(is_bold=True))


def _incident(line: IncidentLine, refs: str) -> tuple[Cell, ...]:
    remark = place_remark(line)
    return (
        Cell(line.when),
        Cell(_short(line.place), remark[:1].upper() + remark[1:]),
        Cell(
            _short(line.title),
            shorten(line.what, _MOST_LONG_TEXT),
            is_bold=True,
            is_of_records=True,
        ),
        _known(line.killed, line.beside),
        _known(line.injured),
        _known(shorten(line.responsibility, _MOST_LONG_TEXT)),
        Cell(refs),
    )


def _short(text: str) -> str:
    return shorten(text, _MOST_TEXT)


def _known(text: str, beside: str = "") -> Cell:
    return Cell(text, beside, is_muted=text in (say("not stated"), say(NO_RESPONSIBILITY)))


def add_areas(paper: Paper, briefing: Briefing) -> None:
    """Add the table of base areas."""
    if not briefing.base_areas:
        return
    paper.heading(say("Base areas"))
    areas = sorted(briefing.base_areas, key=lambda one: (clean(one.group_name), one.id))
    shown = areas[:MOST_ROWS]
    said = (
        say_many("{n} base area, by group", "{n} base areas, by group", len(areas))
        if len(shown) == len(areas)
        else say("{n} of {all} base areas, by group", n=len(shown), all=len(areas))
    )
    paper.caption("Table", f"{said[0].upper()}{said[1:]}.", stays=True)
    numbers = numbers_of(briefing)
    rows = (_area(one, references(one.sources, numbers)) for one in shown)
    paper.table(_area_columns(), rows, say("Table of {what}.", what=said))


def _area(area: AreaLine, refs: str) -> tuple[Cell, ...]:
    name, label = clean(area.group_name), clean(area.group_label)
    return (
        Cell(
            _short(name),
            _short(label) if label != name else "",
            is_bold=True,
            is_of_records=True,
        ),
        Cell(area.kind, shorten(" ".join(area.caveats), _MOST_LONG_TEXT)),
        Cell(_short(area.place), "" if area.is_placed else not_placed().capitalize()),
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
    paper.heading(say("Claims that these words lead to"))
    numbers = numbers_of(briefing)
    said = say_many(
        "{n} claim, in the order of the words", "{n} claims, in the order of the words", len(told)
    )
    paper.caption("Table", f"{said}.", stays=True)
    rows = (_claim(at, one, numbers) for at, one in enumerate(told, 1))
    paper.table(_claim_columns(), rows, say("Table of {what}.", what=said))


def _claim(number: int, one: ToldClaim, numbers: Mapping[str, int]) -> tuple[Cell, ...]:
    line = one.line
    value = " ".join(part for part in (line.stance, line.value) if part)
    return (
        Cell(f"{number}", bookmark=number),
        Cell(_short(one.title), one.heading),
        Cell(_short(value), shorten(line.note, _MOST_LONG_TEXT), is_bold=True, is_of_records=True),
        Cell(
            _short(line.by or say("the document", "alone")),
            is_muted=not line.by,
            is_of_records=bool(line.by),
        ),
        Cell(references([line.source.id], numbers)),
        Cell(_short(line.locator), is_of_records=True),
    )


def add_disagreements(paper: Paper, briefing: Briefing) -> None:
    """Add what accounts differ on, of several sources or of one, a paragraph a matter."""
    shown = ("incident", "base area")
    found = [one for one in briefing.contradictions() if one.kind in shown]
    if not found:
        return
    paper.heading(say("Where accounts differ"))
    numbers = numbers_of(briefing)
    for one in found[:_MOST_DISAGREEMENTS]:
        title = _short(one.title)
        if one.when:
            title = say("{place}, {date}", place=title, date=one.when)
        paper.heading(title, 2)
        _add_matters(paper, one, numbers)
    more = len(found) - _MOST_DISAGREEMENTS
    if more > 0:
        paper.paragraph(say("Accounts differ on {n} more records, which the data list.", n=more))


def _add_matters(paper: Paper, one: Contradiction, numbers: dict[str, int]) -> None:
    for matter in one.matters:
        paragraph = paper.item()
        remark = say("one document disagrees with itself") if matter.in_one_document else ""
        heading = f"{matter.heading}{in_brackets([remark])}"
        write(paragraph, labelled(heading, ""), Ink(is_bold=True))
        write(paragraph, f"{parted(_statements(matter, numbers))}.")


def _statements(matter: Matter, numbers: dict[str, int]) -> list[str]:
    """Return what is said, each wording once, with the documents that say it."""
    said_in: dict[str, list[str]] = {}
    notes: dict[str, dict[str, None]] = {}
    for said in matter.said:
        who = said.by or (say("the document", "alone") if said.stance else "")
        head = " ".join(part for part in (who, said.stance) if part)
        if who and said.stance and not is_english():
            # What a party did with a claim is a verb in English alone.
            head = f"{who}{in_brackets([said.stance.rstrip(' :')])}"
        value = clean(said.value).rstrip(".")
        words = shorten(labelled(head, value) if head and value else head or value, _MOST_TEXT)
        said_in.setdefault(words, []).append(said.source)
        notes.setdefault(words, {})[shorten(said.note, _MOST_LONG_TEXT)] = None
    return [
        f"{words}{in_brackets(notes[words])} {references(ids, numbers)}"
        for words, ids in said_in.items()
    ]
