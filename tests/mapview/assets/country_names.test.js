// Names of countries stand inside their countries, for all of the shipped map and at every zoom.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { covers } from "../../../mapview/assets/geometry.js";
import { keptSpotsOf, spotsOf } from "../../../mapview/assets/country_names.js";
import { Occupied, inOrder, place, prepare } from "../../../mapview/assets/labels.js";
import { decodeArcs, polygons } from "../../../mapview/assets/topology.js";
import { pen } from "./pen.js";

const shipped = (name) => JSON.parse(gunzipSync(readFileSync(
  new URL(`../../../geodata/data/basemap/${name}.gz`, import.meta.url))));
const topology = shipped("world.topojson");
const lands = new Map(polygons(topology, decodeArcs(topology), "countries")
  .map(({ properties, shape }) => [properties.iso, shape]));
const countries = prepare(shipped("labels.json")).filter(({ kind }) => kind === "country");
const codeOf = new Map(countries.map(({ name, country }) => [name.toUpperCase(), country]));
const ZOOMS = [2, 3, 4, 5, 6, 7];
const [WIDTH, HEIGHT] = [760, 660];

function viewAround({ x, y }, zoom) {
  const scale = 256 * 2 ** zoom;
  return {
    zoom, scale, left: x * scale - WIDTH / 2, top: y * scale - HEIGHT / 2, width: WIDTH, height: HEIGHT,
    copies: [0], dpr: 1, seen: [0, 0, WIDTH, HEIGHT] };
}

/** Names that are written in a view, with their codes and boxes. */
function written(view) {
  const placed = place(pen(), inOrder(countries, view.zoom), view, new Occupied(), new Occupied(), lands);
  return placed.map(({ text, at: [left, middle], font, spacing }) => {
    const size = Number(/([\d.]+)px/.exec(font)[1]);
    const width = text.length * (6 + spacing);
    const box = [left, middle - size * 0.6, left + width, middle + size * 0.6];
    return { text, code: codeOf.get(text), x: left + width / 2, y: middle, box };
  });
}

/** Codes of the countries at a place on the screen. */
function landAt(view, x, y, codes = lands.keys()) {
  const [ux, uy] = [(x + view.left) / view.scale, (y + view.top) / view.scale];
  return [...codes].filter((code) => {
    const [west, north, east, south] = lands.get(code).box;
    return ux >= west && ux <= east && uy >= north && uy <= south && covers(lands.get(code), ux, uy);
  });
}

/** A point of a grid over a box, row by row. */
const gridPoint = ([x0, y0, x1, y1], across, down, i) => [
  x0 + 0.5 + ((x1 - x0 - 1) * (i % across)) / (across - 1),
  down === 1 ? (y0 + y1) / 2 : y0 + 0.5 + ((y1 - y0 - 1) * Math.floor(i / across)) / (down - 1)];

const grid = (box, across = 9, down = 3) => (
  Array.from({ length: across * down }, (_, i) => gridPoint(box, across, down, i)));

/** Whether a country holds a grid of 5 by 3 points; most boxes are left at their first point. */
function holdsAll(view, code, box) {
  for (let i = 0; i < 15; i += 1) {
    const [x, y] = gridPoint(box, 5, 3, i);
    if (!landAt(view, x, y, [code]).length) return false;
  }
  return true;
}

/** Codes of the countries whose boxes meet one on the screen. */
function landsMeeting(view, [x0, y0, x1, y1]) {
  const [west, east] = [x0, x1].map((x) => (x + view.left) / view.scale);
  const [north, south] = [y0, y1].map((y) => (y + view.top) / view.scale);
  return [...lands].flatMap(([code, { box }]) => (
    box[0] <= east && box[2] >= west && box[1] <= south && box[3] >= north ? [code] : []));
}

test("the middle of each name lies in its country, and little of it in another, at every zoom", () => {
  assert.equal(countries.length, 250);
  const named = new Set();
  for (const zoom of ZOOMS) {
    const times = new Map();
    for (const country of countries) {
      const view = viewAround(country, zoom);
      for (const { text, code, x, y, box } of written(view)) {
        named.add(code);
        times.set(code, (times.get(code) ?? 0) + 1);
        if (times.get(code) > 4 && code !== country.country) continue; // seen often enough
        const where = `${text} at zoom ${zoom} around ${country.name}`;
        assert.deepEqual(landAt(view, x, y, [code]), [code], where);
        const others = landsMeeting(view, box).filter((one) => one !== code);
        const foreign = grid(box, 50, 1).filter(([px, py]) => landAt(view, px, py, others).length).length;
        assert.ok(foreign <= 21, `${where}: ${foreign} of 50 points lie in other countries`);
      }
    }
  }
  const never = countries.filter(({ country }) => !named.has(country)).map(({ country }) => country);
  assert.ok(never.length <= 9, `${never} are never named`); // smaller than their name at zoom 7
});

