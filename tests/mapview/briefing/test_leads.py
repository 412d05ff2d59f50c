"""Figures in the words of a briefing and the claims that they lead to."""

from __future__ import annotations

import pytest

from geodata import Records
from geodata.queries import Filter, Store
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing

KERMAN = Filter(ids=("kerman-2024-01-03",))


@pytest.fixture(scope="module")
def store(shipped: Records) -> Store:
    return Store.of(shipped)


def led(briefing: Briefing, text: str) -> dict[str, int | None]:
    pieces = list(briefing.pieces(text))
    assert "".join(piece for piece, _ in pieces) == text
    return {piece: claim for piece, claim in pieces if claim is not None}


def test_each_figure_leads_to_who_says_it_and_where(store: Store, shipped: Records) -> None:
    briefing = compose(store, KERMAN)
    found = led(briefing, briefing.messages[0])
    assert list(found) == ["nearly 100", "94", "96"]
    for figure, number in found.items():
        assert number
        claim = briefing.leads.claims[number - 1]
        assert claim.incident == "kerman-2024-01-03"
        assert claim.title == "Kerman, 3 January 2024"
        assert (claim.heading, claim.line.value) == ("Killed", figure)
        assert claim.line.locator
        assert claim.line.source.id in {one.id for one in briefing.sources}
    whole = {one.line.at for one in briefing.leads.claims}
    claims = shipped.incidents_by_id["kerman-2024-01-03"].claims
    about = [str(claims[at].about) for at in whole]
    assert (about.count("fatalities"), about.count("injured"), len(about)) == (3, 2, 5)


def test_the_ends_of_a_headline_lead_where_it_does(store: Store) -> None:
    briefing = compose(store, KERMAN)
    assert led(briefing, briefing.headline) == {"94 to nearly 100": 1}
    assert led(briefing, briefing.short_title) == {"94 to nearly 100": 1}
    end = briefing.headline.removeprefix("Kerman, 3 January 2024: 94 to nearly 100 killed; c")
    assert led(briefing, f"C{end}") == {}
    what = briefing.headline.removeprefix("Kerman, 3 January 2024: ")
    assert led(briefing, what) == {"94 to nearly 100": 1}
    assert led(briefing, "Of nothing 94 here") == {}


def test_what_was_found_leads_on_where_it_is_the_title(store: Store) -> None:
    tajik = compose(store, Filter(countries=("TJ",)))
    assert list(led(tajik, tajik.first)) == ["29 July 2018", "4"]
    assert all(led(tajik, tajik.first).values())
    # The first sentence has a capital there, and the second a stop.
    summed = compose(store, Filter.from_query("areas=off"))
    assert led(summed, summed.first) == {"at least 938": 0}
    assert list(led(summed, summed.opening[1])) == ["26 August 2021", "over 170 to at least 182"]


def test_what_an_author_wrote_leads_on_where_the_records_say_it(store: Store) -> None:
    options = BriefingOptions(
        headline="Kerman: 94 killed", messages=("Over 300 were injured.", "84 were killed.")
    )
    briefing = compose(store, KERMAN, options)
    assert list(led(briefing, "Kerman: 94 killed")) == ["94"]
    assert list(led(briefing, "Over 300 were injured.")) == ["Over 300"]
    assert led(briefing, "84 were killed.") == {}
    assert [len(one.unmatched) for one in briefing.leads.checked] == [0, 0, 1]


def test_what_is_counted_leads_to_no_claim_of_one_incident(store: Store) -> None:
    briefing = compose(store, Filter(countries=("AF",)))
    counted = led(briefing, briefing.messages[0])
    assert counted["464 to at least 476"] == 0
    assert set(counted.values()) == {0}
    # Of an end that is added up the parts are told, and not those counted within another total.
    told = [one.line.value for one in briefing.leads.claims if one.heading == "Killed"]
    assert told[:3] == ["over 170", "13 (US military personnel)", "at least 169 (Afghans)"]
    assert "28 (Taliban members)" not in told
