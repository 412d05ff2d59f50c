"""Shared by the tests of the map and the page: the records that are open, a client, the page."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from samples import many_records, write_records
from served import FAULT
from starlette.applications import Starlette
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from geodata import Records
from geodata.workspace import WORKSPACE_VARIABLE
from mapview import data
from mapview.layer.tiles import ATTRIBUTION_VARIABLE, TILES_VARIABLE
from mapview.settings import SETTINGS
from mapview.web.handing import incoming
from mapview.web.handing import own_use as own_use_of_server
from mapview.web.middleware import ANCESTORS_VARIABLE
from mapview.web.server import HANDLERS, MIDDLEWARE, ROUTES, lifespan

with warnings.catch_warnings():
    # Newer versions of Starlette would rather have another client library than httpx.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

MANY = 2_500
PAGE = Path(data.__file__).parent / "ui" / "main.py"


@pytest.fixture(scope="session", autouse=True)
def packages_are_looked_at_once() -> Iterator[None]:
    """Streamlit looks for components in all that is installed, as a server does when it starts.

    Its tests start anew for each page, and most of their time went into that.
    """
    with pytest.MonkeyPatch.context() as patch:
        look = manifest_scanner.scan_component_manifests
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(look))
        yield


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine has set, tests start with the shipped records and without tiles."""
    own = (data.DATA_VARIABLE, TILES_VARIABLE, ATTRIBUTION_VARIABLE, ANCESTORS_VARIABLE)
    for name in (*own, *(one.variable for one in SETTINGS.values())):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def own_use(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A server of this machine alone, with an empty workspace, whose folder this is."""
    monkeypatch.setattr(
        own_use_of_server, "_listening", own_use_of_server._Listening(is_loopback=True)
    )
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(tmp_path / "workspace"))
    for name in (data.DATA_VARIABLE, data._CHANGED_VARIABLE):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    yield tmp_path / "workspace"
    incoming().close()
    data.forget()


@pytest.fixture
def use_files(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """A function that makes the process show the records of some files."""

    def use(*paths: Path) -> None:
        monkeypatch.setenv(data.DATA_VARIABLE, ":".join(map(str, paths)))
        data.forget()

    yield use
    data.forget()


@pytest.fixture
def use_records(use_files: Callable[..., None], tmp_path: Path) -> Callable[[Records], None]:
    """A function that makes the process show some records."""
    return lambda records: use_files(write_records(tmp_path / "records.geojson", records))


@pytest.fixture(scope="session")
def many_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of more records than a map draws one by one."""
    return write_records(tmp_path_factory.mktemp("many") / "many.geojson", many_records(MANY))


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """A client of the routes with their middleware; they answer from whatever records are open."""
    app = Starlette(
        routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan, exception_handlers=HANDLERS
    )
    with TestClient(app, base_url="http://localhost") as one:
        yield one


@pytest.fixture
def open_page() -> Callable[..., AppTest]:
    """A function that opens the page at an address, given as a query, and draws it once."""

    def open_at(query: str = "") -> AppTest:
        page = AppTest.from_file(str(PAGE), default_timeout=60)
        for key, values in parse_qs(query, keep_blank_values=True).items():
            page.query_params[key] = values
        page.run()
        assert not page.exception, page.exception
        assert not [one.value for one in page.warning if FAULT in one.value]
        return page

    return open_at
