"""The pack: every format of a briefing with its data, sources and a manifest, in one zip."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from geodata.archives import stable_zip
from geodata.formats.bibtex import to_bibtex
from mapview.briefing.content import Briefing
from mapview.briefing.page import MOST_INCIDENTS
from mapview.briefing.progress import Progress
from mapview.briefing.writers import DATA_WRITERS, WRITERS, Layout

__all__ = ["write_pack"]

_Maker = Callable[[Progress], bytes]

_SLIDES = (".pptx", ".potx")
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


def write_pack(briefing: Briefing, layout: Layout, *, progress: Progress | None = None) -> bytes:
    """Return a zip with page, figures, slides, document, data, sources and a manifest.

    The page is left out above 50,000 incidents, which it refuses; the manifest then says so.

    Args:
        briefing: What it says.
        layout: Size of the figures; a template, used for the format that it belongs to.
        progress: Told how far the work is.
    """
    progress = progress or Progress()
    makers = _makers(briefing, layout)
    members: dict[str, bytes] = {}
    for index, (name, make) in enumerate(makers.items()):
        part = progress.part(index / len(makers), (index + 1) / len(makers))
        part.step(0, f"Making {name}")
        members[name] = make(part)
    members["manifest.json"] = _manifest(briefing, members)
    return stable_zip(members)


def _makers(briefing: Briefing, layout: Layout) -> dict[str, _Maker]:
    """Return what makes each file, in the order of the pack."""
    makers: dict[str, _Maker] = {}
    for name in _WORDS:
        ending = name.rpartition(".")[2]
        if ending == "html" and briefing.counts.shown > MOST_INCIDENTS:
            continue
        if ending == "bib":
            makers[name] = lambda _: to_bibtex(briefing.records.sources).encode()
            continue
        writer = WRITERS.get(ending) or DATA_WRITERS[ending]
        makers[name] = partial(writer.write, briefing, _layout_for(ending, layout))
    return makers


def _layout_for(ending: str, layout: Layout) -> Layout:
    """Return the layout of a file; the template is only for the format that it belongs to."""
    if layout.template is None:
        return layout
    owner = "pptx" if layout.template.suffix.casefold() in _SLIDES else "docx"
    return layout if ending == owner else replace(layout, template=None)


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
