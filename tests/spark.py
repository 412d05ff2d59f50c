"""A standalone cluster of Spark on loopback: a master and two workers, processes of their own."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

from geodata.engines.spark import end

__all__ = ["HOW_TO_GET_JAVA", "UNPACKED", "Cluster", "cluster", "find_java", "running"]

UNPACKED = Path(sys.prefix) / "java"
HOW_TO_GET_JAVA = (
    "No Java was found. Run `.venv/bin/python tests/install_programs.py java`, which unpacks "
    "Debian's package, or install one, or name its folder in the variable JAVA_HOME."
)
_HOW_TO_GET_SPARK = "No pyspark was found. Run `make test-engines`, which installs it."
_START_S = 90
_WORKERS = 2
# Most that these programs do is to begin: they compile little, and take their classes as they are.
_QUICK = (
    *("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
    *("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"),
)
# What no test asks of Spark, and without which its drivers begin in half of the time.
_LEFT_OUT = (
    *("arpack", "blas", "breeze", "cats", "datanucleus", "derby", "hive", "jdo", "JTransforms"),
    *("jline", "jpam", "kubernetes", "lapack", "okhttp", "okio", "rocksdb", "scala-compiler"),
    *("shapeless", "spark-connect", "spark-graphx", "spark-hive", "spark-kubernetes"),
    *("spark-mllib", "spark-repl", "spark-streaming", "spark-yarn", "spire", "vertx", "zookeeper"),
)
# Who computes writes a line for each step else, which takes a fifteenth of the processors' time.
_LOGGED = "rootLogger.level = error\n"
# What an operator would write; the rest is as Spark has it.
_DEFAULTS = f"""\
spark.executor.memory 512m
spark.executor.extraJavaOptions {" ".join(_QUICK)}
spark.driver.extraJavaOptions {" ".join(_QUICK)}
"""


# Those that Spark 4 is said to run on, which newer ones have taken parts from.
_JAVAS = range(17, 22)


def find_java() -> str | None:
    """Return the folder of a Java on this machine that Spark 4 runs on, or `None`."""
    java, named = shutil.which("java"), os.environ.get("JAVA_HOME")
    homes = [Path(named)] if named else []
    homes += [one.parents[1] for one in sorted(UNPACKED.glob("usr/lib/jvm/*/bin/java"))]
    homes += [Path(java).resolve().parents[1]] if java else []
    return next((str(one.resolve()) for one in homes if _will_do(one)), None)


def _will_do(home: Path) -> bool:
    """Whether a folder has a Java, and one that will do as far as it says."""
    release = home / "release"
    told = release.read_text("utf-8", "replace") if release.is_file() else ""
    version = re.search(r'JAVA_VERSION="(\d+)', told)
    return (home / "bin/java").is_file() and (not version or int(version[1]) in _JAVAS)


class Cluster:
    """A master and two workers of two cores each.

    Args:
        folder: Where they keep what they need, and where datasets may be.

    Attributes:
        url: The address of an engine there.
        environment: What a process needs that asks it.
    """

    def __init__(self, folder: Path) -> None:
        java, spark = find_java(), importlib.util.find_spec("pyspark")
        assert java, HOW_TO_GET_JAVA
        assert spark, _HOW_TO_GET_SPARK
        assert spark.origin
        self._java, self._folder = Path(java), folder
        self._spark = _part_of(Path(spark.origin).parent, folder / "spark")
        self.port = _free_port()
        self.datasets = folder / "datasets of all"
        self.url = f"spark://127.0.0.1:{self.port}{self.datasets}"
        (folder / "conf").mkdir()
        (folder / "conf/log4j2.properties").write_text(_LOGGED, encoding="utf-8")
        self.give_drivers(_WORKERS)
        self.environment = {
            "JAVA_HOME": java,
            "SPARK_HOME": str(self._spark),
            "SPARK_CONF_DIR": str(folder / "conf"),
        }
        self._master: subprocess.Popen[bytes] | None = None
        self._workers: list[subprocess.Popen[bytes]] = []

    def give_drivers(self, cores: int) -> None:
        """Give drivers that are started from now on so many cores, each on a worker of its own."""
        text = f"{_DEFAULTS}spark.cores.max {cores}\n"
        (self._folder / "conf/spark-defaults.conf").write_text(text, encoding="utf-8")

    def _run(self, what: str, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            **self.environment,
            "SPARK_SCALA_VERSION": "2.13",
            "SPARK_LOCAL_IP": "127.0.0.1",
        }
        # Who asks them is told of by its own settings, not by ours.
        environment.pop("PYSPARK_SUBMIT_ARGS", None)
        # As Spark's own script has it, which starts another Java to put it together.
        words = [
            *(self._java / "bin/java", "-cp", f"{self._spark}/jars/*", "-Xmx256m", *_QUICK),
            "-Dspark.master.rest.enabled=false",
            f"org.apache.spark.deploy.{what}.{what.capitalize()}",
            *("--host", "127.0.0.1", "--webui-port", "0", *arguments),
        ]
        with (self._folder / f"{what}.txt").open("ab") as log:
            return subprocess.Popen(words, stdout=log, stderr=log, env=environment)

    def start(self) -> None:
        """Start what does not run of master and workers, and wait until they know each other."""
        at = f"spark://127.0.0.1:{self.port}"
        if not self._master:
            (self._folder / "master.txt").unlink(missing_ok=True)
            self._master = self._run("master", "--port", str(self.port))
            self._wait("Starting Spark master", 1)
        known = self.told().count("Registering worker") + _WORKERS - len(self._workers)
        while len(self._workers) < _WORKERS:
            work = str(self._folder / "work")
            self._workers.append(self._run("worker", "-c", "2", "-m", "1200m", "-d", work, at))
        self._wait("Registering worker", known)

    def _wait(self, words: str, times: int) -> None:
        end = time.monotonic() + _START_S
        while True:
            told = self.told()
            if told.count(words) >= times:
                return
            assert time.monotonic() < end, told[-2_000:]
            assert self._master, told[-2_000:]
            assert self._master.poll() is None, told[-2_000:]
            time.sleep(0.1)

    def kill_worker(self) -> None:
        """Kill a worker and what it computes with, as a machine that goes."""
        worker = self._workers.pop(0)
        executors = psutil.Process(worker.pid).children(recursive=True)
        assert executors, "nobody computes there"
        for one in executors:
            one.kill()
        worker.kill()
        worker.wait(_START_S)

    def kill_workers(self) -> None:
        """Kill all workers, of which one may compute nothing, and leave the master."""
        for one in self._workers:
            one.kill()
            one.wait(_START_S)
        self._workers = []

    def stop(self) -> None:
        """End all, and forget what was pushed."""
        for one in (*self._workers, self._master):
            if one:
                one.kill()
                one.wait(_START_S)
        self._workers, self._master = [], None

    def told(self) -> str:
        """Return what the master has said since it was started."""
        return (self._folder / "master.txt").read_text("utf-8")

    def clear(self) -> None:
        """Take away what was pushed."""
        shutil.rmtree(self.datasets, ignore_errors=True)


def _part_of(spark: Path, home: Path) -> Path:
    """Link to what of Spark the tests ask, in a folder that is its home for them."""
    (home / "jars").mkdir(parents=True)
    for name in ("bin", "python"):
        (home / name).symlink_to(spark / name)
    for one in (spark / "jars").iterdir():
        if not one.name.startswith(_LEFT_OUT):
            (home / "jars" / one.name).symlink_to(one)
    return home


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A cluster that all tests of a process share; who ends a part of it starts it again."""
    with running() as one:
        yield one


@contextmanager
def running() -> Iterator[Cluster]:
    """Give a cluster that runs, and set what this process needs to ask it."""
    folder = Path(tempfile.mkdtemp(prefix="mapview-spark-"))
    before = dict(os.environ)
    one = None
    try:
        one = Cluster(folder)
        os.environ.update(one.environment)
        one.start()
        yield one
    finally:
        if one:
            one.stop()
            end()
        for name in one.environment if one else ():
            os.environ.pop(name, None)
            os.environ.update({name: before[name]} if name in before else {})
        shutil.rmtree(folder, ignore_errors=True)
