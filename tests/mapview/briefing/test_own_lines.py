"""The program's own lines in every language are held as if somebody wrote them, changed lightly.

Nothing of them is called false as they are, hardly anything as they are changed, and what is made
false in them is found.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

import pytest
from planting import planted

from geodata import Filter, Incident, Records, Store, load
from geodata.records import EventType
from geodata.scope import totals_of
from geodata.tongue import LANGUAGES, say, speaking
from geodata.wording import Ledger, Span, SpanKind, hold
from mapview.briefing.checked import ledger_of
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.message import Found, headline, messages
from mapview.detail import incident_line

_SAMPLES = 60
_PLANTED = 3
_SHORT = 40
_FILTERS = [
    "", "country=AF", "country=IR&country=RU", "from=2018-01-01&to=2021-12-31", "from=2019&to=2019",
    "type=raid",
]  # fmt: skip
# A word before a line, one of the program's and another that says the same, and what begins with
# a capital.
_LEADING = {
    "en": "Reportedly, {}", "ru": "Как известно, {}", "fa": "چنان‌که می‌دانیم، {}",
    "tg": "Чунон ки маълум аст, {}", "ar": "كما هو معروف، {}", "fr": "Comme on le sait, {}",
}  # fmt: skip
_SYNONYMS = {
    "en": (("killed", "dead"), ("injured", "wounded"), ("most often recorded", "most often")),
    "ru": (("погибшие", "убитые"), ("раненые", "число раненых"), ("без данных", "без сведений")),
    "fa": (("کشته‌شدگان", "جان‌باختگان"), ("زخمی‌ها", "مجروحان"), ("بدون رقم", "بدون آمار")),
    "tg": (("кушташудагон", "ҳалокшудагон"), ("захмиён", "маҷрӯҳон"), ("бе рақам", "бе омор")),
    "ar": (("القتلى", "الوفيات"), ("الجرحى", "المصابون"), ("من دون رقم", "بدون رقم")),
    "fr": (("tués", "morts"), ("blessés", "nombre de blessés"), ("sans chiffre", "sans bilan")),
}  # fmt: skip
_END = re.compile(r"\s?[;؛] [^;؛]*$")


@pytest.fixture(scope="module")
def records() -> Records:
    return load()


def drafts(records: Records, code: str) -> Iterator[tuple[list[str], Ledger]]:
    """What the program says of each incident, and of some together, with what it is held to."""
    rnd = random.Random(14)
    alone = [[one] for one in records.incidents]
    sizes = [rnd.choice([2, 3, 5, 9, 20]) for _ in range(_SAMPLES)]
    for chosen in [*alone, *(rnd.sample(records.incidents, size) for size in sizes)]:
        some = records.subset(incidents=chosen, base_areas=())
        with speaking(code):
            words = say("All incidents")
            texts = said_of(chosen, some, words)
        yield texts, Ledger(some, {one.id for one in chosen}, (words,))


def said_of(incidents: Sequence[Incident], records: Records, words: str) -> list[str]:
    lines = [incident_line(one, records) for one in incidents]
    ids = {one.id for one in incidents}
    found = Found(lines, (), records, totals_of(incidents), ids)
    return [headline(found, words), *messages(found)]


def changed(texts: Sequence[str], code: str) -> Iterator[list[str]]:
    """The lines as they are, and as somebody might change them without a change of what is said."""
    yield list(texts)
    yield [_LEADING[code].format(f"{one[:1].lower()}{one[1:]}") for one in texts]
    # What is cut off must not be what a comparison is of.
    cut = [_END.sub("", one) for one in texts]
    yield [short if len(short) > _SHORT else one for short, one in zip(cut, texts, strict=True)]
    yield [texts[0], *reversed(texts[1:])]
    yield [_with_synonyms(one, code) for one in texts]


def _with_synonyms(text: str, code: str) -> str:
    for word, other in _SYNONYMS[code]:
        text = text.replace(word, other).replace(word.capitalize(), other.capitalize())
    return text


def held(texts: Sequence[str], ledger: Ledger) -> list[tuple[str, Span]]:
    return [
        (text, one) for text, spans in zip(texts, hold(texts, ledger), strict=True) for one in spans
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_program_says_is_held_though_it_is_changed(code: str, records: Records) -> None:
    spans, as_they_are, alarms = 0, [], []
    for at, (texts, ledger) in enumerate(drafts(records, code)):
        ways = list(changed(texts, code))
        # Each line as it is, and in one other way.
        for way, noted in ((ways[0], as_they_are), (ways[1 + at % (len(ways) - 1)], alarms)):
            found = held(way, ledger)
            spans += len(found)
            noted += [(one.sentence, text) for text, one in found if not one.is_held]
    assert spans > 1_500
    assert not as_they_are
    assert len(alarms) <= 0.01 * spans, (len(alarms), spans, alarms[:20])


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_made_false_in_it_is_found(code: str, records: Records) -> None:
    rnd = random.Random(15)
    false, missed = 0, []
    for at, (texts, ledger) in enumerate(drafts(records, code)):
        ways = list(changed(texts, code))
        wrong, places = planted(ways[at % len(ways)], rnd, _PLANTED, _without(ledger), code)
        found = hold(wrong, ledger)
        false += len(places)
        missed += [
            (wrong[index], start)
            for index, start in places
            if not any(not o.is_held and o.start <= start < o.end for o in found[index])
        ]
    assert false > 300
    assert len(missed) <= 0.005 * false, (len(missed), false, missed)


def _without(ledger: Ledger) -> tuple[str, ...]:
    """Names that have figures of their own, which are none of the text's."""
    return (*ledger.taken, *(one.title for one in ledger.records.incidents))


