"""Tables of anybody: which column plays which part, and what becomes of each row."""

from __future__ import annotations

import pytest
from importing_sheets import sheet_of, table_of
from shapely.geometry import Point, box

from geodata.errors import RequestError
from geodata.importing import Looked, RowKind, Settings, look
from geodata.reading import BadRow
from geodata.records import ClaimAbout, GeoPrecision, RecordKind, derive_toll


def all_of(sheet, settings=None) -> Looked:
    looked = look([sheet], settings, dataset="own", file="own.csv", keeps_all=True)
    account = looked.account
    assert account.rows == account.accepted + account.rejected
    return looked


def about(looked: Looked) -> set[str]:
    return {one.about for one in looked.plan.questions}


PLAIN = """
Ref | Date       | Town  | Latitude | Longitude | Killed     | Injured | Source | What happened
1   | 14/01/2024 | Kabul | 34.5     | 69.2      | 3          | 4-6     | Paper  | Something. More.
2   | 03/02/2024 | Herat | 34.35    | 62.2      | at least 4 | some    | Radio  | Other
"""


def test_nothing_of_a_plain_table_is_lost():
    looked = all_of(table_of(PLAIN))
    first, second = looked.records.incidents
    assert first.id == "own:1"
    assert first.points == ((69.2, 34.5),)
    assert first.place == "Kabul"
    assert (first.geo_precision, first.radius_km) == (GeoPrecision.NOT_STATED, None)
    assert "does not say how exact" in first.geo_basis
    assert derive_toll(first.claims, ClaimAbout.FATALITIES).best == 3
    assert derive_toll(first.claims, ClaimAbout.INJURED).text == "at least 4 to at most 6"
    assert derive_toll(second.claims, ClaimAbout.FATALITIES).text == "at least 4"
    assert first.claims[0].locator == "own.csv, line 2"
    cited = looked.records.sources_by_id[first.claims[0].cites[0]]
    assert cited.title == "Paper"
    assert set(first.upstream) == set(table_of(PLAIN).columns)
    # A bad cell costs a cell.
    assert looked.account.doubts["toll_unreadable"] == 1
    assert looked.account.accepted == 2


@pytest.mark.parametrize("name", ["event", "Incident", "What"])
def test_what_is_called_event_is_a_type_where_it_repeats_and_else_a_title(name):
    days = "".join(f"2024-01-0{day} | 34.5 | 69.2 | {{}}\n" for day in range(1, 7))
    table = f"date | lat | lon | {name}\n{days}"
    repeated = all_of(table_of(table.format(*["Bombing"] * 4, "Shooting", "Protest"))).records
    assert [one.type_of_source for one in repeated.incidents][-2:] == ["Shooting", "Protest"]
    own = [f"Something at place {number}" for number in range(6)]
    told = all_of(table_of(table.format(*own))).records
    assert [(one.title, one.type_of_source) for one in told.incidents] == [(o, "") for o in own]


def test_estimates_out_of_order_and_codes_of_tolls_are_doubts():
    table = table_of("""
        date | lat | lon | deaths_low | deaths_best | deaths_high | injured
        2024-01-01 | 34.5 | 69.2 | 5 | 3 | 4 | -99
        2024-01-02 | 34.5 | 69.2 | 1 | 3 | 4 | 0
        2024-01-03 | 34.5 | 69.2 |   | 3 |   |
    """)
    looked = all_of(table)
    assert looked.account.doubts == {"estimates_out_of_order": 1, "toll_coded": 1}
    assert looked.to_dict()["doubts"] == {"estimates_out_of_order": 1, "toll_coded": 1}
    [shown] = looked.account.examples["estimates_out_of_order"]
    assert "killed_low 5, killed 3, killed_high 4" in shown


