from __future__ import annotations

from dataclasses import replace

import pytest

from geodata import load
from geodata.tongue import speaking
from mapview.briefing.figure.scene.labels import brief_words, label_words, short_date, short_place
from mapview.briefing.figure.scene.places import IncidentPlace

ONE = IncidentPlace(
    id="a", lon=0, lat=0, kind=0, status=0, form="point", radius_km=1, province="", name="Kabul",
    country="AF", date="2019-08-17", killed=92, is_certain=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-01-03", "3 Jan 2024"),
        ("2022-05", "May 2022"),
        ("2015", "2015"),
        ("2015/2016", "2015–2016"),
        ("2022~", "about 2022"),
        ("2017-09~", "about Sep 2017"),
        ("2018-04/2018-07", "Apr – Jul 2018"),
        ("2015-06/2016-09", "Jun 2015 – Sep 2016"),
        ("../2007", "by 2007"),
        ("XXXX", "date unknown"),
    ],
)
def test_dates_are_short(text: str, words: str) -> None:
    assert short_date(text) == words


def test_every_shipped_date_fits_a_label() -> None:
    assert all(len(short_date(one.event_date)) <= 36 for one in load().incidents)


def test_long_places_keep_their_town() -> None:
    assert short_place("Hamid Karzai International Airport, Kabul") == "Kabul"
    assert short_place("Achin District") == "Achin District"
    # Not all names are known in the language that is spoken, whose comma is another one.
    with speaking("fa"):
        assert short_place("Hamid Karzai International Airport, Kabul") == "Kabul"
        assert short_place("فرودگاه بین‌المللی حامد کرزی، کابل") == "کابل"
    assert short_place("") == ""


def test_one_incident_is_named_by_place_and_date() -> None:
    assert label_words([ONE]) == ("Kabul", "17 Aug 2019")


def test_several_are_named_by_place_and_years() -> None:
    later = replace(ONE, id="b", date="2022")
    assert label_words([ONE, later]) == ("Kabul", "2019–2022")
    assert label_words([ONE, later, replace(later, id="c", name="Bagram")]) == (
        "Places in Afghanistan",
        "2019–2022",
    )


def test_several_places_are_named_by_their_province_or_else_their_country() -> None:
    kabul = replace(ONE, province="AF.13")
    around = replace(kabul, id="b", name="Paghman")
    assert label_words([kabul, around])[0] == "Places in Kabul"
    assert label_words([kabul, replace(around, province="AF.40")])[0] == "Places in Afghanistan"
    beyond = replace(around, province="PK.03", country="PK")
    assert label_words([kabul, beyond])[0] == "Kabul and nearby"


def test_what_is_shorter_than_a_name_is_its_town_or_the_province_that_is_known() -> None:
    # What stands behind a place is larger than it.
    assert brief_words([replace(ONE, name="Manhattan, New York City")]) == "Manhattan"
    assert brief_words([replace(ONE, name="Herat، near")]) == "Herat"
    assert brief_words([ONE]) == ""
    vague = replace(ONE, form="province", name="Kabul Province", province="AF.13")
    assert brief_words([vague]) == "Kabul"
    assert brief_words([replace(vague, name="Kabul")]) == ""
    assert brief_words([replace(vague, name="Logar Province", province="")]) == ""
    # A place that is known is not named by its province.
    assert brief_words([replace(vague, form="ring", name="Paghman District")]) == ""
    around = replace(ONE, id="b", name="Paghman", province="AF.13")
    assert brief_words([vague, around]) == "Kabul"


@pytest.mark.parametrize(
    ("date", "years"),
    [
        ("2023/..", "from 2019 on"),
        ("../2023", "by 2023"),
        ("XXXX", "2019"),
        ("0001-05-01", "1–2019"),
        ("9999-12-31", "2019–9999"),
    ],
)
def test_years_of_several_are_as_open_as_their_dates(date: str, years: str) -> None:
    assert label_words([ONE, replace(ONE, id="b", date=date)]) == ("Kabul", years)


def test_several_of_no_known_day_have_no_years() -> None:
    unknown = replace(ONE, date="XXXX")
    assert label_words([unknown, replace(unknown, id="b")]) == ("Kabul", "")


def test_an_exact_place_names_a_disc_before_a_vague_one() -> None:
    vague = replace(ONE, id="b", form="province", name="Kabul Province")
    more = replace(vague, id="c")
    beyond = replace(ONE, id="d", name="Peshawar", country="PK", form="province")
    assert label_words([vague, more, ONE, beyond])[0] == "Kabul and nearby"


def test_what_has_no_place_has_no_label() -> None:
    nowhere = replace(ONE, name="")
    assert label_words([nowhere, replace(nowhere, id="b")]) == ("", "")
    assert label_words([nowhere]) == ("", "17 Aug 2019")
