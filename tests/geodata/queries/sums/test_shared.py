"""Tests of finding the incidents that share one toll."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from fixed_records import incident

from geodata.queries.sums import by_shared_toll


@pytest.mark.parametrize(
    ("links", "together"),
    [
        ({"a": "b", "b": "a", "c": ""}, ["ab", "c"]),
        # Whoever of two names the other, and in whichever order they come.
        ({"a": "", "b": "", "c": "a"}, ["ac", "b"]),
        ({"a": "c", "b": "", "c": ""}, ["ac", "b"]),
        ({"a": "c", "b": "d", "c": "d", "d": ""}, ["abcd"]),
        # Through one that is not found, whose toll theirs is.
        ({"a": "x", "b": "", "c": "x"}, ["ac", "b"]),
        ({"a": "xy", "b": "y", "c": "x"}, ["abc"]),
    ],
)
def test_incidents_of_one_toll_are_together_whichever_of_them_names_the_others(links, together):
    events = [incident(name, casualties_combined=tuple(others)) for name, others in links.items()]
    found = list(by_shared_toll(events))
    assert ["".join(one.id for one in some) for some, _ in found] == together
    for some, ids in found:
        assert ids == {one for name in (o.id for o in some) for one in (name, *links[name])}


class CountedId(str):
    """An id that counts how often it was looked up."""

    __slots__ = ()
    times = 0

    def __hash__(self) -> int:
        CountedId.times += 1
        return super().__hash__()


def test_many_shared_tolls_take_as_long_each_as_few():
    def times(number: int) -> int:
        ids = [CountedId(n) for n in range(number)]
        pairs = [
            SimpleNamespace(id=one, casualties_combined=(ids[n ^ 1],)) for n, one in enumerate(ids)
        ]
        before = CountedId.times
        assert len(list(by_shared_toll(pairs))) == number / 2
        return CountedId.times - before

    assert times(2_000) < 25 * times(100)
