"""Tests of GPX."""

from __future__ import annotations

import pytest

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


def test_a_gpx_without_anything_is_refused(tmp_path):
    (tmp_path / "x").write_text("<gpx/>")
    with pytest.raises(Refused, match="is a GPX without waypoints"):
        open_file(tmp_path / "x")
