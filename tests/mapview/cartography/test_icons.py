"""Every entry of a legend has an icon, made of what it stands for and of nothing else."""

from __future__ import annotations

from typing import get_args

import pytest
import shapely

from geodata.tongue import speaking
from mapview.cartography.icons import HEIGHT, WIDTH, icon, size_circles, symbol
from mapview.cartography.legend import Form, LegendEntry, every_entry
from mapview.cartography.primitives import Primitive, replay
from mapview.cartography.style import DRAWN, HATCHES, KINDS, OWN, PALETTE, STATUSES

# What an icon is made of, lowest first, by form and, where it matters, status.
MADE_OF = {
    "symbol": ["outline fill"],
    "hollow foiled": ["outline fill stroke"],
    "hollow disputed": ["outline fill stroke", "letter ?"],
    "hollow claimed only": ["outline fill stroke", "letter !"],
    "bounds": [*["sector fill"] * 3, "circle fill", "letter 5–7"],
    "ring": ["circle fill stroke dash", "outline fill"],
    "assumed": ["circle stroke dash", "outline fill"],
    "province": ["box fill stroke", "box fill stroke dash", "outline fill"],
    "discs": [*["sector fill"] * 3, "circle fill", "letter 7"],
    "areadisc": [*["sector fill"] * 3, "circle fill", "circle stroke dash", "letter 7"],
    "hatch": ["box fill", "hatch stroke", "box stroke"],
    "edge": ["hatch stroke", "box stroke"],
    "faded": ["box fill", "hatch stroke", "box stroke dash"],
    "headquarters": ["box stroke", "outline fill"],
    "camp": ["box stroke", "outline fill"],
    "control": ["box stroke", "box stroke"],
    "presence": ["box stroke"],
    "lost": ["box stroke", "line stroke"],
    "border": ["line stroke dash"],
}


def said(one: Primitive) -> str:
    if one.shape == "letter":
        return f"letter {one.name}"
    return " ".join(
        [one.shape, *(name for name in ("fill", "stroke", "dash") if getattr(one, name))]
    )


def name_of(entry: LegendEntry) -> str:
    return f"hollow {STATUSES[entry.status].id}" if entry.form == "hollow" else entry.form


def test_no_form_is_forgotten() -> None:
    assert {name.split()[0] for name in MADE_OF} == set(get_args(Form))
    assert {name_of(entry) for entry in every_entry()} == set(MADE_OF)


@pytest.mark.parametrize("entry", every_entry(), ids=lambda one: one.label[:30])
def test_an_icon_is_made_of_what_it_stands_for(entry: LegendEntry) -> None:
    assert [said(one) for one in icon(entry)] == MADE_OF[name_of(entry)]


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_a_symbol_has_the_outline_and_colour_of_its_kind(kind: int) -> None:
    for form in ("symbol", "ring", "province"):
        last = icon(LegendEntry("", form, "", kind=kind))[-1]  # type: ignore[arg-type]
        assert (last.name, last.fill) == (KINDS[kind].shape, KINDS[kind].color.light)
    hollow = icon(LegendEntry("", "hollow", "", kind=kind, status=1))[0]
    assert (hollow.fill, hollow.stroke) == (PALETTE["paper"].light, KINDS[kind].color.light)


@pytest.mark.parametrize("kind", range(len(KINDS), len(DRAWN)))
def test_a_type_of_a_source_has_its_letter_in_its_symbol(kind: int) -> None:
    own = DRAWN[kind]
    for form in ("symbol", "ring", "province"):
        *_, line, letter = icon(LegendEntry("", form, "", kind=kind))  # type: ignore[arg-type]
        assert (line.name, line.fill) == ("hexagon", own.color.light)
        assert (letter.name, letter.fill) == (own.letter, PALETTE["paper"].light)
    line, letter, *_ = icon(LegendEntry("", "hollow", "", kind=kind, status=2))
    assert (line.fill, letter.fill) == (PALETTE["paper"].light, own.color.light)


