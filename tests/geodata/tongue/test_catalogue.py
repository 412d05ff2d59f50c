"""Every message in every language, with the values that it has in English."""

from __future__ import annotations

import json
import string
from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from messages import Message, messages, untold

from geodata.queries import Filter, describe_period
from geodata.scope import Totals, describe_areas, describe_scope
from geodata.tongue import (
    LANGUAGES,
    country,
    describe_date,
    digits,
    handed,
    in_brackets,
    is_english,
    is_from_right,
    joined,
    number,
    parted,
    place,
    say,
    say_many,
    speaking,
)
from geodata.tongue.catalogue import MESSAGES, catalogue
from geodata.tongue.days import BOUND

OTHERS = [code for code in LANGUAGES if code != "en"]


def read(code: str) -> Catalog:
    with (MESSAGES / f"{code}.po").open("rb") as stream:
        return read_po(stream, locale=code)


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_all_that_is_said_by_a_name_is_in_a_table():
    assert not untold()


@pytest.mark.parametrize("code", OTHERS)
def test_no_message_is_missing(code):
    known = catalogue(code).texts
    missing = sorted(one.text for one in messages() if one.text not in known)
    # What means something else elsewhere has a context, and maybe nothing without.
    missing = [one for one in missing if not any(key.endswith(f"\4{one}") for key in known)]
    assert not missing, f"{code}.po must have {missing}"


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_is_kept_that_nobody_says(code):
    said = {one.text for one in messages()}
    kept = {key.rpartition("\4")[2] for key in catalogue(code).texts}
    assert not sorted(kept - said)


@pytest.mark.parametrize("code", OTHERS)
def test_each_has_the_values_of_the_english_one(code):
    for one in read(code):
        if not one.id:
            continue
        if isinstance(one.id, str):
            assert names_in(str(one.string)) == names_in(one.id), one.id
            continue
        for form in one.string:
            # "One document" and "two documents" need no number in Arabic.
            assert names_in(form) - {"n"} == names_in(one.id[1]) - {"n"}, one.id
        assert "n" in names_in(one.string[-1]), one.id


@pytest.mark.parametrize("code", OTHERS)
def test_each_that_counts_has_a_text_for_every_form(code):
    read_in = read(code)
    counting = {Message(*one.id) for one in read_in if isinstance(one.id, tuple)}
    assert counting == {one for one in messages() if one.many}
    for one in read_in:
        if isinstance(one.id, tuple):
            assert len(one.string) == read_in.num_plurals
            assert all(one.string), one.id


@pytest.mark.parametrize("code", ["ru", "ar", "fr"])
def test_forms_are_those_of_unicode(code):
    rule, form = Locale(code).plural_form, c2py(read(code).plural_expr)
    pairs = {(rule(n), form(n)) for n in range(1_001)}
    # Each of CLDR's forms is one of the catalogue's, and no two are the same.
    tags = {tag for tag, _ in pairs}
    assert len(pairs) == len(tags) == len({n for _, n in pairs})


def test_a_message_is_said_in_the_language_that_is_spoken():
    assert say("Sources") == "Sources"
    with speaking("ru"):
        assert say("Sources") == "Источники"
        with speaking("fr"):
            assert say("No such message") == "No such message"
        assert not is_english()
    assert is_english()


@pytest.mark.parametrize(
    ("n", "words"),
    [(1, "1 документ"), (2, "2 документа"), (5, "5 документов"), (21, "21 документ")],
)
def test_a_number_chooses_its_form(n, words):
    with speaking("ru"):
        assert say_many("{n} document", "{n} documents", n) == words


def test_arabic_counts_one_and_two_without_a_number():
    with speaking("ar"):
        said = [say_many("{n} document", "{n} documents", n) for n in (1, 2, 3, 11, 100)]
    assert said == ["وثيقة واحدة", "وثيقتان", "3 وثائق", "11 وثيقة", "100 وثيقة"]


@pytest.mark.parametrize(
    ("n", "words"),
    [(3, "3 حوادث"), (11, "11 حادثًا"), (99, "99 حادثًا"), (100, "100 حادث"), (111, "111 حادثًا")],
)
def test_arabic_has_another_ending_from_eleven_on_than_for_hundreds(n, words):
    with speaking("ar"):
        assert say_many("{n} incident", "{n} incidents", n) == words


