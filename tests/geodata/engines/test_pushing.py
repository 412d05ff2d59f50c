"""A pushed dataset is there whole or not at all, and whoever reads the one before goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import psycopg
import pyarrow as pa
import pytest
from columnar_datasets import make_dataset
from fixed_records import HOSTILE, everything, incident
from plain_loop import random_records
from postgres import PASSWORD, Postgres

from geodata import read_records
from geodata.engines import (
    EngineAddress,
    open_engine,
    push,
    pushed_datasets,
    remove_pushed,
)
from geodata.errors import EngineError, ReplacedError, StoreError
from geodata.queries import Filter, Store
from geodata.records import ReadResult, Records
from geodata.workspace import open_parts, parts_of

MORE = Filter.from_query("country=AF&q=kunduz")


@pytest.fixture
def address(postgres: Postgres) -> Iterator[EngineAddress]:
    """An engine that holds nothing."""
    postgres.clear()
    yield EngineAddress(postgres.url)
    postgres.clear()


def put(address: EngineAddress, records: Records, name: str = "mine") -> None:
    parts = parts_of(ReadResult(records))
    push(address, name, parts.engine().batches(), parts.catalogue)


def tables(address: EngineAddress) -> list[str]:
    question = "select tablename from pg_tables where schemaname = 'mapview' order by 1"
    with psycopg.connect(address.text) as connection:
        return [name for (name,) in connection.execute(question)]


def test_a_reader_of_the_one_before_is_not_disturbed(address: EngineAddress) -> None:
    first, second = random_records(60), random_records(40)
    put(address, first)
    reader = open_engine(address).store()
    put(address, second)
    # Nothing of this was asked before.
    assert reader.totals(MORE) == Store.of(first).totals(MORE)
    assert reader.everything() == first
    assert open_engine(address).store().everything() == second
    put(address, first)
    assert len(tables(address)) == 1 + 2 * 3
    with pytest.raises(ReplacedError, match="must be the one that was opened, got another"):
        reader.facets(Filter())


def test_nothing_is_seen_of_a_push_before_its_end(address: EngineAddress) -> None:
    first, second = random_records(60), parts_of(ReadResult(random_records(40)))
    put(address, first)
    before = tables(address)

    def slow() -> Iterator[pa.RecordBatch]:
        yield from second.engine().batches()
        # All of the new one is there but for its end.
        assert open_engine(address).store().totals(Filter()).shown == 60
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        push(address, "mine", slow(), second.catalogue)
    assert tables(address) == before
    assert open_engine(address).store().everything() == first


def test_two_at_once_wait_for_one_another(address: EngineAddress) -> None:
    sets = [random_records(30), random_records(31)]
    threads = [Thread(target=put, args=(address, one)) for one in sets]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert open_engine(address).count in (30, 31)
    assert len(tables(address)) == 1 + 2 * 3


def test_one_of_several_is_named(address: EngineAddress) -> None:
    with pytest.raises(StoreError, match="mapview datasets push NAME ENGINE puts one there"):
        open_engine(address)
    put(address, random_records(3), "a")
    assert open_engine(address).name == "a"
    put(address, random_records(4), "b")
    assert open_engine(address, ["b"]).count == 4
    for named in ([], ["c"], ["a", "b"]):
        with pytest.raises(StoreError, match=r"must be named \(a, b\), got"):
            open_engine(address, named)


def test_tables_of_another_layout_are_not_read(address: EngineAddress) -> None:
    put(address, random_records(3))
    with psycopg.connect(address.text) as connection:
        connection.execute("update mapview.datasets set layout = 99")
    with pytest.raises(StoreError, match="got layout 99; push it again"):
        open_engine(address)


def test_a_dataset_comes_back_with_all_that_belongs_to_it(address: EngineAddress, tmp_path) -> None:
    title = "\0\\N\t".join(HOSTILE)
    records = replace(everything(), incidents=(incident(id="own:1", title=title),))
    folder = make_dataset(tmp_path / "own", records)
    parts = open_parts([folder], read_records)
    assert parts.datasets
    push(address, "own", parts.engine().batches(), parts.catalogue)
    opened = open_engine(address)
    assert opened.everything() == parts.everything()
    assert opened.store().version == parts.store().version
    # Text of a database cannot hold U+0000; the record itself has it as JSON.
    assert opened.store().table(Filter())[0].title == title.replace("\0", " ")
    assert opened.store().incident("own:1") == records.incidents[0]
    assert opened.may_all_be_published == parts.may_all_be_published


def test_no_rows_are_a_dataset_too(address: EngineAddress) -> None:
    put(address, Records())
    assert open_engine(address).store().totals(Filter()).shown == 0


def test_a_database_of_other_letters_is_refused(address: EngineAddress, postgres: Postgres) -> None:
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(
            "create database bytes encoding 'SQL_ASCII' locale_provider libc locale 'C' "
            "template template0"
        )
    with pytest.raises(StoreError, match="must be encoded as UTF8, got SQL_ASCII"):
        put(EngineAddress(postgres.url.replace("/postgres", "/bytes")), Records())


def test_who_may_not_write_is_told_so_without_the_password(
    address: EngineAddress, postgres: Postgres
) -> None:
    with psycopg.connect(postgres.url) as connection:
        connection.execute("create role guest login password 'zwiebel'")
    guest = f"postgresql://guest:zwiebel@127.0.0.1:{postgres.port}/postgres"
    with pytest.raises(StoreError, match="needs the right to create a schema") as refused:
        put(EngineAddress(guest), Records())
    assert "zwiebel" not in str(refused.value)
    with pytest.raises(EngineError) as unknown:
        put(EngineAddress(guest.replace("zwiebel", "wrong-word")), Records())
    assert 'password authentication failed for user "guest"' in unknown.value.reason
    assert "wrong-word" not in f"{unknown.value} {unknown.value.reason}"
    assert PASSWORD not in repr(address)


@contextmanager
def roles(address: EngineAddress, *names: str) -> Iterator[list[EngineAddress]]:
    """Give addresses of roles that may do nothing yet; they are gone at the end."""
    host = address.text.rpartition("@")[2]
    with psycopg.connect(address.text, autocommit=True) as owner:
        try:
            for name in names:
                owner.execute(f"create role {name} login password 'word'")
            yield [EngineAddress(f"postgresql://{name}:word@{host}") for name in names]
        finally:
            owner.execute("drop schema if exists mapview cascade")
            for name in names:
                owner.execute(f"drop owned by {name}")
                owner.execute(f"drop role {name}")


def columns(address: EngineAddress) -> list[str]:
    question = (
        "select column_name from information_schema.columns "
        "where table_schema = 'mapview' and table_name = 'datasets'"
    )
    with psycopg.connect(address.text) as connection:
        return [name for (name,) in connection.execute(question)]


def test_a_table_of_an_earlier_program_is_changed_by_its_owner_alone(
    address: EngineAddress,
) -> None:
    put(address, random_records(3))
    with roles(address, "helper") as (helper,):
        with psycopg.connect(address.text) as owner:
            owner.execute("alter table mapview.datasets drop column versions")
            owner.execute("grant usage, create on schema mapview to helper")
            owner.execute("grant select, insert, update on mapview.datasets to helper")
            owner.execute("grant usage on sequence mapview.states to helper")
        before = tables(address)
        with pytest.raises(StoreError, match=r"must own the table mapview\.datasets, .*to push"):
            put(helper, random_records(4), "own")
        assert tables(address) == before
        assert "versions" not in columns(address)
        with psycopg.connect(address.text) as owner:
            owner.execute("grant mapview to helper")
        put(helper, random_records(4), "own")
        assert "versions" in columns(address)
        assert open_engine(address, ["own"]).everything() == random_records(4)


def test_a_column_that_was_added_stays_where_a_push_fails(address: EngineAddress) -> None:
    put(address, random_records(3))
    with psycopg.connect(address.text) as owner:
        owner.execute("alter table mapview.datasets drop column versions")
    made = parts_of(ReadResult(random_records(4)))

    def rows() -> Iterator[pa.RecordBatch]:
        # Nobody waits for this push to end.
        with psycopg.connect(address.text, options="-c lock_timeout=2s") as other:
            other.execute("select versions from mapview.datasets").fetchall()
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        push(address, "mine", rows(), made.catalogue)
    assert "versions" in columns(address)
    assert open_engine(address).everything() == random_records(3)


def test_tables_of_another_owner_are_not_dropped_and_that_is_told(address: EngineAddress) -> None:
    for count in (3, 4):
        put(address, random_records(count))
    with roles(address, "helper") as (helper,):
        with psycopg.connect(address.text) as owner:
            owner.execute("grant usage, create on schema mapview to helper")
            owner.execute("grant select, insert, update on mapview.datasets to helper")
            owner.execute("grant usage on sequence mapview.states to helper")
        before = tables(address)
        with pytest.raises(StoreError, match="must own the tables of the pushes of mine before"):
            put(helper, random_records(5))
        for rights in ("select", "delete"):
            with pytest.raises(StoreError, match="must own the tables of mine and the list"):
                remove_pushed(helper, "mine")
            with psycopg.connect(address.text) as owner:
                owner.execute(f"grant {rights} on mapview.datasets to helper")
        assert tables(address) == before
        assert open_engine(address).everything() == random_records(4)


def granted(heading: str) -> str:
    """What the page on engines lets whoever pushes say, with the name of the test's reader."""
    text = Path("docs/engines.md").read_text("utf-8")
    return text.partition(heading)[2].partition("```sql\n")[2].partition("```")[0]


