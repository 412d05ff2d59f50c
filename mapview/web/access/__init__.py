"""Who may see and change what, on a server where people sign in."""

from mapview.web.access.people import Access, Person, Role, read_access
from mapview.web.access.sign_in import (
    SIGN_OUT,
    SignedIn,
    check_access,
    current_access,
    person_of,
    refusal_of_edits,
)

__all__ = [
    "SIGN_OUT", "Access", "Person", "Role", "SignedIn", "check_access", "current_access",
    "person_of", "read_access", "refusal_of_edits",
]  # fmt: skip