def test_the_order_of_day_and_month_is_proved_from_the_column():
    looked = all_of(table_of(PLAIN))
    assert [one.event_date for one in looked.records.incidents] == ["2024-01-14", "2024-02-03"]
    assert looked.plan.mapping["dates"] == "dmy"
    assert "1 of 2 fit only so" in looked.plan.guesses[0].evidence
    assert not looked.plan.questions


def test_an_order_that_nothing_proves_is_asked_and_no_day_invented():
    sheet = table_of("id | date | city\n1 | 03/02/2024 | Kabul\n2 | 04/05/2024 | Herat")
    looked = all_of(sheet)
    assert about(looked) == {"dates"}
    (question,) = looked.plan.questions
    assert [given for given, _ in question.answers] == ["dates=dmy", "dates=mdy"]
    assert looked.records.incidents[0].event_date == "[2024-02-03,2024-03-02]"
    told = all_of(sheet, Settings(given={"dates": "mdy"}))
    assert not told.plan.questions
    assert told.records.incidents[0].event_date == "2024-03-02"


def test_the_date_of_the_event_wins_over_that_of_the_record():
    sheet = table_of(
        "id | created at | Reported date | Date of incident | end date | city\n"
        "1 | 2024-05-01 | 2024-04-01 | 2024-01-03 | 2024-01-05 | Kabul"
    )
    looked = all_of(sheet)
    assert looked.plan.mapping["date"] == "Date of incident"
    assert looked.records.incidents[0].event_date == "2024-01-03/2024-01-05"
    assert not looked.plan.questions


def test_only_a_date_of_recording_is_asked_about():
    sheet = table_of("id | created at | city\n1 | 2024-05-01 | Kabul")
    assert about(all_of(sheet)) == {"date"}


def test_a_date_may_be_parted_in_columns():
    sheet = table_of(
        "year | month | day | city\n2019 | 3 | 4 | Kabul\n2019 | 5 | 0 | Herat\n"
        "2020 | May |  | Kabul"
    )
    found = [one.event_date for one in all_of(sheet).records.incidents]
    assert found == ["2019-03-04", "2019-05", "2020-05"]


def test_no_date_at_all_is_asked_about_and_rows_are_kept():
    looked = all_of(table_of("name | lat | lon\nA place | 34.5 | 69.2"))
    assert about(looked) == {"date"}
    assert looked.records.incidents[0].event_date == "XXXX"


@pytest.mark.parametrize(
    ("lat", "lon", "rule"),
    [
        ("134.5", "69.2", "coordinates_out_of_range"),
        ("34.5", "269.2", "coordinates_out_of_range"),
        ("34.5", "", "coordinates_half"),
        ("Unknown", "69.2", "coordinates_half"),
        ("34.5", "sixty", "coordinates_unreadable"),
        ("-1191414610", "34", "coordinates_out_of_range"),
    ],
)
def test_coordinates_that_are_no_place_cost_the_row(lat, lon, rule):
    sheet = table_of(
        f"id | date | lat | lon\n1 | 2024-01-03 | 34 | 69\n2 | 2024-01-03 | {lat} | {lon}"
    )
    looked = all_of(sheet)
    assert looked.account.rules == {rule: 1}
    assert looked.account.with_point == 1


def test_a_swapped_pair_is_suggested():
    kept = []
    sheet = table_of(
        "id | date | lat | lon\n1 | 2024-01-03 | 34 | 69\n2 | 2024-01-03 | 120.68 | 38.18"
    )
    from geodata.importing import begin

    importing = begin([sheet], Settings(), "own", "own.csv")
    list(importing.records(kept.append))
    assert kept[0].suggestion == "swapped: 38.18, 120.68"


@pytest.mark.parametrize(
    ("country", "lat", "lon", "words"),
    [
        ("Kenya", "36.8", "-1.3", "swapped"),
        ("South Africa", "26.2", "28", "south"),
        ("Peru", "-12", "77", "west"),
        ("Peru", "12", "77", "both signs"),
    ],
)
def test_a_point_far_from_its_country_is_doubtful_with_what_it_may_mean(country, lat, lon, words):
    sheet = table_of(f"id | date | country | lat | lon\n1 | 2024-01-03 | {country} | {lat} | {lon}")
    looked = all_of(sheet)
    assert looked.account.doubts == {"point_outside_country": 1}
    assert words in looked.account.examples["point_outside_country"][0]


