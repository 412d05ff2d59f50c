"""Two servers behind one nginx: either may go on where the other began."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from route_answers import ADDRESSES
from samples import WORLD
from served import Session, errors_in
from two_servers import TwoServers, two_servers

# What is made anew for each is tried in the tests of one server.
ASKED = [
    address
    for name, address in ADDRESSES.items()
    if name.startswith(("/api/v", "/api/l", "/api/t", "/api/s", "/ogc"))
    and "nowhere" not in address
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoServers]:
    with two_servers(tmp_path_factory.mktemp("two")) as found:
        yield found


def ask(url: str, path: str, **headers: str) -> tuple[int, str, bytes]:
    """Return status, mark and content, over a connection of its own."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("ETag", ""), answer.read()
    finally:
        connection.close()


def test_both_are_asked_and_answer_alike(both: TwoServers) -> None:
    for address in ASKED:
        answers = {ask(both.url, address) for _ in range(4)}
        assert len(answers) == 1, address
        assert answers.pop()[0] == 200, address
    for one in both.servers:
        assert "/api/view" in both.routes(one)


def test_what_one_sent_is_known_to_the_other(both: TwoServers) -> None:
    path = f"/api/view?z=5&b={WORLD}"
    _, mark, _ = ask(both.url, path)
    assert {ask(both.url, path, **{"If-None-Match": mark})[0] for _ in range(4)} == {304}


def test_exports_and_pages_are_the_same_bytes(both: TwoServers) -> None:
    for path in ("/api/incidents.geojson?f=country%3DTJ", "/embed?country=TJ"):
        assert len({ask(both.url, path)[2] for _ in range(4)}) == 1


def test_pages_of_the_app_are_drawn_beside_each_other(both: TwoServers) -> None:
    sessions = [Session(both.url) for _ in range(3)]
    try:
        for one in sessions:
            drawn = one.draw("country=TJ")
            assert drawn
            assert errors_in(drawn) == []
    finally:
        for one in sessions:
            one.close()
