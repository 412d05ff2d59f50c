"""Numbers in words of other languages, in all their forms, and what they count."""

from __future__ import annotations

import pytest
from spelling import SETS, spell

from geodata.tongue import say, speaking
from geodata.wording.numerals import numerals
from geodata.wording.spoken import SPOKEN, glossed

NUMBERS = [*range(1, 130), *range(170, 2_000, 91), 2_024, 12_345, 100_000, 253_000, 2_000_000]
# Whom a number counts, in each language, behind it.
THINGS = {
    "ru": "погибших",
    "fr": "morts",
    "fa": "نفر کشته شدند",
    "ar": "قتيلا",
    "tg": "нафар кушта",
}


def read(text: str) -> list[tuple[float, float, str]]:
    return [(one.low, one.high, str(one.hedge)) for one in numerals(glossed(text, ()).text)]


@pytest.mark.parametrize(
    ("code", "rules"), [(code, rules) for code, some in SETS.items() for rules in some]
)
def test_numbers_are_read_as_they_are_spelt(code: str, rules: str) -> None:
    assert {*SETS} == {*SPOKEN}
    spelt = {n: f"{spell(n, code, rules)} {THINGS[code]}" for n in NUMBERS}
    assert not {n: words for n, words in spelt.items() if read(words) != [(n, n, "")]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Several ways to write one number.
        ("vingt et une personnes, vingt-et-un morts", [(21, ""), (21, "")]),
        ("quatre vingts morts, nonante blessés, septante-deux", [(80, ""), (90, ""), (72, "")]),
        ("دو صد و هشتاد نفر، سه صد نفر", [(280, ""), (300, "")]),
        ("ثلاثمئة وخمس نساء، ثلاث مئة قتيل، ثماني عشرة امرأة", [(305, ""), (300, ""), (18, "")]),
        ("السبعة والثمانون قتيلا", [(87, "")]),
        ("قتيلان وجريحان", [(2, ""), (2, "")]),
        ("3,5 млн человек, 12 тысяч погибших", [(3.5e6, ""), (12_000, "")]),
        ("полторы тысячи погибших, двое раненых", [(1_500, ""), (2, "")]),
        ("۹۴ نفر، ۱۲٬۳۴۵ نفر", [(94, ""), (12_345, "")]),
        # Hedges, before what they hedge and behind it.
        ("не менее восьмидесяти семи погибших", [(87, "at least")]),
        ("почти сто погибших, более девяноста", [(100, "nearly"), (90, "over")]),
        ("quatre-vingt-dix morts au moins, près de cent", [(90, "at least"), (100, "nearly")]),
        ("۹۰ کشته یا بیشتر، حدود صد نفر", [(90, "at least"), (100, "about")]),
        ("تسعون قتيلا على الأقل، ما يقارب مئة قتيل", [(90, "at least"), (100, "nearly")]),
        ("на кам аз навад нафар, қариб сад нафар", [(90, "at least"), (100, "nearly")]),
        # About a number.
        ("une dizaine de morts, deux dizaines", [(10, "about"), (20, "about")]),
        ("десяток погибших, сотня раненых", [(10, "about"), (100, "about")]),
        ("plus d’une centaine de morts, moins d'une centaine", [(100, "over"), (100, "under")]),
        ("au moins une centaine de morts", [(100, "at least about")]),
        ("более сотни погибших, около сотни раненых", [(100, "over"), (100, "about")]),
        # Written as one word, or with dots between thousands.
        ("صدوسه نفر، نود‌وپنج نفر، نودودو نفر", [(103, ""), (95, ""), (92, "")]),
        ("94.000 погибших", [(94_000, "")]),
        ("94.000 tués, 1.5 millions de personnes", [(94_000, ""), (1.5e6, "")]),
        # Accents as letters of their own, and what is not seen.
        ("сто\u0301 три погибших, девя\u00adносто пять", [(103, ""), (95, "")]),
        ("quatre-vingt-quinze tue\u0301s, ze\u0301ro mort", [(95, ""), (0, "")]),
        # Nobody, in short texts, too, and what is no number.
        ("aucun mort", [(0, "")]),
        ("Aucune victime, pas de blessés, un mort", [(0, ""), (0, ""), (1, "")]),
        ("никто не пострадал, погибших нет", [(0, ""), (0, "")]),
        ("این حمله تلفاتی نداشت", [(0, "")]),
        ("ҳамла талафоти ҷонӣ надошт", [(0, "")]),
        ("بدون قتلى", [(0, "")]),
        ("никто не погиб; aucun mort, sans blessés", [(0, ""), (0, ""), (0, "")]),
        ("восемьдесят седьмой погибший", []),
        ("потеряла семью, детский сад", []),
        ("un homme a garé une voiture neuve, l'un des blessés", []),
        ("یک حمله، نه، سی", []),
        ("يوم الاثنين، أحد المهاجمين", []),
        ("Fort Dix, a cent and Mort", []),
    ],
)  # fmt: skip
def test_numbers_are_read_with_their_hedges(text: str, found: list[tuple[float, str]]) -> None:
    assert [(low, hedge) for low, _, hedge in read(text)] == found


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("десятки погибших", 20, 119),
        ("des centaines de morts", 200, 999),
        ("ده‌ها نفر کشته شدند", 20, 119),
        ("садҳо нафар кушта шуданд", 200, 999),
        ("عشرات القتلى", 20, 119),
        # At the end of a text.
        ("погибли десятки", 20, 119),
        ("des morts par dizaines", 20, 119),
        ("شمار کشته‌ها: صدها", 200, 999),
        ("القتلى عشرات", 20, 119),
        ("سقط القتلى بالعشرات", 20, 119),
        ("ما بين 94 وما يقارب 100 قتيل", 94, 100),
        ("plus de 170 à au moins 182 morts", 170, 182),
        ("десятки тысяч погибших", 20_000, 119_999),
        ("عشرات الآلاف من القتلى", 20_000, 119_999),
        ("от девяноста четырёх до почти ста погибших", 94, 100),
        ("entre quatre-vingt-quatorze et cent morts", 94, 100),
    ],
)
def test_loose_words_and_ranges(text: str, low: int, high: int) -> None:
    found = read(text)
    assert (found[0][0], found[-1][1]) == (low, high)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("события: 4; источники: 12", "4 events; 12 sources"),
        ("attaque : 94 morts", "attacks : 94 killed"),
        ("теракт: 3 мирных жителя погибли", "attacks: 3 civilians killed"),
        ("94 pour cent, cent morts", "94 %, 100 killed"),
        ("۹۴٪، ۹۴ درصد", "94%, 94 %"),
        ("94 процента", "94 %"),
        # What the program lists, with what is counted before the number.
        (
            "погибшие: 8 (инциденты: 3); без данных о числе: 2.",
            "killed: 8 in 3 incidents; 2 have no figure.",
        ),
        ("кампании и сводные данные, не учтены в сумме: 3.", "3 campaigns and counts."),
        (
            "Les plus fréquents : raid (6) et combat (2).",
            "most often recorded : raid (6) et battle (2).",
        ),
        ("الأكثر تسجيلًا: مداهمة (2) ومعركة (1)", "most often recorded: raid (2) و battle (1)"),
        ("события: 26 – 27", "26 – 27 events"),
        # "Different" events are not accounts that differ.
        ("Дар ҷойҳои гуногун 3 ҳодиса сабт шуд", "Дар ҷойҳои гуногун 3 incidents сабт шуд"),
        ("۳ رویداد متفاوت ثبت شد", "3 incidents متفاوت ثبت شد"),
        ("۳ رویداد از منابع متفاوت ثبت شد", "3 incidents از sources متفاوت ثبت شد"),
        ("روایت‌ها دربارهٔ ۲ رویداد متفاوت است", "روايتها درباره 2 incidents differ"),
        ("Гузоришҳо дар бораи 2 ҳодиса гуногунанд", "Гузоришҳо дар бораи 2 incidents differ"),
        ("Ахборот фарқ мекунад", "Ахборот differ"),
        ("94 في المئة", "94 %"),
        ("94 дарсади кушташудагон", "94 % killed"),
        ("третьего января 2024 года", "3 January 2024 года"),
        ("двадцать седьмого января", "27 January"),
        ("в январе 2024", "in January 2024"),
        ("две тысячи двадцать четвёртого года", "2024 года"),
        ("le vingt-deux mars, le 1er août", "le 22 March, le 1 August"),
        ("بیست و دوم مارس ۲۰۲۴", "22 March 2024"),
        ("۱۳ دی ۱۴۰۲", "3 January 2024"),
        ("سیزدهم دی ۱۴۰۲", "3 January 2024"),
        ("بیست و سوم دی ماه ۱۴۰۲", "13 January 2024"),
        ("бисту дуюми марти соли 2024", "22 March 2024"),
        ("الثاني والعشرين من آذار 2024", "22 of March 2024"),
        ("3 كانون الثاني 2024", "3 January 2024"),
        # The same in the other calendar says nothing more; what is not the same does.
        ("۳ ژانویهٔ ۲۰۲۴ (۱۳ دی ۱۴۰۲)", "3 January 2024"),
        ("اوت ۲۰۲۱ (مرداد–شهریور ۱۴۰۰) – ۲۰۲۴ (۱۴۰۲–۱۴۰۳)", "August 2021 – 2024"),
        ("از ۲۰۰۱ (۱۳۷۹–۱۳۸۰)", "از 2001"),
        ("۳ ژانویهٔ ۲۰۲۴ (۱۴ دی ۱۴۰۲)", "3 January 2024 (4 January 2024)"),
        ("۲۰۲۴ (۱۴۰۱–۱۴۰۲)", "2024 (1401–1402)"),
    ],
)
def test_dates_are_read(text: str, english: str) -> None:
    assert glossed(text, ()).text == english


