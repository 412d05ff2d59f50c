"""Tests of an SVG's layers: groups in the order of drawing, ids once, any name harmless."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import shapely

from mapview.briefing.figure.paper.canvas import Canvas, drawing
from mapview.briefing.figure.paper.fonts import Face
from mapview.briefing.figure.sizes import Size

SVG = "{http://www.w3.org/2000/svg}"
FACE = Face(9)
LABEL = "{http://www.inkscape.org/namespaces/inkscape}label"


def drawn(*, hostile: str = "Ground", title: str = "T", said: str = "") -> ET.Element:
    with drawing():
        canvas = Canvas(Size(80, 60), "svg")
        box = shapely.box(5, 5, 20, 20)
        with canvas.group("Map"):
            with canvas.group(hostile):
                canvas.shape(box, fill="land")
            with canvas.group("Incidents"):
                for _ in range(2):
                    with canvas.group("a", ["a"]):
                        canvas.shape(box, fill="land")
                with canvas.group("2 incidents", ["a", "b"]):
                    canvas.shape(box, fill="land")
                with canvas.group("many", [f"n{number}" for number in range(101)]):
                    canvas.shape(box, fill="land")
        canvas.text((5, 30), "beside", FACE, "ink")
        with canvas.group("Map"):
            canvas.shape(box, fill="land")
        svg = canvas.finish(title, said)
    return ET.fromstring(svg)  # noqa: S314 - our own


def names(parent: ET.Element) -> list[str | None]:
    return [one.get(LABEL) for one in parent if one.tag == f"{SVG}g"]


def test_what_was_drawn_together_is_a_group_in_its_order() -> None:
    sheet = drawn().find(f"{SVG}g")
    assert sheet is not None
    # The paper, a map, a text of no group, and another map of the same name.
    assert names(sheet) == [None, "Map", None, "Map"]
    assert names(sheet[1]) == ["Ground", "Incidents"]
    assert names(sheet[1][1]) == ["a", "a", "2 incidents", "many"]


def test_ids_come_once_and_marks_name_their_incidents() -> None:
    root = drawn()
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert {"layer-map", "layer-map-2", "incident-a", "incident-a-2"} <= set(ids)
    marks = [one for one in root.iter() if one.get("data-count")]
    assert [one.get("data-count") for one in marks] == ["1", "1", "2", "101"]
    assert [one.get("data-incidents") for one in marks] == ["a", "a", "a b", None]


def test_title_and_description_come_once_and_first() -> None:
    root = drawn(title="A <b>", said="What is seen & where")
    assert [(one.tag, one.text) for one in root[:2]] == [
        (f"{SVG}title", "A <b>"),
        (f"{SVG}desc", "What is seen & where"),
    ]
    assert root.get("aria-describedby") == root[1].get("id")
    assert len(list(root.iter(f"{SVG}title"))) == 1
    assert "aria-describedby" not in drawn().attrib


def test_letters_are_as_wide_in_a_browser_as_they_were_set() -> None:
    assert drawn().get("text-rendering") == "geometricPrecision"


def test_any_name_is_only_a_name() -> None:
    hostile = '"><script>alert(1)</script>\u202e\n-->'
    root = drawn(hostile=hostile)
    assert not list(root.iter(f"{SVG}script"))
    sheet = root.find(f"{SVG}g")
    assert sheet is not None
    assert "script" in str(names(sheet[1])[0])