def test_a_column_of_latitudes_beyond_the_pole_is_turned_and_asked():
    looked = all_of(
        table_of("id | date | lat | lon\n1 | 2024-01-03 | 120.5 | 38\n2 | 2024-01-04 | 121.5 | 39")
    )
    assert looked.records.incidents[0].points == ((120.5, 38.0),)
    assert about(looked) == {"lat"}


def test_zero_zero_is_listed_and_never_drawn():
    looked = all_of(
        table_of("id | date | lat | lon\n1 | 2024-01-03 | 0 | 0.0\n2 | 2024-01-03 | 1 | 1")
    )
    assert looked.account.accepted == 2
    assert looked.account.with_point == 1
    assert looked.account.doubts["point_at_zero"] == 1
    assert not looked.records.incidents[0].points


def test_degrees_win_over_columns_in_metres():
    sheet = table_of(
        "id;date;LINREFX;LINREFY;XGCSWGS84;YGCSWGS84".replace(";", " | ")
        + "\n1 | 2024-01-03 | 387000,5 | 5820000,1 | 13,377 | 52,516"
    )
    looked = all_of(sheet)
    assert looked.plan.mapping["lat"] == "YGCSWGS84"
    assert looked.records.incidents[0].points == ((13.377, 52.516),)


def test_metres_alone_are_asked_about_and_read_when_told():
    sheet = table_of("id | date | utm_x | utm_y\n1 | 2024-01-03 | 391779 | 5820072")
    assert about(all_of(sheet)) == {"crs"}
    (found,) = all_of(sheet, Settings(given={"crs": "EPSG:32633"})).records.incidents
    assert found.points[0] == pytest.approx((13.405, 52.52), abs=1e-3)


def test_a_column_of_zones_settles_what_metres_are_in():
    sheet = table_of("id|date|Zone|Easting|Northing\n1|2024-01-03|42S|500000|3820000")
    looked = all_of(sheet)
    assert looked.plan.mapping["crs"] == "EPSG:32642"
    assert "crs" not in about(looked)
    assert looked.records.incidents[0].points[0] == pytest.approx((69.0, 34.5217), abs=1e-3)
    two = table_of(
        "id|date|Zone|Easting|Northing\n1|2024-01-03|42S|500000|3820000\n"
        "2|2024-01-03|41S|500000|3820000"
    )
    assert "crs" in about(all_of(two))


def test_a_pair_in_one_cell_and_words_beside_it():
    sheet = table_of(
        "id | date | coordinates\n1 | 2024-01-03 | 36.2, 37.1\n2 | 2024-01-03 | Unconfirmed\n"
        "3 | 2024-01-03 | 36,x"
    )
    looked = all_of(sheet)
    assert looked.account.rules == {"coordinates_unreadable": 1}
    assert looked.account.with_point == 1


def test_a_second_pair_does_not_win():
    sheet = table_of(
        "id | date | shore_lat | shore_long | latitude | longitude\n"
        "1 | 2024-01-03 | 10 | 20 | 11 | 21"
    )
    assert all_of(sheet).records.incidents[0].points == ((21.0, 11.0),)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("Breite", "Länge"), ("Breitengrad", "Längengrad"), ("y_wgs84", "x_wgs84"), ("LAT", "LONG")],
)
def test_pairs_are_found_by_names_in_other_words_and_commas_are_decimal(lat, lon):
    sheet = table_of(f"id | Datum | {lat} | {lon}\n1 | 14.01.2024 | 50,94 | 6,96")
    assert all_of(sheet).records.incidents[0].points == ((6.96, 50.94),)


