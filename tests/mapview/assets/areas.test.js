// Which base areas lie under the pointer; how they are drawn is seen in a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { areasAt } from "../../../mapview/assets/areas.js";
import { latToUnit, lonToUnit, outline } from "../../../mapview/assets/geometry.js";

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
