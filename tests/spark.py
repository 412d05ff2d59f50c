"""Spark's master with two workers, who compute in processes of their own, over a table."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from geodata.queries import Engine

__all__ = ["HOW_TO_GET_JAVA", "UNPACKED", "SparkEngine", "find_java", "running"]

UNPACKED = Path(sys.prefix) / "java"
HOW_TO_GET_JAVA = (
    "No Java was found. Run `.venv/bin/python tests/install_programs.py java`, which unpacks "
    "Debian's package, or install one, or name its folder in the variable JAVA_HOME."
)
# Two workers with one core and a gigabyte each.
_CLUSTER = "local-cluster[2,1,1024]"


def find_java() -> str | None:
    """Return the folder of a Java on this machine, or `None`."""
    named = os.environ.get("JAVA_HOME")
    if named:
        return named if (Path(named) / "bin/java").is_file() else None
    found = sorted(UNPACKED.glob("usr/lib/jvm/*/bin/java"))
    java = str(found[0]) if found else shutil.which("java")
    return str(Path(java).resolve().parents[1]) if java else None


class SparkEngine(Engine):
    """A table in Spark, where Ibis leaves out rows by a number that it gives them in no order."""

    def page(self, expression: ir.Table, offset: int, limit: int) -> pa.Table:
        """Return some rows of the answer to an expression whose rows have an order."""
        return self.ask(expression.limit(offset + limit)).slice(offset)


@contextmanager
def running(table: pa.Table, folder: Path) -> Iterator[tuple[SparkEngine, Any]]:
    """Give an engine over a cluster that runs, and its session."""
    import ibis
    from pyspark.sql import SparkSession

    java = find_java()
    assert java, HOW_TO_GET_JAVA
    os.environ["JAVA_HOME"] = java
    # Its own workers alone are asked, on loopback.
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    session = (
        SparkSession.builder.master(_CLUSTER)
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.executor.memory", "512m")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.local.dir", str(folder / "spark"))
        .getOrCreate()
    )
    try:
        pq.write_table(table, folder / "incidents.parquet")
        frame = session.read.parquet(str(folder / "incidents.parquet"))
        frame.repartition(4).createOrReplaceTempView("incidents")
        yield SparkEngine(ibis.pyspark.connect(session)), session
    finally:
        session.stop()
