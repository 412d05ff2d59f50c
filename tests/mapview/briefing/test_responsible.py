"""Who is said to be responsible: nobody accused without who says so, and without what is denied."""

from __future__ import annotations

from geodata import Claim, Incident, Records
from mapview.briefing.responsible import responsible


def told(*claims: dict[str, str]) -> list[str]:
    incident = Incident.model_validate(
        {
            "id": "a",
            "title": "Something at A",
            "event_date": "2024-01-03",
            "event_types": ["attack"],
            "claims": [
                Claim.model_validate({"about": "attribution", "source": "s", **one})
                for one in claims
            ],
        }
    )
    return responsible(incident, Records(incidents=(incident,)))


def test_a_claim_of_ones_own_comes_first_and_who_blames_others_is_told() -> None:
    assert told(
        {"value": "z", "stance": "assigns to another party", "role": "accused", "by": "w"},
        {"value": "x", "stance": "claims", "role": "actor", "by": "x"},
        {"value": "y", "stance": "assesses", "role": "actor", "by": "w"},
    ) == ["claimed by x", "attributed to y", "others blamed by w"]


def test_nobody_is_responsible_by_a_denial_or_by_nothing() -> None:
    denied = {"value": "x", "stance": "denies", "role": "actor", "by": "x"}
    assert told(denied) == ["responsibility of x denied by x"]
    assert told() == []
