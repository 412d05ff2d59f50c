"""Names of columns, as they were met."""

from __future__ import annotations

import pytest
from importing_sheets import sheet_of

from geodata.importing.guesses import ROLES, counted_part, make_plan, name_score

BEST = {
    "Case Number": "id", "event_id_cnty": "id", "Event Date": "date", "dateOccurred": "date",
    "Incident Date": "date", "Started": "date", "Datum": "date", "Killed (min)": "killed_low",
    "fatalities_best": "killed", "Total Died Mix": "killed_high", "# Killed": "killed",
    "# Injured": "injured", "Injured Max": "injured_high", "XGCSWGS84": "lon", "point_y": "lat",
    "lng": "lon", "Breitengrad": "lat", "geo_location": "point", "City Or County": "place",
    "iso3": "country", "source_url": "url", "text_general_code": "type", "Beschreibung": "text",
}  # fmt: skip

OTHERS = {
    "Vorfall": "title", "lfd. Nr.": "id", "Bemerkung": "text", "N°": "id", "Blessés": "injured",
    "Type d'incident": "type", "Nombre de morts": "killed", "Municipio": "place",
    "Tipo de evento": "type", "Убито": "killed", "Ранено": "injured", "Источник": "source",
    "Описание": "text", "Населённый пункт": "place", "تاریخ": "date", "عرض جغرافیایی": "lat",
    "طول جغرافیایی": "lon", "کشته‌ها": "killed", "شرح": "text", "خط العرض": "lat", "خط الطول": "lon",
    "Killed, lowest figure": "killed_low", "Injured, figure most sources give": "injured",
    "القتلى": "killed", "الجرحى": "injured", "نوع الهجوم": "type", "KIA": "killed", "MGRS": "point",
    "日期": "date", "纬度": "lat", "经度": "lon", "死亡人数": "killed", "場所": "place",
    "負傷者": "injured", "위도": "lat", "사망자": "killed", "사건유형": "type", "概要": "text",
    "出典": "source",
}  # fmt: skip


@pytest.mark.parametrize(("name", "role"), [*BEST.items(), *OTHERS.items()])
def test_a_name_speaks_most_for_its_part(name, role):
    scores = {one: name_score(one, name) for one in ROLES}
    assert scores[role] == max(scores.values()) > 50


@pytest.mark.parametrize(
    "name",
    ["Reported date", "created_at date", "Islamic Date", "Date of birth", "last updated date"],
)
def test_a_date_of_the_record_is_none_of_the_event(name):
    assert name_score("date", name) <= 10


@pytest.mark.parametrize("name", ["Killed or injured", "Dead and wounded", "Tote und Verletzte"])
def test_killed_and_injured_together_are_neither(name):
    assert name_score("killed", name) == name_score("injured", name) == 0


def test_the_least_and_most_of_some_are_no_figure_of_all():
    names = ["Strike ID", "Date", "Minimum total people reported killed",
             "Maximum total people reported killed", "Minimum civilians reported killed",
             "Maximum civilians reported killed", "Place"]  # fmt: skip
    rows = [[f"A{at}", f"2015-01-1{at}", 3, 8, 0, at, "Khost"] for at in range(5)]
    plan = make_plan(sheet_of(names, rows))
    assert plan.columns("killed") == ()
    assert plan.columns("killed_low") == ("Minimum total people reported killed",)
    assert plan.columns("killed_high") == ("Maximum total people reported killed",)
    assert counted_part("Minimum civilians reported killed") == ("civilians", "side")


def test_the_description_of_a_waypoint_is_text():
    plan = make_plan(sheet_of(["name", "time", "desc"], [["IED", "2024-01-03", "An IED."]] * 3))
    assert plan.columns("text") == ("desc",)
