"""Tests of GPX."""

from __future__ import annotations

import pytest

from geodata.importing import look
from geodata.reading import Refused, open_file

GPX = """<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><metadata><name>m</name></metadata>
<wpt lat="34.5" lon="69.2"><ele>1800</ele><time>2024-01-03T10:00:00Z</time><name>Kabul</name>
<link href="https://example.org/1"><text>t</text></link><extensions><killed>3</killed></extensions></wpt>
<wpt lat="north" lon="69"><name>nowhere</name></wpt>
<trk><name>way</name><trkseg><trkpt lat="1" lon="2"><time>x</time></trkpt><trkpt lat="3" lon="4"/>
</trkseg><trkseg><trkpt lat="5" lon="6"/><trkpt lat="7" lon="8"/></trkseg></trk>
<rte><rtept lat="1" lon="2"/><rtept lat="3" lon="4"/></rte></gpx>"""


def test_waypoints_tracks_and_routes(tmp_path):
    (tmp_path / "x").write_text(GPX)
    (sheet,) = open_file(tmp_path / "x")
    first, second, track, route = sheet.rows()
    values = dict(zip(sheet.columns, first.cells, strict=True))
    assert values["name"] == "Kabul"
    assert values["time"] == "2024-01-03T10:00:00Z"
    assert values["link"] == "https://example.org/1"
    assert values["killed"] == "3"
    assert (first.geometry.x, first.geometry.y) == (69.2, 34.5)
    assert second.geometry is None
    assert track.cells[:1] == ("track",)
    assert track.geometry.geom_type == "MultiLineString"
    assert list(route.geometry.coords) == [(2, 1), (4, 3)]
    assert "x" not in track.cells


def test_a_track_has_the_span_of_the_times_of_its_points(tmp_path):
    point = '<trkpt lat="{}" lon="44"><time>{}</time></trkpt>'.format
    moments = ("2021-05-02T23:00:00Z", "2021-05-03T04:00:00Z", "2021-05-01T22:00:00Z")
    one, *others = (point(33 + at / 10, moment) for at, moment in enumerate(moments))
    (tmp_path / "x").write_text(
        f"<gpx><wpt lat='1' lon='2'><time>2021-06-01</time></wpt><trk><trkseg>{one}{others[0]}"
        f"</trkseg><trkseg>{others[1]}</trkseg></trk><trk><trkseg>{one}</trkseg></trk></gpx>"
    )
    found = look(open_file(tmp_path / "x"), keeps_all=True)
    days = [one.event_date for one in found.records.incidents]
    assert days == ["2021-06-01", "2021-05-01/2021-05-03", "2021-05-02"]
    assert (found.account.doubtful, found.plan.questions) == (0, ())


def test_a_gpx_without_anything_is_refused(tmp_path):
    (tmp_path / "x").write_text("<gpx/>")
    with pytest.raises(Refused, match="is a GPX without waypoints"):
        open_file(tmp_path / "x")