def test_a_reader_who_is_let_in_after_the_first_push_reads_those_that_follow(
    address: EngineAddress,
) -> None:
    with roles(address, "pusher", "reader") as (pusher, reader):
        with psycopg.connect(address.text) as owner:
            owner.execute("grant create on database postgres to pusher")
        put(pusher, random_records(3))
        with pytest.raises(StoreError, match="must let its user read the schema mapview"):
            open_engine(reader)
        with psycopg.connect(pusher.text) as connection:
            connection.execute(granted("Whoever serves needs to read it"))
        serving = open_engine(reader)
        assert serving.everything() == random_records(3)
        assert [one.shown.incidents for one in pushed_datasets(reader)] == [3]
        for count in (4, 5):
            put(pusher, random_records(count))
            shown = serving.shown()
            assert shown not in (None, serving.pushed)
            serving = open_engine(reader)
            assert shown == serving.pushed
            assert serving.everything() == random_records(count)
            assert len(serving.store().table(Filter())) == count
        with pytest.raises(StoreError, match="needs the right to create a schema"):
            put(reader, random_records(6))
        # One statement less, and the next push is closed to it.
        with psycopg.connect(pusher.text) as connection:
            connection.execute(
                "alter default privileges in schema mapview revoke select on tables from reader"
            )
        put(pusher, random_records(7))
        with pytest.raises(StoreError, match="must let its user read the schema mapview"):
            open_engine(reader)
        # What is served is answered still.
        assert serving.everything() == random_records(5)


