"""What was hidden leaves no trace: no byte of what goes out depends on it.

The same records are made twice, with other hidden values: exact places within one cell, ids,
titles, texts and names of places, and all that only a source says which forbids publication.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import dataclass, replace

import pytest
from fixed_records import base_area, claim, incident
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import Filter, Records, Store, load
from geodata.datasets import CREDIT
from geodata.errors import FormatError, RequestError
from geodata.publication.prepare import DROPPABLE, Coarsening, Publication
from geodata.records import Group, Incident, Source
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.writers import WRITERS, Layout, write_briefing
from mapview.exports import EXPORTS
from mapview.outgoing import prepare_export, published_version

KABUL, KHATLON = (69.0, 34.6), (69.4, 38.2)
BOTH = list(Coarsening)
FILMS = [ending for ending, one in WRITERS.items() if one.is_film]


@dataclass(frozen=True)
class Hidden:
    """All that coarsening and licences hide.

    Attributes:
        east, north: How far from the middle of things, in degrees; a cell is half a degree high.
        text: Of ids, titles and all other texts.
        precision: How exactly places are known.
        killed: What the restricted source says.
    """

    east: float = 0
    north: float = 0
    text: str = "Somewhere"
    precision: str = "settlement"
    killed: int = 3


hidden = st.builds(
    Hidden,
    east=st.floats(-0.09, 0.09),
    north=st.floats(-0.09, 0.09),
    text=st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=12),
    precision=st.sampled_from(["site", "settlement", "near settlement"]),
    killed=st.integers(1, 10**6),
)
OTHER = Hidden(0.0371, -0.0423, "Elsewhere", "site", 41)


def _slug(number: int, one: Hidden) -> str:
    return f"{one.text.encode().hex()}-{number}"


def _incident(number: int, one: Hidden, around: tuple[float, float], **fields: object) -> Incident:
    said = (
        claim("fatalities", 7, by=f"the head of {one.text}", note=one.text),
        claim("place", one.text, locator=f"“{one.text}”"),
        *fields.pop("claims", ()),  # type: ignore[misc]
    )
    return incident(
        _slug(number, one),
        title=f"Bombing in {one.text}",
        summary=f"In {one.text}, {number}.",
        place=one.text,
        target=f"the market of {one.text}",
        points=((around[0] + one.east, around[1] + one.north),),
        geo_precision=one.precision,
        geo_basis=one.text,
        upstream={"row": one.text},
        claims=said,
        **fields,
    )


def made(one: Hidden) -> Records:
    """Records of which only the hidden part differs from call to call."""
    closed = claim("fatalities", one.killed, source="closed", locator=one.text)
    kabul = {"country": "AF", "admin1_code": "AF.13", "admin1": "Kabul"}
    khatlon = {"country": "TJ", "admin1_code": "TJ.02", "admin1": "Khatlon"}
    first, twin = (_incident(number, one, KABUL, **kabul) for number in (1, 2))
    third = _incident(
        3, one, KHATLON, event_date="2021", claims=(closed,), related=(first.id,), **khatlon
    )
    last = incident(_slug(4, one), title=one.text, event_date="2022", claims=(closed,))
    area = base_area(
        _slug(5, one),
        geometry={"type": "Point", "coordinates": [70.6 + one.east, 34.2 + one.north]},
        geo_precision=one.precision,
        radius_km=5,
        place=one.text,
        note=one.text,
        country="AF",
        claims=(claim("place", one.text),),
    )
    groups = (
        Group(id="iskp", name="IS-KP", note=one.text),
        Group(id=_slug(6, one), name=one.text, claims=(closed,)),
    )
    sources = (
        Source(id="book", title="A book", note=one.text),
        Source(id="closed", title=one.text, may_publish=False),
    )
    return Records((first, twin, third, last), (area,), groups, sources)


def export(records: Records, publication: Publication, ending: str) -> bytes:
    given_out, about = prepare_export(Store.of(records), Filter(), publication)
    return b"".join(EXPORTS[ending].pieces(given_out, about, None))


def members_of(pack: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def briefed(records: Records, publication: Publication, **options: object) -> Briefing:
    asked = BriefingOptions(publication=publication, **options)  # type: ignore[arg-type]
    return compose(Store.of(records), Filter(), asked)


@pytest.mark.parametrize("level", BOTH)
@settings(max_examples=15)
@given(one=hidden, names=st.sets(st.sampled_from(list(DROPPABLE)), max_size=2))
def test_exports_do_not_depend_on_what_is_hidden(
    level: Coarsening, one: Hidden, names: set[str]
) -> None:
    publication = Publication(coarsen=level, drop=tuple(names))
    # All formats are written from these; this one has every field.
    told = export(made(one), publication, "geojson")
    assert told == export(made(OTHER), publication, "geojson")


@pytest.mark.parametrize("ending", EXPORTS)
@pytest.mark.parametrize("level", BOTH)
def test_no_format_depends_on_what_is_hidden(level: Coarsening, ending: str) -> None:
    publication = Publication(coarsen=level)
    told = export(made(Hidden()), publication, ending)
    assert told == export(made(OTHER), publication, ending)


@pytest.mark.parametrize("level", BOTH)
@settings(max_examples=12)
@given(one=hidden)
def test_briefings_do_not_say_what_is_hidden(level: Coarsening, one: Hidden) -> None:
    publication = Publication(coarsen=level)
    here, there = (briefed(made(each), publication) for each in (one, OTHER))
    assert here == there
    assert [here.detail(line.id) for line in here.incidents] == [
        there.detail(line.id) for line in there.incidents
    ]
    assert [here.area_detail(line.id) for line in here.base_areas] == [
        there.area_detail(line.id) for line in there.base_areas
    ]
    assert here.contradictions() == there.contradictions()


# What they are made of is the same at both levels, as the test above says; a page holds all of it.
# A pack holds all other formats but films, and a film takes its pictures' pixels alone.
@pytest.mark.parametrize(
    ("level", "ending"), [(BOTH[1], "html"), *((BOTH[0], one) for one in ("zip", *FILMS))]
)
def test_files_do_not_depend_on_what_is_hidden(level: Coarsening, ending: str) -> None:
    publication = Publication(coarsen=level)
    # Of a picture a year, since twenty show nothing else.
    layout = Layout(step="year") if ending in FILMS else None
    if ending == "mp4" and not shutil.which("ffmpeg"):
        # Its pictures are those of the others.
        with pytest.raises(FormatError, match="ffmpeg"):
            write_briefing(briefed(made(OTHER), publication), ending, layout=layout)
        return
    told, other = (
        write_briefing(briefed(made(one), publication), ending, layout=layout)
        for one in (Hidden(), OTHER)
    )
    if ending == "zip":
        members = [members_of(one) for one in (told, other)]
        packed = {name.rpartition(".")[2] for name in members[0]}
        assert packed.issuperset(WRITERS.keys() - set(FILMS) - {"zip"})
        assert [name for name, raw in members[0].items() if members[1][name] != raw] == []
    assert told == other


def test_no_part_of_the_map_is_chosen_around_what_is_hidden() -> None:
    with pytest.raises(RequestError, match="extent must not be given with coarsen, got both"):
        briefed(made(Hidden()), Publication(coarsen="district"), extent=(68.9, 34.5, 69.1, 34.7))


def test_what_only_a_closed_source_says_leaves_no_trace_in_exact_files() -> None:
    here, there = made(Hidden()), made(Hidden(killed=99))
    closed = replace(
        there,
        groups=(there.groups[0], there.groups[1].but(id="other", name="Other")),
        sources=(there.sources[0], there.sources[1].but(title="Other")),
    )
    assert here.version != closed.version
    assert published_version(Store.of(here)) == published_version(Store.of(closed))
    for ending in EXPORTS:
        told = export(here, Publication(), ending)
        assert told == export(closed, Publication(), ending), ending
    assert briefed(here, Publication()) == briefed(closed, Publication())


@pytest.mark.parametrize(
    "publication", [Publication(coarsen="district"), Publication(drop=("notes",))]
)
def test_a_changed_record_is_another_version(publication: Publication) -> None:
    before = made(Hidden())
    after = replace(before, incidents=before.incidents[1:])
    versions = [briefed(one, publication).version for one in (before, after)]
    assert versions[0] != versions[1]


@pytest.mark.parametrize("level", [None, *BOTH])
def test_coarsened_records_of_ours_keep_their_credit(level: Coarsening | None) -> None:
    publication = Publication(coarsen=level)
    store = Store.of(load())
    for query in ("", "country=TJ", "type=bombing"):
        _, about = prepare_export(store, Filter.from_query(query), publication)
        assert about["credit"] == CREDIT
    _, about = prepare_export(Store.of(made(Hidden())), Filter(), publication)
    assert "credit" not in about
