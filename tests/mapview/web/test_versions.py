"""Nothing mixes two states of the data: a page of another one is told so on every route."""

from __future__ import annotations

import pytest
from route_answers import sentence
from samples import WORLD
from starlette.testclient import TestClient

from mapview.data import current_store

OLD = "0123456789ab"
ASKED = ["/api/version?", f"/api/view?z=4&b={WORLD}&", "/api/areas?", f"/api/list?b={WORLD}&",
         f"/api/within?b={WORLD}&"]  # fmt: skip


@pytest.mark.parametrize("address", ASKED)
def test_page_of_other_data_is_told_so(address: str, client: TestClient) -> None:
    answer = client.get(f"{address}v={OLD}", headers={"Accept": "application/json"})
    assert sentence(answer, 409) == (
        "the data have changed since this page was opened, so it must be loaded again"
    )
    assert "etag" not in answer.headers


@pytest.mark.parametrize("address", ASKED)
@pytest.mark.parametrize("version", ["", "now"])
def test_page_of_these_data_is_answered(address: str, version: str, client: TestClient) -> None:
    version = version and current_store().version
    assert client.get(f"{address}v={version}").status_code == 200
    assert client.get(address).status_code == 200


def test_version_is_never_kept(client: TestClient) -> None:
    answer = client.get("/api/version")
    assert answer.json() == {"version": current_store().version}
    assert answer.headers["cache-control"] == "no-store"
