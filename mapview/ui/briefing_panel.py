"""The dialog that makes a briefing of what the filter shows: choices, progress, the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from geodata.publication import DROPPABLE, Coarsening, Publication, Tlp, tellable_filter
from geodata.queries import Filter, Store, describe_filter
from geodata.records import ENGLISH, LANGUAGES, distinct_label, labelled, language, normalise, say
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.figure.sizes import MOST_FRAMES, MOST_MAPS, SHEETS, Sheet
from mapview.briefing.writers import DATA_WRITERS, WRITERS, Writer
from mapview.exports import file_name
from mapview.ui import markup
from mapview.ui.markup import speaks
from mapview.ui.presence import Job, Presence, Progress, told_progress, warn_of
from mapview.ui.told import Told
from mapview.ui.wording import worded
from mapview.workers import Wanted, made, of_version, queue_of, write_file

__all__ = ["is_due", "show"]

_JOB = "briefing_job"
_AGAIN = "briefing_again"
_EVERY_S = 0.5
# More take a while to gather, for words that the briefing has in any case.
_MOST_DRAFTED = 5_000
# What a line of contact and a date may have of letters.
_MOST_CONTACT = 200
_MOST_DATE = 40
_SAMPLE_DATE = "2026-01-31"
_MULTIPLES = {
    "": "One map of all",
    "auto": "As short as fits",
    "year": "One a year",
    "quarter": "One a quarter",
    "month": "One a month",
}
_STEPS = {
    "": "A period as short as fits",
    "year": "One year",
    "quarter": "One quarter",
    "month": "One month",
}
_FILM = "1280 x 720"
_FILM_SHEETS = ("slide", "card", "square")
_COARSENINGS = {
    "": "As recorded",
    str(Coarsening.DISTRICT): "To the district",
    str(Coarsening.PROVINCE): "To the province",
}


@dataclass(frozen=True)
class _Made:
    """What a job makes, how its file is called, and what was asked for."""

    job: Job
    writer: Writer
    name: str
    asked: tuple[object, ...]


def is_due() -> bool:
    """Return whether the dialog is to be drawn once more: its work has ended."""
    return bool(st.session_state.pop(_AGAIN, False))


def show(told: Told, store: Store) -> None:
    """Draw the dialog.

    Args:
        told: What the stage shows, which the briefing is of.
        store: The records.
    """
    st.dialog(say("Make a briefing"), width="medium")(_show)(told, store)


@speaks
def _show(told: Told, store: Store) -> None:
    words = describe_filter(told.chosen, store.context)
    st.caption(markup.plain(say("Of what the filter shows: {words}.", words=words), most=1_000))
    writer = _format()
    told = _without_areas(told, writer)
    options = _worded(told, store, _options(told, store, writer))
    wanted = _wanted(writer)
    asked = (store.version, told.chosen, options, wanted)
    made: _Made | None = st.session_state.get(_JOB)
    if st.button(say("Make it"), type="primary", key="briefing_make"):
        if made:
            made.job.cancel()
        make = _maker(asked)
        # A name given by the filter could tell the place that rounding hides.
        tellable = tellable_filter(told.chosen, options.publication)
        marking = options.tlp.in_names if options.tlp else ""
        name = file_name("briefing", tellable, writer.ending, marking)
        st.session_state[_JOB] = _Made(Job(make, Presence()), writer, name, asked)
        made = st.session_state[_JOB]
    if made and made.job.is_running:
        _watch(made.job)
    elif made:
        _result(made, is_same=made.asked == asked)


def _without_areas(told: Told, writer: Writer) -> Told:
    """Return what is shown without base areas, which lie over the incidents of a picture."""
    if not (writer.is_still and told.chosen.base_areas):
        return told
    if st.checkbox(say("Base areas, over the incidents"), key="briefing_areas"):
        return told
    return replace(told, chosen=replace(told.chosen, base_areas=False))


def _format() -> Writer:
    writers = {one.ending: one for one in (*WRITERS.values(), *DATA_WRITERS.values())}
    ending = st.selectbox(
        say("Format"),
        list(writers),
        key="briefing_format",
        format_func=lambda one: _named(writers[one]),
    )
    return writers[ending]


def _named(writer: Writer) -> str:
    """Return what a format is called, before the bracket with the names of its files."""
    label, bracket, files = writer.label.partition(" (")
    kind, _, form = label.partition(": ")
    named = labelled(say(kind), say(form)) if form else say(kind)
    return f"{named}{bracket}{say(files.removesuffix(')'))})" if bracket else named


def _options(told: Told, store: Store, writer: Writer) -> BriefingOptions:
    words = describe_filter(told.chosen, store.context)
    title = st.text_input(say("Title"), key="briefing_title", max_chars=200, placeholder=words)
    note = st.text_area(
        say("Note"),
        key="briefing_note",
        max_chars=5_000,
        placeholder=say("Shown as yours; may stay empty"),
    )
    made, contact = _imprint()
    shown, extent = told.bounds, None
    is_rounded = bool(st.session_state.get("briefing_coarsen"))
    is_cut = shown and st.checkbox(
        say("Only the part of the map that is shown now"),
        key="briefing_view",
        disabled=is_rounded,
        help=say(
            "Not with rounded places, since a part chosen around them would tell where they are."
        ),
    )
    if is_cut and not is_rounded:
        extent = shown
    chosen = _language() if writer.has_languages else ENGLISH
    return BriefingOptions(
        title=title,
        note=note,
        made=made,
        contact=contact,
        extent=extent,
        group_pages=_groups(store) if writer.has_groups else (),
        publication=_publication(store),
        tlp=_marking(),
        language=chosen,
    )


def _imprint() -> tuple[str, str]:
    """Return the day on which it was made, and whom to ask about it, where somebody says so."""
    left, right = st.columns(2)
    made = left.text_input(
        say("Creation date"),
        key="briefing_made",
        max_chars=_MOST_DATE,
        placeholder=_SAMPLE_DATE,
        help=say("Printed where you give one, since no clock is asked"),
    )
    contact = right.text_input(
        say("Contact"),
        key="briefing_contact",
        max_chars=_MOST_CONTACT,
        help=say("Whom to ask about it; cards do not say it"),
    )
    return made.strip(), contact


def _language() -> str:
    """Return the language of what the program says."""
    return st.selectbox(
        say("Language"),
        list(LANGUAGES),
        list(LANGUAGES).index(language()),
        key="briefing_language",
        format_func=lambda code: LANGUAGES[code],
        help=say("Of what the program says. Records, your title and your note stay in theirs."),
    )


def _marking() -> Tlp | None:
    """Return how far the briefing may be handed on, if somebody says so."""
    levels = {str(one): one for one in Tlp}
    chosen = st.selectbox(
        say("May be handed on (Traffic Light Protocol)"),
        ["", *levels],
        key="briefing_tlp",
        format_func=lambda one: levels[one].label if one else say("As the records are"),
        help=say(
            "Written into header, footer and name of the file. Records that are marked more "
            "strictly, in a column TLP of what was imported, win."
        ),
    )
    return levels.get(chosen)


def _worded(told: Told, store: Store, options: BriefingOptions) -> BriefingOptions:
    """Return the options with headline and sentences in the user's words, if there are any."""
    if store.totals(told.chosen).shown > _MOST_DRAFTED:
        return options
    plain = BriefingOptions(publication=options.publication, language=options.language)
    headline, messages = worded(
        lambda: compose(store, told.chosen, plain),
        (store.version, told.chosen, plain),
        options.title,
        options.note,
    )
    return replace(options, headline=headline, messages=messages)


