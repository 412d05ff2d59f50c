"""KML as a sheet: a placemark is a row, the folders that it lies in are a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import shapely
from shapely.errors import ShapelyError

from geodata.errors import told
from geodata.reading.sheet import BadRow, Refused, Row, Sheet
from geodata.reading.source import Source
from geodata.reading.values import Columns, damaged_in, longest
from geodata.reading.xml.markup import Malformed, elements, local, text_of
from geodata.reading.xml.pieces import pieces_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["open_kml"]

_FOLDERS = ("Folder", "Document")
_TIMES = {"when": "when", "begin": "begin", "end": "end"}
_TEXTS = {
    "name", "description", "address", "phoneNumber", "Snippet", "snippet", "styleUrl", "visibility",
}  # fmt: skip
_FIRST = ("name", "description", "folder", "when", "begin", "end")
_AS_WRITTEN = "geometry as written"
_LEVELS = 200
_TOLD = 500


@dataclass
class _Mark:
    """What a placemark holds.

    Attributes:
        texts: Its texts by name.
        shape: Where it is.
        line: Where it begins, if that is known.
    """

    texts: dict[str, str] = field(default_factory=dict)
    shape: BaseGeometry | None = None
    line: int = 0


_PICTURES = ("GroundOverlay", "PhotoOverlay")
_MOST_NAMED = 3
_ASIDE = ("Style", "StyleMap", "Schema", *_PICTURES)


def open_kml(source: Source, form: str = "KML") -> list[Sheet]:
    """Return the placemarks of a KML file.

    Args:
        source: The file.
        form: What it is, for people.

    Raises:
        Refused: If it has none, is no well-formed XML, or only links to what would have to be
            fetched.
    """
    links: list[str] = []
    pictures: list[str] = []
    beside: dict[str, list[str]] = {}
    try:
        found = _sheet(source, form, links, partial(_marks, source, links, pictures, beside))
        return [replace(found, beside=beside, notes=(*found.notes, *_told(pictures)))]
    except Malformed as error:
        damage = f"{error}; each placemark was read by itself"
        try:
            found = _sheet(source, f"{form}, damaged", [], partial(_marks_by_themselves, source))
        except Refused:
            raise error from None
        return [replace(found, notes=(damage,))]


def _sheet(
    source: Source, form: str, links: list[str], read: Callable[[], Iterator[_Mark | BadRow]]
) -> Sheet:
    columns, count, has_geometry = Columns(), 0, False
    for mark in read():
        if isinstance(mark, BadRow):
            continue
        columns.add(mark.texts)
        has_geometry = has_geometry or mark.shape is not None
        count += 1
        if len(columns) > source.limits.columns:
            most = source.limits.columns
            raise Refused(f"{source.name} has placemarks of more than {most:,} names in all")
    if not count and links:
        raise Refused(
            f"{source.name} is a KML that only links to data elsewhere (NetworkLink to "
            f"{links[0][:200] or 'nowhere'}); links are not followed, so save that file and open it"
        )
    if not count:
        raise Refused(f"{source.name} is a KML without any placemark")
    found = set(columns.names)
    ordered = Columns(one for one in _FIRST if one in found)
    ordered.add(columns.names)
    skipped: Counter[str] = Counter()

    def rows() -> Iterator[Row | BadRow]:
        skipped.clear()
        for number, mark in enumerate(read(), start=1):
            if isinstance(mark, BadRow):
                yield mark
                continue
            if longest(mark.texts.values()) > source.limits.cell:
                text = str(mark.texts)[:_TOLD]
                yield BadRow(number, mark.line or number, "cell_too_long", text)
                continue
            cells = ordered.cells(mark.texts)
            yield Row(number, mark.line or number, cells, mark.shape, damaged_in(cells))

    notes = tuple(f"a link to {one[:200]}, which is not followed" for one in links[:20])
    name = source.member
    return Sheet(name, tuple(ordered.names), has_geometry, rows, form, skipped, notes)


def _told(pictures: Sequence[str]) -> tuple[str, ...]:
    """Return one note of all pictures, so that others are not lost behind it."""
    names = [told(one) for one in pictures if one][:_MOST_NAMED]
    if len(pictures) < 2:  # noqa: PLR2004 - one alone
        what = "a picture laid over the map"
        what = f"{names[0]}, {what}," if names else what
        return (f"{what} is not read",) if pictures else ()
    such = f", such as {', '.join(names)}" if names else ""
    return (f"{len(pictures):,} pictures laid over the map are not read{such}",)


def _marks_by_themselves(source: Source) -> Iterator[_Mark | BadRow]:
    for piece in pieces_of(source):
        if isinstance(piece, BadRow):
            yield piece
        else:
            mark = _mark(piece.element, piece.folders)
            mark.line = piece.line
            yield mark


def _marks(
    source: Source, links: list[str], pictures: list[str], beside: dict[str, list[str]]
) -> Iterator[_Mark | BadRow]:
    links.clear()
    pictures.clear()
    beside.clear()
    folders: list[Any] = []
    for event, element in elements(source, ("start", "end")):
        kind = local(element.tag)
        if event == "start":
            if kind in _FOLDERS:
                folders.append(element)
        elif kind in _FOLDERS:
            folders.pop()
            _forget(element)
        elif kind == "Placemark":
            names = [_folder_name(one) for one in folders if local(one.tag) == "Folder"]
            yield _mark(element, names)
            _forget(element)
        elif kind == "NetworkLink":
            links.append(_link(element))
            _forget(element)
        elif kind == "ExtendedData" and local(element.getparent().tag) == "Document":
            for name, text in _data(element):
                beside.setdefault(name, []).append(text)
            _forget(element)
        elif kind in _ASIDE:
            pictures += [_folder_name(element)[:100]] if kind in _PICTURES else []
            _forget(element)


def _forget(element: Any) -> None:
    """Let go of an element that is done with."""
    parent = element.getparent()
    if parent is not None:
        element.clear()
        parent.remove(element)


def _link(element: Any) -> str:
    return next((text_of(one) for one in element.iter() if local(one.tag) == "href"), "")


def _folder_name(folder: Any) -> str:
    return next((text_of(one) for one in folder if local(one.tag) == "name"), "")


def _mark(element: Any, path: Sequence[str]) -> _Mark:
    mark = _Mark()
    data: dict[str, str] = {}
    for child in element:
        kind = local(child.tag)
        if kind in _TEXTS:
            mark.texts[kind] = text_of(child)
        elif kind in ("TimeStamp", "TimeSpan"):
            mark.texts |= _times(child)
        elif kind == "ExtendedData":
            _extended(child, data)
        else:
            if kind == "Track":
                _track_times(child, mark)
            _geometry(child, mark)
    if any(path):
        mark.texts["folder"] = " / ".join(one for one in path if one)
    if identifier := element.get("id"):
        mark.texts["id"] = identifier
    for name, text in data.items():
        mark.texts[_free(name, mark.texts)] = text
    return mark


def _times(element: Any) -> dict[str, str]:
    """Return what a moment or a period says; one with one end has no other, as EDTF writes it."""
    found = {local(one.tag): text_of(one) for one in element if local(one.tag) in _TIMES}
    told = {name: text for name, text in found.items() if text}
    if list(told) == ["begin"]:
        return {"begin": f"{told['begin']}/.."}
    return {"begin": f"../{told['end']}"} if list(told) == ["end"] else found


def _track_times(element: Any, mark: _Mark) -> None:
    """Take the first and the last moment of a track."""
    moments = [text_of(one) for one in element if local(one.tag) == "when"]
    if moments:
        mark.texts |= {"begin": moments[0], "end": moments[-1]}


def _free(name: str, taken: Mapping[str, str]) -> str:
    """Return a name that a placemark has not used; its own elements have their names first."""
    own = {*_FIRST, "id", "address", _AS_WRITTEN}
    if name not in taken and name not in own:
        return name
    count = 2
    while f"{name} ({count})" in taken:
        count += 1
    return f"{name} ({count})"


def _extended(element: Any, data: dict[str, str]) -> None:
    for named, text in _data(element):
        name = named or f"data {len(data) + 1}"
        data[_free(name, data) if name in data else name] = text


def _data(element: Any) -> Iterator[tuple[str, str]]:
    for one in element.iter():
        kind = local(one.tag)
        if kind in ("Data", "SimpleData"):
            values = [text_of(part) for part in one if local(part.tag) == "value"]
            text = (values[0] if values else "") if kind == "Data" else text_of(one)
            yield " ".join((one.get("name") or "").split()), text


def _geometry(element: Any, mark: _Mark) -> None:
    try:
        found = _shape(element, _LEVELS)
    except (ValueError, ShapelyError):
        mark.texts[_AS_WRITTEN] = text_of(element)[:_TOLD]
        return
    if found is not None and not found.is_empty:
        mark.shape = found


def _shape(element: Any, levels: int) -> BaseGeometry | None:
    kind = local(element.tag)
    if kind == "Point":
        pairs = _coordinates(element)
        return shapely.Point(pairs[0]) if pairs else None
    if kind in ("LineString", "LinearRing"):
        pairs = _coordinates(element)
        return shapely.LineString(pairs) if pairs else None
    if kind == "Polygon":
        return _polygon(element)
    if kind == "Track":
        pairs = [_pair(text_of(one), None) for one in element if local(one.tag) == "coord"]
        return shapely.LineString(pairs) if len(pairs) > 1 else shapely.MultiPoint(pairs)
    if kind in ("MultiGeometry", "MultiTrack") and levels:
        parts = [_shape(one, levels - 1) for one in element]
        kept = [one for one in parts if one is not None]
        return kept[0] if len(kept) == 1 else shapely.GeometryCollection(kept)
    return None


def _polygon(element: Any) -> BaseGeometry | None:
    rings: dict[str, list[list[tuple[float, float]]]] = {"outer": [], "inner": []}
    for one in element:
        for side in rings:
            if local(one.tag) == f"{side}BoundaryIs":
                rings[side] += [
                    _coordinates(ring) for ring in one if local(ring.tag) == "LinearRing"
                ]
    if not rings["outer"] or not rings["outer"][0]:
        return None
    return shapely.Polygon(rings["outer"][0], [one for one in rings["inner"] if one])


def _coordinates(element: Any) -> list[tuple[float, float]]:
    texts = [text_of(one) for one in element if local(one.tag) == "coordinates"]
    text = texts[0] if texts else ""
    # Written by hand there are blanks behind the commas too.
    if ", " in text:
        text = text.replace(", ", ",")
    return [_pair(one, ",") for one in text.split()]


def _pair(text: str, separator: str | None) -> tuple[float, float]:
    lon, lat = text.split(separator)[:2]
    return float(lon), float(lat)
