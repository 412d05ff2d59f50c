"""A server over a cluster of Spark, as one is started; only `make test-engines` runs it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil
import pytest
from columnar_datasets import make_dataset
from samples import WORLD, many_records
from served import Server
from spark import Cluster
from starlette.testclient import TestClient

from geodata.engines.spark import end as end_driver
from mapview.data import DATA_VARIABLE, forget
from mapview.settings import ENGINE_VARIABLE

pytestmark = pytest.mark.spark

# What the server itself answers, and what it lets other processes make, each with a driver.
ADDRESSES = (
    f"api/view?z=3&b={WORLD}&f=country%3DTJ",
    "api/summary?f=country%3DAF%26from%3D2018",
    "api/incidents.geojson?f=country%3DAF",
)


GONE_S = 60


def get(url: str) -> tuple[int, Any]:
    try:
        with urlopen(url, timeout=120) as answer:
            return answer.status, plain(json.loads(answer.read()))
    except HTTPError as error:
        return error.code, error.read().decode()


def plain(said: Any) -> Any:
    """What is said; no engine promises an order of the places of a view."""
    if "mode" in said:
        return {name: sorted(map(str, one)) for name, one in said.items() if isinstance(one, list)}
    return said


def test_a_server_answers_as_over_files_and_says_when_the_cluster_is_gone(
    cluster: Cluster, client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A driver that other tests have left holds the cores that an export's own would wait for.
    end_driver()
    cluster.start()
    cluster.clear()
    cluster.give_drivers(1)
    records = many_records(300)
    named = [one.but(id=f"mine:{one.id}") for one in records.incidents]
    folder = make_dataset(tmp_path / "kept/mine", type(records)(tuple(named)))
    pushed = subprocess.run(
        [sys.executable, "-m", "mapview.cli", "datasets", "push", "mine", cluster.url,
         "--workspace", str(tmp_path / "kept")],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert pushed.stdout == f"mine: 300 incidents are in Spark at {cluster.url[8:]}\n"
    # Spark itself says nothing among our words.
    assert pushed.stderr == ""
    with monkeypatch.context() as patch:
        patch.setenv(DATA_VARIABLE, str(folder))
        forget()
        over_files = {one: client.get(f"/{one}") for one in ADDRESSES}
    forget()
    expected = {one: (told.status_code, plain(told.json())) for one, told in over_files.items()}
    log = tmp_path / "log.txt"
    with Server(log=log, environment={ENGINE_VARIABLE: cluster.url}) as server:
        for one in ADDRESSES:
            assert get(f"{server.url}{one}") == expected[one], one
        # Who made the file goes with its driver, in its own time.
        end = time.monotonic() + GONE_S
        while len(drivers(server)) > 1 and time.monotonic() < end:
            time.sleep(0.2)
        assert len(drivers(server)) == 1, drivers(server)
        cluster.stop()
        assert get(f"{server.url}{ADDRESSES[1]}") == expected[ADDRESSES[1]]
        for one in ADDRESSES:
            status, said = get(f"{server.url}{one}%26q%3Dlighthouse")
            assert status == 503, one
            assert "the database that holds the records must answer" in said
            assert str(cluster.port) not in said
        cluster.start()
        time.sleep(1.1)  # So long nobody asks again.
        assert get(f"{server.url}{ADDRESSES[0]}%26q%3Dbomb")[0] == 200
        left = psutil.Process(server.process.pid).children(recursive=True)
    psutil.wait_procs(left, 20)
    assert not [one for one in left if runs(one)]
    told = log.read_text("utf-8")
    assert "the engine does not answer: Spark at 127.0.0.1" in told
    assert "Traceback" not in told
    assert "WARN" not in told


def runs(one: psutil.Process) -> bool:
    """Whether it has not ended, be it that nobody has asked yet how it did."""
    with suppress(psutil.NoSuchProcess):
        return one.is_running() and one.status() != psutil.STATUS_ZOMBIE
    return False


def drivers(server: Server) -> list[str]:
    """What the drivers of Spark are called with that a server has."""
    found = []
    for one in psutil.Process(server.process.pid).children(recursive=True):
        # It may go meanwhile, or have gone, and Java also runs for a moment to start one.
        with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            words = " ".join(one.cmdline())
            found += [words] if "org.apache.spark.deploy.SparkSubmit" in words else []
    return found
