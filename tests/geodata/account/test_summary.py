"""Tests of the description of records: counts, coverage, sources, DATA.md."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from fixed_records import claim, incident

from geodata.account.counts import Count, Table, coverage, incident_tables, source_uses
from geodata.account.summary import covered, main, not_covered, summarise, to_markdown
from geodata.datasets import RECORDS_DIR
from geodata.records import guide
from geodata.records.collection import Records
from geodata.records.describe import safe_url
from geodata.records.model import Claim, Group, Source
from geodata.records.vocabulary import GeoPrecision, Qualifier, Stance, TimePrecision
from geodata.records.words import country_name
from geodata.tongue import LANGUAGES, digits, say, speaking

DATA_MD = Path(__file__).parents[3] / "DATA.md"


def table(heading: str, records: Records) -> dict[str, int]:
    found = next(one for one in incident_tables(records.incidents) if one.heading == heading)
    return {row.label: row.number for row in found.rows}


def killed(value: int, locator: str = "1", **fields) -> Claim:
    return claim("fatalities", value, **({"source": "s", "locator": locator} | fields))


def test_data_md_is_that_of_the_shipped_records(shipped: Records) -> None:
    written = DATA_MD.read_text(encoding="utf-8")
    assert written == to_markdown(shipped), "DATA.md must follow the records: run `make data`"


def test_the_command_writes_the_same_text(shipped: Records, tmp_path: Path) -> None:
    main([str(tmp_path / "DATA.md")])
    assert (tmp_path / "DATA.md").read_text(encoding="utf-8") == to_markdown(shipped)


def test_counts_are_those_of_the_files(shipped: Records) -> None:
    """Counted anew from the JSON itself, without the model."""
    features = json.loads((RECORDS_DIR / "incidents.geojson").read_text("utf-8"))["features"]
    values = [feature["properties"] for feature in features]
    assert table("By type", shipped) == Counter(
        kind for one in values for kind in one["event_types"]
    )
    assert table("By country", shipped) == Counter(
        country_name(one["country"]) if one.get("country") else "no country" for one in values
    )
    assert table("By precision of the place", shipped) == Counter(
        one.get("geo_precision", "unknown") for one in values
    )
    starts = (re.match(r"\d{3}[\dX]", one["event_date"]) for one in values)
    years = Counter(start[0].replace("X", "0") for start in starts if start)
    found = table("By year", shipped)
    assert found.pop("no first day", 0) == len(values) - years.total()
    assert found == years


@pytest.mark.parametrize(
    "heading",
    [
        "By year",
        "By country",
        "By precision of the place",
        "By precision of the time",
        "By status",
        "By attribution",
        "By kind of record",
    ],
)
def test_every_incident_is_in_one_row(heading: str, shipped: Records) -> None:
    assert sum(table(heading, shipped).values()) == len(shipped.incidents)


def test_an_incident_counts_for_each_of_its_types() -> None:
    two = Records((incident(event_types=("bombing", "arson")), incident("two")))
    assert table("By type", two)["arson"] == 1
    assert sum(table("By type", two).values()) == 3


def test_rows_keep_the_order_and_measure_of_the_largest() -> None:
    records = Records(tuple(incident(str(n), country="TJ" if n else "AF") for n in range(3)))
    by_country = incident_tables(records.incidents)[2]
    assert by_country == Table(
        "By country", "Country", (Count("Tajikistan", 2, 1.0), Count("Afghanistan", 1, 0.5))
    )
    assert list(table("By precision of the time", records)) == ["day"]


def test_every_record_is_on_the_map_or_has_a_reason(shipped: Records) -> None:
    facts = coverage(shipped)
    assert facts.placed == sum(one.is_mappable for one in shipped.incidents)
    assert facts.placed + sum(one.number for one in facts.unplaced) == len(shipped.incidents)
    areas = facts.areas_placed + sum(one.number for one in facts.areas_unplaced)
    assert areas == len(shipped.base_areas)


def test_reasons_for_no_place() -> None:
    records = Records(
        (
            incident("a", record_kind="aggregate", country="AF", geo_precision="country"),
            incident("b", country="AF", geo_precision="country"),
            incident("c"),
            incident("d", country="AF", geo_precision="district"),
        ),
    )
    reasons = {one.label: one.number for one in coverage(records).unplaced}
    assert reasons == {
        "a count or campaign over many events": 1,
        "only the country is given": 1,
        "no place is given": 1,
        "only a district is named, and no position is known for it": 1,
    }


def test_period_leaves_out_open_ends() -> None:
    spans = ("../2014-05-02", "2015-02/..", "XXXX", "2016")
    facts = coverage(
        Records(tuple(incident(str(n), event_date=one) for n, one in enumerate(spans)))
    )
    assert (str(facts.first), str(facts.last)) == ("2015-02-01", "2016-12-31")


def test_every_claim_rests_on_one_document(shipped: Records) -> None:
    documents, cited = source_uses(shipped)
    records = (*shipped.incidents, *shipped.base_areas, *shipped.groups, *shipped.relations)
    assert sum(one.claims for one in documents) == sum(len(one.claims) for one in records)
    assert all(one.source.is_document for one in documents)
    assert not any(one.claims or one.source.is_document for one in cited)
    assert len(documents) + len(cited) == len(shipped.sources)


def test_an_unlisted_source_stands_under_its_id() -> None:
    said = killed(1, source="gone", cites=("behind", "behind"))
    documents, cited = source_uses(Records((incident(claims=(said,)),)))
    assert [(one.source.title, one.incidents, one.claims) for one in documents] == [("gone", 1, 1)]
    assert [(one.source.title, one.citing) for one in cited] == [("behind", 1)]


def test_families_are_named_by_title() -> None:
    sources = (Source(id="a", title="Book"), Source(id="b", title="Copy", derived_from=("a",)))
    summary = summarise(Records(sources=(*sources, Source(id="c", title="Alone"))))
    assert summary.families == (("Book", "Copy"),)


def test_the_sentences_name_the_limits(shipped: Records) -> None:
    summary = summarise(shipped)
    text = " ".join((*covered(summary), *not_covered(summary)))
    assert f"{len(summary.documents)} documents" in text
    assert f"recorded on their own as well: {summary.coverage.aggregates}." in text
    for country in summary.coverage.countries:
        assert country in text
    assert text.isprintable()


def test_the_guide_explains_every_word() -> None:
    assert list(guide.DRAWN) == list(GeoPrecision)
    assert list(guide.TIME_WORDS) == list(TimePrecision)
    assert list(guide.STANCE_WORDS) == list(Stance)
    assert list(guide.QUALIFIER_WORDS) == list(Qualifier)


def test_no_records_make_a_text_too() -> None:
    text = to_markdown(Records())
    assert "0 incidents" in text
    assert "Period:" not in text


def test_hostile_text_stays_text_in_markdown(everything_records: Records) -> None:
    text = to_markdown(everything_records)
    assert re.search(r"(?<!\\)<(?!https?://)", text) is None
    lines = text.splitlines()
    heads = [lines[n - 1] for n, line in enumerate(lines) if line.startswith("| --- |")]
    assert heads
    width = 0
    for line in lines:
        cells = len(re.findall(r"(?<!\\)\|", line))
        width = (width or cells) if line.startswith("| ") else 0
        assert not line.startswith("| ") or cells == width


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a.example/| x", "ftp://a/b"])
def test_only_plain_addresses_become_links(address: str) -> None:
    source = Source(id="s", title="T", url=address, is_document=True)
    assert address not in to_markdown(Records(sources=(source,)))
    good = source.model_copy(update={"url": "https://a.example/b?c=1"})
    assert "<https://a.example/b?c=1>" in to_markdown(Records(sources=(good,)))
    assert safe_url(good.url) == good.url


def test_groups_are_counted_by_kind() -> None:
    (kinds,) = summarise(Records(groups=(Group(id="g", name="G", kind="state"),))).groups
    assert kinds.rows == (Count("state", 1, 1.0),)


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("en", ("Only what 1 document tells", "Only what 2 documents tell", "5 documents")),
        ("ru", ("говорит 1 документ.", "говорят 2 документа.", "говорят 5 документов.")),
        ("ar", ("في وثيقة واحدة.", "في وثيقتين.", "في 5 وثائق.")),
        ("fr", ("dit 1 document ", "disent 2 documents ", "disent 5 documents ")),
        ("fa", ("در ۱ سند ", "در ۲ سند ", "در ۵ سند ")),
    ],
)
def test_sentences_agree_with_their_numbers(code: str, texts: tuple[str, ...]) -> None:
    read = [Source(id=str(n), title="T", is_document=True) for n in range(5)]
    for count, text in zip((1, 2, 5), texts, strict=True):
        with speaking(code):
            assert text in not_covered(summarise(Records(sources=tuple(read[:count]))))[0]


def test_in_any_language_years_are_in_order_and_those_without_one_are_last() -> None:
    dates = ("2019", "../2014", "0987", "2009")
    records = tuple(incident(str(n), event_date=one) for n, one in enumerate(dates))
    for code in LANGUAGES:
        with speaking(code):
            rows = incident_tables(records)[1].rows
            years = [digits(one) for one in ("0987", "2009", "2019")]
            assert [one.label for one in rows] == [*years, say("no first day")]


def test_reasons_and_kinds_are_said_in_the_language() -> None:
    records = Records((incident("a", country="AF", geo_precision="district"),))
    with speaking("ru"):
        [reason] = coverage(records).unplaced
        assert reason.label == "указано лишь: район; положение неизвестно"
        assert [one.label for one in incident_tables(records.incidents)[7].rows] == ["событие"]
