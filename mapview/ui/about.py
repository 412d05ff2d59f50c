"""The page "About the record": what is covered, how to read it, sources and contradictions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from geodata.account import Contradiction, SourceUse
from geodata.account.summary import Summary, covered, not_covered, summarise
from geodata.datasets import CREDIT
from geodata.queries import Store
from geodata.records import (
    PRECISION_WORDS,
    Qualifier,
    Records,
    describe_stance,
    guide,
)
from mapview.cartography import PRECISIONS
from mapview.data import is_shipped
from mapview.detail import source_line
from mapview.lines import SourceLine
from mapview.ui import markup
from mapview.ui.markup import say

__all__ = ["show"]

# Opened files may hold very many; the page names the rest by their number.
_MOST_CITED = 500
# It holds all of them at once, which takes a gigabyte.
MOST_DESCRIBED = 50_000
_MOST_CONTRADICTIONS = 200


@dataclass(frozen=True)
class PrecisionLine:
    """A precision of place: its name, its meaning, and how the map draws it."""

    name: str
    words: str
    drawn: str
    form: str


@dataclass(frozen=True)
class UseLine:
    """A source as it is cited, and how many records and claims rest on it."""

    line: SourceLine
    licence: str
    note: str
    incidents: int
    base_areas: int
    claims: int
    citing: int


def show(store: Store) -> None:
    """Draw the page for the records of a store."""
    st.html(Path(__file__).parent / "about.css")
    if store.all_incidents > MOST_DESCRIBED:
        st.info(
            say(
                "Incidents on the map: {n}. This page is made of every record and describes at "
                "most {most}; the sources are those below, and each record names its own.",
                n=store.all_incidents,
                most=MOST_DESCRIBED,
            )
        )
        listed = store.context.sources[:_MOST_CITED]
        markup.show("about_many.html", cited=[source_line(o.id, store.context) for o in listed])
        return
    st.html(_page(store.version, markup.language(), store, is_shipped=is_shipped()))


@st.cache_data(max_entries=4, show_spinner=False)
def _page(version: str, spoken: str, _store: Store, *, is_shipped: bool) -> str:
    # Fingerprint and language are the key: hashing all records at every visit would be slow.
    del version, spoken
    return render(_store.everything(), is_shipped=is_shipped)


def render(records: Records, *, is_shipped: bool) -> str:
    """Return the page as HTML in the language that is spoken; every text of records is escaped.

    Args:
        records: The records to describe.
        is_shipped: Whether they are the project's own, with its licence and credit.
    """
    summary = summarise(records)
    return markup.render(
        "about.html",
        summary=summary,
        covered=covered(summary),
        not_covered=not_covered(summary),
        credit=CREDIT,
        is_shipped=is_shipped,
        precisions=_precisions(),
        places=[say(one) for one in guide.PLACE_NOTES],
        claims=[say(one) for one in guide.CLAIM_NOTES],
        figures=[say(one) for one in guide.FIGURE_NOTES],
        times=[(say(str(kind)), say(one)) for kind, one in guide.TIME_WORDS.items()],
        stances=[(describe_stance(kind), say(one)) for kind, one in guide.STANCE_WORDS.items()],
        hedges=[(_hedge(kind), say(one)) for kind, one in guide.QUALIFIER_WORDS.items()],
        report_error=say(guide.REPORT_ERROR),
        contradiction_note=say(guide.CONTRADICTION_NOTE),
        **_source_values(summary, records),
        **_contradiction_values(summary, records),
    )


def _precisions() -> list[PrecisionLine]:
    forms = {one.id: one.form for one in PRECISIONS}
    return [
        PrecisionLine(say(str(kind)), say(PRECISION_WORDS[kind]), say(one), forms[kind])
        for kind, one in guide.DRAWN.items()
    ]


def _hedge(qualifier: Qualifier) -> str:
    if qualifier is Qualifier.EXACTLY:
        return say("exactly")
    return say(f"{qualifier} {{n}}", n="…")


def _source_values(summary: Summary, records: Records) -> dict[str, Any]:
    return {
        "documents": _uses(summary.documents, records),
        "cited": _uses(summary.cited[:_MOST_CITED], records),
        "cited_left_out": len(summary.cited[_MOST_CITED:]),
        "families": summary.families,
    }


def _uses(uses: Sequence[SourceUse], records: Records) -> list[UseLine]:
    return [
        UseLine(
            line=source_line(use.source.id, records),
            licence=use.source.licence,
            note=use.source.note,
            incidents=use.incidents,
            base_areas=use.base_areas,
            claims=use.claims,
            citing=use.citing,
        )
        for use in uses
    ]


def _contradiction_values(summary: Summary, records: Records) -> dict[str, Any]:
    shown = summary.contradictions[:_MOST_CONTRADICTIONS]
    return {
        "contradictions": shown,
        "contradictions_left_out": len(summary.contradictions[_MOST_CONTRADICTIONS:]),
        "links": {"incident": "id", "base area": "area"},
        "subjects": {one.id: one.subject for one in records.relations},
        "titles": _titles(shown, records),
    }


def _titles(shown: Sequence[Contradiction], records: Records) -> Mapping[str, SourceLine]:
    """Return the sources that contradictions name, by their title alone, to keep lines short."""
    named = {said.source for one in shown for matter in one.matters for said in matter.said}
    lines = {}
    for name in named:
        known = records.sources_by_id.get(name)
        title = f"“{known.title}”" if known else name
        lines[name] = SourceLine(name, title, source_line(name, records).url)
    return lines
