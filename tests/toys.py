"""A toy one of each thing that ARCHITECTURE.md says how to add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["TOYS", "Toy"]


@dataclass(frozen=True, kw_only=True)
class Toy:
    """Something small to add, as edits of the packages.

    Attributes:
        heading: The heading in ARCHITECTURE.md that says how.
        new: Files to make, by path, with their text.
        edits: Files to change, by path: a line of the file, and what to put before it.
        check: Python that works only if the toy does.
        missed: Files that are left out one at a time, with the test that must then fail and what
            it must say.
    """

    heading: str
    new: Mapping[str, str] = field(default_factory=dict)
    edits: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    check: str
    missed: Mapping[str, tuple[str, str]] = field(default_factory=dict)


_PART = """\
    toy: int | None = part(
        "toy_max",
        parts.NUMBER,
        default=None,
        help="toys",
        loosen="Any toy",
    )
"""

_FILTER = Toy(
    heading="a filter",
    edits={
        "geodata/queries/filters.py": (
            "    text: str = part(\n",
            _PART,
        ),
        "geodata/queries/expressions.py": (
            '    "text": ',
            '    "toy": lambda most, table, _: table.injured_high <= most,\n',
        ),
        "geodata/queries/areas.py": ('    "text": ', '    "toy": None,\n'),
        "geodata/queries/words.py": (
            "    if chosen.text:\n",
            '    if chosen.toy is not None:\n        parts.append(f"toys up to {chosen.toy}")\n',
        ),
    },
    check="""
import geodata
from geodata.queries.words import describe_filter
store = geodata.Store.of(geodata.load())
chosen = geodata.Filter.from_query("toy_max=20")
assert 0 < store.totals(chosen).shown < store.all_incidents
assert "toys up to 20" in describe_filter(chosen, store.context)
""",
    missed={
        "geodata/queries/expressions.py": ("tests/geodata/queries/test_parts.py", "'toy'"),
        "geodata/queries/areas.py": ("tests/geodata/queries/test_parts.py", "'toy'"),
    },
)

_FORMAT = Toy(
    heading="a file format, or an importer",
    new={
        "geodata/formats/toy.py": '''"""Records as ids, one a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from geodata.records.collection import Records
from geodata.records.model import Incident
from geodata.records.reading import ReadResult


def to_toy(records: Records, about: Mapping[str, Any]) -> Iterator[str]:
    for incident in records.incidents:
        yield f"{incident.id}\\n"


def read_toy(path: Path) -> ReadResult:
    ids = path.read_text("utf-8").split()
    made = {"event_types": ("attack",), "event_date": "2020", "geo_precision": "unknown"}
    return ReadResult(Records(tuple(Incident(id=one, title=one, **made) for one in ids)), ())
''',
    },
    edits={
        "geodata/formats/registry.py": (
            '        Format("json", ',
            '        Format("toy", "Toy", "text/plain", read_toy, to_toy),\n',
        ),
    },
    check="""
import pathlib, tempfile, geodata
from mapview.cli.__main__ import main
with tempfile.TemporaryDirectory() as folder:
    out = pathlib.Path(folder) / "all.toy"
    assert main(["export", str(out)]) == 0
    read = geodata.read_records([out])
    assert len(read.records.incidents) == len(geodata.load().incidents), read.problems[:3]
""",
)

_PART_OF_STAGE = Toy(
    heading="a part of the stage",
    new={
        "mapview/assets/page/toy.js": """// Owns a toy on the stage.
import { byId } from "../dom.js";

class Toy {
  show() {
    byId("toy").textContent = "Toy on the stage";
  }
}

export { Toy };
""",
    },
    edits={
        "mapview/layer/templates/stage.html": (
            '      <div class="mp-empty" id="empty"',
            '      <p id="toy"></p>\n',
        ),
        "mapview/assets/page/stage.js": (
            "    this.details = new Details(",
            "    this.toy = new Toy();\n    this.toy.show();\n",
        ),
    },
    check="""
from mapview.assets import FRAME_ENTRY, PAGE_ENTRY
from mapview.assets.bundle import bundle
from mapview.layer.stage import app_skeleton, stage_skeleton
for entry in (FRAME_ENTRY, PAGE_ENTRY):
    text = bundle(entry)
    assert "Toy on the stage" in text
    assert "this.toy = new Toy();" in text
assert 'id="toy"' in app_skeleton()
assert 'id="toy"' in stage_skeleton("", has_document=False)
""",
    missed={
        "mapview/layer/templates/stage.html": ("tests/mapview/layer/test_frame.py", "toy"),
        "mapview/assets/page/stage.js": ("tests/mapview/assets/test_bundle.py", "toy.js"),
    },
)

_TYPE = Toy(
    heading="an event type",
    edits={
        "geodata/records/vocabulary.py": ('    SURRENDER = "surrender"\n', '    TOY = "toy"\n'),
        "geodata/records/words.py": ('"threat")', '"toy", '),
    },
    check="""
from geodata.records.vocabulary import EventType
from mapview.cartography.style import KINDS, kind_of
assert KINDS[kind_of([EventType("toy")])].id == "plot"
""",
    missed={"geodata/records/words.py": ("tests/mapview/cartography/test_style.py", "toy")},
)

_ENGINE = Toy(
    heading="an engine",
    check="""
import duckdb, ibis, geodata
from geodata.queries.engine import Engine
from geodata.queries.catalogue import RecordsCatalogue
from geodata.queries.table import to_table
records = geodata.load()
toys, catalogue = to_table(records), RecordsCatalogue(records)
connection = duckdb.connect()
connection.sql("create table toys as select * from toys")
store = geodata.Store(Engine(ibis.duckdb.from_connection(connection), "toys"), catalogue)
asked = geodata.Filter.from_query("country=IR&type=bombing")
usual = geodata.Store.of(records)
assert store.totals(asked) == usual.totals(asked)
assert store.facets(asked) == usual.facets(asked)
""",
)

TOYS = (_FILTER, _FORMAT, _PART_OF_STAGE, _TYPE, _ENGINE)
