"""The page of a group, whose address names it, and the list of all groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote, urlencode

import streamlit as st

from geodata.errors import RequestError
from geodata.queries import Filter, Store
from geodata.records import Records, Role, group_label, normalise
from mapview.briefing.figure.group import draw_group_map
from mapview.briefing.figure.paper.size import Size
from mapview.groups import (
    STYLES,
    GroupPage,
    Links,
    data_uri,
    describe_group,
    find_group,
    group_html,
)
from mapview.ui import markup

__all__ = ["show"]

_MAP = Size(150, 105, 200)
_ROLES = tuple(str(role) for role in Role)


def show(store: Store) -> None:
    """Draw the group that the address names, or the list of groups."""
    st.html(STYLES)
    name = st.query_params.get(markup.GROUP_KEY, "")
    if not name:
        _list(store.context)
        return
    try:
        group_id = find_group(name, store.context)
    except RequestError as error:
        st.warning(markup.plain(f"{error}.", most=1_000))
        _list(store.context)
        return
    st.html(_page(store.version, group_id, store))


@st.cache_data(max_entries=32, show_spinner="Drawing the group’s map")
def _page(version: str, group_id: str, _store: Store) -> str:
    # The fingerprint and the id are the key of the cache.
    del version
    page = describe_group(group_id, _records(group_id, _store))
    return str(group_html(page, _links(group_id), map_image=_map(page)))


def _records(group_id: str, store: Store) -> Records:
    """Return what may tell of a group: all but the incidents that do not name it or its parts."""
    chosen = Filter(groups=(group_id,), roles=tuple(Role), base_areas=False)
    return replace(store.context, incidents=store.select(chosen).incidents)


def _links(group_id: str) -> Links:
    return Links(
        incident=lambda one: _address({"id": one}),
        area=lambda one: _address({"area": one}),
        group=markup.group_address,
        in_map=_address({"group": group_id, "role": _ROLES}),
    )


def _address(values: Mapping[str, str | tuple[str, ...]]) -> str:
    """Return the address of the page with the map that shows something."""
    return f"./?{urlencode(values, doseq=True, quote_via=quote)}"


def _map(page: GroupPage) -> str:
    return data_uri(draw_group_map(page, _MAP)) if page.has_map else ""


def _list(records: Records) -> None:
    groups = sorted(records.groups, key=lambda one: (normalise(one.name), one.id))
    labels = {one.id: group_label(one.id, records) for one in groups}
    markup.show("groups.html", groups=groups, labels=labels)
