"""Features as JSON text, made without what a feature is made of: in a third of the time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from json.encoder import encode_basestring as quoted

from pydantic import TypeAdapter

from geodata.geodesy import DECIMALS
from geodata.records import (
    PARTY_COLUMNS,
    Claim,
    EventType,
    FeatureParts,
    Incident,
    Records,
    Role,
    Toll,
    attribution,
    compact,
    describe_responsibility,
    group_names,
    parties,
    source_entry,
    symbol_of,
    to_feature,
    tolls_of,
)

__all__ = ["FeatureTexts"]

# What a feature has otherwise, or before who is held responsible; the rest stands behind as it is.
_BEFORE = {
    "id", "points", "claims", "title", "record_kind", "event_date", "event_types", "status",
}  # fmt: skip
_BEHIND = Incident.model_fields.keys() - _BEFORE
_CLAIMS = TypeAdapter(tuple[Claim, ...])
# Within these, numbers are written alike by Python and by what writes records.
_ALIKE = 1e-4, 1e15


class FeatureTexts:
    """Makes features as JSON text, without what a feature is made of: in a third of the time.

    Args:
        records: The set that the incidents belong to.
    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self._sources: dict[str, str] = {}
        self._groups: dict[str, str] = {}

    def parts(self, incident: Incident) -> FeatureParts | None:
        """Return what of an incident is told alike as text by several formats.

        Returns:
            `None` where a number is not written alike by Python and by what writes records.
        """
        claims = incident.claims
        if any(isinstance(one.value, float) and not _is_alike(one.value) for one in claims) or (
            incident.radius_km is not None and not _is_alike(incident.radius_km)
        ):
            return None
        told = _CLAIMS.dump_json(claims, exclude_defaults=True).decode() if claims else "[]"
        span = incident.span
        return FeatureParts(
            _place_text(incident.points),
            span.start.isoformat() if span.has_start else "",
            span.end.isoformat() if span.has_end else "",
            attribution(claims)._value_,
            describe_responsibility(incident, self._records),
            parties(claims),
            told,
        )

    def of(self, incident: Incident) -> str:
        """Return an incident's feature as compact JSON, letter for letter that of `to_feature`."""
        return self.of_parts(incident, self.parts(incident))

    def of_parts(self, incident: Incident, parts: FeatureParts | None) -> str:
        """Return the same where its parts have been made."""
        if parts is None:
            return compact(to_feature(incident, self._records))
        start, end = (f'"{one}"' if one else "null" for one in (parts.start, parts.end))
        return (
            f'{{"type":"Feature","id":"{incident.id}","geometry":{parts.place},'
            f'"properties":{{"title":{quoted(incident.title)},'
            f'"record_kind":"{incident.record_kind._value_}",'
            f'"event_date":{quoted(incident.event_date)},'
            f'"date_start":{start},"date_end":{end},'
            f'"time_precision":"{incident.span.precision._value_}",'
            f'{_types_text(incident.event_types)},"status":"{incident.status._value_}",'
            f"{self._tolls(incident)},{self._parties(parts.parties)},"
            f'"attribution":"{parts.attribution}",'
            f'"attribution_text":{quoted(parts.attribution_text)},'
            f"{incident.model_dump_json(include=_BEHIND)[1:-1]},"
            f'"claims":{parts.claims},"sources":[{self._entries(incident.sources)}],'
            f'"cited_sources":[{self._entries(incident.cited_sources)}]}}}}'
        )

    def _tolls(self, incident: Incident) -> str:
        tolls = tolls_of(incident, self._records.families)
        return ",".join(_toll_text(name, toll) for name, toll in tolls.items())

    def _parties(self, found: Mapping[Role, tuple[str, ...]]) -> str:
        if not any(found.values()):
            return _NOBODY
        return ",".join(
            f'"{ids}":[{",".join(map(quoted, found[role]))}],'
            f'"{names}":[{",".join(map(self._group, found[role]))}]'
            for role, (ids, names) in PARTY_COLUMNS.items()
        )

    def _group(self, identifier: str) -> str:
        if identifier not in self._groups:
            self._groups[identifier] = quoted(group_names([identifier], self._records)[0])
        return self._groups[identifier]

    def _entries(self, identifiers: Iterable[str]) -> str:
        return ",".join(map(self._entry, identifiers))

    def _entry(self, identifier: str) -> str:
        if identifier not in self._sources:
            self._sources[identifier] = compact(source_entry(identifier, self._records))
        return self._sources[identifier]


_NOBODY = ",".join(f'"{ids}":[],"{names}":[]' for ids, names in PARTY_COLUMNS.values())


def _is_alike(number: float) -> bool:
    least, most = _ALIKE
    return least <= abs(number) < most or number == 0


def _place_text(points: tuple[tuple[float, float], ...]) -> str:
    places = [f"[{round(lon, DECIMALS)!r},{round(lat, DECIMALS)!r}]" for lon, lat in points]
    if not places:
        return "null"
    if len(places) == 1:
        return f'{{"type":"Point","coordinates":{places[0]}}}'
    return f'{{"type":"MultiPoint","coordinates":[{",".join(places)}]}}'


@lru_cache(maxsize=512)
def _types_text(types: tuple[EventType, ...]) -> str:
    return f'"event_types":{compact(types)},"symbol":{quoted(symbol_of(types))}'


def _toll_text(name: str, toll: Toll) -> str:
    low, high, best = ("null" if one is None else one for one in (toll.low, toll.high, toll.best))
    return (
        f'"{name}_low":{low},"{name}_high":{high},"{name}_best":{best},'
        f'"{name}_text":{quoted(toll.text)}'
    )
