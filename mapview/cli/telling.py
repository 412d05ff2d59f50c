"""What was found in a file of any kind, in lines: its plan, what is open, its rows by rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geodata.importing import Account, Plan, describe_rule
from mapview.cli.saying import say

__all__ = [
    "SOME_REJECTED", "account_lines", "note_lines", "question_lines", "tell_account", "tell_notes",
    "tell_plan",
]  # fmt: skip

# The exit code where rows were left out.
SOME_REJECTED = 3
_MOST_NOTES = 10


def tell_plan(plan: Plan) -> None:
    """Print which column plays which part and why, and what is open."""
    for guess in plan.guesses:
        say(f"  {guess.role:<12} {', '.join(guess.columns) or '–'}: {guess.evidence}")
    for line in question_lines(plan):
        say(line)


def question_lines(plan: Plan) -> Iterator[str]:
    """Yield what is open, with what settles it."""
    for question in plan.questions:
        yield f"? {question.text}"
        for given, meaning in question.answers:
            option = f"--row {given[4:]}" if given.startswith("row=") else f"--set '{given}'"
            yield f"    {option}  {meaning}"


def tell_account(account: Account) -> None:
    """Print what became of the rows."""
    for line in account_lines(account):
        say(line)


def tell_notes(notes: Sequence[str]) -> None:
    """Print what else a file holds and is not read."""
    for line in note_lines(notes):
        say(line)


def note_lines(notes: Sequence[str]) -> Iterator[str]:
    """Yield what else a file holds and is not read."""
    for one in notes[:_MOST_NOTES]:
        yield f"  note: {one}"
    if len(notes) > _MOST_NOTES:
        yield f"  note: {len(notes) - _MOST_NOTES:,} others"


def account_lines(account: Account) -> Iterator[str]:
    """Yield what became of the rows: by rule, with count and examples."""
    span = f", {account.first_day} to {account.last_day}" if account.first_day else ""
    rows = "row" if account.rows == 1 else "rows"
    yield (
        f"{account.rows:,} {rows}: {account.accepted:,} accepted ({account.with_point:,} with a "
        f"point, {account.doubtful:,} with a doubt), {account.rejected:,} left out{span}"
    )
    skipped = ", ".join(f"{count:,} {kind}" for kind, count in account.skipped.items() if count)
    if skipped:
        yield f"no rows: {skipped}"
    if account.idle_fixes:
        yield f"  corrections that match no cell of the file: {account.idle_fixes:,}"
    for title, rules in (("left out", account.rules), ("doubtful", account.doubts)):
        for rule, count in rules.most_common():
            examples = "; ".join(account.examples.get(rule, [])[:2])
            yield f"  {title} {count:,} × {rule} ({describe_rule(rule)}): {examples}"
