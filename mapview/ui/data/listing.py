"""The datasets there are: what each holds, whether it is on the map, what is to be known of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from geodata import GeodataError, read_records
from geodata.importing import describe_rule
from geodata.workspace import (
    Between,
    Dataset,
    Workspace,
    compare_versions,
    dataset_at,
    day_of,
    open_parts,
)
from mapview.data import change_files, current_store, data_files, is_shipped
from mapview.ui import markup
from mapview.ui.data import wanted
from mapview.ui.markup import (
    comma,
    day_words,
    describe_date,
    digits,
    is_english,
    number,
    say,
    speaks,
    with_language,
)

__all__ = ["notices_of_datasets", "show"]

_REMOVING = "data_removing"
_FAULT = "data_fault"
_MOST_TOLD = 100


def show(map_page: StreamlitPage) -> None:
    """Draw the list.

    Args:
        map_page: Where one gets to from it.
    """
    if fault := st.session_state.pop(_FAULT, ()):
        markup.warn(*fault)
    found = Workspace().datasets()
    shown = [_folder_of(named) for named in data_files()]
    own = {one.folder.resolve() for one in found}
    others = [one for one in shown if one not in own]
    markup.show(
        "data_list.html",
        count=len(found),
        shown=current_store().all_incidents,
        is_shipped=is_shipped(),
        others=[one.name for one in others],
    )
    for one in found:
        with st.container(border=True, key=f"data_set_{one.name}"):
            _show_one(one, is_shown=one.folder.resolve() in shown)
    if found:
        st.page_link(map_page, label=say("To the map"), query_params=with_language() or None)


def _folder_of(named: str) -> Path:
    """Return the folder of a dataset, or a file."""
    dataset = dataset_at(named)
    return dataset.folder if dataset else Path(named).resolve()


def _show_one(dataset: Dataset, *, is_shown: bool) -> None:
    manifest = dataset.manifest()
    counts = manifest.counts
    versions = dataset.versions()
    made = datetime.fromtimestamp(dataset.file("manifest.json").stat().st_mtime, tz=UTC)
    markup.show(
        "data_set.html",
        name=dataset.name,
        manifest=manifest,
        accepted=counts.get("accepted", 0),
        rejected=counts.get("rejected", 0),
        days=tuple(map(day_words, (counts.get("first_day"), counts.get("last_day")))),
        files=[str(one.get("name", "")) for one in manifest.files],
        made=day_words(f"{made:%Y-%m-%d}") + digits(f"{made: %H:%M} UTC"),
        left_out=f"./api/data/left-out/{quote(dataset.name, safe='')}",
        days_known=_days(versions),
        versions=len(versions),
        is_shown=is_shown,
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        # The state is part of the key: another window may have changed it.
        st.toggle(
            say("On the map"),
            value=is_shown,
            key=f"data_on_{dataset.name}_{is_shown}",
            on_change=_put if not is_shown else _take_off,
            args=(dataset,),
        )
        st.button(
            say("Update …"),
            key=f"data_update_{dataset.name}",
            on_click=wanted.want,
            args=(dataset.name,),
        )
        if st.session_state.get(_REMOVING) != dataset.name:
            st.button(
                say("Remove …"),
                key=f"data_remove_{dataset.name}",
                on_click=_ask,
                args=(dataset,),
            )
    if len(versions) > 1:
        _offer_difference(dataset, versions)
    if wanted.is_wanted() == dataset.name:
        st.info(say("Drop its new file above, or its left-out rows once they are corrected."))
        st.button(say("Never mind"), key="data_not_updated", on_click=wanted.want, args=(None,))
    if st.session_state.get(_REMOVING) == dataset.name:
        st.markdown(
            say("Remove it with all that was read? The file it was made of stays where it is.")
        )
        with st.container(horizontal=True):
            st.button(say("Remove it"), key="data_removed", on_click=_remove, args=(dataset,))
            st.button(say("Keep it"), key="data_kept", on_click=_ask, args=(None,))


def _days(versions: Sequence[Dataset]) -> list[dict[str, str]]:
    """Return the days on which versions came, in order, as ISO 8601 and in words; each once."""
    days = {one.since.date(): _day(one) for one in versions}
    return [{"iso": day.isoformat(), "day": words} for day, words in days.items()]


def _day(version: Dataset) -> str:
    """Return the day on which a version came, in words."""
    return day_of(version) if is_english() else describe_date(version.since.date().isoformat())


def _offer_difference(dataset: Dataset, versions: Sequence[Dataset]) -> None:
    """Draw which versions are compared, and how they differ once somebody asked."""
    with st.expander(say("What changed"), key=f"data_versions_{dataset.name}"):
        # With seconds each has a name of its own, by which the field knows it.
        names = [f"{_day(one)}{comma()}{digits(f'{one.since:%H:%M:%S}')}" for one in versions]
        at = range(len(versions))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            before = st.selectbox(
                say("From"), at, len(at) - 2, names.__getitem__, key=f"data_from_{dataset.name}"
            )
            after = st.selectbox(
                say("To"), at, len(at) - 1, names.__getitem__, key=f"data_to_{dataset.name}"
            )
            is_asked = st.button(say("Compare"), key=f"data_compare_{dataset.name}")
        if is_asked:
            opened = [open_parts([versions[one].folder], read_records) for one in (before, after)]
            found = compare_versions(*(one.catalogue for one in opened))
            words = found.words if is_english() else _told_apart(found)
            markup.show("data_between.html", found=found, words=words, most=_MOST_TOLD)


def _told_apart(found: Between) -> str:
    """Return how two versions differ: numbers stand behind what they count."""
    told = (
        say("{n} new", n=len(found.new)),
        say("changed: {n}", n=len(found.changed)),
        say("{n} withdrawn", n=len(found.withdrawn)),
        say("the same: {n}", n=found.same),
        say("groups, relations and sources that are not as they were: {n}", n=found.others),
    )
    return comma().join(told[:4] if not found.others else told)


def _ask(dataset: Dataset | None) -> None:
    st.session_state[_REMOVING] = dataset.name if dataset else None


def _put(dataset: Dataset) -> None:
    _change(lambda files: [*files, str(dataset.folder.resolve())])


def _take_off(dataset: Dataset) -> None:
    folder = dataset.folder.resolve()
    _change(lambda files: [one for one in files if _folder_of(one) != folder])


@speaks
def _change(change: Callable[[list[str]], list[str]]) -> None:
    try:
        change_files(change)
    except GeodataError as error:
        st.session_state[_FAULT] = (say("The map could not be changed"), str(error))


@speaks
def _remove(dataset: Dataset) -> None:
    st.session_state[_REMOVING] = None
    _take_off(dataset)
    try:
        Workspace().remove(dataset.name)
    except (GeodataError, OSError) as error:
        words = say("{name} could not be removed", name=dataset.name)
        st.session_state[_FAULT] = (words, str(error))


def notices_of_datasets() -> list[dict[str, Any]]:
    """Return words and lines for each dataset of which not every row is shown as it came."""
    found = (dataset_at(named) for named in data_files())
    notices = (_notice_of(one) for one in found if one)
    return [one for one in notices if one["lines"]]


def _notice_of(dataset: Dataset) -> dict[str, Any]:
    manifest = dataset.manifest()
    rows, rejected = (manifest.counts.get(name, 0) for name in ("rows", "rejected"))
    rules = {**manifest.counts.get("rules", {}), **manifest.doubts}
    words = say("{n} of {all} rows were left out", n=rejected, all=rows)
    words = words if rejected else say("some rows have a doubt")
    return {
        "words": say("{label}: {values}", label=dataset.name, values=words),
        "lines": [f"{number(count)} × {describe_rule(rule)}" for rule, count in rules.items()],
    }
