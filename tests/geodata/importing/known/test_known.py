"""ACLED, UCDP and the GTD: precision, tolls, parties and doubts as their codebooks have them."""

from __future__ import annotations

import pytest
from importing_rows import ACLED_OLD, COLUMNS, GTD, UCDP, row
from importing_sheets import sheet_of

from geodata.importing import Settings, look
from geodata.reading import Refused
from geodata.records import (
    Attribution,
    ClaimAbout,
    EventType,
    GeoPrecision,
    Incident,
    Qualifier,
    Role,
    Status,
    attribution,
    derive_toll,
    parties,
)


def only(database: str, settings: Settings | None = None, **cells: str) -> Incident:
    looked = look(
        [sheet_of(COLUMNS[database], [row(database, **cells)])], settings, dataset="d", file="f.csv"
    )
    assert looked.account.accepted == 1, looked.account.examples
    return looked.records.incidents[0]


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        (COLUMNS["ACLED"], "ACLED"),
        ([one.upper() for one in COLUMNS["ACLED"]], "ACLED"),
        ([*COLUMNS["ACLED"][:23], "iso3", *COLUMNS["ACLED"][23:], "population_best"], "ACLED"),
        (ACLED_OLD, "ACLED"),
        (UCDP, "UCDP GED"),
        ([*UCDP[:29], "iso3", "start_year", *UCDP[29:]], "UCDP GED"),
        ([one for one in UCDP if one not in ("code_status", "gwnoa", "gwnob")], "UCDP GED"),
        (GTD, "GTD"),
        (["extra", *GTD], "GTD"),
    ],
)
def test_a_database_is_known_by_its_names_and_not_by_their_number(columns, name):
    looked = look([sheet_of(columns, [["1"] * len(columns)])])
    assert looked.form.startswith(name)


def test_a_table_of_ones_own_is_none_of_them():
    looked = look(
        [sheet_of(["id", "event_date", "country", "best"], [["1", "2024", "Kenya", "2"]])]
    )
    assert looked.form == "CSV"


@pytest.mark.parametrize(
    ("code", "precision"),
    [
        ("1", GeoPrecision.SETTLEMENT),
        ("2", GeoPrecision.NEAR_SETTLEMENT),
        ("3", GeoPrecision.PROVINCE),
    ],
)
def test_acled_says_how_exact_a_place_is(code, precision):
    found = only("ACLED", geo_precision=code)
    assert found.geo_precision is precision
    assert found.points == ((-1.63, 14.1),)


@pytest.mark.parametrize(
    ("code", "expected"),
    [("1", "2024-01-03"), ("2", "2023-12-31/2024-01-06"), ("3", "2024-01")],
)
def test_acled_says_how_exact_a_day_is(code, expected):
    assert only("ACLED", time_precision=code).event_date == expected


def test_acled_zero_stays_zero_and_says_what_it_may_mean():
    (claim,) = [c for c in only("ACLED", fatalities="0").claims if c.about is ClaimAbout.FATALITIES]
    assert claim.value == 0
    assert "none is known" in claim.note
    assert claim.locator == "f.csv, line 2"
    assert len(claim.cites) == 2


def test_acled_keeps_its_type_where_we_have_no_word():
    found = only("ACLED", event_type="Protests", sub_event_type="Peaceful protest")
    assert found.event_types == (EventType.OTHER,)
    assert found.type_of_source == "Peaceful protest"
    assert only("ACLED", sub_event_type="Air/drone strike").event_types == (EventType.AIRSTRIKE,)


def test_acled_names_who_was_hit_only_where_civilians_were():
    clash = parties(only("ACLED").claims)
    assert len(clash[Role.ACTOR]) == 2
    violence = only(
        "ACLED",
        event_type="Violence against civilians",
        sub_event_type="Attack",
        actor2="Civilians (Burkina Faso)",
        inter2="Civilians",
    )
    named = parties(violence.claims)
    assert named[Role.ACTOR] == ("d:Group-A-" + named[Role.ACTOR][0][-6:],)
    assert len(named[Role.TARGET]) == 1
    strike = parties(only("ACLED", event_type="Explosions/Remote violence").claims)
    assert not strike[Role.ACTOR]
    assert len(strike[Role.OTHER]) == 2


