"""What a briefing says first: true of the claims, with who says it, and nobody accused as actor."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from geodata import Claim, Filter, Incident, Records, Store, load
from geodata.records import Role, group_label, say, speaking
from geodata.scope import totals_of
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.message import Found, _most_often, headline, messages, subject_of
from mapview.detail import incident_line


@pytest.fixture(scope="module")
def records() -> Records:
    return load()


@pytest.fixture(scope="module")
def store(records: Records) -> Store:
    return Store.of(records)


def found(incident: Incident, records: Records) -> Found:
    """One incident as what a message is of."""
    line = incident_line(incident, records)
    return Found([line], (), records, totals_of((incident,)), {incident.id})


def said_of(incident: Incident, records: Records | None = None) -> str:
    """The headline of one incident."""
    records = records or Records(incidents=(incident,))
    return headline(found(incident, records), "All incidents")


def about(store: Store, query: str, **options: str) -> Briefing:
    return compose(store, Filter.from_query(query), BriefingOptions(**options))


KERMAN = "type=suicide+bombing&country=IR&from=2024-01-03&to=2024-01-03"


def test_one_event_is_told_by_what_happened(store: Store) -> None:
    briefing = about(store, KERMAN)
    assert briefing.title == briefing.headline
    assert briefing.headline == (
        "Kerman, 3 January 2024: 94 to nearly 100 killed; claimed by Islamic State; attributed to "
        "IS-KP Tajik wing and IS-KP; others blamed by government of Iran"
    )
    killed, injured, responsibility, exact, differing = briefing.messages
    assert killed.startswith("Killed: nearly 100 (The Diplomat); 94 and 96 (Wikipedia, a copy")
    assert injured.startswith("Injured: over 300 (The Diplomat); 284 (Wikipedia")
    assert "(The feature calls the accusation baseless.)" in responsibility
    assert exact == "Place: known to the town or village; date: known to the day."
    assert differing.startswith("Accounts differ on fatalities, injured, attribution")


def test_where_room_is_scarce_what_happened_stands_whole(store: Store) -> None:
    briefing = about(store, KERMAN)
    assert briefing.short_title == "Kerman, 3 January 2024: 94 to nearly 100 killed"
    assert about(store, KERMAN, title="For the desk").short_title == "For the desk"
    several = about(store, "country=TJ")
    assert several.short_title == several.title


def test_several_are_told_by_what_was_asked_for(store: Store) -> None:
    briefing = about(store, "country=TJ")
    assert briefing.title == briefing.words
    first, second = (
        "Danghara District, 29 July 2018: 4 killed",
        "No other event has a figure of killed",
    )
    assert briefing.headline == f"{briefing.words}. {first}. {second}"
    assert (briefing.first, briefing.second) == (first, second)
    afghan = about(store, "country=AF&from=2022")
    assert afghan.headline.startswith(
        f"{afghan.words}: 8 events and 6 to 11 campaigns and counts; "
    )
    assert afghan.messages[0] == (
        "Sources give at least 1 killed in 1 incident; 7 have no figure; 6 to 11 campaigns or "
        "counts over many events not added."
    )


def test_of_the_only_figure_is_said_who_is_held_responsible(store: Store) -> None:
    found = about(store, "q=kerman&from=2024")
    assert found.messages[0] == (
        "Kerman, 3 January 2024: claimed by Islamic State; attributed to IS-KP Tajik wing and "
        "IS-KP; others blamed by government of Iran."
    )
    assert found.messages[1].startswith("Sources give 284 to over 300 injured in 1 incident; ")
    assert not any("killed" in one for one in found.messages)
    # Where somebody else's words stand above, the sentences say it.
    for own in ({"headline": "Attacks"}, {"title": "Attacks"}):
        said = about(store, "q=kerman&from=2024", **own).messages
        assert said[1].startswith("Sources give 94 to nearly 100 killed in 1 incident; ")


@pytest.mark.parametrize(
    ("query", "sum_of_all", "highest"),
    [
        (
            "areas=off",
            "at least 938",
            "Hamid Karzai International Airport, Kabul, 26 August 2021",
        ),
        (
            "country=IR&country=RU",
            "at least 255",
            "Crocus City Hall, Krasnogorsk, 22 March 2024",
        ),
    ],
)
def test_several_are_told_by_their_tolls_and_the_highest_of_them(
    store: Store, query: str, sum_of_all: str, highest: str
) -> None:
    briefing = about(store, query)
    assert briefing.headline.startswith(
        f"{briefing.words}: the figures given add up to {sum_of_all} killed. "
        f"The highest figures of killed are for {highest} ("
    )


@pytest.mark.parametrize(
    ("killed", "certain", "told"),
    [
        ([("3", ""), ("4", "")], {"i0", "i1"}, ["Something at A, 3 January 2024 (4)"]),
        # None is higher, or only one has a figure.
        ([("4", ""), ("4", "")], {"i0", "i1"}, []),
        ([("4", "")], {"i0"}, []),
        # Of some people only, or perhaps not what was asked for.
        ([("3", ""), ("40", "militants")], {"i0", "i1"}, []),
        ([("3", ""), ("4", "")], {"i0"}, []),
    ],
)
def test_a_highest_figure_is_told_only_where_it_certainly_is(
    killed: list[tuple[str, str]], certain: set[str], told: list[str]
) -> None:
    some = [
        incident(claim(about="fatalities", value=int(n), part=part), id=f"i{at}")
        for at, (n, part) in enumerate(killed)
    ]
    some.append(incident(id="none"))
    records = Records(incidents=tuple(some))
    lines = [incident_line(one, records) for one in some]
    words = headline(Found(lines, (), records, totals_of(some), certain), "All")
    assert re.findall(r"\. The highest figures of killed are for (.*)", words) == told
    assert "killed" in words


def test_incidents_on_which_accounts_differ_are_counted_within_bounds(store: Store) -> None:
    # Some of them only may lie within these bounds.
    briefing = about(store, "bounds=68,34,70,35&areas=off")
    assert briefing.messages[-1] == "Accounts differ on 1 to 2 incidents."
    assert not [one for one in briefing.leads.checked if one.unmatched]
    assert about(store, "country=AF").messages[-1] == "Accounts differ on 8 incidents."


def test_a_title_of_ones_own_stays(store: Store) -> None:
    briefing = about(store, KERMAN, title="For the desk")
    assert briefing.title == "For the desk"
    assert briefing.headline.startswith("Kerman, 3 January 2024: ")


def test_nothing_found_says_nothing(store: Store) -> None:
    briefing = about(store, "q=nowhere-at-all&areas=off")
    assert (briefing.headline, briefing.messages) == ("", ())
    assert briefing.title == briefing.words


def test_base_areas_alone_are_counted(store: Store) -> None:
    briefing = about(store, "deaths_min=5000")
    assert not briefing.incidents
    assert re.match(r"\d+ base areas? of ", briefing.headline)


def test_nobody_who_is_only_accused_is_called_an_actor(records: Records) -> None:
    seen = 0
    for incident in records.incidents:
        words = said_of(incident, records)
        done = re.findall(r"(?:claimed (?:by|for)|attributed to) ([^;]+)", words)
        roles: dict[str, set[Role | None]] = {}
        for claim in incident.claims:
            if claim.about == "attribution" and claim.value:
                roles.setdefault(group_label(str(claim.value), records), set()).add(claim.role)
        for label, its in roles.items():
            if its <= {Role.ACCUSED, Role.CLEARED, Role.TARGET, Role.OTHER}:
                seen += 1
                assert not any(label in re.split(", | and ", one) for one in done), words
    assert seen > 5


def claim(**values: object) -> Claim:
    return Claim.model_validate({"about": "attribution", "source": "s", **values})


def incident(*claims: Claim, **values: object) -> Incident:
    return Incident.model_validate(
        {
            "id": "a",
            "title": "Something at A",
            "event_date": "2024-01-03",
            "event_types": ["attack"],
            "claims": claims,
            **values,
        }
    )


ONE = {"id": "i0", "title": "One"}
OTHER = {"id": "i1", "title": "Other"}


def of_two(figures: list[Claim], other: list[Claim], certain: str = "i0 i1", **how: object) -> str:
    """The headline of two events and a campaign without a figure."""
    campaign = {"record_kind": "aggregate", "id": "i2"}
    some = (incident(*figures, **ONE, **how), incident(*other, **OTHER), incident(**campaign))
    records = Records(incidents=some)
    lines = [incident_line(one, records) for one in some]
    return headline(Found(lines, (), records, totals_of(some), set(certain.split())), "All")


def toll(n: int, about: str = "fatalities", **values: object) -> Claim:
    return claim(about=about, value=n, **values)


def test_the_one_event_that_has_a_figure_of_killed_is_what_was_found() -> None:
    one, none = "All. One, 3 January 2024: 4 killed", "No other event has a figure of killed"
    assert of_two([toll(4)], []) == f"{one}. {none}"
    assert of_two([toll(4)], [toll(9, "injured")]) == f"{one}. {none}"
    assert of_two([toll(4)], [], "i0") == f"{one}. {none}"
    assert of_two([toll(4)], [], status="disputed") == (
        f"All. One, 3 January 2024: attack, disputed; 4 killed. {none}"
    )


@pytest.mark.parametrize(
    ("figures", "other", "how"),
    [
        ([toll(4)], [toll(0)], {}),
        ([toll(4)], [toll(9, "casualties")], {}),
        ([toll(4)], [toll(9, part="militants")], {}),
        ([toll(4, part="militants")], [], {}),
        ([toll(0)], [], {}),
        ([toll(4)], [], {"certain": "i1"}),
        ([toll(4)], [], {"casualties_combined": ["i1"]}),
        ([toll(4)], [], {"shares_toll_beyond": True}),
    ],
)
def test_an_event_is_what_was_found_only_where_nothing_else_has_a_figure(
    figures: list[Claim], other: list[Claim], how: dict[str, object]
) -> None:
    words = of_two(figures, other, **how)
    assert words.startswith("All: ")
    assert "No other event" not in words


def test_a_campaign_with_a_figure_leaves_no_event_alone() -> None:
    campaign = incident(toll(300), record_kind="aggregate", id="i2")
    some = (incident(toll(4), **ONE), incident(**OTHER), campaign)
    told = compose(Store.of(Records(some)), Filter())
    assert told.second == ""
    assert told.headline.endswith(
        "2 events and 1 campaign or count; the figures given add up to 4 killed"
    )


@pytest.mark.parametrize("code", ["ru", "fa", "tg", "ar", "fr"])
def test_the_one_event_that_has_a_figure_is_told_in_each_language(store: Store, code: str) -> None:
    options = BriefingOptions(language=code)
    told = compose(store, Filter.from_query("country=TJ"), options)
    assert told.headline.startswith(f"{told.words}. ")
    assert told.first
    assert told.headline.rstrip("\u200f").endswith(f". {told.second}".rstrip("\u200f"))
    assert told.second not in told.first
    assert "figure" not in told.second


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ((), "attack"),
        (
            (claim(value="x", stance="claims", role="actor", by="x"),),
            "attack; claimed by x",
        ),
        (
            (claim(value="x", stance="claims", role="actor", by="y"),),
            "attack; claimed for x",
        ),
        (
            (
                claim(value="x", stance="assigns to another party", role="accused", by="y"),
                claim(value="z", stance="assigns to another party", role="accused", by="w"),
            ),
            "attack; x blamed by y; z blamed by w",
        ),
        (
            (
                claim(
                    value="x", stance="assigns to another party", role="accused", by="y",
                    caveat="No evidence.",
                ),
            ),
            "attack; x blamed by y (No evidence.)",
        ),
        (
            (
                claim(value="x", stance="denies", role="actor", by="x"),
                claim(value="z", stance="denies", role="actor", by="w"),
            ),
            "attack; responsibility of x denied by x; responsibility of z denied by w",
        ),
        (
            (claim(value="x", stance="denies", role="cleared", by="w"),),
            "attack; x cleared by w",
        ),
        ((claim(about="fatalities", value=0),), "0 killed"),
        ((claim(about="injured", value=7, qualifier="at least"),), "at least 7 injured"),
        ((claim(about="casualties", value=7),), "7 killed or injured"),
    ],
)  # fmt: skip
def test_who_says_what_is_kept_apart(claims: tuple[Claim, ...], words: str) -> None:
    assert said_of(incident(*claims)) == f"Something at A, 3 January 2024: {words}"


@pytest.mark.parametrize("status", ["foiled", "disputed", "claimed only"])
def test_what_did_not_certainly_happen_is_not_told_as_if(status: str) -> None:
    words = said_of(incident(claim(about="fatalities", value=3), status=status))
    assert words == f"Something at A, 3 January 2024: attack, {status}; 3 killed"


def test_what_must_stand_beside_the_event_stands_there() -> None:
    doubted = claim(about="occurrence", value="It happened.", caveat="Said in custody.")
    words = said_of(incident(doubted, claim(about="fatalities", value=3)))
    assert words == "Something at A, 3 January 2024: attack (Said in custody.); 3 killed"


def test_what_is_in_doubt_of_the_target_is_said_where_a_title_names_it() -> None:
    doubted = claim(about="target", value="a convoy", caveat="Said in custody.")
    toll = claim(about="fatalities", value=3)
    assert said_of(incident(doubted, toll, country="TJ")).endswith(
        "Tajikistan, 3 January 2024: 3 killed"
    )
    assert "(Target: Said in custody.)" in said_of(incident(doubted, toll))


def test_figures_of_different_people_are_not_one_range() -> None:
    one = incident(
        claim(about="fatalities", value=22, part="fighters", by="NDS"),
        claim(about="fatalities", value=7, part="civilians", by="Taliban"),
    )
    assert "killed: 22 fighters (NDS); 7 civilians (Taliban)" in said_of(one)


def test_a_campaign_beside_one_event_is_not_the_subject(records: Records) -> None:
    lines = [incident_line(one, records) for one in records.incidents]
    event = next(one for one in lines if one.is_event)
    campaigns = [one for one in lines if not one.is_event][:2]
    assert subject_of([*campaigns, event]) == event
    assert subject_of(campaigns[:1]) == campaigns[0]
    assert subject_of(campaigns) is None
    assert subject_of([]) is None


def test_the_highest_are_named_with_their_ranges(store: Store) -> None:
    said = about(store, "deaths_min=100").messages
    named = next(one for one in said if one.startswith("The highest figures of killed"))
    assert "(over 170 to at least 182)" in named
    assert "deadliest" not in " ".join(said)


def test_hostile_names_stay_text() -> None:
    one = incident(claim(value="<b>x</b>", stance="assigns", role="actor"), title="=1+1")
    assert said_of(one) == "=1+1, 3 January 2024: attack; attributed to <b>x</b>"
    assert messages(found(one, Records(incidents=(one,))))


def test_a_high_figure_of_a_disputed_event_says_that_it_is_disputed() -> None:
    place = {
        "points": [(69.0, 34.0)], "place": "Kabul", "country": "AF", "radius_km": 3,
        "geo_precision": "settlement",
    }  # fmt: skip
    toll = claim(about="fatalities", value=9)
    doubted = incident(toll, **place, status="disputed")
    plain = incident(toll, **place, id="b")
    told = compose(Store.of(Records((doubted, plain))), Filter())
    assert dict(told.highlights) == {"a": ("9 killed; disputed",), "b": ("9 killed",)}
    assert "Kabul, 3 January 2024 (9; disputed)" in " ".join(told.messages)


def test_what_is_called_out_is_the_highest_of_what_the_map_shows() -> None:
    place = {
        "points": [(69.0, 34.0)], "place": "Kabul", "country": "AF", "radius_km": 3,
        "geo_precision": "settlement",
    }  # fmt: skip
    some = [
        incident(
            claim(about="fatalities", value=killed),
            id=name,
            **(place if name != "a" else {}),
        )
        for name, killed in zip("abcde", (50, 40, 30, 20, 10), strict=True)
    ]
    told = compose(Store.of(Records(tuple(some))), Filter())
    assert list(told.highlights) == ["b", "c", "d"]
    assert "(50), " in " ".join(told.messages)


def shared(name: str, others: str, killed: int = 56, **values: object) -> Incident:
    figures = claim(about="fatalities", value=killed, by="A")
    values = {"place": name.upper(), "country": "AF", "casualties_combined": list(others), **values}
    return incident(figures, id=name, title=name.upper(), **values)


def test_toll_of_several_incidents_is_ranked_once_and_named_with_all() -> None:
    some = (shared("a", "b"), shared("b", "a"), shared("c", "", 40), shared("d", "", 9))
    told = compose(Store.of(Records(some)), Filter())
    highest = "A, 3 January 2024 (56; toll shared with B, 3 January 2024)"
    assert told.second == f"The highest figures of killed are for {highest}"
    assert told.messages[1] == (
        f"The highest figures of killed are given for {highest}, C, 3 January 2024 (40) and "
        "D, 3 January 2024 (9)."
    )
    # Two of one toll leave nothing that is higher than others.
    assert compose(Store.of(Records(some[:2])), Filter()).second == ""


def test_toll_that_an_incident_shares_with_what_is_not_shown_is_none_of_its_own() -> None:
    one, other = shared("a", "b"), shared("b", "a", country="PK")
    records = Records((one, other))
    told = compose(Store.of(records), Filter(countries=("AF",)))
    assert told.headline == "A, 3 January 2024: 56 killed; toll shared with another incident"
    assert told.short_title == told.headline
    assert "Killed: 56 (A); toll shared with another incident." in told.messages
    several = (one, other, shared("c", "", 40))
    afghan = compose(Store.of(Records(several)), Filter(countries=("AF",)))
    assert afghan.second.endswith("A, 3 January 2024 (56; toll shared with another incident)")


def test_toll_shared_with_what_is_left_out_is_said_to_be_shared() -> None:
    lost = {"shares_toll_beyond": True}
    one, two = shared("a", "b", **lost), shared("b", "a", **lost)
    alone = Records((one.but(casualties_combined=()),))
    told = compose(Store.of(alone), Filter())
    beyond = "toll shared with incidents that are not shown here"
    assert told.headline == f"A, 3 January 2024: 56 killed; {beyond}"
    assert f"Killed: 56 (A); {beyond}." in told.messages
    told = compose(Store.of(Records((one, two, shared("c", "", 40)))), Filter())
    assert told.second.endswith(
        "A, 3 January 2024 (56; toll shared with B, 3 January 2024 and incidents that are not "
        "shown here)"
    )
    assert told.messages[0] == (
        "Added up over events, sources give 40 to 96 killed in 3 incidents."
    )


def test_map_calls_out_a_shared_toll_once_and_as_shared() -> None:
    at = {"points": [(69.0, 34.0)], "radius_km": 3, "geo_precision": "settlement"}
    # The first by id is not on the map, so that the other speaks for both.
    some = (shared("a", "bc"), shared("b", "ac", **at), shared("c", "ab", **at), shared("d", "", 9))
    told = compose(Store.of(Records(some)), Filter())
    assert dict(told.highlights) == {
        "b": ("56 killed; toll shared with other incidents",),
        "c": ("toll shared with other incidents",),
    }


def test_all_that_share_a_toll_are_called_out_unless_they_are_many() -> None:
    at = {"points": [(69.0, 34.0)], "radius_km": 3, "geo_precision": "settlement"}
    pair = (shared("a", "b", **at), shared("b", "a", **at), shared("c", "", 40, **at))
    told = compose(Store.of(Records(pair)), Filter())
    assert dict(told.highlights) == {
        "a": ("56 killed; toll shared with another incident",),
        "b": ("toll shared with another incident",),
        "c": ("40 killed",),
    }
    many = tuple(shared(one, "abcd".replace(one, ""), **at) for one in "abcd")
    assert list(compose(Store.of(Records(many)), Filter()).highlights) == ["a"]


@pytest.mark.parametrize("code", ["ru", "fa", "tg", "ar", "fr"])
def test_shared_toll_is_said_in_each_language(code: str) -> None:
    some = Records((shared("a", "b"), shared("b", "a"), shared("c", "", 40)))
    told = compose(Store.of(some), Filter(), BriefingOptions(language=code))
    assert "toll shared" not in " ".join((told.headline, *told.messages))
    ranking = next(one for one in told.messages if "B" in one)
    assert ranking.rindex("A") < ranking.rindex("B") < ranking.rindex("C")


def test_what_is_most_often_recorded_leaves_out_nothing_that_may_be_as_often() -> None:
    def told(certain: Counter[str], possible: Counter[str]) -> list[tuple[str, int]]:
        return _most_often(possible, certain)

    even = Counter({"raid": 9, "arrest": 4, "battle": 2, "plot": 2})
    assert told(even, even) == [("raid", 9), ("arrest", 4)]
    assert told(Counter(raid=9, arrest=1), even) == [("raid", 9)]
    assert told(Counter(raid=3), even) == []
    assert told(Counter(raid=2, plot=1), Counter(raid=2, plot=1)) == [("raid", 2), ("plot", 1)]


@pytest.mark.parametrize("code", ["en", "fr"])
def test_that_a_type_is_most_often_recorded_is_not_said_where_it_alone_was_asked_for(
    code: str,
) -> None:
    raids = [incident(id=f"r{n}", event_types=["raid"]) for n in range(3)]
    others = [incident(id=f"a{n}", event_types=["arrest", "raid"]) for n in range(2)]
    own = [incident(id=f"o{n}", event_types=["other"]) for n in range(2)]
    own = [one.model_copy(update={"type_of_source": "Parade"}) for one in own]
    store = Store.of(Records((*raids, *others, *own)))

    def often(query: str) -> list[str]:
        told = compose(store, Filter.from_query(query), BriefingOptions(language=code))
        with speaking(code):
            start = say("Most often recorded: {types}", types="").rstrip()
        return [one.removeprefix(start) for one in told.messages if one.startswith(start)]

    assert often("type=raid&record=r0&record=r1&record=r2") == []
    assert often("source_type=Parade") == []
    # Of several types, one of those asked for or another is one that could not be known.
    assert len(often("")) == len(often("type=raid&type=arrest")) == len(often("type=raid")) == 1


def test_what_is_of_no_kind_is_not_the_kind_most_often_recorded() -> None:
    for counts in (Counter(other=3), Counter(other=3, raid=2), Counter(raid=2, other=2)):
        assert _most_often(counts, counts) == []
    behind = Counter(raid=3, other=2)
    assert _most_often(behind, behind) == [("raid", 3), ("other", 2)]
    with speaking("fr"):
        assert _most_often(Counter({say("other"): 2}), Counter({say("other"): 2})) == []


def test_areas_are_said_to_be_of_the_groups_that_have_most(store: Store) -> None:
    labels = ("few", "few", "one", "two", "most", "most", "most")
    all_areas = compose(store, Filter()).base_areas
    areas = [replace(one, group_label=label) for one, label in zip(all_areas, labels, strict=False)]
    told = Found([], areas, Records(), totals_of(()), set())
    assert headline(told, "All") == "7 base areas of most, few, one and 1 more"


def test_the_highest_figures_leave_out_none_that_is_as_high() -> None:
    def told(*killed: int) -> list[str]:
        some = [
            incident(claim(about="fatalities", value=n), id=f"i{at}") for at, n in enumerate(killed)
        ]
        records = Records(incidents=tuple(some))
        lines = [incident_line(one, records) for one in some]
        return [o.id for o in Found(lines, (), records, totals_of(some), {"i0"}).highest]

    assert told(9, 8, 1, 1) == ["i0", "i1"]
    assert told(9, 8, 1) == ["i0", "i1", "i2"]
    assert told(1, 1, 1, 1) == []
