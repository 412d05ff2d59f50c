// Circles and polygons of a filter: their one text, and what lies in them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { boxOf, liesIn, parseShape } from "../../../../mapview/assets/page/shapes.js";

test("a shape has one text, and what is none has none", () => {
  assert.equal(parseShape(" circle:69.20,-0.0,100.04 "), "circle:69.2,0,100");
  assert.equal(parseShape("polygon:1,2;3,4;3,4;5,2;1,2"), "polygon:3,4;5,2;1,2");
  for (const text of [
    "", "circle:1,2", "circle:1,2,0", "circle:1,2,-5", "circle:181,2,5", "circle:1,91,5", "circle:1,2,10001",
    "circle:a,b,c",
    "polygon:1,2;3,4", "polygon:1,2;1,2;3,4;3,4", "polygon:1,2;3,4;5,91", "polygon:1,2;3,4;361,2", "square:1,2,3,4",
    `polygon:${Array.from({ length: 41 }, (_, i) => `${i},${i % 2}`).join(";")}`,
  ]) assert.equal(parseShape(text), null, text);
});

test("a place may lie where its circle reaches, and certainly lies where all of it does", () => {
  const [may, sure] = [false, true].map((certain) => liesIn("circle:0,0,100", certain));
  const degrees = (km) => km / 111.195;
  for (const [km, radius, isPossible, isCertain] of [
    [0, 99, true, true], [0, 101, true, false], [120, 25, true, false], [130, 25, false, false], [70, 25, true, true],
  ]) {
    const at = [0, degrees(km)];
    assert.deepEqual([may(at, radius), sure(at, radius)], [isPossible, isCertain], `${km} ${radius}`);
  }
});

test("a polygon that is bent inwards has its bay outside, and one across 180° both of its sides", () => {
  const bent = liesIn("polygon:0,0;10,0;10,10;5,2;0,10", false);
  assert.deepEqual([[2, 3], [8, 3], [5, 8], [5, 1]].map((at) => bent(at, 0)), [true, true, false, true]);
  assert.equal(bent([5, 8], 400), true);
  const across = liesIn("polygon:170,-10;190,-10;190,10;170,10", true);
  assert.deepEqual([[175, 0], [-175, 0], [165, 0], [-165, 0]].map((at) => across(at, 1)), [true, true, false, false]);
});

test("boxes hold their shapes, across 180° too", () => {
  assert.deepEqual(boxOf("polygon:170,-10;190,-10;190,10"), [170, -10, -170, 10]);
  const [west, south, east, north] = boxOf("circle:0,60,111.195");
  assert.ok(west <= -2 && east >= 2 && Math.abs(south - 59) < 1e-3 && Math.abs(north - 61) < 1e-3);
});
