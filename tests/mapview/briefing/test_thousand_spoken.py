"""A thousand briefings in other languages, whose numbers are words: true ones hold, false do not.

Sentences are as people write them, filled from claims. In each briefing up to three numbers or days
are made false; what is false is decided here, from the claims, and not by the check.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from spelling import SETS, spell

from geodata import Claim, Incident, Records, load
from geodata.records import FIGURES, ClaimAbout, Qualifier
from geodata.tongue import day_words, place, say, speaking
from geodata.wording import Ledger, hold

_BRIEFS = 200
_PLANTED = 3
_KILLED, _INJURED = ClaimAbout.FATALITIES, ClaimAbout.INJURED
# Forms of sentences on those killed, and on those injured; {n} is the figure with its hedge.
_FORMS = {
    "ru": (
        ["{where}, {when}: погибли {n} человек.", "{when}, {where}. Число погибших: {n}.",
         "{where}: {n} погибших ({when})."],
        ["{where}, {when}: {n} человек ранены.", "{where}: число раненых ({when}): {n}."],
    ),
    "fa": (
        ["{where}، {when}: {n} نفر کشته شدند.", "{where}، {when}. شمار کشته‌شدگان: {n}.",
         "در {where} {n} تن کشته شدند ({when})."],
        ["{where}، {when}: {n} نفر زخمی شدند.", "{where}، {when}. شمار زخمی‌ها: {n}."],
    ),
    "tg": (
        ["{where}, {when}: {n} нафар кушта шуданд.", "{where}, {when}. Шумораи кушташудагон: {n}.",
         "Дар {where} {n} нафар ҳалок шуданд ({when})."],
        ["{where}, {when}: {n} нафар захмӣ шуданд.", "{where}, {when}. Шумораи захмиён: {n}."],
    ),
    "ar": (
        ["{where}، {when}: مقتل {n} شخصًا.", "{where}، {when}. عدد القتلى: {n}.",
         "{where}: قُتل {n} من المدنيين ({when})."],
        ["{where}، {when}: إصابة {n} شخصًا.", "{where}، {when}. عدد الجرحى: {n}."],
    ),
    "fr": (
        ["{where}, {when} : {n} personnes ont été tuées.", "{where}, {when}. Tués : {n}.",
         "À {where}, l’attaque a fait {n} morts ({when})."],
        ["{where}, {when} : {n} blessés.", "{where}, {when}. Blessés : {n}."],
    ),
}  # fmt: skip
_BOUND = (Qualifier.AT_LEAST, Qualifier.OVER)
_Piece = tuple[str, int]
"""A text, and the number that it says in words; 0 for none."""


@pytest.fixture(scope="module")
def records() -> Records:
    return load()


def figure(claim: Claim, n: int, code: str, rnd: random.Random) -> str:
    words = spell(n, code, rnd.choice(SETS[code]))
    hedge = claim.qualifier
    return words if not hedge or hedge is Qualifier.EXACTLY else say(f"{hedge} {{n}}", n=words)


def false_number(claim: Claim, some: Sequence[Incident], rnd: random.Random) -> int:
    """A number that no claim on some incidents gives, and that no hedge makes true."""
    value = int(claim.value)  # type: ignore[arg-type]
    claims = [c for one in some for c in one.claims if c.about in FIGURES]
    given = {int(c.value) for c in claims if c.value is not None}  # type: ignore[arg-type]
    if claim.qualifier in _BOUND:
        # What others give may make a lower bound true.
        return max(given) * 2 + rnd.randint(1, 9)
    if claim.qualifier and claim.qualifier is not Qualifier.EXACTLY:
        return max(given) * 2 if min(given) < 4 else min(given) // 2
    near = {max(2, value + by) for by in range(-9, max(9, value // 2))}
    return rnd.choice(sorted(near - given))


def sentence(
    one: Incident,
    claim: Claim,
    code: str,
    rnd: random.Random,
    beside: Sequence[Incident] = (),
) -> tuple[str, str]:
    """A sentence with its number; a false one if it shall be none of some incidents."""
    where = place(one.place or one.admin1, one.country)
    n = int(claim.value)  # type: ignore[arg-type]
    n = false_number(claim, beside, rnd) if beside else n
    words = figure(claim, n, code, rnd)
    form = rnd.choice(_FORMS[code][claim.about is _INJURED])
    # In Persian the solar day would be a second date in brackets.
    when = day_words(one.span.start).partition(" (")[0]
    return form.format(where=where, when=when, n=words), words


def counted(incidents: Sequence[Incident]) -> list[tuple[Incident, Claim]]:
    """Incidents of a known day and place, with their figures of everybody."""
    return [
        (one, claim)
        for one in incidents
        for claim in one.claims
        if claim.about in (_KILLED, _INJURED)
        and claim.value
        and not claim.part
        and not claim.caveat
        and (one.place or one.admin1)
        and one.span.precision == "day"
    ]


@pytest.mark.parametrize("code", list(_FORMS))
def test_false_numbers_in_words_are_found_and_true_ones_are_not(
    code: str, records: Records
) -> None:
    rnd = random.Random(14)
    all_counted = counted(records.incidents)
    true = alarms = false = caught = 0
    missed: list[str] = []
    for _ in range(_BRIEFS):
        chosen = rnd.sample(all_counted, rnd.choice([1, 2, 3, 5]))
        ids = {one.id for one, _ in chosen}
        some = [one for one in records.incidents if one.id in ids]
        ledger = Ledger(records.subset(incidents=some, base_areas=()), ids)
        with speaking(code):
            right = [sentence(*pair, code, rnd)[0] for pair in chosen]
            wrong = [sentence(*pair, code, rnd, some) for pair in chosen[:_PLANTED]]
        spans = [span for found in hold(right, ledger) for span in found]
        # Each says a number and a date at least.
        assert len(spans) >= 2 * len(right), (right, [one.text for one in spans])
        true += len(spans)
        alarms += sum(not one.is_held for one in spans)
        missed += [f"true: {one.sentence} {right}" for one in spans if not one.is_held]
        for (text, words), found in zip(
            wrong, hold([text for text, _ in wrong], ledger), strict=True
        ):
            start = text.index(f" {words}") + 1
            is_found = any(
                not one.is_held and one.start < start + len(words) and start < one.end
                for one in found
            )
            false += 1
            caught += is_found
            missed += [] if is_found else [f"false: {words} in {text}"]
    assert true > 1_000
    assert false > 400
    assert caught >= 0.995 * false, (caught, false, missed)
    assert alarms <= 0.01 * true, (alarms, true, missed)
