// How an address tells which part of the map is shown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HeldView, parse, toText } from "../../../mapview/assets/view.js";

test("a view goes into an address and back", () => {
  assert.equal(toText({ lon: 66.9, lat: -37.25, zoom: 5.5 }), "66.9000,-37.2500,5.5");
  assert.deepEqual(parse("66.9000,-37.2500,5.5"), { lon: 66.9, lat: -37.25, zoom: 5.5 });
  assert.deepEqual(parse(" 0 , 0 , 0 "), { lon: 0, lat: 0, zoom: 0 });
});

test("what is no view is no view", () => {
  for (const text of [
    "", "66,37", "66,37,5,1", "66,,5", "66,37,", "east,37,5", "181,0,5", "-181,0,5", "0,91,5", "0,-91,5",
    "0,0,-1", "0,0,23", "NaN,0,0", "0,0,Infinity",
  ]) assert.equal(parse(text), null, text);
});

/** A map of 256 pixels around the world. @param {number} lng @param {number} zoom */
const mapAt = (lng, zoom = 0) => ({
  getCenter: () => ({ lng, lat: 0 }),
  getZoom: () => zoom,
  project: (/** @type {{ lng: number }} */ at) => ({
    x: at.lng * 256 / 360,
    subtract: (/** @type {{ x: number }} */ other) => ({ x: at.lng * 256 / 360 - other.x, y: 0 }),
  }),
});

test("parts of a pixel are no move, however many there are", () => {
  const held = new HeldView();
  const pixel = 360 / 256;
  const at = (/** @type {[number, number?]} */ ...view) => held.view(/** @type {any} */ (mapAt(...view)));
  assert.deepEqual(at(10), { lon: 10, lat: 0, zoom: 0 });
  assert.equal(at(10 + pixel / 2).lon, 10);
  assert.equal(at(10 - pixel / 2).lon, 10);
  assert.equal(at(10 + pixel).lon, 10 + pixel);
  assert.equal(at(10 + pixel, 1).zoom, 1);
  assert.equal(at(190).lon, -170);
});