@pytest.mark.parametrize("words", ["тысяч погибших", "dizaines de morts", "هزار نفر", "ألف قتيل"])
def test_a_number_without_end_is_read_as_one(words: str) -> None:
    [(low, _, _)] = read(f"{'9' * 400} {words}")
    assert low > 1e100


@pytest.mark.parametrize("code", SPOKEN)
def test_what_the_program_lists_is_read(code: str) -> None:
    with speaking(code):
        said = f"{say('events: {n}', n=82)}; {say('campaigns and counts: {n}', n=41)}"
    assert "41 campaigns and counts" in glossed(said, ()).text


def test_each_part_knows_where_it_stood() -> None:
    text = "По словам врача, погибли восемьдесят семь человек в Кермане."
    found = glossed(text, ())
    at = found.text.index("87")
    start, end = found.back(at, at + 2)
    assert text[start:end] == "восемьдесят семь"
    at = found.text.index("Кермане")
    assert found.back(at, at + 7) == (text.index("Кермане"), text.index("Кермане") + 7)


def test_names_and_what_is_in_english_stay() -> None:
    name = "Двадцать семь"
    assert glossed(f"{name} погибли", [(0, len(name))]).text == f"{name} killed"
    for text in ("Ninety-four were killed; six in Le Monde’s list.", "Nice, 14 July 2016", ""):
        assert glossed(text, ()).text == text
