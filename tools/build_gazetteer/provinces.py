"""Circles around provinces, from Natural Earth's admin-1 layer."""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterator
from typing import Any

import shapely
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry
from sources import FOCUS, folded

# The layer calls these by their old parents' names.
RENAMED = {
    "AF.41": ("Daykundi", ["Daikondi", "Day Kundi", "Дайкунди", "دایکندی"]),
    "AF.42": ("Panjshir", ["Panjsher", "Panjshir Valley", "Панджшер", "پنجشیر"]),
    "TJ.03": ("Sughd", ["Sogd", "Soghd", "Leninabad", "Суғд", "Согдийская область", "سغد"]),
    "TJ.RR": (
        "Districts of Republican Subordination",
        [
            "DRS",
            "Nohiyahoi Tobei Jumhuri",
            "Ноҳияҳои тобеи ҷумҳурӣ",
            "Районы республиканского подчинения",
        ],
    ),
}
MORE_NAMES = {
    "AF.31": ["Jawzjan", "Jouzjan"],
    "AF.33": ["Sar-i-Pul", "Saripul", "سرپل"],
    "PK.02": ["Baluchistan"],
    "PK.03": ["KP", "KPK", "North-West Frontier Province", "NWFP"],
    "TJ.01": ["GBAO", "Kuhistoni Badakhshon", "Кӯҳистони Бадахшон", "Gorny Badakhshan"],
    "TJ.02": ["Хатлон"],
    "UZ.05": ["Khorezm", "Khwarazm"],
    "UZ.08": ["Kashkadarya", "Kashka-Darya"],
    "UZ.12": ["Surkhandaryo", "Surkhan-Darya", "Сурхондарё"],
}
# Units that are one city each are towns to the gazetteer.
CITIES = {"KG.01", "KZ.02", "KZ.05", "TJ.7280679", "UZ.13"}
# Merged into its neighbour in 2018.
MERGED = {"PK.01": "PK.03"}
# Not `name_alt`: it mixes in neighbours and seats ("Paktya" for Paktika, "Mazar" for Balkh),
# and not `name_local`, which is empty or wrong.
NAME_FIELDS = (
    "name",
    "gn_name",
    "name_ru",
    "name_fa",
    "name_ar",
    "name_ur",
)
_KM_PER_DEGREE = 111.195
_LISTED = re.compile(r"[|,،]")


def province_rows(
    layer: dict[str, Any], seats: Container[tuple[str, str]]
) -> Iterator[dict[str, object]]:
    """Yield one row a province: names, centre and the radius of the circle that holds it all.

    Args:
        layer: Natural Earth's 10m admin-1 layer as a GeoJSON FeatureCollection.
        seats: Country and folded name of every capital and seat of a province.
    """
    shapes: dict[str, list[BaseGeometry]] = {}
    properties: dict[str, dict[str, Any]] = {}
    for feature in layer["features"]:
        code = str(feature["properties"].get("gn_a1_code") or "")
        if code[:2] not in FOCUS or code in CITIES:
            continue
        target = MERGED.get(code, code)
        shapes.setdefault(target, []).append(shapely.geometry.shape(feature["geometry"]))
        if code not in MERGED:
            properties[code] = feature["properties"]
    for code in sorted(properties):
        names = _names(code, properties[code])
        namesake = any((code[:2], folded(text)) in seats for text in (names[0], *names[1]))
        shape = shapely.union_all(shapes[code])
        yield {**_row(code, names, shape), "named_after_seat": namesake}


def _row(code: str, names: tuple[str, list[str]], shape: BaseGeometry) -> dict[str, object]:
    name, alternate_names = names
    lon, lat, radius_km = _circle(shape)
    return {
        "id": code,
        "name": name,
        "alternate_names": alternate_names,
        "country": code[:2],
        "admin1": code[3:],
        "lon": lon,
        "lat": lat,
        "precision": "province",
        "radius_km": radius_km,
        "basis": "Circle around the province's outline (Natural Earth, 1:10m).",
        "note": "",
    }


def _names(code: str, properties: dict[str, Any]) -> tuple[str, list[str]]:
    if code in RENAMED:
        return RENAMED[code]
    name = str(properties["name_en"] or properties["name"])
    found = [part.strip() for field in NAME_FIELDS for part in _LISTED.split(properties[field])]
    unique = dict.fromkeys([*MORE_NAMES.get(code, []), *found])
    return name, [text for text in unique if text and text != name]


def _circle(shape: BaseGeometry) -> tuple[float, float, int]:
    """Return lon, lat and radius in whole km of a circle that holds the shape.

    The centre is that of the smallest circle on a local plane; the radius is measured on the
    sphere and given 2 % for the outline's generalisation.
    """
    middle = (shape.bounds[1] + shape.bounds[3]) / 2
    shrink = math.cos(math.radians(middle))
    plane = scale(shape, xfact=shrink, yfact=1, origin=(0, 0))
    centre = shapely.minimum_bounding_circle(plane).centroid
    lon, lat = round(centre.x / shrink, 4), round(centre.y, 4)
    far = max(_distance_km(lon, lat, x, y) for x, y in shapely.get_coordinates(shape))
    return lon, lat, math.ceil(far * 1.02)


def _distance_km(lon: float, lat: float, lon_2: float, lat_2: float) -> float:
    phi, phi_2 = math.radians(lat), math.radians(lat_2)
    half = math.sin((phi_2 - phi) / 2) ** 2 + (
        math.cos(phi) * math.cos(phi_2) * math.sin(math.radians(lon_2 - lon) / 2) ** 2
    )
    return 2 * math.degrees(math.asin(math.sqrt(half))) * _KM_PER_DEGREE
