"""The pack: every format of a briefing with its data, sources and a manifest, in one zip."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence

from geodata.archives import stable_zip
from geodata.formats.authors import institutions_of
from geodata.formats.bibtex import to_bibtex
from geodata.formats.csljson import to_csl_json
from geodata.records import ENGLISH, Source, say, speaking
from mapview.briefing.content import Briefing
from mapview.briefing.progress import Progress
from mapview.cartography import QgisFiles, ground_package, qgis_project

__all__ = ["OVER_TIME", "write_pack"]

OVER_TIME = "over-time"
"""What is asked for by this name instead of that of a sheet is told by period."""
# The files in the order of the pack, and what each is.
_WORDS = {
    "briefing.html": "the map as a page that opens without a network",
    "figure.png": "the map as a picture",
    "figure.svg": "the map as a drawing that can be edited",
    "figure.pdf": "the map to print",
    "brief.pdf": "a brief on one page, to print",
    "card.png": "a card for links and posts",
    "square.png": "the same, square",
    "over-time.png": "a small map for each period",
    "slides.pptx": "slides",
    "document.docx": "a document",
    "incidents.geojson": "the records with all claims; Mapview reads them again",
    "incidents.csv": "the same as a table",
    "incidents.kmz": "the records for Google Earth, with our symbols",
    "map.qgz": "the map as a project of QGIS, to work on; it needs both files below beside it",
    "incidents.gpkg": "the records as a GeoPackage",
    "ground.gpkg": "land, lakes and borders as a GeoPackage",
    "sources.bib": "the sources as BibTeX",
    "sources.json": "the sources as CSL-JSON, for Zotero and the like",
    "alt.txt": "what the map shows, in words for who cannot see it",
}
# What is laid out on a sheet of its own, whatever size was asked for.
_SHEETS = {
    "brief.pdf": "brief", "card.png": "card", "square.png": "square", "over-time.png": OVER_TIME,
}  # fmt: skip


def write_pack(
    briefing: Briefing,
    make: Callable[[str, str, Progress], bytes],
    words: str,
    *,
    alternatives: Mapping[str, str] | None = None,
    left_out: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> bytes:
    """Return a zip with page, figures, brief, cards, slides, document, data, sources, a manifest.

    Args:
        briefing: What it says.
        make: Gives the briefing as a file with some ending, on a sheet of some name or, where that
            is empty, as it was asked for.
        words: What the map shows, for who does not see it.
        alternatives: What pictures show that say something else, by name.
        left_out: Files that cannot be made, and why.
        progress: Told how far the work is.
    """
    progress = progress or Progress()
    left_out = left_out or {}
    own: dict[str, Callable[[], bytes]] = {
        "map.qgz": lambda: _project(briefing, words),
        "ground.gpkg": ground_package,
        "sources.bib": lambda: _sources(briefing, to_bibtex).encode(),
        "sources.json": lambda: _sources(briefing, to_csl_json).encode(),
        "alt.txt": words.encode,
    }
    names = [name for name in _WORDS if name not in left_out]
    members: dict[str, bytes] = {}
    for index, name in enumerate(names):
        part = progress.part(index / len(names), (index + 1) / len(names))
        part.step(0, f"Making {name}")
        ending, sheet = name.rpartition(".")[2], _SHEETS.get(name, "")
        members[name] = own[name]() if name in own else make(ending, sheet, part)
    told = {_marked(name, briefing): content for name, content in members.items()}
    what = {_marked(name, briefing): words for name, words in _WORDS.items()}
    said = {_marked(name, briefing): words for name, words in (alternatives or {}).items()}
    told["manifest.json"] = _manifest(briefing, told, left_out, what, said)
    return stable_zip(told)


def _marked(name: str, briefing: Briefing) -> str:
    """Return a file's name, with how far it may be handed on, if that is said."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{briefing.tlp.in_names}{dot}{ending}" if briefing.tlp else name


def _sources(briefing: Briefing, write: Callable[[Sequence[Source], Collection[str]], str]) -> str:
    """Return the sources that the briefing lists, and no other that its groups were read in."""
    listed = {one.id for one in (*briefing.sources, *briefing.cited)}
    records = briefing.records
    sources = [one for one in records.sources if one.id in listed]
    with speaking(ENGLISH):
        return write(sources, institutions_of(sources, records.groups))


def _project(briefing: Briefing, words: str) -> bytes:
    said = "\n\n".join(
        [words.strip(), *([briefing.note] if briefing.note else []), *_ends(briefing)]
    )
    # Its layers show the data, and are called as these are.
    with speaking(ENGLISH):
        project = qgis_project(
            briefing.records,
            QgisFiles(_marked("incidents.gpkg", briefing), _marked("ground.gpkg", briefing)),
            title=briefing.title,
            description=said,
            extent=briefing.extent,
            own=briefing.own_types,
        )
    return stable_zip({"map.qgs": project})


def _ends(briefing: Briefing) -> tuple[str, ...]:
    marking = (briefing.tlp.label,) if briefing.tlp else ()
    return (*marking, *briefing.changes, *briefing.credits, briefing.border_note)


def _manifest(
    briefing: Briefing,
    members: Mapping[str, bytes],
    left_out: Mapping[str, str],
    what: Mapping[str, str],
    said: Mapping[str, str],
) -> bytes:
    files = [
        {
            "name": name,
            "what": say(what[name]),
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            **({"alt": said[name]} if name in said else {}),
        }
        for name, content in members.items()
    ]
    told = {
        **briefing.about,
        "note": briefing.note,
        "credits": list(briefing.credits),
        "border_note": briefing.border_note,
        "files": files,
        "left_out": [f"{name}: {why}" for name, why in left_out.items()],
        # In English the changes say so themselves; see `mapview.briefing.since`.
        **({"rounded": True} if briefing.is_rounded and briefing.language != ENGLISH else {}),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