def _groups(store: Store) -> tuple[str, ...]:
    groups = store.context.groups_by_id
    return tuple(
        st.multiselect(
            say("Pages on groups"),
            sorted(groups, key=lambda one: (normalise(groups[one].name), one)),
            key="briefing_groups",
            format_func=lambda one: distinct_label(one, groups, store.context),
            placeholder=say("None"),
            help=say("Relations, leaders, strength, base areas and incidents by role"),
        )
    )


def _publication(store: Store) -> Publication:
    with st.expander(say("Before you publish")):
        st.caption(
            say(
                "Rounding protects people who could be found by an exact place. What was changed "
                "is written into the file."
            )
        )
        left, right = st.columns(2)
        rounding = left.selectbox(
            say("Round places"),
            list(_COARSENINGS),
            key="briefing_coarsen",
            format_func=lambda one: say(_COARSENINGS[one]),
        )
        level = Coarsening(rounding) if rounding else None
        drop = right.multiselect(
            say("Leave out"),
            list(DROPPABLE),
            key="briefing_drop",
            format_func=_droppable,
            placeholder=say("None"),
        )
        confidential = left.checkbox(
            say("Round dates, too, as far as is needed"),
            key="briefing_confidential",
            disabled=level is None,
            help=say(
                "To the month or year, and without sections and paragraphs of documents, until no "
                "incident is like no other. How many can be found again is measured and written "
                "into the file."
            ),
        )
        min_k = right.number_input(
            say("Refuse below k"),
            key="briefing_min_k",
            min_value=0,
            step=1,
            disabled=level is None,
            help=say(
                "Nothing is made where a rounded incident may be fewer than so many; 0 for no "
                "limit."
            ),
        )
        licensed = False
        if any(not source.may_publish for source in store.context.sources):
            licensed = st.checkbox(
                say("I hold a licence for sources that forbid publication"),
                key="briefing_licensed",
                help=say("Without this, they are left out and counted."),
            )
    return Publication(
        coarsen=level,
        drop=tuple(drop),
        licensed=licensed,
        confidential=confidential and level is not None,
        min_k=int(min_k) if level else 0,
    )


