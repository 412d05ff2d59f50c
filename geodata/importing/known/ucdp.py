"""UCDP GED: releases 19.1 to 26.1, candidate releases, and the Humanitarian Exchange's form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import ClassVar

from geodata.importing.known.shape import Known, Values, place_at
from geodata.importing.making import Draft, Evidence, in_order
from geodata.importing.values import country_code, number_of
from geodata.records import (
    ClaimAbout,
    EventType,
    GeoPrecision,
    GroupKind,
    Qualifier,
    Role,
    Source,
)

__all__ = ["UCDP"]

_VIOLENCE = {
    "1": ("State-based conflict", EventType.BATTLE),
    "2": ("Non-state conflict", EventType.BATTLE),
    "3": ("One-sided violence", EventType.ATTACK),
}
_PLACES = {
    "1": (GeoPrecision.SETTLEMENT, 10.0, "the exact place"),
    "2": (GeoPrecision.NEAR_SETTLEMENT, 25.0, "within about 25 km of a known point"),
    "3": (GeoPrecision.DISTRICT, 40.0, "the centre of a district"),
    "4": (GeoPrecision.PROVINCE, 300.0, "the centre of a province"),
    "5": (GeoPrecision.REGION, 300.0, "a point for a line or a part of the country"),
    "6": (GeoPrecision.COUNTRY, 1000.0, "the centre of the country"),
    "7": (GeoPrecision.UNKNOWN, 0.0, "international waters or airspace"),
}
_CIVILIANS = "civilians"
_PARTS = {
    "deaths_a": "side_a",
    "deaths_b": "side_b",
    "deaths_civilians": "civilians",
    "deaths_unknown": "people of unknown side",
}
_SUMMED = "2"


class _Ucdp(Known):
    name: ClassVar[str] = "UCDP GED"
    mapping: ClassVar[Mapping[str, str | tuple[str, ...]]] = {
        "id": "id", "date": "date_start", "end": "date_end", "lat": "latitude",
        "lon": "longitude", "country": "country", "admin1": "adm_1", "admin2": "adm_2",
        "place": "where_coordinates", "type": "type_of_violence", "killed": "best",
        "killed_low": "low", "killed_high": "high", "actor": ("side_a", "side_b"),
        "source": "source_office",
    }  # fmt: skip
    is_licensed: ClassVar[bool] = False

    def fits(self, columns: Collection[str]) -> bool:
        """Whether a table has what only UCDP has."""
        own = {"type_of_violence", "where_prec", "side_a", "side_b", "best"}
        return own <= set(columns)

    def source(self, identifier: str, file: str) -> Source:
        """Return the entry that cites UCDP on every output."""
        return Source(
            id=identifier,
            title=f"UCDP Georeferenced Event Dataset ({file})",
            author="Sundberg, Ralph, and Erik Melander 2013; Uppsala Conflict Data Program",
            publisher="Uppsala Conflict Data Program",
            url="https://ucdp.uu.se",
            licence="CC BY 4.0",
            is_document=True,
        )

    def draft(self, values: Values, evidence: Evidence) -> Draft:
        """Return what a row says; see `Known`."""
        words, kind = _VIOLENCE.get(values("type_of_violence"), ("", EventType.OTHER))
        draft = Draft(
            upstream_id=values("id"),
            event_date=in_order(values.date("date_start"), values.date("date_end")),
            types=(kind,),
            type_of_source=words or values("type_of_violence"),
            place=values("where_coordinates"),
            admin1=values("adm_1"),
            admin2=values("adm_2"),
            country=country_code(values("country")) or country_code(values("iso3")),
            summary=values("source_headline"),
        )
        place_at(draft, values, _PLACES.get(values("where_prec")), self.name)
        _parties(draft, values, evidence)
        _tolls(draft, values, evidence)
        if values("event_clarity") == _SUMMED:
            note = "UCDP: the event is known from a report that sums several up."
            draft.claims.append(evidence.claim(ClaimAbout.OTHER, note))
        return draft


def _parties(draft: Draft, values: Values, evidence: Evidence) -> None:
    is_one_sided = values("type_of_violence") == "3"
    for side in ("side_a", "side_b"):
        name = values(side)
        if not name:
            continue
        if name.startswith("Government of"):
            evidence.party(name, GroupKind.STATE)
        if name.casefold() == _CIVILIANS:
            evidence.involve(draft, name, Role.TARGET)
        elif is_one_sided:
            evidence.assign(draft, name, "UCDP")
        else:
            evidence.involve(draft, name, Role.ACTOR)


def _tolls(draft: Draft, values: Values, evidence: Evidence) -> None:
    cites = evidence.cite(values("source_office").split(";"))
    for column, qualifier, note in (
        ("best", None, "UCDP's best estimate."),
        ("low", Qualifier.AT_LEAST, "UCDP's low estimate."),
        ("high", Qualifier.AT_MOST, "UCDP's high estimate."),
    ):
        cell = (column, values(column))
        evidence.count(draft, ClaimAbout.FATALITIES, cell, qualifier, cites=cites, note=note)
    low, best, high = (number_of(values(one)) for one in ("low", "best", "high"))
    if low is not None and best is not None and high is not None and not low <= best <= high:
        draft.doubt("estimates_out_of_order", "best", f"low {low:g}, best {best:g}, high {high:g}")
    for column, whom in _PARTS.items():
        text = values(column)
        if text and number_of(text):
            part = values(whom) if whom.startswith("side_") else whom
            evidence.count(
                draft, ClaimAbout.FATALITIES, (column, text), part=part or whom, cites=cites
            )


UCDP = _Ucdp()
