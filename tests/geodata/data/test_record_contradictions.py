"""The shipped record against its documents: contradictions that were missing, and false ones.

Each value here was wrong or missing once.
"""

from __future__ import annotations

import pytest
from shipped_reading import every_record

from geodata.account.contradictions import contradictions
from geodata.records.collection import Records
from geodata.records.parties import attribution
from geodata.records.vocabulary import Attribution, Stance


@pytest.mark.parametrize(
    "identifier",
    [
        "iskp-tajik-wing-iran-attacks-2022-10--2024-01-03",
        "khilafat-afghan-helmand-area-of-operation",
        "iskp-kunduz-attacks-2022-04-17--2022-05-03",
        "iskp-mazar-i-sharif-attacks-2022-04-17--2022-05-03",
        "war-in-afghanistan-2001--2021",
    ],
)
def test_what_is_no_contradiction_is_not_listed(shipped: Records, identifier: str) -> None:
    assert identifier not in {one.id for one in contradictions(shipped)}


@pytest.mark.parametrize(
    ("identifier", "heading", "values"),
    [
        (
            "kerman-2024-01-03",
            "Where in Kerman",
            {
                "In the middle of the city",
                "At the grave of Qasem Soleimani",
                "In a procession of mourners",
            },
        ),
        (
            "kerman-2024-01-03",
            "Whom Iran holds responsible",
            {"Israel and the United States", "A citizen of Tajikistan, as the main suspect"},
        ),
        ("danghara-2018-07-29", "People hit", {"4 killed", "8 killed or injured"}),
        (
            "moscow-2017-08",
            "Who directed it",
            {"Abu Usama Noraki", "Two senior militants in Syria from the former Soviet Union"},
        ),
        ("deir-ez-zor-2017-09", "Rank of Gulmurod Khalimov", {"Colonel", "Lieutenant-colonel"}),
        ("deir-ez-zor-2017-09", "Fate of Gulmurod Khalimov", {"He was killed."}),
        (
            "nangarhar-2019-04-30",
            "What each side says of the operation",
            {"Afghan forces with US support killed civilians."},
        ),
        (
            "khwaja-ghar-2022-05-07",
            "What was fired at",
            {"A headquarters of the Tajik army", "Tajik military targets, not specified"},
        ),
        (
            "khwaja-ghar-2022-05-07",
            "First attack in Tajikistan",
            {"This one, of 7 May 2022, as the first of IS-KP"},
        ),
        ("helmand-2015-02-09", "Kind of strike", {"airstrike", "drone strike"}),
        (
            "aslam-farooqi-2020-04-04",
            "Who made the arrest",
            {"National Directorate of Security", "Afghan security forces (until 2021)"},
        ),
        (
            "iskp",
            "Attacks outside its usual area up to March 2024",
            {"Two in Shiraz and that of Kerman, as those in Iran"},
        ),
        (
            "iskp-led-by-hafiz-saeed-khan",
            "When he became governor",
            {"26 January 2015", "11 January 2015"},
        ),
        (
            "iskp",
            "How many groups merged",
            {"3 (groups that merged; January 2015)", "5 (groups that merged; January 2015)"},
        ),
        (
            "iskp-led-by-hafiz-saeed-khan",
            "Length of the term",
            {"“1 year, 18 months, 197 days”", "One year, six months and a half"},
        ),
        (
            "jamaat-ansarullah",
            "Where it is based",
            {"In Afghanistan", "In Tajikistan, as its host"},
        ),
        ("jamaat-ansarullah-merged-into-iskp", "What is said of it", {"It negotiated a merger."}),
        ("imu-merged-into-iskp", "What it was to IS-KP", {"An ally"}),
        (
            "iskp-achin-territorial-control",
            "Whether it held on in Achin",
            {"Still attacked there by Afghan special forces on 1 January 2019"},
        ),
        (
            "iskp-pakistan-area-of-operation",
            "Foothold in Pakistan",
            {"It has long kept a presence in Pakistan and attacked there now and then."},
        ),
        (
            "khilafat-afghan",
            "Tribe of Abdul Khadim Rauf",
            {"Alizai, from Helmand", "Orakzai, from Pakistan"},
        ),
        ("khilafat-afghan", "Founding", {"2013", "2014"}),
        ("katibat-mawarannahr", "Date of the letter about it", {"29 December 2016"}),
        (
            "muslim-dost-group-merged-into-iskp",
            "Date",
            {"from January 2015 on", "from 6 March 2015 on"},
        ),
        (
            "tkp",
            "Whether it still existed in late 2016",
            {"It merged into IS-KP in January 2015."},
        ),
        (
            "hig-allied-with-iskp",
            "What is said of it",
            {"Such a statement was made, and the movement supports IS-KP."},
        ),
        (
            "iskp-eastern-afghanistan-stronghold",
            "Whether the stronghold stands",
            {"A stronghold in the east of the country collapsed"},
        ),
        ("etip", "Whether it is the ETIM", set()),
        ("termez-2022-04-18", "Into the town or towards it", {"Towards Termez, Uzbekistan"}),
    ],
)
def test_contradictions_that_were_missing_are_listed(
    shipped: Records, identifier: str, heading: str, values: set[str]
) -> None:
    (found,) = [one for one in contradictions(shipped) if one.id == identifier]
    (matter,) = [one for one in found.matters if one.heading == heading]
    told = {one.value for one in matter.said}
    assert values <= told
    assert len(told) > 1


