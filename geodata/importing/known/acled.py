"""ACLED: today's export, the alphabetical form of 2016, and the Humanitarian Exchange's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import ClassVar

from geodata.importing.known.shape import Known, Values, place_at
from geodata.importing.making import Draft, Evidence
from geodata.importing.values import country_code
from geodata.records import ClaimAbout, EventType, GeoPrecision, GroupKind, Role, Source

__all__ = ["ACLED"]

_ZERO = "ACLED gives the lowest figure reported, and 0 also where none is known."
_LOWEST = "ACLED gives the lowest figure where reports conflict."
_TYPES: Mapping[str, EventType] = {
    "armed clash": EventType.BATTLE,
    "government regains territory": EventType.BATTLE,
    "non-state actor overtakes territory": EventType.BATTLE,
    "air/drone strike": EventType.AIRSTRIKE,
    "suicide bomb": EventType.SUICIDE_BOMBING,
    "shelling/artillery/missile attack": EventType.SHELLING,
    "remote explosive/landmine/ied": EventType.BOMBING,
    "grenade": EventType.BOMBING,
    "attack": EventType.ATTACK,
    "abduction/forced disappearance": EventType.HOSTAGE_TAKING,
    "arrests": EventType.ARREST,
}
# Of types that were used before there were sub-events.
_OLD_TYPES: Mapping[str, EventType] = {
    "battles": EventType.BATTLE,
    "battle-no change of territory": EventType.BATTLE,
    "battle-government regains territory": EventType.BATTLE,
    "battle-non-state actor overtakes territory": EventType.BATTLE,
    "violence against civilians": EventType.ATTACK,
    "explosions/remote violence": EventType.ATTACK,
    "remote violence": EventType.ATTACK,
}
# The precision, the radius of what surely holds the place, and what the codebook says.
_PLACES = {
    "1": (GeoPrecision.SETTLEMENT, 10.0, "the named town or district"),
    "2": (GeoPrecision.NEAR_SETTLEMENT, 40.0, "a small part of a region, at a town nearby"),
    "3": (GeoPrecision.PROVINCE, 300.0, "a larger region, at its capital or a natural feature"),
}
_KINDS = {
    **dict.fromkeys(("1", "state forces"), GroupKind.STATE_FORCES),
    **dict.fromkeys(("2", "rebel group", "rebel groups"), GroupKind.ARMED_GROUP),
    **dict.fromkeys(("3", "political militia"), GroupKind.ARMED_GROUP),
    **dict.fromkeys(("4", "identity militia"), GroupKind.ARMED_GROUP),
}
_CIVILIANS = ("7", "civilians")
_TAKING_PART = ("battle", "protest", "riot")


class _Acled(Known):
    name: ClassVar[str] = "ACLED"
    mapping: ClassVar[Mapping[str, str | tuple[str, ...]]] = {
        "id": "event_id_cnty", "date": "event_date", "lat": "latitude", "lon": "longitude",
        "country": "country", "admin1": "admin1", "admin2": "admin2", "place": "location",
        "type": "sub_event_type", "killed": "fatalities", "actor": ("actor1", "actor2"),
        "text": "notes", "source": "source",
    }  # fmt: skip
    is_licensed: ClassVar[bool] = False

    def fits(self, columns: Collection[str]) -> bool:
        """Whether a table has what only ACLED has."""
        own = {"event_id_cnty", "event_id_no_cnty"} & set(columns)
        return bool(own) and {"event_date", "event_type", "actor1"} <= set(columns)

    def source(self, identifier: str, file: str) -> Source:
        """Return the entry that credits ACLED on every output."""
        return Source(
            id=identifier,
            title=f"ACLED data ({file})",
            author="Armed Conflict Location & Event Data (ACLED)",
            publisher="ACLED",
            url="https://acleddata.com",
            licence="ACLED's terms of use; attribution is required",
            is_document=True,
        )

    def draft(self, values: Values, evidence: Evidence) -> Draft:
        """Return what a row says; see `Known`."""
        event, sub = values("event_type"), values("sub_event_type")
        country = country_code(values("country")) or country_code(values("iso") or values("iso3"))
        draft = Draft(
            upstream_id=values("event_id_cnty") or values("data_id"),
            event_date=_date(values),
            types=(
                _TYPES.get(sub.casefold()) or _OLD_TYPES.get(event.casefold(), EventType.OTHER),
            ),
            type_of_source=sub or event,
            place=values("location"),
            admin1=values("admin1"),
            admin2=values("admin2"),
            country=country,
            summary=values("notes"),
        )
        known = _PLACES.get(values("geo_precision") or values("geo_precis"))
        place_at(draft, values, known, self.name)
        _parties(draft, values, evidence, event.casefold())
        cites = evidence.cite(values("source").split(";"))
        fatalities = values("fatalities")
        note = _ZERO if fatalities.strip() in ("0", "0.0") else _LOWEST
        evidence.count(
            draft, ClaimAbout.FATALITIES, ("fatalities", fatalities), cites=cites, note=note
        )
        return draft


def _date(values: Values) -> str:
    """Return the days that the precision leaves open."""
    day = values.date("event_date")
    precision = values("time_precision") or values("time_precis")
    if precision == "2":
        # The day given is the middle of about a week.
        return values.around(day, 3)
    return day[:7] if precision == "3" else day


def _parties(draft: Draft, values: Values, evidence: Evidence, event: str) -> None:
    """Name the parties; the data say who took part, and who was hit only where it was civilians."""
    sides = []
    for number in ("1", "2"):
        inter = values(f"inter{number}").casefold()
        sides.append((values(f"actor{number}"), inter in _CIVILIANS, _KINDS.get(inter)))
    has_victims = any(is_civilian for _, is_civilian, _ in sides) and not all(
        is_civilian for _, is_civilian, _ in sides
    )
    named: set[str] = set()
    for name, is_civilian, kind in sides:
        if not name or name in named:
            continue
        named.add(name)
        if kind:
            evidence.party(name, kind)
        if is_civilian and has_victims:
            evidence.involve(draft, name, Role.TARGET)
        elif has_victims and event == "violence against civilians":
            evidence.assign(draft, name, "ACLED")
        else:
            is_party = event.startswith(_TAKING_PART)
            evidence.involve(draft, name, Role.ACTOR if is_party else Role.OTHER)
    for column in ("assoc_actor_1", "assoc_actor_2", "ally_actor_1", "ally_actor_2"):
        for name in map(str.strip, values(column).split(";")):
            if name not in named:
                named.add(name)
                evidence.involve(draft, name, Role.OTHER)


ACLED = _Acled()
