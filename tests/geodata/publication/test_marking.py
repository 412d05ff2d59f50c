"""Markings by the Traffic Light Protocol: how they are read, and which of several wins."""

from __future__ import annotations

import pytest

from geodata import Incident, Records
from geodata.errors import RequestError
from geodata.publication.marking import Tlp, highest, marking_of
from geodata.publication.prepare import Coarsening, Publication, prepare


def incident(one_id: str, **upstream: str) -> Incident:
    fields = {"id": one_id, "title": "A", "event_date": "2024", "event_types": ["bombing"]}
    return Incident.model_validate({**fields, "upstream": upstream})


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        ("clear", Tlp.CLEAR),
        ("TLP:WHITE", Tlp.CLEAR),
        ("tlp: Green", Tlp.GREEN),
        ("TLP:AMBER", Tlp.AMBER),
        ("TLP:AMBER+STRICT", Tlp.STRICT),
        ("Red", Tlp.RED),
    ],
)
def test_markings_are_read_as_they_are_written(text: str, marking: Tlp) -> None:
    assert Tlp.read(text) is marking
    assert Tlp.read(marking.label) is marking


@pytest.mark.parametrize("text", ["", "purple", "TLP:AMBER STRICTLY", "amber+"])
def test_what_is_no_marking_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match="TLP must be one of clear, green, amber"):
        Tlp.read(text)


def test_the_strictest_wins() -> None:
    assert highest(list(Tlp)) is Tlp.RED
    assert highest([Tlp.AMBER, Tlp.STRICT, None]) is Tlp.STRICT
    assert highest([None]) is None
    rows = ({"TLP": "green", "x": "red"}, {" tlp ": ""}, {"tlp (b)": "TLP:AMBER"}, {})
    assert marking_of(rows) is Tlp.AMBER
    with pytest.raises(RequestError):
        marking_of([{"TLP": "for friends"}])


@pytest.mark.parametrize(
    "publication",
    [Publication(), Publication(drop=("upstream",)), Publication(coarsen=Coarsening.PROVINCE)],
)
def test_a_marking_outlasts_what_carried_it(publication: Publication) -> None:
    records = Records((incident("a", TLP="TLP:RED"), incident("b")))
    assert prepare(records, publication).marking is Tlp.RED
    assert prepare(Records((incident("b"),)), publication).marking is None
