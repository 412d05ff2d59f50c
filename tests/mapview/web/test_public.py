"""The public mode: nowhere a trace of what may not be published, or of what rounding hides."""

from __future__ import annotations

import base64
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow.parquet
import pytest
from fixed_records import base_area, claim, incident
from page_parts import map_of
from route_answers import ADDRESSES, FILE, addresses
from samples import WORLD
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from geodata import Records
from geodata.datasets import CREDIT
from geodata.errors import SettingError
from geodata.records import Group, Source
from mapview import data
from mapview.settings import SETTINGS, current_settings
from mapview.web import embed
from mapview.web.server import ROUTES

CLOSED, EXACT = "Nowhere-to-be-read", "Danghara-bazaar"
LON, LAT = 69.33917, 38.09683


def records() -> Records:
    closed = claim("fatalities", 41, source="closed", note=CLOSED)
    hidden_group = claim("attribution", "closed-group", source="closed", stance="claims")
    place = {"country": "TJ", "admin1_code": "TJ.02", "admin1": "Khatlon"}
    shown = incident(
        f"{EXACT.lower()}-2018", title=f"Attack in {EXACT}", summary=EXACT, place=EXACT,
        points=((LON, LAT),), claims=(claim("fatalities", 4, note=EXACT),), **place,
    )  # fmt: skip
    alone = incident(
        f"{CLOSED.lower()}-2019", title=CLOSED, summary=CLOSED, event_date="2019-03-04",
        points=((70.12345, 38.5),), claims=(closed, hidden_group), **place,
    )  # fmt: skip
    area = base_area(f"{CLOSED.lower()}-area", place=CLOSED, note=CLOSED, claims=(closed,))
    return Records(
        (shown, alone),
        (area,),
        (Group(id="closed-group", name=CLOSED, claims=(closed,)), Group(id="iskp", name="IS-KP")),
        (Source(id="book", title="Book"), Source(id="closed", title=CLOSED, may_publish=False)),
    )


@pytest.fixture
def public(
    use_records: Callable[[Records], None], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., None]]:
    """A function that opens the records in the public mode."""

    def use(**settings: str) -> None:
        for name, value in {"is_public": "on", **settings}.items():
            monkeypatch.setenv(SETTINGS[name].variable, value)
        monkeypatch.setattr(embed, "_PAGES", embed.Kept(embed._make))
        use_records(records())

    yield use
    data.forget()


def texts_of(content: bytes) -> Iterator[str]:
    """All that stands in an answer, unpacked as far as it is packed."""
    yield content.decode("latin-1")
    if content[:2] == b"PK":
        archive = zipfile.ZipFile(io.BytesIO(content))
        yield from (archive.read(name).decode("latin-1") for name in archive.namelist())
    elif content[:4] == b"PAR1":
        yield str(pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist())
    elif b"<!doctype html>" in content[:200].lower():
        for block in re.findall(rb">\s*([A-Za-z0-9+/=\s]{40,})\s*</script>", content):
            packed = base64.b64decode(re.sub(rb"\s", b"", block))
            for unpack in (gzip.decompress, zlib.decompress, lambda one: zlib.decompress(one, -15)):
                try:
                    yield unpack(packed).decode("latin-1")
                except (OSError, zlib.error, EOFError):
                    continue


def found(content: bytes, *needles: str) -> list[str]:
    folded = [text.casefold() for text in texts_of(content)]
    return [one for one in needles if any(one.casefold() in text for text in folded)]


def test_every_route_has_an_address_here() -> None:
    assert {one.path for one in ROUTES if "incidents." not in one.path} == {*ADDRESSES, FILE}


@pytest.mark.parametrize("address", addresses())
def test_no_route_serves_what_may_not_be_published(
    address: str, client: TestClient, public: Callable[..., None]
) -> None:
    public()
    answer = client.get(address)
    # A refusal repeats what was asked for.
    asked = [one for one in (CLOSED, "closed-group") if one.lower() not in address]
    assert found(answer.content, *asked) == []
    assert answer.status_code == 403 if "/data/" in address else answer.status_code in (200, 404)
    if address.startswith("/api/incidents."):
        assert found(answer.content, EXACT), "what may be published is served as it is"


@pytest.mark.parametrize("address", addresses())
def test_no_route_serves_what_rounding_hides(
    address: str, client: TestClient, public: Callable[..., None]
) -> None:
    public(coarsen="province")
    answer = client.get(address)
    assert answer.status_code == 403 if "/data/" in address else answer.status_code in (200, 404)
    assert found(answer.content, EXACT, "69.339", "38.0968", records().version) == []


