"""Tests of filters: one text for each, read back as what it was, and what is refused."""

from __future__ import annotations

import itertools
import random
from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from fixed_records import HOSTILE
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import filters, texts

from geodata.errors import FilterError, GeodataError
from geodata.queries.filters import FILTER_KEYS, DateMatch, Filter
from geodata.records.vocabulary import Attribution, EventType, GeoPrecision, Role, Status
from geodata.shapes import Shape

EVERYTHING = Filter(
    start=date(2018, 1, 1),
    end=date(2024, 12, 31),
    date_match=DateMatch.CERTAIN,
    event_types=tuple(EventType),
    source_types=("Armed clash", "a&b=c;d"),
    groups=("iskp", "داعش", "a&b=c;d+e %41#?"),
    roles=(Role.ACCUSED, Role.TARGET),
    countries=("AF", "TJ"),
    statuses=tuple(Status),
    attributions=tuple(Attribution),
    ids=("kerman-2024-01-03", "a&b=c"),
    least_precision=GeoPrecision.DISTRICT,
    fatalities_min=0,
    fatalities_max=200,
    injured_min=3,
    text="mosque & <market> 100% = ?",
    bounds=(179.5, -10.12345, -179.5, 10.5),
    within=Shape(((170.5, -10.0), (189.25, -10.0), (180.0, 10.1234))),
    base_areas=False,
    known=date(2026, 11, 1),
)


@given(filters())
@example(EVERYTHING)
@example(Filter())
@example(Filter(text="a" * 199 + " b"))
@example(Filter(groups=(" iskp ", "")))
@example(Filter(countries=("af",)))
@example(Filter(bounds=(-0.0, -1e-7, 1e-5, 0.1)))
def test_reading_the_text_of_a_filter_gives_the_filter(chosen):
    text = chosen.to_query()
    again = Filter.from_query(text)
    assert again == chosen
    assert again.to_query() == text
    assert Filter.from_pairs(chosen.to_pairs()) == chosen
    assert text.isascii()
    assert chosen.is_empty == (text == "")


@given(filters(), filters())
def test_two_filters_have_two_texts(one, other):
    assert (one == other) == (one.to_query() == other.to_query())


@given(filters(), st.randoms(use_true_random=False))
def test_the_order_of_the_text_does_not_matter(chosen, chance: random.Random):
    pairs = parse_qsl(chosen.to_query()) * 2
    chance.shuffle(pairs)
    lists = ("type", "group", "role", "country", "status", "attribution")
    once = list(dict.fromkeys(pairs))
    assert Filter.from_query(urlencode(pairs)) == chosen
    assert Filter.from_query(urlencode([p for p in once if p[0] in lists] + once)) == chosen


def test_every_field_has_its_key():
    keys = [key for key, _ in EVERYTHING.to_pairs()]
    assert list(dict.fromkeys(keys)) == list(FILTER_KEYS)


def test_one_word_stands_for_all_roles():
    assert Filter.from_query("role=any").roles == tuple(sorted(Role))
    assert Filter.from_query("role=accused&role=ANY") == Filter.from_query("role=any")
    assert Filter.from_query(Filter(roles=tuple(Role)).to_query()) == Filter(roles=tuple(Role))
    with pytest.raises(FilterError, match=r"role must be one of actor, .* got 'both'"):
        Filter.from_query("role=both")


def test_without_a_choice_a_group_is_sought_as_actor_and_target():
    assert Filter().roles_sought == Filter(groups=("a",)).roles_sought == (Role.ACTOR, Role.TARGET)
    assert Filter(roles=(Role.ACCUSED,)).roles_sought == (Role.ACCUSED,)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text):
    chosen = Filter(text=text, groups=(text,))
    assert Filter.from_query(chosen.to_query()) == chosen
    assert len(chosen.text) <= 200


@given(texts)
def test_spaces_in_the_text_do_not_make_another_filter(text):
    assert Filter(text=f"  {text}\n ") == Filter(text=" ".join(text.split()))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("from=2018&to=2024", date(2018, 1, 1), date(2024, 12, 31)),
        ("from=2018-02&to=2020-02", date(2018, 2, 1), date(2020, 2, 29)),
        ("from=2018-02-03&to=2018-02-03", date(2018, 2, 3), date(2018, 2, 3)),
    ],
)
def test_days_may_be_given_as_months_or_years(text, start, end):
    chosen = Filter.from_query(text)
    assert (chosen.start, chosen.end) == (start, end)
    assert chosen.to_query() == f"from={start}&to={end}"


