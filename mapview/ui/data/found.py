"""What a file holds, told: counts, rows that are left out or doubtful by rule, the first rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geodata.importing import Account, Looked, describe_rule
from mapview.ui import markup
from mapview.ui.data.parts import PARTS, SKIPPED, told_note
from mapview.ui.markup import day_words, is_english, say

__all__ = ["show", "show_rows"]

_MOST_COLUMNS = 40
_MOST_NOTES = 10
_ANOTHER = "reads them as another"
_FIELDS = {"--set encoding=NAME": "“Letters” below", "--sheet": "“Sheet” below"}


@dataclass(frozen=True)
class _Rule:
    """What a rule is called, how many rows break it, and some of them."""

    words: str
    count: int
    examples: tuple[str, ...]


def show(name: str, looked: Looked) -> None:
    """Draw counts and rules."""
    account = looked.account
    markup.show(
        "data_found.html",
        name=name,
        form=looked.form,
        account=account,
        first_day=day_words(account.first_day),
        last_day=day_words(account.last_day),
        notes=[(note, told_note(note)) for note in map(_as_here, looked.notes[:_MOST_NOTES])],
        skipped=[(_skipped(kind), count) for kind, count in account.skipped.items() if count],
        is_part=looked.is_part,
        open=len(looked.plan.questions),
        rules=list(_rules(account, is_doubt=False)),
        doubts=list(_rules(account, is_doubt=True)),
    )


def _skipped(kind: str) -> str:
    return kind if is_english() else say(SKIPPED.get(kind, kind))


def _as_here(note: str) -> str:
    """Return a note that names fields of this page, not options of the command."""
    for option, field in _FIELDS.items():
        note = note.replace(option, field)
    # The field shows what else there is.
    return note.partition(f"{_ANOTHER}, such as")[0] + _ANOTHER if _ANOTHER in note else note


def _rules(account: Account, *, is_doubt: bool) -> Iterator[_Rule]:
    for rule, count in (account.doubts if is_doubt else account.rules).most_common():
        yield _Rule(describe_rule(rule), count, tuple(account.examples.get(rule, ())))


def show_rows(looked: Looked) -> None:
    """Draw the first rows as they came, and what becomes of them."""
    found = looked.records.incidents
    if not found:
        return
    parts = {name: say(PARTS[one.role]) for one in looked.plan.guesses for name in one.columns}
    hidden = set(looked.plan.columns("victim"))
    columns = [name for name in looked.columns if name not in hidden]
    columns.sort(key=lambda name: name not in parts)
    markup.show(
        "data_rows.html",
        columns=columns[:_MOST_COLUMNS],
        more=len(columns[_MOST_COLUMNS:]),
        parts=parts,
        rows=[one.upstream for one in found],
        titles=[(day_words(one.event_date), one.title, bool(one.points)) for one in found],
    )
