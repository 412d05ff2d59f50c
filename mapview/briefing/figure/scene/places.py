"""Places of incidents and base areas as plain values: all that a figure may draw on the ground."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["AreaPlace", "IncidentPlace"]


@dataclass(frozen=True)
class IncidentPlace:
    """One place of one incident.

    Attributes:
        id: Id of the incident.
        lon: Longitude in degrees.
        lat: Latitude in degrees.
        kind: Index into `DRAWN`.
        status: Index into `STATUSES`.
        form: How its precision is drawn: point, ring or province.
        radius_km: How far off it may be.
        province: GeoNames code of its province, if known.
        name: Of the place; may be empty.
        country: ISO code of its country.
        date: EDTF date.
        killed: Highest number of dead given; 0 for none.
        is_certain: Whether it certainly fits what was asked for.
        is_focus: Whether it is in focus: in one colour, while all else is grey.
        says: Lines of its call-out; none where it has no such box.
        is_asked: Whether somebody asked for its call-out, which must stand then, if need be where
            only its line tells what it belongs to.
    """

    id: str
    lon: float
    lat: float
    kind: int
    status: int
    form: str
    radius_km: float
    province: str
    name: str
    country: str
    date: str
    killed: int
    is_certain: bool
    is_focus: bool = False
    says: tuple[str, ...] = ()
    is_asked: bool = False

    @property
    def is_alone(self) -> bool:
        """Whether it is drawn for itself, never within a disc of several."""
        return self.is_focus or bool(self.says)


@dataclass(frozen=True)
class AreaPlace:
    """A base area that can be drawn.

    Attributes:
        id: Its id.
        group: Id of its group.
        label: Shortest usual name of its group.
        hatch: Index into `HATCHES`.
        standing: Index into `STANDINGS`.
        is_faded: Whether it does not certainly reach into the period.
        has_ended: Whether it was lost or given up by the end of the period.
        lon: Longitude of a point in it.
        lat: Latitude of that point.
        radius_km: Radius of the circle that it is drawn as.
        province: GeoNames code, if it is drawn as its province.
    """

    id: str
    group: str
    label: str
    hatch: int
    standing: int
    is_faded: bool
    has_ended: bool
    lon: float
    lat: float
    radius_km: float
    province: str
