from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from geodata import Filter, Incident, Records, Store, load
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.clusters import MapData
from mapview.briefing.figure.scene.gather import gather
from mapview.briefing.figure.scene.scene import plan_scene
from mapview.briefing.figure.scene.view import View

FRAME = Rect(10.0, 30.0, 190.0, 160.0)


def data_of(*places: tuple[str, float, float]) -> MapData:
    incidents = [
        Incident(
            id=f"i{i}", title=f"T{i}", event_date="2020-05-01", event_types=("bombing",),
            points=((lon, lat),), place=name, country="FJ", geo_precision="settlement",
            radius_km=5,
        )
        for i, (name, lon, lat) in enumerate(places)
    ]  # fmt: skip
    return gather(compose(Store.of(Records(tuple(incidents))), Filter()))


def shipped(**options: object) -> MapData:
    return gather(compose(Store.of(load()), Filter(), BriefingOptions(**options)))  # type: ignore[arg-type]


def test_far_incidents_go_to_insets_and_each_is_seen() -> None:
    scene = plan_scene(shipped(), FRAME, 5, 1)
    views = [scene.main_view(FRAME), *(scene.inset_view(one, FRAME) for one in scene.insets)]
    assert len(scene.insets) == 5
    assert not scene.unseen(views).incidents
    places = {
        place.name for one in scene.insets if not one.enlarges for place in one.cluster.incidents
    }
    assert {"Stockholm", "Paris", "Los Angeles"} <= places
    assert "Kabul" not in places


def test_without_room_for_insets_what_is_missing_is_named() -> None:
    scene = plan_scene(shipped(), FRAME, 0, 1)
    assert scene.insets == ()
    unseen = scene.unseen([scene.main_view(FRAME)])
    assert "Stockholm" in {place.name for place in unseen.incidents}


def test_near_incidents_need_no_inset() -> None:
    data = data_of(("Suva", 178.44, -18.12), ("Taveuni", -179.9, -16.9))
    scene = plan_scene(data, FRAME, 5, 1)
    assert scene.insets == ()
    assert scene.unseen([scene.main_view(FRAME)]).weight == 0


def test_incidents_all_over_the_world_share_one_map() -> None:
    data = data_of(("A", -118, 34), ("B", 139, 35), ("C", 18, 59), ("D", 150, -34))
    scene = plan_scene(data, FRAME, 5, 1)
    assert scene.insets == ()
    assert scene.main_view(FRAME).is_world


def test_a_given_extent_is_kept() -> None:
    scene = plan_scene(shipped(extent=(60.0, 30.0, 75.0, 39.0)), FRAME, 3, 1)
    view = scene.main_view(FRAME)
    for lon, lat in ((60, 30), (75, 30), (60, 39), (75, 39), (67, 30)):
        assert view.frame.grown(0.01).has(view.point(lon, lat))
    assert len(scene.insets) == 3


def test_an_extent_may_cross_the_date_line() -> None:
    scene = plan_scene(shipped(extent=(175.0, -20.0, -178.0, -15.0)), FRAME, 0, 1)
    view = scene.main_view(FRAME)
    assert view.frame.has(view.point(179.9, -17))
    assert view.frame.has(view.point(-179.9, -17))
    assert not view.frame.has(view.point(0, -17))


def test_nothing_is_shown_where_most_records_lie() -> None:
    scene = plan_scene(MapData((), ()), FRAME, 5, 1)
    view = scene.main_view(FRAME)
    assert scene.insets == ()
    assert view.frame.has(view.point(69.17, 34.53))


def test_one_place_is_shown_with_what_is_around_it() -> None:
    scene = plan_scene(data_of(("Suva", 178.44, -18.12)), FRAME, 5, 1)
    assert [radius for _, _, radius in scene.main] == [170]


def test_a_crowd_is_enlarged_before_far_places_have_insets() -> None:
    crowd = [(f"Town {i}", 69 + 0.11 * i, 34.5) for i in range(9)]
    far = [("Paris", 2.35, 48.86), ("North", 60.0, 40.0), ("West", 62.0, 32.0)]
    first, *rest = plan_scene(data_of(*crowd, *far), FRAME, 5, 1).insets
    assert first.enlarges
    assert first.titles[-1] == "Enlarged"
    assert len(first.cluster.incidents) >= 6
    assert [one.titles[0] for one in rest] == ["Paris, Fiji"]
    apart = [(f"Town {i}", 60 + 1.5 * i, 34.5) for i in range(9)]
    assert not any(one.enlarges for one in plan_scene(data_of(*apart), FRAME, 5, 1).insets)


def test_views_of_one_extent_look_only_for_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = plan_scene(shipped(), FRAME, 0, 1)
    view = scene.main_view(FRAME)
    asked: list[int] = []
    holding = View.holding

    def counted(one: View, places: Sequence[Any]) -> list[tuple[float, float, Any]]:
        asked.append(len(places))
        return holding(one, places)

    monkeypatch.setattr(View, "holding", counted)
    few, whole = len(scene.unseen([view]).incidents), len(scene.data.incidents)
    asked.clear()
    assert len(scene.unseen([view] * 16).incidents) == few < whole
    # Incidents and base areas each: all of them once, then the rest.
    assert asked[:2] == [whole, few]
