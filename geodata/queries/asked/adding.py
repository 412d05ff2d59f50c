"""Tolls of what a filter finds, added up by an engine: of events whose toll stands alone."""

from __future__ import annotations

from collections.abc import Collection

import ibis
import ibis.expr.types as ir

from geodata.records import Mark

__all__ = ["toll_sums", "tolls_apart"]


def toll_sums(rows: ir.Table, figures: tuple[str, str, str], besides: Collection[str]) -> ir.Table:
    """Return one row of what is found, since an engine takes as long for each question as for this.

    It says how many events have a toll that stands alone (`n`), how many of these have `figures`,
    their sums (`low` and `high`), and all `marks` that any of these has; how many events stand
    `apart`; and how many campaigns and counts there are (`not_added`). Where one event has figures,
    `only` is its id, so that its toll may be said as it is.

    Args:
        rows: What to count.
        figures: Columns of the lowest and the highest figure, and of what must be said of them.
        besides: Ids of events that share the toll of others.
    """
    first = rows.filter(rows.is_first)
    is_alone = first.is_event & _stands_alone(first, besides)
    low, high, marks = (first[name] for name in figures)
    has_figures = is_alone & low.notnull() & high.notnull()
    figures_found = has_figures.ifelse(1, 0).sum()
    has_least = has_figures & ((marks & int(Mark.NO_LOW)) == 0)
    # Spark has no "or" of bits over rows: each of them is in the sum once, if any row has it.
    each = [ibis.ifelse(has_figures, marks & int(bit), 0) for bit in Mark]
    return first.agg(
        n=is_alone.ifelse(1, 0).sum(),
        figures=figures_found,
        low=ibis.ifelse(has_least, low, 0).sum(),
        high=ibis.ifelse(has_figures, high, 0).sum(),
        marks=sum(has.max().fill_null(0) for has in each),
        apart=(first.is_event & ~_stands_alone(first, besides)).ifelse(1, 0).sum(),
        not_added=(~first.is_event).ifelse(1, 0).sum(),
        only=ibis.ifelse(figures_found == 1, has_figures.ifelse(first.id, "").max(), ""),
    )


def tolls_apart(rows: ir.Table, besides: Collection[str]) -> ir.Table:
    """Return the ids of the events that stand apart."""
    first = rows.filter(rows.is_first & rows.is_event)
    return first.filter(~_stands_alone(first, besides)).select("id")


def _stands_alone(rows: ir.Table, besides: Collection[str]) -> ir.BooleanValue:
    return rows.toll_alone & rows.id.notin(besides) if besides else rows.toll_alone
