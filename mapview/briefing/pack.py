"""The pack: every format of a briefing with its data, sources and a manifest, in one zip."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping

from geodata.archives import stable_zip
from geodata.formats.bibtex import to_bibtex
from mapview.briefing.content import Briefing
from mapview.briefing.office import describe_map
from mapview.briefing.page import MOST_INCIDENTS
from mapview.briefing.progress import Progress

__all__ = ["write_pack"]

# The files in the order of the pack, and what each is.
_WORDS = {
    "briefing.html": "the map as a page that opens without a network",
    "figure.png": "the map as a picture",
    "figure.svg": "the map as a drawing that can be edited",
    "figure.pdf": "the map to print",
    "brief.pdf": "a brief on one page, to print",
    "card.png": "a card for links and posts",
    "square.png": "the same, square",
    "slides.pptx": "slides",
    "document.docx": "a document",
    "incidents.geojson": "the records with all claims; Mapview reads them again",
    "incidents.csv": "the same as a table",
    "sources.bib": "the sources as BibTeX",
    "alt.txt": "what the map shows, in words for who cannot see it",
}
# What is laid out on a sheet of its own, whatever size was asked for.
_SHEETS = {"brief.pdf": "brief", "card.png": "card", "square.png": "square"}


def write_pack(
    briefing: Briefing,
    make: Callable[[str, str, Progress], bytes],
    *,
    left_out: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> bytes:
    """Return a zip with page, figures, brief, cards, slides, document, data, sources, a manifest.

    The page is left out above 50,000 incidents, which it refuses; the manifest then says so.

    Args:
        briefing: What it says.
        make: Gives the briefing as a file with some ending, on a sheet of some name or, where that
            is empty, as it was asked for.
        left_out: Files that cannot be made, and why.
        progress: Told how far the work is.
    """
    progress = progress or Progress()
    left_out = dict(left_out or {})
    if briefing.counts.shown > MOST_INCIDENTS:
        left_out["briefing.html"] = f"a page holds at most {MOST_INCIDENTS:,} incidents"
    names = [name for name in _WORDS if name not in left_out]
    members: dict[str, bytes] = {}
    for index, name in enumerate(names):
        part = progress.part(index / len(names), (index + 1) / len(names))
        part.step(0, f"Making {name}")
        ending = name.rpartition(".")[2]
        text = _TEXTS.get(ending)
        sheet = _SHEETS.get(name, "")
        members[name] = text(briefing).encode() if text else make(ending, sheet, part)
    members["manifest.json"] = _manifest(briefing, members, left_out)
    return stable_zip(members)


def _sources(briefing: Briefing) -> str:
    """Return the sources that the briefing lists, and no other that its groups were read in."""
    listed = {one.id for one in (*briefing.sources, *briefing.cited)}
    return to_bibtex(one for one in briefing.records.sources if one.id in listed)


def _in_words(briefing: Briefing) -> str:
    return f"{briefing.preview[0]}\n\n{describe_map(briefing)}\n"


_TEXTS = {"bib": _sources, "txt": _in_words}


def _manifest(
    briefing: Briefing, members: Mapping[str, bytes], left_out: Mapping[str, str]
) -> bytes:
    files = [
        {
            "name": name,
            "what": _WORDS[name],
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
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
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
