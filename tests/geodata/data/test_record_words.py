"""The shipped record against its documents: words that said more than the text, or said it badly.

Each value here was wrong or missing once.
"""

from __future__ import annotations

from shipped_reading import area, every_record, said

from geodata.records.collection import Records


def test_a_recruit_who_came_home_is_not_said_to_be_pardoned(shipped: Records) -> None:
    one = shipped.incidents_by_id["turkey-before-2017-08"]
    assert "pardon" not in one.summary.casefold()
    assert [claim.value for claim in said(one, "outcome")] == ["Taken back into society."]


def test_nobody_is_said_to_have_counted_the_campaign(shipped: Records) -> None:
    campaign = shipped.incidents_by_id["two-sheikhs-campaign-2022-04-17--2022-05-03"]
    assert "Islamic State counted" not in campaign.summary
    assert "One article gives 245" in campaign.summary


def test_clashes_are_not_told_to_be_heaviest_anywhere(shipped: Records) -> None:
    for district in ("achin", "shinwar"):
        control = area(shipped, f"iskp-{district}-territorial-control")
        assert not [c for c in control.claims if "heav" in str(c.value).casefold()]
        assert [c for c in control.claims if "clashes" in str(c.value)]


def test_a_blank_in_our_copy_says_nothing(shipped: Records) -> None:
    (branch,) = [one for one in shipped.relations if one.id == "iskp-part-of-islamic-state"]
    assert not [claim for claim in branch.claims if "infobox" in claim.locator]


def test_locators_and_grounds_of_places_are_worded_alike(shipped: Records) -> None:
    starts = ("section", "paragraph", "infobox", "introduction", "abstract", "substantive note")
    for record in every_record(shipped):
        for claim in record.claims:
            assert claim.locator.startswith(starts), (record.id, claim.locator)
    for one in (*shipped.incidents, *shipped.base_areas):
        assert (
            not one.geo_basis
            or "GeoNames" in one.geo_basis
            or ("estimate" in one.geo_basis.casefold() or "outline" in one.geo_basis)
        ), one.id


def test_nobody_bears_a_longer_name_than_the_text_gives(shipped: Records) -> None:
    khan = shipped.incidents_by_id["hafiz-saeed-khan-2016-07-26"]
    assert [claim.value for claim in said(khan, "target")] == [
        "Hafiz Saeed Khan (also Maulawi Hafiz Saeed Khan Orakzai)"
    ]


def test_who_says_a_thing_is_not_told_again_in_what_is_said(shipped: Records) -> None:
    telling = ("said", "claimed", "announced", "estimated", "reported", "called", "named")
    for record in every_record(shipped):
        for claim in record.claims:
            first = str(claim.value).split()[:1]
            if claim.by and not claim.names_party:
                assert not first or first[0].casefold() not in telling, (record.id, claim.value)
                assert not str(claim.value).startswith(claim.by), (record.id, claim.value)


def test_the_branch_bears_one_name_in_our_words(shipped: Records) -> None:
    for record in every_record(shipped):
        ours = [getattr(record, "summary", ""), getattr(record, "note", "")]
        ours += [str(claim.value) for claim in record.claims]
        ours += [claim.note for claim in record.claims]
        assert "ISIS–K" not in " ".join(ours), record.id
