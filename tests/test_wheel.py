"""Builds the wheel, installs it where no checkout is, and uses the commands that it gives."""

from __future__ import annotations

import json
import os
import site
import socket
import subprocess
import sys
import time
import venv
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[1]
START_S = 45

DRAW_PAGE = """
from pathlib import Path
from streamlit.testing.v1 import AppTest
import mapview.ui
page = AppTest.from_file(str(Path(mapview.ui.__file__).parent / "main.py"), default_timeout=45)
page.query_params["id"] = "kerman-2024-01-03"
page.run()
assert not page.exception, page.exception
print("\\n".join(one.proto.body for one in page.get("html")))
"""


@dataclass
class Installed:
    """A place where only the wheel is installed, and a folder to work in."""

    folder: Path
    environment: Path

    def run(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.environment / "bin" / name), *arguments],
            cwd=self.folder,
            env=clean_environment(),
            capture_output=True,
            text=True,
            check=False,
        )


def clean_environment() -> dict[str, str]:
    """The variables of this process but those that could lead to the checkout or other records."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "MAPVIEW", "STREAMLIT", "VIRTUAL_ENV"))
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    answer = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    environment = tmp_path_factory.mktemp("fresh") / "env"
    venv.create(environment, with_pip=False)
    # Our own pip works for it; one that is made for the place takes longer than all that follows.
    pip = [sys.executable, "-m", "pip", "--python", str(environment / "bin" / "python")]
    command = [*pip, "install", "--no-deps", "--no-index", "--quiet", str(wheel)]
    subprocess.run(command, env=clean_environment(), check=True, capture_output=True)
    # The dependencies are those of this environment. Path files there are not followed from here,
    # so an editable install of the checkout stays out of reach.
    ours = next((environment / "lib").glob("python*/site-packages"))
    (ours / "dependencies.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    return Installed(tmp_path_factory.mktemp("elsewhere"), environment)


def test_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    expected = {
        path.relative_to(ROOT).as_posix()
        for package in ("geodata", "mapview")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert expected <= held
    for ending in (".geojson", ".topojson.gz", ".tsv.gz", ".js", ".css", ".html", ".svg"):
        assert [name for name in expected if name.endswith(ending)], ending
    others = {name for name in held - expected if ".dist-info/" not in name}
    assert others == set()
    assert {Path(name).name for name in held} >= {"LICENSE", "LICENSE-DATA", "entry_points.txt"}


def test_packages_come_from_the_wheel(installed: Installed) -> None:
    script = "import geodata, mapview; print(geodata.__file__); print(mapview.__file__)"
    answer = installed.run("python", "-c", script)
    assert answer.returncode == 0, answer.stderr
    for line in answer.stdout.splitlines():
        assert Path(line).is_relative_to(installed.environment)


def test_validate(installed: Installed) -> None:
    answer = installed.run("mapview", "validate")
    assert answer.stderr == ""
    assert answer.stdout.startswith("no problems in "), answer.stdout[-2_000:]
    assert answer.returncode == 0


def test_the_command_has_the_name_of_the_distribution_too(
    wheel: Path, installed: Installed
) -> None:
    assert wheel.name.startswith("mapview_incidents-")
    (installed.folder / "own.csv").write_text(
        "date,place,latitude,longitude,killed\n2024-01-03,Kerman,30.26,57.10,94\n", "utf-8"
    )
    answer = installed.run("mapview-incidents", "look", "own.csv")
    assert answer.returncode == 0, answer.stderr
    assert "1 row" in answer.stdout


def test_export(installed: Installed) -> None:
    answer = installed.run("mapview", "export", "out.geojson", "--type", "bombing")
    assert (answer.returncode, answer.stderr) == (0, "")
    collection = json.loads((installed.folder / "out.geojson").read_text(encoding="utf-8"))
    types = [
        feature["properties"]["event_types"]
        for feature in collection["features"]
        if feature["properties"]["record_kind"] != "base area"
    ]
    assert types
    assert all("bombing" in one for one in types)
    assert collection["mapview"]["filter"] == "type=bombing"


def test_page_has_its_templates_and_styles(installed: Installed) -> None:
    answer = installed.run("python", "-c", DRAW_PAGE)
    assert answer.returncode == 0, answer.stderr
    assert "<style>" in answer.stdout


@pytest.fixture(scope="module")
def server(installed: Installed) -> Iterator[str]:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    log = installed.folder / "server.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [str(installed.environment / "bin" / "mapview"), "serve", "--port", str(port)],
            cwd=installed.folder,
            env=clean_environment(),
            stdout=stream,
            stderr=stream,
        )
    try:
        address = f"http://localhost:{port}"
        end = time.monotonic() + START_S
        while not answers(f"{address}/api/areas"):
            assert process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < end, log.read_text(encoding="utf-8")
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def answers(url: str) -> bool:
    try:
        with urlopen(url) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError):
        return False


def test_served_view(server: str) -> None:
    with urlopen(f"{server}/api/view?z=4&b=0,0,{2**31 - 1},{2**31 - 1}") as answer:
        payload = json.load(answer)
    assert payload["mode"] == "points"
    assert "kerman-2024-01-03" in payload["id"]


def test_served_record(server: str) -> None:
    with urlopen(f"{server}/api/told?id=kerman-2024-01-03") as answer:
        assert "nearly 100" in str(json.load(answer)["detail"]["tolls"])


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/assets/mapview.js", "text/javascript"),
        ("/assets/mapview.css", "text/css"),
        ("/assets/leaflet/leaflet.js", "javascript"),
        ("/assets/basemap/world.topojson", "application/json"),
        ("/assets/basemap/labels.json", "application/json"),
        ("/api/incidents.csv", "text/csv"),
        ("/api/incidents.geojson", "application/geo+json"),
    ],
)
def test_served_files(path: str, kind: str, server: str) -> None:
    with urlopen(server + path) as answer:
        assert kind in answer.headers["content-type"]
        assert "default-src '" in answer.headers["content-security-policy"]
        assert len(answer.read()) > 500


def test_served_errors_are_sentences(server: str) -> None:
    for path, status in (("/api/view", 422), ("/api/nothing", 404), ("/api/incidents/x", 404)):
        with pytest.raises(HTTPError) as error:
            urlopen(server + path)
        with error.value as answer:
            assert answer.code == status
            assert list(json.load(answer)) == ["error"]