@pytest.mark.parametrize("code", OTHERS)
def test_by_a_day_is_not_until_it(code):
    with speaking(code):
        assert say("by {date}", date="2016") != say("until {date}", date="2016")
        # Nor is a beginning in the past one that goes on.
        assert not {"منذ", "depuis"} & set(describe_date("2018/..").split())


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "12,345"),
        ("ru", "12\u00a0345"),
        ("fa", "۱۲٬۳۴۵"),
        ("ar", "12,345"),
        ("fr", "12\u202f345"),
    ],
)
def test_numbers(code, text):
    with speaking(code):
        assert number(12_345) == text


def test_names_of_records_keep_numbers_beside_them_in_their_place():
    with speaking("fa"):
        assert say("{place}, {date}", place="Kerman", date="۳ دی") == "\u200fKerman\u200f، ۳ دی"
        assert say("{place}, {date}", place="کرمان", date="۳ دی") == "کرمان، ۳ دی"


DATES = [
    ("2024-01-03", "3 января 2024", "3 январи 2024", "3 يناير 2024", "3 janvier 2024"),
    ("2022-10", "октябрь 2022", "октябри 2022", "أكتوبر 2022", "octobre 2022"),
    ("2016-23", "осень 2016", "тирамоҳи 2016", "خريف 2016", "automne 2016"),
    ("2015~", "прибл. 2015", "тақрибан 2015", "نحو 2015", "vers 2015"),
    ("2018-01/..", "с января 2018", "аз январи 2018", "اعتبارًا من يناير 2018",
     "janvier 2018 et après"),
    ("../2016-23", "не позднее осени 2016", "на дертар аз тирамоҳи 2016",
     "في خريف 2016 أو قبله", "automne 2016 au plus tard"),
    ("2022-04-17/2022-05-03", "17 апреля 2022 – 3 мая 2022", "17 апрели 2022 – 3 майи 2022",
     "17 أبريل 2022 – 3 مايو 2022", "17 avril 2022 – 3 mai 2022"),
    ("XXXX", "дата неизвестна", "сана номаълум", "التاريخ غير معروف", "date inconnue"),
]  # fmt: skip


@pytest.mark.parametrize("dates", DATES, ids=lambda row: row[0])
def test_dates_are_as_precise_as_they_are(dates):
    edtf, *words = dates
    for code, said in zip(("ru", "tg", "ar", "fr"), words, strict=True):
        with speaking(code):
            assert describe_date(edtf) == said


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-01-03", "۳ ژانویهٔ ۲۰۲۴ (۱۳ دی ۱۴۰۲)"),
        ("2024-01", "ژانویهٔ ۲۰۲۴ (دی–بهمن ۱۴۰۲)"),
        ("2024-03", "مارس ۲۰۲۴ (اسفند ۱۴۰۲–فروردین ۱۴۰۳)"),
        ("2015", "۲۰۱۵ (۱۳۹۳–۱۳۹۴)"),
        # The rule of the solar calendar is not known to hold then.
        ("1204", "۱۲۰۴"),
    ],
)
def test_the_solar_calendar_stands_beside_ours_in_persian(edtf, words):
    with speaking("fa"):
        assert describe_date(edtf) == words


def test_what_has_another_ending_after_a_preposition_has_it_in_russian_alone():
    for code in OTHERS:
        contexts = [key for key in catalogue(code).texts if key.startswith(BOUND)]
        assert bool(contexts) == (code == "ru")


def test_lists_countries_and_places():
    with speaking("ar"):
        assert is_from_right()
        assert joined(["ا", "ب", "ج"]) == "ا وب وج"
        assert parted(["ا", "", "ب"]) == "ا؛ ب"
        # What is read from the left keeps its full stop at its end.
        assert in_brackets(["No.", "", "No.", "لا."]) == " (No.\u200e) (لا.)"
    with speaking("tg"):
        assert (country("TJ"), country("ZZ-none")) == ("Тоҷикистон", "ZZ-none")
        assert place("Danghara District", "TJ") == "ноҳияи Данғара"
        assert place("No such place", "TJ") == "No such place"
        # Records name the country where something is all over it.
        assert place("Tajikistan", "TJ") == "Тоҷикистон"
    with speaking("ru"):
        # Of a place in a town the town is known.
        assert place("Some hall, Kerman", "IR") == "Some hall, Керман"


