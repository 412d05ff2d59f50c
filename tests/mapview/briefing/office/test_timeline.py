"""The timeline as a native chart: its bars, what is said of them, no clock in its workbook."""

from __future__ import annotations

import io
import zipfile

import pytest
from fixed_records import incident

from geodata import Filter, Records, Store
from geodata.archives import stable_zip
from mapview.briefing.compose import compose
from mapview.briefing.content import Briefing
from mapview.briefing.office.timeline import chart_data, describe, notes, stable_workbook


def briefing(*dates: str) -> Briefing:
    some = (incident(f"i{number}", event_date=text) for number, text in enumerate(dates))
    return compose(Store.of(Records(tuple(some))), Filter())


def test_bars_are_months_or_years_with_what_is_less_exact_apart() -> None:
    data = chart_data(briefing("2020-01-05", "2020-02", "2020-01/2020-02"))
    assert [one.label for one in data.categories] == ["January 2020", "February 2020"]
    assert [list(one.values) for one in data] == [[1, 1], [1, 0]]
    years = chart_data(briefing("2010", "2020-05-01"))
    assert [one.label for one in years.categories] == [str(year) for year in range(2010, 2021)]


@pytest.mark.parametrize(
    ("dates", "sentences"),
    [
        ((), ["No incident of this briefing has a date that a timeline could show."]),
        (("2020-01-05",), ["A bar is one month."]),
        (("2010", "2020"), ["A bar is one year."]),
        (("2020", "XXXX"), ["1 of the incidents has no first possible day and no bar."]),
        (("2020", "XXXX", "../2019"), ["2 of the incidents have no first possible day"]),
    ],
)
def test_what_a_reader_has_to_know_is_said(dates: tuple[str, ...], sentences: list[str]) -> None:
    said = " ".join(notes(briefing(*dates)))
    assert all(one in said for one in sentences)


def test_it_is_described_for_who_cannot_see_it() -> None:
    assert describe(briefing()) == "Timeline without bars."
    assert describe(briefing("2020-01-05", "2020-03-01", "2020-03/2020-04")) == (
        "Timeline of 3 incidents from January 2020 to March 2020; the date of 1 may be later than "
        "their bar. Most, 2, are in March 2020."
    )


def test_a_workbook_does_not_tell_when_it_was_made() -> None:
    def made(moment: str) -> bytes:
        times = "".join(f"<t:{name}>{moment}</t:{name}>" for name in ("created", "modified"))
        core = f'<c xmlns:t="http://purl.org/dc/terms/">{times}</c>'
        return stable_workbook(stable_zip({"docProps/core.xml": core.encode(), "a.xml": b"<a/>"}))

    one, other = made("2024-01-03T10:00:00Z"), made("2026-11-26T19:00:00Z")
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert b"2024" not in archive.read("docProps/core.xml")
        assert archive.read("a.xml") == b"<a/>"