def test_a_sample_of_discs_has_the_colours_of_what_it_stands_beside() -> None:
    fills = [one.fill for one in icon(LegendEntry("", "discs", "", kind=len(KINDS)))]
    assert fills[:3] == [OWN[at].color.light for at in (0, 1, 3)]
    fills = [one.fill for one in icon(LegendEntry("", "discs", ""))]
    assert fills[:3] == [KINDS[at].color.light for at in (0, 1, 3)]


@pytest.mark.parametrize("hatch", range(len(HATCHES)))
def test_a_field_has_the_lines_and_colour_of_its_group(hatch: int) -> None:
    for form in ("hatch", "edge", "faded"):
        primitives = icon(LegendEntry("", form, "", hatch=hatch))  # type: ignore[arg-type]
        colors = {one.fill or one.stroke for one in primitives}
        assert colors == {HATCHES[hatch].color.light}
        [lines] = [one for one in primitives if one.shape == "hatch"]
        assert lines.name == str(hatch)


class Recorder:
    """A pen that notes what it is told to draw, and where."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Primitive]] = []
        self.drawn: list[shapely.Geometry] = []

    def polygon(self, points, one):
        self.calls.append(("polygon", one))
        self.drawn.append(shapely.Polygon(points))

    def circle(self, one):
        self.calls.append(("circle", one))
        x, y, radius = one.at
        self.drawn.append(shapely.Point(x, y).buffer(radius))

    def lines(self, lines, one):
        self.calls.append(("lines", one))
        self.drawn.append(shapely.MultiLineString(lines))

    def letter(self, one):
        self.calls.append(("letter", one))
        x, y, height = one.at
        self.drawn.append(shapely.Point(x, y).buffer(height / 2))


@pytest.mark.parametrize("entry", every_entry(), ids=lambda one: one.label[:30])
def test_a_pen_is_told_all_within_the_room_of_an_icon(entry: LegendEntry) -> None:
    pen = Recorder()
    replay(icon(entry), pen)
    assert [one for _, one in pen.calls] == list(icon(entry))
    assert all(shape.is_valid and not shape.is_empty for shape in pen.drawn)
    room = shapely.box(-WIDTH / 2, -HEIGHT / 2, WIDTH / 2, HEIGHT / 2)
    marks = [shape for (how, _), shape in zip(pen.calls, pen.drawn, strict=True) if how != "letter"]
    assert all(room.contains(shape) for shape in marks)


def test_wide_areas_have_lines_along_their_edge_only() -> None:
    pen = Recorder()
    replay(icon(LegendEntry("", "edge", "")), pen)
    assert not pen.drawn[0].intersects(shapely.box(-8, -4, 8, 4))
    replay(icon(LegendEntry("", "hatch", "")), pen)
    assert pen.drawn[3].intersects(shapely.box(-8, -4, 8, 4))


def test_circles_stand_on_one_line_with_their_numbers() -> None:
    primitives, width = size_circles(((2, 4.0), (1500, 9.0)), point=0.5)
    circles = [one for one in primitives if one.shape == "circle"]
    assert [one.name for one in primitives if one.shape == "letter"] == ["2", "1.5k"]
    assert [one.at[1] + one.at[2] for one in circles] == [0, 0]
    assert circles[1].at[0] - circles[0].at[0] > 4 + 9
    assert circles[1].at[0] + 9 < width


def test_numbers_of_samples_have_the_digits_of_the_map() -> None:
    of_discs = next(one for one in every_entry() if one.form == "areadisc")
    with speaking("fa"):
        circles, _ = size_circles(((14, 4.0),), point=0.5)
        said = [one.name for one in (*circles, *icon(of_discs)) if one.shape == "letter"]
    assert said == ["۱۴", "۷"]


def test_circles_are_no_icon() -> None:
    with pytest.raises(ValueError, match="circles must be asked for from size_circles, got discs"):
        icon(LegendEntry("", "discs", "", circles=((2, 3.0),)))


def test_only_disputed_borders_are_dashed() -> None:
    used = {
        entry.form
        for entry in every_entry()
        for one in icon(entry)
        if one.dash and not one.is_round
    }
    assert used == {"border"}
    marks = [one for status in STATUSES for one in symbol(status, 8.0, is_area=True)]
    assert not [one for one in marks if one.dash and not one.is_round]
