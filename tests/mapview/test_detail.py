"""What the detail view says, and that it says it as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from fixed_records import incident as fixed_incident
from samples import HOSTILE, hostile_records

from geodata import BaseArea, Claim, Group, Incident, Records, Source, load
from geodata.queries.areas import AreaView
from geodata.records.dates import Reach, Validity
from geodata.records.describe import safe_url
from mapview.briefing.page import told_of_incident
from mapview.detail import area_line, describe_incident, incident_line
from mapview.lines import AreaLine, Detail, IncidentLine

KERMAN = "kerman-2024-01-03"
SHARING = ("kabul-2020-05-12", "kuz-kunar-2020-05-12")


def detail_of(identifier: str, records: Records | None = None) -> Detail:
    found = records or load()
    by_id = found.incidents_by_id
    return describe_incident(by_id[identifier], found, by_id.get)


def claims_about(heading: str, detail: Detail) -> dict[str, str]:
    group = next(one for one in detail.claim_groups if one.heading == heading)
    return {claim.value: claim.by for claim in group.claims}


def made(*claims: Claim, **values: object) -> Detail:
    plain = {"id": "a", "title": "A", "event_date": "2020-01-01", "event_types": ("bombing",)}
    incident = Incident(**(plain | values), claims=claims)
    sources = tuple(Source(id=one, title=one.upper()) for one in ("s", "t"))
    copy = Source(id="copy", title="COPY", derived_from=("s",))
    records = Records((incident,), (), (), (*sources, copy))
    return describe_incident(incident, records, records.incidents_by_id.get)


def test_kerman_keeps_all_figures_side_by_side() -> None:
    detail = detail_of(KERMAN)
    killed = claims_about("Killed", detail)
    assert {"94", "96", "nearly 100"} <= set(killed)
    assert detail.tolls == (("Killed", "94 to nearly 100"), ("Injured", "284 to over 300"))
    group = next(one for one in detail.claim_groups if one.heading == "Killed")
    assert group.summary.startswith("sources differ")
    assert all(claim.differs for claim in group.claims)
    assert all(claim.source.text and claim.locator for claim in group.claims)


def line_of(identifier: str) -> IncidentLine:
    return incident_line(load().incidents_by_id[identifier], load())


def test_what_is_known_only_to_the_country_has_a_place_in_no_line() -> None:
    somewhere = {"points": ((69.2, 34.5),), "country": "AF", "radius_km": 800}
    incident = fixed_incident(geo_precision="country", **somewhere)
    records = Records((incident,))
    assert incident_line(incident, records).points == ()
    assert describe_incident(incident, records, records.incidents_by_id.get).point is None
    assert area_of(geo_precision="country").point is None


def test_a_line_has_numbers_and_words() -> None:
    line = line_of(KERMAN)
    assert (line.killed, line.most_killed) == ("94 to nearly 100", 100)
    assert (line.place, line.locality, line.country) == ("Kerman, Iran", "Kerman", "IR")
    assert (line.precision, line.is_placed) == ("settlement", True)
    assert line.precision_words == "known to the town or village"
    assert line.points == load().incidents_by_id[KERMAN].points


def area_of(**values: object) -> AreaLine:
    plain = {"id": "a", "group": "g", "level": "district", "kind": "stronghold"}
    plain |= {"status": "reported", "last_cited": "2021", "country": "AF", "radius_km": 5}
    plain |= {"geo_precision": "district", "geometry": {"type": "Point", "coordinates": [69, 34]}}
    group = Group(id="g", name="The Group", short_name="G")
    return area_line(
        AreaView(BaseArea(**(plain | values)), is_faded=True), Records(groups=(group,)), {"g": 7}
    )


def test_a_base_area_has_its_days_and_a_point_in_it() -> None:
    line = area_of(place="Achin", admin1="Nangarhar", valid_from="2015", valid_to="2017-03")
    assert (line.group_name, line.group_label, line.hatch) == ("The Group", "G", 7)
    assert (line.place, line.locality) == ("Achin, Nangarhar, Afghanistan", "Achin")
    assert line.validity.possible == Reach(date(2015, 1, 1), date(2017, 3, 31))
    assert line.validity.certain == Reach(date(2015, 12, 31), date(2017, 3, 1))
    assert (line.point, line.is_placed, line.is_faded) == ((69, 34), True, True)
    ring = [[0, 0], [9, 0], [9, 1], [1, 1], [1, 9], [0, 9], [0, 0]]
    bent = area_of(geometry={"type": "Polygon", "coordinates": [ring]})
    assert bent.point is not None
    assert min(bent.point) < 1


def test_a_base_area_without_days_or_outline_has_none() -> None:
    line = area_of(geometry=None, radius_km=None, last_cited="XXXX")
    assert (line.validity, line.point, line.is_placed) == (Validity(), None, False)


def test_every_claim_is_shown_once_with_its_source() -> None:
    for incident in load().incidents:
        detail = detail_of(incident.id)
        shown = [claim for group in detail.claim_groups for claim in group.claims]
        assert len(shown) == len(incident.claims)
        assert {claim.source.id for claim in shown} == set(incident.sources)
        assert all(claim.source.text for claim in shown)


def test_disputed_and_foiled_are_badges() -> None:
    badges = {badge.text: badge.tone for badge in detail_of("termez-2022-04-18").badges}
    assert badges["Disputed"] == "warn"
    assert "Foiled" in [badge.text for badge in detail_of("moscow-2017-08").badges]
    plain = {badge.text: badge.tone for badge in detail_of(KERMAN).badges}
    assert plain["Carried out"] == "plain"
    assert plain["Known to the town or village"] == "quiet"


def test_contested_attribution_is_a_warning() -> None:
    claims = (
        Claim(about="attribution", value="x", stance="claims", source="s"),
        Claim(about="attribution", value="x", stance="denies", source="t"),
    )
    for count, word, tone in ((2, "Contested", "warn"), (1, "Claimed", "plain")):
        badge = next(one for one in made(*claims[:count]).badges if one.text == word)
        assert (badge.tone, badge.help) == (tone, "Responsibility")


def test_precision_of_date_is_a_badge_unless_it_is_a_day() -> None:
    assert "Date: month" in [badge.text for badge in detail_of("shiraz-2022-10").badges]
    assert not [badge for badge in detail_of(KERMAN).badges if badge.text.startswith("Date")]


def test_combined_toll_names_the_other_place() -> None:
    assert [one.id for one in detail_of("kabul-2020-05-12").combined] == ["kuz-kunar-2020-05-12"]
    assert [one.id for one in detail_of("kuz-kunar-2020-05-12").combined] == ["kabul-2020-05-12"]


def test_killed_or_injured_together_is_said_where_a_source_counts_so() -> None:
    eight = Claim(about="casualties", value=8, source="s", qualifier="about")
    assert made(eight).tolls == (
        ("Killed", "not stated"),
        ("Injured", "not stated"),
        ("Killed or injured", "about 8"),
    )
    assert line_of("danghara-2018-07-29").together == "8 killed or injured"
    assert line_of(KERMAN).together == ""


def test_parties_stand_by_role_with_what_must_stand_beside_them() -> None:
    facts = dict(detail_of("krasnogorsk-2024-03-22").facts)
    assert facts["Actors"] == "IS-KP"
    assert facts["Accused"] == "Ukraine (No evidence was given for it, says the article.)"
    assert dict(detail_of("kabul-2020-05-12").facts)["Cleared"] == "Taliban"


def test_what_happened_has_its_status_and_caveats() -> None:
    told = Claim(about="occurrence", value="x", stance="claims", source="s", caveat="Alleged.")
    fields = {"id": "a", "title": "A", "event_date": "2020", "event_types": ("plot", "arson")}
    one = Incident(**fields, status="claimed only", claims=(told, told))
    assert incident_line(one, Records((one,))).what == "plot, arson; claimed only (Alleged.)"
    plain = Incident(**fields)
    assert incident_line(plain, Records((plain,))).what == "plot, arson"


@pytest.mark.parametrize(("about", "heading"), [("target", "Target"), ("means", "Means")])
def test_what_is_in_doubt_of_the_target_is_not_said_of_the_toll(about: str, heading: str) -> None:
    doubted = Claim(about=about, value="x", source="s", caveat="Said in custody.")
    toll = Claim(about="fatalities", value=4, source="s")
    one = Incident(
        id="a", title="A", event_date="2020", event_types=("attack",), claims=(doubted, toll)
    )
    line = incident_line(one, Records((one,)))
    assert line.doubts == ()
    assert line.what == f"attack ({heading}: Said in custody.)"


def test_links_to_unlisted_incidents_are_left_out() -> None:
    assert made(related=("gone",), casualties_combined=("gone",)).related == ()


@pytest.mark.parametrize(
    ("shared", "with_whom"),
    [
        ({}, ()),
        ({"casualties_combined": ("gone",)}, ("incidents that are not shown here",)),
        ({"shares_toll_beyond": True}, ("incidents that are not shown here",)),
    ],
)
def test_a_toll_is_one_with_that_of_incidents_that_are_not_shown(shared, with_whom) -> None:
    assert made(**shared).one_toll_with == with_whom
    kabul, kuz_kunar = (load().incidents_by_id[one] for one in SHARING)
    assert detail_of(kabul.id).one_toll_with == (f"{kuz_kunar.title} (12 May 2020)",)
    both = Records((kabul.but(shares_toll_beyond=True), kuz_kunar))
    assert detail_of(kabul.id, both).one_toll_with == (
        f"{kuz_kunar.title} (12 May 2020)", "incidents that are not shown here",
    )  # fmt: skip
    assert told_of_incident(detail_of(kabul.id, both))["detail"]["combined"] == [
        f"{kuz_kunar.title} (12 May 2020)", "incidents that are not shown here",
    ]  # fmt: skip


def test_one_document_that_gives_two_figures_is_no_two_sources_that_differ() -> None:
    figures = [Claim(about="fatalities", value=n, source="s") for n in (144, 145)]
    told = made(*figures).claim_groups[0].summary
    assert told == "one document disagrees with itself; 1 independent source"
    for other in ({"by": "B"}, {"cites": ("t",)}):
        told = made(figures[0], figures[1].but(**other)).claim_groups[0].summary
        assert told == "sources differ; 1 independent source"
    krasnogorsk = detail_of("krasnogorsk-2024-03-22").claim_groups
    (killed,) = (one for one in krasnogorsk if one.heading == "Killed")
    assert killed.summary == "one document disagrees with itself; 1 independent source"


def test_agreement_counts_families_once() -> None:
    three = [Claim(about="fatalities", value=5, source=one) for one in ("s", "t", "copy")]
    assert made(*three).claim_groups[0].summary == (
        "2 independent sources (3 texts, some copied from one another)"
    )
    assert made(three[0]).claim_groups[0].summary == "1 independent source"
    other = Claim(about="fatalities", value=6, source="t")
    assert made(three[0], other).claim_groups[0].summary == (
        "sources differ; 2 independent sources"
    )


def test_parts_are_no_disagreement() -> None:
    total = Claim(about="injured", value=9, source="s", locator="1")
    part = Claim(about="injured", value=4, part="police", source="s", locator="1")
    group = made(total, part).claim_groups[0]
    assert [claim.value for claim in group.claims] == ["9", "4 (police)"]
    assert not any(claim.differs for claim in group.claims)


def test_denial_is_a_disagreement() -> None:
    claims = (
        Claim(about="attribution", value="x", stance="claims", by="X", source="s"),
        Claim(about="attribution", value="x", stance="denies", by="Y", source="t"),
    )
    lines = made(*claims).claim_groups[0].claims
    assert [(line.by, line.stance, line.differs) for line in lines] == [
        ("X", "claimed it for", True),
        ("Y", "denied that it was", True),
    ]


def test_answers_to_one_question_stand_under_it() -> None:
    claims = (
        Claim(about="other", value="Colonel", topic="His rank", source="s"),
        Claim(about="other", value="Major", topic="His rank", source="t"),
        Claim(about="fatalities", value=4, topic="People hit", source="s"),
        Claim(about="casualties", value=8, topic="People hit", source="t"),
        Claim(about="other", value="He fled.", source="s"),
    )
    found = made(*claims).claim_groups
    groups = {one.heading: [line.value for line in one.claims] for one in found}
    assert groups["His rank"] == ["Colonel", "Major"]
    assert groups["People hit"] == ["4 killed", "8 killed or injured"]
    assert groups["Also said"] == ["He fled."]


def test_numbers_and_parties_say_what_they_are() -> None:
    claims = (
        Claim(about="count", value=10, part="rockets", source="s"),
        Claim(about="involved", value="x", role="target", source="s"),
        Claim(about="involved", value="y", role="other", source="s"),
    )
    found = made(*claims).claim_groups
    groups = {one.heading: [line.value for line in one.claims] for one in found}
    assert groups == {"Parties named": ["x (target)", "y"], "Number": ["10 (rockets)"]}


@pytest.mark.parametrize(
    ("place", "country", "others", "words"),
    [
        ("Iraq and Syria", "", ("IQ", "SY"), "Iraq and Syria"),
        ("Kashmir", "", ("IN", "PK"), "Kashmir (concerns India and Pakistan)"),
        ("", "UZ", ("AF",), "Uzbekistan (also concerns Afghanistan)"),
        ("Nigeria", "", ("NE",), "Nigeria (concerns Niger)"),
        ("", "", ("US",), "country unknown (concerns United States)"),
    ],
)
def test_countries_concerned_are_told_once(place, country, others, words) -> None:
    fields = {"place": place, "country": country, "other_countries": others}
    assert made(**fields).place == words


def test_figures_and_dates_are_in_words() -> None:
    claims = (
        Claim(about="fatalities", value=1234, qualifier="at least", source="s"),
        Claim(about="date", value="2020-01", source="s"),
        Claim(about="occurrence", stance="claims", source="unlisted"),
    )
    groups = {group.heading: group.claims[0] for group in made(*claims).claim_groups}
    assert groups["Killed"].value == "at least 1,234"
    assert groups["Date"].value == "January 2020"
    assert groups["What is said to have happened"].value == ""
    assert groups["What is said to have happened"].source.text == "unlisted"


def test_without_claims_tolls_are_not_stated() -> None:
    detail = made()
    assert detail.claim_groups == ()
    assert detail.tolls == (("Killed", "not stated"), ("Injured", "not stated"))


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (" http://example.org ", "http://example.org"),
        ("HTTPS://EXAMPLE.ORG", "HTTPS://EXAMPLE.ORG"),
        ("javascript:alert(1)", ""),
        (" java\nscript:alert(1)", ""),
        ("data:text/html,<script>", ""),
        ("vbscript:x", ""),
        ("file:///etc/passwd", ""),
        ("//example.org/a", ""),
        ("https:///nowhere", ""),
        ("http://[broken", ""),
        ("https://example.org/a\x0bb", "https://example.org/a%0Bb"),
        ("https://example.org/a b\x00c\n", "https://example.org/a%20b%00c"),
        ("https://example.org/\u202egro.live", "https://example.org/%E2%80%AEgro.live"),
        ("https://example.org/\ufffe'", "https://example.org/%EF%BF%BE'"),
        ("https://xn--e1afmkfd.example:8080/я", "https://xn--e1afmkfd.example:8080/я"),
        ("https://[::1]:8080/", "https://[::1]:8080/"),
        ("https://user:pw@example.org/", ""),
        ("https://bank.example\\@example.org/", ""),
        ("https://example.org:99999/", ""),
        ("https://exa mple.org/", ""),
        ("https://example.org/" + "x" * 3_000, ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(address: str, safe: str) -> None:
    assert safe_url(address) == safe


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_record_is_told_letter_by_letter(text: str) -> None:
    """Browsers set what is told as text, so nothing of it is escaped or cut on the way."""
    records = hostile_records(text)
    for identifier in records.incidents_by_id:
        told = told_of_incident(detail_of(identifier, records))
        texts = list(texts_in(json.loads(json.dumps(told))))
        assert sum(text in one for one in texts) >= 12
        addresses = {url for _, *urls in told["sources"] for url in urls}
        assert addresses == {"https://example.org/%22%3E%3Cscript%3Ealert(1)%3C/script%3E"}


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_in(one)
