"""Helpers answer each piece, and end without a word when who began them has ended."""

from __future__ import annotations

import operator
import pickle
import subprocess
import sys
from collections.abc import Iterator

import pytest

from geodata import helpers
from geodata.helpers import Helpers

WHOLE = pickle.dumps((str, ""), pickle.HIGHEST_PROTOCOL)


@pytest.mark.parametrize("sent", [b"", WHOLE[:-3], WHOLE, WHOLE + WHOLE[:-3]])
def test_it_ends_wherever_the_one_who_asks_ended(sent: bytes) -> None:
    begin = "import sys; sys.path[:] = sys.argv[1:]; from geodata.helpers import serve; serve()"
    ended = subprocess.run(
        [sys.executable, "-c", begin, *sys.path], input=sent, capture_output=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


@pytest.fixture
def two() -> Iterator[Helpers]:
    """Two that give of each piece what stands under "told"."""
    found = Helpers(operator.itemgetter, "told", 2)
    yield found
    found.close()


def test_each_piece_has_its_own_answer_however_large(two: Helpers) -> None:
    # More than a pipe holds, both ways, and more pieces than are sent ahead.
    sizes = [3_000_000, 0, 5, 2_500_000, *range(20)]
    asked = [two.ask({"told": bytes(size)}) for size in sizes]
    assert [len(one.result(60)) for one in asked] == sizes


def test_a_piece_that_cannot_be_made_is_an_error_and_others_are_made(two: Helpers) -> None:
    asked = [
        two.ask({"told": 1}),
        two.ask({"other": 1}),
        two.ask({"told": 3}),
        two.ask({"told": 4}),
    ]
    with pytest.raises(RuntimeError, match="a helper must make its piece, got KeyError"):
        asked[1].result(60)
    assert [one.result(60) for one in (asked[0], asked[2], asked[3])] == [1, 3, 4]


def test_all_that_wait_for_a_process_that_was_ended_are_told(two: Helpers) -> None:
    assert two.ask({"told": 1}).result(60) == 1
    for one in two._all:
        if one._begun:
            one._begun.kill()
            one._begun.wait()
    assert isinstance(two.ask({"told": bytes(3_000_000)}).exception(60), RuntimeError)
    # The other is asked from then on.
    assert [two.ask({"told": n}).result(60) for n in range(4)] == [0, 1, 2, 3]


def test_they_end_amid_their_work(two: Helpers) -> None:
    asked = [two.ask({"told": bytes(9_000_000)}) for _ in range(9)]
    two.close()
    assert all(one.done() or one.cancelled() for one in asked)
    assert all(one._begun is None or one._begun.poll() is not None for one in two._all)


def test_pipes_that_may_not_be_large_are_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    started = subprocess.Popen

    def small(command: list[str], pipesize: int = -1, **pipes: int) -> subprocess.Popen[bytes]:
        if pipesize > 0:
            raise PermissionError
        return started(command, **pipes)

    monkeypatch.setattr(helpers.subprocess, "Popen", small)
    one = Helpers(operator.itemgetter, "told", 1)
    assert one.ask({"told": bytes(200_000)}).result(60) == bytes(200_000)
    one.close()
