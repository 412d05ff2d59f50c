"""Layers of an SVG: what belongs together in groups with names, which editors switch on and off.

matplotlib puts everything side by side, in the order in which it was drawn. That order stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

__all__ = ["Group", "layered"]

_SVG = "{http://www.w3.org/2000/svg}"
_INKSCAPE = "http://www.inkscape.org/namespaces/inkscape"
_BEGIN = '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
_WIDE = re.compile(r"\s+")
_NO_ID = re.compile(r"[^A-Za-z0-9_-]+")
# More ids of one disc would be most of the file; its number stands beside them in any case.
_MOST_IDS = 100


@dataclass(frozen=True, eq=False)
class Group:
    """Something that is drawn together; each is its own, whatever its name.

    Attributes:
        name: What an editor lists it as.
        incidents: Ids of the incidents that it is the mark of; `None` for a layer.
    """

    name: str
    incidents: tuple[str, ...] | None = None


def layered(svg: str, groups: Mapping[str, Sequence[Group]], title: str, said: str) -> str:
    """Return an SVG with its drawings in groups, one title and one description.

    Args:
        svg: As matplotlib writes it.
        groups: The groups of each drawing by its id, the outermost first.
        title: What it is called.
        said: What it shows, in words.
    """
    start = svg.index("<svg ") + len("<svg ")
    named = f'{svg[:start]}xmlns:inkscape="{_INKSCAPE}" {svg[start:]}'
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(named.encode(), parser)
    for one in root.findall(f"{_SVG}title"):
        root.remove(one)
    _describe(root, title, said)
    drawings = root.find(f"{_SVG}g")
    if drawings is not None:
        _regroup(drawings, groups)
    return _BEGIN + str(etree.tostring(root.getroottree(), encoding="unicode"))


def _describe(root: Any, title: str, said: str) -> None:
    parts = {"title": title, "desc": said}
    root.set("role", "img")
    # Browsers fit letters to pixels else, and lines come out wider than they were set.
    root.set("text-rendering", "geometricPrecision")
    for name, attribute in (("desc", "aria-describedby"), ("title", "aria-labelledby")):
        if parts[name]:
            element = etree.Element(f"{_SVG}{name}", id=name)
            element.text = parts[name]
            root.insert(0, element)
            root.set(attribute, name)


def _regroup(parent: Any, groups: Mapping[str, Sequence[Group]]) -> None:
    taken: Counter[str] = Counter()
    opened: list[tuple[Group, Any]] = []
    for drawing in list(parent):
        path = groups.get(drawing.get("id", ""))
        if path is None:
            continue
        shared = 0
        for (group, _), wanted in zip(opened, path, strict=False):
            if group is not wanted:
                break
            shared += 1
        del opened[shared:]
        for group in path[shared:]:
            inside = opened[-1][1] if opened else parent
            opened.append((group, etree.SubElement(inside, f"{_SVG}g", _attributes(group, taken))))
        del drawing.attrib["id"]
        (opened[-1][1] if opened else parent).append(drawing)


def _attributes(group: Group, taken: Counter[str]) -> dict[str, str]:
    ids = group.incidents
    if ids is None:
        kind = {f"{{{_INKSCAPE}}}groupmode": "layer"}
        stem = f"layer-{_NO_ID.sub('-', group.name.casefold()).strip('-')}"
    else:
        stem = f"incident-{ids[0]}" if len(ids) == 1 else "incidents"
        kind = {"data-count": str(len(ids))}
        if len(ids) <= _MOST_IDS:
            kind["data-incidents"] = " ".join(ids)
    taken[stem] += 1
    # The same incident may stand on the map and on an inset.
    name = stem if taken[stem] == 1 and stem != "incidents" else f"{stem}-{taken[stem]}"
    label = _WIDE.sub(" ", group.name)
    return {"id": name, f"{{{_INKSCAPE}}}label": label, **kind}