def test_acled_of_2016_is_read_with_numbers_for_parties():
    cells = {"event_id_cnty": "8188RTA", "event_date": "2016-03-04", "event_type": "Riots/Protests",
             "actor1": "Protesters (X)", "inter1": "6", "country": "Algeria", "latitude": "36.7",
             "longitude": "3.1", "geo_precision": "1", "time_precision": "1", "fatalities": "0",
             "location": "Algiers"}  # fmt: skip
    sheet = sheet_of(ACLED_OLD, [[cells.get(name, "") for name in ACLED_OLD]])
    (found,) = look([sheet]).records.incidents
    assert found.id == "file:8188RTA"
    assert found.type_of_source == "Riots/Protests"
    assert parties(found.claims)[Role.ACTOR]


@pytest.mark.parametrize(
    ("code", "precision", "is_mappable"),
    [
        ("1", GeoPrecision.SETTLEMENT, True),
        ("2", GeoPrecision.NEAR_SETTLEMENT, True),
        ("3", GeoPrecision.DISTRICT, True),
        ("4", GeoPrecision.PROVINCE, True),
        ("5", GeoPrecision.REGION, True),
        ("6", GeoPrecision.COUNTRY, False),
        ("7", GeoPrecision.UNKNOWN, False),
    ],
)
def test_ucdp_says_how_exact_a_place_is_and_a_country_is_no_pin(code, precision, is_mappable):
    found = only("UCDP", where_prec=code)
    assert found.geo_precision is precision
    assert found.is_mappable is is_mappable


def test_ucdp_gives_three_estimates_of_which_one_is_best():
    found = only("UCDP")
    toll = derive_toll(found.claims, ClaimAbout.FATALITIES)
    assert (toll.low, toll.best, toll.high) == (6, 6, 8)
    hedges = {c.qualifier for c in found.claims if c.about is ClaimAbout.FATALITIES and not c.part}
    assert hedges == {None, Qualifier.AT_LEAST, Qualifier.AT_MOST}
    parts = {c.part: c.value for c in found.claims if c.part}
    assert parts == {"IS": 4, "people of unknown side": 2}


def test_ucdp_estimates_out_of_order_are_kept_and_told():
    sheet = sheet_of(UCDP, [row("UCDP", low="9", best="6", high="8")])
    looked = look([sheet])
    assert looked.account.accepted == 1
    assert looked.account.doubts["estimates_out_of_order"] == 1


def test_ucdp_knows_parties_and_days():
    found = only("UCDP", type_of_violence="3", side_b="Civilians", date_end="2017-08-02")
    assert found.event_date == "2017-07-31/2017-08-02"
    named = parties(found.claims)
    assert (len(named[Role.ACTOR]), len(named[Role.TARGET])) == (1, 1)
    assert len(parties(only("UCDP").claims)[Role.ACTOR]) == 2


@pytest.mark.parametrize(
    ("cells", "precision"),
    [
        ({"specificity": "1"}, GeoPrecision.SETTLEMENT),
        ({"specificity": "1", "vicinity": "1"}, GeoPrecision.NEAR_SETTLEMENT),
        ({"specificity": "2"}, GeoPrecision.DISTRICT),
        ({"specificity": "3"}, GeoPrecision.DISTRICT),
        ({"specificity": "4"}, GeoPrecision.PROVINCE),
        ({"specificity": "5"}, GeoPrecision.UNKNOWN),
    ],
)
def test_gtd_says_how_exact_a_place_is(cells, precision):
    assert only("GTD", **cells).geo_precision is precision


def test_gtd_days_that_are_not_known_are_months_and_ids_stay():
    found = only("GTD", iday="0")
    assert found.event_date == "2011-01"
    assert found.id == "d:201101010001"
    assert only("GTD", approxdate="January 1-5, 2011").event_date == "2011-01-01/2011-01-05"


def test_gtd_claims_and_doubts_are_kept_apart():
    plain = only("GTD")
    assert attribution(plain.claims) is Attribution.ATTRIBUTED
    claimed = only("GTD", claimed="1", gname2="Group C", guncertain2="1", compclaim="1")
    assert attribution(claimed.claims) is Attribution.CLAIMED
    caveats = [c.caveat for c in claimed.claims if c.about is ClaimAbout.ATTRIBUTION]
    assert caveats == [
        "Several groups claimed it.",
        "Suspected, not confirmed. Several groups claimed it.",
    ]
    doubt = only("GTD", doubtterr="1", alternative_txt="Other Crime Type")
    assert any("Other Crime Type" in str(c.value) for c in doubt.claims)
    assert not any("Doubtful" in str(c.value) for c in plain.claims)
    unknown = only("GTD", gname="Unknown")
    assert attribution(unknown.claims) is Attribution.UNATTRIBUTED