def test_geometry_wins_over_columns_that_say_another_place():
    sheet = sheet_of(
        ["date", "LATITUDE", "LONGITUDE"], [["2024-01-03", 1, 2]], geometries=[Point(69, 34)]
    )
    assert all_of(sheet).records.incidents[0].points == ((69.0, 34.0),)


def test_an_outline_is_a_point_and_a_circle_that_holds_it():
    sheet = sheet_of(
        ["date", "title"], [["2024-01-03", "A fire"]], geometries=[box(10, 10, 11, 11)]
    )
    (found,) = all_of(sheet).records.incidents
    assert found.points == ((10.5, 10.5),)
    assert found.radius_km > 70


def test_outlines_of_nothing_are_asked_about():
    sheet = sheet_of(["fid"], [[1]], geometries=[box(10, 10, 11, 11)])
    assert "row" in about(all_of(sheet))


def test_a_line_of_totals_is_no_record():
    sheet = table_of(
        "Serial | Date | City | Killed\n1 | 2024-01-03 | Kabul | 3\n | | Total | 3658\n0 | | | "
    )
    looked = all_of(sheet)
    assert looked.account.rules == {"not_a_record": 2}
    assert looked.account.accepted == 1


def test_what_cannot_be_split_is_rejected_and_counted():
    sheet = sheet_of(
        ["id", "date"], [["1", "2024-01-03"], BadRow(2, 3, "unterminated_quote", '"a,b')]
    )
    looked = all_of(sheet)
    assert (looked.account.rows, looked.account.rejected) == (2, 1)
    assert looked.account.rules == {"unterminated_quote": 1}


def test_ids_are_kept_and_those_that_repeat_are_told():
    looked = all_of(table_of("id | date\n001 | 2024-01-03\nnode/7 | 2024-01-04\n001 | 2024-01-05"))
    ids = [one.id for one in looked.records.incidents]
    assert ids[0] == "own:001"
    assert ids[2] == "own:001.2"
    assert len(set(ids)) == 3


def test_rows_without_ids_are_known_by_what_they_say():
    one = all_of(table_of("date | lat | lon\n2024-01-03 | 48.0 | 2")).records.incidents[0].id
    same = all_of(table_of("date | lat | lon\n2024-01-03 | 48.000000 | 2")).records.incidents[0].id
    other = all_of(table_of("date | lat | lon\n2024-01-03 | 48.1 | 2")).records.incidents[0].id
    assert one == same != other


def test_victims_of_one_incident_are_one_record_that_counts_them():
    sheet = table_of(
        "dc_key | date | city | age | name\n7 | 2024-01-03 | X | 20 | A B\n"
        "7 | 2024-01-03 | X | 30 | C D\n8 | 2024-01-05 | X | 30 | E"
    )
    assert "row" in about(all_of(sheet))
    settings = Settings(given={"id": "dc_key"}, row=RowKind.VICTIM)
    looked = all_of(sheet, settings)
    assert [one.id for one in looked.records.incidents] == ["own:7", "own:8"]
    counts = [c.value for one in looked.records.incidents for c in one.claims if c.part]
    assert counts == [2, 1]
    assert looked.account.accepted == 3


def test_names_of_persons_are_in_no_record():
    sheet = table_of("id | date | city | age | name\n1 | 2024-01-03 | Kabul | 20 | Somebody Else")
    looked = all_of(sheet)
    assert "Somebody" not in looked.records.incidents[0].model_dump_json()
    assert looked.plan.mapping["victim"] == "name"


def test_counts_are_aggregates_and_no_pins():
    sheet = table_of("country | date | lat | lon | events\nKenya | 2024-01 | 0.5 | 37 | 33")
    assert "row" in about(all_of(sheet))
    (found,) = all_of(sheet, Settings(row=RowKind.COUNT)).records.incidents
    assert found.record_kind is RecordKind.AGGREGATE
    assert not found.points


