"""Parts of figures for their tests: places, a view, and a canvas that remembers what was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from mapview.briefing.figure.paper.canvas import Canvas
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.places import AreaPlace, IncidentPlace
from mapview.briefing.figure.scene.projection import fit_view
from mapview.briefing.figure.scene.view import View
from mapview.briefing.figure.sizes import Size

KABUL = (69.17, 34.53)
FRAME = Rect(10.0, 20.0, 210.0, 150.0)

_INCIDENT = IncidentPlace(
    id="a", lon=KABUL[0], lat=KABUL[1], kind=0, status=0, form="point", radius_km=5, province="",
    name="Kabul", country="AF", date="2020", killed=0, is_certain=True,
)  # fmt: skip
_AREA = AreaPlace(
    id="area", group="g", label="G", hatch=0, standing=3, is_faded=False, has_ended=False,
    lon=KABUL[0], lat=KABUL[1], radius_km=40, province="",
)  # fmt: skip


def incident(at: tuple[float, float] = KABUL, **values: Any) -> IncidentPlace:
    """Return a place of an incident in Kabul, or with other values."""
    return replace(_INCIDENT, lon=at[0], lat=at[1], **values)


def area(at: tuple[float, float] = KABUL, **values: Any) -> AreaPlace:
    """Return a base area in Kabul, or with other values."""
    return replace(_AREA, lon=at[0], lat=at[1], **values)


def view_of(*places: tuple[float, float], around_km: float = 300, frame: Rect = FRAME) -> View:
    """Return a view of so much around some places, or around Kabul."""
    return fit_view([(*at, around_km) for at in places or (KABUL,)], frame)


@dataclass
class Drawn:
    """A shape that was drawn, and how."""

    shape: BaseGeometry
    how: dict[str, Any] = field(default_factory=dict)


class Pen(Canvas):
    """A canvas that remembers what was drawn on it.

    Attributes:
        drawn: Shapes, in order.
        texts: Words and where they stand, in order.
        haloed: Words that have a halo.
    """

    def __init__(self, kind: str = "svg") -> None:
        super().__init__(Size(297, 210, 72), kind)
        self.drawn: list[Drawn] = []
        self.texts: list[tuple[str, tuple[float, float]]] = []
        self.haloed: list[str] = []

    def shape(self, geometry: BaseGeometry | Sequence[BaseGeometry], **how: Any) -> None:
        super().shape(geometry, **how)
        whole = geometry if isinstance(geometry, BaseGeometry) else shapely.union_all(geometry)
        if not whole.is_empty:
            self.drawn.append(Drawn(whole, how))

    def text(self, at: tuple[float, float], words: str, *args: Any, **how: Any) -> None:
        super().text(at, words, *args, **how)
        self.texts.append((words, at))
        self.haloed += [words] if how.get("halo") else []

    @property
    def words(self) -> list[str]:
        """All that was written."""
        return [words for words, _ in self.texts]

    def lines(self, color: str) -> list[Drawn]:
        """Return what was drawn with a line of a colour."""
        return [one for one in self.drawn if one.how.get("line") == color]
