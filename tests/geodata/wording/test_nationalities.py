"""Parts of a toll that are told by nationality are held against those of the records."""

from __future__ import annotations

import pytest
from held_records import claim, incident, ledger, not_held

from geodata import Incident
from geodata.wording import hold

CYCLISTS = incident(
    "cyclists", "Attack on cyclists", "2018-07-29",
    claim("fatalities", 4), claim("fatalities", 2, part="US citizens"),
    claim("fatalities", 1, part="Dutch citizens"), claim("fatalities", 1, part="Swiss citizens"),
    place="Danghara", country="TJ",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Two US citizens were killed.",
        "Two Americans were killed, 1 Swiss citizen was killed.",
        "Погибли двое граждан США.",
        "Погибли двое американцев, 1 швейцарец и 1 голландец.",
        "Deux Américains ont été tués.",
        "Deux citoyens américains et un Suisse ont été tués.",
        "دو شهروند آمریکایی کشته شدند.",
        "دو آمریکایی کشته شدند.",
        "قُتل مواطنان أمريكيان.",
        "Ду шаҳрванди амрикоӣ кушта шуданд.",
        "1 citizen of Switzerland was killed, 2 citizens of the United States were killed.",
        "Погибли четверо, двое граждан США и 1 гражданин Швейцарии.",
        "1 citoyen de la Suisse a été tué.",
        "دو شهروند ایالات متحده کشته شدند.",
        "قُتل أربعة دراجين، بينهم أمريكيان.",
    ],
)
def test_parts_by_nationality_are_held(text: str) -> None:
    found = hold([text], ledger(CYCLISTS))[0]
    assert found
    assert not [one.text for one in found if not one.is_held]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        # What is true of one people is not of another, and of all not of one.
        ("Two Dutch citizens were killed.", "Two"),
        ("Four Americans were killed.", "Four"),
        ("Погибли двое граждан Швейцарии, двое швейцарцев.", "двое"),
        ("Погибли четверо американцев.", "четверо"),
        ("Deux Néerlandais ont été tués.", "Deux"),
        ("2 citizens of Switzerland were killed.", "2"),
        ("Погибли четверо, все граждане США.", "четверо"),
        ("دو شهروند سوئیس کشته شدند.", "دو"),
        ("چهار آمریکایی کشته شدند.", "چهار"),
        ("قُتل مواطنان هولنديان.", "مواطنان"),
        ("Ду ҳоландӣ кушта шуданд.", "Ду"),
    ],
)
def test_those_of_another_nationality_are_not(text: str, wrong: str) -> None:
    assert wrong in not_held(text, ledger(CYCLISTS))


GATE = incident(
    "gate", "Suicide bombing at a gate", "2021-08-26",
    claim("fatalities", 13, part="US military personnel"),
    claim("fatalities", 169, part="Afghans", qualifier="at least"),
    claim("fatalities", 170, qualifier="over"),
    place="Kabul", country="AF",
)  # fmt: skip
RAID = incident(
    "raid", "Raid", "2017-04-26", claim("fatalities", 2, part="US soldiers"),
    claim("fatalities", 1, part="leader", qualifier="at least"), country="AF",
)  # fmt: skip
EMBASSY = incident(
    "embassy", "Bombing", "2022-09-05", claim("fatalities", 6),
    claim("fatalities", 2, part="Russian embassy staff"), country="AF",
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (GATE, "More than 170 people were killed, among them US soldiers."),
        (GATE, "Over 170 people were killed as Afghans crowded the gate."),
        (GATE, "Более 170 человек погибли, в том числе американские военные."),
        (GATE, "Plus de 170 personnes ont été tuées, dont des Américains."),
        (GATE, "بیش از ۱۷۰ نفر کشته شدند، از جمله نظامیان آمریکایی."),
        (GATE, "قُتل أكثر من 170 شخصا بينهم جنود أمريكيون."),
        (GATE, "Беш аз 170 нафар кушта шуданд, аз ҷумла низомиёни амрикоӣ."),
        (GATE, "13 military personnel were killed near the Turkish post."),
        (GATE, "13 US military personnel and at least 169 Afghans were killed."),
        (GATE, "At least 169 Afghans and 13 US military personnel were killed."),
        (GATE, "Погибшие американцы: 13. After the US airstrike: over 170 killed."),
        (CYCLISTS, "Four cyclists were killed: Americans and Europeans."),
        (CYCLISTS, "US citizens: 2 killed. قتيلان أمريكيان. قُتل شخصان أمريكيان."),
        (CYCLISTS, "Of the four killed, two were Americans."),
        # Several peoples may be everybody.
        (GATE, "Over 170 Afghans and Americans were killed."),
        (GATE, "أكثر من 170 قتيلا معظمهم أفغان."),
        (CYCLISTS, "Four American, Swiss and Dutch cyclists were killed."),
        (EMBASSY, "Six people were killed near the Russian embassy."),
        (EMBASSY, "Attack on the Russian embassy: 6 killed."),
        (RAID, "Two soldiers were killed in a raid with Afghan forces."),
        (RAID, "Two soldiers were killed beside Afghan troops."),
    ],
)
def test_a_people_elsewhere_in_a_sentence_does_not_say_who_is_counted(
    one: Incident, text: str
) -> None:
    found = hold([text], ledger(one))[0]
    assert found
    assert not [(span.text, span.why) for span in found if not span.is_held]


@pytest.mark.parametrize(
    ("one", "text", "wrong"),
    [
        # Who stands before a number, and nobody behind it.
        (GATE, "Americans killed: over 170.", "over 170"),
        (GATE, "Of the Americans, more than 170 were killed.", "more than 170"),
        (GATE, "Погибшие американцы: более 170.", "более 170"),
        (CYCLISTS, "US citizens: 4 killed", "4"),
        (CYCLISTS, "Погибшие граждане США: 4.", "4"),
        (CYCLISTS, "Ressortissants américains tués : 4.", "4"),
        (CYCLISTS, "Погибли четверо американцев и швейцарец.", "четверо"),
        (CYCLISTS, "Four American and German cyclists were killed.", "Four"),
        (CYCLISTS, "Four of the killed were Americans.", "Four"),
        (CYCLISTS, "Four were killed, all of them US citizens.", "Four"),
        # A people that no figure is of.
        (CYCLISTS, "Two Spanish citizens were killed.", "Two"),
        (CYCLISTS, "Two citizens of Italy were killed.", "Two"),
        (CYCLISTS, "Two Canadian soldiers were killed.", "Two"),
        (CYCLISTS, "Four Germans were killed.", "Four"),
        (GATE, "13 Australian military personnel were killed.", "13"),
        (RAID, "Two Afghan soldiers were killed.", "Two"),
    ],
)
def test_whom_a_figure_is_said_to_count_must_be_whom_it_counts(
    one: Incident, text: str, wrong: str
) -> None:
    assert not_held(text, ledger(one)) == [wrong]
