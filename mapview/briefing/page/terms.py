"""The words and lists by which the empty viewer reads a file, each from where it is kept."""

from __future__ import annotations

from typing import Any

from babel import Locale

from geodata.formats.excel import SHEETS
from geodata.queries import ROLES, SAYS_NOTHING
from geodata.records import (
    CLAIM_HEADINGS,
    FIGURES,
    FOUNDING_TOPICS,
    NAMING_GROUPS,
    PARTY_COLUMNS,
    ROLE_WORDS,
    ClaimAbout,
    Stance,
    describe_stance,
)
from mapview.layer.known import vocabulary

__all__ = ["reading_terms"]

# Of two letters, without those that stand for no country.
_CODE_LETTERS = 2
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
# Exports have no column of those who are only named; the page finds them in the claims.
_OTHERS = ("others", "other_names")
_PEOPLE = (ClaimAbout.FATALITIES, ClaimAbout.INJURED, ClaimAbout.CASUALTIES)


def reading_terms() -> dict[str, Any]:
    """Return them as plain values, as `Terms` of mapview/assets/viewer/columns.js has them."""
    return {
        "vocabulary": vocabulary(),
        "countries": {
            code: str(name)
            for code, name in sorted(Locale("en").territories.items())
            if len(code) == _CODE_LETTERS and code not in _NO_COUNTRIES
        },
        "abouts": [[about, CLAIM_HEADINGS[about]] for about in ClaimAbout],
        "stances": {one: describe_stance(one, names_party=False) for one in Stance},
        "before_party": {one: describe_stance(one) for one in Stance},
        "naming": list(NAMING_GROUPS),
        "founding": list(FOUNDING_TOPICS),
        "people": {about: CLAIM_HEADINGS[about].lower() for about in _PEOPLE},
        "figures": list(FIGURES),
        "roles": [[role, *PARTY_COLUMNS.get(role, _OTHERS), ROLE_WORDS[role]] for role in ROLES],
        "says_nothing": sorted(SAYS_NOTHING),
        "sheets": {
            sheet: [[column.heading, column.key] for column in columns]
            for sheet, columns in SHEETS.items()
        },
    }
