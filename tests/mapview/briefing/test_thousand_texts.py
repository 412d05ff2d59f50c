"""A thousand briefings: what they say is held by their records, and false figures in them are not.

Half are worded by the program, half by sentences as people write them, filled from claims. In each
three figures are made false; what is false is decided here, from the claims, and not by the check.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import count

import pytest

from geodata import Claim, Incident, Records, load
from geodata.records import ClaimAbout, describe_date, describe_value
from geodata.scope import totals_of
from geodata.wording import Ledger, hold
from mapview.briefing.message import Found, headline, messages
from mapview.detail import incident_line

_WORDS = "All incidents, from 1990 on"
_BRIEFS = 1_000
_PLANTED = 3
_FIGURE = re.compile(r"(?<![\w-])\d[\d,]*(?!\w)")
_MONTH = re.compile(
    r" (?:January|February|March|April|May|June|July|August|September|October|Nov|Dec)"
)
_BOUND = re.compile(r"(?:at least|over|more than) $", re.IGNORECASE)
_UPPER = re.compile(r"(?:up to|at most|nearly|almost) $", re.IGNORECASE)
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


def planted(texts: Sequence[str], rnd: random.Random) -> tuple[list[str], list[tuple[int, int]]]:
    """Return texts with up to three figures made false, and where these begin in which text."""
    spots = [
        (index, match)
        for index, text in enumerate(texts)
        for match in _FIGURE.finditer(text.replace(_WORDS, "#" * len(_WORDS)))
    ]
    chosen = sorted(
        rnd.sample(spots, min(_PLANTED, len(spots))), key=lambda spot: (spot[0], -spot[1].start())
    )
    changed, places = list(texts), []
    for index, match in chosen:
        text = changed[index]
        false = _false(match, text, texts[index], rnd)
        changed[index] = f"{text[: match.start()]}{false}{text[match.end() :]}"
        # Those before it in the same text follow, and move it.
        longer = len(false) - len(match.group())
        places = [(i, at + longer * (i == index and at > match.start())) for i, at in places]
        places.append((index, match.start()))
    return changed, places


def _false(match: re.Match[str], text: str, whole: str, rnd: random.Random) -> str:
    """Return a number that is not this one, nor any other of the text."""
    value = int(match.group().replace(",", ""))
    before, after = text[: match.start()], text[match.end() :]
    others = {int(one.replace(",", "")) for one in _FIGURE.findall(whole)}
    is_year = 1900 <= value <= 2100 and "," not in match.group()
    for attempt in count():
        if attempt > 99:
            false = max(others) + attempt
        elif _MONTH.match(after):
            false = rnd.randint(1, 28)
        elif is_year:
            false = value + rnd.randint(-9, 9)
        elif _BOUND.search(before):
            false = value + max(2, value // 5) + rnd.randint(1, 9)
        elif _UPPER.search(before):
            false = max(1, value // 2 - rnd.randint(0, 3))
        else:
            false = max(0, value + rnd.choice([-1, 1]) * rnd.randint(1, max(9, value // 2)))
        if false not in others:
            break
    return str(false) if is_year else f"{false:,}"


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
        changed, places = planted(texts, rnd)
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
