"""The pack: every format of a briefing with its data, sources and a manifest, in one zip."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping

from geodata.archives import stable_zip
from geodata.formats.bibtex import to_bibtex
from mapview.briefing.content import Briefing
from mapview.briefing.page import MOST_INCIDENTS
from mapview.briefing.progress import Progress

__all__ = ["write_pack"]

# The files in the order of the pack, and what each is.
_WORDS = {
    "briefing.html": "the map as a page that opens without a network",
    "figure.png": "the map as a picture",
    "figure.svg": "the map as a drawing that can be edited",
    "figure.pdf": "the map to print",
    "slides.pptx": "slides",
    "document.docx": "a document",
    "incidents.geojson": "the records with all claims; Mapview reads them again",
    "incidents.csv": "the same as a table",
    "sources.bib": "the sources as BibTeX",
}


def write_pack(
    briefing: Briefing,
    make: Callable[[str, Progress], bytes],
    *,
    progress: Progress | None = None,
) -> bytes:
    """Return a zip with page, figures, slides, document, data, sources and a manifest.

    The page is left out above 50,000 incidents, which it refuses; the manifest then says so.

    Args:
        briefing: What it says.
        make: Gives the briefing as a file with some ending.
        progress: Told how far the work is.
    """
    progress = progress or Progress()
    has_page = briefing.counts.shown <= MOST_INCIDENTS
    names = [name for name in _WORDS if has_page or not name.endswith(".html")]
    members: dict[str, bytes] = {}
    for index, name in enumerate(names):
        part = progress.part(index / len(names), (index + 1) / len(names))
        part.step(0, f"Making {name}")
        ending = name.rpartition(".")[2]
        is_list = ending == "bib"
        members[name] = _sources(briefing).encode() if is_list else make(ending, part)
    members["manifest.json"] = _manifest(briefing, members)
    return stable_zip(members)


def _sources(briefing: Briefing) -> str:
    """Return the sources that the briefing lists, and no other that its groups were read in."""
    listed = {one.id for one in (*briefing.sources, *briefing.cited)}
    return to_bibtex(one for one in briefing.records.sources if one.id in listed)


def _manifest(briefing: Briefing, members: Mapping[str, bytes]) -> bytes:
    files = [
        {
            "name": name,
            "what": _WORDS[name],
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        for name, content in members.items()
    ]
    left_out = []
    if "briefing.html" not in members:
        left_out.append(f"briefing.html: a page holds at most {MOST_INCIDENTS:,} incidents")
    told = {
        **briefing.about,
        "note": briefing.note,
        "credits": list(briefing.credits),
        "border_note": briefing.border_note,
        "files": files,
        "left_out": left_out,
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
