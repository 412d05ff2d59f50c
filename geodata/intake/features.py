"""One feature or row of a file, with the names, values and place that a record has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from inspect import unwrap
from types import NoneType
from typing import Any, TypeVar

from geodata.intake.places import POSITION_NAMES, geometry_of, has_height, is_at, position_of
from geodata.intake.values import is_missing, kept_text, text_of, value_of
from geodata.records import BASE_AREA, DERIVED, PARTY_COLUMNS, SYMBOLS, BaseArea, Incident

__all__ = ["FIELDS", "Understood", "field_name", "identifier_of", "own_fields", "understand"]

_T = TypeVar("_T")
_AREA_FIELDS = frozenset(BaseArea.model_fields) - {"id", "geometry"} | {"record_kind"}
_INCIDENT_FIELDS = frozenset(Incident.model_fields) - {"id", "points"}
FIELDS = _AREA_FIELDS | _INCIDENT_FIELDS | {"id"}
# What our files say once more for people, or of themselves, and what databases number rows by.
_SAID_AGAIN = DERIVED | {
    "as_known_on", "as_pushed_at", "claims_text", "sources_text", "record_name", "fid", "ogc_fid",
}  # fmt: skip
_OUR_SYMBOLS = {*SYMBOLS, BASE_AREA}
_ENDS = ("low", "high", "best")
# What only claims give.
_OF_CLAIMS = frozenset(
    {
        "sources",
        "sources_text",
        *(f"{one}_{end}" for one in ("fatalities", "injured", "casualties") for end in _ENDS),
        *(name for names in PARTY_COLUMNS.values() for name in names),
    }
)
_OF_FEATURES = frozenset({"type", "id", "geometry", "properties", "bbox"})
# Files have the same names in each of their features; one with others in each, or with very many,
# does not fill memory.
_NAMES_HELD, _LAYOUTS_HELD, _MOST_HELD_OF_ONE = 4_096, 1_024, 200
_MOST_OF_DAY = 50


@dataclass(frozen=True)
class Understood:
    """What became of a feature.

    Attributes:
        feature: As `from_feature` takes it; what no field is called is under `upstream`.
        unknown: The names of that.
        has_height: Whether its place has a height, which no record keeps.
        lost_claims: Whether it has what follows from claims, such as sources or figures, and none
            of the claims.
    """

    feature: dict[str, Any]
    unknown: tuple[str, ...]
    has_height: bool
    lost_claims: bool


@lru_cache(_NAMES_HELD)
def field_name(name: str) -> str:
    """Return the name of a property or column as fields are called.

    Example:
        >>> field_name(" Event date "), field_name("GEO_PRECISION")
        ('event_date', 'geo_precision')
    """
    return "_".join(name.split()).casefold()


def identifier_of(feature: Mapping[str, Any]) -> str:
    """Return the id of a feature, wherever another program has put it; empty if it has none.

    GDAL and geopandas make it a property and number the features instead.
    """
    own, given = _own_id(feature), text_of(feature.get("id"))
    if isinstance(own, str) and own and (is_missing(given) or str(given).isdigit()):
        return own
    return given if isinstance(given, str) else ""


def _own_id(feature: Mapping[str, Any]) -> Any:
    properties = feature["properties"]
    return text_of(properties.get(_held(_own_name, tuple(properties))))


def _held(find: Callable[[tuple[Any, ...]], _T], names: tuple[Any, ...]) -> _T:
    """Return what is found of some names, which is held unless they are very many."""
    return (find if len(names) <= _MOST_HELD_OF_ONE else unwrap(find))(names)


@lru_cache(_LAYOUTS_HELD)
def _own_name(names: tuple[Any, ...]) -> str | None:
    """Return which property is the id, if any; the one that is spelt right comes first."""
    found = [one for one in names if isinstance(one, str) and field_name(one) == "id"]
    return "id" if "id" in found else next(iter(found), None)


def own_fields(feature: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the fields of an incident that stands as our own files have it.

    A record that can be made of them is the one that `understand` comes to, in a fifth of its time;
    if none can, that says what is wrong.

    Args:
        feature: GeoJSON.

    Returns:
        `None` if anything stands there otherwise.
    """
    given, geometry = feature["properties"], feature.get("geometry")
    names = _held(_own_layout, tuple(given))
    if names is None or not feature.keys() <= _OF_FEATURES:
        return None
    # Zero and no are values; all else that is false says nothing.
    found = {name: one for name in names if (one := given[name]) or one == 0}
    symbol, day, places = given.get("symbol"), found.get("event_date"), _own_places(geometry)
    is_own = (
        type(day) is str
        and len(day) <= _MOST_OF_DAY
        and _is_own_day(day)
        and (not symbol or symbol in SYMBOLS)
        and type(symbol) in (str, NoneType)
        and found.get("record_kind") != BASE_AREA
        # Without claims it may be that they were lost.
        and "claims" in found
        and type(found.get("radius_km")) is not str
    )
    if not is_own or places is None:
        return None
    found["id"], found["points"] = feature.get("id"), places
    return found


