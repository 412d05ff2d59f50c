"""The standalone page: one HTML file with map, filters, time slider, details, table and sources.

It opens from disk with the network off. Its policy lets nothing in from outside, and it asks for
nothing: scripts, styles, basemap and records are all inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from geodata.errors import GeodataError
from geodata.records import ENGLISH, safe_url, say, speaking
from mapview.briefing.content import CHANGED, GROUP_SCOPE, Briefing
from mapview.briefing.office import DrawGroup, describe_map, numbers_of
from mapview.briefing.page import basemap, view
from mapview.briefing.page.data import page_data, row_columns
from mapview.briefing.page.details import (
    Sources,
    area_details,
    pages_of_details,
    told_of_area,
    told_of_incident,
)
from mapview.briefing.page.parts import (
    Block,
    group_stylesheet,
    marking_stylesheet,
    pack,
    policy,
    script_json,
    scripts,
    stylesheet,
    viewer_scripts,
    viewer_stylesheet,
)
from mapview.briefing.page.terms import reading_terms
from mapview.briefing.progress import Progress
from mapview.groups import GroupPage, Links, data_uri, group_html
from mapview.layer.stage import stage_skeleton, tongue_of_scripts
from mapview.markup import templates_in

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = [
    "MOST_INCIDENTS", "check_count", "page_data", "page_policy", "prepare_pages", "row_columns",
    "told_of_area", "told_of_incident", "write_page", "write_viewer",
]  # fmt: skip

MOST_INCIDENTS = 50_000
# In points.
_GROUP_MAP = (430.0, 300.0)
_GROUP_DPI = 180.0
_TEMPLATES = templates_in(Path(__file__).parent / "templates")


def write_page(
    briefing: Briefing,
    *,
    embedded: bool = False,
    home: str = "",
    tells: bool = False,
    draw_group: DrawGroup | None = None,
    progress: Progress | None = None,
) -> bytes:
    """Return a briefing as one HTML file.

    Args:
        briefing: What it says.
        embedded: Whether to make the form for an iframe: the map alone, asleep until clicked.
        home: Address of the whole program, http(s) or relative, for a link in the embedded form;
            the link takes along what the page's own address asks for.
        tells: Whether the page around its frame is told what is chosen, and may change it; without
            one it tells nobody.
        draw_group: Draws the maps of the groups' pages; these have none without it.
        progress: Told how far the work is.

    Returns:
        UTF-8 text; the same for the same briefing.

    Raises:
        GeodataError: If there are more than `MOST_INCIDENTS` incidents, or `home` is no address
            that a page may link to.
    """
    _check(briefing, home)
    with speaking(briefing.language):
        return _page(
            briefing,
            embedded=embedded,
            home=home,
            tells=tells,
            draw_group=draw_group,
            progress=progress or Progress(),
        )


def _page(
    briefing: Briefing,
    *,
    embedded: bool,
    home: str,
    tells: bool,
    draw_group: DrawGroup | None,
    progress: Progress,
) -> bytes:
    progress.step(0.0, "Gathering the records")
    blocks = list(_blocks(briefing, progress.part(0.05, 0.9)))
    progress.step(0.9, "Putting the page together")
    styles = [stylesheet(), *([group_stylesheet()] if briefing.group_pages else [])]
    if briefing.tlp:
        styles.append(marking_stylesheet(briefing.tlp.label))
    text = _TEMPLATES.get_template("embed.html" if embedded else "page.html").render(
        briefing=briefing,
        described=describe_map(briefing),
        numbers=numbers_of(briefing),
        stage=stage_skeleton(briefing.title, has_document=not embedded),
        config=script_json({**_config(briefing, embedded=embedded), "tells": tells}),
        blocks=blocks,
        styles=styles,
        scripts=scripts(),
        policy=policy(scripts(), styles),
        home=home,
        groups=[_group(one, briefing, draw_group) for one in briefing.group_pages],
    )
    progress.step(1.0, "The page is ready")
    return _plain_lines(text).encode("utf-8", "replace")


def write_viewer() -> bytes:
    """Return the page without records, which reads files in the browser: below a megabyte."""
    nowhere = basemap.Region.around([])
    styles = [stylesheet(), viewer_stylesheet()]
    text = _TEMPLATES.get_template("viewer.html").render(
        stage=stage_skeleton("", has_document=True),
        config=script_json({"terms": reading_terms()}),
        blocks=[
            pack("packed-world", basemap.in_rows(basemap.cut_coarse_world())),
            pack("packed-provinces", basemap.in_rows(basemap.cut_coarse_provinces())),
            pack("packed-labels", basemap.cut_labels(nowhere)),
            pack("packed-detail", basemap.cut_detail(nowhere)),
        ],
        styles=styles,
        scripts=viewer_scripts(),
        policy=policy(viewer_scripts(), styles),
    )
    return _plain_lines(text).encode()


def page_policy() -> str:
    """Return the policy of every page without groups, for those who send one."""
    return policy(scripts(), [stylesheet()])


def prepare_pages() -> None:
    """Make what all pages share, which takes longer than the rest of a page."""
    page_policy()
    nowhere = basemap.Region.around([])
    basemap.cut_world(nowhere)
    basemap.cut_provinces(nowhere, [])
    basemap.cut_labels(nowhere)
    basemap.cut_detail(nowhere)


def _check(briefing: Briefing, home: str) -> None:
    check_count(len(briefing.incidents))
    if home and not is_safe_home(home):
        raise GeodataError(f"home must be an http(s) or relative address, got {home!r:.80}")


def check_count(count: int) -> None:
    """Refuse more incidents than a page takes.

    Raises:
        GeodataError: If there are more than `MOST_INCIDENTS`.
    """
    if count > MOST_INCIDENTS:
        raise GeodataError(
            f"a page must have at most {MOST_INCIDENTS:,} incidents, got {count:,}: narrow the "
            "filter (a period, a country, a type), or export them as GeoJSON or CSV"
        )


def is_safe_home(address: str) -> bool:
    """Whether a page may link to an address: http, https, or relative on the same host.

    Example:
        >>> [is_safe_home(one) for one in ("/?q=a", "https://a.org/", "//a.org", "data:,a")]
        [True, True, False, False]
    """
    if safe_url(address) == address:
        return True
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    # Browsers read a backslash as a slash, and drop tabs and line ends.
    is_plain = re.search(r"[\\\x00-\x20]", address) is None
    return is_plain and not (parts.scheme or parts.netloc or address.startswith("//"))


def _blocks(briefing: Briefing, progress: Progress) -> Iterator[Block]:
    """Yield the packed data of the page."""
    if tongue := tongue_of_scripts(briefing.language):
        yield pack("packed-tongue", tongue)
    yield pack("packed-records", page_data(briefing))
    progress.step(0.2, "Cutting the background map")
    region = basemap.Region.around(view.all_places(briefing), *view.close_view(briefing))
    codes = view.drawn_provinces(briefing)
    yield pack("packed-world", basemap.cut_world(region))
    yield pack("packed-provinces", basemap.cut_provinces(region, codes))
    labels = basemap.cut_labels(region, has_countries=briefing.language != ENGLISH)
    yield pack("packed-labels", labels)
    yield pack("packed-detail", basemap.cut_detail(region))
    sources = Sources()
    writing = progress.part(0.4, 0.95)
    pages = pages_of_details(
        briefing, sources, lambda share: writing.step(share, "Writing the details")
    )
    for number, page in enumerate(pages):
        yield pack(f"packed-details-{number}", page)
    yield pack("packed-area-details", area_details(briefing, sources))
    yield pack("packed-sources", sources.lines)


def _group(page: GroupPage, briefing: Briefing, draw: DrawGroup | None) -> Markup:
    """Return a group's page; its names lead to what this briefing has of them."""
    told = {one.id for one in briefing.group_pages}
    links = Links(
        incident=lambda one: f"#{urlencode({'id': one})}",
        area=lambda one: f"#{urlencode({'area': one})}",
        group=lambda one: f"#group-{quote(one)}" if one in told else "",
    )
    picture = draw.map(page, *_GROUP_MAP, dpi=_GROUP_DPI) if draw and page.has_map else b""
    image = data_uri(picture) if picture else ""
    return group_html(
        page, links, map_image=image, scope=say(GROUP_SCOPE), level=2, is_styled=False
    )


def _config(briefing: Briefing, *, embedded: bool) -> dict[str, Any]:
    home = view.first_view(briefing)._asdict()
    words = "" if briefing.words == briefing.title else briefing.words
    return {"home": home, "embedded": embedded, "words": words, "changed": say(CHANGED)}


def _plain_lines(text: str) -> str:
    """Return text with the line ends that HTML readers make of all others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