# What a careful reader lists of the five documents, by the record that must show it. Of the killed
# of Kabul 2021 one document gives a range, in which both of its figures lie.
TWENTY = [
    ("kerman-2024-01-03", "Killed", "Injured", "Responsibility", "Where in Kerman"),
    ("krasnogorsk-2024-03-22", "Killed", "Responsibility"),
    ("termez-2022-04-18", "Whether and how it happened", "Into the town or towards it"),
    ("khwaja-ghar-2022-05-07", "Whether and how it happened", "What was fired at"),
    ("khwaja-ghar-2022-05-07", "First attack in Tajikistan"),
    ("iskp", "Attacks outside its usual area up to March 2024"),
    ("danghara-2018-07-29", "Responsibility", "People hit"),
    ("moscow-2017-08", "Arrested", "Who directed it"),
    ("deir-ez-zor-2017-09", "Fate of Gulmurod Khalimov", "Rank of Gulmurod Khalimov"),
    ("darzab-2018-07", "Date"),
    ("two-sheikhs-campaign-2022-04-17--2022-05-03", "Date"),
    ("kabul-2020-05-12", "Responsibility"),
    ("nangarhar-2019-04-30", "What each side says of the operation"),
    ("jamaat-ansarullah-merged-into-iskp", "What is said of it"),
    ("jamaat-ansarullah", "Where it is based"),
    ("imu-merged-into-iskp", "What it was to IS-KP"),
    ("iskp", "How many groups merged"),
    ("iskp-led-by-hafiz-saeed-khan", "When he became governor", "Length of the term"),
    ("iskp-achin-territorial-control", "Whether it held on in Achin"),
    ("iskp-pakistan-area-of-operation", "Foothold in Pakistan"),
    ("khilafat-afghan", "Tribe of Abdul Khadim Rauf"),
    ("katibat-mawarannahr", "Date of the letter about it"),
]


@pytest.mark.parametrize(("identifier", "headings"), [(one[0], one[1:]) for one in TWENTY])
def test_each_of_the_twenty_is_listed(
    shipped: Records, identifier: str, headings: tuple[str, ...]
) -> None:
    (found,) = [one for one in contradictions(shipped) if one.id == identifier]
    assert set(headings) <= {matter.heading for matter in found.matters}


def test_a_group_is_founded_when_a_text_says_so(shipped: Records) -> None:
    founded = {c.value for c in shipped.groups_by_id["iskp"].claims if c.topic == "Founding"}
    assert founded == {"2015-01-26"}


def test_what_is_denied_or_doubted_is_told_without_a_not(shipped: Records) -> None:
    for record in every_record(shipped):
        for claim in record.claims:
            if claim.stance in (Stance.DENIES, Stance.DOUBTS) and not claim.names_party:
                words = set(str(claim.value).casefold().replace(",", "").rstrip(".").split())
                assert not words & {"no", "not", "unclear", "whether", "denied", "open"}, record.id


def test_figures_of_different_people_are_no_contradiction(shipped: Records) -> None:
    (found,) = [one for one in contradictions(shipped) if one.id == "nangarhar-2019-04-30"]
    assert "Killed" not in {one.heading for one in found.matters}


def test_contested_stays_contested(shipped: Records) -> None:
    contested = {
        one.id for one in shipped.incidents if attribution(one.claims) is Attribution.CONTESTED
    }
    assert contested == {
        "danghara-2018-07-29",
        "kabul-2020-05-12",
        "kerman-2024-01-03",
        "khwaja-ghar-2022-05-07",
        "krasnogorsk-2024-03-22",
        "kuz-kunar-2020-05-12",
        "termez-2022-04-18",
    }
