"""Exports over HTTP: read by other libraries, refused with a sentence, stopped with the reader."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import anyio
import geopandas
import pytest
import read_back
from full_disk import nearly_full_disk
from read_back import in_file_order
from route_answers import sentence
from starlette.applications import Starlette

from geodata import Filter, read_records
from mapview.data import current_store
from mapview.exports import EXPORTS
from mapview.web.server import HANDLERS, ROUTES

KERMAN = "kerman-2024-01-03"


def test_geojson_opens_in_geopandas(client: Any, tmp_path: Path) -> None:
    answer = client.get("/api/incidents.geojson", params={"f": "country=IR&areas=off"})
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.headers["content-disposition"] == (
        'attachment; filename="incidents-country-IR-areas-off.geojson"'
    )
    file = tmp_path / "out.geojson"
    file.write_bytes(answer.content)
    frame = geopandas.read_file(file)
    wanted = current_store().select(Filter(countries=("IR",), base_areas=False))
    assert set(frame["id"]) == {one.id for one in wanted.incidents} >= {KERMAN}
    assert frame.crs == "EPSG:4326"
    assert answer.json()["mapview"]["title"].startswith("All incidents")
    assert read_records([file]).records.incidents == in_file_order(wanted).incidents


def test_csv_opens_in_a_spreadsheet(client: Any, tmp_path: Path) -> None:
    answer = client.get("/api/incidents.csv", params={"f": "country=TJ"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="incidents-country-TJ.csv"' in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.content.count(b"\xef\xbb\xbf") == 1
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    wanted = current_store().select(Filter(countries=("TJ",)))
    assert [row["id"] for row in rows] == [o.id for o in (*wanted.incidents, *wanted.base_areas)]
    file = tmp_path / "out.csv"
    file.write_bytes(answer.content)
    assert read_records([file]).records.incidents == wanted.incidents


@pytest.mark.parametrize("ending", read_back.CLAIMS)
def test_other_exports_open_in_other_libraries(ending: str, client: Any, tmp_path: Path) -> None:
    answer = client.get(f"/api/incidents.{ending}", params={"f": "country=IR"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == EXPORTS[ending].media_type
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="incidents-country-IR.{ending}"'
    )
    file = tmp_path / f"out.{ending}"
    file.write_bytes(answer.content)
    wanted = current_store().select(Filter(countries=("IR",)))
    claims = read_back.claims_in(wanted)
    assert read_back.CLAIMS[ending](file) == claims
    assert KERMAN in claims


@pytest.mark.parametrize("ending", read_back.CLAIMS)
def test_export_that_cannot_be_written_is_a_sentence(ending: str, client: Any) -> None:
    with nearly_full_disk(1_000):
        answer = client.get(f"/api/incidents.{ending}")
    text = sentence(answer, 422)
    assert " must be writable, got: " in text


@pytest.mark.parametrize("ending", [*read_back.CLAIMS, "geojson"])
def test_export_stops_when_nobody_waits_for_it(
    ending: str, use_files: Callable[..., None], many_file: Path
) -> None:
    """The first message is that the client has gone, while 2,500 records are to be written."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    use_files(many_file)
    sent: list[dict[str, Any]] = []
    path = f"/api/incidents.{ending}"
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    with ThreadPoolExecutor(1) as pool:  # A browser of other tests may have a loop in this thread.
        app = Starlette(routes=ROUTES, exception_handlers=HANDLERS)
        pool.submit(anyio.run, app, scope, receive, send).result()
    assert sent[0]["status"] == 422
    body = b"".join(message.get("body", b"") for message in sent)
    assert b"cancelled; nothing was written" in body


@pytest.mark.parametrize("ending", EXPORTS)
def test_export_name_cannot_be_led_astray(ending: str, client: Any) -> None:
    f = "q=" + quote('"; filename="../../evil.exe\r\nSet-Cookie: a=b')
    header = client.get(f"/api/incidents.{ending}", params={"f": f}).headers
    assert re.fullmatch(
        rf'attachment; filename="incidents-[A-Za-z0-9-]+\.{ending}"', header["content-disposition"]
    )
    assert "set-cookie" not in header


def test_a_parameter_that_would_be_passed_over_is_refused(client: Any) -> None:
    answer = client.get("/api/incidents.csv?country=TJ")
    assert answer.status_code == 422
    assert "a parameter must be one of f, v, where f holds the filter, got 'country'" in answer.text
