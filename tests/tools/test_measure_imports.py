"""Tests of the measure of the structure, on a small house whose figures are known."""

from __future__ import annotations

from graphlib import CycleError
from pathlib import Path

import pytest
from measure_imports import MOST_MODULES, measure


def build(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / (name.replace("__", "/") + ".py")
        path = path.with_name("__init__.py") if path.stem == "face" else path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_faces_lead_to_the_module_that_defines_the_name(tmp_path):
    root = build(
        tmp_path,
        house__face='"""What is handed on."""\nfrom house.rooms import Room\n__all__ = ["Room"]',
        house__rooms="class Room: ...",
        house__roof="from house import Room\nimport os",
        house__garden="def walk():\n    from house.roof import look\n    import house.rooms",
    )
    house = measure(root, ("house",))
    assert dict(house.imports) == {
        "house.garden": {"house.roof", "house.rooms"},
        "house.roof": {"house.rooms"},
        "house.rooms": set(),
    }
    assert house.longest_chain() == ["house.garden", "house.roof", "house.rooms"]
    assert house.named["house.roof"] == {"house"}
    assert house.imports_a_module == 1


LAZY = '''"""What is handed on when it is asked for."""
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from house.rooms import Room
__all__ = ["Room"]
_HOMES = {"Room": "house.rooms"}
def __getattr__(name): ...
'''


def test_a_face_that_loads_names_when_they_are_asked_for_is_a_face(tmp_path):
    rooms = {"house__rooms": "class Room: ...", "house__roof": "from house import Room"}
    house = measure(build(tmp_path, house__face=LAZY, **rooms), ("house",))
    assert dict(house.imports) == {"house.roof": {"house.rooms"}, "house.rooms": set()}
    assert house.named["house.roof"] == {"house"}
    busy = build(tmp_path, house__face=LAZY + "def work(): ...", **rooms)
    assert "house" in measure(busy, ("house",)).imports


def test_a_name_that_a_face_hands_on_is_asked_of_it_whatever_it_is_called(tmp_path):
    root = build(
        tmp_path,
        house__face='"""What is handed on."""\nfrom house.room import other, room',
        house__room="def room(): ...\ndef other(): ...",
        house__roof="from house import other, room",
    )
    assert measure(root, ("house",)).named["house.roof"] == {"house"}


def test_a_package_that_does_work_is_a_module(tmp_path):
    root = build(tmp_path, house__face="SIZE = 3", house__roof="from house import SIZE")
    assert measure(root, ("house",)).imports == {"house": set(), "house.roof": {"house"}}


def test_modules_that_import_each_other_are_named(tmp_path):
    root = build(tmp_path, house__a="from house import b", house__b="import house.a")
    with pytest.raises(CycleError, match="house"):
        measure(root, ("house",)).longest_chain()


def test_a_crowded_folder_is_named(tmp_path):
    rooms = {f"house__full__room{index}": "" for index in range(MOST_MODULES + 1)}
    root = build(tmp_path, house__few__room="X = 1", **dict.fromkeys(rooms, "X = 1"))
    assert measure(root, ("house",)).crowded == ["house/full"]
