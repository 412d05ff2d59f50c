"""The page of a group, whose address names it, and the list of all groups."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geodata.errors import RequestError
from geodata.queries import Filter, Store
from geodata.records import Records, Role, group_label, language, normalise, say
from mapview.briefing.figure.group import draw_group_map
from mapview.briefing.figure.sizes import Size
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
# Each is a line of the page.
MOST_TOLD = 20_000


def show(store: Store) -> None:
    """Draw the group that the address names, or the list of groups."""
    st.html(STYLES)
    name = st.query_params.get(markup.OF_KEY, "")
    if not name:
        _list(store.context)
        return
    try:
        group_id = find_group(name, store.context)
    except RequestError as error:
        markup.warn(say("There is no page of such a group"), str(error))
        _list(store.context)
        return
    page, links = describe_group(group_id, _records(group_id, store)), _links(group_id)
    # The words are there at once; the map, which takes seconds, joins them.
    place = st.empty()
    place.html(str(group_html(page, links)))
    if page.has_map:
        image = _map(store.version, group_id, language(), page)
        place.html(str(group_html(page, links, map_image=image)))


def _records(group_id: str, store: Store) -> Records:
    """Return what may tell of a group: all but the incidents that do not name it or its parts."""
    chosen = Filter(groups=(group_id,), roles=tuple(Role), base_areas=False)
    count = store.totals(chosen).shown
    if count > MOST_TOLD:
        st.info(
            say(
                "Incidents that name this group or its parts: {n}. This page tells of at most "
                "{most}; the map shows them all.",
                n=count,
                most=MOST_TOLD,
            )
        )
        return store.context
    return replace(store.context, incidents=store.select(chosen).incidents)


def _links(group_id: str) -> Links:
    return Links(
        incident=lambda one: markup.map_address(id=one),
        area=lambda one: markup.map_address(area=one),
        group=markup.group_address,
        in_map=markup.map_address(group=group_id, role=_ROLES),
    )


@st.cache_data(max_entries=32, show_spinner=False)
def _map(version: str, group_id: str, spoken: str, _page: GroupPage) -> str:
    # The fingerprint, the id and the language are the key of the cache.
    del version, group_id, spoken
    return data_uri(draw_group_map(_page, _MAP))


def _list(records: Records) -> None:
    groups = sorted(records.groups, key=lambda one: (normalise(one.name), one.id))
    labels = {one.id: group_label(one.id, records) for one in groups}
    kinds = {one.id: say(str(one.kind)) for one in groups}
    markup.show("groups.html", groups=groups, labels=labels, kinds=kinds)