@pytest.mark.parametrize(
    ("code", "country_code", "name", "called"),
    [
        # The only spellings in these letters that GeoNames has are of other languages or names.
        ("ar", "JO", "Amman", "عمّان"),
        ("ar", "AE", "Dubai", "دبي"),
        ("ar", "LB", "Tyre", "صور"),
        ("fa", "AF", "Achin", "اچین"),
        ("fa", "IR", "Jalq", "جالق"),
        ("fa", "IR", "Nasim Shahr", "نسیم‌شهر"),
        ("fr", "SY", "Raqqa", "Raqqa"),
    ],
)
def test_places_that_are_known_better_than_by_rule(code, country_code, name, called):
    with speaking(code):
        assert place(name, country_code) == called


def test_scripts_are_handed_what_they_say():
    assert handed("en", frozenset()) == {}
    persian = handed("fa", frozenset({"Sources", "spring {year}"}))
    assert persian["texts"] == {"Sources": "منابع", "spring {year}": "بهار {year}"}
    assert (persian["group"], persian["decimal"], persian["comma"]) == ("٬", "٫", "، ")
    assert persian["countries"]["TJ"] == "تاجیکستان"
    assert persian["places"]["IR|Nasim Shahr"] == "نسیم‌شهر"


@pytest.mark.parametrize("code", OTHERS)
def test_scripts_find_the_form_of_any_number(code):
    known, forms = catalogue(code), handed(code, frozenset())["forms"]
    assert all(known.form(n) == int(forms[n if n < 100 else 100 + n % 100]) for n in range(5_000))


CASES = json.loads((Path(__file__).parents[2] / "corpus" / "tongue.json").read_text("utf-8"))


@pytest.mark.parametrize("code", OTHERS)
def test_cases_that_scripts_pass_too(code):
    cases = CASES[code]
    with speaking(code):
        assert digits("2024") == cases["digits"]
        for n, text in cases["numbers"]:
            assert number(n) == text
        for one, many, n, text in cases["many"]:
            assert say_many(one, many, n) == text
        for words, last, text in cases["lists"]:
            assert joined(words, last) == text
        for day, text in cases["days"]:
            assert describe_date(day) == text
        for message, values, text in cases["said"]:
            assert say(message, **values) == text
        for totals, text in cases["scopes"]:
            assert describe_scope(Totals(**totals), "") == text
        for count, drawn, text in cases["areas"]:
            assert describe_areas(count, drawn) == text


@pytest.mark.parametrize("code", OTHERS)
def test_periods_are_said_as_in_scripts(code):
    with speaking(code):
        for first, last, text in CASES[code]["periods"]:
            asked = {"from": first, "to": last}
            said = describe_period(Filter.from_pairs([(k, v) for k, v in asked.items() if v]))
            # A whole month or year is called as a date is.
            whole = describe_date(first) if first and first == last else said
            assert text.casefold() in (said.casefold(), whole.casefold())


# Another word for what has one already: filter, toll, dataset, id, password, district, period.
OTHER_WORDS = {
    "ru": ("отбор", "Отбор", "чисел жертв", "потери", "семья"),
    "fa": ("گزینش", "پالایه", "سرخ", "شمار قربانی", "داده شد:", "عدد درست", "میله‌ها"),
    "tg": ("маҷмӯи маълумот", "гузарвожа", "қурбониён", "рамзҳои", "дар қолаби", "Хатхатӣ"),
    "ar": ("الانتقاء", "المرشح", "كلمة سر", "القضاء", "المصادر مختلفة", "وأُعطي", "الفترات"),
    "fr": ("Signe vide", "abîmé", "symboles", "hors des exports"),
}


@pytest.mark.parametrize("code", OTHERS)
def test_one_thing_is_called_by_one_word(code):
    texts = [str(one) for one in catalogue(code).texts.values()]
    assert not [one for one in texts if any(word in one for word in OTHER_WORDS[code])]
