"""Whether a server says that it lives, and what it tells those who run it: nothing of records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from route_answers import sentence

from geodata import load
from mapview import data
from mapview.settings import SETTINGS
from mapview.web import operating
from mapview.workers import queue_of

SOUGHT = "whatsomebodylooksfor"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTINGS["has_metrics"].variable, "on")


def numbers(client: Any) -> dict[tuple[str, ...], float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    found = {}
    for family in text_string_to_metric_families(answer.text):
        for one in family.samples:
            found[(one.name, *one.labels.values())] = one.value
    return found


def test_a_server_with_records_lives(client: Any) -> None:
    answer = client.get("/healthz")
    assert answer.json() == {
        "status": "ok", "version": load().version, "incidents": len(load().incidents),
    }  # fmt: skip
    assert answer.headers["cache-control"] == "no-store"


def test_a_server_whose_records_cannot_be_read_says_why(
    client: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(data.DATA_VARIABLE, str(tmp_path / "gone.geojson"))
    data.forget()
    assert "gone.geojson" in sentence(client.get("/healthz"), 503)
    data.forget()


def test_nobody_is_told_numbers_unless_the_server_is_started_to(client: Any) -> None:
    assert sentence(client.get("/metrics"), 404) == "there is no /metrics"


@pytest.mark.usefixtures("told")
def test_requests_are_counted_by_what_answers_them_and_not_by_what_they_ask(client: Any) -> None:
    before = numbers(client)
    for path in (f"/api/counts?f=q%3D{SOUGHT}", f"/api/incidents/{SOUGHT}", f"/{SOUGHT}"):
        client.get(path)
    client.get(f"/api/counts?f={SOUGHT}%3D1")
    after = numbers(client)
    grown = {key[1:] for key, value in after.items() if value > before.get(key, 0)}
    assert {
        ("GET", "/api/counts", "200"),
        ("GET", "/api/counts", "422"),
        ("GET", "/api/incidents/{identifier:path}", "404"),
        ("GET", "streamlit", "404"),
    } <= grown
    key = ("mapview_request_seconds_count", "/api/counts")
    assert after[key] - before.get(key, 0) == 2
    assert SOUGHT not in client.get("/metrics").text


@pytest.mark.usefixtures("told")
def test_data_work_and_memory_are_told(client: Any) -> None:
    with queue_of("exports").enter(), queue_of("exports").enter():
        found = numbers(client)
    assert found[("mapview_incidents",)] == len(load().incidents)
    assert found[("mapview_data_info", load().version)] == 1
    assert found[("mapview_work_running", "exports")] == 1
    assert found[("mapview_work_waiting", "exports")] == 1
    assert found[("mapview_work_waiting", "briefings")] == 0
    assert found[("process_resident_memory_bytes",)] > 10_000_000
    assert numbers(client)[("mapview_work_running", "exports")] == 0


def test_both_are_there_for_servers_of_embedded_maps_alone(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("is_public", "is_embed_only", "has_metrics"):
        monkeypatch.setenv(SETTINGS[name].variable, "on")
    data.forget()
    for path in (operating.HEALTH, operating.METRICS):
        assert client.get(path).status_code == 200
    monkeypatch.undo()
    data.forget()