test("a name that its country can hold stands in it as a whole, and in what is seen", () => {
  for (const zoom of ZOOMS) {
    for (const { country, name, x, y } of countries) {
      const view = { ...viewAround({ x, y }, zoom), left: x * 256 * 2 ** zoom - 40 };
      const wanted = { x: 40, y: HEIGHT / 2, width: name.length * 8, height: 14 };
      const [best] = spotsOf(country, lands, view, 0, wanted);
      const holds = [];
      for (let left = 0; left + wanted.width <= WIDTH; left += 12) {
        for (let top = 0; top + 14 <= HEIGHT; top += 12) {
          const around = [left - 4, top - 8, left + wanted.width + 4, top + 22];
          if (holdsAll(view, country, around)) holds.push([left, top]);
        }
        if (holds.length) break;
      }
      if (!holds.length) continue;
      assert.ok(best, `${name} at zoom ${zoom}`);
      const box = [best[0], best[1], best[0] + wanted.width, best[1] + 14];
      assert.ok(box[0] >= -0.01 && box[1] >= -0.01 && box[2] <= WIDTH + 0.01 && box[3] <= HEIGHT + 0.01);
      // A bay or an enclave narrower than half a line may lie between the rows that are looked at.
      const held = grid(box).filter(([px, py]) => landAt(view, px, py, [country]).length).length;
      assert.ok(held >= 25, `${name} at zoom ${zoom}: ${held} of 27 points lie in it`);
    }
  }
});

test("a name moves on when a symbol has its place, but never out of its country", () => {
  const libya = countries.find(({ country }) => country === "LY");
  const view = viewAround(libya, 4);
  const taken = new Occupied();
  taken.add([WIDTH / 2 - 60, HEIGHT / 2 - 12, WIDTH / 2 + 60, HEIGHT / 2 + 12]);
  const [found] = place(pen(), [libya], view, taken, new Occupied(), lands);
  assert.deepEqual(landAt(view, found.at[0], found.at[1]), ["LY"]);
  taken.add([0, 0, WIDTH, HEIGHT]);
  assert.deepEqual(place(pen(), [libya], view, taken, new Occupied(), lands), []);
});

test("a country that no outline is known of has no name", () => {
  const [libya] = countries.filter(({ country }) => country === "LY");
  assert.deepEqual(place(pen(), [libya], viewAround(libya, 4), new Occupied(), new Occupied(), new Map()), []);
});

test("what was found in a view is found again, and looked for once", () => {
  const chad = countries.find(({ country }) => country === "TD");
  const view = viewAround(chad, 5);
  const wanted = { x: WIDTH / 2, y: HEIGHT / 2, width: 60, height: 14 };
  const fresh = [...spotsOf("TD", lands, view, 0, wanted)];
  assert.ok(fresh.length > 5);
  for (const spot of keptSpotsOf("TD", lands, view, 0, wanted)) {
    assert.deepEqual(spot, fresh[0]);
    break; // as whoever has found room
  }
  const counted = new Map(lands);
  let asked = 0;
  counted.get = (code) => {
    asked += 1;
    return lands.get(code);
  };
  for (let i = 0; i < 3; i += 1) assert.deepEqual([...keptSpotsOf("TD", lands, view, 0, wanted)], fresh);
  for (let i = 0; i < 3; i += 1) assert.deepEqual([...keptSpotsOf("TD", counted, view, 0, wanted)], fresh);
  assert.equal(asked, 4); // each time whether it is seen at all, and once to look
  const wider = { ...wanted, width: 90 };
  assert.deepEqual([...keptSpotsOf("TD", lands, view, 0, wider)], [...spotsOf("TD", lands, view, 0, wider)]);
  assert.deepEqual([...keptSpotsOf("TD", new Map(), view, 0, wanted)], []);
});

test("what was found is found where a margin comes or goes, and where the map is moved it is looked for again", () => {
  const chad = countries.find(({ country }) => country === "TD");
  const bare = viewAround(chad, 5);
  const margin = 100;
  const wide = {
    ...bare, left: bare.left - margin, top: bare.top - margin, width: WIDTH + 2 * margin, height: HEIGHT + 2 * margin,
    seen: [margin, margin, margin + WIDTH, margin + HEIGHT] };
  const wanted = { x: WIDTH / 2, y: HEIGHT / 2, width: 60, height: 14 };
  const moved = { ...wanted, x: wanted.x + margin, y: wanted.y + margin };
  const counted = new Map(lands);
  let asked = 0;
  counted.get = (code) => {
    asked += 1;
    return lands.get(code);
  };
  const [first] = [...keptSpotsOf("TD", counted, bare, 0, wanted)];
  assert.deepEqual([...keptSpotsOf("TD", counted, wide, 0, moved)][0], first.map((px) => px + margin));
  assert.equal(asked, 3);
  const away = { ...bare, left: bare.left + 200 };
  const there = { ...wanted, x: wanted.x - 200 };
  assert.deepEqual([...keptSpotsOf("TD", counted, away, 0, there)], [...spotsOf("TD", lands, away, 0, there)]);
});
