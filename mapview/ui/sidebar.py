"""The filters at the left, each option with how many incidents choosing it would show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from geodata.queries import DateMatch, Filter, Store
from geodata.records import (
    Attribution,
    EventType,
    GeoPrecision,
    Role,
    Status,
    country_name,
    distinct_label,
    group_label,
)
from geodata.scope import Count
from mapview.layer.tiles import tiles_options
from mapview.ui import markup
from mapview.ui.map_panel import TILES_SWITCH
from mapview.ui.state import bind, change, change_filter, hold, rebind

__all__ = ["show"]

_PRECISIONS = (
    GeoPrecision.SITE,
    GeoPrecision.SETTLEMENT,
    GeoPrecision.NEAR_SETTLEMENT,
    GeoPrecision.DISTRICT,
    GeoPrecision.PROVINCE,
    GeoPrecision.REGION,
)


_ROLE_HELP = (
    "Without a choice a group is found where it is actor or target, not where it is only accused."
)


def show(chosen: Filter, store: Store) -> None:
    """Draw the filters."""
    counts = store.facets(chosen)
    everything = store.facets(Filter())
    with st.sidebar:
        _text(chosen)
        _choices(
            "event_types",
            "Type",
            chosen,
            counts=counts["type"],
            everything=everything["type"],
            words=str.capitalize,
        )
        if everything["source_type"] or chosen.source_types:
            _choices(
                "source_types",
                "Type as the source has it",
                chosen,
                counts=counts["source_type"],
                everything=everything["source_type"],
                words=str,
            )
        _choices(
            "groups",
            "Group",
            with_group_ids(chosen, store),
            counts=counts["group"],
            everything=everything["group"],
            words=lambda one: distinct_label(one, everything["group"], store.context),
        )
        _group_links(with_group_ids(chosen, store).groups, store)
        _pills("roles", "Role of the group", Role, chosen, counts["role"], help=_ROLE_HELP)
        _choices(
            "countries",
            "Country",
            chosen,
            counts=counts["country"],
            everything=everything["country"],
            words=country_name,
        )
        _pills("statuses", "Status", Status, chosen, counts["status"])
        _pills("attributions", "Attribution", Attribution, chosen, counts["attribution"])
        _precision(chosen)
        _people(chosen)
        _areas(chosen)
        _tiles()
        _bounds(chosen)
        st.button(
            "Reset all filters",
            on_click=lambda: change(chosen=Filter()),
            disabled=chosen.is_empty,
            width="stretch",
        )


def with_group_ids(chosen: Filter, store: Store) -> Filter:
    """Return the filter with every group by its id, so that widgets know it."""
    ids = tuple(one for name in chosen.groups for one in store.context.resolve_groups(name))
    return replace(chosen, groups=ids)


def _group_links(ids: Sequence[str], store: Store) -> None:
    known = [one for one in ids if one in store.context.groups_by_id]
    if known:
        names = {one: group_label(one, store.context) for one in known}
        markup.show("group_links.html", names=names)


def _take(key: str, name: str, convert: Callable[[Any], Any] = lambda value: value) -> None:
    change_filter(**{name: convert(st.session_state[key])})


def _text(chosen: Filter) -> None:
    bind("filter_text", chosen.text)
    st.text_input(
        "Search",
        key="filter_text",
        max_chars=200,
        placeholder="Place, group, word …",
        help="Every word must occur. Case, accents and script do not matter.",
        on_change=_take,
        args=("filter_text", "text"),
    )


def _choices(
    name: str,
    label: str,
    chosen: Filter,
    *,
    counts: Mapping[str, Count],
    everything: Mapping[str, Count],
    words: Callable[[str], str],
) -> None:
    """Draw a list to choose from; most frequent first, with live counts."""
    selected = [str(one) for one in getattr(chosen, name)]
    often = {value: count.possible for value, count in everything.items()}
    options = sorted({*often, *selected}, key=lambda one: (-often.get(one, 0), one))
    key = f"filter_{name}"
    labels = {one: f"{words(one)} ({_short(counts.get(one), chosen)})" for one in options}
    rebind(key, selected, tuple(labels.values()))
    st.multiselect(
        label,
        options,
        key=key,
        format_func=labels.__getitem__,
        placeholder="All",
        on_change=_take,
        args=(key, name, _typed(name)),
    )


def _short(count: Count | None, chosen: Filter) -> str:
    """Return a count as it stands behind a choice: 8, or 8–12 where some only may fit."""
    found = count or Count(0, 0)
    if chosen.date_match is DateMatch.CERTAIN:
        return f"{found.certain:,}"
    return found.words.replace(" to ", "–")


def _typed(name: str) -> Callable[[Sequence[str]], tuple[str, ...]]:
    if name == "event_types":
        return lambda values: tuple(EventType(value) for value in values)
    return tuple


def _pills(
    name: str,
    label: str,
    choices: type[Status | Attribution | Role],
    chosen: Filter,
    counts: Mapping[str, Count],
    **others: Any,
) -> None:
    key = f"filter_{name}"
    bind(key, [str(one) for one in getattr(chosen, name)])
    markup.show_counts(key, [_short(counts.get(one), chosen) for one in choices])
    st.pills(
        label,
        [str(one) for one in choices],
        selection_mode="multi",
        key=key,
        format_func=str.capitalize,
        on_change=_take,
        args=(key, name, lambda values: tuple(choices(value) for value in values)),
        **others,
    )


def _precision(chosen: Filter) -> None:
    bind("filter_precision", chosen.least_precision)
    st.selectbox(
        "Place known at least to",
        _PRECISIONS,
        index=None,
        key="filter_precision",
        format_func=str,
        placeholder="Any precision",
        on_change=_take,
        args=("filter_precision", "least_precision"),
    )


def _people(chosen: Filter) -> None:
    columns = st.columns(2)
    for column, name, label, help_text in (
        (columns[0], "fatalities_min", "Killed, at least", "Against the highest figure given."),
        (columns[1], "fatalities_max", "at most", "Against the lowest figure given."),
        (columns[0], "injured_min", "Injured, at least", "Against the highest figure given."),
    ):
        key = f"filter_{name}"
        bind(key, getattr(chosen, name))
        column.number_input(
            label,
            min_value=0,
            max_value=999_999,
            value=None,  # Without it an emptied field would mean 0.
            step=1,
            key=key,
            placeholder="any",
            help=help_text,
            on_change=_take,
            args=(key, name),
        )


def _areas(chosen: Filter) -> None:
    bind("filter_areas", chosen.base_areas)
    st.toggle(
        "Base areas of groups",
        key="filter_areas",
        on_change=_take,
        args=("filter_areas", "base_areas"),
    )


def _tiles() -> None:
    options = tiles_options()
    if options:
        st.toggle(
            "Online map tiles",
            key=TILES_SWITCH,
            help=f"Tells {urlsplit(options['url']).netloc} which part of the world you look at.",
            on_change=hold,
        )


def _bounds(chosen: Filter) -> None:
    if chosen.bounds is None:
        return
    west, south, east, north = chosen.bounds
    st.caption(
        f"Only within {west:g}° to {east:g}° E, {south:g}° to {north:g}° N; what has no known "
        "place is left out"
    )
    st.button("Lift the limit", on_click=lambda: change_filter(bounds=None))
