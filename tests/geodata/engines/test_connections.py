"""A lost connection is a sentence, and made anew by whoever asks next."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from plain_loop import random_records
from postgres import PASSWORD, Postgres

from geodata.engines import EngineAddress, EngineParts, open_engine, push
from geodata.engines import connections as connections_of
from geodata.errors import EngineError
from geodata.queries import Filter, Store
from geodata.records import ReadResult
from geodata.workspace import parts_of

RECORDS = random_records(40)


@pytest.fixture
def opened(postgres: Postgres) -> Iterator[EngineParts]:
    parts, address = parts_of(ReadResult(RECORDS)), EngineAddress(postgres.url)
    push(address, "kept", parts.engine().batches(), parts.catalogue)
    yield open_engine(address, ["kept"])
    postgres.clear()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask again at once, whatever was lost just now."""
    monkeypatch.setattr(connections_of, "_SECONDS_SILENT", 0)


def test_a_server_that_ends_is_a_sentence_until_it_is_back(
    opened: EngineParts, postgres: Postgres, impatient: None, caplog: pytest.LogCaptureFixture
) -> None:
    store, expected = opened.store(), Store.of(RECORDS)
    known, new = Filter.from_query("country=AF"), Filter.from_query("country=IR")
    assert store.facets(known) == expected.facets(known)
    postgres.stop()
    with caplog.at_level(logging.WARNING):
        for ask in (store.facets, store.totals, store.ids, store.table, store.select):
            with pytest.raises(EngineError, match=r"must answer.* the rest comes when the") as lost:
                ask(new)
            assert str(postgres.port) not in str(lost.value)
            assert lost.value.__suppress_context__
    # What was answered before still is.
    assert store.facets(known) == expected.facets(known)
    with pytest.raises(EngineError, match="got no connection to it") as refused:
        open_engine(EngineAddress(postgres.url))
    assert "refused" in refused.value.reason
    told = f"{caplog.text} {refused.value.reason} {refused.value}"
    assert str(postgres.port) in told
    assert PASSWORD not in told
    assert "Traceback" not in told
    postgres.start()
    assert store.facets(new) == expected.facets(new)
    assert store.everything() == RECORDS


def test_nobody_waits_for_one_who_does_not_answer_again_and_again(
    opened: EngineParts, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened.store()
    postgres.stop()
    tried = []
    connect = connections_of.connect
    monkeypatch.setattr(
        connections_of, "connect", lambda address: tried.append(address) or connect(address)
    )
    for country in ("AF", "IR", "TJ", "UZ"):
        with pytest.raises(EngineError):
            store.totals(Filter(countries=(country,)))
    assert len(tried) == 1


def test_connections_that_were_cut_are_made_anew_unnoticed(
    opened: EngineParts, postgres: Postgres
) -> None:
    store, expected = opened.store(), Store.of(RECORDS)
    filters = [Filter(fatalities_min=n) for n in range(24)]
    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(store.ids, filters)) == list(map(expected.ids, filters))
        with psycopg.connect(postgres.url) as connection:
            question = "select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> "
            cut = connection.execute(
                f"{question} pg_backend_pid() and application_name = 'mapview'"
            ).fetchone()
        assert cut is not None
        assert 1 <= cut[0] <= 8
        assert list(pool.map(store.table, filters)) == list(map(expected.table, filters))


def test_what_is_asked_changes_nothing(opened: EngineParts) -> None:
    opened.store()
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        opened.connections.ask("delete from mapview.datasets returning name")


def test_a_process_that_was_split_off_leaves_connections_of_the_other_alone(
    opened: EngineParts,
) -> None:
    """With threads around none is split off here; this one is told that it was."""
    store = opened.store()
    (idle,) = opened.connections._idle
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections_of.os, "getpid", lambda: -1)
        assert store.ids(Filter(text="bomb"))
        assert idle not in opened.connections._idle
        for one in opened.connections._idle:
            one.close()
        opened.connections._idle.clear()
    assert not idle.closed
    idle.close()