def _droppable(name: str) -> str:
    words = say(DROPPABLE[name])
    return words[0].upper() + words[1:]


def _wanted(writer: Writer) -> Wanted:
    """Return what kind of file is asked for: its sheet, its template, its periods."""
    sheet, template, multiples, step = "", None, "", ""
    if writer.has_multiples:
        most = say("At most {n} of one extent and one scale of sizes", n=MOST_MAPS)
        multiples = _periods(say("Small maps by period"), _MULTIPLES, "briefing_multiples", most)
    if writer.is_film:
        most = say("At most {n} pictures", n=MOST_FRAMES)
        step = _periods(say("Each picture is of"), _STEPS, "briefing_step", most)
    if writer.has_size:
        sheets = {one.name: one.label for one in SHEETS.values() if _fits(one, writer, multiples)}
        if writer.is_film:
            sheets = {"": _FILM} | sheets
        sheet = st.selectbox(
            say("Layout"),
            list(sheets),
            key="briefing_size",
            format_func=lambda one: say(sheets[one]),
        )
    if writer.has_template:
        kinds = ["pptx", "potx"] if writer.ending == "pptx" else ["docx", "dotx"]
        file = st.file_uploader(say("Your template, if you have one"), type=kinds)
        template = (Path(file.name).suffix.casefold(), file.getvalue()) if file else None
    return Wanted(writer.ending, sheet, template, multiples, step)


def _periods(label: str, lengths: Mapping[str, str], key: str, most: str) -> str:
    """Return how long periods are to be."""
    told = say(
        "{most}; longer periods are taken, and that is said, where there would be more.", most=most
    )
    chosen: str = st.selectbox(
        label, list(lengths), key=key, help=told, format_func=lambda one: say(lengths[one])
    )
    return chosen


def _fits(sheet: Sheet, writer: Writer, multiples: str) -> bool:
    """Whether a layout can be had of a format, and has room for small maps, if these are wanted."""
    if writer.is_film:
        return sheet.name in _FILM_SHEETS
    is_too_large = writer.ending == "png" and bool(sheet.size.too_many_pixels)
    return not is_too_large and (sheet.composition == "figure" or not multiples)


def _maker(asked: tuple[str, Filter, BriefingOptions, Wanted]) -> Callable[[Progress], bytes]:
    """Return the work itself, which knows nothing of the page."""
    version, *more = asked

    def make(progress: Progress) -> bytes:
        work = (version, write_file, *more)
        with made(queue_of("briefings"), of_version, *work, progress=progress) as file:
            return file.read()

    return make


@st.fragment(run_every=_EVERY_S)
@speaks
def _watch(job: Job) -> None:
    """Draw how far the work is, and the whole dialog once more when it has ended."""
    if not job.is_running:
        st.session_state[_AGAIN] = True
        st.rerun()
    st.progress(job.share, text=told_progress(job))
    st.button(say("Cancel"), key="briefing_cancel", on_click=job.cancel)


def _result(made: _Made, *, is_same: bool) -> None:
    """Draw what the work gave; what other choices gave is not to be taken for these."""
    result = made.job.result
    if result is None:
        if is_same:
            warn_of(made.job)
        return
    if not is_same:
        st.caption(say("The choices above have changed since this file was made:"))
    st.download_button(
        say("Download {name} ({size} MB)", name=made.name, size=round(len(result) / 1e6, 1)),
        data=lambda: result,
        file_name=made.name,
        mime=made.writer.media_type,
        on_click="ignore",
        type="primary",
    )
