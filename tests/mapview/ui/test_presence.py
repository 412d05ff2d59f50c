"""Presence: what is done for a visitor ends when the visitor has gone, and not at once."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from mapview.briefing.job import Job
from mapview.briefing.progress import Progress
from mapview.ui import presence
from mapview.ui.presence import Presence


def test_without_a_session_somebody_is_there() -> None:
    assert Presence()() is True


def test_visitor_who_is_away_for_a_moment_is_still_there(monkeypatch: pytest.MonkeyPatch) -> None:
    now, active = [100.0], [True]
    server = SimpleNamespace(is_active_session=lambda name: active[0] and name == "s")
    monkeypatch.setattr(presence.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(presence.runtime, "exists", lambda: True)
    monkeypatch.setattr(presence.runtime, "get_instance", lambda: server)
    monkeypatch.setattr(presence, "get_script_run_ctx", lambda: SimpleNamespace(session_id="s"))
    visitor = Presence()
    seen = []
    for at, there in ((110, True), (115, False), (139, False), (141, False), (142, True)):
        now[0], active[0] = at, there
        seen.append(visitor())
    assert seen == [True, True, True, False, True]


def test_job_ends_when_nobody_waits_for_it() -> None:
    steps = []

    def make(progress: Progress) -> bytes:
        for number in range(1_000):
            progress.part(0, 1).step(0.1, "On and on")
            steps.append(number)
        return b"too late"

    job = Job(make, lambda: len(steps) < 5)
    job.wait(10)
    assert (job.result, job.error, len(steps)) == (None, "Cancelled; nothing was made.", 5)
