"""What do the rows of a file mean as records, whoever wrote it?

`look` says what a sheet holds: which column plays which part and why, what is open, what becomes of
each row. `begin` gives what makes the records, one after the other.
"""

from geodata.importing.account import ADDED_COLUMNS, Account, Rejected
from geodata.importing.guesses import Guess, Plan, Question, RowKind, Settings
from geodata.importing.looking import Looked, begin, choose_sheets, look
from geodata.importing.making import plain_value
from geodata.importing.rows import Importing

__all__ = [
    "ADDED_COLUMNS", "Account", "Guess", "Importing", "Looked", "Plan", "Question", "Rejected",
    "RowKind", "Settings", "begin", "choose_sheets", "look", "plain_value",
]  # fmt: skip