def test_without_it_all_of_that_is_served(
    client: TestClient, use_records: Callable[[Records], None]
) -> None:
    """Or the tests above could not fail."""
    use_records(records())
    assert client.get(ADDRESSES["/api/incidents/{identifier:path}"]).status_code == 200
    assert found(client.get(f"/api/view?z=9&b={WORLD}").content, CLOSED) == [CLOSED]
    assert found(client.get("/embed").content, EXACT) == [EXACT]


@pytest.mark.parametrize("words", [CLOSED, "danghara"])
def test_nothing_hidden_is_found_or_counted(
    words: str, client: TestClient, public: Callable[..., None]
) -> None:
    public(coarsen="district")
    assert client.get("/api/within", params={"b": WORLD, "f": f"q={words}"}).json()["placed"] == [
        0,
        0,
    ]
    assert data.current_store().all_incidents == 1


def test_records_of_ours_keep_their_credit(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTINGS["is_public"].variable, "on")
    monkeypatch.setenv(SETTINGS["coarsen"].variable, "district")
    data.forget()
    try:
        assert client.get("/api/incidents.geojson").json()["mapview"]["credit"] == CREDIT
    finally:
        data.forget()


def test_what_was_changed_is_said_in_all_that_is_made(
    client: TestClient, public: Callable[..., None]
) -> None:
    public(coarsen="district")
    said = client.get("/api/incidents.geojson").json()["mapview"]["changes"]
    assert "1 source whose licence forbids publication was left out" in said[0]
    assert said[1].startswith("Places are rounded to the district")
    assert "Places are rounded to the district" in client.get("/embed").text


def protos_of(node: Any) -> Iterator[str]:
    """All that a page sends to the browser."""
    if getattr(node, "proto", None) is not None:
        yield str(node.proto).encode().decode("unicode_escape", "ignore")
    for child in getattr(node, "children", {}).values():
        yield from protos_of(child)


@pytest.mark.parametrize("query", ["", "panel=table", "panel=unplaced", "q=be-read"])
def test_no_page_of_the_app_shows_it(
    query: str, public: Callable[..., None], open_page: Callable[..., AppTest]
) -> None:
    public(coarsen="province")
    drawn = open_page(query)
    text = "\n".join(protos_of(drawn._tree))
    assert "Places are rounded to the province" in text
    assert EXACT.casefold() not in text.casefold()
    assert CLOSED.casefold() not in text.casefold()


def test_problems_of_records_are_not_told_to_the_public(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any, open_page: Callable[..., AppTest]
) -> None:
    path = tmp_path / "one.geojson"
    path.write_text(
        '{"type": "FeatureCollection", "features": ['
        '{"type": "Feature", "id": "a", "geometry": null, "properties": {"title": "A", '
        '"event_date": "2020", "event_types": ["bombing"]}},'
        f'{{"type": "Feature", "id": "b", "geometry": null, "properties": {{"title": "B", '
        f'"event_date": "{CLOSED}", "event_types": ["bombing"]}}}}]}}'
    )
    monkeypatch.setenv(data.DATA_VARIABLE, str(path))
    for is_public in ("off", "on"):
        monkeypatch.setenv(SETTINGS["is_public"].variable, is_public)
        data.forget()
        script = map_of(open_page())["script"]
        assert ("left out" in script) == (CLOSED in script) == (is_public == "off")
    data.forget()


@pytest.mark.parametrize(
    "path",
    ["/", "/about", "/static/index.html", "/api/incidents.geojson", "/ogc", "/ogc/collections"],
)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_embed_only_refuses_all_else_with_a_sentence(
    path: str, accept: str, client: TestClient, public: Callable[..., None]
) -> None:
    public(is_embed_only="on")
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 403
    assert "must be asked for /embed" in answer.text
    assert answer.headers["content-type"].startswith(accept)


def test_embed_only_serves_the_map_without_a_link_to_the_app(
    client: TestClient, public: Callable[..., None]
) -> None:
    public(is_embed_only="on")
    answer = client.get("/embed")
    assert answer.status_code == 200
    assert "Open the whole map" not in answer.text
    assert client.get(ADDRESSES["/api/oembed"]).status_code == 200


@pytest.mark.parametrize("name", ["coarsen", "is_embed_only"])
def test_what_means_nothing_alone_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTINGS[name].variable, "district" if name == "coarsen" else "on")
    with pytest.raises(SettingError, match=f"{SETTINGS[name].option} must come with --public"):
        current_settings()


def test_level_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTINGS["is_public"].variable, "on")
    monkeypatch.setenv(SETTINGS["coarsen"].variable, "town")
    with pytest.raises(SettingError, match="--coarsen must be district or province, got 'town'"):
        current_settings()
