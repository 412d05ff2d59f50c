from __future__ import annotations

from dataclasses import replace

import pytest
from figure_parts import area, incident

from geodata import Filter, Store, load
from mapview.briefing.compose import compose
from mapview.briefing.content import Briefing
from mapview.briefing.figure.scene.clusters import Cluster
from mapview.briefing.figure.sheet.notes import paragraphs

UNSEEN = Cluster(
    (incident(id="a"), incident(id="a", name="Bagram"), incident(id="b", name="")),
    (area(label="IS-KP"), area(id="b", label="IS-KP")),
)


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return compose(Store.of(load()), Filter())


def said(briefing: Briefing, unseen: Cluster | None = None, **how: bool) -> dict[str, str]:
    return {one.lead: one.text for one in paragraphs(briefing, unseen or Cluster(), **how)}


def test_credits_and_changes_are_never_cut(briefing: Briefing) -> None:
    changed = replace(briefing, changes=("Places were rounded.", "Names were left out."))
    uncut = {one.lead for one in paragraphs(changed, UNSEEN) if one.most is None}
    assert {"Changed for publication", "Credits", ""} <= uncut
    assert said(changed)["Changed for publication"] == "Places were rounded. Names were left out."


def test_what_no_frame_shows_is_named_or_counted(briefing: Briefing) -> None:
    assert "Not in the frame" not in said(briefing)
    named = said(briefing, UNSEEN)["Not in the frame"]
    assert named == "Kabul, Bagram, b; 2 base areas (IS-KP)."
    counted = said(briefing, UNSEEN, brief=True)["Not in the frame"]
    assert counted == "2 incidents, 2 base areas."
    unsure = replace(UNSEEN, incidents=(*UNSEEN.incidents, incident(id="c", is_certain=False)))
    assert (
        said(briefing, unsure, brief=True)["Not in the frame"] == "2 to 3 incidents, 2 base areas."
    )
    only_areas = said(briefing, Cluster((), (area(),)))["Not in the frame"]
    assert only_areas == "1 base area (G)."


def test_sources_are_named_or_counted(briefing: Briefing) -> None:
    first = briefing.sources[0].text.rstrip(".")
    assert said(briefing)["Sources"].startswith(first)
    cited = len({one for i in (*load().incidents, *load().base_areas) for one in i.cited_sources})
    assert said(briefing, short=True)["Sources"].startswith(f"5 documents and {cited} cited there")
    many = replace(briefing, sources=briefing.sources[:1] * 9, cited=())
    assert said(many)["Sources"].endswith("; and 1 more document.")
    assert said(replace(briefing, sources=()))["Sources"] == "None for what is shown."


@pytest.mark.parametrize(
    ("as_of", "lead", "start"),
    [
        ("As of 3 January 2024", "As of", "3 January 2024. "),
        ("Sources up to about 2024", "Sources up to", "about 2024. "),
        ("", "Data version", ""),
    ],
)
def test_the_version_stands_with_the_date(
    briefing: Briefing, as_of: str, lead: str, start: str
) -> None:
    text = said(replace(briefing, as_of=as_of))[lead]
    assert text.startswith(start)
    assert briefing.version in text
    own = replace(briefing, as_of=as_of, made="3 June 2024", contact="desk@example.org.")
    imprint = (
        f"Map number: {own.map_number}. Creation date: 3 June 2024. Contact: desk@example.org."
    )
    assert said(own)[lead].endswith(f"{briefing.version}. {imprint}")