def test_who_may_not_read_is_told_which_rights_are_needed(address: EngineAddress) -> None:
    put(address, Records((incident("a"),)))
    host = address.text.rpartition("@")[2]
    reader = EngineAddress(f"postgresql://newcomer:word@{host}")
    with psycopg.connect(address.text, autocommit=True) as owner:
        owner.execute("create role newcomer login password 'word'")
        try:
            for rights in ("usage on schema mapview", "select on mapview.datasets"):
                with pytest.raises(StoreError, match="must let its user read the schema mapview"):
                    open_engine(reader)
                owner.execute(f"grant {rights} to newcomer")
            owner.execute("grant select on all tables in schema mapview to newcomer")
            assert open_engine(reader).count == 1
        finally:
            owner.execute("drop owned by newcomer")
            owner.execute("drop role newcomer")


def test_a_record_that_is_none_is_told_and_not_quoted(address: EngineAddress) -> None:
    put(address, Records((incident("a"),)))
    (table,) = (one for one in tables(address) if one.startswith("records_"))
    with psycopg.connect(address.text, autocommit=True) as owner:
        owner.execute(f'update mapview.{table} set record = \'{{"id": "hush"}}\'')  # noqa: S608
    with pytest.raises(StoreError, match=f"^mapview.{table} must hold records") as refused:
        open_engine(address).everything()
    assert "hush" not in str(refused.value)
    assert "\n" not in str(refused.value)
