// How an address tells which part of the map is shown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parse, toText } from "../../../mapview/assets/view.js";

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
