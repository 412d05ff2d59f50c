"""What do the rows of a file mean as records, whoever wrote it?

`look` says what a sheet holds: which column plays which part and why, what is open, what becomes of
each row. `begin` gives what makes the records, one after the other.
"""

from geodata.importing.account import ADDED_COLUMNS, Account, Rejected, describe_rule
from geodata.importing.again import is_again
from geodata.importing.fixing import as_in_file, fixes_of
from geodata.importing.guesses import ROLES, Broken, Fix, Guess, Plan, Question, RowKind, Settings
from geodata.importing.looked import Looked
from geodata.importing.looking import begin, choose_sheets, found_by, look, look_through
from geodata.importing.making import Evidence, plain_value
from geodata.importing.rows import Found, Importing
from geodata.importing.template import EXAMPLE, TEMPLATES, template_of

__all__ = [
    "ADDED_COLUMNS", "EXAMPLE", "ROLES", "TEMPLATES", "Account", "Broken", "Evidence", "Fix",
    "Found", "Guess", "Importing", "Looked",
    "Plan", "Question", "Rejected", "RowKind", "Settings", "as_in_file", "begin",
    "choose_sheets", "describe_rule", "fixes_of", "found_by", "is_again", "look", "look_through",
    "plain_value", "template_of",
]  # fmt: skip