@pytest.mark.parametrize(
    "text",
    [
        "id|week|events|lat|lon\n1|2024-01-06|3|34.5|69.2\n2|2024-01-13|1|34.5|69.2",
        "id|week|admin1|centroid_latitude|centroid_longitude\n1|2024-01-06|Kabul|34.5|69.2",
    ],
)
def test_whether_rows_are_counts_is_asked_where_columns_say_so(text):
    assert "row" in about(all_of(table_of(text)))


def test_positions_are_base_areas_when_the_user_says_so():
    sheet = table_of("unit | date | lat | lon\n1st Brigade | 2024-01-03 | 34.5 | 69.2")
    assert "row" in about(all_of(sheet))
    looked = all_of(sheet, Settings(row=RowKind.POSITION))
    (area,) = looked.records.base_areas
    assert area.last_cited == "2024-01-03"
    assert looked.records.groups_by_id[area.group].name == "1st Brigade"


def test_what_is_said_wins_over_what_is_guessed():
    sheet = table_of("id | Started | Seen | city\n1 | 2024-01-03 | 2024-02-03 | Kabul")
    looked = all_of(sheet, Settings(given={"date": "seen", "id": ""}))
    assert looked.records.incidents[0].event_date == "2024-02-03"
    assert "id" not in looked.plan.mapping
    with pytest.raises(RequestError, match="date must be a column of the file, got 'Nope'"):
        all_of(sheet, Settings(given={"date": "Nope"}))
    with pytest.raises(RequestError, match="must name one of"):
        Settings(given={"colour": "x"})


def test_doubtful_rows_can_be_left_out():
    sheet = table_of("id | date | lat | lon\n1 | 2024-01-03 | 0 | 0\n2 | 2024-01-03 | 1 | 1")
    looked = all_of(sheet, Settings(rejects_doubtful=True))
    assert looked.account.rules == {"point_at_zero": 1}


def test_the_best_of_several_sheets_is_read():
    prose = sheet_of(["About this file"], [["Terms of use"]], name="Read me")
    data = table_of(PLAIN)
    assert look([prose, data]).account.rows == 2
    assert look([prose, data], Settings(sheet="Read me")).account.rows == 1
    with pytest.raises(RequestError, match="--sheet must name a sheet"):
        look([prose, data], Settings(sheet="Nope"))


def test_layers_of_one_form_are_read_together():
    one, other = table_of(PLAIN), table_of(PLAIN.replace("2024", "2023"))
    looked = look([one, other])
    assert looked.account.rows == 4
    assert looked.account.first_day.year == 2023


def test_the_account_has_the_keys_that_are_promised():
    told = all_of(table_of(PLAIN)).to_dict()
    assert list(told) == [
        "format", "rows", "accepted", "rejected", "skipped", "with_point", "first_day", "last_day",
        "rules", "mapping", "questions", "notes", "doubts", "may_publish", "licence",
    ]  # fmt: skip
    assert (told["first_day"], told["last_day"]) == ("2024-01-14", "2024-02-03")
    assert told["skipped"] == {"header": 1}


def test_names_alone_are_proposed_by_name_and_taken_when_the_user_says_so():
    sheet = table_of(
        "id | date | city | country\n1 | 2024-01-03 | Herat | Afghanistan\n"
        "2 | 2024-01-04 | Herat | Afghanistan\n3 | 2024-01-04 | Nowhere at all | Afghanistan"
    )
    looked = all_of(sheet)
    assert not any(one.points for one in looked.records.incidents)
    (name, count, found), (_, _, nothing) = looked.proposals
    assert (name, count, found.name, nothing) == ("Herat, AF", 2, "Herāt", None)
    placed = all_of(sheet, Settings(given={"places": "accept"})).records.incidents
    assert [bool(one.points) for one in placed] == [True, True, False]
    assert placed[0].geo_basis.startswith("By its name alone")
