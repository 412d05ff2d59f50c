"""Whose people a text names, and not which country."""

from __future__ import annotations

import pytest

from geodata.tongue import LANGUAGES, country, speaking
from geodata.tongue.catalogue import locale
from geodata.wording.spoken import all_of_a_people, glossed, peoples

CODES = sorted(one for one in locale("en").territories if len(one) == 2 and one.isalpha())
IN = ("", "in ", "в ", "en ", "dans ", "در ", "дар ", "في ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_of_a_country_is_no_people(language: str) -> None:
    with speaking(language):
        named = [f"{word}{country(code)}" for code in CODES for word in IN]
    assert len(named) > 2_000
    assert not [text for text in named if peoples(text)]


@pytest.mark.parametrize(
    "text",
    [
        "в Таджикистане, в Узбекистане, в Казахстане, Кыргызстан, в России, из Голландии",
        "Kyrgyzstan, Tajikistan; en Argentine, en Suisse",
        "قرقیزستان، ازبکستان، روسیه، سوریه",
        "في روسيا وسوريا وأوكرانيا وكازاخستان، قرغيزستان",
        "дар Ӯзбекистон, Швейтсария, Ҳоландия",
    ],
)
def test_nor_is_one_in_another_case_or_spelling(text: str) -> None:
    assert not peoples(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Deux citoyens de l'Iran", "IR"),
        ("ressortissants d’Espagne", "ES"),
        ("двое граждан Соединённых Штатов", "US"),
        ("two citizens of Italy, двое граждан Италии", "IT"),
        ("two nationals of the USA, U.S. citizens", "US"),
        ("شهروندان ژاپن", "JP"),
        ("شهروندان آمریکا, шаҳрвандони ИМА, граждане США", "US"),
        ("1 Suisse, deux Suisses, un citoyen suisse", "CH"),
        ("двое индийцев", "IN"),
        ("Spanish, испанец, Espagnols, اسپانیایی, إسبانيين, испаниягӣ", "ES"),
        ("Canadian, канадцы, Canadiennes, کانادایی, كنديين, канадагӣ", "CA"),
        ("Australian, австралийцы, Australiens, استرالیایی, أستراليين, австралиягӣ", "AU"),
        ("русские, россиян, روس‌ها, روسيين, русҳо, россиягӣ", "RU"),
        ("ҳоландӣ, голландец, هلندی, هولنديين", "NL"),
    ],
)
def test_people_are_known_by_their_country_or_name(text: str, code: str) -> None:
    assert [peoples(one) for one in text.split(", ")] == [{code}] * len(text.split(", "))


@pytest.mark.parametrize(
    ("before", "codes"),
    [
        ("Americans killed: ", {"US"}),
        ("Of the Americans, ", {"US"}),
        ("killed граждане США: ", {"US"}),
        ("Ressortissants américains killed : ", {"US"}),
        # Who struck, where, and who says it, is not counted.
        ("US airstrike: ", set()),
        ("Frappe américaine : ", set()),
        ("Near the Russian embassy: ", set()),
        ("US military: ", set()),
        ("After Americans, ", set()),
        ("Americans killed ", set()),
    ],
)
def test_words_before_a_number_say_whom_it_counts(before: str, codes: set[str]) -> None:
    assert all_of_a_people(before) == codes


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("قُتل أمريكيان", "killed 2 امريكي"),
        ("قُتل إسبانيان", "killed 2 اسباني"),
        ("قُتل جنديان أمريكيان", "killed 2 جندي امريكيان"),
        # What is counted as two is not counted again.
        ("وقع هجومان أمريكيان", "وقع 2 attacks امريكيان"),
        ("قتيلان أمريكيان", "2 killed امريكيان"),
        ("قُتل شخصان أمريكيان", "killed 2 people امريكيان"),
        ("قُتل مدنيان أمريكيان", "killed 2 civilians امريكيان"),
    ],
)
def test_an_arabic_dual_is_one_number(text: str, english: str) -> None:
    assert glossed(text, ()).text == english