@lru_cache(_LAYOUTS_HELD)
def _own_layout(names: tuple[Any, ...]) -> tuple[str, ...] | None:
    """Return which properties are fields of an incident, if all others are derived."""
    fields = tuple(one for one in names if one in _INCIDENT_FIELDS)
    return fields if all(one in DERIVED for one in names if one not in fields) else None


@lru_cache(_LAYOUTS_HELD)
def _is_own_day(text: str) -> bool:
    return bool(value_of("event_date", text) == text)


def _own_places(geometry: Any) -> Sequence[Any] | None:
    if geometry is None:
        return ()
    kind, places = geometry.get("type"), geometry.get("coordinates")
    if kind == "Point":
        places = [places]
    elif kind != "MultiPoint":
        return None
    is_flat = type(places) is list and all(
        type(one) is list and len(one) == len(POSITION_NAMES) for one in places
    )
    return places if is_flat and places else None


def understand(feature: Mapping[str, Any], *, is_table: bool = False) -> Understood:
    """Return a feature in the words of a record.

    Args:
        feature: GeoJSON, or a row in its form.
        is_table: Whether it is a row: its geometry may be text, and columns of longitude and
            latitude must say the same.

    Raises:
        RecordError: If a value cannot be what its field is.
    """
    identifier = identifier_of(feature)
    others = {name: one for name, one in feature.items() if name not in _OF_FEATURES}
    given = {**others, **feature["properties"]}
    # Of most it is plain that they are there; no number is a float that may be none.
    given = {
        str(name): one
        for name, one in given.items()
        if (one and not isinstance(one, float)) or not is_missing(one)
    }
    names = _held(_field_names, tuple(given))
    geometry = feature.get("geometry")
    if is_table or not isinstance(geometry, str):
        geometry = geometry_of(geometry)
    height = has_height(geometry)
    geometry, used = _placed(given, names, geometry, is_table=is_table)
    is_area = given.get(names.get("record_kind", "")) == BASE_AREA
    known = {
        field: value_of(field, given[name])
        for field, name in names.items()
        if field in (_AREA_FIELDS if is_area else _INCIDENT_FIELDS)
    }
    read = {names[field] for field in known} | used
    kept = dict(_kept(given, read, identifier))
    own_kept = known.get("upstream", {})
    # What else stands there is refused with its record.
    if kept and isinstance(own_kept, Mapping):
        known["upstream"] = {**own_kept, **kept}
    place = _single(geometry) if is_area else geometry
    whole = {"id": identifier, "geometry": place, "properties": known}
    is_bare = "claims" not in known and not _OF_CLAIMS.isdisjoint(names)
    return Understood(whole, tuple(kept), height, is_bare)


@lru_cache(_LAYOUTS_HELD)
def _field_names(given: tuple[str, ...]) -> Mapping[str, str]:
    """Return for each field the name that it has here; of several the one that is spelt right."""
    names = {field_name(name): name for name in reversed(given)}
    return names | {name: name for name in given if name == field_name(name)}


def _placed(
    given: Mapping[str, Any], names: Mapping[str, str], geometry: Any, *, is_table: bool
) -> tuple[Any, set[str]]:
    """Return where it is, and the names of the columns that said so."""
    used = {
        axis: next((names[one] for one in some if one in names), "")
        for axis, some in POSITION_NAMES.items()
    }
    if geometry is not None:
        # Only our own tables say a place twice.
        used = {axis: name for axis, name in used.items() if field_name(name) == axis}
    values = {axis: given[name] for axis, name in used.items() if name}
    if geometry is not None and not is_table and not is_at(values, geometry):
        return geometry, set()
    return position_of(values, geometry), set(used.values())


def _kept(
    given: Mapping[str, Any], read: Collection[str], identifier: str
) -> Iterator[tuple[str, str]]:
    for name, value in given.items():
        field = field_name(name)
        is_id = field == "id" and text_of(value) == identifier
        # A word that others may use for something else.
        is_ours = field != "symbol" or (isinstance(value, str) and value in _OUR_SYMBOLS)
        is_said = field in _SAID_AGAIN and is_ours
        if name not in read and not is_said and not is_id:
            yield name, kept_text(value)


def _single(geometry: Any) -> Any:
    """Return a place of one point as such: GIS programs make all of a layer the same."""
    if isinstance(geometry, Mapping) and geometry.get("type") == "MultiPoint":
        points = geometry["coordinates"]
        if len(points) == 1:
            return {"type": "Point", "coordinates": points[0]}
    return geometry
