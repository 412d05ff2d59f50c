"""What stands on the ground of the map for readers: names where they belong, and lines nearby."""

from __future__ import annotations

from browser.offline import PAINTED, Open
from playwright.sync_api import Page

from geodata.places.boundaries import distance_km
from mapview.cartography.style import PALETTE

# Names are drawn once, each on a canvas of its own, which then is put on that of the map.
NOTED = """
  const [written, put] = [CanvasRenderingContext2D.prototype.fillText,
    CanvasRenderingContext2D.prototype.drawImage];
  window.noted = [];
  CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
    this.canvas.text = text;
    return written.call(this, text, ...where);
  };
  CanvasRenderingContext2D.prototype.drawImage = function (picture, x, y, width, height) {
    if (picture.text) window.noted.push([picture.text, x, y, width, height]);
    return put.apply(this, arguments);
  };
"""
# What is written in the window, the middle of its box, and how far that is from its place in px.
NAMES = """() => {
  window.noted.length = 0;
  mapviewMap.repaintAll();
  const {left, top} = mapviewMap.drawnView();
  const {map, basemap} = mapviewMap;
  const corner = map.getPixelBounds().getTopLeft();
  const size = map.getSize();
  return window.noted.flatMap(([text, x, y, width, height]) => {
    const at = L.point(x + left, y + top).subtract(corner);
    const named = basemap.labels.find((one) => one.text === text);
    const isCut = at.x < 0 || at.y < 0 || at.x + width > size.x || at.y + height > size.y;
    if (!named || isCut) return [];
    const {lng, lat} = map.containerPointToLatLng(at.add([width / 2, height / 2]));
    const place = map.latLngToContainerPoint([named.lat, named.lon]);
    const away = Math.hypot(Math.max(at.x - place.x, 0, place.x - at.x - width),
      Math.max(at.y - place.y, 0, place.y - at.y - height));
    return [{text, kind: named.kind, country: named.country, lng, lat, away}];
  });
}"""
# Where a name is written in the window, letters alone, and how large the map is.
CORNERS = """(name) => {
  window.noted.length = 0;
  mapviewMap.repaintAll();
  const {left, top} = mapviewMap.drawnView();
  const corner = mapviewMap.map.getPixelBounds().getTopLeft();
  const size = mapviewMap.map.getSize();
  const edge = 3; // of its picture, for what smoothing and a halo add
  return window.noted.filter(([text]) => text === name).map(([, x, y, width, height]) => {
    const at = L.point(x + left, y + top).subtract(corner);
    const box = [at.x + edge, at.y + edge, at.x + width - edge, at.y + height - edge];
    return [box, [size.x, size.y]];
  });
}"""
# How many pixels of the ground have each of some colours, and how many there are.
INK = """(colors) => {
  const canvas = document.querySelector(".leaflet-mapview-ground-pane canvas");
  const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const found = Object.fromEntries(colors.map((one) => [parseInt(one.slice(1), 16), 0]));
  for (let i = 0; i < data.length; i += 4) {
    const color = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
    if (color in found) found[color] += 1;
  }
  return [...colors.map((one) => found[parseInt(one.slice(1), 16)]), data.length / 4];
}"""


def rest(page: Page) -> None:
    """Wait until the ground is there and drawn as it stays."""
    page.wait_for_function(
        "() => window.mapviewMap?.basemap.labels.length && mapviewMap.basemap.rivers.length"
    )
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")


def test_names_stand_in_their_countries_and_beside_their_towns(open_file: Open) -> None:
    """On a small map a line of letters is as wide as countries: no name may lead to another one."""
    page = open_file("all", "#view=40,25,2", NOTED)
    page.wait_for_function(PAINTED)
    page.wait_for_function(
        "() => window.mapviewMap?.basemap.labels.length && mapviewMap.basemap.lands.size"
    )
    names = page.evaluate(NAMES)
    countries = [one for one in names if one["kind"] == "country"]
    towns = [one for one in names if one["kind"] != "country"]
    assert len(countries) > 15
    assert len(towns) > 5
    for one in countries:
        lon = (one["lng"] + 180) % 360 - 180
        assert distance_km(lon, one["lat"], one["country"]) < 50, one
    for one in towns:
        assert one["away"] <= 10, one


def test_the_ground_is_not_empty_where_one_looks_closely(open_file: Open) -> None:
    """Around a city there are rivers, and the lines that part provinces and districts."""
    page = open_file("all", "#view=37.6,55.75,7&areas=off")
    rest(page)
    colors = [PALETTE[name].light for name in ("river", "province_line", "land")]
    river, province, *_ = page.evaluate(INK, colors)
    assert min(river, province) > 200
    page = open_file("all", "#view=69.2,34.5,10&areas=off")
    rest(page)
    # No pixel has all of the colour of so fine a line.
    *_, land, every = page.evaluate(INK, colors)
    assert 200 < every - land < every / 10


def test_a_countrys_name_stands_clear_of_what_lies_on_the_map(open_file: Open) -> None:
    """Where its own place is far away, it stands in the corner that is seen of it."""
    page = open_file("all", "#view=69.2,34.5,10&areas=off", NOTED)
    rest(page)
    found = page.evaluate(CORNERS, "AFGHANISTAN")
    assert len(found) == 1
    (left, top, right, bottom), (width, height) = found[0]
    assert left >= 6 <= top
    assert right <= width - 6
    assert bottom <= height - 34 - 14, (
        "how many are not on the map stands below it, and then the scale"
    )
