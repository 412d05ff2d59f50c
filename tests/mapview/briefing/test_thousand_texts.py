"""A thousand briefings: what they say is held by their records, and false figures in them are not.

Half are worded by the program, half by sentences as people write them, filled from claims. In each
three figures are made false; what is false is decided here, from the claims, and not by the check.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import pytest
from planting import planted

from geodata import Claim, Incident, Records, load
from geodata.records import ClaimAbout, describe_date, describe_value
from geodata.scope import totals_of
from geodata.wording import Ledger, hold
from mapview.briefing.message import Found, headline, messages
from mapview.detail import incident_line

_WORDS = "All incidents, from 1990 on"
_BRIEFS = 1_000
_PLANTED = 3
_ABOUTS = {ClaimAbout.FATALITIES: "killed", ClaimAbout.INJURED: "injured"}


@pytest.fixture(scope="module")
def records() -> Records:
    return load()


def by_program(incidents: Sequence[Incident], records: Records) -> list[str]:
    """What the program says of some incidents."""
    ids = {one.id for one in incidents}
    lines = [incident_line(one, records) for one in incidents]
    found = Found(lines, (), records, totals_of(incidents), ids)
    return [headline(found, _WORDS), *messages(found)]


def by_people(incidents: Sequence[Incident], rnd: random.Random) -> list[str]:
    """What somebody might write of them, each figure with the place and the day it is of."""
    texts = []
    for one in incidents:
        where = one.place or one.admin1
        figures = [c for c in one.claims if c.about in _ABOUTS and not c.part and not c.caveat]
        if not where or not figures or "/" in one.event_date or not one.span.has_start:
            continue
        texts.append(_sentence(where, describe_date(one.event_date), rnd.choice(figures), rnd))
    return texts


def _sentence(where: str, when: str, claim: Claim, rnd: random.Random) -> str:
    figure = describe_value(claim.but(as_of=""), Records())
    verb = _ABOUTS[claim.about]
    noun = "people" if claim.value != 1 else "person"
    return rnd.choice(
        [
            f"In {where}, {when}: {figure} {verb}.",
            f"{where}, {when}: the attack left {figure} {noun} {verb}.",
            f"{where}: {figure} {noun} were {verb} ({when}).",
            f"{where}, {when}. {verb.title()}: {figure}.",
        ]
    )


def briefs(records: Records) -> Iterator[tuple[list[str], Ledger, random.Random]]:
    rnd = random.Random(14)
    counted = [one for one in records.incidents if any(c.about in _ABOUTS for c in one.claims)]
    for index in range(_BRIEFS):
        of = records.incidents if index % 2 else counted
        chosen = rnd.sample(of, rnd.choice([1, 1, 2, 3, 5, 9]))
        some = records.subset(incidents=chosen, base_areas=())
        texts = by_program(chosen, some) if index % 2 else by_people(chosen, rnd)
        yield texts, Ledger(some, {one.id for one in chosen}, (_WORDS,)), rnd


def test_false_figures_are_found_and_true_ones_are_not(records: Records) -> None:
    figures = alarms = false = caught = 0
    missed: list[str] = []
    for texts, ledger, rnd in briefs(records):
        true = [one for spans in hold(texts, ledger) for one in spans]
        figures += len(true)
        alarms += sum(not one.is_held for one in true)
        missed += [f"true: {one.sentence} {texts}" for one in true if not one.is_held]
        changed, places = planted(texts, rnd, _PLANTED, [_WORDS])
        held = hold(changed, ledger)
        for index, at in places:
            found = any(not o.is_held and o.start <= at < o.end for o in held[index])
            false += 1
            caught += found
            missed += [] if found else [f"false at {at}: {changed[index]}"]
    assert figures > 4_000
    assert false > 2_000
    assert caught >= 0.995 * false, missed
    assert alarms <= 0.01 * figures, missed
