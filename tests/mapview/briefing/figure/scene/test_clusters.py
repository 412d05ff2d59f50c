from __future__ import annotations

from figure_parts import area, incident

from mapview.briefing.figure.scene.clusters import Cluster, inset_clusters, main_cluster

KABUL, HERAT, PARIS, BRUSSELS = (69.17, 34.53), (62.2, 34.35), (2.35, 48.86), (4.35, 50.85)


def test_neighbours_share_the_main_map_and_far_ones_do_not() -> None:
    incidents = [incident(KABUL, id="a"), incident(HERAT, id="b"), incident(PARIS, id="c")]
    assert {one.id for one in main_cluster(incidents, ()).incidents} == {"a", "b"}


def test_the_heaviest_part_is_the_main_one_whatever_the_order() -> None:
    incidents = [incident(PARIS, id="a"), incident(KABUL, id="b"), incident(HERAT, id="c")]
    for order in (incidents, incidents[::-1]):
        assert {one.id for one in main_cluster(order, ()).incidents} == {"b", "c"}


def test_base_areas_count_near_incidents_or_alone() -> None:
    near, far = area(KABUL, id="near"), area(PARIS, id="far")
    main = main_cluster([incident(KABUL)], [near, far])
    assert [one.id for one in main.areas] == ["near"]
    assert [one.id for one in main_cluster((), [far]).areas] == ["far"]
    assert main_cluster((), ()) == Cluster()


def test_a_wide_ring_is_not_shown_whole() -> None:
    assert Cluster((incident(radius_km=900),)).extents == [(69.17, 34.53, 250)]
    assert Cluster((), (area(radius_km=0),)).extents == [(69.17, 34.53, 0)]


def test_an_incident_of_several_places_weighs_once() -> None:
    two = Cluster((incident(KABUL), incident(HERAT)))
    assert two.weight == Cluster((incident(KABUL),)).weight
    assert two.joined(Cluster((), (area(),))).weight == two.weight + 1


def test_insets_are_joined_until_there_are_few_enough() -> None:
    incidents = [incident(PARIS, id="a"), incident(BRUSSELS, id="b"), incident(KABUL, id="c")]
    two = inset_clusters(incidents, 2)
    assert [[one.id for one in cluster.incidents] for cluster in two] == [["a", "b"], ["c"]]
    [one] = inset_clusters(incidents, 1)
    assert {place.id for place in one.incidents} == {"a", "b", "c"}


def test_what_is_too_far_apart_for_one_inset_is_left_out() -> None:
    incidents = [incident(PARIS, id="a"), incident((150.0, -34.0), id="b")]
    incidents.append(incident(BRUSSELS, id="c"))
    [one] = inset_clusters(incidents, 1)
    assert {place.id for place in one.incidents} == {"a", "c"}


def test_very_many_places_are_linked_as_few_are() -> None:
    grid = [incident((60 + i % 50 * 0.2, 30 + i // 50 * 0.2), id=f"i{i}") for i in range(900)]
    main = main_cluster([*grid, incident(PARIS, id="far")], ())
    assert {one.id for one in main.incidents} == {one.id for one in grid}
