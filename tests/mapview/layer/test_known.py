"""What may be chosen on a stage: types in the words of sources, and what each is drawn as."""

from __future__ import annotations

import pytest

from geodata.queries import EVENT_TYPES
from geodata.records import EventType
from mapview.cartography.style import KINDS, OTHER, kind_of
from mapview.layer.known import source_types

NO_WORD, RAID, BREAK = map(
    EVENT_TYPES.index, (EventType.OTHER, EventType.RAID, EventType.PRISON_BREAK)
)
OWN = len(KINDS)


def test_each_type_of_a_source_is_told_with_its_most_frequent_look() -> None:
    counts = {
        (NO_WORD, "Theft"): 9,
        (RAID, "Search"): 5,
        (NO_WORD, "Search"): 1,
        (RAID, ""): 3,
        (NO_WORD, "Rare"): 1,
    }
    told = source_types(counts, ["Theft"])
    assert told["sourceTypes"] == ["Rare", "Search", "Theft"]
    assert told["kind_of_source_type"] == [OTHER, kind_of(["raid"]), OWN]
    assert told["ownTypes"] == ["Theft"]


@pytest.mark.parametrize(
    ("more", "others"),
    [
        ({}, ["Fraud", "Rare"]),
        ({(RAID, ""): 1, (RAID, "Search"): 1}, ["Fraud", "Rare"]),
        # What has no type at all, one of ours, or two looks, is drawn as any other too.
        ({(NO_WORD, ""): 1}, []),
        ({(BREAK, ""): 1}, []),
        ({(NO_WORD, "Search"): 1, (RAID, "Search"): 1}, []),
        # A filter by so many nobody reads.
        ({(NO_WORD, f"type {n}"): 1 for n in range(20)}, []),
    ],
)
def test_the_others_are_told_only_where_a_filter_finds_them_all(
    more: dict[tuple[int, str], int], others: list[str]
) -> None:
    counts = {(NO_WORD, "Theft"): 9, (NO_WORD, "Rare"): 1, (NO_WORD, "Fraud"): 2, **more}
    assert source_types(counts, ["Theft"])["otherTypes"] == others
    assert source_types(counts, [])["otherTypes"] == []


def test_without_types_of_sources_nothing_is_told() -> None:
    assert not any(source_types({(RAID, ""): 4, (NO_WORD, ""): 1}, []).values())
