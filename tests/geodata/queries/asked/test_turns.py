"""Who came first goes first, only so many go at once, and a fault ends a turn."""

from __future__ import annotations

import time
from threading import Lock, Thread

import pytest

from geodata.queries.asked.turns import Turns


def until(reached):
    end = time.monotonic() + 10
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_they_go_in_the_order_in_which_they_came():
    turns, went = Turns(1), []

    def go(number):
        with turns:
            went.append(number)

    turns.__enter__()
    threads = []
    for number in range(6):
        threads.append(Thread(target=go, args=(number,)))
        threads[-1].start()
        until(lambda: len(turns._waiting) == len(threads))
    assert went == []
    turns.__exit__(None, None, None)
    # Who was first and comes again goes last.
    go("again")
    for one in threads:
        one.join(10)
    assert went == [0, 1, 2, 3, 4, 5, "again"]


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_no_more_go_at_once(at_once):
    turns, changing, inside, most = Turns(at_once), Lock(), [0], [0]

    def go():
        for _ in range(20):
            with turns:
                with changing:
                    inside[0] += 1
                    most[0] = max(most[0], inside[0])
                time.sleep(0.0002)
                with changing:
                    inside[0] -= 1

    threads = [Thread(target=go) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(10)
    assert most == [at_once]
    assert inside == [0]


def test_a_fault_ends_a_turn():
    turns = Turns(1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns:
            raise ZeroDivisionError
    with turns:
        pass
