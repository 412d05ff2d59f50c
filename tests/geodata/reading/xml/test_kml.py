"""Tests of KML: folders, times, data of all kinds, and nothing fetched."""

from __future__ import annotations

import io
import zipfile

import pytest

from geodata.importing import look
from geodata.reading import Refused, open_file

BEGIN = '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'


@pytest.fixture
def opened(tmp_path):
    def write(body: str | bytes, name: str = "x"):
        raw = body if isinstance(body, bytes) else f"{BEGIN}{body}</kml>".encode()
        (tmp_path / name).write_bytes(raw)
        return open_file(tmp_path / name)

    return write


def rows(sheet):
    return [dict(zip(sheet.columns, one.cells, strict=True)) for one in sheet.rows()]


MARK = """<Placemark id="p1"><name>A &amp; B</name><description><![CDATA[<b>x</b> y]]></description>
<TimeSpan><begin>2024-01</begin><end>2024-02</end></TimeSpan>
<ExtendedData><Data name="killed"><displayName>Dead</displayName><value>3</value></Data>
<SchemaData schemaUrl="#s"><SimpleData name="name">other</SimpleData></SchemaData></ExtendedData>
<Point><coordinates> 69.2,34.5,0 </coordinates></Point></Placemark>"""
STAMP = "<Placemark><TimeStamp><when>2024-01-03T10:00:00.123Z</when></TimeStamp></Placemark>"


def test_placemarks_with_all_that_they_have(opened):
    folders = f"<Folder><name>Attacks</name><Folder><name>2024</name>{MARK}</Folder></Folder>"
    (sheet,) = opened(f"<Document><name>Map</name>{folders}{STAMP}</Document>")
    first, second = rows(sheet)
    assert first == {
        "name": "A & B",
        "description": "<b>x</b> y",
        "folder": "Attacks / 2024",
        "when": None,
        "begin": "2024-01",
        "end": "2024-02",
        "id": "p1",
        "killed": "3",
        "name (2)": "other",
    }
    assert second["when"] == "2024-01-03T10:00:00.123Z"
    one, two = sheet.rows()
    assert (one.geometry.x, one.geometry.y, two.geometry) == (69.2, 34.5, None)
    assert sheet.form == "KML"


GEOMETRIES = {
    "LineString": "<LineString><coordinates>0,0 1,1,5\n2,2</coordinates></LineString>",
    "Polygon": "<Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 9,0 9,9 0,0</coordinates>"
    "</LinearRing></outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>"
    "2,1 3,1 3,2 2,1</coordinates></LinearRing></innerBoundaryIs></Polygon>",
    "GeometryCollection": "<MultiGeometry><Point><coordinates>1,2</coordinates></Point>"
    "<Point><coordinates>3, 4, 0</coordinates></Point></MultiGeometry>",
}


@pytest.mark.parametrize("kind", GEOMETRIES)
def test_geometries(opened, kind):
    (sheet,) = opened(f"<Placemark><name>x</name>{GEOMETRIES[kind]}</Placemark>")
    (row,) = sheet.rows()
    assert row.geometry.geom_type == kind
    assert row.geometry.is_valid


def test_coordinates_that_are_none_are_kept_as_written(opened):
    mark = "<Placemark><name>{}</name><Point><coordinates>{}</coordinates></Point></Placemark>"
    (sheet,) = opened(mark.format("a", "34.5 N") + mark.format("b", "1,2") + mark.format("c", ""))
    assert [one["geometry as written"] for one in rows(sheet)] == ["34.5 N", None, None]
    assert [one.geometry is None for one in sheet.rows()] == [True, False, True]


def test_a_picture_over_the_map_is_told(opened):
    picture = "<GroundOverlay><name>Smoke</name><Icon><href>x.png</href></Icon></GroundOverlay>"
    (sheet,) = opened(f"<Placemark><name>x</name></Placemark>{picture}")
    assert sheet.notes == ("'Smoke', a picture laid over the map, is not read",)
    (sheet,) = opened("<Placemark><name>x</name></Placemark><PhotoOverlay></PhotoOverlay>")
    assert sheet.notes == ("a picture laid over the map is not read",)
    (sheet,) = opened(f"<Placemark><name>x</name></Placemark>{picture * 30}")
    smoke = ", ".join(["'Smoke'"] * 3)
    assert sheet.notes == (f"30 pictures laid over the map are not read, such as {smoke}",)
    assert len(list(sheet.rows())) == 1


LINK = "<NetworkLink><Link><href>https://example.org/a.kml</href></Link></NetworkLink>"


def test_a_link_is_refused_and_never_followed(opened):
    with pytest.raises(
        Refused, match=r"only links to data elsewhere \(NetworkLink to https://exam"
    ):
        opened(f"<Document>{LINK}</Document>")
    (sheet,) = opened(f"<Document>{LINK}{MARK}</Document>")
    assert sheet.notes == ("a link to https://example.org/a.kml, which is not followed",)


def test_an_icon_in_a_file_is_not_fetched(opened):
    overlay = "<GroundOverlay><Icon><href>file:///etc/hostname</href></Icon></GroundOverlay>"
    (sheet,) = opened(f"<Document>{overlay}{MARK}</Document>")
    assert len(rows(sheet)) == 1


