"""The charts of a document: native ones as on slides, of which python-docx knows nothing."""

from __future__ import annotations

from typing import Any, Final, cast

from mapview.briefing.content import Briefing
from mapview.briefing.document.paper import Paper
from mapview.briefing.office import EMU_PER_PT, add_child, charts, clean, say, serialised

__all__ = ["add_ranges", "add_tallies", "add_timeline"]

_HEIGHT: Final = 190.0
_LETTERS: Final = 9.0
_CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def add_timeline(paper: Paper, briefing: Briefing) -> None:
    """Add the timeline as a native chart with a caption."""
    paper.heading(say("Timeline"))
    chart = charts.timeline_chart(briefing)
    if chart is None:
        paper.paragraph(" ".join(charts.timeline_notes(briefing)))
        return
    _add_chart(paper, chart)
    paper.caption("Figure", " ".join((f"{chart.heading}.", *chart.notes)))


def add_tallies(paper: Paper, briefing: Briefing) -> None:
    """Add how many events there are by type and by country, if there are several."""
    if briefing.counts.events <= 1:
        return
    for chart in (charts.type_chart(briefing), charts.country_chart(briefing)):
        paper.heading(chart.heading)
        _add_chart(paper, chart)
        paper.caption("Figure", " ".join((f"{chart.heading}.", *chart.notes)))


def add_ranges(paper: Paper, briefing: Briefing) -> None:
    """Add the tolls that are ranges as a native chart, if there are any."""
    chart = charts.range_chart(briefing)
    if chart is None:
        return
    paper.heading(chart.heading)
    _add_chart(paper, chart)
    paper.caption("Figure", " ".join(chart.notes))


def _add_chart(paper: Paper, one: charts.NativeChart) -> None:
    """Add a chart, whose data can be edited as on slides."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package, document = paper.document.part.package, paper.document.part
    chart, workbook = _drawn(one.data(), one.kind)
    one.dress(chart, _LETTERS, paper.width)
    file = one.name.casefold()
    book = Part(PackURI(f"/word/embeddings/{file}.xlsx"), _BOOK_TYPE, workbook, package)
    part = Part(PackURI(f"/word/charts/{file}.xml"), _CHART_TYPE, b"", package)
    related = part.relate_to(book, f"{_RELATIONS}/package")
    root = chart._chartSpace  # noqa: SLF001 - no public name
    part._blob = _serialised(root, related)  # noqa: SLF001 - the relation is known only now
    paragraph = paper.place()
    relation = document.relate_to(part, f"{_RELATIONS}/chart")
    inline = _inline(document.next_id, relation, paper.width, one.name, clean(one.words))
    paragraph.add_run()._r.append(inline)  # noqa: SLF001 - python-docx draws no charts


def _drawn(data: Any, kind: Any) -> tuple[Any, bytes]:
    """Return a chart of some data and its workbook."""
    from pptx.chart.chart import Chart
    from pptx.chart.xlsx import CategoryWorkbookWriter
    from pptx.chart.xmlwriter import ChartXmlWriter
    from pptx.oxml import parse_xml

    root = parse_xml(cast("Any", ChartXmlWriter)(kind, data).xml.encode())
    book = cast("Any", CategoryWorkbookWriter)(data)
    return cast("Any", Chart)(root, None), charts.stable_workbook(book.xlsx_blob)


def _serialised(chart: Any, related: str) -> bytes:
    """Return a chart with the reference to its workbook."""
    outside = add_child(chart, "externalData")
    outside.set(f"{{{_RELATIONS}}}id", related)
    add_child(outside, "autoUpdate", val="0")
    return serialised(chart)


def _inline(identifier: int, related: str, width: float, name: str, alt: str) -> Any:
    from docx.oxml.parser import parse_xml

    size = f'cx="{round(width * EMU_PER_PT)}" cy="{round(_HEIGHT * EMU_PER_PT)}"'
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    root = parse_xml(
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        f'xmlns:wp="{drawing}/wordprocessingDrawing" xmlns:a="{drawing}/main">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{identifier}" name="{name}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{drawing}/chart">'
        f'<c:chart xmlns:c="{drawing}/chart" xmlns:r="{_RELATIONS}" r:id="{related}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    root.find(".//{*}docPr").set("descr", alt)
    return root
