"""Briefings and links made in the app: choices, progress, the file, the same view again."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from browser.offline import PAINTED
from browser.visiting import IDLE, Visit
from playwright.sync_api import Browser, Locator, expect

import geodata
from geodata import Filter, Store
from geodata.scope import describe_scope, totals_of

Open = Callable[..., Visit]
# A busy machine takes ten times as long as a quiet one.
MAKING_MS = 180_000
OLD = "0123456789ab"


def settle(one: Visit) -> None:
    """Wait until the script has not run for a second: what is typed while it runs may be lost."""
    one.page.evaluate("window.busyAt = performance.now()")
    one.page.wait_for_function(
        """idle => {
          if (!document.querySelector(idle)) window.busyAt = performance.now();
          return performance.now() - window.busyAt > 1000;
        }""",
        arg=IDLE,
    )


def ask(one: Visit) -> Locator:
    """Open the dialog."""
    one.button("Briefing").click()
    dialog = one.page.get_by_role("dialog")
    expect(dialog.get_by_text("Only the part of the map that is shown now")).to_be_visible()
    settle(one)
    return dialog


def choose(one: Visit, dialog: Locator, label: str, option: str) -> None:
    settle(one)
    box = dialog.get_by_role("combobox", name=label)
    box.click()
    # A list that has little room holds only what is seen of it.
    box.fill(option)
    one.page.get_by_role("option", name=option).click()
    settle(one)


def download(one: Visit, dialog: Locator, folder: Path) -> Path:
    """Make it, and download what was made."""
    dialog.get_by_role("button", name="Make it").click()
    button = dialog.get_by_role("button", name="Download briefing")
    expect(button).to_be_visible(timeout=MAKING_MS)
    with one.page.expect_download() as got:
        button.click()
    path = folder / got.value.suggested_filename
    got.value.save_as(path)
    return path


def test_a_page_of_the_part_that_is_shown(visit: Open, browser: Browser, tmp_path: Path) -> None:
    one = visit("?country=IR&areas=off", viewport={"width": 1440, "height": 1400})
    one.frame().evaluate("void mapviewMap.map.setView([30.28, 57.08], 7, {animate: false})")
    edges = "(({_southWest: a, _northEast: b}) => [a.lng, a.lat, b.lng, b.lat])(%s.getBounds())"
    shown_at_first = one.frame().evaluate(edges % "mapviewMap.map")
    dialog = ask(one)
    dialog.get_by_role("textbox", name="Title").fill('Iran <b>"2024"</b>')
    dialog.get_by_role("textbox", name="Note").fill("Mine.")
    dialog.get_by_text("Only the part of the map that is shown now").click()
    path = download(one, dialog, tmp_path)
    assert path.name == "briefing-country-IR-areas-off.html"
    near = re.search(r'"near": ?(\[.*?\])', path.read_text("utf-8"))
    assert near is not None
    assert json.loads(near[1]) == pytest.approx(shown_at_first, abs=0.01)
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_function(PAINTED)
    expect(page.locator("h1")).to_have_text('Iran <b>"2024"</b>')
    expect(page.locator(".mp-author")).to_contain_text("Mine.")
    center = page.evaluate("mapviewMap.map.getCenter()")
    assert (center["lng"], center["lat"]) == pytest.approx((57.08, 30.28), abs=1.5)
    found = Store.of(geodata.load()).select(Filter.from_query("country=IR")).incidents
    expect(page.locator("#count")).to_contain_text(describe_scope(totals_of(found)))
    context.close()


def test_rounded_places_take_no_part_of_the_map(visit: Open, tmp_path: Path) -> None:
    one = visit("?q=kerman&areas=off", viewport={"width": 1440, "height": 1400})
    dialog = ask(one)
    part = dialog.get_by_role("checkbox", name="Only the part of the map that is shown now")
    dialog.get_by_text("Only the part of the map that is shown now").click()
    dialog.get_by_text("Before you publish").click()
    choose(one, dialog, "Round places", "To the province")
    expect(part).to_be_disabled()
    assert "Changed for publication" in download(one, dialog, tmp_path).read_text("utf-8")


def test_a_picture_of_a_size(visit: Open, tmp_path: Path) -> None:
    one = visit("?q=kerman&areas=off")
    dialog = ask(one)
    choose(one, dialog, "Format", "Picture")
    choose(one, dialog, "Layout", "Slide, 16:9")
    path = download(one, dialog, tmp_path)
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:]) == (1920, 1080)


def test_long_work_is_cancelled_and_nothing_comes(visit: Open) -> None:
    one = visit()
    dialog = ask(one)
    choose(one, dialog, "Format", "Pack with")
    dialog.get_by_role("button", name="Make it").click()
    expect(dialog.get_by_role("progressbar")).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog.get_by_text("Cancelled; nothing was made.")).to_be_visible(timeout=MAKING_MS)
    expect(dialog.get_by_role("button", name="Download briefing")).to_have_count(0)


def test_two_users_get_their_own_files(visit: Open, tmp_path: Path) -> None:
    made = {}
    visits = {"TJ": visit("?country=TJ&areas=off"), "IR": visit("?country=IR&areas=off")}
    dialogs = {code: ask(one) for code, one in visits.items()}
    for dialog in dialogs.values():
        dialog.get_by_role("button", name="Make it").click()
    for code, one in visits.items():
        folder = tmp_path / code
        folder.mkdir()
        made[code] = download(one, dialogs[code], folder)
    for code, name in (("TJ", "Tajikistan"), ("IR", "Iran")):
        assert made[code].name == f"briefing-country-{code}-areas-off.html"
        title = re.search("<title>(.*)</title>", made[code].read_text("utf-8"))
        assert title is not None
        assert title[1].endswith(f"in {name}")


def shared(one: Visit) -> str:
    """Open the links, and return the one to the view."""
    one.at("#share summary").click()
    code = one.at("#share code").first
    expect(code).to_contain_text("view=")
    return code.inner_text().strip()


def test_a_shared_link_shows_the_same_view(visit: Open) -> None:
    one = visit("?type=suicide+bombing&view=60,34,5")
    one.frame().evaluate("void mapviewMap.map.setView([30.28, 57.08], 7, {animate: false})")
    one.page.wait_for_function("() => /view=57[.]0[78]/.test(location.search)")
    link = shared(one)
    other = visit(f"?{urlsplit(link).query}")
    expect(other.at("#notice")).to_be_hidden()
    expect(other.at("#fault")).to_be_hidden()
    center = other.frame().evaluate("mapviewMap.map.getCenter()")
    assert (center["lng"], center["lat"]) == pytest.approx((57.08, 30.28), abs=0.02)
    assert other.words() == one.words()


def test_a_link_from_other_data_says_so(visit: Open) -> None:
    one = visit(f"?country=IR&v={OLD}")
    notice = one.at("#notice")
    expect(notice).to_contain_text("data have changed since this link was made")
    [version] = parse_qs(urlsplit(shared(one)).query)["v"]
    assert version == geodata.load().version
    expect(notice).to_contain_text(version)


def test_the_dialog_opens_again_and_of_what_is_shown_then(visit: Open) -> None:
    one = visit("?country=IR&areas=off")
    dialog = ask(one)
    expect(dialog).to_contain_text("in Iran")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    # The stage is as it was, and works on.
    one.tick("countries", "IR")
    one.tick("countries", "TJ")
    one.wait_painted("country=TJ&areas=off")
    expect(one.page.get_by_role("dialog")).to_have_count(0)
    expect(ask(one)).to_contain_text("in Tajikistan")
