"""What is said of figures that the records do not say, in the language of who wrote them."""

from __future__ import annotations

import re

import pytest

from geodata import Claim, Incident, Records
from geodata.records import Source
from geodata.tongue import LANGUAGES, speaking
from geodata.wording import Ledger
from mapview.briefing.checked import check_texts, say_unmatched

# Titles are in letters of another language than the sentences on them.
TITLES = {"a": "А", "b": "Б", "c": "В"}


def claim(value: int, **more: object) -> Claim:
    fields = {"about": "fatalities", "value": value, "source": "s", "by": "БМТ", **more}
    return Claim.model_validate(fields)


def incident(one_id: str, date: str, country: str, *claims: Claim) -> Incident:
    fields = {"id": one_id, "title": TITLES[one_id], "event_date": date, "event_types": ["bombing"]}
    return Incident.model_validate({**fields, "country": country, "claims": claims})


LEDGER = Ledger(
    Records(
        incidents=(
            incident("a", "2024-01-03", "IR", claim(94), claim(100, qualifier="nearly")),
            incident("b", "2024-03-22", "RU", claim(96)),
            incident("c", "2019", "AF"),
        ),
        sources=(Source(id="s", title="s"),),
    ),
    {"a", "b", "c"},
)
# Each says something that the records do not, in English words that all the languages share.
TEXTS = [
    "In Iran 87 killed.", "In Iran 100 killed.", "In Iran on 4 January 2024.", "Deadliest attack.",
    "The deadliest was in Iran.", "The deadliest was in Russia.", "The deadliest in Afghanistan.",
    "The second was in Russia.", "The latest was in Iran.", "Most often bombing, twice.",
    "More were killed than before.", "Arrested: 7.", "Most often recorded: battle.",
]  # fmt: skip


@pytest.mark.parametrize("code", [one for one in LANGUAGES if one != "en"])
def test_why_a_figure_is_not_held_is_said_in_the_language(code: str) -> None:
    for text in TEXTS:
        checked = check_texts([("headline", text), ("note", text)], LEDGER)
        assert len(say_unmatched(checked)) > 1, text
        with speaking(code):
            for one, span in zip(say_unmatched(checked), spans(checked), strict=True):
                words = one.replace(span, "")
                assert not re.search(r"\b(?:the|records?|give|it|of|nearly|to|other)\b", words)


def spans(checked: object) -> list[str]:
    return [span.text for one in checked for span in one.unmatched]  # type: ignore[attr-defined]


def test_it_is_compared_alike_in_every_language() -> None:
    texts = [("headline", "In Iran 94 to nearly 100 were killed on 3 January 2024; 87 died.")]
    held = [one.is_held for one in check_texts(texts, LEDGER)[0].spans]
    for code in LANGUAGES:
        with speaking(code):
            again = Ledger(LEDGER.records, LEDGER.certain)
            assert [one.is_held for one in check_texts(texts, again)[0].spans] == held


def test_numbers_dates_and_who_gives_them_are_those_of_the_language() -> None:
    checked = check_texts([("headline", "In Iran 100 killed on 4 January 2024.")], LEDGER)
    with speaking("ru"):
        first, second = sorted(say_unmatched(checked))
    assert first == (
        "Заголовок: «100» не соответствует этим записям: в записях стоит другая оговорка: "
        "почти 100 (БМТ); 94 (БМТ); 94 – почти 100 (А)."
    )
    assert second == (
        "Заголовок: «4 January 2024» не соответствует этим записям: в записях приводится: "
        "3 января 2024 (А)."
    )


def test_that_more_is_given_is_said_as_well() -> None:
    days = [f"2024-01-0{n}" for n in range(3, 8)]
    many = incident("a", days[0], "IR", *(claim(n, as_of=day) for n, day in enumerate(days, 1)))
    ledger = Ledger(Records(incidents=(many,), sources=LEDGER.records.sources), {"a"})
    checked = check_texts([("headline", "On 4 April 2024.")], ledger)
    with speaking("ru"):
        [told] = say_unmatched(checked)
    assert told.endswith("; и ещё 3.")
    assert "as of" not in told
