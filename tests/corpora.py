"""The cases that Python and JavaScript must both pass, by the names of their files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fixed_records import base_area, claim

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


def _claims(case: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"source": "other", **one} for one in case["area"].get("claims", ())]