@pytest.mark.parametrize("code", LANGUAGES)
def test_false_comparisons_in_its_words_are_found(code: str, records: Records) -> None:
    rnd = random.Random(16)
    tried, missed = 0, []
    for _ in range(_SAMPLES):
        chosen = rnd.sample(records.incidents, 20)
        some = records.subset(incidents=chosen, base_areas=())
        ledger = Ledger(some, {one.id for one in chosen})
        for text in _false_comparisons(some, ledger, code):
            tried += 1
            [spans] = hold([text], ledger)
            kinds = [one for one in spans if one.kind is SpanKind.COMPARISON and not one.is_held]
            missed += [] if kinds else [text]
    assert tried > _SAMPLES
    assert len(missed) <= 0.005 * tried, (len(missed), tried, missed)


def _false_comparisons(records: Records, ledger: Ledger, code: str) -> Iterator[str]:
    counts = ledger.types
    rare = [one for one in counts if counts[one] == 1 and one is not EventType.OTHER]
    lines = {one.id: incident_line(one, records) for one in records.incidents}
    known = {
        key: line.most_killed for key, line in lines.items() if line.is_event and line.most_killed
    }
    with speaking(code):
        if rare and max(counts.values()) > 1:
            yield say("Most often recorded: {types}", types=f"{say(rare[0].value)} (1)") + "."
        if known and min(known.values()) < max(known.values()):
            line = incident_line(
                records.incidents_by_id[min(known, key=lambda one: (known[one], one))], records
            )
            where = f"{line.locality or line.title}, {line.when} ({line.killed})"
            yield say("The highest figures of killed are given for {events}", events=where)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("query", _FILTERS)
def test_what_a_briefing_says_of_a_filter_is_held(code: str, query: str, records: Records) -> None:
    chosen = Filter.from_query(query)
    briefing = compose(Store.of(records), chosen, BriefingOptions(language=code))
    texts = [briefing.headline, *briefing.messages]
    found = held(texts, ledger_of(briefing))
    assert len(found) > len(texts)
    assert not [(one.sentence, text) for text, one in found if not one.is_held]
