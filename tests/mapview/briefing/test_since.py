"""What has changed since an earlier pack: new, revised and withdrawn, claim by claim."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pptx
import pytest
from office_files import document_of, slides_of
from page_reading import text_of

from geodata import Claim, Filter, Incident, Records, Source, Store
from geodata.errors import FormatError, RequestError
from geodata.publication import Coarsening, Publication
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing, Since
from mapview.briefing.pack import write_pack
from mapview.briefing.page import write_page
from mapview.briefing.progress import Progress
from mapview.briefing.writers import DATA_WRITERS, Layout

SOURCES = (Source(id="s", title="A report", publisher="The Agency", date="2024", is_document=True),)


def claim(about: str, value: object, **more: object) -> Claim:
    fields = {"about": about, "value": value, "source": "s", "locator": "paragraph 3"}
    return Claim.model_validate({**fields, **more})


def incident(one_id: str, *claims: Claim, **more: object) -> Incident:
    fields = {"id": one_id, "title": f"Attack {one_id}", "event_date": "2024-01-03"}
    fields |= {"event_types": ["bombing"], "country": "IR", "place": "Kerman"}
    return Incident.model_validate({**fields, "claims": claims, **more})


SAME = incident("same", claim("fatalities", 5))
GONE = incident("gone", claim("fatalities", 2), event_date="2023")
MOVED = incident("moved", claim("fatalities", 1), event_date="2024-02")
BEFORE = (SAME, GONE, MOVED, incident("a", claim("fatalities", 94), claim("injured", 284)))
AFTER = (
    SAME,
    MOVED.but(country="PK"),
    incident(
        "a",
        claim("fatalities", 96, qualifier="at least"),
        claim("attribution", "is", stance="claims", role="actor", by="IS"),
        status="disputed",
    ),
    incident("b", claim("fatalities", 3), event_date="2024-05"),
)


def store_of(*incidents: Incident) -> Store:
    return Store.of(Records(incidents, sources=SOURCES))


def packed(folder: Path, briefing: Briefing) -> Path:
    """Write a pack whose data are as in any, and whose pictures are empty."""

    def make(ending: str, _: str, progress: Progress) -> bytes:
        writer = DATA_WRITERS.get(ending)
        return writer.write(briefing, Layout(), progress) if writer else b""

    path = folder / "earlier.zip"
    path.write_bytes(write_pack(briefing, make, "What the map shows."))
    return path


IRAN = Filter(countries=("IR",), base_areas=False)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return packed(tmp_path, compose(store_of(*BEFORE), IRAN))


@pytest.fixture
def briefing(pack: Path) -> Briefing:
    return compose(store_of(*AFTER), IRAN, BriefingOptions(since=pack))


def changes(briefing: Briefing) -> Since:
    assert briefing.since
    return briefing.since


def test_each_change_is_told_with_the_old_and_the_new_claim(briefing: Briefing) -> None:
    since = changes(briefing)
    version = compose(store_of(*BEFORE), IRAN).version
    assert since.heading == f"Changed since data version {version} (sources up to 2024)"
    assert since.lead == "4 incidents have changed: 1 new, 1 revised, 2 withdrawn."
    assert since.changes[0].title == "Attack b, May 2024"
    told = {(one.kind, one.incident): one.told for one in since.changes}
    assert list(told) == [
        ("new", "b"), ("revised", "a"), ("withdrawn", "gone"), ("withdrawn", "moved")
    ]  # fmt: skip
    assert told["new", "b"] == ("Killed: 3 – The Agency, paragraph 3.",)
    revised = told["revised", "a"]
    assert revised[0] == "Status: disputed; before: carried out."
    assert (
        "Killed: at least 96 – The Agency, paragraph 3; before: 94 – The Agency, paragraph 3."
    ) in revised
    assert revised[-2].startswith("New claim, responsibility: ")
    assert revised[-2].endswith("– IS, paragraph 3.")
    assert revised[-1] == "Claim withdrawn, injured: 284 – The Agency, paragraph 3."
    assert told["withdrawn", "gone"] == ("It is in the record no more.",)
    assert told["withdrawn", "moved"][0].startswith("It is still in the record, but is not found")


def test_that_a_toll_is_shared_is_told_beside_new_figures(pack: Path) -> None:
    found = (
        SAME.but(shares_toll_beyond=True),
        BEFORE[3].but(casualties_combined=("b",)),
        incident("b", claim("fatalities", 94), casualties_combined=("a",)),
        incident("c", claim("attribution", "is", stance="claims"), shares_toll_beyond=True),
    )
    since = changes(compose(store_of(*found), IRAN, BriefingOptions(since=pack)))
    told = {one.incident: one.told for one in since.changes}
    assert told["b"] == (
        "Killed: 94 – The Agency, paragraph 3.", "Toll shared with another incident.",
    )  # fmt: skip
    assert told["a"] == ("Toll shared with another incident.",)
    assert told["same"] == ("Toll shared with incidents that are not shown here.",)
    assert not any("shared" in one for one in told["c"])


def test_nothing_changes_by_itself(pack: Path) -> None:
    same = compose(store_of(*BEFORE), IRAN, BriefingOptions(since=pack))
    assert changes(same).changes == ()
    assert changes(same).lead == "No incident has changed."


def test_pages_documents_and_slides_tell_all_of_it(briefing: Briefing) -> None:
    since = changes(briefing)
    page = text_of(write_page(briefing))
    document = docx.Document(io.BytesIO(document_of(briefing)))
    deck = pptx.Presentation(io.BytesIO(slides_of(briefing)))
    in_document = [one.text for one in document.paragraphs]
    on_slides = [
        paragraph.text
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
    ]
    for text in (since.heading, since.lead, *(title for title, _ in since.lines)):
        assert f">{text}<" in page
        assert text in in_document
        assert text in on_slides
    for _, told in since.lines:
        for one in told:
            assert f">{one}<" in page
            assert one in in_document
            assert f"– {one}" in on_slides


def test_what_is_no_pack_of_the_same_filter_is_refused(pack: Path, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"made by the same filter, got one of 'country=IR"):
        compose(store_of(*AFTER), Filter(countries=("PK",)), BriefingOptions(since=pack))
    rounded = Publication(coarsen=Coarsening.PROVINCE)
    with pytest.raises(RequestError, match="since must not be given with coarsen"):
        compose(store_of(*AFTER), IRAN, BriefingOptions(since=pack, publication=rounded))
    coarse = compose(store_of(*BEFORE), IRAN, BriefingOptions(publication=rounded))
    (tmp_path / "c").mkdir()
    options = BriefingOptions(since=packed(tmp_path / "c", coarse))
    with pytest.raises(FormatError, match="its places are rounded"):
        compose(store_of(*AFTER), IRAN, options)


def test_what_is_damaged_is_refused(pack: Path, tmp_path: Path) -> None:
    def refused(path: Path, words: str) -> None:
        with pytest.raises(FormatError, match=words):
            compose(store_of(*AFTER), IRAN, BriefingOptions(since=path))

    refused(tmp_path / "missing.zip", "cannot be read")
    text = tmp_path / "text.zip"
    text.write_text("no zip")
    refused(text, "must be a pack")
    for name, change, words in (
        ("incidents.geojson", lambda old: old.replace(b"94", b"49"), "was changed"),
        ("manifest.json", lambda _: b"[]", "must be a pack"),
        ("manifest.json", lambda _: b"{", "must be a pack"),
    ):
        other = tmp_path / "other.zip"
        with zipfile.ZipFile(pack) as old, zipfile.ZipFile(other, "w") as new:
            for one in old.namelist():
                new.writestr(one, change(old.read(one)) if one == name else old.read(one))
        refused(other, words)
