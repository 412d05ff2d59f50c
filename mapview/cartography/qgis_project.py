"""A project of QGIS (QGS) over GeoPackages beside it: layers, looks, time, ground, extent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import shapely
from lxml import etree
from lxml.builder import E
from shapely.geometry import shape

from geodata.formats.geopackage import write_shapes
from geodata.queries import WORLD, Bounds, extent_of
from geodata.records import BASE_AREA, Records
from mapview.cartography.qgis import SEA, ground_styles, held, qgis_styles
from mapview.cartography.topology import province_lines, world

__all__ = ["QgisFiles", "ground_package", "qgis_project"]

_VERSION = "3.22.0"
_EPSG = "4326"
_TABLE = "NoGeometry"
_GEOMETRIES = {
    "MultiPoint": "Point", "MultiPolygon": "Polygon", "MultiLineString": "Line",
    _TABLE: "No geometry",
}  # fmt: skip
_IS_AREA = f"\"record_kind\" = '{BASE_AREA}'"


@dataclass(frozen=True)
class _Layer:
    """A layer: what it is called, its geometry, its table, and which rows of it."""

    title: str
    geometry: str
    table: str
    rows: str = ""


# From above to below: points hide no area, and areas hide no border.
_MAP = {
    "incidents": _Layer("Incidents", "MultiPoint", "incidents"),
    "footprints": _Layer(
        "Where they were, as far as known", "MultiPolygon", "footprints", f"NOT ({_IS_AREA})"
    ),
}
_AREAS = {
    "base_areas": _Layer("Base areas", "Point", "base_areas"),
    "area_outlines": _Layer("Outlines in sources", "MultiPolygon", "base_area_outlines"),
    "area_footprints": _Layer("Where these were", "MultiPolygon", "footprints", _IS_AREA),
}
_GROUND = {
    "lines": _Layer("Borders", "MultiLineString", "lines"),
    "lakes": _Layer("Lakes", "MultiPolygon", "lakes"),
    "land": _Layer("Land", "MultiPolygon", "land"),
}
_TABLES = {
    "not_placed": _Layer("Not on the map", _TABLE, "not_placed"),
    "claims": _Layer("Claims", _TABLE, "claims"),
    "groups": _Layer("Groups", _TABLE, "groups"),
    "sources": _Layer("Sources", _TABLE, "sources"),
    "relations": _Layer("Relations of groups", _TABLE, "relations"),
    "about": _Layer("About these data", _TABLE, "about"),
}
_LAYERS = {**_MAP, **_AREAS, **_GROUND, **_TABLES}
# QGIS gives a layer another id where its own is not longer than ten letters.
_ID = "mapview_{}"
_NAMED = (*_MAP, *_AREAS, "not_placed")
_CLAIMED = ("incidents", "base_areas", "not_placed")
_SIDES = ("xmin", "ymin", "xmax", "ymax")
_LEAST_DEGREES, _MARGIN = 0.5, 0.1
_YEARS, _MONTHS = 10 * 365, 2 * 365


def ground_package() -> bytes:
    """Return what lies under a map as a GeoPackage: land, lakes, borders, provinces."""
    with TemporaryDirectory(prefix="mapview-") as folder:
        path = Path(folder) / "ground.gpkg"
        _write_ground(path)
        return path.read_bytes()


def _write_ground(path: Path) -> None:
    ground = world()
    lines = {
        "province": province_lines(),
        "border": ground.borders,
        "disputed": ground.disputed,
    }
    many, areas = shapely.MultiLineString, shapely.MultiPolygon
    write_shapes(
        path,
        {
            "land": [("land", _many(areas, one)) for one in ground.land],
            "lakes": [("lake", _many(areas, one)) for one in ground.lakes],
            "lines": [(kind, _many(many, one)) for kind, found in lines.items() for one in found],
        },
    )


def _many(kind: type[Any], one: shapely.Geometry) -> shapely.Geometry:
    return kind(shapely.get_parts(one).tolist())


@dataclass(frozen=True)
class QgisFiles:
    """Names of the GeoPackages of a project, in its own folder.

    Attributes:
        records: That of the records.
        ground: What `ground_package` gave.
    """

    records: str
    ground: str

    def address(self, name: str) -> str:
        """Return where a layer is."""
        layer = _LAYERS[name]
        found = f"./{self.ground if name in _GROUND else self.records}|layername={layer.table}"
        return f"{found}|subset={layer.rows}" if layer.rows else found


def qgis_project(
    records: Records,
    files: QgisFiles,
    *,
    title: str,
    description: str,
    extent: Bounds | None = None,
    own: Sequence[str] = (),
) -> bytes:
    """Return a project that QGIS opens, from version 3.22 on.

    Args:
        records: What is in the GeoPackage.
        files: What the GeoPackages are called.
        title: What the project is called.
        description: What it says of itself.
        extent: What it shows at first; by default where most places are.
        own: As for `qgis_styles`.
    """
    styles = {**qgis_styles(own), **ground_styles()}
    has_outlines = any(one["type"] != "Point" for one in _areas(records))
    names = [one for one in _LAYERS if one != "area_outlines" or has_outlines]
    title = held(title)
    bounds = extent or _bounds(records)
    project = E.qgis(
        E.title(title),
        E.projectCrs(_reference()),
        _tree(names, files, are_areas_drawn=not records.incidents),
        _relations(),
        E.projectlayers(*(_layer(one, files, styles.get(_LAYERS[one].table)) for one in names)),
        E.layerorder(*(E.layer(id=_ID.format(one)) for one in names)),
        _properties(),
        E.projectMetadata(
            E.identifier(), E.language("ENG"), E.type("dataset"), E.title(title),
            E.abstract(held(description)), E.links(),
        ),
        E.ProjectViewSettings(E.Scales(), _extent(bounds)),
        *_times(records),
        # Where a new window looks at first; older versions know no view settings.
        _canvas(bounds),
        projectname=title,
        version=_VERSION,
    )  # fmt: skip
    return bytes(etree.tostring(project, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _areas(records: Records) -> Iterator[Mapping[str, Any]]:
    for one in records.base_areas:
        if one.is_mappable and one.geometry:
            yield one.geometry


def _bounds(records: Records) -> Bounds:
    """Return where most incidents are, with some room around; of no incident, base areas."""
    points = [at for one in records.incidents if one.is_mappable for at in one.points]
    points = points or [
        at for one in _areas(records) for at in shapely.get_coordinates(shape(one)).tolist()
    ]
    found = extent_of(((lon, lat, lon, lat), 1) for lon, lat, *_ in points)
    west, south, east, north = found.near if found else WORLD
    if west > east:  # It goes on across 180°, where a map of QGIS ends.
        west, east = WORLD[0], WORLD[2]
    room = max(_LEAST_DEGREES, _MARGIN * max(east - west, north - south))
    return (west - room, south - room, east + room, north + room)


def _reference() -> Any:
    return E.spatialrefsys(
        E.proj4("+proj=longlat +datum=WGS84 +no_defs"), E.srid(_EPSG), E.authid(f"EPSG:{_EPSG}"),
        E.description("WGS 84"), E.projectionacronym("longlat"), E.ellipsoidacronym("EPSG:7030"),
        E.geographicflag("true"),
    )  # fmt: skip


def _extent(bounds: Bounds) -> Any:
    sides = zip(_SIDES, bounds, strict=True)
    return E.DefaultViewExtent(_reference(), **{side: f"{value:g}" for side, value in sides})


def _canvas(bounds: Bounds) -> Any:
    sides = zip(_SIDES, bounds, strict=True)
    extent = E.extent(*(E(side, f"{value:g}") for side, value in sides))
    return E.mapcanvas(
        E.units("degrees"), extent, E.rotation("0"), E.destinationsrs(_reference()),
        name="theMapCanvas",
    )  # fmt: skip


def _times(records: Records) -> Iterator[Any]:
    """Yield what the temporal controller plays, in steps that make some dozens of it."""
    spans = [one.span for one in records.incidents if one.is_mappable]
    first = min((one.known_start for one in spans if one.known_start), default=None)
    last = max((one.known_end for one in spans if one.known_end), default=None)
    if first is None or last is None:
        return
    days = (last - first).days
    unit = "y" if days > _YEARS else "mon" if days > _MONTHS else "d"
    whole = E.TemporalRange(
        E.start(f"{first.isoformat()}T00:00:00Z"), E.end(f"{last.isoformat()}T23:59:59Z")
    )
    yield E.ProjectTimeSettings(
        whole, timeStep="1", timeStepUnit=unit, frameRate="1", cumulativeTemporalRange="0"
    )


def _properties() -> Any:
    """Return settings: addresses are relative, distances ellipsoidal, and the sea is below all."""
    names = (f"CanvasColor{name}Part" for name in ("Red", "Green", "Blue"))
    colors = (E(name, part, type="int") for name, part in zip(names, SEA.split(","), strict=False))
    return E.properties(
        # Without it the reference system is not read.
        E.SpatialRefSys(E.ProjectionsEnabled("1", type="int")),
        E.Paths(E.Absolute("false", type="bool")),
        E.Measure(E.Ellipsoid("EPSG:7030", type="QString")),
        E.Gui(*colors),
    )


def _tree(names: Sequence[str], files: QgisFiles, *, are_areas_drawn: bool) -> Any:
    """Return what is listed beside the map; base areas would drown incidents, as on our figures."""
    layers = {
        name: E(
            "layer-tree-layer",
            id=_ID.format(name),
            name=_LAYERS[name].title,
            source=files.address(name),
            providerKey="ogr",
            # Legends of dozens of classes would push all others out of sight.
            expanded="1" if name == "incidents" else "0",
            checked="Qt::Checked",
        )
        for name in names
    }
    return E(
        "layer-tree-group",
        *(layers[one] for one in _MAP),
        _group(
            "Base areas", (layers[one] for one in _AREAS if one in layers), is_drawn=are_areas_drawn
        ),
        _group("Ground", (layers[one] for one in _GROUND)),
        _group("Tables", (layers[one] for one in _TABLES)),
    )


def _group(name: str, layers: Iterable[Any], *, is_drawn: bool = True) -> Any:
    checked = "Qt::Checked" if is_drawn else "Qt::Unchecked"
    return E("layer-tree-group", *layers, name=name, expanded="0", checked=checked)


def _relations() -> Any:
    """Return which claims belong to which record, as forms and tables show it."""
    claims = _ID.format("claims")
    return E.relations(
        *(
            E.relation(
                E.fieldRef(referencingField="record_id", referencedField="id"),
                id=f"claims_of_{one}",
                name=f"Claims ({_LAYERS[one].title})",
                referencingLayer=claims,
                referencedLayer=_ID.format(one),
                strength="Association",
            )
            for one in _CLAIMED
        )
    )


def _layer(name: str, files: QgisFiles, style: str | None) -> Any:
    layer = _LAYERS[name]
    looks = {"labelsEnabled": "0", "styleCategories": "AllStyleCategories", "type": "vector"}
    found = E.maplayer(
        E.id(_ID.format(name)),
        E.datasource(files.address(name)),
        E.layername(layer.title),
        E.srs(_reference()),
        E.provider("ogr", encoding="UTF-8"),
        geometry=_GEOMETRIES.get(layer.geometry, layer.geometry),
        wkbType=layer.geometry,
        **looks,
    )
    if style:
        found.extend(etree.fromstring(style))
    if name in _NAMED:
        found.append(E.previewExpression('"record_name"'))
    return found
