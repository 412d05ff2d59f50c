"""A large file is checked as the same file read whole."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from fixed_records import everything, incident
from hypothesis import given, settings
from strategies import record_sets

from geodata import Records, read_records
from geodata.checks import tell_far_dates, validate
from geodata.formats.geojson import write_geojson
from geodata.large import check_large


def agree(records: Records) -> bool:
    """Whether a file of records is checked in parts; what is found must be the same."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "all.geojson"
        write_geojson(path, records)
        found, whole = check_large(path), read_records([path])
    if found is None:
        return False
    problems = [*whole.problems, *validate(whole.records)]
    assert sorted(map(str, found.problems)) == sorted(map(str, problems))
    notes = [*whole.notes, *tell_far_dates(whole.records.incidents)]
    assert [str(one) for one in found.notes] == [str(one) for one in notes]
    assert found.incidents == len(whole.records.incidents)
    assert found.base_areas == len(whole.records.base_areas)
    assert found.context.groups == whole.records.groups
    assert found.context.sources == whole.records.sources
    return True


@given(records=record_sets())
@settings(max_examples=20)
def test_it_is_checked_as_the_file_read_whole(records: Records) -> None:
    agree(records)


def test_links_are_followed_beyond_a_part() -> None:
    many = [incident(f"one-{number}") for number in range(60)]
    many[0] = many[0].but(related=["one-59"], casualties_combined=["one-59", "nowhere"])
    many[59] = many[59].but(related=["one-0"])
    whole = everything()
    assert agree(Records(tuple(many), groups=whole.groups, sources=whole.sources))


def test_a_link_to_what_links_to_nothing_is_checked_by_reading_it_whole() -> None:
    many = [incident("first").but(related=["second"]), incident("second")]
    whole = everything()
    assert not agree(Records(tuple(many), groups=whole.groups, sources=whole.sources))


def test_a_date_far_from_all_others_is_told() -> None:
    many = [incident(f"one-{number}", event_date=str(1990 + number)) for number in range(30)]
    stray = incident("stray", event_date="0202-10-03")
    whole = everything()
    assert agree(Records((*many, stray), groups=whole.groups, sources=whole.sources))
