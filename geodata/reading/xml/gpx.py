"""GPX as a sheet: a waypoint, a route or a track is a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import shapely
from shapely.errors import ShapelyError

from geodata.reading.sheet import BadRow, Refused, Row, Sheet
from geodata.reading.source import Source
from geodata.reading.values import Columns, damaged_in, longest
from geodata.reading.xml.markup import elements, local, text_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["open_gpx"]

_KINDS = {"wpt": "waypoint", "rte": "route", "trk": "track"}
_POINTS = ("rtept", "trkpt")


def open_gpx(source: Source) -> list[Sheet]:
    """Return what a GPX file holds.

    Args:
        source: The file.

    Raises:
        Refused: If it holds nothing, or is no well-formed XML.
    """
    columns, count = Columns(["kind"]), 0
    for texts, _ in _things(source):
        columns.add(texts)
        count += 1
    if not count:
        raise Refused(f"{source.name} is a GPX without waypoints, routes and tracks")
    skipped: Counter[str] = Counter()

    def rows() -> Iterator[Row | BadRow]:
        skipped.clear()
        for number, (texts, shape) in enumerate(_things(source), start=1):
            if longest(texts.values()) > source.limits.cell:
                yield BadRow(number, number, "cell_too_long", str(texts)[:500])
            else:
                cells = columns.cells(texts)
                yield Row(number, number, cells, shape, damaged_in(cells))

    return [
        Sheet(
            source.member,
            tuple(columns.names),
            has_geometry=True,
            rows=rows,
            form="GPX",
            skipped=skipped,
        )
    ]


def _things(source: Source) -> Iterator[tuple[dict[str, str], BaseGeometry | None]]:
    line: list[list[tuple[float, float]]] = [[]]
    moments: list[str] = []
    for _, element in elements(source, ("end",)):
        kind = local(element.tag)
        if kind in _POINTS:
            if (pair := _pair(element)) is not None:
                line[-1].append(pair)
            # Of a long track no more than the first and the last are kept.
            moments = _ends(
                (*moments, *(text_of(one) for one in element if local(one.tag) == "time"))
            )
            element.clear()
        elif kind == "trkseg":
            line.append([])
            element.clear()
        elif kind in _KINDS:
            yield _timed(_texts(element, kind), moments), _shape(element, kind, line)
            line, moments = [[]], []
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)


def _ends(moments: Iterable[str]) -> list[str]:
    """Return the first and the last of some moments, which GPX has in UTC."""
    told = [one for one in moments if one[:4].isdecimal()]
    return [min(told), max(told)] if told else []


def _timed(texts: dict[str, str], moments: Sequence[str]) -> dict[str, str]:
    """Return what a track or route says, with when its points were, if it does not say that."""
    if moments and "time" not in texts and "end" not in texts:
        texts["time"] = moments[0]
        if moments[-1] != moments[0]:
            texts["end"] = moments[-1]
    return texts


def _texts(element: Any, kind: str) -> dict[str, str]:
    texts = {"kind": _KINDS[kind]}
    for one in element.iterdescendants():
        name = local(one.tag)
        if name == "link":
            texts.setdefault("link", one.get("href") or "")
        elif name and not len(one) and name not in (*_POINTS, "trkseg"):
            texts[name if name != "kind" else "kind (2)"] = text_of(one)
    return texts


def _shape(element: Any, kind: str, line: list[list[tuple[float, float]]]) -> BaseGeometry | None:
    try:
        if kind == "wpt":
            pair = _pair(element)
            return shapely.Point(pair) if pair else None
        parts = [one for one in line if len(one) > 1]
        if not parts:
            return None
        return shapely.LineString(parts[0]) if len(parts) == 1 else shapely.MultiLineString(parts)
    except (ValueError, ShapelyError):
        return None


def _pair(element: Any) -> tuple[float, float] | None:
    try:
        return float(element.get("lon")), float(element.get("lat"))
    except (TypeError, ValueError):
        return None
