"""Tolls that are ranges: of the same people, the killed first, and whether sources disagree."""

from __future__ import annotations

from geodata import Claim, Incident, Records, load
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
    # Two who say other numbers disagree.
    (one,) = ranges(at_least, at_most, claim("fatalities", 13, "B"))
    assert one.is_disagreement
    assert "one source" not in one.told
    # Figures of another day are no contradiction, and of two sources here.
    dated = claim("fatalities", 13, "", as_of="2024-01-05", source="t")
    (one,) = ranges(claim("fatalities", 9, ""), dated)
    assert (one.is_disagreement, one.told) == (False, "9–13 killed")


def test_one_source_that_contradicts_itself_is_no_disagreement_of_sources() -> None:
    first, second = (claim("fatalities", n, "") for n in (144, 145))
    (one,) = ranges(first, second)
    assert (one.is_disagreement, one.is_within_one) == (False, True)
    assert one.told == "144–145 killed; one source gives different figures"
    # It tells of others, or cites them, who do disagree; or another source gives one of them.
    for other in (
        second.but(by="B"), second.but(cites=("t",)), second.but(source="t"),
    ):  # fmt: skip
        (two,) = ranges(first, other)
        assert (two.is_disagreement, two.is_within_one) == (True, False)
        assert two.told == "144–145 killed"
    # What another source says of some of them contradicts neither.
    (one,) = ranges(first, second, claim("fatalities", 5, "", part="police", source="t"))
    assert one.is_within_one
    assert not one.is_disagreement


def test_the_shipped_sources_disagree_where_two_of_them_give_figures() -> None:
    records = load()
    found = toll_ranges([incident_line(one, records) for one in records.incidents], records)
    krasnogorsk = next(one for one in found if "Krasnogorsk" in one.title)
    assert krasnogorsk.told == "144–145 killed; one source gives different figures"
    assert {one.title for one in found if one.is_disagreement} == {"Kerman, 3 January 2024"}


def test_events_that_share_a_toll_are_one_range_with_all_their_names() -> None:
    figures = (claim("fatalities", 56, "A"), claim("fatalities", 60, "B"))
    other = claim("other", 1, "A", caveat="Of it alone.")

    def told(*some: Incident) -> list[tuple[str, str]]:
        records = Records(some)
        lines = [incident_line(one, records) for one in some]
        return [(one.title, one.told) for one in toll_ranges(lines, records)]

    kabul = event("a", *figures, place="Kabul", casualties_combined=("b",))
    funeral = event("b", *figures, other, place="Kuz Kunar", casualties_combined=("a",))
    both = "Kabul, 3 January 2024 and Kuz Kunar, 3 January 2024"
    assert told(kabul, funeral) == [(both, "56–60 killed")]
    beyond = "56–60 killed; toll shared with incidents that are not shown here"
    lost = {"shares_toll_beyond": True}
    assert told(kabul.but(**lost), funeral.but(**lost)) == [(both, beyond)]
    third = funeral.but(casualties_combined=("a", "c"))
    assert told(kabul, third) == [(both, beyond)]
    assert told(kabul, funeral.but(status="disputed")) == [(both, "56–60 killed; disputed")]
    (one,) = told(kabul)
    assert one == (
        "Kabul, 3 January 2024", "56–60 killed; toll shared with another incident",
    )  # fmt: skip


def test_the_heading_says_that_sources_disagree_only_where_all_do() -> None:
    (both,) = ranges(claim("fatalities", 3, "A"), claim("fatalities", 9, "B"))
    (one,) = ranges(claim("fatalities", 3, "A", qualifier="over"), claim("fatalities", 9, "A"))
    (own,) = ranges(claim("fatalities", 3, "A"), claim("fatalities", 9, "A"))
    for lines, heading in (
        ((both,), "Sources disagree on tolls"),
        ((both, one), "Sources disagree, or a range is given"),
        ((one,), "A range is given"),
        ((own, own), "One source gives different figures"),
        ((both, own), "Figures differ"),
        ((own, one), "Figures differ, or a range is given"),
        ((both, own, one), "Figures differ, or a range is given"),
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
