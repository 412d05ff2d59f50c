"""The timeline under the map: a histogram whose brush sets the period, and dates beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from geodata.errors import FilterError
from geodata.queries import Bin, DateMatch, Filter, Store, parse_day
from geodata.scope import Count
from mapview.ui.faults import kept_apart
from mapview.ui.state import bind, change_filter, current, report

__all__ = ["show"]

_NONCE = "timeline_nonce"
_SEEDED = "timeline_period"
_HEIGHT_PX = 96
_DAY_MS = 86_400_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EXACT, _INEXACT = "#4a6785", "#a9bacb"
_WITHIN, _LESS_EXACT = "known to lie within the bar", "may lie within the bar"


def show(chosen: Filter, store: Store) -> None:
    """Draw the timeline and the dates."""
    histogram = store.histogram(chosen.without("start", "end", "date_match"))
    chart, dates = st.columns([5, 2], vertical_alignment="bottom")
    with chart, kept_apart("the chart over time"):
        _histogram(histogram.bins, chosen)
        if histogram.far_words:
            st.caption(histogram.far_words)
    with dates:
        _dates(chosen)


def _dates(chosen: Filter) -> None:
    first, last = st.columns(2)
    for column, name, label in ((first, "start", "From"), (last, "end", "To")):
        key = f"period_{name}"
        day = getattr(chosen, name)
        bind(key, day.isoformat() if day else "")
        column.text_input(
            label,
            key=key,
            max_chars=10,
            placeholder="any date",
            help="A day (2018-07-29), a month (2018-07) or a year (2018).",
            on_change=_take_date,
            args=(key, name),
        )
    bind("period_match", chosen.date_match is DateMatch.CERTAIN)
    st.checkbox(
        "Only what certainly lies within",
        key="period_match",
        help="Many dates are known only to the month or year. Without this, an incident counts "
        "when it may lie within the period.",
        on_change=_take_match,
    )


def _take_date(key: str, name: str) -> None:
    text = st.session_state[key].strip()
    label = "From" if name == "start" else "To"
    try:
        day = parse_day(label, text, first=name == "start") if text else None
    except FilterError as error:
        report(f"This was not changed: {error}.")
    else:
        change_filter(**{name: day})


def _take_match() -> None:
    certain = st.session_state["period_match"]
    change_filter(date_match=DateMatch.CERTAIN if certain else DateMatch.POSSIBLE)


def _histogram(bins: Sequence[Bin], chosen: Filter) -> None:
    if not bins:
        st.caption("No dated incident to draw on a timeline.")
        return
    # The brush must follow dates typed beside it, so the chart is made anew when the period was
    # changed elsewhere, and kept as it is when the brush itself changed it.
    period = (chosen.start, chosen.end)
    if st.session_state.get(_SEEDED, (None, None, None))[:2] != period:
        st.session_state[_NONCE] = st.session_state.get(_NONCE, 0) + 1
        st.session_state[_SEEDED] = (*period, period)
    seed = st.session_state.get(_SEEDED, (None, None, (None, None)))[2]
    key = f"timeline_{st.session_state.get(_NONCE, 0)}"
    st.altair_chart(
        draw_histogram(bins, *seed),
        key=key,
        on_select=lambda: _take_brush(key),
        selection_mode="period",
        width="stretch",
    )


def _take_brush(key: str) -> None:
    """Set the period to what was brushed, or to none when the brush was cleared."""
    ranges = st.session_state[key]["selection"].get("period", {})
    edges = next((ends for ends in ranges.values() if ends), None)
    start, end = brushed_period(edges) if edges else (None, None)
    change_filter(start=start, end=end)
    chosen = current().chosen
    seed = st.session_state.get(_SEEDED, (None, None, (None, None)))[2]
    st.session_state[_SEEDED] = (chosen.start, chosen.end, seed)


def brushed_period(edges: Sequence[float]) -> tuple[date, date]:
    """Return the days between two moments, given in milliseconds since 1970 (UTC).

    Example:
        >>> brushed_period([0, 86_400_000 * 31])
        (datetime.date(1970, 1, 1), datetime.date(1970, 1, 31))
    """
    first, end = sorted(edges)
    start, last = _day_at(first), _day_at(end - 1)
    return start, max(start, last)


def _day_at(moment: float) -> date:
    # A brush may be drawn past the end of the calendar.
    ends = _milliseconds(date.min), _milliseconds(date.max)
    return (_EPOCH + timedelta(milliseconds=min(max(moment, ends[0]), ends[1]))).date()


def draw_histogram(bins: Sequence[Bin], start: date | None, end: date | None) -> alt.Chart:
    """Return the histogram with a brush named `period`.

    Args:
        bins: Bars in order of time.
        start: Where the brush begins at first, or `None` for the first bar.
        end: Where it ends, or `None` for the last bar; no brush when both are `None`.
    """
    brush = alt.selection_interval(
        name="period", encodings=["x"], value=_brush_value(bins, start, end)
    )
    bars = (
        alt.Chart(pd.DataFrame(_bars(bins)))
        .mark_rect(stroke=None)
        .encode(
            x=alt.X(
                "from:T",
                title=None,
                scale=alt.Scale(type="utc", nice=False),
                axis=alt.Axis(grid=False, tickCount=10, labelOverlap=True),
            ),
            x2="until:T",
            y=alt.Y("low:Q", title=None, axis=alt.Axis(tickCount=3, tickMinStep=1)),
            y2="high:Q",
            color=alt.Color(
                "dates:N",
                legend=None,
                scale=alt.Scale(domain=[_WITHIN, _LESS_EXACT], range=[_EXACT, _INEXACT]),
            ),
            tooltip=[
                alt.Tooltip("label:N", title="When"),
                alt.Tooltip("incidents:N", title="Incidents"),
                alt.Tooltip("dates:N", title="This part"),
            ],
        )
        .add_params(brush)
    )
    chart: alt.Chart = bars.properties(height=_HEIGHT_PX)
    return chart


def _bars(bins: Sequence[Bin]) -> list[dict[str, Any]]:
    """Return one rectangle a bar and exactness; an empty one at each end keeps the whole span."""
    rows = []
    for index, one in enumerate(bins):
        for dates, low, high in (
            (_WITHIN, 0, one.certain),
            (_LESS_EXACT, one.certain, one.possible),
        ):
            if high > low or (dates == _WITHIN and index in (0, len(bins) - 1)):
                rows.append(
                    {
                        # Moments, since the day after the last bar may be beyond the calendar.
                        "from": _milliseconds(one.start),
                        "until": _milliseconds(one.end) + _DAY_MS,
                        "label": one.words,
                        "dates": dates,
                        "incidents": Count(one.certain, one.possible).words,
                        "low": low,
                        "high": high,
                    }
                )
    return rows


def _brush_value(bins: Sequence[Bin], start: date | None, end: date | None) -> Any:
    if start is None and end is None:
        return alt.Undefined
    first = max(start or bins[0].start, bins[0].start)
    last = min(end or bins[-1].end, bins[-1].end)
    if last < first:
        return alt.Undefined
    return {"x": [_milliseconds(first), _milliseconds(last) + _DAY_MS]}


def _milliseconds(day: date) -> int:
    return (day.toordinal() - _EPOCH.toordinal()) * _DAY_MS
