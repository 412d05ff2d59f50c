"""A group's page as HTML, the same in the app and in a standalone page."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from mapview import assets
from mapview.cartography import TEXTS
from mapview.groups.bars import LEGEND, Piece
from mapview.groups.lines import GroupPage
from mapview.markup import say, templates_in

__all__ = ["STYLES", "Links", "data_uri", "group_html"]

STYLES = Path(assets.__file__).parent / assets.GROUP_STYLES
_TEMPLATES = templates_in(Path(__file__).parent / "templates")


@dataclass(frozen=True)
class Links:
    """Where names lead to.

    Attributes:
        incident: Gives the address of an incident by its id.
        area: The same of a base area.
        group: The same of a group's page; empty where there is none.
        in_map: Address of a map of all its incidents; empty for none.
    """

    incident: Callable[[str], str]
    area: Callable[[str], str]
    group: Callable[[str], str]
    in_map: str = ""


def group_html(
    page: GroupPage,
    links: Links,
    *,
    map_image: str = "",
    scope: str = "",
    level: int = 1,
    is_styled: bool = True,
) -> Markup:
    """Return a group's page; every text of the records is escaped.

    Args:
        page: What it says.
        links: Where names lead to.
        map_image: Address of the picture of its base areas; empty for none.
        scope: Which incidents and base areas are told, in a sentence; empty for all of the record.
        level: Level of its heading.
        is_styled: Whether bars are placed by styles; they are SVG otherwise, for pages whose policy
            lets no style stand at an element.
    """
    template = _TEMPLATES.get_template("group.html")
    text = template.render(
        page=page,
        links=links,
        map_image=map_image,
        scope=scope,
        level=level,
        legend=LEGEND,
        whole=lambda form: Piece(form, 0, 1),
        credit=f"{say(TEXTS['attribution'])} {say(TEXTS['border_note'])}",
        is_styled=is_styled,
    )
    return Markup(text)  # noqa: S704 - the template escapes


def data_uri(picture: bytes) -> str:
    """Return a PNG as the address of a picture.

    Example:
        >>> data_uri(b"a")
        'data:image/png;base64,YQ=='
    """
    return f"data:image/png;base64,{base64.b64encode(picture).decode('ascii')}"
