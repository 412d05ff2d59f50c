"""What a user writes is held against the records: by whose figure it must be, hedge and all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from held_records import claim, incident, ledger, not_held
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.queries.sums import TollSums
from geodata.records import ClaimAbout, Mark, Qualifier, derive_toll, say, speaking
from geodata.wording import Ledger, SpanKind, hold, unmatched
from geodata.wording.given import Given

KERMAN = incident(
    "kerman", "Bombings at a commemoration in Kerman", "2024-01-03",
    claim("fatalities", 94, by="Wikipedia"),
    claim("fatalities", 100, qualifier="nearly", by="The Diplomat"),
    claim("injured", 284, by="Wikipedia"),
    claim("attribution", "is", stance="claims", role="actor", by="IS"),
    place="Kerman", country="IR", summary="Two suicide bombers near a cemetery.",
)  # fmt: skip
SHIRAZ = incident(
    "shiraz", "Shooting at a shrine", "2022-10",
    claim("fatalities", 15, qualifier="at least"), place="Shiraz", country="IR",
)  # fmt: skip
MOSCOW = incident(
    "moscow", "Attack on a concert hall", "2024-03-22",
    claim("fatalities", 144, by="A"), claim("fatalities", 145, by="B"),
    place="Krasnogorsk", country="RU",
)  # fmt: skip
FIGHT = incident(
    "fight", "Fight in Nangarhar", "2017-04-26",
    claim("fatalities", 22, part="fighters", by="NDS"),
    claim("fatalities", 7, part="civilians", by="Taliban"),
    place="Nangarhar Province", country="AF", event_types=["battle"],
)  # fmt: skip
SILENT = incident("silent", "Attack in Herat", "2019", place="Herat", country="AF")
CAMPAIGN = incident("campaign", "War", "2001/2021", country="AF", record_kind="aggregate")


ONE = ledger(KERMAN)
ALL = ledger(KERMAN, SHIRAZ, MOSCOW, FIGHT, SILENT, CAMPAIGN)


@pytest.mark.parametrize(
    "text",
    [
        "94 people were killed and 284 injured.",
        "Ninety-four people died; nearly a hundred, says another source.",
        "At least 94 people were killed.",
        "More than 90 people were killed.",
        "94 to nearly 100 were killed.",
        "Between 94 and 100 people died.",
        "The attack killed 94 people, wounding 284.",
        "Dozens were killed, hundreds were hurt.",
        "Killed: 94 (Wikipedia); nearly 100 (The Diplomat).",
        "About 95 people were killed.",
        "It happened on Wednesday, January 3rd, 2024.",
        "In January 2024 two suicide bombers struck.",
        "On 03.01.2024, 3 January, in 2024 and in the 2020s.",
        "One event, in one country.",
    ],
)
def test_what_the_records_say_is_held(text: str) -> None:
    assert not not_held(text, ONE)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("84 people were killed.", ["84"]),
        ("100 people were killed.", ["100"]),  # the source says nearly
        ("At least 100 people were killed.", ["At least 100"]),
        ("More than 50 people were killed.", ["More than 50"]),  # true, and far from any figure
        ("95 to 100 were killed.", ["95 to 100"]),
        ("94 people were injured.", ["94"]),
        ("284 people were killed.", ["284"]),
        ("Killed: 94 (The Diplomat).", ["94"]),
        ("Forty people were killed, twelve of them children.", ["Forty", "twelve"]),
        ("Thousands were killed.", ["Thousands"]),
        ("Nobody was killed.", ["Nobody"]),
        ("It happened on 4 January 2024.", ["4 January 2024"]),
        ("It happened on 3 January 2023, in March.", ["3 January 2023", "March"]),
        ("3–5 January 2024", ["3–5 January 2024"]),
        ("30 % were women.", ["30 %"]),
        ("Twice as many as in 2022.", ["Twice", "2022"]),
        ("Three suicide bombers struck.", ["Three"]),
        ("Two events in two countries.", ["Two", "two"]),
    ],
)
def test_what_they_do_not_say_is_found(text: str, wrong: list[str]) -> None:
    assert not_held(text, ONE) == wrong


@pytest.mark.parametrize(
    "text",
    [
        "In Kerman 94 people were killed, in Krasnogorsk 144 or 145.",
        "Nangarhar Province, 26 April 2017: 22 fighters and 7 civilians killed.",
        "5 events and 1 campaign or count; 4 bombings and one battle.",
        "2 events in Iran, 1 in Krasnogorsk and 2 in 2024. 3 events in 2022 and 2024.",
        "The figures add up to 253 to at least about 260 killed in 3 incidents; 1 has no figure.",
        "At least 253 people were killed.",
        "The figures add up to at least 253 to at least about 260 killed in 3 incidents.",
        "The highest tolls are of Krasnogorsk (144–145) and Kerman (94 to nearly 100 killed).",
        "The latest attack was in Krasnogorsk; the first was in Nangarhar Province.",
        "There were more attacks in Iran than in Russia.",
        "More people were killed in 2024 than in 2017.",
        "Most often recorded: bombing (4).",
    ],
)
def test_several_incidents_are_told_apart(text: str) -> None:
    assert not not_held(text, ALL)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("In Kerman 144 people were killed.", ["144"]),
        ("In Kerman, on 22 March 2024, many died.", ["22 March 2024"]),
        ("Nangarhar Province: 22 civilians and 7 fighters killed.", ["22", "7"]),
        ("The figures add up to 94 killed.", ["94"]),
        # One of them is "at least", another "nearly".
        ("The figures add up to 253 to 260 killed.", ["253 to 260"]),
        ("The figures add up to 253 to about 260 killed.", ["253 to about 260"]),
        ("The figures add up to about 253 to at least 260.", ["about 253 to at least 260"]),
        ("The figures add up to exactly 253 killed.", ["exactly 253"]),
        # More than "at least about 260".
        ("The figures add up to 253 to at least 260 killed.", ["253 to at least 260"]),
        ("The figures add up to 253 to over 260 killed.", ["253 to over 260"]),
        ("At most 260 people were killed.", ["At most 260"]),
        ("3 events in Iran.", ["3"]),
        ("6 events.", ["6"]),
        ("The deadliest attack was in Krasnogorsk.", ["deadliest"]),  # one has no figure
        ("The deadliest attack of 2024 was in Kerman.", ["deadliest"]),
        # At least 15 were killed in Shiraz in 2022, and so maybe more than elsewhere.
        ("The deadliest attack in Iran was in Kerman.", ["deadliest"]),
        ("More people were killed in 2024 than in 2022.", ["More people were killed in 2024 than"]),
        ("The first attack was in Kerman.", ["first"]),
        ("The second attack in Iran was in Shiraz.", ["second"]),
        ("Fewer died in 2024 than in 2022.", ["Fewer died in 2024 than"]),
        ("Most often recorded: battle (1).", ["Most often"]),
        ("The highest figures are given for Kerman (94 to nearly 100).", ["highest figures"]),
    ],
)  # fmt: skip
def test_figures_of_others_do_not_count(text: str, wrong: list[str]) -> None:
    assert not_held(text, ALL) == wrong


@pytest.mark.parametrize(
    "text",
    [
        "В Кермане погибли девяносто четыре человека, в Красногорске сто сорок четыре.",
        "Самый смертоносный теракт 2024 года произошёл в Красногорске.",
        "В 2024 году погибло больше людей, чем в 2017 году. Пять событий.",
        "L’attaque la plus meurtrière de 2024 a eu lieu à Krasnogorsk. Cinq événements.",
        "En 2024, plus de personnes ont été tuées qu’en 2017. Au moins quinze morts à Chiraz.",
        "مرگبارترین حملهٔ ۲۰۲۴ در کراسنوگورسک بود. پنج رویداد.",
        "در شیراز دست‌کم پانزده نفر کشته شدند.",
        "الهجوم الأكثر دموية في عام 2024 كان في كراسنوغورسك. خمسة أحداث.",
        "Маргбортарин ҳамлаи соли 2024 дар Krasnogorsk буд. Панҷ ҳодиса.",
        "Дар ҷойҳои гуногун 5 ҳодиса сабт шуд.",
        "۵ رویداد متفاوت ثبت شد.",
    ],
)
def test_other_languages_are_held_as_english_is(text: str) -> None:
    assert not not_held(text, ALL)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("В Кермане погибли сто сорок четыре человека.", ["сто сорок четыре"]),
        ("Самый смертоносный теракт произошёл в Красногорске.", ["Самый смертоносный"]),
        ("В 2024 году погибло меньше людей, чем в 2022 году.", ["меньше людей, чем"]),
        ("À Kerman, cent quarante-quatre morts.", ["cent quarante-quatre"]),
        ("À Kerman, des milliers de morts.", ["milliers"]),
        ("L’attaque la plus meurtrière a eu lieu à Krasnogorsk.", ["la plus meurtrière"]),
        ("در کرمان صد و چهل و چهار نفر کشته شدند.", ["صد و چهل و چهار"]),
        ("مرگبارترین حمله در کراسنوگورسک بود.", ["مرگبارترین"]),
        ("قُتل في كرمان مئة وأربعة وأربعون شخصًا.", ["مئة وأربعة وأربعون"]),
        ("الهجوم الأكثر دموية كان في كراسنوغورسك.", ["الأكثر دموية"]),
        ("Маргбортарин ҳамла дар Krasnogorsk буд, чор ҳодиса.", ["Маргбортарин", "чор"]),
        ("۲ رویداد متفاوت ثبت شد.", ["۲"]),
    ],
)  # fmt: skip
def test_what_is_false_in_other_languages_is_found(text: str, wrong: list[str]) -> None:
    assert not_held(text, ALL) == wrong


def test_overlapping_ranges_let_a_superlative_fail() -> None:
    wide = KERMAN.but(claims=(*KERMAN.claims, claim("fatalities", 150, by="C")))
    [one] = unmatched(["The deadliest attack was in Krasnogorsk."], ledger(wide, MOSCOW))
    assert one.kind is SpanKind.COMPARISON
    assert (
        one.why == "144 to 145 is not apart from 94 to 150 (Bombings at a commemoration in Kerman)"
    )
    assert not unmatched(["The deadliest attack was in Krasnogorsk."], ledger(KERMAN, MOSCOW))


@pytest.mark.parametrize(
    ("hedge", "held"),
    [(None, True), ("at least", False), ("over", False), ("about", True), ("at most", True)],
)
def test_what_may_be_exceeded_lets_a_superlative_over_it_fail(hedge: str, *, held: bool) -> None:
    other = SHIRAZ.but(claims=(claim("fatalities", 15, qualifier=hedge),))
    wrong = not_held("The deadliest attack was in Krasnogorsk.", ledger(other, MOSCOW))
    assert wrong == ([] if held else ["deadliest"])
    more = "More people were killed in 2024 than in 2022."
    assert bool(not_held(more, ledger(other, MOSCOW))) is not held


@pytest.mark.parametrize(
    "shared", [{"casualties_combined": ("elsewhere",)}, {"shares_toll_beyond": True}]
)
def test_no_superlative_rests_on_a_toll_that_others_share(shared: dict[str, object]) -> None:
    exact = SHIRAZ.but(claims=(claim("fatalities", 15),))
    [one] = unmatched(
        ["The deadliest attack was in Krasnogorsk."], ledger(exact, MOSCOW.but(**shared))
    )
    assert one.why == "0 to 145 is not apart from 15 (Shooting at a shrine)"
    assert not unmatched(
        ["The deadliest attack was in Krasnogorsk."], ledger(exact.but(**shared), MOSCOW)
    )


def test_what_may_be_exceeded_is_above_all_that_ends_below_it() -> None:
    small = SILENT.but(claims=(claim("fatalities", 3, qualifier="about"),))
    assert not not_held("The deadliest attack was in Shiraz.", ledger(SHIRAZ, small))
    [one] = unmatched(["The deadliest attack was in Krasnogorsk."], ledger(SHIRAZ, MOSCOW))
    assert one.why == "144 to 145 is not apart from at least 15 (Shooting at a shrine)"
    near = SILENT.but(claims=(claim("fatalities", 140, qualifier="about"),))
    assert not_held("The deadliest attack was in Krasnogorsk.", ledger(near, MOSCOW))


def test_what_a_sentence_names_the_next_speaks_of() -> None:
    assert not unmatched(["An attack struck Kerman.", "It killed 94."], ALL)
    assert unmatched(["An attack struck Kerman.", "It killed 96."], ALL)


def test_a_match_says_who_says_it_and_where() -> None:
    told = claim("fatalities", 9, by="The mayor", locator="paragraph 3")
    [[one]] = hold(["9 killed"], ledger(KERMAN.but(claims=(told,))))
    assert one.matches == "9 (The mayor, paragraph 3)"
    assert (one.start, one.end, one.sentence) == (0, 1, "")


def test_what_is_missing_is_told_with_what_is_given() -> None:
    [one] = unmatched(["8 were killed."], ONE)
    assert one.sentence.startswith("“8” is not in these records: the records give 94 (Wikipedia)")


def test_words_of_the_program_are_taken() -> None:
    held = Ledger(ONE.records, ONE.certain, ("All incidents, from 2010 on",))
    assert not unmatched(["All incidents, from 2010 on: 1 event"], held)


def test_a_year_of_the_programs_own_words_is_not_taken_out_of_a_date() -> None:
    held = Ledger(ONE.records, ONE.certain, ("All incidents", "2024"))
    assert not unmatched(["All incidents, 2024: Kerman, 3 January 2024 (94)"], held)
    assert [one.text for one in unmatched(["Kerman, 4 January 2024"], held)] == ["4 January 2024"]


def test_a_bound_of_everybody_is_not_held_against_the_figures_of_some() -> None:
    fighters = claim("fatalities", 22, part="IS-KP fighters", by="NDS")
    fight = FIGHT.but(claims=(fighters, *FIGHT.claims[1:]))
    some = ledger(KERMAN, SHIRAZ, MOSCOW, fight)
    text = "Incidents in which IS-KP is actor: the figures given add up to at least {} killed."
    assert not not_held(text.format(253), some)
    assert not_held(text.format(254), some)
    assert not_held(text.format(190), some)


def test_the_period_that_was_asked_for_may_be_said() -> None:
    period = (date(2015, 1, 1), date(2024, 6, 30))
    asked = Ledger(ALL.records, ALL.certain, period=period)
    assert not unmatched(["Documented incidents, 2015–2024", "Since 2015"], asked)
    assert unmatched(["Documented incidents, 2015–2025"], asked)
    assert unmatched(["Documented incidents, 2015–2024"], ALL)


def test_hostile_text_is_read_without_harm() -> None:
    for text in ("", "9" * 5_000, "(" * 500, "1 to " * 500, "2024-13-45", "0000-00-00", "\x00 7"):
        assert hold([text], ONE) is not None


@pytest.mark.parametrize(
    ("words", "one"),
    [
        ("events", "1 event"),
        ("attacks of any type", "1 attack of any type"),
        ("campaigns and counts", "1 campaign or count"),
    ],
)
def test_one_is_told_as_one(words: str, one: str) -> None:
    assert ONE.number({"kerman"}, words).words == one
    assert ALL.number({"kerman", "shiraz"}, words).words.startswith("2 ")


def test_a_figure_leads_to_the_claims_it_stands_for():
    def led(text: str, some: Ledger = ONE) -> dict[str, tuple[tuple[str, int], ...]]:
        (spans,) = hold([text], some)
        assert all(one.is_held for one in spans)
        return {one.text: one.claims for one in spans}

    assert led("94 (Wikipedia); nearly 100 (The Diplomat) killed") == {
        "94": (("kerman", 0),), "nearly 100": (("kerman", 1),)
    }  # fmt: skip
    assert led("94 to nearly 100 killed") == {"94 to nearly 100": (("kerman", 0), ("kerman", 1))}
    assert led("Kerman: 284 injured") == {"284": (("kerman", 2),)}
    many = led("In Krasnogorsk 144–145 were killed, in Shiraz at least 15", ALL)
    assert list(many.values()) == [(("moscow", 0), ("moscow", 1)), (("shiraz", 0),)]
    # What is counted or added up over incidents is no claim of one.
    counted = led("5 events in all", ALL)
    assert counted["5"] == ()


def test_a_date_leads_to_the_claims_that_give_it():
    dated = incident(
        "doha", "Talks", "2018-07-28", claim("fatalities", 1), claim("date", "2018-07-28")
    )
    for one, claims in ((dated, (("doha", 1),)), (SILENT, ())):
        (spans,) = hold(["28 July 2018" if one is dated else "In 2019"], ledger(one))
        assert [span.claims for span in spans] == [claims]


def test_what_the_records_give_is_found_once_for_all_figures(monkeypatch) -> None:
    asked = []
    given = Ledger._given_by

    def noted(self: Ledger, one_id: str, about: ClaimAbout) -> Iterator[Given]:
        asked.append((one_id, about))
        return given(self, one_id, about)

    monkeypatch.setattr(Ledger, "_given_by", noted)
    many = ledger(KERMAN, SHIRAZ, MOSCOW)
    assert len(hold(["96 killed, 283 injured; " * 50], many)[0]) == 100
    assert asked
    assert len(asked) == len({*asked})


SUM = ledger(
    SHIRAZ,
    incident("b", "Attack in Herat", "2019", claim("fatalities", 3), place="Herat", country="AF"),
)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The figures add up to at least 18 killed in 2 incidents.", []),
        ("The figures add up to 18 killed in 2 incidents.", ["18"]),
        ("The figures add up to exactly 18 killed in 2 incidents.", ["exactly 18"]),
        ("The figures add up to about 18 killed in 2 incidents.", ["about 18"]),
        ("The figures add up to at most 18 killed in 2 incidents.", ["at most 18"]),
        ("Сумма приведённых чисел погибших: не менее 18.", []),
        ("Сумма приведённых чисел погибших: 18.", ["18"]),
        ("جمع ارقام کشته‌شدگان: دست‌کم ۱۸.", []),
        ("جمع ارقام کشته‌شدگان: ۱۸.", ["۱۸"]),
        ("Les chiffres donnés totalisent au moins 18 tués.", []),
        ("Les chiffres donnés totalisent 18 tués.", ["18"]),
    ],
)
def test_what_stands_before_a_sum_may_not_be_dropped(text: str, wrong: list[str]) -> None:
    assert not_held(text, SUM) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Over 170 to at least 182 people were killed.", []),
        ("170 to at least 182 people were killed.", []),
        ("170 to 182 people were killed.", ["170 to 182"]),
        ("Over 170 to 182 people were killed.", ["Over 170 to 182"]),
    ],
)
def test_an_upper_end_that_may_be_exceeded_is_no_bound(text: str, wrong: list[str]) -> None:
    kabul = incident(
        "kabul", "Attack in Kabul", "2021-08-26", claim("fatalities", 170, qualifier="over"),
        claim("fatalities", 182, qualifier="at least", by="B"), place="Kabul", country="AF",
    )  # fmt: skip
    assert not_held(text, ledger(kabul)) == wrong


@pytest.mark.parametrize("code", ["en", "ru", "fa", "tg", "ar", "fr"])
@pytest.mark.parametrize("marks", [Mark(n) for n in range(8)])
def test_sums_with_all_that_may_stand_before_them_are_held(code: str, marks: Mark) -> None:
    hedges = {
        "low": "about" if marks & Mark.NEAR_LOW else None,
        "high": "at least" if marks & Mark.OPEN else "about" if marks & Mark.NEAR_HIGH else None,
    }
    some = [
        incident(
            f"i{n}", f"Attack {n}", "2019", claim("fatalities", low, qualifier=hedges["low"]),
            claim("fatalities", high, qualifier=hedges["high"], by="B"), place="Herat",
        )
        for n, (low, high) in enumerate([(20, 40), (31, 50)])
    ]  # fmt: skip
    if marks & Mark.OPEN and marks & Mark.NEAR_HIGH:
        some.append(incident("i9", "Attack 9", "2019", claim("fatalities", 60, qualifier="about")))
    held = ledger(*some)
    with speaking(code):
        everybody = TollSums({}).of(ClaimAbout.FATALITIES, some, held.certain).everybody
        told = say("Added up over events, sources give {sum}", sum=f"{everybody.bounds} killed")
        if code != "en":
            toll = say("{toll} killed", toll=everybody.bounds)
            told = say("Added up over events, sources give {sum}", sum=toll)
    assert not not_held(f"{told}.", held), told


NEAR = incident("near", "Shelling", "2020-01-03", claim("fatalities", 10, qualifier="about"))
OPEN = incident("open", "Bombing", "2020-02-03", claim("fatalities", 6, qualifier="at least"))
SAID = {
    "en": ("At least {} people were killed.", "At least about {} people were killed."),
    "ru": ("Погибло не менее {} человек.", "Погибло не менее примерно {} человек."),
    "fa": ("دست‌کم {} نفر کشته شدند.", "دست‌کم حدود {} نفر کشته شدند."),
    "tg": ("На кам аз {} нафар кушта шуданд.", "На кам аз тақрибан {} нафар кушта шуданд."),
    "ar": ("قُتل {} شخصا على الأقل.", "قُتل نحو {} شخصا على الأقل."),
    "fr": ("Au moins {} personnes ont été tuées.", "Au moins environ {} personnes ont été tuées."),
}


@pytest.mark.parametrize("code", SAID)
def test_at_least_so_many_claims_more_than_at_least_about_so_many(code: str) -> None:
    plain, near = SAID[code]
    assert not_held(plain.format(16), ledger(NEAR, OPEN))
    assert not not_held(near.format(16), ledger(NEAR, OPEN))
    exact = OPEN.but(id="exact", claims=(claim("fatalities", 10),), title="Raid")
    assert not not_held(plain.format(16), ledger(exact, OPEN))
    assert not not_held(near.format(16), ledger(exact, OPEN))


@given(
    st.lists(
        st.tuples(st.sampled_from([9, 10, 11]), st.sampled_from([None, *Qualifier])), min_size=1
    )
)
@settings(max_examples=200, deadline=None)
def test_the_own_words_of_a_toll_are_held_alone_and_as_a_sum(figures: list) -> None:
    said = [
        claim("fatalities", n, source=f"s{at}", qualifier=hedge)
        for at, (n, hedge) in enumerate(figures)
    ]
    toll = derive_toll(said, ClaimAbout.FATALITIES).text
    one = incident("one", "Battle", "2020-01-03", *said, place="Kerman", country="IR")
    assert not not_held(f"Kerman: {toll} killed.", ledger(one))
    both = ledger(one, SILENT)
    assert not not_held(f"The figures given add up to {toll} killed in 1 incident.", both)
