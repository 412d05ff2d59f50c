"""Fields for what a briefing says first, with figures underlined that its records do not say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from geodata.errors import RequestError
from geodata.wording import Ledger
from mapview.briefing.checked import check_texts, ledger_of, say_unmatched, say_why
from mapview.briefing.content import Briefing
from mapview.ui import markup
from mapview.ui.markup import is_english, say, warn

__all__ = ["worded"]

_DRAFT = "briefing_draft"
_HEADLINE, _MESSAGES = "briefing_headline", "briefing_messages"


@dataclass(frozen=True)
class _Draft:
    """What the program would say, and what the words of a user are held against.

    Attributes:
        changes: What is changed for publication, with the risk that is left.
        refused: Why no briefing may be made of this, if none may.
    """

    asked: tuple[object, ...]
    headline: str = ""
    messages: str = ""
    ledger: Ledger | None = None
    changes: tuple[str, ...] = ()
    refused: str = ""


def worded(
    compose: Callable[[], Briefing], asked: tuple[object, ...], title: str, note: str
) -> tuple[str, tuple[str, ...]]:
    """Draw the fields, and return headline and sentences where the user changed them.

    Args:
        compose: Gives the briefing in the program's words.
        asked: What these rest on; the fields are filled anew whenever it changes.
        title: The user's title, which is checked as well.
        note: The user's note, too.
    """
    draft: _Draft | None = st.session_state.get(_DRAFT)
    # Fields forget what they held while they are not drawn.
    is_gone = _HEADLINE not in st.session_state
    if draft is None or draft.asked != asked or is_gone:
        draft = _drafted(compose, asked)
        st.session_state[_DRAFT] = draft
        st.session_state[_HEADLINE] = draft.headline
        st.session_state[_MESSAGES] = draft.messages
    if draft.refused:
        warn(say("This cannot be made"), draft.refused)
        return "", ()
    if draft.changes:
        st.caption(markup.plain(" ".join(draft.changes), most=2_000))
    headline = st.text_input(say("Headline"), key=_HEADLINE, max_chars=300)
    lines = st.text_area(say("In short, a sentence a line"), key=_MESSAGES, max_chars=5_000)
    own = "" if headline == draft.headline else headline
    sentences = [] if lines == draft.messages else lines.splitlines()
    messages = tuple(line for line in sentences if line.strip())
    # What the program drafted is made of the records themselves.
    drafted = draft.messages.splitlines() if not is_english() else ()
    texts = [("headline", own), *(("message", one) for one in messages if one not in drafted)]
    if draft.ledger:
        said = [one for one in (*texts, ("title", title), ("note", note)) if one[1].strip()]
        _tell(said, draft.ledger)
    return own, messages


def _drafted(compose: Callable[[], Briefing], asked: tuple[object, ...]) -> _Draft:
    try:
        briefing = compose()
    except RequestError as error:
        return _Draft(asked, refused=str(error))
    messages = "\n".join(briefing.messages)
    return _Draft(asked, briefing.headline, messages, ledger_of(briefing), briefing.changes)


def _tell(texts: list[tuple[str, str]], ledger: Ledger) -> None:
    wrong = [one for one in check_texts(texts, ledger) if one.unmatched]
    if wrong:
        markup.show("wording.html", checked=wrong, sentences=say_unmatched(wrong), say_why=say_why)
