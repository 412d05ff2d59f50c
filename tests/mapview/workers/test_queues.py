"""Queues: so much at once, in order, a sentence beyond, and every place given back."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from mapview.workers import Busy, Queue, queue_of


def test_so_many_work_and_so_many_wait() -> None:
    queue = Queue("an export", at_once=2, waiting=1)
    turns = [queue.enter() for _ in range(3)]
    assert [one.ready.done() for one in turns] == [True, True, False]
    with pytest.raises(Busy, match=r"an export must be asked for again in \d+ seconds") as busy:
        queue.enter()
    assert 1 <= busy.value.seconds <= 60
    queue.leave(turns[0])
    assert turns[2].ready.done()


def test_those_who_wait_come_in_order_and_know_their_place() -> None:
    queue = Queue("x", at_once=1, waiting=9)
    first, *others = [queue.enter() for _ in range(4)]
    assert [one.ahead for one in others] == [0, 1, 2]
    queue.leave(others[0])  # who gives up lets the others move up
    assert [one.ahead for one in others[1:]] == [0, 1]
    queue.leave(first)
    assert [one.ready.done() for one in others[1:]] == [True, False]


def test_leaving_twice_gives_back_one_place() -> None:
    queue = Queue("x", at_once=1, waiting=9)
    turns = [queue.enter() for _ in range(3)]
    for _ in range(2):
        queue.leave(turns[0])
    assert [one.ready.done() for one in turns[1:]] == [True, False]


def test_place_is_given_back_whatever_happens() -> None:
    queue = Queue("x", at_once=1, waiting=1)
    begun = []
    for _ in range(5):
        with suppress(ZeroDivisionError), queue.enter() as turn:
            begun.append(turn.ready.done())
            raise ZeroDivisionError
    assert begun == [True] * 5


def test_never_more_at_once_from_any_number_of_threads() -> None:
    queue = Queue("x", at_once=3, waiting=1_000)
    working, most, lock = 0, 0, threading.Lock()

    def work(_: int) -> None:
        nonlocal working, most
        with queue.enter() as turn:
            turn.ready.result(30)
            with lock:
                working += 1
                most = max(most, working)
            time.sleep(random.random() / 500)
            with lock:
                working -= 1

    with ThreadPoolExecutor(24) as pool:
        list(pool.map(work, range(300)))
    assert (working, most) == (0, 3)


def test_longer_work_means_a_longer_wait() -> None:
    def told(lasts: float) -> int:
        queue = Queue("x", at_once=1, waiting=3)
        for _ in range(20):
            turn = queue.enter()
            turn.begun -= lasts
            queue.leave(turn)
        held = [queue.enter() for _ in range(4)]
        with pytest.raises(Busy) as busy:
            queue.enter()
        assert len(held) == 4
        return busy.value.seconds

    assert told(0) < told(3) < told(8) <= told(10_000) == 60


def test_nobody_is_let_in_who_would_wait_too_long() -> None:
    queue = Queue("x", at_once=1, waiting=9, longest_s=60)
    for _ in range(20):
        turn = queue.enter()
        turn.begun -= 25
        queue.leave(turn)
    working, *waiting = [queue.enter() for _ in range(3)]
    with pytest.raises(Busy, match="asked for again in 60 seconds"):
        queue.enter()
    queue.leave(working)
    queue.enter()
    assert len(waiting) == 2


@pytest.mark.parametrize("is_over", [True, False])
def test_the_last_are_refused_when_work_takes_longer_than_it_did(*, is_over: bool) -> None:
    queue = Queue("x", at_once=1, waiting=20, longest_s=60)
    turns = [queue.enter() for _ in range(10)]
    turns[0].begun -= 25
    if is_over:
        queue.leave(turns[0])
    else:
        queue.shorten()
    refused = [one for one in turns if one.ready.done() and one.ready.exception()]
    assert refused == turns[-len(refused) :]
    waiting = [one for one in turns if not one.ready.done()]
    # 25 s once, of usually 5: the next may take 11 s; while one takes 25 s, so may all.
    assert len(waiting) == (5 if is_over else 2)
    with pytest.raises(Busy, match="asked for again in 60 seconds"):
        refused[0].ready.result(0)
    for one in turns:
        queue.leave(one)
    assert queue.enter().ready.done()


def test_a_wait_for_what_shows_its_line_has_no_end() -> None:
    queue = Queue("x", at_once=1, waiting=20)
    turns = [queue.enter() for _ in range(10)]
    turns[0].begun -= 10_000
    queue.shorten()
    assert [one.ready.done() for one in turns] == [True] + [False] * 9


def test_settings_say_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    assert queue_of("exports") is queue_of("exports")
    assert queue_of("exports") is not queue_of("embeds")
    monkeypatch.setenv("MAPVIEW_EXPORTS", "2")
    monkeypatch.setenv("MAPVIEW_WAITING", "1")
    queue = queue_of("exports")
    turns = [queue.enter() for _ in range(3)]
    assert [one.ready.done() for one in turns] == [True, True, False]
    with pytest.raises(Busy):
        queue.enter()
    for one in turns:
        queue.leave(one)
