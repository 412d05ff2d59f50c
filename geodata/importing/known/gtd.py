"""GTD: workbooks and tables of 123 and 135 columns, known by their names, not by their number."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import ClassVar

from geodata.importing.known.shape import Known, Values, place_at
from geodata.importing.making import Draft, Evidence, RowError
from geodata.importing.values import country_code, edtf_of, from_parts
from geodata.records import ClaimAbout, EventType, GeoPrecision, Role, Source, Stance, Status

__all__ = ["GTD"]

_TYPES: Mapping[str, EventType] = {
    "assassination": EventType.ASSASSINATION,
    "armed assault": EventType.ARMED_ASSAULT,
    "bombing/explosion": EventType.BOMBING,
    "hostage taking (barricade incident)": EventType.HOSTAGE_TAKING,
    "hostage taking (kidnapping)": EventType.HOSTAGE_TAKING,
    "hijacking": EventType.HOSTAGE_TAKING,
    "facility/infrastructure attack": EventType.ATTACK,
    "unarmed assault": EventType.ATTACK,
}
_PLACES = {
    "1": (GeoPrecision.SETTLEMENT, 15.0, "the named city"),
    "2": (GeoPrecision.DISTRICT, 40.0, "the centre of the smallest unit that holds the city"),
    "3": (GeoPrecision.DISTRICT, 40.0, "the centre of the smallest unit, not in a city"),
    "4": (GeoPrecision.PROVINCE, 300.0, "the centre of the province"),
}
_NEAR = (GeoPrecision.NEAR_SETTLEMENT, 25.0, "near the named city")
_ALTERNATIVES = {
    "1": "insurgency or guerrilla action",
    "2": "other crime",
    "3": "conflict between or within groups",
    "4": "lack of intention",
    "5": "act of state actors",
}
_TERMS = "The GTD's End User Agreement forbids to publish or hand on its data without a licence"
_UNKNOWN = ("unknown", "unknown.")


class _Gtd(Known):
    name: ClassVar[str] = "GTD"
    mapping: ClassVar[Mapping[str, str | tuple[str, ...]]] = {
        "id": "eventid", "date": ("iyear", "imonth", "iday"), "lat": "latitude",
        "lon": "longitude", "country": "country_txt", "admin1": "provstate", "place": "city",
        "type": "attacktype1_txt", "killed": "nkill", "injured": "nwound", "actor": "gname",
        "target": "target1", "text": "summary", "source": ("scite1", "scite2", "scite3"),
    }  # fmt: skip
    is_licensed: ClassVar[bool] = True

    def fits(self, columns: Collection[str]) -> bool:
        """Whether a table has what only the GTD has."""
        return {"eventid", "gname"} <= set(columns) and not {
            "iyear", "attacktype1_txt", "nkill", "weaptype1_txt", "country_txt",
        }.isdisjoint(columns)  # fmt: skip

    def source(self, identifier: str, file: str) -> Source:
        """Return the entry of the GTD, which may not go out."""
        return Source(
            id=identifier,
            title=f"Global Terrorism Database ({file})",
            author="Study of Terrorism and Responses to Terrorism (START)",
            publisher="University of Maryland",
            licence=_TERMS,
            may_publish=False,
            is_document=True,
        )

    def draft(self, values: Values, evidence: Evidence) -> Draft:
        """Return what a row says; see `Known`."""
        words = [values(f"attacktype{one}_txt") for one in "123"]
        kinds = [_TYPES[one.casefold()] for one in words if one.casefold() in _TYPES]
        if values("suicide") == "1" and EventType.BOMBING in kinds:
            kinds = [
                EventType.SUICIDE_BOMBING,
                *(one for one in kinds if one is not EventType.BOMBING),
            ]
        draft = Draft(
            upstream_id=values("eventid"),
            event_date=_date(values),
            types=tuple(dict.fromkeys(kinds)) or (EventType.OTHER,),
            type_of_source=words[0],
            status=Status.FOILED if values("success") == "0" else Status.CARRIED_OUT,
            place=values("city"),
            admin1=values("provstate"),
            country=country_code(values("country_txt")),
            summary=values("summary"),
            target=values("target1"),
        )
        known = _PLACES.get(values("specificity"))
        if values("specificity") == "1" and values("vicinity") == "1":
            known = _NEAR
        if values("specificity") == "5":
            known = (GeoPrecision.UNKNOWN, 0.0, "place unknown")
        place_at(draft, values, known, self.name)
        cites = evidence.cite(values(one) for one in ("scite1", "scite2", "scite3"))
        _parties(draft, values, evidence, cites)
        for column, about in (("nkill", ClaimAbout.FATALITIES), ("nwound", ClaimAbout.INJURED)):
            note = "GTD: attackers are counted too." if column == "nkill" else ""
            evidence.count(draft, about, (column, values(column)), cites=cites, note=note)
        _doubts(draft, values, evidence)
        return draft


def _date(values: Values) -> str:
    approximate = values("approxdate")
    year = values("iyear")
    if not year:
        return values.date("event_date") if values("event_date") else ""
    found = from_parts(*(values(one).removesuffix(".0") for one in ("iyear", "imonth", "iday")))
    if found is None:
        given = ", ".join(values(one) for one in ("iyear", "imonth", "iday"))
        raise RowError("date_unreadable", "iyear", given)
    if approximate:
        # Since 2012 the day is the middle of what the approximate date says.
        return edtf_of(approximate) or f"{found}~"
    return found


def _parties(draft: Draft, values: Values, evidence: Evidence, cites: tuple[str, ...]) -> None:
    is_contested = values("compclaim") == "1"
    claimed = {"": values("claimed"), "2": values("claim2"), "3": values("claim3")}
    for number, said in claimed.items():
        name = values(f"gname{number}")
        if not name or name.casefold() in _UNKNOWN:
            continue
        caveats = []
        if values(f"guncertain{number or '1'}") == "1":
            caveats.append("Suspected, not confirmed.")
        if is_contested:
            caveats.append("Several groups claimed it.")
        caveat = " ".join(caveats)
        if said == "1":
            evidence.assign(draft, name, name, stance=Stance.CLAIMS, caveat=caveat, cites=cites)
        else:
            evidence.assign(draft, name, "GTD", caveat=caveat, cites=cites)
    for number in "123":
        if body := values(f"corp{number}"):
            evidence.involve(draft, body, Role.TARGET, cites=cites)


def _doubts(draft: Draft, values: Values, evidence: Evidence) -> None:
    if values("doubtterr") != "1":
        return
    other = values("alternative_txt") or _ALTERNATIVES.get(values("alternative"), "")
    words = f"Doubtful; it may be: {other}" if other else "Doubtful"
    topic = "Whether it meets the GTD's definition of terrorism"
    draft.claims.append(evidence.claim(ClaimAbout.OTHER, words, by="GTD", topic=topic))


GTD = _Gtd()
