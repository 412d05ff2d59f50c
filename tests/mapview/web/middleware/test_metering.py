"""A log of requests has a line of JSON for each, and nothing of what was asked for."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mapview.settings import SETTINGS


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(one) for one in capsys.readouterr().err.splitlines()]


def test_no_line_is_written_unless_the_server_is_started_to(
    client: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    client.get("/api/version")
    assert capsys.readouterr().err == ""


def test_each_request_is_a_line_without_what_was_asked_for(
    client: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTINGS["logs_requests"].variable, "on")
    answer = client.get("/api/counts?f=q%3Dsecretword")
    client.get("/api/incidents/secretword")
    client.request("BREW", "/healthz")
    counted, unknown, odd = lines(capsys)
    assert list(counted) == ["time", "route", "method", "status", "ms", "bytes"]
    assert (counted["route"], counted["method"], counted["status"]) == ("/api/counts", "GET", 200)
    assert counted["bytes"] == int(answer.headers["content-length"])
    assert 0 < counted["ms"] < 60_000
    now = datetime.now(UTC)
    assert now - timedelta(minutes=1) < datetime.fromisoformat(counted["time"]) <= now
    assert (unknown["route"], unknown["status"]) == ("/api/incidents/{identifier:path}", 404)
    assert (odd["route"], odd["method"], odd["status"]) == ("/healthz", "other", 405)
    assert "secretword" not in json.dumps([counted, unknown, odd])