def test_gtd_types_tolls_and_success():
    found = only("GTD", suicide="1", success="0", nkill="-99")
    assert found.event_types == (EventType.SUICIDE_BOMBING,)
    assert found.status is Status.FOILED
    assert derive_toll(found.claims, ClaimAbout.FATALITIES).low is None
    assert derive_toll(found.claims, ClaimAbout.INJURED).best == 5


def test_gtd_may_go_out_only_with_a_licence():
    sheet = sheet_of(GTD, [row("GTD")])
    assert not look([sheet]).records.sources[0].may_publish
    assert look([sheet], Settings(holds_licence=True)).records.sources[0].may_publish


RENAMED = {
    "columns": (
        ["no", "iyear", "imonth", "iday", "attacktype1_txt", "lat", "lon"],
        ["1", "2011", "1", "1", "Bombing/Explosion", "33.3", "44.4"],
        "“iyear”, “imonth”, “iday” are of the Global",
    ),
    "ids": (
        ["no", "date", "town", "lat", "lon"],
        ["201101010001", "1 January 2011", "Baghdad", "33.3", "44.4"],
        "the ids in “no” are built like those of the Global",
    ),
    "source": (
        ["no", "date", "town", "lat", "lon", "source"],
        ["1", "2011-01-01", "Baghdad", "33.3", "44.4", "GTD"],
        "a row names “GTD” as its source",
    ),
    "name of a source": (
        ["no", "date", "town", "lat", "lon", "source"],
        ["1", "2011-01-01", "Baghdad", "33.3", "44.4", "Global Terrorism Database, 2019"],
        "as its source",
    ),
}


@pytest.mark.parametrize(("columns", "cells", "why"), RENAMED.values(), ids=RENAMED)
def test_rows_of_the_gtd_are_known_under_other_names(columns, cells, why):
    looked = look([sheet_of(columns, [cells])], keeps_all=True)
    assert looked.account.accepted == 1
    assert not looked.source.may_publish
    assert why in looked.source.licence
    assert looked.to_dict()["may_publish"] is False
    held = look([sheet_of(columns, [cells])], Settings(holds_licence=True))
    assert held.source.may_publish


@pytest.mark.parametrize(
    "cells",
    [
        ["201101010001", "5 May 2012", "Baghdad", "33.3", "44.4", "A paper"],
        ["209901010001", "1 January 2099", "Baghdad", "33.3", "44.4", "A paper"],
        ["20110101", "2011-01-01", "Baghdad", "33.3", "44.4", "An imaginary GTDX"],
    ],
    ids=["of another year", "to come", "shorter"],
)
def test_ids_and_sources_of_others_are_not_taken_for_those_of_the_gtd(cells):
    looked = look([sheet_of(["no", "date", "town", "lat", "lon", "source"], [cells])])
    assert looked.source.may_publish


def test_the_gtd_without_its_dates_is_refused():
    columns = ["eventid", "gname", "country_txt", "attacktype1_txt", "nkill"]
    with pytest.raises(Refused, match=r"rows of GTD must say when .*iyear, imonth, iday"):
        look([sheet_of(columns, [["201101010001", "Unknown", "Iraq", "Hijacking", "1"]])])


def test_rows_of_the_gtd_in_a_table_of_others_are_known_by_their_column():
    sheet = sheet_of(["date", "city", "gtd_id"], [["2011-01-01", "Karachi", "201101010001"]])
    source = look([sheet]).records.sources[0]
    assert not source.may_publish
    assert "the column “gtd_id” is of the Global" in source.licence


@pytest.mark.parametrize(("database", "name"), [("ACLED", "ACLED"), ("UCDP", "Uppsala")])
def test_every_output_can_say_whose_data_these_are(database, name):
    sheet = sheet_of(COLUMNS[database], [row(database)])
    source = look([sheet], dataset="d").records.sources_by_id["d"]
    assert name in source.publisher
    assert source.url
