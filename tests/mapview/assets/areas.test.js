// Which base areas lie under the pointer, and how much of a ring is dotted; how they look is seen in a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { areasAt, drawRings } from "../../../mapview/assets/areas.js";
import { groundCircle, latToUnit, lonToUnit, outline } from "../../../mapview/assets/geometry.js";
import { look } from "../../../mapview/assets/symbols.js";

const SCALE = 256 * 2 ** 12;
const VIEW = { scale: SCALE, left: 0, top: 0, width: 100, height: 100, zoom: 12, copies: [0], dpr: 1 };
const BASEMAP = { province: (code) => (code === "AF.31" ? PROVINCE : null) };
const PROVINCE = outline([[60, 30, 62, 30, 62, 32, 60, 32].map((n, i) => (i % 2 ? latToUnit(n) : lonToUnit(n)))]);

const area = (id, more) => ({
  id, lon: 61, lat: 31, radius_km: 10, level: "district", province: "AF.31", faded: false, ...more });

/** Ids of the areas at a place so many kilometres north of 61, 31. */
function at(km, ...areas) {
  return areasAt(areas, BASEMAP, VIEW, lonToUnit(61), latToUnit(31 + km / 111.2)).map(({ id }) => id);
}

test("the smallest area comes first, a current one before one that is not", () => {
  const province = area("province", { level: "province" });
  assert.deepEqual(at(4, province, area("wide", { radius_km: 20 }), area("small")), ["small", "wide", "province"]);
  assert.deepEqual(at(4, area("old", { faded: true }), area("new")), ["new", "old"]);
  assert.deepEqual(at(15, area("wide", { radius_km: 20 }), area("small")), ["wide"]);
});

test("an area has the record's radius, also 0, and a usual one where it gives none", () => {
  assert.deepEqual(at(4, area("unknown", { radius_km: null }), area("place", { radius_km: 0 })), ["unknown"]);
  assert.deepEqual(at(0.1, area("place", { radius_km: 0 })), ["place"]);
  assert.deepEqual(at(6, area("unknown", { radius_km: null })), []);
});

test("a province without an outline is a circle", () => {
  assert.deepEqual(at(4, area("province", { level: "province", province: "XX.00" })), ["province"]);
  assert.deepEqual(at(40, area("province", { level: "province" })), ["province"]);
  assert.deepEqual(at(40, area("province", { level: "province", province: "XX.00" })), []);
});

test("an area over the date line is found on both sides", () => {
  const over = [area("over", { lon: 179.95, lat: 0 })];
  const found = (lon) => areasAt(over, BASEMAP, VIEW, lonToUnit(lon), latToUnit(0)).length;
  assert.deepEqual([found(179.99), found(-179.99), found(179)], [1, 1, 0]);
});

/** A context that adds up how many pixels of line are stroked, and counts fillings. */
function measuring() {
  const told = { dotted: 0, fills: 0 };
  let [length, x, y] = [0, 0, 0];
  const to = (toX, toY) => { [x, y] = [toX, toY]; };
  return {
    told, beginPath() { length = 0; }, moveTo: to, setLineDash() {},
    lineTo(toX, toY) {
      length += Math.hypot(toX - x, toY - y);
      to(toX, toY);
    },
    fill() { told.fills += 1; }, stroke() { told.dotted += length; },
    getTransform: () => ({ a: 1, e: 0, f: 0 }),
  };
}

/** What is drawn of a ring of 150 km in a view of 1,000 by 700 pixels, so many of its radii east of its middle. */
function ring(zoom, along, form = "ring") {
  const scale = 256 * 2 ** zoom;
  const shape = groundCircle(61, 31, 150);
  const reach = (shape.box[2] - shape.box[0]) / 2;
  const view = {
    scale, zoom, width: 1000, height: 700, copies: [0], dpr: 1,
    left: (lonToUnit(61) + along * reach) * scale - 500, top: latToUnit(31) * scale - 350,
  };
  const ctx = measuring();
  drawRings(ctx, look("light"), view, [shape], form);
  return ctx.told;
}

test("a ring is dotted only where it is seen, however near the map is", () => {
  for (const zoom of [10, 12, 14]) {
    assert.deepEqual(ring(zoom, 0), { dotted: 0, fills: 1 }); // within it, no part of its line
    const { dotted, fills } = ring(zoom, 1);
    assert.equal(fills, 1);
    assert.ok(dotted > 600 && dotted < 5_000, `${dotted} at ${zoom}`);
  }
});

test("a ring that is seen whole is dotted whole, and one that is assumed is not filled", () => {
  const { dotted, fills } = ring(5, 0);
  assert.ok(Math.abs(dotted / 2 / Math.PI - (150 / 40_075 / Math.cos(31 * Math.PI / 180)) * 256 * 32) < 1, `${dotted}`);
  assert.equal(fills, 1);
  assert.equal(ring(14, 1, "assumed").fills, 0);
});
