"""Read mutated files for some minutes a kind: each must give rows or a refusal, and soon.

Run as `python tools/fuzz_reading.py --minutes 10 --seed 1 [KIND …]`; it ends with 1 where a reader
raised anything else, crashed or took too long, and keeps such files in the folder `fuzzed`.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import queue
import random
import resource
import sys
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from pathlib import Path

import geopandas as gpd
import openpyxl
import shapely

from geodata.reading import Refused, open_file

BATCH = 50
SLOW = 20
MEMORY = 4_000_000_000
TOKENS = (
    b'"', b"'", b",", b";", b"\t", b"\n", b"\r", b"\0", b"\xff", b"\xfe", b"[", b"]", b"{", b"}",
    b"<", b">", b"&", b"</", b"PK\x03\x04", b"-1", b"999999999999", b"1e999", b"NaN", b"#date",
    b"\xed\xa0\x80", b"<!ENTITY a 'b'>", b"sep=;\n", b"Total", b"\x7f\xff\xff\xff", b"\x80" * 4,
)  # fmt: skip


def samples() -> dict[str, bytes]:
    """Return a small good file of each kind, written by other libraries than ours."""
    kml = "".join(
        f'<Folder><name>{n}</name><Placemark id="p{n}"><name>a {n}</name><TimeSpan><begin>2024-01'
        f"</begin></TimeSpan><ExtendedData><Data name='k'><value>{n}</value></Data></ExtendedData>"
        f"<Point><coordinates>{n},2,3</coordinates></Point></Placemark></Folder>"
        for n in range(5)
    )
    text = "Attacks\nid,date,place\n#id,#date,#loc\n" + "".join(
        f'{n},2024-01-0{n},"Kabul, {n}\nx"\n' for n in range(1, 9)
    )
    records = [{"id": n, "a": {"b": [n, "x"]}, "é": None} for n in range(5)]
    point = '<wpt lat="1" lon="2"><name>a</name></wpt>'
    found = {
        "csv": text.encode(),
        "utf16": text.encode("utf-16"),
        "cp1252": text.replace("Kabul", "Köln").replace(",", ";").encode("cp1252"),
        "json": json.dumps({"status": 1, "data": records}).encode(),
        "lines": "\n".join(map(json.dumps, records)).encode(),
        "kml": f'<?xml version="1.0"?><kml><Document>{kml}</Document></kml>'.encode(),
        "gpx": f"<gpx>{point * 3}<rte><rtept lat='1' lon='2'/></rte></gpx>".encode(),
        "xlsx": _workbook(),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", found["csv"])
        archive.writestr("doc.kml", found["kml"])
    return {**found, "zip": buffer.getvalue(), **_layers()}


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (["Attacks"], [], ["id", "date", "n"], [1, "2024", 2.5], [2, "x", True]):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _layers() -> dict[str, bytes]:
    shapes = [shapely.Point(n, 2 * n) for n in range(6)]
    columns = {"name": [f"é {n}" for n in range(6)], "n": range(6)}
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=4326)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        home = Path(folder)
        frame.to_parquet(home / "x.parquet")
        for ending in ("gpkg", "fgb", "shp", "geojson"):
            frame.to_file(home / f"x.{ending}")
        found = {
            one: (home / f"x.{one}").read_bytes() for one in ("parquet", "gpkg", "fgb", "geojson")
        }
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for part in ("shp", "shx", "dbf", "prj", "cpg"):
                archive.write(home / f"x.{part}", f"x.{part}")
        return {**found, "shapefile": buffer.getvalue()}


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """Return bytes with some of them changed, cut, doubled, or with what readers look for in."""
    data = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(data) + 1)
        kind = chance.randrange(6)
        if kind == 0 and at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del data[at : at + chance.choice((1, 2, 8, 64, 4096))]
        elif kind == 2:
            data[at:at] = chance.choice(TOKENS)
        elif kind == 3:
            token = chance.choice(TOKENS)
            data[at : at + len(token)] = token
        elif kind == 4:
            begin = chance.randrange(len(data) + 1)
            data[at:at] = data[begin : begin + chance.choice((4, 64, 1024))]
        elif at < len(data):
            data[at] = chance.randrange(256)
    return bytes(data)


def read(raw: bytes, path: Path) -> str:
    """Read a file whole; return what came of it."""
    path.write_bytes(raw)
    try:
        rows = sum(1 for sheet in open_file(path) for _ in sheet.rows())
    except Refused as error:
        if "\n" in str(error):
            raise ValueError(f"a refusal is one sentence, got {error}") from error
        return "refused"
    return "rows" if rows else "no rows"


def _batch(kind: str, raw: bytes, seed: int, answers: multiprocessing.Queue) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("error")
    with tempfile.TemporaryDirectory() as folder:
        for number in range(seed, seed + BATCH):
            answers.put(("begun", number))
            began = time.monotonic()
            try:
                answer = read(mutated(raw, random.Random(f"{kind} {number}")), Path(folder) / "x")
            except BaseException as error:  # noqa: BLE001 - that is what is looked for
                answer = f"{type(error).__name__}: {str(error)[:200]}"
            if time.monotonic() - began > SLOW:
                answer = f"slow: {time.monotonic() - began:.0f} s"
            answers.put((answer, number))
    answers.put(("done", seed))


def fuzz(kind: str, raw: bytes, seed: int, minutes: float) -> tuple[Counter[str], list[str]]:
    """Read mutated files of a kind; return what came of them, and what is wrong."""
    context = multiprocessing.get_context("fork")
    counts, wrong = Counter[str](), list[str]()
    until = time.monotonic() + minutes * 60
    while time.monotonic() < until:
        answers = context.Queue()
        child = context.Process(target=_batch, args=(kind, raw, seed, answers))
        child.start()
        last = seed
        while last < seed + BATCH:
            try:
                answer, last = answers.get(timeout=SLOW * 3 if child.is_alive() else 1)
            except queue.Empty:
                break
            if answer == "done":
                last = seed + BATCH
                break
            if answer in ("refused", "rows", "no rows"):
                counts[answer] += 1
            elif answer != "begun":
                wrong.append(f"{kind} {last}: {answer}")
        if last < seed + BATCH:
            child.kill()
            child.join()
            wrong.append(f"{kind} {last}: hangs, or ended with {child.exitcode}")
        child.join()
        seed += BATCH
    return counts, wrong


def main() -> int:
    """Fuzz each kind and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    found = samples()
    every: list[str] = []
    for kind in asked.kinds or found:
        counts, wrong = fuzz(kind, found[kind], asked.seed, asked.minutes)
        end = asked.seed + sum(counts.values())
        print(
            f"{kind}: seeds {asked.seed} to {end}, {dict(counts)}, {len(wrong)} wrong", flush=True
        )
        for one in wrong[:10]:
            print(f"  {one}", flush=True)
            name, _, number = one.partition(":")[0].rpartition(" ")
            Path("fuzzed").mkdir(exist_ok=True)
            raw = mutated(found[kind], random.Random(f"{name} {number}"))
            (Path("fuzzed") / f"{name}-{number}").write_bytes(raw)
        every += wrong
    return 1 if every else 0


if __name__ == "__main__":
    sys.exit(main())
