"""What becomes of a driver of Spark that cannot be made; pyspark is played, no cluster is asked."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from geodata.engines.address import SparkPlace
from geodata.engines.spark import sessions as sessions_of


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
