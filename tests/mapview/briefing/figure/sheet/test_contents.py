"""The legend of a figure: what its frames show, as slides and documents say it too."""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from figure_parts import incident, view_of
from samples import HOSTILE, hostile_records, many_records, typed_records

from geodata import Filter, Store, load
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.figure.draw import draw_map_alone
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.clusters import MapData
from mapview.briefing.figure.scene.gather import gather
from mapview.briefing.figure.sheet.contents import contents_of
from mapview.briefing.figure.sheet.frames import with_insets
from mapview.briefing.figure.sizes import Size
from mapview.cartography.legend import INCIDENTS, TYPES, LegendEntry
from mapview.cartography.style import KINDS, OTHER
from mapview.layer.payloads import areas_payload

SVG = "{http://www.w3.org/2000/svg}"


def legend_of(query: str = "", size: Size | None = None, **options: object) -> list[LegendEntry]:
    briefing = compose(Store.of(load()), Filter.from_query(query), BriefingOptions(**options))  # type: ignore[arg-type]
    return list(draw_map_alone(briefing, "svg", size=size).legend)


def forms(query: str = "", **options: object) -> list[str]:
    return [one.form for one in legend_of(query, **options)]


def test_only_what_a_frame_shows_is_explained() -> None:
    assert forms("q=Crocus&areas=off") == ["symbol"]
    assert forms("q=zzzz&areas=off") == ["border"]
    assert "border" not in forms("q=Paris&areas=off", extent=(1.0, 48.0, 4.0, 50.0))


def test_two_numbers_of_a_disc_are_explained_where_there_are_some() -> None:
    store = Store.of(load())
    assert "bounds" in [one.form for one in possible(store, "from=2015-03-10&to=2018-07")]
    assert "bounds" not in [one.form for one in possible(store)]
    assert "bounds" not in [one.form for one in possible(store, "from=2015-03-10&when=certain")]


def possible(store: Store, query: str = "") -> list[LegendEntry]:
    """What the frames of a sheet explain, without drawing them."""
    data = gather(compose(store, Filter.from_query(query)))
    return list(with_insets(data, Rect(10, 10, 280, 190), 1.0).contents.legend)


def test_types_of_sources_are_explained_in_their_words() -> None:
    store = Store.of(typed_records(160))

    def named(query: str) -> list[tuple[str, str, int]]:
        legend = possible(store, query)
        return [(one.section, one.label, one.kind) for one in legend if one.form == "symbol"]

    own = [("Theft", len(KINDS)), ("Fraud x", len(KINDS) + 1), ("Other types", OTHER)]
    assert named("type=other") == [(TYPES, *one) for one in own]
    assert named("source_type=Fraud x") == [(TYPES, "Fraud x", len(KINDS) + 1)]
    assert [one[:2] for one in named("type=raid")] == [(INCIDENTS, "Raid, arrest")]


def test_hatches_are_those_of_the_screen() -> None:
    store = Store.of(load())
    shown = {one["group_name"]: one["hatch"] for one in areas_payload(Filter(), store)["areas"]}
    named = {one.label: one.hatch for one in possible(store) if one.form == "hatch"}
    assert len(named) > 3
    assert named.items() <= shown.items()


def test_the_group_of_most_base_areas_comes_first() -> None:
    store = Store.of(load())
    areas = areas_payload(Filter(), store)["areas"]
    sure = Counter(one["group_name"] for one in areas if not one["undated"])
    counts = Counter(one["group_name"] for one in areas)
    found = [one.label for one in possible(store) if one.form == "hatch"]
    named = [(sure[one], counts[one]) for one in found]
    assert named == sorted(named, reverse=True)


def test_the_group_whose_areas_are_certain_for_the_period_comes_first() -> None:
    store = Store.of(load())
    drawn = areas_payload(Filter.from_query("from=2022&to=2022"), store)["areas"]
    sure = Counter(one["group_name"] for one in drawn if not one["faded"])
    legend = possible(store, "from=2022&to=2022")
    named = [sure[one.label] for one in legend if one.form == "hatch"]
    assert named == sorted(named, reverse=True)
    assert named[0] > named[-1] == 0


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_stay_text(text: str) -> None:
    entries = possible(Store.of(hostile_records(text)))
    assert [one.label for one in entries if one.form == "hatch"] == [text]


def test_discs_are_explained_by_circles_that_grow_with_their_number() -> None:
    [discs] = [one for one in legend_of() if one.form == "discs"]
    counts = [count for count, _ in discs.circles]
    radii = [radius for _, radius in discs.circles]
    assert 2 <= len(counts) <= 3
    assert counts == sorted(set(counts))
    assert radii == sorted(radii)
    assert radii[0] < radii[-1]


def test_symbols_for_certainty_are_of_a_kind_on_the_map() -> None:
    entries = legend_of("country=TJ")
    kinds = {one.kind for one in entries if one.form == "symbol"}
    sure = [one for one in entries if one.form in ("hollow", "ring", "province")]
    assert sure
    assert {one.kind for one in sure} <= kinds


def test_very_many_places_have_discs_but_no_rings() -> None:
    briefing = compose(Store.of(many_records(3_000)), Filter())
    shown = {one.form for one in draw_map_alone(briefing, "svg").legend}
    assert "discs" in shown
    assert not shown & {"ring", "province"}


@pytest.mark.parametrize(("count", "has_rings"), [(100, True), (450, False)])
def test_rings_are_explained_where_they_are_drawn(count: int, has_rings: object) -> None:
    grid = ((66 + i % 30 * 0.1, 33 + i // 30 * 0.1) for i in range(count))
    places = tuple(
        incident(at, id=f"i{i}{twin}", form="ring")
        for i, at in enumerate(grid)
        for twin in "ab"  # Two at each place: all of them are in discs.
    )
    explained = {one.form for one in contents_of([view_of()], [MapData(places, ())], 1).legend}
    assert "discs" in explained
    assert ("ring" in explained) is has_rings


@pytest.mark.parametrize("text", [1.0, 0.72])
def test_discs_of_all_frames_have_one_scale(text: float) -> None:
    briefing = compose(Store.of(load()), Filter())
    frames = with_insets(gather(briefing), Rect(10, 10, 280, 190), text)
    contents = frames.contents
    assert frames.scene.insets
    radii = {one.count: one.r for one in contents.symbols if not one.is_single}
    assert radii == pytest.approx({count: contents.scale.disc(count) for count in radii})
    [discs] = [one for one in contents.legend if one.form == "discs"]
    assert all(radii[count] == pytest.approx(radius) for count, radius in discs.circles)


def test_circles_are_those_of_discs_that_are_drawn() -> None:
    drawn = draw_map_alone(compose(Store.of(load()), Filter()), "svg", size=Size(200, 110))
    [discs] = [one for one in drawn.legend if one.form == "discs"]
    numbers = {node.text for node in ET.fromstring(drawn.content).iter(f"{SVG}text")}  # noqa: S314 - our own
    assert {str(count) for count, _ in discs.circles} <= numbers
