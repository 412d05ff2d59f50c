"""What is kept of a store is asked for once, is that store's, and goes with it."""

from __future__ import annotations

import gc
from weakref import ref

from mapview.once import once_a_store


class Store:
    """Something that can be asked."""

    def __init__(self, word: str) -> None:
        self.word = word


class Answer:
    """What is made of it."""


def test_an_answer_is_made_once_and_goes_with_its_store() -> None:
    asked: list[tuple[str, str]] = []

    @once_a_store(4)
    def answer(store: Store, language: str) -> Answer:
        asked.append((store.word, language))
        return Answer()

    one, other = Store("one"), Store("other")
    assert answer(one, "en") is answer(one, "en")
    assert answer(one, "fr") is not answer(one, "en")
    assert answer(other, "en") is not answer(one, "en")
    assert asked == [("one", "en"), ("one", "fr"), ("other", "en")]
    held, kept = ref(one), ref(answer(one, "en"))
    del one
    gc.collect()
    assert held() is None
    assert kept() is None
    assert isinstance(answer(other, "en"), Answer)


def test_no_more_are_kept_than_may_be() -> None:
    asked: list[str] = []

    @once_a_store(1)
    def answer(store: Store) -> str:
        asked.append(store.word)
        return store.word

    one, other = Store("one"), Store("other")
    for store in (one, one, other, one):
        assert answer(store) == store.word
    assert asked == ["one", "other", "one"]
