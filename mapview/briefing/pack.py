"""The pack: every format of a briefing with its data, sources and a manifest, in one zip."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import partial

from geodata.archives import stable_zip
from geodata.formats.bibtex import to_bibtex
from mapview.briefing.content import Briefing
from mapview.briefing.document import write_document
from mapview.briefing.figure import draw_figure
from mapview.briefing.page import MOST_INCIDENTS, write_page
from mapview.briefing.progress import Progress
from mapview.briefing.slides import write_slides
from mapview.briefing.writers import DATA_WRITERS, Layout

__all__ = ["write_pack"]

_Maker = Callable[[Progress], bytes]

_DATA = ("geojson", "csv")
_SLIDES = (".pptx", ".potx")
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
    template = layout.template
    is_for_slides = template is not None and template.suffix.casefold() in _SLIDES
    makers: dict[str, _Maker] = {}
    if briefing.counts.shown <= MOST_INCIDENTS:
        makers["briefing.html"] = lambda progress: write_page(briefing, progress=progress)
    makers["figure.png"] = partial(_figure, briefing, "png", layout)
    makers["figure.svg"] = partial(_figure, briefing, "svg", layout)
    makers["figure.pdf"] = partial(_figure, briefing, "pdf", layout)
    makers["slides.pptx"] = lambda progress: write_slides(
        briefing, template=template if is_for_slides else None, progress=progress
    )
    makers["document.docx"] = lambda progress: write_document(
        briefing, template=None if is_for_slides else template, progress=progress
    )
    for ending in _DATA:
        makers[f"incidents.{ending}"] = partial(DATA_WRITERS[ending].write, briefing, layout)
    makers["sources.bib"] = lambda _: to_bibtex(briefing.records.sources).encode()
    return makers


def _figure(briefing: Briefing, kind: str, layout: Layout, progress: Progress) -> bytes:
    return draw_figure(briefing, kind, size=layout.size, progress=progress)  # type: ignore[arg-type]


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
