"""Benchmarks end in time, and keep what was measured before."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))

import growth
import run_all

BENCHMARKS = Path(growth.__file__).parent
CHILD = """
import pathlib, subprocess, sys
one = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(99)"])
told = pathlib.Path(__file__).with_name("started")
told.with_suffix(".part").write_text(str(one.pid))
told.with_suffix(".part").rename(told)
one.wait()
"""


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(run_all, "__file__", str(tmp_path / "run_all.py"))
    return tmp_path


def test_what_takes_too_long_is_ended_with_all_that_it_started(scripts: Path) -> None:
    (scripts / "slow.py").write_text("import time; time.sleep(99)", "utf-8")
    began = time.monotonic()
    assert run_all.run("slow.py", 1, scripts)[:2] == ("`slow.py`", "not within 1 s")
    assert time.monotonic() - began < 60
    (scripts / "parent.py").write_text(CHILD, "utf-8")
    with subprocess.Popen([sys.executable, str(scripts / "parent.py")]) as parent:
        while not (scripts / "started").exists():
            assert parent.poll() is None
            time.sleep(0.05)
        run_all.end_with_all(parent.pid)
    child = int((scripts / "started").read_text("utf-8"))
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE


def test_what_fails_is_told_and_what_ends_is_timed(scripts: Path) -> None:
    (scripts / "bad.py").write_text("raise SystemExit(3)", "utf-8")
    (scripts / "good.py").write_text(
        "import os, sys; sys.exit(not os.environ['MAPVIEW_BENCHMARK_DATA'] == sys.argv[1])", "utf-8"
    )
    assert run_all.run("bad.py", 60, scripts)[1].startswith("failed after ")
    assert run_all.run(f"good.py {scripts}", 60, scripts)[1].endswith(" s")
    assert run_all.run("good.py", -1, scripts)[1] == "not begun, for want of time"


def test_every_script_is_there_and_may_write() -> None:
    for name, _ in run_all.SCRIPTS:
        assert '"--write"' in (BENCHMARKS / name).read_text("utf-8"), name
    for script, _ in run_all.QUICK:
        assert (BENCHMARKS / script.split()[0]).is_file()


def test_growth_keeps_sizes_that_were_not_measured_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "_KEPT", tmp_path / "growth.json")
    growth.keep({5_000_000: {"open": 275.0}, 10_000: {"open": 9.0, "page": 3.0}})
    every = growth.keep({10_000: {"open": 23.0}})
    assert every == {10_000: {"open": 23.0, "page": 3.0}, 5_000_000: {"open": 275.0}}
    assert list(every) == [10_000, 5_000_000]
    assert json.loads((tmp_path / "growth.json").read_text("utf-8"))["5000000"] == {"open": 275.0}
