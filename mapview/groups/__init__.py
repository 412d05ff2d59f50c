"""What is told of a group on its page: derived here, laid out by the app and by briefings."""

from mapview.groups.bars import LEGEND, Axis, Piece
from mapview.groups.describe import describe_group, find_group
from mapview.groups.html import STYLES, Links, data_uri, group_html
from mapview.groups.lines import (
    AreaOfGroup,
    GroupName,
    GroupPage,
    IncidentOfGroup,
    NumberLine,
    NumberSeries,
    RelationLine,
    RelationSection,
    RoleOfGroup,
)

__all__ = [
    "LEGEND", "STYLES", "AreaOfGroup", "Axis", "GroupName", "GroupPage", "IncidentOfGroup", "Links",
    "NumberLine", "NumberSeries", "Piece", "RelationLine", "RelationSection", "RoleOfGroup",
    "data_uri", "describe_group", "find_group", "group_html",
]  # fmt: skip
