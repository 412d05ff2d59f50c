"""Fields for what a briefing says first, with figures underlined that its records do not say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from geodata.wording import Ledger
from mapview.briefing.checked import check_texts, ledger_of, say_unmatched
from mapview.briefing.content import Briefing
from mapview.ui import markup

__all__ = ["worded"]

_DRAFT = "briefing_draft"
_HEADLINE, _MESSAGES = "briefing_headline", "briefing_messages"


@dataclass(frozen=True)
class _Draft:
    """What the program would say, and what the words of a user are held against."""

    asked: tuple[object, ...]
    headline: str
    messages: str
    ledger: Ledger


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
    if draft is None or draft.asked != asked or _HEADLINE not in st.session_state:
        briefing = compose()
        says = (briefing.headline, "\n".join(briefing.messages))
        draft = _Draft(asked, *says, ledger_of(briefing))
        st.session_state[_DRAFT] = draft
        st.session_state[_HEADLINE], st.session_state[_MESSAGES] = says
    headline = st.text_input("Headline", key=_HEADLINE, max_chars=300)
    lines = st.text_area("In short, a sentence a line", key=_MESSAGES, max_chars=5_000)
    own = "" if headline == draft.headline else headline
    sentences = [] if lines == draft.messages else lines.splitlines()
    messages = tuple(line for line in sentences if line.strip())
    texts = [("headline", own), *(("message", one) for one in messages)]
    _tell([one for one in (*texts, ("title", title), ("note", note)) if one[1].strip()], draft)
    return own, messages


def _tell(texts: list[tuple[str, str]], draft: _Draft) -> None:
    wrong = [one for one in check_texts(texts, draft.ledger) if one.unmatched]
    if wrong:
        markup.show("wording.html", checked=wrong, sentences=say_unmatched(wrong))
