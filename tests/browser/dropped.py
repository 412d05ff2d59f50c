"""What files are dropped into the empty viewer, and what it made of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import FilePayload, Page

__all__ = ["READ", "Viewer", "columns", "details", "given", "said", "take"]

Viewer = Callable[..., Page]
READ = "n => document.documentElement.dataset.mapviewRead === String(n)"


def given(name: str, text: str | bytes) -> FilePayload:
    data = text.encode() if isinstance(text, str) else text
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def take(page: Page, file: FilePayload, number: int) -> None:
    page.set_input_files("#file", files=file)
    page.wait_for_function(READ, arg=number)


def said(page: Page) -> str:
    return page.locator("#said").inner_text()


def columns(page: Page) -> dict[str, Any]:
    """All that the stage reads, without what is of the page and not of the records."""
    # As one text, which is handed over in a tenth of the time.
    found: dict[str, Any] = json.loads(page.evaluate("JSON.stringify(mapviewPage.answers.data)"))
    for name in ("version", "block"):
        del found[name]
    found["circles"]["reach"] = [round(one, 9) for one in found["circles"]["reach"]]
    return found


def details(page: Page) -> list[Any]:
    """What is said of each record, with each source in the place of its number."""
    script = """async () => {
        const { data, telling } = mapviewPage.answers;
        const told = await Promise.all([
            ...data.incidents.id.map((id, i) => telling.incident(id, i)),
            ...data.area_rows.map(({ id }, i) => telling.area(id, i))]);
        return JSON.stringify(told.map(({ detail: { parties, ...detail }, sources }) => ({
            ...detail, claims: (detail.claims ?? []).map((group) => ({
                ...group, claims: group.claims.map(({ party, ...claim }) => ({
                    ...claim, source: sources[claim.source],
                    cites: (claim.cites ?? []).map((one) => sources[one]) })) })) })));
    }"""
    found: list[Any] = json.loads(page.evaluate(script))
    return found
