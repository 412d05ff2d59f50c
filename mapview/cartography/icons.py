"""Symbols and the icons of legends, as primitives that every pen only replays.

An icon stands within 17 pixels to the left and right of 0, 0 and within 14 above and below.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from mapview.cartography.legend import Form, LegendEntry
from mapview.cartography.numbers import short_count
from mapview.cartography.primitives import BAND, FIELD, Primitive, plain
from mapview.cartography.sizes import SIZES
from mapview.cartography.standings import STANDINGS, Standing
from mapview.cartography.style import DRAWN, HATCHES, KINDS, PALETTE, STATUSES, Status

__all__ = [
    "ASSUMED",
    "HEIGHT",
    "RING",
    "STRIKE",
    "WIDTH",
    "area_look",
    "band_of",
    "drawn_mark",
    "drawn_symbol",
    "icon",
    "icons_to_json",
    "size_circles",
    "symbol",
    "symbols_to_json",
]

WIDTH: Final = 34.0
HEIGHT: Final = 28.0

# How far the plate of something known only to an area reaches beyond its symbol.
_PLATE: Final = 4.5
# How high the letter of a kind is, of its radius.
_LETTER: Final = 1.3

# Where something lies somewhere inside; the map draws it so too.
# Next to no dash and a gap: with round ends these are dots. Dashes are for disputed borders alone.
DOTS: Final = (0.1, 3.2)
RING: Final = Primitive(
    shape="circle",
    at=(0.0, 0.0, 12.5),
    fill="ring",
    fill_alpha=0.1,
    stroke="ring",
    stroke_alpha=0.85,
    width=1.5,
    dash=DOTS,
    is_round=True,
)

# Around a point whose source does not say how exact it is: it holds nothing, so it is empty.
ASSUMED: Final = replace(RING, fill="", fill_alpha=1.0, dash=(0.1, 7.75))

# A stroke through an area, from its lower left to its upper right.
STRIKE: Final = Primitive(
    shape="line",
    at=(FIELD[0], FIELD[3], FIELD[2], FIELD[1]),
    stroke="hatch",
    stroke_alpha=0.9,
    width=1.8,
)
_MARK_RADIUS: Final = 6.5
_GROUND = Primitive(shape="box", at=(*FIELD, 0.0), fill="hatch", fill_alpha=0.08)
_LINES = Primitive(shape="hatch", at=(*FIELD, 0.0), stroke="hatch", stroke_alpha=0.75, width=1.1)
_OUTLINE = Primitive(shape="box", at=(*FIELD, 0.0), stroke="hatch", stroke_alpha=0.9, width=1.3)
_THIN = replace(_OUTLINE, stroke_alpha=0.75, width=1.1)


def symbol(status: Status, radius: float, *, is_area: bool = False) -> tuple[Primitive, ...]:
    """Return the symbol of an incident of the kind `kind`.

    Args:
        status: Its outcome, which makes it filled or hollow.
        radius: Of the symbol.
        is_area: Whether it stands for an area, on a plate.
    """
    line = Primitive(shape="outline", name="kind", at=(radius,), fill="kind", halo=3.0)
    if status.hollow:
        line = replace(line, fill="paper", stroke="kind", width=2.0, halo=5.0)
    # Where a kind has a letter; most have none, and then nothing is drawn.
    own = Primitive(
        shape="letter",
        name="kind",
        at=(0.0, 0.5, round(_LETTER * radius, 2)),
        fill="kind" if status.hollow else "paper",
    )
    found = [*([_plate(radius + _PLATE)] if is_area else []), line, own]
    if status.mark:
        beside, above = (7.0, 2.0) if is_area else (4.5, -1.5)
        at = (radius + beside, -radius - above, 12.0)
        found.append(Primitive(shape="letter", name=status.mark, at=at, fill="ink", halo=3.0))
    return tuple(found)


def _plate(side: float) -> Primitive:
    return Primitive(
        shape="box",
        at=(-side, -side, side, side, 3.0),
        fill="paper",
        fill_alpha=0.88,
        stroke="ring",
        width=1.0,
        dash=DOTS,
        is_round=True,
    )


def _disc(
    radius: float, *, is_area: bool = False, words: str = "7", height: float = 0.0
) -> tuple[Primitive, ...]:
    """Return a sample of a disc: seven incidents of three kinds, and its number so high."""
    first, second = round(3 / 7, 4), round(5 / 7, 4)
    shares = ((0, 0.0, first), (1, first, second), (3, second, 1.0))
    rim = [
        Primitive(shape="sector", at=(radius, start, end), fill=f"kind{kind}")
        for kind, start, end in shares
    ]
    middle = Primitive(shape="circle", at=(0.0, 0.0, radius - SIZES["rim"]), fill="paper")
    around = Primitive(
        shape="circle",
        at=(0.0, 0.0, radius + SIZES["area_rim"]),
        stroke="ring",
        width=1.2,
        dash=DOTS,
        is_round=True,
    )
    at = (0.0, 0.0, height or radius + 1.5)
    number = Primitive(shape="letter", name=words, at=at, fill="ink")
    return (*rim, middle, *([around] if is_area else []), number)


def area_look(form: str) -> tuple[Primitive, ...]:
    """Return the look of a base area, `hatch` still open: its ground, if any, lines and outline.

    Args:
        form: `hatch`, `faded` for one not certain for the period, `edge` for a wide one, anything
            else where its group is not asked for: the outline alone.
    """
    if form == "hatch":
        return _GROUND, _LINES, _OUTLINE
    if form == "edge":
        return replace(_LINES, at=(*FIELD, BAND), stroke_alpha=0.6), _THIN
    if form == "faded":
        return (
            replace(_GROUND, fill_alpha=0.03),
            replace(_LINES, stroke_alpha=0.4, width=0.75),
            # Next to no dash and a gap: with round ends these are dots.
            replace(_OUTLINE, width=1.8, dash=(0.1, 4.0), is_round=True),
        )
    return (_THIN,)


def band_of(width: float = 4.0) -> Primitive:
    """Return the band inside the line of an area that was held."""
    left, top, right, bottom = FIELD
    half = width / 2
    at = (left + half, top + half, right - half, bottom - half, 0.0)
    return Primitive(shape="box", at=at, stroke="hatch", stroke_alpha=0.4, width=width)


def _mark_of(standing: Standing) -> Primitive | None:
    """Return what stands in an area, around 0, 0."""
    if not standing.mark:
        return None
    at = (_MARK_RADIUS,)
    return Primitive(shape="outline", name=standing.mark, at=at, fill="hatch", halo=3.0)


def _standing(standing: Standing, _: Status) -> tuple[Primitive, ...]:
    mark = _mark_of(standing)
    band = [band_of()] if standing.has_band else []
    return (*band, *area_look("presence"), *([mark] if mark else []))


def _province() -> tuple[Primitive, ...]:
    ground = Primitive(
        shape="box",
        at=(-15.5, -12.0, 15.5, 12.0, 0.0),
        fill="tint",
        fill_alpha=0.25,
        stroke="ring",
        width=1.2,
    )
    return ground, *symbol(STATUSES[0], 5.0, is_area=True)


def _border() -> tuple[Primitive, ...]:
    way = [
        round(part, 2)
        for step in range(21)
        for part in ((step / 10 - 1) * 15, 4.2 * math.sin(step / 3.4))
    ]
    return (Primitive(shape="line", at=tuple(way), stroke="disputed", width=1.6, dash=(5.0, 3.5)),)


# The icon of each form with `kind` and `hatch` still open; a new form needs one here.
_RECIPES: Final[Mapping[Form, Callable[[Status], tuple[Primitive, ...]]]] = {
    "symbol": lambda _: symbol(STATUSES[0], SIZES["symbol"]),
    "hollow": lambda status: symbol(status, SIZES["symbol"]),
    # A ring keeps clear of its symbol, which is smaller here so that the icon is no higher.
    "ring": lambda _: (RING, *symbol(STATUSES[0], 7.2)),
    "assumed": lambda _: (ASSUMED, *symbol(STATUSES[0], 7.2)),
    "province": lambda _: _province(),
    "discs": lambda _: _disc(12.5),
    "bounds": lambda _: _disc(12.5, words="5–7", height=7.5),
    "areadisc": lambda _: _disc(10.0, is_area=True),
    "hatch": lambda _: area_look("hatch"),
    "edge": lambda _: area_look("edge"),
    **{one.id: partial(_standing, one) for one in STANDINGS},
    "lost": lambda _: (*area_look("presence"), STRIKE),
    "faded": lambda _: area_look("faded"),
    "border": lambda _: _border(),
}


def drawn_symbol(kind: int, status: int, *, is_area: bool = False) -> tuple[Primitive, ...]:
    """Return the symbol of an incident on a map, in the colours of light paper.

    Args:
        kind: Index into `style.DRAWN`.
        status: Index into `style.STATUSES`.
        is_area: Whether it stands for an area, small on a plate.
    """
    radius = SIZES["area"] if is_area else SIZES["symbol"]
    recipe = symbol(STATUSES[status], radius, is_area=is_area)
    return _of_kind(recipe, kind)


def drawn_mark(standing: int, hatch: int) -> tuple[Primitive, ...]:
    """Return what stands in a base area, in the colours of light paper; nothing for most.

    Args:
        standing: Index into `standings.STANDINGS`.
        hatch: Index into `style.HATCHES`.
    """
    mark = _mark_of(STANDINGS[standing])
    return (_resolved(mark, 0, hatch),) if mark else ()


def icon(entry: LegendEntry) -> tuple[Primitive, ...]:
    """Return the icon of a line of a legend, in the colours of light paper."""
    if entry.circles:
        raise ValueError(f"circles must be asked for from size_circles, got {entry.form}")
    return _of_kind(_RECIPES[entry.form](STATUSES[entry.status]), entry.kind, entry.hatch)


def size_circles(
    circles: tuple[tuple[int, float], ...], *, point: float
) -> tuple[tuple[Primitive, ...], float]:
    """Return circles as large as discs on a map, with their numbers, and how wide they are.

    They stand on one line side by side, from 0 to the right, their lowest points at 0.

    Args:
        circles: Numbers and radii, in the unit of the pen.
        point: A typographic point in that unit.
    """
    found, x = [], 0.0
    for count, radius in circles:
        at = (x + radius, -radius)
        found.append(
            Primitive(shape="circle", at=(*at, radius), fill="paper", stroke="ring", width=point)
        )
        words = short_count(count, count)
        height = min(8.0 * point, max(5.0 * point, 3.0 * radius / len(words)))
        found.append(Primitive(shape="letter", name=words, at=(*at, height), fill="ink"))
        x += 2 * radius + 3 * point
    return tuple(_resolved(one, 0, 0) for one in found), x


def _of_kind(recipe: Iterable[Primitive], kind: int, hatch: int = 0) -> tuple[Primitive, ...]:
    found = (_resolved(one, kind, hatch) for one in recipe)
    return tuple(one for one in found if one.shape != "letter" or one.name)


def _resolved(one: Primitive, kind: int, hatch: int) -> Primitive:
    name = one.name
    if name == "kind":
        name = DRAWN[kind].letter if one.shape == "letter" else DRAWN[kind].shape
    if name.isdigit():
        name = short_count(int(name), int(name))
    if one.shape == "hatch":
        name = str(hatch % len(HATCHES))
    return replace(
        one, name=name, fill=_color(one.fill, kind, hatch), stroke=_color(one.stroke, kind, hatch)
    )


def _color(role: str, kind: int, hatch: int) -> str:
    if not role:
        return ""
    if role == "hatch":
        return HATCHES[hatch % len(HATCHES)].color.light
    if role.startswith("kind"):
        number = role.removeprefix("kind")
        # The rim of a sample is of types that stand for themselves where the sample is of one.
        first = len(KINDS) if kind >= len(KINDS) else 0
        return DRAWN[first + int(number) if number else kind].color.light
    return PALETTE[role].light


def icons_to_json() -> dict[str, Any]:
    """Return the icons as plain values, a list of primitives a form.

    `kind` and `hatch` are still open in them. Hollow ones are as the symbols of the map.
    """
    return {
        form: plain(recipe(STATUSES[0])) for form, recipe in _RECIPES.items() if form != "hollow"
    }


def symbols_to_json() -> list[dict[str, Any]]:
    """Return the symbols of the map as plain values, for each status at a place and on a plate."""
    return [
        {
            "place": plain(symbol(status, SIZES["symbol"])),
            "area": plain(symbol(status, SIZES["area"], is_area=True)),
        }
        for status in STATUSES
    ]
