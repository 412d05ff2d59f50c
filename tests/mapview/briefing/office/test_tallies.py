"""Counts by type and by country: what stands beside the bars is true of what is left over, too."""

from __future__ import annotations

from typing import Any

from geodata import Filter, Incident, Records, Store
from mapview.briefing.compose import compose
from mapview.briefing.content import Briefing
from mapview.briefing.office import tallies

CODES = ("AF", "FR", "IN", "IQ", "IR", "PK", "RU", "SY", "TR")


def one(identifier: str, **more: Any) -> Incident:
    usual = {"title": identifier, "event_date": "2020-05-01", "event_types": ("bombing",)}
    return Incident(id=identifier, **{**usual, "geo_precision": "country", **more})


def of(*incidents: Incident, query: str = "") -> Briefing:
    return compose(Store.of(Records(incidents)), Filter.from_query(query))


def test_what_has_no_single_country_is_none_of_the_others() -> None:
    some = [one(f"{code}-{at}", country=code) for code in CODES for at in range(2)]
    tally = tallies.by_country(of(*some, one("gb", country="GB"), one("nowhere")))
    assert len(tally.labels) == tallies.MOST
    assert tally.labels[-2:] == ("2 other countries: 3", "no single country: 1")
    assert sum(sum(part.values) for part in tally.series) == 20


def test_campaigns_that_are_not_counted_have_their_bounds() -> None:
    campaigns = [
        one(f"c{at}", record_kind="aggregate", country="AF", event_date=date)
        for at, date in enumerate(("2020-05", "2020"))
    ]
    briefing = of(one("a", country="AF"), *campaigns, query="from=2020-04-01&to=2020-06-01")
    said = "1 to 2 campaigns and counts are not counted here."
    assert said in tallies.by_type(briefing).notes
    alone = of(one("a", country="AF"), campaigns[0])
    assert "1 campaign or count is not counted here." in tallies.by_type(alone).notes
