"""What becomes of a driver of Spark that cannot be made; pyspark is played, no cluster is asked."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Event
from types import ModuleType, SimpleNamespace
from typing import Any, NoReturn

import pytest

from geodata.engines.address import EngineAddress, SparkPlace
from geodata.engines.spark import sessions as sessions_of
from geodata.errors import EngineError, StoreError


class Driver:
    """The Java program as its process is seen."""

    def __init__(self) -> None:
        self.has_ended = False
        self.stdin = SimpleNamespace(close=lambda: None)

    def kill(self) -> None:
        self.has_ended = True

    def wait(self, _: float) -> None:
        assert self.has_ended


class Conf:
    def __init__(self, **_: Any) -> None:
        pass

    def setAll(self, _: Any) -> Conf:  # noqa: N802 - as pyspark calls it
        return self

    def setIfMissing(self, *_: str) -> None:  # noqa: N802 - see above
        pass


class Context:
    _active_spark_context = _gateway = _jvm = None

    def __init__(self, **_: Any) -> None:
        raise RuntimeError("All masters are unresponsive! Giving up.")


def test_a_driver_that_finds_no_cluster_ends_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    driver = Driver()
    gateway = SimpleNamespace(proc=driver, jvm=None)
    logger = SimpleNamespace(getLogger=lambda _: SimpleNamespace(disabled=False))
    parts = {
        "pyspark": {"SparkConf": Conf, "SparkContext": Context},
        "pyspark.errors": {"PySparkException": OSError},
        "pyspark.java_gateway": {"launch_gateway": lambda *_: gateway},
        "pyspark.logger": {"PySparkLogger": logger},
        "pyspark.sql": {"SparkSession": None},
    }
    for name, held in parts.items():
        module = ModuleType(name)
        vars(module).update(held)
        monkeypatch.setitem(sys.modules, name, module)
    with pytest.raises(RuntimeError, match="All masters are unresponsive"):
        sessions_of._Session(SparkPlace("127.0.0.1", 7077, Path("/srv/maps")))
    assert driver.has_ended


class Played(sessions_of._Session):
    """A session without any worker, whose driver is played."""

    def __init__(self, *, has_answered: bool) -> None:
        self._has_answered = has_answered
        self.cancelled = Event()
        status = SimpleNamespace(size=lambda: 1)
        context = SimpleNamespace(getExecutorMemoryStatus=lambda: status)
        self._context = SimpleNamespace(
            setJobGroup=lambda *_, **__: None,
            cancelJobGroup=lambda _: self.cancelled.set(),
            _jsc=SimpleNamespace(sc=lambda: context),
        )

    def ask(self, *_: object) -> NoReturn:
        with self._not_alone():
            # It is given up once before it has begun, which nobody hears.
            for _ in range(2):
                assert self.cancelled.wait(20)
                self.cancelled.clear()
            raise RuntimeError("Job was cancelled.")


@pytest.mark.parametrize(("has_answered", "tries"), [(True, 2), (False, 1)])
def test_without_workers_only_a_driver_that_had_some_is_made_anew(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    has_answered: bool,  # noqa: FBT001
    tries: int,
) -> None:
    monkeypatch.setattr(sessions_of, "check_spark", lambda: None)
    monkeypatch.setattr(sessions_of, "_SECONDS_ALONE", 0.1)
    monkeypatch.setattr(sessions_of, "_SECONDS_ALONE_AT_FIRST", 0.2)
    monkeypatch.setattr(sessions_of, "_is_ours", lambda _: False)
    made = [Played(has_answered=has_answered), Played(has_answered=False)]
    asked: list[Played] = []
    shared = SimpleNamespace(
        get=lambda _: asked.append(made[len(asked)]) or asked[-1], drop=lambda _: None
    )
    monkeypatch.setattr(sessions_of, "_shared", shared)
    sessions = sessions_of.Sessions(EngineAddress(f"spark://127.0.0.1:7077{tmp_path}"))
    monkeypatch.setattr(sessions, "_reach", lambda: None)
    with pytest.raises(EngineError, match="the rest comes when the") as lost:
        sessions.ask("select 1", tmp_path)
    assert len(asked) == tries
    assert "no worker was there for 0.2 seconds" in lost.value.reason


def test_a_dataset_that_goes_while_it_is_asked_ends_no_driver(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sessions_of, "check_spark", lambda: None)
    monkeypatch.setattr(sessions_of, "_is_ours", lambda _: False)
    dropped: list[Any] = []
    folder = tmp_path / "state_1"
    folder.mkdir()

    def get(_: SparkPlace) -> sessions_of._Session:
        # Another push takes it away while a driver starts.
        folder.rmdir()
        return object.__new__(sessions_of._Session)

    monkeypatch.setattr(sessions_of, "_shared", SimpleNamespace(get=get, drop=dropped.append))
    sessions = sessions_of.Sessions(EngineAddress(f"spark://127.0.0.1:7077{tmp_path}"))
    monkeypatch.setattr(sessions, "_reach", lambda: None)
    with pytest.raises(StoreError):
        sessions.ask("select 1", folder)
    assert dropped == []
