"""The pages of a document on groups: names, time line, figures, base areas, incidents by role."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from geodata.tongue import comma, in_brackets, is_english, labelled, parted, quoted, say
from mapview.briefing.content import GROUP_SCOPE, Briefing
from mapview.briefing.document.paper import Paper
from mapview.briefing.document.tables import Cell, Column
from mapview.briefing.document.writing import MUTED, Ink, describe_picture
from mapview.briefing.office import EMU_PER_PT, DrawGroup, numbers_of, references, shorten
from mapview.groups import GroupPage, IncidentOfGroup, RelationLine, RoleOfGroup
from mapview.lines import ClaimGroup, ClaimLine

__all__ = ["add_groups"]

_MOST_TEXT: Final = 1_500
_MAP_SHAPE, _DPI = 0.6, 200
_SMALL: Final = Ink(color=MUTED, size=8)
_DOCUMENT: Final = "the document"
_PLAIN: Final = ("What is said of it", "Date", "Also said", "Place")

_Numbers = Mapping[str, int]


def _of_relations() -> tuple[Column, ...]:
    return (
        Column(say("Relation or leader"), 0.27),
        Column(say("When"), 0.2),
        Column(say("What is said, by whom, where"), 0.53),
    )


def _of_numbers() -> tuple[Column, ...]:
    return (
        Column(say("Number"), 0.2),
        Column(say("When"), 0.16),
        Column(say("Who says so"), 0.27),
        Column(say("Note and source"), 0.37),
    )


def _of_areas() -> tuple[Column, ...]:
    return (
        Column(say("Place"), 0.27),
        Column(say("Kind"), 0.2),
        Column(say("Period"), 0.25),
        Column(say("What is said, by whom, where"), 0.28),
    )


def add_groups(paper: Paper, briefing: Briefing, draw: DrawGroup | None) -> None:
    """Add a part for each group that was asked for.

    Args:
        paper: The document.
        briefing: What it says.
        draw: Draws time lines and maps; there are none without it.
    """
    numbers = numbers_of(briefing)
    for page in briefing.group_pages:
        paper.heading(page.name)
        paper.paragraph(say(GROUP_SCOPE), ink=_SMALL)
        _add_names(paper, page)
        _add_relations(paper, page, draw, numbers)
        _add_numbers(paper, page, numbers)
        _add_areas(paper, page, draw, numbers)
        _add_roles(paper, page)
        _add_claims(paper, page.claims, numbers)


def _add_names(paper: Paper, page: GroupPage) -> None:
    label = f" · {page.label}" if page.label != page.name else ""
    paper.paragraph(f"{page.kind[0].upper()}{page.kind[1:]}{label}")
    if page.note:
        paper.paragraph(page.note)
    for script, names in page.names:
        paper.paragraph(labelled(script, "").rstrip(), ink=Ink(is_bold=True, size=9))
        paper.paragraph(" · ".join(names))
    told = ((say("Belongs to:"), page.parents), (say("Belong to it:"), page.children))
    for words, groups in told:
        if groups:
            paper.paragraph(f"{words} {comma().join(one.label for one in groups)}")


def _add_relations(
    paper: Paper, page: GroupPage, draw: DrawGroup | None, numbers: _Numbers
) -> None:
    if not page.relations:
        return
    paper.heading(say("Relations and leaders"), 2)
    if draw and page.axis:
        picture, left_out = draw.time(page, paper.width, paper.height * 0.85)
        more = f" {say('{n} more are in the table.', n=left_out)}" if left_out else ""
        _add_picture(paper, picture, page.summary, f"{page.summary}{more}")
    for section in page.relations:
        paper.heading(section.heading, 3)
        rows = (_relation(one, numbers) for one in section.lines)
        paper.table(_of_relations(), rows, f"{labelled(section.heading, page.name)}.")


def _relation(line: RelationLine, numbers: _Numbers) -> tuple[Cell, ...]:
    disputed = say("Disputed") if line.is_disputed else ""
    beside = ". ".join(text.rstrip(".") for text in (disputed, line.note) if text)
    said = parted(_claims(line.claims, numbers))
    return Cell(line.title, beside, is_bold=True), Cell(line.term), Cell(said)


def _claims(groups: Sequence[ClaimGroup], numbers: _Numbers) -> Iterator[str]:
    plain = {say(one) for one in _PLAIN}
    for group in groups:
        # A question of its own is told with its answers.
        topic = "" if group.heading in plain else labelled(quoted(group.heading), "")
        for claim in group.claims:
            yield topic + _claim(claim, numbers)


def _claim(claim: ClaimLine, numbers: _Numbers) -> str:
    """Return a claim in one line: who says what, its caveat, and where that was read."""
    who = quoted(claim.by) or (say(_DOCUMENT, "alone") if claim.stance else "")
    head = " ".join(part for part in (who, claim.stance) if part)
    if who and claim.stance and not is_english():
        # What a party did with a claim is a verb in English alone.
        head = f"{who}{in_brackets([claim.stance.rstrip(' :')])}"
    value = quoted(claim.value.rstrip(".")) or ("" if head else say("what it says is left out"))
    said = labelled(head, value) if head and value else head or value
    note = in_brackets([claim.note])
    where = comma().join(
        part for part in (references((claim.source.id,), numbers), quoted(claim.locator)) if part
    )
    return shorten(f"{said}{note} {where}", _MOST_TEXT)


def _add_numbers(paper: Paper, page: GroupPage, numbers: _Numbers) -> None:
    if not page.numbers:
        return
    paper.heading(say("Strength and other numbers"), 2)
    paper.paragraph(
        say(
            "Each figure stands for itself, with who says it. None is made of several, and "
            "different people are counted apart."
        )
    )
    for series in page.numbers:
        paper.heading(series.heading, 3)
        rows = []
        for line in series.lines:
            refs = references((line.source.id,), numbers)
            where = " ".join(
                text
                for text in (quoted(line.note), f"{refs}{comma()}{quoted(line.locator)}")
                if text
            )
            differs = _capital(say("figures for this time differ")) if line.differs else ""
            rows.append(
                (
                    Cell(line.value, differs, is_bold=True),
                    Cell(line.as_of),
                    Cell(line.by),
                    Cell(where),
                )
            )
        paper.table(_of_numbers(), rows, f"{labelled(series.heading, page.name)}.")


def _add_areas(paper: Paper, page: GroupPage, draw: DrawGroup | None, numbers: _Numbers) -> None:
    if not page.areas:
        return
    paper.heading(say("Base areas of the group"), 2)
    if draw and page.has_map:
        width = paper.width
        picture = draw.map(page, width, width * _MAP_SHAPE, dpi=_DPI)
        _add_picture(paper, picture, page.describe_map(), page.areas_words)
    rows = []
    for one in page.areas:
        known = parted((one.known, "" if one.line.is_placed else say("not on the map")))
        kind = Cell(f"{one.line.kind}{comma()}{one.line.status}", one.note)
        said = Cell(parted(_claims(one.claims, numbers)))
        rows.append((Cell(one.line.place, known, is_bold=True), kind, Cell(one.line.period), said))
    paper.table(_of_areas(), rows, f"{labelled(say('Base areas'), page.name)}.")


def _add_roles(paper: Paper, page: GroupPage) -> None:
    if not page.roles:
        return
    paper.heading(say("Incidents by role"), 2)
    for role in page.roles:
        paper.heading(labelled(role.heading, str(role.count)), 3)
        paper.paragraph(role.meaning, ink=_SMALL)
        _add_incidents(paper, role)


def _add_incidents(paper: Paper, role: RoleOfGroup) -> None:
    for one in role.certain:
        paper.item(_incident(one))
    if role.possible:
        said = say("Possibly: what is named there may have been part of it at the time, or not.")
        paper.paragraph(said, ink=_SMALL)
    for one in role.possible:
        paper.item(_incident(one))


def _incident(one: IncidentOfGroup) -> str:
    line = one.line
    through = comma().join(group.label for group in one.through)
    told = (
        f"{quoted(line.title)} ({line.what})",
        f"{line.responsibility}{in_brackets(one.caveats)}",
        say("named there: {groups}", groups=through) if through else "",
    )
    return shorten(labelled(line.when, parted(told)), _MOST_TEXT)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _add_claims(paper: Paper, groups: Sequence[ClaimGroup], numbers: _Numbers) -> None:
    if not groups:
        return
    paper.heading(say("What else is said of it"), 2)
    for group in groups:
        paper.heading(f"{group.heading} ({group.summary})", 3)
        for claim in group.claims:
            paper.item(_claim(claim, numbers))


def _add_picture(paper: Paper, picture: bytes, words: str, caption: str) -> None:
    paragraph = paper.paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(picture), round(paper.width * EMU_PER_PT))
    describe_picture(shape, say("Group"), words)
    paper.caption("Figure", caption)
