"""Nothing mixes two states of the data: a page of another one is told so on every route."""

from __future__ import annotations

import pytest
from route_answers import sentence
from samples import WORLD
from starlette.testclient import TestClient

from geodata.errors import ChangedError
from mapview.data import current_store
from mapview.web import answers, embed
from mapview.workers import of_version

OLD = "0123456789ab"
ASKED = ["/api/version?", f"/api/view?z=4&b={WORLD}&", "/api/areas?", f"/api/list?b={WORLD}&",
         f"/api/within?b={WORLD}&", "/api/incidents.csv?"]  # fmt: skip


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


@pytest.mark.parametrize("path", ["/api/incidents.csv", "/api/card.png", "/embed"])
def test_heavy_work_has_the_mark_of_the_data_that_it_is_of(
    path: str, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others are shown while it waits for its turn, or where it is done."""

    def other(_: object, task: object, version: str, *__: object, **___: object) -> None:
        assert (task, version) == (of_version, current_store().version)
        raise ChangedError

    monkeypatch.setattr(answers, "made", other)
    monkeypatch.setattr(embed, "_PAGES", embed.Kept(embed._make))
    answer = client.get(f"{path}?f=country%3DGE", headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert "must be loaded again" in answer.text
    assert "etag" not in answer.headers
    # A page in another's frame cannot be loaded again by who reads it.
    assert answer.headers.get("retry-after") == ("5" if path == "/embed" else None)
