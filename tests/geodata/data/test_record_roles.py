"""What a filter on a group finds in the shipped record, by role and by time."""

from __future__ import annotations

import pytest

from geodata import Filter, Records, Store


@pytest.fixture(scope="module")
def store(shipped: Records) -> Store:
    return Store.of(shipped)


def found(store: Store, query: str) -> set[str]:
    return {row.id for row in store.table(Filter.from_query(query), limit=999)}


CROCUS, KERMAN = "krasnogorsk-2024-03-22", "kerman-2024-01-03"
DANGHARA, MATERNITY = "danghara-2018-07-29", "kabul-2020-05-12"


@pytest.mark.parametrize(
    ("group", "incident", "role"),
    [
        ("Ukraine", CROCUS, "accused"),
        ("Israel", KERMAN, "accused"),
        ("United States", KERMAN, "accused"),
        ("irpt", DANGHARA, "accused"),
        ("taliban", MATERNITY, "cleared"),
        ("iskp", CROCUS, "actor"),
        ("islamic-state", KERMAN, "actor"),
    ],
)
def test_who_is_accused_or_cleared_is_found_as_such_and_not_as_an_actor(
    store: Store, group: str, incident: str, role: str
) -> None:
    roles = ("actor", "accused", "cleared", "target", "other")
    assert [one for one in roles if incident in found(store, f"group={group}&role={one}")] == [role]
    assert (incident in found(store, f"group={group}")) is (role == "actor")
    assert incident in found(store, f"group={group}&role=any")


def test_ukraine_alone_finds_nothing(store: Store) -> None:
    assert found(store, "group=Ukraine") == set()
    assert found(store, "group=Ukraine&role=accused") == {CROCUS}
    assert found(store, "group=Ukraine&role=accused&role=actor") == {CROCUS}


def areas(store: Store, query: str) -> set[str]:
    return {view.area.id for view in store.areas(Filter.from_query(query))}


def test_what_joined_is_found_from_then_on_and_not_before(store: Store) -> None:
    headquarters = "khilafat-afghan-doha-headquarters"
    assert headquarters in areas(store, "group=iskp&from=2015-10&to=2015-10")
    assert headquarters in areas(store, "group=khilafat-afghan")
    assert headquarters in areas(store, "group=khilafat-afghan&role=accused")
    assert headquarters not in areas(store, "group=iskp&to=2014")
    assert headquarters not in areas(store, "group=taliban")


def test_a_group_is_found_under_what_it_had_joined_by_its_incidents(store: Store) -> None:
    """Each incident of a group that joined for a time stands on the right side of its dates."""
    for group, joined in (("tkp", "2015-01"), ("imu", "2015-08"), ("khilafat-afghan", "2015-01")):
        own = found(store, f"group={group}&role=any")
        under = found(store, "group=iskp&role=any")
        for row in store.table(Filter.from_query(f"group={group}&role=any"), limit=999):
            one = store.incident(row.id)
            assert one is not None
            named = any(claim.value == "iskp" for claim in one.claims)
            assert named or (row.id in under) is (str(one.span.end) >= f"{joined}-01"), row.id
        assert own
