"""Rows that are made of features are those that are made of records."""

from __future__ import annotations

import pytest
from fixed_records import HOSTILE, claim, incident
from hypothesis import given, settings
from plain_loop import random_records
from strategies import incidents, record_sets

from geodata import Incident, Records, load
from geodata.formats.columns import AREA, INCIDENT, claim_row, record_row, to_table
from geodata.formats.geoparquet import to_rows
from geodata.formats.kept import feature_block


def check(records: Records, *some: Incident) -> None:
    found = (*records.incidents, *some)
    rows = [record_row(one, records) for one in found]
    rows = [{**one, "claims": list(map(claim_row, one["claims"] or ()))} for one in rows]
    expected = to_table(rows, {**INCIDENT, **AREA}, geometry=True)
    made = to_rows(feature_block(found, records).rows)
    assert made.schema.equals(expected.schema)
    assert made.equals(expected)


@given(records=record_sets(), one=incidents())
@settings(max_examples=25)
def test_any_record_gives_its_row(records: Records, one: Incident) -> None:
    check(records, one)


@pytest.mark.parametrize("records", [load(), random_records(150)], ids=["shipped", "random"])
def test_whole_records_give_their_rows(records: Records) -> None:
    check(records)


def test_no_record_gives_no_row() -> None:
    check(Records())


@pytest.mark.parametrize(
    "value",
    [
        *(1e-7, 0.0001, 2.5, 1e15 - 1, 1e15, -1e15, -0.0, 1.0, 0, 1, -1, 10**15),
        *(-(10**15), "", "1e5", "7", "-3,", "nothing"),
    ],
)
def test_numbers_are_those_of_claims(value: float | str) -> None:
    check(Records(), incident(claims=[claim("means", value=value), claim("means", value=1)]))


@pytest.mark.parametrize(
    "text",
    [
        *HOSTILE,
        *('\0\x1f\x7f\b\f\n\r\t"\\/\u2028é𝄞', "a\n\n=b", "},", '"},"type_of_source":"', "\\u0041"),
        *(',"upstream":{"a":"b"}', '"value":7', '","value":7,"', '{"value":7}', '"claims":['),
    ],
)
def test_hostile_texts_are_what_they_were(text: str) -> None:
    said = [claim("attribution", value=text, stance="claims", by=text, caveat=text, locator=text)]
    cells = [{text: text}, {"a": text, "b": "},"}, {"a": "},", text: "}"}, {}]
    records = [
        incident(
            str(at), title=text or "-", summary=text, claims=said, upstream=one, type_of_source=text
        )
        for at, one in enumerate(cells)
    ]
    check(Records(), *records, incident("e", place=text, admin1=text, claims=[]))


def test_places_are_rounded_as_they_are_in_features() -> None:
    points = [(69.123456749999, 34.00000005), (-1e-9, 0.1), (180.0, -90.0)]
    check(Records(), *(incident(str(n), points=points[n:m]) for n in range(3) for m in range(4)))
