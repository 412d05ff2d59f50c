"""Shared by the tests of slides and documents: briefings, templates, whether a file is sound."""

from __future__ import annotations

import io
import posixpath
import zipfile
from functools import cache, partial
from pathlib import Path
from typing import Any

from samples import HOSTILE_NOTE, HOSTILE_TITLE, all_hostile_records, many_records, typed_records

from geodata import Filter, Store, load
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.document import write_document
from mapview.briefing.office import DrawMap
from mapview.briefing.office.xml import local_name, parse
from mapview.briefing.progress import Progress
from mapview.briefing.slides import write_slides
from mapview.briefing.writers import draw_map

SCRIPTS = "Ҳодисаҳо дар Тоҷикистон / رویدادها در تاجیکستان"
PERSIAN = "یادداشت: این یک آزمایش است."


@cache
def shipped_store() -> Store:
    return Store.of(load())


_ASKED = {
    "one": "q=kerman&from=2024-01&to=2024-01&areas=off",
    "alone": "record=kerman-2024-01-03&areas=off",
    "none": "q=zzzz&areas=off",
    "found": "country=TJ",
}


@cache
def briefing_of(name: str) -> Briefing:
    """Return a briefing by the name of its kind."""
    if name == "shipped":
        return compose(
            shipped_store(), Filter(), BriefingOptions(title="All of it", note="One.\nTwo.")
        )
    if name == "scripts":
        options = BriefingOptions(title=SCRIPTS, note=f"{PERSIAN}\nЭзоҳи муаллиф.")
        return compose(shipped_store(), Filter.from_query("country=TJ"), options)
    if name in _ASKED:
        return compose(shipped_store(), Filter.from_query(_ASKED[name]))
    if name == "typed":
        return compose(Store.of(typed_records(160)), Filter.from_query("type=other"))
    if name == "many":
        options = BriefingOptions(title="W" * 200, note="A long note. " * 380)
        return compose(Store.of(many_records(5_000)), Filter(), options)
    options = BriefingOptions(title=HOSTILE_TITLE, note=f"{HOSTILE_NOTE}\x00\x0b")
    return compose(Store.of(all_hostile_records()), Filter(), options)


# By the briefing's identity, which stands beside its maps so that no other gets the same.
_MAPS: dict[int, tuple[Briefing, DrawMap]] = {}


def drawing_of(briefing: Briefing) -> DrawMap:
    """Return what draws a briefing's map, each size once: most of the time is the map's."""
    if id(briefing) not in _MAPS:
        _MAPS[id(briefing)] = briefing, cache(partial(draw_map, briefing, Progress()))
    return _MAPS[id(briefing)][1]


def slides_of(briefing: Briefing, *, draw: DrawMap | None = None, **fields: Any) -> bytes:
    return write_slides(briefing, draw or drawing_of(briefing), **fields)


def document_of(briefing: Briefing, *, draw: DrawMap | None = None, **fields: Any) -> bytes:
    return write_document(briefing, draw or drawing_of(briefing), **fields)


def members_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(source: Path, target: Path, changes: dict[str, tuple[bytes, bytes]]) -> Path:
    """Write a copy of an office file with some bytes of its members replaced; return its path."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members_of(source.read_bytes()).items():
            old, new = changes.get(name, (b"", b""))
            assert old in content
            archive.writestr(name, content.replace(old, new) if old else content)
    return target


def check_package(content: bytes) -> None:
    """Check what makes an office program ask whether it shall repair a file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(set(names)) == len(names)
        assert names[0] == "[Content_Types].xml"
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    members = members_of(content)
    types = parse(members["[Content_Types].xml"])
    overrides = {one.get("PartName", "") for one in types if one.tag.endswith("Override")}
    endings = {one.get("Extension", "") for one in types if one.tag.endswith("Default")}
    assert {one.removeprefix("/") for one in overrides} <= set(names)
    for name, member in members.items():
        assert name in ("[Content_Types].xml", *(one[1:] for one in overrides)) or (
            name.rsplit(".", 1)[-1] in endings
        )
        if name.endswith((".xml", ".rels")):
            root = parse(member)
            _check_ids(name, root)
            if name.endswith(".rels"):
                _check_relations(name, root, set(names))


def _check_ids(name: str, root: Any) -> None:
    kinds = ("cNvPr",) if name.startswith("ppt/") else ("docPr",)
    ids = [one.get("id") for one in root.iter() if local_name(one) in kinds]
    assert len(set(ids)) == len(ids), name


def _check_relations(name: str, root: Any, names: set[str]) -> None:
    folder = posixpath.dirname(posixpath.dirname(name))
    for one in root:
        if one.get("TargetMode") != "External":
            target = one.get("Target", "")
            path = posixpath.normpath(posixpath.join(folder, target))
            assert (target[1:] if target.startswith("/") else path) in names, (name, target)
