"""Tolls that are ranges: of the same people, the killed first, and whether sources disagree."""

from __future__ import annotations

from geodata import Claim, Incident, Records
from mapview.bounds import TollRange, ranges_heading
from mapview.briefing.office import ranges as native
from mapview.briefing.ranges import toll_ranges
from mapview.detail import incident_line


def claim(about: str, value: int, by: str, **more: object) -> Claim:
    return Claim.model_validate({"about": about, "value": value, "by": by, "source": "s", **more})


def event(identifier: str, *claims: Claim, **more: object) -> Incident:
    fields = {"id": identifier, "title": "A", "event_date": "2024-01-03"}
    fields |= {"event_types": ["bombing"], "place": "Kerman", "claims": claims, **more}
    return Incident.model_validate(fields)


def ranges(*claims: Claim, **more: object) -> tuple[TollRange, ...]:
    one = event("a", *claims, **more)
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


def test_a_range_of_one_source_is_no_disagreement() -> None:
    at_least, at_most = (
        claim("fatalities", n, "", qualifier=hedge)
        for n, hedge in ((8, "at least"), (12, "at most"))
    )
    (one,) = ranges(at_least, at_most, claim("fatalities", 9, ""))
    assert not one.is_disagreement
    assert one.told == "at least 8 to at most 12 killed; one source gives a range"
    # Two who say other numbers disagree, and so does one whose figures exclude each other.
    for other in (claim("fatalities", 13, "B"), claim("fatalities", 13, "")):
        (one,) = ranges(at_least, at_most, other)
        assert one.is_disagreement
        assert "one source" not in one.told
    # Figures of another day are no contradiction, and of two sources here.
    dated = claim("fatalities", 13, "", as_of="2024-01-05", source="t")
    (one,) = ranges(claim("fatalities", 9, ""), dated)
    assert (one.is_disagreement, one.told) == (False, "9–13 killed")


def test_the_heading_says_that_sources_disagree_only_where_all_do() -> None:
    (both,) = ranges(claim("fatalities", 3, "A"), claim("fatalities", 9, "B"))
    (one,) = ranges(claim("fatalities", 3, "A", qualifier="over"), claim("fatalities", 9, "A"))
    for lines, heading in (
        ((both,), "Sources disagree on tolls"),
        ((both, one), "Sources disagree, or a range is given"),
        ((one,), "A range is given"),
    ):
        assert ranges_heading(lines, "Sources disagree on tolls") == heading
        assert native.heading(lines) == heading


def test_what_sources_disagree_on_comes_first() -> None:
    records = Records(
        incidents=(
            event(
                "high", claim("fatalities", 90, "A", qualifier="over"), claim("fatalities", 99, "A")
            ),
            event("low", claim("fatalities", 3, "A"), claim("fatalities", 9, "B")),
        )
    )
    lines = [incident_line(one, records) for one in records.incidents]
    assert [one.high for one in toll_ranges(lines, records)] == [9, 99]
