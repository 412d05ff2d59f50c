"""Tolls on which sources disagree: of the same people, the killed first, as they are hedged."""

from __future__ import annotations

from geodata import Claim, Incident, Records
from mapview.briefing.ranges import toll_ranges
from mapview.detail import incident_line
from mapview.lines import TollRange


def claim(about: str, value: int, by: str, **more: object) -> Claim:
    return Claim.model_validate({"about": about, "value": value, "by": by, "source": "s", **more})


def ranges(*claims: Claim, **more: object) -> tuple[TollRange, ...]:
    fields = {"id": "a", "title": "A", "event_date": "2024-01-03", "event_types": ["bombing"]}
    one = Incident.model_validate({**fields, "place": "Kerman", "claims": claims, **more})
    records = Records(incidents=(one,))
    return toll_ranges([incident_line(one, records)], records)


def test_figures_that_differ_are_a_range_with_who_gives_them() -> None:
    killed, injured = ranges(
        claim("injured", 300, "B", qualifier="over"), claim("injured", 284, "A"),
        claim("fatalities", 100, "B", qualifier="nearly"), claim("fatalities", 94, "A"),
    )  # fmt: skip
    assert (killed.title, killed.words) == ("Kerman, 3 January 2024", "94 to nearly 100 killed")
    assert (killed.low, killed.high, killed.figures) == (94, 100, (94, 100))
    assert killed.said == ("94 (A)", "nearly 100 (B)")
    assert injured.words == "284 to over 300 injured"


def test_what_is_in_doubt_stands_beside_a_range() -> None:
    figures = (claim("fatalities", 3, "A"), claim("fatalities", 9, "B"))
    (sure,) = ranges(*figures)
    assert (sure.told, sure.is_hollow) == ("3–9 killed", False)
    (foiled,) = ranges(*figures, status="foiled")
    assert (foiled.told, foiled.is_hollow) == ("3–9 killed; foiled", True)
    claims = (*figures, claim("occurrence", None, "C", stance="doubts", caveat="No trace."))
    (disputed,) = ranges(*claims, status="disputed")
    assert disputed.told.startswith("3–9 killed; disputed")
    assert disputed.is_hollow


def test_what_agrees_or_counts_others_is_no_range() -> None:
    assert not ranges(claim("fatalities", 94, "A"), claim("fatalities", 94, "B"))
    assert not ranges(
        claim("fatalities", 22, "A", part="fighters"), claim("fatalities", 7, "B", part="civilians")
    )
    assert not ranges(
        claim("fatalities", 1, "A"), claim("fatalities", 9, "B"), record_kind="aggregate"
    )
