from __future__ import annotations

import pytest

from geodata import Filter, Incident, Records, Store, load
from mapview.briefing.compose import Wish, compose
from mapview.briefing.content import Briefing
from mapview.briefing.figure.scene.frames import plan_scene
from mapview.briefing.figure.scene.spots import area_spots, incident_spots, main_cluster

BOX = (10.0, 30.0, 190.0, 160.0)


def briefing_of(*places: tuple[str, float, float]) -> Briefing:
    incidents = [
        Incident(
            id=f"i{i}", title=f"T{i}", event_date="2020-05-01", event_types=("bombing",),
            points=((lon, lat),), place=name, country="FJ", geo_precision="settlement",
            radius_km=5,
        )
        for i, (name, lon, lat) in enumerate(places)
    ]  # fmt: skip
    return compose(Store.of(Records(tuple(incidents))), Filter())


def test_far_incidents_go_to_insets_and_each_is_seen() -> None:
    briefing = compose(Store.of(load()), Filter())
    scene = plan_scene(briefing, BOX, 5, 1.75)
    views = [scene.main_view(BOX), *(scene.inset_view(one, BOX) for one in scene.insets)]
    assert len(scene.insets) == 5
    assert not any(cluster.spots for cluster in scene.unseen(views))
    places = {spot.place for one in scene.insets if not one.enlarges for spot in one.cluster.spots}
    assert {"Stockholm", "Paris", "Los Angeles"} <= places
    assert "Kabul" not in places


def test_without_room_for_insets_what_is_missing_is_named() -> None:
    briefing = compose(Store.of(load()), Filter())
    scene = plan_scene(briefing, BOX, 0, 1.75)
    assert scene.insets == ()
    (unseen,) = scene.unseen([scene.main_view(BOX)])
    assert "Stockholm" in {spot.place for spot in unseen.spots}


def test_near_incidents_need_no_inset() -> None:
    briefing = briefing_of(("Suva", 178.44, -18.12), ("Taveuni", -179.9, -16.9))
    scene = plan_scene(briefing, BOX, 5, 1.75)
    assert scene.insets == ()
    assert scene.unseen([scene.main_view(BOX)]) == []


def test_incidents_all_over_the_world_share_one_map() -> None:
    briefing = briefing_of(("A", -118, 34), ("B", 139, 35), ("C", 18, 59), ("D", 150, -34))
    scene = plan_scene(briefing, BOX, 5, 1.75)
    assert scene.insets == ()
    assert scene.main_view(BOX).is_world


def test_a_given_extent_is_kept() -> None:
    wish = Wish(extent=(60.0, 30.0, 75.0, 39.0))
    scene = plan_scene(compose(Store.of(load()), Filter(), wish), BOX, 3, 1.75)
    view = scene.main_view(BOX)
    for lon, lat in ((60, 30), (75, 30), (60, 39), (75, 39), (67, 30)):
        assert view.holds(*view.point(lon, lat), margin=-0.01)
    assert len(scene.insets) == 3


def test_an_extent_may_cross_the_date_line() -> None:
    wish = Wish(extent=(175.0, -20.0, -178.0, -15.0))
    scene = plan_scene(compose(Store.of(load()), Filter(), wish), BOX, 0, 1.75)
    view = scene.main_view(BOX)
    assert view.holds(*view.point(179.9, -17))
    assert view.holds(*view.point(-179.9, -17))
    assert not view.holds(*view.point(0, -17))


def test_several_places_of_one_incident_have_names_of_their_own() -> None:
    briefing = compose(Store.of(load()), Filter.from_query("q=three+US+cities&areas=off"))
    spots = incident_spots(briefing)
    assert len({spot.id for spot in spots}) == 1
    assert {spot.place for spot in spots} == {"Los Angeles", "New York City", "Philadelphia"}


@pytest.mark.parametrize("query", ["q=zzzz", "q=zzzz&areas=off"])
def test_nothing_is_nothing(query: str) -> None:
    briefing = compose(Store.of(load()), Filter.from_query(query))
    assert incident_spots(briefing) == []
    assert main_cluster((), ()).places == []
    scene = plan_scene(briefing, BOX, 5, 1.75)
    view = scene.main_view(BOX)
    assert view.holds(*view.point(69.17, 34.53))
    assert area_spots(briefing) == []


def test_a_ring_has_the_radius_of_its_record_even_if_that_is_none() -> None:
    incident = Incident(
        id="i", title="T", event_date="2020", event_types=("bombing",), points=((69.0, 34.0),),
        country="AF", geo_precision="near settlement", radius_km=0,
    )  # fmt: skip
    (spot,) = incident_spots(compose(Store.of(Records((incident,))), Filter()))
    assert (spot.form, spot.radius_km) == ("ring", 0)
