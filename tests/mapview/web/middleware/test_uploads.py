"""What visitors hand in is bounded: a file a session, so many bytes, so many at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from route_answers import sentence
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from mapview.web.middleware import uploads
from mapview.web.middleware.uploads import MOST_UPLOAD_MB, Uploads


@dataclass
class File:
    data: bytes


@dataclass
class Manager:
    """Keeps files as Streamlit's does."""

    file_storage: dict[str, dict[str, File]] = field(default_factory=dict)

    def remove_file(self, session_id: str, file_id: str) -> None:
        self.file_storage.get(session_id, {}).pop(file_id, None)


@dataclass
class Runtime:
    uploaded_file_mgr: Manager = field(default_factory=Manager)


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> Manager:
    one = Runtime()
    monkeypatch.setattr(uploads.runtime, "exists", lambda: True)
    monkeypatch.setattr(uploads.runtime, "get_instance", lambda: one)
    return one.uploaded_file_mgr


@pytest.fixture
def client(manager: Manager) -> Iterator[TestClient]:
    async def put(request: Request) -> Response:
        body = await request.body()
        if body == b"refused":
            return Response(status_code=400)
        session, file = request.path_params["session"], request.path_params["file"]
        manager.file_storage.setdefault(session, {})[file] = File(body)
        return Response(status_code=204)

    routes = [Route("/_stcore/upload_file/{session}/{file}", put, methods=["PUT"])]
    app = Starlette(routes=routes, middleware=[Middleware(Uploads)])
    with TestClient(app) as one:
        yield one


def put(client: Any, session: str, file: str, body: bytes = b"abc") -> Any:
    return client.put(f"/_stcore/upload_file/{session}/{file}", content=body)


def test_session_keeps_its_last_file(client: TestClient, manager: Manager) -> None:
    for name in ("a", "b", "c"):
        assert put(client, "one", name).status_code == 204
    assert put(client, "two", "d").status_code == 204
    kept = {session: list(files) for session, files in manager.file_storage.items()}
    assert kept == {"one": ["c"], "two": ["d"]}


def test_refused_file_takes_no_others_place(client: TestClient, manager: Manager) -> None:
    put(client, "one", "a")
    assert put(client, "one", "b", b"refused").status_code == 400
    assert list(manager.file_storage["one"]) == ["a"]


def test_all_together_have_a_bound(client: TestClient, manager: Manager) -> None:
    full = File(bytes(MOST_UPLOAD_MB * 2**20))
    manager.file_storage.update({str(number): {"a": full} for number in range(10)})
    answer = put(client, "one", "a")
    assert "must be sent again in 10 seconds" in sentence(answer, 503)
    assert answer.headers["retry-after"] == "10"
    manager.file_storage.popitem()
    assert put(client, "one", "a").status_code == 204
