from __future__ import annotations

from figure_parts import Pen

from mapview.briefing.figure.paper.columns import Paragraph, draw_columns, set_columns
from mapview.briefing.figure.paper.fonts import Face, width_mm

FACE = Face(9)
WORDS = " ".join(f"word{i}" for i in range(60))


def test_nothing_is_lost_and_no_line_is_too_wide() -> None:
    columns = set_columns([Paragraph("Lead", WORDS), Paragraph("", WORDS)], FACE, 120, 2)
    rows = [row for column in columns.rows for row in column]
    assert " ".join(row.words for row in rows) == f"{WORDS} {WORDS}"
    assert [row.lead for row in rows if row.lead] == ["Lead"]
    assert all(row.indent + width_mm(row.words, FACE) <= columns.step - 6 for row in rows)


def test_columns_are_about_as_high_as_each_other() -> None:
    one = set_columns([Paragraph("", WORDS)] * 4, FACE, 50)
    two = set_columns([Paragraph("", WORDS)] * 4, FACE, 106, 2)
    assert len(two.rows) == 2
    assert 0.45 < two.height / one.height < 0.6


def test_so_many_lines_at_most_end_in_an_ellipsis() -> None:
    [rows] = set_columns([Paragraph("Lead", WORDS, most=2)], FACE, 60).rows
    assert len(rows) == 2
    assert rows[-1].words.endswith("…")


def test_a_paragraph_does_not_leave_a_line_behind() -> None:
    short = [Paragraph("", "word " * 30)] * 3
    for column in set_columns(short, FACE, 100, 2).rows[1:]:
        ends = [index for index, row in enumerate(column) if row.is_last]
        assert ends[0] > 1


def test_nothing_has_no_height() -> None:
    assert set_columns([], FACE, 100).height == 0


def test_columns_stand_beside_each_other() -> None:
    columns = set_columns([Paragraph("Lead", WORDS)] * 2, FACE, 120, 2)
    pen = Pen()
    draw_columns(pen, columns, (10, 20))
    lefts = sorted({round(x, 3) for words, (x, _) in pen.texts if words == "Lead"})
    assert lefts == [10, round(10 + columns.step, 3)]
    assert all(20 < y < 20 + columns.height for words, (_, y) in pen.texts if words)
