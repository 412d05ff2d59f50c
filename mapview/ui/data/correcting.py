"""Rows that are left out or doubtful, put right cell by cell before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import streamlit as st

from geodata.importing import Account, Broken, Fix, Looked, describe_rule
from mapview.ui import markup
from mapview.ui.data import choices
from mapview.ui.markup import comma, say, say_many

__all__ = ["show"]

_LONGEST = 300
_MOST_TOLD = 50


def show(token: str, looked: Looked) -> None:
    """Draw the cells that can be corrected, and those that were.

    Args:
        token: Of the file.
        looked: What was found in it.
    """
    for rule, rows in _in_order(looked.account):
        _show_rule(token, rule, rows, looked)
    _show_fixes(token, choices.said(token).fixes)


def _in_order(account: Account) -> Iterator[tuple[str, Sequence[Broken]]]:
    for rule, _ in (*account.rules.most_common(), *account.doubts.most_common()):
        if account.broken.get(rule):
            yield rule, account.broken[rule]


def _show_rule(token: str, rule: str, rows: Sequence[Broken], looked: Looked) -> None:
    count = looked.account.rules[rule] + looked.account.doubts[rule]
    is_few = looked.is_part or len(rows) < count
    few = ""
    if looked.is_part:
        few = say(" (the first {n} of those looked at)", n=len(rows))
    elif is_few:
        few = say(" (the first {n} of {all})", n=len(rows), all=count)
    # What stands there twice, letter by letter, is corrected once.
    rows = list({(one.sheet, one.line, one.row): one for one in rows}.values())
    title = say("Correct here: {rule}", rule=describe_rule(rule)) + few
    with (
        st.expander(markup.plain(title)),
        st.form(f"data_fix_{token}_{rule}", border=False),
    ):
        st.caption(
            say(
                "The file stays as it is. A record says what its file has; the recipe keeps what "
                "you put instead."
            )
        )
        for row in rows:
            _show_row(token, rule, row)
        if st.form_submit_button(say("Read it with these cells")):
            said = [one for row in rows for one in _said(token, rule, row)]
            if said:
                choices.change(token, lambda one: replace(one, fixes=_joined(one.fixes, said)))
                st.rerun()


def _show_row(token: str, rule: str, row: Broken) -> None:
    where = say("Line {n}", n=row.line)
    if row.sheet:
        where = say("Line {n} of {sheet}", n=row.line, sheet=row.sheet)
    columns = st.columns(len(row.cells))
    for at, ((column, text), meant) in enumerate(zip(row.cells, row.meant, strict=True)):
        with columns[at]:
            # Few signs: what Markdown needs to show them is read out to who cannot see.
            has = say(", the file has {text}", text=text or say("nothing")) if meant else ""
            st.text_input(
                markup.plain(f"{where}{comma()}{column}{has}", most=200),
                value=meant or text,
                max_chars=_LONGEST,
                key=_key(token, rule, row, at),
            )


def _said(token: str, rule: str, row: Broken) -> Iterator[Fix]:
    for at, (column, text) in enumerate(row.cells):
        now = str(st.session_state[_key(token, rule, row, at)]).strip()
        if now != text:
            yield Fix(row.line, column, text, now, row.sheet, row.row)


def _key(token: str, rule: str, row: Broken, at: int) -> str:
    # By the row itself: when one is put right, another one moves into its place.
    return f"data_fix_{token}_{rule}_{row.sheet}_{row.line}_{row.row}_{at}"


def _joined(before: Sequence[Fix], said: Sequence[Fix]) -> tuple[Fix, ...]:
    """Return corrections with those of this time; what was corrected twice says its last."""
    joined = {_cell(one): one for one in before}
    for one in said:
        # A recipe written by hand may not say which row of a line it means.
        known = joined.get(_cell(one)) or joined.pop(_cell(replace(one, row="")), None)
        joined[_cell(one)] = replace(one, was=known.was) if known else one
    # Who writes again what the file has corrects nothing.
    return tuple(one for one in joined.values() if one.now != one.was)


def _cell(one: Fix) -> tuple[str, int, str, str]:
    return one.sheet, one.line, one.row, one.column


def _show_fixes(token: str, fixes: Sequence[Fix]) -> None:
    if not fixes:
        return
    words = say_many("{n} cell is corrected", "{n} cells are corrected", len(fixes))
    with st.expander(words):
        for number, one in enumerate(fixes[:_MOST_TOLD]):
            told = say(
                "Line {n}, {column}: {now} instead of {was} – take it back",
                n=one.line,
                column=one.column,
                now=one.now or say("nothing"),
                was=one.was or say("nothing"),
            )
            st.button(
                markup.plain(told, most=240),
                key=f"data_unfix_{token}_{number}",
                on_click=_take_back,
                args=(token, one),
                type="tertiary",
            )
        if len(fixes) > _MOST_TOLD:
            st.caption(say("And {n} more.", n=len(fixes) - _MOST_TOLD))


def _take_back(token: str, gone: Fix) -> None:
    choices.change(
        token,
        lambda one: replace(one, fixes=tuple(fix for fix in one.fixes if fix != gone)),
    )
