"""Who gives which figure."""

from __future__ import annotations

from geodata.records import Claim, Records
from mapview.briefing.speakers import by_speaker, figures_said, named


def claim(value: int, by: str, part: str = "", caveat: str = "") -> Claim:
    return Claim(about="fatalities", value=value, by=by, source="a", part=part, caveat=caveat)


def test_plain_figures_of_a_speaker_stand_together_and_those_of_some_people_apart() -> None:
    claims = [claim(94, "A"), claim(96, "A"), claim(100, "B (a copy)"), claim(13, "A", "police")]
    said = list(by_speaker(figures_said(claims, Records())))
    assert [who for _, who in said] == ["A", "B, a copy", "A"]
    assert "94" in said[0][0]
    assert "96" in said[0][0]
    assert "police" in said[2][0]


def test_of_many_only_the_first_are_named() -> None:
    assert named(["A", "B", "C", "D", "E"]) == "A, B, C and 2 more"
