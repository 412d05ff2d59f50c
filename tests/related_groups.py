"""Groups that were parts of others, some of them for a time only."""

from __future__ import annotations

from typing import Any

from fixed_records import claim

from geodata.records.collection import Records
from geodata.records.model import Group, Relation

__all__ = ["RELATED", "relation"]


def relation(identifier: str, subject: str, kind: str, other: str, **fields: Any) -> Relation:
    """Return a relation between two groups, or of a group with its leader."""
    return Relation(id=identifier, subject=subject, kind=kind, object=other, **fields)


RELATED = Records(
    groups=(
        Group(id="islamic-state", name="Islamic State"),
        Group(id="iskp", name="IS-KP"),
        Group(id="voice", name="Voice of Khurasan", parents=("iskp",)),
        *(Group(id=one, name=one.upper()) for one in ("tkp", "imu", "ja", "ttp", "cell")),
    ),
    relations=(
        relation("a", "iskp", "part of", "islamic-state", valid_from="2015-01-26"),
        relation("b", "tkp", "merged into", "iskp", valid_from="2015-01"),
        relation(
            "c", "imu", "merged into", "iskp", valid_from="2015-08", valid_to="2015-11/2017-02"
        ),
        relation(
            "d",
            "ja",
            "merged into",
            "iskp",
            valid_from="2017",
            claims=(claim("occurrence", "Unclear.", stance="doubts"),),
        ),
        relation("e", "iskp", "split from", "ttp"),
        relation("f", "iskp", "led by", "Hafiz Saeed Khan", valid_from="2015-01-11"),
        relation("g", "ttp", "pledged to", "islamic-state"),
        relation("h", "cell", "part of", "tkp", valid_from="2010", valid_to="2014"),
        relation("i", "cell", "part of", "imu", valid_to="2001"),
    ),
)
