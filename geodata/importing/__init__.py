"""What do the rows of a file mean as records, whoever wrote it?

`look` says what a sheet holds: which column plays which part and why, what is open, what becomes of
each row. `begin` gives what makes the records, one after the other.
"""

from geodata.importing.account import ADDED_COLUMNS, Account, Rejected, describe_rule
from geodata.importing.guesses import ROLES, Guess, Plan, Question, RowKind, Settings
from geodata.importing.looked import Looked
from geodata.importing.looking import begin, choose_sheets, found_by, look
from geodata.importing.making import plain_value
from geodata.importing.rows import Importing

__all__ = [
    "ADDED_COLUMNS", "ROLES", "Account", "Guess", "Importing", "Looked", "Plan", "Question",
    "Rejected", "RowKind", "Settings", "begin", "choose_sheets", "describe_rule", "found_by",
    "look", "plain_value",
]  # fmt: skip
