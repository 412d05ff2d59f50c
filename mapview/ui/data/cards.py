"""Five cards: what was guessed and why, and a question where the data prove nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from geodata.importing import ROLES, Guess, Looked, Question, RowKind, Settings
from geodata.records import describe_date
from mapview.ui import markup
from mapview.ui.data import choices
from mapview.ui.data.parts import ANSWERS, PARTS, told_guess, told_note
from mapview.ui.markup import say, say_many, told_as

__all__ = ["show"]

_CARDS: Final = {
    "What a row is": ("row",),
    "When": ("date", "end", "year", "month", "day", "dates"),
    "Where": (
        "lat", "lon", "point", "geometry", "place", "admin1", "admin2", "country", "precision",
        "radius", "crs", "places",
    ),
    "What": ("type", "status", "title", "text"),
}  # fmt: skip
_LAST: Final = "Toll, who, source, id"
_SETTINGS: Final = {"dates": "Order of day and month", "crs": "Coordinate system", "row": "A row"}
_AS_GUESSED: Final = "As guessed"
_NONE: Final = "No column"


@dataclass(frozen=True)
class _Card:
    """One card.

    Attributes:
        title: Its heading.
        guesses: What was guessed for its parts.
        questions: What is open.
        parts: Which may be changed on it.
    """

    title: str
    guesses: tuple[Guess, ...]
    questions: tuple[Question, ...]
    parts: tuple[str, ...]


def show(token: str, looked: Looked) -> None:
    """Draw the cards.

    Args:
        token: Of the file.
        looked: What was found in it.
    """
    for index, card in enumerate(_cards(looked)):
        if index % 2 == 0:
            # Pair by pair, so that they keep their order where there is room for one only.
            columns = st.columns(2)
        with columns[index % 2].container(border=True, key=f"data_card_{index}"):
            _show_card(token, card, looked)


def _cards(looked: Looked) -> Iterator[_Card]:
    plan, left = looked.plan, [one for one in ROLES if one not in sum(_CARDS.values(), ())]
    for title, parts in {**_CARDS, _LAST: tuple(left)}.items():
        yield _Card(
            title,
            tuple(one for one in plan.guesses if one.role in parts),
            tuple(one for one in plan.questions if one.about in parts),
            parts,
        )


def _show_card(token: str, card: _Card, looked: Looked) -> None:
    guessed = say_many("one question", "{n} questions", len(card.questions))
    markup.show(
        "data_card.html",
        title=say(card.title),
        state=guessed if card.questions else say("nothing to ask"),
        is_open=bool(card.questions),
        row=say(choices.ROW_WORDS[looked.plan.row]) if "row" in card.parts else "",
        guesses=[(one, told_guess(one.evidence)) for one in card.guesses],
        names={name: say(words) for name, words in PARTS.items()},
    )
    for number, question in enumerate(card.questions):
        _ask(token, question, number)
    _show_said(token, card)
    if "row" in card.parts:
        _show_rows(token, looked.plan.row)
    if "places" in card.parts and looked.proposals:
        _show_names(token, looked)
    if looked.plan.known is None and set(card.parts) & set(ROLES):
        with st.expander(say("Other columns")):
            for part in card.parts:
                if part in ROLES:
                    _choose(token, part, looked.columns)


def _ask(token: str, question: Question, number: int) -> None:
    key = f"data_ask_{token}_{question.about}_{number}"
    labels = {
        given: describe_date(meaning)
        if question.about == "dates"
        else _answer(meaning.partition(";")[0])
        for given, meaning in question.answers
    }
    label = markup.plain(told_guess(question.text) or "", most=500)
    if not label:
        # What is asked is known in English alone.
        markup.show("english.html", text=question.text)
        about = question.about
        label = say(PARTS.get(about) or _SETTINGS[about])

    def take() -> None:
        if given := st.session_state.get(key):
            choices.answer(token, question, given)

    st.radio(
        label,
        list(labels),
        index=None,
        key=key,
        format_func=lambda one: markup.plain(labels[one]),
        on_change=take,
    )


def _answer(meaning: str) -> str:
    meaning = "no column" if meaning == "none" else meaning
    return told_as(meaning, ANSWERS) or meaning


def _show_said(token: str, card: _Card) -> None:
    """Draw what was said, each with a way back."""
    settings = choices.said(token)
    given = {**settings.given, **({"row": str(settings.row)} if settings.row else {})}
    for name in card.parts:
        if name in given and name != "places":
            words = say(
                "{part}: {column}, as you said – guess again",
                part=say(PARTS.get(name) or _SETTINGS[name]),
                column=given[name] or say(_NONE),
            )
            st.button(
                markup.plain(words, most=120),
                key=f"data_back_{token}_{name}",
                on_click=choices.take_back,
                args=(token, name),
                type="tertiary",
            )


def _show_rows(token: str, kind: RowKind) -> None:
    key = f"data_row_{token}"

    def take() -> None:
        said = RowKind(st.session_state[key])
        choices.change(token, lambda one: replace(one, row=said))

    kinds = [str(one) for one in RowKind]
    with st.expander(say("Rows are something else")):
        st.radio(
            say("Each row is"),
            kinds,
            index=kinds.index(str(kind)),
            key=key,
            format_func=lambda one: say(choices.ROW_WORDS[RowKind(one)]),
            on_change=take,
        )


def _show_names(token: str, looked: Looked) -> None:
    """Draw names of places without coordinates, with what the gazetteer takes them for."""
    lines = [
        (
            name,
            count,
            f"{found.name}, {found.country}" if found else "",
            "" if found else told_note(looked.why_unknown(name)),
        )
        for name, count, found in looked.proposals
    ]
    markup.show("data_names.html", lines=lines)
    key = f"data_places_{token}"

    def take() -> None:
        is_accepted = st.session_state[key]

        def accept(one: Settings) -> Settings:
            kept = {name: text for name, text in one.given.items() if name != "places"}
            return replace(one, given={**kept, **({"places": "accept"} if is_accepted else {})})

        choices.change(token, accept)

    st.checkbox(
        say("Draw these places where the gazetteer is sure; each record says so"),
        value=choices.said(token).accepts_places,
        key=key,
        on_change=take,
    )


def _choose(token: str, part: str, columns: Sequence[str]) -> None:
    """Draw the choice of a column for a part."""
    key, given = f"data_part_{token}_{part}", choices.said(token).given
    options = [say(_AS_GUESSED), say(_NONE), *columns]

    def take() -> None:
        index = st.session_state[key]
        if index == 0:
            choices.take_back(token, part)
        else:
            value = "" if index == 1 else columns[index - 2]
            choices.change(token, lambda one: replace(one, given={**one.given, part: value}))

    chosen = 0
    if part in given:
        chosen = options.index(given[part], 2) if given[part] in columns else 1
    # Columns are told by their place: one may be called like an option of ours.
    st.selectbox(
        say(PARTS[part]),
        range(len(options)),
        index=chosen,
        key=key,
        format_func=lambda one: options[one][:80],
        on_change=take,
    )
