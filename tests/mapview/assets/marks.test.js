// What marks say of imprecise places.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WORLD, groundCircle, latToUnit, lonToUnit } from "../../../mapview/assets/geometry.js";
import { precisionShapes } from "../../../mapview/assets/marks.js";
import { look } from "../../../mapview/assets/symbols.js";

const THEME = look("light");
const BASEMAP = { province: () => null, provincesPending: false };

/** Widths of the rings of one place that is known so well, in units. */
function rings(id, radius) {
  const precision = THEME.precisions.findIndex((one) => one.id === id);
  const answer = {
    mode: "points", id: ["a"], precision: [precision], radius_km: [radius], province: [null],
    x: [lonToUnit(69) * WORLD], y: [latToUnit(34) * WORLD],
  };
  return precisionShapes(answer, THEME, BASEMAP).rings.map(({ box }) => box[2] - box[0]);
}

const across = (radius) => {
  const { box } = groundCircle(69, 34, radius);
  return box[2] - box[0];
};

test("a ring has the record's radius, a usual one where it gives none, and none at 0 km", () => {
  const same = (got, wanted) => assert.deepEqual(got.map((n) => n.toFixed(9)), wanted.map((n) => n.toFixed(9)));
  same(rings("district", 60), [across(60)]);
  same(rings("near settlement", null), [across(10)]);
  same(rings("province", null), [across(80)]);
  same(rings("near settlement", 0), []);
  same(rings("site", 3), []);
});
