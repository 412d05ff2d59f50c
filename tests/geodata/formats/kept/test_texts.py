"""Features and lines made as text are, letter for letter, those that are made of features."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from fixed_records import HOSTILE, claim, incident
from hypothesis import given, settings
from plain_loop import random_records
from strategies import incidents, record_sets

import geodata
from geodata import Incident, Records, load
from geodata.formats.csv import to_csv
from geodata.formats.kept.keeping import _makers
from geodata.formats.kept.lines import CsvLines
from geodata.formats.kept.texts import FeatureTexts
from geodata.records import compact, to_feature


def check(records: Records, *some: Incident) -> None:
    made, lines = FeatureTexts(records), CsvLines(records)
    for one in (*records.incidents, *some):
        parts = made.parts(one)
        assert made.of(one) == compact(to_feature(one, records))
        alone = Records((one,), groups=records.groups, sources=records.sources)
        assert lines.of(one, parts) == list(to_csv(alone))[1]


@given(records=record_sets(), one=incidents())
@settings(max_examples=15)
def test_any_record_is_made_letter_for_letter(records: Records, one: Incident) -> None:
    check(records, one)


@pytest.mark.parametrize("value", [1e-7, 0.0001, 2.5, 1e15 - 1, 1e15, -0.0, "1e5", 10**15, 1, 1.0])
def test_numbers_are_written_as_python_writes_them(value: float | str) -> None:
    said = [claim("means", value=1), claim("means", value=value), claim("means", value=1.0)]
    said.append(claim("means", value=0.0))
    far = abs(float(value)) % 20_000
    points = [((far or 1) / 1e3, -1e-7), (1e-5, 2.123456789)]
    check(Records(), *(incident(claims=said, radius_km=far, points=points[:n]) for n in (0, 1, 2)))


@pytest.mark.parametrize(
    "text", [*HOSTILE, '\0\x1f\x7f\b\f\n\r\t"\\/\u2028é𝄞', "a\n\n=b", "'", "a;'=b"]
)
def test_hostile_texts_are_escaped_alike(text: str) -> None:
    said = [claim("attribution", value=text, stance="claims", by=text, caveat=text, locator=text)]
    check(
        Records(),
        incident(title=text or "-", summary=text, claims=said, upstream={text: text}, means=text),
        incident(claims=said[:0], place=text, admin1=text),
    )


@pytest.mark.parametrize("records", [load(), random_records(150)], ids=["shipped", "random"])
def test_whole_records_are_made_letter_for_letter(records: Records) -> None:
    check(records)


def test_whatever_makes_them_has_a_say_in_whether_they_are_kept() -> None:
    """From the modules that make features on, all that is imported."""
    root = Path(geodata.__file__).parent
    makers = set(_makers())
    waiting = list((root / "formats" / "kept").glob("*.py"))
    met = set(waiting)
    assert waiting
    while waiting:
        for node in ast.walk(ast.parse(waiting.pop().read_text("utf-8"))):
            name = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            if not name.startswith("geodata"):
                continue
            path = root.parent.joinpath(*name.split("."))
            path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
            assert path in makers, path
            if path not in met:
                met.add(path)
                waiting.append(path)
    assert root / "tongue" / "catalogue.py" in met
