"""The setting for online tiles: off unless it names an address that can be one."""

from __future__ import annotations

import pytest

from geodata.errors import SettingError
from mapview.layer.tiles import (
    ATTRIBUTION_VARIABLE,
    OSM_TILES,
    TILES_VARIABLE,
    tiles_options,
    tiles_url,
)


@pytest.mark.parametrize("setting", [None, "", "  ", "off", "OFF"])
def test_tiles_are_off_unless_asked_for(
    setting: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if setting is not None:
        monkeypatch.setenv(TILES_VARIABLE, setting)
    assert tiles_url() == ""
    assert tiles_options() is None


@pytest.mark.parametrize("setting", ["on", "On", " on "])
def test_on_stands_for_openstreetmap(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TILES_VARIABLE, setting)
    assert tiles_options() == {
        "url": OSM_TILES,
        "attribution": "© OpenStreetMap contributors",
    }


def test_another_address_comes_with_its_own_attribution(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "https://tiles.example/{z}/{x}/{y}.png?key=a"
    monkeypatch.setenv(TILES_VARIABLE, url)
    monkeypatch.setenv(ATTRIBUTION_VARIABLE, " Example <b>maps</b> ")
    assert tiles_options() == {"url": url, "attribution": "Example <b>maps</b>"}


@pytest.mark.parametrize(
    "setting",
    [
        "yes",
        "https://[::1/{z}/{x}/{y}",
        "https://tiles.example/{z}/{x}/{y}\r\nX: y",
        'https://tiles.example/{z}/{x}/{y}"><script>',
        "https://tiles.example/{z}/{x}/{y}'",
        "https://tiles.example/{z}/{x}/{y} z",
        "https://tiles.example/{z}/{x}/{y}\u202e",
        "tiles.example/{z}/{x}/{y}",
        "https://tiles.example/{z}/{x}.png",
        "javascript:alert('{z}{x}{y}')",
        "file:///tiles/{z}/{x}/{y}.png",
        "https:///{z}/{x}/{y}.png",
        "https://tiles-{s}.example/{z}/{x}/{y}.png",
        "https://a.example; script-src */{z}/{x}/{y}",
        "https://a.example *.example/{z}/{x}/{y}",
        "https://a.example, https://b.example/{z}/{x}/{y}",
    ],
)
def test_a_bad_address_is_refused(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TILES_VARIABLE, setting)
    with pytest.raises(SettingError, match=r"must be on, off or an http\(s\) address.*, got "):
        tiles_url()