def test_kmz(tmp_path, opened):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("doc.kml", f"{BEGIN}{MARK}</kml>")
        archive.writestr("files/icon.png", b"\x89PNG")
    (sheet,) = opened(buffer.getvalue())
    assert (sheet.form, sheet.name, len(rows(sheet))) == ("KMZ", "doc.kml", 1)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(opened, encoding):
    told = encoding.removesuffix("-sig")
    mark = "<Placemark><name>Köln</name></Placemark>"
    body = f'<?xml version="1.0" encoding="{told}"?><kml>{mark}</kml>'
    (sheet,) = opened(body.encode(encoding))
    assert rows(sheet) == [{"name": "Köln"}]


def test_damaged_bytes_cost_their_cell(opened):
    marks = "".join(f"<Placemark><name>Ménaka {n}</name></Placemark>" for n in range(9))
    raw = f"{BEGIN}{marks}</kml>".encode().replace("é".encode() + b"naka 3", b"\xe9naka 3")
    (sheet,) = opened(raw)
    assert [one.damaged for one in sheet.rows()] == [()] * 3 + [(0,)] + [()] * 5


def test_no_placemark_and_broken_xml_are_refused(opened):
    with pytest.raises(Refused, match="is a KML without any placemark"):
        opened("<Document/>")
    with pytest.raises(Refused, match="is XML that cannot be read, line 1"):
        opened("<Document>")


def attack(number: int, name: str = "") -> str:
    point = f"<Point><coordinates>69.{number},34.5</coordinates></Point>"
    return f"<Placemark><name>{name or f'Attack {number}'}</name>{point}</Placemark>"


def test_of_xml_that_is_not_well_formed_each_placemark_is_read_by_itself(opened):
    marks = [attack(1), attack(2, "A & B &nbsp; &lt;"), attack(3, "<b>x</i>"), attack(4)]
    body = f"<Document><Folder><name>Raids</name>\n{chr(10).join(marks)}</Folder></Document>"
    (sheet,) = opened(body)
    found = list(sheet.rows())
    assert sheet.form == "KML, damaged"
    assert [one.number for one in found] == [1, 2, 3, 4]
    assert [getattr(one, "rule", "") for one in found] == ["", "", "malformed_xml", ""]
    names = [one.cells[sheet.columns.index("name")] for one in found if not hasattr(one, "rule")]
    assert names == ["Attack 1", "A & B \xa0 <", "Attack 4"]
    assert {one.cells[sheet.columns.index("folder")] for one in found[:2]} == {"Raids"}
    assert (found[1].line, found[1].geometry.x) == (3, 69.2)
    assert "line 3, column" in sheet.notes[0]


def test_a_file_that_was_cut_gives_what_was_whole(opened):
    whole = f"{BEGIN}<Document>{attack(1)}{attack(2)}{attack(3)}</Document></kml>"
    (sheet,) = opened(whole[:-60].encode())
    assert [type(one).__name__ for one in sheet.rows()] == ["Row", "Row", "BadRow"]


def test_a_prefix_that_nobody_declared_costs_nothing(opened):
    track = "<gx:Track><when>2024-01-01</when><when>2024-01-03</when>"
    coords = "<gx:coord>69 34 0</gx:coord><gx:coord>70 34 0</gx:coord></gx:Track>"
    (sheet,) = opened(f"<Placemark><name>A</name>{track}{coords}</Placemark>{attack(2)}")
    first, second = rows(sheet)
    assert (first["begin"], first["end"], second["name"]) == (
        "2024-01-01",
        "2024-01-03",
        "Attack 2",
    )


def test_where_nothing_is_whole_the_line_and_column_are_told(opened):
    with pytest.raises(Refused, match="line 1, column"):
        opened("<Document><name>A & B</name></Document>")


def test_entities_that_nobody_declared_stay_text(opened):
    (sheet,) = opened(attack(1, "&bomb; & x"))
    assert rows(sheet)[0]["name"] == "&bomb; & x"


def test_a_period_with_one_end_is_open(opened):
    spans = ("<begin>2021</begin>", "<end>2021-03-04T05:00:00Z</end>", "<begin/><end>2022</end>")
    marks = (f"<Placemark><TimeSpan>{one}</TimeSpan></Placemark>" for one in spans)
    both = "<Placemark><TimeSpan><begin>2020</begin><end>2021</end></TimeSpan></Placemark>"
    found = look(opened(f"<Document>{''.join(marks)}{both}</Document>"), keeps_all=True)
    days = [one.event_date for one in found.records.incidents]
    assert days == ["2021/..", "../2021-03-04", "../2022", "2020/2021"]
    assert not found.account.doubts


def test_moments_and_a_period_beside_them_are_both_told(opened):
    moments = "".join(
        f"<Placemark><TimeStamp><when>2021-0{at}</when></TimeStamp></Placemark>"
        for at in range(1, 6)
    )
    span = "<TimeSpan><begin>2022-03-01</begin><end>2022-03-03</end></TimeSpan>"
    found = look(
        opened(f"<Document>{moments}<Placemark>{span}</Placemark></Document>"), keeps_all=True
    )
    assert found.records.incidents[-1].event_date == "2022-03-01/2022-03-03"
