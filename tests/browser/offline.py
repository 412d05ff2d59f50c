"""Standalone pages opened from disk: what they paint and what they filter by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import Page
from samples import HOSTILE, hostile_records

from geodata import Records

__all__ = ["KERMAN", "PAINTED", "Open", "all_hostile", "painted_ids", "wait_for_filter"]

Open = Callable[..., Page]
KERMAN = "kerman-2024-01-03"
PAINTED = "() => document.documentElement.dataset.mapviewPainted !== undefined"


def all_hostile() -> Records:
    parts = []
    for number, text in enumerate(HOSTILE.values()):
        part = hostile_records(text)
        incident = part.incidents[0].model_copy(
            update={"id": f"hostile-{number}", "related": (), "casualties_combined": ()}
        )
        area = part.base_areas[0].model_copy(update={"id": f"area-{number}"})
        parts.append(replace(part, incidents=(incident,), base_areas=(area,)))
    return Records.merge(parts)


def painted_ids(page: Page) -> set[str]:
    return {one for mark in page.evaluate("mapviewMap.painted()") for one in mark["ids"]}


def wait_for_filter(page: Page, chosen: str) -> None:
    script = "f => document.documentElement.dataset.mapviewFilter === f"
    page.wait_for_function(script, arg=chosen)
