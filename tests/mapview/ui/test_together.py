"""Several people at once: each gets the page, whatever the others do meanwhile.

A small number with every run, and two thousand pages with `make soak`.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from served import Server, Session, errors_in, maps_in

SESSIONS = 12
ADDRESSES = [
    "",
    "panel=table",
    "id=kerman-2024-01-03",
    "country=TJ",
    "type=bombing&from=2015",
    "panel=unplaced&areas=off",
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(log=tmp_path_factory.mktemp("together") / "log.txt") as one:
        yield one


def visit(url: str, number: int, draws: int) -> list[tuple[int, list[str]]]:
    """What a visitor sees: the map, and error boxes, of one page after the other."""
    session = Session(url)
    seen = []
    for turn in range(draws):
        drawn = session.draw(ADDRESSES[(number + turn) % len(ADDRESSES)], seconds=120)
        seen.append((maps_in(drawn), errors_in(drawn)))
    session.close()
    return seen


@pytest.mark.parametrize(
    "draws", [pytest.param(5), pytest.param(167, marks=pytest.mark.soak)], ids=["few", "2,004"]
)
def test_twelve_visitors_each_get_every_page(server: Server, draws: int) -> None:
    # From the very first page on: what is loaded then is loaded by all of them at once.
    with ThreadPoolExecutor(SESSIONS) as pool:
        seen = list(pool.map(lambda number: visit(server.url, number, draws), range(SESSIONS)))
    pages = [page for visits in seen for page in visits]
    assert len(pages) == SESSIONS * draws
    assert [errors for _, errors in pages if errors] == []
    assert {count for count, _ in pages} == {1}
    assert "Traceback" not in server.log.read_text("utf-8")
