// Web mercator, circles on the ground, and what a canvas is told to trace.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boxOf, copiesIn, covers, groundCircle, inView, kmToUnit, latToUnit, lonToUnit, outline,
  traceFill, traceLine, traceOutline, unitToLat, unitToLon, visible,
} from "../../../mapview/assets/geometry.js";
import { near, pen } from "./pen.js";

const EARTH_KM = 6371.0088;
const VIEW = { scale: 100, left: 0, top: 0, width: 100, height: 100 };
const SQUARE = [0.2, 0.2, 0.8, 0.2, 0.8, 0.8, 0.2, 0.8];

function distanceKm([lonA, latA], [lonB, latB]) {
  const rad = Math.PI / 180;
  const half = (a, b) => Math.sin(((b - a) * rad) / 2) ** 2;
  const h = half(latA, latB) + Math.cos(latA * rad) * Math.cos(latB * rad) * half(lonA, lonB);
  return 2 * EARTH_KM * Math.asin(Math.sqrt(h));
}

test("positions go to units and back", () => {
  for (const lon of [-180, -12.5, 0, 66, 180]) near(unitToLon(lonToUnit(lon)), lon, 1e-9);
  for (const lat of [-85, -12.5, 0, 34, 85]) near(unitToLat(latToUnit(lat)), lat, 1e-9);
  assert.deepEqual([lonToUnit(-180), lonToUnit(180), latToUnit(0)], [0, 1, 0.5]);
});

test("the poles lie at the edges of the map, not beyond", () => {
  near(latToUnit(90), 0, 1e-9);
  near(latToUnit(-90), 1, 1e-9);
});

test("a circle on the ground has its radius in every direction", () => {
  for (const [lon, lat, km] of [[60, 38, 60], [0, 0, 150], [179.9, -60, 400]]) {
    const [{ coords }] = groundCircle(lon, lat, km).parts;
    for (let i = 0; i < coords.length; i += 2) {
      near(distanceKm([lon, lat], [unitToLon(coords[i]), unitToLat(coords[i + 1])]), km, 1e-6);
    }
  }
});

test("a circle that holds a pole reaches around the world, up to the edge", () => {
  for (const [lon, lat] of [[0, 84], [170, 84], [-30, -84]]) {
    const shape = groundCircle(lon, lat, 2_000);
    near(shape.box[2] - shape.box[0], 1, 1e-9);
    const [pole, far] = lat > 0 ? [0.001, latToUnit(64)] : [0.999, latToUnit(-64)];
    for (const turn of [-0.49, -0.2, 0, 0.2, 0.49]) {
      assert.ok(covers(shape, lonToUnit(lon) + turn, pole), `${lon}, ${lat}, ${turn}`);
      assert.ok(!covers(shape, lonToUnit(lon) + turn, far), `${lon}, ${lat}, ${turn}`);
    }
    // Behind the pole it ends where 2,000 km do.
    const last = 180 - 84 - 2_000 / 111.195;
    const behind = (more) => [lonToUnit(lon) + 0.4999, latToUnit(Math.sign(lat) * (last + more))];
    assert.ok(covers(shape, ...behind(0.1)));
    assert.ok(!covers(shape, ...behind(-0.1)));
  }
});

test("a small distance in units is that of the circle's edge", () => {
  const { box } = groundCircle(60, 38, 5);
  near(kmToUnit(5, 38), (box[2] - box[0]) / 2, 1e-7);
});

test("boxes hold all that they are made of", () => {
  assert.deepEqual(boxOf([3, 1, -2, 5, 0, 0]), [-2, 0, 3, 5]);
  assert.deepEqual(outline([[0, 0, 1, 1], [5, -1, 6, 0]]).box, [0, -1, 6, 1]);
});

test("a shape covers its inside, not its hole", () => {
  const shape = outline([SQUARE, [0.4, 0.4, 0.6, 0.4, 0.6, 0.6, 0.4, 0.6]]);
  assert.equal(covers(shape, 0.3, 0.3), true);
  assert.equal(covers(shape, 0.5, 0.5), false);
  assert.equal(covers(shape, 0.9, 0.5), false);
});

test("a box is in view where a copy of the world shows it", () => {
  assert.equal(inView([0.2, 0.2, 0.4, 0.4], VIEW, 0), true);
  assert.equal(inView([0.2, 0.2, 0.4, 0.4], VIEW, 1), false);
  assert.equal(inView([0.2, 1.1, 0.4, 1.2], VIEW, 0), false);
  assert.equal(inView([0.2, -0.2, 0.4, -0.1], VIEW, 0), false);
});

test("the copies that a view shows are counted from Greenwich's", () => {
  assert.deepEqual(copiesIn(VIEW), [0, 1]);
  assert.deepEqual(copiesIn({ ...VIEW, left: -150, width: 200 }), [-2, -1, 0]);
});

test("a filled ring comes back to its beginning", () => {
  const drawn = pen();
  traceFill(drawn, outline([SQUARE]), VIEW, 0);
  assert.deepEqual(drawn.path, [
    ["moveTo", 20, 20], ["lineTo", 80, 20], ["lineTo", 80, 80], ["lineTo", 20, 80], ["lineTo", 20, 20],
  ]);
});

test("what is finer than the screen is left out", () => {
  const fine = outline([[0.2, 0.2, 0.201, 0.2, 0.202, 0.2, 0.8, 0.2, 0.8, 0.8]]);
  const drawn = pen();
  traceFill(drawn, fine, VIEW, 0);
  assert.equal(drawn.path.length, 4);
});

test("a line is drawn only where it crosses the view", () => {
  const drawn = pen();
  traceLine(drawn, [-9, 0.5, -8, 0.5, 0.5, 0.5, 0.6, 0.5, 9, 9, 9, 10], VIEW, 0, false);
  assert.deepEqual(drawn.path, [
    ["moveTo", -800, 50], ["lineTo", 50, 50], ["lineTo", 60, 50], ["lineTo", 900, 900],
  ]);
});

test("an outline is closed, in each copy that shows it", () => {
  const drawn = pen();
  for (const copy of [0, 1]) traceOutline(drawn, outline([SQUARE]), VIEW, copy);
  assert.deepEqual(drawn.path.at(-1), ["lineTo", 20, 20]);
  assert.equal(drawn.path.length, 5);
});

const PART = { left: 0, top: 100, width: 100, height: 50, scale: 1000 };

test("a view is what it shows", () => {
  assert.deepEqual(visible(PART), [0, 0.1, 0.1, 0.15]);
});

test("marks drawn whole at the edge of the world are seen as soon as they are", () => {
  assert.deepEqual(visible({ ...PART, top: 5 }).slice(1, 2), [0]);
  assert.deepEqual(visible({ ...PART, top: -20 }).slice(1, 2), [0]);
  assert.deepEqual(visible({ ...PART, top: 945 }).slice(3), [1]);
  assert.deepEqual(visible({ ...PART, top: 900 }).slice(3), [0.95]);
});
