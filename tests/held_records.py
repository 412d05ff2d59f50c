"""Records of a few incidents, and what of a text is not held against them."""

from __future__ import annotations

from geodata import Claim, Incident, Records
from geodata.records import Group, Source
from geodata.wording import Ledger, unmatched


def claim(about: str, value: object, **more: object) -> Claim:
    return Claim.model_validate({"about": about, "value": value, "source": "s", **more})


def incident(one_id: str, title: str, date: str, *claims: Claim, **more: object) -> Incident:
    fields = {"id": one_id, "title": title, "event_date": date, "event_types": ["bombing"]}
    return Incident.model_validate({**fields, "claims": claims, **more})


def ledger(*incidents: Incident) -> Ledger:
    records = Records(
        incidents=incidents,
        groups=(Group(id="is", name="Islamic State", short_name="IS"),),
        sources=(Source(id="s", title="A book of 1999", date="2025-02"),),
    )
    return Ledger(records, {one.id for one in incidents})


def not_held(text: str, of: Ledger) -> list[str]:
    return [one.text for one in unmatched([text], of)]
