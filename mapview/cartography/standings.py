"""What a base area was to its group, and how that is drawn: by form, so that hues are free.

An area has the pattern of its group where it is hatched; a line around it says that it was there,
a band inside that line that it was held, a flag or a tent what stood there, and a stroke through it
that it was lost or given up.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal

from geodata.records import AreaKind
from mapview.cartography.primitives import BAND, FIELD, Primitive

__all__ = [
    "STANDINGS",
    "STRIKE",
    "Standing",
    "area_look",
    "band_of",
    "mark_of",
    "standing_of",
    "to_json",
]

StandingName = Literal["headquarters", "camp", "control", "presence"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What some kinds of base areas have in common on a map.

    Attributes:
        id: Stable name, which is that of its form in legends.
        kinds: The kinds of areas.
        mark: Outline of what stands in the area; empty for nothing.
        has_band: Whether a band inside its line says that the area was held.
    """

    id: StandingName
    kinds: tuple[AreaKind, ...]
    mark: str = ""
    has_band: bool = False


STANDINGS: Final[tuple[Standing, ...]] = (
    Standing("headquarters", (AreaKind.HEADQUARTERS,), mark="flag"),
    Standing(
        "camp",
        (AreaKind.TRAINING_CAMP, AreaKind.CAMP, AreaKind.STAGING_AREA, AreaKind.LOGISTICS),
        mark="tent",
    ),
    Standing("control", (AreaKind.TERRITORIAL_CONTROL, AreaKind.STRONGHOLD), has_band=True),
    Standing(
        "presence",
        (AreaKind.REPORTED_PRESENCE, AreaKind.AREA_OF_OPERATION, AreaKind.RECRUITMENT_AREA),
    ),
)
_INDEX: Final = {kind: at for at, standing in enumerate(STANDINGS) for kind in standing.kinds}

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


def standing_of(kind: AreaKind | str) -> int:
    """Return an index into `STANDINGS` for a kind of base area.

    Example:
        >>> STANDINGS[standing_of("stronghold")].id
        'control'
    """
    return _INDEX[AreaKind(kind)]


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


def mark_of(standing: Standing) -> Primitive | None:
    """Return what stands in an area, around 0, 0."""
    if not standing.mark:
        return None
    at = (_MARK_RADIUS,)
    return Primitive(shape="outline", name=standing.mark, at=at, fill="hatch", halo=3.0)


def to_json() -> list[dict[str, Any]]:
    """Return the standings as plain values."""
    return [asdict(one) | {"kinds": [str(kind) for kind in one.kinds]} for one in STANDINGS]
