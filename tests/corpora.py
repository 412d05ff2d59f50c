"""The cases that Python and JavaScript must both pass, by the names of their files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from fixed_records import base_area, claim

from geodata.formats.registry import read_records
from geodata.records.collection import Records
from geodata.records.model import Group, Source

CORPUS = Path(__file__).parent / "corpus"


def corpus(name: str) -> Any:
    """Return what `tests/corpus/NAME.json` holds."""
    return json.loads((CORPUS / f"{name}.json").read_text("utf-8"))


def records_of(case: dict[str, Any]) -> Records:
    """Return the one base area of a case of `validity`, with its group and its document."""
    said = [claim(one.pop("about"), one.pop("value", None), **one) for one in _claims(case)]
    read_in = claim("place", "Achin", source="document")
    area = base_area(**{**case["area"], "claims": (*said, read_in)})
    founding = [claim("date", one, topic="Founding") for one in case.get("founded", ())]
    return Records(
        base_areas=(area,),
        groups=(Group(id=area.group, name="Group", claims=founding),),
        sources=(Source(id="document", title="Document", date=case.get("document", "")),),
    )


def all_hostile(names: Iterable[str]) -> Records:
    """Return all that is read of some files of the hostile corpus, as one set of records.

    What has the id of another before it has the name of its file behind its own.
    """
    parts = [(name, read_records([CORPUS / "hostile" / name]).records) for name in names]
    kinds = (field.name for field in fields(Records))
    return Records(**{kind: tuple(_all_of(kind, parts)) for kind in kinds})


def _all_of(kind: str, parts: Iterable[tuple[str, Records]]) -> Iterator[Any]:
    seen: set[str] = set()
    for name, records in parts:
        for one in getattr(records, kind):
            is_free = one.id not in seen
            seen.add(one.id)
            yield one if is_free else one.model_copy(update={"id": f"{one.id}-{name}"})


def _claims(case: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"source": "other", **one} for one in case["area"].get("claims", ())]
