"""How many incidents each rounded one may be: measured as somebody would join them again.

Rounding hides the place of an incident, not the incident. Who has the records as they were can
round each in the same way, and look which of them come out the same: as many as come out the same,
so many an incident may be. The smallest of these numbers is called k.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from geodata.records import Claim, ClaimAbout, Incident, Records, say

__all__ = ["Risk", "Veil", "measure", "veiled"]

_DAY = re.compile(r"([0-9]{4}-[0-9]{2})-[0-9]{2}")
_MONTH = re.compile(r"([0-9]{4})-[0-9]{2}(?:-[0-9]{2})?")
_SAME = re.compile(r"^([^/]+)/\1$")
_PER_CENT = 100


class Veil(StrEnum):
    """What is hidden besides places; each step hides what the one before does."""

    LOCATORS = "locators"
    MONTHS = "months"
    YEARS = "years"

    @property
    def sentence(self) -> str:
        """What was changed, for readers."""
        rounded = {
            Veil.MONTHS: f"{say('Dates are rounded to the month.')} ",
            Veil.YEARS: f"{say('Dates are rounded to the year.')} ",
        }.get(self, "")
        return f"{rounded}{say('Sections and paragraphs of documents are left out.')}"


@dataclass(frozen=True)
class Risk:
    """What somebody finds who joins rounded incidents with the records as they were.

    Attributes:
        total: How many incidents there are.
        unique: How many of them are like no other by all that is told of them.
        smallest: To how many incidents the least protected may belong by that; 0 where there is
            none.
        unique_in_short: How many are like no other by date, country and type alone.
    """

    total: int
    unique: int
    smallest: int
    unique_in_short: int

    @property
    def sentence(self) -> str:
        """The measured share and k, for readers."""
        if not self.total:
            return say("Measured: nothing was rounded that could be found again.")
        return say(
            "Measured: whoever has the records as they were finds {found} again by all that is "
            "told of each (k, the number of incidents that the least protected may be, is {k}), "
            "and {in_short} by date, country and type alone.",
            found=self._share(self.unique),
            k=self.smallest,
            in_short=self._share(self.unique_in_short),
        )

    def _share(self, count: int) -> str:
        share = round(_PER_CENT * count / self.total)
        # Neither "all" nor "none" of what is nearly so.
        if count and share == 0:
            told = say("under {n} %", n=1)
        elif count < self.total and share == _PER_CENT:
            told = say("over {n} %", n=_PER_CENT - 1)
        else:
            told = say("{n} %", n=share)
        return say("{n} of {all} incidents ({share})", n=count, all=self.total, share=told)


def measure(records: Records) -> Risk:
    """Return what somebody finds who joins rounded records with what they were.

    Args:
        records: As they go out. What a record is rounded to follows from it alone, so that those
            which may be the same are those that are the same now.
    """
    whole = _groups(records.incidents, _told)
    short = _groups(records.incidents, _in_short)
    return Risk(
        sum(whole.values()),
        sum(count == 1 for count in whole.values()),
        min(whole.values(), default=0),
        sum(count == 1 for count in short.values()),
    )


def _groups(incidents: Iterable[Incident], key: Callable[[Incident], Any]) -> Counter[Any]:
    return Counter(key(one) for one in incidents)


def _in_short(one: Incident) -> tuple[object, ...]:
    return one.event_date, one.country, one.other_countries, one.event_types


def _told(one: Incident) -> str:
    """Return all that is told of an incident but for its id, and ids of those beside it.

    How many these are is told, and who joins looks for as many.
    """
    told = one.model_dump_json(
        exclude={"id", "related", "casualties_combined"}, exclude_defaults=True
    )
    return f"{told} {len(one.related)} {len(one.casualties_combined)}"


def veiled(records: Records, veil: Veil) -> Records:
    """Return records with dates rounded and without places in documents; before they are rounded.

    Args:
        records: The records.
        veil: What is hidden.
    """
    return Records(
        incidents=tuple(
            one.but(event_date=_date(one.event_date, veil), claims=_claims(one.claims, veil))
            for one in records.incidents
        ),
        base_areas=tuple(
            one.but(
                valid_from=_date(one.valid_from, veil),
                valid_to=_date(one.valid_to, veil),
                last_cited=_date(one.last_cited, veil),
                claims=_claims(one.claims, veil),
            )
            for one in records.base_areas
        ),
        groups=tuple(one.but(claims=_claims(one.claims, veil)) for one in records.groups),
        sources=records.sources,
        relations=tuple(one.but(claims=_claims(one.claims, veil)) for one in records.relations),
    )


def _claims(claims: Iterable[Claim], veil: Veil) -> tuple[Claim, ...]:
    return tuple(
        one.but(
            locator="",
            as_of=_date(one.as_of, veil),
            value=_date(str(one.value), veil)
            if one.about is ClaimAbout.DATE and one.value
            else one.value,
        )
        for one in claims
    )


def _date(text: str, veil: Veil) -> str:
    """Return an EDTF date rounded; what is known no better stays as it is."""
    if veil is Veil.LOCATORS:
        return text
    pattern = _DAY if veil is Veil.MONTHS else _MONTH
    return _SAME.sub(r"\1", pattern.sub(r"\1", text))
