"""The empty viewer, from a folder with the network off, shows what the offline page shows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from browser.dropped import READ, Viewer, columns, details, given, said, take
from browser.offline import KERMAN, PAINTED, Open, open_table, painted_ids, wait_for_filter
from playwright.sync_api import FilePayload, Page, expect
from samples import HOSTILE, all_hostile_records

import geodata
from geodata.formats.csv import to_csv
from geodata.formats.geojson import to_collection
from geodata.formats.kml import write_kml

RECORDS = geodata.load()
SETTLED = "() => document.documentElement.dataset.mapviewFilter === mapviewPage.state.text"
TABLE = """Date;Lat;Lon;Place;Country;Deaths;Notes
03.01.2024;30,2832;57,0788;Kerman;Iran;94;"Two; a ""crowd""
in two lines"
13.02.2024;0;0;Nowhere;Iran;;at zero
31.02.2024;34,5;69,2;Kabul;Afghanistan;5;no such day
01.03.2024;95,0;69,2;Off;;;
02.03.2024;abc;69,2;Off;;;
"""


def marks(page: Page) -> list[dict[str, Any]]:
    """What is painted, but for where: the map of the viewer is lower by the height of its bar."""
    painted = page.evaluate("mapviewMap.painted()")
    return [{name: mark[name] for name in mark if name not in ("x", "y")} for mark in painted]


@pytest.mark.parametrize("chosen", ["", "from=2019", "type=suicide+bombing"])
def test_same_counts_marks_and_rows_as_the_offline_page(
    viewer: Viewer, open_file: Open, export: FilePayload, chosen: str
) -> None:
    fragment = "#" + "&".join(part for part in (chosen, "view=67,33.5,5") if part)
    pages = [viewer(export, fragment=fragment), open_file("all", fragment)]
    for page in pages:
        page.wait_for_function(PAINTED)
        page.wait_for_function(SETTLED)
        open_table(page)
    ours, theirs = (
        {
            "filter": page.evaluate("mapviewPage.state.text"),
            "count": page.locator("#count").inner_text(),
            "marks": marks(page),
            "rows": page.locator("#incident-table tbody tr").all_inner_texts(),
            "types": page.locator("#types-boxes").inner_text(),
        }
        for page in pages
    )
    assert ours == theirs
    assert ours["filter"].startswith(chosen)
    assert ours["marks"]
    assert ours["rows"]


def test_all_that_is_read_and_told_is_that_of_the_offline_page(
    viewer: Viewer, open_file: Open, export: FilePayload
) -> None:
    page, theirs = viewer(export), open_file("all")
    assert columns(page) == columns(theirs)
    assert details(page) == details(theirs)
    assert page.evaluate("mapviewPage.options.home") == theirs.evaluate("mapviewPage.options.home")


def test_record_is_read_with_who_says_what(viewer: Viewer, export: FilePayload) -> None:
    page = viewer(export, fragment=f"#id={KERMAN}")
    side = page.locator("#side")
    expect(side.locator("h2")).to_have_text("Bombings at a commemoration in Kerman")
    expect(side).to_contain_text("sources differ")
    expect(side.locator(".mp-sources li").first).to_be_visible()
    expect(page.locator("#about-rows")).to_contain_text("none left out")
    assert page.locator("#source-list li").count() > 1


def test_table_of_ours_has_the_same_incidents(viewer: Viewer, export: FilePayload) -> None:
    table = given("record.csv", "\ufeff" + "".join(to_csv(RECORDS)))
    page, other = viewer(table), viewer(export)
    names = (
        "id",
        "title",
        "when",
        "place",
        "killed",
        "injured",
        "responsibility",
        "placed",
        "status",
    )
    ours, theirs = (columns(one)["incidents"] for one in (page, other))
    assert {name: ours[name] for name in names} == {name: theirs[name] for name in names}
    expect(page.locator("#about-notes")).to_contain_text("sources are named by their id")


def test_kml_of_ours_has_the_same_records(
    viewer: Viewer, export: FilePayload, tmp_path: Path
) -> None:
    write_kml(tmp_path / "record.kml", RECORDS)
    kml = given("record.kml", (tmp_path / "record.kml").read_bytes())
    page, other = viewer(kml), viewer(export)
    ours, theirs = columns(page), columns(other)
    assert ours["incidents"] == theirs["incidents"]
    assert ours["points"] == theirs["points"]
    assert ours["area_rows"] == theirs["area_rows"]
    assert said(page) == said(other)


def test_placemarks_of_other_programs(viewer: Viewer) -> None:
    def placemark(inner: str) -> str:
        return f"<Placemark>{inner}</Placemark>"

    point = "<Point><coordinates>10,50,0</coordinates></Point>"
    line = "<LineString><coordinates>1,2 3,4</coordinates></LineString>"
    time = "<TimeStamp><when>2020-05-04T10:00:00Z</when></TimeStamp>"
    marks = [
        placemark(f"<name>One</name><description>&lt;b&gt;x&lt;/b&gt;</description>{time}{point}"),
        placemark(f"<name>Way</name>{line}"),
        placemark("<name>Nowhere</name>"),
    ]
    page = viewer(given("some.kml", f"<kml><Document>{''.join(marks)}</Document></kml>"))
    told = "3 rows: 1 on the map, 1 without a place that a map can show, 1 left out"
    assert said(page).startswith(told)
    assert "(placemark 2)" in said(page)
    assert columns(page)["incidents"]["when"] == ["4 May 2020", "date unknown"]


def test_any_table_is_read_for_certain_or_not_at_all(viewer: Viewer) -> None:
    page = viewer(given("any.csv", TABLE))
    assert said(page).startswith(
        "5 rows: 2 on the map, 1 without a place that a map can show, 2 left"
    )
    assert "(line 6)" in said(page)
    assert "(line 7)" in said(page)
    incidents = columns(page)["incidents"]
    assert incidents["when"] == [
        "3 January 2024",
        "13 February 2024",
        "date not read: “31.02.2024”",
    ]
    assert incidents["killed"] == ["94", "not stated", "5"]
    assert incidents["placed"] == [1, 0, 1]
    assert incidents["known"][0] == "exactness not stated"
    page.wait_for_function(PAINTED)
    assert [mark["ring"] for mark in page.evaluate("mapviewMap.painted()")] == [True, True]
    expect(page.locator("#about-notes")).to_contain_text("1 row has the coordinates 0, 0")


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (("3/4/2020", "5/6/2020"), ["date not read: “3/4/2020”", "date not read: “5/6/2020”"]),
        (("13/4/2020", "5/6/2020"), ["13 April 2020", "5 June 2020"]),
        (("4/13/2020", "5/6/2020"), ["13 April 2020", "6 May 2020"]),
        (("13/4/2020", "4/13/2020"), ["date not read: “13/4/2020”", "date not read: “4/13/2020”"]),
    ],
)
def test_order_of_day_and_month_is_proved_by_the_column(
    viewer: Viewer, dates: tuple[str, str], told: list[str]
) -> None:
    rows = "".join(f"{one}\t34.{i}\t69\n" for i, one in enumerate(dates))
    page = viewer(given("any.csv", f"date\ty\tx\n{rows}"))
    assert columns(page)["incidents"]["when"] == told


def test_place_is_drawn_no_finer_than_a_table_says(viewer: Viewer) -> None:
    rows = [
        f"2020-01-01,34.{i},69,{words},{radius}"
        for i, (words, radius) in enumerate(
            [("country", ""), ("site", ""), ("district", "30,5"), ("unknown", 3), ("exact", 2)]
        )
    ]
    text = "\n".join(["date,lat,lon,geo_precision,radius_km", *rows]).replace("30,5", '"30,5"')
    page = viewer(given("some.csv", text))
    data = columns(page)
    assert data["incidents"]["placed"] == [0, 1, 1, 0, 1]
    assert data["points"]["radius_km"] == [1, 30.5, None]
    assert data["incidents"]["known"][4] == "exactness not stated"


def test_names_that_every_object_has_are_names(viewer: Viewer) -> None:
    name = "constructor"
    claims = [
        {"about": "attribution", "value": name, "stance": name, "source": name},
        {"about": name, "value": 3, "topic": "toString", "source": "s"},
    ]
    shown = {
        "record_kind": "event", "event_date": "2020", "event_types": [name], "title": name,
        "country": name, "geo_precision": "site", "actors": [name], "claims": claims,
    }  # fmt: skip
    features = [
        {
            "type": "Feature",
            "id": f"{name}{i}",
            "geometry": {"type": "Point", "coordinates": [69, 34]},
            "properties": {**shown, "status": status},
        }
        for i, status in enumerate(("foiled", name))
    ]
    groups = [{"id": name, "name": name, "aliases": ["toString", "__proto__"]}]
    whole = {"type": "FeatureCollection", "features": features, "groups": groups}
    page = viewer(given("names.json", json.dumps(whole)), fragment=f"#id={name}0")
    assert "1 left out: its status is none that Mapview has (feature 2)" in said(page)
    expect(page.locator("#side h2")).to_have_text(name)
    assert "native code" not in page.locator("body").inner_text()


def test_points_of_other_programs(viewer: Viewer) -> None:
    text = """{"type":"FeatureCollection","features":[
        {"type":"Feature","geometry":{"type":"Point","coordinates":[10,50]},
         "properties":{"name":"<b>x</b>","date":"2020-05-04","more":{"a":1}}},
        {"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]},"properties":{}},
        null]}"""
    page = viewer(given("points.json", text))
    assert "1 on the map" in said(page)
    assert "2 left out" in said(page)
    assert columns(page)["incidents"]["title"] == ["<b>x</b>"]


REFUSED = {
    "empty": (b"", "The file is empty."),
    "noise": (bytes(range(256)) * 40, "This is no text"),
    "workbook": (b"PK\x03\x04" + b"\0" * 99, "archive or workbook is damaged"),
    "geopackage": (b"SQLite format 3\0" + b"\0" * 99, "GeoPackage is damaged"),
    "parquet": (b"PAR1" + b"\0" * 99, "GeoParquet is damaged"),
    "flatgeobuf": (b"fgb\x03fgb\0" + b"\0" * 99, "FlatGeobuf is damaged"),
    "damaged": (b'{"type": "FeatureCollection", "features": [{', "damaged or incomplete"),
    "other": (b'{"type": "Topology"}', "no GeoJSON FeatureCollection"),
    "reference": (
        b'{"type":"FeatureCollection","features":[],"crs":{"properties":{"name":"EPSG:31467"}}}',
        "not in WGS 84",
    ),
    "html": (b"<!DOCTYPE html><html></html>", "a web page, which a browser opens by itself"),
    "page": (b"<html><body>A</body></html>", "a web page"),
    "entities": (b'<!DOCTYPE k [<!ENTITY a "b">]><kml>&a;</kml>', "no KML"),
    "broken": (b"<kml><Document>", "no KML, or it is damaged"),
    "words": (b"only words", "no table with a heading"),
    "nowhere": (b"a,b\n1,2\n", "No column is named like coordinates"),
    "heading": (b"date,lat,lon\n", "no rows"),
    "many": (b"date,lat,lon\n" + b"2020,1,1\n" * 50_001, "at most 50,000"),
}


def test_page_goes_on_after_what_it_cannot_read(viewer: Viewer) -> None:
    page = viewer()
    for number, (data, sentence) in enumerate(REFUSED.values(), 1):
        take(page, given("file", data), number)
        assert sentence in said(page)
    take(page, given("any.csv", TABLE), len(REFUSED) + 1)
    expect(page.locator("#count")).to_contain_text("3 events")


def test_another_file_takes_the_place_of_the_first(viewer: Viewer, export: FilePayload) -> None:
    page = viewer(export, fragment="#from=2024")
    page.wait_for_function(PAINTED)
    take(page, given("any.csv", TABLE), 2)
    expect(page.locator("#count")).to_contain_text("3 events")
    wait_for_filter(page, "")
    assert page.evaluate("document.querySelectorAll('.leaflet-container').length") == 1
    open_table(page)
    expect(page.locator("#incident-table tbody tr")).to_have_count(3)
    page.locator("#table-close").click()
    # What the stage before listened to is gone with it: one press is one change.
    page.locator("#canvas").press("c")
    expect(page.locator("#charts")).to_be_visible()


def test_dropped_file_is_taken(viewer: Viewer) -> None:
    page = viewer()
    page.evaluate(
        """text => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([text], "dropped.csv"));
            for (const name of ["dragenter", "dragover", "drop"]) {
                document.body.dispatchEvent(
                    new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer }));
            }
        }""",
        TABLE,
    )
    page.wait_for_function(READ, arg=1)
    expect(page.locator("h1").first).to_be_attached()
    expect(page.locator("#about-name")).to_have_text("dropped.csv")


def test_text_of_strangers_stays_text(viewer: Viewer) -> None:
    records = all_hostile_records()
    page = viewer(
        given("hostile.geojson", "".join(to_collection(records))),
        given("hostile.csv", "".join(to_csv(records))),
        given("<img src=x onerror=alert(1)>.csv", hostile_table()),
    )
    open_table(page)
    for row in page.locator("#incident-table tbody tr button").all():
        row.click()
        expect(page.locator("#side")).to_be_visible()
    made = "img[src=x], [onerror], [onmouseover], iframe, #about-name *, .mp-detail img"
    assert page.locator(made).count() == 0
    expect(page.locator("#about-name")).to_have_text("<img src=x onerror=alert(1)>.csv")


def hostile_table() -> str:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    rows = [
        f"2020-01-0{1 + i % 9},34.{i},69.{i},{cell(text)},{cell(text)},{cell(text)}"
        for i, text in enumerate(HOSTILE.values())
    ]
    return "\n".join(['date,lat,lon,title,type,"<script>alert(1)</script>"', *rows])


def test_printed_page_has_map_legend_and_rows(viewer: Viewer) -> None:
    page = viewer(given("any.csv", TABLE))
    page.wait_for_function(PAINTED)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("#print-map canvas")).to_have_count(1)
    expect(page.locator("#print-rows tbody tr").first).to_be_visible()
    expect(page.locator("#print-legend")).to_contain_text("Legend")
    expect(page.locator(".mv-take")).to_be_hidden()
    widths = {
        head.inner_text(): (head.bounding_box() or {"width": 0})["width"]
        for head in page.locator("#incident-table th").all()
    }
    assert widths["Incident"] > 1.5 * widths["Date"]
    assert widths["Type"] > 1.5 * widths["Killed"]
    cut = "heads => heads.filter((one) => one.scrollWidth > one.clientWidth).length"
    assert page.locator("#area-table th").evaluate_all(cut) == 0
    expect(page.locator("#document")).to_contain_text("Borders and coasts are drawn to about 8 km")


def test_page_is_below_a_megabyte_and_as_closed_as_the_offline_page(viewer_file: Path) -> None:
    text = viewer_file.read_text("utf-8")
    assert len(text.encode()) < 1_000_000
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    rules = policy[1].replace("&#39;", "'").split("; ")
    assert rules[0] == "default-src 'none'"
    assert [one.split()[0] for one in rules] == [
        "default-src", "script-src", "style-src", "img-src", "base-uri", "form-action",
    ]  # fmt: skip
    assert "unsafe" not in policy[1]
    assert "http" not in policy[1]


def test_small_window_shows_map_and_account(viewer: Viewer, export: FilePayload) -> None:
    page = viewer(export, viewport={"width": 390, "height": 844})
    page.wait_for_function(PAINTED)
    assert painted_ids(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("#said")).to_contain_text("291 rows")
    # Why a file was not read stands nowhere else, so all of it is there.
    take(page, given("a.csv", b"%s,%s\n1,2\n" % (b"first column" * 4, b"second column" * 4)), 2)
    said_in = page.locator("#said.mv-fault")
    expect(said_in).to_contain_text("No column is named like coordinates")
    assert said_in.evaluate("one => one.scrollHeight <= one.clientHeight")
