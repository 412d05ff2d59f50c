"""What goes out of a store of a toll that is shared with what does not."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import geopandas
import pytest
from fixed_records import claim, incident

from geodata import Filter, Records, Source, Store, read_records
from geodata.formats.geojson import write_geojson
from geodata.importing import Settings
from geodata.large import cutting, making
from geodata.large.opening import open_large
from geodata.publication.prepare import Coarsening, Publication
from geodata.records import ClaimAbout
from geodata.workspace import (
    Workspace,
    begin_file,
    build,
    in_columns,
    open_parts,
    write_dataset,
)
from mapview.briefing.compose import BriefingOptions, compose
from mapview.exports import EXPORTS
from mapview.outgoing import outgoing, prepare_export, published

CLOSED = Source(id="closed", title="Ours", may_publish=False)
OPEN = Source(id="open", title="Report")
WITHHELD = "withheld-2020"


def shared(name: str, *others: str, source: str = "open", **fields: object):
    said = (claim("fatalities", 56, source=source),)
    return incident(name, claims=said, casualties_combined=others, related=others, **fields)


@pytest.fixture
def store() -> Store:
    records = (
        shared("a", WITHHELD, "b", country="AF"),
        shared("b", WITHHELD, "a", country="IR"),
        shared(WITHHELD, "a", "b", source="closed", country="PK"),
        shared("c", country="AF"),
    )
    return Store.of(Records(records, sources=(CLOSED, OPEN)))


def killed(records: Records) -> str:
    return Store.of(records).toll(Filter(), ClaimAbout.FATALITIES).words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "56 to 112 killed in 3 incidents"),
        # Its other half, which may go out, is not asked for, nor is what is withheld.
        ("country=AF", "56 to 112 killed in 2 incidents"),
        ("country=IR", "0 to 56 killed in 1 incident"),
        ("record=a", "0 to 56 killed in 1 incident"),
    ],
)
def test_a_toll_shared_with_what_is_withheld_stays_shared_and_names_nothing(store, query, words):
    given = outgoing(store, Filter.from_query(query), Publication()).records
    assert killed(given) == words
    assert all(one.shares_toll_beyond for one in given.incidents if one.id != "c")
    assert WITHHELD not in "".join(one.model_dump_json() for one in given.incidents)
    licensed = outgoing(store, Filter.from_query(query), Publication(licensed=True)).records
    assert not any(one.shares_toll_beyond for one in licensed.incidents)
    assert all(WITHHELD in one.casualties_combined for one in licensed.incidents if one.id in "ab")


def test_two_that_go_out_and_lost_a_third_show_both(store):
    a, b, c = published(store).everything().incidents
    assert [one.casualties_combined for one in (a, b, c)] == [("b",), ("a",), ()]
    assert [one.shares_toll_beyond for one in (a, b, c)] == [True, True, False]


@pytest.mark.parametrize("level", Coarsening)
def test_a_rounded_toll_stays_shared_with_what_was_not_asked_for(store, level):
    publication = Publication(coarsen=level, licensed=True)
    given = outgoing(store, Filter.from_query("country=AF"), publication).records
    assert killed(given) == "56 to 112 killed in 2 incidents"
    assert sorted(one.shares_toll_beyond for one in given.incidents) == [False, True]
    # Where all of one toll go out, nothing is beyond.
    given = outgoing(store, Filter(), publication).records
    assert killed(given) == "112 killed in 4 incidents"
    assert not any(one.shares_toll_beyond for one in given.incidents)


def written(store: Store, ending: str, folder: Path) -> Path:
    path = folder / f"a.{ending}"
    path.write_bytes(b"".join(EXPORTS[ending].pieces(*prepare_export(store, Filter()), None)))
    return path


@pytest.mark.parametrize("ending", ["csv", "geojson", "gpkg", "xlsx"])
def test_each_format_that_is_read_says_so_and_is_counted_so(store, ending, tmp_path: Path):
    records = read_records([written(store, ending, tmp_path)]).records
    found = {one.id: one.shares_toll_beyond for one in records.incidents}
    assert found == {"a": True, "b": True, "c": False}
    assert killed(records) == "56 to 112 killed in 3 incidents"


@pytest.mark.parametrize("ending", ["fgb", "gpkg", "parquet"])
def test_other_programs_find_it_as_a_column(store, ending, tmp_path: Path):
    path = written(store, ending, tmp_path)
    read = geopandas.read_parquet if ending == "parquet" else geopandas.read_file
    found = read(path, **({"layer": "not_placed"} if ending == "gpkg" else {}))
    assert dict(zip(found["id"], found["shares_toll_beyond"], strict=True)) == {
        "a": True, "b": True, "c": False,
    }  # fmt: skip


def test_a_kml_has_it_among_the_data_of_a_placemark(store, tmp_path: Path):
    text = written(store, "kml", tmp_path).read_text("utf-8")
    values = re.findall(r'<Data name="shares_toll_beyond">\s*<value>(\w+)</value>', text)
    assert sorted(values) == ["false", "true", "true"]
    assert WITHHELD not in text


ONE_SIDED = Records(
    (
        shared("a", country="AF", points=[(69, 34)], radius_km=30, geo_precision="district"),
        shared("b", "a", country="IR"),
        shared("c", country="AF"),
        shared(WITHHELD, "c", source="closed", country="PK"),
    ),
    sources=(CLOSED, OPEN),
)


def opened(how: str, folder: Path) -> Store:
    """A file of ours of which one side alone says that a toll is shared, opened."""
    path = folder / "own.geojson"
    write_geojson(path, ONE_SIDED)
    if how == "dataset":
        built = build(Workspace(folder), "own", begin_file(path, Settings(), "own"), [path])
        assert built
        parts = open_parts([built[0].folder], read_records)
        assert parts.datasets
        return parts.store()
    if how == "records":
        return Store.of(read_records([path]).records)
    large = partial(open_large, make=in_columns, write=write_dataset)
    return open_parts([path], read_records, large if how == "large" else lambda _: None).store()


@pytest.fixture(params=["records", "file", "large", "dataset"])
def one_sided(request, tmp_path: Path, monkeypatch) -> Store:
    monkeypatch.setattr(cutting, "LARGE_BYTES", 1)
    monkeypatch.setattr(cutting, "_PIECE_BYTES", 500)
    monkeypatch.setattr(making, "processors", lambda: 1)
    return opened(request.param, tmp_path)


def test_a_toll_that_one_side_says_is_shared_is_that_of_both(one_sided):
    sums = {"": "112 killed in 4 incidents", "country=AF": "0 to 112 killed in 2 incidents"}
    for query, words in sums.items():
        assert one_sided.toll(Filter.from_query(query), ClaimAbout.FATALITIES).words == words
    # What is withheld speaks for itself still where it goes, and the other half is not asked for.
    given = outgoing(one_sided, Filter.from_query("country=AF"), Publication()).records
    assert killed(given) == "0 to 112 killed in 2 incidents"
    assert {one.id: one.shares_toll_beyond for one in given.incidents} == {"a": False, "c": True}
    given = outgoing(one_sided, Filter(), Publication()).records
    assert killed(given) == "56 to 112 killed in 3 incidents"
    assert WITHHELD not in "".join(one.model_dump_json() for one in given.incidents)
    for level in Coarsening:
        publication = Publication(coarsen=level)
        given = outgoing(one_sided, Filter.from_query("country=AF"), publication).records
        assert all(one.shares_toll_beyond for one in given.incidents)


@pytest.mark.parametrize("record", ["a", "c"])
def test_no_headline_calls_a_toll_its_own_that_another_says_is_shared(one_sided, record):
    told = compose(one_sided, Filter.from_query(f"record={record}"), BriefingOptions())
    assert ": 56 killed; toll shared with " in told.headline
    ranked = compose(one_sided, Filter(), BriefingOptions())
    assert "toll shared with" in ranked.second or not ranked.second


def test_texts_name_nobody_who_names_them_whatever_was_asked_for():
    """Of what is withheld only the other side says that they are linked, and no filter finds it."""
    title = "Bombing of a mosque in Herat"
    records = (
        incident("a", claims=(claim("fatalities", 1, source="open"),), summary=f"After: {title}."),
        incident(
            WITHHELD,
            claims=(claim("fatalities", 56, source="closed"),),
            title=title,
            related=("a",),
        ),
    )
    store = Store.of(Records(records, sources=(CLOSED, OPEN)))
    for chosen in (Filter(), Filter(ids=("a",))):
        given = outgoing(store, chosen, Publication())
        assert [one.summary for one in given.records.incidents] == [""]
        assert any("lost summary, notes or imported cells" in one for one in given.changes)