def test_words_may_be_spelled_loosely():
    loose = Filter.from_query("type=Suicide_Bombing&country=tj&areas=OFF&when=Certain")
    assert loose == Filter(
        event_types=(EventType.SUICIDE_BOMBING,),
        countries=("TJ",),
        base_areas=False,
        date_match=DateMatch.CERTAIN,
    )


def test_a_value_given_empty_is_not_given():
    assert Filter.from_query("q=&group=&from=&type=").is_empty


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colour=red", "a filter key must be one of from, to, .*got 'colour'"),
        ("from=yesterday", "from must be a date such as 2018-07-29.*got 'yesterday'"),
        ("from=2018-13", "from must be a date"),
        ("to=2018-02-30", "to must be a date"),
        ("from=0000", "from must be a date"),
        ("from=٢٠١٨", "from must be a date"),
        ("from=2018&from=2019", "from must be given once, got 2018, 2019"),
        ("from=2020&to=2018", "to must not be before from, got 2020-01-01 to 2018-12-31"),
        ("when=perhaps", "when must be one of possible, certain, got 'perhaps'"),
        ("type=explosion", "type must be one of bombing, .*got 'explosion'"),
        (
            "status=done",
            "status must be one of carried out, .*claimed only, got 'done'",
        ),
        ("attribution=proven", "attribution must be one of"),
        ("precision=exact", "precision must be one of site"),
        ("country=AFG", "country must be an ISO 3166-1 alpha-2 code, got 'AFG'"),
        ("country=%27%27", "country must be an ISO"),
        ("deaths_min=-1", "deaths_min must be a whole number from 0 on, got '-1'"),
        ("deaths_min=1.5", "deaths_min must be a whole number"),
        ("deaths_max=1234567890", "deaths_max must be a whole number"),
        ("deaths_min=5&deaths_max=4", "deaths_max must not be below deaths_min, got 5 to 4"),
        ("q=" + "x" * 201, "q must have at most 200 characters, got 201"),
        (
            "&".join(f"record={i}" for i in range(101)),
            "record must be given at most 100 times, got 101",
        ),
        ("within=circle:1,2", "within must be circle:lon,lat,km or polygon:"),
        ("within=circle:181,0,5", "within must lie on the map"),
        ("within=circle:1,2,0", "within must have a radius within 0.1 and 10000 km"),
        ("within=circle:1,2,10001", "within must have a radius"),
        ("within=polygon:1,2", "within must have 3 to 40 different corners, got 1"),
        ("within=polygon:1,2;3,4", "within must have 3 to 40 different corners, got 2"),
        ("within=polygon:1,2;1,2;3,4;3,4;1,2", "within must have 3 to 40 different corners, got 2"),
        ("within=polygon:1,2;3,4;5,91", "within must lie on the map"),
        ("bounds=1,2,3", "bounds must be west,south,east,north in degrees, got '1,2,3'"),
        ("bounds=1,2,3,x", "bounds must be west,south,east,north"),
        ("bounds=181,0,0,1", "bounds must have longitudes within"),
        ("bounds=0,5,1,4", "bounds must have south below north"),
        ("bounds=0,nan,1,4", "bounds must have south below north"),
        ("bounds=inf,0,1,4", "bounds must have longitudes"),
        ("areas=maybe", "areas must be on or off, got 'maybe'"),
        ("&".join(["type=plot"] * 501), "a filter must have at most 500 values"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_reason(text, message):
    with pytest.raises(FilterError, match=message):
        Filter.from_query(text)


@pytest.mark.parametrize(
    "fields",
    [
        {"start": date(2020, 1, 2), "end": date(2020, 1, 1)},
        {"countries": ("Afghanistan",)},
        {"fatalities_min": -1},
        {"fatalities_max": 10**9},
        {"injured_min": -1},
        {"bounds": (0, 0, 0, 91)},
    ],
)
def test_python_is_held_to_the_same_rules(fields):
    with pytest.raises(FilterError):
        Filter(**fields)


@given(st.text(max_size=80), st.sampled_from(FILTER_KEYS))
def test_any_text_is_a_filter_or_a_sentence(text, key):
    for query in (text, f"{key}={text}", urlencode({key: text})):
        try:
            chosen = Filter.from_query(query)
        except GeodataError as error:
            outcome = str(error)
        else:
            outcome = "" if Filter.from_query(chosen.to_query()) == chosen else "another filter"
        assert outcome == "" or "must" in outcome
        assert len(outcome) < 600


@given(filters())
def test_without_puts_parts_back_to_the_default(chosen):
    assert chosen.without("start", "end").start is None
    fields = list(Filter.__dataclass_fields__)
    assert chosen.without(*fields).is_empty
    for one, other in itertools.pairwise(fields):
        rest = chosen.without(one)
        assert getattr(rest, other) == getattr(chosen, other)
