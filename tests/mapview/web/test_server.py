"""The settings of a served app: private, and the same with and without a checkout."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from queue import Queue
from threading import Event
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.runtime.scriptrunner.exec_code import modified_sys_path

import mapview.web.server
from mapview.cli.__main__ import _parser
from mapview.data import change_files
from mapview.web.access import SignedIn
from mapview.web.embed import Discovery
from mapview.web.middleware import (
    AsKnown,
    Compressed,
    EmbedOnly,
    Faults,
    FirstLook,
    Guard,
    Proxy,
    SecurityHeaders,
)
from mapview.web.middleware.metering import Metering
from mapview.web.middleware.uploads import Uploads
from mapview.web.server import MIDDLEWARE, STREAMLIT, lifespan
from mapview.workers import open_shown

ROOT = Path(__file__).parents[3]


def flat(settings: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def test_checkout_and_package_have_the_same_settings() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    checkout = dict(flat(config))
    assert checkout.pop("server.address") == "localhost"
    assert checkout == STREAMLIT


def test_server_is_private_unless_told_otherwise() -> None:
    options = _parser("serve").parse_args(["serve"])
    assert (options.address, options.port, options.tiles) == ("localhost", 8501, None)
    assert STREAMLIT["browser.gatherUsageStats"] is False
    assert STREAMLIT["client.showErrorDetails"] == "none"


def test_boxes_of_errors_link_nowhere() -> None:
    assert STREAMLIT["client.showErrorLinks"] is False


def test_every_answer_goes_through_the_headers() -> None:
    assert [one.cls for one in MIDDLEWARE] == [
        Proxy,
        Metering,
        SecurityHeaders,
        Faults,
        Guard,
        SignedIn,
        EmbedOnly,
        AsKnown,
        Uploads,
        Compressed,
        Discovery,
        FirstLook,
    ]


def _call() -> ast.Call:
    tree = ast.parse((ROOT / "app.py").read_text(encoding="utf-8"))
    assigned = [one for one in tree.body if isinstance(one, ast.Assign)]
    assert [ast.unparse(one.targets[0]) for one in assigned] == ["app"]
    call = assigned[0].value
    assert isinstance(call, ast.Call)
    return call


def test_app_stands_literally_in_its_file() -> None:
    """Streamlit reads the source to find an app; a call that makes one is not found."""
    call = _call()
    assert ast.unparse(call.func) == "st.App"
    assert {word.arg for word in call.keywords} == {
        "routes",
        "middleware",
        "lifespan",
        "exception_handlers",
    }
    script = ast.literal_eval(call.args[0])
    assert (ROOT / script).is_file()


def test_package_serves_the_same_page() -> None:
    script = (ROOT / ast.literal_eval(_call().args[0])).resolve()
    assert script == mapview.web.server._PAGE.resolve()


def test_runs_leave_the_path_of_imports_alone() -> None:
    """A path that changes in one visitor's run hides packages from another's."""
    with TestClient(Starlette(lifespan=lifespan)):
        before = list(sys.path)
        with modified_sys_path(str(mapview.web.server._PAGE)):
            assert sys.path == before
        assert sys.path == before
    assert before.count(str(mapview.web.server._PAGE.parent)) == 1


@pytest.mark.usefixtures("own_use")
def test_heavy_work_is_handed_what_was_handed_in(
    many_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(mapview.web.server, "renew_helper", asked.append)
    with TestClient(Starlette(lifespan=lifespan)):
        change_files(lambda _: [str(many_file)])
        assert asked == [open_shown]
    change_files(lambda _: [])
    assert asked == [open_shown]


@pytest.mark.usefixtures("own_use")
def test_what_exports_copy_is_made_ahead_until_other_files_are_shown_or_the_server_ends(
    many_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: Queue[Event] = Queue()
    monkeypatch.setattr(mapview.web.server, "keep_ahead", seen.put)
    monkeypatch.setattr(mapview.web.server, "renew_helper", lambda _: None)
    with TestClient(Starlette(lifespan=lifespan)):
        is_changed = seen.get(timeout=60)
        assert not is_changed.is_set()
        change_files(lambda _: [str(many_file)])
        assert is_changed.is_set()
        assert seen.empty()
    with TestClient(Starlette(lifespan=lifespan)):
        at_the_end = seen.get(timeout=60)
        assert not at_the_end.is_set()
    assert at_the_end.is_set()
