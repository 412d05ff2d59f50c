"""Makes the two topologies with mapshaper: clean, simplify, dissolve, lines, quantise."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import repairs

INTERVALS = {"line": (350, 2000, 6000, 20000), "inner": (350, 3000, 10000, 20000)}
"""Simplification in metres for coasts and country borders, and for province lines."""

LAKE_INTERVAL = 2500
QUANTIZATION = 100_000


def build(
    mapshaper: Path, work: Path, units: Iterable[dict[str, Any]], lakes: list[dict[str, Any]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the world and the provinces topology.

    Args:
        mapshaper: The program's start file, run with node.
        work: Folder for files in between.
        units: GeoJSON features of the finest level, see `units.features`.
        lakes: GeoJSON features of lakes.
    """
    _write(work / "units.json", units)
    _write(work / "lakes.json", lakes)
    command = ["node", "--max-old-space-size=6000", str(mapshaper), *_arguments()]
    subprocess.run(command, check=True, cwd=work)
    provinces = _read(work / "provinces.json")
    _group_lines(provinces)
    return _read(work / "world.json"), provinces


def _write(path: Path, features: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "features": list(features)}, file)


def _read(path: Path) -> dict[str, Any]:
    topology: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return topology


def _group_lines(topology: dict[str, Any]) -> None:
    """Put the province lines of one country into one object, and drop empty provinces."""
    areas, lines = (topology["objects"][name] for name in ("provinces", "province_lines"))
    areas["geometries"] = [item for item in areas["geometries"] if item["type"]]
    owner = {
        index if index >= 0 else ~index: item["properties"]["country"]
        for item in areas["geometries"]
        for index in _flat(item["arcs"])
    }
    groups: dict[str, list[list[int]]] = {}
    for item in lines["geometries"]:
        chains = item["arcs"] if item["type"] == "MultiLineString" else [item["arcs"]]
        for chain in chains:
            groups.setdefault(owner[max(chain[0], ~chain[0])], []).append(chain)
    lines["geometries"] = [
        {"type": "MultiLineString", "properties": {"country": country}, "arcs": groups[country]}
        for country in sorted(groups)
    ]


def _flat(nested: list[Any]) -> Iterator[int]:
    for item in nested:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item


def _arguments() -> list[str]:
    quantised = ["format=topojson", f"quantization={QUANTIZATION}", "force"]
    return [
        *("-i", "units.json", "snap", "name=units"),
        *("-clean", "gap-fill-area=0.5km2", "rewind"),
        *("-dissolve", "code,token", "copy-fields=country,name,lod", "name=pieces"),
        *("-each", "uid = this.id"),
        *("-lines", "uid", "+", "name=edges", f"each={_interval_expression()}"),
        *("-simplify", "target=edges", "variable", "interval=t", "keep-shapes"),
        *("-drop", "target=edges"),
        *("-clean", "target=pieces", "gap-fill-area=0.5km2"),
        *("-define", f"D={_disputed_expression()}"),
        *("-dissolve", "token", "target=pieces", "copy-fields=country", "+", "name=tokens"),
        *("-innerlines", "target=tokens", "+", "name=solid"),
        *("where=A.country != B.country && !D[A.token + '|' + B.token]",),
        *("-each", "disputed = 0"),
        *("-innerlines", "target=tokens", "+", "name=dashed"),
        *("where=D[A.token + '|' + B.token] === 1",),
        *("-each", "disputed = 1"),
        *("-merge-layers", "target=solid,dashed", "name=borders"),
        *("-dissolve", "country", "target=tokens", "name=countries"),
        *("-dissolve", "code", "target=pieces", "+", "copy-fields=name,country", "name=provinces"),
        *("-innerlines", "target=pieces", "name=province_lines"),
        *("where=A.country == B.country && A.code != B.code && !D[A.token + '|' + B.token]",),
        *("-rename-fields", "target=countries", "iso=country"),
        *("-o", "provinces.json", "target=provinces,province_lines", *quantised),
        *("-i", "lakes.json", "name=lakes"),
        *("-simplify", f"interval={LAKE_INTERVAL}", "keep-shapes"),
        *("-o", "world.json", "target=countries,borders,lakes", *quantised),
    ]


def _interval_expression() -> str:
    line, inner = (json.dumps(INTERVALS[kind]) for kind in ("line", "inner"))
    lod = "B ? Math.min(A.lod, B.lod) : A.lod"
    return f"t = (B && A.country == B.country ? {inner} : {line})[{lod}]"


def _disputed_expression() -> str:
    pairs = [f"{a}|{b}" for one, two in repairs.DISPUTED for a, b in ((one, two), (two, one))]
    return "({" + ",".join(f"'{pair}':1" for pair in pairs) + "})"
