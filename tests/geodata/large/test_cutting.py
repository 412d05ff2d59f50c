"""A collection is cut between its features, wherever a piece ends, or not at all."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from plain_loop import random_records

from geodata.formats.geojson import write_geojson
from geodata.large import cutting
from geodata.large.cutting import NotCutError, cut_file, features_of

FEATURE = '{"type":"Feature","geometry":null,"properties":{"title":"},{ ] }"}}'
METRES = '{"type": "name", "properties": {"name": "EPSG:32642"}}'
HEAD = '{\n"type": "FeatureCollection",\n'


@pytest.mark.parametrize("size", [1, 7, 100, 3_000, 1 << 20])
@pytest.mark.parametrize("form", ["exported", "stored"])
def test_pieces_have_all_features_in_order_and_their_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, form: str
) -> None:
    path = tmp_path / "all.geojson"
    write_geojson(path, random_records(12), stored=form == "stored")
    whole = json.loads(path.read_text("utf-8"))
    longest = max(len(json.dumps(one, indent=1)) for one in whole["features"])
    monkeypatch.setattr(cutting, "_PIECE_BYTES", max(size, longest))
    cut = cut_file(path)
    assert cut.head == {**{k: v for k, v in whole.items() if k != "features"}, "features": []}
    found: list[Any] = []
    for first, piece in cut.pieces():
        assert first == len(found)
        found += features_of(piece)
    assert found == whole["features"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", f'{HEAD}"features": [\n{FEATURE}\n]\n}}\n'),
        ("members-behind.geojson", f'{HEAD}"features": [\n{FEATURE}\n],\n"groups": []\n}}\n'),
        ("other.geojson", f'{{\n"type": "Features",\n"features": [\n{FEATURE}\n]\n}}\n'),
        ("inner.geojson", f'{{"a": {{\n"features": [\n{FEATURE}\n]\n}}, "features": []}}'),
        ("cut-off.geojson", f'{HEAD}"features": [\n{FEATURE},\n{FEATURE}'),
        ("two-a-line.geojson", f'{HEAD}"features": [\n{FEATURE}, {FEATURE},\n{FEATURE}\n]\n}}\n'),
        ("nothing.geojson", ""),
        ("metres.geojson", f'{HEAD}"crs": {METRES},\n"features": [\n{FEATURE}\n]\n}}\n'),
    ],
)
def test_what_stands_otherwise_is_not_cut(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(NotCutError):
        list(itertools.chain.from_iterable(features_of(one) for _, one in cut_file(path).pieces()))


def test_features_in_one_line_are_not_gathered_without_end(tmp_path: Path) -> None:
    path = tmp_path / "line.geojson"
    path.write_text(f'{HEAD}"features": [{",".join([FEATURE] * 200)}]}}', "utf-8")
    with pytest.raises(NotCutError):
        list(cut_file(path).pieces())


def test_lines_of_nothing_are_looked_at_once(tmp_path: Path) -> None:
    path = tmp_path / "nothing.geojson"
    path.write_text("\n" * 3_000_000 + "]}", "utf-8")
    with pytest.raises(NotCutError):
        cut_file(path)


def test_what_is_cut_off_is_known_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "cut-off.geojson"
    lines = ",\n".join([FEATURE] * 20)
    for end, is_cut in (("\n]\n}\n", True), ("", False), (",\n{", False), ("\n]\n", False)):
        path.write_text(f'{HEAD}"features": [\n{lines}{end}', "utf-8")
        if is_cut:
            assert cut_file(path)
            continue
        with pytest.raises(NotCutError):
            cut_file(path)


def test_a_small_file_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "small.geojson"
    path.write_text(f'{HEAD}"features": [\n{FEATURE}\n]\n}}\n', "utf-8")
    monkeypatch.setattr(cutting, "LARGE_BYTES", path.stat().st_size)
    assert [first for first, _ in cut_file(path).pieces()] == [0]
    monkeypatch.setattr(cutting, "LARGE_BYTES", path.stat().st_size + 1)
    with pytest.raises(NotCutError):
        cut_file(path)
